/* PNG data carried into the PDF without unpacking and packing it again: the filters of PNG are a predictor of PDF (ISO 32000-1 §7.4.4.4),
 * so that the data of an image without transparency and interlacing can stand there as it is (ISO/IEC 15948 §10, §11).
 *
 * It is inflated once to see that it is whole. Whatever is unusual is left to the image room, which decodes it or says what is wrong.
 */
#include "pdf/picture.h"

#include <string.h>

#include <libdeflate.h>

enum { GREY = 0, RGB = 2, PALETTE = 3 };

typedef struct {
    uint32_t width, height;
    uint8_t depth, colour, interlaced;
    Str palette;
    Buf data;
} PngData;

static uint32_t big_endian(const char *p) {
    const uint8_t *b = (const uint8_t *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool header_take(PngData *png, Str chunk) {
    if (chunk.n != 13 || chunk.p[10] != 0 || chunk.p[11] != 0) return false;
    png->width = big_endian(chunk.p);
    png->height = big_endian(chunk.p + 4);
    png->depth = (uint8_t)chunk.p[8];
    png->colour = (uint8_t)chunk.p[9];
    png->interlaced = (uint8_t)chunk.p[12];
    bool power = png->depth == 1 || png->depth == 2 || png->depth == 4 || png->depth == 8 || png->depth == 16;
    bool known = png->colour == GREY || (png->colour == RGB && png->depth >= 8) || (png->colour == PALETTE && png->depth <= 8);
    return power && known && png->interlaced == 0;
}

/* Gathers what is needed from the chunks; false when there is one that changes what they mean. The image room has held them against their checksums. */
static bool chunks_take(PngData *png, Str file) {
    for (size_t at = 8; file.n - at >= 12;) {
        size_t length = big_endian(file.p + at);
        if (length > file.n - at - 12) return false;
        const char *type = file.p + at + 4;
        Str chunk = {type + 4, length};
        if (memcmp(type, "IHDR", 4) == 0) {
            if (png->width > 0 || !header_take(png, chunk)) return false;
        } else if (memcmp(type, "PLTE", 4) == 0) {
            png->palette = chunk;
        } else if (memcmp(type, "IDAT", 4) == 0) {
            buf_add(&png->data, chunk);
        } else if (memcmp(type, "IEND", 4) == 0) {
            return png->width > 0 && png->height > 0;
        } else if (memcmp(type, "tRNS", 4) == 0 || (type[0] & 0x20) == 0) {
            return false; /* transparent, or a critical chunk that we do not know */
        }
        at += length + 12;
    }
    return false;
}

static bool data_is_whole(const PngData *png, size_t row_bytes) {
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    if (!inflater) return false;
    Arena *arena = arena_open();
    size_t size = (row_bytes + 1) * png->height;
    uint8_t *rows = NEW_ARRAY(arena, uint8_t, size);
    bool whole = libdeflate_zlib_decompress(inflater, png->data.p, png->data.n, rows, size, NULL) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(inflater);
    for (uint32_t y = 0; whole && y < png->height; y++) whole = rows[y * (row_bytes + 1)] <= 4; /* a filter that exists */
    arena_close(arena);
    return whole;
}

bool picture_png_prepare(Picture *picture) {
    const Image *image = picture->image;
    PngData png = {.data = buf_new(picture->arena)};
    if (image->alpha || !chunks_take(&png, image->bytes)) return false;
    if (png.width != image->width || png.height != image->height) return false;
    uint32_t colours = png.colour == RGB ? 3 : 1;
    size_t row_bytes = ((size_t)png.width * colours * png.depth + 7) / 8;
    if (png.colour == PALETTE && (png.palette.n == 0 || png.palette.n % 3 != 0 || png.palette.n > 768)) return false;
    if (!data_is_whole(&png, row_bytes)) return false;

    Buf *b = &picture->before;
    buf_add_c(b, "/Type/XObject/Subtype/Image/Width ");
    buf_add_int(b, png.width);
    buf_add_c(b, "/Height ");
    buf_add_int(b, png.height);
    buf_add_c(b, "/BitsPerComponent ");
    buf_add_int(b, png.depth);
    if (png.colour == PALETTE) {
        buf_add_c(b, "/ColorSpace[/Indexed/DeviceRGB ");
        buf_add_int(b, (int64_t)png.palette.n / 3 - 1);
        syntax_ascii(b, png.palette);
        buf_add_char(b, ']');
    } else {
        buf_add_c(b, png.colour == RGB ? "/ColorSpace/DeviceRGB" : "/ColorSpace/DeviceGray");
    }
    buf_add_c(b, "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ");
    buf_add_int(b, colours);
    buf_add_c(b, "/BitsPerComponent ");
    buf_add_int(b, png.depth);
    buf_add_c(b, "/Columns ");
    buf_add_int(b, png.width);
    buf_add_c(b, ">>\n");
    picture->data = buf_str(&png.data);
    picture->coding = STREAM_AS_IS;
    return true;
}
