/* first_fit: the lines of code, which are the author's: they are cut only where they must be, and lines that go on from the one before are shorter
 * by the mark that says so.
 */
#include "layout/compose.h"

LineBreaks lines_first_fit(Arena *arena, const Paragraph *p, const Style *style, uint32_t from, const Measure *measure) {
    LineBreaks lines = {0};
    uint32_t start = from, possible = NO_INDEX;
    Lu width = 0, mark = style->size * 2;
    bool wrapped = from && p->list.items[from - 1].kind != ITEM_FORCED;
    for (uint32_t i = from; i <= p->list.count; i++) {
        const Item *item = i < p->list.count ? &p->list.items[i] : NULL;
        bool forced = !item || item->kind == ITEM_FORCED;
        Shape shape = shape_at(measure, lines.count);
        if (item && item->kind != ITEM_FORCED) width += item->width;
        if (width > shape.width - (wrapped ? mark : 0) && possible != NO_INDEX) {
            *PUSH(arena, &lines, LineBreak) = (LineBreak){.from = start, .to = possible, .wrapped = wrapped, .shape = shape};
            i = start = possible;
            i--;
            width = 0;
            possible = NO_INDEX;
            wrapped = true;
            continue;
        }
        if (forced && (item || start < p->list.count)) {
            *PUSH(arena, &lines, LineBreak) =
                (LineBreak){.from = start, .to = item ? i + 1 : i, .wrapped = wrapped, .shape = shape};
            start = i + 1;
            width = 0;
            possible = NO_INDEX;
            wrapped = false;
        } else if (item && item->kind == ITEM_BREAK) {
            possible = i + 1;
        }
    }
    return lines;
}
