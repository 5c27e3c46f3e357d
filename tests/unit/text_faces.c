/* text: faces that documents bring: which are refused, and what is set in those that are not. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

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

static Str built_in(const char *name) {
    Str file = embedded_find(str_from(name));
    assert_true(file.n > 0);
    return file;
}

static uint32_t number_at(const uint8_t *p, int bytes) {
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) value = value << 8 | p[i];
    return value;
}

static void number_set(uint8_t *p, int bytes, uint32_t value) {
    for (int i = bytes; i-- > 0; value >>= 8) p[i] = (uint8_t)value;
}

static uint8_t *copy_of(Str file) {
    uint8_t *copy = NEW_ARRAY(arena, uint8_t, file.n);
    memcpy(copy, file.p, file.n);
    return copy;
}

/* A table's record in the directory: tag, check sum, offset, length. */
static uint8_t *record_of(uint8_t *file, const char *tag) {
    for (uint32_t i = 0; i < number_at(file + 4, 2); i++)
        if (memcmp(file + 12 + 16 * i, tag, 4) == 0) return file + 12 + 16 * i;
    fail_msg("no table %s", tag);
    return NULL;
}

static uint8_t *table_of(uint8_t *file, const char *tag) { return file + number_at(record_of(file, tag) + 8, 4); }

/* The fault of the serif with one number of a table changed. */
static FontFault changed(const char *tag, uint32_t at, int bytes, uint32_t value) {
    Str file = built_in("fonts/serif-regular.ttf");
    uint8_t *copy = copy_of(file);
    number_set(table_of(copy, tag) + at, bytes, value);
    return font_file_fault((Str){(char *)copy, file.n});
}

static void the_programs_faces_have_no_fault(void **state) {
    (void)state;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++)
        if (str_starts(file->name, STR("fonts/"))) assert_int_equal(font_file_fault(file->bytes), FONT_SOUND);
}

static void other_formats_are_told_apart(void **state) {
    (void)state;
    assert_int_equal(font_file_fault(STR("")), FONT_NOT_TRUETYPE);
    assert_int_equal(font_file_fault(STR("%PDF-1.7")), FONT_NOT_TRUETYPE);
    assert_int_equal(font_file_fault(STR("OTTO and more")), FONT_POSTSCRIPT);
    assert_int_equal(font_file_fault(STR("ttcf and more")), FONT_COLLECTION);
    assert_int_equal(font_file_fault(STR("wOF2 and more")), FONT_WEB);
    assert_int_equal(font_file_fault((Str){"\0\1\0\0", 4}), FONT_NO_OUTLINES);
    size_t size = ((size_t)32 << 20) + 1;
    assert_int_equal(font_file_fault((Str){(char *)NEW_ARRAY(arena, uint8_t, size), size}), FONT_LARGE);
}

static void rights_are_those_of_fs_type(void **state) {
    (void)state;
    static const struct {
        uint32_t rights;
        FontFault fault;
    } cases[] = {{0, FONT_SOUND}, {2, FONT_RESTRICTED}, {4, FONT_SOUND}, {8, FONT_SOUND}, {6, FONT_SOUND},
        {0x100, FONT_WHOLE_ONLY}, {0x104, FONT_WHOLE_ONLY}, {0x200, FONT_BITMAP_ONLY}, {0x208, FONT_BITMAP_ONLY},
        {0x302, FONT_RESTRICTED}, {1, FONT_SOUND}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(changed("OS/2", 8, 2, cases[i].rights), cases[i].fault);
    Str file = built_in("fonts/serif-regular.ttf");
    uint8_t *copy = copy_of(file);
    memcpy(record_of(copy, "OS/2"), "OS/3", 4);
    assert_int_equal(font_file_fault((Str){(char *)copy, file.n}), FONT_RIGHTS_UNKNOWN);
}

static void damage_is_found(void **state) {
    (void)state;
    assert_int_equal(changed("OS/2", 8, 2, 0), FONT_SOUND);
    assert_int_equal(changed("head", 12, 4, 0), FONT_DAMAGED); /* its magic number */
    assert_int_equal(changed("head", 18, 2, 0), FONT_DAMAGED); /* units per em */
    assert_int_equal(changed("head", 50, 2, 2), FONT_DAMAGED); /* kind of loca */
    assert_int_equal(changed("hhea", 4, 2, 0x8000), FONT_DAMAGED); /* ascent */
    assert_int_equal(changed("hhea", 34, 2, 0), FONT_DAMAGED); /* advances */
    assert_int_equal(changed("hhea", 34, 2, 0xFFFF), FONT_DAMAGED);
    assert_int_equal(changed("maxp", 4, 2, 0xFFFF), FONT_DAMAGED); /* glyphs */
    assert_int_equal(changed("loca", 8, 4, 0xFFFFFFF0), FONT_DAMAGED);
    Str file = built_in("fonts/serif-regular.ttf");
    for (size_t n = file.n; n > 12; n = n * 3 / 4) /* cut off */
        if (n < file.n) assert_int_not_equal(font_file_fault((Str){file.p, n}), FONT_SOUND);
}

/* Finds the first composite glyph and makes it a part of itself. */
static void a_glyph_that_holds_itself_is_damage(void **state) {
    (void)state;
    Str file = built_in("fonts/serif-regular.ttf");
    uint8_t *copy = copy_of(file), *loca = table_of(copy, "loca"), *glyf = table_of(copy, "glyf");
    bool words = number_at(table_of(copy, "head") + 50, 2) == 0;
    uint32_t count = number_at(table_of(copy, "maxp") + 4, 2);
    for (uint32_t glyph = 0; glyph < count; glyph++) {
        uint32_t from = words ? number_at(loca + 2 * glyph, 2) * 2 : number_at(loca + 4 * glyph, 4);
        uint32_t to = words ? number_at(loca + 2 * glyph + 2, 2) * 2 : number_at(loca + 4 * glyph + 4, 4);
        if (from == to || number_at(glyf + from, 2) < 0x8000) continue;
        number_set(glyf + from + 12, 2, glyph);
        assert_int_equal(font_file_fault((Str){(char *)copy, file.n}), FONT_DAMAGED);
        number_set(glyf + from + 12, 2, count);
        assert_int_equal(font_file_fault((Str){(char *)copy, file.n}), FONT_DAMAGED);
        return;
    }
    fail_msg("no composite glyph");
}

static void a_family_has_its_own_faces_until_another_document(void **state) {
    (void)state;
    const Face *sans = fonts_face(fonts, FAMILY_SANS, false, false), *mono = fonts_face(fonts, FAMILY_MONO, true, false);
    uint32_t known = fonts_count(fonts);
    OwnFaces own = {.file[FAMILY_SANS] = {built_in("fonts/serif-regular.ttf"), {0}, built_in("fonts/serif-italic.ttf")}};
    fonts_use(fonts, &own);
    assert_int_equal(fonts_count(fonts), known + 2);
    const Face *regular = fonts_face(fonts, FAMILY_SANS, false, false), *italic = fonts_face(fonts, FAMILY_SANS, false, true);
    assert_ptr_not_equal(regular, sans);
    assert_true(str_is(regular->name, "NotoSerif-Regular") && str_is(italic->name, "NotoSerif-Italic"));
    assert_ptr_equal(fonts_face(fonts, FAMILY_SANS, true, false), regular); /* what is wanting: the nearest */
    assert_ptr_equal(fonts_face(fonts, FAMILY_SANS, true, true), italic);
    assert_ptr_equal(fonts_face(fonts, FAMILY_MONO, true, false), mono);
    assert_true((uint32_t)regular->index < fonts_count(fonts) && regular->index != italic->index);
    fonts_use(fonts, NULL);
    assert_ptr_equal(fonts_face(fonts, FAMILY_SANS, false, false), sans);
    fonts_use(fonts, &own);
    assert_ptr_equal(fonts_face(fonts, FAMILY_SANS, false, false), regular); /* the same file, the same face */
    assert_int_equal(fonts_count(fonts), known + 2);
    fonts_use(fonts, NULL);
}

static void what_a_face_lacks_comes_from_the_programs_of_its_family(void **state) {
    (void)state;
    OwnFaces own = {.file[FAMILY_SERIF] = {built_in("fonts/hebrew.ttf"), built_in("fonts/hebrew.ttf")}};
    fonts_use(fonts, &own);
    const Shaped *shaped = text_shape(fonts, fonts_face(fonts, FAMILY_SERIF, true, false), 0, STR("en"), STR("a b\xD0\x96"));
    assert_false(shaped->missing);
    for (uint32_t r = 0; r < shaped->run_count; r++)
        if (shaped->runs[r].start != 1) assert_true(str_is(shaped->runs[r].face->name, "NotoSerif-Bold"));
    fonts_use(fonts, NULL);
}

/* The character map is made to name glyphs behind the last. */
static void glyphs_that_do_not_exist_are_missing(void **state) {
    (void)state;
    Str file = built_in("fonts/fallback.ttf");
    uint8_t *copy = copy_of(file);
    uint32_t glyphs = number_at(table_of(copy, "maxp") + 4, 2);
    uint8_t *cmap = table_of(copy, "cmap");
    for (uint32_t i = 0; i < number_at(cmap + 2, 2); i++) {
        uint8_t *map = cmap + number_at(cmap + 4 + 8 * i + 4, 4);
        if (number_at(map, 2) != 12) continue;
        static const uint32_t groups[2][2] = {{' ', ' '}, {'!', '~'}};
        number_set(map + 12, 4, 2);
        for (uint32_t g = 0; g < 2; g++) {
            number_set(map + 16 + 12 * g, 4, groups[g][0]);
            number_set(map + 20 + 12 * g, 4, groups[g][1]);
            number_set(map + 24 + 12 * g, 4, g == 0 ? 3 : glyphs);
        }
    }
    OwnFaces own = {.file[FAMILY_SERIF] = {{(char *)copy, file.n}}};
    fonts_use(fonts, &own);
    const Face *face = fonts_face(fonts, FAMILY_SERIF, false, false);
    const Shaped *shaped = text_shape(fonts, face, 0, STR("en"), STR("Zebra~"));
    assert_int_equal(shaped->run_count, 1);
    assert_ptr_not_equal(shaped->runs[0].face, face);
    assert_false(shaped->missing); /* the program's face has them */
    fonts_use(fonts, NULL);
}

static void a_family_is_called_as_its_file_says(void **state) {
    (void)state;
    assert_true(str_is(font_file_family(arena, built_in("fonts/serif-bold.ttf")), "Noto Serif"));
    assert_int_equal(font_file_family(arena, STR("nothing")).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_faces_have_no_fault),
        cmocka_unit_test(other_formats_are_told_apart),
        cmocka_unit_test(rights_are_those_of_fs_type),
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(a_glyph_that_holds_itself_is_damage),
        cmocka_unit_test(a_family_has_its_own_faces_until_another_document),
        cmocka_unit_test(what_a_face_lacks_comes_from_the_programs_of_its_family),
        cmocka_unit_test(glyphs_that_do_not_exist_are_missing),
        cmocka_unit_test(a_family_is_called_as_its_file_says),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
