/* What a file seems to be that is no PNG or JPEG, by its first bytes, so that the message can say it. */
#include "image/internal.h"

#include <string.h>

#define CONVERT "convert it to PNG or JPEG"

static bool holds(Str bytes, size_t limit, const char *word) {
    size_t length = strlen(word), end = bytes.n < limit ? bytes.n : limit;
    for (size_t i = 0; i + length <= end; i++)
        if (memcmp(bytes.p + i, word, length) == 0) return true;
    return false;
}

static bool at(Str bytes, size_t offset, const char *magic, size_t length) {
    return bytes.n >= offset + length && memcmp(bytes.p + offset, magic, length) == 0;
}

/* ISO 14496-12 §4.3: the brand behind "ftyp" */
static ImageGuess guess_brand(Str bytes) {
    if (holds(bytes, 40, "avif")) return (ImageGuess){"an AVIF file", CONVERT};
    if (holds(bytes, 40, "heic") || holds(bytes, 40, "heix") || holds(bytes, 40, "mif1"))
        return (ImageGuess){"a HEIC file", CONVERT};
    return (ImageGuess){"a video", "take a picture from it as PNG or JPEG"};
}

static ImageGuess guess_text(Str bytes) {
    if (holds(bytes, 4096, "<svg"))
        return (ImageGuess){"an SVG drawing, which cannot be set yet", "export it as PNG, at 300 pixels an inch"};
    if (holds(bytes, 4096, "<!DOCTYPE html") || holds(bytes, 4096, "<html") || holds(bytes, 4096, "<!doctype html"))
        return (ImageGuess){"a web page", "save the picture itself, not the page that shows it"};
    if (at(bytes, 0, "version https://git-lfs", 23))
        return (ImageGuess){"a pointer of Git LFS", "fetch the file itself: git lfs pull"};
    return (ImageGuess){NULL, NULL};
}

ImageGuess image_guess(Str bytes) {
    if (at(bytes, 0, "RIFF", 4) && at(bytes, 8, "WEBP", 4)) return (ImageGuess){"a WebP file", CONVERT};
    if (at(bytes, 0, "GIF8", 4)) return (ImageGuess){"a GIF file", CONVERT};
    if (at(bytes, 0, "BM", 2) && at(bytes, 6, "\0\0\0\0", 4)) return (ImageGuess){"a BMP file", CONVERT};
    if (at(bytes, 0, "II*\0", 4) || at(bytes, 0, "MM\0*", 4)) return (ImageGuess){"a TIFF file", CONVERT};
    if (at(bytes, 4, "ftyp", 4)) return guess_brand(bytes);
    if (at(bytes, 0, "\0\0\0\x0CjP  ", 8) || at(bytes, 0, "\xFF\x4F\xFF\x51", 4))
        return (ImageGuess){"a JPEG 2000 file", CONVERT};
    if (at(bytes, 0, "\xFF\x0A", 2) || at(bytes, 0, "\0\0\0\x0CJXL ", 8)) return (ImageGuess){"a JPEG XL file", CONVERT};
    if (at(bytes, 0, "%PDF-", 5)) return (ImageGuess){"a PDF file", CONVERT};
    if (at(bytes, 0, "%!PS", 4)) return (ImageGuess){"a PostScript file", CONVERT};
    if (at(bytes, 0, "8BPS", 4)) return (ImageGuess){"a Photoshop file", CONVERT};
    if (at(bytes, 0, "\0\0\1\0", 4)) return (ImageGuess){"an icon file", CONVERT};
    if (at(bytes, 0, "PK\3\4", 4))
        return (ImageGuess){"a ZIP archive or an office document", "save the picture in it as PNG or JPEG"};
    return guess_text(bytes);
}
