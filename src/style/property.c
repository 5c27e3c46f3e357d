/* The tables of properties as data, and what can be done with any property without knowing which it is. */
#include "style/sheet.h"

#include <string.h>

const Property style_properties[PROPERTY_COUNT] = {
#define PROPERTY(constant, name, field, type, inherited, initial, css)                                                           \
    {{name, sizeof name - 1}, type, inherited, offsetof(Style, field), {initial, sizeof initial - 1}, {css, sizeof css - 1}},
    PROPERTIES(PROPERTY)
#undef PROPERTY
};

const Property page_properties[PAGE_PROPERTY_COUNT] = {
#define PAGE_PROPERTY(constant, name, field, type, initial)                                                                      \
    {{name, sizeof name - 1}, type, false, offsetof(PageStyle, field), {initial, sizeof initial - 1}, {"", 0}},
    PAGE_PROPERTIES(PAGE_PROPERTY)
#undef PAGE_PROPERTY
};

/* Choices are written through the table as int32_t: every enumeration of style.h must be as wide. */
_Static_assert(sizeof(Family) == 4 && sizeof(TextAlign) == 4 && sizeof(Figures) == 4 && sizeof(Placement) == 4 &&
                   sizeof(Side) == 4 && sizeof(Marker) == 4,
    "enumerations are 32 bits");

#define SIZE_LEAST LU_PT /* small type inside small type ends here */
#define SIZE_MOST LU_FROM_PT(720)
#define SHIFT_MOST LU_FROM_PT(720)

/* How many bytes a field of this type has. */
static size_t field_size(PropertyType type) {
    switch (type) {
    case TYPE_SIZE:
    case TYPE_LEADING:
    case TYPE_LENGTH:
    case TYPE_OFFSET:
    case TYPE_SHIFT:
    case TYPE_PAPER: return sizeof(Lu);
    case TYPE_FAMILY:
    case TYPE_FIGURES:
    case TYPE_ALIGN:
    case TYPE_MARKER:
    case TYPE_PLACEMENT:
    case TYPE_SIDE: return sizeof(int32_t);
    case TYPE_COLOUR:
    case TYPE_BACKGROUND: return sizeof(Colour);
    case TYPE_BORDER: return sizeof(Border);
    case TYPE_BOOL: return sizeof(bool);
    case TYPE_FURNITURE: return sizeof(Furniture);
    }
    return 0;
}

static const void *field_of(const Property *property, const void *record) { return (const char *)record + property->offset; }

static Lu clamp(Lu value, Lu least, Lu most) { return value < least ? least : value > most ? most : value; }

void property_apply(const Property *property, const Value *value, const Style *parent, Lu grid, Style *style) {
    void *field = (char *)style + property->offset;
    switch (property->type) {
    case TYPE_SIZE:
        *(Lu *)field = clamp(length_compute(value->length, parent ? parent->size : style->size, grid), SIZE_LEAST, SIZE_MOST);
        break;
    case TYPE_LEADING:
    case TYPE_LENGTH:
    case TYPE_OFFSET: *(Lu *)field = length_compute(value->length, style->size, grid); break;
    case TYPE_SHIFT:
        *(Lu *)field = clamp(
            (parent ? parent->baseline_shift : 0) + length_compute(value->length, style->size, grid), -SHIFT_MOST, SHIFT_MOST);
        break;
    case TYPE_BACKGROUND:
        style->has_background = value->has_colour;
        *(Colour *)field = value->colour.rgb;
        break;
    case TYPE_COLOUR: *(Colour *)field = value->colour.rgb; break;
    case TYPE_BORDER: {
        Border *border = field;
        border->width = length_compute(value->length, style->size, grid);
        border->colour = value->has_colour ? value->colour.rgb : style->colour;
        break;
    }
    case TYPE_BOOL: *(bool *)field = value->choice != 0; break;
    case TYPE_FAMILY:
    case TYPE_FIGURES:
    case TYPE_ALIGN:
    case TYPE_MARKER:
    case TYPE_PLACEMENT:
    case TYPE_SIDE: memcpy(field, &value->choice, sizeof value->choice); break;
    case TYPE_FURNITURE:
    case TYPE_PAPER: BUG("property_apply: " STR_FMT " is the page's", STR_ARG(property->name));
    }
}

void property_inherit(const Property *property, const Style *from, Style *to) {
    memcpy((char *)to + property->offset, field_of(property, from), field_size(property->type));
    if (property->type == TYPE_BACKGROUND) to->has_background = from->has_background;
}

/* Field by field: what lies between fields is nobody's. */
void property_serialise(const Property *property, const Style *style, Buf *out) {
    if (property->type == TYPE_BACKGROUND) buf_add_char(out, style->has_background);
    if (property->type == TYPE_BORDER) {
        const Border *border = field_of(property, style);
        buf_add(out, (Str){(const char *)&border->width, sizeof border->width});
        buf_add(out, (Str){(const char *)&border->colour, sizeof border->colour});
        return;
    }
    buf_add(out, (Str){field_of(property, style), field_size(property->type)});
}

static bool border_equal(Border a, Border b) { return a.width == b.width && (a.width == 0 || colour_equal(a.colour, b.colour)); }

bool property_equal(const Property *property, const Style *a, const Style *b) {
    const void *left = field_of(property, a), *right = field_of(property, b);
    if (property->type == TYPE_BORDER) return border_equal(*(const Border *)left, *(const Border *)right);
    if (property->type == TYPE_BACKGROUND && (!a->has_background || !b->has_background))
        return a->has_background == b->has_background;
    return memcmp(left, right, field_size(property->type)) == 0;
}

/* ---- Printing -------------------------------------------------------------------------------------------------------- */

/* 64ths of a point are exact in six decimals; zeros at the end are left out. */
static void print_length(Lu length, Buf *out) {
    int64_t lu = length;
    if (lu < 0) buf_add_char(out, '-');
    if (lu < 0) lu = -lu;
    buf_add_int(out, lu / LU_PT);
    int64_t rest = lu % LU_PT * (MILLION / LU_PT);
    if (rest > 0) buf_add_char(out, '.');
    for (int64_t place = MILLION / 10; rest > 0; place /= 10) {
        buf_add_char(out, (char)('0' + rest / place));
        rest %= place;
    }
    buf_add_c(out, "pt");
}

static void print_colour(Colour c, Buf *out) { buf_format(out, "#%02x%02x%02x", c.r, c.g, c.b); }

static void print_furniture(const Furniture *f, Buf *out) {
    buf_format(out, "{left: \"" STR_FMT "\", centre: \"" STR_FMT "\", right: \"" STR_FMT "\"}", STR_ARG(f->left),
        STR_ARG(f->centre), STR_ARG(f->right));
}

void property_print(const Property *property, const void *record, Buf *out) {
    const void *field = field_of(property, record);
    switch (property->type) {
    case TYPE_SIZE:
    case TYPE_LEADING:
    case TYPE_LENGTH:
    case TYPE_OFFSET:
    case TYPE_SHIFT:
    case TYPE_PAPER: print_length(*(const Lu *)field, out); break;
    case TYPE_COLOUR: print_colour(*(const Colour *)field, out); break;
    case TYPE_BACKGROUND:
        if (((const Style *)record)->has_background)
            print_colour(*(const Colour *)field, out);
        else
            buf_add_c(out, "none");
        break;
    case TYPE_BORDER: {
        const Border *border = field;
        if (border->width == 0) {
            buf_add_c(out, "none");
            break;
        }
        print_length(border->width, out);
        buf_add_char(out, ' ');
        print_colour(border->colour, out);
        break;
    }
    case TYPE_BOOL: buf_add(out, value_choices(TYPE_BOOL, *(const bool *)field)); break;
    case TYPE_FAMILY:
    case TYPE_FIGURES:
    case TYPE_ALIGN:
    case TYPE_MARKER:
    case TYPE_PLACEMENT:
    case TYPE_SIDE: {
        int32_t choice;
        memcpy(&choice, field, sizeof choice);
        buf_add(out, value_choices(property->type, (uint32_t)choice));
        break;
    }
    case TYPE_FURNITURE: print_furniture(field, out); break;
    }
}
