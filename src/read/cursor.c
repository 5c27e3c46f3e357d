/* Following cmark through the text of a block, to know where everything stood. A piece of text that cmark took as it is still points into
 * the text; what cmark made (a quotation mark, a character from an entity) stands at the cursor, behind what came before. cmark's own
 * columns count bytes from the beginning of what it takes for the line; they are used for the ends of links and of references to notes only.
 */
#include "read/internal.h"
#include <string.h>

#define REFERENCE_MOST 2000 /* bytes of a reference to a note that are looked through */

Str chunk_str(const cmark_chunk *chunk) { return (Str){(const char *)chunk->data, (size_t)chunk->len}; }

bool cursor_holds(const Cursor *c, const cmark_chunk *chunk) {
    const char *p = (const char *)chunk->data;
    return !chunk->alloc && p && p >= c->p && p <= c->p + c->n;
}

void cursor_move(Cursor *c, size_t offset) {
    if (offset > c->at) c->at = offset < c->n ? offset : c->n;
}

size_t cursor_find(const Cursor *c, char sign) {
    const char *found = c->at < c->n ? memchr(c->p + c->at, sign, c->n - c->at) : NULL;
    return found ? (size_t)(found - c->p) : c->at;
}

static char source_sign(Str literal) {
    static const struct {
        const char *text;
        char sign;
    } signs[] = {{"\xE2\x80\x9C", '"'}, {"\xE2\x80\x9D", '"'}, {"\xE2\x80\x98", '\''}, {"\xE2\x80\x99", '\''},
        {"\xE2\x80\xA6", '.'}, {"\xE2\x80\x93", '-'}, {"\xE2\x80\x94", '-'}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (str_starts(literal, str_from(signs[i].text))) return signs[i].sign;
    }
    return literal.n ? literal.p[0] : 0;
}

size_t cursor_run(const Cursor *c, size_t at, char sign) {
    size_t end = at;
    while (end < c->n && c->p[end] == sign) end++;
    return end - at;
}

/* Text that cmark made: finds it at the cursor, perhaps behind marks of emphasis, and moves behind what it was made from. */
static size_t locate_made(Cursor *c, const cmark_chunk *literal) {
    Str text = chunk_str(literal);
    char sign = source_sign(text);
    size_t at = c->at;
    while (at < c->n && c->p[at] != sign && (c->p[at] == '*' || c->p[at] == '_' || c->p[at] == '~')) at++;
    if (at >= c->n) return c->at;
    if (c->p[at] == '&' && !(text.n == 1 && !literal->alloc)) {
        size_t end = at + 1;
        while (end < c->n && c->p[end] != ';' && end - at < 40) end++;
        c->at = at;
        cursor_move(c, end + 1);
    } else if (c->p[at] == sign) {
        size_t length = text.n;
        if (sign == '-' && literal->alloc)
            length = cursor_run(c, at, '-');
        else if (sign == '.' && text.p[0] != '.')
            length = 3;
        else if (sign == '"' || sign == '\'')
            length = 1;
        cursor_move(c, at + length);
    } else {
        return c->at;
    }
    return at;
}

/* Of a character behind a backslash cmark's column is the backslash's. */
static bool is_escaped(const Cursor *c, const cmark_node *node, size_t at) {
    return node->as.literal.len == 1 && node->end_column == node->start_column + 1 && at > 0 && c->p[at - 1] == '\\';
}

size_t cursor_text(Cursor *c, const cmark_node *node) {
    const cmark_chunk *literal = &node->as.literal;
    if (!cursor_holds(c, literal)) return locate_made(c, literal);
    size_t at = (size_t)((const char *)literal->data - c->p);
    if (node->start_column > 0) c->line_base = (long)at - (node->start_column - 1) - is_escaped(c, node, at);
    if (at < c->at) at = c->at; /* what is left of a run of stars points at the beginning of the run */
    cursor_move(c, at + (size_t)literal->len);
    return at;
}

size_t cursor_code(Cursor *c) {
    size_t start = cursor_find(c, '`');
    size_t ticks = cursor_run(c, start, '`');
    size_t at = start + ticks;
    while (at < c->n) {
        size_t run = cursor_run(c, at, '`');
        if (run == ticks) break;
        at += run ? run : 1;
    }
    cursor_move(c, at + ticks);
    return start + ticks;
}

size_t cursor_break(Cursor *c, const cmark_node *node) {
    size_t at = cursor_find(c, '\n');
    bool backslash = node->type == CMARK_NODE_LINEBREAK && at > 0 && c->p[at - 1] == '\\';
    c->at = at;
    cursor_move(c, at + 1);
    if (backslash) return at; /* cmark goes on counting on the line before */
    c->line_base = (long)at + 1;
    while (c->at < c->n && (c->p[c->at] == ' ' || c->p[c->at] == '\t')) c->at++;
    return at;
}

/* Whether cmark may count the columns before `end` from `base`: a line break inside the reference moved its line, or none did. */
static bool base_fits(const Cursor *c, long base, size_t end) {
    return base == c->line_base || (base > (long)c->at && base < (long)end && c->p[base - 1] == '\n');
}

/* Where the text behind a node begins, if cmark took it as it is; else 0. */
static size_t text_behind(const Cursor *c, const cmark_node *node) {
    const cmark_node *next = node->next;
    if (next == NULL || next->type != CMARK_NODE_TEXT || !cursor_holds(c, &next->as.literal)) return 0;
    size_t at = (size_t)((const char *)next->as.literal.data - c->p);
    return at - is_escaped(c, next, at);
}

/* A bracket behind which the reference at the cursor can end by cmark's column: that which belongs to the first if it is such a one, else the first
 * such; 0: none. */
static size_t reference_end(const Cursor *c, const cmark_node *node) {
    size_t most = c->n - c->at < REFERENCE_MOST ? c->n : c->at + REFERENCE_MOST, depth = 0, first = 0;
    for (size_t i = c->at; i < most; i++) {
        if (c->p[i] == '[') depth++;
        if (c->p[i] != ']') continue;
        bool closes = depth <= 1, fits = base_fits(c, (long)i + 1 - node->end_column, i + 1);
        if (depth > 0) depth--;
        if (fits && closes) return i + 1;
        if (fits && first == 0) first = i + 1;
    }
    return first;
}

/* There are no nodes for what is inside a reference, and cmark's column is of use only when nothing stands behind it. */
void cursor_note_reference(Cursor *c, const cmark_node *node) {
    size_t behind = text_behind(c, node), end;
    if (behind > c->at && c->p[behind - 1] == ']') {
        end = behind;
    } else if ((end = reference_end(c, node)) > 0) {
        c->line_base = (long)end - node->end_column;
    } else {
        end = cursor_find(c, ']') + 1;
    }
    cursor_move(c, end);
}

/* Where a link or an image ends, by cmark's column. */
void cursor_move_to_end(Cursor *c, const cmark_node *node) {
    long end = c->line_base + node->end_column;
    if (end > 0) cursor_move(c, (size_t)end);
}
