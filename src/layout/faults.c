/* faults: what a designer would not sign, found on the finished pages.
 *
 * The layout avoids these; where it cannot (a text too narrow, a row higher than a page, three headings and a table that want one page),
 * it sets the least bad, and here that is listed. Nothing is asked of how the pages were made: what is looked at is what will be
 * seen, so that a mistake in the making is found as well. Everything is gone through a fixed number of times.
 */
#include "layout/faults.h"

#define HANG_MOST 4 /* punctuation that hangs stands out by less than this part of the type's size: hang.c */
#define TOLERANCE (LU_PT / 2) /* a line is no wider than its measure by more; sums of rounded widths are */
#define QUOTES_APART 6 /* lines between two pull-quotes: as pull.c keeps them */

/* ---- Lines ---------------------------------------------------------------------------------------------------------- */

static bool glyph_is_space(const Run *run, const RunPiece *piece, const Glyph *glyph) {
    uint32_t at = glyph->cluster + (uint32_t)piece->shift;
    return at < run->text.n && run->text.p[at] == ' ';
}

static Lu space_width(const Run *run, const Glyph *glyph) {
    Lu natural = text_advance_lu(run->face, glyph->advance, run->size) + run->letter_spacing + run->word_spacing;
    return natural + (Lu)((int64_t)natural * run->expansion / 10000);
}

/* Of the spaces at a run's beginning, or its end. */
static Lu spaces_width(const Run *run, bool end) {
    Lu width = 0;
    for (uint32_t i = 0; i < run->piece_count; i++) {
        const RunPiece *piece = &run->pieces[end ? run->piece_count - 1 - i : i];
        for (uint32_t g = 0; g < piece->count; g++) {
            const Glyph *glyph = &piece->glyphs[end ? piece->count - 1 - g : g];
            if (!glyph_is_space(run, piece, glyph)) return width;
            width += space_width(run, glyph);
        }
    }
    return width;
}

/* Where a run's ink begins and ends: spaces at a line's end hang beyond the measure. */
static void run_extent(const Run *run, Lu *left, Lu *right) {
    *left = run->x;
    *right = run->x + run->width;
    *right -= spaces_width(run, true);
    if (str_trim(run->text).n) *left += spaces_width(run, false);
}

static bool line_extent(const Line *line, Lu *left, Lu *right) {
    bool any = false;
    for (uint32_t r = 0; r < line->run_count; r++) {
        Lu from, to;
        run_extent(&line->runs[r], &from, &to);
        if (from >= to) continue;
        if (!any || from < *left) *left = from;
        if (!any || to > *right) *right = to;
        any = true;
    }
    return any;
}

static Place line_place(const Faults *f, const LayoutBox *box, const Line *line) {
    const Node *node = line->run_count && line->runs[0].node ? line->runs[0].node : box->node;
    return node_place(f->layout->tree, node->line ? node : box->node);
}

static void lines_judge(const Faults *f, uint32_t page, const LayoutBox *box) {
    for (uint32_t l = 0; l < box->line_count; l++) {
        Lu left, right;
        if (!line_extent(&box->lines[l], &left, &right)) continue;
        Lu excess = right - box->rect.x - box->rect.width;
        if (box->rect.x - left > excess) excess = box->rect.x - left;
        const Style *style = style_of(f->layout->styles, box->node);
        if (excess <= TOLERANCE + (style->hang ? style->size / HANG_MOST : 0)) continue;
        diag(f->diags, DIAG_WARNING, "line-wide", line_place(f, box, &box->lines[l]),
            "reword it, or put spaces where it may be broken", "a line on page " STR_FMT " is %d pt wider than there is room for",
            PAGE_LABEL(f, page), (int)((excess + LU_PT - 1) / LU_PT));
    }
}

/* ---- Blocks over the ends of pages ------------------------------------------------------------------------------------ */

static const Run *last_content(const Line *line, bool *hyphen) {
    const Run *last = NULL;
    for (uint32_t r = 0; r < line->run_count; r++) {
        if (line->runs[r].artifact == ARTIFACT_HYPHEN) *hyphen = true;
        if (line->runs[r].artifact == ARTIFACT_NONE) last = &line->runs[r];
    }
    return last;
}

static bool line_ends_in_hyphen(const Line *line) {
    bool hyphen = false;
    const Run *last = last_content(line, &hyphen);
    return hyphen || (last && (str_ends(last->text, STR("-")) || str_ends(last->text, STR("\xE2\x80\x90"))));
}

/* The part of `block` on page `page` has ended, and it goes on over the page. */
static void part_judge(const Faults *f, const Node *block, const Trace *trace) {
    if (block->kind != NODE_TABLE_CELL && trace->parts == 1 && trace->lines == 1)
        diag(f->diags, DIAG_WARNING, "orphan", node_place(f->layout->tree, block), "add or take away a few words above it",
            "one line of this stands alone at the foot of page " STR_FMT, PAGE_LABEL(f, trace->last));
    if (block->kind == NODE_CODE_BLOCK || block->kind == NODE_TABLE_ROW || !line_ends_in_hyphen(trace->line)) return;
    diag(f->diags, DIAG_WARNING, "hyphen-foot", node_place(f->layout->tree, block), "add or take away a few words above it",
        "page " STR_FMT " ends in a hyphen", PAGE_LABEL(f, trace->last));
}

/* The last part has ended. */
static void block_judge(const Faults *f, const Node *block) {
    const Trace *trace = &f->traces[block->number];
    if (trace->parts < 2) return;
    if (block->kind == NODE_TABLE_ROW)
        diag(f->diags, DIAG_WARNING, "row-parted", node_place(f->layout->tree, block),
            "divide it into two, or put its text outside the table",
            "a row of a table begins on page " STR_FMT " and ends on page " STR_FMT, PAGE_LABEL(f, trace->first),
            PAGE_LABEL(f, trace->last));
    if (block->kind != NODE_TABLE_CELL && trace->lines == 1)
        diag(f->diags, DIAG_WARNING, "widow", node_place(f->layout->tree, block), "add or take away a few words above it",
            "one line of this stands alone at the head of page " STR_FMT, PAGE_LABEL(f, trace->last));
}

static void trace_add(const Faults *f, const Node *block, uint32_t page, const LayoutBox *box) {
    Trace *trace = &f->traces[block->number];
    bool row = block->kind == NODE_TABLE_ROW; /* its cells stand side by side */
    if (trace->parts && trace->last == page) {
        if (!row)
            trace->lines += box->line_count;
        else if (box->line_count > trace->lines)
            trace->lines = box->line_count;
    } else {
        if (trace->parts) part_judge(f, block, trace);
        if (!trace->parts) trace->first = page;
        trace->parts++;
        trace->last = page;
        trace->lines = box->line_count;
    }
    trace->line = &box->lines[box->line_count - 1];
}

static void box_trace(const Faults *f, uint32_t page, const LayoutBox *box) {
    Trace *trace = &f->traces[box->node->number];
    if (box->kind == BOX_IMAGE) {
        if (trace->first == UINT32_MAX) trace->first = page;
        trace->last = page;
        return;
    }
    if (!box->line_count) return;
    trace_add(f, box->node, page, box);
    if (box->node->kind == NODE_TABLE_CELL) trace_add(f, box->node->parent, page, box);
}

/* A block of blocks stands where what is in it does. Notes stand at the foot, wherever their references' block is. */
static void traces_sum(const Faults *f) {
    const Tree *tree = f->layout->tree;
    for (NodeNumber n = tree->count; n-- > 1;) {
        const Trace *trace = &f->traces[n];
        Trace *above = &f->traces[tree->nodes[n]->parent->number];
        if (trace->first == UINT32_MAX || tree->nodes[n]->kind == NODE_NOTE) continue;
        if (above->first == UINT32_MAX || trace->first < above->first) above->first = trace->first;
        if (trace->last > above->last) above->last = trace->last;
    }
}

static void caption_judge(const Faults *f, const Node *caption) {
    bool above = caption == caption->parent->first;
    const Node *other = above ? caption->next : caption->previous;
    const Trace *own = &f->traces[caption->number], *its = other ? &f->traces[other->number] : NULL;
    if (!its || own->first == UINT32_MAX || its->first == UINT32_MAX) return;
    if (above ? own->last == its->first : own->first == its->last) return;
    diag(f->diags, DIAG_WARNING, "caption-parted", node_place(f->layout->tree, caption),
        "make it shorter, or what it belongs to smaller",
        "this caption stands on page " STR_FMT ", and what it belongs to on page " STR_FMT, PAGE_LABEL(f, own->first),
        PAGE_LABEL(f, above ? its->first : its->last));
}

/* ---- Pull-quotes ------------------------------------------------------------------------------------------------------ */

static const Node *quote_of(const LayoutBox *box) {
    if (!box->node || box->kind != BOX_LINES) return NULL;
    if (box->artifact == ARTIFACT_PULL_QUOTE) return node_ancestor(box->node, NODE_PULL_COPY);
    return box->artifact == ARTIFACT_NONE ? node_ancestor(box->node, NODE_PULL_QUOTE) : NULL;
}

/* Lines of running text that reach into a pull-quote beside it. */
static void lines_beside_judge(const Faults *f, uint32_t page, const LayoutBox *quote) {
    const Page *p = &f->layout->items[page];
    for (uint32_t b = 0; b < p->count; b++) {
        const LayoutBox *box = &p->items[b];
        if (box->kind != BOX_LINES || !is_content(box)) continue;
        for (uint32_t l = 0; l < box->line_count; l++) {
            Lu left, right, baseline = box->lines[l].baseline;
            if (baseline < quote->rect.y || baseline > quote->rect.y + quote->rect.height) continue;
            if (!line_extent(&box->lines[l], &left, &right)) continue;
            if (right <= quote->rect.x + TOLERANCE || left >= quote->rect.x + quote->rect.width - TOLERANCE) continue;
            diag(f->diags, DIAG_WARNING, "line-wide", line_place(f, box, &box->lines[l]), "reword it, or mark other words",
                "a line on page " STR_FMT " runs into the pull-quote beside it", PAGE_LABEL(f, page));
        }
    }
}

static Place quote_place(const Faults *f, const Node *quote) { return node_place(f->layout->tree, quote); }

/* Pull-quotes of a page, of which there are few, with each that comes later. */
static void quotes_judge(const Faults *f, uint32_t page) {
    const Page *p = &f->layout->items[page];
    Lu apart = f->layout->styles->page->grid * QUOTES_APART;
    const LayoutBox *above = NULL;
    const Node *quote_above = NULL;
    for (uint32_t b = 0; b < p->count; b++) {
        const LayoutBox *box = &p->items[b];
        const Node *quote = quote_of(box);
        if (!quote) continue;
        if (box->artifact == ARTIFACT_PULL_QUOTE) lines_beside_judge(f, page, box); /* few on a page */
        Trace *trace = &f->traces[quote->number];
        if (trace->first != UINT32_MAX && trace->first < page) /* said again on each page: kept once */
            diag(f->diags, DIAG_WARNING, "pull-quote-split", quote_place(f, quote), "mark fewer words, or other ones",
                "this pull-quote begins on page " STR_FMT " and goes on over its end", PAGE_LABEL(f, trace->first));
        if (trace->first == UINT32_MAX) trace->first = page;
        if (quote_above && quote_above != quote) {
            const Rect *one = &above->rect, *two = &box->rect;
            Lu between = one->y < two->y ? two->y - one->y - one->height : one->y - two->y - two->height;
            if (between < apart)
                diag(f->diags, DIAG_WARNING, "pull-quote-near", quote_place(f, quote),
                    "leave one of them out, or mark words farther away",
                    "two pull-quotes on page " STR_FMT " are near each other", PAGE_LABEL(f, page));
        }
        above = box;
        quote_above = quote;
    }
}

/* ---- Tables ----------------------------------------------------------------------------------------------------------- */

/* How large a cell's text is set, in hundredths of what its style says. */
static int32_t cell_percent(const Faults *f, const LayoutBox *box) {
    int32_t least = 100;
    for (uint32_t l = 0; l < box->line_count; l++)
        for (uint32_t r = 0; r < box->lines[l].run_count; r++) {
            const Run *run = &box->lines[l].runs[r];
            Lu wanted = run->node && run->artifact == ARTIFACT_NONE ? style_of(f->layout->styles, run->node)->size : 0;
            if (wanted <= 0 || run->size >= wanted) continue;
            int32_t percent = (int32_t)(((int64_t)run->size * 100 + wanted / 2) / wanted);
            if (percent < least) least = percent;
        }
    return least;
}

static void cell_judge(const Faults *f, const LayoutBox *box, const Node **said) {
    const Node *table = node_ancestor(box->node, NODE_TABLE);
    if (!table || table == *said) return;
    int32_t percent = cell_percent(f, box);
    if (percent >= 100) return;
    *said = table;
    diag(f->diags, DIAG_WARNING, "table-small", node_place(f->layout->tree, table),
        "take out a column, shorten what is in its cells, or divide it",
        "this table is too wide: its text is set at %d %% of its size", (int)percent);
}

/* ---- All -------------------------------------------------------------------------------------------------------------- */

static void page_judge(const Faults *f, uint32_t page, const Node **small) {
    const Page *p = &f->layout->items[page];
    for (uint32_t b = 0; b < p->count; b++) {
        const LayoutBox *box = &p->items[b];
        if (!is_content(box)) continue;
        box_trace(f, page, box);
        if (box->kind != BOX_LINES) continue;
        lines_judge(f, page, box);
        if (box->node->kind == NODE_TABLE_CELL) cell_judge(f, box, small);
    }
}

void layout_faults(const Layout *layout, Diags *d) {
    const Tree *tree = layout->tree;
    Faults f = {.layout = layout, .diags = d, .traces = NEW_ARRAY(d->arena, Trace, tree->count ? tree->count : 1)};
    for (NodeNumber n = 0; n < tree->count; n++) f.traces[n].first = UINT32_MAX;
    const Node *small = NULL;
    for (uint32_t page = 0; page < layout->count; page++) page_judge(&f, page, &small);
    for (NodeNumber n = 0; n < tree->count; n++) block_judge(&f, tree->nodes[n]);
    traces_sum(&f);
    for (NodeNumber n = 1; n < tree->count; n++)
        if (tree->nodes[n]->kind == NODE_CAPTION) caption_judge(&f, tree->nodes[n]);
    feet_judge(&f);
    for (uint32_t page = 0; page < layout->count; page++) quotes_judge(&f, page);
}
