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

/* Each fills in *image from its bytes, and makes of them what may be published (image.h). True with a fault: it can be used, but what the fault says. */
bool png_describe(Arena *arena, ImageFault *fault, Image *image);
bool jpeg_describe(Arena *arena, ImageFault *fault, Image *image);
bool png_decode(Arena *arena, ImageFault *fault, const Image *image, Pixels *out);

/* The EXIF block behind its "Exif\0\0": orientation (1 to 8) and resolution, as far as it says. CIPA DC-008. */
void exif_read(Str block, uint32_t *orientation, uint32_t *dpi);

/* ---- Upright ---- */

/* A picture that is being put upright: its orientation, and its sides as they are stored. */
typedef struct {
    uint32_t orientation; /* 1 to 8 */
    size_t width, height, step; /* step: bytes of a pixel */
    uint8_t *pixels; /* of the upright one; whole */
} Upright;
bool orientation_is_sideways(uint32_t orientation); /* height becomes width */
void sides_turn(Image *image, uint32_t orientation); /* from those that are stored to those that are shown */
void upright_place(const Upright *upright, const uint8_t *row, size_t y); /* the stored row y */

/* ---- What of a file is published: pieces of it, joined ---- */

typedef struct {
    Str *items;
    uint32_t count, capacity;
} Pieces;
void piece_add(Arena *arena, Pieces *pieces, Str piece);
Str pieces_join(Arena *arena, const Pieces *pieces); /* copies nothing when they are one piece of what was there */

/* ---- Colours ---- */

/* How an image's colours become sRGB, 8 bits a component. */
typedef struct {
    void *transform;    /* of lcms; NULL: by `grey`, or by the naive formula for inks */
    uint32_t components; /* that come: 1, 3 or 4; 1 or 3 go */
    bool inverted;      /* inks: 0 is all of one */
    uint8_t grey[256];
} ColourTurn;
typedef enum { COLOURS_ARE_SRGB, COLOURS_TURN, COLOURS_UNKNOWN } Colours;

/* Of an ICC profile for pixels of so many components, and alpha. What is opened with COLOURS_TURN is closed. */
Colours colours_of_profile(Str profile, uint32_t components, bool inverted, bool alpha, ColourTurn *out);
/* Of a power (of what is stored to light), and x and y of white, red, green and blue; NULL: those of sRGB. */
Colours colours_of_power(double power, const double chromaticities[8], uint32_t components, bool alpha, ColourTurn *out);
/* Inks that nothing is known of. */
ColourTurn colours_of_inks(bool inverted);
void colours_row(const ColourTurn *turn, const uint8_t *in, uint8_t *out, size_t pixels); /* `in` may be `out` */
void colours_close(ColourTurn *turn);
/* Always true: the image can be used, with a warning. */
bool colours_doubt(Arena *arena, ImageFault *fault);

/* ---- JPEG ---- */

typedef struct {
    Str exif;     /* behind its label */
    Str jfif, adobe; /* bodies of APP0 and APP14 */
    Str profile;  /* ICC, its parts joined; empty: none */
    bool profile_broken; /* there is one, but not all of it */
    unsigned frame; /* marker of the frame (SOFn); 0: none */
    uint32_t frames, scans, precision;
    size_t data;  /* bytes of entropy-coded data */
    bool ended;   /* the image's end is there */
} JpegParts;
JpegParts jpeg_parts_read(Arena *arena, Str file);
/* The file without what decoding does not need. `dpi`: to be said, since nothing else that stays says it; 0: nothing. */
Str jpeg_parts_needed(Arena *arena, Str file, const JpegParts *parts, uint32_t dpi);

typedef struct {
    uint32_t width, height, components, dpi;
    uint64_t blocks; /* of 8 × 8 samples */
    bool adobe, rgb;
} JpegHeader;
bool jpeg_header_read(Arena *arena, ImageFault *fault, Str file, JpegHeader *out);

/* Decodes and encodes again: upright, with other colours, or both. `turn` may be NULL. */
typedef struct {
    uint32_t orientation, dpi;
    const ColourTurn *turn;
} JpegAgain;
bool jpeg_again(Arena *arena, ImageFault *fault, Str file, const JpegAgain *how, Str *out);

/* ---- PNG ---- */

typedef struct {
    Str needed; /* the file without what decoding does not need */
    Str exif;
    bool coloured; /* something is said of its colours that is not kept, or must be looked at: iCCP, gAMA, cHRM, without sRGB */
    bool coloured_oddly; /* by a cICP chunk other than sRGB's */
    bool animated;
} PngParts;
bool png_parts_read(Arena *arena, ImageFault *fault, Str file, PngParts *out);

/* Decodes and encodes again: upright, as sRGB, or both; *out is changed if there was anything to do. */
typedef struct {
    uint32_t orientation;
    bool coloured; /* what the file says of its colours is to be found out */
} PngAgain;
bool png_again(Arena *arena, ImageFault *fault, Str file, const PngAgain *how, Str *out, Colours *found);

/* What bytes that are no PNG or JPEG seem to be: "a WebP file"; NULL when they seem to be nothing known. */
typedef struct {
    const char *what, *hint;
} ImageGuess;
ImageGuess image_guess(Str bytes);

#endif
