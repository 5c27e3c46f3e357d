/* Work on several cores: each piece is done once, whatever the number of cores, and a task is done when it has been waited for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

#define PIECES 1000

static void piece_do(void *context, uint32_t index) {
    unsigned *done = context;
    for (uint32_t i = 0; i < 1000; i++) done[index] += i % 2;
}

static void pieces_are_done_once(void **state) {
    (void)state;
    uint32_t cores = cores_available();
    for (uint32_t count = 1; count <= 40; count += 13) {
        static unsigned done[PIECES];
        cores_use(count);
        assert_int_equal(cores_available(), count);
        for (uint32_t i = 0; i < PIECES; i++) done[i] = 0;
        work_share(PIECES, piece_do, done);
        for (uint32_t i = 0; i < PIECES; i++) assert_int_equal(done[i], 500);
        work_share(0, piece_do, NULL);
    }
    cores_use(cores);
}

static void add(void *context) { *(int *)context += 1; }

static void task_is_done_when_waited_for(void **state) {
    (void)state;
    uint32_t cores = cores_available();
    for (uint32_t count = 1; count <= 2; count++) {
        cores_use(count);
        Arena *arena = arena_open();
        int done = 0, other = 0;
        Task *task = task_start(arena, add, &done), *next = task_start(arena, add, &other);
        task_wait(next);
        task_wait(task);
        task_wait(task);
        assert_int_equal(done, 1);
        assert_int_equal(other, 1);
        arena_close(arena);
    }
    cores_use(cores);
}

static unsigned counted;

static void count_locked(void *context, uint32_t index) {
    (void)context;
    (void)index;
    cores_lock();
    counted++;
    cores_unlock();
}

static void one_at_a_time_under_the_lock(void **state) {
    (void)state;
    uint32_t cores = cores_available();
    cores_use(4);
    work_share(100 * PIECES, count_locked, NULL);
    assert_int_equal(counted, 100 * PIECES);
    cores_use(cores);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_done_once),
        cmocka_unit_test(task_is_done_when_waited_for),
        cmocka_unit_test(one_at_a_time_under_the_lock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
