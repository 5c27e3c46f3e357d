/* Subsets: what HarfBuzz reads in them must be what it reads in the face. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <harfbuzz/hb.h>

static Fonts *fonts;
static Arena *arena;

static int open_all(void **state) {
    (void)state;
    fonts = fonts_open();
    arena = arena_open();
    return 0;
}

static int close_all(void **state) {
    (void)state;
    fonts_close(fonts);
    arena_close(arena);
    return 0;
}

static hb_font_t *font_parse(Str file) {
    hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_font_set_scale(font, (int)hb_face_get_upem(face), (int)hb_face_get_upem(face));
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

/* The bytes of a table; the caller destroys *blob. */
static Str table_of(hb_font_t *font, hb_tag_t tag, hb_blob_t **blob) {
    *blob = hb_face_reference_table(hb_font_get_face(font), tag);
    unsigned n;
    const char *p = hb_blob_get_data(*blob, &n);
    return (Str){p, n};
}

static uint8_t *mark_used(const Face *face, const char *text) {
    uint8_t *used = NEW_ARRAY(arena, uint8_t, face->glyph_count);
    const Shaped *shaped = text_shape(fonts, face, 0, STR("en"), str_from(text));
    assert_int_equal(shaped->run_count, 1);
    assert_ptr_equal(shaped->runs[0].face, face);
    for (uint32_t g = 0; g < shaped->runs[0].glyph_count; g++) used[shaped->runs[0].glyphs[g].id] = 1;
    return used;
}

static void a_subset_has_the_same_glyphs_under_new_numbers(void **state) {
    (void)state;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        const Face *face = fonts_face(fonts, (Family)family, false, true);
        uint8_t *used = mark_used(face, "office \xC3\xA9\xC5\xB5 \xC2\xBD AV 12"); /* composites among them */
        Subset subset;
        assert_true(face_subset(arena, face, used, &subset));
        assert_true(subset.file.n < face->file.n / 10);
        hb_font_t *font = font_parse(subset.file);
        assert_int_equal(hb_face_get_glyph_count(hb_font_get_face(font)), subset.glyph_count);
        assert_int_equal(subset.new_id[0], 0);
        hb_font_t *whole = font_parse(face->file);
        uint8_t *taken = NEW_ARRAY(arena, uint8_t, subset.glyph_count);
        for (uint32_t glyph = 1; glyph < face->glyph_count; glyph++) {
            if (!used[glyph]) {
                assert_int_equal(subset.new_id[glyph], 0);
                continue;
            }
            uint16_t id = subset.new_id[glyph];
            assert_in_range(id, 1, subset.glyph_count - 1);
            assert_false(taken[id]);
            taken[id] = 1;
            assert_int_equal(hb_font_get_glyph_h_advance(font, id), face_advance(face, (uint16_t)glyph));
            hb_glyph_extents_t here, there;
            assert_true(hb_font_get_glyph_extents(font, id, &here) && hb_font_get_glyph_extents(whole, glyph, &there));
            assert_memory_equal(&here, &there, sizeof here);
        }
        hb_font_destroy(whole);
        hb_font_destroy(font);
    }
}

static void a_subset_has_outlines_only_and_keeps_notdef(void **state) {
    (void)state;
    const Face *face = fonts_face(fonts, FAMILY_SANS, false, false);
    Subset subset;
    assert_true(face_subset(arena, face, NEW_ARRAY(arena, uint8_t, face->glyph_count), &subset)); /* nothing but .notdef */
    assert_int_equal(subset.glyph_count, 1);
    hb_font_t *font = font_parse(subset.file);
    hb_tag_t tags[32];
    unsigned count = 32;
    hb_face_get_table_tags(hb_font_get_face(font), 0, &count, tags);
    for (unsigned i = 0; i < count; i++) {
        char tag[5] = {0};
        hb_tag_to_string(tags[i], tag);
        assert_non_null(strstr("glyf head hhea hmtx loca maxp", tag));
    }
    hb_glyph_extents_t extents;
    assert_true(hb_font_get_glyph_extents(font, 0, &extents));
    assert_true(extents.width > 0);
    hb_font_destroy(font);
}

static void a_subset_does_not_depend_on_the_clock(void **state) {
    (void)state;
    const Face *face = fonts_face(fonts, FAMILY_SERIF, true, false);
    uint8_t *used = mark_used(face, "Dates");
    Subset first, second;
    assert_true(face_subset(arena, face, used, &first) && face_subset(arena, face, used, &second));
    assert_true(str_equal(first.file, second.file));
    /* head.created and head.modified (at 20, 16 bytes) are the face's own. */
    hb_font_t *part = font_parse(first.file), *whole = font_parse(face->file);
    hb_blob_t *part_blob, *whole_blob;
    Str part_head = table_of(part, HB_TAG('h', 'e', 'a', 'd'), &part_blob);
    Str whole_head = table_of(whole, HB_TAG('h', 'e', 'a', 'd'), &whole_blob);
    assert_int_equal(part_head.n, 54);
    assert_memory_equal(part_head.p + 20, whole_head.p + 20, 16);
    hb_blob_destroy(part_blob);
    hb_blob_destroy(whole_blob);
    hb_font_destroy(part);
    hb_font_destroy(whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_subset_has_the_same_glyphs_under_new_numbers),
        cmocka_unit_test(a_subset_has_outlines_only_and_keeps_notdef),
        cmocka_unit_test(a_subset_does_not_depend_on_the_clock),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
