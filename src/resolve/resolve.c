/* resolve: the passes, in their order. Each leaves a sound tree; what a pass relies on is said in its own file. */
#include "resolve/passes.h"

/* node_copy() leaves ids out, because a copy beside its original must not have them; here the copy takes its place. */
static Tree *tree_copy(const Tree *tree) {
    Tree *copy = tree_new(tree->arena, tree->source);
    copy->meta = tree->meta;
    copy->root = node_copy(tree->arena, tree->root);
    Node *to = copy->root;
    for (const Node *from = tree->root; from; from = node_next(from, tree->root)) {
        to->id = from->id;
        to = node_next(to, copy->root);
    }
    return copy;
}

Tree *resolve_tree(Diags *d, const Tree *tree) {
    Resolution r = {.arena = tree->arena, .d = d, .tree = tree_copy(tree), .ids = ids_new(tree->arena)};
    resolve_metadata(&r);
    resolve_title(&r);
    resolve_headings(&r);
    resolve_sections(&r);
    resolve_boxes(&r);
    resolve_figures(&r);
    resolve_ids(&r); /* from the author's words alone: before anything is added among them */
    resolve_notes(&r);
    resolve_pull_quotes(&r); /* places copies by the headings, the notes' one included */
    resolve_quotes(&r); /* the copies' marks, too */
    resolve_links(&r); /* when every id is known */
    tree_number(r.tree);
    tree_verify(r.tree);
    return r.tree;
}

Node *text_new(Arena *arena, Str text, const Node *beside, bool generated) {
    Node *node = node_new(arena, NODE_TEXT, beside ? beside->line : 0, beside ? beside->column : 0);
    node->text = text;
    node->generated = generated;
    return node;
}

bool node_is_blank(const Node *top) {
    for (const Node *node = top; node; node = node_next(node, top)) {
        if (node->kind == NODE_IMAGE || node->kind == NODE_NOTE_REFERENCE) return false;
        if ((node->kind == NODE_TEXT || node->kind == NODE_CODE) && str_trim(node->text).n) return false;
    }
    return true;
}
