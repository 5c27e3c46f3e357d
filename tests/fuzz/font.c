/* A font file that a sheet names: judged, and, if it is taken, words set in it, and subsets of it in both files. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool begun;
    Str file = input_text(data, size);
    if (!begun) world_file("face.yaml", STR("extends: plain\nfonts:\n  sans: {regular: face.ttf}\n  serif: {regular: face.ttf}\n"));
    begun = true;
    Arena *arena = arena_open();
    font_file_family(arena, file);
    arena_close(arena);
    world_file("face.ttf", file);
    if (font_file_fault(file) == FONT_SOUND || input_number(data, size) % 64 == 0)
        document_through(STR("---\nstyle: face.yaml\ntitle: AVA fi office\n---\nWords 1/2 *in it* **and** more: \"\xC3\xA9\" x^2^\n"), 0);
    return 0;
}
