/* A document, from its Markdown to both files. The first byte says what else is looked at. */
#include "mutate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 0) document_through(input_text(data + 1, size - 1), data[0]);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    if (chance(&c, 8) == 0) return LLVMFuzzerMutate(data, size, most);
    if (size == 0) size = 1, data[0] = '@';
    if (chance(&c, 8) == 0) data[0] = (uint8_t)(0x40 | chance(&c, 64));
    Text t = {(char *)data + 1, size - 1, most - 1};
    for (uint32_t i = 0, n = 1 + chance(&c, 3); i < n; i++) document_mutate(&t, &c);
    return t.n + 1;
}

size_t LLVMFuzzerCustomCrossOver(
    const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint8_t *out, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    return texts_cross(&c, input_text(a, a_size), input_text(b, b_size), out, most);
}
