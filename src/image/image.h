/* image: what an image is, and its pixels. The only room that knows libpng and libjpeg.
 *
 * Images lie: dimensions are bounded, decoding is checked, and a file that is not what it seems is an error at the place in the
 * document that names it.
 */
#ifndef BRIEF_IMAGE_H
#define BRIEF_IMAGE_H

#include "base/base.h"

typedef enum { IMAGE_PNG, IMAGE_JPEG } ImageFormat;

typedef struct {
    Str name;            /* as the document names it */
    Str bytes;           /* the file, unchanged (the EPUB carries it) */
    ImageFormat format;
    uint32_t width, height; /* pixels, as shown (after EXIF orientation, if any) */
    uint32_t components; /* colour components of the stored image: 1 grey, 3 RGB, 4 CMYK (JPEG only) */
    uint32_t dpi;        /* from the file; 0 = it does not say */
    uint32_t orientation; /* EXIF, 1 to 8; 1 = upright */
    bool alpha;          /* PNG with transparency */
    bool animated;       /* PNG of several pictures (APNG): the PDF has the first, an EPUB's reader plays them all */
    bool inverted;       /* Adobe CMYK JPEG: values are inverted */
    bool plain_rgb;      /* JPEG: stored as RGB without an Adobe marker that says so (PDF: /ColorTransform 0) */
} Image;

/* Pixels, 8 bits a component, rows from the top, without padding. */
typedef struct {
    Str colour; /* width × height × components (1 or 3) */
    Str alpha;  /* width × height, or empty */
    uint32_t components;
} Pixels;

/* Reads and checks `name` below `root`. NULL with an error at `at`. Each name is read once per set. */
typedef struct ImageSet ImageSet;
ImageSet *images_new(Arena *arena, const Root *root); /* root NULL: nothing may be read */
const Image *image_load(ImageSet *set, Diags *d, Str name, Place at);
/* PNG only (a JPEG is carried as it is). False with an error at `at`. */
bool image_pixels(Arena *arena, Diags *d, const Image *image, Place at, Pixels *out);

#endif
