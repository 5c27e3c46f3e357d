/* style: the built-in sheets as the build has packed them are what libyaml says of their text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "style/events.h"

static void packed_sheets_are_what_libyaml_says(void **state) {
    (void)state;
    Arena *arena = arena_open();
    uint32_t sheets = 0;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++) {
        if (!str_starts(file->name, STR("styles/"))) continue;
        sheets++;
        Source built_in = {file->name, file->bytes}, own = {file->name, str_copy(arena, file->bytes)};
        SheetEvents packed, read;
        sheet_events_open(arena, &built_in, &packed);
        sheet_events_open(arena, &own, &read);
        assert_non_null(packed.packed);
        assert_null(read.packed);
        SheetEvent a = {.type = YAML_NO_EVENT}, b;
        while (a.type != YAML_STREAM_END_EVENT) {
            assert_true(sheet_event_next(&packed, &a) && sheet_event_next(&read, &b));
            assert_int_equal(a.type, b.type);
            assert_int_equal(a.at.line, b.at.line);
            assert_int_equal(a.at.column, b.at.column);
            assert_true(str_equal(a.text, b.text));
        }
        sheet_events_close(&packed);
        sheet_events_close(&read);
    }
    assert_int_equal(sheets, 7);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(packed_sheets_are_what_libyaml_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
