/* The container: as many of ZIP's structures as an EPUB has (APPNOTE 6.3.3, §4.3: local headers, central directory, its end), each with the
 * numbers that a file of one disk, without comments and extra fields, has in them.
 */
#include "epub/container.h"

enum {
    VERSION_NEEDED = 20, /* 2.0: deflate */
    VERSION_64 = 45,
    METHOD_STORED = 0,
    METHOD_DEFLATED = 8,
    DOS_1980_01_01 = 1 << 21 | 1 << 16, /* years since 1980, months and days from 1; the time is midnight */
    NAME_LIMIT = 0xFFFF,
    COUNT_64 = 0xFFFF, /* stands for a count that is in the 64-bit record */
};
#define SIZE_LIMIT 0xFFFFFFFF

struct Container {
    Arena *arena;
    Buf out, directory;
    uint32_t count;
    uint64_t identity[2];
    bool failed;
};

Container *container_open(Arena *arena) {
    Container *container = NEW(arena, Container);
    *container = (Container){
        .arena = arena, .out = buf_new(arena), .directory = buf_new(arena), .identity = {STR_HASH_SEED, ~STR_HASH_SEED}};
    return container;
}

Packed container_pack(Arena *arena, DeflateLevel level, Str bytes) {
    Packed packed = container_keep(bytes);
    Str deflate = deflated(arena, DEFLATE_RAW, level, bytes);
    packed.deflated = deflate.n < bytes.n;
    if (packed.deflated) packed.data = deflate;
    return packed;
}

Packed container_keep(Str bytes) { return (Packed){.data = bytes, .checksum = checksum_crc32(bytes), .size = bytes.n}; }

/* Numbers are little-endian. */
static void add_number(Buf *b, uint64_t number, int bytes) {
    for (int i = 0; i < bytes; i++, number >>= 8) buf_add_char(b, (char)(number & 0xFF));
}

/* What the two headers of a file have in common (§4.3.7, §4.3.12). */
static void add_header(Buf *b, Str name, const Packed *packed) {
    add_number(b, VERSION_NEEDED, 2);
    add_number(b, 0, 2); /* flags */
    add_number(b, packed->deflated ? METHOD_DEFLATED : METHOD_STORED, 2);
    add_number(b, DOS_1980_01_01, 4);
    add_number(b, packed->checksum, 4);
    add_number(b, packed->data.n, 4);
    add_number(b, packed->size, 4);
    add_number(b, name.n, 2);
    add_number(b, 0, 2); /* extra field */
}

static void entry_add(Container *container, Str name, const Packed *packed) {
    Buf *directory = &container->directory;
    buf_add_c(directory, "PK\1\2");
    add_number(directory, 0, 2); /* made by */
    add_header(directory, name, packed);
    add_number(directory, 0, 2 + 2 + 2 + 4); /* comment, disk, attributes */
    add_number(directory, container->out.n, 4);
    buf_add(directory, name);

    buf_add_c(&container->out, "PK\3\4");
    add_header(&container->out, name, packed);
    buf_add(&container->out, name);
    buf_add(&container->out, packed->data);
    if (container->out.n > SIZE_LIMIT) container->failed = true;
}

bool container_add(Container *container, Str name, const Packed *packed) {
    bool fits = name.n <= NAME_LIMIT && packed->size <= SIZE_LIMIT && packed->data.n <= SIZE_LIMIT - container->out.n;
    if (!fits) container->failed = true;
    if (container->failed) return false;
    container->count++;
    entry_add(container, name, packed);
    Buf summary = buf_new(container->arena);
    add_number(&summary, packed->checksum, 4);
    add_number(&summary, packed->size, 8);
    for (size_t i = 0; i < 2; i++) container->identity[i] = str_hash(buf_str(&summary), str_hash(name, container->identity[i]));
    return true;
}

void container_hash(const Container *container, uint64_t identity[2]) {
    identity[0] = container->identity[0];
    identity[1] = container->identity[1];
}

/* The same end in 64 bits (§4.3.14, §4.3.15): only the number of files is ever too large for 16. */
static void add_end_64(Container *container, size_t directory) {
    Buf *b = &container->out;
    size_t record = b->n;
    buf_add_c(b, "PK\6\6");
    add_number(b, 44, 8); /* bytes to come in this record */
    add_number(b, VERSION_64, 2);
    add_number(b, VERSION_64, 2);
    add_number(b, 0, 4 + 4); /* disks */
    add_number(b, container->count, 8);
    add_number(b, container->count, 8);
    add_number(b, container->directory.n, 8);
    add_number(b, directory, 8);
    buf_add_c(b, "PK\6\7");
    add_number(b, 0, 4); /* disk */
    add_number(b, record, 8);
    add_number(b, 1, 4); /* disks in all */
}

bool container_close(Container *container, Str *out) {
    Buf *b = &container->out;
    size_t directory = b->n;
    uint32_t count = container->count < COUNT_64 ? container->count : COUNT_64;
    buf_add(b, buf_str(&container->directory));
    if (count == COUNT_64) add_end_64(container, directory);
    buf_add_c(b, "PK\5\6");
    add_number(b, 0, 2 + 2); /* disks */
    add_number(b, count, 2);
    add_number(b, count, 2);
    add_number(b, container->directory.n, 4);
    add_number(b, directory, 4);
    add_number(b, 0, 2); /* comment */
    *out = buf_str(b);
    return !container->failed;
}
