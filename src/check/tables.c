/* Tables: heads that say what their columns hold (PDF/UA 7.5; WCAG 2.2, 1.3.1), one cell for one thing, and nothing that is there for
 * its looks. A table of Markdown always has a head; one whose cells are empty is none.
 */
#include "check/internal.h"

#define LONG_CELL 160 /* characters: running text */

typedef struct {
    const Node *head; /* its cell in the head */
    bool filled; /* some cell of the body */
    const Node *ditto; /* the first cell that repeats the one above by a sign */
} Column;

typedef struct {
    Diags *d;
    const Tree *tree;
    const Node *table;
    Column *columns;
    uint32_t column_count, row_count; /* rows of the body */
    bool head_filled;
    uint32_t filled_count, long_count; /* cells of the body */
    const Node *gap; /* the first row without anything in it */
    /* the first column: empty below what is filled, in rows that are not */
    const Node *merged;
    uint32_t merged_count; /* not counting the last row, which may be a sum */
    bool begun;
} Table;

static Str cell_words(Arena *arena, const Node *cell) {
    const Node *only = cell->first;
    if (!only) return STR("");
    return str_trim(only->kind == NODE_TEXT && !only->next ? only->text : node_text(arena, cell));
}

/* Marks as they are typed, and as they were made typographic. */
static bool is_ditto(Str words) {
    static const char *const dittos[] = {"\"", "''", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x99\xE2\x80\x99",
        "\xE2\x80\x98\xE2\x80\x99", "\xE2\x80\xB3", "\xE3\x80\x83", "\xCB\x9D", "ditto", "do.", "idem", "dito", "dto.", NULL};
    for (size_t i = 0; dittos[i]; i++)
        if (str_equal_nocase(words, str_from(dittos[i]))) return true;
    return false;
}

static void row_look_at(Table *t, const Node *row, Arena *scratch) {
    uint32_t n = 0, filled = 0;
    bool first_empty = false;
    for (const Node *cell = row->first; cell && n < t->column_count; cell = cell->next, n++) {
        Str words = cell_words(scratch, cell);
        if (!words.n) {
            first_empty = first_empty || !n;
            continue;
        }
        filled++;
        Column *column = &t->columns[n];
        column->filled = true;
        if (utf8_count(words) > LONG_CELL) t->long_count++;
        if (!column->ditto && t->row_count && is_ditto(words)) column->ditto = cell;
    }
    t->row_count++;
    t->filled_count += filled;
    if (!filled && !t->gap) t->gap = row;
    if (!first_empty) t->begun = t->begun || filled;
    if (!first_empty || !filled || !t->begun) return;
    if (!t->merged) t->merged = row->first;
    bool last = !row->next || row->next->kind != NODE_TABLE_ROW;
    if (!last) t->merged_count++;
}

static void head_look_at(Table *t, const Node *row, Arena *scratch) {
    uint32_t n = 0;
    for (const Node *cell = row->first; cell && n < t->column_count; cell = cell->next, n++) {
        if (!t->columns[n].head) t->columns[n].head = cell;
        if (cell_words(scratch, cell).n) t->head_filled = true;
    }
}

static void warn(Table *t, const char *code, const Node *at, const char *hint, const char *message) {
    diag(t->d, DIAG_WARNING, code, node_place(t->tree, at), hint, "%s", message);
}

/* Whether it is a table at all. */
static bool layout_check(Table *t) {
    const char *hint = "write what is in it as paragraphs, a list, or “::: box”";
    if (t->column_count == 1)
        warn(t, "table-layout", t->table, hint, "a table of one column is none: nothing in it stands beside anything");
    else if (!t->row_count)
        warn(t, "table-layout", t->table, hint, "a table that is nothing but its head has no use as a table");
    else if (!t->head_filled && t->row_count == 1)
        warn(t, "table-layout", t->table, hint, "a table of one row without a head is there for its looks");
    else if (!t->head_filled && t->long_count * 2 >= t->filled_count)
        warn(t, "table-layout", t->table, hint, "a table of running text without a head is there for its looks");
    else
        return true;
    return false;
}

static void head_check(Table *t) {
    if (!t->head_filled) {
        warn(t, "table-head", t->table, "say in its first row what each column holds",
            "the table has no head: nobody is told what its columns hold");
        return;
    }
    for (uint32_t n = 0; n < t->column_count; n++) {
        const Node *head = t->columns[n].head;
        if (!head || !t->columns[n].filled || words_written(t->d->arena, head).n) continue;
        bool corner = n == 0;
        if (corner && node_has_class(t->table, "row-headers")) continue; /* heads both ways: nothing is below or beside it */
        warn(t, "table-head-empty", head,
            corner ? "say what the column holds; if its cells head their rows, {.row-headers} behind the caption says so"
                   : "say what the column holds",
            "the head of this column is empty");
    }
}

static void gaps_check(Table *t) {
    if (t->gap)
        warn(t, "table-gap", t->gap, "take it out: the sheet sets the distance of rows",
            "a row without anything in it, which is read out cell by cell");
    for (uint32_t n = 0; n < t->column_count; n++) {
        const Column *column = &t->columns[n];
        if (column->filled || !column->head || words_written(t->d->arena, column->head).n) continue;
        warn(t, "table-gap", column->head, "take it out: the sheet sets the distance of columns",
            "a column without anything in it, which is read out cell by cell");
    }
}

static void merged_check(Table *t) {
    for (uint32_t n = 0; n < t->column_count; n++)
        if (t->columns[n].ditto)
            warn(t, "table-merged", t->columns[n].ditto, "repeat what it stands for",
                "a ditto mark stands for what is above it; read out alone, the cell says nothing");
    if (t->merged_count)
        warn(t, "table-merged", t->merged, "repeat what the row is about, or make a table of each group",
            "a cell is left empty to belong to the one above it; read out alone, its row is about nothing");
}

static void table_check(Diags *d, const Tree *tree, const Node *node, Arena *scratch) {
    Table t = {.d = d, .tree = tree, .table = node};
    for (const Node *row = node->first; row && !t.column_count; row = row->next)
        for (const Node *cell = row->kind == NODE_TABLE_ROW ? row->first : NULL; cell; cell = cell->next) t.column_count++;
    if (!t.column_count) return;
    t.columns = NEW_ARRAY(scratch, Column, t.column_count);
    for (const Node *row = node->first; row; row = row->next) {
        if (row->kind != NODE_TABLE_ROW) continue;
        if (row->header)
            head_look_at(&t, row, scratch);
        else
            row_look_at(&t, row, scratch);
    }
    if (!layout_check(&t)) return;
    head_check(&t);
    gaps_check(&t);
    merged_check(&t);
}

void tables_check(Diags *d, const Tree *tree) {
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        if (node->kind != NODE_TABLE) continue;
        Arena *scratch = arena_open(); /* for each: what was made of a long table's cells is given back */
        table_check(d, tree, node, scratch);
        arena_close(scratch);
    }
}
