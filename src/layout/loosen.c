/* loosen: paragraphs one line longer or shorter than they are best, so that a page's foot does not stay white.
 *
 * A line is missing at the foot because the next lines may not be parted from what follows them, or refer to a note that has no room.
 * Then a paragraph that stands whole on the page and is as well set in one line more fills it, and the page ends where it did; or one
 * in a line less makes room for what nearly fitted. The longest are taken first, for there a line is shared by most. What half lines
 * can fill, the space above headings does (stretch.c). Nothing moves beside a pull-quote.
 */
#include "layout/page.h"

#define LINES_LEAST 3 /* of one that is made longer */

/* The block in a line more, or in one less. */
static const LineBreaks *block_lines_other(Composer *c, FlowBlock *block, bool more) {
    const LineBreaks **known = more ? &block->longer : &block->shorter;
    if (!*known) {
        LineBreaks *lines = NEW(c->arena, LineBreaks);
        Shape shape = {block->x, block->width};
        *lines = lines_in(
            c->arena, c->room, block->paragraph, block->style, shape, more ? block->lines.count + 1 : block->lines.count - 1);
        *known = lines;
    }
    return *known;
}

static bool may_loosen(Composer *c, const Placed *placed, bool more) {
    FlowBlock *block = &c->blocks.items[placed->block];
    if (block->kind != FLOW_TEXT || !placed->complete || placed->start.item || placed->start.tail) return false;
    if (block->lines.count < LINES_LEAST || block->style->leading != c->styles->page->grid || block->loose) return false;
    return block_lines_other(c, block, more)->count > 0;
}

static void lines_exchange(FlowBlock *block, LineBreaks *kept) {
    LineBreaks lines = block->lines;
    block->lines = *kept;
    *kept = lines;
}

static FlowBlock *longest_find(Composer *c, const Attempt *page, const Loosening *taken, bool more) {
    FlowBlock *longest = NULL;
    for (uint32_t i = 0; i < page->placed.count; i++) {
        FlowBlock *block = &c->blocks.items[page->placed.items[i].block];
        bool is_taken = false;
        for (uint32_t k = 0; k < taken->count; k++) is_taken = is_taken || taken->blocks[k] == block;
        if (is_taken || (longest && block->lines.count <= longest->lines.count)) continue;
        if (may_loosen(c, &page->placed.items[i], more)) longest = block;
    }
    return longest;
}

void page_loosen(Composer *c, const Attempt *page, uint32_t lines, bool more, Loosening *out) {
    *out = (Loosening){0};
    for (; out->count < lines && out->count < LOOSENED_MOST;) {
        FlowBlock *block = longest_find(c, page, out, more);
        if (!block) break;
        out->blocks[out->count] = block;
        out->kept[out->count++] = *block_lines_other(c, block, more);
    }
    for (uint32_t k = 0; k < out->count; k++) lines_exchange(out->blocks[k], &out->kept[k]);
}

void page_loosened(Loosening *l) {
    for (uint32_t k = 0; k < l->count; k++) lines_exchange(l->blocks[k], &l->kept[k]);
}
