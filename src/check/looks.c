/* Looks: what the sheet makes of the document. Contrast as WCAG 2.2 has it (1.4.3), the smallest type, justified text, lines under what is no
 * link. Each look is told once, at the first words that have it.
 *
 * By night the EPUB's colours are mixed so that whatever has its contrast on white has it there, too (style/colour.c), and the paper is
 * white: so what is judged here is what the sheet says.
 */
#include "check/internal.h"

#define CONTRAST 4500 /* thousandths */
#define CONTRAST_LARGE 3000
#define SIZE_LARGE LU_FROM_PT(18)
#define SIZE_LARGE_BOLD LU_FROM_PT(14)
#define SIZE_LEAST LU_FROM_PT(9)
#define SIZE_BODY LU_FROM_PT(12)
#define MONO_PERCENT 86 /* a size at which fixed-pitch type looks as large as other type */

typedef struct {
    Diags *d;
    const Layout *layout;
    const Tree *tree;
    Colour *grounds; /* by node number: what it stands on */
    StrMap *told;
} Looks;

/* True the first time. */
static bool tell_once(const Looks *looks, Str key) {
    if (strmap_find(looks->told, key)) return false;
    strmap_put(looks->told, key, looks->told);
    return true;
}

static Str points(Arena *arena, Lu size) {
    int tenths = (int)(((int64_t)size * 10 + LU_PT / 2) / LU_PT);
    return tenths % 10 ? str_format(arena, "%d.%d", tenths / 10, tenths % 10) : str_format(arena, "%d", tenths / 10);
}

static bool colours_equal(Colour a, Colour b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

static void contrast_judge(const Looks *looks, const Style *style, Colour ground, const char *name, Place at) {
    uint32_t contrast = colour_contrast(style->colour, ground);
    bool large = style->size >= SIZE_LARGE || (style->bold && style->size >= SIZE_LARGE_BOLD);
    if (contrast >= (large ? CONTRAST_LARGE : CONTRAST)) return;
    Colour c = style->colour;
    Str key = str_format(
        looks->d->arena, "contrast %s %02x%02x%02x %02x%02x%02x %d", name, c.r, c.g, c.b, ground.r, ground.g, ground.b, large);
    if (!tell_once(looks, key)) return;
    uint32_t tenths = contrast / 100; /* never rounded up to what it is not */
    diag(looks->d, DIAG_WARNING, "contrast", at,
        str_format(looks->d->arena, "make the colour of “%s” in the sheet darker, or what it stands on lighter", name).p,
        "“%s” is #%02x%02x%02x on #%02x%02x%02x, a contrast of %u.%u:1; %s", name, c.r, c.g, c.b, ground.r, ground.g, ground.b,
        (unsigned)(tenths / 10), (unsigned)(tenths % 10), large ? "large type wants 3:1" : "type of its size wants 4.5:1");
}

static void size_judge(const Looks *looks, const Node *leaf, const Style *style, const char *name) {
    if (style->baseline_shift || leaf->kind == NODE_NOTE_REFERENCE) return; /* small because they are raised or lowered */
    Lu least = style->family == FAMILY_MONO ? SIZE_LEAST * MONO_PERCENT / 100 : SIZE_LEAST;
    if (style->size >= least || !tell_once(looks, str_format(looks->d->arena, "size %s %d", name, (int)style->size))) return;
    diag(looks->d, DIAG_WARNING, "type-small", node_place(looks->tree, leaf),
        str_format(looks->d->arena, "set a larger size for “%s” in the sheet", name).p,
        "“%s” is set at " STR_FMT " pt; less than " STR_FMT " is too small to read", name,
        STR_ARG(points(looks->d->arena, style->size)), STR_ARG(points(looks->d->arena, least)));
}

static void underline_judge(const Looks *looks, const Node *leaf, const Style *style, const char *name) {
    if (!style->underline || node_ancestor(leaf, NODE_LINK)) return;
    if (!tell_once(looks, str_format(looks->d->arena, "underline %s", name))) return;
    diag(looks->d, DIAG_WARNING, "underline", node_place(looks->tree, leaf),
        str_format(looks->d->arena, "take “underline” from “%s” in the sheet", name).p, "“%s” is underlined, and is no link",
        name);
}

static bool is_running_text(const Node *paragraph) {
    static const NodeKind others[] = {NODE_NOTE, NODE_NOTES, NODE_FRONT, NODE_FIGURE, NODE_PULL_QUOTE, NODE_BLOCK_QUOTE};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (node_ancestor(paragraph, others[i])) return false;
    return true;
}

static void paragraph_judge(const Looks *looks, const Node *node, const Style *style) {
    bool small = style->size < SIZE_BODY, justified = style->align == TEXT_JUSTIFY;
    if ((!small && !justified) || node_is_artifact(node) || !is_running_text(node)) return;
    Place at = node_place(looks->tree, node);
    if (small && tell_once(looks, str_format(looks->d->arena, "body %d", (int)style->size)))
        diag(looks->d, DIAG_WARNING, "type-body", at, "set it at 12 pt or more in the sheet",
            "running text is set at " STR_FMT " pt; many readers need 12", STR_ARG(points(looks->d->arena, style->size)));
    if (justified && tell_once(looks, STR("justified")))
        diag(looks->d, DIAG_WARNING, "justified", at, "set “align: left” in the sheet",
            "text is justified; with even spaces between words it is easier to read");
}

/* The name of the rule in a sheet that the look of a leaf comes from, as near as the tree tells. */
static const char *look_name(const Node *leaf) {
    if (leaf->kind != NODE_TEXT && leaf->kind != NODE_LINE_BREAK) return tree_kind(leaf->kind)->name;
    return tree_kind(leaf->parent->kind)->name;
}

static bool is_set(const Node *node) {
    return node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK ||
           node->kind == NODE_PAGE_REFERENCE || node->kind == NODE_NOTE_REFERENCE;
}

static void node_judge(const Looks *looks, const Node *node) {
    const Styles *styles = looks->layout->styles;
    const Style *style = style_of(styles, node);
    Colour above = node->parent ? looks->grounds[node->parent->number] : (Colour){255, 255, 255};
    Colour ground = looks->grounds[node->number] = style->has_background ? style->background : above;
    if (node->kind == NODE_PARAGRAPH) paragraph_judge(looks, node, style);
    if (node->kind == NODE_ITEM && style_of(styles, node->parent)->marker != MARKER_NONE)
        contrast_judge(looks, styles->marker, ground, "marker", node_place(looks->tree, node));
    if (!is_set(node)) return;
    const char *name = look_name(node);
    if (colours_equal(style->colour, ground) && node_is_artifact(node)) return; /* drawn for nobody */
    contrast_judge(looks, style, ground, name, node_place(looks->tree, node));
    size_judge(looks, node, style, name);
    underline_judge(looks, node, style, name);
}

static bool furniture_any(const Furniture *furniture) { return furniture->left.n || furniture->centre.n || furniture->right.n; }

static void page_judge(const Looks *looks) {
    static const Colour paper = {255, 255, 255};
    const Styles *styles = looks->layout->styles;
    const PageStyle *page = styles->page;
    Place whole = {looks->tree->source, 0, 0};
    if (furniture_any(&page->head) || furniture_any(&page->first_head))
        contrast_judge(looks, styles->running_head, paper, "running-head", whole);
    if (furniture_any(&page->foot) || furniture_any(&page->first_foot))
        contrast_judge(looks, styles->running_foot, paper, "running-foot", whole);
    if (looks->tree->meta.paragraph_numbers) contrast_judge(looks, styles->paragraph_number, paper, "paragraph-number", whole);
    if (looks->tree->meta.marking.n) contrast_judge(looks, styles->marking, paper, "marking", whole);
}

void looks_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    Looks looks = {.d = d,
        .layout = layout,
        .tree = tree,
        .grounds = NEW_ARRAY(d->arena, Colour, tree->count ? tree->count : 1),
        .told = strmap_new(d->arena)};
    for (NodeNumber n = 0; n < tree->count; n++) node_judge(&looks, tree->nodes[n]);
    page_judge(&looks);
}
