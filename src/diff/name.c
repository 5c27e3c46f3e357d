/* name: how a passage is called, so that it is found on paper: "paragraph 34", "note 12", "heading “2.1 What the law says”". */
#include "diff/internal.h"

static const char *const kind_words[NODE_KIND_COUNT] = {
    [NODE_TITLE] = "title",
    [NODE_SUBTITLE] = "subtitle",
    [NODE_STANDFIRST] = "standfirst",
    [NODE_BYLINE] = "author",
    [NODE_DATELINE] = "date",
    [NODE_STATUS] = "status",
    [NODE_FRONT_LINE] = "cover line",
    [NODE_HEADING] = "heading",
    [NODE_TABLE_ROW] = "row of a table",
    [NODE_CAPTION] = "caption",
    [NODE_CREDIT] = "credit",
    [NODE_IMAGE] = "image",
    [NODE_CODE_BLOCK] = "code",
    [NODE_TERM] = "term",
    [NODE_BOX_TITLE] = "title of a box",
    [NODE_ATTRIBUTION] = "attribution",
};

static const char *kind_word(const Node *node) {
    if (node->kind == NODE_TABLE_ROW && node->header) return "head of a table";
    if (kind_words[node->kind]) return kind_words[node->kind];
    if (node_ancestor(node, NODE_NOTE)) return "note";
    if (node->kind == NODE_PARAGRAPH && node->more->label.n) return "paragraph";
    if (node_ancestor(node, NODE_ITEM)) return "list item";
    if (node_ancestor(node, NODE_DEFINITION)) return "definition";
    if (node_ancestor(node, NODE_PULL_QUOTE)) return "pull-quote";
    if (node_ancestor(node, NODE_BLOCK_QUOTE)) return "quotation";
    return "paragraph";
}

Str passage_kind(const Passage *passage) { return str_from(kind_word(passage->node)); }

/* "paragraph 34", or what it is and its first words. */
Str passage_name(Arena *arena, const Passage *passage) {
    const char *kind = kind_word(passage->node);
    if (passage->number.n) return str_format(arena, "%s " STR_FMT, kind, STR_ARG(passage->number));
    if (!passage->words.n) return str_from(kind);
    Str words = words_begin(arena, passage->words, 40);
    return str_format(arena, "%s “" STR_FMT "”", kind, STR_ARG(words));
}
