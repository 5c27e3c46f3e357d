/* Arenas, strings, UTF-8 and maps: what the other rooms rely on without looking. */
#include "base/base.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void arena_memory_is_zeroed_aligned_and_apart(void **state) {
    (void)state;
    Arena *arena = arena_open();
    unsigned char *previous = NULL;
    for (size_t size = 1; size < 300000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(arena, size, 16);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
        if (previous != NULL) assert_int_equal(previous[0], 0xAA);
        previous = p;
    }
    arena_close(arena);
}

/* What one arena used, the next may get: as if it were new. */
static void memory_that_was_used_is_zeroed_again(void **state) {
    (void)state;
    for (int round = 0; round < 3; round++) {
        Arena *arena = arena_open();
        for (size_t size = 1; size < (size_t)40 << 20; size = size * 3 + 3) {
            unsigned char *p = arena_alloc(arena, size, 8);
            for (size_t i = 0; i < size; i += 1 + i / 64) assert_int_equal(p[i], 0);
            memset(p, 0xAA, size);
        }
        arena_close(arena);
    }
}

static void arrays_grow_and_keep_their_items(void **state) {
    (void)state;
    Arena *arena = arena_open();
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } even = {0}, odd = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        if (i % 2 == 0)
            *PUSH(arena, &even, uint32_t) = i;
        else
            *PUSH(arena, &odd, uint32_t) = i;
    }
    assert_int_equal(even.count, 50000);
    for (uint32_t i = 0; i < 50000; i++) {
        assert_int_equal(even.items[i], 2 * i);
        assert_int_equal(odd.items[i], 2 * i + 1);
    }
    odd.count--;
    assert_int_equal(*PUSH(arena, &odd, uint32_t), 0); /* zeroed, also where an item has been */
    arena_close(arena);
}

static void strings_end_in_nul_and_compare_bytewise(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str with_nul = str_copy(arena, (Str){"a\0b", 3});
    assert_int_equal(with_nul.n, 3);
    assert_int_equal(with_nul.p[3], 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("\xC3\xA9"), STR("z")) > 0);
    assert_true(str_equal_nocase(STR("JPEG"), STR("jpeg")));
    assert_true(str_is(str_trim(STR(" \t x y\r\n")), "x y"));
    assert_true(str_is(str_slice(STR("abc"), 2, 99), "c"));
    assert_int_equal(str_slice(STR("abc"), 5, 9).n, 0);
    assert_true(str_ends(STR("a.md"), STR(".md")));
    assert_false(str_starts(STR("a"), STR("ab")));
    arena_close(arena);
}

static void numbers_are_written_whole(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Buf b = buf_new(arena);
    buf_add_int(&b, INT64_MIN);
    buf_add_char(&b, ' ');
    buf_add_int(&b, 0);
    buf_format(&b, " %d", 42);
    assert_string_equal(b.p, "-9223372036854775808 0 42");
    arena_close(arena);
}

static uint32_t first_of(const char *text, size_t n, size_t *at) {
    *at = 0;
    return utf8_next((Str){text, n}, at);
}

static void utf8_follows_rfc_3629(void **state) {
    (void)state;
    static const char *bad[] = {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\x80", "\xE2\x82", "\xF0\x9F\x98", "\xC3(", "\xFF"};
    size_t at;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(first_of(bad[i], strlen(bad[i]), &at) == UTF8_BAD);
        assert_int_equal(at, 1);
        assert_int_equal(utf8_find_bad(str_from(bad[i])), 0);
    }
    static const uint32_t edges[] = {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        char bytes[4];
        size_t n = utf8_encode(edges[i], bytes);
        assert_int_equal(first_of(bytes, n, &at), edges[i]);
        assert_int_equal(at, n);
    }
    assert_int_equal(utf8_find_bad(STR("twelve bytes\xFFmore text behind")), 12);
    assert_int_equal(utf8_find_bad(STR("eight…by")), 10);
    assert_int_equal(utf8_count(STR("naïve 🙂")), 7);
}

static void maps_find_what_was_put_last(void **state) {
    (void)state;
    Arena *arena = arena_open();
    StrMap *map = strmap_new(arena);
    static int values[5000];
    assert_null(strmap_find(map, STR("key-1")));
    for (int i = 0; i < 5000; i++) strmap_put(map, str_format(arena, "key-%d", i), &values[i]);
    strmap_put(map, STR("key-7"), &values[0]);
    for (int i = 0; i < 5000; i++)
        assert_ptr_equal(strmap_find(map, str_format(arena, "key-%d", i)), i == 7 ? &values[0] : &values[i]);
    assert_null(strmap_find(map, STR("key-5000")));
    strmap_put(map, STR(""), &values[1]);
    assert_ptr_equal(strmap_find(map, STR("")), &values[1]);
    arena_close(arena);
}

static void the_nearest_name_is_meant(void **state) {
    (void)state;
    static const Str names[] = {{"--pdf", 5}, {"--epub", 6}, {"--out-dir", 9}, {"--output", 8}, {"--style", 7}};
    assert_true(str_is(str_nearest(STR("--outdir"), names, 5), "--out-dir"));
    assert_true(str_is(str_nearest(STR("--sytle"), names, 5), "--style"));
    assert_true(str_is(str_nearest(STR("--PDF"), names, 5), "--pdf"));
    assert_int_equal(str_nearest(STR("--verbose"), names, 5).n, 0);
    static const Str letters[] = {{"x", 1}};
    assert_int_equal(str_nearest(STR("q"), letters, 1).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(memory_that_was_used_is_zeroed_again),
        cmocka_unit_test(arrays_grow_and_keep_their_items),
        cmocka_unit_test(strings_end_in_nul_and_compare_bytewise),
        cmocka_unit_test(numbers_are_written_whole),
        cmocka_unit_test(utf8_follows_rfc_3629),
        cmocka_unit_test(maps_find_what_was_put_last),
        cmocka_unit_test(the_nearest_name_is_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
