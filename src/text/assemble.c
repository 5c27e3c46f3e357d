/* Words put together from what is known of their characters and pairs, where that gives what HarfBuzz would make of the whole word.
 *
 * HarfBuzz goes through all lookups of a face for each word. For most words that comes to this: each character's glyph, by single
 * substitutions perhaps another one, and between neighbours some kerning. More can happen only where two glyphs stand together that a ligature begins
 * with or that a context needs (a "joint"): each pair of characters is looked up once in GSUB and GPOS. Ligatures are put in (ligate.c) if
 * nothing more can come of them. A word with another joint in it, or with a character about which there is anything else to say, goes to HarfBuzz
 * whole. So does every word of a face that has other means: another technology (AAT, Graphite), variations, pairs that move the second glyph,
 * lookups that pass over letters.
 */
#include "text/assembly.h"

#include <hb-ot.h>
#include <string.h>

enum { IGNORE_BASES = 2, IGNORE_LIGATURES = 4 }; /* of lookups' flags */
enum { KERNS_MOST = 64 };
enum { PAIR_UNKNOWN = INT16_MIN, PAIR_JOINT, PAIR_LIGATURE };

/* ---- Characters that may be plain ---------------------------------------------------------------------------------- */

static const uint16_t NO_SLOT = SLOTS;

/* Letters of Latin, figures, and what stands between words; no marks, nothing that is ignored, nothing that makes fractions. */
static uint16_t slot_of(uint32_t c, bool *latin) {
    if (c < 0x80) {
        if (c < ' ' || c == 0x7F) return NO_SLOT;
        if (char_is_letter((char)c)) *latin = true;
        return (uint16_t)c;
    }
    if (c < SLOTS_LETTERS) {
        if (c < 0xA0 || c == 0xAA || c == 0xAD || c == 0xBA) return NO_SLOT;
        if (c >= 0xC0 && c != 0xD7 && c != 0xF7) *latin = true;
        return (uint16_t)c;
    }
    return c >= PUNCTUATION && c < PUNCTUATION + SLOTS - SLOTS_LETTERS ? (uint16_t)(SLOTS_LETTERS + c - PUNCTUATION) : NO_SLOT;
}

/* ---- What a face's tables say -------------------------------------------------------------------------------------- */

static LayoutTable table_of(hb_face_t *face, hb_tag_t tag) {
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size);
    hb_blob_destroy(blob); /* it lies in the face's file */
    return (LayoutTable){.p = (const uint8_t *)bytes, .n = size};
}

static bool has_other_means(hb_face_t *face) {
    static const hb_tag_t tags[] = {HB_TAG('m', 'o', 'r', 'x'), HB_TAG('m', 'o', 'r', 't'), HB_TAG('k', 'e', 'r', 'x'),
        HB_TAG('t', 'r', 'a', 'k'), HB_TAG('f', 'v', 'a', 'r'), HB_TAG('S', 'i', 'l', 'f')};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (table_of(face, tags[i]).n > 0) return true;
    return false;
}

/* HarfBuzz takes an old kern table where GPOS has no kerning for the script. */
static bool kerns_by_old_table(hb_face_t *face, hb_script_t script, hb_language_t language) {
    if (table_of(face, HB_TAG('k', 'e', 'r', 'n')).n == 0) return false;
    hb_tag_t scripts[8], languages[8];
    unsigned script_count = 8, language_count = 8, at_script, at_language, feature;
    hb_ot_tags_from_script_and_language(script, language, &script_count, scripts, &language_count, languages);
    hb_ot_layout_table_select_script(face, HB_OT_TAG_GPOS, script_count, scripts, &at_script, NULL);
    hb_ot_layout_script_select_language(face, HB_OT_TAG_GPOS, at_script, language_count, languages, &at_language);
    return !hb_ot_layout_language_find_feature(
        face, HB_OT_TAG_GPOS, at_script, at_language, HB_TAG('k', 'e', 'r', 'n'), &feature);
}

static void subtables_read(
    Arena *arena, hb_shape_plan_t *plan, hb_tag_t tag, LayoutTable *table, uint32_t extension, Subtables *out) {
    hb_set_t *lookups = hb_set_create();
    hb_ot_shape_plan_collect_lookups(plan, tag, lookups);
    for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups, &lookup);)
        lookup_read(arena, table, lookup, extension, out);
    hb_set_destroy(lookups);
}

/* Every character is held against all of them. There are fewer than the table has bytes, unless it is made to look like more. */
static void ligatures_read(Arena *arena, LayoutTable *t, uint32_t at, Ligatures *out) {
    out->sets = layout_u16(t, at + 4);
    for (uint32_t i = 0; i < out->sets && !t->damaged; i++) {
        uint32_t set = at + layout_u16(t, at + 6 + 2 * i), count = layout_u16(t, set);
        for (uint32_t k = 0; k < count && !t->damaged; k++) {
            uint32_t ligature = set + layout_u16(t, set + 2 + 2 * k), components = layout_u16(t, ligature + 2);
            if (out->count == t->n) t->damaged = true;
            if (out->count < t->n)
                *PUSH(arena, out, Ligature) = (Ligature){i, components < 2 ? ALONE : layout_u16(t, ligature + 4)};
        }
    }
}

/* Whether every subtable is of a kind that is understood here. */
static bool tables_are_plain(Assembly *a) {
    uint32_t kerns = 0;
    for (uint32_t i = 0; i < a->substitutions.count; i++) {
        const Subtable *s = &a->substitutions.items[i];
        if (s->flags & (IGNORE_BASES | IGNORE_LIGATURES)) return false;
    }
    for (uint32_t i = 0; i < a->positions.count; i++) {
        const Subtable *s = &a->positions.items[i];
        if (s->type >= GPOS_PAIR && s->type != GPOS_PAIR && s->type < GPOS_CONTEXT) continue; /* looked at by character */
        if (s->flags & (IGNORE_BASES | IGNORE_LIGATURES)) return false;
        if (s->type == GPOS_PAIR && (!pair_is_kerning(&a->gpos, s->at) || ++kerns > KERNS_MOST)) return false;
    }
    return !a->gsub.damaged && !a->gpos.damaged;
}

Assembly *assembly_new(Arena *arena, const OpenFace *face, const Setting *setting, bool latin) {
    Assembly *a = NEW(arena, Assembly);
    a->face = face;
    a->plain_t = plain_t_holds(face, setting->features);
    hb_script_t script = latin ? HB_SCRIPT_LATIN : HB_SCRIPT_INVALID;
    a->whole = has_other_means(face->hb_face) || kerns_by_old_table(face->hb_face, script, setting->language);
    if (a->whole) return a;
    a->gsub = table_of(face->hb_face, HB_OT_TAG_GSUB);
    a->gpos = table_of(face->hb_face, HB_OT_TAG_GPOS);
    hb_segment_properties_t properties = {.direction = HB_DIRECTION_LTR, .script = script, .language = setting->language};
    hb_feature_t features[FEATURES_MAX];
    unsigned count = features_of(setting, 0, 0, features);
    hb_shape_plan_t *plan = hb_shape_plan_create_cached(face->hb_face, &properties, features, count, NULL);
    subtables_read(arena, plan, HB_OT_TAG_GSUB, &a->gsub, GSUB_EXTENSION, &a->substitutions);
    subtables_read(arena, plan, HB_OT_TAG_GPOS, &a->gpos, GPOS_EXTENSION, &a->positions);
    hb_shape_plan_destroy(plan);
    a->ligature_sets = NEW_ARRAY(arena, Ligatures, a->substitutions.count);
    for (uint32_t i = 0; i < a->substitutions.count; i++)
        if (a->substitutions.items[i].type == GSUB_LIGATURE)
            ligatures_read(arena, &a->gsub, a->substitutions.items[i].at, &a->ligature_sets[i]);
    a->whole = !tables_are_plain(a);
    return a;
}

/* ---- Characters ---------------------------------------------------------------------------------------------------- */

static uint64_t joint_bit(uint32_t joint) { return (uint64_t)1 << (joint < JOINTS_MOST ? joint : JOINTS_MOST - 1); }

/* Each set of ligatures, which begin with the same glyph, is a joint. False: the glyph alone is one. */
static bool ligatures_look(Assembly *a, uint32_t substitution, uint32_t glyph, uint32_t *joint, Character *out) {
    const Ligatures *ligatures = &a->ligature_sets[substitution];
    int32_t own = coverage_find(&a->gsub, subtable_coverage(&a->gsub, a->substitutions.items[substitution].at), glyph);
    for (uint32_t i = 0; i < ligatures->sets; i++) {
        if (*joint + i < JOINTS_MOST - 1) a->ligatures |= joint_bit(*joint + i);
        if ((int32_t)i == own) out->first |= joint_bit(*joint + i);
    }
    for (const Ligature *l = ligatures->items, *end = l + ligatures->count; l < end; l++) {
        if (l->second == glyph) out->second |= joint_bit(*joint + l->set);
        if (l->second == ALONE && (int32_t)l->set == own) return false;
    }
    *joint += ligatures->sets;
    return true;
}

static bool is_covered(LayoutTable *table, const Subtable *s, uint32_t glyph) {
    return coverage_find(table, subtable_coverage(table, s->at), glyph) >= 0;
}

/* False: the glyph alone is enough, or more would have to be known. */
static bool context_looks(LayoutTable *t, const Subtable *s, bool chain, uint32_t glyph, uint32_t *joint, Character *out) {
    if (layout_u16(t, s->at) != 3) return !is_covered(t, s, glyph);
    uint32_t first, second;
    if (!context_pair(t, s, chain, &first, &second)) return coverage_find(t, first, glyph) < 0;
    uint64_t bit = joint_bit((*joint)++);
    if (coverage_find(t, first, glyph) >= 0) out->first |= bit;
    if (coverage_find(t, second, glyph) >= 0) out->second |= bit;
    return true;
}

/* Follows a glyph through the substitutions, in their order; false: it is not plain. */
static bool glyph_substitute(Assembly *a, uint32_t *glyph, uint32_t *joint, Character *out) {
    LayoutTable *t = &a->gsub;
    uint32_t done = UINT32_MAX; /* the lookup that has been applied to it */
    for (uint32_t i = 0; i < a->substitutions.count; i++) {
        const Subtable *s = &a->substitutions.items[i];
        bool plain = true;
        if (s->type == GSUB_SINGLE) {
            if (s->lookup == done || !is_covered(t, s, *glyph)) continue;
            uint32_t made = single_apply(t, s->at, *glyph);
            if (made != *glyph) out->substituted = true;
            *glyph = made;
            done = s->lookup;
        } else if (s->type == GSUB_LIGATURE) {
            plain = ligatures_look(a, i, *glyph, joint, out);
        } else if (s->type == GSUB_CONTEXT || s->type == GSUB_CHAIN) {
            plain = context_looks(t, s, s->type == GSUB_CHAIN, *glyph, joint, out);
        } else {
            plain = !is_covered(t, s, *glyph);
        }
        if (!plain) return false;
    }
    return true;
}

static bool glyph_position(Assembly *a, uint32_t glyph, uint32_t *joint, Character *out) {
    LayoutTable *t = &a->gpos;
    uint64_t kern = 1;
    for (uint32_t i = 0; i < a->positions.count; i++) {
        const Subtable *s = &a->positions.items[i];
        bool plain = true;
        if (s->type == GPOS_PAIR) {
            if (is_covered(t, s, glyph)) out->kerns |= kern;
            kern <<= 1;
        } else if (s->type == GPOS_CONTEXT || s->type == GPOS_CHAIN) {
            plain = context_looks(t, s, s->type == GPOS_CHAIN, glyph, joint, out);
        } else {
            plain = !is_covered(t, s, glyph);
        }
        if (!plain) return false;
    }
    return true;
}

bool character_of_glyph(Assembly *a, uint32_t glyph, Character *out) {
    *out = (Character){0};
    hb_face_t *face = a->face->hb_face;
    if (glyph == 0 || glyph >= a->face->face.glyph_count) return false;
    if (hb_ot_layout_get_glyph_class(face, glyph) == HB_OT_LAYOUT_GLYPH_CLASS_MARK) return false;
    uint32_t joint = 0;
    if (!glyph_substitute(a, &glyph, &joint, out) || !glyph_position(a, glyph, &joint, out)) return false;
    if (glyph == 0 || glyph >= a->face->face.glyph_count || a->gsub.damaged || a->gpos.damaged) return false;
    if (hb_ot_layout_get_glyph_class(face, glyph) == HB_OT_LAYOUT_GLYPH_CLASS_MARK) return false;
    int32_t advance = face_advance(&a->face->face, (uint16_t)glyph);
    if (advance < 0 || advance > INT16_MAX / 2) return false;
    out->glyph = (uint16_t)glyph;
    out->advance = (int16_t)advance;
    return true;
}

static bool character_read(Assembly *a, uint32_t c, Character *out) {
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(a->face->hb_font, c, &glyph) || !character_of_glyph(a, glyph, out)) return false;
    out->c = c;
    return true;
}

static uint8_t character_number(Assembly *a, uint16_t slot) {
    uint8_t *number = &a->number[slot];
    if (*number) return *number;
    uint32_t c = slot < SLOTS_LETTERS ? slot : PUNCTUATION + slot - SLOTS_LETTERS;
    bool plain = a->count < CHARACTERS_MOST && character_read(a, c, &a->characters[a->count + 1]);
    return *number = plain ? (uint8_t)++a->count : NOT_PLAIN;
}

/* ---- Pairs --------------------------------------------------------------------------------------------------------- */

/* Something stands between them that keeps them apart. */
bool is_apart(const Assembly *a, uint8_t first, uint8_t second) {
    return a->plain_t && a->characters[first].c == 't' && joins_t(a->characters[second].c);
}

static int16_t kerning_of(Assembly *a, const Character *first, const Character *second) {
    int32_t kerning = 0;
    uint64_t kern = 1;
    uint32_t done = UINT32_MAX;
    for (uint32_t i = 0; first->kerns >= kern && kern && i < a->positions.count; i++) {
        const Subtable *s = &a->positions.items[i];
        if (s->type != GPOS_PAIR) continue;
        int32_t advance;
        if ((first->kerns & kern) && s->lookup != done && pair_advance(&a->gpos, s->at, first->glyph, second->glyph, &advance)) {
            kerning += advance;
            done = s->lookup;
        }
        kern <<= 1;
    }
    bool sound = !a->gpos.damaged && kerning > INT16_MIN / 2 && kerning < INT16_MAX / 2;
    return sound ? (int16_t)kerning : PAIR_JOINT;
}

static int16_t pair_look(Assembly *a, uint8_t first_number, uint8_t second_number) {
    const Character *first = &a->characters[first_number], *second = &a->characters[second_number];
    uint64_t joints = first->first & second->second;
    if (is_apart(a, first_number, second_number)) joints &= ~a->ligatures;
    if (joints) return joints & ~a->ligatures ? PAIR_JOINT : PAIR_LIGATURE;
    return kerning_of(a, first, second);
}

static int16_t pair_kerning(Arena *arena, Assembly *a, uint8_t first, uint8_t second) {
    int16_t *row = a->pairs[first];
    if (!row) {
        row = a->pairs[first] = NEW_ARRAY(arena, int16_t, CHARACTERS_MOST + 1);
        for (uint32_t i = 0; i <= CHARACTERS_MOST; i++) row[i] = PAIR_UNKNOWN;
    }
    if (row[second] == PAIR_UNKNOWN) row[second] = pair_look(a, first, second);
    return row[second];
}

/* ---- Words --------------------------------------------------------------------------------------------------------- */

bool word_read(Str text, PlainWord *out) {
    *out = (PlainWord){0};
    if (text.n > 3 * WORD_CHARACTERS) return false;
    for (size_t at = 0; at < text.n;) {
        if (out->count == WORD_CHARACTERS) return false;
        out->clusters[out->count] = (uint8_t)at;
        unsigned char byte = (unsigned char)text.p[at];
        uint16_t slot = slot_of(byte < 0x80 ? (at++, byte) : utf8_next(text, &at), &out->latin);
        if (slot == NO_SLOT) return false;
        out->slots[out->count++] = slot;
    }
    return out->count > 0;
}

/* PAIR_JOINT: HarfBuzz has to be asked; PAIR_LIGATURE: ligatures have to be put in first; else 0. */
static int16_t word_set(Arena *arena, Assembly *a, const NumberedWord *word, bool ligated, Glyph *glyphs, int32_t *advance) {
    *advance = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        const Character *character = &a->characters[word->numbers[i]];
        if (i > 0) {
            int16_t kerning = pair_kerning(arena, a, word->numbers[i - 1], word->numbers[i]);
            if (kerning == PAIR_LIGATURE && ligated) kerning = kerning_of(a, &a->characters[word->numbers[i - 1]], character);
            if (kerning == PAIR_LIGATURE || kerning == PAIR_JOINT) return kerning;
            glyphs[i - 1].advance = (int16_t)(glyphs[i - 1].advance + kerning);
            *advance += kerning;
        }
        glyphs[i] = (Glyph){.id = character->glyph, .cluster = word->clusters[i], .advance = character->advance};
        *advance += character->advance;
    }
    return 0;
}

uint32_t word_assemble(Arena *arena, Assembly *a, const PlainWord *word, Glyph glyphs[WORD_CHARACTERS], int32_t *advance) {
    NumberedWord numbered;
    numbered.count = a->whole ? 0 : word->count;
    for (uint32_t i = 0; i < numbered.count; i++) {
        numbered.clusters[i] = word->clusters[i];
        if ((numbered.numbers[i] = character_number(a, word->slots[i])) == NOT_PLAIN) return 0;
    }
    int16_t fault = word_set(arena, a, &numbered, false, glyphs, advance);
    if (fault == PAIR_LIGATURE && word_ligate(a, &numbered)) fault = word_set(arena, a, &numbered, true, glyphs, advance);
    return fault ? 0 : numbered.count;
}
