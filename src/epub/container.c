/* The container: minizip writes the structure, libdeflate (several times as fast as zlib) the compressed data, which minizip takes as
 * it is. minizip writes to files by default; here its callbacks write into a Buf. It goes back only to fill in
 * the sizes of the entry that it has just written.
 */
#include "epub/container.h"

#include <libdeflate.h>
#include <string.h>
#include <zip.h>

/* Loaded when an EPUB is made. */
/* clang-format off */
#define MINIZIP_FUNCTIONS(F) \
    F(zipClose) F(zipCloseFileInZipRaw64) F(zipOpen2_64) F(zipOpenNewFileInZip2_64) F(zipWriteInFileInZip)
/* clang-format on */
LATE_LIBRARY(minizip, BRIEF_MINIZIP, MINIZIP_FUNCTIONS)

enum {
    CONTAINER_LEVEL = 6,
    DOS_1980_01_01 = 1 << 21 | 1 << 16, /* years since 1980, months and days from 1; the time is midnight */
    ENTRY_LIMIT = 0x7FFFFFFF, /* far below where a ZIP needs its 64-bit form */
};

struct Container {
    Arena *arena;
    Buf out;
    size_t at; /* where the next write goes */
    zipFile zip;
    struct libdeflate_compressor *compressor;
    uint64_t identity[2];
    bool failed;
};

/* ---- minizip's file, in memory ----------------------------------------------------------------------------------- */

static void *memory_open(void *opaque, const void *name, int mode) {
    (void)name;
    (void)mode;
    return opaque;
}

static uLong memory_read(void *opaque, void *stream, void *bytes, uLong size) {
    (void)opaque;
    (void)stream;
    (void)bytes;
    (void)size;
    return 0; /* a new file is only written */
}

static uLong memory_write(void *opaque, void *stream, const void *bytes, uLong size) {
    Container *container = opaque;
    (void)stream;
    size_t behind = container->out.n - container->at; /* bytes that are written over */
    size_t over = size < behind ? size : behind;
    if (over > 0) memcpy(container->out.p + container->at, bytes, over);
    buf_add(&container->out, (Str){(const char *)bytes + over, size - over});
    container->at += size;
    return size;
}

static ZPOS64_T memory_tell(void *opaque, void *stream) {
    (void)stream;
    return ((Container *)opaque)->at;
}

static long memory_seek(void *opaque, void *stream, ZPOS64_T offset, int origin) {
    Container *container = opaque;
    (void)stream;
    ZPOS64_T from = origin == ZLIB_FILEFUNC_SEEK_CUR ? container->at : origin == ZLIB_FILEFUNC_SEEK_END ? container->out.n : 0;
    if (from + offset > container->out.n) return -1;
    container->at = (size_t)(from + offset);
    return 0;
}

static int memory_close(void *opaque, void *stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

static int memory_error(void *opaque, void *stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

/* ---- The container ------------------------------------------------------------------------------------------------- */

Container *container_open(Arena *arena) {
    Container *container = NEW(arena, Container);
    container->arena = arena;
    container->out = buf_new(arena);
    container->identity[0] = STR_HASH_SEED;
    container->identity[1] = ~STR_HASH_SEED;
    zlib_filefunc64_def calls = {
        .zopen64_file = memory_open,
        .zread_file = memory_read,
        .zwrite_file = memory_write,
        .ztell64_file = memory_tell,
        .zseek64_file = memory_seek,
        .zclose_file = memory_close,
        .zerror_file = memory_error,
        .opaque = container,
    };
    container->compressor = libdeflate_alloc_compressor(CONTAINER_LEVEL);
    container->zip = minizip()->zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &calls);
    container->failed = !container->compressor || !container->zip;
    return container;
}

/* As deflate data, unless that would not be smaller, or `compressor` is NULL. */
static Packed pack(Arena *arena, struct libdeflate_compressor *compressor, Str bytes) {
    Packed packed = {.data = bytes, .checksum = libdeflate_crc32(0, bytes.p ? bytes.p : "", bytes.n), .size = bytes.n};
    if (compressor == NULL || bytes.n == 0) return packed;
    size_t bound = libdeflate_deflate_compress_bound(compressor, bytes.n);
    char *out = arena_alloc(arena, bound, 1);
    size_t size = libdeflate_deflate_compress(compressor, bytes.p, bytes.n, out, bound);
    packed.deflated = size > 0 && size < bytes.n;
    if (packed.deflated) packed.data = (Str){out, size};
    return packed;
}

bool container_pack(Arena *arena, Str bytes, Packed *out) {
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(CONTAINER_LEVEL);
    if (!compressor) return false;
    *out = pack(arena, compressor, bytes);
    libdeflate_free_compressor(compressor);
    return true;
}

bool container_add(Container *container, Str name, Str bytes, bool compress) {
    if (container->failed) return false;
    Packed packed = pack(container->arena, compress ? container->compressor : NULL, bytes);
    return container_add_packed(container, name, &packed);
}

bool container_add_packed(Container *container, Str name, const Packed *packed) {
    if (container->failed) return false;
    container->failed = true;
    if (packed->size > ENTRY_LIMIT) return false;
    Str data = packed->data;
    zip_fileinfo info = {.dosDate = DOS_1980_01_01};
    int status = minizip()->zipOpenNewFileInZip2_64(container->zip, str_c(container->arena, name), &info, NULL, 0, NULL, 0, NULL,
        packed->deflated ? Z_DEFLATED : 0, CONTAINER_LEVEL, 1, 0);
    if (status != ZIP_OK) return false;
    if (data.n > 0 && minizip()->zipWriteInFileInZip(container->zip, data.p, (unsigned)data.n) != ZIP_OK) return false;
    if (minizip()->zipCloseFileInZipRaw64(container->zip, packed->size, packed->checksum) != ZIP_OK) return false;
    char numbers[12];
    for (size_t i = 0; i < 4; i++) numbers[i] = (char)(packed->checksum >> 8 * i & 0xFF); /* the same on every machine */
    for (size_t i = 0; i < 8; i++) numbers[4 + i] = (char)((uint64_t)packed->size >> 8 * i & 0xFF);
    Str summary = {numbers, sizeof numbers};
    for (size_t i = 0; i < 2; i++) container->identity[i] = str_hash(summary, str_hash(name, container->identity[i]));
    container->failed = false;
    return true;
}

void container_hash(const Container *container, uint64_t identity[2]) {
    identity[0] = container->identity[0];
    identity[1] = container->identity[1];
}

bool container_close(Container *container, Str *out) {
    bool ok = !container->failed;
    if (container->zip && minizip()->zipClose(container->zip, NULL) != ZIP_OK) ok = false;
    if (container->compressor) libdeflate_free_compressor(container->compressor);
    *out = buf_str(&container->out);
    return ok;
}
