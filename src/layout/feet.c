/* feet: faults of where a page ends: a heading or a label with nothing below it, and white that could have been filled.
 *
 * White is a fault only when what comes next would have fitted. So what must go together at the head of the next page is measured there,
 * as it was set, and whenever that cannot be told (a note or a pull-quote would come along, the page is turned), nothing is said.
 */
#include "layout/faults.h"

#define WHITE_LINES 7 /* that a foot may have: a page may end three lines earlier (pages.c), and above headings is white */
#define SPACE_LINES 4 /* at most, between what is on a page and what would come next */
#define LINES_TOGETHER 2 /* on each side of a cut: place.c */

typedef struct {
    const Node *last; /* block, or IMAGE, that is last in the order of reading; notes at the foot do not count */
    Lu bottom; /* of all that is above the notes */
    Lu foot; /* where text must end */
} Foot;

static bool is_foot_note(const Node *node) { return node_ancestor(node, NODE_NOTE) && !node_ancestor(node, NODE_NOTES); }

static Lu notes_rule(const Styles *styles) {
    const Style *area = styles->note_area;
    return area ? area->space_before + area->border_top.width + area->padding_top : styles->page->grid;
}

static Foot page_foot(const Faults *f, const Page *page) {
    const Styles *styles = f->layout->styles;
    Foot foot = {.foot = page->height - styles->page->margin_bottom};
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        if (!box->node) continue;
        if (is_foot_note(box->node)) {
            Lu top = box->rect.y - notes_rule(styles);
            if (top < foot.foot) foot.foot = top;
            continue;
        }
        if (box->rect.y + box->rect.height > foot.bottom) foot.bottom = box->rect.y + box->rect.height;
        if (is_content(box) && (!foot.last || box->node->number >= foot.last->number)) foot.last = box->node;
    }
    return foot;
}

/* ---- Why a page begins where it does ---------------------------------------------------------------------------------- */

static bool begins_page(NodeKind kind) { return kind == NODE_PAGE_BREAK || kind == NODE_FRONT || kind == NODE_CONTENTS; }

/* Because the document or its sheet says so. */
static bool begins_as_told(const Faults *f, const Page *page) {
    if (page->start_offset) return false;
    for (const Node *node = page->start_node; node; node = node->parent) {
        if (style_of(f->layout->styles, node)->break_before || begins_page(node->kind)) return true;
        for (const Node *before = node->previous; before; before = before->last)
            if (begins_page(before->kind)) return true;
        if (node->previous) return false;
    }
    return true; /* the document's beginning */
}

static bool is_upright(const Faults *f, const Page *page) { return page->width == f->layout->styles->page->width; }

static bool goes_on(const Faults *f, const Page *page, const Page *next) {
    return next->start_node && page->width == next->width && !begins_as_told(f, next);
}

/* ---- What must go together at a page's head --------------------------------------------------------------------------- */

static bool kept_whole(const Style *style) { return style->keep_together || style->keep_short > 0; }

static uint32_t depth_of(const Node *node) {
    uint32_t depth = 0;
    for (; node->parent; node = node->parent) depth++;
    return depth;
}

/* The innermost node round both. */
static const Node *common_of(const Node *one, const Node *two) {
    uint32_t depth = depth_of(one), other = depth_of(two);
    for (; depth > other; depth--) one = one->parent;
    for (; other > depth; other--) two = two->parent;
    for (; one != two; two = two->parent) one = one->parent;
    return one;
}

/* Whether `block`, or something round it that ends before `next`, stays with what follows; or something round both stays whole. */
static bool stays_with(const Faults *f, const Node *block, const Node *next) {
    const Styles *styles = f->layout->styles;
    const Node *common = common_of(block, next), *row = node_ancestor(block, NODE_TABLE_ROW);
    for (const Node *node = block; node != common; node = node->parent)
        if (style_of(styles, node)->keep_with_next) return true;
    for (const Node *node = common; node; node = node->parent) {
        NodeKind kind = node->kind;
        if (kept_whole(style_of(styles, node)) || kind == NODE_FIGURE || kind == NODE_FIGURES || kind == NODE_TABLE_ROW)
            return true;
    }
    const Node *item = node_ancestor(block, NODE_ITEM); /* neither the first nor the last of a list stands alone */
    if (item && item != node_ancestor(next, NODE_ITEM) && item->next && (!item->previous || !item->next->next)) return true;
    return (row && row->header) || block->kind == NODE_TERM || str_ends(node_text(f->diags->arena, block), STR(":"));
}

static bool is_whole(const Faults *f, const Node *block) {
    for (const Node *node = block; node; node = node->parent)
        if (kept_whole(style_of(f->layout->styles, node)) || node->kind == NODE_TABLE_CELL || node->kind == NODE_FIGURE)
            return true;
    return false;
}

static bool brings_note(const LayoutBox *box, uint32_t lines) {
    for (uint32_t l = 0; l < lines; l++)
        for (uint32_t r = 0; r < box->lines[l].run_count; r++)
            if (box->lines[l].runs[r].node && box->lines[l].runs[r].node->kind == NODE_NOTE_REFERENCE) return true;
    return false;
}

/* How many lines of a box at a page's head could have been set on the page before, at the least. */
static uint32_t lines_least(const Faults *f, uint32_t page, const LayoutBox *box) {
    const Trace *trace = &f->traces[box->node->number];
    uint32_t least = trace->first < page ? 1 : LINES_TOGETHER, left = trace->last > page ? 0 : LINES_TOGETHER;
    bool cut = box->kind == BOX_LINES && !is_whole(f, box->node) && box->line_count >= least + left;
    return cut ? least : box->line_count;
}

/* The height of what could have gone on the page before; 0 if it cannot be told. */
static Lu head_height(const Faults *f, uint32_t page) {
    const Page *p = &f->layout->items[page];
    const LayoutBox *first = NULL, *before = NULL;
    Lu bottom = 0;
    for (uint32_t b = 0; b < p->count; b++) {
        const LayoutBox *box = &p->items[b];
        if (box->artifact == ARTIFACT_PULL_QUOTE || box->artifact == ARTIFACT_TABLE_HEAD) return 0;
        if (!is_content(box) || is_foot_note(box->node)) continue;
        if (node_ancestor(box->node, NODE_PULL_QUOTE)) return 0;
        if (before && !stays_with(f, before->node, box->node)) break;
        if (!first) first = box;
        uint32_t lines = lines_least(f, page, box);
        if (brings_note(box, lines)) return 0;
        Lu height = box->line_count ? box->rect.height / (Lu)box->line_count * (Lu)lines : box->rect.height;
        if (box->rect.y + height > bottom) bottom = box->rect.y + height;
        if (lines < box->line_count) break;
        before = box;
    }
    return first ? bottom - first->rect.y : 0;
}

/* ---- Judging ---------------------------------------------------------------------------------------------------------- */

static void last_judge(const Faults *f, uint32_t page, const Node *last) {
    Place at = node_place(f->layout->tree, last);
    if (f->traces[last->number].last != page) return;
    if (last->kind == NODE_HEADING || last->kind == NODE_BOX_TITLE)
        diag(f->diags, DIAG_WARNING, "heading-foot", at, "shorten what is above it",
            "this heading stands at the foot of page " STR_FMT ", and what it heads on the next", PAGE_LABEL(f, page));
    else if (last->kind == NODE_TERM)
        diag(f->diags, DIAG_WARNING, "label-foot", at, "shorten what is above it",
            "this term stands at the foot of page " STR_FMT ", and what it means on the next", PAGE_LABEL(f, page));
}

/* The label of an item whose words begin on another page. */
static void label_judge(const Faults *f, uint32_t page, const LayoutBox *box) {
    if (!box->node || !is_label(box)) return;
    const Node *labelled = box->node->kind == NODE_PARAGRAPH ? box->node : box->node->first;
    if (!labelled || f->traces[labelled->number].first == UINT32_MAX || f->traces[labelled->number].first == page) return;
    diag(f->diags, DIAG_WARNING, "label-foot", node_place(f->layout->tree, box->node), "shorten what is above it",
        "the label of this stands on page " STR_FMT ", and its words on page " STR_FMT, PAGE_LABEL(f, page),
        PAGE_LABEL(f, f->traces[labelled->number].first));
}

static void white_judge(const Faults *f, uint32_t page, const Foot *foot) {
    const Page *here = &f->layout->items[page], *next = here + 1;
    Lu grid = f->layout->styles->page->grid, white = foot->foot - foot->bottom;
    if (grid <= 0 || white <= grid * WHITE_LINES || !is_upright(f, here)) return;
    Lu height = head_height(f, page + 1);
    if (!height || height + grid * SPACE_LINES > white) return;
    diag(f->diags, DIAG_WARNING, "page-white", node_place(f->layout->tree, next->start_node),
        "put it where there is room for it, or before what is above it",
        "page " STR_FMT " ends with %d lines white, though this would fit there", STR_ARG(here->label), (int)(white / grid));
}

void feet_judge(const Faults *f) {
    const Layout *layout = f->layout;
    for (uint32_t page = 0; page < layout->count; page++) {
        const Page *p = &layout->items[page];
        for (uint32_t b = 0; b < p->count; b++) label_judge(f, page, &p->items[b]);
        if (page + 1 == layout->count || !goes_on(f, p, p + 1)) continue;
        Foot foot = page_foot(f, p);
        if (!foot.last) continue;
        last_judge(f, page, foot.last);
        white_judge(f, page, &foot);
    }
}
