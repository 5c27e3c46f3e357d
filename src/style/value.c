/* Values as a sheet writes them: lengths with a unit, colours, borders and choices from a list. */
#include "style/sheet.h"

#define LENGTH_LIMIT LU_FROM_PT(10000) /* far beyond any paper; keeps every sum in a layout inside 32 bits */
#define RELATIVE_LIMIT (1000ll * MILLION)

/* ---- Lengths ------------------------------------------------------------------------------------------------------- */

/* Lu in a unit, as a fraction: 1 in = 72 pt = 25.4 mm. */
static const struct {
    const char *name;
    Unit unit;
    int64_t numerator, denominator;
} units[] = {
    {"pt", UNIT_LU, LU_PT, 1},
    {"mm", UNIT_LU, 72 * LU_PT * 10, 254},
    {"cm", UNIT_LU, 72 * LU_PT * 100, 254},
    {"in", UNIT_LU, 72 * LU_PT, 1},
    {"em", UNIT_EM, 0, 1},
    {"line", UNIT_LINE, 0, 1},
    {"lines", UNIT_LINE, 0, 1},
};
#define UNIT_ROWS (sizeof units / sizeof units[0])

/* A decimal number in millionths, at *at; false when there is none or it is beyond all use. */
static bool read_number(Str text, size_t *at, int64_t *out) {
    size_t i = *at;
    bool negative = i < text.n && text.p[i] == '-';
    if (i < text.n && (text.p[i] == '-' || text.p[i] == '+')) i++;
    int64_t amount = 0;
    size_t digits = 0;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++, digits++) {
        amount = amount * 10 + (text.p[i] - '0');
        if (amount > 1000000) return false;
    }
    amount *= MILLION;
    if (i < text.n && text.p[i] == '.') {
        i++;
        for (int64_t place = MILLION / 10; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++, digits++, place /= 10)
            amount += (text.p[i] - '0') * place;
    }
    *at = i;
    *out = negative ? -amount : amount;
    return digits > 0;
}

static int64_t divide_rounded(int64_t a, int64_t b) { return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b); }

/* A length that begins `text`: a number, perhaps spaces, a unit. *rest is what follows it. */
static bool read_length(Arena *arena, Str text, Length *out, Str *rest, Problem *problem) {
    size_t at = 0;
    int64_t amount;
    if (!read_number(text, &at, &amount)) {
        problem->message = str_format(arena, "“" STR_FMT "” is not a length", STR_ARG(text));
        problem->hint = STR("a number and a unit, such as 12pt, 4mm, 0.5 line or 1.2em");
        return false;
    }
    while (at < text.n && text.p[at] == ' ') at++;
    size_t unit_at = at;
    while (at < text.n && char_is_letter(text.p[at])) at++;
    Str unit = str_slice(text, unit_at, at);
    *rest = str_trim(str_slice(text, at, text.n));
    if (unit.n == 0) {
        if (amount != 0) {
            problem->message = str_format(arena, "“" STR_FMT "” has no unit", STR_ARG(text));
            problem->hint = STR("add pt, mm, cm, in, em or line");
            return false;
        }
        *out = (Length){UNIT_LU, 0};
        return true;
    }
    for (size_t i = 0; i < UNIT_ROWS; i++) {
        if (!str_is(unit, units[i].name)) continue;
        out->unit = units[i].unit;
        out->amount = amount;
        int64_t limit = RELATIVE_LIMIT;
        if (units[i].unit == UNIT_LU) {
            out->amount = divide_rounded(amount * units[i].numerator, units[i].denominator * MILLION);
            limit = LENGTH_LIMIT;
        }
        if (out->amount <= limit && out->amount >= -limit) return true;
        problem->message = str_format(arena, "“" STR_FMT "” is out of range", STR_ARG(text));
        problem->hint = STR("lengths go up to 10000pt, 1000em or 1000 lines");
        return false;
    }
    problem->message = str_format(arena, "“" STR_FMT "” is not a unit", STR_ARG(unit));
    problem->hint = STR("the units are pt, mm, cm, in, em (the type's size) and line (the page's grid)");
    return false;
}

Lu length_compute(Length length, Lu em, Lu grid) {
    int64_t lu = length.amount;
    if (length.unit == UNIT_EM) lu = divide_rounded(length.amount * em, MILLION);
    if (length.unit == UNIT_LINE) lu = divide_rounded(length.amount * grid, MILLION);
    if (lu > LENGTH_LIMIT) return LENGTH_LIMIT;
    return lu < -LENGTH_LIMIT ? -LENGTH_LIMIT : (Lu)lu;
}

/* ---- Colours ------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    Colour rgb;
} colour_names[] = {
    {"black", {0, 0, 0}},
    {"white", {255, 255, 255}},
    {"grey", {89, 89, 89}},
    {"silver", {192, 192, 192}},
    {"navy", {0, 0, 96}},
    {"blue", {0, 64, 160}},
    {"teal", {0, 84, 84}},
    {"green", {0, 90, 40}},
    {"red", {160, 0, 24}},
    {"maroon", {112, 0, 24}},
    {"purple", {88, 24, 112}},
    {"brown", {102, 58, 0}},
};
/* Not the web's values: every one but silver and white has at least 7:1 on white, so that a name is a safe choice. */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool is_name(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-'))) return false;
    }
    return text.n > 0;
}

bool colour_read(Arena *arena, Str text, Place at, ColourValue *out, Problem *problem) {
    *out = (ColourValue){.at = at};
    if (text.n > 0 && text.p[0] == '#') {
        int digits[6] = {0};
        bool good = text.n == 4 || text.n == 7;
        for (size_t i = 1; good && i < text.n; i++) {
            digits[i - 1] = hex_digit(text.p[i]);
            good = digits[i - 1] >= 0;
        }
        if (good) {
            if (text.n == 4)
                out->rgb = (Colour){(uint8_t)(digits[0] * 17), (uint8_t)(digits[1] * 17), (uint8_t)(digits[2] * 17)};
            else
                out->rgb = (Colour){(uint8_t)(digits[0] * 16 + digits[1]), (uint8_t)(digits[2] * 16 + digits[3]),
                    (uint8_t)(digits[4] * 16 + digits[5])};
            return true;
        }
    } else if (is_name(text)) {
        out->name = text; /* the sheet's own colours are known only when the whole chain is read */
        return true;
    }
    problem->message =
        text.n == 0 ? STR("a colour is missing") : str_format(arena, "“" STR_FMT "” is not a colour", STR_ARG(text));
    problem->hint = text.n == 0 ? STR("in YAML “#” begins a comment unless it is quoted: \"#003366\"")
                                : STR("\"#036\", \"#003366\" (quoted), or a name from the sheet's colours");
    return false;
}

bool colour_find_name(Str name, Colour *out) {
    for (size_t i = 0; i < sizeof colour_names / sizeof colour_names[0]; i++) {
        if (!str_is(name, colour_names[i].name)) continue;
        *out = colour_names[i].rgb;
        return true;
    }
    return false;
}

Str colour_name_at(uint32_t index) {
    return index < sizeof colour_names / sizeof colour_names[0] ? str_from(colour_names[index].name) : STR("");
}

/* ---- Choices ------------------------------------------------------------------------------------------------------- */

/* In the order of the enumerations in style.h and text.h. */
static const char *const bool_names[] = {"false", "true", NULL};
static const char *const family_names[] = {"sans", "serif", "mono", NULL};
static const char *const figures_names[] = {"lining", "old-style", NULL};
static const char *const align_names[] = {"left", "justify", "centre", "right", NULL};
static const char *const marker_names[] = {"none", "disc", "dash", "circle", "square", "decimal", "alpha", "roman", NULL};
static const char *const placement_names[] = {"between", "beside", NULL};
static const char *const side_names[] = {"right", "left", NULL};

static const char *const *choices_of(PropertyType type) {
    static const char *const none[] = {NULL};
    switch (type) {
    case TYPE_BOOL: return bool_names;
    case TYPE_FAMILY: return family_names;
    case TYPE_FIGURES: return figures_names;
    case TYPE_ALIGN: return align_names;
    case TYPE_MARKER: return marker_names;
    case TYPE_PLACEMENT: return placement_names;
    case TYPE_SIDE: return side_names;
    case TYPE_SIZE:
    case TYPE_LEADING:
    case TYPE_LENGTH:
    case TYPE_OFFSET:
    case TYPE_SHIFT:
    case TYPE_COLOUR:
    case TYPE_BACKGROUND:
    case TYPE_BORDER:
    case TYPE_FURNITURE:
    case TYPE_PAPER: return none;
    }
    return none;
}

Str value_choices(PropertyType type, uint32_t index) {
    const char *const *names = choices_of(type);
    for (uint32_t i = 0; names[i]; i++)
        if (i == index) return str_from(names[i]);
    return STR("");
}

static bool read_choice(Arena *arena, PropertyType type, Str text, int32_t *out, Problem *problem) {
    const char *const *names = choices_of(type);
    Buf list = buf_new(arena);
    for (int32_t i = 0; names[i]; i++) {
        if (str_is(text, names[i])) {
            *out = i;
            return true;
        }
        if (i > 0) buf_add_c(&list, names[i + 1] ? ", " : " or ");
        buf_add_c(&list, names[i]);
    }
    problem->message = str_format(arena, "“" STR_FMT "” is not one of its values", STR_ARG(text));
    problem->hint = str_format(arena, "write " STR_FMT, STR_ARG(buf_str(&list)));
    return false;
}

/* ---- Any value ----------------------------------------------------------------------------------------------------- */

/* "1.5pt #003366"; without a colour it is the text's. */
static bool read_border(Arena *arena, Str text, Place at, Value *out, Problem *problem) {
    if (str_is(text, "none")) return true;
    Str rest;
    if (!read_length(arena, text, &out->length, &rest, problem)) {
        problem->hint = STR("a width, then a colour: \"1.5pt #003366\", or none");
        return false;
    }
    if (rest.n == 0) return true;
    out->has_colour = true;
    return colour_read(arena, rest, at, &out->colour, problem);
}

static bool read_single_length(Arena *arena, Str text, Length *out, Problem *problem) {
    Str rest;
    if (!read_length(arena, text, out, &rest, problem)) return false;
    if (rest.n == 0) return true;
    problem->message = str_format(arena, "“" STR_FMT "” is more than one length", STR_ARG(text));
    problem->hint = STR("write one number with one unit");
    return false;
}

static bool check_sign(Arena *arena, PropertyType type, Str text, const Value *value, Problem *problem) {
    bool positive = type == TYPE_SIZE || type == TYPE_LEADING;
    bool any = type == TYPE_OFFSET || type == TYPE_SHIFT;
    if (any || value->length.amount > 0 || (!positive && value->length.amount == 0)) return true;
    problem->message =
        str_format(arena, positive ? "“" STR_FMT "” is not more than 0" : "“" STR_FMT "” is less than 0", STR_ARG(text));
    problem->hint = STR("");
    return false;
}

bool value_read(Arena *arena, PropertyType type, Str text, Place at, Value *out, Problem *problem) {
    *out = (Value){0};
    text = str_trim(text);
    switch (type) {
    case TYPE_SIZE:
    case TYPE_LEADING:
    case TYPE_LENGTH:
    case TYPE_OFFSET:
    case TYPE_SHIFT: return read_single_length(arena, text, &out->length, problem) && check_sign(arena, type, text, out, problem);
    case TYPE_BORDER: return read_border(arena, text, at, out, problem) && check_sign(arena, type, text, out, problem);
    case TYPE_BACKGROUND:
        if (str_is(text, "none")) return true;
        out->has_colour = true;
        return colour_read(arena, text, at, &out->colour, problem);
    case TYPE_COLOUR: out->has_colour = true; return colour_read(arena, text, at, &out->colour, problem);
    case TYPE_BOOL:
    case TYPE_FAMILY:
    case TYPE_FIGURES:
    case TYPE_ALIGN:
    case TYPE_MARKER:
    case TYPE_PLACEMENT:
    case TYPE_SIDE: return read_choice(arena, type, text, &out->choice, problem);
    case TYPE_FURNITURE:
    case TYPE_PAPER: BUG("value_read: not a single value");
    }
    return false;
}
