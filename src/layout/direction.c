/* Which way blocks, and words in another language inside them, run (UAX #9). Both outputs go by it.
 *
 * A block runs as its language does, else as its first strong letter outside words in another language does (P2, P3), else as its first
 * strong letter. Words whose language the author states are set apart where they run against what is round them, as if FSI and PDI stood
 * there (X5c): so neither a number nor a bracket beside them is drawn in. A list runs as the first words of its items do,
 * and so does an item that has nothing but figures.
 */
#include "layout/compose.h"

static bool has_language(const Node *node) { return node->more->language.n > 0 && tree_kind(node->kind)->level == LEVEL_INLINE; }

/* The first strong letter of what a node holds; `all`: also of words that have a language of their own. */
static Strong node_strong(const Node *node, bool all) {
    Strong found = STRONG_NONE;
    for (const Node *n = node->first; n && found == STRONG_NONE;) {
        if (n->kind == NODE_TEXT || n->kind == NODE_CODE) found = text_strong(n->text);
        n = !all && has_language(n) ? node_next_after(n, node) : node_next(n, node);
    }
    return found;
}

/* The lists whose items begin with this block, from the innermost that is not decided on. */
static void lists_decide(uint8_t *runs, uint8_t *decided, const Node *block, bool backwards) {
    const Node *item = block->parent;
    while (item && item->kind == NODE_ITEM && item->parent && item->parent->kind == NODE_LIST) {
        const Node *list = item->parent;
        if (decided[list->number]) return;
        decided[list->number] = 1;
        if (backwards) runs[list->number] |= RUNS_BACKWARDS;
        item = list->parent;
    }
}

const uint8_t *directions_find(Arena *arena, Arena *scratch, const Tree *tree) {
    uint8_t *runs = NEW_ARRAY(arena, uint8_t, (size_t)tree->count + 1);
    uint8_t *languages = NEW_ARRAY(scratch, uint8_t, (size_t)tree->count + 1); /* by node: its language runs from right to left */
    uint8_t *decided = NEW_ARRAY(scratch, uint8_t, (size_t)tree->count + 1); /* by node: its words or language say how it runs */
    for (NodeNumber i = 0; i < tree->count; i++) { /* a parent's number is less than its children's */
        const Node *node = tree->nodes[i];
        KindLevel level = tree_kind(node->kind)->level;
        bool backwards = node->parent ? languages[node->parent->number] : language_is_right_to_left(tree_language(tree, node));
        if (node->more->language.n) backwards = language_is_right_to_left(node->more->language);
        languages[i] = backwards ? RUNS_BACKWARDS : 0;
        if (node->kind == NODE_LIST) {
            runs[i] = decided[i] = languages[i];
        } else if (level == LEVEL_TEXT_BLOCK) {
            Strong strong = backwards ? STRONG_RIGHT_TO_LEFT : node_strong(node, false);
            if (strong == STRONG_NONE) strong = node_strong(node, true);
            runs[i] = strong == STRONG_RIGHT_TO_LEFT ? RUNS_BACKWARDS : 0;
            decided[i] = strong != STRONG_NONE;
            if (decided[i]) lists_decide(runs, decided, node, runs[i] != 0);
        }
    }
    for (NodeNumber i = 0; i < tree->count; i++) {
        const Node *node = tree->nodes[i];
        KindLevel level = tree_kind(node->kind)->level;
        uint8_t round = !node->parent ? languages[i] : runs[node->parent->number] & RUNS_BACKWARDS;
        Strong strong = STRONG_NONE; /* then it runs as what it stands in */
        if (level == LEVEL_INLINE && has_language(node)) strong = languages[i] ? STRONG_RIGHT_TO_LEFT : node_strong(node, false);
        if (strong != STRONG_NONE)
            runs[i] = strong == STRONG_RIGHT_TO_LEFT ? RUNS_BACKWARDS : 0;
        else if (level == LEVEL_INLINE ||
                 (!decided[i] && (level == LEVEL_BLOCK || (level == LEVEL_TEXT_BLOCK && node->parent->kind == NODE_ITEM))))
            runs[i] = round;
        if (level == LEVEL_INLINE && runs[i] != round) runs[i] |= RUNS_APART;
    }
    return runs;
}

bool list_is_turned(const Composer *c, const Node *node) {
    const Node *list = node->kind == NODE_ITEM ? node->parent : node;
    return list && list->kind == NODE_LIST && ((c->runs[list->number] & RUNS_BACKWARDS) != 0) != c->mirrored;
}

/* ---- Words set apart in a block ------------------------------------------------------------------------------------------- */

void isolates_meet(Composer *c, Isolates *isolates, const Node *node, const Node *block, uint32_t at) {
    while (isolates->open.count > 0 && isolates->open.items[isolates->open.count - 1].after == node)
        isolates->items[isolates->open.items[--isolates->open.count].index].end = at;
    if (!node || !(c->runs[node->number] & RUNS_APART)) return;
    *PUSH(c->scratch, &isolates->open, OpenIsolate) = (OpenIsolate){node_next_after(node, block), isolates->count};
    *PUSH(c->scratch, isolates, Isolate) = (Isolate){at, at, c->runs[node->number] & RUNS_BACKWARDS};
}
