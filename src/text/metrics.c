/* A face's metrics from its tables: head, hhea, OS/2, post, maxp and name (OpenType 1.9).
 *
 * Numbers are big-endian; a table that is too short reads as zeros, for which the callers have substitutes. The faces are our
 * own, or have been looked through (font_file.c), so nothing here is a diagnostic.
 */
#include "text/internal.h"

#include <hb-ot.h>
#include <string.h>

typedef struct {
    hb_blob_t *blob;
    const uint8_t *p;
    unsigned n;
} Table;

static Table table_open(hb_face_t *face, const char *tag) {
    Table table = {.blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4))};
    table.p = (const uint8_t *)hb_blob_get_data(table.blob, &table.n);
    return table;
}

static void table_close(Table *table) { hb_blob_destroy(table->blob); }

static uint32_t u16_at(const Table *table, unsigned at) {
    return at + 2 <= table->n ? (uint32_t)table->p[at] << 8 | table->p[at + 1] : 0;
}

static int32_t s16_at(const Table *table, unsigned at) {
    int32_t value = (int32_t)u16_at(table, at);
    return value >= 0x8000 ? value - 0x10000 : value;
}

static uint32_t u32_at(const Table *table, unsigned at) { return u16_at(table, at) << 16 | u16_at(table, at + 2); }

/* How high the glyph of a letter stands; for faces whose OS/2 table is too old to say. */
static int32_t letter_height(const OpenFace *open, hb_codepoint_t letter) {
    hb_codepoint_t glyph;
    hb_glyph_extents_t extents;
    if (!hb_font_get_nominal_glyph(open->hb_font, letter, &glyph)) return 0;
    return hb_font_get_glyph_extents(open->hb_font, glyph, &extents) ? extents.y_bearing : 0;
}

static void read_head(Face *face, hb_face_t *hb_face) {
    Table head = table_open(hb_face, "head"), hhea = table_open(hb_face, "hhea");
    for (unsigned side = 0; side < 4; side++) face->bbox[side] = s16_at(&head, 36 + 2 * side);
    face->ascent = s16_at(&hhea, 4);
    face->descent = s16_at(&hhea, 6);
    table_close(&hhea);
    table_close(&head);
}

/* OS/2 and post give the top of a stroke, Face its centre. */
static void read_strokes_and_heights(OpenFace *open) {
    Face *face = &open->face;
    Table os2 = table_open(open->hb_face, "OS/2"), post = table_open(open->hb_face, "post");
    face->weight = u16_at(&os2, 4);
    face->strike_thickness = s16_at(&os2, 26);
    face->strike_position = s16_at(&os2, 28) - face->strike_thickness / 2;
    if (u16_at(&os2, 0) >= 2) {
        face->x_height = s16_at(&os2, 86);
        face->cap_height = s16_at(&os2, 88);
    }
    if (face->x_height <= 0) face->x_height = letter_height(open, 'x');
    if (face->cap_height <= 0) face->cap_height = letter_height(open, 'H');
    int32_t angle = (int32_t)u16_at(&post, 4); /* 16.16 fixed: the whole degrees, rounded */
    if (angle >= 0x8000) angle -= 0x10000;
    face->italic_angle = angle + (u16_at(&post, 6) >= 0x8000 ? 1 : 0);
    face->underline_thickness = s16_at(&post, 10);
    /* Lato's post table asks for a bar; its strike has the weight of the letters. */
    if (face->strike_thickness > 0 && face->underline_thickness > face->strike_thickness)
        face->underline_thickness = face->strike_thickness;
    face->underline_position = s16_at(&post, 8) - face->underline_thickness / 2;
    face->fixed_pitch = u32_at(&post, 12) != 0;
    table_close(&post);
    table_close(&os2);
}

/* hmtx: an advance and a bearing for so many glyphs as hhea says, then bearings only. Advances are asked for so often that they are read where they
 * lie; in a variable face they are not all. */
static void read_advances(OpenFace *open) {
    Table hhea = table_open(open->hb_face, "hhea"), hmtx = table_open(open->hb_face, "hmtx");
    uint32_t count = u16_at(&hhea, 34);
    bool whole = count > 0 && count <= open->face.glyph_count && 4 * (size_t)count <= hmtx.n;
    if (whole && !hb_ot_var_has_data(open->hb_face)) {
        open->advances = hmtx.p;
        open->advance_count = count;
    }
    table_close(&hmtx); /* the bytes are the file's */
    table_close(&hhea);
}

int32_t face_advance(const Face *face, uint16_t glyph) {
    const OpenFace *open = open_face(face);
    if (!open->advances || glyph >= face->glyph_count) return hb_font_get_glyph_h_advance(open->hb_font, glyph);
    const uint8_t *p = open->advances + 4 * (glyph < open->advance_count ? glyph : open->advance_count - 1);
    return p[0] << 8 | p[1];
}

static void read_name(Face *face, hb_face_t *hb_face, Arena *arena) {
    char name[64]; /* PostScript names have at most 63 characters */
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string("en", 2), &size, name);
    /* A document's own face may be called anything: what would end a name in a PDF or a dump goes. */
    Buf plain = buf_new(arena);
    for (unsigned i = 0; i < size; i++)
        if (name[i] > ' ' && name[i] < 0x7F && !strchr("()<>[]{}/%#", name[i])) buf_add_char(&plain, name[i]);
    face->name = plain.n > 0 ? buf_str(&plain) : STR("Unnamed");
}

void face_read_metrics(OpenFace *open, Arena *arena) {
    Face *face = &open->face;
    face->units_per_em = (int32_t)hb_face_get_upem(open->hb_face);
    face->glyph_count = hb_face_get_glyph_count(open->hb_face);
    read_head(face, open->hb_face);
    read_strokes_and_heights(open);
    read_name(face, open->hb_face, arena);
    read_advances(open);
    hb_codepoint_t space = 0;
    hb_font_get_nominal_glyph(open->hb_font, ' ', &space);
    face->space_glyph = (uint16_t)space;
    face->space_advance = face_advance(face, face->space_glyph);
}
