/* PNG (ISO 15948), by libpng: its header, and its pixels as 8 bit grey or RGB with or without alpha.
 *
 * libpng leaves a function by longjmp when it fails. So that nothing is lost on the way, what is changed between setjmp and the
 * jump lies in a PngReader that the caller owns.
 */
#include "image/internal.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>

#define CHUNK_BYTES_LIMIT 8000000 /* of one chunk of side information, unpacked */
#define HEADER_BYTES 8 /* the signature */

typedef struct {
    Arena *arena;
    Str bytes;
    size_t at;
    png_structp png;
    png_infop info;
    char message[100];
} PngReader;

static _Noreturn void png_failed(png_structp png, png_const_charp message) {
    PngReader *reader = png_get_error_ptr(png);
    size_t length = strlen(message);
    if (length >= sizeof reader->message) length = sizeof reader->message - 1;
    memcpy(reader->message, message, length);
    reader->message[length] = '\0';
    png_longjmp(png, 1);
}

static void png_silent(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void png_take(png_structp png, png_bytep out, size_t n) {
    PngReader *reader = png_get_io_ptr(png);
    if (n > reader->bytes.n - reader->at) png_error(png, "the file ends too soon");
    memcpy(out, reader->bytes.p + reader->at, n);
    reader->at += n;
}

static void reader_open(PngReader *reader, Arena *arena, Str bytes) {
    *reader = (PngReader){.arena = arena, .bytes = bytes};
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, png_failed, png_silent);
    if (reader->png != NULL) reader->info = png_create_info_struct(reader->png);
    if (reader->info == NULL) BUG("libpng cannot be used");
}

static void reader_close(PngReader *reader) { png_destroy_read_struct(&reader->png, &reader->info, NULL); }

/* Until the pixels begin. May jump. */
static void reader_header(PngReader *reader) {
    /* Never of use here, and their size is the file's to say: texts, colour profiles, EXIF, suggested palettes. */
    static const png_byte skipped[] = "tEXt\0zTXt\0iTXt\0iCCP\0eXIf\0sPLT";
    png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, skipped, 6);
    png_set_user_limits(reader->png, IMAGE_SIDE_LIMIT, IMAGE_SIDE_LIMIT);
    png_set_chunk_malloc_max(reader->png, CHUNK_BYTES_LIMIT);
    png_set_read_fn(reader->png, reader, png_take);
    png_read_info(reader->png, reader->info);
}

static bool png_broken(Arena *arena, ImageFault *fault, const PngReader *reader) {
    return image_fault(arena, fault, "image-broken", "save it again as PNG", "is a damaged PNG: %s", reader->message);
}

static uint32_t big_endian(Str bytes, size_t at) {
    const unsigned char *p = (const unsigned char *)bytes.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ISO 15948 §5: chunks of length, type, data and checksum, the last IEND. Seen without unpacking anything. */
static bool chunks_whole(Str bytes) {
    for (size_t at = HEADER_BYTES; bytes.n - at >= 12;) {
        size_t length = big_endian(bytes, at);
        if (length > bytes.n - at - 12) return false;
        if (memcmp(bytes.p + at + 4, "IEND", 4) == 0) return true;
        at += length + 12;
    }
    return false;
}

/* Chunks that say so stand before the pixels (PNG, 3rd edition, §11.3.4.1). Only of a file that is whole. */
static bool is_animated(Str bytes) {
    for (size_t at = HEADER_BYTES; bytes.n - at >= 12; at += big_endian(bytes, at) + 12) {
        if (memcmp(bytes.p + at + 4, "acTL", 4) == 0) return bytes.n - at >= 16 && big_endian(bytes, at + 8) > 1;
        if (memcmp(bytes.p + at + 4, "IDAT", 4) == 0 || memcmp(bytes.p + at + 4, "IEND", 4) == 0) break;
    }
    return false;
}

static uint32_t dpi_of(const PngReader *reader) {
    png_uint_32 across, down;
    int unit;
    if (!png_get_pHYs(reader->png, reader->info, &across, &down, &unit) || unit != PNG_RESOLUTION_METER) return 0;
    return image_dpi_plausible(across * 0.0254);
}

bool png_describe(Arena *arena, ImageFault *fault, Image *image) {
    /* Before libpng has its own, less helpful words for it. */
    if (image->bytes.n >= 24 && memcmp(image->bytes.p + 12, "IHDR", 4) == 0 &&
        !image_size_allowed(arena, fault, big_endian(image->bytes, 16), big_endian(image->bytes, 20)))
        return false;
    PngReader reader;
    reader_open(&reader, arena, image->bytes);
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        bool failed = png_broken(arena, fault, &reader);
        reader_close(&reader);
        return failed;
    }
    reader_header(&reader);
    int kind = png_get_color_type(reader.png, reader.info);
    image->format = IMAGE_PNG;
    image->width = png_get_image_width(reader.png, reader.info);
    image->height = png_get_image_height(reader.png, reader.info);
    image->components = (kind & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
    image->alpha = (kind & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0;
    image->dpi = dpi_of(&reader);
    reader_close(&reader);
    if (!chunks_whole(image->bytes))
        return image_fault(
            arena, fault, "image-broken", "copy or download it again", "is cut off: %s", "the end of the PNG is missing");
    image->animated = is_animated(image->bytes);
    return true;
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
    reader_open(&reader, arena, image->bytes);
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        bool failed = png_broken(arena, fault, &reader);
        reader_close(&reader);
        return failed;
    }
    reader_header(&reader);
    pixels_prepare(&reader, &pixels, &passes);
    pixels_read(&reader, &pixels, passes);
    reader_close(&reader);
    size_t count = (size_t)pixels.width * pixels.height;
    bool transparent = pixels.alpha != NULL && !pixels.opaque;
    *out = (Pixels){
        .colour = {(const char *)pixels.colour, count * pixels.components},
        .alpha = transparent ? (Str){(const char *)pixels.alpha, count} : (Str){NULL, 0},
        .components = pixels.components,
    };
    return true;
}
