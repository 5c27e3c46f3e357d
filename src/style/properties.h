/* The one table of properties, and the one of what `page` may say. Private to style/.
 *
 * Adding a property is one line here and a field in Style; reading, inheritance, interning and the dump follow the table. CSS that
 * is more than "property: value" is in css_rules.c. The order matters in one way: what others are computed from stands first (the size
 * for em, the colour for a border that names none).
 */
#ifndef BRIEF_STYLE_PROPERTIES_H
#define BRIEF_STYLE_PROPERTIES_H

#include "style/style.h"

typedef enum {
    TYPE_SIZE,       /* a length above zero; em is the parent's size */
    TYPE_LEADING,    /* a length above zero */
    TYPE_LENGTH,     /* a length, not negative */
    TYPE_OFFSET,     /* a length of either sign */
    TYPE_SHIFT,      /* as OFFSET, and the parent's is added: a superscript in a superscript stands higher */
    TYPE_COLOUR,
    TYPE_BACKGROUND, /* a colour or "none" */
    TYPE_BORDER,     /* "1.5pt #003366", "1pt" in the text's colour, or "none" */
    TYPE_BOOL,
    TYPE_FAMILY,
    TYPE_FIGURES,
    TYPE_ALIGN,
    TYPE_MARKER,
    TYPE_PLACEMENT,
    TYPE_SIDE,
    TYPE_FURNITURE,  /* page only: {left, centre, right}, or "none" */
    TYPE_PAPER,      /* page only: sets width and height */
} PropertyType;

/* PROPERTY(constant, name, field of Style, type, inherited, initial value, CSS property; "" when css_rules.c makes more of it) */
#define PROPERTIES(PROPERTY) \
    PROPERTY(SIZE, "size", size, TYPE_SIZE, true, "12pt", "font-size") \
    PROPERTY(COLOUR, "colour", colour, TYPE_COLOUR, true, "black", "color") \
    PROPERTY(FAMILY, "family", family, TYPE_FAMILY, true, "sans", "font-family") \
    PROPERTY(BOLD, "bold", bold, TYPE_BOOL, true, "false", "font-weight") \
    PROPERTY(ITALIC, "italic", italic, TYPE_BOOL, true, "false", "font-style") \
    PROPERTY(UNDERLINE, "underline", underline, TYPE_BOOL, true, "false", "") \
    PROPERTY(STRIKE, "strike", strike, TYPE_BOOL, true, "false", "") \
    PROPERTY(TABULAR, "tabular", tabular, TYPE_BOOL, true, "false", "") /* these three are one in CSS */ \
    PROPERTY(FIGURES, "figures", figures, TYPE_FIGURES, true, "lining", "") \
    PROPERTY(FRACTIONS, "fractions", fractions, TYPE_BOOL, true, "false", "") \
    PROPERTY(DRAWN_SCRIPTS, "drawn-scripts", drawn_scripts, TYPE_BOOL, true, "true", "") /* readers scale: few know font-variant-position */ \
    PROPERTY(SMALL_CAPITALS, "small-capitals", small_capitals, TYPE_BOOL, true, "false", "font-variant-caps") \
    PROPERTY(LEADING, "leading", leading, TYPE_LEADING, true, "1line", "line-height") \
    PROPERTY(LETTER_SPACING, "letter-spacing", letter_spacing, TYPE_OFFSET, true, "0", "letter-spacing") \
    PROPERTY(BASELINE_SHIFT, "baseline-shift", baseline_shift, TYPE_SHIFT, true, "0", "vertical-align") \
    PROPERTY(BACKGROUND, "background", background, TYPE_BACKGROUND, false, "none", "background-color") \
    PROPERTY(ALIGN, "align", align, TYPE_ALIGN, true, "left", "text-align") \
    PROPERTY(FIRST_INDENT, "first-indent", first_indent, TYPE_OFFSET, false, "0", "text-indent") \
    PROPERTY(SPACE_BEFORE, "space-before", space_before, TYPE_LENGTH, false, "0", "margin-top") \
    PROPERTY(SPACE_AFTER, "space-after", space_after, TYPE_LENGTH, false, "0", "margin-bottom") \
    PROPERTY(INDENT_LEFT, "indent-left", indent_left, TYPE_LENGTH, false, "0", "margin-left") \
    PROPERTY(INDENT_RIGHT, "indent-right", indent_right, TYPE_LENGTH, false, "0", "margin-right") \
    PROPERTY(PADDING_TOP, "padding-top", padding_top, TYPE_LENGTH, false, "0", "padding-top") \
    PROPERTY(PADDING_RIGHT, "padding-right", padding_right, TYPE_LENGTH, false, "0", "padding-right") \
    PROPERTY(PADDING_BOTTOM, "padding-bottom", padding_bottom, TYPE_LENGTH, false, "0", "padding-bottom") \
    PROPERTY(PADDING_LEFT, "padding-left", padding_left, TYPE_LENGTH, false, "0", "padding-left") \
    PROPERTY(BORDER_TOP, "border-top", border_top, TYPE_BORDER, false, "none", "border-top") \
    PROPERTY(BORDER_RIGHT, "border-right", border_right, TYPE_BORDER, false, "none", "border-right") \
    PROPERTY(BORDER_BOTTOM, "border-bottom", border_bottom, TYPE_BORDER, false, "none", "border-bottom") \
    PROPERTY(BORDER_LEFT, "border-left", border_left, TYPE_BORDER, false, "none", "border-left") \
    PROPERTY(KEEP_WITH_NEXT, "keep-with-next", keep_with_next, TYPE_BOOL, false, "false", "break-after") \
    PROPERTY(KEEP_TOGETHER, "keep-together", keep_together, TYPE_BOOL, false, "false", "break-inside") \
    PROPERTY(KEEP_SHORT, "keep-short", keep_short, TYPE_LENGTH, false, "0", "") \
    PROPERTY(BREAK_BEFORE, "break-before", break_before, TYPE_BOOL, false, "false", "break-before") \
    PROPERTY(EXPAND, "expand", expand, TYPE_BOOL, false, "false", "") \
    PROPERTY(HANG, "hang", hang, TYPE_BOOL, false, "false", "") \
    PROPERTY(HYPHENATE, "hyphenate", hyphenate, TYPE_BOOL, true, "false", "hyphens") \
    PROPERTY(MARKER, "marker", marker, TYPE_MARKER, false, "none", "list-style-type") \
    PROPERTY(MARKER_GAP, "marker-gap", marker_gap, TYPE_LENGTH, true, "0", "") \
    PROPERTY(PLACEMENT, "placement", placement, TYPE_PLACEMENT, false, "between", "") \
    PROPERTY(SIDE, "side", side, TYPE_SIDE, false, "right", "") \
    PROPERTY(WIDTH, "width", width, TYPE_LENGTH, false, "0", "") \
    PROPERTY(OVERHANG, "overhang", overhang, TYPE_LENGTH, false, "0", "") \
    PROPERTY(GAP, "gap", gap, TYPE_LENGTH, false, "0", "")

typedef enum {
#define PROPERTY(constant, name, field, type, inherited, initial, css) PROPERTY_##constant,
    PROPERTIES(PROPERTY)
#undef PROPERTY
    PROPERTY_COUNT
} PropertyId;

/* A name for several properties at once. SHORTHAND(name, first of four properties that stand in a row) */
#define SHORTHANDS(SHORTHAND) \
    SHORTHAND("padding", PROPERTY_PADDING_TOP) \
    SHORTHAND("border", PROPERTY_BORDER_TOP)

/* PAGE_PROPERTY(constant, name, field of PageStyle, type, initial value). The grid stands first: `line` is its length. */
#define PAGE_PROPERTIES(PAGE_PROPERTY) \
    PAGE_PROPERTY(GRID, "grid", grid, TYPE_LEADING, "17pt") \
    PAGE_PROPERTY(PAPER, "paper", width, TYPE_PAPER, "A4") \
    PAGE_PROPERTY(WIDTH, "width", width, TYPE_LEADING, "210mm") \
    PAGE_PROPERTY(HEIGHT, "height", height, TYPE_LEADING, "297mm") \
    PAGE_PROPERTY(MARGIN_TOP, "margin-top", margin_top, TYPE_LENGTH, "25mm") \
    PAGE_PROPERTY(MARGIN_RIGHT, "margin-right", margin_right, TYPE_LENGTH, "25mm") \
    PAGE_PROPERTY(MARGIN_BOTTOM, "margin-bottom", margin_bottom, TYPE_LENGTH, "25mm") \
    PAGE_PROPERTY(MARGIN_LEFT, "margin-left", margin_left, TYPE_LENGTH, "25mm") \
    PAGE_PROPERTY(TWO_SIDED, "two-sided", two_sided, TYPE_BOOL, "false") \
    PAGE_PROPERTY(ROMAN_FRONT, "roman-front", roman_front, TYPE_BOOL, "true") \
    PAGE_PROPERTY(HEAD, "head", head, TYPE_FURNITURE, "none") \
    PAGE_PROPERTY(FIRST_HEAD, "first-head", first_head, TYPE_FURNITURE, "none") \
    PAGE_PROPERTY(FOOT, "foot", foot, TYPE_FURNITURE, "none") \
    PAGE_PROPERTY(FIRST_FOOT, "first-foot", first_foot, TYPE_FURNITURE, "none") \
    PAGE_PROPERTY(HEAD_BASELINE, "head-baseline", head_baseline, TYPE_LENGTH, "15mm") \
    PAGE_PROPERTY(FOOT_BASELINE, "foot-baseline", foot_baseline, TYPE_LENGTH, "284mm") \
    PAGE_PROPERTY(HEAD_RULE, "head-rule", head_rule, TYPE_BORDER, "none") \
    PAGE_PROPERTY(FOOT_RULE, "foot-rule", foot_rule, TYPE_BORDER, "none")

typedef enum {
#define PAGE_PROPERTY(constant, name, field, type, initial) PAGE_##constant,
    PAGE_PROPERTIES(PAGE_PROPERTY)
#undef PAGE_PROPERTY
    PAGE_PROPERTY_COUNT
} PagePropertyId;

typedef struct {
    Str name;
    PropertyType type;
    bool inherited;
    size_t offset; /* of its field in Style or PageStyle; TYPE_BACKGROUND has `has_background` besides */
    Str initial;
    Str css;
} Property;

extern const Property style_properties[PROPERTY_COUNT];
extern const Property page_properties[PAGE_PROPERTY_COUNT];

#endif
