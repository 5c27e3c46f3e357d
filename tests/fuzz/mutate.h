/* What mutators share: chance, a text that is changed in place and never longer than it may be, and changes by lines. */
#ifndef BRIEF_FUZZ_MUTATE_H
#define BRIEF_FUZZ_MUTATE_H

#include "fuzz.h"

typedef struct {
    uint64_t state;
} Chance;
static inline uint32_t chance(Chance *c, size_t below) { /* 0 to below - 1; 0 for 0 */
    c->state ^= c->state << 13;
    c->state ^= c->state >> 7;
    c->state ^= c->state << 17;
    return below == 0 ? 0 : (uint32_t)(c->state >> 16) % (uint32_t)below;
}
static inline Chance chance_of(unsigned seed) { return (Chance){((uint64_t)seed << 20 | 0x9E377) * 0x9E3779B97F4A7C15u | 1}; }
#define CHOOSE(c, list) ((list)[chance((c), sizeof(list) / sizeof *(list))])

typedef struct {
    char *p;
    size_t n, most;
} Text;
/* What stands from `from` to `to` becomes `with`; what has no room is cut off at the end. `with` lies outside of the text. */
void text_put(Text *t, size_t from, size_t to, Str with);
/* libFuzzer's own change, of a part. */
void text_mutate(Text *t, size_t from, size_t to);
size_t text_line(Chance *c, const Text *t); /* where some line begins */
size_t text_line_end(const Text *t, size_t at); /* behind its line feed */
/* Lines are taken out, doubled, moved, indented, quoted. */
void text_lines_mutate(Text *t, Chance *c);
/* The beginning of one text and the end of another, cut where lines begin. */
size_t texts_cross(Chance *c, Str a, Str b, uint8_t *out, size_t most);

/* grow.c: pieces of documents, as the grammar of the dialect has them. */
void grow_document(Text *t, Chance *c);
void grow_block(Text *t, Chance *c);  /* behind what is there */
void grow_inline(Text *t, Chance *c);
void grow_key(Text *t, Chance *c);    /* of the front matter: a line or more */
void document_mutate(Text *t, Chance *c);

#endif
