/* The cache of shaped words: for each face, set of features and language a hash table on the fonts' own arena. Nothing is ever taken out: a
 * document has few different words, and its process ends with it. */
#include "text/internal.h"

#include <string.h>

enum { SLOTS_FIRST = 256 };

Vocabulary *vocabulary_find(Fonts *fonts, const OpenFace *face, unsigned features, uint32_t language) {
    Vocabulary **at = &fonts->vocabularies, *found;
    while ((found = *at) && (found->face != face || found->features != features || found->language != language))
        at = &found->next;
    if (found) {
        *at = found->next;
    } else {
        found = NEW(fonts->arena, Vocabulary);
        *found = (Vocabulary){.face = face, .features = features, .language = language};
        char tag[4];
        language_unpack(language, tag);
        found->hb_language = hb_language_from_string(language ? tag : "und", -1); /* HarfBuzz would otherwise ask the locale */
    }
    found->next = fonts->vocabularies;
    fonts->vocabularies = found;
    return found;
}

/* FNV's low bits are its good ones only once the high ones are folded in. */
uint32_t word_hash(Str text) {
    uint64_t hash = str_hash(text, STR_HASH_SEED);
    return (uint32_t)(hash ^ hash >> 32);
}

static Str word_text(const Word *word) { return (Str){(const char *)(word + 1), word->length}; }

Word *vocabulary_at(const Vocabulary *vocabulary, Str text, uint32_t hash) {
    if (!vocabulary->capacity) return NULL;
    uint32_t mask = vocabulary->capacity - 1;
    for (uint32_t at = hash & mask; vocabulary->slots[at].word; at = (at + 1) & mask) {
        const struct WordSlot *slot = &vocabulary->slots[at];
        if (slot->hash == hash && str_equal(word_text(slot->word), text)) return slot->word;
    }
    return NULL;
}

static void slot_fill(Vocabulary *vocabulary, uint32_t hash, Word *word) {
    uint32_t mask = vocabulary->capacity - 1, at = hash & mask;
    while (vocabulary->slots[at].word) at = (at + 1) & mask;
    vocabulary->slots[at] = (struct WordSlot){hash, word};
}

static void vocabulary_grow(Vocabulary *vocabulary, Arena *arena) {
    struct WordSlot *old = vocabulary->slots;
    uint32_t capacity = vocabulary->capacity;
    vocabulary->capacity = capacity ? capacity * 2 : SLOTS_FIRST;
    vocabulary->slots = NEW_ARRAY(arena, struct WordSlot, vocabulary->capacity);
    for (uint32_t i = 0; i < capacity; i++)
        if (old[i].word) slot_fill(vocabulary, old[i].hash, old[i].word);
}

Word *word_keep(Fonts *fonts, Vocabulary *vocabulary, Str text, uint32_t hash, uint32_t glyph_count, Glyph **glyphs) {
    if (vocabulary->count + 1 > vocabulary->capacity / 4 * 3) vocabulary_grow(vocabulary, fonts->arena);
    size_t letters = (text.n + _Alignof(Glyph) - 1) / _Alignof(Glyph) * _Alignof(Glyph);
    Word *word = arena_alloc(fonts->arena, sizeof(Word) + letters + (glyph_count + (size_t)1) * sizeof(Glyph), _Alignof(Word));
    if (text.n) memcpy(word + 1, text.p, text.n);
    *glyphs = (Glyph *)(void *)((char *)(word + 1) + letters);
    word->length = (uint32_t)text.n;
    slot_fill(vocabulary, hash, word);
    vocabulary->count++;
    return word;
}
