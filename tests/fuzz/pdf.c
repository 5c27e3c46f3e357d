/* A finished PDF, ours or anybody's: what `brief info`, `brief verify` and `brief extract` make of it. */
#include "finished.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    finished_through(data, size);
    return 0;
}
