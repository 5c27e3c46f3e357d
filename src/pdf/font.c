/* Codes of a font. */
#include "pdf/font.h"

#include <string.h>

/* So many texts for one glyph, then the text is stated beside the glyph instead. */
enum { CODES_A_GLYPH = 64, CODE_LIMIT = 65535 };

FontSet *font_set_new(Arena *arena, const Fonts *fonts) {
    FontSet *set = NEW(arena, FontSet);
    set->arena = arena;
    set->count = fonts_count(fonts);
    set->by_face = NEW_ARRAY(arena, Font *, set->count);
    return set;
}

static int64_t advance_millionths(const Face *face, uint16_t glyph) {
    int64_t upem = face->units_per_em;
    return ((int64_t)face_advance(face, glyph) * 1000000 + upem / 2) / upem;
}

Font *font_use(FontSet *set, const Face *face) {
    if (face->index < 0 || (uint32_t)face->index >= set->count) BUG("no face %d", face->index);
    Font **font = &set->by_face[face->index];
    if (!*font) {
        *font = NEW(set->arena, Font);
        (*font)->face = face;
        (*font)->by_glyph = NEW_ARRAY(set->arena, GlyphCode, (size_t)face->glyph_count + 1);
        PUSH(set->arena, &(*font)->codes, Code)->advance = advance_millionths(face, 0);
    }
    return *font;
}

void font_set_close(FontSet *set) {
    for (uint32_t i = 0; i < set->count; i++)
        if (set->by_face[i]) arena_close(set->by_face[i]->arena);
}

/* The last code of a glyph, or the one that stands for `text`; 0: it has none. */
static uint16_t code_find(const Font *font, uint16_t glyph, Str text, int *others) {
    const Code *codes = font->codes.items;
    uint16_t last = 0;
    if (glyph >= font->face->glyph_count) BUG("glyph %u of %u", (unsigned)glyph, (unsigned)font->face->glyph_count);
    *others = 0;
    for (uint16_t c = font->by_glyph[glyph].code; c != 0; c = codes[c].next, (*others)++) {
        last = c;
        if (str_equal(codes[c].text, text)) break;
    }
    return last;
}

static bool code_says(const Font *font, uint16_t code, Str text) {
    return code != 0 && str_equal(font->codes.items[code].text, text);
}

bool font_has_code(const Font *font, uint16_t glyph, Str text) {
    int others;
    return code_says(font, code_find(font, glyph, text, &others), text);
}

static void code_new(FontSet *set, Font *font, uint16_t glyph, Str text, uint16_t last) {
    uint16_t number = (uint16_t)font->codes.count;
    *PUSH(set->arena, &font->codes, Code) =
        (Code){.glyph = glyph, .text = text, .advance = advance_millionths(font->face, glyph)};
    if (last != 0)
        font->codes.items[last].next = number;
    else
        font->by_glyph[glyph] = (GlyphCode){number, text.n == 1 ? (uint16_t)((uint8_t)text.p[0] + 1) : CODE_OTHER};
}

void font_code_add(FontSet *set, Font *font, uint16_t glyph, Str text) {
    if (glyph == 0) BUG("the missing glyph may have no code");
    int others;
    uint16_t last = code_find(font, glyph, text, &others);
    if (code_says(font, last, text)) return;
    bool full = others >= CODES_A_GLYPH || font->codes.count > CODE_LIMIT;
    if (full || text.n == 0 || text.n > CODE_TEXT_LIMIT) {
        if (last != 0) return;
        if (full) BUG("a face has more glyphs than codes");
        text = STR("\xEF\xBF\xBD"); /* U+FFFD */
    }
    code_new(set, font, glyph, text, last);
}

static void font_spell(Font *font, Buf *b) {
    for (uint32_t c = 0; c < font->codes.count; c++) {
        Code *code = &font->codes.items[c];
        uint32_t spelt = font_code_spelt(font, c);
        b->n = 0;
        if (font_code_bytes(font) == 2) syntax_byte(b, (uint8_t)(spelt >> 8));
        syntax_byte(b, (uint8_t)spelt);
        code->spelt_n = (uint8_t)b->n;
        memcpy(code->spelt, b->p, b->n);
    }
}

void font_set_spell(FontSet *set) {
    Buf b = buf_new(set->arena);
    for (uint32_t i = 0; i < set->count; i++)
        if (set->by_face[i]) font_spell(set->by_face[i], &b);
}

uint16_t font_code(const Font *font, uint16_t glyph, Str text, bool *exact) {
    int others;
    uint16_t found = code_find(font, glyph, text, &others);
    if (found == 0) BUG("glyph %u has no code", (unsigned)glyph);
    *exact = code_says(font, found, text);
    return *exact ? found : font->by_glyph[glyph].code;
}

void font_stand_ins_find(Font *font, Fonts *fonts) {
    static const char *const shapes[STAND_INS] = {"\xEF\xBF\xBD", "?"};
    if (font->stand_ins_found) return;
    font->stand_ins_found = true;
    for (int i = 0; i < STAND_INS; i++) {
        const Shaped *shaped = text_shape(fonts, font->face, 0, STR("en"), str_from(shapes[i]));
        if (shaped->missing || shaped->run_count == 0 || shaped->runs[0].glyph_count == 0) continue;
        const ShapedRun *run = &shaped->runs[0];
        font->stand_ins[i] = (StandIn){run->face, run->glyphs[0].id, run->advance};
    }
}

const StandIn *font_stand_in(const Font *font, int32_t room, Lu size) {
    const StandIn *wide = &font->stand_ins[0], *narrow = &font->stand_ins[1];
    if (wide->face && text_advance_lu(wide->face, wide->advance, size) <= text_advance_lu(font->face, room, size)) return wide;
    return narrow->face ? narrow : NULL;
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
