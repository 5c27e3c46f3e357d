/* geometry: how large a page is, and where its text stands.
 *
 * A landscape page is the sheet turned: whoever reads the bound document turns it clockwise, so that the head of the page lies at the
 * left of the sheet, its left side at the sheet's foot. The margins keep to the sheet, and with them the side that is bound. The
 * outer one is made no larger than the inner, since nothing but text stands in it; and both leave room for the heads and
 * feet, which stand at the page's own edges.
 */
#include "layout/compose.h"

#define LINES_FREE 2 /* between the text and the baseline of a head or foot: kept on turned pages as far as others have it */

/* Pages with odd numbers lie to the right; index 0 is the first. */
bool page_is_left(const Composer *c, uint32_t index) { return c->styles->page->two_sided && index % 2 == 1; }

static Lu within(Lu length, Lu least, Lu most) { return length < least ? least : length > most ? most : length; }

/* From the edge of the page to its text, where a head or foot is `edge` from it and `clear` from the text elsewhere. */
static Lu margin_turned(const PageStyle *style, Lu margin, Lu edge, Lu clear) {
    Lu line = style->grid > 0 ? style->grid : 14 * LU_PT;
    Lu needed = edge + within(clear, 0, line * LINES_FREE);
    return needed > margin ? needed : margin;
}

static void sides_turned(const Composer *c, bool left_page, Lu *top, Lu *bottom) {
    const PageStyle *s = c->styles->page;
    Lu inner = s->margin_left, outer = s->margin_right < inner ? s->margin_right : inner;
    *top = margin_turned(s, left_page ? outer : inner, s->head_baseline, s->margin_top - s->head_baseline);
    *bottom = margin_turned(
        s, left_page ? inner : outer, s->height - s->foot_baseline, s->foot_baseline - (s->height - s->margin_bottom));
}

static PageGeometry geometry_turned(const Composer *c, uint32_t index) {
    const PageStyle *s = c->styles->page;
    Lu top, bottom, height = INT32_MAX;
    for (int side = 0; side < 2; side++) {
        sides_turned(c, side == 1, &top, &bottom);
        if (s->width - top - bottom < height) height = s->width - top - bottom;
        if (!s->two_sided) break;
    }
    sides_turned(c, page_is_left(c, index), &top, &bottom);
    return (PageGeometry){.width = s->height,
        .height = s->width,
        .left = s->margin_bottom,
        .top = top,
        .text_width = s->height - s->margin_top - s->margin_bottom,
        .text_height = height,
        .head_baseline = s->head_baseline,
        .foot_baseline = s->width - (s->height - s->foot_baseline)};
}

PageGeometry page_geometry(const Composer *c, uint32_t index, bool landscape) {
    const PageStyle *s = c->styles->page;
    if (landscape) return geometry_turned(c, index);
    return (PageGeometry){.width = s->width,
        .height = s->height,
        .left = page_is_left(c, index) ? s->margin_right : s->margin_left,
        .top = s->margin_top,
        .text_width = s->width - s->margin_left - s->margin_right,
        .text_height = s->height - s->margin_top - s->margin_bottom,
        .head_baseline = s->head_baseline,
        .foot_baseline = s->foot_baseline};
}

void page_turn(Composer *c, bool landscape) {
    PageGeometry g = page_geometry(c, 0, landscape);
    c->text_width = g.text_width;
    c->text_height = g.text_height;
}

Lu landscape_width(const Composer *c) {
    PageGeometry upright = page_geometry(c, 0, false), turned = page_geometry(c, 0, true);
    Lu line = c->styles->page->grid > 0 ? c->styles->page->grid : 14 * LU_PT;
    bool usable = turned.text_width > upright.text_width && turned.text_height >= line * 6;
    return usable ? turned.text_width : 0;
}
