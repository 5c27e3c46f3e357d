/* words: two texts, word by word. */
#include "diff/internal.h"

#include <stdlib.h>

typedef struct {
    Str *items;
    uint32_t count, capacity;
} Words;

static Words words_split(Arena *arena, Str text) {
    Words words = {0};
    for (size_t at = 0; at < text.n;) {
        while (at < text.n && char_is_space(text.p[at])) at++;
        size_t from = at;
        while (at < text.n && !char_is_space(text.p[at])) at++;
        if (at > from) *PUSH(arena, &words, Str) = str_slice(text, from, at);
    }
    return words;
}

Str words_begin(Arena *arena, Str text, size_t most) {
    if (text.n <= most) return text;
    size_t end = most;
    while (end && text.p[end] != ' ') end--;
    if (!end)
        for (end = most; ((unsigned char)text.p[end] & 0xC0) == 0x80;) end--;
    return str_format(arena, STR_FMT " …", (int)end, text.p);
}

static uint64_t *words_hashes(Arena *arena, const Words *words) {
    uint64_t *hashes = NEW_ARRAY(arena, uint64_t, words->count + 1);
    for (uint32_t i = 0; i < words->count; i++) hashes[i] = str_hash(words->items[i], STR_HASH_SEED);
    return hashes;
}

WordChanges words_compare(Arena *arena, Str before, Str after) {
    Words a = words_split(arena, before), b = words_split(arena, after);
    uint32_t *partners = sequences_match(arena, words_hashes(arena, &a), a.count, words_hashes(arena, &b), b.count);
    WordChanges changes = {0};
    uint32_t next = 0; /* of b */
    for (uint32_t i = 0; i <= a.count; i++) {
        if (i < a.count && partners[i] == NO_MATCH) {
            *PUSH(arena, &changes, WordChange) = (WordChange){a.items[i], '-'};
            continue;
        }
        uint32_t to = i < a.count ? partners[i] : b.count;
        for (; next < to; next++) *PUSH(arena, &changes, WordChange) = (WordChange){b.items[next], '+'};
        if (i == a.count) break;
        *PUSH(arena, &changes, WordChange) = (WordChange){a.items[i], ' '};
        next++;
    }
    return changes;
}

static int hash_order(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

Bag *words_bag(Arena *arena, Str text) {
    Words words = words_split(arena, text);
    Bag *bag = NEW(arena, Bag);
    *bag = (Bag){words_hashes(arena, &words), words.count};
    qsort(bag->hashes, bag->count, sizeof *bag->hashes, hash_order);
    return bag;
}

uint32_t bags_likeness(const Bag *a, const Bag *b) {
    uint64_t both = 0, all = (uint64_t)a->count + b->count;
    for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint64_t left = a->hashes[i], right = b->hashes[k];
        both += left == right;
        i += left <= right;
        k += right <= left;
    }
    return all ? (uint32_t)(both * 200 / all) : 0;
}
