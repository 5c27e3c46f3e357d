/* passages: a document as the list of what is read as one piece. */
#include "diff/internal.h"

#define HEADING_MOST 60 /* bytes of a heading that is named */

/* Made by the program, and not from the front matter: left out with all below it. */
static bool is_added(const Node *node) {
    if (!node->generated || tree_kind(node->kind)->level >= LEVEL_INLINE) return false;
    return node->kind != NODE_TITLE_BLOCK && node->kind != NODE_STATUS &&
           !(node->parent && node->parent->kind == NODE_TITLE_BLOCK);
}

static bool is_passage(const Node *node) {
    if (node->kind == NODE_TABLE_ROW || node->kind == NODE_CODE_BLOCK) return true;
    if (node->kind == NODE_IMAGE) return node->parent && node->parent->kind == NODE_FIGURE;
    return tree_kind(node->kind)->level == LEVEL_TEXT_BLOCK && node->kind != NODE_TABLE_CELL;
}

static void image_key_add(Buf *key, const Layout *layout, const Node *image) {
    const Image *file = layout->images[image->number];
    buf_add(key, image->more->target);
    buf_add_char(key, '\n');
    if (file) buf_format(key, "%llx", (unsigned long long)str_hash(file->bytes, STR_HASH_SEED));
}

/* The author's words, with what is no word but can be changed all the same: where a link leads, what an image is. */
static Str key_of(Arena *arena, const Layout *layout, const Node *passage) {
    Buf key = buf_new(arena);
    buf_add_c(&key, tree_kind(passage->kind)->name);
    buf_add_int(&key, passage->kind == NODE_HEADING ? passage->value : 0);
    for (const Node *node = passage; node; node = node_next(node, passage)) {
        if (node->kind == NODE_LINE_BREAK || node->kind == NODE_TABLE_CELL) buf_add_char(&key, '\n');
        if (node->kind == NODE_IMAGE) image_key_add(&key, layout, node);
        /* The words of a reference; but what is made from the front matter is the author's. */
        if (node->generated && !passage->generated && tree_kind(node->kind)->level == LEVEL_LEAF) continue;
        if (node->kind == NODE_LINK && !str_starts(node->more->target, STR("#"))) {
            buf_add_char(&key, '\n');
            buf_add(&key, node->more->target);
        }
        buf_add(&key, node->text);
    }
    return buf_str(&key);
}

/* Cells side by side, as they are read. */
static Str row_words(Arena *arena, const Node *row) {
    Buf words = buf_new(arena);
    for (const Node *cell = row->first; cell; cell = cell->next) {
        if (cell->previous) buf_add_c(&words, " | ");
        buf_add(&words, node_text(arena, cell));
    }
    return buf_str(&words);
}

static Str words_of(Arena *arena, const Node *passage) {
    if (passage->kind == NODE_TABLE_ROW) return row_words(arena, passage);
    if (passage->kind == NODE_CODE_BLOCK || passage->kind == NODE_IMAGE) return passage->text;
    return node_text(arena, passage);
}

static Str number_of(Arena *arena, const Node *passage) {
    const Node *note = node_ancestor(passage, NODE_NOTE);
    if (note && !note->more->label.n) return str_format(arena, "%d", (int)note->value);
    Str label = note ? note->more->label : passage->kind == NODE_PARAGRAPH ? passage->more->label : (Str){0};
    while (label.n && label.p[label.n - 1] == '.') label.n--;
    return label;
}

static Str page_of(const Layout *layout, const Node *node) {
    uint32_t page = layout->places[node->number].page;
    return page < layout->count ? layout->items[page].label : (Str){0};
}

Passages passages_of(Arena *arena, const Layout *layout) {
    Passages passages = {0};
    const Node *root = layout->tree->root;
    Str heading = {0};
    for (const Node *node = root; node;) {
        bool passage = is_passage(node);
        if (node->artifact || is_added(node)) {
            node = node_next_after(node, root);
            continue;
        }
        if (passage) {
            Passage *made = PUSH(arena, &passages, Passage);
            *made = (Passage){.node = node,
                .words = words_of(arena, node),
                .key = key_of(arena, layout, node),
                .number = number_of(arena, node),
                .heading = heading,
                .page = page_of(layout, node)};
            if (node->kind == NODE_HEADING) heading = words_begin(arena, made->words, HEADING_MOST);
        }
        node = passage ? node_next_after(node, root) : node_next(node, root);
    }
    return passages;
}
