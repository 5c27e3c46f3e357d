/* Language tags: RFC 5646 (BCP 47) §2.1, well formed or not, and the case that §2.1.1 recommends. Whether a subtag is registered is
 * not asked. */
#include "resolve/passes.h"

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }

static bool all_letters(Str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (!char_is_letter(s.p[i])) return false;
    }
    return true;
}

static bool all_alphanumeric(Str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (!char_is_letter(s.p[i]) && !char_is_digit(s.p[i])) return false;
    }
    return true;
}

/* What may stand next, in this order. */
typedef enum { AT_EXTENDED, AT_SCRIPT, AT_REGION, AT_VARIANT, AT_EXTENSION, AT_PRIVATE } Stage;

typedef struct {
    Stage stage;
    int extended; /* extended language subtags so far: at most three */
    bool promised; /* after a singleton something must follow */
} Grammar;

/* One subtag after the first: true when the grammar allows it here. */
static bool grammar_take(Grammar *g, Str part) {
    if (part.n == 0 || part.n > 8 || !all_alphanumeric(part)) return false;
    if (g->stage == AT_PRIVATE) {
        g->promised = false;
        return true;
    }
    if (part.n == 1) {
        if (g->promised) return false;
        g->promised = true;
        g->stage = lower(part.p[0]) == 'x' ? AT_PRIVATE : AT_EXTENSION;
        return true;
    }
    if (g->stage == AT_EXTENSION) {
        g->promised = false;
        return true;
    }
    if (g->stage <= AT_EXTENDED && part.n == 3 && all_letters(part) && g->extended < 3) {
        g->extended++;
        return true;
    }
    if (g->stage <= AT_EXTENDED && part.n == 4 && all_letters(part)) {
        g->stage = AT_REGION;
        return true;
    }
    bool region = (part.n == 2 && all_letters(part)) ||
                  (part.n == 3 && char_is_digit(part.p[0]) && char_is_digit(part.p[1]) && char_is_digit(part.p[2]));
    if (g->stage <= AT_REGION && region) {
        g->stage = AT_VARIANT;
        return true;
    }
    if (part.n >= 5 || (part.n == 4 && char_is_digit(part.p[0]))) {
        g->stage = AT_VARIANT;
        return true;
    }
    return false;
}

static Str part_at(Str tag, size_t from) {
    size_t to = from;
    while (to < tag.n && tag.p[to] != '-') to++;
    return str_slice(tag, from, to);
}

Str language_primary(Str tag) { return part_at(tag, 0); }

Str language_tag(Arena *arena, Str tag) {
    tag = str_trim(tag);
    Str first = language_primary(tag);
    bool private_use = first.n == 1 && lower(first.p[0]) == 'x';
    if (!private_use && (first.n < 2 || first.n > 8 || !all_letters(first))) return (Str){0};
    Grammar g = {.stage = private_use ? AT_PRIVATE : AT_EXTENDED, .promised = private_use};
    Buf out = buf_new(arena);
    for (size_t i = 0; i < first.n; i++) buf_add_char(&out, lower(first.p[i]));
    for (size_t at = first.n; at < tag.n;) {
        Str part = part_at(tag, at + 1);
        if (!grammar_take(&g, part)) return (Str){0};
        at += 1 + part.n;
        bool plain = g.stage < AT_EXTENSION;
        buf_add_char(&out, '-');
        for (size_t i = 0; i < part.n; i++) {
            bool capital = plain && all_letters(part) && (part.n == 2 || (part.n == 4 && i == 0));
            buf_add_char(&out, capital ? upper(part.p[i]) : lower(part.p[i]));
        }
    }
    if (g.promised) return (Str){0};
    return buf_str(&out);
}
