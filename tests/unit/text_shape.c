/* Shaping at its seam: what goes in and what glyphs come out. Words of the faces' own numbers are avoided where a relation says
 * the same, so that another version of a font does not break a test. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static Fonts *fonts;

static int open_fonts(void **state) {
    (void)state;
    fonts = fonts_open();
    return 0;
}

static int close_fonts(void **state) {
    (void)state;
    fonts_close(fonts);
    return 0;
}

static const Face *sans(void) { return fonts_face(fonts, FAMILY_SANS, false, false); }
static const Face *serif(void) { return fonts_face(fonts, FAMILY_SERIF, false, false); }

static const Shaped *shape_with(const Face *face, unsigned features, const char *text) {
    return text_shape(fonts, face, features, STR("en-GB"), str_from(text));
}

static const Shaped *shape(const char *text) { return shape_with(sans(), 0, text); }

/* Every byte is in one run, and clusters are inside their run. */
static void assert_covers(const Shaped *shaped, size_t length) {
    uint32_t at = 0;
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        const ShapedRun *run = &shaped->runs[r];
        assert_int_equal(run->start, at);
        at += run->length;
        int32_t advance = 0;
        for (uint32_t g = 0; g < run->glyph_count; g++) {
            assert_in_range(run->glyphs[g].cluster, run->start, run->start + run->length - 1);
            assert_true(run->glyphs[g].id < run->face->glyph_count);
            advance += run->glyphs[g].advance;
        }
        assert_int_equal(run->advance, advance);
    }
    assert_int_equal(at, length);
}

static void faces_are_what_they_are_listed_as(void **state) {
    (void)state;
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int style = 0; style < 4; style++) {
            const Face *face = fonts_face(fonts, (Family)family, style & 1, style & 2);
            assert_int_equal(face->bold, style & 1);
            assert_int_equal(face->italic, (style & 2) != 0);
            assert_int_equal(face->weight, style & 1 ? 700 : 400);
            if (style & 2) assert_true(face->italic_angle < 0);
            else assert_int_equal(face->italic_angle, 0);
            assert_int_equal(face->fixed_pitch, family == FAMILY_MONO);
            assert_int_equal(face->serif, family == FAMILY_SERIF);
            assert_true(face->x_height > 0 && face->x_height < face->cap_height && face->cap_height < face->ascent);
            assert_true(face->descent < 0 && face->underline_position < 0 && face->strike_position > 0);
            assert_in_range(face->underline_thickness, face->units_per_em / 50, face->units_per_em / 15);
            assert_in_range(face->space_advance, face->units_per_em / 5, face->units_per_em * 2 / 3);
            assert_int_equal(face_advance(face, face->space_glyph), face->space_advance);
            assert_ptr_equal(face, fonts_face(fonts, (Family)family, style & 1, style & 2));
        }
}

static void kerning_is_in_the_advances(void **state) {
    (void)state;
    const Face *faces[] = {sans(), serif()};
    for (size_t i = 0; i < 2; i++) {
        const ShapedRun *run = &shape_with(faces[i], 0, "AV")->runs[0];
        assert_int_equal(run->glyph_count, 2);
        assert_true(run->glyphs[0].advance < face_advance(faces[i], run->glyphs[0].id));
        assert_int_equal(run->glyphs[1].advance, face_advance(faces[i], run->glyphs[1].id));
    }
}

static void a_ligature_is_one_glyph_of_one_cluster(void **state) {
    (void)state;
    const Face *faces[] = {sans(), serif()};
    for (size_t i = 0; i < 2; i++) {
        const ShapedRun *run = &shape_with(faces[i], 0, "office")->runs[0];
        assert_int_equal(run->glyph_count, 4); /* o ffi c e */
        assert_int_equal(run->glyphs[1].cluster, 1);
        assert_int_equal(run->glyphs[2].cluster, 4);
        assert_int_equal(shape_with(faces[i], SHAPE_NO_LIGATURES, "office")->runs[0].glyph_count, 6);
    }
    assert_int_equal(shape_with(fonts_face(fonts, FAMILY_MONO, false, false), 0, "office")->runs[0].glyph_count, 6);
}

static void t_is_not_joined_to_what_follows(void **state) {
    (void)state;
    const ShapedRun *run = &shape("attitude")->runs[0];
    assert_int_equal(run->glyph_count, 8);
    for (uint32_t i = 0; i < 8; i++) assert_int_equal(run->glyphs[i].cluster, i);
    /* And nothing else of the setting changes. */
    assert_int_equal(run->advance, shape_with(sans(), SHAPE_NO_LIGATURES, "attitude")->runs[0].advance);
}

static void accents_come_composed_or_not(void **state) {
    (void)state;
    const ShapedRun *composed = &shape("\xC5\xB5")->runs[0];         /* ŵ */
    const ShapedRun *decomposed = &shape("w\xCC\x82")->runs[0];      /* w and U+0302 */
    assert_int_equal(composed->glyphs[0].id, decomposed->glyphs[0].id);
    assert_int_equal(decomposed->glyph_count, 1);
    assert_int_equal(decomposed->length, 3);
}

static void fallback_takes_only_what_is_lacking(void **state) {
    (void)state;
    const char *text = "a\xE2\x98\x91" "b"; /* ☑ */
    const Shaped *shaped = shape(text);
    assert_covers(shaped, 5);
    assert_false(shaped->missing);
    assert_int_equal(shaped->run_count, 3);
    assert_ptr_equal(shaped->runs[0].face, sans());
    assert_ptr_not_equal(shaped->runs[1].face, sans());
    assert_ptr_equal(shaped->runs[2].face, sans());
    assert_int_equal(shaped->runs[1].start, 1);
    assert_int_equal(shaped->runs[1].length, 3);
}

static void fallback_is_in_the_order_of_the_list(void **state) {
    (void)state;
    /* Both the face for maths and the general one have the minus; the first listed is taken. */
    const Face *maths = shape_with(serif(), 0, "\xE2\x88\x92")->runs[0].face;
    const Face *last = shape("\xE1\x83\x90")->runs[0].face; /* Georgian */
    assert_string_equal(maths->name.p, "NotoSansMath-Regular");
    assert_string_equal(last->name.p, "DejaVuSans");
    assert_true(maths->index < last->index);
    const Face *hangul = shape("\xEA\xB0\x81")->runs[0].face; /* an earlier face has its parts */
    assert_string_equal(hangul->name.p, "NanumGothic");
    assert_string_equal(shape("\xF0\x9F\xA6\x80")->runs[0].face->name.p, "Symbola");
    assert_string_equal(shape("\xE4\xB8\xAD")->runs[0].face->name.p, "DroidSansFallback");
}

static void raised_figures_are_the_face_s_own_or_none(void **state) {
    (void)state;
    assert_true(text_has_feature(fonts, sans(), 0, SHAPE_SUPERSCRIPTS, STR("en"), STR("12")));
    assert_true(text_has_feature(fonts, serif(), SHAPE_OLD_STYLE, SHAPE_SUPERSCRIPTS, STR("en"), STR("12")));
    assert_true(text_has_feature(fonts, serif(), 0, SHAPE_SUBSCRIPTS, STR("en"), STR("2")));
    assert_false(text_has_feature(fonts, sans(), 0, SHAPE_SUPERSCRIPTS, STR("en"), STR("2\xCE\xB2"))); /* β has none */
    assert_false(text_has_feature(fonts, fonts_face(fonts, FAMILY_MONO, false, false), 0, SHAPE_SUPERSCRIPTS, STR("en"), STR("2")));
    assert_false(text_has_feature(fonts, sans(), 0, SHAPE_SUPERSCRIPTS, STR("en"), STR("")));
}

static void bold_text_is_bold_in_other_scripts_too(void **state) {
    (void)state;
    const Face *bold = fonts_face(fonts, FAMILY_SANS, true, false);
    static const struct {
        const char *text, *face;
    } cases[] = {{"\xD7\xA9", "NotoSansHebrew-Bold"}, {"\xD8\xB9", "NotoSansArabic-Bold"}, {"\xE0\xA4\xB9", "NotoSansDevanagari-Bold"},
        {"\xE0\xB8\x97", "NotoSansThai-Bold"}, {"\xD4\xB1", "DejaVuSans-Bold"}, {"\xE1\x83\x90", "DejaVuSans-Bold"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(shape_with(bold, 0, cases[i].text)->runs[0].face->name.p, cases[i].face);
    assert_string_equal(shape("\xD7\xA9")->runs[0].face->name.p, "NotoSansHebrew-Regular");
    assert_string_equal(shape_with(bold, 0, "\xE4\xB8\xAD")->runs[0].face->name.p, "DroidSansFallback"); /* there is no other */
}

static void a_mark_stays_with_its_base(void **state) {
    (void)state;
    /* U+2611 is of a fallback face, U+20DD (enclosing circle) may be of another: one face sets both, or both are missing. */
    const Shaped *shaped = shape("\xE2\x98\x91\xE2\x83\x9D");
    assert_int_equal(shaped->run_count, 1);
    assert_covers(shaped, 6);
}

static void a_whole_heading_is_divided_by_face(void **state) {
    (void)state;
    const char *text = "The word \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D in 2024"; /* שלום */
    const Shaped *shaped = shape(text);
    assert_covers(shaped, 25);
    assert_false(shaped->missing);
    assert_int_equal(shaped->run_count, 3);
    const ShapedRun *hebrew = &shaped->runs[1];
    assert_int_equal(hebrew->glyph_count, 4);
}

static void a_direction_is_followed(void **state) {
    (void)state;
    const char *text = "(\xD7\xA9\xD7\x9C"; /* (של */
    const Shaped *shaped = shape_with(sans(), SHAPE_RIGHT_TO_LEFT, text);
    assert_covers(shaped, 5);
    const ShapedRun *hebrew = &shaped->runs[shaped->run_count - 1];
    for (uint32_t i = 1; i < hebrew->glyph_count; i++) assert_true(hebrew->glyphs[i].cluster < hebrew->glyphs[i - 1].cluster);
    assert_int_equal(shaped->runs[0].glyphs[shaped->runs[0].glyph_count - 1].id, shape(")")->runs[0].glyphs[0].id); /* mirrored */
    const Shaped *forward = shape(text);
    const ShapedRun *last = &forward->runs[forward->run_count - 1];
    for (uint32_t i = 1; i < last->glyph_count; i++) assert_true(last->glyphs[i].cluster > last->glyphs[i - 1].cluster);
}

static void a_space_lies_behind_a_word(void **state) {
    (void)state;
    const char *const words[] = {"tea", "ﬁve", "1½", "ქ", "cafÌ§"};
    const Glyph *space = shape(" ")->runs[0].glyphs;
    uint32_t spaced = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const Shaped *shaped = shape(words[i]);
        if (!shaped->spaced) continue;
        const ShapedRun *run = &shaped->runs[0];
        const Glyph *behind = &run->glyphs[run->glyph_count];
        assert_int_equal(shaped->run_count, 1);
        assert_ptr_equal(run->face, sans());
        assert_int_equal(behind->cluster, str_from(words[i]).n);
        assert_int_equal(behind->id, space->id);
        assert_int_equal(behind->advance, space->advance);
        spaced++;
    }
    assert_true(spaced >= 3);
    assert_false(shape_with(sans(), SHAPE_RIGHT_TO_LEFT, "tea")->spaced);
}

static void what_no_face_has_is_missing(void **state) {
    (void)state;
    const Shaped *shaped = shape("a\xEE\x80\x80" "b"); /* U+E000, of private use */
    assert_true(shaped->missing);
    assert_covers(shaped, 5);
    uint32_t lacking = 0;
    for (uint32_t r = 0; r < shaped->run_count; r++)
        for (uint32_t g = 0; g < shaped->runs[r].glyph_count; g++) {
            const Glyph *glyph = &shaped->runs[r].glyphs[g];
            if (glyph->id != 0) continue;
            assert_int_equal(glyph->cluster, 1);
            assert_ptr_equal(shaped->runs[r].face, sans());
            lacking++;
        }
    assert_int_equal(lacking, 1);
    assert_true(shape("\x01")->missing);
}

static void ignorables_have_no_glyph_and_are_never_missing(void **state) {
    (void)state;
    static const char *const ignorable[] = {
        "\xC2\xAD", "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xB8\x8E", "\xEF\xBB\xBF"};
    int32_t plain = shape("no")->runs[0].advance;
    for (size_t i = 0; i < sizeof ignorable / sizeof *ignorable; i++) {
        char text[8] = "n";
        size_t n = 1;
        for (const char *c = ignorable[i]; *c; c++) text[n++] = *c;
        text[n++] = 'o';
        const Shaped *shaped = shape(text);
        assert_false(shaped->missing);
        assert_covers(shaped, n);
        assert_int_equal(shaped->run_count, 1);
        assert_int_equal(shaped->runs[0].glyph_count, 2);
        assert_int_equal(shaped->runs[0].advance, plain);
        const Shaped *alone = shape(ignorable[i]);
        assert_false(alone->missing);
        assert_int_equal(alone->runs[0].glyph_count, 1); /* else nothing would say it */
        assert_int_equal(alone->runs[0].advance, 0);
    }
    /* One that leads belongs to the glyph behind it. */
    assert_int_equal(shape("\xC2\xAD" "a")->runs[0].glyphs[0].cluster, 0);
}

static void spaces_of_any_width_are_set(void **state) {
    (void)state;
    static const char *const spaces[] = {" ", "\t", "\n", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x83"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        const Shaped *shaped = shape_with(serif(), 0, spaces[i]);
        assert_false(shaped->missing);
        assert_int_equal(shaped->run_count, 1);
        assert_ptr_equal(shaped->runs[0].face, serif());
        assert_in_range(shaped->runs[0].advance, 1, serif()->units_per_em);
    }
    assert_int_equal(shape("\xC2\xA0")->runs[0].advance, sans()->space_advance);
    assert_false(shape("12\xE2\x80\x91" "13")->missing); /* non-breaking hyphen */
}

static void every_european_letter_is_in_the_families(void **state) {
    (void)state;
    /* Welsh, Maltese, Romanian, Polish, Icelandic, Hungarian, Turkish, Latvian; Greek; Cyrillic; signs. */
    const char *text = "\xC5\xB4\xC5\xB5\xC5\xB6\xC5\xB7\xC4\xA7\xC4\xA1\xC8\x99\xC8\x9B\xC5\x82\xC4\x85\xC3\xB0\xC3\xBE"
                       "\xC5\x91\xC5\xB1\xC4\xB1\xC4\x9F\xC4\xBC\xCE\xB1\xCE\xAC\xCE\xA9\xD0\x96\xD1\x8F\xD1\x96\xC2\xA3\xE2\x82\xAC\xE2\x80\x93"
                       "\xE2\x80\x94\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\xA6\xE2\x80\xA2";
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int style = 0; style < 4; style++) {
            const Face *face = fonts_face(fonts, (Family)family, style & 1, style & 2);
            const Shaped *shaped = shape_with(face, 0, text);
            assert_int_equal(shaped->run_count, 1);
            assert_ptr_equal(shaped->runs[0].face, face);
        }
}

static void tabular_figures_are_equally_wide(void **state) {
    (void)state;
    const Face *faces[] = {sans(), serif()};
    for (size_t i = 0; i < 2; i++) {
        const ShapedRun *run = &shape_with(faces[i], SHAPE_TABULAR, "0123456789")->runs[0];
        for (uint32_t g = 1; g < 10; g++) assert_int_equal(run->glyphs[g].advance, run->glyphs[0].advance);
    }
}

static bool same_glyphs(const Face *face, unsigned features, const char *text) {
    const ShapedRun *plain = &shape_with(face, 0, text)->runs[0], *other = &shape_with(face, features, text)->runs[0];
    if (plain->glyph_count != other->glyph_count) return false;
    for (uint32_t g = 0; g < plain->glyph_count; g++)
        if (plain->glyphs[g].id != other->glyphs[g].id) return false;
    return true;
}

static void old_style_figures_are_others(void **state) {
    (void)state;
    const Face *faces[] = {sans(), serif()};
    for (size_t i = 0; i < 2; i++) {
        assert_false(same_glyphs(faces[i], SHAPE_OLD_STYLE, "1984"));
        assert_true(same_glyphs(faces[i], SHAPE_OLD_STYLE, "paragraph"));
        const ShapedRun *run = &shape_with(faces[i], SHAPE_OLD_STYLE | SHAPE_TABULAR, "0123456789")->runs[0];
        for (uint32_t g = 1; g < 10; g++) assert_int_equal(run->glyphs[g].advance, run->glyphs[0].advance);
    }
}

static void only_proper_fractions_are_drawn_as_such(void **state) {
    (void)state;
    const char *const fractions[] = {"1/2", "3/4", "(7/8)", "1/100", "5/16;", "1/2."};
    const char *const others[] = {"24/7", "9/11", "2023/24", "1/2/2024", "2/3rds", "A1/2", "1.1/2", "01/2", "1/2-3", "4/4", "12/3", "/1/2", "1/", "1000/2"};
    const Face *faces[] = {sans(), serif()};
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) assert_false(same_glyphs(faces[f], SHAPE_FRACTIONS, fractions[i]));
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (!same_glyphs(faces[f], SHAPE_FRACTIONS, others[i])) fail_msg("%s", others[i]);
    }
}

static void equal_arguments_give_the_same_pointer(void **state) {
    (void)state;
    char word[] = "paragraph";
    const Shaped *first = shape(word);
    for (int i = 0; i < 5000; i++) { /* the cache grows */
        char other[8] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676), 0};
        shape(other);
    }
    assert_ptr_equal(shape("paragraph"), first);
    assert_ptr_not_equal(shape_with(sans(), SHAPE_TABULAR, "paragraph"), first);
    assert_ptr_not_equal(shape_with(serif(), 0, "paragraph"), first);
    assert_ptr_not_equal(text_shape(fonts, sans(), 0, STR("cy"), STR("paragraph")), first);
    assert_ptr_equal(text_shape(fonts, sans(), 0, STR("EN-us"), STR("paragraph")), first); /* primary subtag */
    word[0] = 'P'; /* the key is a copy */
    assert_ptr_equal(shape("paragraph"), first);
    assert_ptr_not_equal(shape(word), first);
}

static void the_language_chooses_letters(void **state) {
    (void)state;
    /* Romanian's s with a comma for the s with a cedilla (OpenType locl). */
    Str text = STR("\xC5\x9F");
    uint16_t english = text_shape(fonts, serif(), 0, STR("en"), text)->runs[0].glyphs[0].id;
    uint16_t romanian = text_shape(fonts, serif(), 0, STR("ro-RO"), text)->runs[0].glyphs[0].id;
    assert_int_not_equal(english, romanian);
}

static void any_bytes_are_text(void **state) {
    (void)state;
    assert_int_equal(shape("")->run_count, 0);
    assert_covers(shape("\xFF\xC2"), 2);
    char marks[2001] = "a"; /* a thousand accents on one letter: offsets stay in their range */
    for (size_t i = 1; i + 1 < sizeof marks - 1; i += 2) {
        marks[i] = '\xCC';
        marks[i + 1] = '\x81';
    }
    assert_covers(shape_with(serif(), 0, marks), str_from(marks).n);
}

static void lengths_are_rounded_to_nearest(void **state) {
    (void)state;
    const Face *face = sans(); /* 2000 units */
    assert_int_equal(text_advance_lu(face, face->units_per_em, LU_FROM_PT(12)), LU_FROM_PT(12));
    assert_int_equal(text_advance_lu(face, 1, face->units_per_em / 2), 1);
    assert_int_equal(text_advance_lu(face, 1, face->units_per_em / 2 - 1), 0);
    assert_int_equal(text_advance_lu(face, -1, face->units_per_em / 2), -1);
    assert_int_equal(text_advance_lu(face, 1000000, LU_FROM_PT(1000)), 32000000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faces_are_what_they_are_listed_as),
        cmocka_unit_test(kerning_is_in_the_advances),
        cmocka_unit_test(a_space_lies_behind_a_word),
        cmocka_unit_test(a_ligature_is_one_glyph_of_one_cluster),
        cmocka_unit_test(t_is_not_joined_to_what_follows),
        cmocka_unit_test(accents_come_composed_or_not),
        cmocka_unit_test(fallback_takes_only_what_is_lacking),
        cmocka_unit_test(fallback_is_in_the_order_of_the_list),
        cmocka_unit_test(raised_figures_are_the_face_s_own_or_none),
        cmocka_unit_test(bold_text_is_bold_in_other_scripts_too),
        cmocka_unit_test(a_mark_stays_with_its_base),
        cmocka_unit_test(a_whole_heading_is_divided_by_face),
        cmocka_unit_test(a_direction_is_followed),
        cmocka_unit_test(what_no_face_has_is_missing),
        cmocka_unit_test(ignorables_have_no_glyph_and_are_never_missing),
        cmocka_unit_test(spaces_of_any_width_are_set),
        cmocka_unit_test(every_european_letter_is_in_the_families),
        cmocka_unit_test(tabular_figures_are_equally_wide),
        cmocka_unit_test(old_style_figures_are_others),
        cmocka_unit_test(only_proper_fractions_are_drawn_as_such),
        cmocka_unit_test(equal_arguments_give_the_same_pointer),
        cmocka_unit_test(the_language_chooses_letters),
        cmocka_unit_test(any_bytes_are_text),
        cmocka_unit_test(lengths_are_rounded_to_nearest),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
