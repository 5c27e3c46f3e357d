/* UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "base/base.h"

#include <string.h>

uint32_t utf8_next(Str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t left = s.n - *at;
    if (left == 0) BUG("reading beyond the end of a string");
    (*at)++;
    if (p[0] < 0x80) return p[0];
    size_t following;
    uint32_t code_point, smallest;
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        following = 1;
        code_point = p[0] & 0x1Fu;
        smallest = 0x80;
    } else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        following = 2;
        code_point = p[0] & 0x0Fu;
        smallest = 0x800;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        following = 3;
        code_point = p[0] & 0x07u;
        smallest = 0x10000;
    } else {
        return UTF8_BAD;
    }
    if (left <= following) return UTF8_BAD;
    for (size_t i = 1; i <= following; i++) {
        if ((p[i] & 0xC0) != 0x80) return UTF8_BAD;
        code_point = code_point << 6 | (p[i] & 0x3Fu);
    }
    if (code_point < smallest || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) return UTF8_BAD;
    *at += following;
    return code_point;
}

size_t utf8_encode(uint32_t code_point, char out[4]) {
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t utf8_ascii_end(Str s, size_t at) {
    uint64_t eight; /* text is mostly ASCII: eight bytes at a time */
    for (; s.n - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, s.p + at, sizeof eight);
        if ((eight & 0x8080808080808080ull) != 0) break;
    }
    while (at < s.n && (unsigned char)s.p[at] < 0x80) at++;
    return at;
}

size_t utf8_find_bad(Str s) {
    for (size_t at = 0; at < s.n;) {
        at = utf8_ascii_end(s, at);
        if (at == s.n) break;
        size_t start = at;
        if (utf8_next(s, &at) == UTF8_BAD) return start;
    }
    return s.n;
}

size_t utf8_count(Str s) {
    size_t count = 0;
    for (size_t at = 0; at < s.n; count++) utf8_next(s, &at);
    return count;
}

bool utf8_is_blank(Str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        bool formless = c <= ' ' || c == 0x7F || c == 0xA0 || c == 0xAD || c == 0x3164 || c == 0xFEFF ||
                        (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) ||
                        c == 0x3000 || c == UTF8_BAD;
        if (!formless) return false;
    }
    return true;
}
