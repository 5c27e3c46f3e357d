/* Reading a tree: the walk in reading order, and what can be asked of a node. Nothing here recurses. */
#include "tree/tree.h"

Node *node_next_after(const Node *node, const Node *top) {
    while (node != top) {
        if (node->next) return node->next;
        node = node->parent;
    }
    return NULL;
}

Node *node_next(const Node *node, const Node *top) { return node->first ? node->first : node_next_after(node, top); }

Node *node_next_block(const Node *node, const Node *top) {
    return tree_kind(node->kind)->level == LEVEL_BLOCK ? node_next(node, top) : node_next_after(node, top);
}

bool node_has_class(const Node *node, const char *name) {
    for (uint16_t i = 0; i < node->more->class_count; i++) {
        if (str_is(node->more->classes[i], name)) return true;
    }
    return false;
}

Str node_attribute(const Node *node, const char *key) {
    for (uint16_t i = 0; i < node->more->attribute_count; i++) {
        if (str_is(node->more->attributes[i].key, key)) return node->more->attributes[i].value;
    }
    return (Str){0};
}

bool node_is_artifact(const Node *node) {
    for (; node; node = node->parent) {
        if (node->artifact) return true;
    }
    return false;
}

const Node *node_ancestor(const Node *node, NodeKind kind) {
    while (node && node->kind != kind) node = node->parent;
    return node;
}

Str tree_language(const Tree *tree, const Node *node) {
    for (; node; node = node->parent) {
        if (node->more->language.n) return node->more->language;
    }
    return tree->meta.language.n ? tree->meta.language : STR("en-GB");
}

static bool holds_other_white(Str text) {
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t' || text.p[i] == '\0') return true;
    return false;
}

/* Looks at every byte of the document: by minima, since of those compilers take many bytes at once. */
bool text_is_single_spaced(Str text) {
    unsigned char lowest = ' ', least = 1; /* 0: two spaces */
    for (size_t i = 0; i < text.n; i++) lowest = (unsigned char)text.p[i] < lowest ? (unsigned char)text.p[i] : lowest;
    for (size_t i = 1; i < text.n; i++) {
        unsigned char other = (unsigned char)((text.p[i - 1] ^ ' ') | (text.p[i] ^ ' '));
        least = other < least ? other : least;
    }
    return least > 0 && (lowest == ' ' || !holds_other_white(text));
}

/* A node made from nothing the author wrote points at what it was made for: the nearest ancestor that has a place. */
Place node_place(const Tree *tree, const Node *node) {
    while (node && node->line == 0) node = node->parent;
    return node ? (Place){tree->source, node->line, node->column} : (Place){tree->source, 0, 0};
}

Place meta_place(const Tree *tree, const char *key) {
    const Meta *meta = &tree->meta;
    for (uint32_t i = 0; i < meta->place_count; i++)
        if (str_is(str_from(meta->places[i].key), key))
            return (Place){tree->source, meta->places[i].line, meta->places[i].column};
    return (Place){tree->source, 0, 0};
}

/* Adds words of one text block or another; a space stands where `gap` says that something parted them. */
static void add_words(Buf *out, Str words, bool *gap) {
    if (words.n == 0) return;
    if (*gap && out->n > 0 && out->p[out->n - 1] != ' ' && words.p[0] != ' ') buf_add_char(out, ' ');
    *gap = false;
    buf_add(out, words);
}

Str node_text(Arena *arena, const Node *top) {
    Buf out = buf_new(arena);
    bool gap = false;
    const Node *node = top;
    while (node) {
        KindLevel level = tree_kind(node->kind)->level;
        bool inside = level == LEVEL_INLINE || level == LEVEL_LEAF;
        /* What repeats other words, and blocks that were added, are left out, unless they are what the caller asked for. */
        if ((node->artifact && !top->artifact) || (node->generated && !inside && !top->generated)) {
            node = node_next_after(node, top);
            continue;
        }
        if (!inside) gap = true;
        if (node->kind == NODE_LINE_BREAK) gap = true;
        if (node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK || node->kind == NODE_IMAGE) {
            add_words(&out, node->text, &gap);
        }
        node = node_next(node, top);
    }
    return str_trim(buf_str(&out));
}
