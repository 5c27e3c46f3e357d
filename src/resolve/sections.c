/* Sections: a heading and what follows it, nested by level. Only the document's direct children: a heading inside a box or a quote
 * heads that. Sections are not marked as generated: their words are the author's. */
#include "resolve/passes.h"

#define LEVEL_DEEPEST 6

void resolve_sections(Resolution *r) {
    Node *root = r->tree->root;
    Node *open[LEVEL_DEEPEST + 1] = {0}; /* by level; open[0] is the document, and the levels in use have no gap below */
    open[0] = root;
    int32_t depth = 0;
    int32_t levels[LEVEL_DEEPEST + 1] = {0};
    for (Node *node = root->first, *next; node; node = next) {
        next = node->next;
        if (node->kind == NODE_TITLE_BLOCK || node->kind == NODE_NOTE) continue; /* notes stay at the document's end */
        if (node->kind == NODE_HEADING) {
            while (depth > 0 && levels[depth] >= node->value) depth--;
            Node *section = node_new(r->arena, NODE_SECTION, node->line, node->column);
            if (depth == 0)
                node_insert_before(node, section);
            else
                node_append(open[depth], section);
            depth++;
            levels[depth] = node->value;
            open[depth] = section;
        }
        if (depth == 0) continue;
        node_unlink(node);
        node_append(open[depth], node);
    }
}
