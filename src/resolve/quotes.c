/* Quotes: the marks of a QUOTE (HTML's q), by the language that the quotation stands in. They are words of the document, so that
 * both outputs and whatever is copied from them have the same. */
#include "resolve/passes.h"

typedef struct {
    const char *language; /* a tag, or its beginning; the first that fits is taken */
    const char *open, *close, *inner_open, *inner_close;
} Marks;

/* CLDR's delimiters, with the no-break spaces that French printers set. */
static const Marks table[] = {
    {"fr-CH", "«", "»", "‹", "›"},
    {"fr", "«\u00A0", "\u00A0»", "“", "”"},
    {"de-CH", "«", "»", "‹", "›"},
    {"de", "„", "“", "‚", "‘"},
    {"es", "«", "»", "“", "”"},
    {"it", "«", "»", "“", "”"},
    {"pt-PT", "«", "»", "“", "”"},
    {"pl", "„", "”", "«", "»"},
    {"", "“", "”", "‘", "’"},
};

static const Marks *marks_of(Str language) {
    const Marks *marks = table;
    for (;; marks++) {
        Str tag = str_from(marks->language);
        bool whole = language.n == tag.n || tag.n == 0 || (language.n > tag.n && language.p[tag.n] == '-');
        if (whole && str_equal_nocase(str_slice(language, 0, tag.n), tag)) return marks;
    }
}

/* The languages of the node that the walk is in and of its ancestors, where they set one. */
typedef struct {
    Str *items;
    uint32_t count, capacity;
} Languages;

static void add_marks(Resolution *r, Node *quote, Str language, bool inner) {
    const Marks *marks = marks_of(language);
    node_prepend(quote, text_new(r->arena, str_from(inner ? marks->inner_open : marks->open), quote, true));
    node_append(quote, text_new(r->arena, str_from(inner ? marks->inner_close : marks->close), quote, true));
}

void resolve_quotes(Resolution *r) {
    Languages languages = {0};
    *PUSH(r->arena, &languages, Str) = r->tree->meta.language;
    uint32_t depth = 0; /* quotes that the walk is in */
    Node *node = r->tree->root;
    while (node) {
        if (node->kind == NODE_QUOTE) add_marks(r, node, languages.items[languages.count - 1], depth % 2 == 1);
        if (node->first) {
            if (node->kind == NODE_QUOTE) depth++;
            if (node->language.n) *PUSH(r->arena, &languages, Str) = node->language;
            node = node->first;
            continue;
        }
        while (node && !node->next) {
            node = node->parent;
            if (!node) break;
            if (node->kind == NODE_QUOTE) depth--;
            if (node->language.n) languages.count--;
        }
        if (node) node = node->next;
    }
}
