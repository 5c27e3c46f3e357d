/* The file into which the build packs the patterns of a language (cmake/pack_patterns.c), so that none has to be parsed when a word is first
 * divided: libhyphen's automaton as it is in memory, with offsets instead of pointers. Of the machine that it is built for.
 *
 * One level after the other, each: PatternLevel, its states, its transitions (HyphenTrans), its strings up to a multiple of four bytes. */
#ifndef BRIEF_TEXT_PATTERNS_H
#define BRIEF_TEXT_PATTERNS_H

#include <stdint.h>

#define PATTERN_NONE UINT32_MAX

typedef struct {
    int32_t left, right, compound_left, compound_right; /* letters that stay together at least */
    int32_t utf8;
    uint32_t no_hyphen; /* in the strings, or PATTERN_NONE */
    int32_t no_hyphen_count;
    uint32_t states, transitions, strings; /* how many; bytes of strings */
} PatternLevel;

typedef struct {
    uint32_t match, replacement; /* in the strings, or PATTERN_NONE */
    int32_t fallback;
    uint32_t first; /* of its transitions */
    uint8_t transitions;
    int8_t replace_index, replace_cut, none;
} PatternState;

#endif
