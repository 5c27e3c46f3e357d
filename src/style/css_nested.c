/* Coloured words in coloured words.
 *
 * A colour is a mixture with the colour around it (css_rules.c). Where that is a mixture already, a second one would be another colour than
 * the sheet's, and on a dark page a dim one: a link in a caption. So what stands in words of a colour of their own has their colour: a
 * link, a note's number, a line of a caption, of a pull-quote or of a box. Links keep their underline. A sheet that wants it otherwise says
 * so by a rule for the one in the other, which comes later and is as specific.
 */
#include "style/css.h"

static bool is_first(const Sheet *sheet, uint32_t r) {
    for (uint32_t i = 0; i < r; i++)
        if (css_selector_equal(&sheet->rules[i].selector, &sheet->rules[r].selector)) return false;
    return true;
}

/* What is text by itself: words in a line, and lines that are a part of something. */
static bool may_be_inside(const Selector *selector) {
    const Part *part = &selector->parts[0];
    if (selector->part_count > 1 || part->pseudo != PSEUDO_NONE || part->kind == KIND_ANY) return false;
    KindLevel level = tree_kind(part->kind)->level;
    return level == LEVEL_INLINE || level == LEVEL_LEAF || level == LEVEL_TEXT_BLOCK;
}

/* Lines of a title block or a front, which stand nowhere else. */
static bool is_of_the_front(NodeKind kind) {
    return kind == NODE_TITLE || kind == NODE_SUBTITLE || kind == NODE_STANDFIRST || kind == NODE_BYLINE ||
           kind == NODE_DATELINE || kind == NODE_FRONT_LINE || kind == NODE_STATUS;
}

static bool may_hold(const Selector *outer, const Selector *inner) {
    const Part *part = &outer->parts[outer->part_count - 1];
    if (part->pseudo != PSEUDO_NONE || part->kind == NODE_DOCUMENT) return false;
    NodeKind kind = inner->parts[0].kind;
    bool words = tree_kind(kind)->level >= LEVEL_INLINE;
    if (part->kind == KIND_ANY) return true;
    if (part->kind == NODE_CAPTION) return words || kind == NODE_CREDIT || kind == NODE_DESCRIPTION; /* as the EPUB has them */
    if (tree_kind(part->kind)->level != LEVEL_BLOCK)
        return words && part->kind != kind && tree_kind(part->kind)->level != LEVEL_LEAF;
    if (is_of_the_front(kind)) return part->kind == NODE_TITLE_BLOCK || part->kind == NODE_FRONT || part->kind == NODE_DIV;
    return part->kind != NODE_PULL_QUOTE || words || kind == NODE_ATTRIBUTION;
}

static bool add_pair(const CssWriter *w, const Selector *outer, const Selector *inner, bool first) {
    Selector both = *outer;
    both.parts[both.part_count++] = inner->parts[0];
    size_t start = w->out->n;
    buf_add_c(w->out, first ? "" : ",\n");
    if (css_selector(w, &both)) return true;
    w->out->n = start;
    return false;
}

/* Text of a colour that is written as a mixture, where its selector stands first. */
static bool is_mixed_text(const CssWriter *w, uint32_t r) {
    const Selector *selector = &w->sheet->rules[r].selector;
    if (!may_be_inside(selector) || !is_first(w->sheet, r)) return false;
    const Value *colour = css_value_of(w->sheet, selector, PROPERTY_COLOUR);
    return colour && css_is_mixed(w, colour, css_value_of(w->sheet, selector, PROPERTY_BACKGROUND));
}

void css_nested(const CssWriter *w) {
    const Sheet *sheet = w->sheet;
    uint32_t written = 0;
    bool *mixed = NEW_ARRAY(w->out->arena, bool, sheet->rule_count);
    for (uint32_t i = 0; i < sheet->rule_count; i++) mixed[i] = is_mixed_text(w, i);
    for (uint32_t o = 0; o < sheet->rule_count; o++) { /* bounded by the sheet, which is short */
        const Selector *outer = &sheet->rules[o].selector;
        const Value *colour = css_value_of(sheet, outer, PROPERTY_COLOUR);
        if (!colour || colour_equal(colour->colour.rgb, w->body.colour) || !is_first(sheet, o)) continue;
        for (uint32_t i = 0; i < sheet->rule_count; i++) {
            const Selector *inner = &sheet->rules[i].selector;
            if (mixed[i] && may_hold(outer, inner) && add_pair(w, outer, inner, written == 0)) written++;
        }
    }
    if (written > 0) buf_add_c(w->out, " {\n  color: inherit;\n}\n");
}
