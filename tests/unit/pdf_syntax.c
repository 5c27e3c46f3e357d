/* How numbers, strings, names and dates are spelt in a PDF file. */
#include "pdf/syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;
static Buf b;

static int begin(void **state) {
    (void)state;
    arena = arena_open();
    b = buf_new(arena);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void assert_written(const char *expected, size_t n) {
    assert_int_equal(b.n, n);
    assert_memory_equal(b.p, expected, n);
    b.n = 0;
}

static void numbers_have_three_decimals(void **state) {
    (void)state;
    static const struct {
        int64_t milli;
        const char *text;
    } cases[] = {{0, "0"}, {1, ".001"}, {-1, "-.001"}, {10, ".01"}, {500, ".5"}, {1000, "1"}, {-1000, "-1"}, {-1500, "-1.5"},
        {123456, "123.456"}, {841890, "841.89"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        syntax_milli(&b, cases[i].milli);
        assert_written(cases[i].text, strlen(cases[i].text));
    }
    syntax_lu(&b, 1); /* 0.015625 pt */
    assert_written(".016", 4);
    syntax_lu(&b, -1);
    assert_written("-.016", 5);
    syntax_lu(&b, LU_FROM_PT(595) + 18);
    assert_written("595.281", 7);
}

static void strings_escape_what_must_be(void **state) {
    (void)state;
    syntax_text(&b, STR("a (b) \\ c\r\x1B"));
    assert_written("(a \\(b\\) \\\\ c  )", 16); /* controls are spaces */
    syntax_text(&b, STR("\xC3\xA9\xF0\x9F\x98\x80(")); /* é, U+1F600, an ASCII parenthesis */
    assert_written("(\xFE\xFF\x00\xE9\xD8\x3D\xDE\x00\x00\\()", 13);
    const uint8_t bytes[] = {0, '\r', '\n', ')', 0xFF};
    syntax_bytes(&b, bytes, sizeof bytes);
    assert_written("(\0\\r\n\\)\xFF)", 9);
}

static void strings_end_within_the_limit(void **state) {
    (void)state;
    Buf text = buf_new(arena);
    for (int i = 0; i < 20000; i++) buf_add_c(&text, "\xC3\xA9");
    assert_int_equal(syntax_text_size(buf_str(&text)), 2 + 2 * 20000);
    syntax_text(&b, buf_str(&text));
    assert_in_range(b.n, SYNTAX_STRING_LIMIT - 2, SYNTAX_STRING_LIMIT + 2); /* a code point is not cut in two */
    assert_int_equal(b.n % 2, 0);
    b.n = 0;
}

static void names_escape_delimiters(void **state) {
    (void)state;
    syntax_name(&b, STR("A B#/(\xC3"));
    assert_written("/A#20B#23#2F#28#C3", 18);
}

static void assert_moment(int64_t seconds, int year, int month, int day, int hour, int minute, int second) {
    DateTime m = date_time_of(seconds);
    assert_int_equal(m.year, year);
    assert_int_equal(m.month, month);
    assert_int_equal(m.day, day);
    assert_int_equal(m.hour, hour);
    assert_int_equal(m.minute, minute);
    assert_int_equal(m.second, second);
}

static void dates_are_civil(void **state) {
    (void)state;
    assert_moment(0, 1970, 1, 1, 0, 0, 0);
    assert_moment(951782399, 2000, 2, 28, 23, 59, 59);
    assert_moment(951782400, 2000, 2, 29, 0, 0, 0);
    assert_moment(951868800, 2000, 3, 1, 0, 0, 0);
    assert_moment(4107542400, 2100, 3, 1, 0, 0, 0); /* 2100 has no leap day */
    assert_moment(-1, 1969, 12, 31, 23, 59, 59);
    assert_moment(INT64_MAX, 9999, 12, 31, 23, 59, 59);
    assert_moment(INT64_MIN, 0, 1, 1, 0, 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_three_decimals),
        cmocka_unit_test(strings_escape_what_must_be),
        cmocka_unit_test(strings_end_within_the_limit),
        cmocka_unit_test(names_escape_delimiters),
        cmocka_unit_test(dates_are_civil),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
