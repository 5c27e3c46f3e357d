/* style: the faces that a sheet brings, where they come from, and what the CSS calls them; and the numbers of lists in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "style/style.h"

typedef struct {
    Arena *arena;
    Diags diags;
    char folder[64];
} World;

static const char *const files[] = {"sheets/sheet.yaml", "other.yaml", "faces/a.ttf", "faces/b.ttf"};

static Str path_in(World *w, const char *name) { return str_format(w->arena, "%s/%s", w->folder, name); }

static Str put(World *w, const char *name, Str content) {
    assert_true(file_write(&w->diags, path_in(w, name), content));
    return path_in(w, name);
}

static int open_world(void **state) {
    World *w = calloc(1, sizeof *w);
    w->arena = arena_open();
    w->diags = diags_new(w->arena);
    snprintf(w->folder, sizeof w->folder, "/tmp/brief-faces-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    assert_int_equal(mkdir(str_c(w->arena, path_in(w, "sheets")), 0700) + mkdir(str_c(w->arena, path_in(w, "faces")), 0700), 0);
    put(w, "faces/a.ttf", embedded_find(STR("fonts/serif-regular.ttf")));
    put(w, "faces/b.ttf", embedded_find(STR("fonts/hebrew.ttf")));
    *state = w;
    return 0;
}

static int close_world(void **state) {
    World *w = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) unlink(str_c(w->arena, path_in(w, files[i])));
    rmdir(str_c(w->arena, path_in(w, "sheets")));
    rmdir(str_c(w->arena, path_in(w, "faces")));
    rmdir(w->folder);
    arena_close(w->arena);
    free(w);
    return 0;
}

static const OwnFaces *faces_of(World *w, const Sheet *sheet) {
    Tree *tree = tree_new(w->arena, NULL);
    tree->root = node_new(w->arena, NODE_DOCUMENT, 1, 1);
    tree_number(tree);
    return styles_compute(w->arena, sheet, tree)->faces;
}

static bool says(World *w, const Sheet *sheet, const char *part) {
    Buf css = buf_new(w->arena);
    sheet_css(sheet, &css);
    return strstr(css.p, part) != NULL;
}

static void faces_are_named_from_the_sheet_s_folder(void **state) {
    World *w = *state;
    Str path = put(w, "sheets/sheet.yaml", STR("fonts:\n  sans: {regular: ../faces/a.ttf, italic: ../faces/b.ttf}\n"));
    Sheet *sheet = sheet_open(w->arena, &w->diags, path, (Place){0}, NULL);
    assert_non_null(sheet);
    const OwnFaces *faces = faces_of(w, sheet);
    assert_true(str_equal(faces->file[FAMILY_SANS][0], embedded_find(STR("fonts/serif-regular.ttf"))));
    assert_true(str_equal(faces->file[FAMILY_SANS][FACE_ITALIC], embedded_find(STR("fonts/hebrew.ttf"))));
    assert_int_equal(faces->file[FAMILY_SANS][FACE_BOLD].n + faces->file[FAMILY_SERIF][0].n, 0);
    assert_true(says(w, sheet, "font-family: \"Noto Serif\", sans-serif;"));
    assert_true(says(w, sheet, "font-family: monospace"));
    assert_int_equal(w->diags.count, 1); /* two styles are wanting */
    assert_int_equal(w->diags.items[0].severity, DIAG_NOTE);
    assert_string_equal(w->diags.items[0].code, "font-style");
}

static void a_document_s_faces_are_confined(void **state) {
    World *w = *state;
    put(w, "other.yaml", STR("fonts: {mono: {regular: faces/b.ttf}}\n"));
    put(w, "sheets/sheet.yaml", STR("extends: ../other.yaml\nfonts: {sans: {regular: ../faces/a.ttf}}\n"));
    Root wide, narrow;
    Str sheets = path_in(w, "sheets");
    assert_true(root_open(w->arena, &w->diags, str_from(w->folder), str_from(w->folder), &wide));
    assert_true(root_open(w->arena, &w->diags, sheets, sheets, &narrow));
    Sheet *sheet = sheet_open(w->arena, &w->diags, STR("sheets/sheet.yaml"), (Place){0}, &wide);
    assert_non_null(sheet);
    assert_true(faces_of(w, sheet)->file[FAMILY_MONO][0].n > 0 && faces_of(w, sheet)->file[FAMILY_SANS][0].n > 0);
    put(w, "sheets/sheet.yaml", STR("fonts: {sans: {regular: ../faces/a.ttf}}\n"));
    assert_int_equal(w->diags.errors, 0);
    assert_null(sheet_open(w->arena, &w->diags, STR("sheet.yaml"), (Place){0}, &narrow));
    assert_int_equal(w->diags.errors, 1);
    assert_string_equal(w->diags.items[w->diags.count - 1].code, "file-outside");
}

static void a_family_is_the_last_sheet_s_as_a_whole(void **state) {
    World *w = *state;
    put(w, "other.yaml", STR("fonts:\n  sans: {regular: faces/a.ttf, bold: faces/b.ttf}\n  serif: {regular: faces/a.ttf}\n"));
    Str path = put(w, "sheets/sheet.yaml", STR("extends: ../other.yaml\nfonts:\n  sans: {regular: ../faces/b.ttf}\n  serif:\n"));
    Sheet *sheet = sheet_open(w->arena, &w->diags, path, (Place){0}, NULL);
    assert_non_null(sheet);
    const OwnFaces *faces = faces_of(w, sheet);
    assert_true(str_equal(faces->file[FAMILY_SANS][0], embedded_find(STR("fonts/hebrew.ttf"))));
    assert_int_equal(faces->file[FAMILY_SANS][FACE_BOLD].n, 0);
    assert_int_equal(faces->file[FAMILY_SERIF][0].n, 0); /* the program's again */
}

static void what_is_no_use_is_told_and_the_family_is_the_programs(void **state) {
    World *w = *state;
    put(w, "faces/b.ttf", STR("OTTO"));
    Str path = put(w, "sheets/sheet.yaml",
        STR("fonts:\n  serif: {regular: ../faces/b.ttf, bold: ../faces/a.ttf}\n  mono: {regular: ../faces/a.ttf, bold: "
            "../faces/b.ttf, "
            "italic: ../faces/a.ttf, bold-italic: ../faces/a.ttf}\n"));
    Sheet *sheet = sheet_open(w->arena, &w->diags, path, (Place){0}, NULL);
    assert_non_null(sheet);
    const OwnFaces *faces = faces_of(w, sheet);
    assert_int_equal(
        faces->file[FAMILY_SERIF][0].n + faces->file[FAMILY_SERIF][FACE_BOLD].n + faces->file[FAMILY_MONO][FACE_BOLD].n, 0);
    assert_true(faces->file[FAMILY_MONO][0].n > 0);
    assert_int_equal(w->diags.count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(w->diags.items[i].severity, DIAG_WARNING);
        assert_string_equal(w->diags.items[i].code, "font-format");
        assert_int_equal(w->diags.items[i].at.line, 2 + i);
    }
    assert_int_equal(w->diags.items[0].at.column, 20);
}

/* A numbered list inside another keeps its numbers on screens, whatever marks those round it have. */
static void numbers_of_inner_lists_stay(void **state) {
    World *w = *state;
    Sheet *sheet = sheet_open(w->arena, &w->diags, STR("briefing"), (Place){0}, NULL);
    Buf css = buf_new(w->arena);
    sheet_css(sheet, &css);
    const char *dashes = strstr(css.p, "ul ul, ol ul, ul ol, ol ol {\n  list-style-type: \"");
    const char *numbers = strstr(css.p, "\nul ol, ol ol {\n  list-style-type: decimal");
    assert_true(dashes && numbers && numbers > dashes);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(faces_are_named_from_the_sheet_s_folder),
        TEST(a_document_s_faces_are_confined),
        TEST(a_family_is_the_last_sheet_s_as_a_whole),
        TEST(numbers_of_inner_lists_stay),
        TEST(what_is_no_use_is_told_and_the_family_is_the_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
