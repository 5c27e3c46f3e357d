/* Digests of bytes, by Nettle: the library that apt itself fetches packages through, and several times as fast as plain C where a processor has
 * instructions for them. */
#include "base/base.h"

#include <nettle/md5.h>
#include <nettle/sha2.h>

Str digest_sha256(Arena *arena, Str bytes) {
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&context, sizeof digest, digest);
    static const char digits[] = "0123456789abcdef";
    char *text = NEW_ARRAY(arena, char, 2 * sizeof digest + 1);
    for (size_t i = 0; i < sizeof digest; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    return (Str){text, 2 * sizeof digest};
}

void digest_md5(Str bytes, uint8_t out[16]) {
    struct md5_ctx context;
    md5_init(&context);
    md5_update(&context, bytes.n, (const uint8_t *)bytes.p);
    md5_digest(&context, MD5_DIGEST_SIZE, out);
}
