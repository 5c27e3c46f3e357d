/* What the files of diff/ share. */
#ifndef BRIEF_DIFF_INTERNAL_H
#define BRIEF_DIFF_INTERNAL_H

#include "diff/diff.h"

#define NO_MATCH UINT32_MAX

typedef struct {
    Passage *items;
    uint32_t count, capacity;
} Passages;

/* ---- passages.c */
Passages passages_of(Arena *arena, const Layout *layout);

/* ---- match.c: sequences of numbers that are equal where what they stand for is */
/* For each of a[0, count_a) its partner in b, or NO_MATCH; partners are in the same order in both. */
uint32_t *sequences_match(Arena *arena, const uint64_t *a, uint32_t count_a, const uint64_t *b, uint32_t count_b);

/* ---- name.c */
Str passage_kind(const Passage *passage);
Str passage_name(Arena *arena, const Passage *passage);

/* ---- words.c */
Str words_begin(Arena *arena, Str text, size_t most); /* whole words, with "…" if there are more */
typedef struct {
    Str word;
    char mark; /* ' ' in both, '-' taken out, '+' put in */
} WordChange;
typedef struct {
    WordChange *items;
    uint32_t count, capacity;
} WordChanges;
WordChanges words_compare(Arena *arena, Str before, Str after);
/* A text's words in no order. How alike two are: the share of words that both have, in hundredths. */
typedef struct {
    uint64_t *hashes; /* of words, sorted */
    uint32_t count;
} Bag;
Bag *words_bag(Arena *arena, Str text);
uint32_t bags_likeness(const Bag *a, const Bag *b);

#endif
