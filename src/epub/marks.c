/* Where the page-break markers stand (EPUB Accessibility 1.1 §3.2): before the very character where each page of the layout begins.
 *
 * A page that begins with the first character of an element begins, just as well, before that element. For inlines, headings,
 * numbered paragraphs, figures and tables that is the better place: a marker inside a heading or a link would be read as part of
 * its name, and one behind a paragraph's number would part it from the paragraph.
 *
 * Notes that stand in place are gathered at the end of their file, where no page begins: markers come in the order of the pages.
 */
#include "epub/book.h"

/* Can a marker stand before or in it? Leaves can, and text blocks that hold nothing. */
static bool is_place(const Node *node) {
    switch (tree_kind(node->kind)->level) {
    case LEVEL_BLOCK:
    case LEVEL_INLINE: return false;
    case LEVEL_TEXT_BLOCK: return node->first == NULL;
    case LEVEL_BLOCK_LEAF:
    case LEVEL_LEAF: return true;
    }
    BUG("a kind of no level");
}

static bool is_passed_over(const Node *node) { return node->artifact || note_in_place(node); }

/* The first place at or after `node`, in reading order; NULL when the document ends before one. */
static const Node *next_place(const Tree *tree, const Node *node) {
    for (const Node *up = node; up; up = up->parent) {
        if (is_passed_over(up)) node = up;
    }
    while (node && (is_passed_over(node) || !is_place(node))) {
        node = is_passed_over(node) ? node_next_after(node, tree->root) : node_next(node, tree->root);
    }
    return node;
}

/* These stand in lists and tables, where nothing but their own kind can stand before them. */
bool marks_inside(const Node *node) {
    return node->kind == NODE_TABLE_CELL || node->kind == NODE_CAPTION || node->kind == NODE_TERM ||
           node->kind == NODE_CONTENTS_ENTRY;
}

/* In a table a marker can stand in a cell or before the whole table. */
static const Node *table_begun_by(const Node *cell) {
    const Node *row = cell->parent;
    if (cell->kind == NODE_CAPTION && row->kind == NODE_TABLE && !cell->previous) return row;
    if (cell->kind != NODE_TABLE_CELL || cell->previous || row->previous || row->parent->kind != NODE_TABLE) return NULL;
    return row->parent;
}

/* The outermost element that begins where `node` begins and is better not begun by a marker. */
static const Node *hoisted(const Node *node) {
    while (!node->previous && tree_kind(node->parent->kind)->level == LEVEL_INLINE) node = node->parent;
    if (node->previous) return node;
    const Node *block = node->parent;
    bool named = block->kind == NODE_HEADING || block->kind == NODE_TITLE || block->kind == NODE_BOX_TITLE;
    bool numbered = block->kind == NODE_PARAGRAPH && block->more->label.n > 0;
    if (block->kind == NODE_FIGURE && !block->previous && block->parent->kind == NODE_FIGURES) return block->parent;
    if (named || numbered || block->kind == NODE_FIGURE) return block;
    const Node *table = marks_inside(block) ? table_begun_by(block) : NULL;
    return table ? table : node;
}

static void mark_place(Book *book, const Page *page, PageMark *mark) {
    if (!page->start_node) return;
    const Node *node = next_place(book->tree, page->start_node);
    if (!node) return;
    uint32_t offset = node == page->start_node ? page->start_offset : 0;
    bool has_text = node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK;
    if (!has_text || offset > node->text.n) offset = has_text ? (uint32_t)node->text.n : 0;
    while (offset < node->text.n && has_text && ((unsigned char)node->text.p[offset] & 0xC0) == 0x80) offset++;
    mark->offset = offset;
    mark->node = offset > 0 || marks_inside(node) ? node : hoisted(node);
}

void book_place_marks(Book *book) {
    const Layout *layout = book->layout;
    NodeNumber count = book->tree->count;
    book->mark_count = layout->count;
    book->marks = NEW_ARRAY(book->arena, PageMark, layout->count);
    book->first_mark = NEW_ARRAY(book->arena, uint32_t, count);
    uint32_t *last_mark = NEW_ARRAY(book->arena, uint32_t, count);
    for (NodeNumber i = 0; i < count; i++) book->first_mark[i] = last_mark[i] = INDEX_NONE;
    for (uint32_t i = 0; i < layout->count; i++) {
        PageMark *mark = &book->marks[i];
        mark->page = i;
        mark->next = INDEX_NONE;
        Str label = layout->items[i].label;
        Str wanted = str_format(book->arena, "page-" STR_FMT, STR_ARG(label));
        mark->id = name_unique(book->arena, book->names, xml_name_from(book->arena, wanted), "");
        mark_place(book, &layout->items[i], mark);
        if (!mark->node) continue;
        NodeNumber at = mark->node->number;
        if (last_mark[at] == INDEX_NONE)
            book->first_mark[at] = i;
        else
            book->marks[last_mark[at]].next = i;
        last_mark[at] = i;
    }
}
