/* A map from strings to pointers: open addressing with linear probing.
 *
 * The order of its slots is never seen from outside, so the hash may start from the process's own random seed: keys chosen to
 * collide cannot be prepared in a document.
 */
#include "base/base.h"

#include <string.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

typedef struct {
    Str key;
    void *value;
    uint64_t hash;
    bool taken;
} Slot;

struct StrMap {
    Arena *arena;
    Slot *slots;
    size_t count, capacity; /* capacity: a power of two */
    uint64_t seed;
};

static uint64_t random_seed(void) {
    uint64_t seed = STR_HASH_SEED;
#ifdef __linux__
    const void *random = (const void *)getauxval(AT_RANDOM); /* 16 random bytes from the kernel */
    if (random != NULL) memcpy(&seed, random, sizeof seed);
#endif
    return seed;
}

static uint64_t key_hash(const StrMap *map, Str key) {
    uint64_t hash = str_hash(key, map->seed);
    return hash ^ hash >> 32; /* FNV's low bits alone mix poorly */
}

StrMap *strmap_new(Arena *arena) {
    StrMap *map = NEW(arena, StrMap);
    map->arena = arena;
    map->seed = random_seed();
    return map;
}

static Slot *slot_of(const StrMap *map, Str key, uint64_t hash) {
    size_t at = (size_t)hash & (map->capacity - 1);
    while (map->slots[at].taken && !(map->slots[at].hash == hash && str_equal(map->slots[at].key, key)))
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

void *strmap_find(const StrMap *map, Str key) {
    if (map->count == 0) return NULL;
    return slot_of(map, key, key_hash(map, key))->value;
}

static void strmap_enlarge(StrMap *map) {
    Slot *old = map->slots;
    size_t old_capacity = map->capacity;
    map->capacity = old_capacity == 0 ? 16 : old_capacity * 2;
    map->slots = NEW_ARRAY(map->arena, Slot, map->capacity);
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i].taken) *slot_of(map, old[i].key, old[i].hash) = old[i];
}

void strmap_put(StrMap *map, Str key, void *value) {
    if (map->count + 1 > map->capacity / 4 * 3) strmap_enlarge(map);
    uint64_t hash = key_hash(map, key);
    Slot *slot = slot_of(map, key, hash);
    if (!slot->taken) map->count++;
    *slot = (Slot){key, value, hash, true};
}
