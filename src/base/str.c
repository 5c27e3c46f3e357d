/* Borrowed strings, and copies of them on an arena. */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

Str str_from(const char *c_string) { return c_string == NULL ? (Str){NULL, 0} : (Str){c_string, strlen(c_string)}; }

char *str_c(Arena *arena, Str s) {
    if (s.n > SIZE_MAX / 4) BUG("a string of %zu bytes", s.n);
    char *copy = arena_alloc(arena, s.n + 1, 1);
    if (s.n > 0) memcpy(copy, s.p, s.n);
    return copy;
}

Str str_copy(Arena *arena, Str s) { return (Str){str_c(arena, s), s.n}; }

Str str_format(Arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) BUG("the format “%s” failed", format);
    char *text = arena_alloc(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return (Str){text, (size_t)length};
}

bool str_equal(Str a, Str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

bool str_is(Str a, const char *c_string) { return str_equal(a, str_from(c_string)); }

static unsigned char ascii_lower(char c) {
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

bool str_equal_nocase(Str a, Str b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i])) return false;
    return true;
}

bool str_starts(Str s, Str prefix) { return s.n >= prefix.n && str_equal(str_slice(s, 0, prefix.n), prefix); }

bool str_begins_any(Str s, size_t at, const char *const signs[], size_t *length) {
    for (size_t i = 0; signs[i] != NULL; i++) {
        Str sign = str_from(signs[i]);
        if (!str_starts(str_slice(s, at, s.n), sign)) continue;
        *length = sign.n;
        return true;
    }
    return false;
}

bool str_ends(Str s, Str suffix) { return s.n >= suffix.n && str_equal(str_slice(s, s.n - suffix.n, s.n), suffix); }

int str_compare(Str a, Str b) {
    size_t common = a.n < b.n ? a.n : b.n;
    int order = common == 0 ? 0 : memcmp(a.p, b.p, common);
    if (order != 0) return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

Str str_slice(Str s, size_t from, size_t to) {
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return s.p == NULL ? s : (Str){s.p + from, to - from};
}

static bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Str str_trim(Str s) {
    size_t from = 0, to = s.n;
    while (from < to && ascii_space(s.p[from])) from++;
    while (to > from && ascii_space(s.p[to - 1])) to--;
    return str_slice(s, from, to);
}

uint64_t str_hash(Str s, uint64_t seed) {
    uint64_t hash = seed;
    for (size_t i = 0; i < s.n; i++) {
        hash ^= (unsigned char)s.p[i];
        hash *= 1099511628211ull;
    }
    return hash;
}
