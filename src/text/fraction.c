/* Fractions: which figures with a stroke between them are one.
 *
 * Only how they are drawn depends on it; the text stays as it is written. "24/7", "9/11", "2023/24" and "1/2/2024" must not become
 * fractions, so it has to be a proper one, of a denominator that people divide by, and nothing like it may stand beside it.
 */
#include "text/internal.h"

/* Halves to tenths, twelfths, and what inches, shares and per cents are divided into. */
static bool is_denominator(uint32_t n) {
    return (n >= 2 && n <= 10) || n == 12 || n == 16 || n == 20 || n == 32 || n == 64 || n == 100;
}

/* Up to three figures from `at`, the first not nought; 0 when there is no such number. */
static uint32_t number_at(Str text, size_t *at) {
    uint32_t number = 0;
    size_t start = *at;
    if (start == text.n || text.p[start] == '0') return 0;
    while (*at < text.n && char_is_digit(text.p[*at])) {
        if (*at - start == 3) return 0;
        number = number * 10 + (uint32_t)(text.p[(*at)++] - '0');
    }
    return number;
}

/* What a number, a date or a path goes on with; a point or comma only before a figure. */
static bool joins(Str text, size_t at, bool before) {
    char c = text.p[at];
    if (char_is_digit(c) || c == '/' || c == '-' || c == '_' || c == '%') return true;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    if (c != '.' && c != ',' && c != ':') return false;
    return before ? at > 0 && char_is_digit(text.p[at - 1]) : at + 1 < text.n && char_is_digit(text.p[at + 1]);
}

uint32_t fractions_find(Str text, uint32_t start, uint32_t length, FractionPlace out[FRACTIONS_MOST]) {
    uint32_t count = 0;
    for (size_t at = start; at < start + length && count < FRACTIONS_MOST;) {
        size_t from = at;
        if (!char_is_digit(text.p[at])) {
            at++;
            continue;
        }
        uint32_t numerator = number_at(text, &at);
        if (numerator && at < text.n && text.p[at] == '/') {
            at++;
            uint32_t denominator = number_at(text, &at);
            bool alone = (from == 0 || !joins(text, from - 1, true)) && (at == text.n || !joins(text, at, false));
            if (alone && numerator < denominator && is_denominator(denominator))
                out[count++] = (FractionPlace){(uint32_t)from, (uint32_t)at};
        }
        while (at < start + length && (char_is_digit(text.p[at]) || text.p[at] == '/')) at++;
    }
    return count;
}
