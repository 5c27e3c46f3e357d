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
static void face_enlist(Faces *faces, uint32_t index, Str name, Str before) {
    Face *face = &faces->faces[index].face;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        Str prefix = str_from(family_names[family]);
        if (!str_starts(name, prefix)) continue;
        for (unsigned style = 0; style < FACE_STYLES; style++) {
            if (!str_is(str_slice(name, prefix.n, name.n), style_names[style])) continue;
            faces->family[family][style] = index;
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
        faces->fallback[faces->fallback_count++] = (Fallback){index, index};
        return;
    }
    Str stem = str_slice(name, 0, name.n - bold.n);
    if (!str_starts(before, stem) || !str_is(str_slice(before, stem.n, before.n), ".ttf"))
        BUG("font " STR_FMT " is not behind its regular one", STR_ARG(name));
    faces->fallback[faces->fallback_count - 1].bold = index;
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

static Faces *faces_list(Arena *arena) {
    Faces *faces = NEW(arena, Faces);
    faces->arena = arena;
    for (const Embedded *file = embedded_files; file->name.n > 0; file++)
        if (is_font(file->name)) faces->count++;
    faces->faces = NEW_ARRAY(arena, OpenFace, faces->count);
    faces->fallback = NEW_ARRAY(arena, Fallback, faces->count);
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (unsigned style = 0; style < FACE_STYLES; style++) faces->family[family][style] = NO_FACE;
    uint32_t index = 0;
    Str before = STR("");
    for (const Embedded *file = embedded_files; file->name.n > 0; file++) {
        if (!is_font(file->name)) continue;
        faces->faces[index].face.index = (int)index;
        faces->faces[index].stand_in = NO_FACE;
        faces->faces[index].face.file = file->bytes;
        face_enlist(faces, index++, file->name, before);
        before = file->name;
    }
    for (int family = 0; family < FAMILY_COUNT; family++) family_complete(faces->family[family], (Family)family);
    return faces;
}

static uint32_t faces_count(const Faces *faces) { return faces->count + faces->own.count; }

static OpenFace *face_at(Faces *faces, uint32_t index) {
    return index < faces->count ? &faces->faces[index] : &faces->own.items[index - faces->count]->open;
}

static Fonts *fonts_new(Faces *shared) {
    Arena *arena = arena_open();
    Fonts *fonts = NEW(arena, Fonts);
    *fonts = (Fonts){.arena = arena, .shared = shared, .buffer = hb_buffer_create()};
    return fonts;
}

/* Makes room to remember all faces that there are now. */
static void fonts_fit(Fonts *fonts) {
    if (fonts->opened_count == faces_count(fonts->shared)) return;
    fonts->opened_count = faces_count(fonts->shared);
    fonts->opened = NEW_ARRAY(fonts->arena, const OpenFace *, fonts->opened_count);
}

Fonts *fonts_open(void) {
    Fonts *fonts = fonts_new(faces_list(arena_open()));
    fonts_use(fonts, NULL);
    return fonts;
}

Fonts *fonts_companion(Fonts *fonts, uint32_t which) {
    Fonts **at = &fonts->companion;
    for (uint32_t i = 0; i < which && *at; i++) at = &(*at)->companion;
    if (!*at) *at = fonts_new(fonts->shared);
    fonts_fit(*at);
    return *at;
}

void fonts_close(Fonts *fonts) {
    if (!fonts) return;
    Faces *shared = fonts->shared;
    for (uint32_t i = 0; i < faces_count(shared); i++) {
        OpenFace *face = face_at(shared, i);
        hb_font_destroy(face->hb_font); /* NULL is allowed */
        hb_face_destroy(face->hb_face);
    }
    patterns_close(shared->patterns);
    for (Fonts *next; fonts; fonts = next) {
        next = fonts->companion;
        hb_buffer_destroy(fonts->buffer);
        arena_close(fonts->arena);
    }
    arena_close(shared->arena);
}

size_t fonts_memory(const Fonts *fonts) {
    size_t sum = arena_used(fonts->shared->arena);
    for (; fonts; fonts = fonts->companion) sum += arena_used(fonts->arena);
    return sum;
}

uint32_t fonts_count(const Fonts *fonts) { return faces_count(fonts->shared); }

static void face_open(OpenFace *face, Arena *arena) {
    Str file = face->face.file;
    hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    face->hb_font = hb_font_create(face->hb_face);
    int units = (int)hb_face_get_upem(face->hb_face);
    hb_font_set_scale(face->hb_font, units, units);
    hb_font_make_immutable(face->hb_font);
    face_read_metrics(face, arena);
    /* Lato joins "ti" and "tt". Readers with low vision take the joined letters for others; f-ligatures do no harm. */
    face->plain_t = face->stand_in == NO_FACE && str_starts(face->face.name, STR("Lato-"));
}

const OpenFace *fonts_at(Fonts *fonts, uint32_t index) {
    if (index >= fonts->opened_count) BUG("face %u of %u", (unsigned)index, (unsigned)fonts->opened_count);
    if (fonts->opened[index]) return fonts->opened[index];
    OpenFace *face = face_at(fonts->shared, index);
    cores_lock();
    if (!face->hb_face) face_open(face, fonts->shared->arena);
    cores_unlock();
    return fonts->opened[index] = face;
}

const Face *fonts_face(Fonts *fonts, Family family, bool bold, bool italic) {
    unsigned style = (bold ? FACE_BOLD : 0) | (italic ? FACE_ITALIC : 0);
    return &fonts_at(fonts, fonts->shared->chosen[family][style])->face;
}

/* A document's face: one that is known already, or a new one. */
static uint32_t own_face(Faces *faces, Family family, unsigned style, Str file) {
    for (uint32_t i = 0; i < faces->own.count; i++) {
        const OwnFace *known = faces->own.items[i];
        if (known->family == family && known->style == style && str_equal(known->open.face.file, file)) return faces->count + i;
    }
    OwnFace *own = NEW(faces->arena, OwnFace);
    own->family = family;
    own->style = style;
    own->open.stand_in = faces->family[family][style];
    Face *face = &own->open.face;
    face->index = (int)faces_count(faces);
    face->file = str_copy(faces->arena, file);
    face->bold = style & FACE_BOLD;
    face->italic = style & FACE_ITALIC;
    face->serif = family == FAMILY_SERIF;
    *PUSH(faces->arena, &faces->own, OwnFace *) = own;
    return (uint32_t)face->index;
}

void fonts_use(Fonts *fonts, const OwnFaces *own) {
    Faces *faces = fonts->shared;
    memcpy(faces->chosen, faces->family, sizeof faces->chosen);
    for (int family = 0; own && family < FAMILY_COUNT; family++) {
        if (own->file[family][0].n == 0) continue;
        uint32_t *chosen = faces->chosen[family];
        for (unsigned style = 0; style < FACE_STYLES; style++) {
            Str file = own->file[family][style];
            chosen[style] = file.n > 0 ? own_face(faces, (Family)family, style, file) : NO_FACE;
        }
        family_complete(chosen, (Family)family);
    }
    fonts_fit(fonts);
}

int32_t face_advance(const Face *face, uint16_t glyph) { return hb_font_get_glyph_h_advance(open_face(face)->hb_font, glyph); }
