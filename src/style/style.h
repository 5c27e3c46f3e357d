/* style: one YAML sheet → the computed style of every node, and CSS for the EPUB from the same sheet.
 *
 * Properties are listed once, in properties.h: name, type, inherited or not, initial value, CSS property. A sheet is
 *   name, description, extends; page: {…}; colours: {name: colour}; rules: {selector: {property: value}};
 *   fonts: {sans, serif or mono: {regular, bold, italic, bold-italic: a TrueType file, named from the sheet's folder}}
 * where a selector is a node kind ("paragraph", "heading" or "heading-2", "contents-entry-1", "list"), a class (".small"), a kind and a
 * class ("box.summary"; the variant of a BOX, DIV, FRONT or CONTENTS counts as a class, and so do list.ordered, list.tight, item.task, table-row.header and
 * table-cell.header), a pseudo part ("running-head", "running-foot", "marker", "paragraph-number", "note-area", "marking",
 * "watermark"), or up to three of them with spaces between (inside); several with commas share their declarations. Special rules
 * win, as CSS counts it, then later ones; a sheet comes after the one it extends, which is "base" when it says nothing. A colour's name
 * means what the last sheet of the chain says: a user changes `accent` in one place. An unknown property, a wrong unit or a cycle of
 * `extends` is an error with file, line, column and the nearest known name.
 */
#ifndef BRIEF_STYLE_H
#define BRIEF_STYLE_H

#include "text/text.h"
#include "tree/tree.h"

typedef enum { TEXT_LEFT, TEXT_JUSTIFY, TEXT_CENTRE, TEXT_RIGHT } TextAlign;
typedef enum { PLACE_BETWEEN, PLACE_BESIDE } Placement; /* pull-quotes: across the measure, or with the text wrapped round */
typedef enum { SIDE_RIGHT, SIDE_LEFT } Side;
typedef enum { MARKER_NONE, MARKER_DISC, MARKER_DASH, MARKER_CIRCLE, MARKER_SQUARE, MARKER_DECIMAL, MARKER_ALPHA, MARKER_ROMAN } Marker;

typedef enum { FIGURES_LINING, FIGURES_OLD_STYLE } Figures;

typedef struct {
    Lu width; /* 0 = none */
    Colour colour;
} Border;

/* Computed: every length in Lu, every colour final. Equal styles are the same pointer. */
typedef struct {
    Family family;
    bool bold, italic, underline, strike, tabular, small_capitals, fractions;
    bool drawn_scripts;       /* raised and lowered characters as the face draws them, where it has them all; else made from large ones */
    Figures figures;
    Lu size, leading;         /* leading: baseline to baseline */
    Lu letter_spacing;
    Lu baseline_shift;        /* upwards */
    Colour colour;
    bool has_background;
    Colour background;
    TextAlign align;
    Lu first_indent;          /* of a paragraph's first line */
    Lu space_before, space_after;
    Lu indent_left, indent_right; /* outside border and padding */
    Lu padding_top, padding_right, padding_bottom, padding_left;
    Border border_top, border_right, border_bottom, border_left;
    bool keep_with_next, keep_together, break_before;
    Lu keep_short;            /* it is kept together, too, if it is no higher */
    bool hyphenate;
    bool hang;                /* TEXT_LEFT, TEXT_JUSTIFY: punctuation at the ends of lines stands a little out of the measure */
    bool expand;              /* TEXT_LEFT, TEXT_JUSTIFY: glyphs may be set a little wider or narrower, so that lines come out even */
    Marker marker;            /* LIST: its items' labels */
    Lu marker_gap;            /* from the label's end to the item's text; the item's indent_left is the hanging width */
    /* pull-quotes */
    Placement placement;
    Side side;
    Lu width;                 /* of a pull-quote set beside; 0 = the measure */
    Lu overhang;              /* how far it stands out into the page's margin */
    Lu gap;                   /* between it and the text round it */
    uint32_t index;           /* dense, of this computed style */
} Style;

/* What stands in the head and foot of a page: text with {title} {page} {pages} {publisher} {date} {reference} {section}. */
typedef struct {
    Str left, centre, right;
} Furniture;

typedef struct {
    Lu width, height;
    Lu margin_top, margin_right, margin_bottom, margin_left;
    Lu grid;                        /* leading of the body: baselines of running text stand on its multiples from margin_top */
    bool two_sided;                 /* margin_left is the inner margin: left pages exchange left and right */
    uint32_t multiple;              /* blank pages at the end make the count of pages a multiple of this; 0 or 1: none */
    bool roman_front;               /* pages before the text are i, ii, iii, and the text begins on page 1; else all are counted alike */
    Furniture head, first_head, foot, first_foot;
    Lu head_baseline, foot_baseline; /* from the page's top edge */
    Border head_rule, foot_rule;
} PageStyle;

typedef struct Sheet Sheet;

#define LARGE_PRINT_LEAST 16 /* points */
#define LARGE_PRINT_USUAL 20 /* what the House of Commons asks for */
#define LARGE_PRINT_MOST 28

/* What the command line asks of any sheet. Zero is: as the sheet says. */
typedef struct {
    int32_t large_print; /* body size in points: sans, all sizes at least that, A4, everything reflowed */
    bool print;          /* two-sided margins, black text, no link colour; addresses of links as notes are resolve's affair */
    bool fill_sheets;    /* blank pages at the end, to a multiple of four: sheets that are folded once */
} Variant;

/* A built-in name ("briefing") or a path of a .yaml file. NULL with a diagnostic. `at` says where the name was given. A sheet
 * that a document names is given its root, and must lie there with all that it extends and its faces; with root NULL it may lie anywhere. */
Sheet *sheet_open(Arena *arena, Diags *d, Str name_or_path, Place at, const Root *root);
/* The files that it was read from, those of the program left out: itself, what it extends, its faces. */
typedef struct {
    Str name; /* where it was found: from the root's base; without a root, from where the program runs, or absolute */
    Str bytes;
    bool face;
} SheetInput;
uint32_t sheet_inputs(const Sheet *sheet, const SheetInput **out); /* the sheet itself first, if it is no built-in one */
/* The same sheet in a variant; shares with `sheet`, which is not changed, and must not outlive it. */
const Sheet *sheet_vary(Arena *arena, const Sheet *sheet, const Variant *variant);
typedef struct {
    Str name, description;
} SheetName;
bool sheet_is_built_in(Str name);
uint32_t sheet_names(Arena *arena, SheetName **out); /* the built-in sheets, sorted */
uint32_t sheet_class_names(Arena *arena, const Sheet *sheet, Str **out); /* the classes that its rules name, each once */
const PageStyle *sheet_page(const Sheet *sheet);

typedef struct {
    const Style **by_node; /* by node number */
    const Style *running_head, *running_foot, *marker;
    const Style *paragraph_number; /* pseudo part: the number that hangs beside a numbered paragraph; its indent_left is the hanging width */
    const Style *note_area;        /* pseudo part: the foot of a page with notes: border_top is the rule, its width the rule's length, space_before */
    const Style *marking, *watermark; /* pseudo parts */
    const PageStyle *page;
    const OwnFaces *faces; /* in place of the program's; NULL: none */
} Styles;
Styles *styles_compute(Arena *arena, const Sheet *sheet, const Tree *tree);
static inline const Style *style_of(const Styles *styles, const Node *node) { return styles->by_node[node->number]; }

bool colour_equal(Colour a, Colour b);
uint32_t colour_contrast(Colour a, Colour b); /* WCAG 2.2, in thousandths: 21000 is black on white */

/* CSS for the EPUB: sizes relative to the reader's own, no body colour or size, legible in dark mode. Selectors are the XHTML
 * elements and classes that epub/ writes: each kind is written as class="kind-name" where its element alone does not tell. */
void sheet_css(const Sheet *sheet, Buf *out);

/* "style" stage of `brief dump`: for each node, the properties that differ from its parent's. */
void styles_dump(const Styles *styles, const Tree *tree, Buf *out);

#endif
