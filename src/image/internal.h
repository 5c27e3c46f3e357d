/* What the files of image/ share among themselves. No other room includes it. */
#ifndef BRIEF_IMAGE_INTERNAL_H
#define BRIEF_IMAGE_INTERNAL_H

#include "image/image.h"

#define IMAGE_SIDE_LIMIT 32767u
#define IMAGE_PIXEL_LIMIT limit_of(LIMIT_IMAGE_PIXELS)

/* Why an image cannot be used: a stable code, the rest of a sentence that begins with its name, and what to do (or NULL). */
typedef struct {
    const char *code;
    Str message;
    const char *hint;
} ImageFault;

/* Always false, so that callers can return it. */
bool image_fault(Arena *arena, ImageFault *fault, const char *code, const char *hint, const char *format, ...) BASE_PRINTF(5, 6);
/* Within the limits, or a fault. */
bool image_size_allowed(Arena *arena, ImageFault *fault, uint32_t width, uint32_t height);
/* Resolutions that nobody means are 0. */
uint32_t image_dpi_plausible(double dpi);

/* Each fills in *image from its bytes. */
bool png_describe(Arena *arena, ImageFault *fault, Image *image);
bool jpeg_describe(Arena *arena, ImageFault *fault, Image *image);
bool png_decode(Arena *arena, ImageFault *fault, const Image *image, Pixels *out);

/* The EXIF block behind its "Exif\0\0": orientation (1 to 8) and resolution, as far as it says. CIPA DC-008. */
void exif_read(Str block, uint32_t *orientation, uint32_t *dpi);

/* What bytes that are no PNG or JPEG seem to be: "a WebP file"; NULL when they seem to be nothing known. */
typedef struct {
    const char *what, *hint;
} ImageGuess;
ImageGuess image_guess(Str bytes);

#endif
