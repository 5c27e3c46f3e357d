/* A style sheet: read, and, if it is sound, a document with a little of everything set by it. */
#include "mutate.h"

static const char document[] =
    "---\nstyle: own.yaml\ntitle: A *title*\nauthor: Ann\ndate: 2024-05-17\nmarking: Official\ntoc: true\n---\n"
    "Words and [words that are pulled]{.pull-quote}, `code`, a [link](#a), a note[^1].\n\n"
    "# Heading {#a}\n\n1. item\n2. item\n   - inner\n\n> quoted\n\n::: box\nIn a box.\n:::\n\n"
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\ncode\n```\n\n![A pixel](a.png \"Caption\")\n\n[^1]: The note.\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    world_file("own.yaml", input_text(data, size));
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Root root = {.files = world()->batch.files};
    const Sheet *sheet = sheet_open(arena, &d, STR("own.yaml"), (Place){0}, &root);
    if (sheet != NULL && d.errors == 0) document_through((Str){document, sizeof document - 1}, data[0]);
    Buf said = buf_new(arena);
    diags_print(&d, &said, false);
    arena_close(arena);
    return 0;
}
