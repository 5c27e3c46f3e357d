/* The words that the program adds. */
#include "resolve_build.h"

static const char *const languages[] = {"en", "cy", "fr", "de", "es", "ga", "gd", "it", "nl", "pt", "pl"};

static void test_complete(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        Str language = str_from(languages[i]);
        for (int label = 0; label < LABEL_COUNT; label++) {
            Str words = label_text(language, (Label)label);
            if (words.n == 0) fail_msg("%s has no label %d", languages[i], label);
            bool first = strstr(words.p, "%1") != NULL, second = strstr(words.p, "%2") != NULL;
            bool numbered = label >= LABEL_TABLE_N && label <= LABEL_PARAGRAPH_BACK;
            assert_int_equal(first, numbered || label == LABEL_PAGE_OF || label == LABEL_BY || label == LABEL_EMBARGO);
            assert_int_equal(second, label == LABEL_PAGE_OF);
        }
        if (i == 0) continue;
        assert_false(str_equal(label_text(language, LABEL_CONTENTS), STR("Contents")));
        assert_false(str_equal(label_text(language, LABEL_RECOMMENDATIONS), STR("Conclusions and recommendations")));
    }
}

static void check_date(const char *language, const char *date, const char *expected) {
    Arena *arena = arena_open();
    assert_string_equal(str_c(arena, label_date(arena, str_from(language), str_from(date))), expected);
    arena_close(arena);
}

static void test_words(void **state) {
    (void)state;
    Arena *arena = arena_open();
    assert_true(str_is(label_text(STR("xx"), LABEL_NOTES), "Notes"));
    assert_true(str_is(label_text(STR("CY-gb"), LABEL_NOTES), "Nodiadau"));
    assert_true(str_is(label_format(arena, STR("fr"), LABEL_PAGE_OF, STR("2"), STR("%1")), "Page\u00A02 sur %1"));
    arena_close(arena);
    check_date("en-GB", "2019-02-07", "7 February 2019");
    check_date("en-US", "2019-02-07", "February 7, 2019");
    check_date("fr", "2019-08-01", "1er août 2019");
    check_date("de", "2019-03", "März 2019");
    check_date("de", "2019-03-09", "9. März 2019");
    check_date("pl", "2019-02-07", "7 lutego 2019");
    check_date("pl", "2019-02", "luty 2019");
    check_date("gd", "2019-02", "An Gearran 2019");
    check_date("en", "2019", "2019");
    check_date("en", "2019-02-30", "2019-02-30");
    check_date("en", "yesterday", "yesterday");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_complete), cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
