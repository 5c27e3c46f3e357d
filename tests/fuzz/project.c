/* A project file, and what follows from it for a few documents. */
#include "mutate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const paths[] = {"a.md", "docs/aa/report.md", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.md", ""};
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Source source = {STR(".brief.yaml"), input_text(data, size)};
    Project project = {0};
    if (read_project(arena, &d, &source, &project))
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
            Policy policy = {0};
            policy_join(&d, &project, str_from(paths[i]), &policy);
        }
    Buf said = buf_new(arena);
    diags_print(&d, &said, false);
    arena_close(arena);
    return 0;
}
