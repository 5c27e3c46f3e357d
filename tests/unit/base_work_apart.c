/* Work in processes: each piece is answered for once, whatever became of the worker that had it; what one leaves behind is removed, and a signal
 * ends them all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECES 200

typedef enum { FINE, LONG, CRASH, BUGGY, HANG, GREEDY, CARELESS, SHORT } Kind;

typedef struct {
    Kind kinds[PIECES];
    unsigned seen[PIECES];
    PieceEnd ends[PIECES];
    int status[PIECES], signal[PIECES];
    uint32_t wrong, said, shorts, interrupt_at;
    char folder[64];
} Scene;

static void stage(const Scene *scene) {
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    FileStage one;
    assert_true(file_stage(&d, str_format(arena, "%s/x.pdf", scene->folder), STR("half"), &one));
}

/* As a library does that goes on without what it could not have. */
static void memory_use_up(void) {
    void **chain = NULL, **more;
    while ((more = malloc(4096)) != NULL) {
        *more = chain;
        chain = more;
    }
    for (; chain != NULL; chain = more) {
        more = *chain;
        free(chain);
    }
}

static void piece_work(void *context, uint32_t index, Buf *answer) {
    const Scene *scene = context;
    buf_format(answer, "%u", (unsigned)index);
    switch (scene->kinds[index]) {
    case FINE:
        if (memory_was_short()) buf_add_c(answer, " short");
        return;
    case LONG:
        for (uint32_t i = 0; i < 300000; i++) buf_add_char(answer, 'x');
        fputs("a word in between", stderr);
        return;
    case CRASH: abort();
    case BUGGY: BUG("on purpose");
    case CARELESS:
    case HANG:
        if (scene->kinds[index] == CARELESS) stage(scene);
        for (;;) pause();
    case SHORT:
        memory_use_up();
        if (memory_was_short()) buf_add_c(answer, " short");
        return;
    case GREEDY:
        for (Arena *arena = arena_open();;) arena_alloc(arena, 1 << 20, 1);
    }
}

static void piece_done(void *context, const WorkPiece *piece) {
    Scene *scene = context;
    uint32_t i = piece->index;
    scene->seen[i]++;
    scene->ends[i] = piece->end;
    scene->status[i] = piece->status;
    scene->signal[i] = piece->signal;
    char number[16];
    snprintf(number, sizeof number, "%u", (unsigned)i);
    if (piece->end == PIECE_DONE && !str_starts(piece->answer, str_from(number))) scene->wrong++;
    if (scene->kinds[i] == LONG && piece->answer.n != strlen(number) + 300000) scene->wrong++;
    if (str_ends(piece->answer, STR(" short"))) scene->shorts++;
    if (str_is(piece->errors, "a word in between")) scene->said++;
    if (scene->interrupt_at > 0 && i == scene->interrupt_at) raise(SIGTERM);
}

static int scene_run(Scene *scene, uint32_t count, uint32_t workers, uint32_t seconds) {
    WorkApart work = {
        .count = count, .workers = workers, .seconds = seconds, .context = scene, .work = piece_work, .done = piece_done};
    work.memory = (uint64_t)64 << 20;
    return work_apart(&work);
}

static void all_come_back(void **state) {
    (void)state;
    for (uint32_t workers = 1; workers <= 5; workers += 2) {
        static Scene scene;
        scene = (Scene){.kinds = {[3] = LONG, [4] = LONG, [100] = LONG}};
        assert_int_equal(scene_run(&scene, PIECES, workers, 60), 0);
        for (uint32_t i = 0; i < PIECES; i++) {
            assert_int_equal(scene.seen[i], 1);
            assert_int_equal(scene.ends[i], PIECE_DONE);
        }
        assert_int_equal(scene.wrong, 0);
        assert_int_equal(scene.said, 3);
        assert_int_equal(scene_run(&scene, 0, workers, 60), 0);
    }
}

static void each_costs_itself_only(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.kinds = {[0] = CRASH, [5] = BUGGY, [9] = HANG, [12] = CRASH, [PIECES - 1] = CRASH}};
    assert_int_equal(scene_run(&scene, PIECES, 3, 1), 0);
    for (uint32_t i = 0; i < PIECES; i++) {
        PieceEnd wanted = scene.kinds[i] == HANG ? PIECE_TIME : scene.kinds[i] == FINE ? PIECE_DONE : PIECE_CRASHED;
        assert_int_equal(scene.seen[i], 1);
        assert_int_equal(scene.ends[i], wanted);
    }
    assert_int_equal(scene.signal[0], SIGABRT);
    assert_int_equal(scene.status[5], EXIT_BUG);
    assert_int_equal(scene.wrong, 0);
}

#ifndef BRIEF_ARENA_MALLOC
static void memory_has_its_bound(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.kinds = {[1] = GREEDY, [2] = GREEDY}};
    assert_int_equal(scene_run(&scene, 10, 2, 60), 0);
    for (uint32_t i = 0; i < 10; i++) assert_int_equal(scene.ends[i], scene.kinds[i] == GREEDY ? PIECE_MEMORY : PIECE_DONE);
}

/* And its worker makes nothing more. */
static void shortness_is_seen(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.kinds = {[3] = SHORT, [5] = SHORT}};
    assert_false(memory_was_short());
    assert_int_equal(scene_run(&scene, 10, 1, 60), 0);
    for (uint32_t i = 0; i < 10; i++) assert_int_equal(scene.ends[i], PIECE_DONE);
    assert_int_equal(scene.shorts, 2);
}
#endif

static void folder_make_empty(Scene *scene) {
    snprintf(scene->folder, sizeof scene->folder, "/tmp/brief-work-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
}

static void nothing_is_left_behind(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.kinds = {[1] = CARELESS}};
    folder_make_empty(&scene);
    assert_int_equal(scene_run(&scene, 10, 2, 1), 0);
    assert_int_equal(scene.ends[1], PIECE_TIME);
    assert_int_equal(rmdir(scene.folder), 0); /* it is empty */
}

static void signal_ends_them(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.kinds = {[1] = CARELESS, [30] = HANG}, .interrupt_at = 20};
    folder_make_empty(&scene);
    assert_int_equal(scene_run(&scene, PIECES, 2, 0), SIGTERM);
    assert_int_equal(scene.seen[20], 1);
    assert_int_equal(scene.seen[1] + scene.seen[30], 0);
    assert_int_equal(rmdir(scene.folder), 0);
    struct sigaction now;
    sigaction(SIGTERM, NULL, &now);
    assert_true(now.sa_handler == SIG_DFL); /* as it was */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_come_back),
        cmocka_unit_test(each_costs_itself_only),
#ifndef BRIEF_ARENA_MALLOC
        cmocka_unit_test(memory_has_its_bound),
        cmocka_unit_test(shortness_is_seen),
#endif
        cmocka_unit_test(nothing_is_left_behind),
        cmocka_unit_test(signal_ends_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
