/* Line blocks, pandoc's, for addresses and verse: a paragraph whose lines begin with "| ". Each is a line of its own, the spaces it begins
 * with are kept as no-break spaces; a line without the sign that is indented further continues the one before. A table's head looks
 * the same, but has a row of hyphens below it, and is no paragraph by the time that this is asked.
 *
 * The signs are taken off the text, so that each line of it is still the end of a line of the source, and its columns can be counted.
 */
#include "read/internal.h"
#include <string.h>

#define TAB_WIDTH 4

static bool is_space(char c) { return c == ' ' || c == '\t'; }

static size_t line_end(const Content *c, size_t at) {
    const char *end = at < c->n ? memchr(c->p + at, '\n', c->n - at) : NULL;
    return end ? (size_t)(end - c->p) : c->n;
}

/* Bytes of the sign and the one space behind it; 0: the line has none. */
static size_t sign_length(const Content *c, size_t from, size_t to) {
    if (from >= to || c->p[from] != '|') return 0;
    if (from + 1 == to) return 1;
    return is_space(c->p[from + 1]) ? 2 : 0;
}

static bool is_line_block(const Reader *r, const Content *content) {
    size_t end = line_end(content, 0);
    if (sign_length(content, 0, end) == 0 || str_trim((Str){content->p + 1, end - 1}).n == 0) return false;
    Content probe = *content;
    uint32_t column = content->spot.column;
    for (size_t at = end + 1; at < content->n; at = end + 1) {
        end = line_end(content, at);
        if (sign_length(content, at, end) == 0 && content_spot(r, &probe, at).column <= column) return false;
    }
    return true;
}

bool line_block_read(Reader *r, Node *parent, const Content *content) {
    if (content->n < 3 || content->p[0] != '|' || !is_line_block(r, content)) return false;
    LineStarts *lines = NEW(r->arena, LineStarts);
    Buf text = buf_new(r->arena);
    lines->first_line = content->spot.line;
    for (size_t at = 0, end; at < content->n; at = end + 1) {
        end = line_end(content, at);
        int32_t *indent = PUSH(r->arena, lines, int32_t);
        size_t sign = sign_length(content, at, end);
        if (sign == 0) *indent = LINE_CONTINUES;
        for (at += sign; sign && at < end && is_space(content->p[at]); at++) *indent += content->p[at] == '\t' ? TAB_WIDTH : 1;
        if (sign && at == end) *indent = 0; /* a blank line */
        buf_add(&text, (Str){content->p + at, end - at});
        buf_add_char(&text, '\n');
    }
    Str words = str_slice(buf_str(&text), 0, text.n - 1);
    const char *first_end = memchr(words.p, '\n', words.n);
    size_t length = first_end ? (size_t)(first_end - words.p) : words.n, source = line_text(r, content->spot.line).n;
    Content plain = content_new(r, words.p, words.n, content->spot.line, source > length ? source - length : 0);
    plain.lines = lines;
    Node *paragraph = paragraph_read(r, parent, NODE_PARAGRAPH, &plain);
    if (!paragraph) return true;
    paragraph->column = content->spot.column;
    classes_add(r, paragraph, STR("line-block"));
    return true;
}

void line_break_read(Reader *r, Node *parent, const LineStarts *lines, Spot at, Spot next) {
    uint32_t index = at.line + 1 - lines->first_line;
    int32_t indent = at.line + 1 > lines->first_line && index < lines->count ? lines->items[index] : 0;
    bool continues = indent == LINE_CONTINUES;
    Node *node = node_new(r->nodes, continues ? NODE_TEXT : NODE_LINE_BREAK, at.line, at.column);
    if (continues) node->text = STR(" ");
    node_append(parent, node);
    if (!continues) line_indent_read(r, parent, indent, next);
}

void line_indent_read(Reader *r, Node *parent, int32_t indent, Spot next) {
    if (indent <= 0) return;
    uint32_t back = next.column > (uint32_t)indent ? (uint32_t)indent : next.column - 1;
    Node *node = node_new(r->nodes, NODE_TEXT, next.line, next.column - back);
    Buf spaces = buf_new(r->arena);
    for (int32_t i = 0; i < indent; i++) buf_add_c(&spaces, "\xC2\xA0");
    node->text = buf_str(&spaces);
    node_append(parent, node);
}
