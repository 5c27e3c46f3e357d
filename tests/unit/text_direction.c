/* Which way text runs, and in which order its pieces stand: UAX #9. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static void languages(void **state) {
    (void)state;
    static const char *const backwards[] = {"ar", "AR-EG", "he", "fa-IR", "ur", "yi", "ku-Arab", "az-Arab-IR", "ckb"};
    static const char *const forwards[] = {"", "en", "en-GB", "ar-Latn", "ku", "hi", "x-arab", "arabic", "en-x-Arab"};
    for (size_t i = 0; i < sizeof backwards / sizeof *backwards; i++)
        assert_true(language_is_right_to_left(str_from(backwards[i])));
    for (size_t i = 0; i < sizeof forwards / sizeof *forwards; i++)
        assert_false(language_is_right_to_left(str_from(forwards[i])));
}

static void paragraphs(void **state) {
    (void)state;
    assert_true(text_is_right_to_left(STR("ar"), STR("NATO said")));
    assert_true(text_is_right_to_left(STR("en"), str_from("(12) שלום and")));
    assert_false(text_is_right_to_left(STR("en"), str_from("The word שלום")));
    assert_false(text_is_right_to_left(STR("en"), STR("12, 13")));
    assert_false(text_is_right_to_left(STR("en"), STR("")));
}

/* A number behind words set apart is not drawn in, nor is a bracket; those in them run as they do. */
static void isolates(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str words = str_from("של: 1 (a, b) c");
    uint8_t levels[32], plain[32];
    const Isolate one[] = {{0, 4, true}, {4, 4, true}, {8, 14, true}, {9, 10, false}};
    assert_true(text_levels(arena, words, false, NULL, 0, plain));
    assert_int_equal(plain[6], 2); /* the number, with the Hebrew */
    assert_true(text_levels(arena, words, false, one, 4, levels));
    static const uint8_t wanted[] = {1, 1, 1, 1, 0, 0, 0, 0, 1, 2, 1, 1, 2, 1, 0, 0};
    assert_int_equal(words.n, sizeof wanted);
    for (size_t i = 0; i < words.n; i++) assert_int_equal(levels[i], wanted[i]);
    assert_true(text_levels(arena, STR("12\n34"), false, (Isolate[]){{0, 5, true}}, 1, levels)); /* ends with its line */
    assert_int_equal(levels[0], 2);
    assert_int_equal(levels[4], 0);
    assert_int_equal(text_strong(STR("12 (")), STRONG_NONE);
    assert_int_equal(text_strong(str_from("1 של a")), STRONG_RIGHT_TO_LEFT);
    arena_close(arena);
}

/* The levels of `text`, a digit for each of its characters. */
static void assert_levels(bool right_to_left, const char *text, const char *wanted) {
    Arena *arena = arena_open();
    Str words = str_from(text);
    uint8_t *levels = NEW_ARRAY(arena, uint8_t, words.n + 1);
    assert_true(text_levels(arena, words, right_to_left, NULL, 0, levels));
    Buf found = buf_new(arena);
    for (size_t at = 0; at < words.n;) {
        size_t from = at;
        utf8_next(words, &at);
        for (size_t i = from; i < at; i++) assert_int_equal(levels[i], levels[from]);
        buf_add_char(&found, (char)('0' + levels[from]));
    }
    assert_string_equal(found.n ? found.p : "", wanted);
    arena_close(arena);
}

static void levels(void **state) {
    (void)state;
    assert_levels(false, "a שלום b",
        "0011110"
        "0");
    assert_levels(false, "a של 12 b", "001112200");
    assert_levels(true, "של (ab) 12,5", "111122112222");
    assert_levels(true, "a\n1", "212");
    assert_levels(true, "\xFF\xD7", "11");
    uint8_t untouched = 7;
    Arena *arena = arena_open();
    assert_false(text_levels(arena, STR("a"), false, NULL, 0, &untouched));
    assert_int_equal(untouched, 7);
    arena_close(arena);
}

static void order(void **state) {
    (void)state;
    static const struct {
        uint8_t levels[6];
        uint32_t order[6];
    } cases[] = {
        {{0, 0, 0, 0, 0, 0}, {0, 1, 2, 3, 4, 5}},
        {{0, 1, 1, 1, 0, 0}, {0, 3, 2, 1, 4, 5}},
        {{1, 1, 2, 2, 1, 1}, {5, 4, 2, 3, 1, 0}},
        {{0, 1, 2, 3, 3, 0}, {0, 2, 4, 3, 1, 5}},
        {{2, 2, 2, 2, 2, 2}, {0, 1, 2, 3, 4, 5}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t found[6];
        levels_order(cases[i].levels, 6, found);
        for (size_t k = 0; k < 6; k++) assert_int_equal(found[k], cases[i].order[k]);
    }
    levels_order(NULL, 0, NULL);
}

/* Marks that are nested beyond all sense are passed over: FriBidi would write beyond its own arrays. */
static void deep_marks(void **state) {
    (void)state;
    static const uint32_t opens[] = {0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068};
    for (size_t kind = 0; kind <= sizeof opens / sizeof *opens; kind++) {
        Arena *arena = arena_open();
        Buf text = buf_new(arena);
        for (size_t i = 0; i < 1000; i++) buf_add_utf8(&text, opens[kind < 7 ? kind : i * 3 % 7]);
        buf_add_c(&text, "a\xD7\x90");
        for (size_t i = 0; i < 1000; i++) buf_add_utf8(&text, i % 2 || kind >= 4 ? 0x2069 : 0x202C);
        buf_add_c(&text, "b\xD7\x91");
        uint8_t *levels = NEW_ARRAY(arena, uint8_t, text.n);
        for (int backwards = 0; backwards < 2; backwards++) {
            assert_true(text_levels(arena, buf_str(&text), backwards, NULL, 0, levels));
            for (size_t i = 0; i < text.n; i++) assert_true(levels[i] < 80);
            if (kind >= 4 && kind < 7) assert_int_equal(levels[text.n - 3], backwards ? 2 : 0); /* all are closed */
        }
        arena_close(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(languages), cmocka_unit_test(deep_marks), cmocka_unit_test(paragraphs),
        cmocka_unit_test(levels), cmocka_unit_test(isolates), cmocka_unit_test(order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
