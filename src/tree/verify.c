/* Checks of what tree.h promises. A rule that does not hold is our mistake, never the document's. */
#include "tree/tree.h"

#define FAIL(node, rule) fail((node), __LINE__, (rule))

_Noreturn static void fail(const Node *node, int line, const char *rule) {
    bug_at(__FILE__, line, "%s (a %s at %u:%u)", rule, tree_kind(node->kind)->name, node->line, node->column);
}

static bool is_block(NodeKind kind) {
    KindLevel level = tree_kind(kind)->level;
    return level == LEVEL_BLOCK || level == LEVEL_TEXT_BLOCK || level == LEVEL_BLOCK_LEAF;
}

static void verify_links(const Node *node) {
    if (!node->first != !node->last) FAIL(node, "first and last child disagree");
    if (node->first && node->first->previous) FAIL(node, "the first child has a previous one");
    if (node->last && node->last->next) FAIL(node, "the last child has a next one");
    if (node->next && (node->next->previous != node || node->next->parent != node->parent)) FAIL(node, "siblings disagree");
    if (node->first && node->first->parent != node) FAIL(node, "a child has another parent");
}

static void verify_level(const Node *node) {
    const Node *parent = node->parent;
    if (!parent) return;
    bool block = is_block(node->kind);
    switch (tree_kind(parent->kind)->level) {
    case LEVEL_BLOCK:
        if (parent->kind == NODE_FIGURE && node->kind == NODE_IMAGE && !node->previous) break;
        if (!block) FAIL(node, "an inline stands directly in a block");
        break;
    case LEVEL_TEXT_BLOCK:
    case LEVEL_INLINE:
        if (block) FAIL(node, "a block stands among inlines");
        break;
    case LEVEL_BLOCK_LEAF:
    case LEVEL_LEAF: FAIL(node, "a leaf has a child"); break;
    }
    if (node->kind == NODE_ITEM && parent->kind != NODE_LIST) FAIL(node, "an item outside a list");
    if (node->kind == NODE_TABLE_ROW && parent->kind != NODE_TABLE) FAIL(node, "a row outside a table");
    if (node->kind == NODE_TABLE_CELL && parent->kind != NODE_TABLE_ROW) FAIL(node, "a cell outside a row");
    if (parent->kind == NODE_LIST && node->kind != NODE_ITEM) FAIL(node, "something else than an item in a list");
}

/* What stands only in one place, and what stands in it. */
static void verify_place(const Node *node) {
    const Node *parent = node->parent;
    NodeKind in = parent ? parent->kind : NODE_KIND_COUNT;
    if ((node->kind == NODE_CONTENTS_ENTRY) != (in == NODE_CONTENTS))
        FAIL(node, "entries stand in contents, and nothing else does");
    if ((node->kind == NODE_DEFINITION_GROUP) != (in == NODE_DEFINITION_LIST))
        FAIL(node, "groups stand in a list of definitions, and nothing else does");
    bool defines = node->kind == NODE_TERM || node->kind == NODE_DEFINITION;
    if (defines != (in == NODE_DEFINITION_GROUP)) FAIL(node, "terms and definitions stand in a group, and nothing else does");
    if ((node->kind == NODE_CREDIT || node->kind == NODE_DESCRIPTION) && in != NODE_FIGURE)
        FAIL(node, "what belongs to a figure outside one");
    if (in == NODE_FIGURES && node->kind != NODE_FIGURE) FAIL(node, "something else than a figure among figures");
    if (node->kind == NODE_FRONT_LINE && in != NODE_FRONT) FAIL(node, "a front's line outside a front");
    if (node->kind == NODE_FRONT && in != NODE_DOCUMENT) FAIL(node, "a front inside something");
    if (node->kind == NODE_STATUS && in != NODE_DOCUMENT && in != NODE_FRONT)
        FAIL(node, "a notice of the status inside the text");
    if (node->kind == NODE_NOTE && in != NODE_NOTES && in != NODE_DOCUMENT && in != NODE_SECTION && in != NODE_FRONT)
        FAIL(node, "a note among what it is not about");
}

static void verify_fields(const Node *node) {
    if (utf8_find_bad(node->text) != node->text.n) FAIL(node, "text that is not UTF-8");
    bool drawn = node->kind == NODE_PARAGRAPH || node->kind == NODE_NOTE;
    bool words = node->kind == NODE_HEADING || node->kind == NODE_CAPTION || node->kind == NODE_CONTENTS_ENTRY;
    if (node->more->label.n && !drawn && !words) FAIL(node, "a label that is nowhere drawn");
    const Node *first = node->kind == NODE_CONTENTS_ENTRY && node->first ? node->first->first : node->first;
    if (node->more->label.n && words && !(first && str_equal(str_trim(first->text), node->more->label)))
        FAIL(node, "a label that its words do not begin with");
    if (node->kind != NODE_PAGE_REFERENCE) return;
    if (node->text.n) FAIL(node, "the words of a reference to a page are the layout's");
    if (!str_starts(node->more->target, STR("#"))) FAIL(node, "a reference to no page");
}

/* White space: `after_space` says that a space at the beginning of the next leaf would be one too many. */
static void verify_text(const Node *node, bool *after_space, const Node **last_text) {
    if (is_block(node->kind)) {
        if (*last_text) FAIL(*last_text, "a space at the end of a text block");
        *after_space = true;
        return;
    }
    if (node->kind == NODE_LINE_BREAK) {
        if (*last_text) FAIL(*last_text, "a space before a line break");
        *after_space = true;
        return;
    }
    if (tree_kind(node->kind)->level != LEVEL_LEAF) return;
    *last_text = NULL;
    if (node->kind != NODE_TEXT) {
        *after_space = false;
        return;
    }
    Str text = node->text;
    if (text.n == 0) FAIL(node, "text without words");
    if (!text_is_single_spaced(text)) FAIL(node, "white space in text is single spaces");
    if (text.p[0] == ' ' && *after_space) FAIL(node, "two spaces in a row, or one at the beginning of a line");
    *after_space = text.p[text.n - 1] == ' ';
    if (*after_space) *last_text = node;
}

void tree_verify(const Tree *tree) {
    bool after_space = true;
    const Node *last_text = NULL; /* a TEXT that ends with a space, and that nothing has followed so far */
    NodeNumber number = 0;
    for (const Node *node = tree->root; node; node = node_next(node, tree->root), number++) {
        verify_links(node);
        verify_level(node);
        verify_place(node);
        verify_fields(node);
        verify_text(node, &after_space, &last_text);
        if (tree->nodes && (number >= tree->count || node->number != number || tree->nodes[number] != node)) {
            FAIL(node, "numbers are not dense and in reading order");
        }
    }
    if (last_text) FAIL(last_text, "a space at the end of the document");
    if (tree->nodes && number != tree->count) FAIL(tree->root, "the count of nodes is wrong");
}
