/* Whether a font file that a document brings can be used: TrueType outlines, whole, and may be embedded (OpenType 1.9).
 *
 * HarfBuzz checks what it shapes with, and leaves out what is wrong; but outlines go into the PDF as they are, for readers that may
 * trust them. So the tables that a PDF needs are looked through, glyph by glyph, before a face is taken.
 */
#include "text/internal.h"

#include <hb-ot.h>

enum { FILE_MOST = 32 << 20, GLYPH_POINTS_MOST = 65535, NESTED_MOST = 8 };

typedef struct {
    hb_blob_t *blob;
    const uint8_t *p;
    size_t n;
} Bytes;

static uint32_t u16(Bytes b, size_t at) { return at + 2 <= b.n ? (uint32_t)b.p[at] << 8 | b.p[at + 1] : 0; }
static uint32_t u32(Bytes b, size_t at) { return u16(b, at) << 16 | u16(b, at + 2); }
static int32_t s16(Bytes b, size_t at) { return (int16_t)u16(b, at); }

static Bytes table_of(hb_face_t *face, const char *tag) {
    Bytes table = {.blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4))};
    unsigned n;
    table.p = (const uint8_t *)hb_blob_get_data(table.blob, &n);
    table.n = n;
    return table;
}

/* ---- Outlines (glyf) ------------------------------------------------------------------------------------------------------ */

typedef struct {
    Bytes glyf, loca;
    bool long_loca;
    uint32_t count;
    uint32_t *points; /* by glyph; of a composite, as far as they are known */
} Outlines;

/* Where a glyph's outline lies: false if that is not in the table. */
static bool outline_at(const Outlines *o, uint32_t glyph, Bytes *out) {
    size_t from = o->long_loca ? u32(o->loca, (size_t)glyph * 4) : (size_t)u16(o->loca, (size_t)glyph * 2) * 2;
    size_t to = o->long_loca ? u32(o->loca, (size_t)glyph * 4 + 4) : (size_t)u16(o->loca, (size_t)glyph * 2 + 2) * 2;
    if (from > to || to > o->glyf.n) return false;
    *out = (Bytes){.p = o->glyf.p + from, .n = to - from};
    return out->n == 0 || out->n >= 10;
}

/* A glyph drawn by itself: as many points, and bytes for them, as its contours say. */
static bool simple_sound(Bytes b, uint32_t contours, uint32_t *points) {
    enum { X_SHORT = 2, Y_SHORT = 4, REPEAT = 8, X_SAME = 16, Y_SAME = 32 };
    size_t at = 10 + 2 * (size_t)contours;
    *points = 0;
    for (uint32_t c = 0; c < contours; c++) {
        uint32_t next = u16(b, 10 + 2 * (size_t)c) + 1;
        if (next <= *points) return false;
        *points = next;
    }
    if (contours == 0) return true;
    if (at + 2 > b.n) return false;
    at += 2 + u16(b, at); /* instructions */
    size_t coordinates = 0;
    for (uint32_t point = 0; point < *points;) {
        if (at >= b.n) return false;
        uint32_t flags = b.p[at++], times = 1;
        if (flags & REPEAT) {
            if (at >= b.n) return false;
            times += b.p[at++];
        }
        if (times > *points - point) return false;
        point += times;
        coordinates += times * (flags & X_SHORT ? 1u : flags & X_SAME ? 0u : 2u);
        coordinates += times * (flags & Y_SHORT ? 1u : flags & Y_SAME ? 0u : 2u);
    }
    return at + coordinates <= b.n;
}

/* The next part of a composite glyph, from *at; 0 behind the last, and when it is cut off *sound becomes false. */
static bool part_next(Bytes b, size_t *at, bool *more, uint32_t *glyph, bool *sound) {
    enum { WORDS = 1, SCALE = 8, MORE = 32, SCALE_XY = 64, MATRIX = 128 };
    if (!*more) return false;
    uint32_t flags = u16(b, *at);
    *glyph = u16(b, *at + 2);
    *more = flags & MORE;
    *at += 4 + (flags & WORDS ? 4u : 2u) + (flags & SCALE ? 2u : flags & SCALE_XY ? 4u : flags & MATRIX ? 8u : 0u);
    *sound = *at <= b.n;
    return *sound;
}

/* The points of a composite from those of its parts. */
static bool composite_count(const Outlines *o, Bytes b, uint32_t *points) {
    size_t at = 10;
    bool more = true, sound = true;
    uint32_t part;
    *points = 0;
    while (part_next(b, &at, &more, &part, &sound)) {
        if (part >= o->count) return false;
        *points += o->points[part];
        if (*points > GLYPH_POINTS_MOST) return false;
    }
    return sound;
}

/* Composites are counted again and again until nothing changes: a glyph that holds itself, or is nested too deeply, never ends. */
static bool composites_sound(const Outlines *o, const uint32_t *composites, uint32_t count) {
    for (int pass = 0; pass <= NESTED_MOST; pass++) {
        bool changed = false;
        for (uint32_t i = 0; i < count; i++) {
            Bytes outline;
            uint32_t points;
            if (!outline_at(o, composites[i], &outline) || !composite_count(o, outline, &points)) return false;
            /* One more than its parts have: so one that holds itself grows even where nothing is drawn. */
            if (points + 1 == o->points[composites[i]]) continue;
            o->points[composites[i]] = points + 1;
            changed = true;
        }
        if (!changed) return true;
    }
    return false;
}

static bool outlines_sound(Arena *arena, Outlines *o) {
    if (o->loca.n < ((size_t)o->count + 1) * (o->long_loca ? 4 : 2)) return false;
    o->points = NEW_ARRAY(arena, uint32_t, o->count);
    uint32_t *composites = NEW_ARRAY(arena, uint32_t, o->count), composite_count = 0;
    for (uint32_t glyph = 0; glyph < o->count; glyph++) {
        Bytes outline;
        if (!outline_at(o, glyph, &outline)) return false;
        if (outline.n == 0) continue;
        int32_t contours = s16(outline, 0);
        if (contours < 0)
            composites[composite_count++] = glyph;
        else if (!simple_sound(outline, (uint32_t)contours, &o->points[glyph]))
            return false;
    }
    return composites_sound(o, composites, composite_count);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    hb_face_t *face;
    Bytes head, hhea, hmtx, maxp, os2, loca, glyf;
} Tables;

static void tables_open(Tables *t, Str file) {
    hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    t->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    t->head = table_of(t->face, "head");
    t->hhea = table_of(t->face, "hhea");
    t->hmtx = table_of(t->face, "hmtx");
    t->maxp = table_of(t->face, "maxp");
    t->os2 = table_of(t->face, "OS/2");
    t->loca = table_of(t->face, "loca");
    t->glyf = table_of(t->face, "glyf");
}

static void tables_close(Tables *t) {
    hb_blob_destroy(t->head.blob);
    hb_blob_destroy(t->hhea.blob);
    hb_blob_destroy(t->hmtx.blob);
    hb_blob_destroy(t->maxp.blob);
    hb_blob_destroy(t->os2.blob);
    hb_blob_destroy(t->loca.blob);
    hb_blob_destroy(t->glyf.blob);
    hb_face_destroy(t->face);
}

static bool metrics_sound(const Tables *t) {
    if (t->head.n < 54 || u32(t->head, 0) != 0x10000 || u32(t->head, 12) != 0x5F0F3CF5 || u16(t->head, 50) > 1) return false;
    if (t->maxp.n < 32 || u32(t->maxp, 0) != 0x10000 || t->hhea.n < 36 || u32(t->hhea, 0) != 0x10000) return false;
    int32_t em = (int32_t)u16(t->head, 18), ascent = s16(t->hhea, 4), descent = s16(t->hhea, 6);
    if (em < 16 || em > 16384) return false;
    if (ascent <= 0 || descent > 0 || ascent > 4 * em || descent < -4 * em) return false; /* lines hang on them */
    uint32_t glyphs = u16(t->maxp, 4), advances = u16(t->hhea, 34);
    if (advances == 0 || advances > glyphs) return false;
    return t->hmtx.n >= (size_t)advances * 4 + (size_t)(glyphs - advances) * 2;
}

/* A space, and a name to call it by. */
static bool has_space(const Tables *t) {
    hb_font_t *font = hb_font_create(t->face);
    hb_codepoint_t glyph;
    bool has = hb_font_get_nominal_glyph(font, ' ', &glyph) && glyph != 0 && glyph < u16(t->maxp, 4);
    hb_font_destroy(font);
    return has;
}

/* OS/2 fsType. Of several rights the widest holds. To show and to print, and to edit, is what a PDF asks for. */
static FontFault rights_fault(const Tables *t) {
    enum { RESTRICTED = 2, PRINT = 4, EDIT = 8, WHOLE_ONLY = 0x100, BITMAP_ONLY = 0x200 };
    if (t->os2.n < 68) return FONT_RIGHTS_UNKNOWN;
    uint32_t rights = u16(t->os2, 8);
    if ((rights & RESTRICTED) && !(rights & (PRINT | EDIT))) return FONT_RESTRICTED;
    if (rights & BITMAP_ONLY) return FONT_BITMAP_ONLY;
    return rights & WHOLE_ONLY ? FONT_WHOLE_ONLY : FONT_SOUND;
}

static FontFault tables_fault(const Tables *t) {
    if (t->glyf.n == 0) return FONT_NO_OUTLINES;
    if (!metrics_sound(t)) return FONT_DAMAGED;
    Outlines outlines = {.glyf = t->glyf, .loca = t->loca, .long_loca = u16(t->head, 50) == 1, .count = u16(t->maxp, 4)};
    Arena *scratch = arena_open();
    bool sound = outlines_sound(scratch, &outlines);
    arena_close(scratch);
    if (!sound) return FONT_DAMAGED;
    return has_space(t) ? rights_fault(t) : FONT_NO_SPACE;
}

FontFault font_file_fault(Str file) {
    if (file.n > FILE_MOST) return FONT_LARGE;
    if (str_starts(file, STR("OTTO"))) return FONT_POSTSCRIPT;
    if (str_starts(file, STR("ttcf"))) return FONT_COLLECTION;
    if (str_starts(file, STR("wOFF")) || str_starts(file, STR("wOF2"))) return FONT_WEB;
    if (!str_starts(file, (Str){"\0\1\0\0", 4}) && !str_starts(file, STR("true"))) return FONT_NOT_TRUETYPE;
    Tables tables;
    tables_open(&tables, file);
    FontFault fault = tables_fault(&tables);
    tables_close(&tables);
    return fault;
}

Str font_file_family(Arena *arena, Str file) {
    hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    static const hb_ot_name_id_t ids[] = {HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, HB_OT_NAME_ID_FONT_FAMILY};
    char name[128];
    unsigned size = 0;
    for (size_t i = 0; i < sizeof ids / sizeof *ids && size == 0; i++) {
        size = sizeof name;
        hb_ot_name_get_utf8(face, ids[i], hb_language_from_string("en", 2), &size, name);
    }
    hb_face_destroy(face);
    return str_copy(arena, (Str){name, size});
}
