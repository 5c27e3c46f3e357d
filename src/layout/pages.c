/* pages: where pages end, chosen for some of them together.
 *
 * As a rule a page ends where it is full. A few pages ahead are filled so, without being drawn; when one of them turns out badly
 * (white at its foot, more or less of it than on the facing page, a paragraph cut into two lines, a table cut, a last page with next to
 * nothing on it), all ways are tried to end
 * it and those before it some lines earlier, and the pages with the least faults together are kept. Faults add up as squares of half
 * lines, so that white is shared rather than left to one page. What must never be (widows, orphans, a heading at the foot) the filling
 * itself prevents; here only what may be, but should not.
 * No page is filled more than a fixed number of times, so time grows with the pages and no faster.
 * Rejected: the best ends over the whole document, as for the lines of a paragraph. Pages are few and their ends far apart, so that
 * what is gained is within a few pages; and all pages would have to be filled for every end of the one before.
 * A page on which pull-quotes are to be placed is left alone: what stands beside them decides where it ends.
 */
#include "layout/compose.h"

#define BAD 4 /* more faults than that are worth looking for another way */
#define LINES_EARLIER 3 /* how much earlier a page may end */
#define FAULT_CUT_TWO 2 /* a paragraph cut so that one side has two lines only; all these in squares of half lines */
#define FAULT_LEAD 30 /* a paragraph that leads up to a list, parted from it */
#define FAULT_ROWS 20 /* a table's rows parted, if not of many */
#define FAULT_NOTE 16 /* a note cut */
#define FAULT_SHORT 60 /* a last page of fewer than LINES_LAST lines, or a fifth of it where pages are small */
#define LINES_LAST 4
#define FACING_WEIGHT 3 /* of what two facing pages differ by, to white itself */
#define FAULTS_MOST 100000

/* Of the place where the page ends. */
static int32_t cut_faults(const Composer *c, const Attempt *page) {
    const Cursor *end = &page->end;
    int32_t faults = page->rest ? FAULT_NOTE : 0;
    const FlowBlock *block = &c->blocks.items[end->block];
    if (end->tail) {
        const Cursor *start = &page->placed.items[page->placed.count - 1].start;
        uint32_t before = end->line - (start->tail ? start->line : 0), after = end->tail->count - end->line;
        if (before <= 2) faults += FAULT_CUT_TWO;
        if (after <= 2) faults += FAULT_CUT_TWO;
        return faults;
    }
    const FlowBlock *above = end->block ? block - 1 : NULL;
    if (!above || end->item) return faults;
    if (above->leads) faults += FAULT_LEAD;
    if (above->kind == FLOW_ROW && block->kind == FLOW_ROW && above->grid == block->grid) faults += FAULT_ROWS;
    return faults;
}

static int32_t page_halves(const Composer *c, const Attempt *page) {
    Lu half = c->styles->page->grid / 2, white = c->text_height - page->notes_height - page->y;
    return half && white > 0 ? white / half : 0;
}

static int32_t page_faults(const Composer *c, const Attempt *page) {
    Lu half = c->styles->page->grid / 2;
    if (!half || !page->placed.count) return 0;
    Lu next_to_nothing = half * 2 * LINES_LAST;
    if (next_to_nothing > c->text_height / 5) next_to_nothing = c->text_height / 5;
    if (page->forced) return page->y < next_to_nothing ? FAULT_SHORT : 0;
    int64_t halves = page_halves(c, page);
    int64_t faults = halves * halves + cut_faults(c, page);
    return faults < FAULTS_MOST ? (int32_t)faults : FAULTS_MOST;
}

static PlannedPage page_measure(Composer *c, Cursor start, Lu less) {
    Attempt page;
    arena_renew(&c->drawn, SCRATCH_LIMIT);
    rows_empty(c);
    c->measuring = true;
    page_fill(c, start, NULL, 0, less, &page);
    c->measuring = false;
    PlannedPage planned = {.start = start, .end = page.end, .less = less, .forced = page.forced, .alone = pulls_wait(c, &page)};
    planned.faults = planned.alone ? 0 : page_faults(c, &page);
    planned.white = page_halves(c, &page);
    return planned;
}

/* Of page `at` of the plan if it is a right-hand one: facing pages are to be of one depth. */
static int32_t facing_faults(const Composer *c, const PlannedPage *before, const PlannedPage *page, uint32_t at) {
    bool right = c->styles->page->two_sided && c->left_page == (at % 2 == 1);
    if (!right || page->forced || page->alone || before->forced || before->alone) return 0;
    int64_t step = page->white - before->white, faults = step * step * FACING_WEIGHT;
    return faults < FAULTS_MOST ? (int32_t)faults : FAULTS_MOST;
}

static bool cursor_equal(const Cursor *a, const Cursor *b) {
    return a->block == b->block && a->item == b->item && a->line == b->line && a->notes == b->notes && a->owed == b->owed &&
           !a->rest == !b->rest;
}

typedef struct {
    PlannedPage best[PAGES_AHEAD], way[PAGES_AHEAD];
    PlannedPage before; /* the first of them */
    uint32_t first, count;
    int32_t faults; /* of the best */
} Search;

/* All ways to end page `at` of those looked at, and the ones after it. As deep as there are pages ahead. */
static void ways_try(Composer *c, Search *s, uint32_t at, Cursor start, int32_t faults) {
    Lu grid = c->styles->page->grid;
    for (Lu less = 0; less <= grid * LINES_EARLIER && faults < s->faults; less += grid) {
        if (less && start.rest) return;
        PlannedPage page = page_measure(c, start, less);
        bool same = less && cursor_equal(&page.end, &s->way[at].end), last = at + 1 == s->count;
        if (same || page.alone || cursor_equal(&page.start, &page.end)) continue;
        if (page.forced != (last && s->best[at].forced)) continue; /* there would be a page more */
        page.faults += facing_faults(c, at ? &s->way[at - 1] : &s->before, &page, s->first + at);
        s->way[at] = page;
        if (faults + page.faults >= s->faults) continue;
        if (!last) {
            ways_try(c, s, at + 1, page.end, faults + page.faults);
            continue;
        }
        s->faults = faults + page.faults;
        for (uint32_t i = 0; i < s->count; i++) s->best[i] = s->way[i];
    }
}

/* The last page of the plan is a bad one: another way for it and those before it, back to where a page ends as it must. */
static void plan_mend(Composer *c, PagePlan *plan) {
    uint32_t first = plan->count - 1;
    while (first > 0 && !plan->items[first - 1].forced && !plan->items[first - 1].alone) first--;
    Search s = {.before = first ? plan->items[first - 1] : plan->before, .first = first, .count = plan->count - first};
    for (uint32_t i = 0; i < s.count; i++) {
        s.best[i] = plan->items[first + i];
        s.faults += s.best[i].faults;
    }
    ways_try(c, &s, 0, s.best[0].start, 0);
    for (uint32_t i = 0; i < s.count; i++) plan->items[first + i] = s.best[i];
}

Lu page_plan(Composer *c, PagePlan *plan, Cursor start) {
    while (plan->count < PAGES_AHEAD) {
        const PlannedPage *last = plan->count ? &plan->items[plan->count - 1] : NULL;
        if (last && (last->alone || last->end.block >= c->flow_end)) break;
        PlannedPage *page = &plan->items[plan->count];
        *page = page_measure(c, last ? last->end : start, 0);
        page->faults += facing_faults(c, last ? last : &plan->before, page, plan->count);
        plan->count++;
        if (plan->items[plan->count - 1].faults > BAD) plan_mend(c, plan);
    }
    return plan->items[0].alone ? 0 : plan->items[0].less;
}

void page_planned(PagePlan *plan, Cursor end) {
    bool as_planned = plan->count && cursor_equal(&plan->items[0].end, &end);
    plan->before = plan->items[0];
    plan->before.alone |= !as_planned;
    plan->count = as_planned ? plan->count - 1 : 0;
    for (uint32_t i = 0; i < plan->count; i++) plan->items[i] = plan->items[i + 1];
}
