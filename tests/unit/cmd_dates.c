/* Dates without locale and time zone, and names of outputs. */
#include "cmd/internal.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

static void dates_are_midnights_of_the_calendar(void **state) {
    (void)state;
    static const struct {
        const char *date;
        int64_t seconds;
    } known[] = {
        {"1970-01-01", 0},
        {"1969-12-31", -86400},
        {"1970", 0},
        {"2000-02-29", 951782400},
        {"2000-03", 951868800},
        {"2019-02-07", 1549497600},
        {"1900-03-01", -2203891200},
        {"9999-12-31", 253402214400},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int64_t seconds = 1;
        assert_true(date_seconds(str_from(known[i].date), &seconds));
        assert_true(seconds == known[i].seconds);
    }
    static const char *wrong[] = {"", "0000", "2019-", "2019-13", "2019-00", "2019-02-29", "1900-02-29", "2019-02-07x",
        "2019/02/07", "19-02-07", "2019-2-7", "2019-02-0"};
    int64_t seconds;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(date_seconds(str_from(wrong[i]), &seconds));
}

static void outputs_are_named_after_their_input(void **state) {
    (void)state;
    assert_true(str_is(path_stem(STR("notes/article.md")), "article"));
    assert_true(str_is(path_stem(STR("notes.d/article")), "article"));
    assert_true(str_is(path_stem(STR("a.b.md")), "a.b"));
    assert_true(str_is(path_stem(STR(".md")), ".md"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_midnights_of_the_calendar),
        cmocka_unit_test(outputs_are_named_after_their_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
