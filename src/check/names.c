/* Links that say nothing to whoever cannot see them (WCAG 2.2, 2.4.4, failure F89): all that is in them is decoration. A link without
 * anything in it has become its address long before.
 */
#include "check/internal.h"

static bool says_something(const Diags *d, const Node *link) {
    for (const Node *node = link->first; node; node = node_next(node, link)) {
        if (node->kind == NODE_NOTE_REFERENCE || node->kind == NODE_PAGE_REFERENCE) return true;
        if (node->kind == NODE_IMAGE && !node->has_alt) return true; /* reported as such */
    }
    return !utf8_is_blank(node_text(d->arena, link));
}

void names_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *link = tree->nodes[n];
        if (link->kind != NODE_LINK || link->generated || node_is_artifact(link) || says_something(d, link)) continue;
        diag(d, DIAG_WARNING, "link-nameless", node_place(tree, link), "describe the image by where the link leads, or add words",
            "the link has no words: who cannot see it is not told where it leads");
    }
}
