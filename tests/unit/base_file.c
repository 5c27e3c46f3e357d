/* Files: what may be read, and that writing is all or nothing. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */
#include "base/base.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static Arena *arena;
static Diags diags;
static char folder[] = "/tmp/brief-unit-XXXXXX";

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about;
    (void)kind;
    (void)where;
    return remove(path);
}

static void put(const char *name, const char *content) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, strlen(content), file), strlen(content));
    assert_int_equal(fclose(file), 0);
}

static int begin(void **state) {
    (void)state;
    arena = arena_open();
    diags = diags_new(arena);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL || chdir(folder) != 0) return 1;
    return mkdir("doc", 0777) != 0 || mkdir("doc/img", 0777) != 0;
}

static int end(void **state) {
    (void)state;
    arena_close(arena);
    return chdir("/") != 0 || nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0;
}

static const char *last_code(void) { return diags.count == 0 ? "" : diags.items[diags.count - 1].code; }

static void whole_files_are_read(void **state) {
    (void)state;
    Str text;
    put("article.md", "words");
    assert_true(file_read(arena, &diags, STR("article.md"), FILE_LIMIT, &text));
    assert_true(str_is(text, "words"));
    assert_true(file_read(arena, &diags, STR("article.md"), 5, &text));
    assert_int_equal(diags.count, 0);
    assert_false(file_read(arena, &diags, STR("article.md"), 4, &text));
    assert_string_equal(last_code(), "file-large");
    assert_false(file_read(arena, &diags, STR("doc"), FILE_LIMIT, &text));
    assert_string_equal(last_code(), "file-folder");
    assert_false(file_read(arena, &diags, STR("/dev/null"), FILE_LIMIT, &text));
    assert_string_equal(last_code(), "file-special");
    assert_int_equal(mkfifo("pipe", 0666), 0);
    assert_false(file_read(arena, &diags, STR("pipe"), FILE_LIMIT, &text)); /* and does not hang */
    assert_false(file_read(arena, &diags, STR("artcile.md"), FILE_LIMIT, &text));
    assert_string_equal(last_code(), "file-missing");
    assert_true(str_is(diags.items[diags.count - 1].hint, "did you mean “article.md”?"));
}

static const char *root_reads(const char *name) {
    Root root;
    Str text;
    diags = diags_new(arena);
    assert_true(root_open(arena, &diags, STR("doc"), STR("doc"), &root));
    Source source = {STR("a.md"), STR("x")};
    if (!root_read(arena, &diags, &root, str_from(name), (Place){&source, 1, 1}, &text)) {
        assert_int_equal(diags.errors, 1);
        return last_code();
    }
    assert_int_equal(diags.count, 0);
    return str_c(arena, text);
}

static void nothing_outside_the_root_is_read(void **state) {
    (void)state;
    put("secret", "secret");
    put("doc/img/a b.png", "picture");
    assert_int_equal(mkdir("docs", 0777), 0); /* begins like the root */
    put("docs/x.png", "secret");
    assert_int_equal(symlink("../../secret", "doc/img/out.png"), 0);
    assert_int_equal(symlink("..", "doc/up"), 0);
    assert_int_equal(symlink("img/a b.png", "doc/in.png"), 0);
    assert_string_equal(root_reads("img/a b.png"), "picture");
    assert_string_equal(root_reads("img/a%20b.png"), "picture");
    assert_string_equal(root_reads("img/../in.png"), "picture");
    assert_string_equal(root_reads("../secret"), "file-outside");
    assert_string_equal(root_reads("..%2Fsecret"), "file-outside");
    assert_string_equal(root_reads("../docs/x.png"), "file-outside");
    assert_string_equal(root_reads("img/out.png"), "file-outside");
    assert_string_equal(root_reads("up/secret"), "file-outside");
    assert_string_equal(root_reads("/etc/passwd"), "file-absolute");
    assert_string_equal(root_reads("file:///etc/passwd"), "file-url");
    assert_string_equal(root_reads("https://example.org/a.png"), "file-url");
    assert_string_equal(root_reads("//example.org/a.png"), "file-url");
    assert_string_equal(root_reads("img"), "file-folder");
    assert_string_equal(root_reads("."), "file-folder");
    assert_string_equal(root_reads(""), "file-name");
    assert_string_equal(root_reads("img/a c.png"), "file-missing");
    assert_true(str_is(diags.items[0].hint, "did you mean “img/a b.png”?"));
    assert_string_equal(root_reads("../secre"), "file-missing");
    assert_int_equal(diags.items[0].hint.n, 0); /* names outside are not told */
    assert_string_equal(root_reads("a%00b"), "file-missing");
}

static void a_wider_root_is_allowed(void **state) {
    (void)state;
    put("shared.png", "shared");
    Root root;
    Str text;
    assert_true(root_open(arena, &diags, STR("."), STR("doc"), &root));
    assert_true(root_read(arena, &diags, &root, STR("../shared.png"), (Place){0}, &text));
    assert_true(str_is(text, "shared"));
    assert_false(root_open(arena, &diags, STR("doc"), STR("."), &root));
    assert_string_equal(last_code(), "root-outside");
}

static Str content_of(const char *name) {
    Str text = {NULL, 0};
    assert_true(file_read(arena, &diags, str_from(name), FILE_LIMIT, &text));
    return text;
}

static unsigned mode_of(const char *name) {
    struct stat about;
    assert_int_equal(stat(name, &about), 0);
    return (unsigned)about.st_mode & 0777;
}

static uint32_t entries_here(void) {
    uint32_t count = 0;
    FILE *list = popen("ls -A | wc -l", "r");
    assert_non_null(list);
    assert_int_equal(fscanf(list, "%u", &count), 1);
    pclose(list);
    return count;
}

static void files_are_replaced_whole(void **state) {
    (void)state;
    uint32_t before = entries_here();
    umask(027);
    assert_true(file_write(&diags, STR("new"), STR("one")));
    assert_int_equal(mode_of("new"), 0640);
    assert_int_equal(chmod("new", 0604), 0);
    assert_int_equal(symlink("new", "link"), 0);
    assert_true(file_write(&diags, STR("link"), STR("two")));
    assert_true(str_is(content_of("new"), "two"));
    assert_int_equal(mode_of("new"), 0604);
    assert_int_equal(entries_here(), before + 2);
}

static void a_failed_write_leaves_nothing(void **state) {
    (void)state;
    uint32_t before = entries_here();
    assert_false(file_write(&diags, STR("doc"), STR("x")));
    assert_false(file_write(&diags, STR("missing/new"), STR("x")));
    assert_false(file_write(&diags, STR("new/"), STR("x")));
    assert_false(file_write(&diags, STR("/dev/full"), STR("x")));
    assert_true(file_write(&diags, STR("/dev/null"), STR("x")));
    assert_int_equal(diags.errors, 4);
    assert_int_equal(entries_here(), before);
}

static void stages_appear_only_when_published(void **state) {
    (void)state;
    FileStage one, two;
    put("one", "old");
    assert_true(file_stage(&diags, STR("one"), STR("new"), &one));
    assert_true(file_stage(&diags, STR("two"), STR("new"), &two));
    assert_true(str_is(content_of("one"), "old"));
    assert_int_not_equal(access("two", F_OK), 0);
    files_discard(&one, 1);
    assert_true(files_publish(&diags, &two, 1));
    assert_true(str_is(content_of("one"), "old"));
    assert_true(str_is(content_of("two"), "new"));
    uint32_t before = entries_here();
    assert_true(file_stage(&diags, STR("one"), STR("new"), &one));
    FileStage both[2];
    assert_true(file_stage(&diags, STR("/dev/full"), STR("x"), &both[0]));
    assert_true(file_stage(&diags, STR("three"), STR("new"), &both[1]));
    assert_false(files_publish(&diags, both, 2)); /* the first fails, and the second is given up */
    assert_int_not_equal(access("three", F_OK), 0);
    file_abandon(); /* as a signal handler does */
    assert_int_equal(entries_here(), before);
    files_discard(&one, 1);
}

/* Which nobody has locked: its process was killed just before it would have renamed it. */
static void what_a_killed_run_left_is_removed(void **state) {
    (void)state;
    put("one", "old");
    put(".one.brief-0.tmp", "left by one that is no more");
    put(".one.brief-1.tmp", "of one that is about to rename it");
    put(".two.brief-0.tmp", "of another file");
    int other = open(".one.brief-1.tmp", O_RDONLY);
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_true(file_write(&diags, STR("one"), STR("new")));
    assert_true(str_is(content_of("one"), "new"));
    assert_int_not_equal(access(".one.brief-0.tmp", F_OK), 0);
    assert_int_equal(access(".one.brief-1.tmp", F_OK), 0);
    put(".one.brief-0.tmp", "of one that is about to rename it");
    int first = open(".one.brief-0.tmp", O_RDONLY);
    assert_int_equal(flock(first, LOCK_EX), 0);
    assert_true(file_write(&diags, STR("one"), STR("newer")));
    assert_true(str_is(content_of("one"), "newer"));
    assert_int_equal(access(".one.brief-0.tmp", F_OK), 0);
    assert_int_equal(access(".one.brief-1.tmp", F_OK), 0);
    assert_int_equal(access(".two.brief-0.tmp", F_OK), 0);
    assert_int_equal(diags.count, 0);
    close(other);
    close(first);
}

static void what_is_asked_for_is_known(void **state) {
    (void)state;
    Root root;
    Str text;
    PathList asked = {0};
    put("picture two.png", "picture");
    diags.asked = &asked;
    assert_true(root_open(arena, &diags, STR("."), STR("./"), &root));
    assert_true(root_read(arena, &diags, &root, STR("picture%20two.png"), (Place){0}, &text));
    assert_false(root_read(arena, &diags, &root, STR("none.png"), (Place){0}, &text));
    assert_false(root_read(arena, &diags, &root, STR("https://example.org/a.png"), (Place){0}, &text));
    assert_false(file_read(arena, &diags, STR("none.md"), FILE_LIMIT, &text));
    assert_int_equal(asked.count, 3);
    assert_string_equal(asked.items[0].p, "./picture two.png");
    assert_string_equal(asked.items[1].p, "./none.png");
    assert_string_equal(asked.items[2].p, "none.md");
}

static void a_file_holds_its_bytes(void **state) {
    (void)state;
    put("here", "content");
    put("-", "content");
    assert_true(file_holds(arena, STR("here"), STR("content")));
    assert_false(file_holds(arena, STR("here"), STR("contend")));
    assert_false(file_holds(arena, STR("here"), STR("conten")));
    assert_false(file_holds(arena, STR("here"), STR("contents")));
    assert_false(file_holds(arena, STR("there"), STR("")));
    assert_false(file_holds(arena, STR("."), STR("")));
    assert_false(file_holds(arena, STR("/dev/null"), STR("")));
    assert_true(file_holds(arena, STR("./-"), STR("content")));
    assert_false(file_holds(arena, STR("-"), STR("content"))); /* standard output */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whole_files_are_read, begin, end),
        cmocka_unit_test_setup_teardown(nothing_outside_the_root_is_read, begin, end),
        cmocka_unit_test_setup_teardown(a_wider_root_is_allowed, begin, end),
        cmocka_unit_test_setup_teardown(files_are_replaced_whole, begin, end),
        cmocka_unit_test_setup_teardown(a_failed_write_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(stages_appear_only_when_published, begin, end),
        cmocka_unit_test_setup_teardown(what_a_killed_run_left_is_removed, begin, end),
        cmocka_unit_test_setup_teardown(what_is_asked_for_is_known, begin, end),
        cmocka_unit_test_setup_teardown(a_file_holds_its_bytes, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
