/* font: the faces a file uses as composite fonts (ISO 32000-1 §9.7). Codes are two bytes, handed out in the order of first use.
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
    Str text; /* UTF-8 */
} Code;

typedef struct {
    const Face *face;
    uint16_t *code; /* by glyph: its first code, or 0 */
    struct {
        Code *items; /* [0] is the missing glyph, and never drawn */
        uint32_t count, capacity;
    } codes;
    Ref ref;
} Font;

struct FontSet {
    Arena *arena;
    Font **by_face; /* by face->index; NULL: not used */
    uint32_t count;
};

FontSet *font_set_new(Arena *arena, const Fonts *fonts);
Font *font_use(FontSet *set, const Face *face);

/* The code for a glyph that stands for `text`. When there can be none (*exact is false) it is one that stands for another text. */
uint16_t font_code(FontSet *set, Font *font, uint16_t glyph, Str text, bool *exact);

/* A glyph's advance in millionths of the font size, as it stands in the font's widths. */
int64_t font_advance(const Font *font, uint16_t glyph);

/* What a text says when extracted, code point by code point: tabs are no-break spaces; a soft hyphen within other text says
 * nothing; controls, and what may stand in no map to Unicode (U+0000, U+FEFF, U+FFFE: ISO 14289-1 §7.21.7), are U+FFFD. */
uint32_t font_text_next(Str text, size_t *at);
bool font_text_skips(Str text, uint32_t code_point);
uint32_t font_text_count(Str text);

#endif
