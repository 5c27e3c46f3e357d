/* Numbers through the whole document: of conclusions and recommendations, in one sequence, and of paragraphs when the front matter asks for
 * it. People cite them, so each is an id as well: "para-34", "recommendation-2". An author's own id goes before; the other then leads
 * to it all the same.
 */
#include "resolve/passes.h"

static void take_number_id(Resolution *r, Node *node, const char *prefix, Label label) {
    Str name = str_format(r->arena, "%s-%d", prefix, (int)node->value);
    if (node->more->id.n == 0) ids_take(r->ids, name, node);
    ids_name(r->ids, name, node);
    numbered_put(r, node, label, node->value);
}

static void number_recommendation(Resolution *r, Node *box, const Node *chapter, Str language) {
    bool conclusion = str_is(box->more->variant, "conclusion");
    *PUSH(r->arena, &r->recommendations, Recommendation) = (Recommendation){box, chapter, language};
    box->value = (int32_t)r->recommendations.count;
    take_number_id(
        r, box, conclusion ? "conclusion" : "recommendation", conclusion ? LABEL_CONCLUSION_N : LABEL_RECOMMENDATION_N);
}

/* One inside another is part of it, and has no number. */
static void number_recommendations(Resolution *r) {
    LanguageWalk walk = language_walk(r);
    const Node *chapter = NULL, *closed_end = NULL;
    bool closed = false;
    for (Node *node = r->tree->root; node; node = language_next_block(&walk, node)) {
        if (node == closed_end) closed = false;
        if (node->parent == r->tree->root) chapter = node->kind == NODE_SECTION ? node : NULL;
        if (closed || !box_is_recommendation(node)) continue;
        closed = true;
        closed_end = node_next_after(node, r->tree->root);
        if (!node_is_blank(node)) number_recommendation(r, node, chapter, language_at(&walk, node));
    }
}

/* What a chapter's heading says of the paragraphs below it: {paragraph-numbers=true} or false; else chapters outside the run of numbered ones,
 * {.unnumbered} and {.annex}, have none, as in a committee's report its summary, its annexes and its formal minutes. */
static bool section_is_counted(const Node *section) {
    for (; section->kind == NODE_SECTION; section = section->parent) {
        const Node *heading = section->first;
        Str said = node_attribute(heading, "paragraph-numbers");
        if (said.n) return str_is(said, "true") || str_is(said, "yes");
        bool chapter = section->parent->kind != NODE_SECTION;
        if (chapter && (node_has_class(heading, "unnumbered") || node_has_class(heading, "annex"))) return false;
    }
    return true;
}

/* Those of the running text: not in lists, quotations and boxes, but one in each conclusion and recommendation. */
static bool is_numbered(const Node *node, const Node *last) {
    if (node->kind != NODE_PARAGRAPH || node->generated || node_has_class(node, "unnumbered")) return false;
    const Node *parent = node->parent;
    if (box_is_recommendation(parent)) return parent->value > 0 && !(last && last->parent == parent);
    return (parent->kind == NODE_DOCUMENT || parent->kind == NODE_SECTION) && section_is_counted(parent);
}

void resolve_paragraph_numbers(Resolution *r) {
    number_recommendations(r);
    if (!r->tree->meta.paragraph_numbers) return;
    const Node *last = NULL;
    int32_t count = 0;
    for (Node *node = r->tree->root; node; node = node_next_block(node, r->tree->root)) {
        if (!is_numbered(node, last)) continue;
        last = node;
        node->value = ++count;
        node_more(r->arena, node)->label = str_format(r->arena, "%d.", (int)count);
        take_number_id(r, node, "para", LABEL_PARAGRAPH_N);
    }
}
