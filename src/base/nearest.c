/* "Did you mean …?": the nearest of some names by edit distance (Levenshtein's, with neighbours exchanged as one edit). */
#include "base/base.h"

#define NAME_LIMIT 64 /* longer names are not compared: nobody mistypes them as a whole */

static char letter(Str s, size_t at) {
    char c = s.p[at];
    if (c >= 'A' && c <= 'Z') return (char)(c + 32);
    return c == '_' || c == ' ' ? '-' : c;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static size_t edit_distance(Str a, Str b) {
    size_t rows[3][NAME_LIMIT + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.n; j++) above[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = letter(a, i - 1) == letter(b, j - 1) ? 0 : 1;
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + change);
            if (i > 1 && j > 1 && letter(a, i - 1) == letter(b, j - 2) && letter(a, i - 2) == letter(b, j - 1))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.n];
}

Str str_nearest(Str name, const Str *candidates, size_t count) {
    Str nearest = {NULL, 0};
    if (name.n == 0 || name.n > NAME_LIMIT) return nearest;
    /* A third of the letters may be wrong, at least one; a name of which nothing is right is not meant. */
    size_t best = (name.n + 2) / 3 + 1;
    if (best > name.n) best = name.n;
    for (size_t i = 0; i < count; i++) {
        Str candidate = candidates[i];
        if (candidate.n == 0 || candidate.n > NAME_LIMIT) continue;
        size_t difference = candidate.n > name.n ? candidate.n - name.n : name.n - candidate.n;
        if (difference >= best) continue;
        size_t distance = edit_distance(name, candidate);
        if (distance < best) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}
