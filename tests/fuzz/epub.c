/* A finished EPUB, ours or anybody's: what `brief info`, `brief verify` and `brief extract` make of it. It is changed entry by entry, with right
 * sizes and checksums. */
#include "finished.h"
#include "packed.h"

#define ENTRIES_MOST 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    finished_through(data, size);
    return 0;
}

typedef struct {
    Str name, packed;
    uint32_t method, unpacked, crc;
} Entry;

/* By the local headers, one behind the other (APPNOTE.TXT 4.3.7). */
static uint32_t entries_find(Str file, Entry *entries) {
    uint32_t count = 0;
    for (size_t at = 0; at + 30 <= file.n && count < ENTRIES_MOST && str_is(str_slice(file, at, at + 4), "PK\x03\x04");) {
        const char *p = file.p + at;
        size_t name = at + 30, packed = name + little_endian(p + 26, 2) + little_endian(p + 28, 2), end = packed + little_endian(p + 18, 4);
        entries[count++] = (Entry){str_slice(file, name, name + little_endian(p + 26, 2)), str_slice(file, packed, end),
            little_endian(p + 8, 2), little_endian(p + 22, 4), little_endian(p + 14, 4)};
        at = end;
    }
    return count;
}

static void little_endian_add(Buf *out, uint32_t value, size_t n) {
    for (; n > 0; n--, value >>= 8) buf_add_char(out, (char)(value & 0xff));
}

/* What local and central header have in common, from the version needed to the length of the extra field. */
static void header_add(Buf *out, const Entry *e) {
    little_endian_add(out, 20, 2);
    little_endian_add(out, 0, 2);
    little_endian_add(out, e->method, 2);
    little_endian_add(out, 0x00210000, 4);
    little_endian_add(out, e->crc, 4);
    little_endian_add(out, (uint32_t)e->packed.n, 4);
    little_endian_add(out, e->unpacked, 4);
    little_endian_add(out, (uint32_t)e->name.n, 2);
    little_endian_add(out, 0, 2);
}

static void zip_write(Buf *out, const Entry *entries, uint32_t count) {
    uint32_t at[ENTRIES_MOST + 1];
    for (uint32_t i = 0; i < count; i++) {
        at[i] = (uint32_t)out->n;
        buf_add(out, STR("PK\x03\x04"));
        header_add(out, &entries[i]);
        buf_add(out, entries[i].name);
        buf_add(out, entries[i].packed);
    }
    uint32_t directory = (uint32_t)out->n;
    for (uint32_t i = 0; i < count; i++) {
        buf_add(out, STR("PK\x01\x02"));
        little_endian_add(out, 20, 2);
        header_add(out, &entries[i]);
        little_endian_add(out, 0, 10);
        little_endian_add(out, at[i], 4);
        buf_add(out, entries[i].name);
    }
    uint32_t end = (uint32_t)out->n;
    buf_add(out, STR("PK\x05\x06"));
    little_endian_add(out, 0, 4);
    little_endian_add(out, count, 2);
    little_endian_add(out, count, 2);
    little_endian_add(out, end - directory, 4);
    little_endian_add(out, directory, 4);
    little_endian_add(out, 0, 2);
}

static Entry entry_named(Arena *arena, Chance *c, Entry entry) {
    static const char *const names[] = {"mimetype", "META-INF/container.xml", "META-INF/encryption.xml", "EPUB/package.opf", "../x", "/x", "a\\b", ""};
    uint32_t unpacked, crc;
    entry.name = chance(c, 2) ? str_from(CHOOSE(c, names)) : part_changed(arena, c, entry.name, PACKED_NOT, &unpacked, &crc);
    entry.name.n = entry.name.n < 300 ? entry.name.n : 300;
    return entry;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    Chance c = chance_of(seed);
    Entry entries[ENTRIES_MOST + 1];
    uint32_t count = entries_find(input_text(data, size), entries);
    if (count == 0 || chance(&c, 10) == 0) return LLVMFuzzerMutate(data, size, most);
    Arena *arena = arena_open();
    Buf out = buf_new(arena);
    Entry *entry = &entries[chance(&c, count)], *other = &entries[chance(&c, count)], kept = *entry;
    switch (chance(&c, 10)) {
    case 0: *entry = *other; *other = kept; break;
    case 1: *entry = entries[--count]; break;
    case 2: entries[count++] = entry_named(arena, &c, kept); break;
    case 3: *entry = entry_named(arena, &c, kept); break;
    case 4: entry->packed = other->packed; entry->method = other->method; entry->unpacked = other->unpacked; entry->crc = other->crc; break;
    default: {
        Packing packing = entry->method == 8 ? PACKED_RAW : PACKED_NOT;
        entry->packed = part_changed(arena, &c, entry->packed, packing, &entry->unpacked, &entry->crc);
    }
    }
    zip_write(&out, entries, count);
    size_t n = input_become(data, size, most, &out);
    arena_close(arena);
    return n;
}
