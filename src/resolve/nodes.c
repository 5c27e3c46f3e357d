/* Nodes: making those that are added, and what several passes ask of one. */
#include "resolve/passes.h"

Node *text_new(Arena *arena, Str text, const Node *beside, bool generated) {
    Node *node = node_new(arena, NODE_TEXT, beside ? beside->line : 0, beside ? beside->column : 0);
    node->text = text;
    node->generated = generated;
    return node;
}

Node *added_new(Resolution *r, NodeKind kind, const char *name) {
    Node *node = node_new(r->arena, kind, 0, 0);
    node->generated = true;
    if (name) node_add_class(r->arena, node, str_from(name));
    return node;
}

Node *line_new(Resolution *r, NodeKind kind, const char *name, Str words) {
    Node *node = added_new(r, kind, name);
    node_append(node, text_new(r->arena, words, NULL, true));
    return node;
}

Node *heading_new(Resolution *r, int32_t level, Str id, Str words) {
    Node *heading = line_new(r, NODE_HEADING, "unnumbered", words);
    heading->value = level;
    ids_take(r->ids, id, heading);
    return heading;
}

void text_prepend(Arena *arena, Node *block, Str words) {
    const Node *leaf = block->first;
    while (leaf && leaf->first) leaf = leaf->first;
    bool at_end = !leaf || leaf->kind == NODE_LINE_BREAK; /* white space would stand at a line's end */
    node_prepend(block, text_new(arena, at_end ? str_trim(words) : words, block, true));
    if (block->kind == NODE_HEADING || block->kind == NODE_CAPTION) node_more(arena, block)->label = str_trim(words);
}

bool node_is_blank(const Node *top) {
    for (const Node *node = top; node; node = node_next(node, top)) {
        if (node->kind == NODE_IMAGE || node->kind == NODE_NOTE_REFERENCE || node->kind == NODE_PAGE_REFERENCE) return false;
        bool says = node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK;
        if (says && !utf8_is_blank(node->text)) return false;
    }
    return true;
}

Node *node_child(const Node *node, NodeKind kind) {
    Node *child = node->first;
    while (child && child->kind != kind) child = child->next;
    return child;
}

bool box_is_recommendation(const Node *node) {
    return node->kind == NODE_BOX && (str_is(node->more->variant, "recommendation") || str_is(node->more->variant, "conclusion"));
}

LanguageWalk language_walk(const Resolution *r) {
    LanguageWalk walk = {.arena = r->arena, .top = r->tree->root};
    *PUSH(r->arena, &walk, Str) = r->tree->meta.language;
    return walk;
}

Str language_at(const LanguageWalk *walk, const Node *node) {
    return node->more->language.n ? node->more->language : walk->items[walk->count - 1];
}

static Node *language_step(LanguageWalk *walk, const Node *node, bool inside) {
    if (inside && node->first) {
        if (node->more->language.n) *PUSH(walk->arena, walk, Str) = node->more->language;
        return node->first;
    }
    while (node != walk->top && !node->next) {
        node = node->parent;
        if (node->more->language.n) walk->count--;
    }
    return node == walk->top ? NULL : node->next;
}

Node *language_next(LanguageWalk *walk, const Node *node) { return language_step(walk, node, true); }

Node *language_next_block(LanguageWalk *walk, const Node *node) {
    return language_step(walk, node, tree_kind(node->kind)->level == LEVEL_BLOCK);
}
