/* What mutators of files made of packed parts share: parts that are unpacked, changed, and packed again. */
#ifndef BRIEF_FUZZ_PACKED_H
#define BRIEF_FUZZ_PACKED_H

#include "mutate.h"

#include <string.h>

typedef enum { PACKED_NOT, PACKED_RAW, PACKED_ZLIB } Packing;
/* What a part becomes when what is in it is changed: by libFuzzer, or by lines where it is text. *unpacked: the size of that and *crc its checksum.
 * What cannot be unpacked is changed as it is. */
Str part_changed(Arena *arena, Chance *c, Str part, Packing packing, uint32_t *unpacked, uint32_t *crc);

static inline uint32_t big_endian(const char *p) {
    const uint8_t *b = (const uint8_t *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}
static inline uint32_t little_endian(const char *p, size_t n) {
    uint32_t value = 0;
    while (n-- > 0) value = value << 8 | (uint8_t)p[n];
    return value;
}
/* What has been made becomes the input, if it has room. */
static inline size_t input_become(uint8_t *data, size_t size, size_t most, const Buf *made) {
    if (made->n == 0 || made->n > most) return size;
    memcpy(data, made->p, made->n);
    return made->n;
}

#endif
