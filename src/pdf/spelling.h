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

/* What a piece says; `words`: what its run says. */
static inline Str piece_text(const Run *run, Str words, uint32_t number) {
    const RunPiece *piece = &run->pieces[number], *next = piece + 1;
    size_t from = piece->glyphs[0].cluster + (uint32_t)piece->shift, to = words.n;
    if (number + 1 < run->piece_count) to = next->glyphs[0].cluster + (uint32_t)next->shift;
    return from <= to && to <= words.n ? (Str){words.p + from, to - from} : str_slice(words, from, to);
}

/* Has the glyphs of a run's pieces brought near, all at once: words lie all over the memory, and waiting for one after the other was a third of drawing. */
static inline void run_fetch(const Run *run) {
    for (uint32_t p = 0; p < run->piece_count; p++) __builtin_prefetch(run->pieces[p].glyphs);
}

static inline bool glyph_is_missing(const Glyph *glyph) { return glyph->id == 0; }

/* The code of a glyph of the face that says just this byte, as most do; 0: it does not, or has no code yet. The missing glyph never has one. */
static inline uint16_t glyph_byte_code(const GlyphCode *by_glyph, const Glyph *glyph, char byte) {
    GlyphCode known = by_glyph[glyph->id];
    return known.says == (uint8_t)byte + 1 ? known.code : 0;
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
