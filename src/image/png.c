/* PNG (ISO 15948): its header, and its pixels as 8 bit grey or RGB with or without alpha. */
#include "image/png_reader.h"

#include <string.h>

#define HEADER_BYTES 24 /* as far as IHDR says the size */

static bool png_broken(Arena *arena, ImageFault *fault, const PngReader *reader) {
    return image_fault(arena, fault, "image-broken", "save it again as PNG", "is a damaged PNG: %s", reader->message);
}

static uint32_t big_endian(Str bytes, size_t at) {
    const unsigned char *p = (const unsigned char *)bytes.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t dpi_of(const PngReader *reader) {
    png_uint_32 across, down;
    int unit;
    if (!png_get_pHYs(reader->png, reader->info, &across, &down, &unit) || unit != PNG_RESOLUTION_METER) return 0;
    return image_dpi_plausible(across * 0.0254);
}

static bool header_read(Arena *arena, ImageFault *fault, Image *image) {
    PngReader reader;
    png_reader_open(&reader, arena, image->bytes);
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        bool failed = png_broken(arena, fault, &reader);
        png_reader_close(&reader);
        return failed;
    }
    png_reader_header(&reader, false);
    int kind = png_get_color_type(reader.png, reader.info);
    image->format = IMAGE_PNG;
    image->width = png_get_image_width(reader.png, reader.info);
    image->height = png_get_image_height(reader.png, reader.info);
    image->components = (kind & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
    image->alpha = (kind & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0;
    image->dpi = dpi_of(&reader);
    png_reader_close(&reader);
    return true;
}

bool png_describe(Arena *arena, ImageFault *fault, Image *image) {
    /* Before libpng has its own, less helpful words for it. */
    if (image->bytes.n >= HEADER_BYTES && memcmp(image->bytes.p + 12, "IHDR", 4) == 0 &&
        !image_size_allowed(arena, fault, big_endian(image->bytes, 16), big_endian(image->bytes, 20)))
        return false;
    PngParts parts;
    Str file = image->bytes;
    if (!png_parts_read(arena, fault, file, &parts)) return false;
    image->bytes = parts.needed;
    if (!header_read(arena, fault, image)) return false;
    Colours colours = COLOURS_ARE_SRGB;
    uint32_t dpi = 0; /* a PNG has a chunk of its own for that */
    PngAgain how = {.orientation = 1, .coloured = parts.coloured};
    exif_read(parts.exif, &how.orientation, &dpi);
    if ((parts.coloured || how.orientation > 1) && !png_again(arena, fault, file, &how, &image->bytes, &colours)) return false;
    image->animated = parts.animated && image->bytes.p == parts.needed.p;
    sides_turn(image, how.orientation);
    return (colours != COLOURS_UNKNOWN && !parts.coloured_oddly) || colours_doubt(arena, fault);
}

/* ---- Pixels --------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t width, height, channels, components; /* channels: components and alpha */
    unsigned char *rows; /* one row; all of them when the image is interlaced */
    unsigned char *colour, *alpha;
    bool opaque;
} PngPixels;

/* 8 bits, grey or RGB, and alpha where there is any transparency. May jump. */
static void pixels_prepare(PngReader *reader, PngPixels *pixels, int *passes) {
    png_set_expand(reader->png);
    png_set_scale_16(reader->png);
    *passes = png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
    pixels->width = png_get_image_width(reader->png, reader->info);
    pixels->height = png_get_image_height(reader->png, reader->info);
    pixels->channels = png_get_channels(reader->png, reader->info);
    pixels->components = pixels->channels >= 3 ? 3 : 1;
    if (png_get_rowbytes(reader->png, reader->info) != (size_t)pixels->width * pixels->channels)
        BUG("a row of a PNG is not as long as wanted");
    size_t count = (size_t)pixels->width * pixels->height;
    size_t rows_kept = *passes > 1 ? pixels->height : 1;
    pixels->rows = arena_array(reader->arena, rows_kept, (size_t)pixels->width * pixels->channels, 16);
    pixels->colour = arena_array(reader->arena, count, pixels->components, 16);
    pixels->alpha = pixels->channels > pixels->components ? arena_array(reader->arena, count, 1, 16) : NULL;
    pixels->opaque = true;
}

static void row_split(PngPixels *pixels, const unsigned char *row, uint32_t y) {
    unsigned char *colour = pixels->colour + (size_t)y * pixels->width * pixels->components;
    if (pixels->alpha == NULL) {
        memcpy(colour, row, (size_t)pixels->width * pixels->components);
        return;
    }
    unsigned char *alpha = pixels->alpha + (size_t)y * pixels->width;
    for (uint32_t x = 0; x < pixels->width; x++) {
        for (uint32_t i = 0; i < pixels->components; i++) *colour++ = *row++;
        if (*row != 255) pixels->opaque = false;
        *alpha++ = *row++;
    }
}

/* May jump. */
static void pixels_read(PngReader *reader, PngPixels *pixels, int passes) {
    size_t row_bytes = (size_t)pixels->width * pixels->channels;
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < pixels->height; y++) {
            unsigned char *row = pixels->rows + (passes > 1 ? y * row_bytes : 0);
            png_read_row(reader->png, row, NULL);
            if (pass == passes - 1) row_split(pixels, row, y);
        }
    }
    png_read_end(reader->png, NULL);
}

bool png_decode(Arena *arena, ImageFault *fault, const Image *image, Pixels *out) {
    PngReader reader;
    PngPixels pixels = {0};
    int passes = 1;
    png_reader_open(&reader, arena, image->bytes);
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        bool failed = png_broken(arena, fault, &reader);
        png_reader_close(&reader);
        return failed;
    }
    png_reader_header(&reader, false);
    pixels_prepare(&reader, &pixels, &passes);
    pixels_read(&reader, &pixels, passes);
    png_reader_close(&reader);
    size_t count = (size_t)pixels.width * pixels.height;
    bool transparent = pixels.alpha != NULL && !pixels.opaque;
    *out = (Pixels){
        .colour = {(const char *)pixels.colour, count * pixels.components},
        .alpha = transparent ? (Str){(const char *)pixels.alpha, count} : (Str){NULL, 0},
        .components = pixels.components,
    };
    return true;
}
