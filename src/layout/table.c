/* table: a table → rows as flow blocks, and the widths of its columns.
 *
 * Column widths as in CSS's automatic layout (CSS 2.2 §17.5.2.2): every column gets what its widest word needs; what is left goes first to
 * those that then need one line only, where CSS shares it in proportion to what all would like more, so that a column of three words
 * is broken beside one of a paragraph. When not even the words fit:
 *   1. the table is set smaller, step by step, down to a limit;
 *   2. it goes on landscape pages of its own, as large as it can be there and no smaller than that limit;
 *   3. its widest columns shrink to one width, words in them are cut, and that is reported.
 * A table inside a box, a quotation kept together, a note, or on the first line of a list's item cannot leave its page for 2.
 * Every cell's text is made into items to be measured, and then forgotten: row.c makes it again when the row is placed. So a table
 * takes the time of its cells, but the memory of one page of them.
 */
#include "layout/compose.h"

#include <string.h>

#define PERCENT_STEP 5
#define PERCENT_LEAST 70
#define SIZE_LEAST (8 * LU_PT) /* no table's text is made smaller than that */
#define ROOT_UNIT 64 /* makes the limit of width_shared() fine enough */
#define SIZE_LARGE (16 * LU_PT) /* a document set so large is set so to be read: its tables are not made smaller */

typedef struct {
    Composer *c;
    const Node *node;
    TableFrame *frame;
    TableGrid *grid;
    uint32_t first; /* its first row, as a block */
} Table;

static FlowBlock *rows_of(const Table *t, uint32_t *count) {
    *count = t->c->blocks.count - t->first;
    return &t->c->blocks.items[t->first];
}

/* A row alone at the head or the foot of a page is as lost as a line: the first two of the body stay together, and the last two, if they
 * are short (page.c). */
static bool stays_with_next(const Node *row) {
    const Node *next = row->next;
    if (!next) return false;
    bool first = row->previous && row->previous->kind == NODE_TABLE_ROW && row->previous->header;
    return row->header || first || !next->next;
}

static void row_make(Table *t, const Node *row) {
    Composer *c = t->c;
    FlowBlock *block = PUSH(c->arena, &c->blocks, FlowBlock);
    block->kind = FLOW_ROW;
    block->node = row;
    block->style = style_of(c->styles, row);
    block->container = t->frame->container;
    block->whole = true;
    block->keep_with_next = stays_with_next(row);
    block->grid = t->grid;
    for (const Node *cell = row->first; cell; cell = cell->next) block->cell_count++;
    if (block->cell_count > t->grid->column_count) t->grid->column_count = block->cell_count;
}

/* ---- Columns ------------------------------------------------------------------------------------------------------ */

static void cell_measure(Table *t, const Node *cell, uint32_t column, Lu width) {
    const Style *style = style_scaled(t->c, style_of(t->c->styles, cell), t->grid->percent);
    Lu minimum = 0, wanted = 0;
    if (cell->first) {
        const Paragraph *p = cell_paragraph(t->c, t->grid, cell, width * 2);
        minimum = paragraph_minimum_width(p);
        wanted = paragraph_natural_width(p);
    }
    Lu extents = style_extent_left(style) + style_extent_right(style);
    TableColumn *of = &t->grid->columns[column];
    if (minimum + extents > of->minimum) of->minimum = minimum + extents;
    if (wanted + extents > of->wanted) of->wanted = wanted + extents;
    Lu body = cell->parent->header ? minimum : wanted;
    if (body + extents > of->body) of->body = body + extents;
}

/* What the columns need at `percent`; words wider than `width` count as words that may be cut. Returns their sum. */
static int64_t columns_measure(Table *t, uint32_t percent, Lu width) {
    TableGrid *grid = t->grid;
    grid->percent = percent;
    memset(grid->columns, 0, grid->column_count * sizeof *grid->columns);
    uint32_t count;
    FlowBlock *rows = rows_of(t, &count);
    for (uint32_t r = 0; r < count; r++) {
        uint32_t i = 0;
        rows_empty(t->c);
        for (const Node *cell = rows[r].node->first; cell; cell = cell->next) cell_measure(t, cell, i++, width);
    }
    int64_t sum = 0;
    for (uint32_t i = 0; i < grid->column_count; i++) {
        if (!grid->columns[i].minimum) grid->columns[i].minimum = grid->columns[i].wanted = grid->columns[i].body = LU_PT;
        sum += grid->columns[i].minimum;
    }
    return sum;
}

static uint32_t percent_least(const Table *t) {
    Lu size = style_of(t->c->styles, t->node)->size;
    if (size <= SIZE_LEAST || style_of(t->c->styles, t->c->tree->root)->size >= SIZE_LARGE) return 100;
    uint32_t percent = (uint32_t)((SIZE_LEAST * 100 + size - 1) / size);
    return percent > PERCENT_LEAST ? percent : PERCENT_LEAST;
}

/* Sets the table as large as it may be in `width`; `minimum` is what its columns need at present. True if its words fit. */
static bool table_scale(Table *t, Lu width, int64_t minimum) {
    uint32_t least = percent_least(t);
    while (minimum > width && t->grid->percent > least) {
        uint32_t percent = (uint32_t)(width * (int64_t)t->grid->percent / minimum) / PERCENT_STEP * PERCENT_STEP;
        if (percent >= t->grid->percent) percent = t->grid->percent - PERCENT_STEP;
        minimum = columns_measure(t, percent > least ? percent : least, width);
    }
    return minimum <= width;
}

static void wide_report(const Table *t) {
    const char *hint = t->frame->wide
                           ? "make two tables of it, exchange rows and columns, or shorten its longest words"
                           : "where it stands it cannot go on a landscape page: take it out of there, or make it narrower";
    diag(t->c->diags, DIAG_WARNING, "table-wide", node_place(t->c->tree, t->node), hint,
        "this table is too wide for %s%s: words are cut in its %u columns", t->frame->landscape ? "a landscape page" : "the page",
        t->grid->percent < 100 ? ", even set smaller" : "", (unsigned)t->grid->column_count);
}

/* Chooses on which page and how large the table is set. */
static void table_fit(Table *t) {
    TableFrame *frame = t->frame;
    int64_t whole = columns_measure(t, 100, frame->width);
    bool fits = table_scale(t, frame->width, whole);
    if (!fits && frame->wide > frame->width) {
        frame->landscape = true;
        frame->x = frame->wide_x;
        frame->width = frame->wide;
        fits = table_scale(t, frame->width, columns_measure(t, 100, frame->width));
    }
    if (!fits) wide_report(t);
}

/* The greatest `limit` that the columns have room for, when each gets what column_width() gives it then. */
static Lu columns_limit(const TableGrid *grid, Lu (*column_width)(const TableColumn *, Lu)) {
    Lu low = 1, high = grid->width;
    while (low < high) {
        Lu limit = low + (high - low + 1) / 2;
        int64_t sum = 0;
        for (uint32_t i = 0; i < grid->column_count; i++) sum += column_width(&grid->columns[i], limit);
        if (sum <= grid->width)
            low = limit;
        else
            high = limit - 1;
    }
    return low;
}

/* As few words as possible are cut, the longest. */
static Lu width_cut(const TableColumn *column, Lu limit) { return column->minimum < limit ? column->minimum : limit; }

static int64_t square_root(int64_t n) {
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 31; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= n) root += bit;
    return root;
}

/* What columns get grows with the root of what their bodies would like: so the short ones have all of it first, and stand on one line, and of
 * two long ones the longer has more, but not all. */
static Lu width_shared(const TableColumn *column, Lu limit) {
    int64_t share = limit * square_root(column->body) / ROOT_UNIT;
    if (share > column->body) share = column->body;
    return share > column->minimum ? (Lu)share : column->minimum;
}

/* The bodies have all that they would like, and what is left goes to the words at the heads. */
static Lu width_headed(const TableColumn *column, Lu limit) {
    Lu more = column->wanted - column->body;
    return column->body + (more < limit ? more : limit);
}

static Lu width_wanted(const TableColumn *column, Lu limit) {
    (void)limit;
    return column->wanted;
}

static void columns_share(Table *t) {
    TableGrid *grid = t->grid;
    int64_t minimum = 0, body = 0, wanted = 0;
    for (uint32_t i = 0; i < grid->column_count; i++) {
        minimum += grid->columns[i].minimum;
        body += grid->columns[i].body;
        wanted += grid->columns[i].wanted;
    }
    Lu (*width)(const TableColumn *, Lu) = wanted <= grid->width    ? width_wanted
                                           : body <= grid->width    ? width_headed
                                           : minimum <= grid->width ? width_shared
                                                                    : width_cut;
    Lu limit = columns_limit(grid, width), sum = 0;
    for (uint32_t i = 0; i < grid->column_count; i++) sum += grid->columns[i].width = width(&grid->columns[i], limit);
    t->frame->width = sum;
}

/* ---- The table ----------------------------------------------------------------------------------------------------- */

static void heads_note(Table *t) {
    uint32_t count, heads = 0;
    FlowBlock *rows = rows_of(t, &count);
    while (heads < count && rows[heads].node->header) heads++;
    if (!heads || heads == count) return;
    t->grid->heads = NEW_ARRAY(t->c->arena, FlowBlock, heads);
    memcpy(t->grid->heads, rows, heads * sizeof *rows);
    t->grid->head_count = heads;
}

void table_build(Composer *c, const Node *node, TableFrame *frame) {
    TableGrid *grid = NEW(c->arena, TableGrid);
    Table t = {.c = c, .node = node, .frame = frame, .grid = grid, .first = c->blocks.count};
    grid->table = node;
    frame->landscape = false;
    for (const Node *row = node->first; row; row = row->next)
        if (row->kind == NODE_TABLE_ROW) row_make(&t, row);
    if (!grid->column_count) return;
    grid->columns = arena_array(c->arena, grid->column_count, sizeof *grid->columns, _Alignof(Lu));
    table_fit(&t);
    grid->x = frame->x;
    grid->width = frame->width;
    columns_share(&t);
    uint32_t count;
    FlowBlock *rows = rows_of(&t, &count);
    for (uint32_t r = 0; r < count; r++) {
        rows[r].x = frame->x;
        rows[r].width = frame->width;
        rows[r].landscape = frame->landscape;
    }
    rows[0].gap = frame->gap;
    rows[0].pad_above = frame->pad_above;
    heads_note(&t);
}
