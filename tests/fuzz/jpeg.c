/* A JPEG file that a document names. */
#include "image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    image_through(data, size);
    return 0;
}
