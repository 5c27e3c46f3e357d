/* references: what references to pages say. It is known only when the pages are made, and the pages are made with it: so the pages are
 * made again until nothing changes. Hardly ever more than twice, as lists of contents keep a column for their numbers.
 */
#include "layout/compose.h"

static const Str FIRST_GUESS = {"00", 2};

/* The node that a reference is to; by the link that it stands in when it does not say so itself. */
static const Node *reference_target(const StrMap *ids, const Node *reference) {
    const Node *link = reference;
    while (link && !link->more->target.n) link = link->parent;
    return link && link->more->target.p[0] == '#' ? strmap_find(ids, str_slice(link->more->target, 1, link->more->target.n))
                                                  : NULL;
}

/* Where a node begins; one without anything drawn begins where the next thing is. */
static uint32_t node_page(const Layout *layout, const Node *node) {
    for (NodeNumber n = node->number; n < layout->tree->count; n++)
        if (layout->places[n].page != UINT32_MAX) return layout->places[n].page;
    return layout->count - 1;
}

bool references_begin(Composer *c, References *r) {
    const Tree *tree = c->tree;
    for (NodeNumber n = 0; n < tree->count; n++)
        if (tree->nodes[n]->kind == NODE_PAGE_REFERENCE) *PUSH(c->arena, &r->items, const Node *) = tree->nodes[n];
    r->texts = NEW_ARRAY(c->lasting, Str, tree->count ? tree->count : 1);
    c->page_texts = r->texts;
    if (!r->items.count) return false;
    StrMap *ids = strmap_new(c->arena);
    for (NodeNumber n = 0; n < tree->count; n++)
        if (tree->nodes[n]->more->id.n) strmap_put(ids, tree->nodes[n]->more->id, tree->nodes[n]);
    r->targets = NEW_ARRAY(c->arena, const Node *, r->items.count);
    for (uint32_t i = 0; i < r->items.count; i++) {
        r->targets[i] = reference_target(ids, r->items.items[i]);
        r->texts[r->items.items[i]->number] = r->targets[i] ? FIRST_GUESS : (Str){0};
        if (node_ancestor(r->items.items[i], NODE_TABLE)) r->in_tables = true;
    }
    return true;
}

bool references_settle(Composer *c, const Layout *layout, References *r) {
    Str *texts = NEW_ARRAY(c->lasting, Str, c->tree->count);
    bool changed = false;
    for (uint32_t i = 0; i < r->items.count; i++) {
        if (!r->targets[i]) continue;
        NodeNumber n = r->items.items[i]->number;
        texts[n] = layout->items[node_page(layout, r->targets[i])].label;
        if (!str_equal(texts[n], r->texts[n])) changed = true;
    }
    if (!changed) return true;
    if (++r->passes == REFERENCE_PASSES) {
        diag(c->diags, DIAG_WARNING, "page-references", node_place(c->tree, r->items.items[0]),
            "set a reference to a page in a line of its own, or reword the text beside it",
            "references to pages change the pages they name, again and again: some name the page beside their own");
        return true;
    }
    r->texts = texts;
    c->page_texts = texts;
    return false;
}
