/* JPEG (ITU-T T.81): what its header says, and that it is whole. The pixels are never decoded: a PDF and an EPUB carry the file
 * as it is.
 *
 * libjpeg reads the header; the markers are walked once more here for what it does not tell (EXIF, the end of the image).
 */
#include "image/internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

/* Loaded when there is a JPEG. */
/* clang-format off */
#define LIBJPEG_FUNCTIONS(F) \
    F(jpeg_CreateDecompress) F(jpeg_destroy_decompress) F(jpeg_mem_src) F(jpeg_read_header) F(jpeg_std_error)
/* clang-format on */
LATE_LIBRARY(libjpeg, BRIEF_JPEG, LIBJPEG_FUNCTIONS)

#define MARKER_SOI 0xD8
#define MARKER_EOI 0xD9
#define MARKER_SOS 0xDA
#define MARKER_APP1 0xE1
#define EXIF_LABEL "Exif\0\0"

/* ---- The header, by libjpeg ------------------------------------------------------------------------------------- */

typedef struct {
    struct jpeg_error_mgr manager; /* first, so that a pointer to it is a pointer to this */
    jmp_buf back;
    char message[JMSG_LENGTH_MAX];
} JpegErrors;

static void jpeg_failed(j_common_ptr common) {
    JpegErrors *errors = (JpegErrors *)common->err;
    common->err->format_message(common, errors->message);
    longjmp(errors->back, 1);
}

static void jpeg_silent(j_common_ptr common, int level) {
    (void)common;
    (void)level;
}

typedef struct {
    uint32_t width, height, components, dpi;
    int precision;
    bool arithmetic, adobe, rgb;
} JpegHeader;

static void header_take(const struct jpeg_decompress_struct *jpeg, JpegHeader *out) {
    double per_inch = jpeg->density_unit == 1 ? 1 : jpeg->density_unit == 2 ? 2.54 : 0;
    *out = (JpegHeader){
        .width = jpeg->image_width,
        .height = jpeg->image_height,
        .components = (uint32_t)jpeg->num_components,
        .dpi = jpeg->saw_JFIF_marker ? image_dpi_plausible(jpeg->X_density * per_inch) : 0,
        .precision = jpeg->data_precision,
        .arithmetic = jpeg->arith_code,
        .adobe = jpeg->saw_Adobe_marker,
        .rgb = jpeg->jpeg_color_space == JCS_RGB,
    };
}

static bool header_read(Arena *arena, ImageFault *fault, Str bytes, JpegHeader *out) {
    struct jpeg_decompress_struct jpeg;
    JpegErrors errors;
    memset(&jpeg, 0, sizeof jpeg);
    jpeg.err = libjpeg()->jpeg_std_error(&errors.manager);
    errors.manager.error_exit = jpeg_failed;
    errors.manager.emit_message = jpeg_silent;
    if (setjmp(errors.back) != 0) {
        libjpeg()->jpeg_destroy_decompress(&jpeg);
        return image_fault(arena, fault, "image-broken", "save it again as JPEG or PNG", "is a damaged JPEG: %s", errors.message);
    }
    libjpeg()->jpeg_CreateDecompress(&jpeg, JPEG_LIB_VERSION, sizeof jpeg);
    libjpeg()->jpeg_mem_src(&jpeg, (const unsigned char *)bytes.p, (unsigned long)bytes.n);
    libjpeg()->jpeg_read_header(&jpeg, TRUE);
    header_take(&jpeg, out);
    libjpeg()->jpeg_destroy_decompress(&jpeg);
    return true;
}

/* ---- The markers -------------------------------------------------------------------------------------------------- */

/* The offset of the next marker's code at or behind `at` (T.81 §B.1.1.2: 0xFF, not followed by 0 or 0xFF), or n. */
static size_t marker_find(Str bytes, size_t at) {
    while (at < bytes.n) {
        const char *found = memchr(bytes.p + at, 0xFF, bytes.n - at);
        if (found == NULL) return bytes.n;
        at = (size_t)(found - bytes.p) + 1;
        if (at < bytes.n && (unsigned char)bytes.p[at] != 0 && (unsigned char)bytes.p[at] != 0xFF) return at;
    }
    return bytes.n;
}

static bool marker_stands_alone(unsigned marker) { return marker == 0x01 || (marker >= 0xD0 && marker <= MARKER_SOI); }

typedef struct {
    Str exif; /* behind its label; empty when there is none */
    bool scan; /* there are pixels */
    bool ended; /* and the image's end behind them */
} JpegMarkers;

static JpegMarkers markers_walk(Str bytes) {
    JpegMarkers found = {0};
    for (size_t at = marker_find(bytes, 2); at < bytes.n;) {
        unsigned marker = (unsigned char)bytes.p[at++];
        if (marker == MARKER_EOI) {
            found.ended = true;
            return found;
        }
        if (!marker_stands_alone(marker)) {
            if (bytes.n - at < 2) return found;
            size_t length = (size_t)(unsigned char)bytes.p[at] << 8 | (unsigned char)bytes.p[at + 1];
            if (length < 2 || length > bytes.n - at) return found;
            Str segment = str_slice(bytes, at + 2, at + length);
            if (marker == MARKER_APP1 && found.exif.n == 0 && str_starts(segment, STR(EXIF_LABEL)))
                found.exif = str_slice(segment, sizeof EXIF_LABEL - 1, segment.n);
            if (marker == MARKER_SOS) found.scan = true;
            at += length;
        }
        at = marker_find(bytes, at);
    }
    return found;
}

/* ---- Both --------------------------------------------------------------------------------------------------------- */

bool jpeg_describe(Arena *arena, ImageFault *fault, Image *image) {
    JpegHeader header;
    if (!header_read(arena, fault, image->bytes, &header)) return false;
    if (!image_size_allowed(arena, fault, header.width, header.height)) return false;
    bool usual = header.precision == 8 && !header.arithmetic;
    if (!usual || (header.components != 1 && header.components != 3 && header.components != 4))
        return image_fault(
            arena, fault, "image-format", "save it as an ordinary JPEG", "is %s", "a JPEG of a kind that readers cannot show");
    JpegMarkers markers = markers_walk(image->bytes);
    if (!markers.scan || !markers.ended)
        return image_fault(
            arena, fault, "image-broken", "copy or download it again", "is cut off: %s", "the end of the JPEG is missing");
    uint32_t exif_dpi = 0;
    exif_read(markers.exif, &image->orientation, &exif_dpi);
    bool turned = image->orientation >= 5;
    image->format = IMAGE_JPEG;
    image->width = turned ? header.height : header.width;
    image->height = turned ? header.width : header.height;
    image->components = header.components;
    image->dpi = header.dpi > 0 ? header.dpi : exif_dpi;
    image->inverted = header.components == 4 && header.adobe;
    image->plain_rgb = header.rgb && !header.adobe;
    return true;
}
