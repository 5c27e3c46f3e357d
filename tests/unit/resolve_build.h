/* Trees by hand for the tests of resolve/, and what they ask of the result. */
#ifndef RESOLVE_BUILD_H
#define RESOLVE_BUILD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "resolve/resolve.h"

#define UNUSED __attribute__((unused))

typedef struct {
    Arena *arena;
    Diags d;
    Source source;
    Tree *tree; /* as read/ would make it */
    Tree *out; /* as resolve_tree() makes it */
    uint32_t line;
} Case;

UNUSED static Case case_new(void) {
    Case c = {.arena = arena_open(), .line = 1};
    c.d = diags_new(c.arena);
    return c;
}

/* The source must stay where it is, so the tree is made when the case lies in its place. */
UNUSED static void case_begin(Case *c, const char *name) {
    c->source = (Source){str_from(name), STR("")};
    c->tree = tree_new(c->arena, &c->source);
}

UNUSED static void case_resolve(Case *c) { c->out = resolve_tree(&c->d, c->tree); }

UNUSED static Node *add(Case *c, Node *parent, NodeKind kind) {
    Node *node = node_new(c->arena, kind, c->line++, 1);
    node_append(parent, node);
    return node;
}

UNUSED static Node *add_text(Case *c, Node *parent, const char *words) {
    Node *text = add(c, parent, NODE_TEXT);
    text->text = str_from(words);
    return text;
}

UNUSED static Node *add_block(Case *c, Node *parent, NodeKind kind, const char *words) {
    Node *block = add(c, parent, kind);
    add_text(c, block, words);
    return block;
}

UNUSED static Node *add_heading(Case *c, Node *parent, int level, const char *words) {
    Node *heading = add(c, parent, NODE_HEADING);
    heading->value = level;
    if (words[0]) add_text(c, heading, words);
    return heading;
}

UNUSED static Node *add_link(Case *c, Node *parent, const char *target, const char *words) {
    Node *link = add(c, parent, NODE_LINK);
    node_more(c->arena, link)->target = str_from(target);
    if (words[0]) add_text(c, link, words);
    return link;
}

UNUSED static Node *add_pull(Case *c, Node *parent, const char *words) {
    Node *span = add(c, parent, NODE_SPAN);
    node_add_class(c->arena, span, STR("pull-quote"));
    if (words[0]) add_text(c, span, words);
    return span;
}

UNUSED static Node *add_image(Case *c, Node *parent, const char *file, const char *alt) {
    Node *image = add(c, parent, NODE_IMAGE);
    node_more(c->arena, image)->target = str_from(file);
    image->text = str_from(alt);
    image->has_alt = alt[0] != '\0';
    return image;
}

/* Diagnostics of that code. */
UNUSED static unsigned said(const Case *c, const char *code) {
    unsigned count = 0;
    for (uint32_t i = 0; i < c->d.count; i++) count += strcmp(c->d.items[i].code, code) == 0;
    return count;
}

UNUSED static const Diag *saying(const Case *c, const char *code) {
    for (uint32_t i = 0; i < c->d.count; i++) {
        if (strcmp(c->d.items[i].code, code) == 0) return &c->d.items[i];
    }
    fail_msg("no diagnostic “%s”", code);
    return NULL;
}

/* The nth node of a kind, from 0, in reading order. */
UNUSED static Node *nth(const Case *c, NodeKind kind, unsigned n) {
    for (NodeNumber i = 0; i < c->out->count; i++) {
        if (c->out->nodes[i]->kind == kind && n-- == 0) return c->out->nodes[i];
    }
    fail_msg("no such %s", tree_kind(kind)->name);
    return NULL;
}

UNUSED static unsigned how_many(const Case *c, NodeKind kind) {
    unsigned count = 0;
    for (NodeNumber i = 0; i < c->out->count; i++) count += c->out->nodes[i]->kind == kind;
    return count;
}

UNUSED static void is_str(const Case *c, Str s, const char *expected) { assert_string_equal(str_c(c->arena, s), expected); }

UNUSED static void has_words(const Case *c, const Node *node, const char *expected) {
    is_str(c, node_text(c->arena, node), expected);
}

/* The kinds of a node's children, with a space between. */
UNUSED static void has_children(const Case *c, const Node *node, const char *expected) {
    Buf out = buf_new(c->arena);
    for (const Node *child = node->first; child; child = child->next) {
        if (out.n) buf_add_char(&out, ' ');
        buf_add_c(&out, tree_kind(child->kind)->name);
    }
    is_str(c, buf_str(&out), expected);
}

UNUSED static Str dumped(const Case *c, const Tree *tree) {
    Buf out = buf_new(c->arena);
    tree_dump(tree, &out);
    return buf_str(&out);
}

#endif
