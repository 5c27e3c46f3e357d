/* vocabulary: the words that were met before, with the width that they are set in.
 *
 * A text has few different words, and each is the same wherever it stands in one look: what is asked most is then one look into a table. It is
 * larger than what a core has at hand, so all that is asked about a word lies together, the table that leads there is small, and words are
 * fetched before they are asked for.
 */
#include "layout/compose.h"

#include <string.h>

#define SLOTS_FIRST 1024

typedef struct {
    Word word;
    uint32_t look;
    uint8_t length;
    char text[WORD_LONGEST];
} Entry;

typedef struct {
    uint32_t hash, entry; /* 1 + its index; 0: free */
} Slot;

struct Vocabulary {
    Arena *arena;
    Slot *slots; /* open addressing, linear probing; at most half full */
    uint32_t slot_count;
    struct {
        Entry *items;
        uint32_t count, capacity;
    } entries;
    struct {
        Look **items;
        uint32_t count, capacity;
    } looks;
    uint32_t *look_slots; /* by hash: 1 + index; at most half full */
    uint32_t look_capacity;
};

Vocabulary *vocabulary_new(Arena *arena) {
    Vocabulary *v = NEW(arena, Vocabulary);
    v->arena = arena;
    return v;
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

static uint32_t *look_slot(Vocabulary *v, const Look *wanted) {
    uint32_t at = look_hash(wanted) & (v->look_capacity - 1);
    while (v->look_slots[at] && !look_equal(v->looks.items[v->look_slots[at] - 1], wanted))
        at = (at + 1) & (v->look_capacity - 1);
    return &v->look_slots[at];
}

static void looks_grow(Vocabulary *v) {
    v->look_capacity = v->look_capacity ? v->look_capacity * 2 : 32;
    v->look_slots = NEW_ARRAY(v->arena, uint32_t, v->look_capacity);
    for (uint32_t i = 0; i < v->looks.count; i++) *look_slot(v, v->looks.items[i]) = i + 1;
}

const Look *look_find(Composer *c, const Style *style, const Face *face, unsigned script, Str language) {
    Vocabulary *v = c->vocabulary;
    Look wanted = {.face = face,
        .features = style_features(style) | script,
        .language = language,
        .size = style->size,
        .letter_spacing = style->letter_spacing};
    if (v->looks.count * 2 >= v->look_capacity) looks_grow(v);
    uint32_t *slot = look_slot(v, &wanted);
    if (*slot) return v->looks.items[*slot - 1];
    Look *look = NEW(v->arena, Look);
    *look = wanted;
    look->number = v->looks.count;
    const Shaped *space = text_shape(c->fonts, face, look->features, language, STR(" "));
    if (space->run_count) {
        look->space = &space->runs[0];
        look->space_width = text_advance_lu(look->space->face, look->space->advance, look->size) +
                            look->letter_spacing * (Lu)look->space->glyph_count;
    }
    *PUSH(v->arena, &v->looks, Look *) = look;
    *slot = v->looks.count;
    return look;
}

/* ---- Words ---------------------------------------------------------------------------------------------------------- */

static bool entry_is(const Entry *entry, uint32_t look, Str text) {
    return entry->look == look && entry->length == text.n && memcmp(entry->text, text.p, text.n) == 0;
}

static uint32_t look_mixed(const Look *look, uint32_t hash) { return hash ^ look->number * 40503u; }

static uint32_t slot_first(const Vocabulary *v, uint32_t hash) { return (hash ^ hash >> 15) & (v->slot_count - 1); }

static Slot *slot_find(const Vocabulary *v, uint32_t look, Str text, uint32_t hash) {
    uint32_t mask = v->slot_count - 1, at = slot_first(v, hash);
    for (;; at = (at + 1) & mask) {
        Slot *slot = &v->slots[at];
        if (!slot->entry || (slot->hash == hash && entry_is(&v->entries.items[slot->entry - 1], look, text))) return slot;
    }
}

static void slots_grow(Vocabulary *v) {
    const Slot *old = v->slots;
    uint32_t count = v->slot_count;
    v->slot_count = count ? count * 2 : SLOTS_FIRST;
    v->slots = NEW_ARRAY(v->arena, Slot, v->slot_count);
    for (uint32_t i = 0; i < count; i++) {
        if (!old[i].entry) continue;
        const Entry *entry = &v->entries.items[old[i].entry - 1];
        *slot_find(v, entry->look, (Str){entry->text, entry->length}, old[i].hash) = old[i];
    }
}

static Word word_make(Composer *c, const Look *look, Str text) {
    const Shaped *shaped = text_shape(c->fonts, look->face, look->features, look->language, text);
    if (shaped->missing || shaped->run_count != 1 || !shaped->runs[0].glyph_count || shaped->runs[0].glyph_count > UINT16_MAX)
        return (Word){0};
    const ShapedRun *run = &shaped->runs[0];
    Lu natural = text_advance_lu(run->face, run->advance, look->size);
    return (Word){.face = run->face,
        .glyphs = run->glyphs,
        .glyph_count = (uint16_t)run->glyph_count,
        .cluster = (uint8_t)run->glyphs[0].cluster,
        .spaced = shaped->spaced,
        .width = natural + look->letter_spacing * (Lu)run->glyph_count,
        .natural = natural};
}

void vocabulary_expect(const Vocabulary *v, const Look *look, const WordPlace *words, uint32_t count) {
    if (!v->slot_count) return;
    for (uint32_t i = 0; i < count; i++) __builtin_prefetch(&v->slots[slot_first(v, look_mixed(look, words[i].hash))]);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t entry = v->slots[slot_first(v, look_mixed(look, words[i].hash))].entry;
        if (entry) __builtin_prefetch(&v->entries.items[entry - 1]);
    }
}

Word vocabulary_word(Composer *c, const Look *look, Str text, uint32_t hash) {
    Vocabulary *v = c->vocabulary;
    if (text.n > WORD_LONGEST || !text.n) return (Word){0};
    if (v->entries.count * 2 >= v->slot_count) slots_grow(v);
    Slot *slot = slot_find(v, look->number, text, hash = look_mixed(look, hash));
    if (!slot->entry) {
        Entry *entry = PUSH(v->arena, &v->entries, Entry);
        entry->word = word_make(c, look, text);
        entry->look = look->number;
        entry->length = (uint8_t)text.n;
        memcpy(entry->text, text.p, text.n);
        *slot = (Slot){hash, v->entries.count};
    }
    return v->entries.items[slot->entry - 1].word;
}
