/* stretch: the space above headings grows to fill a page whose foot would stay white.
 *
 * By half a line each, no more, so that all text stays on the grid, and only where that fills the page, or nearly: a foot that is white
 * because a table did not fit looks no better for headings that stand apart. Rejected: the same between paragraphs, where the reader sees it.
 * Nothing moves on a page with pull-quotes beside the text: they stand level with its lines.
 */
#include "layout/page.h"

#define HALVES_LEFT 8 /* of white, on a page that is not worth filling in part if more are */

static bool may_stretch(const Composer *c, const Attempt *page, uint32_t placed) {
    const FlowBlock *block = &c->blocks.items[page->placed.items[placed].block];
    const FlowBlock *above = placed ? &c->blocks.items[page->placed.items[placed - 1].block] : NULL;
    return above && block->node->kind == NODE_HEADING && block->gap && block->container == NO_INDEX && !above->keep_with_next;
}

static void placed_move(Attempt *page, uint32_t from, Lu down) {
    for (uint32_t b = page->placed.items[from].box_count; b < page->boxes.count; b++) box_move(&page->boxes.items[b], down);
    for (uint32_t i = from; i < page->placed.count; i++) {
        page->placed.items[i].top += down;
        page->placed.items[i].bottom += down;
    }
    page->y += down;
}

void page_stretch(Filler *f) {
    Attempt *page = f->page;
    Lu half = f->c->styles->page->grid / 2;
    if (f->float_count || !half) return;
    Lu steps = page_white(f->c, page) / half, places = 0;
    for (uint32_t i = 0; i < page->placed.count; i++) places += may_stretch(f->c, page, i);
    if (steps <= 0 || steps > places + HALVES_LEFT) return;
    for (uint32_t i = page->placed.count; i-- > 1 && steps;)
        if (may_stretch(f->c, page, i)) {
            placed_move(page, i, half);
            steps--;
        }
}
