/* Which way text runs: the Unicode Bidirectional Algorithm (UAX #9) by FriBidi, which no other file knows.
 *
 * Levels are found for a whole paragraph (rules P to I), order for each of its lines (L1 and L2), once its lines are known. Mirrored
 * brackets (L4) are HarfBuzz's affair: it does so in every text that it shapes from right to left.
 */
#include "text/internal.h"

#include <fribidi.h>

/* Loaded when there is text that is not plainly from left to right. */
/* clang-format off */
#define FRIBIDI_FUNCTIONS(F) \
    F(fribidi_get_bidi_type) F(fribidi_get_bidi_types) F(fribidi_get_bracket_types) F(fribidi_get_par_embedding_levels_ex)
/* clang-format on */
LATE_LIBRARY(fribidi, BRIEF_FRIBIDI, FRIBIDI_FUNCTIONS)

/* ---- What a language says ---------------------------------------------------------------------------------------- */

static bool is_one_of(Str word, const char *const *words) {
    for (; *words; words++)
        if (str_equal_nocase(word, str_from(*words))) return true;
    return false;
}

/* A script that the tag names (BCP 47: the one subtag of four letters) goes before what the language is usually written in. */
bool language_is_right_to_left(Str language) {
    static const char *const languages[] = {"ar", "arc", "arz", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks",
        "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi", NULL};
    static const char *const scripts[] = {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", NULL};
    bool backwards = false;
    for (size_t at = 0, part = 0; at < language.n; part++) {
        size_t end = at;
        while (end < language.n && language.p[end] != '-' && language.p[end] != '_') end++;
        Str subtag = str_slice(language, at, end);
        if (part == 0) backwards = is_one_of(subtag, languages);
        if (subtag.n == 1) break; /* what follows is an extension, or private */
        if (part > 0 && subtag.n == 4 && subtag.p[0] >= 'A') return is_one_of(subtag, scripts);
        at = end + 1;
    }
    return backwards;
}

/* ---- What the text says ------------------------------------------------------------------------------------------ */

/* Letters of the blocks that are written from right to left, and the marks that turn a text round. */
static bool is_right_to_left(uint32_t c) {
    if ((c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFEFF)) return true;
    if ((c >= 0x10800 && c < 0x11000) || (c >= 0x1E800 && c < 0x1F000)) return true;
    return c == 0x200F || c == 0x202B || c == 0x202E || c == 0x2067;
}

enum { LEAST_BYTE = 0xD6, STRETCH = 64 }; /* with which a character of those begins, all before U+0580 with a smaller one */

/* A loop that compilers make one of many bytes at a time. */
static bool all_below(Str text, size_t from, size_t to) {
    unsigned char most = 0;
    for (size_t at = from; at < to; at++) most = (unsigned char)text.p[at] > most ? (unsigned char)text.p[at] : most;
    return most < LEAST_BYTE;
}

/* Nearly no text has any. */
static bool has_right_to_left(Str text) {
    for (size_t at = 0; at < text.n;) {
        size_t end = text.n - at > STRETCH ? at + STRETCH : text.n;
        if (all_below(text, at, end)) at = end;
        while (at < end) {
            if ((unsigned char)text.p[at] < LEAST_BYTE)
                at++;
            else if (is_right_to_left(utf8_next(text, &at)))
                return true;
        }
    }
    return false;
}

Strong text_strong(Str text) {
    for (size_t at = 0; at < text.n;) { /* P2, P3; isolates that characters make are not passed over */
        if (char_is_letter(text.p[at])) return STRONG_LEFT_TO_RIGHT;
        FriBidiCharType type = fribidi()->fribidi_get_bidi_type(utf8_next(text, &at));
        if (FRIBIDI_IS_STRONG(type)) return FRIBIDI_IS_RTL(type) ? STRONG_RIGHT_TO_LEFT : STRONG_LEFT_TO_RIGHT;
    }
    return STRONG_NONE;
}

bool text_is_right_to_left(Str language, Str text) {
    if (language_is_right_to_left(language)) return true;
    return has_right_to_left(text) && text_strong(text) == STRONG_RIGHT_TO_LEFT;
}

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

/* How many marks that turn text round may be open. FriBidi writes beyond an array of its own when 124 isolates are (1.0.8); Unicode lets
 * a program stop at 125 levels, and no text has five. */
enum { TURNS_MOST = 32, NO_MARK = 0x200B };

enum { LEFT_TO_RIGHT_ISOLATE = 0x2066, RIGHT_TO_LEFT_ISOLATE = 0x2067, POP_ISOLATE = 0x2069 };

typedef struct {
    const Isolate *items;
    uint32_t count, next;
    uint32_t *open; /* those that are not over, outermost first */
    uint32_t depth;
} Isolates;

/* What is to stand before the byte at `at`; 0 when there is nothing more. */
static FriBidiChar isolate_next(Isolates *isolates, size_t at) {
    if (isolates->depth > 0 && isolates->items[isolates->open[isolates->depth - 1]].end <= at) {
        isolates->depth--;
        return POP_ISOLATE;
    }
    while (isolates->next < isolates->count && isolates->items[isolates->next].start <= at) {
        const Isolate *isolate = &isolates->items[isolates->next++];
        if (isolate->start < at || isolate->end <= at) continue; /* of a line before, or empty */
        isolates->open[isolates->depth++] = isolates->next - 1;
        return isolate->right_to_left ? RIGHT_TO_LEFT_ISOLATE : LEFT_TO_RIGHT_ISOLATE;
    }
    return 0;
}

/* One paragraph in the sense of UAX #9, text[from, to): no line feed is in it. */
static void line_levels(
    Arena *scratch, Str text, size_t from, size_t to, bool right_to_left, Isolates *isolates, uint8_t *levels) {
    size_t most = to - from + 2 * (size_t)isolates->count;
    FriBidiChar *characters = NEW_ARRAY(scratch, FriBidiChar, most);
    bool *added = NEW_ARRAY(scratch, bool, most);
    Turns turns = {0};
    FriBidiStrIndex count = 0;
    Str line = {text.p, to};
    isolates->depth = 0;
    for (size_t at = from; at < to;) {
        for (FriBidiChar mark; (mark = isolate_next(isolates, at)) != 0;) {
            added[count] = true;
            characters[count++] = turns_meet(scratch, &turns, mark) > TURNS_MOST ? NO_MARK : mark;
        }
        uint32_t c = utf8_next(line, &at);
        if (turns_meet(scratch, &turns, c) > TURNS_MOST) c = NO_MARK;
        characters[count++] = c == UTF8_BAD || c == 0x2029 || c == 0x85 || (c < 0x20 && c != '\t') ? ' ' : c;
    }
    FriBidiCharType *types = NEW_ARRAY(scratch, FriBidiCharType, (size_t)count);
    FriBidiBracketType *brackets = NEW_ARRAY(scratch, FriBidiBracketType, (size_t)count);
    FriBidiLevel *found = NEW_ARRAY(scratch, FriBidiLevel, (size_t)count);
    fribidi()->fribidi_get_bidi_types(characters, count, types);
    fribidi()->fribidi_get_bracket_types(characters, count, types, brackets);
    FriBidiParType base = right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (!fribidi()->fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, found))
        BUG("no levels of %zu bytes", to - from);
    FriBidiStrIndex n = 0;
    for (size_t at = from; at < to; n++) {
        while (added[n]) n++;
        size_t start = at;
        utf8_next(line, &at);
        for (; start < at; start++) levels[start] = (uint8_t)found[n];
    }
}

bool text_levels(Arena *scratch, Str text, bool right_to_left, const Isolate *isolates, uint32_t count, uint8_t *levels) {
    if (!right_to_left && count == 0 && !has_right_to_left(text)) return false;
    Isolates list = {.items = isolates, .count = count, .open = NEW_ARRAY(scratch, uint32_t, (size_t)count + 1)};
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && text.p[end] != '\n') end++;
        if (end > at) line_levels(scratch, text, at, end, right_to_left, &list, levels);
        if (end < text.n) levels[end++] = right_to_left;
        at = end;
    }
    return true;
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

void levels_order(const uint8_t *levels, uint32_t count, uint32_t *order) {
    uint8_t highest = 0, lowest_odd = UINT8_MAX;
    for (uint32_t i = 0; i < count; i++) {
        order[i] = i;
        if (levels[i] > highest) highest = levels[i];
        if (levels[i] % 2 == 1 && levels[i] < lowest_odd) lowest_odd = levels[i];
    }
    /* L2. Levels are no higher than 126, whatever the text (BD2): a line costs no more than so many times its pieces. */
    for (unsigned level = highest; level >= lowest_odd; level--)
        for (uint32_t from = 0; from < count;) {
            uint32_t end = from;
            while (end < count && levels[end] >= level) end++;
            for (uint32_t a = from, b = end; a + 1 < b; a++, b--) {
                uint32_t moved = order[a];
                order[a] = order[b - 1];
                order[b - 1] = moved;
            }
            from = end > from ? end : from + 1;
        }
}
