/* compose: what the files of this room share. Private to layout/.
 *
 * The way through: flow.c makes one list of blocks from the tree (what stands under what, how wide, with what space above);
 * paragraph.c turns a text block into items (vocabulary.c knows the words), breaks.c chooses its lines (first_fit.c those of code), ahead.c has
 * both done on other cores before pages come to them; lines.c sets lines as glyph runs, and keep.c keeps them; table.c finds the widths of
 * columns, row.c sets a row in them; page.c fills pages from the list, geometry.c says what size they have; pull.c puts pull-quotes beside the text and fills the page again; furniture.c adds heads and feet.
 * Lengths inside a page are measured from the top left corner of its text area.
 */
#ifndef BRIEF_LAYOUT_COMPOSE_H
#define BRIEF_LAYOUT_COMPOSE_H

#include "layout/layout.h"

#define NO_INDEX UINT32_MAX
#define NO_FRONT ((NodeNumber)0) /* Composer.body of a document that begins with its text */

/* ---- Paragraphs: text as items between which lines break --------------------------------------------------------- */

typedef enum {
    ITEM_BOX, /* glyphs of one face that stay together, or an inline image */
    ITEM_GLUE, /* a space: hangs at a line's end */
    ITEM_BREAK, /* a line may end here */
    ITEM_FORCED, /* a line must end here; it carries a space, as a line break is one in the text */
} ItemKind;

#define PENALTY_LAST 100000 /* from here on, a line ends only where it can nowhere else */

typedef struct {
    uint8_t kind; /* ITEM_… */
    uint8_t level; /* UAX #9; odd: from right to left */
    bool hyphen; /* ITEM_BREAK: a hyphen is shown when a line ends here */
    bool breakable : 1; /* ITEM_GLUE: a line may end here */
    bool spaced : 1; /* ITEM_BOX: behind its glyphs lies that of a space after it, as in Shaped */
    uint32_t segment;
    const Face *face; /* NULL: image, or nothing to draw */
    const Glyph *glyphs; /* of a shaped word */
    uint32_t glyph_count;
    uint32_t cluster; /* the least of theirs */
    uint32_t start, length; /* bytes of the paragraph's text */
    Lu width;
    int32_t penalty; /* ITEM_BREAK, ITEM_GLUE: how bad it is to end a line here */
} Item;

/* How a segment's words are set: what words that look alike have in common. */
typedef struct {
    const Face *face;
    unsigned features; /* SHAPE_… */
    Str language;
    Lu size, letter_spacing;
    uint32_t number; /* dense */
    const ShapedRun *space;
    Lu space_width;
} Look;

/* A stretch of the paragraph's text from one leaf, in one style. */
typedef struct {
    const Node *node;
    const Style *style;
    const Face *face;
    unsigned script; /* SHAPE_SUPERSCRIPTS or _SUBSCRIPTS: the face draws it itself, at the size of what is round it */
    Str text; /* the leaf's: the node's own, or what the layout knows of it */
    uint32_t start; /* in the paragraph's text */
    uint32_t node_start; /* what that is in the leaf's text */
    const Look *look;
    bool has_background;
    Colour background;
} Segment;

typedef struct {
    Str text;
    struct {
        Segment *items;
        uint32_t count, capacity;
    } segments;
    struct {
        Item *items;
        uint32_t count, capacity;
    } list;
    Lu hyphen_width;
    const ShapedRun *hyphen; /* in the paragraph's first face */
    bool right_to_left; /* it runs so as a whole */
    const uint8_t *levels; /* of its bytes; NULL: its pieces stand as they come */
    bool code; /* lines as written: wrapped only where they must, and marked */
    bool divided; /* some word of it may be, with a hyphen */
} Paragraph;

/* Text of a segment without spaces, all of one level. */
typedef struct {
    uint32_t from, to; /* bytes of the paragraph's text */
    uint32_t hash; /* word_hash() over its bytes */
    bool cut; /* a line may end inside it */
} WordPlace;

typedef struct {
    Lu x, width; /* inside the text area */
} Shape;

/* The shapes of a paragraph's lines: the first `count` one by one, then `rest`. */
typedef struct {
    const Shape *lines;
    uint32_t count;
    Shape rest;
} Measure;

static inline Shape shape_at(const Measure *measure, uint32_t line) {
    return line < measure->count ? measure->lines[line] : measure->rest;
}

typedef struct {
    uint32_t from, to; /* items [from, to): `to` is behind the glue, break or end that ends the line */
    bool hyphen; /* the line ends in a hyphen that is not in the text */
    bool wrapped; /* code: goes on from the line before */
    Shape shape;
    Lu hang_left, hang_right; /* how far it stands out of its shape */
} LineBreak;

typedef struct {
    LineBreak *items;
    uint32_t count, capacity;
} LineBreaks;

typedef struct Vocabulary Vocabulary; /* words met before, as they are set: vocabulary.c */
typedef struct LineRoom LineRoom; /* what choosing lines needs for itself, used again for every paragraph: breaks.c */

/* ---- The flow: blocks in reading order, one after the other ------------------------------------------------------- */

typedef enum { FLOW_TEXT, FLOW_IMAGE, FLOW_RULE, FLOW_ROW, FLOW_COLUMNS, FLOW_PULL, FLOW_PAGE_BREAK } FlowKind;

typedef struct {
    const Node *cell;
    const Style *style;
    Lu x, width; /* of its text */
    const Paragraph *paragraph;
    LineBreaks lines;
} Cell;

/* One of several figures side by side; it is filled as a page of its own. */
typedef struct {
    const Node *figure;
    Lu x, width;
    Lu image_width, image_height;
    uint32_t first, end; /* its blocks, behind those of the text */
} FigureColumn;

/* The label of an ITEM, a NOTE or a PARAGRAPH. */
typedef struct Hanging Hanging;
struct Hanging {
    const Node *node;
    Lu x; /* where what it labels begins; turned: its right end */
    bool turned;
    const Hanging *next;
};

/* What the rows of one table share: table.c. */
typedef struct TableGrid TableGrid;

typedef struct FlowBlock FlowBlock;
struct FlowBlock {
    FlowKind kind;
    const Node *node;
    const Style *style;
    Lu x, width; /* of its content */
    Lu gap; /* space above; none at the head of a page */
    Lu pad_above, pad_below; /* padding and borders of the containers that open before it and close after it */
    Lu height; /* FLOW_IMAGE, FLOW_RULE; FLOW_COLUMNS: 0 until it is first needed */
    const Hanging *labels; /* those that stand on its first line, outermost first */
    uint32_t container; /* innermost decorated or kept-together ancestor, or NO_INDEX */
    bool keep_with_next;
    bool leads; /* if short, stays with what follows: ends in a colon before a list, or holds a list together */
    bool whole; /* not cut by a page, unless it is taller than one */
    bool wraps; /* its lines may run round a pull-quote */
    bool loose; /* not held to the grid */
    uint32_t job; /* FLOW_TEXT: 1 + that of ahead.c which makes its paragraph; 0: none */
    Paragraph *paragraph; /* FLOW_TEXT, FLOW_PULL: made when first needed; behind the pages that are made it is there no more */
    LineBreaks lines; /* at its full width: made when first needed */
    const LineBreaks *longer, *shorter; /* the same in a line more, or less; none, if that cannot be; NULL: not tried yet */
    TableGrid *grid; /* FLOW_ROW: its table's columns */
    Cell *cells; /* FLOW_ROW: made by row_prepare(), and gone when the next page is begun */
    uint32_t cell_count;
    FigureColumn *columns; /* FLOW_COLUMNS */
    uint32_t column_count;
    uint32_t row_round; /* FLOW_ROW: Composer.row_round when its cells were made */
    uint32_t pull; /* FLOW_PULL: index of its pull-quote */
    bool landscape; /* stands on a page whose sides are exchanged */
};

/* A container with padding, borders or a background, or whose content is kept together. */
typedef struct {
    const Node *node;
    const Style *style;
    uint32_t parent; /* container, or NO_INDEX */
    uint32_t first, last; /* blocks */
    Lu x, width; /* border box */
    bool decorated;
    Lu together; /* it is not cut if it is no higher; 0: it may be */
    Lu total; /* height of all; 0 = not measured yet */
} Container;

typedef enum { PULL_BESIDE, PULL_BETWEEN, PULL_PLACED } PullState;

typedef struct {
    const Node *copy;
    const Node *anchor; /* first leaf of the words it repeats */
    uint32_t block; /* its FLOW_PULL block */
    PullState state;
} Pull;

/* A note at the foot of a page, in the order of first references. */
typedef struct {
    const Node *node;
    uint32_t first, end; /* its blocks, behind those of the text */
    Lu height, least; /* of the whole, and of what must fit for it to begin; 0 = not measured yet */
} Note;

typedef struct Cursor Cursor;
struct Cursor {
    uint32_t block;
    uint32_t item; /* FLOW_TEXT: next item; FLOW_ROW: next line */
    const LineBreaks *tail; /* FLOW_TEXT, cut: the lines it was set in; they go on from line `line` */
    uint32_t line;
    uint32_t notes; /* of the text: notes begun so far */
    const Cursor *rest; /* of the text: where the last note begun goes on, NULL if it is whole */
    uint32_t owed; /* of the text: block of a pull-quote that still has to be placed, or 0 */
};

/* A pull-quote standing beside the text of the page being filled. */
typedef struct {
    uint32_t pull;
    Rect border; /* its border box */
    Lu from, to; /* vertical band that it keeps free, white included */
    Lu left, right; /* text may not enter between these */
} Float;

typedef struct {
    uint32_t block;
    Cursor start;
    Lu top, bottom; /* of its content */
    Lu pad_above; /* padding and borders above it, of containers */
    uint32_t notes, piece_count; /* the page's, before it */
    Lu notes_height;
    const Cursor *rest;
    bool complete; /* it ends on this page */
    uint32_t box_count; /* boxes on the page before it */
    Lu y_before; /* of the page, before its space */
} Placed;

/* A page being filled: or the part of it that one note takes. */
typedef struct Attempt Attempt;
struct Attempt {
    struct {
        LayoutBox *items;
        uint32_t count, capacity;
    } boxes;
    struct {
        Placed *items;
        uint32_t count, capacity;
    } placed;
    Cursor end; /* where the next page goes on */
    bool landscape; /* its sides are exchanged */
    bool forced; /* it ends where it must: the text does, a page is broken, the next one is turned otherwise */
    Lu y;
    struct {
        Attempt *items;
        uint32_t count, capacity;
    } pieces; /* notes at its foot, or parts of them */
    uint32_t notes; /* notes begun, on this page and before */
    Lu notes_height; /* of all pieces, with the rule above them */
    const Cursor *rest; /* where the last of them goes on */
};

typedef struct PreparedText PreparedText; /* ahead.c */

typedef struct {
    Arena *arena; /* what is needed until all pages are made */
    Arena *lasting; /* what they are made of: the layout's */
    Diags *diags;
    Fonts *fonts;
    const Tree *tree;
    const Styles *styles;
    const Image **images;
    Lu *measures; /* as in Layout */
    const uint8_t *runs; /* as in Layout */
    Lu text_width, text_height; /* of the page at hand: page_turn() */
    struct {
        FlowBlock *items;
        uint32_t count, capacity;
    } blocks;
    struct {
        Container *items;
        uint32_t count, capacity;
    } containers;
    uint32_t flow_end; /* blocks of the text; behind them those of figures side by side and of the notes */
    struct {
        Note *items;
        uint32_t count, capacity;
    } notes;
    StrMap *note_ids; /* Note by id; made when first needed */
    bool measuring; /* pages are filled only to see where they end: no lines are drawn */
    bool note_must; /* the next block of a note is placed though it does not fit: nothing else is on the page */
    struct {
        Pull *items;
        uint32_t count, capacity;
    } pulls;
    uint32_t pulls_done; /* those before it are placed */
    bool mirrored; /* the document runs from right to left: all is set as seen in a mirror, up to pages_mirror() */
    HyphenExceptions *hyphenation; /* the document's; NULL: none */
    StrMap *missing; /* characters that no face has and that were reported */
    Arena *scratch; /* for what is needed while one paragraph is made; emptied now and then */
    Arena *drawn; /* all that is on the page being filled, and what was placed on it; emptied when a page is begun */
    Arena *
        rows; /* cells of rows: made when their row is placed, since all of a long table's would be far too many; emptied with it */
    uint32_t row_round; /* how often that was */
    size_t row_largest; /* what the largest row so far took of it */
    Arena *kept; /* where paragraphs are made: arena or rows */
    PreparedText *prepared; /* the text that is made ahead of the pages; NULL: none */
    bool ahead; /* this is done by whom nobody hears: what has to be said, or is to be noted, makes the paragraph `unfit` */
    bool unfit;
    LineRoom *room;
    Vocabulary *vocabulary;
    struct {
        Item *items;
        uint32_t count, capacity;
    } items; /* of the paragraph that is being made */
    struct {
        WordPlace *items;
        uint32_t count, capacity;
    } words; /* of the segment that is being made into items */
    const Str *page_texts; /* by node number: what PAGE_REFERENCEs say in this pass */
    NodeNumber body; /* the first node behind the front, where pages are counted from 1; 0 without a front */
    uint32_t front_pages; /* those counted apart */
    bool left_page; /* the page that is being filled is one, of two sides */
    bool front_ends_blank; /* the last of those is blank */
    uint32_t blank_pages; /* at the end, behind the last with content */
    uint32_t percent; /* size of the table's text that is being made, 0 = 100 */
    struct {
        const Style *of, *made;
        uint32_t percent;
    } * scaled; /* the last made for each style's index */
    uint32_t scaled_count;
} Composer;

/* ---- ahead.c */
void text_ahead(Composer *c); /* begins with the paragraphs of the flow */
bool text_take(Composer *c, FlowBlock *block); /* its paragraph and lines, if they have been made so */
void text_passed(Composer *c, uint32_t block); /* pages go on from there: what was made for those before is given up */
void text_ahead_end(Composer *c); /* of all of it; text_ahead() may follow */
void text_ahead_close(Composer *c);

/* ---- geometry.c */
typedef struct {
    Lu width, height; /* of the page */
    Lu left, top, text_width, text_height;
    Lu head_baseline, foot_baseline;
} PageGeometry;
/* Page `index`, 0 being the first. All pages of a document that are turned alike have text areas of one size. */
PageGeometry page_geometry(const Composer *c, uint32_t index, bool landscape);
void page_turn(Composer *c, bool landscape); /* what is filled from now on is such a page */
bool page_is_left(const Composer *c, uint32_t index); /* of a document with two sides */
bool page_is_blank(const Composer *c, const Layout *layout, uint32_t index); /* only markings are drawn on it */
Lu landscape_width(const Composer *c); /* of the text area of a landscape page; 0 if it is no wider than that of the others */

typedef struct {
    Lu minimum, wanted, width; /* with padding */
    Lu body; /* wanted by the rows of the body alone, but no less than the minimum */
} TableColumn;

/* ---- table.c */
typedef struct {
    Lu x, width; /* in: what there is; out: what the columns take */
    Lu wide, wide_x; /* in: the same on a landscape page; width 0: the table may not go on one */
    uint32_t container;
    Lu gap, pad_above;
    bool landscape; /* out */
} TableFrame;
void table_build(Composer *c, const Node *table, TableFrame *frame); /* adds the rows as blocks */

/* ---- row.c */
struct TableGrid {
    const Node *table;
    Lu width; /* that there is */
    Lu x; /* of the first column */
    uint32_t percent; /* size of its text */
    TableColumn *columns;
    uint32_t column_count;
    FlowBlock *heads; /* the header rows, once more: for the heads of further pages */
    uint32_t head_count;
    struct {
        const Style *of, *made;
        TextAlign align;
        Lu padding;
    } looks[8]; /* the last made; many cells share one */
    uint32_t look_next;
};
void rows_empty(Composer *c); /* when there is much in c->rows */
/* A cell's text, at the table's size, in c->rows. Vocabulary wider than `measure` may be cut. */
Paragraph *cell_paragraph(Composer *c, const TableGrid *grid, const Node *cell, Lu measure);
void row_prepare(Composer *c, FlowBlock *row); /* makes its cells, unless they are there */
typedef struct {
    Lu above, below, leading; /* padding and borders; of its lines */
    uint32_t lines;
} RowSize;
RowSize row_size(Composer *c, FlowBlock *row);
/* Draws lines [from, end) of all cells, with what is round them, at y. */
void row_draw(Composer *c, Attempt *page, FlowBlock *row, uint32_t from, uint32_t end, Lu y, ArtifactKind artifact);
/* The header rows of the table that `row` is in, as they are repeated at the head of a further page. 0 where they are not: the row is
 * a header itself, the table has none, or they are too high. */
Lu table_head_height(Composer *c, const FlowBlock *row);
/* Draws them at *y, as artifacts, and moves *y down. */
void table_head_repeat(Composer *c, Attempt *page, const FlowBlock *row, Lu *y);

/* ---- flow.c */
void flow_build(Composer *c);
Lu style_extent_above(const Style *style); /* border and padding */
Lu style_extent_below(const Style *style);
Lu style_extent_left(const Style *style);
Lu style_extent_right(const Style *style);

/* ---- figures.c */
/* How large an image is set: as wide as it says, else at its own resolution; never wider than the measure. */
void image_size(const Composer *c, const Node *node, const Image *image, Lu measure, Lu *width, Lu *height);
/* The size that the author gave in `attribute`, a share being one of `whole`; 0 if there is none, or it is none, which is said. */
Lu image_length(Diags *d, const Tree *tree, const Node *image, const char *attribute, Lu whole, Lu em);
typedef struct {
    FigureColumn *columns;
    uint32_t count;
} FigureRow;
typedef struct {
    FigureRow *items;
    uint32_t count, capacity;
} FigureRows;
/* The rows of FIGURES; none where they do not fit side by side. */
FigureRows figures_plan(Composer *c, const Node *figures, Lu x, Lu width);
Lu columns_height(Composer *c, FlowBlock *row);
void columns_place(Composer *c, Attempt *page, const FlowBlock *row, Lu top);

/* ---- direction.c */
const uint8_t *directions_find(Arena *arena, Arena *scratch, const Tree *tree);
bool list_is_turned(const Composer *c, const Node *node); /* a list, or an item of one, that runs against the document: left is right */
typedef struct {
    const Node *after; /* the node before which it ends; NULL: at the block's end */
    uint32_t index;
} OpenIsolate;
/* What is set apart in a block's text. */
typedef struct {
    Isolate *items;
    uint32_t count, capacity;
    struct {
        OpenIsolate *items;
        uint32_t count, capacity;
    } open;
} Isolates;
/* The next node inside the block, in reading order, whose text begins at `at`; NULL at the end. */
void isolates_meet(Composer *c, Isolates *isolates, const Node *node, const Node *block, uint32_t at);

/* ---- vocabulary.c */
#define WORD_LONGEST 27 /* bytes; longer ones are not kept */
Vocabulary *vocabulary_new(Arena *arena);
const Look *look_find(Composer *c, const Style *style, const Face *face, unsigned script, Str language);
/* A word that one face has all of. `hash` is what word_hash() comes to over its bytes, from WORD_HASH_SEED on. */
typedef struct {
    const Face *face; /* NULL: it has to be looked at more closely */
    const Glyph *glyphs;
    uint16_t glyph_count;
    uint8_t cluster; /* as in Item */
    bool spaced;
    Lu width;
    Lu natural; /* without letter spacing */
} Word;
Word vocabulary_word(Composer *c, const Look *look, Str text, uint32_t hash);
/* Words that will be asked for soon: what the core has to fetch for them comes meanwhile. */
void vocabulary_expect(const Vocabulary *v, const Look *look, const WordPlace *words, uint32_t count);
#define WORD_HASH_SEED 2166136261u
static inline uint32_t word_hash(uint32_t hash, char byte) { return (hash ^ (unsigned char)byte) * 16777619u; }

/* ---- paragraph.c */
void scratch_empty(Composer *c); /* before anything is put there: when there is much in it */
#define SCRATCH_LIMIT ((size_t)128 << 10) /* so that what is used again and again stays at hand */
bool arena_renew(Arena **arena, size_t limit); /* opens it; one that holds more is closed first: true */
Paragraph *paragraph_new(Composer *c, const Node *node, Lu width);
Lu paragraph_natural_width(const Paragraph *p); /* of its longest line, unbroken */
Lu paragraph_minimum_width(const Paragraph *p); /* of its widest box */

const Style *style_scaled(Composer *c, const Style *style, uint32_t percent);

/* ---- breaks.c */
/* How much wider (narrower: below 0) the glyphs of a line are set, in ten-thousandths, that is `width` wide by itself. They give before its
 * spaces do. A line that is `forced` to end is not made wider. */
int32_t line_expansion(const Style *style, Lu width, Lu measure, bool forced);
LineRoom *line_room_new(Arena *arena);
LineBreaks lines_choose(
    Arena *arena, LineRoom *room, const Paragraph *p, const Style *style, uint32_t from, const Measure *measure);
/* The best lines for a paragraph if there are to be `count`; none, if they would be too loose or too tight. */
LineBreaks lines_in(Arena *arena, LineRoom *room, const Paragraph *p, const Style *style, Shape shape, uint32_t count);

/* ---- first_fit.c */
LineBreaks lines_first_fit(Arena *arena, const Paragraph *p, const Style *style, uint32_t from, const Measure *measure);

/* ---- hang.c */
bool hangs_punctuation(const Paragraph *p, const Style *style);
/* How far a line that begins with item `from`, or ends before item `end`, stands out of the measure. */
Lu hang_before(const Paragraph *p, uint32_t from);
Lu hang_after(const Paragraph *p, uint32_t end, bool hyphen);

/* ---- lines.c */
Lu style_baseline(Composer *c, const Style *style); /* from the top of a line to its baseline */
/* Sets lines [first, end) as one box whose first line's top is at `top`; inline backgrounds come as boxes before it. */
void lines_set(Composer *c, Attempt *page, const Node *node, const Style *style, const Paragraph *p, const LineBreaks *lines,
    uint32_t first, uint32_t end, Lu top, ArtifactKind artifact);
/* One line of text of the page itself or a label. */
unsigned style_features(const Style *style); /* SHAPE_… */
Line line_of_text(Composer *c, const Style *style, Str text, const Node *node, RunRole role, ArtifactKind artifact, Lu *width);
void line_move(Line *line, Lu x, Lu baseline);

/* ---- keep.c */
Line *lines_keep(Arena *arena, const Line *lines, uint32_t count); /* of what was drawn in Composer.drawn */
void boxes_keep(Arena *arena, LayoutBox *boxes, uint32_t count);
/* What is kept free for the page numbers of a list of contents, at the end of the measure. */
Lu contents_column(const Style *entry);

/* ---- page.c */
/* The page that goes on from `start`; it ends `less` higher than it could. */
void page_fill(Composer *c, Cursor start, const Float *floats, uint32_t float_count, Lu less, Attempt *out);
/* Fills `height` with blocks from `start` to before `end`, as on a page of its own; where nothing fits, nothing is placed. */
void column_fill(Composer *c, Cursor start, uint32_t end, Lu height, Attempt *out);

/* ---- frame.c */
#define DECORATED_DEPTH 64
/* The decorated containers round a block, innermost first; returns how many. */
uint32_t decorated_chain(const Composer *c, uint32_t block, uint32_t chain[DECORATED_DEPTH]);
void frames_draw(Composer *c, Attempt *page); /* of all containers on a full page */
/* Background and borders of a border box, before box `at`; sides that go on over a page's end are open. */
void decoration_add(
    Composer *c, Attempt *page, uint32_t at, const Node *node, const Style *style, Rect border, bool open_above, bool open_below);

/* ---- notes.c */
/* The note that a reference is to and that has not begun: its index, or NO_INDEX. */
uint32_t note_of_reference(Composer *c, const Node *reference, uint32_t begun);
Lu note_height(Composer *c, uint32_t note); /* whole, with the white above it */
Lu note_least(Composer *c, uint32_t note); /* what must fit for it to begin */
Lu notes_rule_height(Composer *c); /* from the text to the first note */
/* Places note `note`, or the rest of it from `start`, in what `room` there is at the page's foot. */
void note_place(Composer *c, Attempt *page, uint32_t note, Cursor start, Lu room);
void notes_draw(Composer *c, Attempt *page);
void box_move(LayoutBox *box, Lu dy);
/* The boxes of `piece`, a page of its own, onto `page`. */
void attempt_add(Composer *c, Attempt *page, const Attempt *piece, Lu y);

/* ---- label.c */
Str number_roman(Arena *arena, uint32_t number); /* "iv" */
void label_place(Composer *c, Attempt *page, const FlowBlock *block, Lu top);

/* ---- pull.c */
/* `less` as in page_fill(); 0 where a pull-quote is to be placed. One that is moved in the flow takes `*start` along. */
void page_fill_with_pulls(Composer *c, Cursor *start, Lu less, Attempt *out);
bool pulls_wait(const Composer *c, const Attempt *page); /* whether one may stand on the page, as filled without them */
void pull_height(Composer *c, const Pull *pull, Lu *width, Lu *height);

/* ---- pages.c */
#define PAGES_AHEAD 4
typedef struct {
    Cursor start, end;
    Lu less;
    int32_t faults;
    int32_t white; /* at its foot, in half lines */
    bool forced; /* it ends where it must */
    bool alone; /* it has pull-quotes, which are placed when it is filled: nothing is known of it */
} PlannedPage;
typedef struct {
    PlannedPage items[PAGES_AHEAD];
    uint32_t count;
    PlannedPage before; /* the page that was filled last */
} PagePlan;
/* Plans the page that goes on from `start`, and some after it; returns how much higher than it could it is to end. */
Lu page_plan(Composer *c, PagePlan *plan, Cursor start);
void page_planned(PagePlan *plan, Cursor end); /* it has been filled, and ends so */

/* ---- references.c */
#define REFERENCE_PASSES 5
typedef struct {
    struct {
        const Node **items;
        uint32_t count, capacity;
    } items; /* all PAGE_REFERENCEs */
    const Node **targets;
    Str *texts; /* by node number: what they say in this pass */
    bool in_tables;
    uint32_t passes; /* made */
} References;
bool references_begin(Composer *c, References *r); /* a first guess; false if there are none */
/* True if they say what the pages are; else they say it from now on, and the pages are to be made again. */
bool references_settle(Composer *c, const Layout *layout, References *r);

/* ---- furniture.c */
void furniture_add(Composer *c, Layout *layout);

#endif
