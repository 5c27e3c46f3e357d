/* Diagnostics as people read them. */
#include "base/base.h"

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

static const char *printed(const Diags *d, bool colour) {
    Buf out = buf_new(arena);
    diags_print(d, &out, colour);
    return out.p;
}

static const char *one(Str text, uint32_t line, uint32_t column) {
    Source *source = NEW(arena, Source);
    *source = (Source){STR("a.md"), text};
    Diags d = diags_new(arena);
    diag(&d, DIAG_WARNING, "image-alt", (Place){source, line, column}, NULL, "image has no alternative text");
    return printed(&d, false);
}

#define SAID(place) "a.md:" place ": warning: image has no alternative text [image-alt]\n"

static void place_line_caret_and_hint(void **state) {
    (void)state;
    Source source = {STR("article.md"), STR("one\ntwo ![](x.png)\n")};
    Diags d = diags_new(arena);
    diag_claim(
        &d, CLAIM_PDF_UA, "image-alt", (Place){&source, 2, 5}, "write it between the brackets", "image has no %s", "words");
    assert_string_equal(printed(&d, false), "article.md:2:5: warning: image has no words [image-alt]\n"
                                            "    two ![](x.png)\n"
                                            "        ^\n"
                                            "  hint: write it between the brackets\n");
    assert_int_equal(d.claims_lost, CLAIM_PDF_UA);
    assert_int_equal(diags_status(&d), EXIT_DONE);
    assert_non_null(strstr(printed(&d, true), "\x1b["));
}

static void the_caret_stands_under_the_character(void **state) {
    (void)state;
    assert_string_equal(one(STR("\tx\ty"), 1, 4), SAID("1:4") "        x   y\n            ^\n");
    assert_string_equal(one(STR("né日本x"), 1, 5), SAID("1:5") "    né日本x\n          ^\n");
    assert_string_equal(one(STR("\xEF\xBB\xBFx\r\ny"), 2, 1), SAID("2:1") "    y\n    ^\n");
    assert_string_equal(one(STR("a\rb\rc"), 3, 1), SAID("3:1") "    c\n    ^\n");
    assert_string_equal(one(STR("ab\n"), 1, 9), SAID("1:9") "    ab\n      ^\n"); /* beyond the line's end */
    assert_string_equal(one(STR("ab\n"), 9, 1), SAID("9:1")); /* beyond the last line */
    assert_string_equal(one(STR("ab\n"), 1, 0), SAID("1") "    ab\n");
}

static void bytes_that_could_harm_a_terminal_are_replaced(void **state) {
    (void)state;
    assert_string_equal(
        one(STR("\x1b[2J\xFFz\xE2\x80\xAE!"), 1, 6), SAID("1:6") "    ␛[2J\xEF\xBF\xBDz\xEF\xBF\xBD!\n         ^\n");
    Diags d = diags_new(arena);
    Source source = {STR("a\x1b\n.md"), STR("")};
    diag(&d, DIAG_ERROR, "x", (Place){&source, 0, 0}, NULL, "it says “%s”", "\x07\xC3");
    assert_string_equal(printed(&d, false), "a␛␊.md: error: it says “␇\xEF\xBF\xBD” [x]\n");
}

static void of_long_lines_a_window_is_shown(void **state) {
    (void)state;
    Buf line = buf_new(arena);
    for (int i = 0; i < 100000; i++) buf_add_utf8(&line, i == 50000 ? '!' : 0xE9);
    const char *text = one(buf_str(&line), 1, 50001);
    assert_true(strlen(text) < 500);
    const char *excerpt = strchr(text, '\n') + 1;
    assert_int_equal(strncmp(excerpt, "    …", 7), 0);
    const char *mark = strchr(excerpt, '!');
    assert_non_null(mark);
    size_t cells = utf8_count((Str){excerpt, (size_t)(mark - excerpt)});
    const char *second = strchr(excerpt, '\n') + 1;
    assert_int_equal(strchr(second, '^') - second, cells);
}

static void they_come_in_the_order_of_the_document_and_once(void **state) {
    (void)state;
    Source source = {STR("a.md"), STR("1\n2\n")};
    Diags d = diags_new(arena);
    diag(&d, DIAG_ERROR, "later", (Place){&source, 2, 1}, NULL, "two");
    diag(&d, DIAG_ERROR, "later", (Place){&source, 2, 1}, NULL, "two");
    diag(&d, DIAG_NOTE, "sooner", (Place){&source, 1, 1}, NULL, "one");
    assert_int_equal(d.count, 2);
    assert_int_equal(d.errors, 1);
    assert_int_equal(diags_status(&d), EXIT_DOCUMENT);
    const char *text = printed(&d, false);
    assert_true(strstr(text, "sooner") < strstr(text, "later"));
}

static void many_are_counted_and_long_ones_cut(void **state) {
    (void)state;
    Source source = {STR("a.md"), STR("x")};
    Diags d = diags_new(arena);
    for (uint32_t i = 0; i < 100000; i++) diag(&d, DIAG_WARNING, "w", (Place){&source, 1, i + 1}, NULL, "w");
    diag(&d, DIAG_ERROR, "e", (Place){&source, 1, 1}, NULL, "e");
    assert_int_equal(d.warnings, 100000);
    assert_int_equal(diags_status(&d), EXIT_DOCUMENT);
    assert_true(d.count < 10000);
    assert_non_null(strstr(printed(&d, false), "more like these"));
    Diags long_one = diags_new(arena);
    Buf name = buf_new(arena);
    for (int i = 0; i < 10000; i++) buf_add_utf8(&name, 0x20AC);
    assert_false(diag_world(&long_one, "file-read", STR("x"), NULL, "“%s”", name.p));
    assert_true(long_one.items[0].message.n < 1000);
    assert_int_equal(utf8_find_bad(long_one.items[0].message), long_one.items[0].message.n);
    assert_int_equal(diags_status(&long_one), EXIT_WORLD);
}

/* What other cores have said is as if it had been said here: once, and with what it takes away. */
static void what_was_said_apart_is_taken_over(void **state) {
    (void)state;
    Source *source = NEW(arena, Source);
    *source = (Source){STR("a.md"), STR("x\ny\n")};
    Diags d = diags_new(arena), apart = diags_new(arena);
    diag(&d, DIAG_WARNING, "one", (Place){source, 1, 1}, NULL, "100 %% is said");
    diag(&apart, DIAG_WARNING, "one", (Place){source, 1, 1}, NULL, "100 %% is said");
    diag(&apart, DIAG_ERROR, "two", (Place){source, 2, 1}, "mend it", "50 %% is said");
    diag_claim(&apart, CLAIM_PDF_UA, "three", (Place){source, 2, 1}, NULL, "claimed");
    diags_take(&d, &apart);
    assert_int_equal(d.count, 3);
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.warnings, 2);
    assert_int_equal(d.claims_lost, CLAIM_PDF_UA);
    assert_int_equal(d.items[2].claims_lost, CLAIM_PDF_UA);
    assert_true(str_is(d.items[1].message, "50 % is said"));
    assert_true(str_is(d.items[1].hint, "mend it"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(place_line_caret_and_hint, begin, end),
        cmocka_unit_test_setup_teardown(the_caret_stands_under_the_character, begin, end),
        cmocka_unit_test_setup_teardown(bytes_that_could_harm_a_terminal_are_replaced, begin, end),
        cmocka_unit_test_setup_teardown(of_long_lines_a_window_is_shown, begin, end),
        cmocka_unit_test_setup_teardown(they_come_in_the_order_of_the_document_and_once, begin, end),
        cmocka_unit_test_setup_teardown(what_was_said_apart_is_taken_over, begin, end),
        cmocka_unit_test_setup_teardown(many_are_counted_and_long_ones_cut, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
