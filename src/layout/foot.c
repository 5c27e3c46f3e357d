/* foot: the room that the notes of a page's lines take from the text above them. */
#include "layout/page.h"

/* The last note, not begun so far, that items [from, to) refer to; NO_INDEX if none. */
static uint32_t items_last_note(Composer *c, const Paragraph *p, uint32_t from, uint32_t to, uint32_t begun) {
    uint32_t last = NO_INDEX, segment = NO_INDEX;
    for (uint32_t i = from; i < to; i++) {
        if (p->list.items[i].segment == segment) continue;
        segment = p->list.items[i].segment;
        uint32_t note = note_of_reference(c, p->segments.items[segment].node, begun);
        if (note != NO_INDEX && (last == NO_INDEX || note > last)) last = note;
    }
    return last;
}

/* What notes up to `last` need at the page's foot; *least if the last of them is cut as soon as it may. */
static Lu notes_need(Filler *f, uint32_t begun, uint32_t last, bool none_so_far, Lu *least) {
    Lu need = none_so_far ? notes_rule_height(f->c) : 0;
    *least = need;
    for (uint32_t note = begun; note <= last; note++) {
        *least = need + note_least(f->c, note);
        need += note_height(f->c, note);
    }
    return need;
}

/* The last note, not begun so far, that lines [from, to) of any of them refer to. */
uint32_t lines_last_note(Filler *f, Texts texts, uint32_t from, uint32_t to, uint32_t begun) {
    uint32_t last = NO_INDEX;
    if (f->column || !f->c->notes.count) return last;
    for (uint32_t i = 0; i < texts.count; i++) {
        const LineBreaks *lines = &texts.items[i].lines;
        uint32_t end = to < lines->count ? to : lines->count;
        if (from >= end) continue;
        uint32_t note = items_last_note(f->c, texts.items[i].paragraph, lines->items[from].from, lines->items[end - 1].to, begun);
        if (note != NO_INDEX && (last == NO_INDEX || note > last)) last = note;
    }
    return last;
}

/* How many of lines [from, end) have room in `space`, with the notes they refer to. */
uint32_t lines_room(Filler *f, Texts texts, uint32_t from, uint32_t end, Lu space, Lu leading) {
    Lu need = 0;
    uint32_t count = end - from, room = 0, begun = f->page->notes;
    if (f->column || !f->c->notes.count) return space < leading || leading <= 0 ? 0 : (uint32_t)(space / leading);
    for (; room < count; room++) {
        uint32_t last = lines_last_note(f, texts, from + room, from + room + 1, begun);
        Lu least = need;
        if (last != NO_INDEX) {
            if (f->page->rest) return room; /* a note that goes on comes first: no other can begin */
            Lu before = need;
            need += notes_need(f, begun, last, f->page->pieces.count == 0 && need == 0, &least);
            least += before;
            begun = last + 1;
        }
        if (leading * (Lu)(room + 1) + need <= space) continue;
        if (leading * (Lu)(room + 1) + least <= space) room++;
        return room;
    }
    return room;
}

/* Places the notes, up to `last`, of what now ends at `y`. */
void notes_take(Filler *f, uint32_t last, Lu y) {
    for (uint32_t note = f->page->notes; last != NO_INDEX && note <= last && !f->page->rest; note++)
        note_place(f->c, f->page, note, (Cursor){.block = f->c->notes.items[note].first}, f->base - y - f->page->notes_height);
}
