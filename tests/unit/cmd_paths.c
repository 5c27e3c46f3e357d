/* Paths as other programs name them. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cmd/internal.h"
#include "cmd/json.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static char folder[] = "/tmp/brief-paths-XXXXXX";

static int begin(void **state) {
    (void)state;
    arena = arena_open();
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int end(void **state) {
    (void)state;
    arena_close(arena);
    return unlink("link") != 0 || rmdir("far/in") != 0 || rmdir("far") != 0 || unlink("a.png") != 0 || unlink("far.png") != 0 ||
           chdir("/") != 0 || rmdir(folder) != 0;
}

static void file_put(const char *name) {
    Diags diags = diags_new(arena);
    assert_true(file_write(&diags, str_from(name), STR("x")));
}

#define TIDY(path, wanted) assert_string_equal(path_tidy(arena, STR(path)).p, wanted)

static void paths_are_shortened(void **state) {
    (void)state;
    TIDY("a.md", "a.md");
    TIDY("./a.md", "a.md");
    TIDY("docs//./a.md", "docs/a.md");
    TIDY("docs/../a.md", "a.md");
    TIDY("docs/in/../../a.md", "a.md");
    TIDY("../a.md", "../a.md");
    TIDY("../../docs/../a.md", "../../a.md");
    TIDY("docs/../../a.md", "../a.md");
    TIDY("/docs/../a.md", "/a.md");
    TIDY("/../../a.md", "/a.md");
    TIDY("/docs/./in//a.md", "/docs/in/a.md");
}

static void links_are_not_shortened_away(void **state) {
    (void)state;
    assert_int_equal(mkdir("far", 0777), 0);
    assert_int_equal(mkdir("far/in", 0777), 0);
    assert_int_equal(symlink("far/in", "link"), 0);
    file_put("a.png");
    file_put("far.png");
    TIDY("far/../a.png", "a.png");
    TIDY("link/../../far.png", "link/../../far.png"); /* "../far.png" is another place */
    TIDY("link/../none.png", "none.png");
}

static void any_bytes_become_text(void **state) {
    (void)state;
    json_t *whole = json_path(arena, STR("größe.png")), *mended = json_path(arena, STR("a\xFF.png"));
    assert_string_equal(json_string_value(whole), "größe.png");
    assert_string_equal(json_string_value(mended), "a\xEF\xBF\xBD.png");
    json_decref(whole);
    json_decref(mended);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_shortened),
        cmocka_unit_test(links_are_not_shortened_away),
        cmocka_unit_test(any_bytes_become_text),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
