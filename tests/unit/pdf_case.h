/* A document and its layout made by hand, and what the tests of pdf/ ask of the file and of its tags. */
#ifndef PDF_CASE_H
#define PDF_CASE_H

#include "pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#define UNUSED __attribute__((unused))

static Fonts *fonts;
static Arena *arena;
static Diags diags;
static Layout *layout;
static Page *page;

UNUSED static int begin(void **state) {
    (void)state;
    arena = arena_open();
    diags = diags_new(arena);
    Source *source = NEW(arena, Source);
    Tree *tree = tree_new(arena, source);
    tree->meta.title = STR("Bread & butter");
    node_more(arena, tree->root)->language = STR("en-GB");
    layout = NEW(arena, Layout);
    layout->arena = arena;
    layout->tree = tree;
    return 0;
}

UNUSED static int end(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

UNUSED static Node *add(Node *parent, NodeKind kind) {
    Node *node = node_new(arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

UNUSED static Node *add_text(Node *parent, const char *words) {
    Node *node = add(parent, NODE_TEXT);
    node->text = str_from(words);
    return node;
}

UNUSED static void page_begin(void) {
    page = PUSH(arena, layout, Page);
    page->width = LU_FROM_PT(400);
    page->height = LU_FROM_PT(600);
    page->label = str_format(arena, "%u", (unsigned)layout->count);
}

/* To be called when the tree is whole. */
UNUSED static void layout_begin(void) {
    tree_number((Tree *)layout->tree);
    layout->places = NEW_ARRAY(arena, NodePlace, layout->tree->count);
    layout->page_texts = NEW_ARRAY(arena, Str, layout->tree->count);
    layout->images = NEW_ARRAY(arena, const Image *, layout->tree->count);
    for (NodeNumber i = 0; i < layout->tree->count; i++) layout->places[i].page = UINT32_MAX;
    page_begin();
}

/* A line with one run that says `text`. */
UNUSED static Run *set_words(const Node *node, RunRole role, ArtifactKind artifact, Str text) {
    const Face *face = fonts_face(fonts, FAMILY_SANS, false, false);
    const Shaped *shaped = text_shape(fonts, face, 0, STR("en"), text);
    assert_int_equal(shaped->run_count, 1);
    LayoutBox *box = PUSH(arena, page, LayoutBox);
    Lu y = LU_FROM_PT(100) + (Lu)page->count * LU_FROM_PT(20), width = LU_FROM_PT(100);
    box->kind = BOX_LINES;
    box->node = node ? node->parent : NULL;
    box->rect = (Rect){LU_FROM_PT(50), y - LU_FROM_PT(12), width, LU_FROM_PT(16)};
    box->line_count = 1;
    box->lines = NEW(arena, Line);
    box->lines->run_count = 1;
    Run *run = box->lines->runs = NEW(arena, Run);
    *run = (Run){.node = node,
        .role = role,
        .artifact = artifact,
        .text = text,
        .face = shaped->runs[0].face,
        .glyphs = shaped->runs[0].glyphs,
        .glyph_count = shaped->runs[0].glyph_count,
        .size = LU_FROM_PT(12),
        .x = LU_FROM_PT(50),
        .y = y,
        .width = width};
    for (const Node *n = node; n; n = n->parent) {
        NodePlace *place = &layout->places[n->number];
        if (place->page == UINT32_MAX) *place = (NodePlace){layout->count - 1, run->x, run->y};
    }
    return run;
}

/* The same with bytes [from, to) of the node's text. */
UNUSED static Run *set(const Node *node, size_t from, size_t to, ArtifactKind artifact) {
    Run *run = set_words(node, RUN_TEXT, artifact, str_slice(node->text, from, to));
    run->start = (uint32_t)from;
    return run;
}

UNUSED static Run *set_all(const Node *node) { return set(node, 0, node->text.n, ARTIFACT_NONE); }

UNUSED static void assert_tags(const char *expected) {
    Buf out = buf_new(arena);
    pdf_tags_dump(layout, &out);
    assert_string_equal(out.p, expected);
}

UNUSED static Str write_with(unsigned claims) {
    PdfOptions options = {.date = 1549497600, .claims = claims};
    Str out;
    assert_true(pdf_write(&diags, fonts, layout, &options, &out));
    assert_int_equal(diags.errors, 0);
    return out;
}

UNUSED static bool contains(Str all, const char *part) {
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= all.n; i++) {
        if (memcmp(all.p + i, part, n) == 0) return true;
    }
    return false;
}

/* Everything that was deflated, one stream after the other. */
UNUSED static Str inflated(Str file) {
    Buf all = buf_new(arena);
    static const char keyword[] = "stream\r\n";
    for (size_t i = 0; i + sizeof keyword < file.n; i++) {
        if (memcmp(file.p + i, keyword, sizeof keyword - 1) != 0) continue;
        char out[1 << 16];
        z_stream z = {.next_in = (Bytef *)(uintptr_t)(file.p + i + sizeof keyword - 1), .avail_in = (uInt)(file.n - i)};
        assert_int_equal(inflateInit(&z), Z_OK);
        int status;
        do {
            z.next_out = (Bytef *)out;
            z.avail_out = sizeof out;
            status = inflate(&z, Z_NO_FLUSH);
            buf_add(&all, (Str){out, sizeof out - z.avail_out});
        } while (status == Z_OK && z.avail_out == 0);
        inflateEnd(&z);
    }
    return buf_str(&all);
}

UNUSED static int group_begin(void **state) {
    (void)state;
    fonts = fonts_open();
    return 0;
}

UNUSED static int group_end(void **state) {
    (void)state;
    fonts_close(fonts);
    return 0;
}

#endif
