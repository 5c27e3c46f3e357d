/* libdeflate, with room for its results. */
#include "pdf/deflate.h"

#include <libdeflate.h>

struct Deflater {
    struct libdeflate_compressor *compressor;
    Arena *arena;
    char *room; /* for the largest result so far */
    size_t size;
};

Deflater *deflater_open(Arena *arena, DeflateLevel level) {
    Deflater *deflater = NEW(arena, Deflater);
    *deflater = (Deflater){.compressor = libdeflate_alloc_compressor(level), .arena = arena};
    if (!deflater->compressor) BUG("there is no memory to deflate in");
    return deflater;
}

void deflater_close(Deflater *deflater) {
    if (deflater && deflater->compressor) libdeflate_free_compressor(deflater->compressor);
    if (deflater) deflater->compressor = NULL;
}

Str deflater_pack(Deflater *deflater, Arena *arena, Str data) {
    size_t bound = libdeflate_zlib_compress_bound(deflater->compressor, data.n);
    if (deflater->size < bound) {
        deflater->room = NEW_ARRAY(deflater->arena, char, bound);
        deflater->size = bound;
    }
    size_t n = libdeflate_zlib_compress(deflater->compressor, data.p, data.n, deflater->room, bound);
    if (n == 0) BUG("%zu bytes deflate to more than their bound", data.n);
    return str_copy(arena, (Str){deflater->room, n});
}

Str deflated(Arena *arena, Str data) {
    Arena *scratch = arena_open();
    Deflater *deflater = deflater_open(scratch, DEFLATE_SMALL);
    Str packed = deflater_pack(deflater, arena, data);
    deflater_close(deflater);
    arena_close(scratch);
    return packed;
}
