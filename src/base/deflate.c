/* Deflated data, by libdeflate.
 *
 * A compressor is up to 670 KB that have to be mapped and set up, which takes longer than a small file does: those that have done their work
 * are kept for whoever comes next. What one makes does not depend on what it made before.
 */
#include "base/internal.h"

#include <libdeflate.h>
#include <pthread.h>

#define KEPT_MOST 16 /* of a level: one for each core */
#define LITTLE 4096

typedef struct libdeflate_compressor Compressor;

static struct {
    pthread_mutex_t lock;
    Compressor *kept[DEFLATE_SMALL + 1][KEPT_MOST];
    uint32_t count[DEFLATE_SMALL + 1];
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool is_kept(DeflateLevel level) { return level <= DEFLATE_SMALL; } /* the smallest is for what is made once */

static Compressor *compressor_take(DeflateLevel level) {
    Compressor *compressor = NULL;
    pthread_mutex_lock(&pool.lock);
    if (is_kept(level) && pool.count[level] > 0) compressor = pool.kept[level][--pool.count[level]];
    pthread_mutex_unlock(&pool.lock);
    if (compressor == NULL) compressor = libdeflate_alloc_compressor(level);
    if (compressor == NULL) memory_exhausted();
    return compressor;
}

static void compressor_give(DeflateLevel level, Compressor *compressor) {
    pthread_mutex_lock(&pool.lock);
    bool kept = is_kept(level) && pool.count[level] < KEPT_MOST;
    if (kept) pool.kept[level][pool.count[level]++] = compressor;
    pthread_mutex_unlock(&pool.lock);
    if (!kept) libdeflate_free_compressor(compressor);
}

Str deflated(Arena *arena, DeflateForm form, DeflateLevel level, Str data) {
    if (level == DEFLATE_SMALL && data.n <= LITTLE) level = DEFLATE_FAST;
    Arena *scratch = arena_open(); /* the bound is far more than what comes out */
    Compressor *compressor = compressor_take(level);
    size_t bound = form == DEFLATE_ZLIB ? libdeflate_zlib_compress_bound(compressor, data.n)
                                        : libdeflate_deflate_compress_bound(compressor, data.n);
    char *room = NEW_ARRAY(scratch, char, bound);
    size_t n = form == DEFLATE_ZLIB ? libdeflate_zlib_compress(compressor, data.p, data.n, room, bound)
                                    : libdeflate_deflate_compress(compressor, data.p, data.n, room, bound);
    if (n == 0) BUG("%zu bytes deflate to more than their bound", data.n);
    compressor_give(level, compressor);
    Str packed = str_copy(arena, (Str){room, n});
    arena_close(scratch);
    return packed;
}

uint32_t checksum_crc32(Str data) { return libdeflate_crc32(0, data.p ? data.p : "", data.n); }
