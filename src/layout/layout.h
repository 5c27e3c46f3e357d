/* layout: THE SHARED LAYOUT MODEL, and what fills it.
 *
 * Pages hold boxes in reading order; a text box holds lines; a line holds positioned glyph runs. Every box and run points at
 * its node, and a run at the text it sets, or is marked as an artifact. From this alone the PDF backend draws and tags, and
 * the EPUB backend knows before which word each page begins and how large each image is.
 *
 * Coordinates: Lu, origin at the page's top left corner, y downwards. Runs: y is the baseline.
 * Invariants (layout_verify): the texts of a leaf's content runs, in order, are the leaf's text, whole and once; a run that is no
 * artifact belongs to a node that is none; page starts are in reading order.
 */
#ifndef BRIEF_LAYOUT_H
#define BRIEF_LAYOUT_H

#include "image/image.h"
#include "style/style.h"
#include "text/text.h"
#include "tree/tree.h"

typedef enum {
    ARTIFACT_NONE,       /* real content */
    ARTIFACT_HEAD,       /* running head (pagination) */
    ARTIFACT_FOOT,       /* running foot with page number (pagination) */
    ARTIFACT_PULL_QUOTE, /* copy of words that stand in the text */
    ARTIFACT_DECORATION, /* rules, backgrounds, borders, underlines */
    ARTIFACT_HYPHEN,     /* added at a line's end, or the mark of a wrapped code line */
    ARTIFACT_TABLE_HEAD, /* header rows repeated on a later page */
    ARTIFACT_LEADER,     /* dots between an entry of the contents and its page */
    ARTIFACT_MARKING,    /* protective marking, embargo: at the top and foot of every page (pagination) */
    ARTIFACT_WATERMARK,  /* "Draft" across the page (pagination, watermark) */
} ArtifactKind;

typedef enum {
    RUN_TEXT,   /* node is a leaf; text is node->text[start, start + text.n) or, for LINE_BREAK, a single space */
    RUN_LABEL,  /* node is an ITEM (bullet, number, task box), a NOTE (its number) or a PARAGRAPH (its label); text is made by the layout */
    RUN_PAGE,   /* node is a PAGE_REFERENCE; text is layout->page_texts[node->number] */
} RunRole;

/* Glyphs of a run that lie together in a shaped word, or in one and the space behind it, which all runs share that have them. */
typedef struct {
    const Glyph *glyphs;
    uint32_t count;
    int32_t shift;         /* from their clusters to offsets into the run's text */
} RunPiece;

typedef struct {
    const Node *node;      /* NULL only for artifacts of the page itself */
    RunRole role : 8;
    ArtifactKind artifact : 8;
    bool turned : 1;       /* watermark: set at 45 degrees, x and y being its middle */
    bool underline : 1, strike : 1; /* drawn by the backend from the face's metrics, as decoration */
    uint32_t start;        /* offset in node->text of its first byte (RUN_TEXT) */
    Str text;              /* what its glyphs say; a space at a line's end is in the run and hangs beyond the measure */
    const Face *face;
    const RunPiece *pieces; /* in the order of the glyphs, from left to right */
    uint32_t piece_count;
    uint32_t glyph_count;  /* of all pieces */
    const Glyph *glyphs;   /* NULL in a layout: run_whole() */
    Lu size;
    Colour colour;
    Lu x, y;               /* of the first glyph's origin; baseline shift is in y */
    Lu width;
    Lu letter_spacing;     /* added after each glyph */
    Lu word_spacing;       /* added to each space's advance (justified lines) */
    int32_t expansion;     /* its glyphs are set wider by so many ten-thousandths (narrower: below 0); width is as it comes out */
} Run;

typedef struct {
    Run *runs; /* in the order of the text, which need not be that from left to right */
    uint32_t run_count;
    Lu baseline;
} Line;

typedef struct {
    Lu x, y, width, height; /* x, y: top left */
} Rect;

typedef enum { BOX_LINES, BOX_FILL, BOX_IMAGE } BoxKind;

typedef struct {
    BoxKind kind;
    const Node *node; /* the block it belongs to; IMAGE node for BOX_IMAGE; NULL for the page's own furniture */
    ArtifactKind artifact;
    Rect rect;
    /* BOX_LINES */
    Line *lines;
    uint32_t line_count;
    /* BOX_FILL: a rectangle of one colour: rules, backgrounds, borders */
    Colour colour;
    /* BOX_IMAGE */
    const Image *image;
} LayoutBox;

typedef struct {
    LayoutBox *items;
    uint32_t count, capacity;
    Lu width, height;   /* a landscape page has its sides exchanged */
    Str label;          /* "1", "ii" */
    /* Before which content the page begins: the first leaf (or image, or rule) on it that is no artifact, and the offset in its text.
     * Notes at its foot do not count. A page without content of its own, such as a blank one of a document with two sides, has the start of
     * the next one; after the last content it is NULL. */
    const Node *start_node;
    uint32_t start_offset;
} Page;

/* Where a node's first box lies: for outlines and links. page is UINT32_MAX for a node that has none. */
typedef struct {
    uint32_t page;
    Lu x, y; /* top left of its first run or box */
} NodePlace;

/* Which way a node runs. RUNS_APART: words in a language that runs against what is round them: there is nothing between the two. */
enum { RUNS_BACKWARDS = 1, RUNS_APART = 2 };

typedef struct {
    Arena *arena;
    Page *items;
    uint32_t count, capacity;
    NodePlace *places;    /* by node number; a block's is its first descendant's */
    Str *page_texts;      /* by node number, of PAGE_REFERENCEs: the label of the page where the target begins; else empty */
    Lu *measures;         /* by node number: of an IMAGE, the measure it is set in; where figures stand side by side, of each FIGURE its
                           * column, and of the FIGURES the whole; else 0 */
    const uint8_t *runs;  /* by node number: RUNS_… */
    const Image **images; /* by node number; NULL where it is no image or could not be loaded */
    const Tree *tree;
    const Styles *styles;
} Layout;

/* Lays out the whole document. Never fails: what does not fit is reported and set as well as it can be. `images` by node number. */
Layout *layout_document(Arena *arena, Diags *d, Fonts *fonts, const Tree *tree, const Styles *styles, const Image **images);

/* The run with its glyphs in a row, whose clusters are offsets into `text`: in `room`, which has place for run->glyph_count. */
Run run_whole(const Run *run, Glyph *room);

/* What the layout could not avoid, or did not: widows, orphans, headings and labels at a page's foot, captions parted, pull-quotes split or near
 * each other, hyphens over a page's end, lines wider than their measure, tables set small, rows parted, white at a page's foot. As
 * warnings, which `brief check` shows; what layout_document() itself says is not said again. */
void layout_faults(const Layout *layout, Diags *d);

void layout_verify(const Layout *layout);          /* BUG() when an invariant does not hold */
void layout_dump(const Layout *layout, Buf *out);  /* "layout" stage of `brief dump` */

#endif
