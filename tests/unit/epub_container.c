/* The container, byte by byte where ZIP says what stands there (APPNOTE 6.3.3). */
#include "epub/container.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

enum { END = 22, END_64 = 56, LOCATOR_64 = 20 };

static Str container_of(Arena *arena, uint32_t count) {
    Container *container = container_open(arena);
    Packed words = container_keep(STR("words"));
    for (uint32_t i = 0; i < count; i++) assert_true(container_add(container, STR("a"), &words));
    Str out;
    assert_true(container_close(container, &out));
    return out;
}

static void files_are_counted_in_the_end(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str out = container_of(arena, 3);
    assert_int_equal(out.n, 3 * (30 + 1 + 5) + 3 * (46 + 1) + END);
    assert_memory_equal(out.p + out.n - END, "PK\5\6\0\0\0\0\3\0\3\0\x8D\0\0\0\x6C\0\0\0\0\0", END);
    arena_close(arena);
}

/* Where 16 bits cannot count them, the end is there in 64 bits, too (§4.3.14, §4.3.15). */
static void more_files_are_counted_in_64_bits(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str out = container_of(arena, 0xFFFE), more = container_of(arena, 0x10001);
    assert_memory_equal(out.p + out.n - END - 47, "PK\1\2", 4); /* nothing between the directory and its end */
    assert_memory_equal(out.p + out.n - END + 8, "\xFE\xFF\xFE\xFF", 4);
    const char *end = more.p + more.n - END, *locator = end - LOCATOR_64, *record = locator - END_64;
    assert_memory_equal(end + 8, "\xFF\xFF\xFF\xFF", 4);
    assert_memory_equal(record, "PK\6\6\x2C\0\0\0\0\0\0\0", 12);
    assert_memory_equal(record + 24, "\1\0\1\0\0\0\0\0\1\0\1\0\0\0\0\0", 16);
    uint64_t place = (uint64_t)(record - more.p), said = 0;
    assert_memory_equal(locator, "PK\6\7", 4);
    for (int i = 7; i >= 0; i--) said = said << 8 | (uint8_t)locator[8 + i];
    assert_int_equal(said, place);
    arena_close(arena);
}

static void what_is_not_smaller_is_kept_as_it_is(void **state) {
    (void)state;
    Arena *arena = arena_open();
    assert_false(container_pack(arena, DEFLATE_SMALL, STR("q")).deflated);
    assert_false(container_pack(arena, DEFLATE_SMALL, STR("")).deflated);
    assert_true(
        container_pack(arena, DEFLATE_SMALL, STR("again and again and again and again and again and again and again")).deflated);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_counted_in_the_end),
        cmocka_unit_test(more_files_are_counted_in_64_bits),
        cmocka_unit_test(what_is_not_smaller_is_kept_as_it_is),
    };
    return cmocka_run_group_tests_name("epub_container", tests, NULL, NULL);
}
