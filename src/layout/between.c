/* between: pull-quotes across the measure wait for a good place.
 *
 * One whose place in the flow has come is owed (Cursor.owed), and text goes on until there is a place between two paragraphs that is
 * neither at the page's head nor at its foot, nor near another quote, nor beside a heading, list or table. If the last place is
 * reached that lies near enough, it must do. So a quote that has no room at the foot leaves no white there: text fills it.
 * Rejected: keeping it with the paragraphs round it, which leaves more white than the quote is high.
 */
#include "layout/page.h"

#define BLOCKS_WAIT 8 /* how many blocks farther on it may stand */
#define LINES_AFTER 2 /* below it, on its page */
#define LINES_APART 8 /* from another */

static bool is_between(const Composer *c, const FlowBlock *block) {
    return block->kind == FLOW_PULL && c->pulls.items[block->pull].state == PULL_BETWEEN;
}

/* Running text at the full measure; lists are indented. */
static bool is_running(const FlowBlock *block) { return block->wraps && !block->x && !block->leads && !block->landscape; }

/* Whether two paragraphs meet before block `at`. */
static bool place_before(const Composer *c, uint32_t at) {
    uint32_t above = at;
    while (above > 0 && c->blocks.items[above - 1].kind == FLOW_PULL) above--;
    if (!above || at >= c->flow_end) return false;
    return is_running(&c->blocks.items[above - 1]) && is_running(&c->blocks.items[at]);
}

static bool place_after(const Composer *c, uint32_t at, uint32_t owed) {
    for (uint32_t b = at + 1; b < c->flow_end && b <= owed + BLOCKS_WAIT; b++) {
        const FlowBlock *passed = &c->blocks.items[b - 1];
        if (b > owed + 1 && (passed->kind == FLOW_PAGE_BREAK || is_between(c, passed))) return false;
        if (place_before(c, b)) return true;
    }
    return false;
}

bool between_waits(const Filler *f, uint32_t index) {
    const Composer *c = f->c;
    const FlowBlock *block = &c->blocks.items[index];
    if (!index || f->column || f->page->end.owed || block->container != NO_INDEX || !is_between(c, block)) return false;
    return place_after(c, index, index);
}

bool between_stands(Filler *f) {
    Composer *c = f->c;
    const Attempt *page = f->page;
    uint32_t owed = page->end.owed, at = page->end.block, count = page->placed.count;
    if (!owed || page->end.item || page->landscape) return false;
    if (!place_after(c, at, owed)) return true;
    if (!place_before(c, at) || !count) return false;
    FlowBlock *block = &c->blocks.items[owed];
    Lu grid = c->styles->page->grid;
    const Style *text = c->blocks.items[at].style;
    for (uint32_t i = count; i-- > 0;) {
        const Placed *p = &page->placed.items[i];
        if (page->y - p->bottom > grid * LINES_APART) break;
        if (c->blocks.items[p->block].kind == FLOW_PULL) return false;
    }
    Lu need = block->gap + content_height(c, block) + block->style->space_after + text->leading * LINES_AFTER +
              grid; /* to the grid, twice */
    return page->y + need <= f->height - page->notes_height;
}
