/* Emphasis that hinders reading: long italics, and lines under what is no link. */
#include "check/internal.h"

#define ITALIC_WORDS 30
#define ITALIC_PARAGRAPH 10 /* words of one that is nothing else: shorter ones are notes and credits */

static uint32_t words_count(Str text) {
    uint32_t words = 0;
    Str word;
    for (size_t at = 0; word_next(text, &at, &word);) words += word_counts(word);
    return words;
}

static bool is_whole_paragraph(const Node *node) {
    if (node->parent->kind != NODE_PARAGRAPH) return false;
    for (const Node *other = node->parent->first; other; other = other->next)
        if (other != node && other->kind != NODE_NOTE_REFERENCE && !other->artifact) return false;
    return true;
}

static void italics_check(Diags *d, const Tree *tree, const Node *node) {
    uint32_t words = words_count(node_text(d->arena, node));
    bool whole = is_whole_paragraph(node);
    if (words <= (whole ? ITALIC_PARAGRAPH - 1 : ITALIC_WORDS)) return;
    diag(d, DIAG_WARNING, "italics-long", node_place(tree, node), "keep italics for a few words",
        whole ? "a whole paragraph is in italics, %u words" : "%u words in a row are in italics", (unsigned)words);
}

/* Emphasis in emphasis is gone through with the outer one, no more than the depth of inlines. */
void emphasis_check(Diags *d, const Tree *tree) {
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *node = tree->nodes[n];
        bool line = node->kind == NODE_SPAN && node_has_class(node, "underline");
        if (node->kind != NODE_EMPHASIS && !line) continue;
        if (node_is_artifact(node)) continue;
        if (!line && !node_ancestor(node->parent, NODE_EMPHASIS)) italics_check(d, tree, node);
        if (line && !node_ancestor(node, NODE_LINK))
            diag(d, DIAG_WARNING, "underline", node_place(tree, node), "use *italics* or **bold**",
                "these words are underlined, and are no link");
    }
}
