/* plain: pieces of runs of which each glyph stands where it falls and says one byte, as in most words: what is known of one is looked up when it
 * comes again. Text from left to right only.
 */
#ifndef BRIEF_PDF_PLAIN_H
#define BRIEF_PDF_PLAIN_H

#include "pdf/font.h"

typedef struct {
    const Glyph *glyphs; /* NULL: a free slot */
    const char *text; /* a byte each */
    const uint16_t *codes;
    uint32_t count;
} PlainPiece;

struct PlainPieces {
    PlainPiece *slots; /* open addressing; a power of two, at most half full */
    uint32_t capacity, count;
};

Str piece_text(const Run *run, Str words, uint32_t number); /* what a piece of the run says; `words`: what the run says */
const PlainPiece *plain_find(const PlainPieces *plain, const RunPiece *piece, Str text); /* NULL: not known as one */
void plain_add(FontSet *set, const Font *font, const RunPiece *piece, Str text); /* if it is one; its glyphs have their codes */

#endif
