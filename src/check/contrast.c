/* Contrast of text with what it stands on, as the sheet has it (WCAG 2.2, 1.4.3). Each pair of colours is reported once, where it first
 * stands in the document. Paper is white; the dark page of a reading system the style sheet of the EPUB answers for.
 */
#include "check/internal.h"

#define LARGE LU_FROM_PT(18)
#define LARGE_BOLD LU_FROM_PT(14)
#define PAIR_LIMIT 64

typedef struct {
    Colour text, ground;
    bool large;
} Pair;

static bool colours_equal(Colour a, Colour b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

static bool pair_known(const Pair *pairs, uint32_t count, const Pair *pair) {
    for (uint32_t i = 0; i < count; i++)
        if (colours_equal(pairs[i].text, pair->text) && colours_equal(pairs[i].ground, pair->ground) &&
            pairs[i].large == pair->large)
            return true;
    return false;
}

static void pair_check(Diags *d, const Tree *tree, const Node *leaf, const Pair *pair) {
    uint32_t contrast = colour_contrast(pair->text, pair->ground), least = pair->large ? 3000 : 4500;
    if (contrast >= least) return;
    diag(d, DIAG_WARNING, "contrast", node_place(tree, leaf), "choose a darker colour in the sheet, or a paler ground",
        "the sheet sets this in #%02x%02x%02x on #%02x%02x%02x, a contrast of %u.%02u:1; text%s needs %u.%u:1", pair->text.r,
        pair->text.g, pair->text.b, pair->ground.r, pair->ground.g, pair->ground.b, (unsigned)(contrast / 1000),
        (unsigned)(contrast % 1000 / 10), pair->large ? " of this size" : "", (unsigned)(least / 1000),
        (unsigned)(least % 1000 / 100));
}

void contrast_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    Pair pairs[PAIR_LIMIT];
    uint32_t count = 0;
    Colour *grounds = NEW_ARRAY(d->arena, Colour, tree->count); /* by node number: parents come first */
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *node = tree->nodes[n];
        const Style *style = style_of(layout->styles, node);
        grounds[n] = style->has_background ? style->background
                     : node->parent        ? grounds[node->parent->number]
                                           : (Colour){255, 255, 255};
        bool text = node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK;
        if (!text || utf8_is_blank(node->text)) continue;
        Pair pair = {style->colour, grounds[n], style->size >= (style->bold ? LARGE_BOLD : LARGE)};
        if (pair_known(pairs, count, &pair)) continue;
        if (count < PAIR_LIMIT) pairs[count++] = pair;
        pair_check(d, tree, node, &pair);
    }
}
