/* table: a table → rows of cells, one flow block a row.
 *
 * Column widths as in CSS's automatic layout (CSS 2.2 §17.5.2.2): every column gets what its widest word needs; what is left is
 * shared out in proportion to what the columns would like more. When not even the words fit, the whole table is set smaller, step by
 * step, down to a limit; when that is not enough, its columns shrink alike, words are cut, and that is reported.
 * Every cell's text is made into items once, and measured from them; a second time only where words must be cut. Header rows are kept
 * with each row of the body: page.c has them drawn again at the head of a further page.
 */
#include "layout/compose.h"

#include <string.h>

#define PERCENT_STEP 5
#define PERCENT_LEAST 70
#define SIZE_LEAST (8 * LU_PT) /* no table's text is made smaller than that */
#define SIZE_LARGE (16 * LU_PT) /* a document set so large is set so to be read: its tables are not made smaller */
#define LOOKS 8

typedef struct {
    Lu minimum, wanted, width;
} Column;

/* A style as a column has it. Many cells share one. */
typedef struct {
    const Style *of, *made;
    TextAlign align;
    Lu padding; /* at the most, on either side */
} CellLook;

typedef struct {
    Composer *c;
    const Node *node;
    Lu width;
    uint32_t container;
    uint32_t percent;
    Column *columns;
    uint32_t column_count;
    uint32_t first; /* its first row, as a block */
    CellLook looks[LOOKS];
    uint32_t look_next;
} Table;

static Lu extents(const Style *style) { return style_extent_left(style) + style_extent_right(style); }

/* ---- Looks of cells ----------------------------------------------------------------------------------------------- */

static const Style *look_make(Table *t, const Style *of, TextAlign align, Lu padding) {
    if (of->align == align && of->padding_left <= padding && of->padding_right <= padding) return of;
    for (uint32_t i = 0; i < LOOKS; i++)
        if (t->looks[i].of == of && t->looks[i].align == align && t->looks[i].padding == padding) return t->looks[i].made;
    Style *made = NEW(t->c->arena, Style);
    *made = *of;
    made->align = align;
    if (made->padding_left > padding) made->padding_left = padding;
    if (made->padding_right > padding) made->padding_right = padding;
    t->looks[t->look_next++ % LOOKS] = (CellLook){of, made, align, padding};
    return made;
}

static const Style *cell_look(Table *t, const Node *cell, Lu padding) {
    const Style *style = style_scaled(t->c, style_of(t->c->styles, cell), t->percent);
    TextAlign align = cell->align == ALIGN_RIGHT    ? TEXT_RIGHT
                      : cell->align == ALIGN_CENTRE ? TEXT_CENTRE
                      : cell->align == ALIGN_LEFT   ? TEXT_LEFT
                                                    : style->align;
    return look_make(t, style, align, padding);
}

/* ---- Rows and their cells' items ---------------------------------------------------------------------------------- */

static void row_make(Table *t, const Node *row) {
    Composer *c = t->c;
    uint32_t count = 0;
    for (const Node *cell = row->first; cell; cell = cell->next) count++;
    FlowBlock *block = PUSH(c->arena, &c->blocks, FlowBlock);
    block->kind = FLOW_ROW;
    block->node = row;
    block->style = style_of(c->styles, row);
    block->container = t->container;
    block->whole = true;
    block->keep_with_next = row->header && row->next;
    block->cells = NEW_ARRAY(c->arena, Cell, count);
    block->cell_count = count;
    uint32_t i = 0;
    for (const Node *cell = row->first; cell; cell = cell->next, i++) {
        block->cells[i].cell = cell;
        block->cells[i].paragraph = paragraph_new(c, cell, t->width * 2);
    }
    if (count > t->column_count) t->column_count = count;
}

static FlowBlock *rows_of(const Table *t, uint32_t *count) {
    *count = t->c->blocks.count - t->first;
    return &t->c->blocks.items[t->first];
}

/* ---- Columns ------------------------------------------------------------------------------------------------------ */

static int64_t columns_measure(Table *t) {
    memset(t->columns, 0, t->column_count * sizeof *t->columns);
    uint32_t count;
    FlowBlock *rows = rows_of(t, &count);
    for (uint32_t r = 0; r < count; r++)
        for (uint32_t i = 0; i < rows[r].cell_count; i++) {
            const Cell *cell = &rows[r].cells[i];
            Column *column = &t->columns[i];
            Lu extra = extents(style_scaled(t->c, style_of(t->c->styles, cell->cell), t->percent));
            Lu minimum = paragraph_minimum_width(cell->paragraph) + extra;
            Lu wanted = paragraph_natural_width(cell->paragraph) + extra;
            if (minimum > column->minimum) column->minimum = minimum;
            if (wanted > column->wanted) column->wanted = wanted;
        }
    int64_t sum = 0;
    for (uint32_t i = 0; i < t->column_count; i++) {
        if (!t->columns[i].minimum) t->columns[i].minimum = t->columns[i].wanted = LU_PT;
        sum += t->columns[i].minimum;
    }
    return sum;
}

static uint32_t percent_least(const Table *t) {
    Lu size = style_of(t->c->styles, t->node)->size;
    if (size <= SIZE_LEAST || style_of(t->c->styles, t->c->tree->root)->size >= SIZE_LARGE) return 100;
    uint32_t percent = (uint32_t)((SIZE_LEAST * 100 + size - 1) / size);
    return percent > PERCENT_LEAST ? percent : PERCENT_LEAST;
}

static void table_scale(Table *t, uint32_t percent) {
    t->percent = percent;
    uint32_t count;
    FlowBlock *rows = rows_of(t, &count);
    for (uint32_t r = 0; r < count; r++)
        for (uint32_t i = 0; i < rows[r].cell_count; i++) paragraph_scale(t->c, rows[r].cells[i].paragraph, percent);
}

/* Chooses how large the table is set; true if its words fit then. */
static bool table_fit(Table *t) {
    int64_t minimum = columns_measure(t);
    uint32_t least = percent_least(t);
    while (minimum > t->width && t->percent > least) {
        uint32_t percent = (uint32_t)(t->width * (int64_t)t->percent / minimum) / PERCENT_STEP * PERCENT_STEP;
        if (percent >= t->percent) percent = t->percent - PERCENT_STEP;
        table_scale(t, percent > least ? percent : least);
        minimum = columns_measure(t);
    }
    if (minimum <= t->width) return true;
    diag(t->c->diags, DIAG_WARNING, "table-wide", node_place(t->c->tree, t->node),
        "make two tables of it, exchange rows and columns, or shorten its longest words",
        "this table is too wide for the page, even set smaller: words are cut in its %u columns", (unsigned)t->column_count);
    return false;
}

static void columns_share(Table *t) {
    int64_t minimum = 0, wanted = 0;
    Lu width = t->width;
    for (uint32_t i = 0; i < t->column_count; i++) {
        minimum += t->columns[i].minimum;
        wanted += t->columns[i].wanted;
    }
    for (uint32_t i = 0; i < t->column_count; i++) {
        Column *column = &t->columns[i];
        if (wanted <= width)
            column->width = column->wanted;
        else if (minimum >= width)
            column->width = (Lu)((int64_t)column->minimum * width / minimum);
        else
            column->width =
                column->minimum + (Lu)((int64_t)(column->wanted - column->minimum) * (width - minimum) / (wanted - minimum));
        if (column->width < 1) column->width = 1;
    }
}

/* ---- Cells in their columns --------------------------------------------------------------------------------------- */

static bool has_forced_end(const Paragraph *p) {
    for (uint32_t i = 0; i < p->list.count; i++)
        if (p->list.items[i].kind == ITEM_FORCED) return true;
    return false;
}

/* Most cells are one line: for them nothing has to be chosen. */
static LineBreaks cell_lines(Composer *c, const Cell *cell) {
    const Paragraph *p = cell->paragraph;
    Measure measure = {.rest = {cell->x, cell->width}};
    if (!p->list.count) return (LineBreaks){0};
    LineBreak one = {.to = p->list.count, .shape = measure.rest};
    LineBreaks chosen = {&one, 1, 1};
    if (paragraph_natural_width(p) > cell->width || has_forced_end(p)) {
        scratch_empty(c);
        chosen = lines_choose(c->scratch, p, cell->style, 0, &measure);
    }
    LineBreaks kept = {NEW_ARRAY(c->arena, LineBreak, chosen.count), chosen.count, chosen.count};
    if (chosen.count) memcpy(kept.items, chosen.items, chosen.count * sizeof *kept.items);
    return kept;
}

static void row_set(Table *t, FlowBlock *row, Lu x) {
    Composer *c = t->c;
    row->x = x;
    for (uint32_t i = 0; i < t->column_count; i++) {
        const Column *column = &t->columns[i];
        if (i < row->cell_count) {
            Cell *cell = &row->cells[i];
            bool narrow = column->width < column->minimum;
            cell->style = cell_look(t, cell->cell, narrow ? t->width / (Lu)t->column_count / 8 : INT32_MAX);
            cell->x = x + style_extent_left(cell->style);
            cell->width = column->width - extents(cell->style);
            if (cell->width < LU_PT) cell->width = LU_PT;
            if (narrow && paragraph_minimum_width(cell->paragraph) > cell->width) {
                c->percent = t->percent;
                cell->paragraph = paragraph_new(c, cell->cell, cell->width * 2);
                c->percent = 0;
            }
            cell->lines = cell_lines(c, cell);
        }
        x += column->width;
    }
    row->width = x - row->x;
}

/* The header rows, as every row of the body has them. */
static void heads_note(Table *t) {
    uint32_t count, heads = 0;
    FlowBlock *rows = rows_of(t, &count);
    while (heads < count && rows[heads].node->header) heads++;
    if (!heads || heads == count) return;
    FlowBlock *copy = NEW_ARRAY(t->c->arena, FlowBlock, heads);
    memcpy(copy, rows, heads * sizeof *copy);
    for (uint32_t r = heads; r < count; r++) {
        rows[r].table_head = copy;
        rows[r].table_head_count = heads;
    }
}

Lu table_build(Composer *c, const Node *node, Lu x, Lu width, uint32_t container, Lu gap, Lu pad_above) {
    Table t = {.c = c, .node = node, .width = width, .container = container, .percent = 100, .first = c->blocks.count};
    for (const Node *row = node->first; row; row = row->next)
        if (row->kind == NODE_TABLE_ROW) row_make(&t, row);
    if (!t.column_count) return width;
    t.columns = NEW_ARRAY(c->arena, Column, t.column_count);
    table_fit(&t);
    columns_share(&t);
    uint32_t count;
    FlowBlock *rows = rows_of(&t, &count);
    for (uint32_t r = 0; r < count; r++) row_set(&t, &rows[r], x);
    rows[0].gap = gap;
    rows[0].pad_above = pad_above;
    heads_note(&t);
    return rows[0].width;
}

/* ---- Header rows again -------------------------------------------------------------------------------------------- */

static Lu row_height(const FlowBlock *row, Lu *above) {
    Lu below = 0, leading = 0;
    uint32_t lines = 0;
    *above = 0;
    for (uint32_t i = 0; i < row->cell_count; i++) {
        const Cell *cell = &row->cells[i];
        if (style_extent_above(cell->style) > *above) *above = style_extent_above(cell->style);
        if (style_extent_below(cell->style) > below) below = style_extent_below(cell->style);
        if (cell->style->leading > leading) leading = cell->style->leading;
        if (cell->lines.count > lines) lines = cell->lines.count;
    }
    return *above + below + leading * (Lu)lines;
}

/* The rule above a table comes again with its header. */
static const Border *top_rule(const Composer *c, const FlowBlock *row) {
    return &style_of(c->styles, row->node->parent)->border_top;
}

Lu table_head_height(Composer *c, const FlowBlock *row) {
    if (!row->table_head_count) return 0;
    Lu height = top_rule(c, row)->width, above;
    for (uint32_t i = 0; i < row->table_head_count && height <= c->text_height; i++)
        height += row_height(&row->table_head[i], &above);
    return height > c->text_height / 2 ? 0 : height;
}

void table_head_repeat(Composer *c, Attempt *page, const FlowBlock *row, Lu *y) {
    if (!table_head_height(c, row)) return;
    const Border *rule = top_rule(c, row);
    Style ruled = {.border_top = *rule};
    decoration_add(
        c, page, page->boxes.count, row->node->parent, &ruled, (Rect){row->x, *y, row->width, rule->width}, false, false);
    *y += rule->width;
    for (uint32_t i = 0; i < row->table_head_count; i++) {
        const FlowBlock *head = &row->table_head[i];
        Lu above, height = row_height(head, &above);
        for (uint32_t k = 0; k < head->cell_count; k++) {
            const Cell *cell = &head->cells[k];
            Rect rect = {cell->x - style_extent_left(cell->style), *y, cell->width + extents(cell->style), height};
            decoration_add(c, page, page->boxes.count, cell->cell, cell->style, rect, false, false);
            lines_set(c, page, cell->cell, cell->style, cell->paragraph, &cell->lines, 0, cell->lines.count, *y + above,
                ARTIFACT_TABLE_HEAD);
        }
        decoration_add(
            c, page, page->boxes.count, head->node, head->style, (Rect){head->x, *y, head->width, height}, false, false);
        *y += height;
    }
}
