/* The project file: what it says, where it is wrong, and the patterns of its files. */
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool project_read(Arena *arena, Diags *d, Source *source, const char *text, Project *out) {
    *source = (Source){STR(".brief.yaml"), str_from(text)};
    *d = diags_new(arena);
    return read_project(arena, d, source, out);
}

static void words_are_read_with_their_places(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Diags d;
    Source source;
    Project project;
    assert_true(project_read(arena, &d, &source,
        "check:\n  profile: [print, public-sector]\n  deny: warnings\n  allow:\n  files:\n    \"drafts/**\":\n      allow: "
        "[widow, orphan]\n",
        &project));
    assert_int_equal(project.count, 2);
    assert_int_equal(project.items[0].profiles.count, 2);
    assert_true(str_is(project.items[0].profiles.items[1].text, "public-sector"));
    assert_int_equal(project.items[0].profiles.items[1].at.line, 2);
    assert_int_equal(project.items[0].profiles.items[1].at.column, 20);
    assert_true(str_is(project.items[0].denied.items[0].text, "warnings"));
    assert_int_equal(project.items[0].allowed.count, 0);
    assert_true(str_is(project.items[1].match, "drafts/**"));
    assert_int_equal(project.items[1].allowed.count, 2);
    static const char *const empty[] = {"", "# nothing\n", "check:\n", "check: {}\n", "check: {files: }\n"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) assert_true(project_read(arena, &d, &source, empty[i], &project));
    arena_close(arena);
}

static void mistakes_have_their_places(void **state) {
    (void)state;
    static const struct {
        const char *text, *code, *hint;
        uint32_t line, column;
    } cases[] = {{"chekc: {}\n", "project-key", "check", 1, 1}, {"check:\n  profil: print\n", "project-key", "profile", 2, 3},
        {"check:\n  files:\n    \"*.md\": {files: {}}\n", "project-key", "profile", 3, 14},
        {"check:\n  deny: {a: b}\n", "project-value", NULL, 2, 9}, {"check:\n  allow: [[a]]\n", "project-value", NULL, 2, 11},
        {"check: [a]\n", "project-value", NULL, 1, 8}, {"- a\n", "project-value", NULL, 1, 1},
        {"check:\n  files: [a]\n", "project-value", NULL, 2, 10}, {"check:\n  files: {a: b}\n", "project-value", NULL, 2, 11},
        {"check: {\n", "project", NULL, 2, 1}, {"\tcheck:\n", "project", "tabs", 1, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_open();
        Diags d;
        Source source;
        Project project;
        assert_false(project_read(arena, &d, &source, cases[i].text, &project));
        assert_int_equal(d.count, 1);
        assert_string_equal(d.items[0].code, cases[i].code);
        assert_int_equal(d.items[0].at.line, cases[i].line);
        assert_int_equal(d.items[0].at.column, cases[i].column);
        if (cases[i].hint) assert_non_null(strstr(str_c(arena, d.items[0].hint), cases[i].hint));
        arena_close(arena);
    }
}

static void patterns_match_paths(void **state) {
    (void)state;
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {{"a.md", "a.md", true}, {"a.md", "b/a.md", false}, {"*.md", "a.md", true}, {"*.md", "b/a.md", false},
        {"**/*.md", "a.md", true}, {"**/*.md", "b/c/a.md", true}, {"**.md", "b/a.md", true}, {"b/**", "b/c/a.md", true},
        {"b/**", "a.md", false}, {"b/**/a.md", "b/a.md", true}, {"b/**/a.md", "b/c/d/a.md", true},
        {"b/**/a.md", "bc/a.md", false}, {"?.md", "a.md", true}, {"?.md", "ab.md", false}, {"b?a.md", "b/a.md", false},
        {"*a*b*.md", "xxaxxbxx.md", true}, {"*a*b*.md", "xxbxxaxx.md", false}, {"**/x*/*y", "a/xb/xc/dy", true}, {"*", "", true},
        {"", "", true}, {"", "a", false}, {"a**b", "a/x/b", true}, {"*/a", "b/a", true}, {"*/a", "a", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (pattern_matches(str_from(cases[i].pattern), str_from(cases[i].path)) != cases[i].matches)
            fail_msg("“%s” and “%s”", cases[i].pattern, cases[i].path);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_read_with_their_places),
        cmocka_unit_test(mistakes_have_their_places), cmocka_unit_test(patterns_match_paths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
