/* The table of kinds, and making a tree: nodes on the arena, linked to their parent and siblings. */
#include "tree/tree.h"

static const Kind kinds[NODE_KIND_COUNT] = {
#define KIND(constant, name, level, pdf, xhtml, epub, role) [NODE_##constant] = {name, level, pdf, xhtml, epub, role},
    KINDS(KIND)
#undef KIND
};

const Kind *tree_kind(NodeKind kind) {
    if ((unsigned)kind >= NODE_KIND_COUNT) BUG("no node kind %d", (int)kind);
    return &kinds[kind];
}

bool tree_kind_find(Str name, NodeKind *out) {
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        if (!str_is(name, kinds[kind].name)) continue;
        *out = (NodeKind)kind;
        return true;
    }
    return false;
}

Tree *tree_new(Arena *arena, const Source *source) {
    Tree *tree = NEW(arena, Tree);
    tree->arena = arena;
    tree->source = source;
    tree->meta.smart = true;
    tree->meta.toc_depth = 2;
    tree->meta.recommendations = 1;
    tree->root = node_new(arena, NODE_DOCUMENT, 1, 1);
    return tree;
}

Node *node_new(Arena *arena, NodeKind kind, uint32_t line, uint32_t column) {
    Node *node = NEW(arena, Node);
    node->kind = kind;
    node->number = NODE_NONE;
    node->more = &node_nothing_more;
    node->line = line;
    node->column = column;
    return node;
}

const NodeMore node_nothing_more;

NodeMore *node_more(Arena *arena, Node *node) {
    if (node->more != &node_nothing_more) return (NodeMore *)(uintptr_t)node->more; /* only this function makes them */
    NodeMore *more = NEW(arena, NodeMore);
    node->more = more;
    return more;
}

static void require_free(const Node *node) {
    if (node->parent || node->next || node->previous) BUG("a %s is linked twice", tree_kind(node->kind)->name);
}

void node_append(Node *parent, Node *child) {
    require_free(child);
    child->parent = parent;
    child->previous = parent->last;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void node_insert_before(Node *node, Node *sibling) {
    require_free(sibling);
    if (!node->parent) BUG("a sibling for a node without a parent");
    sibling->parent = node->parent;
    sibling->previous = node->previous;
    sibling->next = node;
    if (node->previous)
        node->previous->next = sibling;
    else
        node->parent->first = sibling;
    node->previous = sibling;
}

void node_prepend(Node *parent, Node *child) {
    if (parent->first)
        node_insert_before(parent->first, child);
    else
        node_append(parent, child);
}

void node_insert_after(Node *node, Node *sibling) {
    if (!node->parent) BUG("a sibling for a node without a parent");
    if (node->next)
        node_insert_before(node->next, sibling);
    else
        node_append(node->parent, sibling);
}

void node_unlink(Node *node) {
    if (node->previous)
        node->previous->next = node->next;
    else if (node->parent)
        node->parent->first = node->next;
    if (node->next)
        node->next->previous = node->previous;
    else if (node->parent)
        node->parent->last = node->previous;
    node->parent = node->next = node->previous = NULL;
}

/* Classes and attributes are few: their arrays have room for the next power of two, so no capacity need be kept. */
static bool is_full(uint16_t count) { return (count & (count - 1)) == 0; }

static uint32_t next_capacity(uint16_t count) { return count == 0 ? 1 : (uint32_t)count * 2; }

static void more_add_class(Arena *arena, NodeMore *more, Str name) {
    if (more->class_count == UINT16_MAX) BUG("too many classes on one node");
    if (is_full(more->class_count)) {
        Str *classes = NEW_ARRAY(arena, Str, next_capacity(more->class_count));
        for (uint16_t i = 0; i < more->class_count; i++) classes[i] = more->classes[i];
        more->classes = classes;
    }
    more->classes[more->class_count++] = name;
}

static void more_add_attribute(Arena *arena, NodeMore *more, Attribute attribute) {
    if (more->attribute_count == UINT16_MAX) BUG("too many attributes on one node");
    if (is_full(more->attribute_count)) {
        Attribute *attributes = NEW_ARRAY(arena, Attribute, next_capacity(more->attribute_count));
        for (uint16_t i = 0; i < more->attribute_count; i++) attributes[i] = more->attributes[i];
        more->attributes = attributes;
    }
    more->attributes[more->attribute_count++] = attribute;
}

void node_add_class(Arena *arena, Node *node, Str name) { more_add_class(arena, node_more(arena, node), name); }

void node_add_attribute(Arena *arena, Node *node, Str key, Str value) {
    more_add_attribute(arena, node_more(arena, node), (Attribute){key, value});
}

/* Arrays are copied too: a node grows its own without looking who else holds it. */
static const NodeMore *more_copy(Arena *arena, const NodeMore *more, bool with_id) {
    NodeMore *copy = NEW(arena, NodeMore);
    *copy = *more;
    if (!with_id) copy->id = (Str){0};
    copy->classes = NULL;
    copy->attributes = NULL;
    copy->class_count = copy->attribute_count = 0;
    for (uint16_t i = 0; i < more->class_count; i++) more_add_class(arena, copy, more->classes[i]);
    for (uint16_t i = 0; i < more->attribute_count; i++) more_add_attribute(arena, copy, more->attributes[i]);
    return copy;
}

typedef struct {
    Arena *blocks, *inlines; /* where they go */
    bool with_ids;
} Copying;

static Node *copy_alone(const Copying *how, const Node *node) {
    Arena *arena = tree_kind(node->kind)->level < LEVEL_INLINE ? how->blocks : how->inlines;
    Node *copy = NEW(arena, Node);
    *copy = *node;
    copy->number = NODE_NONE;
    copy->parent = copy->first = copy->last = copy->next = copy->previous = NULL;
    if (node->more != &node_nothing_more) copy->more = more_copy(arena, node->more, how->with_ids);
    return copy;
}

static Node *copy_deep(const Copying *how, const Node *top) {
    Node *copy_top = copy_alone(how, top);
    const Node *node = top;
    Node *copy = copy_top;
    for (;;) {
        if (node->first) {
            node = node->first;
            Node *child = copy_alone(how, node);
            node_append(copy, child);
            copy = child;
            continue;
        }
        while (node != top && !node->next) {
            node = node->parent;
            copy = copy->parent;
        }
        if (node == top) return copy_top;
        node = node->next;
        Node *sibling = copy_alone(how, node);
        node_append(copy->parent, sibling);
        copy = sibling;
    }
}

Node *node_copy(Arena *arena, const Node *top) { return copy_deep(&(Copying){arena, arena, false}, top); }

/* Blocks lie one behind the other, and so do inlines: who goes over blocks alone takes them in the order of memory, too, which takes a third less
 * time in a long document than passing over what lies between them. */
Node *node_copy_whole(Arena *arena, const Node *top) {
    Arena *inlines = arena_open();
    Node *copy = copy_deep(&(Copying){arena, inlines, true}, top);
    arena_join(arena, inlines);
    return copy;
}

void tree_number(Tree *tree) {
    NodeNumber count = 0;
    for (Node *node = tree->root; node; node = node_next(node, tree->root)) node->number = count++;
    tree->count = count;
    tree->nodes = NEW_ARRAY(tree->arena, Node *, count);
    for (Node *node = tree->root; node; node = node_next(node, tree->root)) tree->nodes[node->number] = node;
}
