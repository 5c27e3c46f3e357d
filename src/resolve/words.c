/* Words: white space put right, words counted and cut, and text made into ids.
 *
 * Characters are classified by the ranges of XML 1.0 (fifth edition) §2.3 NameStartChar and NameChar, case by a table of the
 * scripts that have case: nothing here depends on a locale.
 */
#include "resolve/passes.h"

#define ID_LIMIT 120 /* bytes of an id made from words */

typedef struct {
    uint32_t first, last;
} Range;

static bool range_has(const Range *ranges, size_t count, uint32_t c) {
    for (size_t i = 0; i < count; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    }
    return false;
}
#define IN(ranges, c) range_has((ranges), sizeof(ranges) / sizeof(ranges)[0], (c))

/* NameStartChar without ":", which an NCName may not have. */
static bool is_name_start(uint32_t c) {
    static const Range ranges[] = {{'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D},
        {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF},
        {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
    return IN(ranges, c);
}

static bool is_name(uint32_t c) {
    static const Range ranges[] = {{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
    return is_name_start(c) || IN(ranges, c);
}

/* Allowed in a name, but punctuation or a symbol all the same: currency, ideographic and full-width punctuation, pictures. */
static bool is_symbol(uint32_t c) {
    static const Range ranges[] = {{0x37E, 0x37E}, {0x387, 0x387}, {0x55A, 0x55F}, {0x589, 0x58A}, {0x60C, 0x60D}, {0x61B, 0x61F},
        {0x66A, 0x66D}, {0x6D4, 0x6D4}, {0x964, 0x965}, {0x1680, 0x1680}, {0x20A0, 0x20CF}, {0x3001, 0x3004}, {0x3008, 0x3020},
        {0x3030, 0x3030}, {0xFE10, 0xFE6F}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65},
        {0xFFE0, 0xFFFD}, {0x1F000, 0x1FAFF}, {0xE0000, 0xE01EF}};
    return IN(ranges, c);
}

bool words_has(uint32_t c) { return is_name(c) && !is_symbol(c) && c != '-' && c != '.'; }

static bool is_space(uint32_t c) {
    static const Range ranges[] = {{0, ' '}, {0x7F, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
        {0x205F, 0x205F}, {0x3000, 0x3000}};
    return IN(ranges, c);
}

/* Unicode's simple lower case for Latin, Greek, Cyrillic and Armenian; others have no case that headings use. */
static uint32_t lower_case(uint32_t c) {
    /* Pairs side by side: the capital is the even one, or the odd one. */
    static const Range even[] = {{0x100, 0x12F}, {0x132, 0x137}, {0x14A, 0x177}, {0x1F8, 0x21F}, {0x222, 0x233}, {0x460, 0x481},
        {0x48A, 0x4BF}, {0x4D0, 0x52F}, {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF}};
    static const Range odd[] = {{0x139, 0x148}, {0x179, 0x17E}, {0x1CD, 0x1DC}};
    static const Range by_32[] = {{'A', 'Z'}, {0xC0, 0xD6}, {0xD8, 0xDE}, {0x391, 0x3A1}, {0x3A3, 0x3AB}, {0x410, 0x42F}};
    if (IN(by_32, c)) return c + 32;
    if (IN(even, c)) return c | 1;
    if (IN(odd, c)) return c + (c & 1);
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x531 && c <= 0x556) return c + 48;
    if (c >= 0x388 && c <= 0x38A) return c + 37;
    switch (c) {
    case 0x130: return 'i';
    case 0x178: return 0xFF;
    case 0x386: return 0x3AC;
    case 0x38C: return 0x3CC;
    case 0x38E: return 0x3CD;
    case 0x38F: return 0x3CE;
    case 0x1E9E: return 0xDF;
    default: return c;
    }
}

/* ASCII white space and controls only: a no-break space is there because the author wants it. */
Str words_clean(Arena *arena, Str s) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c > ' ' && c != 0x7F)
            buf_add_char(&out, s.p[i]);
        else if (out.n && out.p[out.n - 1] != ' ')
            buf_add_char(&out, ' ');
    }
    return str_trim(buf_str(&out));
}

Str words_cut(Arena *arena, Str s, size_t characters) {
    size_t at = 0, end = 0; /* end: of the last whole word */
    for (size_t count = 0; at < s.n; count++) {
        if (s.p[at] == ' ') end = at;
        if (count == characters) {
            Buf out = buf_new(arena);
            buf_add(&out, str_slice(s, 0, end ? end : at));
            buf_add_c(&out, "…");
            return buf_str(&out);
        }
        utf8_next(s, &at);
    }
    return s;
}

uint32_t words_count(Str s) {
    uint32_t count = 0;
    bool inside = false;
    for (size_t at = 0; at < s.n;) {
        bool space = is_space(utf8_next(s, &at));
        if (!space && !inside) count++;
        inside = !space;
    }
    return count;
}

Str words_slug(Arena *arena, Str s, uint32_t limit) {
    Buf out = buf_new(arena);
    uint32_t words = 0;
    bool inside = false;
    size_t word_start = 0; /* where the word begins that is being written, its "-" included */
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (is_space(c)) {
            inside = false;
            continue;
        }
        if (!is_name(c) || is_symbol(c) || c == 0xB7) continue;
        if (out.n == 0 && (c == '-' || c == '.')) continue;
        if (!inside) {
            if (words == limit) break;
            words++;
            inside = true;
            word_start = out.n;
            if (out.n) buf_add_char(&out, '-');
        }
        buf_add_utf8(&out, lower_case(c));
        if (out.n > ID_LIMIT) {
            size_t end = word_start; /* the word that is too much is left out, unless it is the only one */
            if (end == 0) {
                end = ID_LIMIT;
                while (end > 0 && ((unsigned char)out.p[end] & 0xC0) == 0x80) end--;
            }
            return str_slice(buf_str(&out), 0, end);
        }
    }
    return buf_str(&out);
}

Str words_ncname(Arena *arena, Str s) {
    Buf out = buf_new(arena);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        bool first = out.n == 0;
        if (first && !is_name_start(c)) buf_add_c(&out, "s-");
        if (is_name(c))
            buf_add_utf8(&out, c);
        else if (!first)
            buf_add_char(&out, '-');
    }
    if (out.n == 0) buf_add_c(&out, "section");
    return buf_str(&out);
}
