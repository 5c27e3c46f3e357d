/* text: words that are put together from characters and pairs are what HarfBuzz makes of the whole word: glyph for glyph, in every face, with every
 * set of features that is asked for. The reference is HarfBuzz called as its manual says, without anything of ours. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <harfbuzz/hb.h>

static Fonts *fonts;
static Arena *arena;
static hb_buffer_t *buffer;

static int open_all(void **state) {
    (void)state;
    fonts = fonts_open();
    arena = arena_open();
    buffer = hb_buffer_create();
    return 0;
}

static int close_all(void **state) {
    (void)state;
    hb_buffer_destroy(buffer);
    fonts_close(fonts);
    arena_close(arena);
    return 0;
}

typedef struct {
    const Face *face;
    hb_font_t *font;
    bool plain_t; /* "tt" and "ti" are not joined */
    unsigned features;
    const char *language;
    uint32_t compared;
} Case;

static bool joins_t(uint32_t c) { return c == 't' || c == 'i' || c == 'f' || (c >= 0xEC && c <= 0x24F); }

static void reference(const Case *c, Str text) {
    hb_buffer_reset(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES | HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    bool ligatures = !(c->features & SHAPE_NO_LIGATURES) && !c->face->fixed_pitch;
    uint32_t before = 0;
    for (size_t at = 0; at < text.n;) {
        unsigned cluster = (unsigned)at;
        uint32_t code = utf8_next(text, &at);
        if (c->plain_t && ligatures && before == 't' && joins_t(code)) hb_buffer_add(buffer, 0x200C, cluster - 1);
        hb_buffer_add(buffer, code, cluster);
        before = code;
    }
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_language(buffer, hb_language_from_string(c->language, -1));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    static const struct {
        unsigned feature;
        const char *tag;
    } tags[] = {{SHAPE_TABULAR, "tnum"}, {SHAPE_SMALL_CAPITALS, "smcp"}, {SHAPE_OLD_STYLE, "onum"}, {SHAPE_SUPERSCRIPTS, "sups"},
        {SHAPE_SUBSCRIPTS, "subs"}};
    hb_feature_t list[8];
    unsigned count = 0;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (c->features & tags[i].feature) hb_feature_from_string(tags[i].tag, 4, &list[count++]);
    if (!(c->features & SHAPE_OLD_STYLE)) hb_feature_from_string("lnum", 4, &list[count++]);
    if (!ligatures) {
        hb_feature_from_string("-liga", 5, &list[count++]);
        hb_feature_from_string("-clig", 5, &list[count++]);
    }
    hb_shape(c->font, buffer, list, count);
}

static void assert_same(Case *c, Str text) {
    const Shaped *shaped = text_shape(fonts, c->face, c->features, str_from(c->language), text);
    if (shaped->missing || shaped->run_count != 1 || shaped->runs[0].face != c->face) return; /* not of this face */
    c->compared++;
    reference(c, text);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    const ShapedRun *run = &shaped->runs[0];
    bool same = run->glyph_count == count && run->start == 0 && run->length == text.n;
    int32_t advance = 0;
    for (unsigned i = 0; same && i < count; i++) {
        const Glyph *g = &run->glyphs[i];
        same = g->id == infos[i].codepoint && g->cluster == infos[i].cluster && g->advance == positions[i].x_advance &&
               g->dx == positions[i].x_offset && g->dy == positions[i].y_offset;
        advance += g->advance;
    }
    if (!same || advance != run->advance)
        fail_msg(STR_FMT " features %u language %s: \"" STR_FMT "\"", STR_ARG(c->face->name), c->features, c->language, STR_ARG(text));
}

static uint32_t seed;
static uint32_t random_below(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static uint32_t random_character(void) {
    static const uint16_t others[] = {0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xB0, 0xB1, 0xB5, 0xB7, 0xBB, 0xBD, 0xD7, 0xF7, 0x2010, 0x2011, 0x2012, 0x2013,
        0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026};
    switch (random_below(8)) {
    case 0: return ' ' + random_below(95);
    case 1: return 0xC0 + random_below(0x180 - 0xC0);
    case 2: return others[random_below(sizeof others / sizeof *others)];
    case 3: return 'A' + random_below(26);
    case 4: return '0' + random_below(10);
    case 5: return (uint32_t)"fitjlT"[random_below(6)];
    default: return 'a' + random_below(26);
    }
}

static void compare_random(Case *c, uint32_t words, uint32_t longest) {
    for (uint32_t i = 0; i < words; i++) {
        Buf word = buf_new(arena);
        for (uint32_t n = 1 + random_below(longest); n; n--) buf_add_utf8(&word, random_character());
        assert_same(c, buf_str(&word));
    }
}

/* Every pair of the characters that words are made of. */
static void compare_pairs(Case *c) {
    for (uint32_t a = ' '; a < 0x17F; a++) {
        if (a >= 0x7F && a < 0xA0) continue;
        for (uint32_t b = ' '; b < 0x7F; b++) {
            char bytes[8];
            size_t n = utf8_encode(a, bytes);
            n += utf8_encode(b, bytes + n);
            assert_same(c, (Str){bytes, n});
            n = utf8_encode(b, bytes);
            n += utf8_encode(a, bytes + n);
            if (a >= 0x7F) assert_same(c, (Str){bytes, n});
        }
    }
}

/* Every three letters of those that ligatures and kerning are made for. */
static void compare_triples(Case *c) {
    static const char letters[] = "fitljhbkacrvwyVAWTLF1/-. ";
    for (const char *a = letters; *a; a++)
        for (const char *b = letters; *b; b++)
            for (const char *d = letters; *d; d++) assert_same(c, (Str){(char[]){*a, *b, *d}, 3});
}

static const unsigned feature_sets[] = {0, SHAPE_TABULAR, SHAPE_NO_LIGATURES, SHAPE_SMALL_CAPITALS, SHAPE_OLD_STYLE, SHAPE_SUPERSCRIPTS,
    SHAPE_SUBSCRIPTS, SHAPE_TABULAR | SHAPE_OLD_STYLE | SHAPE_SMALL_CAPITALS};
enum { SETS = sizeof feature_sets / sizeof *feature_sets };

/* Yields how many words were of the face. */
static uint32_t compare_face(const Face *face, uint32_t words, bool plain_t) {
    hb_blob_t *blob = hb_blob_create(face->file.p, (unsigned)face->file.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *hb_face = hb_face_create(blob, 0);
    Case c = {.face = face, .font = hb_font_create(hb_face), .plain_t = plain_t, .language = "en"};
    hb_font_set_scale(c.font, face->units_per_em, face->units_per_em);
    seed = (uint32_t)face->index;
    for (uint32_t set = 0; set < SETS; set++) {
        c.features = feature_sets[set];
        compare_random(&c, words, 12);
        if (set == 0) {
            compare_triples(&c);
            compare_random(&c, 100, 70);
        }
        if (set == 0 && words > 1000) compare_pairs(&c);
    }
    c.features = 0;
    static const char *const languages[] = {"tr", "ro", "pl", "nl", "ca", "und"}; /* which have forms of their own in some faces */
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        c.language = languages[i];
        compare_random(&c, words, 8);
    }
    hb_font_destroy(c.font);
    hb_face_destroy(hb_face);
    hb_blob_destroy(blob);
    return c.compared;
}

static void the_programs_faces(void **state) {
    (void)state;
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int style = 0; style < 4; style++) {
            const Face *face = fonts_face(fonts, (Family)family, style & 1, style & 2);
            assert_true(compare_face(face, style ? 700 : 1500, family == FAMILY_SANS) > 10000);
        }
}

/* Faces that documents may bring: all that the program has are tried as such, of whatever script. */
static void documents_faces(void **state) {
    (void)state;
    uint32_t faces = 0;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++) {
        if (!str_starts(file->name, STR("fonts/")) || str_starts(file->name, STR("fonts/mono"))) continue;
        OwnFaces own = {0};
        own.file[FAMILY_SANS][0] = file->bytes;
        fonts_use(fonts, &own);
        if (compare_face(fonts_face(fonts, FAMILY_SANS, false, false), 200, false) > 10000) faces++;
    }
    assert_true(faces >= 10); /* the others have few of these characters */
}

static uint32_t number_at(const uint8_t *p, int bytes) {
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) value = value << 8 | p[i];
    return value;
}

/* A copy of a face, in which a feature of GSUB has another name, under which HarfBuzz applies it always. */
static Str renamed(Str file, const char *feature, const char *name) {
    uint8_t *copy = NEW_ARRAY(arena, uint8_t, file.n), *gsub = NULL;
    memcpy(copy, file.p, file.n);
    for (uint32_t i = 0; i < number_at(copy + 4, 2); i++)
        if (memcmp(copy + 12 + 16 * i, "GSUB", 4) == 0) gsub = copy + number_at(copy + 12 + 16 * i + 8, 4);
    assert_non_null(gsub);
    uint8_t *list = gsub + number_at(gsub + 6, 2);
    uint32_t found = 0;
    for (uint32_t i = 0; i < number_at(list, 2); i++)
        if (memcmp(list + 2 + 6 * i, feature, 4) == 0 && ++found) memcpy(list + 2 + 6 * i, name, 4);
    assert_true(found > 0);
    return (Str){(char *)copy, file.n};
}

/* Faces in which more happens than in the program's: alternates in contexts, ligatures of more letters. */
static void faces_with_contexts(void **state) {
    (void)state;
    static const struct {
        const char *file, *feature, *name;
    } cases[] = {{"fonts/serif-regular.ttf", "ordn", "calt"}, {"fonts/sans-regular.ttf", "frac", "calt"},
        {"fonts/sans-regular.ttf", "dlig", "clig"}, {"fonts/sans-regular.ttf", "numr", "clig"}, {"fonts/fallback.ttf", "dlig", "clig"},
        {"fonts/serif-regular.ttf", "aalt", "rclt"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        OwnFaces own = {0};
        own.file[FAMILY_SANS][0] = renamed(embedded_find(str_from(cases[i].file)), cases[i].feature, cases[i].name);
        fonts_use(fonts, &own);
        assert_true(compare_face(fonts_face(fonts, FAMILY_SANS, false, false), 1100, false) > 10000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_faces),
        cmocka_unit_test(documents_faces),
        cmocka_unit_test(faces_with_contexts),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
