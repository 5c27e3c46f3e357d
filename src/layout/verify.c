/* verify: the invariants that layout.h states, checked. */
#include "layout/layout.h"

#include <string.h>

static bool is_white(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/* A reference's text is the layout's own. */
static void page_verify(const Layout *layout, const Run *run, uint32_t *done) {
    Str text = layout->page_texts[run->node->number];
    uint32_t at = done[run->node->number];
    if (!str_equal(str_slice(text, at, at + run->text.n), run->text))
        BUG("node %u: a reference says another page", (unsigned)run->node->number);
    done[run->node->number] += (uint32_t)run->text.n;
}

/* Leaves are set whole and once: each content run goes on where the last one of its leaf stopped. */
static void run_verify(const Layout *layout, const Run *run, uint32_t *done) {
    const Node *node = run->node;
    if (!node) BUG("a run that is content has no node");
    if (node_is_artifact(node)) BUG("content run of an artifact, node %u", (unsigned)node->number);
    if (run->role == RUN_LABEL) {
        if (node->kind != NODE_ITEM && node->kind != NODE_NOTE && node->kind != NODE_PARAGRAPH)
            BUG("node %u has a label", (unsigned)node->number);
        return;
    }
    if ((run->role == RUN_PAGE) != (node->kind == NODE_PAGE_REFERENCE))
        BUG("node %u: a run of another kind", (unsigned)node->number);
    if (run->role == RUN_PAGE) { /* it may be set in pieces, as any word; which page it names is known last */
        page_verify(layout, run, done);
        return;
    }
    if (node->kind == NODE_LINE_BREAK) return;
    if (run->start != done[node->number])
        BUG("node %u: set from byte %u, expected %u", (unsigned)node->number, (unsigned)run->start, (unsigned)done[node->number]);
    bool is_leafs = str_equal(str_slice(node->text, run->start, run->start + run->text.n), run->text);
    bool stands_for_white = run->text.n && run->start < node->text.n && is_white(node->text.p[run->start]) && node->text.p[run->start] != ' ';
    if (!is_leafs && !stands_for_white) BUG("node %u: a run's text is not the leaf's", (unsigned)node->number);
    done[node->number] += is_leafs ? (uint32_t)run->text.n : 1;
}

void layout_verify(const Layout *layout) {
    Arena *arena = arena_open();
    uint32_t *done = NEW_ARRAY(arena, uint32_t, layout->tree->count ? layout->tree->count : 1);
    NodeNumber last_start = 0;
    for (uint32_t p = 0; p < layout->count; p++) {
        const Page *page = &layout->items[p];
        if (page->start_node && page->start_node->number < last_start)
            BUG("page %u begins before the one before it", (unsigned)p + 1);
        if (page->start_node) last_start = page->start_node->number;
        for (uint32_t b = 0; b < page->count; b++)
            for (uint32_t l = 0; l < page->items[b].line_count; l++)
                for (uint32_t r = 0; r < page->items[b].lines[l].run_count; r++)
                    if (page->items[b].lines[l].runs[r].artifact == ARTIFACT_NONE)
                        run_verify(layout, &page->items[b].lines[l].runs[r], done);
    }
    for (uint32_t n = 0; n < layout->tree->count; n++) {
        const Node *node = layout->tree->nodes[n];
        bool leaf = tree_kind(node->kind)->level == LEVEL_LEAF || node->kind == NODE_CODE_BLOCK;
        if (!leaf || node->kind == NODE_IMAGE || node->kind == NODE_LINE_BREAK || node_is_artifact(node)) continue;
        if (node->kind == NODE_PAGE_REFERENCE) continue;
        if (done[n] != node->text.n)
            BUG("node %u: %u of %u bytes are set", (unsigned)n, (unsigned)done[n], (unsigned)node->text.n);
    }
    arena_close(arena);
}
