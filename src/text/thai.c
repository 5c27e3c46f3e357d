/* Where a line may break in Thai, which has no spaces between words: between the words of libthai's dictionary. UAX #14 leaves it
 * to such a dictionary (class SA, rule LB1). Without it nothing is broken here, and the layout breaks where it must.
 */
#include "text/internal.h"

#include <string.h>
#include <thai/thbrk.h>

/* Loaded when there is Thai. */
/* clang-format off */
#define THAI_FUNCTIONS(F) F(th_brk_find_breaks) F(th_brk_new)
/* clang-format on */
LATE_LIBRARY(thai, BRIEF_THAI, THAI_FUNCTIONS)

enum {
    STRETCH = 1000, /* characters looked at together: words are much shorter */
    BYTES = 3, /* of each, in UTF-8 */
};

/* TIS-620 has Thai in Unicode's order. 0: this is no Thai character. */
static thchar_t thai_at(Str text, size_t at) {
    if (text.n - at < BYTES || (unsigned char)text.p[at] != 0xE0) return 0;
    uint32_t c = utf8_next(text, &at);
    bool is_thai = (c >= 0xE01 && c <= 0xE3A) || (c >= 0xE3F && c <= 0xE5B);
    return is_thai ? (thchar_t)(c - 0xE00 + 0xA0) : 0;
}

/* Looks at the characters from `start` on; yields where to go on: behind them, or at the last word, if there was no room for the rest. */
static size_t stretch_breaks(ThBrk *dictionary, Str text, size_t start, uint8_t *breaks) {
    thchar_t word[STRETCH + 1];
    int places[STRETCH];
    size_t count = 0;
    while (count < STRETCH && (word[count] = thai_at(text, start + count * BYTES)) != 0) count++;
    word[count] = 0;
    size_t end = start + count * BYTES;
    int found = thai()->th_brk_find_breaks(dictionary, word, places, STRETCH);
    size_t last = 0;
    for (int i = 0; i < found; i++) {
        if (places[i] <= 0 || (size_t)places[i] >= count) continue;
        last = (size_t)places[i];
        if (breaks[start + last * BYTES - 1] == BREAK_NO) breaks[start + last * BYTES - 1] = BREAK_MAY;
    }
    return count == STRETCH && last ? start + last * BYTES : end;
}

/* One for the process: it is a file. NULL: it is not there. */
static ThBrk *dictionary_open(void) {
    static ThBrk *dictionary;
    static bool tried;
    cores_lock();
    if (!tried) dictionary = thai()->th_brk_new(NULL);
    tried = true;
    cores_unlock();
    return dictionary;
}

void thai_breaks(Str text, uint8_t *breaks) {
    ThBrk *dictionary = NULL;
    for (size_t at = 0; at < text.n;) {
        const char *lead = memchr(text.p + at, 0xE0, text.n - at);
        if (!lead) return;
        at = (size_t)(lead - text.p);
        if (!thai_at(text, at)) {
            at++;
            continue;
        }
        if (!dictionary && !(dictionary = dictionary_open())) return;
        at = stretch_breaks(dictionary, text, at, breaks);
    }
}
