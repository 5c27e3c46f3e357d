/* References: links to something in the document. One that the author left empty says what a reader calls its target: "Table 2",
 * "paragraph 14", a heading's words with its number; or the page on which it is, {.page}; or of either the number alone, {.number}. What they say must be known before headings,
 * captions and recommendations are copied, so links are resolved here; those to what is made later are left for links.c.
 */
#include "resolve/passes.h"

#define WORDS_LIMIT 200 /* characters of a target's words that stand for an empty link to it */

#define HINTS_LIMIT 20 /* wrong targets for which the nearest id is sought: each search looks at all ids */

struct References {
    Resolution *r;
    StrMap *words; /* Str by id: made once for each target */
};

References *references_new(Resolution *r) {
    References *references = NEW(r->arena, References);
    *references = (References){r, strmap_new(r->arena)};
    return references;
}

const char *reference_hint(Resolution *r, Str name) {
    const char *none = "give the heading or the figure that is meant {#that-id}, or link to the id it has";
    if (r->hints >= HINTS_LIMIT) return none;
    r->hints++;
    const Str *names;
    size_t count = ids_list(r->ids, &names);
    Str near = str_nearest(name, names, count);
    return near.n ? str_c(r->arena, str_format(r->arena, "did you mean “#" STR_FMT "”?", STR_ARG(near))) : none;
}

/* What read/ put there so that the white space round the link is kept does not count. */
bool link_is_blank(const Node *link) {
    for (const Node *child = link->first; child; child = child->next) {
        if (!child->generated && !node_is_blank(child)) return false;
    }
    return true;
}

/* Words of what has no number: a heading's, a caption, a box's title. */
static Str words_of(References *references, Node *target) {
    Resolution *r = references->r;
    Str *known = strmap_find(references->words, target->more->id);
    if (known) return *known;
    const Node *node = node_child(target, NODE_CAPTION);
    if (!node) node = node_child(target, NODE_BOX_TITLE);
    if (!node) node = node_child(target, NODE_HEADING);
    if (!node) node = node_child(target, NODE_IMAGE);
    Str words = words_cut(r->arena, words_clean(r->arena, node_text(r->arena, node ? node : target)), WORDS_LIMIT);
    Str *kept = NEW(r->arena, Str);
    *kept = words.n ? words : target->more->id;
    strmap_put(references->words, target->more->id, kept);
    return *kept;
}

/* What stands over a table is also what running text calls it; but not in the same case in every language. */
static Label label_in_text(Label label) {
    switch ((int)label) {
    case LABEL_TABLE_N: return LABEL_TABLE_REFERENCE;
    case LABEL_FIGURE_N: return LABEL_FIGURE_REFERENCE;
    case LABEL_BOX_N: return LABEL_BOX_REFERENCE;
    default: return label;
    }
}

/* Words marked in a numbered paragraph are cited by its number. */
static const Node *cited_node(const Node *target) {
    const Node *paragraph = tree_kind(target->kind)->level >= LEVEL_INLINE ? node_ancestor(target, NODE_PARAGRAPH) : NULL;
    return paragraph && paragraph->more->label.n ? paragraph : target;
}

static Str label_of(References *references, Node *target, Str language, bool number_alone) {
    Resolution *r = references->r;
    if (target->kind == NODE_FIGURES) target = target->first;
    const Numbered *numbered = strmap_find(r->numbered, cited_node(target)->more->id);
    if (!numbered) return words_of(references, target);
    Str number = str_format(r->arena, "%d", (int)numbered->number);
    return number_alone ? number : label_format(r->arena, language, label_in_text(numbered->label), number, (Str){0});
}

static void add_text(Resolution *r, Node *link, Str words) {
    if (words.n) node_append(link, text_new(r->arena, words, link, true));
}

bool reference_resolve(References *references, Node *link, Str language, bool blank) {
    Resolution *r = references->r;
    Str name = str_slice(link->more->target, 1, link->more->target.n);
    Node *target = ids_find(r->ids, name);
    if (!target) target = ids_find(r->ids, address_decode(r->arena, name));
    if (!target) return false;
    node_more(r->arena, link)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(target->more->id));
    if (!blank) return true;
    while (link->first) node_unlink(link->first);
    bool number_alone = node_has_class(link, "number"); /* "paragraphs 3 to 7" */
    if (node_has_class(link, "page"))
        page_append(r, link, number_alone ? STR("%1") : label_text(language, LABEL_PAGE_N), link->more->target);
    else
        add_text(r, link, label_of(references, target, language, number_alone));
    return true;
}

void page_append(Resolution *r, Node *link, Str pattern, Str target) {
    size_t at = 0;
    while (at < pattern.n && !str_starts(str_slice(pattern, at, pattern.n), STR("%1"))) at++;
    Str before = str_slice(pattern, 0, at);
    bool spaced = str_ends(before, STR(" "));
    add_text(r, link, spaced ? str_format(r->arena, STR_FMT "\u00A0", STR_ARG(str_trim(before))) : before);
    Node *page = node_new(r->arena, NODE_PAGE_REFERENCE, link->line, link->column);
    page->generated = true;
    node_more(r->arena, page)->target = target;
    node_append(link, page);
    add_text(r, link, str_slice(pattern, at + 2, pattern.n));
}

static bool is_words_of_target(const Node *node) {
    return node->kind == NODE_HEADING || node->kind == NODE_CAPTION || node->kind == NODE_BOX_TITLE || node->kind == NODE_TITLE;
}

/* Links in headings and captions come first: others say what these say. */
static void resolve_where(Resolution *r, bool in_words) {
    References *references = references_new(r);
    LanguageWalk walk = language_walk(r);
    const Node *words_end = NULL;
    bool inside = false;
    for (Node *node = r->tree->root; node;
         node = in_words && !inside ? language_next_block(&walk, node) : language_next(&walk, node)) {
        if (node == words_end) inside = false;
        if (is_words_of_target(node)) {
            inside = true;
            words_end = node_next_after(node, r->tree->root);
        }
        if (node->kind != NODE_LINK || inside != in_words || !str_starts(node->more->target, STR("#"))) continue;
        if (reference_resolve(references, node, language_at(&walk, node), link_is_blank(node))) node->value = LINK_RESOLVED;
    }
}

void resolve_references(Resolution *r) {
    if (r->written[NODE_LINK] == 0) return;
    resolve_where(r, true);
    resolve_where(r, false);
}
