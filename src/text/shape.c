/* Shaping: text in, positioned glyphs out, through the cache.
 *
 * Nearly every text is set by the chosen face alone: it is shaped in one go, and only when a glyph is wanting is it divided
 * (divide.c). A text has one direction, which the caller knows. HarfBuzz normalises, makes spaces of odd widths from the space, and takes
 * default ignorables out: these have no glyph, and their bytes belong to the cluster before them (at the beginning, after them). Where
 * there is nothing else, each is a space without width: what is drawn by no glyph would be in no file.
 */
#include "text/internal.h"

#include <string.h>

enum { SHAPE_LINING = 1 << 16 }; /* what is not old-style: a face may have others of its own */

/* What stands for a fraction whatever is asked for. */
static bool has_fraction_slash(Str text, uint32_t start, uint32_t length) {
    static const char slash[] = "\xE2\x81\x84";
    Str part = {text.p + start, length};
    for (const char *p; part.n >= 3 && (p = memchr(part.p, slash[0], part.n - 2));
         part = str_slice(part, (size_t)(p - part.p) + 1, part.n))
        if (memcmp(p, slash, 3) == 0) return true;
    return false;
}

unsigned features_of(const Setting *setting, uint32_t start, uint32_t length, hb_feature_t out[FEATURES_MAX]) {
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
    FractionPlace places[FRACTIONS_MOST];
    uint32_t fractions = features & SHAPE_FRACTIONS ? fractions_find(setting->text, start, length, places) : 0;
    /* HarfBuzz looks for fractions always, and faces have long tables for them. */
    static const hb_tag_t idle[] = {HB_TAG('f', 'r', 'a', 'c'), HB_TAG('n', 'u', 'm', 'r'), HB_TAG('d', 'n', 'o', 'm')};
    for (size_t i = 0; !fractions && !has_fraction_slash(setting->text, start, length) && i < sizeof idle / sizeof *idle; i++)
        out[count++] = (hb_feature_t){idle[i], 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
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

static void buffer_shape_as(
    Fonts *fonts, const OpenFace *face, const Setting *setting, uint32_t start, uint32_t length, hb_buffer_flags_t ignorables) {
    hb_buffer_t *buffer = fonts->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_flags(buffer, ignorables | HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_buffer_set_language(buffer, setting->language);
    buffer_fill(fonts, plain_t_holds(face, setting->features), setting->text, start, length);
    hb_buffer_guess_segment_properties(buffer); /* the script */
    hb_buffer_set_direction(buffer, setting->features & SHAPE_RIGHT_TO_LEFT ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_feature_t list[FEATURES_MAX];
    unsigned count = features_of(setting, start, length, list);
    hb_shape(face->hb_font, buffer, list, count);
    if (!hb_buffer_allocation_successful(buffer)) BUG("out of memory while shaping %u bytes", (unsigned)length);
}

void buffer_shape(Fonts *fonts, const OpenFace *face, const Setting *setting, uint32_t start, uint32_t length) {
    hb_buffer_t *buffer = fonts->buffer;
    buffer_shape_as(fonts, face, setting, start, length, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    if (hb_buffer_get_length(buffer) == 0) buffer_shape_as(fonts, face, setting, start, length, HB_BUFFER_FLAG_DEFAULT);

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

static uint32_t buffer_count(const Fonts *fonts) { return hb_buffer_get_length(fonts->buffer); }

/* Copies the buffer's glyphs into a run. */
static void run_take(
    Fonts *fonts, const OpenFace *face, uint32_t start, uint32_t length, Glyph *glyphs, ShapedRun *run, bool *missing) {
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(fonts->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(fonts->buffer, &count);
    *run = (ShapedRun){.face = &face->face, .glyphs = glyphs, .glyph_count = count, .start = start, .length = length};
    for (unsigned i = 0; i < count; i++) {
        glyphs[i].id = (uint16_t)infos[i].codepoint;
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
        Glyph *glyphs = NEW_ARRAY(fonts->arena, Glyph, buffer_count(fonts));
        run_take(fonts, stretch.face, stretch.start, stretch.length, glyphs, &runs[i], &out->missing);
    }
    out->runs = runs;
    out->run_count = count;
}

/* Behind most words comes a space: both can then be taken as they lie here. */
static void space_put_behind(const Vocabulary *vocabulary, Word *word, Glyph *glyphs) {
    if (!vocabulary->space || vocabulary->features & SHAPE_RIGHT_TO_LEFT) return;
    Glyph *space = &glyphs[word->run.glyph_count];
    *space = *vocabulary->space;
    space->cluster = word->length;
    word->shaped.spaced = true;
}

/* A face's own space, once it is known. */
static void space_note(Vocabulary *vocabulary, Str text, const Shaped *shaped) {
    if (!str_is(text, " ") || shaped->missing || shaped->run_count != 1) return;
    const ShapedRun *run = &shaped->runs[0];
    if (run->face == &vocabulary->face->face && run->glyph_count == 1) vocabulary->space = run->glyphs;
}

static Word *word_shape(Fonts *fonts, Vocabulary *vocabulary, const Setting *setting, uint32_t hash) {
    Str text = setting->text;
    const OpenFace *face = vocabulary->face;
    Glyph *glyphs;
    if (text.n == 0) return word_keep(fonts, vocabulary, text, hash, 0, &glyphs);
    buffer_shape(fonts, face, setting, 0, (uint32_t)text.n);
    if (buffer_lacks_glyphs(fonts)) {
        Word *word = word_keep(fonts, vocabulary, text, hash, 0, &glyphs);
        text_shape_divided(fonts, face, setting, &word->shaped);
        return word;
    }
    Word *word = word_keep(fonts, vocabulary, text, hash, buffer_count(fonts), &glyphs);
    run_take(fonts, face, 0, (uint32_t)text.n, glyphs, &word->run, &word->shaped.missing);
    word->shaped.runs = &word->run;
    word->shaped.run_count = 1;
    space_put_behind(vocabulary, word, glyphs);
    return word;
}

/* A word whose glyphs are those of its characters; NULL: it is none. */
static Word *word_put_together(Fonts *fonts, Vocabulary *vocabulary, const Setting *setting, uint32_t hash) {
    PlainWord plain;
    Glyph glyphs[WORD_CHARACTERS], *kept;
    int32_t advance;
    if (setting->features & SHAPE_RIGHT_TO_LEFT || !word_read(setting->text, &plain)) return NULL;
    if (setting->features & SHAPE_FRACTIONS && memchr(setting->text.p, '/', setting->text.n)) return NULL;
    Assembly **assembly = &vocabulary->assembly[plain.latin];
    if (!*assembly) *assembly = assembly_new(fonts->arena, vocabulary->face, setting, plain.latin);
    uint32_t count = word_assemble(fonts->arena, *assembly, &plain, glyphs, &advance);
    if (!count) return NULL;
    Word *word = word_keep(fonts, vocabulary, setting->text, hash, count, &kept);
    memcpy(kept, glyphs, count * sizeof(Glyph));
    word->run = (ShapedRun){
        .face = &vocabulary->face->face, .glyphs = kept, .glyph_count = count, .length = word->length, .advance = advance};
    word->shaped = (Shaped){.runs = &word->run, .run_count = 1};
    space_put_behind(vocabulary, word, kept);
    return word;
}

const Shaped *text_shape(Fonts *fonts, const Face *face, unsigned features, Str language, Str text) {
    if (text.n > UINT32_MAX / 2) BUG("a text of %zu bytes", text.n);
    if (face->fixed_pitch) features |= SHAPE_NO_LIGATURES;
    Vocabulary *vocabulary = vocabulary_find(fonts, open_face(face), features, language_pack(language));
    uint32_t hash = word_hash(text);
    Word *word = vocabulary_at(vocabulary, text, hash);
    if (word) return &word->shaped;
    Setting setting = {.features = features, .language = vocabulary->hb_language, .text = text};
    word = word_put_together(fonts, vocabulary, &setting, hash);
    if (!word) word = word_shape(fonts, vocabulary, &setting, hash);
    space_note(vocabulary, text, &word->shaped);
    return &word->shaped;
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
