/* Tables (GFM §4.10) and their captions. cmark tells the columns of cells only for tables at the left margin whose head is their first
 * line, so the cells are found again in their line. */
#include "read/internal.h"
#include <string.h>

typedef struct {
    const Reader *r;
    uint32_t line;
    Str text;
    size_t at;
    Spot spot; /* of `at` */
} RowScan;

static void scan_to(RowScan *scan, size_t at) {
    for (; scan->at < at && scan->at < scan->text.n; scan->at++) {
        if (((unsigned char)scan->text.p[scan->at] & 0xC0) != 0x80) scan->spot.column++;
    }
}

static void skip_blanks(RowScan *scan) {
    while (scan->at < scan->text.n && (scan->text.p[scan->at] == ' ' || scan->text.p[scan->at] == '\t'))
        scan_to(scan, scan->at + 1);
}

static void skip_pipe(RowScan *scan) {
    size_t at = scan->at;
    while (at < scan->text.n && scan->text.p[at] != '|') at += scan->text.p[at] == '\\' && at + 1 < scan->text.n ? 2 : 1;
    scan_to(scan, at + 1);
}

/* What stands before a row belongs to quotations and lists around the table; the head stands where the table begins. */
static size_t row_prefix(const Reader *r, uint32_t line, size_t byte) {
    Str text = line_text(r, line);
    size_t at = 0;
    while (at < byte && at < text.n && (text.p[at] == ' ' || text.p[at] == '\t' || text.p[at] == '>')) at++;
    return at;
}

static void row_begin(RowScan *scan, const Reader *r, uint32_t line, size_t byte) {
    *scan = (RowScan){.r = r, .line = line, .text = line_text(r, line), .at = byte, .spot = spot_at(r, line, byte)};
    skip_blanks(scan);
    if (scan->at < scan->text.n && scan->text.p[scan->at] == '|') scan_to(scan, scan->at + 1);
}

static ColumnAlign alignment(uint8_t letter) {
    switch (letter) {
    case 'l': return ALIGN_LEFT;
    case 'c': return ALIGN_CENTRE;
    case 'r': return ALIGN_RIGHT;
    default: return ALIGN_NONE;
    }
}

/* GFM takes no more cells of a row than its table has columns. */
static void tell_excess(const Reader *r, RowScan *scan, size_t columns) {
    skip_blanks(scan);
    Str rest = str_trim(str_slice(scan->text, scan->at, scan->text.n));
    Spot at = scan->spot;
    while (rest.n && rest.p[rest.n - 1] == '|') rest = str_trim(str_slice(rest, 0, rest.n - 1));
    if (rest.n == 0) return;
    diag(r->d, DIAG_WARNING, "table-cells", reader_place(r, at),
        "give the table's head as many cells, or write \"|\" inside a cell as \"\\|\"",
        "this row has more cells than the table's %zu columns: “" STR_FMT "” is left out", columns, STR_ARG(rest));
}

static void read_row(Reader *r, cmark_node *row, Node *table, RowScan *scan, const uint8_t *alignments) {
    Node *ours = node_new(r->nodes, NODE_TABLE_ROW, scan->line, spot_at(r, scan->line, 0).column);
    ours->header = cmark_gfm_extensions_get_table_row_is_header(row);
    size_t column = 0;
    for (cmark_node *cell = row->first_child; cell; cell = cell->next, column++) {
        skip_blanks(scan);
        Node *made = node_new(r->nodes, NODE_TABLE_CELL, scan->spot.line, scan->spot.column);
        made->header = ours->header;
        made->align = alignment(alignments[column]);
        node_append(ours, made);
        if (column == 0) ours->column = made->column;
        Content content = content_fixed((Str){(const char *)cell->content.ptr, (size_t)cell->content.size}, scan->spot);
        content.fixed = false;
        content.pipes = true;
        inlines_read(r, made, &content, NULL);
        cmark_strbuf_clear(&cell->content);
        skip_pipe(scan);
    }
    tell_excess(r, scan, column);
    node_append(table, ours);
}

static Str caption_words(Str text) {
    if (str_starts(text, STR("Table:"))) return str_slice(text, 6, text.n);
    if (str_starts(text, STR(": "))) return str_slice(text, 2, text.n);
    return (Str){0};
}

/* A caption that follows the table without a blank line is a row to GFM; with no "|" in it, it is meant as a caption. */
static bool row_is_caption(const RowScan *row) {
    Str line = str_slice(row->text, row->at, row->text.n);
    return caption_words(line).n && !memchr(line.p, '|', line.n);
}

/* {.row-headers}: the first cell of each row of the body says what the row is about. */
static void add_row_headers(Node *table) {
    for (Node *row = table->first; row; row = row->next) {
        if (row->kind == NODE_TABLE_ROW && row->first) row->first->header = true;
    }
}

static void add_caption(Reader *r, Node *table, Content *content) {
    size_t skip = content->n - caption_words((Str){content->p, content->n}).n;
    while (skip < content->n && (content->p[skip] == ' ' || content->p[skip] == '\n')) skip++;
    content_skip(r, content, skip);
    Node *caption = node_new(r->nodes, NODE_CAPTION, content->spot.line, content->spot.column);
    node_prepend(table, caption);
    inlines_read(r, caption, content, table);
    if (!caption->first) node_unlink(caption);
    if (node_has_class(table, "row-headers")) add_row_headers(table);
}

bool caption_read(Reader *r, Node *parent, Content *content) {
    Node *table = parent->last;
    if (!table || table->kind != NODE_TABLE || (table->first && table->first->kind == NODE_CAPTION)) return false;
    if (caption_words((Str){content->p, content->n}).n == 0) return false;
    add_caption(r, table, content);
    return true;
}

void table_read(Reader *r, cmark_node *table, Node *parent) {
    /* The lines above the head are a paragraph that cmark cut off the table; it begins where the table says it does. */
    uint32_t line = (uint32_t)table->start_line + r->body_line;
    cmark_node *body = table->first_child ? table->first_child->next : NULL;
    cmark_node *above = table->prev;
    if (above && above->type == CMARK_NODE_PARAGRAPH && above->start_line == 0) {
        line = body ? (uint32_t)body->start_line + r->body_line - 2 : (uint32_t)table->end_line + r->body_line - 1;
    }
    size_t byte = table->start_column > 0 ? (size_t)table->start_column - 1 : 0;
    Spot at = spot_at(r, line, byte);
    Node *ours = node_new(r->nodes, NODE_TABLE, at.line, at.column);
    ours->value = cmark_gfm_extensions_get_table_columns(table);
    node_append(parent, ours);
    const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
    for (cmark_node *row = table->first_child; row; row = row->next) {
        uint32_t row_line = row == table->first_child ? line : (uint32_t)row->start_line + r->body_line;
        RowScan scan;
        row_begin(&scan, r, row_line, row == table->first_child ? byte : row_prefix(r, row_line, byte));
        if (!row->next && row != table->first_child && row_is_caption(&scan)) {
            cmark_node *cell = row->first_child;
            Content content = content_new(r, (const char *)cell->content.ptr, (size_t)cell->content.size, row_line, scan.at);
            add_caption(r, ours, &content);
            cmark_strbuf_clear(&cell->content);
        } else {
            read_row(r, row, ours, &scan, alignments);
        }
    }
}
