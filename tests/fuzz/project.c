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

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    if (chance(&c, 2) == 0) return LLVMFuzzerMutate(data, size, most);
    Text t = {(char *)data, size, most};
    text_lines_mutate(&t, &c);
    return t.n;
}

size_t LLVMFuzzerCustomCrossOver(
    const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint8_t *out, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    return texts_cross(&c, input_text(a, a_size), input_text(b, b_size), out, most);
}
