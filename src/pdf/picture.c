/* Images as XObjects. A JPEG file goes in as it is, and so does most PNG data (picture_png.c); the pixels of any other PNG are deflated
 * anew, each row after the filter that leaves the least (ISO/IEC 15948 §9), transparency apart as a soft mask.
 *
 * PDF/A-2 allows DeviceCMYK only under a CMYK output intent (ISO 19005-2 §6.2.4.3), and ours is sRGB. A CMYK JPEG is therefore declared as four
 * named process colours that are turned to RGB by a function: its bytes pass unchanged, and a press still finds the four inks. */
#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

PictureSet *picture_set_new(Arena *arena) {
    PictureSet *set = NEW(arena, PictureSet);
    set->by_name = strmap_new(arena);
    return set;
}

/* ---- Rows ---------------------------------------------------------------------------------------------------------- */

static uint8_t paeth(uint8_t left, uint8_t above, uint8_t corner) {
    int estimate = left + above - corner;
    int a = abs(estimate - left), b = abs(estimate - above), c = abs(estimate - corner);
    if (a <= b && a <= c) return left;
    return b <= c ? above : corner;
}

enum { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_AVERAGE, FILTER_PAETH };

/* Filters one row, by a loop for each filter that the compiler can widen; what lies before the row is zero. */
static void row_filter(int filter, const uint8_t *row, const uint8_t *above, size_t n, size_t step, uint8_t *out) {
    size_t start = step < n ? step : n;
    switch (filter) {
    case FILTER_SUB:
        memcpy(out, row, start);
        for (size_t i = start; i < n; i++) out[i] = (uint8_t)(row[i] - row[i - step]);
        break;
    case FILTER_UP:
        for (size_t i = 0; i < n; i++) out[i] = (uint8_t)(row[i] - above[i]);
        break;
    case FILTER_PAETH:
        for (size_t i = 0; i < start; i++) out[i] = (uint8_t)(row[i] - above[i]);
        for (size_t i = start; i < n; i++) out[i] = (uint8_t)(row[i] - paeth(row[i - step], above[i], above[i - step]));
        break;
    default: memcpy(out, row, n); break;
    }
}

/* The sum of the distances from zero, by which filters are compared. */
static uint64_t row_cost(const uint8_t *row, size_t n) {
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += (uint64_t)abs((int8_t)row[i]);
    return sum;
}

static Str rows_filter(Arena *arena, Str pixels, size_t row, size_t rows, size_t step) {
    static const int filters[] = {FILTER_UP, FILTER_SUB, FILTER_PAETH, FILTER_NONE}; /* the average seldom wins */
    uint8_t *out = NEW_ARRAY(arena, uint8_t, (row + 1) * rows);
    uint8_t *trial = NEW_ARRAY(arena, uint8_t, row);
    const uint8_t *above = NEW_ARRAY(arena, uint8_t, row);
    const uint8_t *from = (const uint8_t *)pixels.p;
    for (size_t y = 0; y < rows; y++, from += row) {
        uint8_t *to = out + y * (row + 1);
        uint64_t best = UINT64_MAX;
        for (size_t f = 0; f < sizeof filters / sizeof *filters && best > 0; f++) {
            row_filter(filters[f], from, above, row, step, trial);
            uint64_t cost = row_cost(trial, row);
            if (cost >= best) continue;
            best = cost;
            to[0] = (uint8_t)filters[f];
            memcpy(to + 1, trial, row);
        }
        above = from;
    }
    return (Str){(const char *)out, (row + 1) * rows};
}

/* ---- XObjects ------------------------------------------------------------------------------------------------------ */

static void image_entries(Buf *b, uint32_t width, uint32_t height) {
    buf_add_c(b, "/Type/XObject/Subtype/Image/BitsPerComponent 8/Width ");
    buf_add_int(b, width);
    buf_add_c(b, "/Height ");
    buf_add_int(b, height);
}

static const char *device(uint32_t components) { return components == 1 ? "/ColorSpace/DeviceGray" : "/ColorSpace/DeviceRGB"; }

static Ref pixels_write(PdfFile *file, Arena *arena, const Image *image, Str pixels, uint32_t components, Ref mask) {
    Buf b = buf_new(arena);
    image_entries(&b, image->width, image->height);
    buf_add_c(&b, device(components));
    buf_add_c(&b, "/DecodeParms<</Predictor 15/Colors ");
    buf_add_int(&b, components);
    buf_add_c(&b, "/Columns ");
    buf_add_int(&b, image->width);
    buf_add_c(&b, ">>");
    if (mask != 0) {
        buf_add_c(&b, "/SMask ");
        syntax_ref(&b, mask);
    }
    Str rows = rows_filter(arena, pixels, (size_t)image->width * components, image->height, components);
    return haru_stream(file->haru, &b, rows, STREAM_DEFLATED);
}

static Ref png_write(PdfFile *file, const Image *image, const Node *node, bool *transparent) {
    Arena *arena = arena_open(); /* pixels are large and not needed afterwards */
    Pixels pixels;
    Ref ref = picture_png_write(file, arena, image);
    if (ref == 0 && image_pixels(arena, file->diags, image, node_place(file->layout->tree, node), &pixels)) {
        Ref mask = pixels.alpha.n > 0 ? pixels_write(file, arena, image, pixels.alpha, 1, 0) : 0;
        *transparent = mask != 0;
        ref = pixels_write(file, arena, image, pixels.colour, pixels.components, mask);
    }
    arena_close(arena);
    return ref;
}

/* Cyan, magenta, yellow, black → red, green, blue: r = (1 − c)(1 − k), and so on. */
static Ref cmyk_function_write(PdfFile *file) {
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "/FunctionType 4/Domain[0 1 0 1 0 1 0 1]/Range[0 1 0 1 0 1]");
    return haru_stream(file->haru, &b,
        STR("{1 exch sub 4 1 roll\n1 exch sub 3 index mul 3 1 roll\n1 exch sub 3 index mul 3 1 roll\n1 exch sub 3 index mul 3 1 "
            "roll\n4 3 roll pop}"),
        STREAM_AS_IS);
}

static Ref jpeg_write(PdfFile *file, const Image *image) {
    Buf b = buf_new(file->arena);
    bool turned = image->orientation >= 5; /* the file's rows are the picture's columns */
    image_entries(&b, turned ? image->height : image->width, turned ? image->width : image->height);
    if (image->components == 4) {
        buf_add_c(&b, "/ColorSpace[/DeviceN[/Cyan/Magenta/Yellow/Black]/DeviceRGB ");
        syntax_ref(&b, cmyk_function_write(file));
        buf_add_char(&b, ']');
        if (image->inverted) buf_add_c(&b, "/Decode[1 0 1 0 1 0 1 0]");
    } else {
        buf_add_c(&b, device(image->components));
    }
    /* Three components without Adobe's marker are taken for YCbCr (ISO 32000-1 Table 13). */
    if (image->plain_rgb) buf_add_c(&b, "/DecodeParms<</ColorTransform 0>>");
    buf_add_c(&b, "/Filter/DCTDecode\n");
    return haru_stream(file->haru, &b, image->bytes, STREAM_AS_IS);
}

uint32_t picture_use(PdfFile *file, const Image *image, const Node *node) {
    PictureSet *set = file->pictures;
    uintptr_t known = (uintptr_t)strmap_find(set->by_name, image->name);
    if (known > 0) return (uint32_t)known - 1;
    Picture *picture = PUSH(file->arena, &set->list, Picture);
    picture->image = image;
    switch (image->format) {
    case IMAGE_PNG: picture->ref = png_write(file, image, node, &picture->transparent); break;
    case IMAGE_JPEG: picture->ref = jpeg_write(file, image); break;
    }
    strmap_put(set->by_name, image->name, (void *)(uintptr_t)set->list.count);
    return set->list.count - 1;
}
