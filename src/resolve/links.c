/* Links: those into the document that references.c left, because their target was made after it or there is none; those out of it are
 * made valid addresses with a safe scheme. None is without words (WCAG 2.2, 2.4.4). What cannot be a link stays as its words; so does what
 * names no machine: a PDF is mostly opened from a disk, where such an address would lead to the reader's own files.
 */
#include "resolve/passes.h"

typedef struct {
    Resolution *r;
    References *references;
} Linker;

static void add_words(Resolution *r, Node *link, Str words) {
    if (words.n == 0) return;
    while (link->first) node_unlink(link->first);
    node_append(link, text_new(r->arena, words, link, true));
}

static void unwrap(Resolution *r, Node *link) {
    link->kind = NODE_SPAN;
    NodeMore *more = node_more(r->arena, link);
    more->target = more->title = (Str){0};
}

static void resolve_inside(Linker *linker, Node *link, bool blank) {
    Resolution *r = linker->r;
    if (link->value == LINK_RESOLVED) {
        link->value = 0;
        return;
    }
    if (reference_resolve(linker->references, link, tree_language(r->tree, link), blank)) return;
    Str name = str_slice(link->more->target, 1, link->more->target.n);
    diag(r->d, DIAG_ERROR, "link-target", node_place(r->tree, link), reference_hint(r, name),
        "nothing in the document has the id “" STR_FMT "”; the words are kept without the link", STR_ARG(name));
    if (blank) add_words(r, link, words_clean(r->arena, link->more->target));
    unwrap(r, link);
}

/* An address as people read it. */
static Str address_words(Arena *arena, Str address) {
    Str words = words_clean(arena, address);
    if (str_equal_nocase(str_slice(words, 0, 7), STR("mailto:"))) words = str_slice(words, 7, words.n);
    return words;
}

/* "/home/…", "~/…", "\\server\share": not beside the document. */
static bool begins_at_a_root(Str path) { return path.n && (path.p[0] == '/' || path.p[0] == '~' || path.p[0] == '\\'); }

static void resolve_outside(Resolution *r, Node *link, bool blank) {
    Str uri = {0};
    Place at = node_place(r->tree, link);
    AddressKind kind = address_check(r->arena, link->more->target, &uri);
    Str shown = words_cut(r->arena, words_clean(r->arena, link->more->target), 120);
    if (blank) add_words(r, link, address_words(r->arena, link->more->target));
    switch (kind) {
    case ADDRESS_SAFE: node_more(r->arena, link)->target = uri; return;
    case ADDRESS_RELATIVE:
        diag(r->d, DIAG_WARNING, "link-relative", at, "write the whole address, “https://…”",
            begins_at_a_root(link->more->target)
                ? "“" STR_FMT
                  "” is a path on one machine or website, which who receives the document cannot follow; the words are "
                  "kept without the link"
                : "“" STR_FMT
                  "” leads to a file beside this one, which who receives the document may not have; the words are kept "
                  "without the link",
            STR_ARG(shown));
        break;
    case ADDRESS_UNSAFE:
        if (uri.n == 1) /* "C:" */
            diag(r->d, DIAG_WARNING, "link-scheme", at, "put the file on a website, and write its whole address, “https://…”",
                "“" STR_FMT "” is a file of one machine; the words are kept without the link", STR_ARG(shown));
        else
            diag(r->d, DIAG_WARNING, "link-scheme", at, "links may begin with http, https, mailto or tel",
                "a link may not begin with “" STR_FMT ":”; the words are kept without the link",
                STR_ARG(words_cut(r->arena, uri, 40)));
        break;
    case ADDRESS_BROKEN:
        if (shown.n == 0)
            diag(r->d, DIAG_WARNING, "link-address", at, NULL, "the link has no address; its words are kept");
        else
            diag(r->d, DIAG_WARNING, "link-address", at, "write the whole address, “https://example.org/page”",
                "“" STR_FMT "” is no address; the words are kept without the link", STR_ARG(shown));
        break;
    }
    unwrap(r, link);
}

void resolve_links(Resolution *r) {
    Linker linker = {.r = r, .references = references_new(r)};
    for (Node *node = r->tree->root; node; node = node_next(node, r->tree->root)) {
        if (node->kind != NODE_LINK) continue;
        bool blank = link_is_blank(node);
        if (str_starts(node->more->target, STR("#")))
            resolve_inside(&linker, node, blank);
        else
            resolve_outside(r, node, blank);
    }
}
