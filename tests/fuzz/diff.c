/* Two documents, and what changed between them. In the input they are parted by a line of its own. */
#define _GNU_SOURCE /* memmem */
#include "diff/diff.h"
#include "fuzz.h"

#include <string.h>

static const char parting[] = "\n%%%%\n";

/* As far as the pages. */
static bool side_open(Document *document, Str text) {
    Batch *batch = &world()->batch;
    return document_open_again(document, batch, STR("a.md"), text) &&
           document_make(document, batch, &(Variant){0}, STAGE_LAYOUT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str text = input_text(data, size);
    const char *at = memmem(text.p, text.n, parting, sizeof parting - 1);
    size_t end = at ? (size_t)(at - text.p) : size / 2, next = at ? end + sizeof parting - 1 : end;
    Document before, after;
    bool opened = side_open(&before, str_slice(text, 0, end));
    opened = side_open(&after, str_slice(text, next, size)) && opened;
    if (opened) {
        Arena *arena = arena_open();
        Buf out = buf_new(arena);
        Differences *differences = layouts_compare(arena, before.layout, after.layout);
        differences_text(arena, differences, &out);
        differences_json(arena, differences, STR("before"), STR("after"), &out);
        arena_close(arena);
    }
    document_close(&before);
    document_close(&after);
    world_rest();
    return 0;
}
