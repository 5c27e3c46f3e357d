/* The chunks of a PNG file (ISO 15948 §5, §11): each held against its checksum, and the file without those that decoding does not need.
 *
 * Texts, EXIF, times, profiles, chunks that nobody registered, and what stands behind the end go. What says how colours are meant is kept where it
 * says that they are sRGB, or all but; else the pixels are turned, as they are where EXIF says that the picture is not upright (png_again.c).
 */
#include "image/internal.h"

#include <string.h>

#define SIGNATURE_BYTES 8
#define CHUNK_BYTES 12 /* length, type, checksum */
#define POWER_SRGB 45455 /* gAMA for sRGB (§11.3.3.2), and by how much it may differ */
#define POWER_SAME 1000
#define CHROMA_SAME 200 /* of 100000 */

static uint32_t big_endian(Str bytes, size_t at) {
    const uint8_t *p = (const uint8_t *)bytes.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

typedef struct {
    Str whole, data;
    char type[5];
    bool intact; /* its checksum is right */
} Chunk;

/* The chunk at *at, which moves behind it; false: it is cut off. */
static bool chunk_next(Str file, size_t *at, Chunk *out) {
    if (*at > file.n || file.n - *at < CHUNK_BYTES) return false;
    size_t length = big_endian(file, *at);
    if (length > file.n - *at - CHUNK_BYTES) return false;
    *out = (Chunk){.whole = str_slice(file, *at, *at + length + CHUNK_BYTES), .data = str_slice(file, *at + 8, *at + 8 + length)};
    memcpy(out->type, file.p + *at + 4, 4);
    out->intact = checksum_crc32(str_slice(out->whole, 4, 8 + length)) == big_endian(out->whole, 8 + length);
    *at += out->whole.n;
    return true;
}

static bool is_one_of(const Chunk *chunk, const char *types) {
    for (; *types != '\0'; types += 4)
        if (memcmp(chunk->type, types, 4) == 0) return true;
    return false;
}

static bool is_ancillary(const Chunk *chunk) { return (chunk->type[0] & 0x20) != 0; }

static bool is_near(uint32_t a, uint32_t b, uint32_t distance) { return (a > b ? a - b : b - a) <= distance; }

static bool says_srgb(const Chunk *chunk) {
    static const uint32_t srgb[8] = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
    bool gamma = is_one_of(chunk, "gAMA");
    if (chunk->data.n != (gamma ? 4 : 32)) return false;
    if (gamma) return is_near(big_endian(chunk->data, 0), POWER_SRGB, POWER_SAME);
    for (size_t i = 0; i < 8; i++)
        if (!is_near(big_endian(chunk->data, i * 4), srgb[i], CHROMA_SAME)) return false;
    return true;
}

typedef struct {
    bool profile, srgb, other; /* said by iCCP; by sRGB; by gAMA and cHRM, that it is not sRGB */
} Said;

/* Whether it is needed as it is. */
static bool chunk_take(PngParts *parts, Said *said, const Chunk *chunk) {
    if (is_one_of(chunk, "acTL")) parts->animated = chunk->data.n >= 4 && big_endian(chunk->data, 0) > 1;
    if (is_one_of(chunk, "eXIf")) parts->exif = chunk->data;
    if (is_one_of(chunk, "iCCP")) said->profile = true;
    if (is_one_of(chunk, "sRGB")) said->srgb = true;
    if (is_one_of(chunk, "cICP")) /* ITU-T H.273: primaries, curve, no matrix, full range */
        parts->coloured_oddly = !str_equal(chunk->data, (Str){"\1\15\0\1", 4});
    if (is_one_of(chunk, "gAMAcHRM")) {
        said->other = said->other || !says_srgb(chunk);
        return says_srgb(chunk);
    }
    return is_one_of(chunk, "tRNSpHYssRGBsBITbKGDacTLfcTLfdAT");
}

static bool chunk_refuse(Arena *arena, ImageFault *fault, const Chunk *chunk, const char *why) {
    bool plain = true;
    for (int i = 0; i < 4; i++) plain = plain && char_is_letter(chunk->type[i]);
    return image_fault(arena, fault, "image-broken", "save it again as PNG", "is a damaged PNG: its part “%s” %s",
        plain ? chunk->type : "?", why);
}

bool png_parts_read(Arena *arena, ImageFault *fault, Str file, PngParts *out) {
    Pieces pieces = {0};
    Said said = {0};
    Chunk chunk = {0};
    *out = (PngParts){0};
    piece_add(arena, &pieces, str_slice(file, 0, SIGNATURE_BYTES));
    for (size_t at = SIGNATURE_BYTES; !is_one_of(&chunk, "IEND");) {
        if (!chunk_next(file, &at, &chunk))
            return image_fault(
                arena, fault, "image-broken", "copy or download it again", "is cut off: %s", "the end of the PNG is missing");
        if (is_ancillary(&chunk)) {
            if (chunk.intact && chunk_take(out, &said, &chunk)) piece_add(arena, &pieces, chunk.whole);
            continue;
        }
        if (!chunk.intact) return chunk_refuse(arena, fault, &chunk, "is not what its checksum says");
        if (!is_one_of(&chunk, "IHDRPLTEIDATIEND")) return chunk_refuse(arena, fault, &chunk, "is of a kind that is not known");
        piece_add(arena, &pieces, chunk.whole);
    }
    out->coloured = said.profile || (said.other && !said.srgb);
    out->needed = pieces_join(arena, &pieces);
    return true;
}
