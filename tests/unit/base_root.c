/* What lies below a root while somebody changes it: whatever is put in place between the look and the opening, nothing outside is read. */
#define _GNU_SOURCE /* renameat2, mkdtemp */
#include "base/base.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ROUNDS 2000000 /* far more than are needed for both to be seen, also where other programs leave these two little time */
#define ENOUGH 300

static void put(const char *name, const char *content) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, strlen(content), file), strlen(content));
    assert_int_equal(fclose(file), 0);
}

static char folder[] = "/tmp/brief-unit-XXXXXX";

static int begin(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0) return 1;
    if (mkdir("doc", 0777) != 0 || mkdir("doc/in", 0777) != 0 || mkdir("outside", 0777) != 0) return 1;
    put("doc/in/file", "public");
    put("outside/file", "secret");
    return symlink("../outside", "doc/out") != 0 || symlink("../../outside/file", "doc/in/link") != 0;
}

static int end(void **state) {
    (void)state;
    static const char *const all[] = {"doc/in/file", "doc/in/link", "doc/out/file", "doc/out/link", "doc/in", "doc/out", "outside/file", "outside", "doc"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) remove(all[i]); /* whichever of two names each has now */
    bool gone = chdir("/") == 0 && rmdir(folder) == 0;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return !gone;
}

static pid_t exchange_without_end(const char *a, const char *b) {
    pid_t pid = fork();
    if (pid != 0) return pid;
    while (getppid() != 1) renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
    _exit(0);
}

static void only_what_is_inside_is_read(const char *a, const char *b) {
    pid_t other = exchange_without_end(a, b);
    assert_true(other > 0);
    uint32_t read = 0, refused = 0;
    for (int i = 0; i < ROUNDS && (read < ENOUGH || refused < ENOUGH); i++) {
        Arena *arena = arena_open();
        Diags diags = diags_new(arena);
        Root root;
        Str text;
        bool good = root_open(arena, &diags, STR("doc"), STR("doc"), &root) && root_read(arena, &diags, &root, STR("in/file"), (Place){0}, &text);
        if (good) assert_true(str_is(text, "public"));
        read += good;
        refused += !good;
        arena_close(arena);
    }
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    assert_true(read >= ENOUGH);
    assert_true(refused >= ENOUGH);
}

static void a_folder_that_is_exchanged(void **state) {
    (void)state;
    only_what_is_inside_is_read("doc/in", "doc/out");
}

static void a_file_that_is_exchanged(void **state) {
    (void)state;
    only_what_is_inside_is_read("doc/in/file", "doc/in/link");
}

static void without_openat2(void **state) {
    setenv("BRIEF_WITHOUT", "openat2", 1);
    a_folder_that_is_exchanged(state);
    unsetenv("BRIEF_WITHOUT");
}

static void a_file_without_openat2(void **state) {
    setenv("BRIEF_WITHOUT", "openat2", 1);
    a_file_that_is_exchanged(state);
    unsetenv("BRIEF_WITHOUT");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_that_is_exchanged, begin, end),
        cmocka_unit_test_setup_teardown(a_file_that_is_exchanged, begin, end),
        cmocka_unit_test_setup_teardown(without_openat2, begin, end),
        cmocka_unit_test_setup_teardown(a_file_without_openat2, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
