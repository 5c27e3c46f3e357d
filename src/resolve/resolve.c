/* resolve: the passes, in their order. Each leaves a sound tree; what a pass relies on is said in its own file. */
#include "resolve/passes.h"

static Tree *tree_copy(const Tree *tree) {
    Tree *copy = tree_new(tree->arena, tree->source);
    copy->meta = tree->meta;
    copy->allowances = tree->allowances;
    copy->abbreviations = tree->abbreviations;
    copy->root = node_copy_whole(tree->arena, tree->root);
    return copy;
}

int32_t level_top(const Resolution *r) { return r->title ? 2 : 1; }

void numbered_put(Resolution *r, const Node *node, Label label, int32_t number) {
    Numbered *numbered = NEW(r->arena, Numbered);
    *numbered = (Numbered){label, number};
    strmap_put(r->numbered, node->more->id, numbered);
}

Tree *resolve_tree(Diags *d, const Tree *tree) { return resolve_edition(d, tree, &(Edition){0}); }

Tree *resolve_edition(Diags *d, const Tree *tree, const Edition *edition) {
    Arena *arena = tree->arena;
    Resolution r = {.arena = arena,
        .d = d,
        .tree = tree_copy(tree),
        .ids = ids_new(arena),
        .numbered = strmap_new(arena),
        .edition = *edition};
    resolve_metadata(&r);
    resolve_turns(&r); /* before words are copied */
    resolve_title(&r);
    resolve_headings(&r);
    resolve_sections(&r);
    resolve_boxes(&r);
    resolve_figures(&r);
    resolve_ids(&r); /* from the author's words alone: before anything is added among them */
    resolve_section_numbers(&r);
    resolve_captions(&r);
    resolve_columns(&r);
    resolve_paragraph_numbers(&r);
    resolve_notes(&r);
    resolve_references(&r); /* they say numbers; and what is copied below says what they say */
    resolve_descriptions(&r); /* say what references say */
    resolve_recommendations(&r);
    resolve_front(&r);
    resolve_contents(&r); /* lists the headings that were added */
    resolve_pull_quotes(&r); /* places copies by the headings */
    resolve_status(&r);
    resolve_quotes(&r); /* the copies' marks, too */
    resolve_abbreviations(&r); /* in all words that will be said */
    resolve_links(&r); /* when every id is known */
    if (edition->paper) resolve_addresses(&r); /* those that are left */
    tree_number(r.tree);
    tree_verify(r.tree);
    return r.tree;
}
