/* spelling: which text each glyph of a run says. Glyphs are taken as they are read, which in text from right to left is from the last. */
#ifndef BRIEF_PDF_SPELLING_H
#define BRIEF_PDF_SPELLING_H

#include "pdf/font.h"

/* Glyphs that stand together for one piece of text. */
typedef struct {
    const Run *run;
    Str words; /* of the run */
    bool backwards;
    uint32_t from, to; /* glyphs */
    Str text;
} Cluster;

Cluster clusters_begin(const Run *run); /* before the first; the run has glyphs */
bool cluster_next(Cluster *cluster);

/* One text for each glyph, where there are as many characters. If not (`together`), the first says all of it and the others a word joiner, since
 * each must say something. */
typedef struct {
    Str text;
    uint32_t glyphs, next, characters;
    size_t at;
    bool together;
} Spelling;

Spelling cluster_spelling(const Cluster *cluster);
Str spelling_next(Spelling *spelling);

static inline bool glyph_is_missing(const Glyph *glyph) { return glyph->id == 0 || (glyph->flags & GLYPH_MISSING); }

/* The code of a glyph that says one byte, as most do, in text from left to right; 0: it is not one of these, or has no code yet. */
static inline uint16_t glyph_plain_code(const Font *font, const Run *run, Str words, uint32_t i) {
    const Glyph *glyph = &run->glyphs[i];
    uint32_t end = i + 1 < run->glyph_count ? glyph[1].cluster : (uint32_t)words.n;
    if (end != glyph->cluster + 1 || glyph_is_missing(glyph)) return 0;
    GlyphCode known = font->by_glyph[glyph->id];
    return known.byte == (uint8_t)words.p[glyph->cluster] ? known.code : 0;
}

#endif
