/* pull: pull-quotes beside the text, with the lines running round them.
 *
 * The page is filled once without them; that shows where the words stand that a pull-quote repeats. Then, nearest to those words
 * first, places are tried down the grid of the page: the page is filled again with the lines made shorter there. A place will do
 * when nothing but running text stands beside it, with a line to spare above and below: no heading, box, table, image, or
 * other pull-quote, and no page's end. Of those that will do the best is taken: every line's distance from the words counts one, and
 * what a designer would not sign counts as BLEMISH lines (a single line of a paragraph left alone above, beside or below; the page's edge
 * near; two in the same third of the page); a line more of white at the page's foot counts one too. So no place is looked at that lies farther away than the best one found is worth. If a page has no
 * place, the next page is tried; if that has none either, the quote is set across the measure between two paragraphs. So it never
 * stands before its words by more than a page and is never cut.
 * Those across the measure, of which the sheet may make all, wait for a place between two paragraphs, away from the page's edges: page.c.
 * Rejected: fixing the place before pages are made (then it may fall over a page's end); floats as in CSS, which hang from a
 * paragraph's first line and so come to stand beside headings; the first place that will do, which leaves single lines squeezed between a
 * heading and a quote; and placing all of a page at once, since more than two are rare and each costs many fillings of the page.
 */
#include "layout/compose.h"

#include <string.h>

#define TRIES 40 /* places tried for one pull-quote on one page */
#define FILLS 240 /* times that one page is filled, for all its pull-quotes: a bound for hostile documents */
#define FLOATS_A_PAGE 4
#define EDGE ((Lu)(10 * 72 * LU_PT * 10 / 254)) /* 10 mm from the paper's edge nothing is set */
#define LINES_CLEAR 1 /* between it and whatever is no running text */
#define LINES_BETWEEN 6 /* between two pull-quotes */
#define LINES_FROM_EDGE 2 /* to the page's first line and to its last */
#define BLEMISH 4 /* lines that it may be farther away from its words, rather than have one */
#define LU_MOST INT32_MAX
#define BLOCKS_NEAR 12 /* how far one may move to stand between two paragraphs */

typedef struct {
    Float items[FLOATS_A_PAGE];
    uint32_t count;
    uint32_t fills; /* left to this page */
} Floats;

static Lu pull_width(const Composer *c, const Style *style) {
    Lu width = style->width ? style->width : c->text_width / 2;
    return width < c->text_width ? width : c->text_width;
}

void pull_height(Composer *c, const Pull *pull, Lu *width, Lu *height) {
    const Style *style = style_of(c->styles, pull->copy);
    *width = pull->state == PULL_BETWEEN ? c->text_width - style->indent_left - style->indent_right : pull_width(c, style);
    Lu inner = *width - style_extent_left(style) - style_extent_right(style);
    Paragraph *p = paragraph_new(c, pull->copy, inner);
    Measure measure = {.rest = {0, inner}};
    LineBreaks lines = lines_choose(c->arena, c->room, p, style, 0, &measure);
    *height = style_extent_above(style) + style->leading * (Lu)lines.count + style_extent_below(style);
}

/* Where on the page the words stand: the middle of the line that has them; false if they are not on it. */
static bool anchor_line(const Attempt *page, const Pull *pull, Lu *y) {
    for (uint32_t b = 0; b < page->boxes.count; b++) {
        const LayoutBox *box = &page->boxes.items[b];
        for (uint32_t l = 0; l < box->line_count; l++)
            for (uint32_t r = 0; r < box->lines[l].run_count; r++)
                if (box->lines[l].runs[r].node == pull->anchor && box->lines[l].runs[r].artifact == ARTIFACT_NONE) {
                    *y = box->lines[l].baseline;
                    return true;
                }
    }
    return false;
}

/* How far it stands out: on facing pages as far as the margin on that side has room, since the sheet's may be the other one. */
static Lu overhang_on(const Composer *c, const Style *style, bool left) {
    const PageStyle *page = c->styles->page;
    Lu room = (left == c->left_page ? page->margin_right : page->margin_left) - EDGE;
    if (!page->two_sided || room >= style->overhang) return style->overhang;
    return room > 0 ? room : 0;
}

/* What stands at the outer margin does so on both sides; but where numbers hang in the left one, nothing may. */
static bool stands_left(const Composer *c, const Style *style) {
    bool mirrored = c->left_page && !c->tree->meta.paragraph_numbers;
    return (style->side == SIDE_LEFT) != mirrored;
}

/* The band begins with the top of a line; the quote's own edge stands level with that line's capitals. */
static Float float_at(Composer *c, uint32_t index, Lu top, Lu width, Lu height) {
    const Pull *pull = &c->pulls.items[index];
    const Style *style = style_of(c->styles, pull->copy);
    Lu grid = c->styles->page->grid;
    bool left = stands_left(c, style);
    Lu overhang = overhang_on(c, style, left);
    Lu x = left ? -overhang : c->text_width + overhang - width;
    return (Float){.pull = index,
        .border = {x, top + grid / 4, width, height},
        .from = top,
        .to = top + grid * 3 / 4 + height,
        .left = left ? -c->text_width : x - style->gap,
        .right = left ? x + width + style->gap : c->text_width * 3};
}

/* Whether the page as filled leaves the float where only running text is beside it. */
static bool float_stands(const Composer *c, const Attempt *page, const Float *f) {
    Lu grid = c->styles->page->grid ? c->styles->page->grid : 12 * LU_PT, clear = grid * LINES_CLEAR;
    Lu covered = 0;
    for (uint32_t i = 0; i < page->placed.count; i++) {
        const Placed *p = &page->placed.items[i];
        const FlowBlock *block = &c->blocks.items[p->block];
        if (block->wraps) {
            covered = p->bottom;
            continue;
        }
        if (p->bottom > f->from - clear && p->top < f->to + clear) return false;
    }
    return covered >= f->border.y + f->border.height - grid / 2;
}

static bool floats_apart(const Composer *c, const Floats *floats, const Float *f) {
    Lu apart = c->styles->page->grid * LINES_BETWEEN;
    for (uint32_t i = 0; i < floats->count; i++)
        if (f->from < floats->items[i].to + apart && f->to > floats->items[i].from - apart) return false;
    return true;
}

/* Lines of a paragraph before, beside and after a float. */
typedef struct {
    Lu before, beside, after;
} Parting;

static Parting paragraph_parted(const Placed *p, Lu leading, const Float *f) {
    Lu count = (p->bottom - p->top) / leading, first = 0, end = count;
    if (f->from > p->top) first = (f->from - p->top) / leading;
    if (f->to < p->bottom) end = (f->to - p->top + leading - 1) / leading;
    return (Parting){first, end - first, count - end};
}

/* How many things a designer would not sign: one line of a paragraph alone above, beside or below the float, the page's edge near, or
 * another float in the same third of the page. */
static Lu float_blemishes(const Composer *c, const Attempt *page, const Floats *floats, const Float *f) {
    Lu grid = c->styles->page->grid, third = c->text_height / 3, sum = 0;
    if (f->from < grid * LINES_FROM_EDGE || f->to > c->text_height - grid * LINES_FROM_EDGE) sum++;
    for (uint32_t i = 0; i < page->placed.count; i++) {
        const Placed *p = &page->placed.items[i];
        const FlowBlock *block = &c->blocks.items[p->block];
        if (!block->wraps || p->bottom <= f->from || p->top >= f->to || block->style->leading <= 0) continue;
        Parting parted = paragraph_parted(p, block->style->leading, f);
        sum += (parted.before == 1) + (parted.beside == 1) + (parted.after == 1);
    }
    for (uint32_t i = 0; i < floats->count && third > 0; i++) {
        const Rect *other = &floats->items[i].border;
        if (floats->items[i].pull == f->pull) continue;
        sum += (other->y + other->height / 2) / third == (f->border.y + f->border.height / 2) / third;
    }
    return sum;
}

/* Lines white at the foot of a page. */
static Lu white_lines(const Composer *c, const Attempt *page, Lu grid) {
    Lu white = c->text_height - page->notes_height - page->y;
    return page->forced || white <= 0 ? 0 : white / grid;
}

/* The best place for pull-quote `index`, if there is one: the page is then filled with it. */
static bool pull_try(Composer *c, Cursor start, Floats *floats, uint32_t index, Lu wanted, Attempt *page) {
    Lu width, height, grid = c->styles->page->grid ? c->styles->page->grid : 12 * LU_PT, anchor;
    pull_height(c, &c->pulls.items[index], &width, &height);
    if (floats->count == FLOATS_A_PAGE || height > c->text_height) return false;
    bool here = anchor_line(page, &c->pulls.items[index], &anchor);
    Lu first = (wanted - height / 2) / grid * grid, lowest = (c->text_height - height - grid / 4) / grid * grid;
    if (first < 0) first = 0;
    if (first > lowest) first = lowest;
    uint32_t tries = 0;
    Lu cost = LU_MOST; /* of the best so far: lines away from the words, and what it is marked down by */
    Lu white_before = white_lines(c, page, grid);
    Float best = {0};
    Attempt best_page;
    for (Lu step = 0; tries < TRIES && floats->fills && (first - step >= 0 || first + step <= lowest); step += grid) {
        if (step / grid >= cost) break;
        for (int side = 0; side < (step ? 2 : 1) && tries < TRIES && floats->fills; side++) {
            Lu top = side ? first - step : first + step;
            if (top < 0 || top > lowest) continue;
            Float f = float_at(c, index, top, width, height);
            if (!floats_apart(c, floats, &f)) continue;
            tries++;
            floats->fills--;
            floats->items[floats->count++] = f;
            Attempt attempt;
            page_fill(c, start, floats->items, floats->count, 0, &attempt);
            bool stands = !here || anchor_line(&attempt, &c->pulls.items[index], &anchor);
            for (uint32_t i = 0; i < floats->count && stands; i++) stands = float_stands(c, &attempt, &floats->items[i]);
            Lu own = stands ? step / grid + BLEMISH * float_blemishes(c, &attempt, floats, &f) : LU_MOST;
            floats->count--;
            if (stands && white_lines(c, &attempt, grid) > white_before) own += white_lines(c, &attempt, grid) - white_before;
            if (own >= cost) continue;
            cost = own;
            best = f;
            best_page = attempt;
        }
    }
    if (cost == LU_MOST) return false;
    floats->items[floats->count++] = best;
    *page = best_page;
    return true;
}

static void float_draw(Composer *c, Attempt *page, const Float *f) {
    const Pull *pull = &c->pulls.items[f->pull];
    const Style *style = style_of(c->styles, pull->copy);
    Shape shape = {
        f->border.x + style_extent_left(style), f->border.width - style_extent_left(style) - style_extent_right(style)};
    Paragraph *p = paragraph_new(c, pull->copy, shape.width);
    Measure measure = {.rest = shape};
    LineBreaks lines = lines_choose(c->arena, c->room, p, style, 0, &measure);
    uint32_t at = page->boxes.count;
    lines_set(
        c, page, pull->copy, style, p, &lines, 0, lines.count, f->border.y + style_extent_above(style), ARTIFACT_PULL_QUOTE);
    decoration_add(c, page, at, pull->copy, style, f->border, false, false);
}

/* Moves a pull-quote in the flow: from its block to before block `to`. */
static void pull_move(Composer *c, Pull *pull, uint32_t to, Cursor *start) {
    uint32_t from = pull->block;
    FlowBlock moved = c->blocks.items[from];
    bool forward = to > from;
    uint32_t target = forward ? to - 1 : to, low = forward ? from + 1 : to, high = forward ? target : from - 1;
    int shift = forward ? -1 : 1;
    if (target == from) return;
    memmove(&c->blocks.items[low + (uint32_t)shift], &c->blocks.items[low], (high - low + 1) * sizeof *c->blocks.items);
    c->blocks.items[target] = moved;
    for (uint32_t i = 0; i < c->containers.count; i++) {
        Container *k = &c->containers.items[i];
        if (k->first >= low && k->first <= high) k->first += (uint32_t)shift;
        if (k->last >= low && k->last <= high) k->last += (uint32_t)shift;
    }
    for (uint32_t i = 0; i < c->pulls.count; i++)
        if (c->pulls.items[i].block >= low && c->pulls.items[i].block <= high) c->pulls.items[i].block += (uint32_t)shift;
    if (start->block >= low && start->block <= high) start->block += (uint32_t)shift;
    if (start->owed && start->owed >= low && start->owed <= high) start->owed += (uint32_t)shift;
    pull->block = target;
}

static bool gap_before(const Composer *c, uint32_t block, uint32_t own) {
    uint32_t above = block - 1 == own ? block - 2 : block - 1;
    if (block == own) block++;
    return above < c->flow_end && block < c->flow_end && c->blocks.items[above].wraps && c->blocks.items[block].wraps;
}

static void pull_leave_out(Composer *c, Pull *pull) {
    pull->state = PULL_PLACED;
    diag(c->diags, DIAG_WARNING, "pull-quote-place", node_place(c->tree, pull->anchor),
        "put more running text round it, or mark other words",
        "this pull-quote has no place beside or between the paragraphs near it, and is left out");
}

/* No place beside the text: goes between the two paragraphs nearest to its own place, or is left out. */
static void pull_between(Composer *c, Pull *pull, Cursor *start) {
    uint32_t own = pull->block, near = own > start->block ? own : start->block + 1;
    for (uint32_t step = 0; step < BLOCKS_NEAR; step++)
        for (int side = 0; side < 2; side++) {
            uint32_t at = side ? near - step : near + step;
            if ((side && step > near) || at < start->block + 1 || at < 2 || !gap_before(c, at, own)) continue;
            pull_move(c, pull, at, start);
            pull->state = PULL_BETWEEN;
            return;
        }
    pull_leave_out(c, pull);
}

/* Places what can stand beside the text of this page. False when one had to go between paragraphs instead: then the page changes under
 * those already placed, and all is to be done again. */
static bool pulls_place(Composer *c, Cursor *start, Floats *floats, Attempt *page) {
    for (uint32_t i = c->pulls_done; i < c->pulls.count; i++) {
        Pull *pull = &c->pulls.items[i];
        if (pull->state != PULL_BESIDE) continue;
        Lu wanted = 0;
        bool here = anchor_line(page, pull, &wanted), passed = !here && pull->block < start->block;
        if (!here && !passed) {
            if (pull->block > page->end.block + 1) break;
            continue;
        }
        if (pull_try(c, *start, floats, i, wanted, page)) {
            pull->state = PULL_PLACED;
            continue;
        }
        bool last_page = page->end.block >= c->flow_end;
        if (here && wanted > c->text_height / 2 && !last_page) continue; /* the next page is near */
        if (!floats->fills) {
            pull_leave_out(c, pull);
            continue;
        }
        pull_between(c, pull, start);
        for (uint32_t k = 0; k < floats->count; k++) c->pulls.items[floats->items[k].pull].state = PULL_BESIDE;
        return false;
    }
    return true;
}

bool pulls_wait(const Composer *c, const Attempt *page) {
    for (uint32_t i = c->pulls_done; i < c->pulls.count && c->pulls.items[i].block <= page->end.block + 1; i++)
        if (c->pulls.items[i].state == PULL_BESIDE) return true;
    return false;
}

void page_fill_with_pulls(Composer *c, Cursor *start, Lu less, Attempt *page) {
    Floats floats = {.fills = FILLS};
    arena_renew(&c->drawn, SCRATCH_LIMIT);
    rows_empty(c);
    while (c->pulls_done < c->pulls.count && c->pulls.items[c->pulls_done].state != PULL_BESIDE) c->pulls_done++;
    do {
        floats.count = 0;
        if (floats.fills) floats.fills--;
        page_fill(c, *start, NULL, 0, less, page);
    } while (!pulls_place(c, start, &floats, page));
    for (uint32_t i = 0; i < floats.count; i++) float_draw(c, page, &floats.items[i]);
}
