/* Which findings count: what the command line cannot show easily. */
#include "check/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Source source = {.name = {"a.md", 4}};

static Diags many(Arena *arena, uint32_t count) {
    Diags d = diags_new(arena);
    for (uint32_t i = 0; i < count; i++) diag(&d, DIAG_WARNING, "heading-skip", (Place){&source, i + 1, 1}, NULL, "a heading");
    return d;
}

/* Some thousands are kept; of the others only the number is known. */
static void what_is_denied_may_be_among_those_not_kept(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str code = STR("widow");
    Diags d = many(arena, 3000);
    assert_int_equal(d.count + d.dropped, 3000);
    assert_true(d.dropped > 0);
    check_apply(&d, &(Policy){.profile = PROFILE_BASIC}, NULL);
    assert_int_equal(d.warnings, 3000);
    assert_int_equal(diags_status(&d), EXIT_DONE);
    check_apply(&d, &(Policy){.profile = PROFILE_BASIC, .denied = &code, .denied_count = 1}, NULL);
    assert_int_equal(d.errors, d.dropped);
    assert_int_equal(diags_status(&d), EXIT_DOCUMENT);
    arena_close(arena);
}

static void a_code_is_allowed_where_it_is_said(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Tree *tree = tree_new(arena, &source);
    *PUSH(arena, &tree->allowances, Allowance) =
        (Allowance){.code = STR("heading-skip"), .line = 2, .column = 1, .from = 2, .to = 4};
    Diags d = many(arena, 6);
    static const Source sheet = {.name = {"sheet.yaml", 10}};
    diag(&d, DIAG_WARNING, "heading-skip", (Place){&sheet, 3, 1}, NULL, "in another file");
    check_apply(&d, &(Policy){.profile = PROFILE_BASIC}, tree);
    assert_int_equal(d.count, 4);
    assert_int_equal(d.warnings, 4);
    assert_int_equal(d.items[0].at.line, 1);
    assert_int_equal(d.items[1].at.line, 5);
    assert_int_equal(d.items[2].at.line, 6);
    assert_ptr_equal(d.items[3].at.source, &sheet);
    arena_close(arena);
}

static void notes_are_no_warnings(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    diag(&d, DIAG_NOTE, "id-form", (Place){&source, 1, 1}, NULL, "a note");
    check_apply(&d, &(Policy){.profile = PROFILE_BASIC, .deny_warnings = true}, NULL);
    assert_int_equal(d.count, 1);
    assert_int_equal(diags_status(&d), EXIT_DONE);
    Str code = STR("id-form");
    check_apply(&d, &(Policy){.profile = PROFILE_BASIC, .denied = &code, .denied_count = 1}, NULL);
    assert_int_equal(diags_status(&d), EXIT_DOCUMENT);
    arena_close(arena);
}

static void each_profile_has_its_rules(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Profile profile;
    assert_true(profile_find(STR("print"), &profile));
    assert_int_equal(profile, PROFILE_PRINT);
    assert_false(profile_find(STR("printing"), &profile));
    for (int k = 0; k < 2; k++) {
        Diags d = diags_new(arena);
        diag(&d, DIAG_WARNING, "image-coarse", (Place){&source, 1, 1}, NULL, "coarse");
        check_apply(&d, &(Policy){.profile = k ? PROFILE_PRINT : PROFILE_BASIC}, NULL);
        assert_int_equal(d.count, k);
        assert_int_equal(d.warnings, k);
    }
    assert_true(str_is(rule_nearest(arena, STR("widows")), "widow"));
    assert_null(rule_find(STR("widows")));
    assert_string_equal(rule_find(STR("widow"))->code, "widow");
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_denied_may_be_among_those_not_kept),
        cmocka_unit_test(a_code_is_allowed_where_it_is_said),
        cmocka_unit_test(notes_are_no_warnings),
        cmocka_unit_test(each_profile_has_its_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
