/* Pixels put upright, as EXIF says how a picture was held (CIPA DC-008, tag 0x0112). */
#include "image/internal.h"

#include <string.h>

bool orientation_is_sideways(uint32_t orientation) { return orientation >= 5; }

void sides_turn(Image *image, uint32_t orientation) {
    if (!orientation_is_sideways(orientation)) return;
    uint32_t width = image->width;
    image->width = image->height;
    image->height = width;
}

/* Where the pixel at x, y of the stored picture is in the upright one. */
static size_t upright_at(uint32_t orientation, size_t width, size_t height, size_t x, size_t y) {
    size_t right = width - 1 - x, up = height - 1 - y;
    switch (orientation) {
    case 2: return y * width + right;
    case 3: return up * width + right;
    case 4: return up * width + x;
    case 5: return x * height + y;
    case 6: return x * height + up;
    case 7: return right * height + up;
    case 8: return right * height + y;
    default: return y * width + x;
    }
}

void upright_place(const Upright *upright, const uint8_t *row, size_t y) {
    for (size_t x = 0; x < upright->width; x++)
        memcpy(upright->pixels + upright_at(upright->orientation, upright->width, upright->height, x, y) * upright->step,
            row + x * upright->step, upright->step);
}
