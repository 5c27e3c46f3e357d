/* Ids: the author's are kept, whatever else can be a target gets one from its own words, so that an address outlives edits elsewhere.
 * A number is added only to tell equal words apart. Ids are NCNames (EPUB content is XML); "page-12", "fn-…" and "fnref-…" are
 * for page breaks and notes, "para-34", "recommendation-2" and "conclusion-3" for what has such a number, since others cite it so.
 */
#include "resolve/passes.h"

#define PULL_WORDS 6 /* of a pull-quote that make its id */
#define LABEL_WORDS 8 /* of a caption or a box's title */

struct Ids {
    Arena *arena;
    StrMap *nodes; /* Node by id */
    StrMap *written; /* Node by id as the author wrote it, where the first of that name has it */
    StrMap *counts; /* uint32_t by wanted id: the last number added to it */
    struct {
        Str *items;
        uint32_t count, capacity;
    } names; /* what a link may name */
};

Ids *ids_new(Arena *arena) {
    Ids *ids = NEW(arena, Ids);
    ids->arena = arena;
    ids->nodes = strmap_new(arena);
    ids->written = strmap_new(arena);
    ids->counts = strmap_new(arena);
    return ids;
}

Str ids_take(Ids *ids, Str wanted, Node *node) {
    Str id = wanted;
    if (strmap_find(ids->nodes, wanted)) {
        uint32_t *count = strmap_find(ids->counts, wanted);
        if (!count) {
            count = NEW(ids->arena, uint32_t);
            *count = 1;
            strmap_put(ids->counts, wanted, count);
        }
        do id = str_format(ids->arena, STR_FMT "-%u", STR_ARG(wanted), (unsigned)++*count);
        while (strmap_find(ids->nodes, id));
    }
    strmap_put(ids->nodes, id, node);
    node_more(ids->arena, node)->id = id;
    return id;
}

Node *ids_find(const Ids *ids, Str written) {
    Node *node = strmap_find(ids->written, written);
    return node ? node : strmap_find(ids->nodes, written);
}

void ids_name(Ids *ids, Str name, Node *node) {
    if (ids_find(ids, name)) return;
    strmap_put(ids->written, name, node);
    *PUSH(ids->arena, &ids->names, Str) = name;
}

size_t ids_list(const Ids *ids, const Str **out) {
    *out = ids->names.items;
    return ids->names.count;
}

static bool is_numbered(Str id, const char *prefix) {
    size_t at = str_from(prefix).n;
    if (!str_starts(id, str_from(prefix))) return false;
    while (at < id.n && id.p[at] >= '0' && id.p[at] <= '9') at++;
    return at == id.n;
}

static bool is_reserved(Str id) {
    static const char *const numbered[] = {
        "page-", "para-", "recommendation-", "conclusion-", "summary-recommendation-", "summary-conclusion-"};
    if (str_starts(id, STR("fn-")) || str_starts(id, STR("fnref-"))) return true;
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++) {
        if (is_numbered(id, numbered[i])) return true;
    }
    return false;
}

static Str id_form(Ids *ids, Str wanted) {
    Str id = words_ncname(ids->arena, wanted);
    return is_reserved(id) ? str_format(ids->arena, "s-" STR_FMT, STR_ARG(id)) : id;
}

static void take_written(Resolution *r, Node *node) {
    Str written = node->more->id;
    const Node *first = strmap_find(r->ids->written, written);
    Str id = ids_take(r->ids, id_form(r->ids, written), node);
    if (first) {
        Str hint = str_format(r->arena, "line %u has it first; links to it lead there", (unsigned)first->line);
        diag(r->d, DIAG_ERROR, "id-duplicate", node_place(r->tree, node), str_c(r->arena, hint),
            "the id “" STR_FMT "” is given twice; here it becomes “" STR_FMT "”", STR_ARG(written), STR_ARG(id));
        return;
    }
    strmap_put(r->ids->written, written, node);
    *PUSH(r->arena, &r->ids->names, Str) = written;
    if (!str_equal(written, id)) {
        diag(r->d, DIAG_NOTE, "id-form", node_place(r->tree, node), "begin with a letter; then letters, digits, “-”, “_” and “.”",
            "the id “" STR_FMT "” cannot stand in an EPUB or is in use; it becomes “" STR_FMT "”", STR_ARG(written), STR_ARG(id));
    }
}

/* "images/Old bridge.png" → "Old bridge" */
static Str file_stem(Str file) {
    size_t start = file.n, end = file.n;
    while (start > 0 && file.p[start - 1] != '/') start--;
    for (size_t i = file.n; i > start + 1 && end == file.n; i--) {
        if (file.p[i - 1] == '.') end = i - 1;
    }
    return str_slice(file, start, end);
}

static Str prefixed(Arena *arena, const char *prefix, Str words) {
    while (words.n && words.p[words.n - 1] == '.') words.n--; /* of a sentence */
    return words.n ? str_format(arena, "%s-" STR_FMT, prefix, STR_ARG(words)) : str_from(prefix);
}

static Str wanted_heading(Arena *arena, const Node *node) {
    Str slug = words_slug(arena, node_text(arena, node), UINT32_MAX);
    return slug.n ? slug : STR("section");
}

static Str wanted_figure(Arena *arena, const Node *node) {
    const Node *image = node_child(node, NODE_IMAGE);
    Str file = image ? address_decode(arena, image->more->target) : (Str){0};
    return prefixed(arena, "fig", words_slug(arena, file_stem(file), UINT32_MAX));
}

static Str wanted_table(Arena *arena, const Node *node) {
    const Node *words = node_child(node, NODE_CAPTION);
    if (!words) words = node_child(node, NODE_TABLE_ROW);
    return prefixed(arena, "table", words ? words_slug(arena, node_text(arena, words), LABEL_WORDS) : (Str){0});
}

static Str wanted_box(Arena *arena, const Node *node) {
    if (box_is_recommendation(node)) return (Str){0}; /* it has a number, which is cited: paragraphs.c */
    const Node *title = node_child(node, NODE_BOX_TITLE);
    if (!title || title->generated) return (Str){0}; /* every warning is called “Warning” */
    return prefixed(arena, "box", words_slug(arena, node_text(arena, title), LABEL_WORDS));
}

/* Empty: it is no target. Not for spans inside pull-quotes: the outer one is what is repeated. */
static Str wanted_id(const Resolution *r, const Node *node, bool in_pull_quote) {
    if (node->kind == NODE_HEADING || node->kind == NODE_TITLE) return wanted_heading(r->arena, node);
    if (node->kind == NODE_FIGURE) return wanted_figure(r->arena, node);
    if (node->kind == NODE_TABLE) return wanted_table(r->arena, node);
    if (node->kind == NODE_BOX) return wanted_box(r->arena, node);
    if (node->kind == NODE_SPAN && !in_pull_quote && node_has_class(node, "pull-quote")) {
        return prefixed(r->arena, "pull", words_slug(r->arena, node_text(r->arena, node), PULL_WORDS));
    }
    return (Str){0};
}

static void take_derived(Resolution *r, Node *node, Str wanted) {
    if (wanted.n == 0) return;
    *PUSH(r->arena, &r->ids->names, Str) = ids_take(r->ids, id_form(r->ids, wanted), node);
}

void resolve_ids(Resolution *r) {
    Node *root = r->tree->root;
    for (Node *node = root; node; node = node_next(node, root)) {
        bool is_note = node->kind == NODE_NOTE || node->kind == NODE_NOTE_REFERENCE; /* these have names of their own: notes.c */
        if (node->more->id.n && !is_note) take_written(r, node);
    }
    Node *(*next)(const Node *, const Node *) = r->written[NODE_SPAN] ? node_next : node_next_block;
    const Node *pull_end = NULL; /* what comes after the pull-quote that the walk is in */
    bool in_pull_quote = false;
    for (Node *node = root; node; node = next(node, root)) {
        if (node == pull_end) in_pull_quote = false;
        bool is_title = node == r->title && node->generated;
        if (node->more->id.n == 0 && !is_title) take_derived(r, node, wanted_id(r, node, in_pull_quote));
        if (node->kind == NODE_SPAN && !in_pull_quote && node_has_class(node, "pull-quote")) {
            in_pull_quote = true;
            pull_end = node_next_after(node, root);
        }
    }
    /* The front matter's title comes last: a heading of the same words is what a link means. */
    if (r->title && r->title->more->id.n == 0) take_derived(r, r->title, wanted_heading(r->arena, r->title));
}
