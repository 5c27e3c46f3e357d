/* Variants of any sheet: large print, and print on paper in black.
 *
 * Large print: what the RNIB's Clear Print and the House of Commons ask for: one sans serif, black on white, ranged left, no italics, no
 * small capitals, no old-style figures or fractions, no text below the size that was asked for (but raised figures, and what stands at
 * the head and foot of pages, at 0.8 of it). A computed style is changed, not the rules: so a user's own sheet obeys, whatever it says, and children inherit what the
 * sheet meant. Both leave the CSS alone: on a screen the reader's own settings do all this.
 */
#include "style/sheet.h"

#define SHEET_PAGES 4 /* of a sheet of paper that is folded once */
#define FURNITURE_LEAST LU_FROM_PT(14)
#define SIZE_DISPLAY LU_FROM_PT(48) /* larger, and a title's long words would not fit between the margins */
#define LEADING_OF_SIZE(size) ((Lu)((int64_t)(size) * 27 / 20 / 16 * 16)) /* 1.35 of it, in quarters of a point */
#define MM(mm) ((Lu)((int64_t)(mm) * 72 * LU_PT * 10 / 254))
#define MARGIN MM(20)
#define EDGE MM(10) /* what no printer reaches, or a hand covers */
#define FOLD MM(4)  /* what binding takes */
#define TINT 242    /* 5 % grey */
#define SPACE_LINES 3

static const Colour black = {0, 0, 0}, white = {255, 255, 255};

bool variant_is_none(const Variant *variant) { return variant->large_print == 0 && !variant->print; }

static Lu scaled(Lu length, int64_t numerator, int64_t denominator) { return (Lu)(length * numerator / denominator); }

static Lu larger(Lu a, Lu b) { return a > b ? a : b; }
static Lu smaller(Lu a, Lu b) { return a < b ? a : b; }

static bool is_furniture(Pseudo pseudo) {
    return pseudo == PSEUDO_RUNNING_HEAD || pseudo == PSEUDO_RUNNING_FOOT || pseudo == PSEUDO_MARKING;
}

static bool is_text_part(NodeKind kind) {
    return kind != KIND_ANY && (tree_kind(kind)->level == LEVEL_INLINE || tree_kind(kind)->level == LEVEL_LEAF);
}

/* ---- Large print ------------------------------------------------------------------------------------------------------- */

typedef struct {
    Lu body, large;      /* the document's size, in the sheet and here */
    Lu grid, large_grid; /* and its leading */
} Scale;

static Scale scale_of(const Sheet *sheet) {
    return (Scale){
        sheet->body_size, LU_FROM_PT(sheet->variant.large_print), sheet->page.grid, sheet->shown_page.grid};
}

static void enlarge_size(const Scale *s, const Varied *of, const Style *style, Style *out) {
    Lu full = scaled(style->size, s->large, s->body), least = s->large;
    if (is_furniture(of->pseudo))
        least = larger(s->large * 4 / 5, FURNITURE_LEAST);
    else if (style->baseline_shift != 0)
        least = s->large * 4 / 5;
    out->size = larger(smaller(full, larger(SIZE_DISPLAY, least)), least);
    Lu leading = scaled(style->leading, s->large_grid, s->grid);
    if (out->size < full) leading = scaled(leading, out->size, full);
    out->leading = larger(leading, out->size == s->large ? s->large_grid : out->size * 6 / 5);
    out->letter_spacing = style->letter_spacing > 0 ? scaled(style->letter_spacing, s->large, s->body) : 0;
    out->baseline_shift = scaled(style->baseline_shift, s->large, s->body);
}

/* White space grows with the lines that it is counted in; what is a large part of a page already need not. */
static Lu enlarge_space(const Scale *s, Lu length) {
    return smaller(scaled(length, s->large_grid, s->grid), larger(length, SPACE_LINES * s->large_grid));
}

static void enlarge_room(const Scale *s, const Varied *of, const Style *style, Style *out) {
    out->space_before = enlarge_space(s, style->space_before);
    out->space_after = enlarge_space(s, style->space_after);
    out->padding_top = enlarge_space(s, style->padding_top);
    out->padding_bottom = enlarge_space(s, style->padding_bottom);
    out->keep_short = scaled(style->keep_short, s->large_grid, s->grid);
    out->first_indent = scaled(style->first_indent, s->large, s->body);
    out->marker_gap = scaled(style->marker_gap, s->large, s->body);
    /* What labels hang in grows with them; other indents only take room from the lines. */
    bool hangs = of->kind == NODE_ITEM || of->kind == NODE_NOTE || of->pseudo == PSEUDO_PARAGRAPH_NUMBER;
    if (hangs) out->indent_left = scaled(style->indent_left, s->large, s->body);
    if (of->kind == NODE_PULL_COPY || of->kind == NODE_PULL_QUOTE) {
        out->placement = PLACE_BETWEEN;
        out->width = out->overhang = 0;
    }
}

static void plain_type(const Varied *of, const Style *style, Style *out) {
    out->family = style->family == FAMILY_MONO ? FAMILY_MONO : FAMILY_SANS;
    out->bold = style->bold || of->emphasised;
    out->italic = out->small_capitals = out->fractions = out->drawn_scripts = out->hyphenate = false;
    out->figures = FIGURES_LINING;
    out->align = TEXT_LEFT;
    if (of->kind != NODE_BOX || !style->italic || style->border_top.width > 0) return;
    /* Italics told this box from others. */
    out->border_top = out->border_bottom = (Border){LU_PT, black};
    out->padding_top = larger(out->padding_top, out->leading / 4);
    out->padding_bottom = larger(out->padding_bottom, out->leading / 4);
}

/* ---- Black ------------------------------------------------------------------------------------------------------------- */

static bool is_pale(Colour c) { return c.r >= TINT && c.g >= TINT && c.b >= TINT; }

static Colour without_hue(Colour c) {
    if (colour_contrast(c, white) >= 3000) return black;
    uint8_t grey = (uint8_t)((c.r + c.g + c.b) / 3);
    return (Colour){grey, grey, grey};
}

static void blacken_border(Border *border, bool all) { border->colour = all ? black : without_hue(border->colour); }

static void blacken(const Varied *of, bool large, const Style *style, Style *out) {
    out->colour = black;
    out->underline = (style->underline || of->link_by_colour) && (large || !of->in_link); /* nobody can follow a link on paper */
    Border *borders[] = {&out->border_top, &out->border_right, &out->border_bottom, &out->border_left};
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++) blacken_border(borders[i], large);
    if (!style->has_background) return;
    out->has_background = !large;
    if (!large && !is_pale(style->background)) out->background = (Colour){TINT, TINT, TINT};
    if (large) out->background = black; /* none: equal styles are equal in all fields */
    if (is_text_part(of->kind)) out->bold = true; /* what was marked by its ground alone */
}

void variant_style(const Sheet *sheet, const Varied *of, const Style *style, Style *out) {
    const Variant *variant = &sheet->variant;
    bool large = variant->large_print > 0;
    *out = *style;
    if (of->pseudo == PSEUDO_WATERMARK) return;
    if (large) {
        Scale scale = scale_of(sheet);
        enlarge_size(&scale, of, style, out);
        enlarge_room(&scale, of, style, out);
        plain_type(of, style, out);
    }
    blacken(of, large, style, out);
}

/* ---- The page ---------------------------------------------------------------------------------------------------------- */

static void page_enlarge(PageStyle *page, Lu size) {
    page->grid = LEADING_OF_SIZE(size);
    page->width = MM(210);
    page->height = MM(297);
    page->margin_left = page->margin_right = MARGIN;
    page->margin_top = MM(27);
    Lu lines = (page->height - page->margin_top - MM(25)) / page->grid;
    page->margin_bottom = page->height - page->margin_top - lines * page->grid;
    page->head_baseline = MM(16);
    page->foot_baseline = MM(285);
}

/* Pages of equal margins are moved out of the fold; the measure, and so every line, is as it was. */
static void page_bind(PageStyle *page) {
    if (page->two_sided) return;
    page->two_sided = true;
    Lu fold = page->margin_left == page->margin_right && page->margin_right - FOLD >= EDGE ? FOLD : 0;
    page->margin_left += fold;
    page->margin_right -= fold;
}

const Sheet *sheet_vary(Arena *arena, const Sheet *original, const Variant *variant) {
    Sheet *sheet = NEW(arena, Sheet);
    *sheet = *original;
    Style body;
    sheet_style_of_kind(original, NODE_DOCUMENT, &body);
    sheet->body_size = body.size;
    sheet->variant = *variant;
    int32_t *size = &sheet->variant.large_print;
    if (*size != 0) *size = *size < LARGE_PRINT_LEAST ? LARGE_PRINT_LEAST : *size > LARGE_PRINT_MOST ? LARGE_PRINT_MOST : *size;
    PageStyle *page = &sheet->shown_page;
    *page = sheet->page;
    if (variant->fill_sheets) page->multiple = SHEET_PAGES;
    if (variant_is_none(variant)) return sheet;
    if (*size != 0) page_enlarge(page, LU_FROM_PT(*size));
    if (variant->print) page_bind(page);
    blacken_border(&page->head_rule, *size != 0);
    blacken_border(&page->foot_rule, *size != 0);
    return sheet;
}

const PageStyle *variant_page(Arena *arena, const Sheet *sheet, const Tree *tree, const Style *paragraph_number) {
    if (sheet->variant.large_print == 0 || !tree->meta.paragraph_numbers) return &sheet->shown_page;
    PageStyle *page = NEW(arena, PageStyle);
    *page = sheet->shown_page;
    page->margin_left = larger(page->margin_left, paragraph_number->indent_left + EDGE);
    if (page->two_sided) page->margin_right = page->margin_left; /* which is the left one on every other page */
    return page;
}
