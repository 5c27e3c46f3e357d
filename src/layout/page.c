/* page: fills one page from the flow.
 *
 * Blocks go down the page one after the other. A block that does not fit is cut between two lines, two on each side at the least
 * (no widow, no orphan), or goes to the next page with whatever must stay with it: headings before it, the container that is kept
 * together. For that, the page remembers where each block began and can be taken back to there. Rejected: choosing breaks from
 * measured heights alone, since heights depend on the pull-quotes beside the text.
 * A page is turned as its first block wants it (a table too wide for an upright page wants it landscape), and ends before the first that
 * wants it otherwise.
 */
#include "layout/compose.h"

#define LINES_TOGETHER 2 /* at the foot and at the head of a page */
#define LINES_BESIDE_NOTE 6 /* of text, above a note that goes on from the page before */
#define LINES_LEADING 3 /* of a paragraph that leads up to a list, to stay with it */

typedef struct {
    Composer *c;
    Attempt *page;
    const Float *floats;
    uint32_t float_count;
    Lu height; /* of the page's text area, or of the column */
    bool column; /* a note's: nothing has to be placed, and it has no notes of its own */
    Lu after_pull; /* space after a pull-quote set between paragraphs */
    Lu base; /* how far down the present block may reach: below it, the containers round it have their padding */
    Lu limit; /* the same, and below it the notes that the page has so far */
} Filler;

typedef enum { FIT_ALL, FIT_PART, FIT_NOT } Fit;

/* ---- Shapes of lines -------------------------------------------------------------------------------------------- */

static bool float_narrows(const Float *f, Lu top, Lu bottom, Shape *shape) {
    if (bottom <= f->from || top >= f->to || shape->x >= f->right || shape->x + shape->width <= f->left) return false;
    if (f->left > shape->x)
        shape->width = f->left - shape->x;
    else {
        shape->width -= f->right - shape->x;
        shape->x = f->right;
    }
    return true;
}

/* The measure of a block whose next line's top is at `top`: line by line where floats narrow it. */
static bool block_measure(Filler *f, const FlowBlock *block, Lu top, Measure *out) {
    Shape full = {block->x, block->width};
    *out = (Measure){.rest = full};
    Lu last = 0, leading = block->style->leading;
    for (uint32_t i = 0; i < f->float_count; i++)
        if (f->floats[i].to > last) last = f->floats[i].to;
    if (!block->wraps || last <= top) return false;
    uint32_t count = (uint32_t)((last - top + leading - 1) / leading);
    Shape *shapes = NEW_ARRAY(f->c->arena, Shape, count);
    bool narrowed = false;
    for (uint32_t i = 0; i < count; i++) {
        shapes[i] = full;
        for (uint32_t k = 0; k < f->float_count; k++)
            if (float_narrows(&f->floats[k], top + leading * (Lu)i, top + leading * (Lu)(i + 1), &shapes[i])) narrowed = true;
    }
    out->lines = shapes;
    out->count = count;
    return narrowed;
}

/* ---- What blocks are made of, made when first needed -------------------------------------------------------------- */

static void text_prepare(Composer *c, FlowBlock *block) {
    if (block->paragraph) return;
    bool empty_item = block->node->kind == NODE_ITEM || block->node->kind == NODE_NOTE;
    block->paragraph = empty_item ? NEW(c->arena, Paragraph) : paragraph_new(c, block->node, block->width);
    Measure measure = {.rest = {block->x, block->width}};
    block->lines = lines_choose(c->arena, block->paragraph, block->style, 0, &measure);
}

/* Height of a block's own content at full width. */
static Lu content_height(Composer *c, FlowBlock *block) {
    switch (block->kind) {
    case FLOW_TEXT:
        text_prepare(c, block);
        return block->style->leading * (Lu)(block->lines.count ? block->lines.count : block->labels ? 1 : 0);
    case FLOW_ROW: {
        RowSize size = row_size(c, block);
        return size.above + size.below + size.leading * (Lu)size.lines;
    }
    case FLOW_IMAGE:
    case FLOW_RULE: return block->height;
    case FLOW_COLUMNS: return columns_height(c, block);
    case FLOW_PULL: {
        const Pull *pull = &c->pulls.items[block->pull];
        Lu width, height;
        if (pull->state != PULL_BETWEEN) return 0;
        pull_height(c, pull, &width, &height);
        return height;
    }
    case FLOW_PAGE_BREAK: return 0;
    }
    return 0;
}

static Lu block_height(Composer *c, uint32_t index) {
    FlowBlock *block = &c->blocks.items[index];
    return block->gap + block->pad_above + content_height(c, block) + block->pad_below;
}

static Lu container_height(Composer *c, Container *container) {
    if (!container->total) {
        Lu total = 0;
        for (uint32_t b = container->first; b <= container->last && total <= c->text_height * 2; b++) total += block_height(c, b);
        container->total = total + 1;
    }
    return container->total;
}

/* ---- Placing blocks ----------------------------------------------------------------------------------------------- */

/* How many of `count` lines go on this page when `room` fit: all, none, or a cut that leaves no widow and no orphan. */
static uint32_t lines_cut(uint32_t count, uint32_t room, bool first_part, bool must) {
    if (room >= count) return count;
    uint32_t least = first_part ? LINES_TOGETHER : 1;
    if (count - room < LINES_TOGETHER) room = count >= LINES_TOGETHER ? count - LINES_TOGETHER : 0;
    if (room >= least) return room;
    return must ? 1 : 0;
}

/* A page does not end in the middle of a word, if it can end a line before: `take` of the lines from `from` on, less those. */
static uint32_t lines_unhyphened(const LineBreaks *lines, uint32_t from, uint32_t take, bool first_part, bool must) {
    uint32_t least = first_part ? LINES_TOGETHER : 1, count = take;
    if (from + take >= lines->count) return take;
    while (count >= least && lines->items[from + count - 1].hyphen) count--;
    return count >= least ? count : must ? take : 0;
}

/* ---- Notes that lines refer to ------------------------------------------------------------------------------------ */

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

/* Texts side by side: the cells of a row, or one paragraph. */
typedef struct {
    const Cell *items;
    uint32_t count;
} Texts;

/* The last note, not begun so far, that lines [from, to) of any of them refer to. */
static uint32_t lines_last_note(Filler *f, Texts texts, uint32_t from, uint32_t to, uint32_t begun) {
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
static uint32_t lines_room(Filler *f, Texts texts, uint32_t from, uint32_t end, Lu space, Lu leading) {
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
static void notes_take(Filler *f, uint32_t last, Lu y) {
    for (uint32_t note = f->page->notes; last != NO_INDEX && note <= last && !f->page->rest; note++)
        note_place(f->c, f->page, note, (Cursor){.block = f->c->notes.items[note].first}, f->base - y - f->page->notes_height);
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------- */

static Fit text_place(Filler *f, FlowBlock *block, Cursor *cursor, Lu *y, bool first) {
    Composer *c = f->c;
    text_prepare(c, block);
    Lu top = *y, leading = block->style->leading;
    Measure measure;
    bool narrowed = block_measure(f, block, top, &measure);
    LineBreaks lines = cursor->tail ? *cursor->tail : block->lines;
    uint32_t from = cursor->line;
    if (narrowed) {
        lines = lines_choose(c->arena, block->paragraph, block->style, cursor->item, &measure);
        from = 0;
    }
    uint32_t count = lines.count - from;
    if (!count) { /* an empty text block, or an item without content: its label still takes a line */
        if (!block->labels) return FIT_ALL;
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
    take = lines_unhyphened(&lines, from, take, cursor->item == 0, first);
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
    LineBreaks lines = lines_choose(c->arena, p, style, 0, &measure);
    lines_set(c, f->page, block->node, style, p, &lines, 0, lines.count, y + style_extent_above(style), ARTIFACT_PULL_QUOTE);
    decoration_add(c, f->page, at, block->node, style, (Rect){x, y, width, height}, false, false);
}

static Fit block_place(Filler *f, FlowBlock *block, Cursor *cursor, Lu *y, bool first) {
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

static bool on_grid(const Composer *c, const FlowBlock *block) {
    return block->kind == FLOW_TEXT && !block->loose && block->container == NO_INDEX && block->style->leading == c->styles->page->grid;
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
            if (at == NO_INDEX || at == 0 || container_height(c, container) > container->together) continue;
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
        if (at != NO_INDEX && at > 0) return true;
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
static Lu extents_below(const Composer *c, uint32_t block) {
    uint32_t chain[DECORATED_DEPTH], depth = decorated_chain(c, block, chain);
    Lu sum = 0;
    for (uint32_t i = 0; i < depth; i++) sum += style_extent_below(c->containers.items[chain[i]].style);
    return sum < c->text_height / 2 ? sum : 0;
}

/* Places blocks from page->end on, down to `end` or as far as they fit. */
static void fill(Filler *f, uint32_t end) {
    Composer *c = f->c;
    Attempt *page = f->page;
    while (page->end.block < end) {
        uint32_t index = page->end.block;
        FlowBlock *block = &c->blocks.items[index];
        bool first = page->placed.count == 0, continued = page->end.item != 0;
        bool must = first && (f->column ? c->note_must : page->pieces.count == 0);
        if (block->kind == FLOW_PULL && c->pulls.items[block->pull].state != PULL_BETWEEN) {
            page->end = (Cursor){.block = index + 1};
            continue;
        }
        if (block->kind == FLOW_PAGE_BREAK) {
            page->end = (Cursor){.block = index + 1};
            if (first) continue;
            break;
        }
        if (block->landscape != page->landscape) break;
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
        page->end = fit == FIT_PART ? cursor : (Cursor){.block = index + 1};
        if (fit == FIT_PART) break;
    }
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

/* `text`: the height that a note from the page before leaves to the text. */
static void page_try(Composer *c, Cursor start, const Float *floats, uint32_t float_count, Lu text, Attempt *page) {
    *page = (Attempt){.end = start, .notes = start.notes, .landscape = starts_landscape(c, start)};
    page_turn(c, page->landscape);
    Filler f = {.c = c, .page = page, .floats = floats, .float_count = float_count, .height = c->text_height};
    if (start.rest) note_place(c, page, start.notes - 1, *start.rest, c->text_height - text);
    fill(&f, c->flow_end);
    notes_finish(&f);
}

/* Where all the text that comes next refers to notes, and must wait for the one that goes on, that one need leave it nothing. When not even
 * then anything of it fits (a row of a table that is nearly as high as the page), it is cut where the page ends. */
void page_fill(Composer *c, Cursor start, const Float *floats, uint32_t float_count, Attempt *page) {
    Lu text = start.block < c->flow_end ? c->styles->page->grid * LINES_BESIDE_NOTE : 0;
    page_try(c, start, floats, float_count, text, page);
    if (text && page->rest && !page->placed.count) page_try(c, start, floats, float_count, 0, page);
    if (start.rest && !page->placed.count && !page->pieces.count) {
        c->note_must = true;
        page_try(c, start, floats, float_count, 0, page);
        c->note_must = false;
    }
    page->end.notes = page->notes;
    page->end.rest = page->rest;
    notes_draw(c, page);
}
