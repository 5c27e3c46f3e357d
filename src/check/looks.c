/* Looks: what the sheet makes of the document: the smallest type, justified text, lines under what is no link, the contrast of heads and
 * feet. Each look is told once, at the first words that have it. The contrast of the document's own words is in contrast.c, since claims
 * ask for it.
 */
#include "check/internal.h"

#define SIZE_LEAST LU_FROM_PT(9)
#define SIZE_BODY LU_FROM_PT(12)
#define MONO_PERCENT 86 /* a size at which fixed-pitch type looks as large as other type */

typedef struct {
    Diags *d;
    const Layout *layout;
    const Tree *tree;
    StrMap *told;
} Looks;

static const Colour paper = {255, 255, 255};

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

static void node_judge(const Looks *looks, const Node *node) {
    const Style *style = style_of(looks->layout->styles, node);
    if (node->kind == NODE_PARAGRAPH) paragraph_judge(looks, node, style);
    if (!look_is_set(node)) return;
    size_judge(looks, node, style, look_name(node));
    underline_judge(looks, node, style, look_name(node));
}

static bool furniture_any(const Furniture *furniture) { return furniture->left.n || furniture->centre.n || furniture->right.n; }

static void page_judge(const Looks *looks) {
    const Styles *styles = looks->layout->styles;
    const PageStyle *page = styles->page;
    Contrasts contrasts = contrasts_begin(looks->d);
    Place whole = {looks->tree->source, 0, 0};
    if (furniture_any(&page->head) || furniture_any(&page->first_head))
        contrast_judge(&contrasts, styles->running_head, paper, "running-head", whole);
    if (furniture_any(&page->foot) || furniture_any(&page->first_foot))
        contrast_judge(&contrasts, styles->running_foot, paper, "running-foot", whole);
    if (looks->tree->meta.paragraph_numbers)
        contrast_judge(&contrasts, styles->paragraph_number, paper, "paragraph-number", whole);
    if (looks->tree->meta.marking.n) contrast_judge(&contrasts, styles->marking, paper, "marking", whole);
}

void looks_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    Looks looks = {.d = d, .layout = layout, .tree = tree, .told = strmap_new(d->arena)};
    for (NodeNumber n = 0; n < tree->count; n++) node_judge(&looks, tree->nodes[n]);
    page_judge(&looks);
}
