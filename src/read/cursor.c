/* Following cmark through the text of a block, to know where everything stood. A piece of text that cmark took as it is still points into
 * the text; what cmark made (a quotation mark, a character from an entity) stands at the cursor, behind what came before. cmark's own
 * columns count bytes from the beginning of what it takes for the line; they are used for the ends of links only.
 */
#include "read/internal.h"
#include <string.h>

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

size_t cursor_text(Cursor *c, const cmark_node *node) {
    const cmark_chunk *literal = &node->as.literal;
    if (!cursor_holds(c, literal)) return locate_made(c, literal);
    size_t at = (size_t)((const char *)literal->data - c->p);
    if (node->start_column > 0) c->line_base = (long)at - (node->start_column - 1);
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

void cursor_breaks_passed(Cursor *c, size_t from, size_t to) {
    bool escaped = false;
    for (size_t i = from; i < to && i < c->n; i++) {
        if (c->p[i] == '\n' && !escaped) c->line_base = (long)i + 1;
        escaped = c->p[i] == '\\' && !escaped;
    }
}

/* Where a link, an image or a note reference ends, by cmark's column. */
void cursor_move_to_end(Cursor *c, const cmark_node *node) {
    long end = c->line_base + node->end_column;
    if (end > 0) cursor_move(c, (size_t)end);
}
