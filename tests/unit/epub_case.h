/* A document made by hand, for the tests of the EPUB backend. */
#ifndef BRIEF_TESTS_EPUB_CASE_H
#define BRIEF_TESTS_EPUB_CASE_H

#include "epub/epub.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    Arena *arena;
    Diags diags;
    Tree *tree;
    Layout layout;
    EpubOptions options;
} Case;

static inline int open_case(void **state) {
    Arena *arena = arena_open();
    Case *c = NEW(arena, Case);
    c->arena = arena;
    c->diags = diags_new(arena);
    Source *source = NEW(arena, Source);
    source->name = STR("test.md");
    c->tree = tree_new(arena, source);
    c->tree->meta.title = STR("A title");
    c->tree->meta.language = STR("en-GB");
    if (!c->tree->root) c->tree->root = node_new(arena, NODE_DOCUMENT, 1, 1);
    c->options.date = 1549497600;
    *state = c;
    return 0;
}

static inline int close_case(void **state) {
    Case *c = *state;
    arena_close(c->arena);
    return 0;
}

static inline Node *add(Case *c, Node *parent, NodeKind kind) {
    Node *node = node_new(c->arena, kind, 1, 1);
    node_append(parent, node);
    return node;
}

static inline Node *add_text(Case *c, Node *parent, const char *text) {
    Node *node = add(c, parent, NODE_TEXT);
    node->text = str_from(text);
    return node;
}

static inline Node *add_paragraph(Case *c, Node *parent, const char *text) {
    Node *paragraph = add(c, parent, NODE_PARAGRAPH);
    add_text(c, paragraph, text);
    return paragraph;
}

static inline Node *add_section(Case *c, Node *parent, const char *heading, const char *id, int level) {
    Node *section = add(c, parent, NODE_SECTION);
    Node *node = add(c, section, NODE_HEADING);
    node_more(c->arena, node)->id = str_from(id);
    node->value = level;
    add_text(c, node, heading);
    return section;
}

static inline void add_page(Case *c, const char *label, const Node *start, uint32_t offset) {
    Page *page = PUSH(c->arena, &c->layout, Page);
    page->label = str_from(label);
    page->start_node = start;
    page->start_offset = offset;
}

static inline const char *dump(Case *c) {
    tree_number(c->tree);
    c->layout.arena = c->arena;
    c->layout.tree = c->tree;
    Buf out = buf_new(c->arena);
    epub_xhtml_dump(&c->layout, &c->options, &out);
    return out.p;
}

static inline Str write_epub(Case *c) {
    Str out = {0};
    assert_true(epub_write(c->arena, &c->diags, &c->layout, &c->options, &out));
    return out;
}

static inline void assert_has(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("«%s» is not in:\n%s", part, text);
}

static inline void assert_has_not(const char *text, const char *part) {
    if (strstr(text, part)) fail_msg("«%s» is in:\n%s", part, text);
}

#endif
