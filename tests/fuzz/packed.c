/* Parts that are unpacked, changed, and packed again. */
#include "packed.h"

#include <string.h>
#include <zlib.h>

#define UNPACKED_MOST ((size_t)1 << 16)

/* Bytes that it gave; 0: it is not packed that way. */
static size_t unpack(Str part, Packing packing, uint8_t *out) {
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)part.p, .avail_in = (uInt)part.n, .next_out = out, .avail_out = (uInt)UNPACKED_MOST};
    if (inflateInit2(&stream, packing == PACKED_RAW ? -15 : 15) != Z_OK) return 0;
    inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return UNPACKED_MOST - stream.avail_out;
}

Str part_changed(Arena *arena, Chance *c, Str part, Packing packing, uint32_t *unpacked, uint32_t *crc) {
    static uint8_t bytes[UNPACKED_MOST];
    size_t n = packing == PACKED_NOT ? 0 : unpack(part, packing, bytes);
    if (n == 0) {
        packing = PACKED_NOT;
        n = part.n < sizeof bytes ? part.n : sizeof bytes;
        if (n > 0) memcpy(bytes, part.p, n);
    }
    if (chance(c, 3) == 0 && memchr(bytes, '\n', n)) {
        Text text = {(char *)bytes, n, sizeof bytes};
        text_lines_mutate(&text, c);
        n = text.n;
    } else {
        n = LLVMFuzzerMutate(bytes, n, sizeof bytes);
    }
    Str plain = {(const char *)bytes, n};
    *unpacked = (uint32_t)n;
    *crc = checksum_crc32(plain);
    if (packing == PACKED_NOT) return str_copy(arena, plain);
    return deflated(arena, packing == PACKED_RAW ? DEFLATE_RAW : DEFLATE_ZLIB, DEFLATE_FAST, plain);
}
