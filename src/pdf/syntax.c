/* Spelling of PDF objects: ISO 32000-1 §7.3. */
#include "pdf/syntax.h"

#include <string.h>

int64_t milli_from_lu(Lu length) {
    int64_t n = (int64_t)length * 1000;
    return (n >= 0 ? n + LU_PT / 2 : n - LU_PT / 2) / LU_PT;
}

void syntax_milli(Buf *b, int64_t thousandths) {
    char *to = buf_room(b, 32);
    if (thousandths < 0) *to++ = '-';
    uint64_t size = thousandths < 0 ? (uint64_t)0 - (uint64_t)thousandths : (uint64_t)thousandths;
    uint32_t rest = (uint32_t)(size % 1000);
    if (size >= 1000 || rest == 0) to += int_spell((int64_t)(size / 1000), to);
    if (rest != 0) {
        char digits[4] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10), (char)('0' + rest % 10)};
        memcpy(to, digits, sizeof digits);
        to += digits[3] != '0' ? 4 : digits[2] != '0' ? 3 : 2;
    }
    buf_grow(b, to);
}

void syntax_lu(Buf *b, Lu length) { syntax_milli(b, milli_from_lu(length)); }

void syntax_hex(Buf *b, uint32_t value, int digits) {
    static const char hex[] = "0123456789ABCDEF";
    char *to = buf_room(b, (size_t)digits);
    for (int i = digits - 1; i >= 0; i--) *to++ = hex[value >> (4 * i) & 15];
    buf_grow(b, to);
}

void syntax_name(Buf *b, Str name) {
    buf_add_char(b, '/');
    for (size_t i = 0; i < name.n && i < 127; i++) {
        uint8_t c = (uint8_t)name.p[i];
        if (char_is_letter((char)c)) {
            buf_add_char(b, (char)c);
            continue;
        }
        bool regular = c > ' ' && c < 127;
        for (const char *special = "#()<>[]{}/%"; *special; special++) regular = regular && c != (uint8_t)*special;
        if (regular) {
            buf_add_char(b, (char)c);
        } else if (c != 0) {
            buf_add_char(b, '#');
            syntax_hex(b, c, 2);
        }
    }
}

void syntax_ref(Buf *b, Ref ref) {
    char *to = buf_room(b, 32);
    to += int_spell(ref, to);
    memcpy(to, " 0 R", 4);
    buf_grow(b, to + 4);
}

/* A carriage return would be read as a line feed (§7.3.4.2); parentheses and the backslash have a meaning of their own. */
void syntax_byte(Buf *b, uint8_t byte) {
    if (byte == '\r') {
        buf_add_c(b, "\\r");
        return;
    }
    if (byte == '(' || byte == ')' || byte == '\\') buf_add_char(b, '\\');
    buf_add_char(b, (char)byte);
}

void syntax_bytes(Buf *b, const uint8_t *bytes, size_t n) {
    if (n > SYNTAX_STRING_LIMIT) n = SYNTAX_STRING_LIMIT;
    buf_add_char(b, '(');
    for (size_t i = 0; i < n; i++) syntax_byte(b, bytes[i]);
    buf_add_char(b, ')');
}

void syntax_ascii(Buf *b, Str s) { syntax_bytes(b, (const uint8_t *)s.p, s.n); }

int utf16_units(uint32_t code_point, uint16_t out[2]) {
    if (code_point < 0x10000) {
        out[0] = (uint16_t)code_point;
        return 1;
    }
    code_point -= 0x10000;
    out[0] = (uint16_t)(0xD800 + (code_point >> 10));
    out[1] = (uint16_t)(0xDC00 + (code_point & 0x3FF));
    return 2;
}

/* Controls say nothing in a title or description, and U+001B would start a language code (§7.9.2.2). */
static uint32_t text_next(Str s, size_t *at) {
    uint32_t c = utf8_next(s, at);
    if (c == UTF8_BAD) return 0xFFFD;
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F ? ' ' : c;
}

static bool text_is_ascii(Str s) {
    for (size_t i = 0; i < s.n; i++) {
        if ((uint8_t)s.p[i] >= 0x80) return false;
    }
    return true;
}

size_t syntax_text_size(Str utf8) {
    if (text_is_ascii(utf8)) return utf8.n;
    size_t size = 2;
    uint16_t units[2];
    for (size_t at = 0; at < utf8.n;) size += 2 * (size_t)utf16_units(text_next(utf8, &at), units);
    return size;
}

void syntax_text(Buf *b, Str utf8) {
    bool ascii = text_is_ascii(utf8);
    size_t size = 0;
    buf_add_char(b, '(');
    if (!ascii) {
        buf_add_c(b, "\xFE\xFF");
        size = 2;
    }
    for (size_t at = 0; at < utf8.n;) {
        uint16_t units[2];
        uint32_t c = text_next(utf8, &at);
        int count = utf16_units(c, units);
        size += ascii ? 1 : 2 * (size_t)count;
        if (size > SYNTAX_STRING_LIMIT) break;
        if (ascii) {
            syntax_byte(b, (uint8_t)c);
            continue;
        }
        for (int i = 0; i < count; i++) {
            syntax_byte(b, (uint8_t)(units[i] >> 8));
            syntax_byte(b, (uint8_t)units[i]);
        }
    }
    buf_add_char(b, ')');
}
