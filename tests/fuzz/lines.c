/* How YAML is changed, besides bytes and words of a dictionary: lines are moved and indented. */
#include "mutate.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    if (chance(&c, 2) == 0) return LLVMFuzzerMutate(data, size, most);
    Text t = {(char *)data, size, most};
    text_lines_mutate(&t, &c);
    return t.n;
}

size_t LLVMFuzzerCustomCrossOver(
    const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint8_t *out, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    return texts_cross(&c, input_text(a, a_size), input_text(b, b_size), out, most);
}
