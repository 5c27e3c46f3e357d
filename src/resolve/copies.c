/* Copies: words that stand a second time, in a pull-quote, in the contents or among the gathered recommendations. A copy is no target, does
 * not repeat notes, and is pulled out nowhere.
 */
#include "resolve/passes.h"

/* ---- Words ---- */

/* A leaf's place in the copy: TEXT as it is, CODE as it is, a line break as a space. */
static Node *copy_leaf(Arena *arena, const Node *leaf, WordsCopy how, bool *after_space) {
    if (leaf->kind == NODE_CODE) {
        *after_space = false;
        Node *code = node_copy(arena, leaf);
        code->generated = true;
        return code;
    }
    bool says = leaf->kind == NODE_TEXT || leaf->kind == NODE_LINE_BREAK || (leaf->kind == NODE_IMAGE && how.image_words);
    if (!says || leaf == how.skip) return NULL;
    Str text = leaf->kind == NODE_LINE_BREAK ? STR(" ") : leaf->text;
    if (*after_space && text.n && text.p[0] == ' ') text = str_slice(text, 1, text.n);
    if (text.n == 0) return NULL;
    *after_space = text.p[text.n - 1] == ' ';
    return text_new(arena, text, leaf, true);
}

static Node *copy_inline(Arena *arena, const Node *from) {
    Node *copy = node_new(arena, from->kind, from->line, from->column);
    copy->generated = true;
    if (from->more->language.n) node_more(arena, copy)->language = from->more->language;
    for (uint16_t i = 0; i < from->more->class_count; i++) {
        if (!str_is(from->more->classes[i], "pull-quote")) node_add_class(arena, copy, from->more->classes[i]);
    }
    for (uint16_t i = 0; i < from->more->attribute_count; i++)
        node_add_attribute(arena, copy, from->more->attributes[i].key, from->more->attributes[i].value);
    return copy;
}

/* Takes away an inline without anything in it, and those that it was alone in; not `top`. */
static void drop_if_empty(const Node *top, Node *node) {
    while (node != top && tree_kind(node->kind)->level == LEVEL_INLINE && !node->first) {
        Node *parent = node->parent;
        node_unlink(node);
        node = parent;
    }
}

static void drop(const Node *top, Node *node) {
    Node *parent = node->parent;
    node_unlink(node);
    drop_if_empty(top, parent);
}

/* The space at the end of a line of words. */
static void trim_end(const Node *top, Node *last) {
    if (!last || last->text.p[last->text.n - 1] != ' ') return;
    last->text = str_slice(last->text, 0, last->text.n - 1);
    if (last->text.n == 0) drop(top, last);
}

void words_copy(Arena *arena, const Node *from, Node *copy, WordsCopy how) {
    bool after_space = true;
    Node *to = copy, *last = NULL;
    const Node *node = from;
    for (;;) {
        bool inside = node == from || tree_kind(node->kind)->level == LEVEL_INLINE;
        if (inside && node->first) {
            if (node != from && node->kind != NODE_LINK) {
                Node *inner = copy_inline(arena, node);
                node_append(to, inner);
                to = inner;
            }
            node = node->first;
            continue;
        }
        Node *leaf = copy_leaf(arena, node, how, &after_space);
        if (leaf) {
            node_append(to, leaf);
            last = leaf->kind == NODE_TEXT ? leaf : NULL;
        }
        while (node != from && !node->next) {
            node = node->parent;
            if (node == from || node->kind == NODE_LINK) continue;
            Node *closed = to;
            to = to->parent;
            if (!closed->first) node_unlink(closed);
        }
        if (node == from) break;
        node = node->next;
    }
    trim_end(copy, last);
}

/* ---- Blocks ---- */

static bool is_left_out(const Node *node) {
    return node->artifact || node->kind == NODE_NOTE_REFERENCE || node->kind == NODE_NOTE || node->kind == NODE_PAGE_BREAK ||
           node->kind == NODE_DESCRIPTION;
}

static void drop_class(Arena *arena, Node *node, const char *name) {
    NodeMore *more = node_more(arena, node);
    uint16_t kept = 0;
    for (uint16_t i = 0; i < more->class_count; i++) {
        if (!str_is(more->classes[i], name)) more->classes[kept++] = more->classes[i];
    }
    more->class_count = kept;
}

static void make_second(Arena *arena, Node *node) {
    node->generated = true;
    if (node->kind == NODE_HEADING || node->kind == NODE_BOX_TITLE) {
        node->kind = NODE_PARAGRAPH;
        node->value = 0;
    }
    if (node->kind == NODE_PARAGRAPH || node->kind == NODE_BOX) {
        if (node->more->label.n) node_more(arena, node)->label = (Str){0};
        node->value = 0;
    }
    if (node->kind == NODE_SPAN) drop_class(arena, node, "pull-quote");
}

/* White space where something was left out: single, and none at the ends of a line. */
static void mend_spaces(Node *top) {
    bool after_space = true;
    Node *last = NULL; /* a TEXT that ends with a space, and that nothing has followed so far */
    for (Node *node = top, *next; node; node = next) {
        next = node_next(node, top);
        KindLevel level = tree_kind(node->kind)->level;
        if (level == LEVEL_INLINE) continue;
        if (level != LEVEL_LEAF || node->kind == NODE_LINE_BREAK) {
            trim_end(top, last);
            last = NULL;
            after_space = true;
            continue;
        }
        if (node->kind == NODE_TEXT && after_space && node->text.p[0] == ' ') node->text = str_slice(node->text, 1, node->text.n);
        if (node->kind == NODE_TEXT && node->text.n == 0) {
            drop(top, node);
            continue;
        }
        after_space = node->kind == NODE_TEXT && node->text.p[node->text.n - 1] == ' ';
        last = after_space ? node : NULL;
    }
    trim_end(top, last);
}

Node *block_copy(Arena *arena, const Node *block) {
    if (is_left_out(block)) return NULL;
    Node *copy = node_copy(arena, block);
    for (Node *node = copy, *next; node; node = next) {
        bool out = is_left_out(node);
        next = out ? node_next_after(node, copy) : node_next(node, copy);
        if (out)
            drop(copy, node);
        else
            make_second(arena, node);
    }
    mend_spaces(copy);
    for (Node *node = copy, *next; node; node = next) { /* paragraphs of notes' marks alone */
        next = node_next(node, copy);
        if (node != copy && node->kind == NODE_PARAGRAPH && !node->first) node_unlink(node);
    }
    bool is_empty = copy->kind == NODE_PARAGRAPH && !copy->first;
    return is_empty ? NULL : copy;
}
