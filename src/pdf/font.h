/* font: the faces a file uses as composite fonts (ISO 32000-1 §9.7). Codes are handed out in the order of first use. They are spelt as two bytes, or
 * as one where there are few enough, from CODE_BYTE_FIRST on: not as control characters, since readers are known that drop a line feed.
 *
 * A code stands for a glyph *and* the text it was drawn for: the same glyph drawn for another text has another code, and the map to
 * glyphs (CIDToGIDMap) leads both to one outline. So what is extracted is what was written, without further marking.
 */
#ifndef BRIEF_PDF_FONT_H
#define BRIEF_PDF_FONT_H

#include "pdf/file.h"

typedef struct {
    uint16_t glyph; /* in the face */
    uint16_t next; /* another code of the same glyph, or 0 */
    uint8_t spelt_n;
    char spelt[4]; /* its bytes in a literal string */
    int64_t advance; /* as it stands in the font's widths: millionths of the font size */
    Str text; /* UTF-8 */
} Code;

/* A glyph's first code, or 0, and what that says: a byte, plus one, or CODE_OTHER. */
enum { CODE_OTHER = 257 };
typedef struct {
    uint16_t code, says;
} GlyphCode;

/* Drawn in place of a glyph that no face has. */
typedef struct {
    const Face *face; /* NULL: there is none */
    uint16_t glyph;
    int32_t advance;
} StandIn;
enum { STAND_INS = 2 };

typedef struct {
    const Face *face;
    GlyphCode *by_glyph; /* by number in the face */
    struct {
        Code *items; /* [0] is the missing glyph, and never drawn */
        uint32_t count, capacity;
    } codes;
    StandIn stand_ins[STAND_INS]; /* wide and narrow */
    bool stand_ins_found;
    Ref ref;
    Arena *arena; /* of what font_prepare() makes; closed with the set */
    Str name; /* of the subset */
    Str program, glyph_map, unicode_map; /* deflated; no program: HarfBuzz failed */
    size_t program_size; /* before it was deflated */
} Font;

struct FontSet {
    Arena *arena;
    Font **by_face; /* by face->index; NULL: not used */
    uint32_t count;
};

FontSet *font_set_new(Arena *arena, const Fonts *fonts);
Font *font_use(FontSet *set, const Face *face);
static inline const Font *font_at(const FontSet *set, const Face *face) { return set->by_face[face->index]; } /* one that is used */

void font_set_close(FontSet *set);

/* Makes what stands in the file, on any core; all codes are there. */
void font_prepare(Font *font);

/* So many bytes of text for one code, then it is stated beside the glyph instead. */
enum { CODE_TEXT_LIMIT = 48 };
bool font_has_code(const Font *font, uint16_t glyph, Str text); /* for just this text */
/* Sees to it that a glyph has a code for `text`. */
void font_code_add(FontSet *set, Font *font, uint16_t glyph, Str text);
enum { CODE_BYTE_FIRST = 33 }; /* of code 1 */
static inline int font_code_bytes(const Font *font) { return font->codes.count > 256 - CODE_BYTE_FIRST + 1 ? 2 : 1; }
/* A code as it is spelt. */
static inline uint32_t font_code_spelt(const Font *font, uint32_t code) {
    return font_code_bytes(font) == 1 ? code + CODE_BYTE_FIRST - 1 : code;
}
void font_set_spell(FontSet *set); /* when there are all codes */
/* That code. Where there can be none (*exact is false) it is one that stands for another text. */
uint16_t font_code(const Font *font, uint16_t glyph, Str text, bool *exact);

/* A character that no face has is drawn as U+FFFD or, where there is less room (font units), as a question mark: the missing glyph itself may not
 * be drawn (ISO 14289-1 §7.21.8). NULL: neither is in any face. */
void font_stand_ins_find(Font *font, Fonts *fonts);
const StandIn *font_stand_in(const Font *font, int32_t room, Lu size);

/* What a text says when extracted, code point by code point: tabs are no-break spaces; a soft hyphen within other text says
 * nothing; controls, and what may stand in no map to Unicode (U+0000, U+FEFF, U+FFFE: ISO 14289-1 §7.21.7), are U+FFFD. */
uint32_t font_text_next(Str text, size_t *at);
bool font_text_skips(Str text, uint32_t code_point);
uint32_t font_text_count(Str text);

#endif
