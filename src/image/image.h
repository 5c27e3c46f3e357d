/* image: what an image is, and its pixels. The only room that knows libpng, libjpeg and lcms.
 *
 * Images lie: dimensions are bounded, decoding is checked, and a file that is not what it seems is an error at the place in the
 * document that names it. Images tell: of a file only what its pixels need goes further than this room. EXIF with its places, makers'
 * notes, thumbnails, XMP, IPTC, comments, texts, colour profiles, and whatever stands behind the image's end are left out. Every image
 * is upright and sRGB (or grey): one that is turned by its EXIF, is of another colour space or of inks is encoded again. What is published and read
 * once more is published unchanged, so that a document can be made again from what its files carry.
 */
#ifndef BRIEF_IMAGE_H
#define BRIEF_IMAGE_H

#include "base/base.h"

typedef enum { IMAGE_PNG, IMAGE_JPEG } ImageFormat;

typedef struct {
    Str name;            /* as the document names it */
    Str bytes;           /* what is published of the file; all of it, where there was nothing to leave out or to turn */
    ImageFormat format;
    uint32_t width, height; /* pixels, as shown */
    uint32_t components; /* 1 grey, 3 RGB */
    uint32_t dpi;        /* from the file; 0 = it does not say */
    bool alpha;          /* PNG with transparency */
    bool animated;       /* PNG of several pictures (APNG): the PDF has the first, an EPUB's reader plays them all */
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
/* What load would publish of such a file; the file as it is, if it is no image that can be used. */
Str image_published(Arena *arena, Str file);
/* PNG only (a JPEG is carried as it is). False with an error at `at`. */
bool image_pixels(Arena *arena, Diags *d, const Image *image, Place at, Pixels *out);

#endif
