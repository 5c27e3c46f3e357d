/* Pull-quotes in neighbouring paragraphs: wherever their pages end, they come to stand near each other, or have no place. */
#include "check/internal.h"

/* Words in these are not pulled out, as resolve/ says of each. */
static bool is_pulled(const Node *span) {
    for (const Node *node = span->parent; node; node = node->parent)
        if (node->kind == NODE_TITLE_BLOCK || node->kind == NODE_HEADING || node->kind == NODE_TABLE ||
            node->kind == NODE_PULL_QUOTE || node->kind == NODE_BOX || node->kind == NODE_CAPTION || node->kind == NODE_NOTE ||
            (node->kind == NODE_SPAN && node_has_class(node, "pull-quote")))
            return false;
    return true;
}

void pull_quotes_check(Diags *d, const Tree *tree) {
    const Node *before = NULL;
    uint32_t paragraph = 0, paragraph_before = 0;
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        bool marked = node->kind == NODE_SPAN && node_has_class(node, "pull-quote") && is_pulled(node);
        if (node->kind == NODE_PARAGRAPH && node->parent->kind != NODE_NOTE && node->parent->kind != NODE_PULL_QUOTE) paragraph++;
        if (!marked && node->kind != NODE_PULL_QUOTE) continue;
        if (before && paragraph <= paragraph_before + 1)
            diag(d, DIAG_WARNING, "pull-quote-dense", node_place(tree, node), "leave one of them out, or mark words farther away",
                "two pull-quotes within two paragraphs: another is in line %u", (unsigned)node_place(tree, before).line);
        before = node;
        paragraph_before = paragraph;
    }
}
