/* A finished PDF, ours or anybody's: what `brief info`, `brief verify` and `brief extract` make of it. It is changed object by object: words of
 * dictionaries, what is packed in streams; and the table of objects is written anew, or else every change would be one and the same damage. */
#define _GNU_SOURCE /* memmem */
#include "finished.h"
#include "packed.h"

#define OBJECTS_MOST 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    finished_through(data, size);
    return 0;
}

typedef struct {
    uint32_t number;
    Str body; /* from behind "obj" to before "endobj" */
} Object;

static size_t find(Str file, size_t at, Str words) {
    const char *p = at < file.n ? memmem(file.p + at, file.n - at, words.p, words.n) : NULL;
    return p ? (size_t)(p - file.p) : file.n;
}

/* "12 0 obj … endobj", as they stand in the file; *trailer is the last dictionary behind "trailer". */
static uint32_t objects_find(Str file, Object *objects, Str *trailer) {
    uint32_t count = 0;
    size_t last = file.n;
    for (size_t at = find(file, 0, STR(" 0 obj")); at < file.n && count < OBJECTS_MOST; at = find(file, at, STR(" 0 obj"))) {
        size_t digits = at, end = find(file, at, STR("endobj"));
        uint32_t number = 0;
        while (digits > 0 && at - digits < 7 && char_is_digit(file.p[digits - 1])) digits--;
        for (size_t i = digits; i < at; i++) number = number * 10 + (uint32_t)(file.p[i] - '0');
        objects[count++] = (Object){number, str_slice(file, at + 6, end)};
        at = end;
    }
    for (size_t at = find(file, 0, STR("trailer")); at < file.n; at = find(file, at + 1, STR("trailer"))) last = at;
    *trailer = last < file.n ? str_slice(file, last + 7, find(file, last, STR("startxref"))) : (Str){0};
    return count;
}

/* Its stream, if it has one, or its words. */
static Str body_changed(Arena *arena, Chance *c, Str body) {
    uint32_t unpacked, crc;
    size_t begin = find(body, 0, STR("stream")), end = find(body, begin + 6, STR("endstream"));
    if (begin == body.n || end == body.n || chance(c, 3) == 0) {
        Str changed = part_changed(arena, c, str_slice(body, 0, begin), PACKED_NOT, &unpacked, &crc);
        return str_format(arena, STR_FMT STR_FMT, STR_ARG(changed), STR_ARG(str_slice(body, begin, body.n)));
    }
    Str words = str_slice(body, 0, begin);
    begin += 6;
    while (begin < end && (body.p[begin] == '\r' || body.p[begin] == '\n')) begin++;
    Packing packing = find(words, 0, STR("/FlateDecode")) < words.n ? PACKED_ZLIB : PACKED_NOT;
    Str changed = part_changed(arena, c, str_slice(body, begin, end), packing, &unpacked, &crc);
    size_t length = find(words, 0, STR("/Length ")), digits = length + 8;
    while (digits < words.n && char_is_digit(words.p[digits])) digits++;
    Buf out = buf_new(arena);
    buf_add(&out, str_slice(words, 0, length));
    buf_format(&out, "/Length %u", (unsigned)changed.n);
    buf_add(&out, str_slice(words, digits, words.n));
    buf_add_c(&out, "stream\n");
    buf_add(&out, changed);
    buf_add_c(&out, "\nendstream\n");
    return buf_str(&out);
}

static void pdf_write_again(Buf *out, Str head, const Object *objects, uint32_t count, Str trailer) {
    uint32_t at[OBJECTS_MOST];
    buf_add(out, head);
    for (uint32_t i = 0; i < count; i++) {
        at[i] = (uint32_t)out->n;
        buf_format(out, "%u 0 obj", (unsigned)objects[i].number);
        buf_add(out, objects[i].body);
        buf_add_c(out, "endobj\n");
    }
    unsigned table = (unsigned)out->n;
    buf_add_c(out, "xref\n0 1\n0000000000 65535 f \n");
    for (uint32_t i = 0; i < count; i++) buf_format(out, "%u 1\n%010u 00000 n \n", (unsigned)objects[i].number, (unsigned)at[i]);
    buf_add_c(out, "trailer");
    buf_add(out, trailer.n > 0 ? trailer : STR("<</Root 1 0 R>>\n"));
    buf_format(out, "startxref\n%u\n%%%%EOF\n", table);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static Object objects[OBJECTS_MOST + 1];
    Chance c = chance_of(seed);
    Str file = input_text(data, size), trailer;
    uint32_t count = objects_find(file, objects, &trailer), unpacked, crc;
    if (count == 0 || chance(&c, 10) == 0) return LLVMFuzzerMutate(data, size, most);
    Arena *arena = arena_open();
    Buf out = buf_new(arena);
    Object *object = &objects[chance(&c, count)], *other = &objects[chance(&c, count)];
    Str kept = object->body;
    switch (chance(&c, 10)) {
    case 0: object->body = other->body; other->body = kept; break;
    case 1: object->body = other->body; break;
    case 2: *object = objects[--count]; break;
    case 3: trailer = part_changed(arena, &c, trailer, PACKED_NOT, &unpacked, &crc); break;
    default: object->body = body_changed(arena, &c, kept);
    }
    Str head = str_slice(file, 0, find(file, 0, STR("\n")) + 1);
    pdf_write_again(&out, str_starts(head, STR("%PDF-")) ? head : STR("%PDF-1.7\n"), objects, count, trailer);
    size_t n = input_become(data, size, most, &out);
    arena_close(arena);
    return n;
}
