/* Sequences, letter by letter. */
#include "diff/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* `shown`: for each letter of `a`, its partner in `b`, or "-". */
static void check(const char *a, const char *b, const char *shown) {
    Arena *arena = arena_open();
    uint32_t count_a = (uint32_t)strlen(a), count_b = (uint32_t)strlen(b);
    uint64_t *left = NEW_ARRAY(arena, uint64_t, count_a + 1), *right = NEW_ARRAY(arena, uint64_t, count_b + 1);
    for (uint32_t i = 0; i < count_a; i++) left[i] = (uint64_t)(unsigned char)a[i];
    for (uint32_t i = 0; i < count_b; i++) right[i] = (uint64_t)(unsigned char)b[i];
    const uint32_t *partners = sequences_match(arena, left, count_a, right, count_b);
    Buf found = buf_new(arena);
    for (uint32_t i = 0; i < count_a; i++) {
        if (partners[i] == NO_MATCH)
            buf_add_char(&found, '-');
        else
            buf_add_int(&found, partners[i]);
    }
    assert_string_equal(found.p, shown);
    arena_close(arena);
}

static void what_is_the_same_is_matched(void **state) {
    (void)state;
    check("abc", "abc", "012");
    check("", "abc", "");
    check("abc", "", "---");
    check("abc", "xyz", "---");
}

static void what_was_added_or_removed_is_not(void **state) {
    (void)state;
    check("abc", "axbc", "023");
    check("abcd", "acd", "0-12");
    check("abcd", "abxd", "01-3");
}

/* "a" is moved to the end: the rest stays where it is. */
static void what_was_moved_pulls_nothing_along(void **state) {
    (void)state;
    check("abcd", "bcda", "-012");
}

static void what_occurs_often_is_matched_too(void **state) {
    (void)state;
    check("aaaa", "aaa", "012-");
    check("xaay", "zaaw", "-12-");
    check("abab", "baba", "-012");
}

/* Many items, in the opposite order in both. */
static void long_sequences_are_no_burden(void **state) {
    (void)state;
    enum { COUNT = 200000 };
    Arena *arena = arena_open();
    uint64_t *a = NEW_ARRAY(arena, uint64_t, COUNT), *b = NEW_ARRAY(arena, uint64_t, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        a[i] = i;
        b[i] = COUNT - i;
    }
    const uint32_t *partners = sequences_match(arena, a, COUNT, b, COUNT);
    uint32_t matched = 0;
    for (uint32_t i = 0; i < COUNT; i++) matched += partners[i] != NO_MATCH;
    assert_int_equal(matched, 1);
    arena_close(arena);
}

static void words_that_changed_are_marked(void **state) {
    (void)state;
    Arena *arena = arena_open();
    WordChanges changes = words_compare(arena, STR("the sum of five pounds"), STR("the sum of ten pounds or so"));
    Buf found = buf_new(arena);
    for (uint32_t i = 0; i < changes.count; i++) {
        buf_add_char(&found, changes.items[i].mark);
        buf_add(&found, changes.items[i].word);
    }
    assert_string_equal(found.p, " the sum of-five+ten pounds+or+so");
    arena_close(arena);
}

static void texts_are_as_alike_as_they_share_words(void **state) {
    (void)state;
    Arena *arena = arena_open();
    const Bag *a = words_bag(arena, STR("one two three four")), *b = words_bag(arena, STR("four three six seven"));
    const Bag *none = words_bag(arena, STR(""));
    assert_int_equal(bags_likeness(a, a), 100);
    assert_int_equal(bags_likeness(a, b), 50);
    assert_int_equal(bags_likeness(a, none), 0);
    assert_int_equal(bags_likeness(none, none), 0);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_the_same_is_matched),
        cmocka_unit_test(what_was_added_or_removed_is_not),
        cmocka_unit_test(what_was_moved_pulls_nothing_along),
        cmocka_unit_test(what_occurs_often_is_matched_too),
        cmocka_unit_test(long_sequences_are_no_burden),
        cmocka_unit_test(words_that_changed_are_marked),
        cmocka_unit_test(texts_are_as_alike_as_they_share_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
