/* The faces built into the program: which there are, which serves a family and style, opening one.
 *
 * A face's bytes are part of the program and never copied: HarfBuzz reads them where they lie, so that opening touches only
 * the pages of the tables that are used. fonts/fonts.list gives the names: FAMILY-STYLE, anything else is a fallback.
 */
#include "text/internal.h"

enum { STYLE_BOLD = 1, STYLE_ITALIC = 2 };
#define NO_FACE UINT32_MAX

static const char *const family_names[FAMILY_COUNT] = {
    [FAMILY_SANS] = "fonts/sans-", [FAMILY_SERIF] = "fonts/serif-", [FAMILY_MONO] = "fonts/mono-"};
static const char *const style_names[4] = {"regular.ttf", "bold.ttf", "italic.ttf", "bolditalic.ttf"};

static bool is_font(Str name) { return str_starts(name, STR("fonts/")) && str_ends(name, STR(".ttf")); }

/* Puts the face where it belongs by its name. */
static void face_enlist(Fonts *fonts, uint32_t index, Str name) {
    Face *face = &fonts->faces[index].face;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        Str prefix = str_from(family_names[family]);
        if (!str_starts(name, prefix)) continue;
        for (unsigned style = 0; style < 4; style++) {
            if (!str_is(str_slice(name, prefix.n, name.n), style_names[style])) continue;
            fonts->family[family][style] = index;
            face->bold = style & STYLE_BOLD;
            face->italic = style & STYLE_ITALIC;
            face->serif = family == FAMILY_SERIF;
            return;
        }
        BUG("font " STR_FMT " is of no style", STR_ARG(name));
    }
    fonts->fallback[fonts->fallback_count++] = index;
}

/* A family need not have every style: the nearest stands in. */
static void families_complete(Fonts *fonts) {
    for (int family = 0; family < FAMILY_COUNT; family++) {
        uint32_t *styles = fonts->family[family];
        if (styles[0] == NO_FACE) BUG("no %sregular.ttf", family_names[family]);
        for (unsigned style = 1; style < 3; style++)
            if (styles[style] == NO_FACE) styles[style] = styles[0];
        if (styles[3] == NO_FACE) styles[3] = styles[STYLE_BOLD];
    }
}

Fonts *fonts_open(void) {
    Arena *arena = arena_open();
    Fonts *fonts = NEW(arena, Fonts);
    fonts->arena = arena;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++)
        if (is_font(file->name)) fonts->count++;
    fonts->faces = NEW_ARRAY(arena, OpenFace, fonts->count);
    fonts->fallback = NEW_ARRAY(arena, uint32_t, fonts->count);
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (unsigned style = 0; style < 4; style++) fonts->family[family][style] = NO_FACE;
    uint32_t index = 0;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++) {
        if (!is_font(file->name)) continue;
        fonts->faces[index].face.index = (int)index;
        fonts->faces[index].face.file = file->bytes;
        face_enlist(fonts, index++, file->name);
    }
    families_complete(fonts);
    fonts->buffer = hb_buffer_create();
    return fonts;
}

void fonts_close(Fonts *fonts) {
    if (!fonts) return;
    for (uint32_t i = 0; i < fonts->count; i++) {
        hb_font_destroy(fonts->faces[i].hb_font); /* NULL is allowed */
        hb_face_destroy(fonts->faces[i].hb_face);
    }
    hb_buffer_destroy(fonts->buffer);
    hyphens_close(fonts);
    arena_close(fonts->arena);
}

uint32_t fonts_count(const Fonts *fonts) { return fonts->count; }

const OpenFace *fonts_at(Fonts *fonts, uint32_t index) {
    if (index >= fonts->count) BUG("face %u of %u", (unsigned)index, (unsigned)fonts->count);
    OpenFace *face = &fonts->faces[index];
    if (face->hb_face) return face;
    Str file = face->face.file;
    hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    face->hb_font = hb_font_create(face->hb_face);
    int units = (int)hb_face_get_upem(face->hb_face);
    hb_font_set_scale(face->hb_font, units, units);
    face_read_metrics(face, fonts->arena);
    /* Lato joins "ti" and "tt". Readers with low vision take the joined letters for others; f-ligatures do no harm. */
    face->plain_t = str_starts(face->face.name, STR("Lato-"));
    return face;
}

const Face *fonts_face(Fonts *fonts, Family family, bool bold, bool italic) {
    unsigned style = (bold ? STYLE_BOLD : 0) | (italic ? STYLE_ITALIC : 0);
    return &fonts_at(fonts, fonts->family[family][style])->face;
}

int32_t face_advance(const Face *face, uint16_t glyph) { return hb_font_get_glyph_h_advance(open_face(face)->hb_font, glyph); }
