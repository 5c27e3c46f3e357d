/* Deflates a file as the PDF wants it: pack_profile IN OUT. Run by embed.cmake when the build is configured. */
#include "../src/base/base.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what) {
    fprintf(stderr, "pack_profile: %s\n", what);
    exit(1);
}

int main(int count, char **words) {
    enum { MOST = 1 << 20 };
    static char data[MOST], packed[MOST];
    if (count != 3) fail("two names, please");
    FILE *in = fopen(words[1], "rb"), *out = fopen(words[2], "wb");
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(DEFLATE_SMALL);
    if (!in || !out || !compressor) fail("the profile cannot be read, or the file not be made");
    size_t size = fread(data, 1, MOST, in);
    size_t n = libdeflate_zlib_compress(compressor, data, size, packed, MOST);
    if (size == MOST || n == 0 || fwrite(packed, 1, n, out) != n || fclose(out) != 0) fail("the file cannot be written");
    return 0;
}
