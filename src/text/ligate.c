/* Ligatures in words that are put together (assemble.c): as GSUB's lookups of type 4 make them, one lookup after the other, each over the whole word.
 *
 * Only where the glyphs are those of the characters, and where nothing can come of the ligature but what it is: no further one, and no context.
 */
#include "text/assembly.h"

#include <string.h>

/* The number of a ligature, which is a character to what comes after; NOT_PLAIN: more could come of it. */
static uint8_t ligature_number(Assembly *a, uint32_t glyph) {
    for (uint32_t i = 0; i < a->ligature_count; i++)
        if (a->ligature[i].glyph == glyph) return a->ligature[i].number;
    if (a->ligature_count == LIGATURES_MOST || a->count == CHARACTERS_MOST) return NOT_PLAIN;
    Character *c = &a->characters[a->count + 1];
    bool plain = character_of_glyph(a, glyph, c) && !c->first && !c->second && !c->substituted;
    uint8_t number = plain ? (uint8_t)++a->count : NOT_PLAIN;
    a->ligature[a->ligature_count].glyph = (uint16_t)glyph;
    a->ligature[a->ligature_count++].number = number;
    return number;
}

static bool is_followed(Assembly *a, uint32_t ligature, uint32_t components, const NumberedWord *word, uint32_t at) {
    if (word->count - at < components) return false;
    for (uint32_t i = 1; i < components; i++) {
        uint8_t number = word->numbers[at + i];
        if (layout_u16(&a->gsub, ligature + 2 + 2 * i) != a->characters[number].glyph) return false;
        if (is_apart(a, word->numbers[at + i - 1], number)) return false;
    }
    return true;
}

/* The ligature that a subtable makes of the characters from `at` on, and of how many; 0: none. */
static uint32_t ligature_at(Assembly *a, uint32_t subtable, const NumberedWord *word, uint32_t at, uint32_t *components) {
    LayoutTable *t = &a->gsub;
    const Character *first = &a->characters[word->numbers[at]];
    if (!first->first) return 0; /* of no joint, as most */
    int32_t index = coverage_find(t, subtable_coverage(t, subtable), first->glyph);
    if (index < 0 || (uint32_t)index >= layout_u16(t, subtable + 4)) return 0;
    uint32_t set = subtable + layout_u16(t, subtable + 6 + 2 * (uint32_t)index), count = layout_u16(t, set);
    for (uint32_t i = 0; i < count && !t->damaged; i++) {
        uint32_t ligature = set + layout_u16(t, set + 2 + 2 * i);
        *components = layout_u16(t, ligature + 2);
        if (*components > 1 && is_followed(a, ligature, *components, word, at)) return layout_u16(t, ligature);
    }
    return 0;
}

static void characters_join(NumberedWord *word, uint32_t at, uint32_t components, uint8_t number) {
    uint32_t rest = word->count - at - components;
    word->numbers[at] = number;
    memmove(&word->numbers[at + 1], &word->numbers[at + components], rest);
    memmove(&word->clusters[at + 1], &word->clusters[at + components], rest);
    word->count -= components - 1;
}

bool word_ligate(Assembly *a, NumberedWord *word) {
    for (uint32_t i = 0; i < word->count; i++)
        if (a->characters[word->numbers[i]].substituted) return false;
    const Subtables *all = &a->substitutions;
    for (uint32_t first = 0, next; first < all->count; first = next) { /* the subtables of a lookup */
        for (next = first + 1; next < all->count && all->items[next].lookup == all->items[first].lookup;) next++;
        for (uint32_t at = 0; all->items[first].type == GSUB_LIGATURE && at < word->count; at++)
            for (uint32_t s = first; s < next; s++) {
                uint32_t components, glyph = ligature_at(a, all->items[s].at, word, at, &components);
                if (!glyph) continue;
                uint8_t number = ligature_number(a, glyph);
                if (number == NOT_PLAIN) return false;
                characters_join(word, at, components, number);
                break;
            }
    }
    return !a->gsub.damaged;
}
