/* Making the book, and what its files have in common. */
#include "epub/book.h"

#include "resolve/resolve.h"

/* What is between the tags of a block, if anything: an item has its label, a definition must have its place in the list. */
static bool leaf_says(const Node *node) {
    switch ((int)node->kind) {
    case NODE_RULE:
    case NODE_ITEM:
    case NODE_NOTE:
    case NODE_TERM:
    case NODE_DEFINITION:
    case NODE_IMAGE:
    case NODE_PAGE_REFERENCE:
    case NODE_NOTE_REFERENCE: return true;
    default: return node->text.n > 0;
    }
}

/* Children have higher numbers than their parents. */
static void book_find_empty(Book *book) {
    const Tree *tree = book->tree;
    book->says = NEW_ARRAY(book->arena, bool, (size_t)tree->count + 1);
    for (NodeNumber i = tree->count; i-- > 0;) {
        const Node *node = tree->nodes[i];
        if (leaf_says(node) || book->ids[i].n > 0 || book->first_mark[i] != INDEX_NONE) book->says[i] = true;
        if (book->says[i] && node->parent) book->says[node->parent->number] = true;
    }
}

Book *book_new(Arena *arena, Diags *diags, const Layout *layout, const EpubOptions *options) {
    Book *book = NEW(arena, Book);
    book->arena = arena;
    book->diags = diags;
    book->layout = layout;
    book->tree = layout->tree;
    book->options = options;
    book->hyphenation = hyphen_exceptions(book->arena, book->tree->meta.hyphenation, book->tree->meta.hyphenation_count);
    book->language = tree_language(book->tree, book->tree->root);
    book->right_to_left = language_is_right_to_left(book->language);
    Str title = str_trim(book->tree->meta.title);
    book->title = title.n > 0 ? title : label_text(book->language, LABEL_BEGINNING);
    book_split(book);
    book_place_ids(book);
    book_place_marks(book);
    book_find_empty(book);
    book_name_images(book);
    book_name_inputs(book);
    return book;
}

Str book_authors(const Book *book) {
    const Meta *meta = &book->tree->meta;
    Buf line = buf_new(book->arena);
    for (uint32_t i = 0; i < meta->author_count; i++) {
        if (i > 0 && i + 1 < meta->author_count) buf_add(&line, STR(", "));
        if (i > 0 && i + 1 == meta->author_count) buf_add(&line, label_and(book->arena, book->language, meta->authors[i]));
        buf_add(&line, meta->authors[i]);
    }
    return buf_str(&line);
}

void xhtml_begin(Xml *xml, const Book *book, Str title) {
    buf_add(xml->out, STR("<!DOCTYPE html>\n"));
    xml_open(xml, "html");
    xml_attribute_c(xml, "xmlns", XHTML_NAMESPACE);
    xml_attribute_c(xml, "xmlns:epub", OPS_NAMESPACE);
    xml_attribute(xml, "lang", book->language);
    xml_attribute(xml, "xml:lang", book->language);
    if (book->right_to_left) xml_attribute_c(xml, "dir", "rtl");
    xml_line(xml);
    xml_open(xml, "head");
    xml_line(xml);
    xml_leaf(xml, "title", title);
    xml_line(xml);
    xml_open(xml, "link");
    xml_attribute_c(xml, "rel", "stylesheet");
    xml_attribute_c(xml, "type", "text/css");
    xml_attribute_c(xml, "href", "style.css");
    xml_close(xml, "link");
    xml_line(xml);
    xml_close(xml, "head");
    xml_line(xml);
    xml_open(xml, "body");
}

void xhtml_end(Xml *xml) {
    xml_close(xml, "body");
    xml_line(xml);
    xml_close(xml, "html");
    xml_finish(xml);
}
