/* Codes of a font. */
#include "pdf/font.h"

/* So many texts for one glyph, and so many bytes of text for one code, then the text is stated beside the glyph instead. */
enum { CODES_A_GLYPH = 64, CODE_TEXT_LIMIT = 48, CODE_LIMIT = 65535 };

FontSet *font_set_new(Arena *arena, const Fonts *fonts) {
    FontSet *set = NEW(arena, FontSet);
    set->arena = arena;
    set->count = fonts_count(fonts);
    set->by_face = NEW_ARRAY(arena, Font *, set->count);
    return set;
}

Font *font_use(FontSet *set, const Face *face) {
    if (face->index < 0 || (uint32_t)face->index >= set->count) BUG("no face %d", face->index);
    Font **font = &set->by_face[face->index];
    if (!*font) {
        *font = NEW(set->arena, Font);
        (*font)->face = face;
        (*font)->code = NEW_ARRAY(set->arena, uint16_t, (size_t)face->glyph_count + 1);
        (void)PUSH(set->arena, &(*font)->codes, Code);
    }
    return *font;
}

uint16_t font_code(FontSet *set, Font *font, uint16_t glyph, Str text, bool *exact) {
    if (glyph == 0 || glyph >= font->face->glyph_count) BUG("glyph %u of %u", (unsigned)glyph, (unsigned)font->face->glyph_count);
    Code *codes = font->codes.items;
    uint16_t first = font->code[glyph], last = 0;
    int count = 0;
    *exact = true;
    for (uint16_t c = first; c != 0; c = codes[c].next, count++) {
        if (str_equal(codes[c].text, text)) return c;
        last = c;
    }
    bool full = count >= CODES_A_GLYPH || font->codes.count > CODE_LIMIT;
    if (full || text.n == 0 || text.n > CODE_TEXT_LIMIT) {
        *exact = false;
        if (first != 0) return first;
        if (full) BUG("a face has more glyphs than codes");
        text = STR("\xEF\xBF\xBD"); /* U+FFFD */
    }
    *PUSH(set->arena, &font->codes, Code) = (Code){.glyph = glyph, .text = text};
    uint16_t code = (uint16_t)(font->codes.count - 1);
    if (last != 0) {
        font->codes.items[last].next = code;
    } else {
        font->code[glyph] = code;
    }
    return code;
}

int64_t font_advance(const Font *font, uint16_t glyph) {
    int64_t upem = font->face->units_per_em;
    return ((int64_t)face_advance(font->face, glyph) * 1000000 + upem / 2) / upem;
}

uint32_t font_text_next(Str text, size_t *at) {
    uint32_t c = utf8_next(text, at);
    if (c == '\t') return 0xA0;
    bool control = c < 0x20 && c != '\n';
    return control || c == UTF8_BAD || c == 0xFEFF || c == 0xFFFE ? 0xFFFD : c;
}

bool font_text_skips(Str text, uint32_t code_point) { return code_point == 0xAD && text.n > 2; }

uint32_t font_text_count(Str text) {
    uint32_t count = 0;
    for (size_t at = 0; at < text.n;) count += !font_text_skips(text, font_text_next(text, &at));
    return count;
}
