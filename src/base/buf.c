/* Growing strings on an arena. */
#include "base/internal.h"

#include <stdio.h>
#include <string.h>

static char empty[1]; /* a new Buf's text: never written, as its capacity is 0 */

Buf buf_new(Arena *arena) { return (Buf){.p = empty, .arena = arena}; }

/* Room for n more bytes and the NUL behind them. */
static void buf_reserve(Buf *b, size_t n) {
    if (b->capacity - b->n > n) return;
    if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4) BUG("a string of more than %zu bytes", b->n);
    size_t wanted = b->capacity < 64 ? 64 : b->capacity * 2;
    if (wanted <= b->n + n) wanted = b->n + n + 1;
    b->p = arena_grow(b->arena, b->p, b->capacity, wanted, 1);
    b->capacity = wanted;
}

char *buf_room(Buf *b, size_t n) {
    buf_reserve(b, n);
    return b->p + b->n;
}

void buf_grow(Buf *b, const char *end) {
    b->n = (size_t)(end - b->p);
    if (b->capacity > 0) b->p[b->n] = '\0';
}

void buf_add(Buf *b, Str s) {
    if (s.n == 0) return;
    buf_reserve(b, s.n);
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
    b->p[b->n] = '\0';
}

void buf_add_c(Buf *b, const char *c_string) { buf_add(b, str_from(c_string)); }

void buf_add_char(Buf *b, char c) {
    buf_reserve(b, 1);
    b->p[b->n++] = c;
    b->p[b->n] = '\0';
}

void buf_add_utf8(Buf *b, uint32_t code_point) {
    char bytes[4];
    buf_add(b, (Str){bytes, utf8_encode(code_point, bytes)});
}

size_t int_spell(int64_t value, char out[20]) {
    char digits[20];
    size_t at = sizeof digits, n = 0;
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    if (value < 0) out[n++] = '-';
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (at < sizeof digits) out[n++] = digits[at++];
    return n;
}

void buf_add_int(Buf *b, int64_t value) {
    char *to = buf_room(b, 20);
    buf_grow(b, to + int_spell(value, to));
}

void buf_format(Buf *b, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) BUG("the format “%s” failed", format);
    buf_reserve(b, (size_t)length);
    vsnprintf(b->p + b->n, (size_t)length + 1, format, again);
    va_end(again);
    b->n += (size_t)length;
}

Str buf_str(const Buf *b) { return (Str){b->p, b->n}; }
