/* Contrast of text with what it stands on, as the sheet has it (WCAG 2.2, 1.4.3). Each pair of colours is reported once for each rule
 * of the sheet, where it first stands in the document.
 *
 * Paper is white. By night the EPUB's colours are mixed so that whatever has its contrast on white has it there, too (style/colour.c): so
 * what is judged here is what the sheet says.
 */
#include "check/internal.h"

#define CONTRAST 4500 /* thousandths */
#define CONTRAST_LARGE 3000
#define SIZE_LARGE LU_FROM_PT(18)
#define SIZE_LARGE_BOLD LU_FROM_PT(14)

/* The name of the rule in a sheet that the look of a leaf comes from, as near as the tree tells. */
const char *look_name(const Node *leaf) {
    if (leaf->kind != NODE_TEXT && leaf->kind != NODE_LINE_BREAK) return tree_kind(leaf->kind)->name;
    return tree_kind(leaf->parent->kind)->name;
}

bool look_is_set(const Node *node) {
    return node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK ||
           node->kind == NODE_PAGE_REFERENCE || node->kind == NODE_NOTE_REFERENCE;
}

Contrasts contrasts_begin(Diags *d) { return (Contrasts){d, strmap_new(d->arena)}; }

void contrast_judge(const Contrasts *contrasts, const Style *style, Colour ground, const char *name, Place at) {
    Arena *arena = contrasts->d->arena;
    uint32_t contrast = colour_contrast(style->colour, ground);
    bool large = style->size >= SIZE_LARGE || (style->bold && style->size >= SIZE_LARGE_BOLD);
    if (contrast >= (large ? CONTRAST_LARGE : CONTRAST)) return;
    Colour c = style->colour;
    Str key = str_format(arena, "%s %02x%02x%02x %02x%02x%02x %d", name, c.r, c.g, c.b, ground.r, ground.g, ground.b, large);
    if (strmap_find(contrasts->told, key)) return;
    strmap_put(contrasts->told, key, contrasts->told);
    uint32_t tenths = contrast / 100; /* never rounded up to what it is not */
    diag(contrasts->d, DIAG_WARNING, "contrast", at,
        str_format(arena, "make the colour of “%s” in the sheet darker, or what it stands on lighter", name).p,
        "“%s” is #%02x%02x%02x on #%02x%02x%02x, a contrast of %u.%u:1; %s", name, c.r, c.g, c.b, ground.r, ground.g, ground.b,
        (unsigned)(tenths / 10), (unsigned)(tenths % 10), large ? "large type wants 3:1" : "type of its size wants 4.5:1");
}

static void node_judge(const Contrasts *contrasts, const Layout *layout, const Node *node, Colour ground) {
    const Tree *tree = layout->tree;
    const Style *style = style_of(layout->styles, node);
    if (node->kind == NODE_ITEM && style_of(layout->styles, node->parent)->marker != MARKER_NONE)
        contrast_judge(contrasts, layout->styles->marker, ground, "marker", node_place(tree, node));
    bool text = node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK;
    if (!look_is_set(node) || (text && utf8_is_blank(node->text))) return;
    if (colour_equal(style->colour, ground) && node_is_artifact(node)) return; /* drawn for nobody */
    contrast_judge(contrasts, style, ground, look_name(node), node_place(tree, node));
}

void contrast_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    Contrasts contrasts = contrasts_begin(d);
    Colour *grounds = NEW_ARRAY(d->arena, Colour, tree->count); /* by node number: parents come first */
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *node = tree->nodes[n];
        const Style *style = style_of(layout->styles, node);
        grounds[n] = style->has_background ? style->background
                     : node->parent        ? grounds[node->parent->number]
                                           : (Colour){255, 255, 255};
        node_judge(&contrasts, layout, node, grounds[n]);
    }
}
