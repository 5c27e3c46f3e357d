/* Classes and attributes that nothing knows: neither the program nor a rule of the sheet. A misspelt one is told wherever it stands; one
 * that resembles nothing, where it is all that its words or its div are marked for.
 */
#include "check/internal.h"

/* Names that the program itself knows, of whatever node; the sheet's come to them. */
static const char *const known_classes[] = {"pull-quote", "pullquote", "page-break", "attribution", "figures", "box", "summary",
    "related", "conclusion", "recommendation", "recommendations-list", "note", "tip", "important", "warning", "caution",
    "line-block", "note-unused", "decorative", "unnumbered", "unlisted", "annex", "row-headers", "page", "number", "underline"};
#define KNOWN_CLASSES (sizeof known_classes / sizeof *known_classes)

static const char *const known_keys[] = {
    "width", "height", "credit", "longdesc", "layout-ncol", "paragraph-numbers", "title", "by", "lang", "id", "class"};
#define KNOWN_KEYS (sizeof known_keys / sizeof *known_keys)

#define LETTERS_FEWEST 5 /* shorter names resemble too many */
#define NAMES_LIMIT 500 /* of a sheet's classes that a misspelt one is compared with */

typedef struct {
    Diags *d;
    const Tree *tree;
    Arena *scratch;
    StrMap *classes; /* known, and those that have been looked up */
    Str *names;
    size_t name_count;
    Str keys[KNOWN_KEYS];
} Names;

static void names_collect(Names *n, const Sheet *sheet) {
    Str *own;
    uint32_t count = sheet_class_names(n->scratch, sheet, &own);
    n->classes = strmap_new(n->scratch);
    n->names = NEW_ARRAY(n->scratch, Str, KNOWN_CLASSES + count);
    for (size_t i = 0; i < KNOWN_CLASSES; i++) n->names[n->name_count++] = str_from(known_classes[i]);
    for (uint32_t i = 0; i < count; i++) n->names[n->name_count++] = own[i];
    for (size_t i = 0; i < n->name_count; i++) strmap_put(n->classes, n->names[i], n);
    if (n->name_count > NAMES_LIMIT) n->name_count = NAMES_LIMIT;
    for (size_t i = 0; i < KNOWN_KEYS; i++) n->keys[i] = str_from(known_keys[i]);
}

/* Whether the node is there for something else, too. */
static bool has_other_use(const Node *node) {
    if (node->kind != NODE_SPAN && node->kind != NODE_DIV) return true;
    return node->more->id.n || node->more->language.n || node->more->attribute_count;
}

static void class_check(Names *n, const Node *node, Str name) {
    if (!name.n || strmap_find(n->classes, name)) return;
    Str nearest = name.n < LETTERS_FEWEST ? STR("") : str_nearest(name, n->names, n->name_count);
    if (!nearest.n && has_other_use(node)) return;
    const char *hint = nearest.n ? str_format(n->d->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p
                                 : "write a rule for it into a sheet of your own, or take it out";
    diag(n->d, DIAG_WARNING, "class-unknown", node_place(n->tree, node), hint,
        "nothing knows the name “" STR_FMT "”; what it marks is set as if it were not there",
        STR_ARG(words_quoted(n->d->arena, name)));
}

/* Keys of others ("data-source") may stand beside ours. */
static void key_check(Names *n, const Node *node, Str key) {
    for (size_t i = 0; i < KNOWN_KEYS; i++)
        if (str_equal(key, n->keys[i])) return;
    Str nearest = str_nearest(key, n->keys, KNOWN_KEYS);
    if (!nearest.n || key.n < LETTERS_FEWEST) return;
    diag(n->d, DIAG_WARNING, "attribute-unknown", node_place(n->tree, node),
        str_format(n->d->arena, "did you mean “" STR_FMT "=”?", STR_ARG(nearest)).p,
        "there is no attribute “" STR_FMT "=”; it is not used", STR_ARG(words_quoted(n->d->arena, key)));
}

void classes_check(Diags *d, const Tree *tree, const Sheet *sheet) {
    Arena *scratch = arena_open();
    Names names = {.d = d, .tree = tree, .scratch = scratch};
    names_collect(&names, sheet);
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        if (node->kind == NODE_CODE_BLOCK || node->kind == NODE_CODE) continue; /* its classes name its language */
        if (node->kind == NODE_DIV) class_check(&names, node, node->more->variant);
        for (uint16_t i = 0; i < node->more->class_count; i++) class_check(&names, node, node->more->classes[i]);
        for (uint16_t i = 0; i < node->more->attribute_count; i++) key_check(&names, node, node->more->attributes[i].key);
    }
    arena_close(scratch);
}
