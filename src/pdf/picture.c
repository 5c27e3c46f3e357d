/* Images as XObjects. A JPEG goes in as the image room publishes it, and so does most PNG data (picture_png.c); the pixels of any other PNG are
 * deflated anew, each row after the filter that leaves the least (ISO/IEC 15948 §9), transparency apart as a soft mask. All are sRGB or grey: PDF/A-2
 * allows no others under our output intent (ISO 19005-2 §6.2.4.3). */
#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

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

/* Entries and data of pixels of 1 or 3 components. */
static Str pixels_prepare(const Picture *picture, Arena *scratch, Str pixels, uint32_t components, Buf *b) {
    const Image *image = picture->image;
    image_entries(b, image->width, image->height);
    buf_add_c(b, device(components));
    buf_add_c(b, "/DecodeParms<</Predictor 15/Colors ");
    buf_add_int(b, components);
    buf_add_c(b, "/Columns ");
    buf_add_int(b, image->width);
    buf_add_c(b, ">>");
    return deflated(picture->arena, DEFLATE_ZLIB, DEFLATE_SMALL,
        rows_filter(scratch, pixels, (size_t)image->width * components, image->height, components));
}

static bool png_prepare(Picture *picture) {
    if (picture_png_prepare(picture)) return true;
    Arena *scratch = arena_open(); /* pixels are large and not needed afterwards */
    Pixels pixels;
    bool decoded = image_pixels(scratch, &picture->said, picture->image, picture->at, &pixels);
    picture->coding = picture->aside_coding = STREAM_DEFLATED;
    picture->transparent = decoded && pixels.alpha.n > 0;
    if (picture->transparent) picture->aside_data = pixels_prepare(picture, scratch, pixels.alpha, 1, &picture->aside_entries);
    if (decoded) picture->data = pixels_prepare(picture, scratch, pixels.colour, pixels.components, &picture->before);
    if (picture->transparent) buf_add_c(&picture->before, "/SMask ");
    arena_close(scratch);
    return decoded;
}

static void jpeg_prepare(Picture *picture) {
    const Image *image = picture->image;
    image_entries(&picture->before, image->width, image->height);
    buf_add_c(&picture->before, device(image->components));
    /* Three components without Adobe's marker are taken for YCbCr (ISO 32000-1 Table 13). */
    if (image->plain_rgb) buf_add_c(&picture->before, "/DecodeParms<</ColorTransform 0>>");
    buf_add_c(&picture->before, "/Filter/DCTDecode\n");
    picture->data = image->bytes;
}

/* ---- The set ------------------------------------------------------------------------------------------------------- */

static void picture_add(Arena *arena, PictureSet *set, const Layout *layout, const LayoutBox *box) {
    if (strmap_find(set->by_name, box->image->name)) return;
    Picture *picture = PUSH(arena, &set->list, Picture);
    picture->image = box->image;
    picture->at = node_place(layout->tree, box->node ? box->node : layout->tree->root);
    strmap_put(set->by_name, box->image->name, (void *)(uintptr_t)set->list.count);
}

PictureSet *picture_set_new(Arena *arena, const Layout *layout) {
    PictureSet *set = NEW(arena, PictureSet);
    set->by_name = strmap_new(arena);
    for (uint32_t p = 0; p < layout->count; p++) {
        const Page *page = &layout->items[p];
        for (uint32_t b = 0; b < page->count; b++)
            if (page->items[b].kind == BOX_IMAGE && page->items[b].image) picture_add(arena, set, layout, &page->items[b]);
    }
    return set;
}

uint32_t picture_number(const PictureSet *set, const Image *image) {
    return (uint32_t)(uintptr_t)strmap_find(set->by_name, image->name) - 1;
}

void picture_prepare(Picture *picture) {
    picture->arena = arena_open();
    picture->said = diags_new(picture->arena);
    picture->before = picture->aside_entries = buf_new(picture->arena);
    picture->drawable = true;
    switch (picture->image->format) {
    case IMAGE_PNG: picture->drawable = png_prepare(picture); break;
    case IMAGE_JPEG: jpeg_prepare(picture); break;
    }
}

void picture_write(PdfFile *file, uint32_t number) {
    Picture *picture = &file->pictures->list.items[number];
    if (picture->ref != 0) return;
    if (picture->aside_data.n > 0) {
        Ref aside = haru_stream(file->haru, &picture->aside_entries, picture->aside_data, picture->aside_coding);
        syntax_ref(&picture->before, aside);
    }
    picture->ref = haru_stream(file->haru, &picture->before, picture->data, picture->coding);
}

void picture_set_close(PictureSet *set) {
    for (uint32_t i = 0; i < set->list.count; i++) arena_close(set->list.items[i].arena);
}
