/* Which face sets which part of a text when the chosen one cannot set all of it.
 *
 * The unit is a base character with what belongs to it (combining marks, joiners, variation selectors: after UAX #29), which
 * must come from one face. Whether a face has a unit is found out by shaping it: so what HarfBuzz composes, decomposes or
 * makes from a space is counted as it will be set. Neighbouring units in one face are shaped together afterwards, so that letters
 * join and kern across them. Stretches are in the order of the text.
 */
#include "text/internal.h"

static uint32_t code_point_at(Str text, size_t at, size_t *after) {
    uint32_t c = utf8_next(text, &at);
    *after = at;
    return c == UTF8_BAD ? 0xFFFD : c;
}

static bool extends_unit(uint32_t c) {
    if (c < 0x300) return false;
    if (c == 0x200C || c == 0x200D || (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0020 && c <= 0xE007F)) return true;
    hb_unicode_general_category_t category = hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

/* Where the unit that begins at `at` ends. */
static size_t unit_end(Str text, size_t at) {
    size_t end, after;
    uint32_t last = code_point_at(text, at, &end);
    while (end < text.n) {
        uint32_t c = code_point_at(text, end, &after);
        if (!extends_unit(c) && last != 0x200D) break;
        last = c;
        end = after;
    }
    return end;
}

static bool has_character(const OpenFace *face, uint32_t c) {
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(face->hb_font, c, &glyph);
}

static bool has_parts(uint32_t c) {
    hb_codepoint_t first, second;
    return hb_unicode_decompose(hb_unicode_funcs_get_default(), c, &first, &second);
}

typedef struct {
    Fonts *fonts;
    const OpenFace *chosen;
    const Setting *setting;
} Division;

static bool has_unit(const Division *d, const OpenFace *face, size_t start, size_t end) {
    buffer_shape(d->fonts, face, d->setting, (uint32_t)start, (uint32_t)(end - start));
    return !buffer_lacks_glyphs(d->fonts);
}

/* The first face that has the whole unit: the chosen one, the program's own that stands in for a document's, then the fallback; one that only
 * has the parts that the base character could be made of comes behind all that have it itself. NULL when none has. */
static const OpenFace *unit_face(const Division *d, size_t start, size_t end) {
    if (has_unit(d, d->chosen, start, end)) return d->chosen;
    if (d->chosen->stand_in != NO_FACE) {
        const OpenFace *face = fonts_at(d->fonts, d->chosen->stand_in);
        if (has_unit(d, face, start, end)) return face;
    }
    size_t after;
    uint32_t base = code_point_at(d->setting->text, start, &after);
    for (int parts = 0; parts <= has_parts(base); parts++)
        for (uint32_t i = 0; i < d->fonts->shared->fallback_count; i++) {
            Fallback fallback = d->fonts->shared->fallback[i];
            bool bold = d->chosen->face.bold && fallback.bold != fallback.regular;
            for (int again = !bold; again <= 1; again++) { /* bold, then what there is */
                const OpenFace *face = fonts_at(d->fonts, again ? fallback.regular : fallback.bold);
                if (face == d->chosen || has_character(face, base) == (parts != 0)) continue;
                if (has_unit(d, face, start, end)) return face;
            }
        }
    return NULL;
}

void text_divide(Fonts *fonts, const OpenFace *face, const Setting *setting) {
    Division d = {.fonts = fonts, .chosen = face, .setting = setting};
    Str text = setting->text;
    Stretches *stretches = &fonts->stretches;
    stretches->count = 0;
    for (size_t start = 0, end; start < text.n; start = end) {
        end = unit_end(text, start);
        const OpenFace *having = unit_face(&d, start, end);
        bool missing = !having;
        if (missing) having = face;
        Stretch *last = stretches->count ? &stretches->items[stretches->count - 1] : NULL;
        if (last && last->face == having && last->missing == missing) {
            last->length = (uint32_t)end - last->start;
        } else {
            Stretch *stretch = PUSH(fonts->arena, stretches, Stretch);
            *stretch = (Stretch){.face = having, .start = (uint32_t)start, .length = (uint32_t)(end - start), .missing = missing};
        }
    }
}
