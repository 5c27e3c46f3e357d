/* words: those that were met before, with the width that they are set in.
 *
 * A text has few different words, and each is the same wherever it stands in one look: what is asked most is then one look into a table.
 */
#include "layout/compose.h"

#include <string.h>

#define SLOTS_FIRST 1024

typedef struct {
    uint32_t hash, look;
    Str text;
    Word word;
} Entry;

struct Words {
    Arena *arena;
    Entry *slots; /* open addressing, linear probing; at most half full */
    uint32_t capacity, count;
    struct {
        Look **items;
        uint32_t count, capacity;
    } looks;
    uint32_t *look_slots; /* by hash: 1 + index; at most half full */
    uint32_t look_capacity;
};

Words *words_new(Arena *arena) {
    Words *words = NEW(arena, Words);
    words->arena = arena;
    return words;
}

/* ---- Looks -------------------------------------------------------------------------------------------------------- */

static bool look_equal(const Look *a, const Look *b) {
    return a->face == b->face && a->features == b->features && a->size == b->size && a->letter_spacing == b->letter_spacing &&
           str_equal(a->language, b->language);
}

static uint32_t look_hash(const Look *look) {
    uint64_t how = (uint64_t)(uint32_t)look->face->index << 40 ^ (uint64_t)look->features << 32 ^
                   (uint64_t)(uint32_t)look->size << 8 ^ (uint64_t)(uint32_t)look->letter_spacing;
    uint64_t hash = str_hash(look->language, STR_HASH_SEED ^ how);
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t *look_slot(Words *words, const Look *wanted) {
    uint32_t at = look_hash(wanted) & (words->look_capacity - 1);
    while (words->look_slots[at] && !look_equal(words->looks.items[words->look_slots[at] - 1], wanted))
        at = (at + 1) & (words->look_capacity - 1);
    return &words->look_slots[at];
}

static void looks_grow(Words *words) {
    words->look_capacity = words->look_capacity ? words->look_capacity * 2 : 32;
    words->look_slots = NEW_ARRAY(words->arena, uint32_t, words->look_capacity);
    for (uint32_t i = 0; i < words->looks.count; i++) *look_slot(words, words->looks.items[i]) = i + 1;
}

const Look *look_find(Composer *c, const Style *style, const Face *face, unsigned script, Str language) {
    Words *words = c->words;
    Look wanted = {.face = face,
        .features = style_features(style) | script,
        .language = language,
        .size = style->size,
        .letter_spacing = style->letter_spacing};
    if (words->looks.count * 2 >= words->look_capacity) looks_grow(words);
    uint32_t *slot = look_slot(words, &wanted);
    if (*slot) return words->looks.items[*slot - 1];
    Look *look = NEW(words->arena, Look);
    *look = wanted;
    look->number = words->looks.count;
    const Shaped *space = text_shape(c->fonts, face, look->features, language, STR(" "));
    if (space->run_count) {
        look->space = &space->runs[0];
        look->space_width = text_advance_lu(look->space->face, look->space->advance, look->size) +
                            look->letter_spacing * (Lu)look->space->glyph_count;
    }
    *PUSH(words->arena, &words->looks, Look *) = look;
    *slot = words->looks.count;
    return look;
}

/* ---- Words -------------------------------------------------------------------------------------------------------- */

static Entry *entry_slot(const Words *words, uint32_t look, Str text, uint32_t hash) {
    uint32_t mask = words->capacity - 1, at = (hash ^ hash >> 15) & mask;
    for (;; at = (at + 1) & mask) {
        Entry *entry = &words->slots[at];
        if (!entry->text.n) return entry;
        if (entry->hash == hash && entry->look == look && str_equal(entry->text, text)) return entry;
    }
}

static void words_grow(Words *words) {
    Entry *old = words->slots;
    uint32_t count = words->capacity;
    words->capacity = count ? count * 2 : SLOTS_FIRST;
    words->slots = NEW_ARRAY(words->arena, Entry, words->capacity);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].text.n) *entry_slot(words, old[i].look, old[i].text, old[i].hash) = old[i];
}

static Word word_make(Composer *c, const Look *look, Str text) {
    const Shaped *shaped = text_shape(c->fonts, look->face, look->features, look->language, text);
    if (shaped->missing || shaped->run_count != 1 || !shaped->runs[0].glyph_count) return (Word){0};
    const ShapedRun *run = &shaped->runs[0];
    Lu natural = text_advance_lu(run->face, run->advance, look->size);
    return (Word){run, natural + look->letter_spacing * (Lu)run->glyph_count, natural};
}

Word word_find(Composer *c, const Look *look, Str text, uint32_t hash) {
    Words *words = c->words;
    if (text.n > WORD_LONGEST || !text.n) return (Word){0};
    if (words->count * 2 >= words->capacity) words_grow(words);
    Entry *entry = entry_slot(words, look->number, text, hash ^= look->number * 40503u);
    if (!entry->text.n) {
        *entry = (Entry){hash, look->number, str_copy(words->arena, text), word_make(c, look, text)};
        words->count++;
    }
    return entry->word;
}
