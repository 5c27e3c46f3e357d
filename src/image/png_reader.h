/* libpng, reading from memory. It leaves a function by longjmp when it fails: so that nothing is lost on the way, what is changed between
 * setjmp and the jump lies in a PngReader that the caller owns.
 */
#ifndef BRIEF_IMAGE_PNG_READER_H
#define BRIEF_IMAGE_PNG_READER_H

#include "image/internal.h"

#include <setjmp.h>

#include <png.h>

typedef struct {
    Arena *arena;
    Str bytes;
    size_t at;
    png_structp png;
    png_infop info;
    char message[100]; /* of the failure */
} PngReader;

void png_reader_open(PngReader *reader, Arena *arena, Str bytes);
void png_reader_close(PngReader *reader);
/* Until the pixels begin; with a colour profile, if it is wanted. May jump. */
void png_reader_header(PngReader *reader, bool profile);

/* For libpng's error pointer, which is a PngReader. */
_Noreturn void png_reader_failed(png_structp png, png_const_charp message);
void png_reader_silent(png_structp png, png_const_charp message);

#endif
