/* Headings: levels that begin where they should and skip none (ISO 14289-1 §7.4.2; WCAG 2.2, 1.3.1).
 *
 * The document's own headings are those directly in it or in plain divisions. Headings inside anything else (a box, a quote, a list
 * item) belong to what they stand in: they begin one level below the heading that they stand under.
 */
#include "resolve/passes.h"

#define LEVEL_DEEPEST 6

/* The headings that a heading stands under: their levels as written and as set, both growing. */
typedef struct {
    int32_t written[LEVEL_DEEPEST + 1], set[LEVEL_DEEPEST + 1];
    int depth;
    int32_t base; /* level of one that stands under none */
} Ladder;

static int32_t ladder_place(Ladder *ladder, int32_t written) {
    while (ladder->depth > 0 && ladder->written[ladder->depth - 1] >= written) ladder->depth--;
    int32_t set = ladder->depth > 0 ? ladder->set[ladder->depth - 1] + 1 : ladder->base;
    if (set > LEVEL_DEEPEST) set = LEVEL_DEEPEST;
    ladder->written[ladder->depth] = written; /* written levels are 1 to 6 and grow, so depth stays below 7 */
    ladder->set[ladder->depth] = set;
    ladder->depth++;
    return set;
}

static int32_t written_level(const Node *heading) {
    return heading->value < 1 ? 1 : heading->value > LEVEL_DEEPEST ? LEVEL_DEEPEST : heading->value;
}

static void remove_empty(Resolution *r) {
    Node *root = r->tree->root;
    for (Node *node = root, *next; node; node = next) {
        next = node_next_block(node, root);
        if (node->kind != NODE_HEADING || !node_is_blank(node)) continue;
        next = node_next_after(node, root);
        diag(r->d, DIAG_WARNING, "heading-empty", node_place(r->tree, node), "give it words, or take its “#” away",
            "the heading is empty; it is left out");
        node_unlink(node);
    }
}

/* The next node in reading order; *inside counts the containers that are neither the document nor divisions. */
static Node *step(Node *node, const Node *root, uint32_t *inside) {
    if (node->first && tree_kind(node->kind)->level == LEVEL_BLOCK) {
        if (node->kind != NODE_DOCUMENT && node->kind != NODE_DIV) ++*inside;
        return node->first;
    }
    while (node != root && !node->next) {
        node = node->parent;
        if (node->kind != NODE_DOCUMENT && node->kind != NODE_DIV) --*inside;
    }
    return node == root ? NULL : node->next;
}

static int32_t least_level(const Resolution *r) {
    int32_t least = LEVEL_DEEPEST;
    uint32_t inside = 0;
    for (Node *node = r->tree->root; node; node = step(node, r->tree->root, &inside)) {
        if (node->kind == NODE_HEADING && inside == 0 && written_level(node) < least) least = written_level(node);
    }
    return least;
}

/* Says what was wrong with a heading that the ladder has just placed; `shift`: by how much all are moved that it stands among. Levels
 * are told as the author wrote them. */
static void report(Resolution *r, const Node *heading, const Ladder *ladder, int32_t shift) {
    int32_t written = ladder->written[ladder->depth - 1], above = ladder->depth > 1 ? ladder->written[ladder->depth - 2] : 0;
    Place at = node_place(r->tree, heading);
    const char *hint = "give it one “#” more than the heading that it belongs under; screen readers go by the levels";
    if (above && written > above + 1) {
        diag(r->d, DIAG_WARNING, "heading-skip", at, hint,
            "a heading of level %d stands under one of level %d; it is set as one of level %d", (int)written, (int)above,
            (int)above + 1);
    } else if (!above && heading->value < written + shift) {
        diag(r->d, DIAG_WARNING, "heading-skip", at, hint,
            "no heading of a higher level stands above this one of level %d; it is set as one of the highest, level %d",
            (int)written, (int)(heading->value - shift));
    } else if (written + shift > LEVEL_DEEPEST) {
        diag(r->d, DIAG_NOTE, "heading-deep", at, NULL,
            "below the title there are only five levels of headings; it is set as one of the lowest");
    }
}

void resolve_headings(Resolution *r) {
    remove_empty(r);
    Ladder document = {.base = level_top(r)}, nested = {0};
    int32_t document_shift = document.base - least_level(r), nested_shift = 0;
    uint32_t inside = 0;
    for (Node *node = r->tree->root; node; node = step(node, r->tree->root, &inside)) {
        if (inside == 0) { /* a new container, or none: notes will stand under a heading of their own */
            nested.depth = 0;
            nested.base = document.depth ? document.set[document.depth - 1] + 1 : document.base;
            if (node->kind == NODE_NOTE) nested.base = document.base + 1;
        }
        if (node->kind != NODE_HEADING) continue;
        int32_t written = written_level(node);
        if (inside == 0) {
            node->value = ladder_place(&document, written);
            report(r, node, &document, document_shift);
            continue;
        }
        bool first = nested.depth == 0;
        node->value = ladder_place(&nested, written);
        if (first) nested_shift = node->value - written;
        report(r, node, &nested, nested_shift);
    }
}
