/* A record that was read from a file. It may have been changed by anybody, so every value is checked. */
#include "record/record.h"

#define INPUTS_LIMIT 10000

static bool number_read(Str text, int64_t *out) {
    int64_t value = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!char_is_digit(text.p[i]) || value > INT64_MAX / 100) return false;
        value = value * 10 + (text.p[i] - '0');
    }
    *out = value;
    return text.n > 0;
}

static bool digest_valid(Str digest) {
    for (size_t i = 0; i < digest.n; i++)
        if (!char_is_digit(digest.p[i]) && (digest.p[i] < 'a' || digest.p[i] > 'f')) return false;
    return digest.n == 64;
}

/* "image 64-digits images/map.png" */
static bool input_read(Arena *arena, Str value, Record *out) {
    size_t space = 0;
    while (space < value.n && value.p[space] != ' ') space++;
    Str role = str_slice(value, 0, space), digest = str_slice(value, space + 1, space + 65);
    Str name = str_slice(value, space + 66, value.n);
    if (value.n < space + 67 || value.p[space + 65] != ' ' || !digest_valid(digest) || out->count == INPUTS_LIMIT) return false;
    for (InputRole r = 0; r < INPUT_ROLE_COUNT; r++) {
        if (!str_is(role, input_role_name(r))) continue;
        if ((r == INPUT_SOURCE) != (out->count == 0)) return false;
        *PUSH(arena, out, Input) = (Input){.role = r, .name = name, .digest = digest};
        return true;
    }
    return false;
}

static bool variant_read(Str value, Record *out) {
    int64_t size = 0;
    out->print = str_starts(value, STR("print"));
    out->blank_pages = str_is(value, "print blank-pages");
    if (out->print) return out->blank_pages || str_is(value, "print");
    if (!str_starts(value, STR("large-print ")) || !number_read(str_slice(value, 12, value.n), &size) || size > 1000)
        return false;
    out->large_print = (int32_t)size;
    return size > 0;
}

static bool true_read(Str value, bool *out) {
    *out = str_is(value, "True");
    return *out || str_is(value, "False");
}

bool record_read(Arena *arena, const RecordProperties *properties, Record *out, Str *problem) {
    *out = (Record){0};
    Str source = {NULL, 0}, build = {NULL, 0};
    for (uint32_t i = 0; i < properties->count; i++) {
        Str name = str_from(properties->items[i].name), value = properties->items[i].value;
        bool good = true;
        if (str_is(name, "version"))
            out->version = value;
        else if (str_is(name, "sourceDigest"))
            source = value;
        else if (str_is(name, "build"))
            build = value;
        else if (str_is(name, "input"))
            good = input_read(arena, value, out);
        else if (str_is(name, "style"))
            out->style = value;
        else if (str_is(name, "variant"))
            good = variant_read(value, out);
        else if (str_is(name, "final"))
            good = true_read(value, &out->final);
        else if (str_is(name, "embedded"))
            good = true_read(value, &out->embedded);
        else if (str_is(name, "date"))
            good = out->dated = date_time_read(value, &out->date);
        if (good) continue;
        *problem =
            str_format(arena, "its record cannot be read: “" STR_FMT "” is no %s", STR_ARG(value), properties->items[i].name);
        return false;
    }
    *problem = STR("it does not say how it was made: it has no record of brief’s");
    if (out->version.n == 0 && out->count == 0) return false;
    *problem = STR("its record has been changed: it does not agree with itself");
    return out->version.n > 0 && out->count > 0 && str_equal(source, out->items[0].digest) &&
           str_equal(build, record_build(arena, out));
}
