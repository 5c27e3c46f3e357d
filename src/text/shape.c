/* Shaping: text in, positioned glyphs out, through the cache.
 *
 * Nearly every text is set by the chosen face alone: it is shaped in one go, and only when a glyph is wanting is it divided
 * (divide.c). A text has one direction, which the caller knows. HarfBuzz normalises, makes spaces of odd widths from the space, and takes
 * default ignorables out: these have no glyph, and their bytes belong to the cluster before them (at the beginning, after them).
 */
#include "text/internal.h"

enum { SHAPE_LINING = 1 << 16 }; /* what is not old-style: a face may have others of its own */
enum { FEATURES_MAX = 8 + FRACTIONS_MOST };

static unsigned features_of(const Setting *setting, uint32_t start, uint32_t length, hb_feature_t out[FEATURES_MAX]) {
    static const struct {
        unsigned when;
        hb_tag_t tag;
        uint32_t value;
    } table[] = {
        {SHAPE_TABULAR, HB_TAG('t', 'n', 'u', 'm'), 1},
        {SHAPE_NO_LIGATURES, HB_TAG('l', 'i', 'g', 'a'), 0},
        {SHAPE_NO_LIGATURES, HB_TAG('c', 'l', 'i', 'g'), 0},
        {SHAPE_SMALL_CAPITALS, HB_TAG('s', 'm', 'c', 'p'), 1},
        {SHAPE_OLD_STYLE, HB_TAG('o', 'n', 'u', 'm'), 1},
        {SHAPE_LINING, HB_TAG('l', 'n', 'u', 'm'), 1},
        {SHAPE_SUPERSCRIPTS, HB_TAG('s', 'u', 'p', 's'), 1},
        {SHAPE_SUBSCRIPTS, HB_TAG('s', 'u', 'b', 's'), 1},
    };
    unsigned features = setting->features & SHAPE_OLD_STYLE ? setting->features : setting->features | SHAPE_LINING;
    unsigned count = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (features & table[i].when)
            out[count++] = (hb_feature_t){table[i].tag, table[i].value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    if (!(features & SHAPE_FRACTIONS)) return count;
    FractionPlace places[FRACTIONS_MOST];
    uint32_t fractions = fractions_find(setting->text, start, length, places);
    for (uint32_t i = 0; i < fractions; i++)
        out[count++] = (hb_feature_t){HB_TAG('f', 'r', 'a', 'c'), 1, places[i].start, places[i].end};
    return count;
}

/* White space that is no character of a font is set as a space. Control characters have no glyph, though some faces have an
 * empty one for them: they come out as missing, like a character that is none. */
static uint32_t as_set(uint32_t c) {
    if (c == UTF8_BAD) return 0xFFFD;
    if ((c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029) return ' ';
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0xFFFF : c;
}

/* The letters that a face with plain_t would join to a "t" before them. */
static bool joins_t(uint32_t c) { return c == 't' || c == 'i' || c == 'f' || (c >= 0xEC && c <= 0x24F); }

static void buffer_fill(Fonts *fonts, bool plain_t, Str text, uint32_t start, uint32_t length) {
    Str part = {text.p, start + length};
    uint32_t before = 0;
    for (size_t at = start; at < part.n;) {
        uint32_t cluster = (uint32_t)at, c = as_set(utf8_next(part, &at));
        /* A zero-width non-joiner keeps letters from becoming a ligature, and goes when all is done. */
        if (plain_t && before == 't' && joins_t(c)) hb_buffer_add(fonts->buffer, 0x200C, cluster - 1);
        hb_buffer_add(fonts->buffer, c, cluster);
        before = c;
    }
}

void buffer_shape(Fonts *fonts, const OpenFace *face, const Setting *setting, uint32_t start, uint32_t length) {
    hb_buffer_t *buffer = fonts->buffer;
    char tag[4];
    language_unpack(setting->language, tag);
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES | HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    /* Always set: HarfBuzz would otherwise ask the locale. */
    hb_buffer_set_language(buffer, hb_language_from_string(setting->language ? tag : "und", -1));
    buffer_fill(fonts, face->plain_t && !(setting->features & SHAPE_NO_LIGATURES), setting->text, start, length);
    hb_buffer_guess_segment_properties(buffer); /* the script */
    hb_buffer_set_direction(buffer, setting->features & SHAPE_RIGHT_TO_LEFT ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_feature_t list[FEATURES_MAX];
    unsigned count = features_of(setting, start, length, list);
    hb_shape(face->hb_font, buffer, list, count);
    if (!hb_buffer_allocation_successful(buffer)) BUG("out of memory while shaping %u bytes", (unsigned)length);

    /* A damaged face may name glyphs that it does not have. */
    unsigned glyphs;
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &glyphs);
    for (unsigned i = 0; i < glyphs; i++)
        if (infos[i].codepoint >= face->face.glyph_count) infos[i].codepoint = 0;
}

bool buffer_lacks_glyphs(const Fonts *fonts) {
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(fonts->buffer, &count);
    for (unsigned i = 0; i < count; i++)
        if (infos[i].codepoint == 0) return true;
    return false;
}

/* Piled-up marks can go beyond any limit; they are set as far away as can be said. */
static int16_t saturate(hb_position_t value) {
    return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

/* Copies the buffer's glyphs into a run. */
static void run_take(Fonts *fonts, const OpenFace *face, uint32_t start, uint32_t length, ShapedRun *run, bool *missing) {
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(fonts->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(fonts->buffer, &count);
    Glyph *glyphs = count ? NEW_ARRAY(fonts->arena, Glyph, count) : NULL;
    *run = (ShapedRun){.face = &face->face, .glyphs = glyphs, .glyph_count = count, .start = start, .length = length};
    for (unsigned i = 0; i < count; i++) {
        glyphs[i].id = (uint16_t)infos[i].codepoint;
        glyphs[i].flags = infos[i].codepoint == 0 ? GLYPH_MISSING : 0;
        glyphs[i].cluster = infos[i].cluster;
        glyphs[i].advance = saturate(positions[i].x_advance);
        glyphs[i].dx = saturate(positions[i].x_offset);
        glyphs[i].dy = saturate(positions[i].y_offset);
        run->advance += glyphs[i].advance;
        if (infos[i].codepoint == 0) *missing = true;
    }
}

static void text_shape_divided(Fonts *fonts, const OpenFace *face, const Setting *setting, Shaped *out) {
    text_divide(fonts, face, setting);
    uint32_t count = fonts->stretches.count;
    ShapedRun *runs = NEW_ARRAY(fonts->arena, ShapedRun, count);
    for (uint32_t i = 0; i < count; i++) {
        Stretch stretch = fonts->stretches.items[i];
        buffer_shape(fonts, stretch.face, setting, stretch.start, stretch.length);
        run_take(fonts, stretch.face, stretch.start, stretch.length, &runs[i], &out->missing);
    }
    out->runs = runs;
    out->run_count = count;
}

static void text_shape_anew(Fonts *fonts, const OpenFace *face, const Setting *setting, Shaped *out) {
    Str text = setting->text;
    if (text.n == 0) return;
    if (text.n > UINT32_MAX / 2) BUG("a text of %zu bytes", text.n);
    buffer_shape(fonts, face, setting, 0, (uint32_t)text.n);
    if (buffer_lacks_glyphs(fonts)) {
        text_shape_divided(fonts, face, setting, out);
        return;
    }
    ShapedRun *run = NEW(fonts->arena, ShapedRun);
    run_take(fonts, face, 0, (uint32_t)text.n, run, &out->missing);
    out->runs = run;
    out->run_count = 1;
}

const Shaped *text_shape(Fonts *fonts, const Face *face, unsigned features, Str language, Str text) {
    if (face->fixed_pitch) features |= SHAPE_NO_LIGATURES;
    Setting setting = {.features = features, .language = language_pack(language), .text = text};
    bool found;
    ShapedEntry *entry = cache_entry(fonts, open_face(face), &setting, &found);
    if (!found) text_shape_anew(fonts, open_face(face), &entry->setting, &entry->shaped);
    return &entry->shaped;
}

bool text_has_feature(Fonts *fonts, const Face *face, unsigned features, unsigned feature, Str language, Str text) {
    const Shaped *plain = text_shape(fonts, face, features, language, text);
    const Shaped *drawn = text_shape(fonts, face, features | feature, language, text);
    if (plain->missing || plain->run_count != 1 || drawn->run_count != 1) return false;
    const ShapedRun *a = &plain->runs[0], *b = &drawn->runs[0];
    if (a->face != face || b->face != face || a->glyph_count == 0 || a->glyph_count != b->glyph_count) return false;
    for (uint32_t g = 0; g < a->glyph_count; g++)
        if (a->glyphs[g].id == b->glyphs[g].id) return false;
    return true;
}

int32_t text_advance_lu(const Face *face, int32_t units, Lu size) {
    int64_t scaled = (int64_t)units * size, em = face->units_per_em;
    return (int32_t)((scaled >= 0 ? scaled + em / 2 : scaled - em / 2) / em);
}
