/* EXIF (CIPA DC-008, TIFF 6.0): only what changes how an image is shown, read without trusting any offset. */
#include "image/internal.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TAG_X_RESOLUTION 0x011A
#define TAG_RESOLUTION_UNIT 0x0128
#define ENTRY_BYTES 12

typedef struct {
    Str bytes;
    bool big_endian;
} Tiff;

/* `size` (1 to 4) bytes at `at`; 0 beyond the end. */
static uint32_t number(const Tiff *tiff, size_t at, size_t size) {
    if (at > tiff->bytes.n || tiff->bytes.n - at < size) return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        size_t place = tiff->big_endian ? i : size - 1 - i;
        value = value << 8 | (unsigned char)tiff->bytes.p[at + place];
    }
    return value;
}

void exif_read(Str block, uint32_t *orientation, uint32_t *dpi) {
    Tiff tiff = {block, str_starts(block, STR("MM"))};
    if (!tiff.big_endian && !str_starts(block, STR("II"))) return;
    if (number(&tiff, 2, 2) != 42) return;
    size_t directory = number(&tiff, 4, 4);
    uint32_t entries = number(&tiff, directory, 2), unit = 2;
    double resolution = 0;
    for (uint32_t i = 0; i < entries; i++) {
        size_t entry = directory + 2 + (size_t)i * ENTRY_BYTES;
        if (entry > block.n || block.n - entry < ENTRY_BYTES) break;
        uint32_t tag = number(&tiff, entry, 2), value = number(&tiff, entry + 8, 2);
        if (tag == TAG_ORIENTATION && value >= 1 && value <= 8) *orientation = value;
        if (tag == TAG_RESOLUTION_UNIT) unit = value;
        if (tag == TAG_X_RESOLUTION) {
            size_t rational = number(&tiff, entry + 8, 4);
            uint32_t denominator = number(&tiff, rational + 4, 4);
            if (denominator != 0) resolution = (double)number(&tiff, rational, 4) / denominator;
        }
    }
    if (unit == 2) *dpi = image_dpi_plausible(resolution);
    if (unit == 3) *dpi = image_dpi_plausible(resolution * 2.54);
}
