/* Changes of texts by lines, for what is written in lines. */
#include "mutate.h"

#include <string.h>

#define LINES_MOST 2048 /* bytes that are moved at once */

void text_put(Text *t, size_t from, size_t to, Str with) {
    if (from > t->n) from = t->n;
    if (to > t->n) to = t->n;
    if (to < from) to = from;
    if (with.n > t->most - from) with.n = t->most - from;
    size_t rest = t->n - to, room = t->most - from - with.n;
    if (rest > room) rest = room;
    memmove(t->p + from + with.n, t->p + to, rest);
    if (with.n > 0) memcpy(t->p + from, with.p, with.n);
    t->n = from + with.n + rest;
}

void text_mutate(Text *t, size_t from, size_t to) {
    uint8_t part[LINES_MOST * 2];
    size_t n = to - from < LINES_MOST ? to - from : LINES_MOST;
    memcpy(part, t->p + from, n);
    size_t changed = LLVMFuzzerMutate(part, n, sizeof part);
    text_put(t, from, from + n, (Str){(const char *)part, changed});
}

size_t text_line_end(const Text *t, size_t at) {
    const char *end = at < t->n ? memchr(t->p + at, '\n', t->n - at) : NULL;
    return end ? (size_t)(end - t->p) + 1 : t->n;
}

size_t text_line(Chance *c, const Text *t) {
    size_t at = chance(c, t->n + 1);
    while (at > 0 && t->p[at - 1] != '\n') at--;
    return at;
}

/* Before each line from `from` to `to`. */
static void prefix(Text *t, size_t from, size_t to, const char *with) {
    Str words = str_from(with);
    while (from < to && from < t->n && t->n + words.n <= t->most) {
        text_put(t, from, from, words);
        to += words.n;
        from = text_line_end(t, from);
    }
}

void text_lines_mutate(Text *t, Chance *c) {
    static const char *const prefixes[] = {"> ", "- ", "  ", "    ", "\t", "1. ", "# ", "| ", " ", ": "};
    char lines[LINES_MOST];
    size_t from = text_line(c, t), to = text_line_end(t, from), count = chance(c, 4);
    for (size_t i = 0; i < count; i++) to = text_line_end(t, to);
    size_t n = to - from < sizeof lines ? to - from : sizeof lines;
    memcpy(lines, t->p + from, n);
    switch (chance(c, 5)) {
    case 0: text_put(t, from, to, STR("")); break;
    case 1: prefix(t, from, to, CHOOSE(c, prefixes)); break;
    case 2: { /* less indented */
        size_t end = from;
        while (end < t->n && t->p[end] == ' ') end++;
        text_put(t, from, from + chance(c, end - from + 1), STR(""));
        break;
    }
    case 3: text_put(t, from, to, STR("")); /* fall through */
    default: {
        size_t at = text_line(c, t);
        text_put(t, at, at, (Str){lines, n});
    }
    }
}

size_t texts_cross(Chance *c, Str a, Str b, uint8_t *out, size_t most) {
    Text one = {(char *)(uintptr_t)a.p, a.n, a.n}, other = {(char *)(uintptr_t)b.p, b.n, b.n};
    Text t = {(char *)out, 0, most};
    text_put(&t, 0, 0, str_slice(a, 0, text_line(c, &one)));
    text_put(&t, t.n, t.n, str_slice(b, text_line(c, &other), b.n));
    return t.n;
}
