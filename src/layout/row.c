/* row: the rows of a table in their columns: made when they are placed, drawn, and drawn again as the head of a further page.
 *
 * A row's cells are made from the tree each time that their memory was given up in between (a long table's rows would not fit in
 * any); they come out the same each time.
 */
#include "layout/compose.h"

#include <string.h>

#define ROWS_LIMIT ((size_t)1 << 20) /* of the rows of some pages */

/* A row that goes over many pages must not be made again for each. */
void rows_empty(Composer *c) {
    size_t limit = c->row_largest > ROWS_LIMIT / 4 ? c->row_largest * 4 : ROWS_LIMIT;
    if (arena_renew(&c->rows, limit)) c->row_round++;
}

Paragraph *cell_paragraph(Composer *c, const TableGrid *grid, const Node *cell, Lu measure) {
    Arena *kept = c->kept;
    c->kept = c->rows;
    c->percent = grid->percent;
    Paragraph *p = paragraph_new(c, cell, measure);
    c->percent = 0;
    c->kept = kept;
    return p;
}

/* ---- Looks of cells ----------------------------------------------------------------------------------------------- */

/* A cell's style with its own alignment, and no more padding on either side than `padding`. */
static const Style *look_make(Composer *c, TableGrid *grid, const Style *of, TextAlign align, Lu padding) {
    if (of->align == align && of->padding_left <= padding && of->padding_right <= padding) return of;
    uint32_t count = sizeof grid->looks / sizeof *grid->looks;
    for (uint32_t i = 0; i < count; i++)
        if (grid->looks[i].of == of && grid->looks[i].align == align && grid->looks[i].padding == padding)
            return grid->looks[i].made;
    Style *made = NEW(c->arena, Style);
    *made = *of;
    made->align = align;
    if (made->padding_left > padding) made->padding_left = padding;
    if (made->padding_right > padding) made->padding_right = padding;
    uint32_t at = grid->look_next++ % count;
    grid->looks[at].of = of;
    grid->looks[at].made = made;
    grid->looks[at].align = align;
    grid->looks[at].padding = padding;
    return made;
}

static const Style *cell_look(Composer *c, TableGrid *grid, const Node *cell, Lu padding) {
    const Style *style = style_scaled(c, style_of(c->styles, cell), grid->percent);
    TextAlign align = cell->align == ALIGN_RIGHT    ? TEXT_RIGHT
                      : cell->align == ALIGN_CENTRE ? TEXT_CENTRE
                      : cell->align == ALIGN_LEFT   ? TEXT_LEFT
                                                    : style->align;
    return look_make(c, grid, style, align, padding);
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
        chosen = lines_choose(c->scratch, c->room, p, cell->style, 0, &measure);
    }
    LineBreaks kept = {NEW_ARRAY(c->rows, LineBreak, chosen.count), chosen.count, chosen.count};
    if (chosen.count) memcpy(kept.items, chosen.items, chosen.count * sizeof *kept.items);
    return kept;
}

static void cell_make(Composer *c, TableGrid *grid, Cell *cell, uint32_t column, Lu x) {
    Lu width = grid->columns[column].width;
    bool narrow = width < grid->columns[column].minimum;
    cell->style = cell_look(c, grid, cell->cell, narrow ? grid->width / (Lu)grid->column_count / 8 : INT32_MAX);
    cell->x = x + style_extent_left(cell->style);
    cell->width = width - style_extent_left(cell->style) - style_extent_right(cell->style);
    if (cell->width < LU_PT) cell->width = LU_PT;
    cell->paragraph = cell_paragraph(c, grid, cell->cell, narrow ? cell->width * 2 : grid->width * 2);
    cell->lines = cell_lines(c, cell);
}

void row_prepare(Composer *c, FlowBlock *row) {
    if (row->cells && row->row_round == c->row_round) return;
    if (!c->rows) rows_empty(c);
    size_t used = arena_used(c->rows);
    row->cells = NEW_ARRAY(c->rows, Cell, row->cell_count ? row->cell_count : 1);
    row->row_round = c->row_round;
    Lu x = row->x;
    uint32_t i = 0;
    for (const Node *cell = row->node->first; cell; cell = cell->next, i++) {
        row->cells[i].cell = cell;
        cell_make(c, row->grid, &row->cells[i], i, x);
        x += row->grid->columns[i].width;
    }
    if (arena_used(c->rows) - used > c->row_largest) c->row_largest = arena_used(c->rows) - used;
}

RowSize row_size(Composer *c, FlowBlock *row) {
    RowSize size = {0};
    row_prepare(c, row);
    for (uint32_t i = 0; i < row->cell_count; i++) {
        const Cell *cell = &row->cells[i];
        if (style_extent_above(cell->style) > size.above) size.above = style_extent_above(cell->style);
        if (style_extent_below(cell->style) > size.below) size.below = style_extent_below(cell->style);
        if (cell->style->leading > size.leading) size.leading = cell->style->leading;
        if (cell->lines.count > size.lines) size.lines = cell->lines.count;
    }
    return size;
}

void row_draw(Composer *c, Attempt *page, FlowBlock *row, uint32_t from, uint32_t end, Lu y, ArtifactKind artifact) {
    RowSize size = row_size(c, row);
    Lu height = size.above + size.below + size.leading * (Lu)(end - from);
    for (uint32_t i = 0; i < row->cell_count; i++) {
        const Cell *cell = &row->cells[i];
        uint32_t last = end < cell->lines.count ? end : cell->lines.count;
        Lu left = cell->x - style_extent_left(cell->style);
        Rect outer = {left, y, cell->width + style_extent_left(cell->style) + style_extent_right(cell->style), height};
        decoration_add(c, page, page->boxes.count, cell->cell, cell->style, outer, false, false);
        if (from < last)
            lines_set(c, page, cell->cell, cell->style, cell->paragraph, &cell->lines, from, last, y + size.above, artifact);
    }
    decoration_add(c, page, page->boxes.count, row->node, row->style, (Rect){row->x, y, row->width, height}, false, false);
}

/* ---- Header rows again -------------------------------------------------------------------------------------------- */

/* The rule above a table comes again with its header. */
static const Border *top_rule(const Composer *c, const FlowBlock *row) {
    return &style_of(c->styles, row->grid->table)->border_top;
}

static Lu row_height(Composer *c, FlowBlock *row) {
    RowSize size = row_size(c, row);
    return size.above + size.below + size.leading * (Lu)size.lines;
}

Lu table_head_height(Composer *c, const FlowBlock *row) {
    const TableGrid *grid = row->grid;
    if (!grid->head_count || row->node->header) return 0;
    Lu height = top_rule(c, row)->width;
    for (uint32_t i = 0; i < grid->head_count && height <= c->text_height; i++) height += row_height(c, &grid->heads[i]);
    return height > c->text_height / 2 ? 0 : height;
}

void table_head_repeat(Composer *c, Attempt *page, const FlowBlock *row, Lu *y) {
    if (!table_head_height(c, row)) return;
    const Border *rule = top_rule(c, row);
    Style ruled = {.border_top = *rule};
    Rect line = {row->x, *y, row->width, rule->width};
    decoration_add(c, page, page->boxes.count, row->grid->table, &ruled, line, false, false);
    *y += rule->width;
    for (uint32_t i = 0; i < row->grid->head_count; i++) {
        FlowBlock *head = &row->grid->heads[i];
        row_draw(c, page, head, 0, row_size(c, head).lines, *y, ARTIFACT_TABLE_HEAD);
        *y += row_height(c, head);
    }
}
