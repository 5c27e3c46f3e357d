/* The faces built into the program, and those that documents bring: which there are, which serves a family and style, opening one.
 *
 * A built-in face's bytes are part of the program and never copied: HarfBuzz reads them where they lie, so that opening touches only
 * the pages of the tables that are used. fonts/fonts.list gives the names: FAMILY-STYLE, anything else is a fallback. A document's face is
 * copied and kept, since shaped words are: the next document may bring the same one.
 */
#include "text/internal.h"

#include <string.h>

static const char *const family_names[FAMILY_COUNT] = {
    [FAMILY_SANS] = "fonts/sans-", [FAMILY_SERIF] = "fonts/serif-", [FAMILY_MONO] = "fonts/mono-"};
static const char *const style_names[FACE_STYLES] = {"regular.ttf", "bold.ttf", "italic.ttf", "bolditalic.ttf"};

static bool is_font(Str name) { return str_starts(name, STR("fonts/")) && str_ends(name, STR(".ttf")); }

/* Puts the face where it belongs by its name; `before` is that of the one before it. */
static void face_enlist(Fonts *fonts, uint32_t index, Str name, Str before) {
    Face *face = &fonts->faces[index].face;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        Str prefix = str_from(family_names[family]);
        if (!str_starts(name, prefix)) continue;
        for (unsigned style = 0; style < FACE_STYLES; style++) {
            if (!str_is(str_slice(name, prefix.n, name.n), style_names[style])) continue;
            fonts->family[family][style] = index;
            face->bold = style & FACE_BOLD;
            face->italic = style & FACE_ITALIC;
            face->serif = family == FAMILY_SERIF;
            return;
        }
        BUG("font " STR_FMT " is of no style", STR_ARG(name));
    }
    /* A bold one stands right behind the other. */
    Str bold = STR("-bold.ttf");
    if (!str_ends(name, bold)) {
        fonts->fallback[fonts->fallback_count++] = (Fallback){index, index};
        return;
    }
    Str stem = str_slice(name, 0, name.n - bold.n);
    if (!str_starts(before, stem) || !str_is(str_slice(before, stem.n, before.n), ".ttf"))
        BUG("font " STR_FMT " is not behind its regular one", STR_ARG(name));
    fonts->fallback[fonts->fallback_count - 1].bold = index;
    face->bold = true;
}

/* A family need not have every style: the nearest stands in, and what is bold rather stays bold than slanted. */
static void family_complete(uint32_t styles[FACE_STYLES], Family family) {
    if (styles[0] == NO_FACE) BUG("no %sregular.ttf", family_names[family]);
    enum { BOTH = FACE_BOLD | FACE_ITALIC };
    if (styles[BOTH] == NO_FACE) styles[BOTH] = styles[FACE_BOLD] != NO_FACE ? styles[FACE_BOLD] : styles[FACE_ITALIC];
    for (unsigned style = 1; style < FACE_STYLES; style++)
        if (styles[style] == NO_FACE) styles[style] = styles[0];
}

Fonts *fonts_open(void) {
    Arena *arena = arena_open();
    Fonts *fonts = NEW(arena, Fonts);
    fonts->arena = arena;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++)
        if (is_font(file->name)) fonts->count++;
    fonts->faces = NEW_ARRAY(arena, OpenFace, fonts->count);
    fonts->fallback = NEW_ARRAY(arena, Fallback, fonts->count);
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (unsigned style = 0; style < FACE_STYLES; style++) fonts->family[family][style] = NO_FACE;
    uint32_t index = 0;
    Str before = STR("");
    for (const Embedded *file = embedded_files; file->name.n > 0; file++) {
        if (!is_font(file->name)) continue;
        fonts->faces[index].face.index = (int)index;
        fonts->faces[index].stand_in = NO_FACE;
        fonts->faces[index].face.file = file->bytes;
        face_enlist(fonts, index++, file->name, before);
        before = file->name;
    }
    for (int family = 0; family < FAMILY_COUNT; family++) family_complete(fonts->family[family], (Family)family);
    fonts_use(fonts, NULL);
    fonts->buffer = hb_buffer_create();
    return fonts;
}

static OpenFace *face_at(Fonts *fonts, uint32_t index) {
    return index < fonts->count ? &fonts->faces[index] : &fonts->own.items[index - fonts->count]->open;
}

void fonts_close(Fonts *fonts) {
    if (!fonts) return;
    for (uint32_t i = 0; i < fonts_count(fonts); i++) {
        OpenFace *face = face_at(fonts, i);
        hb_font_destroy(face->hb_font); /* NULL is allowed */
        hb_face_destroy(face->hb_face);
    }
    hb_buffer_destroy(fonts->buffer);
    hyphens_close(fonts);
    arena_close(fonts->arena);
}

size_t fonts_memory(const Fonts *fonts) { return arena_used(fonts->arena); }

uint32_t fonts_count(const Fonts *fonts) { return fonts->count + fonts->own.count; }

const OpenFace *fonts_at(Fonts *fonts, uint32_t index) {
    if (index >= fonts_count(fonts)) BUG("face %u of %u", (unsigned)index, (unsigned)fonts_count(fonts));
    OpenFace *face = face_at(fonts, index);
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
    face->plain_t = face->stand_in == NO_FACE && str_starts(face->face.name, STR("Lato-"));
    return face;
}

const Face *fonts_face(Fonts *fonts, Family family, bool bold, bool italic) {
    unsigned style = (bold ? FACE_BOLD : 0) | (italic ? FACE_ITALIC : 0);
    return &fonts_at(fonts, fonts->chosen[family][style])->face;
}

/* A document's face: one that is known already, or a new one. */
static uint32_t own_face(Fonts *fonts, Family family, unsigned style, Str file) {
    for (uint32_t i = 0; i < fonts->own.count; i++) {
        const OwnFace *known = fonts->own.items[i];
        if (known->family == family && known->style == style && str_equal(known->open.face.file, file)) return fonts->count + i;
    }
    OwnFace *own = NEW(fonts->arena, OwnFace);
    own->family = family;
    own->style = style;
    own->open.stand_in = fonts->family[family][style];
    Face *face = &own->open.face;
    face->index = (int)fonts_count(fonts);
    face->file = str_copy(fonts->arena, file);
    face->bold = style & FACE_BOLD;
    face->italic = style & FACE_ITALIC;
    face->serif = family == FAMILY_SERIF;
    *PUSH(fonts->arena, &fonts->own, OwnFace *) = own;
    return (uint32_t)face->index;
}

void fonts_use(Fonts *fonts, const OwnFaces *own) {
    memcpy(fonts->chosen, fonts->family, sizeof fonts->chosen);
    for (int family = 0; own && family < FAMILY_COUNT; family++) {
        if (own->file[family][0].n == 0) continue;
        uint32_t *chosen = fonts->chosen[family];
        for (unsigned style = 0; style < FACE_STYLES; style++) {
            Str file = own->file[family][style];
            chosen[style] = file.n > 0 ? own_face(fonts, (Family)family, style, file) : NO_FACE;
        }
        family_complete(chosen, (Family)family);
    }
}

int32_t face_advance(const Face *face, uint16_t glyph) { return hb_font_get_glyph_h_advance(open_face(face)->hb_font, glyph); }
