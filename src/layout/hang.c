/* hang: punctuation at the end of a line stands a little out of the measure, and at its beginning, so that the edge looks straight.
 *
 * How much depends on the character, as in pdfTeX's protrusion (Thành, "Micro-typographic extensions to the TeX typesetting system", 2000):
 * what has little ink hangs most. Letters do not hang: what they would give depends on the face. Lines are chosen with it, and so
 * have a little more room. Rejected: characters in text from right to left, whose faces have other shapes for them.
 */
#include "layout/compose.h"

/* In hundredths of the character's width. */
static const struct {
    uint32_t code;
    uint8_t before, after;
} hanging[] = {
    {',', 0, 60},
    {'.', 0, 60},
    {0x2026, 0, 20},
    {':', 0, 30},
    {';', 0, 30},
    {'!', 0, 15},
    {'?', 0, 15},
    {'-', 0, 50},
    {0x2010, 0, 50},
    {0x2013, 20, 30},
    {0x2014, 15, 20},
    {'(', 10, 0},
    {')', 0, 10},
    {0x2018, 50, 50},
    {0x2019, 50, 50},
    {0x201C, 45, 45},
    {0x201D, 45, 45},
    {0x201A, 40, 0},
    {0x201E, 40, 0},
    {'\'', 50, 50},
    {'"', 45, 45},
    {0xAB, 25, 25},
    {0xBB, 25, 25},
    {0x2039, 25, 25},
    {0x203A, 25, 25},
};

/* The first character of a box, or its last. */
static uint32_t box_character(const Paragraph *p, const Item *box, bool last) {
    size_t at = box->start;
    if (last)
        for (at = box->start + box->length - 1; at > box->start && ((unsigned char)p->text.p[at] & 0xC0) == 0x80;) at--;
    return utf8_next(str_slice(p->text, 0, box->start + box->length), &at);
}

static Lu mark_hang(const Paragraph *p, const Item *box, bool last) {
    if (!box->glyph_count || !box->face) return 0;
    uint32_t code = box_character(p, box, last);
    for (size_t i = 0; i < sizeof hanging / sizeof *hanging; i++) {
        if (hanging[i].code != code) continue;
        const Glyph *glyph = &box->glyphs[last ? box->glyph_count - 1 : 0];
        Lu width = text_advance_lu(box->face, glyph->advance, p->segments.items[box->segment].style->size);
        return width * (last ? hanging[i].after : hanging[i].before) / 100;
    }
    return 0;
}

/* Most of all boxes begin and end with a letter or a figure. */
static Lu box_hang(const Paragraph *p, const Item *box, bool last) {
    if (box->kind != ITEM_BOX || !box->length) return 0;
    char edge = p->text.p[last ? box->start + box->length - 1 : box->start];
    return char_is_letter(edge) || char_is_digit(edge) ? 0 : mark_hang(p, box, last);
}

bool hangs_punctuation(const Paragraph *p, const Style *style) {
    return style->hang && !p->levels && !p->right_to_left && (style->align == TEXT_LEFT || style->align == TEXT_JUSTIFY);
}

Lu hang_before(const Paragraph *p, uint32_t from) { return from < p->list.count ? box_hang(p, &p->list.items[from], false) : 0; }

Lu hang_after(const Paragraph *p, uint32_t end, bool hyphen) {
    if (hyphen) return p->hyphen_width / 2;
    while (end && p->list.items[end - 1].kind == ITEM_BREAK) end--;
    return end ? box_hang(p, &p->list.items[end - 1], true) : 0;
}
