/* Fonts as objects: Type 0 over CIDFontType2 with the glyphs used only (ISO 32000-1 §9.7.4, §9.8), widths as in the font program
 * and a map to Unicode for every code (ISO 14289-1 §7.21, ISO 19005-2 §6.2.11). */
#include "pdf/font.h"

/* "ABCDEF+": a subset's tag (§9.6.4), from what is in it. */
static Str subset_name(Arena *arena, const Face *face, Str file) {
    uint64_t hash = str_hash(file, STR_HASH_SEED);
    Buf b = buf_new(arena);
    for (int i = 0; i < 6; i++) {
        buf_add_char(&b, (char)('A' + hash % 26));
        hash /= 26;
    }
    buf_add_char(&b, '+');
    buf_add(&b, face->name);
    return buf_str(&b);
}

static void entry_int(Buf *b, const char *key, int64_t value) {
    syntax_name(b, str_from(key));
    buf_add_char(b, ' ');
    buf_add_int(b, value);
}

static void entry_ref(Buf *b, const char *key, Ref ref) {
    syntax_name(b, str_from(key));
    buf_add_char(b, ' ');
    syntax_ref(b, ref);
}

static int64_t thousandths(const Face *face, int32_t units) { return (int64_t)units * 1000 / face->units_per_em; }

static Ref descriptor_write(PdfFile *file, const Face *face, Str name, Ref program) {
    enum { FIXED_PITCH = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 }; /* Table 123 */
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "/Type/FontDescriptor/FontName");
    syntax_name(&b, name);
    entry_int(
        &b, "Flags", SYMBOLIC | (face->fixed_pitch ? FIXED_PITCH : 0) | (face->serif ? SERIF : 0) | (face->italic ? ITALIC : 0));
    entry_int(&b, "ItalicAngle", face->italic_angle);
    entry_int(&b, "Ascent", thousandths(face, face->ascent));
    entry_int(&b, "Descent", thousandths(face, face->descent));
    entry_int(&b, "CapHeight", thousandths(face, face->cap_height));
    entry_int(&b, "XHeight", thousandths(face, face->x_height));
    entry_int(&b, "StemV", 50 + (int64_t)(face->weight / 65) * (face->weight / 65)); /* not in TrueType: the usual estimate */
    buf_add_c(&b, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        if (i > 0) buf_add_char(&b, ' ');
        buf_add_int(&b, thousandths(face, face->bbox[i]));
    }
    buf_add_char(&b, ']');
    entry_ref(&b, "FontFile2", program);
    return haru_add(file->haru, &b);
}

/* One width for all (fixed pitch) is the default width; else they are listed from code 0 on. */
static void widths_write(Buf *b, const Font *font) {
    int64_t first = font->codes.count > 1 ? font->codes.items[1].advance : 0;
    bool equal = true;
    for (uint32_t c = 1; c < font->codes.count; c++) equal = equal && font->codes.items[c].advance == first;
    buf_add_c(b, "/DW ");
    buf_add_int(b, equal ? (first + 500) / 1000 : 0);
    if (equal && first % 1000 == 0) return;
    buf_add_c(b, "/W[0[");
    for (uint32_t c = 0; c < font->codes.count; c++) {
        if (c > 0) buf_add_char(b, ' ');
        syntax_milli(b, font->codes.items[c].advance);
    }
    buf_add_c(b, "]]");
}

static Str glyph_map(Arena *arena, const Font *font, const Subset *subset) {
    Buf map = buf_new(arena);
    for (uint32_t c = 0; c < font->codes.count; c++) {
        uint16_t glyph = subset->new_id[font->codes.items[c].glyph];
        buf_add_char(&map, (char)(glyph >> 8));
        buf_add_char(&map, (char)glyph);
    }
    return buf_str(&map);
}

#define CMAP_BEGIN "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
#define CMAP_END "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"
#define ORDERING "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"

static Str unicode_map(Arena *arena, const Font *font) {
    enum { BLOCK = 100 }; /* entries a block may have (Adobe Technical Note 5014) */
    Buf b = buf_new(arena);
    int digits = 2 * font_code_bytes(font);
    buf_add_c(&b,
        CMAP_BEGIN "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
                   "/CMapType 2 def\n1 begincodespacerange\n");
    buf_add_c(&b, digits == 2 ? "<00><FF>" : "<0000><FFFF>");
    buf_add_c(&b, "\nendcodespacerange\n");
    for (uint32_t c = 1; c < font->codes.count; c++) {
        if (c % BLOCK == 1) {
            buf_add_int(&b, font->codes.count - c < BLOCK ? font->codes.count - c : BLOCK);
            buf_add_c(&b, " beginbfchar\n");
        }
        Str text = font->codes.items[c].text;
        buf_add_char(&b, '<');
        syntax_hex(&b, font_code_spelt(font, c), digits);
        buf_add_c(&b, "><");
        for (size_t at = 0; at < text.n;) {
            uint16_t units[2];
            uint32_t code_point = font_text_next(text, &at);
            if (font_text_skips(text, code_point)) continue;
            int count = utf16_units(code_point, units);
            for (int i = 0; i < count; i++) syntax_hex(&b, units[i], 4);
        }
        buf_add_c(&b, ">\n");
        if (c % BLOCK == 0 || c + 1 == font->codes.count) buf_add_c(&b, "endbfchar\n");
    }
    buf_add_c(&b, CMAP_END);
    return buf_str(&b);
}

void font_prepare(Font *font) {
    const Face *face = font->face;
    Arena *scratch = arena_open();
    font->arena = arena_open();
    uint8_t *used = NEW_ARRAY(scratch, uint8_t, face->glyph_count);
    for (uint32_t c = 0; c < font->codes.count; c++) used[font->codes.items[c].glyph] = 1;
    Subset subset;
    if (face_subset(scratch, face, used, &subset)) {
        font->name = subset_name(font->arena, face, subset.file);
        font->program_size = subset.file.n;
        font->program = deflated(font->arena, DEFLATE_ZLIB, DEFLATE_SMALL, subset.file);
        font->glyph_map = deflated(font->arena, DEFLATE_ZLIB, DEFLATE_SMALL, glyph_map(scratch, font, &subset));
        font->unicode_map = deflated(font->arena, DEFLATE_ZLIB, DEFLATE_SMALL, unicode_map(scratch, font));
    }
    arena_close(scratch);
}

/* Codes of one byte: there is no predefined map for them (§9.7.5). */
static Ref byte_map_write(PdfFile *file) {
    static const char name[] = "OneByteH";
    Buf map = buf_new(file->arena), entries = buf_new(file->arena);
    buf_format(&map,
        CMAP_BEGIN ORDERING "def\n/CMapName/%s def\n/CMapType 1 def\n/WMode 0 def\n1 begincodespacerange\n<00><FF>\n"
                            "endcodespacerange\n1 begincidrange\n<%02X><FF>1\nendcidrange\n" CMAP_END,
        name, (unsigned)CODE_BYTE_FIRST);
    buf_format(&entries, "/Type/CMap/CMapName/%s/WMode 0" ORDERING "\n", name);
    return haru_stream(file->haru, &entries, buf_str(&map), STREAM_AS_IS);
}

static bool font_write(PdfFile *file, const Font *font, Ref byte_map) {
    const Face *face = font->face;
    if (font->program.n == 0)
        return diag_world(file->diags, "font-subset", face->name, NULL, "HarfBuzz could not make a subset of the face");
    Buf b = buf_new(file->arena);
    entry_int(&b, "Length1", (int64_t)font->program_size);
    Ref program = haru_stream(file->haru, &b, font->program, STREAM_DEFLATED);
    Ref descriptor = descriptor_write(file, face, font->name, program);

    b.n = 0;
    buf_add_c(&b, "/Type/Font/Subtype/CIDFontType2/BaseFont");
    syntax_name(&b, font->name);
    buf_add_c(&b, ORDERING);
    entry_ref(&b, "FontDescriptor", descriptor);
    entry_ref(&b, "CIDToGIDMap", haru_stream(file->haru, NULL, font->glyph_map, STREAM_DEFLATED));
    widths_write(&b, font);
    Ref descendant = haru_add(file->haru, &b);

    b.n = 0;
    buf_add_c(&b, "/Type/Font/Subtype/Type0/BaseFont");
    syntax_name(&b, font->name);
    if (font_code_bytes(font) == 1)
        entry_ref(&b, "Encoding", byte_map);
    else
        buf_add_c(&b, "/Encoding/Identity-H");
    buf_add_c(&b, "/DescendantFonts[");
    syntax_ref(&b, descendant);
    buf_add_char(&b, ']');
    entry_ref(&b, "ToUnicode", haru_stream(file->haru, NULL, font->unicode_map, STREAM_DEFLATED));
    haru_set(file->haru, font->ref, &b);
    return true;
}

bool fonts_write(PdfFile *file) {
    Ref byte_map = 0; /* where a font has need of it */
    for (uint32_t i = 0; i < file->font_set->count; i++) {
        const Font *font = file->font_set->by_face[i];
        if (font && byte_map == 0 && font_code_bytes(font) == 1) byte_map = byte_map_write(file);
        if (font && !font_write(file, font, byte_map)) return false;
    }
    return true;
}
