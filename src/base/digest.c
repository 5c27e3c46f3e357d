/* Digests of bytes, by libmd: the library that dpkg itself reads packages with. */
#include "base/base.h"

#include <md5.h>
#include <sha2.h>

Str digest_sha256(Arena *arena, Str bytes) {
    char *text = arena_alloc(arena, SHA256_DIGEST_STRING_LENGTH, 1);
    SHA256Data((const uint8_t *)bytes.p, bytes.n, text);
    return str_from(text);
}

void digest_md5(Str bytes, uint8_t out[16]) {
    MD5_CTX context;
    MD5Init(&context);
    MD5Update(&context, (const uint8_t *)bytes.p, bytes.n);
    MD5Final(out, &context);
}
