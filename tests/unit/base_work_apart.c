/* Work in processes: each piece is answered for once, whatever became of the worker that had it; what one leaves behind is removed, and a signal
 * ends them all. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, usleep */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECES 200

typedef enum { FINE, LONG, CRASH, BUGGY, HANG, GREEDY, CARELESS, SHORT, UNTOLD, FILES, KILLED, BLOCKED } Kind;

typedef struct {
    Kind kinds[PIECES];
    unsigned seen[PIECES];
    WorkEnd ends[PIECES];
    int status[PIECES], signal[PIECES];
    uint32_t wrong, said, shorts, interrupt_at;
    char folder[64];
    atomic_uint *at_once; /* in all processes: how many compute, and how many at most */
} Scene;

static void stage(const Scene *scene) {
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    FileStage one;
    assert_true(file_stage(&d, str_format(arena, "%s/x.pdf", scene->folder), STR("half"), &one));
}

static Str path_of(Arena *arena, const Scene *scene, uint32_t index, const char *ending) {
    return str_format(arena, "%s/%u.%s", scene->folder, (unsigned)index, ending);
}

/* Two files, as of a document. */
static void files_make(const Scene *scene, uint32_t index) {
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    FileStage both[2];
    assert_true(file_stage(&d, path_of(arena, scene, index, "pdf"), STR("first"), &both[0]));
    assert_true(file_stage(&d, path_of(arena, scene, index, "epub"), STR("second"), &both[1]));
    assert_true(files_publish(&d, both, 2));
    if (scene->kinds[index] == KILLED) raise(SIGKILL);
    if (scene->kinds[index] == BLOCKED) assert_int_equal(mkdir(path_of(arena, scene, index, "epub").p, 0777), 0);
    arena_close(arena);
}

static void count_at_once(atomic_uint *at_once) {
    unsigned now = atomic_fetch_add(&at_once[0], 1) + 1, most = at_once[1];
    while (now > most && !atomic_compare_exchange_weak(&at_once[1], &most, now)) continue;
    usleep(1000);
    atomic_fetch_sub(&at_once[0], 1);
}

/* As a library does that never looks. */
static void memory_use_up(void) {
    for (char *little = malloc(4096);; little = malloc(4096)) *little = 1;
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
    case FILES:
        if (scene->at_once != NULL) count_at_once(scene->at_once);
        files_make(scene, index);
        return;
    case KILLED:
    case BLOCKED: files_make(scene, index); return;
    case CARELESS:
    case HANG:
        if (scene->kinds[index] == CARELESS) stage(scene);
        for (;;) pause();
    case UNTOLD: memory_use_up(); return;
    case SHORT: {
        MemoryBound bound = memory_bound((size_t)1 << 40); /* of its own it has none, but libraries are told */
        for (size_t size = (size_t)64 << 20; size > (size_t)1 << 20;)
            if (malloc(size) == NULL) size -= 4096;
        memory_unbound(&bound);
        if (memory_was_short()) buf_add_c(answer, " short");
        return;
    }
    case GREEDY:
        for (Arena *arena = arena_open();;) arena_alloc(arena, 1 << 20, 1);
    }
}

static bool files_are_there(const Scene *scene, uint32_t index) {
    Arena *arena = arena_open();
    bool there = file_holds(arena, path_of(arena, scene, index, "pdf"), STR("first")) &&
                 file_holds(arena, path_of(arena, scene, index, "epub"), STR("second"));
    arena_close(arena);
    return there;
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
    if (piece->end == WORK_DONE && !str_starts(piece->answer, str_from(number))) scene->wrong++;
    if (scene->kinds[i] == LONG && piece->answer.n != strlen(number) + 300000) scene->wrong++;
    if (str_ends(piece->answer, STR(" short"))) scene->shorts++;
    if (str_is(piece->errors, "a word in between")) scene->said++;
    if (scene->kinds[i] == FILES && !files_are_there(scene, i)) scene->wrong++;
    if ((piece->unwritten != NULL) != (scene->kinds[i] == BLOCKED)) scene->wrong++;
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
            assert_int_equal(scene.ends[i], WORK_DONE);
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
        WorkEnd wanted = scene.kinds[i] == HANG ? WORK_TIME : scene.kinds[i] == FINE ? WORK_DONE : WORK_CRASHED;
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
    scene = (Scene){.kinds = {[1] = GREEDY, [2] = GREEDY, [4] = UNTOLD}};
    assert_int_equal(scene_run(&scene, 10, 2, 60), 0);
    for (uint32_t i = 0; i < 10; i++) assert_int_equal(scene.ends[i], scene.kinds[i] == FINE ? WORK_DONE : WORK_MEMORY);
}

/* And its worker makes nothing more. */
static void shortness_is_seen(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.kinds = {[3] = SHORT, [5] = SHORT}};
    assert_false(memory_was_short());
    assert_int_equal(scene_run(&scene, 10, 1, 60), 0);
    for (uint32_t i = 0; i < 10; i++) assert_int_equal(scene.ends[i], WORK_DONE);
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
    assert_int_equal(scene.ends[1], WORK_TIME);
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

/* Removes the files of those that are done; false when there is anything else. */
static bool folder_held_theirs(const Scene *scene) {
    Arena *arena = arena_open();
    for (uint32_t i = 0; i < PIECES; i++) {
        unlink(path_of(arena, scene, i, "pdf").p);
        if (scene->kinds[i] == BLOCKED)
            rmdir(path_of(arena, scene, i, "epub").p);
        else
            unlink(path_of(arena, scene, i, "epub").p);
    }
    arena_close(arena);
    return rmdir(scene->folder) == 0;
}

/* Whoever dies when the files of its last piece wait for the disk does not take them along. */
static void files_are_there_when_told(void **state) {
    (void)state;
    for (uint32_t workers = 1; workers <= 3; workers++) {
        static Scene scene;
        scene = (Scene){.kinds = {0}};
        for (uint32_t i = 0; i < PIECES; i++)
            scene.kinds[i] = i % 10 == 3 ? CRASH : i % 10 == 6 ? KILLED : i % 10 == 8 ? BUGGY : FILES;
        scene.kinds[77] = scene.kinds[78] = BLOCKED;
        folder_make_empty(&scene);
        scene.at_once = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        assert_int_equal(scene_run(&scene, PIECES, workers, 60), 0);
        assert_int_equal(scene.wrong, 0);
        for (uint32_t i = 0; i < PIECES; i++) {
            bool lost = scene.kinds[i] == CRASH || scene.kinds[i] == KILLED || scene.kinds[i] == BUGGY;
            assert_int_equal(scene.seen[i], 1);
            assert_int_equal(scene.ends[i], lost ? WORK_CRASHED : WORK_DONE);
        }
        assert_true(scene.at_once[1] >= 1 && scene.at_once[1] <= workers);
        munmap(scene.at_once, 4096);
        assert_true(folder_held_theirs(&scene));
    }
}

static void signal_leaves_whole_files(void **state) {
    (void)state;
    static Scene scene;
    scene = (Scene){.interrupt_at = 50};
    for (uint32_t i = 0; i < PIECES; i++) scene.kinds[i] = FILES;
    folder_make_empty(&scene);
    assert_int_equal(scene_run(&scene, PIECES, 2, 0), SIGTERM);
    assert_int_equal(scene.wrong, 0);
    for (uint32_t i = 0; i < PIECES; i++) assert_int_equal(scene.seen[i], files_are_there(&scene, i));
    assert_true(folder_held_theirs(&scene));
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
        cmocka_unit_test(files_are_there_when_told),
        cmocka_unit_test(signal_leaves_whole_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
