/* Diagnostics as people read them: in the order of the document, each with its line and a caret under its column.
 *
 * Columns count code points, a caret counts cells of a terminal: tabs, combining and wide characters are allowed for, and of a
 * long line only a window round the caret is shown.
 */
#include "base/internal.h"

#include <stdlib.h>

#define WINDOW_BEFORE 56 /* cells shown before the caret, and from it on */
#define WINDOW_AFTER 44
#define TAB_WIDTH 4
#define INDENT "    "

typedef struct {
    const Diag *diag;
    uintptr_t source_rank;
    uint32_t index;
} Entry;

/* Where a place lies in its source's text. Places come sorted, so that each search goes on from the one before. */
typedef struct {
    const Source *source;
    uint32_t line, column;
    size_t line_start, at;
} Cursor;

static int number_order(uint64_t a, uint64_t b) { return a < b ? -1 : a > b; }

static int entry_order(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    int order = number_order(a->source_rank, b->source_rank);
    if (order == 0) order = number_order(a->diag->at.line, b->diag->at.line);
    if (order == 0) order = number_order(a->diag->at.column, b->diag->at.column);
    return order != 0 ? order : number_order(a->index, b->index);
}

/* By source in the order of first mention, then by place. */
static Entry *entries_sorted(const Diags *d) {
    Entry *entries = NEW_ARRAY(d->arena, Entry, d->count);
    StrMap *ranks = strmap_new(d->arena);
    for (uint32_t i = 0; i < d->count; i++) {
        const Source *source = d->items[i].at.source;
        Str name = source == NULL ? STR("") : source->name;
        uintptr_t rank = (uintptr_t)strmap_find(ranks, name);
        if (rank == 0) {
            rank = (uintptr_t)i + 1;
            strmap_put(ranks, name, (void *)rank);
        }
        entries[i] = (Entry){&d->items[i], rank, i};
    }
    if (d->count > 0) qsort(entries, d->count, sizeof(Entry), entry_order);
    return entries;
}

const Diag **diags_sorted(const Diags *d) {
    Entry *entries = entries_sorted(d);
    const Diag **sorted = NEW_ARRAY(d->arena, const Diag *, d->count);
    for (uint32_t i = 0; i < d->count; i++) sorted[i] = entries[i].diag;
    return sorted;
}

/* The offset behind the line end at or after `at`; s.n when the line is the last. Line ends are LF, CR and CRLF. */
static size_t line_next(Str s, size_t at, bool *found) {
    while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r') at++;
    *found = at < s.n;
    if (at == s.n) return at;
    return s.p[at] == '\r' && at + 1 < s.n && s.p[at + 1] == '\n' ? at + 2 : at + 1;
}

static bool line_end(Str s, size_t at) { return at >= s.n || s.p[at] == '\n' || s.p[at] == '\r'; }

static bool cursor_seek(Cursor *cursor, Place place) {
    if (cursor->source != place.source || cursor->line > place.line ||
        (cursor->line == place.line && cursor->column > place.column)) {
        size_t start = str_starts(place.source->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
        *cursor = (Cursor){place.source, 1, 1, start, start};
    }
    Str text = place.source->text;
    while (cursor->line < place.line) {
        bool found;
        size_t next = line_next(text, cursor->at, &found);
        if (!found) return false;
        cursor->line++;
        cursor->column = 1;
        cursor->line_start = cursor->at = next;
    }
    while (cursor->column < place.column && !line_end(text, cursor->at)) {
        utf8_next(text, &cursor->at);
        cursor->column++;
    }
    return true;
}

static int cells_of(uint32_t code_point, int cell) {
    if (code_point == '\t') return TAB_WIDTH - cell % TAB_WIDTH;
    return terminal_width(harmless_character(code_point));
}

/* The first offset of a window that ends at `at`: about WINDOW_BEFORE cells before it. */
static size_t window_start(Str text, size_t line_start, size_t at) {
    size_t start = at, characters = 0;
    while (start > line_start && characters < WINDOW_BEFORE) {
        start--;
        if (((unsigned char)text.p[start] & 0xC0) != 0x80) characters++;
        if (at - start > 4 * WINDOW_BEFORE) break; /* stray continuation bytes */
    }
    return start;
}

static int character_add(Buf *out, uint32_t code_point, int cell) {
    int cells = cells_of(code_point, cell);
    if (code_point != '\t') {
        buf_add_utf8(out, harmless_character(code_point));
        return cell + cells;
    }
    for (int i = 0; i < cells; i++) buf_add_char(out, ' ');
    return cell + cells;
}

static void excerpt_print(Cursor *cursor, Place place, Buf *out, bool colour) {
    if (place.source == NULL || place.line == 0 || place.source->text.n == 0 || !cursor_seek(cursor, place)) return;
    Str text = place.source->text;
    if (place.column == 0 && line_end(text, cursor->at)) return; /* an empty line, and no column to point at */
    size_t start = window_start(text, cursor->line_start, cursor->at);
    buf_add_c(out, INDENT);
    int cell = 0;
    if (start > cursor->line_start) {
        buf_add_c(out, "…");
        cell = 1;
    }
    size_t at = start;
    while (at < cursor->at) cell = character_add(out, utf8_next(text, &at), cell);
    int caret = cell;
    while (!line_end(text, at) && cell < caret + WINDOW_AFTER) cell = character_add(out, utf8_next(text, &at), cell);
    if (!line_end(text, at)) buf_add_c(out, "…");
    buf_add_char(out, '\n');
    if (place.column == 0) return;
    buf_add_c(out, INDENT);
    for (int i = 0; i < caret; i++) buf_add_char(out, ' ');
    buf_add_c(out, colour ? "\x1b[1;32m^\x1b[0m\n" : "^\n");
}

static void painted(Buf *out, bool colour, const char *paint, const char *text) {
    if (colour) buf_format(out, "\x1b[%sm", paint);
    buf_add_c(out, text);
    if (colour) buf_add_c(out, "\x1b[0m");
}

static void severity_print(Severity severity, Buf *out, bool colour) {
    switch (severity) {
    case DIAG_NOTE: painted(out, colour, "1;36", "note:"); return;
    case DIAG_WARNING: painted(out, colour, "1;33", "warning:"); return;
    case DIAG_ERROR: painted(out, colour, "1;31", "error:"); return;
    }
    BUG("a severity of %d", (int)severity);
}

static void place_print(Place at, Buf *out, bool colour) {
    if (colour) buf_add_c(out, "\x1b[1m");
    if (at.source == NULL)
        buf_add_c(out, "brief");
    else if (str_is(at.source->name, "-"))
        buf_add_c(out, "standard input");
    else
        buf_add_harmless(out, at.source->name);
    if (at.line > 0) buf_format(out, ":%u", (unsigned)at.line);
    if (at.line > 0 && at.column > 0) buf_format(out, ":%u", (unsigned)at.column);
    buf_add_c(out, ": ");
    if (colour) buf_add_c(out, "\x1b[0m");
}

static void diag_print(const Diag *said, Cursor *cursor, Buf *out, bool colour) {
    place_print(said->at, out, colour);
    severity_print(said->severity, out, colour);
    buf_add_char(out, ' ');
    buf_add_harmless(out, said->message);
    buf_format(out, " [%s]\n", said->code);
    excerpt_print(cursor, said->at, out, colour);
    if (said->hint.n == 0) return;
    buf_add_c(out, "  ");
    painted(out, colour, "36", "hint:");
    buf_add_char(out, ' ');
    buf_add_harmless(out, said->hint);
    buf_add_char(out, '\n');
}

void diags_print(const Diags *d, Buf *out, bool colour) {
    Entry *entries = entries_sorted(d);
    Cursor cursor = {0};
    for (uint32_t i = 0; i < d->count; i++) diag_print(entries[i].diag, &cursor, out, colour);
    if (d->dropped > 0) buf_format(out, "brief: note: %u more like these are not shown [too-many]\n", (unsigned)d->dropped);
}
