/* libpng, reading from memory, with limits on what it unpacks. */
#include "image/png_reader.h"

#include <string.h>

#define CHUNK_BYTES_LIMIT 8000000 /* of one chunk of side information, unpacked */

_Noreturn void png_reader_failed(png_structp png, png_const_charp message) {
    PngReader *reader = png_get_error_ptr(png);
    size_t length = strlen(message);
    if (length >= sizeof reader->message) length = sizeof reader->message - 1;
    memcpy(reader->message, message, length);
    reader->message[length] = '\0';
    png_longjmp(reader->png != NULL ? reader->png : png, 1); /* also from what is written meanwhile */
}

void png_reader_silent(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void png_take(png_structp png, png_bytep out, size_t n) {
    PngReader *reader = png_get_io_ptr(png);
    if (n > reader->bytes.n - reader->at) png_error(png, "the file ends too soon");
    memcpy(out, reader->bytes.p + reader->at, n);
    reader->at += n;
}

void png_reader_open(PngReader *reader, Arena *arena, Str bytes) {
    *reader = (PngReader){.arena = arena, .bytes = bytes};
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, png_reader_failed, png_reader_silent);
    if (reader->png != NULL) reader->info = png_create_info_struct(reader->png);
    if (reader->info == NULL) BUG("libpng cannot be used");
}

void png_reader_close(PngReader *reader) { png_destroy_read_struct(&reader->png, &reader->info, NULL); }

void png_reader_header(PngReader *reader, bool profile) {
    /* Never of use here, and their size is the file's to say: texts, EXIF, suggested palettes, colour profiles. */
    static const png_byte skipped[] = "tEXt\0zTXt\0iTXt\0eXIf\0sPLT\0iCCP";
    png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, skipped, profile ? 5 : 6);
    png_set_user_limits(reader->png, IMAGE_SIDE_LIMIT, IMAGE_SIDE_LIMIT);
    png_set_chunk_malloc_max(reader->png, CHUNK_BYTES_LIMIT);
    png_set_read_fn(reader->png, reader, png_take);
    png_read_info(reader->png, reader->info);
}
