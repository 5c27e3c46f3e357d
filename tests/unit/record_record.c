/* What a file says of how it was made: out as properties, back from them, and no name that leads anywhere. */
#include "record/record.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;

static int begin(void **state) {
    (void)state;
    arena = arena_open();
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static Record example(void) {
    Record record = {.version = STR("0.1.0"),
        .style = STR("in/house sheet.yaml"),
        .large_print = 24,
        .final = true,
        .embedded = true,
        .dated = true,
        .date = 1549531800};
    record_add(arena, &record, INPUT_SOURCE, STR("in/a.md"), STR("Words\n"));
    record_add(arena, &record, INPUT_IMAGE, STR("images/Größe 1.png"), STR("\x89PNG"));
    record_add(arena, &record, INPUT_SHEET, STR("in/house sheet.yaml"), STR("name: house\n"));
    return record;
}

static void digests_are_those_of_the_standards(void **state) {
    (void)state;
    assert_true(str_is(digest_sha256(arena, STR("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    assert_true(str_is(digest_sha256(arena, STR("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    uint8_t md5[16];
    digest_md5(STR("abc"), md5);
    assert_int_equal(md5[0], 0x90);
    assert_int_equal(md5[15], 0x72);
}

static void properties_are_these(void **state) {
    (void)state;
    Record record = example();
    RecordProperties list = record_properties(arena, &record);
    Buf out = buf_new(arena);
    for (uint32_t i = 0; i < list.count; i++)
        buf_format(&out, "%s " STR_FMT "\n", list.items[i].name, STR_ARG(list.items[i].value));
    assert_string_equal(out.p,
        "version 0.1.0\n"
        "sourceDigest d351be2853bf899aea71932be3941355ed7ebbf9cbdefea0c6f09dc752bf5040\n"
        "build bee3ce6540d65f5b86be1c7a319c89b5b379cfc78e6e071bfb632cb6b63f57f7\n"
        "input source d351be2853bf899aea71932be3941355ed7ebbf9cbdefea0c6f09dc752bf5040 in/a.md\n"
        "input image 0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543 images/Größe 1.png\n"
        "input sheet 1b68b6ae78b5d7e38a12ea6c9390ed58e9939060f2422029fb74a8b933ec2e63 in/house sheet.yaml\n"
        "style in/house sheet.yaml\n"
        "variant large-print 24\n"
        "final True\n"
        "embedded True\n"
        "date 2019-02-07T09:30:00Z\n");
}

static void a_record_comes_back(void **state) {
    (void)state;
    Record record = example(), back;
    Str problem;
    RecordProperties list = record_properties(arena, &record);
    assert_true(record_read(arena, &list, &back, &problem));
    assert_int_equal(back.count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(back.items[i].role, record.items[i].role);
        assert_true(str_equal(back.items[i].name, record.items[i].name));
        assert_true(str_equal(back.items[i].digest, record.items[i].digest));
    }
    assert_true(str_equal(back.style, record.style));
    assert_int_equal(back.large_print, 24);
    assert_true(back.final && back.embedded && back.dated && !back.print);
    assert_true(back.date == record.date);
    record.large_print = 0;
    record.print = record.blank_pages = true;
    list = record_properties(arena, &record);
    assert_true(record_read(arena, &list, &back, &problem));
    assert_true(back.print && back.blank_pages && back.large_print == 0);
}

/* All of one command are one build, and what was asked for makes another. */
static void a_build_is_what_is_common(void **state) {
    (void)state;
    Record record = example(), other = example();
    other.large_print = 0;
    other.print = true;
    assert_true(str_equal(record_build(arena, &record), record_build(arena, &other)));
    other.final = false;
    assert_false(str_equal(record_build(arena, &record), record_build(arena, &other)));
    other = example();
    other.date++;
    assert_false(str_equal(record_build(arena, &record), record_build(arena, &other)));
}

static void a_changed_record_is_none(void **state) {
    (void)state;
    static const struct {
        const char *name, *value;
    } changes[] = {{"version", "0.1.1"}, {"sourceDigest", "93ac"}, {"input", "source 12 a.md"}, {"input", "image"},
        {"style", "plain"}, {"variant", "large-print"}, {"variant", "large-print 0"}, {"variant", "large-print 99999999999"},
        {"variant", "print blank"}, {"final", "yes"}, {"embedded", ""}, {"date", "2019-02-30T09:30:00Z"},
        {"date", "2019-02-07 09:30"}, {"build", ""}};
    Record record = example(), back;
    for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
        RecordProperties list = record_properties(arena, &record);
        Str problem = {NULL, 0};
        for (uint32_t i = 0; i < list.count; i++)
            if (str_is(str_from(list.items[i].name), changes[c].name)) list.items[i].value = str_from(changes[c].value);
        if (record_read(arena, &list, &back, &problem)) fail_msg("%s “%s” was taken", changes[c].name, changes[c].value);
        assert_true(problem.n > 0);
    }
    RecordProperties none = {0};
    Str problem;
    assert_false(record_read(arena, &none, &back, &problem));
    assert_true(str_starts(problem, STR("it does not say")));
}

static void dangerous_names_have_a_fault(void **state) {
    (void)state;
    static const char *const bad[] = {"", "/etc/passwd", "..", ".", "../a", "a/../b", "a/..", "./a", "a//b", "a/", "/", "a\\b",
        "C:a", "a\nb", "a\x7f", "\xC2\x85", "a\xE2\x80\xAE", "a\xFF", "nul", "NUL.md", "con.a.b", "images/com1.png", "LPT9",
        "aux", "a.", "a ", " a", "a?", "a*", "<a>", "a|b", "\"a\""};
    static const char *const good[] = {"a", "a.md", "in/a.md", ".hidden", "Größe, 1 ½.md", "nullify.md", "con-tents.md", "com.md",
        "com10.md", "a..b", "...a", "a b/c d.png", "\xD8\xB9.png"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (record_name_fault(str_from(bad[i])) == NULL) fail_msg("“%s” was taken", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (record_name_fault(str_from(good[i])) != NULL) fail_msg("“%s” %s", good[i], record_name_fault(str_from(good[i])));
    assert_non_null(record_name_fault((Str){"a\0b", 3}));
    char longest[1200];
    memset(longest, 'a', sizeof longest);
    assert_non_null(record_name_fault((Str){longest, 201}));
    assert_null(record_name_fault((Str){longest, 200}));
    for (size_t i = 100; i < sizeof longest; i += 100) longest[i] = '/';
    assert_non_null(record_name_fault((Str){longest, 1099}));
    assert_null(record_name_fault((Str){longest, 999}));
    assert_true(str_equal(record_name_key(arena, STR("Map.PNG")), record_name_key(arena, STR("map.png"))));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(digests_are_those_of_the_standards, begin, end),
        cmocka_unit_test_setup_teardown(properties_are_these, begin, end),
        cmocka_unit_test_setup_teardown(a_record_comes_back, begin, end),
        cmocka_unit_test_setup_teardown(a_build_is_what_is_common, begin, end),
        cmocka_unit_test_setup_teardown(a_changed_record_is_none, begin, end),
        cmocka_unit_test_setup_teardown(dangerous_names_have_a_fault, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
