/* Columns of figures: a column that the author did not align, and whose cells are numbers, is set to the right, so that units stand
 * below units (Chicago Manual of Style, 17th ed., 3.72). Decimals line up where all numbers have as many of them. Dashes and empty
 * cells say that there is no number, and decide nothing. The first column says what its rows are about, and is left alone.
 */
#include "resolve/passes.h"

typedef struct {
    bool figures, other; /* so far: a number; a cell that is none, or one that is aligned */
} Column;

static size_t skip_any(Str s, size_t at, const char *const signs[]) {
    size_t length;
    while (at < s.n && str_begins_any(s, at, signs, &length)) at += length;
    return at;
}

/* "−1,234.5", "£12m", "(45%)", "1 200": digits, with points and spaces between them, in signs. */
static bool is_number(Str s) {
    static const char *const before[] = {"(", "+", "-", "\xE2\x88\x92", "\xE2\x80\x93", "\xC2\xB1", "~", "<", ">", "\xE2\x89\xA4",
        "\xE2\x89\xA5", "\xC2\xA3", "$", "\xE2\x82\xAC", "\xC2\xA5", " ", "\xC2\xA0", "\xE2\x80\xAF", NULL};
    static const char *const between[] = {
        ",", ".", "'", "\xE2\x80\x99", " ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xC2\xB7", NULL};
    static const char *const behind[] = {
        ")", "%", "\xE2\x80\xB0", "*", "\xE2\x82\xAC", " ", "\xC2\xA0", "\xE2\x80\xAF", "\xC2\xB0", "bn", "m", "k", "p", NULL};
    size_t at = skip_any(s, 0, before), length;
    if (at >= s.n || !(char_is_digit(s.p[at]) || (s.p[at] == '.' && at + 1 < s.n && char_is_digit(s.p[at + 1])))) return false;
    while (at < s.n) {
        if (char_is_digit(s.p[at])) {
            at++;
        } else if (str_begins_any(s, at, between, &length) && at + length < s.n && char_is_digit(s.p[at + length])) {
            at += length;
        } else {
            break;
        }
    }
    return skip_any(s, at, behind) == s.n;
}

static bool is_gap(Str s) {
    static const char *const signs[] = {
        "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92", "\xE2\x80\xA6", ".", "n/a", "N/A", ":", NULL};
    return skip_any(s, 0, signs) == s.n;
}

/* Most cells are one text: nothing has to be put together. */
static Str cell_words(Arena *arena, const Node *cell) {
    const Node *only = cell->first;
    if (!only) return (Str){0};
    return str_trim(only->kind == NODE_TEXT && !only->next ? only->text : node_text(arena, cell));
}

static void cell_look_at(Arena *arena, const Node *cell, Column *column) {
    if (column->other) return;
    if (cell->align != ALIGN_NONE || !cell->previous) column->other = true;
    if (column->other) return;
    Str words = cell_words(arena, cell);
    if (is_number(words))
        column->figures = true;
    else if (!is_gap(words))
        column->other = true;
}

static void table_align(Resolution *r, Node *table, Arena *scratch) {
    uint32_t count = 0;
    for (const Node *row = table->first; row; row = row->next) {
        uint32_t cells = 0;
        for (const Node *cell = row->kind == NODE_TABLE_ROW ? row->first : NULL; cell; cell = cell->next) cells++;
        if (cells > count) count = cells;
    }
    Column *columns = NEW_ARRAY(r->arena, Column, count ? count : 1);
    for (const Node *row = table->first; row; row = row->next) {
        if (row->kind != NODE_TABLE_ROW || row->header) continue;
        Column *column = columns;
        for (const Node *cell = row->first; cell; cell = cell->next) cell_look_at(scratch, cell, column++);
    }
    for (Node *row = table->first; row; row = row->next) {
        const Column *column = columns;
        if (row->kind != NODE_TABLE_ROW) continue;
        for (Node *cell = row->first; cell; cell = cell->next, column++)
            if (cell->previous && column->figures && !column->other && cell->align == ALIGN_NONE) cell->align = ALIGN_RIGHT;
    }
}

void resolve_columns(Resolution *r) {
    Arena *scratch = arena_open();
    for (Node *node = r->tree->root; node; node = node_next_block(node, r->tree->root))
        if (node->kind == NODE_TABLE) table_align(r, node, scratch);
    arena_close(scratch);
}
