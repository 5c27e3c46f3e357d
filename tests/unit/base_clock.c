/* Clocks go on, and what arenas took is counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static void clocks_go_on(void **state) {
    (void)state;
    int64_t wall = clock_wall(), processor = clock_processor();
    assert_true(processor > 0);
    while (clock_processor() == processor || clock_wall() == wall) continue;
    assert_true(clock_processor() > processor);
    assert_true(clock_wall() > wall);
}

static void what_arenas_take_is_counted(void **state) {
    (void)state;
    Arena *arena = arena_open();
    uint64_t before = arenas_taken();
    arena_alloc(arena, (size_t)1 << 20, 1);
    uint64_t after = arenas_taken();
    assert_true(after - before >= (uint64_t)1 << 20);
    assert_true(after - before <= (uint64_t)2 << 20); /* blocks are powers of two */
    arena_close(arena);
    assert_true(arenas_taken() == after); /* also what was given back */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clocks_go_on),
        cmocka_unit_test(what_arenas_take_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
