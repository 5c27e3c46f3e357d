/* style: what a sheet may say, and that each mistake is told with its place and the nearest name. */
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

static const char *const files[] = {"sheet.yaml", "other.yaml", "third.yaml", "article.md"};

static int open_world(void **state) {
    World *w = calloc(1, sizeof *w);
    w->arena = arena_open();
    w->diags = diags_new(w->arena);
    snprintf(w->folder, sizeof w->folder, "/tmp/brief-style-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    *state = w;
    return 0;
}

static int close_world(void **state) {
    World *w = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        unlink(str_c(w->arena, str_format(w->arena, "%s/%s", w->folder, files[i])));
    rmdir(w->folder);
    arena_close(w->arena);
    free(w);
    return 0;
}

static Str write_sheet(World *w, const char *name, const char *text) {
    Str path = str_format(w->arena, "%s/%s", w->folder, name);
    assert_true(file_write(&w->diags, path, str_from(text)));
    return path;
}

static bool contains(Str text, const char *part) {
    Str wanted = str_from(part);
    for (size_t i = 0; i + wanted.n <= text.n; i++)
        if (str_starts(str_slice(text, i, text.n), wanted)) return true;
    return false;
}

typedef struct {
    const char *text;
    const char *code;
    uint32_t line, column;
    const char *message, *hint; /* a part of each */
} Mistake;

static const Mistake mistakes[] = {
    {"rules:\n  paragraph:\n    spce-after: 1pt\n", "style-property", 3, 5, "spce-after", "space-after"},
    {"rules:\n  paragraph: {color: black}\n", "style-property", 2, 15, "color", "colour"},
    {"rules:\n  paragraf: {size: 1pt}\n", "style-selector", 2, 3, "paragraf", "paragraph"},
    {"rules:\n  box paragraf: {size: 1pt}\n", "style-selector", 2, 3, "paragraf", "paragraph"},
    {"rules:\n  headng-2: {size: 1pt}\n", "style-selector", 2, 3, "headng-2", "heading-2"},
    {"rules:\n  narrowest: {size: 1pt}\n", "style-selector", 2, 3, "narrowest", ".narrowest"},
    {"rules:\n  paragraph.: {size: 1pt}\n", "style-selector", 2, 3, "without a class", ""},
    {"rules:\n  box box box box: {size: 1pt}\n", "style-selector", 2, 3, "at most 3", ""},
    {"rules:\n  list marker: {size: 1pt}\n", "style-selector", 2, 3, "itself only", ""},
    {"ruls:\n  paragraph: {size: 1pt}\n", "style-key", 1, 1, "ruls", "rules"},
    {"rules:\n  paragraph: {size: 1px}\n", "style-value", 2, 21, "px", "pt, mm"},
    {"rules:\n  paragraph: {size: 12}\n", "style-value", 2, 21, "no unit", "pt"},
    {"rules:\n  paragraph: {size: big}\n", "style-value", 2, 21, "big", "12pt"},
    {"rules:\n  paragraph: {size: -2pt}\n", "style-value", 2, 21, "not more than 0", ""},
    {"rules:\n  paragraph: {size: 0}\n", "style-value", 2, 21, "not more than 0", ""},
    {"rules:\n  paragraph: {space-after: -2pt}\n", "style-value", 2, 28, "less than 0", ""},
    {"rules:\n  paragraph: {space-after: 20000pt}\n", "style-value", 2, 28, "out of range", ""},
    {"rules:\n  paragraph: {space-after: 99999999999999999999pt}\n", "style-value", 2, 28, "not a length", ""},
    {"rules:\n  paragraph: {space-after: 1pt 2pt}\n", "style-value", 2, 28, "more than one", ""},
    {"rules:\n  paragraph: {bold: 1}\n", "style-value", 2, 21, "“1”", "false or true"},
    {"rules:\n  paragraph: {align: center}\n", "style-value", 2, 22, "center", "centre"},
    {"rules:\n  paragraph:\n    colour: #003366\n", "style-value", 3, 12, "missing", "quoted"},
    {"rules:\n  paragraph: {colour: \"#12345\"}\n", "style-value", 2, 23, "#12345", "#003366"},
    {"rules:\n  paragraph: {colour: acent}\n", "style-colour", 2, 23, "acent", "accent"},
    {"rules:\n  paragraph: {border-top: red}\n", "style-value", 2, 27, "red", "1.5pt"},
    {"rules:\n  paragraph: [1, 2]\n", "style-value", 2, 14, "names with values", ""},
    {"rules:\n  paragraph: {size: [1, 2]}\n", "style-value", 2, 21, "single value", ""},
    {"rules:\n  paragraph: {size: 9pt}\n  paragraph: {size: 8pt}\n", "style-key", 3, 3, "twice", ""},
    {"page: {margin-tp: 1mm}\n", "style-property", 1, 8, "margin-tp", "margin-top"},
    {"page: {margin-top: 1em}\n", "style-value", 1, 20, "means nothing", ""},
    {"page: {paper: A44}\n", "style-value", 1, 15, "A44", "A4"},
    {"page:\n  head: {left: \"{titel}\"}\n", "style-placeholder", 2, 16, "titel", "title"},
    {"page:\n  head: {middle: x}\n", "style-key", 2, 10, "middle", "left, centre, right"},
    {"page: {margin-left: 150mm}\n", "style-page", 0, 0, "no room", ""},
    {"rules:\n\tparagraph: {size: 1pt}\n", "style-syntax", 2, 1, "not YAML", "tabs"},
    {"rules: {paragraph: {size: 1pt}\n", "style-syntax", 2, 1, "not YAML", ""},
    {"just words\n", "style-value", 1, 1, "style sheet", ""},
    {"extends: repot\n", "style-unknown", 1, 10, "repot", "report"},
    {"name: a\n---\nname: b\n", "style-syntax", 2, 1, "another", ""},
    {"fonts: {sens: {regular: a.ttf}}\n", "style-key", 1, 9, "no family “sens”", "sans"},
    {"fonts: {sans: {reglar: a.ttf}}\n", "style-key", 1, 16, "reglar", "regular"},
    {"fonts:\n  sans: {bold: a.ttf}\n", "style-fonts", 2, 3, "“sans” has no regular face", "regular: house.ttf"},
    {"fonts: {sans: a.ttf}\n", "style-value", 1, 15, "names with values", ""},
    {"fonts: {sans: {regular: }}\n", "style-value", 1, 25, "name of a file", ""},
    {"fonts: {sans: {regular: [a.ttf]}}\n", "style-value", 1, 25, "single value", ""},
    {"fonts: {sans: {regular: none.ttf}}\n", "file-missing", 1, 25, "none.ttf", ""},
    {"fonts: {sans: {regular: /none.ttf}}\n", "file-absolute", 1, 25, "none.ttf", ""},
    {"fonts: {sans: {regular: \"https://x.org/a.ttf\"}}\n", "file-url", 1, 25, "a.ttf", ""},
    {"rules:\n  paragraph: {size: 1\xff}\n", "style-syntax", 1, 1, "UTF-8", ""},
};

static void each_mistake_is_told_with_its_place(void **state) {
    World *w = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const Mistake *m = &mistakes[i];
        Str path = write_sheet(w, "sheet.yaml", m->text);
        Diags diags = diags_new(w->arena);
        Sheet *sheet = sheet_open(w->arena, &diags, path, (Place){0}, NULL);
        Diag found = diags.count > 0 ? diags.items[0] : (Diag){.code = "nothing", .message = STR("")};
        if (sheet || diags.count != 1 || strcmp(found.code, m->code) != 0 || found.at.line != m->line ||
            found.at.column != m->column || !contains(found.message, m->message) || !contains(found.hint, m->hint))
            fail_msg("%zu: %s\n%u diagnostics, first %u:%u [%s] " STR_FMT " (" STR_FMT ")", i, m->text, (unsigned)diags.count,
                (unsigned)found.at.line, (unsigned)found.at.column, found.code, STR_ARG(found.message), STR_ARG(found.hint));
        assert_int_equal(found.severity, DIAG_ERROR);
        assert_true(str_equal(found.at.source->name, path));
    }
}

static void all_mistakes_are_told_at_once(void **state) {
    World *w = *state;
    Str path = write_sheet(
        w, "sheet.yaml", "nam: x\nrules:\n  pargraph: {size: 1pt, sze: 2pt}\n  item: {bold: yess, colour: \"#zzz\"}\n");
    assert_null(sheet_open(w->arena, &w->diags, path, (Place){0}, NULL));
    assert_int_equal(w->diags.errors, 5);
}

static void a_mistake_in_an_extended_sheet_is_placed_there(void **state) {
    World *w = *state;
    Str other = write_sheet(w, "other.yaml", "rules:\n  item: {sice: 1pt}\n");
    Str path = write_sheet(w, "sheet.yaml", "extends: other.yaml\n");
    assert_null(sheet_open(w->arena, &w->diags, path, (Place){0}, NULL));
    assert_int_equal(w->diags.count, 1);
    assert_true(str_equal(w->diags.items[0].at.source->name, other));
    assert_int_equal(w->diags.items[0].at.line, 2);
}

static void a_chain_merges_and_a_cycle_ends(void **state) {
    World *w = *state;
    write_sheet(w, "third.yaml", "extends: report\npage: {grid: 20pt}\n");
    write_sheet(w, "other.yaml", "extends: ./third.yaml\npage: {margin-left: 2 line}\n");
    Str path = write_sheet(w, "sheet.yaml", "extends: other.yaml\npage: {grid: 19pt}\n");
    Sheet *sheet = sheet_open(w->arena, &w->diags, path, (Place){0}, NULL);
    assert_non_null(sheet);
    assert_int_equal(sheet_page(sheet)->grid, LU_FROM_PT(19));
    assert_int_equal(sheet_page(sheet)->margin_left, LU_FROM_PT(38)); /* a line is the last word on the grid */
    write_sheet(w, "third.yaml", "extends: sheet.yaml\n");
    assert_null(sheet_open(w->arena, &w->diags, path, (Place){0}, NULL));
    assert_int_equal(w->diags.count, 1);
    assert_string_equal(w->diags.items[0].code, "style-cycle");
    assert_int_equal(w->diags.items[0].at.line, 1);
    assert_int_equal(w->diags.items[0].at.column, 10);
    assert_true(contains(w->diags.items[0].hint, "other.yaml"));
}

/* A sheet that a document names lies beside it: a document from elsewhere must not have other files read and shown. */
static void a_document_s_sheet_is_confined(void **state) {
    World *w = *state;
    Source article = {str_format(w->arena, "%s/article.md", w->folder), STR("x")};
    Place at = {&article, 1, 1};
    write_sheet(w, "sheet.yaml", "page: {grid: 19pt}\n");
    Root root;
    assert_true(root_open(w->arena, &w->diags, str_from(w->folder), str_from(w->folder), &root));
    Sheet *sheet = sheet_open(w->arena, &w->diags, STR("sheet.yaml"), at, &root);
    assert_non_null(sheet);
    assert_int_equal(sheet_page(sheet)->grid, LU_FROM_PT(19));
    assert_null(sheet_open(w->arena, &w->diags, STR("../other.yaml"), at, &root));
    assert_null(sheet_open(w->arena, &w->diags, STR("/etc/passwd"), at, &root));
    assert_int_equal(symlink("/etc/passwd", str_c(w->arena, str_format(w->arena, "%s/other.yaml", w->folder))), 0);
    assert_null(sheet_open(w->arena, &w->diags, STR("other.yaml"), at, &root));
    for (uint32_t i = 0; i < w->diags.count; i++) assert_string_not_equal(w->diags.items[i].code, "style-value");
}

static void missing_sheets_are_told(void **state) {
    World *w = *state;
    assert_null(sheet_open(w->arena, &w->diags, STR("breifing"), (Place){0}, NULL));
    assert_string_equal(w->diags.items[0].code, "style-unknown");
    assert_true(contains(w->diags.items[0].hint, "briefing"));
    assert_null(sheet_open(w->arena, &w->diags, STR(""), (Place){0}, NULL));
    assert_null(sheet_open(w->arena, &w->diags, STR("none/such.yaml"), (Place){0}, NULL));
    assert_true(w->diags.world_failed);
}

static void the_built_in_sheets_are_listed_and_sound(void **state) {
    World *w = *state;
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names);
    assert_int_equal(count, 6);
    const char *const expected[] = {"briefing", "committee", "newsletter", "note", "plain", "report"};
    for (uint32_t i = 0; i < 6; i++) assert_true(str_is(names[i].name, expected[i]));
    for (uint32_t i = 0; i < count; i++) {
        assert_true(names[i].description.n > 10);
        assert_non_null(sheet_open(w->arena, &w->diags, names[i].name, (Place){0}, NULL));
    }
    assert_int_equal(w->diags.count, 0);
}

static void an_empty_sheet_is_the_base(void **state) {
    World *w = *state;
    assert_non_null(sheet_open(w->arena, &w->diags, write_sheet(w, "sheet.yaml", ""), (Place){0}, NULL));
    assert_non_null(sheet_open(w->arena, &w->diags, write_sheet(w, "sheet.yaml", "rules:\npage:\n"), (Place){0}, NULL));
    assert_int_equal(w->diags.count, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(each_mistake_is_told_with_its_place),
        TEST(all_mistakes_are_told_at_once),
        TEST(a_mistake_in_an_extended_sheet_is_placed_there),
        TEST(a_chain_merges_and_a_cycle_ends),
        TEST(a_document_s_sheet_is_confined),
        TEST(missing_sheets_are_told),
        TEST(the_built_in_sheets_are_listed_and_sound),
        TEST(an_empty_sheet_is_the_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
