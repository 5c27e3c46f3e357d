/* Shares of a list: every name in one, the same everywhere, and about as many in each. */
#include "cmd/plan.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

/* Whoever changes these sends half of a run to machines that have made it already. */
static void a_name_has_the_same_share_everywhere(void **state) {
    (void)state;
    static const struct {
        const char *name;
        uint32_t of_2, of_10, of_1000;
    } known[] = {{"a.md", 1, 7, 97}, {"b.md", 2, 4, 184}, {"archive/2019/letter.md", 2, 10, 410}, {"Größe.md", 2, 8, 138}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Str name = str_from(known[i].name);
        assert_int_equal(shard_of(name, 1), 1);
        assert_int_equal(shard_of(name, 2), known[i].of_2);
        assert_int_equal(shard_of(name, 10), known[i].of_10);
        assert_int_equal(shard_of(name, 1000), known[i].of_1000);
    }
}

#define NAMES 20000
#define SHARES_MOST 64

static int name_write(char *to, size_t size, unsigned pattern, unsigned i) {
    switch (pattern) {
    case 0: return snprintf(to, size, "%u.md", i);
    case 1: return snprintf(to, size, "doc-%05u.md", i);
    case 2: return snprintf(to, size, "archive/%u/index.md", i);
    default: return snprintf(to, size, "%x%x.md", i, i);
    }
}

/* Names as people number them are where a weak hash shows. Of so many, chance alone keeps each share within a fifth of its due. */
static void shares_are_about_equal(void **state) {
    (void)state;
    for (unsigned pattern = 0; pattern < 4; pattern++)
        for (uint32_t shares = 2; shares <= SHARES_MOST; shares *= 2) {
            uint32_t counts[SHARES_MOST + 1] = {0};
            for (unsigned i = 0; i < NAMES; i++) {
                char name[64];
                int n = name_write(name, sizeof name, pattern, i);
                uint32_t share = shard_of((Str){name, (size_t)n}, shares);
                assert_in_range(share, 1, shares);
                counts[share]++;
            }
            for (uint32_t share = 1; share <= shares; share++)
                assert_in_range(counts[share], NAMES / shares * 4 / 5, NAMES / shares * 6 / 5 + 1);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_has_the_same_share_everywhere),
        cmocka_unit_test(shares_are_about_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
