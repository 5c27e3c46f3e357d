/* Language tags as far as they matter here: BCP 47's primary subtag (ISO 639). */
#include "text/internal.h"

uint32_t language_pack(Str language) {
    uint32_t packed = 0;
    size_t n = 0;
    while (n < language.n && language.p[n] != '-' && language.p[n] != '_') {
        unsigned char c = (unsigned char)language.p[n] | 0x20; /* to lower case, if it is a letter */
        if (n == 3 || c < 'a' || c > 'z') return 0;
        packed = packed << 8 | c;
        n++;
    }
    return n < 2 ? 0 : packed;
}

void language_unpack(uint32_t language, char out[4]) {
    size_t n = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        if (language >> shift & 0xFF) out[n++] = (char)(language >> shift & 0xFF);
    out[n] = 0;
}
