/* notes: at the foot of the page of their reference.
 *
 * A line of text that refers to a note takes the note with it: page.c asks here what its notes need before it takes a line. A note
 * that is longer than a few lines may be cut, and goes on at the foot of the next page before any other; a short one never is: rather the
 * line that refers to it goes to the next page. Each note is filled as a small page of its own, so that all that a note may
 * hold (lists, quotations, code) obeys the same rules as on the page.
 */
#include "layout/compose.h"

#define LEAST_LINES 2 /* of a note that is cut: on this page and on the next */
#define WHOLE_LINES 3 /* a note up to so long is never cut */

static const Style *note_style(const Composer *c, uint32_t note) { return style_of(c->styles, c->notes.items[note].node); }

uint32_t note_of_reference(Composer *c, const Node *reference, uint32_t begun) {
    if (reference->kind != NODE_NOTE_REFERENCE || node_is_artifact(reference) || !c->notes.count) return NO_INDEX;
    if (!c->note_ids) {
        c->note_ids = strmap_new(c->arena);
        for (uint32_t i = 0; i < c->notes.count; i++)
            strmap_put(c->note_ids, c->notes.items[i].node->more->id, &c->notes.items[i]);
    }
    const Note *note = strmap_find(c->note_ids, str_slice(reference->more->target, 1, reference->more->target.n));
    uint32_t index = note ? (uint32_t)(note - c->notes.items) : NO_INDEX;
    return index != NO_INDEX && index >= begun ? index : NO_INDEX;
}

static Lu white_above(const Composer *c, uint32_t note) {
    const Style *style = note_style(c, note);
    return style->space_before > style->space_after ? style->space_before : style->space_after;
}

Lu note_height(Composer *c, uint32_t index) {
    Note *note = &c->notes.items[index];
    if (!note->height) {
        Attempt whole;
        column_fill(c, (Cursor){.block = note->first}, note->end, INT32_MAX / 4, &whole);
        note->height = whole.y + white_above(c, index);
    }
    return note->height;
}

/* The first lines that may be parted from the rest: found by trying, since its blocks have rules of their own. */
Lu note_least(Composer *c, uint32_t index) {
    Note *note = &c->notes.items[index];
    Lu height = note_height(c, index), leading = note_style(c, index)->leading, white = white_above(c, index);
    if (height <= leading * WHOLE_LINES + white || leading <= 0) return height;
    if (!note->least) {
        Attempt part;
        Lu room = leading * LEAST_LINES;
        for (;; room += leading) {
            column_fill(c, (Cursor){.block = note->first}, note->end, room, &part);
            if (part.placed.count || room > height) break;
        }
        note->least = room + white;
    }
    return note->least < height ? note->least : height;
}

Lu notes_rule_height(Composer *c) {
    const Style *area = c->styles->note_area;
    if (!area) return c->styles->page->grid;
    return area->space_before + area->border_top.width + area->padding_top;
}

void note_place(Composer *c, Attempt *page, uint32_t index, Cursor start, Lu room) {
    const Note *note = &c->notes.items[index];
    bool first = page->pieces.count == 0;
    Lu above =
        (first ? notes_rule_height(c) : 0) + (start.block == note->first && !start.item && !first ? white_above(c, index) : 0);
    Attempt piece;
    column_fill(c, start, note->end, room - above, &piece);
    if (page->notes <= index) page->notes = index + 1;
    page->rest = NULL;
    if (piece.end.block < note->end) {
        Cursor *rest = NEW(c->arena, Cursor);
        *rest = piece.end;
        page->rest = rest;
    }
    if (!piece.placed.count) return;
    page->notes_height += above + piece.y;
    piece.notes_height = above; /* white above it */
    *PUSH(c->drawn, &page->pieces, Attempt) = piece;
}

void box_move(LayoutBox *box, Lu dy) {
    box->rect.y += dy;
    for (uint32_t l = 0; l < box->line_count; l++) {
        box->lines[l].baseline += dy;
        for (uint32_t r = 0; r < box->lines[l].run_count; r++) box->lines[l].runs[r].y += dy;
    }
}

void attempt_add(Composer *c, Attempt *page, const Attempt *piece, Lu y) {
    for (uint32_t b = 0; b < piece->boxes.count; b++) {
        LayoutBox *box = PUSH(c->drawn, &page->boxes, LayoutBox);
        *box = piece->boxes.items[b];
        box_move(box, y);
    }
}

void notes_draw(Composer *c, Attempt *page) {
    if (!page->pieces.count || c->measuring) return;
    const Style *area = c->styles->note_area;
    Lu y = c->text_height - page->notes_height;
    if (area && area->border_top.width) {
        Lu width = area->width && area->width < c->text_width ? area->width : c->text_width;
        *PUSH(c->drawn, &page->boxes, LayoutBox) = (LayoutBox){.kind = BOX_FILL,
            .artifact = ARTIFACT_DECORATION,
            .colour = area->border_top.colour,
            .rect = {0, y + area->space_before, width, area->border_top.width}};
    }
    for (uint32_t i = 0; i < page->pieces.count; i++) {
        Attempt *piece = &page->pieces.items[i];
        y += piece->notes_height;
        attempt_add(c, page, piece, y);
        y += piece->y;
    }
}
