/* A zip in memory, by minizip, which reads files by default; here its callbacks read the bytes. Names are found by a map: of several entries
 * with one name the first counts, as for most readers.
 */
#include "inspect/internal.h"

#include <string.h>
#include <unzip.h>

/* Loaded when an EPUB is looked at. */
/* clang-format off */
#define MINIZIP_FUNCTIONS(F) \
    F(unzClose) F(unzCloseCurrentFile) F(unzGetCurrentFileInfo64) F(unzGetFilePos64) F(unzGoToFilePos64) \
    F(unzGoToFirstFile) F(unzGoToNextFile) F(unzOpen2_64) F(unzOpenCurrentFile) F(unzReadCurrentFile)
/* clang-format on */
LATE_LIBRARY(minizip, BRIEF_MINIZIP, MINIZIP_FUNCTIONS)

#define NAME_LIMIT 1024
#define PIECE ((unsigned)64 << 10)

typedef struct {
    unz64_file_pos place;
    int64_t size;
    bool locked;
} Entry;

struct Archive {
    Str bytes;
    size_t at; /* where the next read begins */
    unzFile zip;
    StrMap *entries;
    struct {
        Str *items;
        uint32_t count, capacity;
    } names; /* of the entries, in their order */
    bool cut;
};

/* ---- minizip's file, in memory ----------------------------------------------------------------------------------- */

static void *memory_open(void *opaque, const void *name, int mode) {
    (void)name;
    (void)mode;
    return opaque;
}

static uLong memory_read(void *opaque, void *stream, void *bytes, uLong size) {
    Archive *archive = opaque;
    (void)stream;
    size_t left = archive->bytes.n - archive->at;
    if (size > left) size = (uLong)left;
    if (size > 0) memcpy(bytes, archive->bytes.p + archive->at, size);
    archive->at += size;
    return size;
}

static uLong memory_write(void *opaque, void *stream, const void *bytes, uLong size) {
    (void)opaque;
    (void)stream;
    (void)bytes;
    (void)size;
    return 0;
}

static ZPOS64_T memory_tell(void *opaque, void *stream) {
    (void)stream;
    return ((Archive *)opaque)->at;
}

static long memory_seek(void *opaque, void *stream, ZPOS64_T offset, int origin) {
    Archive *archive = opaque;
    (void)stream;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR ? archive->at : origin == ZLIB_FILEFUNC_SEEK_END ? archive->bytes.n : 0;
    if (offset > archive->bytes.n - from) return -1;
    archive->at = from + (size_t)offset;
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

/* ---- The archive --------------------------------------------------------------------------------------------------- */

static void entries_list(Archive *archive, Arena *arena) {
    uint32_t count = 0;
    for (int status = minizip()->unzGoToFirstFile(archive->zip); status == UNZ_OK;
         status = minizip()->unzGoToNextFile(archive->zip)) {
        char name[NAME_LIMIT + 1];
        unz_file_info64 about;
        if (++count > INSPECT_COUNT) {
            archive->cut = true;
            return;
        }
        if (minizip()->unzGetCurrentFileInfo64(archive->zip, &about, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK) return;
        if (about.size_filename > NAME_LIMIT) continue;
        Str key = str_copy(arena, (Str){name, about.size_filename});
        Entry *entry = NEW(arena, Entry);
        if (strmap_find(archive->entries, key) != NULL || minizip()->unzGetFilePos64(archive->zip, &entry->place) != UNZ_OK)
            continue;
        entry->size = about.uncompressed_size > INT64_MAX ? -1 : (int64_t)about.uncompressed_size;
        entry->locked = (about.flag & 1) != 0;
        strmap_put(archive->entries, key, entry);
        *PUSH(arena, &archive->names, Str) = key;
    }
}

Archive *archive_open(Arena *arena, Str bytes) {
    Archive *archive = NEW(arena, Archive);
    *archive = (Archive){.bytes = bytes, .entries = strmap_new(arena)};
    zlib_filefunc64_def calls = {
        .zopen64_file = memory_open,
        .zread_file = memory_read,
        .zwrite_file = memory_write,
        .ztell64_file = memory_tell,
        .zseek64_file = memory_seek,
        .zclose_file = memory_close,
        .zerror_file = memory_error,
        .opaque = archive,
    };
    archive->zip = minizip()->unzOpen2_64("", &calls);
    if (archive->zip == NULL) return NULL;
    entries_list(archive, arena);
    return archive;
}

void archive_close(Archive *archive) {
    if (archive->zip != NULL) minizip()->unzClose(archive->zip);
    archive->zip = NULL;
}

bool archive_has(const Archive *archive, Str name) { return strmap_find(archive->entries, name) != NULL; }
uint32_t archive_count(const Archive *archive) { return archive->names.count; }
Str archive_name(const Archive *archive, uint32_t n) { return archive->names.items[n]; }
bool archive_cut(const Archive *archive) { return archive->cut; }

int64_t archive_size(const Archive *archive, Str name) {
    const Entry *entry = strmap_find(archive->entries, name);
    return entry == NULL ? -1 : entry->size;
}

/* Until the end, or one byte more than the limit: what the entry says of its size is not believed. */
static ArchiveStatus entry_unpack(Archive *archive, Arena *arena, size_t limit, Str *out) {
    Buf content = buf_new(arena);
    char *piece = arena_alloc(arena, PIECE, 1);
    int got;
    while ((got = minizip()->unzReadCurrentFile(archive->zip, piece, PIECE)) > 0) {
        if ((size_t)got > limit - content.n) return ARCHIVE_LARGE;
        buf_add(&content, (Str){piece, (size_t)got});
    }
    *out = buf_str(&content); /* with what there is before the damage */
    return got == 0 ? ARCHIVE_READ : ARCHIVE_DAMAGED;
}

ArchiveStatus archive_read(Archive *archive, Arena *arena, Str name, size_t limit, Str *out) {
    const Entry *entry = strmap_find(archive->entries, name);
    if (entry == NULL) return ARCHIVE_MISSING;
    if (entry->locked) return ARCHIVE_LOCKED;
    if (minizip()->unzGoToFilePos64(archive->zip, &entry->place) != UNZ_OK ||
        minizip()->unzOpenCurrentFile(archive->zip) != UNZ_OK)
        return ARCHIVE_DAMAGED;
    ArchiveStatus status = entry_unpack(archive, arena, limit, out);
    if (minizip()->unzCloseCurrentFile(archive->zip) != UNZ_OK && status == ARCHIVE_READ)
        status = ARCHIVE_DAMAGED; /* the checksum */
    return status;
}
