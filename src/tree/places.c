/* Places inside a leaf: its text is the source's but for marks that became typographic and what was escaped, so a word is looked for in
 * the line where its leaf begins. Leaves come in reading order, mostly that of the source; a cursor goes along, so that a
 * line is gone through once.
 */
#include "tree/tree.h"

static bool line_end(Str s, size_t at) { return at >= s.n || s.p[at] == '\n' || s.p[at] == '\r'; }

static void line_add(SourceLines *lines, size_t start) { *PUSH(lines->arena, lines, size_t) = start; }

SourceLines source_lines(Arena *arena, const Tree *tree) { return (SourceLines){.arena = arena, .source = tree->source}; }

/* Only when the first place is asked for: of most documents none is. */
static void lines_find(SourceLines *lines) {
    Str text = lines->source->text;
    line_add(lines, 0);
    for (size_t at = 0; at < text.n; at++) {
        if (text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n') at++;
        if (text.p[at] == '\n' || text.p[at] == '\r') line_add(lines, at + 1);
    }
}

/* The offset of a place; false when the source has no such line. */
static bool seek(SourceLines *lines, Place place) {
    if (!lines->source || place.line == 0 || lines->source->text.n == 0) return false;
    if (lines->count == 0) lines_find(lines);
    if (place.line > lines->count) return false;
    if (lines->line != place.line || lines->column > place.column) {
        lines->line = place.line;
        lines->column = 1;
        lines->at = lines->items[place.line - 1];
    }
    Str text = lines->source->text;
    for (; lines->column < place.column && !line_end(text, lines->at); lines->column++) utf8_next(text, &lines->at);
    return true;
}

Str source_from(SourceLines *lines, Place place) {
    if (!seek(lines, place)) return STR("");
    Str text = lines->source->text;
    size_t end = lines->at;
    while (!line_end(text, end)) end++;
    return str_slice(text, lines->at, end);
}

Place source_find(SourceLines *lines, Place leaf, Str word) {
    if (!word.n || !seek(lines, leaf)) return leaf;
    Str text = lines->source->text;
    Place place = leaf;
    for (size_t at = lines->at; !line_end(text, at); utf8_next(text, &at), place.column++) {
        if (!str_starts(str_slice(text, at, at + word.n), word)) continue;
        lines->at = at; /* what comes next is behind it */
        lines->column = place.column;
        return place;
    }
    return leaf;
}
