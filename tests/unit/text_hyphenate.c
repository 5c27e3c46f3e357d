/* Where words may be divided: "|" where a hyphen may be added. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static Fonts *fonts;

static int setup(void **state) {
    (void)state;
    fonts = fonts_open();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    fonts_close(fonts);
    return 0;
}

/* `marked` has "|" where a word may be divided, "^" where only little else would do. */
static void assert_divided(const char *language, const char *exception, const char *marked) {
    Arena *arena = arena_open();
    Str own = str_from(exception);
    Buf plain = buf_new(arena), again = buf_new(arena);
    for (const char *c = marked; *c; c++)
        if (*c != '|' && *c != '^') buf_add_char(&plain, *c);
    uint8_t *breaks = NEW_ARRAY(arena, uint8_t, plain.n + 1);
    text_hyphenate(
        fonts, hyphen_exceptions(arena, &own, own.n ? 1 : 0), str_from(language), buf_str(&plain), 0, (uint32_t)plain.n, breaks);
    for (size_t i = 0; i < plain.n; i++) {
        buf_add_char(&again, plain.p[i]);
        if (breaks[i] == BREAK_HYPHEN) buf_add_char(&again, '|');
        if (breaks[i] == BREAK_HYPHEN_NAME) buf_add_char(&again, '^');
    }
    assert_string_equal(again.p, marked);
    arena_close(arena);
}

static void words_of_each_language(void **state) {
    (void)state;
    assert_divided("en-GB", "", "know|ledge de|part|ment");
    assert_divided("en", "", "know|ledge");
    assert_divided("en-US", "", "knowl|edge de|part|ment");
    assert_divided("de", "", "Bun|des|re|gie|rung Straße Ver|öf|fent|li|chung");
    assert_divided("fr-FR", "", "gou|ver|ne|ment l’in|ter|dé|pen|dance");
    assert_divided("es", "", "go|bierno");
    assert_divided("it", "", "par|la|mento");
    assert_divided("nl", "", "re|ge|ring");
    assert_divided("pl", "", "prze|wod|ni|czący");
    assert_divided("pt", "", "go|verno");
    assert_divided("cy", "", "llywodraeth"); /* no patterns */
    assert_divided("", "", "knowledge");
}

static void names_are_marked_apart(void **state) {
    (void)state;
    assert_divided("en-GB", "", "Know^ledge know|ledge");
    assert_divided("en-GB", "knowl-edge", "Knowl|edge");
    assert_divided("de", "", "Re|gie|rung");
}

static void what_is_beside_a_word(void **state) {
    (void)state;
    assert_divided("en-GB", "", "“know|ledge”, (know|ledge); know|ledge—know|ledge. know|ledge’s");
}

static void what_is_no_plain_word(void **state) {
    (void)state;
    assert_divided("en-GB", "", "KNOWLEDGE McKnowledge knowledge2 know-ledge/knowledge knowledge-based");
    assert_divided("en-GB", "", "https://knowledge.org www.knowledge.uk jane@knowledge.uk knowledge.uk");
    assert_divided("en-GB", "", "party tables know\xC2\xADledge");
}

static void exceptions(void **state) {
    (void)state;
    assert_divided("en-GB", "knowl-edge", "knowl|edge Knowl|edge know|ledges know-ledge KNOWLEDGE");
    assert_divided("en-GB", "knowledge", "knowledge Knowledge de|part|ment");
    assert_divided("cy", "llywodr-aeth", "llywodr|aeth");
    assert_divided("en-GB", "-", "know|ledge");
}

/* For the EPUB: where they are, whatever stands beside them; in capitals they are not divided. */
static void exceptions_are_found(void **state) {
    (void)state;
    Str words[] = {STR("Huawei"), STR("ca-f\xC3\xA9-teria")},
        text = STR("Huaweis, Huawei\xE2\x80\x99s HUAWEI-made Caf\xC3\xA9teria");
    Arena *arena = arena_open();
    const HyphenExceptions *own = hyphen_exceptions(arena, words, 2);
    const size_t wanted[][3] = {{9, 15, 0}, {20, 26, 0}, {32, 42, 2}};
    DividedWord word = {0};
    for (size_t i = 0; i < 3; i++) {
        assert_true(hyphen_exceptions_next(own, text, word.to, &word));
        assert_int_equal(word.from, wanted[i][0]);
        assert_int_equal(word.to, wanted[i][1]);
        assert_int_equal(word.count, wanted[i][2]);
    }
    assert_int_equal(word.ends[0], 2);
    assert_int_equal(word.ends[1], 5);
    assert_false(hyphen_exceptions_next(own, text, word.to, &word));
    assert_false(hyphen_exceptions_next(NULL, text, 0, &word));
    arena_close(arena);
}

/* A word that goes on in another style is left whole. */
static void parts_of_words(void **state) {
    (void)state;
    uint8_t breaks[32] = {0};
    Str text = STR("knowledge knowledge");
    text_hyphenate(fonts, NULL, STR("en-GB"), text, 2, 19, breaks);
    for (size_t i = 0; i < text.n; i++) assert_int_equal(breaks[i], i == 13 ? BREAK_HYPHEN : BREAK_NO);
}

static void bad_bytes_do_no_harm(void **state) {
    (void)state;
    static const char *const texts[] = {
        "\xFF", "knowl\xE4\xB8", "\xC3", "\x80 knowledg\x80", "\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Str text = str_from(texts[i]);
        uint8_t breaks[32] = {0};
        text_hyphenate(fonts, NULL, STR("en-GB"), text, 0, (uint32_t)text.n, breaks);
        assert_int_equal(breaks[text.n - 1], BREAK_NO);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_of_each_language, setup, teardown),
        cmocka_unit_test_setup_teardown(names_are_marked_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_beside_a_word, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_no_plain_word, setup, teardown),
        cmocka_unit_test_setup_teardown(exceptions, setup, teardown),
        cmocka_unit_test_setup_teardown(exceptions_are_found, setup, teardown),
        cmocka_unit_test_setup_teardown(parts_of_words, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_bytes_do_no_harm, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
