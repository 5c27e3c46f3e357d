/* Where files go below --out-dir. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cmd/plan.h"

#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void expect(const char *const inputs[], const char *const wanted[], uint32_t count) {
    Arena *arena = arena_open();
    Str *names = NEW_ARRAY(arena, Str, count);
    for (uint32_t i = 0; i < count; i++) names[i] = str_from(inputs[i]);
    const Str *folders = folders_below(arena, STR("out"), names, count);
    for (uint32_t i = 0; i < count; i++) assert_string_equal(str_c(arena, folders[i]), wanted[i]);
    arena_close(arena);
}
#define EXPECT(inputs, wanted) expect(inputs, wanted, COUNT(inputs))

static void one_folder_is_flat(void **state) {
    (void)state;
    const char *const one[] = {"input/a.md"}, *const same[] = {"in/x/a.md", "in/x/b.md"}, *const here[] = {"a.md", "./b.md"};
    const char *const flat[] = {"out/", "out/"};
    EXPECT(one, flat);
    EXPECT(same, flat);
    EXPECT(here, flat);
}

static void structure_is_kept(void **state) {
    (void)state;
    const char *const inputs[] = {"a/b/c.md", "a/d.md", "a/b/e/f.md", "a//./x/../b/g.md"};
    const char *const wanted[] = {"out/b/", "out/", "out/b/e/", "out/b/"};
    EXPECT(inputs, wanted);
}

/* "ab" and "ac" have no folder "a" in common. */
static void names_are_not_cut(void **state) {
    (void)state;
    const char *const inputs[] = {"ab/x.md", "ac/x.md"}, *const wanted[] = {"out/ab/", "out/ac/"};
    EXPECT(inputs, wanted);
}

static void nothing_leads_out(void **state) {
    (void)state;
    assert_int_equal(chdir("/usr/share"), 0);
    const char *const above[] = {"../x.md", "y.md"}, *const above_wanted[] = {"out/", "out/share/"};
    EXPECT(above, above_wanted);
    const char *const whole[] = {"/usr/share/a/x.md", "b/y.md", "/usr/share/z.md"}, *const whole_wanted[] = {
                                                                                        "out/a/", "out/b/", "out/"};
    EXPECT(whole, whole_wanted);
    const char *const far[] = {"../../../../../etc/x.md", "/y.md"}, *const far_wanted[] = {"out/etc/", "out/"};
    EXPECT(far, far_wanted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_folder_is_flat),
        cmocka_unit_test(structure_is_kept),
        cmocka_unit_test(names_are_not_cut),
        cmocka_unit_test(nothing_leads_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
