/* Plain pieces, by where their glyphs are. The text is looked at, too, so that nothing depends on what else has the same glyphs. */
#include "pdf/plain.h"

#include <string.h>

#include "pdf/spelling.h"

enum { SLOTS_FIRST = 1024 };

Str piece_text(const Run *run, Str words, uint32_t number) {
    const RunPiece *piece = &run->pieces[number], *next = piece + 1;
    bool last = number + 1 == run->piece_count;
    return str_slice(words, piece->glyphs[0].cluster + (uint32_t)piece->shift,
        last ? words.n : next->glyphs[0].cluster + (uint32_t)next->shift);
}

static uint32_t slot_first(const PlainPieces *plain, const Glyph *glyphs, uint32_t count) {
    uint64_t hash = ((uint64_t)(uintptr_t)glyphs + count) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash >> 32) & (plain->capacity - 1);
}

const PlainPiece *plain_find(const PlainPieces *plain, const RunPiece *piece, Str text) {
    if (text.n != piece->count || plain->capacity == 0) return NULL;
    uint32_t at = slot_first(plain, piece->glyphs, piece->count);
    for (; plain->slots[at].glyphs; at = (at + 1) & (plain->capacity - 1)) {
        const PlainPiece *known = &plain->slots[at];
        if (known->glyphs == piece->glyphs && known->count == piece->count && memcmp(known->text, text.p, text.n) == 0)
            return known;
    }
    return NULL;
}

static void slot_fill(PlainPieces *plain, const PlainPiece *piece) {
    uint32_t at = slot_first(plain, piece->glyphs, piece->count);
    while (plain->slots[at].glyphs) at = (at + 1) & (plain->capacity - 1);
    plain->slots[at] = *piece;
}

static void pieces_grow(Arena *arena, PlainPieces *plain) {
    PlainPieces old = *plain;
    plain->capacity = old.capacity > 0 ? old.capacity * 2 : SLOTS_FIRST;
    plain->slots = NEW_ARRAY(arena, PlainPiece, plain->capacity);
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.slots[i].glyphs) slot_fill(plain, &old.slots[i]);
}

static bool glyph_is_plain(const RunPiece *piece, uint32_t i) {
    const Glyph *glyph = &piece->glyphs[i];
    return glyph->cluster == piece->glyphs[0].cluster + i && glyph->dx == 0 && glyph->dy == 0 && !glyph_is_missing(glyph);
}

void plain_add(FontSet *set, const Font *font, const RunPiece *piece, Str text) {
    if (text.n != piece->count) return;
    for (uint32_t i = 0; i < piece->count; i++)
        if (!glyph_is_plain(piece, i)) return;
    uint16_t *codes = NEW_ARRAY(set->arena, uint16_t, piece->count);
    bool exact = true;
    for (uint32_t i = 0; i < piece->count && exact; i++)
        codes[i] = font_code(font, piece->glyphs[i].id, str_slice(text, i, i + 1), &exact);
    if (!exact) return;
    if (set->plain->count >= set->plain->capacity / 2) pieces_grow(set->arena, set->plain);
    slot_fill(set->plain, &(PlainPiece){piece->glyphs, text.p, codes, piece->count});
    set->plain->count++;
}
