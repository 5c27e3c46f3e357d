/* table: a table → rows of cells, one flow block a row.
 *
 * Column widths as in CSS's automatic layout (CSS 2.2 §17.5.2.2): every column gets what its widest word needs; what is left is
 * shared out in proportion to what the columns would like more. When not even the words fit, all shrink alike, and words are cut.
 */
#include "layout/compose.h"

typedef struct {
    Lu minimum, wanted, width;
} Column;

static uint32_t columns_count(const Node *table) {
    uint32_t most = 1;
    for (const Node *row = table->first; row; row = row->next) {
        uint32_t count = 0;
        for (const Node *cell = row->kind == NODE_TABLE_ROW ? row->first : NULL; cell; cell = cell->next) count++;
        if (count > most) most = count;
    }
    return most;
}

static void columns_measure(Composer *c, const Node *table, Column *columns, Lu width) {
    for (const Node *row = table->first; row; row = row->next) {
        uint32_t i = 0;
        for (const Node *cell = row->kind == NODE_TABLE_ROW ? row->first : NULL; cell; cell = cell->next, i++) {
            const Style *style = style_of(c->styles, cell);
            Paragraph *p = paragraph_new(c, cell, width * 2);
            Lu extra = style_extent_left(style) + style_extent_right(style);
            Lu minimum = paragraph_minimum_width(p) + extra, wanted = paragraph_natural_width(p) + extra;
            if (minimum > columns[i].minimum) columns[i].minimum = minimum;
            if (wanted > columns[i].wanted) columns[i].wanted = wanted;
        }
    }
}

static void columns_share(Column *columns, uint32_t count, Lu width) {
    int64_t minimum = 0, wanted = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!columns[i].minimum) columns[i].minimum = columns[i].wanted = LU_PT;
        minimum += columns[i].minimum;
        wanted += columns[i].wanted;
    }
    for (uint32_t i = 0; i < count; i++) {
        Column *column = &columns[i];
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

static const Style *cell_style(Composer *c, const Node *cell, Style *store) {
    const Style *style = style_of(c->styles, cell);
    TextAlign align = cell->align == ALIGN_RIGHT    ? TEXT_RIGHT
                      : cell->align == ALIGN_CENTRE ? TEXT_CENTRE
                      : cell->align == ALIGN_LEFT   ? TEXT_LEFT
                                                    : style->align;
    if (align == style->align) return style;
    *store = *style;
    store->align = align;
    return store;
}

static void row_add(
    Composer *c, const Node *row, const Column *columns, uint32_t count, Lu x, uint32_t container, Lu gap, Lu pad_above) {
    const Style *style = style_of(c->styles, row);
    FlowBlock *block = PUSH(c->arena, &c->blocks, FlowBlock);
    *block = (FlowBlock){.kind = FLOW_ROW,
        .node = row,
        .style = style,
        .x = x,
        .gap = gap,
        .pad_above = pad_above,
        .container = container,
        .whole = true};
    block->keep_with_next = row->header && row->next;
    block->cells = NEW_ARRAY(c->arena, Cell, count);
    Style *aligned = NEW_ARRAY(c->arena, Style, count);
    uint32_t i = 0;
    for (const Node *node = row->first; node; node = node->next, i++) {
        Cell *cell = &block->cells[i];
        cell->cell = node;
        cell->style = cell_style(c, node, &aligned[i]);
        cell->x = x + style_extent_left(cell->style);
        cell->width = columns[i].width - style_extent_left(cell->style) - style_extent_right(cell->style);
        if (cell->width < LU_PT) cell->width = LU_PT;
        cell->paragraph = paragraph_new(c, node, cell->width * 2);
        Measure measure = {.rest = {cell->x, cell->width}};
        cell->lines = lines_choose(c->arena, cell->paragraph, cell->style, 0, &measure);
        x += columns[i].width;
    }
    block->cell_count = i;
    for (; i < count; i++) x += columns[i].width;
    block->width = x - block->x;
}

Lu table_build(Composer *c, const Node *table, Lu x, Lu width, uint32_t container, Lu gap, Lu pad_above) {
    uint32_t count = columns_count(table);
    Column *columns = NEW_ARRAY(c->arena, Column, count);
    columns_measure(c, table, columns, width);
    columns_share(columns, count, width);
    for (const Node *row = table->first; row; row = row->next) {
        if (row->kind != NODE_TABLE_ROW) continue;
        row_add(c, row, columns, count, x, container, gap, pad_above);
        gap = pad_above = 0;
    }
    Lu sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += columns[i].width;
    return sum;
}
