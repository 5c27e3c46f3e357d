/* place: sets one block on the page, or as much of it as fits: text between two lines, a row between two lines of its cells if it is
 * higher than a page, anything else whole. */
#include "layout/page.h"

#define LINES_TOGETHER 2 /* at the foot and at the head of a page */

/* How many of `count` lines go on this page when `room` fit: all, none, or a cut that leaves no widow and no orphan. */
static uint32_t lines_cut(uint32_t count, uint32_t room, bool first_part, bool must) {
    if (room >= count) return count;
    uint32_t least = first_part ? LINES_TOGETHER : 1;
    if (count - room < LINES_TOGETHER) room = count >= LINES_TOGETHER ? count - LINES_TOGETHER : 0;
    if (room >= least) return room;
    return must ? 1 : 0;
}

/* In a hyphen, whether it was added or is the author's. */
static bool ends_in_hyphen(const Paragraph *p, const LineBreak *line) {
    const Item *end = &p->list.items[line->to - 1];
    return line->hyphen || (end->kind == ITEM_BREAK && end->penalty > 0);
}

/* No hyphen over a page's end, as long as that leaves lines enough. */
static uint32_t lines_without_hyphen(
    const Paragraph *p, const LineBreaks *lines, uint32_t from, uint32_t take, bool first_part, bool must) {
    uint32_t least = first_part ? LINES_TOGETHER : 1, fewer = take;
    while (fewer >= least && ends_in_hyphen(p, &lines->items[from + fewer - 1])) fewer--;
    return fewer >= least ? fewer : must || !first_part ? take : 0;
}

static Fit text_place(Filler *f, FlowBlock *block, Cursor *cursor, Lu *y, bool first) {
    Composer *c = f->c;
    text_prepare(c, block);
    Lu top = *y, leading = block->style->leading;
    Measure measure;
    bool narrowed = block_measure(f, block, top, &measure);
    LineBreaks lines = cursor->tail ? *cursor->tail : block->lines;
    uint32_t from = cursor->line;
    if (narrowed) {
        lines = lines_choose(c->arena, c->room, block->paragraph, block->style, cursor->item, &measure);
        from = 0;
    }
    uint32_t count = lines.count - from;
    if (!count) { /* an empty text block, or an item without content: its label still takes a line */
        if (!block->labels) return top > f->limit && !first ? FIT_NOT : FIT_ALL;
        if (top + leading > f->limit && !first) return FIT_NOT;
        label_place(c, f->page, block, top);
        *y += leading;
        return FIT_ALL;
    }
    Cell text = {.paragraph = block->paragraph, .lines = lines};
    uint32_t room = lines_room(f, (Texts){&text, 1}, from, lines.count, f->limit - top, leading);
    bool fits_a_page = (Lu)count * leading <= f->height;
    bool is_short = (Lu)block->lines.count * leading <= block->style->keep_short;
    uint32_t take = (block->whole || is_short) && (fits_a_page || !first) ? (room >= count ? count : 0)
                                                                          : lines_cut(count, room, cursor->item == 0, first);
    if (take && take < count) take = lines_without_hyphen(block->paragraph, &lines, from, take, cursor->item == 0, first);
    if (take == count && first && room < count) take = room ? room : 1;
    if (!take && first) take = room && room < count ? room : 1;
    if (!take) return FIT_NOT;
    if (cursor->item == 0) label_place(c, f->page, block, top);
    lines_set(c, f->page, block->node, block->style, block->paragraph, &lines, from, from + take, top, ARTIFACT_NONE);
    *y += leading * (Lu)take;
    notes_take(f, lines_last_note(f, (Texts){&text, 1}, from, from + take, f->page->notes), *y);
    if (take == count) return FIT_ALL;
    LineBreaks *tail = NEW(c->arena, LineBreaks);
    *tail = lines;
    *cursor = (Cursor){.block = cursor->block, .item = lines.items[from + take].from, .tail = tail, .line = from + take};
    return FIT_PART;
}

static void row_labels_place(Filler *f, const FlowBlock *row, Lu top) {
    if (!row->labels || !row->cell_count) return;
    FlowBlock text = *row;
    text.style = row->cells[0].style;
    label_place(f->c, f->page, &text, top);
}

/* A row is kept whole, unless it is higher than a page: then it begins where it stands. */
static Fit row_place(Filler *f, FlowBlock *row, Cursor *cursor, Lu *y, bool first) {
    RowSize size = row_size(f->c, row);
    Texts cells = {row->cells, row->cell_count};
    uint32_t from = cursor->item, take = size.lines - from;
    Lu around = size.above + size.below;
    uint32_t room = lines_room(f, cells, from, size.lines, f->limit - *y - around, size.leading);
    if (*y + around > f->limit && !first) return FIT_NOT; /* of empty cells */
    if (room < take) {
        Lu page = f->c->text_height - table_head_height(f->c, row);
        bool tall = around + size.leading * (Lu)take > page && room >= LINES_TOGETHER;
        if (!first && !tall) return FIT_NOT;
        take = room ? room : 1;
    }
    if (from == 0) row_labels_place(f, row, *y + size.above);
    row_draw(f->c, f->page, row, from, from + take, *y, ARTIFACT_NONE);
    *y += around + size.leading * (Lu)take;
    notes_take(f, lines_last_note(f, cells, from, from + take, f->page->notes), *y);
    cursor->item = from + take;
    return cursor->item < size.lines ? FIT_PART : FIT_ALL;
}

static void pull_set_between(Filler *f, const FlowBlock *block, Lu y, Lu height) {
    Composer *c = f->c;
    const Style *style = block->style;
    uint32_t at = f->page->boxes.count;
    Lu x = style->indent_left, width = c->text_width - x - style->indent_right;
    Paragraph *p = paragraph_new(c, block->node, width);
    Measure measure = {.rest = {x + style_extent_left(style), width - style_extent_left(style) - style_extent_right(style)}};
    LineBreaks lines = lines_choose(c->arena, c->room, p, style, 0, &measure);
    lines_set(c, f->page, block->node, style, p, &lines, 0, lines.count, y + style_extent_above(style), ARTIFACT_PULL_QUOTE);
    decoration_add(c, f->page, at, block->node, style, (Rect){x, y, width, height}, false, false);
}

Fit block_place(Filler *f, FlowBlock *block, Cursor *cursor, Lu *y, bool first) {
    Composer *c = f->c;
    switch (block->kind) {
    case FLOW_TEXT: return text_place(f, block, cursor, y, first);
    case FLOW_ROW: return row_place(f, block, cursor, y, first);
    case FLOW_IMAGE:
    case FLOW_RULE: {
        if (*y + block->height > f->limit && !first) return FIT_NOT;
        label_place(c, f->page, block, *y);
        LayoutBox *box = PUSH(c->drawn, &f->page->boxes, LayoutBox);
        *box = (LayoutBox){.kind = block->kind == FLOW_IMAGE ? BOX_IMAGE : BOX_FILL,
            .node = block->node,
            .rect = {block->x, *y, block->width, block->height}};
        if (block->kind == FLOW_IMAGE) {
            box->image = c->images[block->node->number];
        } else {
            box->artifact = ARTIFACT_DECORATION;
            box->colour = block->style->border_top.width      ? block->style->border_top.colour
                          : block->style->border_bottom.width ? block->style->border_bottom.colour
                                                              : block->style->colour;
            if (block->style->width && block->style->width < block->width) {
                box->rect.x += block->style->align == TEXT_CENTRE ? (block->width - block->style->width) / 2 : 0;
                box->rect.width = block->style->width;
            }
        }
        *y += block->height;
        return FIT_ALL;
    }
    case FLOW_COLUMNS: {
        Lu height = content_height(c, block);
        if (*y + height > f->limit && !first) return FIT_NOT;
        label_place(c, f->page, block, *y);
        columns_place(c, f->page, block, *y);
        *y += height;
        return FIT_ALL;
    }
    case FLOW_PULL: {
        Lu height = content_height(c, block);
        if (*y + height > f->limit && !first) return FIT_NOT;
        pull_set_between(f, block, *y, height);
        *y += height;
        return FIT_ALL;
    }
    case FLOW_PAGE_BREAK: break;
    }
    return FIT_ALL;
}
