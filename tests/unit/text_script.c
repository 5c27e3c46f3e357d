/* Scripts: of characters, and of languages. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CYRILLIC SCRIPT('C', 'y', 'r', 'l')
#define GREEK SCRIPT('G', 'r', 'e', 'k')
#define HAN SCRIPT('H', 'a', 'n', 'i')
#define KANA SCRIPT('K', 'a', 'n', 'a')

static void characters_have_their_script(void **state) {
    (void)state;
    assert_int_equal(character_script('a'), SCRIPT_LATIN);
    assert_int_equal(character_script(0xE9), SCRIPT_LATIN);
    assert_int_equal(character_script(0x42F), CYRILLIC);
    assert_int_equal(character_script(0x3B1), GREEK);
    assert_int_equal(character_script(0x4E2D), HAN);
    static const uint32_t shared[] = {
        '1', ' ', '.', '@', '[', '`', '{', 0xB5, 0x301, 0x2013, 0x2019, 0x200D, UTF8_BAD, 0xE000, 0};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) assert_int_equal(character_script(shared[i]), 0);
    assert_string_equal(script_name(CYRILLIC), "Cyrillic");
    assert_string_equal(script_name(SCRIPT_LATIN), "Latin");
    assert_string_equal(script_name(SCRIPT('L', 'i', 'n', 'b')), "another");
}

static void is(const char *language, uint32_t script, bool wanted) {
    if (language_has_script(str_from(language), script) != wanted) fail_msg("%s, %s", language, script_name(script));
}

static void languages_have_theirs(void **state) {
    (void)state;
    is("en-GB", SCRIPT_LATIN, true);
    is("en-GB", CYRILLIC, false);
    is("RU", CYRILLIC, true);
    is("ru", SCRIPT_LATIN, false);
    is("sr", SCRIPT_LATIN, true);
    is("sr", CYRILLIC, true);
    is("ja", HAN, true);
    is("ja", KANA, true);
    is("zh-TW", KANA, false);
    is("grc", GREEK, true);
}

static void a_tag_names_its_script(void **state) {
    (void)state;
    is("sr-Latn", CYRILLIC, false);
    is("sr-latn-RS", SCRIPT_LATIN, true);
    is("ru-Latn", SCRIPT_LATIN, true);
    is("zh-Hant-TW", HAN, true);
    is("ja-Jpan", KANA, true);
    is("en-x-Cyrl", CYRILLIC, false); /* what follows is private */
    is("de-1901", SCRIPT_LATIN, true); /* a variant, no script */
}

static void of_others_nothing_is_said(void **state) {
    (void)state;
    is("und", CYRILLIC, true);
    is("mul", HAN, true);
    is("tlh", SCRIPT_LATIN, true);
    is("", CYRILLIC, true);
    is("x-klingon", CYRILLIC, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_their_script),
        cmocka_unit_test(languages_have_theirs),
        cmocka_unit_test(a_tag_names_its_script),
        cmocka_unit_test(of_others_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
