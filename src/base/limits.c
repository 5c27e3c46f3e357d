/* The limits: setting them, and telling that one is passed. The table is limits.h. */
#include "base/internal.h"

#define ABOUT(constant, name, code, usual, least, most, unit, what, excess) {name, code, usual, least, most, unit, what, excess},
const LimitAbout limits_about[LIMIT_COUNT] = {LIMITS(ABOUT)};

#define USUAL(constant, name, code, usual, ...) usual,
uint64_t limits_now[LIMIT_COUNT] = {LIMITS(USUAL)};

/* A size as one would write it, if it is a round one. */
Str limit_text(Arena *arena, Limit limit, uint64_t value) {
    static const char units[] = "KMG";
    const char *unit = limits_about[limit].unit;
    if (unit != LIMIT_BYTES) return str_format(arena, "%llu %s", (unsigned long long)value, unit);
    int steps = 0;
    for (; steps < 3 && value > 0 && value % 1024 == 0; steps++) value /= 1024;
    return steps > 0 ? str_format(arena, "%llu %cB", (unsigned long long)value, units[steps - 1])
                     : str_format(arena, "%llu bytes", (unsigned long long)value);
}

bool limit_find(Str name, Limit *out) {
    for (*out = 0; *out < LIMIT_COUNT; ++*out)
        if (str_is(name, limits_about[*out].name)) return true;
    return false;
}

bool limit_set(Limit limit, Str text) {
    uint64_t value = 0;
    size_t at = 0;
    for (; at < text.n && char_is_digit(text.p[at]) && value <= limits_about[limit].most; at++)
        value = value * 10 + (uint64_t)(text.p[at] - '0');
    if (at == 0 || value > limits_about[limit].most) return false;
    if (at + 1 == text.n) {
        int letter = text.p[at] & ~0x20;
        value <<= letter == 'K' ? 10 : letter == 'M' ? 20 : letter == 'G' ? 30 : 63;
        at++;
    }
    if (at != text.n || value < limits_about[limit].least || value > limits_about[limit].most) return false;
    limits_now[limit] = value;
    return true;
}

const char *limit_hint(Arena *arena, Limit limit) {
    const LimitAbout *about = &limits_about[limit];
    Str most = limit_text(arena, limit, about->most);
    return str_format(arena, "“--limit %s=…” allows more, up to " STR_FMT, about->name, STR_ARG(most)).p;
}

void limit_tell(Diags *d, Limit limit, Place at) {
    const LimitAbout *about = &limits_about[limit];
    d->refused = true;
    diag(d, DIAG_ERROR, about->code, at, limit_hint(d->arena, limit), "%s " STR_FMT, about->excess,
        STR_ARG(limit_text(d->arena, limit, limit_of(limit))));
}
