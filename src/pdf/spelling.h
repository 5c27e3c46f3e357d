/* spelling: which text each glyph of a run says. Glyphs are taken as they are read, which in text from right to left is from the last. */
#ifndef BRIEF_PDF_SPELLING_H
#define BRIEF_PDF_SPELLING_H

#include "pdf/font.h"

/* Room for a run's glyphs in a row; each run takes it over from the one before. */
typedef struct {
    Arena *arena;
    Glyph *glyphs;
    uint32_t count;
} GlyphRoom;
Run room_run(GlyphRoom *room, const Run *run);

bool run_is_backwards(const Run *run); /* set from right to left; it has glyphs */

Str piece_text(const Run *run, Str words, uint32_t number); /* what a piece says; `words`: what its run says */

static inline bool glyph_is_missing(const Glyph *glyph) { return glyph->id == 0 || (glyph->flags & GLYPH_MISSING); }

/* The code of a glyph that says one byte of its piece's text, as most do; 0: it does not, or has no code yet. Not in text from right to left. */
static inline uint16_t glyph_plain_code(const Font *font, const RunPiece *piece, Str text, uint32_t i) {
    const Glyph *glyph = &piece->glyphs[i];
    uint32_t first = piece->glyphs[0].cluster, at = glyph->cluster - first;
    uint32_t end = i + 1 < piece->count ? glyph[1].cluster - first : (uint32_t)text.n;
    if (end != at + 1 || glyph_is_missing(glyph)) return 0;
    GlyphCode known = font->by_glyph[glyph->id];
    return known.byte == (uint8_t)text.p[at] ? known.code : 0;
}

/* Glyphs that stand together for one piece of text. */
typedef struct {
    const Run *run;
    Str words; /* of the run */
    bool backwards;
    uint32_t from, to; /* glyphs */
    Str text;
} Cluster;

Cluster clusters_begin(const Run *run); /* before the first; the run has its glyphs in a row */
Cluster clusters_from(const Run *run, uint32_t glyph); /* before the one that begins with it, in text from left to right */
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

#endif
