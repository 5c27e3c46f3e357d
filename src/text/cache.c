/* The cache of shaped texts: an open-addressing hash table on the fonts' own arena. Nothing is ever taken out: a document has few
 * different words, and its process ends with it. */
#include "text/internal.h"

enum { CACHE_FIRST = 1024 };

static bool entry_is(const ShapedEntry *entry, uint64_t hash, int face, const Setting *setting) {
    return entry->hash == hash && entry->face == face && entry->setting.features == setting->features &&
        entry->setting.language == setting->language && str_equal(entry->setting.text, setting->text);
}

static ShapedEntry **slot_free(ShapedCache *cache, uint64_t hash) {
    uint32_t at = (uint32_t)hash & (cache->capacity - 1);
    while (cache->slots[at]) at = (at + 1) & (cache->capacity - 1);
    return &cache->slots[at];
}

static void cache_grow(ShapedCache *cache, Arena *arena) {
    ShapedCache old = *cache;
    cache->capacity = old.capacity ? old.capacity * 2 : CACHE_FIRST;
    cache->slots = NEW_ARRAY(arena, ShapedEntry *, cache->capacity);
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.slots[i]) *slot_free(cache, old.slots[i]->hash) = old.slots[i];
}

/* FNV's low bits are its good ones only once the high ones are folded in. */
static uint64_t key_hash(int face, const Setting *setting) {
    uint64_t how = (uint64_t)setting->language << 32 | (uint64_t)face << 8 | setting->features;
    uint64_t hash = str_hash(setting->text, STR_HASH_SEED ^ how);
    return hash ^ hash >> 32;
}

ShapedEntry *cache_entry(Fonts *fonts, const OpenFace *open, const Setting *setting, bool *found) {
    int face = open->face.index;
    ShapedCache *cache = &fonts->cache;
    uint64_t hash = key_hash(face, setting);
    if (cache->capacity) {
        uint32_t mask = cache->capacity - 1;
        for (uint32_t at = (uint32_t)hash & mask; cache->slots[at]; at = (at + 1) & mask) {
            if (!entry_is(cache->slots[at], hash, face, setting)) continue;
            *found = true;
            return cache->slots[at];
        }
    }
    if (cache->count + 1 > cache->capacity / 4 * 3) cache_grow(cache, fonts->arena);
    ShapedEntry *entry = NEW(fonts->arena, ShapedEntry);
    *entry = (ShapedEntry){.hash = hash, .face = face, .setting = *setting};
    entry->setting.text = str_copy(fonts->arena, setting->text);
    *slot_free(cache, hash) = entry;
    cache->count++;
    *found = false;
    return entry;
}
