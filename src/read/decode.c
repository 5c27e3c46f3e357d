/* Bytes → text: UTF-8 as in RFC 3629; line ends as in CommonMark 0.29 §2.1 (LF, CRLF, CR). A bad byte, a NUL or another control becomes one U+FFFD,
 * so that lines and columns, which count characters, are those of the file as it was written. */
#include "read/internal.h"
#include <string.h>

static bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

size_t characters_count(const char *p, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += !is_continuation(p[i]);
    return count;
}

/* Characters that are no text: XML 1.0 §2.2 cannot hold them. A form feed or a vertical tab is white space. */
static bool is_control(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F || c == 0xFFFE || c == 0xFFFF;
}
static bool is_white_control(uint32_t c) { return c == '\f' || c == '\v'; }

/* Without a branch for each byte, so that compilers look at many of them at once. */
static bool all_well(Str text) {
    unsigned char doubtful = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        unsigned char control = (unsigned char)((c < 0x20) & (c != '\n') & (c != '\r') & (c != '\t'));
        doubtful |= (unsigned char)(control | (c == 0x7F) | (c == 0xEF)); /* 0xEF: perhaps U+FFFE */
    }
    return doubtful == 0 && utf8_find_bad(text) == text.n;
}

static void bad_tell(Reader *r, Place place, uint32_t c, unsigned char byte) {
    if (c == UTF8_BAD)
        diag(r->d, DIAG_ERROR, "utf-8", place, "save the file as UTF-8", "the byte 0x%02X is not UTF-8", (unsigned)byte);
    else if (c == 0)
        diag(r->d, DIAG_WARNING, "nul", place, NULL, "a NUL byte is replaced by U+FFFD");
    else
        diag(r->d, DIAG_WARNING, "control", place, NULL, "the control character U+%04X is replaced by U+FFFD", (unsigned)c);
}

typedef struct {
    size_t offset; /* in the decoded text */
    uint32_t c;
    unsigned char byte;
    bool found;
} Bad;

/* Bad bytes and controls replaced; the first of each kind is remembered. */
static Str replace_bad(Reader *r, Str text, Bad *bytes, Bad *nul, Bad *control) {
    Buf out = buf_new(r->arena);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        Bad *bad = c == UTF8_BAD ? bytes : c == 0 ? nul : control;
        if (is_white_control(c)) {
            buf_add_char(&out, ' ');
        } else if (c == UTF8_BAD || is_control(c)) {
            if (!bad->found) *bad = (Bad){out.n, c, (unsigned char)text.p[start], true};
            buf_add_utf8(&out, 0xFFFD);
        } else {
            buf_add(&out, str_slice(text, start, at));
        }
    }
    return buf_str(&out);
}

static void limit_lines(const Reader *r) {
    size_t most = limit_of(LIMIT_LINE_LENGTH);
    if (r->text.n <= most) return;
    for (uint32_t line = 1; line <= r->line_count; line++) {
        if (line_text(r, line).n <= most) continue;
        limit_tell(r->d, LIMIT_LINE_LENGTH, reader_place(r, spot_at(r, line, most)));
        return;
    }
}

void decode_source(Reader *r) {
    Str text = r->source->text;
    Str mark = STR("\xEF\xBB\xBF");
    r->has_mark = str_starts(text, mark);
    if (r->has_mark) text = str_slice(text, mark.n, text.n);
    r->place_cache = NEW(r->arena, PlaceCache);
    Bad bad[3] = {0};
    r->text = all_well(text) ? text : replace_bad(r, text, &bad[0], &bad[1], &bad[2]);
    lines_find(r);
    limit_lines(r);
    for (int i = 0; i < 3; i++)
        if (bad[i].found) bad_tell(r, reader_place(r, spot_at_offset(r, bad[i].offset)), bad[i].c, bad[i].byte);
}

Str decode_value(Reader *r, Str text, Spot at) {
    if (all_well(text)) return text;
    Bad bad[3] = {0};
    text = replace_bad(r, text, &bad[0], &bad[1], &bad[2]);
    for (int i = 0; i < 3; i++)
        if (bad[i].found) bad_tell(r, reader_place(r, at), bad[i].c, bad[i].byte);
    return text;
}

/* Where the next line begins; 0: there is none. `returns`: the text has carriage returns. */
static size_t next_line(Str text, size_t at, bool returns) {
    if (!returns) {
        const char *end = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
        return end ? (size_t)(end - text.p) + 1 : 0;
    }
    for (; at < text.n; at++)
        if (text.p[at] == '\n' || (text.p[at] == '\r' && !(at + 1 < text.n && text.p[at + 1] == '\n'))) return at + 1;
    return 0;
}

void lines_find(Reader *r) {
    Str text = r->text;
    bool returns = text.n > 0 && memchr(text.p, '\r', text.n);
    uint32_t count = 1, line = 1;
    for (size_t at = 0; (at = next_line(text, at, returns)) > 0;) count++;
    r->line_starts = NEW_ARRAY(r->arena, uint32_t, (size_t)count + 1);
    r->line_count = count;
    for (size_t at = 0; (at = next_line(text, at, returns)) > 0;) r->line_starts[line++] = (uint32_t)at;
    r->line_starts[count] = (uint32_t)text.n;
}

Str line_text(const Reader *r, uint32_t line) {
    if (line == 0 || line > r->line_count) return STR("");
    Str text = str_slice(r->text, r->line_starts[line - 1], r->line_starts[line]);
    if (text.n && text.p[text.n - 1] == '\n') text.n--;
    if (text.n && text.p[text.n - 1] == '\r') text.n--;
    return text;
}

/* Places are mostly asked for in reading order: counting goes on from the last one in the same line. */
Spot spot_at(const Reader *r, uint32_t line, size_t byte) {
    PlaceCache *cache = r->place_cache;
    Str text = line_text(r, line);
    if (byte > text.n) byte = text.n;
    if (cache->line != line || cache->byte > byte) *cache = (PlaceCache){line, 0, 0};
    cache->characters += characters_count(text.p + cache->byte, byte - cache->byte);
    cache->byte = byte;
    uint32_t mark = r->has_mark && line == 1 ? 1 : 0;
    return (Spot){line, (uint32_t)cache->characters + 1 + mark};
}

Spot spot_at_offset(const Reader *r, size_t offset) {
    uint32_t low = 0, high = r->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (r->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return spot_at(r, low + 1, offset - r->line_starts[low]);
}

Place reader_place(const Reader *r, Spot spot) { return (Place){r->source, spot.line, spot.column}; }

Spot node_spot(const Reader *r, const cmark_node *node) {
    uint32_t line = (uint32_t)(node->start_line > 0 ? node->start_line : 1) + r->body_line;
    return spot_at(r, line, node->start_column > 0 ? (size_t)node->start_column - 1 : 0);
}

/* ---- The text of a block ---- */

Content content_new(const Reader *r, const char *p, size_t n, uint32_t line, size_t byte) {
    return (Content){.p = p, .n = n, .whole = n, .spot = spot_at(r, line, byte)};
}

Content content_fixed(Str text, Spot spot) {
    return (Content){.p = text.p, .n = text.n, .whole = text.n, .fixed = true, .spot = spot};
}

/* Every line of a block's text is the end of a line of the source: what was before it belongs to the blocks around. */
static size_t line_prefix(const Reader *r, uint32_t line, size_t length) {
    size_t source = line_text(r, line).n;
    return source > length ? source - length : 0;
}

static size_t line_length(const char *p, size_t n) {
    const char *end = n ? memchr(p, '\n', n) : NULL;
    return end ? (size_t)(end - p) : n;
}

static bool line_ends_with(const Reader *r, uint32_t line, const char *p, size_t n) {
    return str_ends(line_text(r, line), (Str){p, line_length(p, n)});
}

/* Link reference definitions at the beginning are gone from the text already, so lines are counted from the end; and of an underlined
 * heading cmark tells the end one line too late, or two. The first line's words decide. */
Content content_of_lines(const Reader *r, const cmark_node *block) {
    const char *p = (const char *)block->content.ptr;
    size_t n = (size_t)block->content.size;
    uint32_t lines = n && p[n - 1] != '\n' ? 1 : 0;
    for (size_t i = 0; i < n; i++) lines += p[i] == '\n';
    uint32_t start = (uint32_t)(block->start_line > 0 ? block->start_line : 1);
    uint32_t end = (uint32_t)(block->end_line > 0 ? block->end_line : 1);
    uint32_t first = (end + 1 > start + lines ? end + 1 - lines : start) + r->body_line;
    for (uint32_t back = 0; back < 3 && first > start + r->body_line && !line_ends_with(r, first, p, n); back++) first--;
    return content_new(r, p, n, first, line_prefix(r, first, line_length(p, n)));
}

void content_skip(const Reader *r, Content *c, size_t bytes) {
    if (bytes > c->n) bytes = c->n;
    Spot spot = content_spot(r, c, bytes);
    c->p += bytes;
    c->n -= bytes;
    c->whole -= bytes;
    c->at = 0;
    c->spot = spot;
}

/* Of a cell: each was two characters. */
static size_t pipes_count(const char *p, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += p[i] == '|';
    return count;
}

Spot content_spot(const Reader *r, Content *c, size_t offset) {
    if (c->fixed) return c->spot;
    if (offset > c->n) offset = c->n;
    while (c->at < offset) {
        size_t length = line_length(c->p + c->at, offset - c->at);
        c->spot.column += (uint32_t)(characters_count(c->p + c->at, length) + (c->pipes ? pipes_count(c->p + c->at, length) : 0));
        c->at += length;
        if (c->at == offset) break;
        c->at++;
        uint32_t line = c->spot.line + 1;
        c->spot = spot_at(r, line, line_prefix(r, line, line_length(c->p + c->at, c->whole - c->at)));
    }
    return c->spot;
}
