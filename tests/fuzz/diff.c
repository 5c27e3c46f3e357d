/* Two documents, and what changed between them. In the input they are parted by a line of its own. */
#define _GNU_SOURCE /* memmem */
#include "diff/diff.h"
#include "mutate.h"

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

/* One side is changed, or becomes the other before it is: then there is something that stayed. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static char other[1 << 16];
    Chance c = chance_of(seed);
    if (chance(&c, 8) == 0) return LLVMFuzzerMutate(data, size, most);
    Text t = {(char *)data, size, most};
    char *at = memmem(t.p, t.n, parting, sizeof parting - 1);
    size_t end = at ? (size_t)(at - t.p) : t.n;
    if (!at) text_put(&t, end, end, (Str){parting, sizeof parting - 1});
    size_t next = end + sizeof parting - 1 < t.n ? end + sizeof parting - 1 : t.n;
    if (chance(&c, 8) == 0 && end < sizeof other) {
        memcpy(other, t.p, end);
        text_put(&t, next, t.n, (Str){other, end});
    }
    bool first = chance(&c, 2) && end + 512 < most;
    size_t n = first ? end : t.n - next;
    if (n > sizeof other / 2) n = sizeof other / 2;
    memcpy(other, t.p + (first ? 0 : next), n);
    Text side = {other, n, sizeof other};
    for (uint32_t i = 0, count = 1 + chance(&c, 3); i < count; i++) document_mutate(&side, &c);
    text_put(&t, first ? 0 : next, first ? end : t.n, (Str){other, side.n});
    return t.n;
}
