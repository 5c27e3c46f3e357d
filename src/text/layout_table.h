/* Reading a face's GSUB and GPOS (OpenType 1.9, "OpenType Layout common table formats"): what assemble.c has to know of them. Offsets are into
 * the table; what lies beyond its end reads as nought and makes it `damaged`. */
#ifndef BRIEF_TEXT_LAYOUT_TABLE_H
#define BRIEF_TEXT_LAYOUT_TABLE_H

#include "base/base.h"

typedef struct {
    const uint8_t *p;
    uint32_t n;
    bool damaged;
} LayoutTable;

enum { GSUB_SINGLE = 1, GSUB_LIGATURE = 4, GSUB_CONTEXT, GSUB_CHAIN, GSUB_EXTENSION };
enum { GPOS_PAIR = 2, GPOS_CONTEXT = 7, GPOS_CHAIN, GPOS_EXTENSION };

/* A lookup's subtable, as it is behind an extension. */
typedef struct {
    uint32_t type, flags, at;
    uint32_t lookup; /* the number of its lookup */
} Subtable;

typedef struct {
    Subtable *items;
    uint32_t count, capacity;
} Subtables;

uint32_t layout_u16(LayoutTable *table, uint32_t at);
void lookup_read(Arena *arena, LayoutTable *table, uint32_t lookup, uint32_t extension, Subtables *out); /* adds its subtables */

int32_t coverage_find(LayoutTable *table, uint32_t at, uint32_t glyph); /* its number in the coverage table at `at`; -1: not there */
/* The coverage table by which a subtable begins: all but contexts of format 3 have it behind their format. */
static inline uint32_t subtable_coverage(LayoutTable *table, uint32_t at) { return at + layout_u16(table, at + 2); }

uint32_t single_apply(LayoutTable *table, uint32_t at, uint32_t glyph); /* what a single substitution makes of a glyph */
/* The advance that a pair is given: false if the subtable says nothing of it. */
bool pair_advance(LayoutTable *table, uint32_t at, uint32_t first, uint32_t second, int32_t *advance);
bool pair_is_kerning(LayoutTable *table, uint32_t at); /* it changes nothing but the first glyph's advance */

/* Two glyphs side by side without which a context of format 3 does not apply: their coverage tables. False: the first alone is enough. */
bool context_pair(LayoutTable *table, const Subtable *context, bool chain, uint32_t *first, uint32_t *second);

#endif
