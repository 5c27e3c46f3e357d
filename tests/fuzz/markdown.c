/* A document, from its Markdown to both files. The first byte says what else is looked at. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 0) document_through(input_text(data + 1, size - 1), data[0]);
    return 0;
}
