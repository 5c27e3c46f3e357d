/* What the targets png and jpeg do: an image is read, decoded, and now and then set in a document. */
#ifndef BRIEF_FUZZ_IMAGE_H
#define BRIEF_FUZZ_IMAGE_H

#include "fuzz.h"

static inline void image_through(const uint8_t *data, size_t size) {
    world_file("a.png", input_text(data, size));
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Root root = {.files = world()->batch.files};
    const Image *image = image_load(images_new(arena, &root), &d, STR("a.png"), (Place){0});
    Pixels pixels;
    if (image != NULL && image->format == IMAGE_PNG) image_pixels(arena, &d, image, (Place){0}, &pixels);
    if (image != NULL && input_number(data, size) % 8 == 0) document_through(STR("![An image](a.png \"Its caption\")\n"), 0);
    Buf said = buf_new(arena);
    diags_print(&d, &said, false);
    arena_close(arena);
}

#endif
