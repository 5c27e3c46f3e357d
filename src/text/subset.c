/* Subsets of faces, by HarfBuzz: outlines and widths, for the PDF.
 *
 * They depend on nothing but the face and what is wanted: HarfBuzz leaves the dates in `head` as they are and computes the
 * check sums. Hinting is left out: it is for screens of another time, and half of a subset's size.
 */
#include "text/internal.h"

#include <hb-subset.h>
#include <string.h>

/* Loaded when a face is first subset. */
/* clang-format off */
#define SUBSET_FUNCTIONS(F) \
    F(hb_subset_input_create_or_fail) F(hb_subset_input_destroy) F(hb_subset_input_glyph_set) F(hb_subset_input_set_flags) \
    F(hb_subset_plan_create_or_fail) F(hb_subset_plan_destroy) F(hb_subset_plan_execute_or_fail) \
    F(hb_subset_plan_old_to_new_glyph_mapping)
/* clang-format on */
LATE_LIBRARY(hb_subset, BRIEF_SUBSET, SUBSET_FUNCTIONS)

/* Copies the result out of HarfBuzz's memory. */
static bool subset_take(Arena *arena, hb_face_t *subset, Str *out) {
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size);
    bool made = bytes && size > 0;
    if (made) *out = str_copy(arena, (Str){bytes, size});
    hb_blob_destroy(blob);
    return made;
}

/* ISO 32000-1 §9.9: a CIDFontType2's program needs these. Everything else is dead weight, as glyphs are chosen by number and the text is shaped
 * already; and a face without a character map is looked through in half the time. */
static hb_face_t *outlines_of(hb_face_t *face) {
    static const char tables[][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    hb_face_t *outlines = hb_face_builder_create();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        hb_tag_t tag = hb_tag_from_string(tables[i], 4);
        hb_blob_t *table = hb_face_reference_table(face, tag);
        hb_face_builder_add_table(outlines, tag, table);
        hb_blob_destroy(table);
    }
    return outlines;
}

/* The next glyph from `from` on that is marked; face->glyph_count: none. Few of a face's thousands are. */
static uint32_t glyph_next(const Face *face, const uint8_t *used, uint32_t from) {
    const uint8_t *found = memchr(used + from, 1, face->glyph_count - from);
    return found ? (uint32_t)(found - used) : face->glyph_count;
}

/* The numbers that the plan gives to the glyphs marked in `used`. */
static uint16_t *new_ids(Arena *arena, hb_subset_plan_t *plan, const Face *face, const uint8_t *used) {
    const hb_map_t *map = hb_subset()->hb_subset_plan_old_to_new_glyph_mapping(plan);
    uint16_t *ids = NEW_ARRAY(arena, uint16_t, face->glyph_count);
    for (uint32_t glyph = 0; (glyph = glyph_next(face, used, glyph)) < face->glyph_count; glyph++)
        if (hb_map_has(map, glyph)) ids[glyph] = (uint16_t)hb_map_get(map, glyph);
    return ids;
}

bool face_subset(Arena *arena, const Face *face, const uint8_t *used, Subset *out) {
    hb_subset_input_t *input = hb_subset()->hb_subset_input_create_or_fail();
    if (!input) return false;
    hb_set_t *glyphs = hb_subset()->hb_subset_input_glyph_set(input);
    hb_set_add(glyphs, 0);
    for (uint32_t glyph = 0; (glyph = glyph_next(face, used, glyph)) < face->glyph_count; glyph++) hb_set_add(glyphs, glyph);
    hb_subset()->hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_face_t *outlines = outlines_of(open_face(face)->hb_face);
    hb_subset_plan_t *plan = hb_subset()->hb_subset_plan_create_or_fail(outlines, input);
    hb_face_t *subset = plan ? hb_subset()->hb_subset_plan_execute_or_fail(plan) : NULL;
    bool made = subset && subset_take(arena, subset, &out->file);
    if (made) {
        out->new_id = new_ids(arena, plan, face, used);
        out->glyph_count = hb_face_get_glyph_count(subset);
    }
    hb_face_destroy(subset);
    hb_subset()->hb_subset_plan_destroy(plan);
    hb_face_destroy(outlines);
    hb_subset()->hb_subset_input_destroy(input);
    return made;
}
