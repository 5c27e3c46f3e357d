/* A sheet's rules as CSS blocks.
 *
 * What is absolute on paper is relative on a screen: the document's size is the reader's own (1rem), and every other length keeps its
 * ratio to it. Colours are relative, too: a dark one is the reader's own text colour mixed with a brighter hue, in such a measure that
 * black text gives exactly the sheet's colour, and white text on a dark page a light one. A pale one is a translucent layer. So all
 * stays legible on whatever page the reader has chosen. A reading system that cannot mix keeps the reader's colour.
 */
#include "style/css.h"

/* ---- Values ------------------------------------------------------------------------------------------------------------ */

void css_number(Buf *out, int64_t numerator, int64_t denominator, const char *unit) {
    bool negative = numerator < 0;
    int64_t thousandths = ((negative ? -numerator : numerator) * 2000 + denominator) / (2 * denominator);
    if (thousandths == 0) {
        buf_add_char(out, '0');
        return;
    }
    if (negative) buf_add_char(out, '-');
    buf_add_int(out, thousandths / 1000);
    int64_t rest = thousandths % 1000;
    if (rest > 0) buf_add_char(out, '.');
    for (int64_t place = 100; rest > 0; place /= 10) {
        buf_add_char(out, (char)('0' + rest / place));
        rest %= place;
    }
    buf_add_c(out, unit);
}

void css_lu(const CssWriter *w, Lu length) { css_number(w->out, length, w->body.size, "rem"); }

static void add_length(const CssWriter *w, Length length) {
    if (length.unit == UNIT_EM)
        css_number(w->out, length.amount, MILLION, "em");
    else
        css_lu(w, length_compute(length, w->body.size, w->sheet->page.grid));
}

static void add_colour(Buf *out, Colour c) {
    static const char digits[] = "0123456789abcdef";
    const char hex[] = {
        '#', digits[c.r >> 4], digits[c.r & 15], digits[c.g >> 4], digits[c.g & 15], digits[c.b >> 4], digits[c.b & 15]};
    buf_add(out, (Str){hex, sizeof hex});
}

static const Colour white = {255, 255, 255};

/* The layer of least opacity that makes this colour of white paper: white × (1 − alpha) + layer × alpha. Fills in `layer`. */
static int32_t tint_alpha(Colour c, Colour *layer) {
    uint8_t least = c.r < c.g ? c.r : c.g;
    if (c.b < least) least = c.b;
    int32_t alpha = 255 - least;
    if (alpha > 0)
        *layer = (Colour){(uint8_t)(255 * (c.r - least) / alpha), (uint8_t)(255 * (c.g - least) / alpha),
            (uint8_t)(255 * (c.b - least) / alpha)};
    return alpha;
}

static void add_layer(Buf *out, Colour c, int32_t alpha, int32_t of) {
    buf_format(out, "rgba(%d, %d, %d, ", c.r, c.g, c.b);
    css_number(out, alpha, of, ")");
}

/* A background on which white can be read: it stays as it is, day and night, and so does the text that its rule sets on it. */
static bool is_solid(const Value *background) {
    return background && background->has_colour && colour_contrast(background->colour.rgb, white) >= 4500;
}

static void add_background(Buf *out, const Value *value, CssPass pass) {
    Colour layer = {0, 0, 0};
    int32_t alpha = value->has_colour ? tint_alpha(value->colour.rgb, &layer) : 0;
    if (alpha == 0)
        buf_add_c(out, "transparent");
    else if (is_solid(value))
        add_colour(out, value->colour.rgb);
    else if (pass == CSS_DARK) /* stronger, or it would not be seen; and not so strong that it hides dark text either */
        add_layer(
            out, (Colour){(uint8_t)(128 + layer.r / 4), (uint8_t)(128 + layer.g / 4), (uint8_t)(128 + layer.b / 4)}, 18, 100);
    else
        add_layer(out, layer, alpha, 255);
}

static void add_share(Buf *out, uint32_t percent) {
    buf_add_c(out, "color-mix(in srgb, currentColor ");
    buf_add_int(out, percent);
    buf_add_c(out, "%, ");
}

/* A dark colour as a mixture with the text's own; a pale one as so much of the text's own. */
static void add_mixture(Buf *out, Colour c) {
    uint32_t share;
    Colour hue;
    if (colour_split(c, &share, &hue)) {
        add_share(out, share);
        add_colour(out, hue);
        buf_add_char(out, ')');
    } else {
        uint32_t grey = (c.r + c.g + c.b) / 3u;
        add_share(out, (255 - grey) * 100 / 255);
        buf_add_c(out, "transparent)");
    }
}

static void add_border_width(const CssWriter *w, Lu width) {
    /* A rule is as thick on any page, whatever the type's size. */
    css_number(w->out, (int64_t)width * 4, LU_PT * 3, "px solid ");
}

static void add_border(const CssWriter *w, Str name, const Value *value, const Value *text) {
    Lu width = length_compute(value->length, w->body.size, w->sheet->page.grid);
    if (width == 0) {
        buf_add_c(w->out, "none");
        return;
    }
    add_border_width(w, width);
    buf_add_c(w->out, "currentColor");
    if (!value->has_colour || (text && colour_equal(text->colour.rgb, value->colour.rgb))) return; /* the text's, mixed already */
    buf_add_c(w->out, ";\n  ");
    buf_add(w->out, name);
    buf_add_c(w->out, "-color: ");
    add_mixture(w->out, value->colour.rgb);
}

/* Text on a solid ground, and text too pale for white paper, which then stands on a solid ground, is meant as it is. */
bool css_is_mixed(const CssWriter *w, const Value *colour, const Value *background) {
    Colour c = colour->colour.rgb;
    return !is_solid(background) && colour_contrast(c, white) >= 4500 && !colour_equal(c, w->body.colour);
}

static void add_text_colour(const CssWriter *w, const Value *value, const Value *background) {
    Colour c = value->colour.rgb;
    if (is_solid(background) || colour_contrast(c, white) < 4500) {
        add_colour(w->out, c);
        return;
    }
    buf_add_c(w->out, "inherit");
    if (colour_equal(c, w->body.colour)) return;
    buf_add_c(w->out, ";\n  color: ");
    add_mixture(w->out, c);
}

static void add_leading(const CssWriter *w, const Value *leading, const Value *size) {
    if (leading->length.unit == UNIT_EM) {
        css_number(w->out, leading->length.amount, MILLION, "");
        return;
    }
    Lu em = size ? length_compute(size->length, w->body.size, w->sheet->page.grid) : w->body.size;
    css_number(w->out, length_compute(leading->length, em, w->sheet->page.grid), em > 0 ? em : w->body.size, "");
}

/* Alone, "monospace" has browsers begin from 13px and not from the reader's size. */
static const char *const families[] = {"sans-serif", "serif", "monospace, monospace"};
static const char *const alignments[] = {"start", "justify", "center", "end"};
static const char *const markers[] = {
    "none", "disc", "\"\\2013\\00a0\\00a0\"", "circle", "square", "decimal", "lower-alpha", "lower-roman"};

/* The sheet's own family is named first: who has it, sees it. It is not in the book, whose faces are its reader's. */
static void add_family(const CssWriter *w, int32_t family) {
    Str name = w->sheet->family_names[family];
    if (name.n > 0) buf_add_char(w->out, '"');
    for (size_t i = 0; i < name.n; i++) /* what would end the string is in no real name */
        if (name.p[i] != '"' && name.p[i] != '\\' && (unsigned char)name.p[i] >= ' ') buf_add_char(w->out, name.p[i]);
    if (name.n > 0) buf_add_c(w->out, "\", ");
    buf_add_c(w->out, families[family]);
}

/* The value of a property that is neither colour, length nor border. */
static const char *keyword(PropertyId id, int32_t choice) {
    if (id == PROPERTY_ALIGN) return alignments[choice];
    if (id == PROPERTY_MARKER) return markers[choice];
    if (id == PROPERTY_BOLD) return choice ? "bold" : "normal";
    if (id == PROPERTY_ITALIC) return choice ? "italic" : "normal";
    if (id == PROPERTY_SMALL_CAPITALS) return choice ? "small-caps" : "normal";
    if (id == PROPERTY_KEEP_WITH_NEXT || id == PROPERTY_KEEP_TOGETHER) return choice ? "avoid" : "auto";
    if (id == PROPERTY_BREAK_BEFORE) return choice ? "page" : "auto";
    if (id == PROPERTY_HYPHENATE) return choice ? "auto" : "manual";
    return "";
}

/* ---- Declarations ------------------------------------------------------------------------------------------------------ */

typedef struct {
    const Value *by_property[PROPERTY_COUNT]; /* what one rule says, the last word on each */
    const Value *text; /* the text's colour, from this rule or another of the same selector */
    const Selector *selector;
    bool is_document;
    bool is_label; /* the number of a paragraph: css.c says where it hangs */
} Block;

static void open_declaration(const CssWriter *w, Str name) {
    buf_add_c(w->out, "  ");
    buf_add(w->out, name);
    buf_add_c(w->out, ": ");
}

static void add_light(const CssWriter *w, const Block *block, PropertyId id) {
    const Property *property = &style_properties[id];
    const Value *value = block->by_property[id];
    if (property->css.n == 0) return;
    open_declaration(w, property->css);
    switch (property->type) {
    case TYPE_SIZE:
    case TYPE_LENGTH:
    case TYPE_OFFSET:
    case TYPE_SHIFT: add_length(w, value->length); break;
    case TYPE_LEADING: add_leading(w, value, block->by_property[PROPERTY_SIZE]); break;
    case TYPE_COLOUR: add_text_colour(w, value, block->by_property[PROPERTY_BACKGROUND]); break;
    case TYPE_BACKGROUND: add_background(w->out, value, CSS_LIGHT); break;
    case TYPE_BORDER: add_border(w, property->css, value, block->text); break;
    case TYPE_FAMILY: add_family(w, value->choice); break;
    case TYPE_BOOL:
    case TYPE_FIGURES:
    case TYPE_ALIGN:
    case TYPE_MARKER: buf_add_c(w->out, keyword(id, value->choice)); break;
    case TYPE_PLACEMENT:
    case TYPE_SIDE:
    case TYPE_FURNITURE:
    case TYPE_PAPER: BUG("no CSS value for " STR_FMT, STR_ARG(property->name));
    }
    buf_add_c(w->out, ";\n");
}

/* Only tints need another value on a dark page. */
static void add_dark(const CssWriter *w, const Block *block) {
    const Value *background = block->by_property[PROPERTY_BACKGROUND];
    if (!background || !background->has_colour || is_solid(background)) return;
    open_declaration(w, style_properties[PROPERTY_BACKGROUND].css);
    add_background(w->out, background, CSS_DARK);
    buf_add_c(w->out, ";\n");
}

/* Large type is a third less large where a line holds three words of it. Leading follows: it has no unit. */
static void add_narrow(const CssWriter *w, const Block *block) {
    const Value *size = block->by_property[PROPERTY_SIZE];
    if (!size || size->length.unit == UNIT_EM) return;
    Lu full = length_compute(size->length, w->body.size, w->sheet->page.grid);
    if (full <= w->body.size * 3 / 2) return;
    buf_add_c(w->out, "  font-size: ");
    css_lu(w, w->body.size + (full - w->body.size) * 2 / 3);
    buf_add_c(w->out, ";\n");
}

/* Underline and strike are one property in CSS. */
static void add_decoration(const CssWriter *w, const Block *block) {
    const Value *underline = block->by_property[PROPERTY_UNDERLINE], *strike = block->by_property[PROPERTY_STRIKE];
    if (!underline && !strike) return;
    bool under = underline && underline->choice, through = strike && strike->choice;
    buf_format(w->out, "  text-decoration: %s%s%s;\n", under ? "underline" : "", under && through ? " " : "",
        through ? "line-through"
        : under ? ""
                : "none");
}

static bool part_equal(const Part *a, const Part *b) {
    if (a->kind != b->kind || a->level != b->level || a->pseudo != b->pseudo || a->class_count != b->class_count) return false;
    for (uint32_t i = 0; i < a->class_count; i++)
        if (a->class_ids[i] != b->class_ids[i]) return false;
    return true;
}

bool css_selector_equal(const Selector *a, const Selector *b) {
    if (a->part_count != b->part_count || a->specificity != b->specificity) return false;
    for (uint32_t i = 0; i < a->part_count; i++)
        if (!part_equal(&a->parts[i], &b->parts[i])) return false;
    return true;
}

/* Kinds of figures are one property in CSS: what this rule does not say comes from others of its selector, else from the document's. */
static void add_figures(const CssWriter *w, const Block *block) {
    bool said =
        block->by_property[PROPERTY_FIGURES] || block->by_property[PROPERTY_TABULAR] || block->by_property[PROPERTY_FRACTIONS];
    if (!said) return;
    int32_t figures = (int32_t)w->body.figures;
    bool tabular = w->body.tabular, fractions = w->body.fractions;
    for (uint32_t r = 0; r < w->sheet->rule_count; r++) {
        const Rule *rule = &w->sheet->rules[r];
        if (!css_selector_equal(&rule->selector, block->selector)) continue;
        for (uint32_t i = 0; i < rule->declarations->count; i++) {
            int32_t choice = rule->declarations->items[i].value.choice;
            PropertyId id = rule->declarations->items[i].property;
            if (id == PROPERTY_FIGURES) figures = choice;
            if (id == PROPERTY_TABULAR) tabular = choice != 0;
            if (id == PROPERTY_FRACTIONS) fractions = choice != 0;
        }
    }
    buf_format(w->out, "  font-variant-numeric: %s%s%s;\n", figures == FIGURES_OLD_STYLE ? "oldstyle-nums" : "lining-nums",
        tabular ? " tabular-nums" : "", fractions ? " diagonal-fractions" : "");
}

static void add_block(const CssWriter *w, const Block *block, CssPass pass) {
    if (pass == CSS_DARK) {
        if (!block->is_document) add_dark(w, block);
        return;
    }
    if (pass == CSS_NARROW) {
        if (!block->is_document) add_narrow(w, block);
        return;
    }
    for (int id = 0; id < PROPERTY_COUNT; id++) {
        if (!block->by_property[id]) continue;
        /* The document's size, colour and ground are the reader's. */
        if (block->is_document && (id == PROPERTY_SIZE || id == PROPERTY_COLOUR || id == PROPERTY_BACKGROUND)) continue;
        if (block->is_label && style_properties[id].type == TYPE_LENGTH) continue;
        add_light(w, block, (PropertyId)id);
    }
    add_decoration(w, block);
    add_figures(w, block);
    if (block->by_property[PROPERTY_BASELINE_SHIFT]) buf_add_c(w->out, "  line-height: 0;\n");
}

/* ---- Selectors --------------------------------------------------------------------------------------------------------- */

/* A name as CSS writes an identifier: anything but letters, digits, "-" and "_" by its code point (CSS Syntax 3 §4.3.7). */
static void add_identifier(Buf *out, Str name) {
    for (size_t at = 0; at < name.n;) {
        size_t start = at;
        uint32_t c = utf8_next(name, &at);
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && c != UTF8_BAD);
        bool later = (c >= '0' && c <= '9') || c == '-';
        if (letter || (later && start > 0))
            buf_add(out, str_slice(name, start, at));
        else
            buf_format(out, "\\%x ", (unsigned)c);
    }
}

bool css_selector(const CssWriter *w, const Selector *selector) {
    const char *css[SELECTOR_PARTS + 1][CSS_ALTERNATIVES];
    uint32_t counts[SELECTOR_PARTS + 1], ways = 1;
    Str dropped[SELECTOR_PARTS + 1];
    for (uint32_t i = 0; i < selector->part_count; i++) {
        counts[i] = part_css(&selector->parts[i], css[i], &dropped[i]);
        ways *= counts[i];
    }
    for (uint32_t way = 0; way < ways; way++) {
        if (way > 0) buf_add_c(w->out, ", ");
        uint32_t rest = way;
        for (uint32_t i = 0; i < selector->part_count; i++) {
            const Part *part = &selector->parts[i];
            if (i > 0) buf_add_char(w->out, ' ');
            /* A title's selector names its block already. */
            bool named = i > 0 && part->kind == NODE_TITLE && selector->parts[i - 1].kind == NODE_TITLE_BLOCK;
            buf_add_c(w->out, named ? "h1" : css[i][rest % counts[i]]);
            rest /= counts[i];
            for (uint32_t c = 0; c < part->class_count; c++) {
                if (str_equal(part->classes[c], dropped[i])) continue;
                buf_add_char(w->out, '.');
                add_identifier(w->out, part->classes[c]);
            }
            if (i + 1 == selector->part_count) buf_add_c(w->out, part_css_tail(part));
        }
    }
    return ways > 0;
}

/* Kinds that XHTML writes as a p with a class: a rule for paragraphs reaches them there, and must not. */
static const char classed_paragraphs[] = ".subtitle, .standfirst, .byline, .dateline, .box-title, .attribution, .front-line, "
                                         ".status, .marking-repeat, .caption, .credit, .description";

static void add_paragraph_reset(const CssWriter *w, const Block *block) {
    buf_format(w->out, "%s {\n", classed_paragraphs);
    for (int id = 0; id < PROPERTY_COUNT; id++) {
        const Property *property = &style_properties[id];
        if (!block->by_property[id] || property->css.n == 0) continue;
        open_declaration(w, property->css);
        buf_add_c(w->out, property->inherited ? "inherit;\n" : "initial;\n");
    }
    buf_add_c(w->out, "}\n");
}

static bool is_paragraph(const Selector *selector) {
    return selector->part_count == 1 && selector->parts[0].kind == NODE_PARAGRAPH && selector->parts[0].class_count == 0;
}

const Value *css_value_of(const Sheet *sheet, const Selector *selector, PropertyId property) {
    const Value *value = NULL;
    for (uint32_t r = 0; r < sheet->rule_count; r++) {
        const Rule *rule = &sheet->rules[r];
        if (!css_selector_equal(&rule->selector, selector)) continue;
        for (uint32_t i = 0; i < rule->declarations->count; i++)
            if (rule->declarations->items[i].property == property) value = &rule->declarations->items[i].value;
    }
    return value;
}

static bool has_border(const Block *block) {
    return block->by_property[PROPERTY_BORDER_TOP] || block->by_property[PROPERTY_BORDER_RIGHT] ||
           block->by_property[PROPERTY_BORDER_BOTTOM] || block->by_property[PROPERTY_BORDER_LEFT];
}

void css_rules(const CssWriter *w, CssPass pass) {
    for (uint32_t r = 0; r < w->sheet->rule_count; r++) {
        const Rule *rule = &w->sheet->rules[r];
        const Part *last = &rule->selector.parts[rule->selector.part_count - 1];
        Block block = {.selector = &rule->selector,
            .is_document = last->kind == NODE_DOCUMENT,
            .is_label = last->pseudo == PSEUDO_PARAGRAPH_NUMBER};
        for (uint32_t i = 0; i < rule->declarations->count; i++)
            block.by_property[rule->declarations->items[i].property] = &rule->declarations->items[i].value;
        if (pass == CSS_DARK && !block.by_property[PROPERTY_BACKGROUND]) continue;
        if (pass == CSS_NARROW && !block.by_property[PROPERTY_SIZE]) continue;
        /* Often one sheet has the border, and another the text's colour. */
        if (has_border(&block)) block.text = css_value_of(w->sheet, &rule->selector, PROPERTY_COLOUR);
        size_t start = w->out->n;
        if (!css_selector(w, &rule->selector)) continue;
        buf_add_c(w->out, " {\n");
        size_t inside = w->out->n;
        add_block(w, &block, pass);
        if (w->out->n == inside) {
            w->out->n = start; /* nothing in it that a screen needs */
            continue;
        }
        buf_add_c(w->out, "}\n");
        if (pass == CSS_LIGHT && is_paragraph(&rule->selector)) add_paragraph_reset(w, &block);
    }
}
