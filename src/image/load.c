/* Images by name: each is read once, and what is wrong with it is told at every place that names it. */
#include "image/internal.h"

#include <stdio.h>

typedef struct {
    const Image *image; /* NULL: it cannot be used */
    const char *code; /* with an image: of a warning; NULL: all is well */
    Str message, hint;
} Entry;

struct ImageSet {
    Arena *arena;
    const Root *root;
    StrMap *entries; /* by name */
    uint64_t count, pixels; /* of all so far */
};

bool image_fault(Arena *arena, ImageFault *fault, const char *code, const char *hint, const char *format, ...) {
    char message[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    *fault = (ImageFault){code, str_copy(arena, str_from(message)), hint};
    return false;
}

bool image_size_allowed(Arena *arena, ImageFault *fault, uint32_t width, uint32_t height) {
    if (width == 0 || height == 0) return image_fault(arena, fault, "image-broken", NULL, "is %s", "an image of no size");
    if (width <= IMAGE_SIDE_LIMIT && height <= IMAGE_SIDE_LIMIT && (uint64_t)width * height <= IMAGE_PIXEL_LIMIT) return true;
    return image_fault(arena, fault, "image-large",
        "make it smaller: a page needs no more than 3000 pixels a side; --limit image-pixels=… allows more",
        "is too large: %u × %u pixels", (unsigned)width, (unsigned)height);
}

uint32_t image_dpi_plausible(double dpi) { return dpi >= 10 && dpi <= 10000 ? (uint32_t)(dpi + 0.5) : 0; }

ImageSet *images_new(Arena *arena, const Root *root) {
    ImageSet *set = NEW(arena, ImageSet);
    *set = (ImageSet){.arena = arena, .root = root, .entries = strmap_new(arena)};
    return set;
}

static bool image_describe(Arena *arena, ImageFault *fault, Image *image) {
    if (str_starts(image->bytes, STR("\x89PNG\r\n\x1a\n"))) return png_describe(arena, fault, image);
    if (str_starts(image->bytes, STR("\xFF\xD8\xFF"))) return jpeg_describe(arena, fault, image);
    if (image->bytes.n == 0) return image_fault(arena, fault, "image-broken", NULL, "is %s", "an empty file");
    ImageGuess guess = image_guess(image->bytes);
    if (guess.what != NULL) return image_fault(arena, fault, "image-format", guess.hint, "is %s", guess.what);
    return image_fault(arena, fault, "image-format", "images are PNG or JPEG", "is %s", "no image");
}

Str image_published(Arena *arena, Str file) {
    ImageFault fault = {0};
    Image image = {.bytes = file};
    return image_describe(arena, &fault, &image) ? image.bytes : file;
}

static void entry_say(Arena *arena, Entry *entry, const ImageFault *fault, Str name) {
    entry->code = fault->code;
    entry->message = str_format(arena, "“" STR_FMT "” " STR_FMT, STR_ARG(name), STR_ARG(fault->message));
    entry->hint = str_from(fault->hint);
}

static void entry_read(ImageSet *set, PathList *asked, Entry *entry, Str name) {
    Diags found = diags_new(set->arena);
    found.asked = asked;
    Image *image = NEW(set->arena, Image);
    *image = (Image){.name = name};
    ImageFault fault = {0};
    if (set->root == NULL) {
        *entry = (Entry){
            .code = "image-unread", .message = str_format(set->arena, "“" STR_FMT "” may not be read here", STR_ARG(name))};
    } else if (!root_read(set->arena, &found, set->root, name, (Place){0}, &image->bytes)) {
        *entry = (Entry){.code = found.items[0].code, .message = found.items[0].message, .hint = found.items[0].hint};
    } else {
        entry->image = image_describe(set->arena, &fault, image) ? image : NULL;
        if (fault.code != NULL) entry_say(set->arena, entry, &fault, name);
    }
}

const Image *image_load(ImageSet *set, Diags *d, Str name, Place at) {
    Entry *entry = strmap_find(set->entries, name);
    if (entry == NULL && ++set->count == limit_of(LIMIT_FILES) + 1) limit_tell(d, LIMIT_FILES, at);
    if (entry == NULL && set->count > limit_of(LIMIT_FILES)) return NULL;
    if (entry == NULL) {
        entry = NEW(set->arena, Entry);
        entry_read(set, d->asked, entry, name);
        strmap_put(set->entries, name, entry);
        if (entry->image != NULL) set->pixels += (uint64_t)entry->image->width * entry->image->height;
        if (set->pixels > limit_of(LIMIT_ALL_PIXELS)) {
            limit_tell(d, LIMIT_ALL_PIXELS, at);
            return NULL;
        }
    }
    if (entry->code != NULL)
        diag(d, entry->image != NULL ? DIAG_WARNING : DIAG_ERROR, entry->code, at,
            entry->hint.n == 0 ? NULL : str_c(set->arena, entry->hint), STR_FMT, STR_ARG(entry->message));
    return entry->image;
}

bool image_pixels(Arena *arena, Diags *d, const Image *image, Place at, Pixels *out) {
    if (image->format != IMAGE_PNG) BUG("pixels are wanted of “" STR_FMT "”, which is no PNG", STR_ARG(image->name));
    ImageFault fault;
    if (png_decode(arena, &fault, image, out)) return true;
    diag(d, DIAG_ERROR, fault.code, at, fault.hint, "“" STR_FMT "” " STR_FMT, STR_ARG(image->name), STR_ARG(fault.message));
    return false;
}
