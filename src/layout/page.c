/* page: fills one page from the flow.
 *
 * Blocks go down the page one after the other. A block that does not fit is cut between two lines, two on each side at the least
 * (no widow, no orphan), or goes to the next page with whatever must stay with it: headings before it, the container that is kept
 * together. For that, the page remembers where each block began and can be taken back to there. Rejected: choosing breaks from
 * measured heights alone, since heights depend on the pull-quotes beside the text.
 * A page is turned as its first block wants it (a table too wide for an upright page wants it landscape), and ends before the first that
 * wants it otherwise.
 */
#include "layout/page.h"

#define LINES_BESIDE_NOTE 6 /* of text, above a note that goes on from the page before */
#define LINES_LEADING 3 /* of a paragraph that leads up to a list, to stay with it */

static bool on_grid(const Composer *c, const FlowBlock *block) {
    return block->kind == FLOW_TEXT && !block->loose && block->container == NO_INDEX &&
           block->style->leading == c->styles->page->grid;
}

/* Running text stands on the grid, in whole or half lines, whatever came before it. What that costs goes above a heading, not between
 * it and its text. */
static Lu grid_up(Composer *c, uint32_t index, Lu y, bool first) {
    FlowBlock *block = &c->blocks.items[index], *next = index + 1 < c->blocks.count ? block + 1 : NULL;
    Lu grid = c->styles->page->grid / 2, rest = 0;
    if (!grid) return y;
    if (!on_grid(c, block)) {
        bool heads =
            block->kind == FLOW_TEXT && block->keep_with_next && block->container == NO_INDEX && next && on_grid(c, next);
        if (!heads || first) return y;
        rest = content_height(c, block) + next->gap;
    }
    return (y + rest + grid - 1) / grid * grid - rest;
}

/* ---- The page ----------------------------------------------------------------------------------------------------- */

static void notes_take_back(Attempt *page, const Placed *placed) {
    page->notes = placed->notes;
    page->notes_height = placed->notes_height;
    page->pieces.count = placed->piece_count;
    page->rest = placed->rest;
}

static void page_take_back(Filler *f, uint32_t placed) {
    const Placed *p = &f->page->placed.items[placed];
    f->page->boxes.count = p->box_count;
    f->page->y = p->y_before;
    f->page->end = p->start;
    f->page->placed.count = placed;
    notes_take_back(f->page, p);
}

static uint32_t placed_index(const Attempt *page, uint32_t block) {
    for (uint32_t i = page->placed.count; i-- > 0;)
        if (page->placed.items[i].block == block) return i;
    return NO_INDEX;
}

/* A short paragraph that leads up to a list stays with it, as a heading does with what it heads. Rows of a table's body stay together
 * only when they are short, for the white that they leave behind is as high as they are. */
static bool stays_with_next(Composer *c, uint32_t index) {
    FlowBlock *block = &c->blocks.items[index];
    if (block->kind == FLOW_ROW && block->keep_with_next && !block->node->header)
        return row_size(c, block).lines <= LINES_LEADING && row_size(c, block + 1).lines <= LINES_LEADING;
    return block->keep_with_next || (block->leads && block->lines.count <= LINES_LEADING);
}

/* Whether all before what was placed at `at` must stay with it: a container that begins there cannot leave the page without parting them. */
static bool heads_page(Composer *c, const Attempt *page, uint32_t at) {
    while (at > 0 && stays_with_next(c, page->placed.items[at - 1].block)) at--;
    return at == 0;
}

/* The page must end before block `index`: takes back what may not be parted from it. */
static void page_end_before(Filler *f, uint32_t index) {
    Composer *c = f->c;
    bool moved = true;
    while (moved) {
        moved = false;
        uint32_t count = f->page->placed.count;
        if (count > 1 && stays_with_next(c, f->page->placed.items[count - 1].block) &&
            c->blocks.items[index].kind != FLOW_PAGE_BREAK) {
            uint32_t k = count - 1;
            while (k > 0 && stays_with_next(c, f->page->placed.items[k - 1].block)) k--;
            if (k) { /* else all of the page must stay together: then none of it can */
                index = f->page->placed.items[k].block;
                page_take_back(f, k);
                moved = true;
                continue;
            }
        }
        for (uint32_t k = c->blocks.items[index].container; k != NO_INDEX; k = c->containers.items[k].parent) {
            Container *container = &c->containers.items[k];
            if (!container->together || container->first == index) continue;
            uint32_t at = placed_index(f->page, container->first);
            if (at == NO_INDEX || heads_page(c, f->page, at) || container_height(c, container) > container->together) continue;
            index = container->first;
            page_take_back(f, at);
            moved = true;
            break;
        }
    }
}

static bool kept_together(Composer *c, const Attempt *page, uint32_t index) {
    for (uint32_t k = c->blocks.items[index].container; k != NO_INDEX; k = c->containers.items[k].parent) {
        Container *container = &c->containers.items[k];
        if (!container->together || container_height(c, container) > container->together) continue;
        uint32_t at = container->first == index ? page->placed.count : placed_index(page, container->first);
        if (at != NO_INDEX && !heads_page(c, page, at)) return true;
    }
    return false;
}

/* Padding above a block at the head of a page, of the containers that go on from the page before. */
static Lu padding_continued(const Composer *c, uint32_t block, bool continued) {
    uint32_t chain[DECORATED_DEPTH], depth = decorated_chain(c, block, chain);
    Lu sum = continued ? 0 : c->blocks.items[block].pad_above;
    for (uint32_t i = 0; i < depth; i++) {
        const Container *container = &c->containers.items[chain[i]];
        if (container->first != block || continued) sum += container->style->padding_top;
    }
    return sum;
}

/* What must stay free below a block for the containers round it. */
Lu extents_below(const Composer *c, uint32_t block) {
    uint32_t chain[DECORATED_DEPTH], depth = decorated_chain(c, block, chain);
    Lu sum = 0;
    for (uint32_t i = 0; i < depth; i++) sum += style_extent_below(c->containers.items[chain[i]].style);
    return sum < c->text_height / 2 ? sum : 0;
}

Lu page_white(const Composer *c, const Attempt *page) {
    if (page->forced || !page->placed.count) return 0;
    Lu below = extents_below(c, page->placed.items[page->placed.count - 1].block);
    return c->text_height - page->notes_height - below - page->y;
}

/* Places blocks from page->end on, down to `end` or as far as they fit. */
static void fill(Filler *f, uint32_t end) {
    Composer *c = f->c;
    Attempt *page = f->page;
    while (page->end.block < end || page->end.owed) {
        uint32_t at = page->end.block, owed = page->end.owed, index = between_stands(f) ? owed : at;
        if (index >= end) break;
        FlowBlock *block = &c->blocks.items[index];
        bool first = page->placed.count == 0, continued = page->end.item != 0;
        bool must = first && (f->column ? c->note_must : page->pieces.count == 0);
        if (block->kind == FLOW_PULL && c->pulls.items[block->pull].state != PULL_BETWEEN) {
            page->end = (Cursor){.block = index + 1, .owed = owed};
            continue;
        }
        if (index != owed && between_waits(f, index)) {
            page->end = (Cursor){.block = index + 1, .owed = index};
            continue;
        }
        if (block->kind == FLOW_PAGE_BREAK) {
            page->end = (Cursor){.block = index + 1, .owed = owed};
            if (first) continue;
            page->forced = true;
            break;
        }
        if (block->landscape != page->landscape) {
            page->forced = true;
            break;
        }
        Lu gap = first || continued ? 0 : block->gap > f->after_pull ? block->gap : f->after_pull;
        Lu pad = first ? padding_continued(c, index, continued) : block->pad_above;
        Lu y = f->column ? page->y + gap + pad : grid_up(c, index, page->y + gap + pad, first);
        Placed record = {.block = index,
            .start = page->end,
            .top = y,
            .pad_above = pad,
            .box_count = page->boxes.count,
            .y_before = page->y,
            .notes = page->notes,
            .piece_count = page->pieces.count,
            .notes_height = page->notes_height,
            .rest = page->rest};
        f->base = f->height - extents_below(c, index);
        f->limit = f->base - page->notes_height;
        Cursor cursor = page->end;
        if (first && block->kind == FLOW_ROW) table_head_repeat(c, page, block, &y);
        Fit fit = block_place(f, block, &cursor, &y, must);
        if (fit == FIT_PART && !first && kept_together(c, page, index)) fit = FIT_NOT;
        if (fit == FIT_NOT) {
            page->boxes.count = record.box_count;
            notes_take_back(page, &record);
            page_end_before(f, index);
            break;
        }
        record.bottom = y;
        record.complete = fit == FIT_ALL;
        page->y = y + (fit == FIT_ALL ? block->pad_below : 0);
        *PUSH(c->drawn, &page->placed, Placed) = record;
        f->after_pull = block->kind == FLOW_PULL ? block->style->space_after : 0;
        page->end = fit == FIT_PART ? cursor : (Cursor){.block = index == owed && owed ? at : index + 1};
        page->end.owed = index == owed ? 0 : owed;
        if (fit == FIT_PART) break;
    }
    if (page->end.block >= end) page->forced = true;
    if (f->full) page_stretch(f);
    frames_draw(c, page);
}

void column_fill(Composer *c, Cursor start, uint32_t end, Lu height, Attempt *out) {
    *out = (Attempt){.end = start};
    Filler f = {.c = c, .page = out, .height = height, .column = true};
    fill(&f, end);
}

/* Notes that nothing on a page refers to (they are referred to in other notes) come at the end; none is lost. */
static void notes_finish(Filler *f) {
    f->base = f->height;
    if (f->page->end.block >= f->c->flow_end && f->c->notes.count) notes_take(f, f->c->notes.count - 1, f->page->y);
}

/* Whether the page that goes on from `start` is a landscape one: as the first block on it wants. */
static bool starts_landscape(const Composer *c, Cursor start) {
    uint32_t index = start.block;
    for (; index < c->flow_end; index++) {
        const FlowBlock *block = &c->blocks.items[index];
        bool elsewhere = block->kind == FLOW_PULL && c->pulls.items[block->pull].state != PULL_BETWEEN;
        if (!elsewhere && block->kind != FLOW_PAGE_BREAK) return block->landscape;
    }
    return false;
}

/* `less`: how much earlier it ends than it could. `text`: the height that a note from the page before leaves to the text. */
static void page_try(Composer *c, Cursor start, const Float *floats, uint32_t float_count, Lu less, Lu text, Attempt *page) {
    *page = (Attempt){.end = start, .notes = start.notes, .landscape = starts_landscape(c, start)};
    page_turn(c, page->landscape);
    Filler f = {.c = c, .page = page, .floats = floats, .float_count = float_count, .height = c->text_height - less};
    f.full = c->text_height;
    if (start.rest) note_place(c, page, start.notes - 1, *start.rest, c->text_height - text);
    fill(&f, c->flow_end);
    notes_finish(&f);
}

/* The page again with paragraphs in a line more or less, if that leaves less white. */
static void page_fill_loosened(Composer *c, Cursor start, Lu less, Lu text, Attempt *page) {
    Lu grid = c->styles->page->grid, white = page_white(c, page);
    if (!grid || white < grid) return;
    for (int more = 1; more >= 0; more--) {
        Loosening loosening;
        Attempt other;
        page_loosen(c, page, more ? (uint32_t)(white / grid) : 1, more, &loosening);
        if (!loosening.count) continue;
        page_try(c, start, NULL, 0, less, text, &other);
        page_loosened(&loosening);
        if (page_white(c, &other) < page_white(c, page)) *page = other;
    }
}

/* Where all the text that comes next refers to notes, and must wait for the one that goes on, that one need leave it nothing. When not even
 * then anything of it fits (a row of a table that is nearly as high as the page), it is cut where the page ends. */
void page_fill(Composer *c, Cursor start, const Float *floats, uint32_t float_count, Lu less, Attempt *page) {
    Lu text = start.block < c->flow_end ? c->styles->page->grid * LINES_BESIDE_NOTE : 0;
    page_try(c, start, floats, float_count, less, text, page);
    if (text && page->rest && !page->placed.count) page_try(c, start, floats, float_count, 0, 0, page);
    if (start.rest && !page->placed.count && !page->pieces.count) {
        c->note_must = true;
        page_try(c, start, floats, float_count, 0, 0, page);
        c->note_must = false;
    } else if (!float_count) {
        page_fill_loosened(c, start, less, text, page);
    }
    page->end.notes = page->notes;
    page->end.rest = page->rest;
    notes_draw(c, page);
}
