/* What assemble.c and ligate.c share: what is known of the characters of one script, in one face, with one set of features, in one language. */
#ifndef BRIEF_TEXT_ASSEMBLY_H
#define BRIEF_TEXT_ASSEMBLY_H

#include "text/internal.h"
#include "text/layout_table.h"

enum { CHARACTERS_MOST = 254, NOT_PLAIN = 255 };
enum { SLOTS_LETTERS = 0x180, PUNCTUATION = 0x2010, SLOTS = SLOTS_LETTERS + 0x18 };
enum { JOINTS_MOST = 64, LIGATURES_MOST = 32 };

/* A character, or a ligature of several, as it is set. */
typedef struct {
    uint32_t c; /* 0: a ligature */
    uint16_t glyph;
    bool substituted; /* it is not the one that the face's character map has */
    int16_t advance;
    uint64_t first, second; /* the joints whose first or second glyph it may be */
    uint64_t kerns;         /* the subtables that may kern it with what follows */
} Character;

/* The ligatures of a subtable, which are in sets by their first glyph. */
#define ALONE UINT32_MAX
typedef struct {
    uint32_t set, second; /* glyph; ALONE: the first is one by itself */
} Ligature;
typedef struct {
    uint32_t sets;
    Ligature *items;
    uint32_t count, capacity;
} Ligatures;

struct Assembly {
    bool whole; /* nothing can be said of parts of words */
    const OpenFace *face;
    bool plain_t;
    LayoutTable gsub, gpos;
    Subtables substitutions, positions;
    Ligatures *ligature_sets; /* of each substitution */
    uint64_t ligatures;    /* joints that are nothing else */
    uint8_t number[SLOTS]; /* of a character, from 1 on; 0: not looked at, NOT_PLAIN */
    uint32_t count;
    Character characters[CHARACTERS_MOST + 1];
    int16_t *pairs[CHARACTERS_MOST + 1]; /* by the first one's number, then the second's: kerning, or PAIR_… */
    struct {
        uint16_t glyph;
        uint8_t number;
    } ligature[LIGATURES_MOST]; /* those met so far */
    uint32_t ligature_count;
};

/* A word's characters, by number, and the byte at which each begins. */
typedef struct {
    uint32_t count;
    uint8_t numbers[WORD_CHARACTERS], clusters[WORD_CHARACTERS];
} NumberedWord;

/* The character that a glyph is by itself; false: more could come of it. */
bool character_of_glyph(Assembly *assembly, uint32_t glyph, Character *out);
bool is_apart(const Assembly *assembly, uint8_t first, uint8_t second); /* two between which something stands that no ligature goes over */
/* Puts ligatures in the place of characters; false: HarfBuzz has to be asked. */
bool word_ligate(Assembly *assembly, NumberedWord *word);

#endif
