/* Quotes: the marks of a QUOTE (HTML's q), by the language that the quotation stands in. They are words of the document, so that
 * both outputs and whatever is copied from them have the same. */
#include "resolve/passes.h"

/* The languages of the node that the walk is in and of its ancestors, where they set one. */
typedef struct {
    Str *items;
    uint32_t count, capacity;
} Languages;

static void add_marks(Resolution *r, Node *quote, Str language, bool inner) {
    const QuoteMarks *marks = quote_marks(language);
    node_prepend(quote, text_new(r->arena, str_from(inner ? marks->inner_open : marks->open), quote, true));
    node_append(quote, text_new(r->arena, str_from(inner ? marks->inner_close : marks->close), quote, true));
}

void resolve_quotes(Resolution *r) {
    if (r->written[NODE_QUOTE] == 0) return;
    Languages languages = {0};
    *PUSH(r->arena, &languages, Str) = r->tree->meta.language;
    uint32_t depth = 0; /* quotes that the walk is in */
    Node *node = r->tree->root;
    while (node) {
        if (node->kind == NODE_QUOTE) add_marks(r, node, languages.items[languages.count - 1], depth % 2 == 1);
        if (node->first) {
            if (node->kind == NODE_QUOTE) depth++;
            if (node->more->language.n) *PUSH(r->arena, &languages, Str) = node->more->language;
            node = node->first;
            continue;
        }
        while (node && !node->next) {
            node = node->parent;
            if (!node) break;
            if (node->kind == NODE_QUOTE) depth--;
            if (node->more->language.n) languages.count--;
        }
        if (node) node = node->next;
    }
}
