/* A PNG file that a document names. It is changed chunk by chunk, with right checksums: others end it at once. */
#include "image.h"
#include "packed.h"

#define CHUNKS_MOST 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    image_through(data, size);
    return 0;
}

static void big_endian_add(Buf *out, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) buf_add_char(out, (char)(value >> shift & 0xff));
}

/* Type and data. */
static void chunk_add(Buf *out, Str chunk) {
    big_endian_add(out, (uint32_t)chunk.n - 4);
    buf_add(out, chunk);
    big_endian_add(out, checksum_crc32(chunk));
}

/* ISO/IEC 15948 §5.3 */
static uint32_t chunks_find(Str file, Str *chunks) {
    uint32_t count = 0;
    for (size_t at = 8; at + 12 <= file.n && count < CHUNKS_MOST;) {
        size_t n = big_endian(file.p + at);
        if (n > file.n - at - 12) n = file.n - at - 12;
        chunks[count++] = str_slice(file, at + 4, at + 8 + n);
        at += 12 + n;
    }
    return count;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static const char *const types[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "tEXt", "zTXt",
        "iTXt", "tIME", "eXIf", "acTL", "fcTL", "fdAT", "hIST", "sPLT"};
    Chance c = chance_of(seed);
    Str chunks[CHUNKS_MOST];
    uint32_t count = chunks_find(input_text(data, size), chunks), unpacked, crc;
    if (count == 0 || chance(&c, 6) == 0) return LLVMFuzzerMutate(data, size, most);
    Arena *arena = arena_open();
    Buf out = buf_new(arena);
    uint32_t which = chance(&c, count), other = chance(&c, count), how = chance(&c, 8);
    buf_add(&out, STR("\x89PNG\r\n\x1a\n"));
    for (uint32_t i = 0; i < count; i++) {
        if (i != which) {
            chunk_add(&out, chunks[how == 7 && i == other ? which : i]);
        } else if (how < 4) {
            Str type = str_slice(chunks[i], 0, 4);
            Packing packing = str_is(type, "IDAT") || str_is(type, "fdAT") ? PACKED_ZLIB : PACKED_NOT;
            Str changed = part_changed(arena, &c, str_slice(chunks[i], 4, chunks[i].n), packing, &unpacked, &crc);
            chunk_add(&out, str_format(arena, STR_FMT STR_FMT, STR_ARG(type), STR_ARG(changed)));
        } else if (how == 4) { /* one more, of another type */
            chunk_add(&out, chunks[i]);
            chunk_add(&out, str_format(arena, "%s" STR_FMT, CHOOSE(&c, types), STR_ARG(str_slice(chunks[other], 4, chunks[other].n))));
        } else if (how == 5) {
            chunk_add(&out, chunks[i]);
            chunk_add(&out, chunks[other]);
        } else if (how == 7) {
            chunk_add(&out, chunks[other]);
        } /* else it is left out */
    }
    size_t n = input_become(data, size, most, &out);
    arena_close(arena);
    return n;
}
