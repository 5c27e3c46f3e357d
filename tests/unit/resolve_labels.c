/* The words that the program adds. */
#include "resolve_build.h"

static const char *const languages[] = {"en", "cy", "fr", "de", "es", "ga", "gd", "it", "nl", "pt", "pl", "ar", "he"};

static void test_complete(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        Str language = str_from(languages[i]);
        for (int label = 0; label < LABEL_COUNT; label++) {
            Str words = label_text(language, (Label)label);
            if (words.n == 0) fail_msg("%s has no label %d", languages[i], label);
            bool first = strstr(words.p, "%1") != NULL, second = strstr(words.p, "%2") != NULL;
            bool numbered = label >= LABEL_TABLE_N && label <= LABEL_PARAGRAPH_BACK;
            bool dated = label == LABEL_EMBARGO || label == LABEL_ORDERED || label == LABEL_PUBLISHED;
            assert_int_equal(first, numbered || dated || label == LABEL_PAGE_OF || label == LABEL_BY);
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
    check_date("cy", "2019-02-07", "7 Chwefror 2019");
    check_date("ga", "2019-02-07", "7 Feabhra 2019");
    check_date("gd", "2019-02-07", "7mh dhen Ghearran 2019");
    check_date("es", "2019-02-07", "7 de febrero de 2019");
    check_date("fr", "2019-02-01", "1er février 2019");
    check_date("de-AT", "2019-02-07", "7. Februar 2019");
    check_date("he", "2019-02-07", "7 בפברואר 2019");
    check_date("ar", "2019-02-07", "7 فبراير 2019");
    check_date("en", "2019", "2019");
    check_date("en", "2019-02-30", "2019-02-30");
    check_date("en", "yesterday", "yesterday");
}

static void check_and(const char *language, const char *next, const char *expected) {
    Arena *arena = arena_open();
    Str word = label_and(arena, str_from(language), str_from(next)), space = STR(" ");
    assert_true(str_starts(word, space));
    assert_string_equal(str_c(arena, str_slice(word, 1, word.n - (str_ends(word, space) ? 1 : 0))), expected);
    assert_int_equal(str_ends(word, space), strcmp(expected, "ו") != 0 && strcmp(expected, "ו-") != 0);
    arena_close(arena);
}

/* "And" before a vowel in Welsh, and before its own sound in Spanish. */
static void test_and(void **state) {
    (void)state;
    check_and("cy", "Gwyn", "a");
    check_and("cy", "Elin", "ac");
    check_and("cy-GB", "Ŵyn", "ac");
    check_and("cy", "Huw", "a");
    check_and("cy", "", "a");
    check_and("es", "Ana", "y");
    check_and("es", "Isabel", "e");
    check_and("es", "Íñigo", "e");
    check_and("es", "Hierro", "y");
    check_and("es", "Hilario", "e");
    check_and("en", "Ann", "and");
    check_and("fr", "Anne", "et");
    check_and("he", "דנה", "ו"); /* joined to the name */
    check_and("he-IL", "Anne", "ו-");
    check_and("ar", "Anne", "و");
}

/* What stands over a table has a capital; in running text some languages have none. */
static void test_references(void **state) {
    (void)state;
    static const char *const expected[][3] = {{"en", "Table %1", "Table %1"}, {"cy", "Tabl %1", "Tabl %1"},
        {"fr", "Tableau %1", "tableau %1"}, {"de", "Tabelle %1", "Tabelle %1"}, {"es", "Tabla %1", "tabla %1"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(str_is(label_text(str_from(expected[i][0]), LABEL_TABLE_N), expected[i][1]));
        assert_true(str_is(label_text(str_from(expected[i][0]), LABEL_TABLE_REFERENCE), expected[i][2]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_complete), cmocka_unit_test(test_words), cmocka_unit_test(test_and),
        cmocka_unit_test(test_references)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
