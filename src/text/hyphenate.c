/* Where a word may be divided: libhyphen, with the patterns that the build takes in and puts into the program (fonts/fonts.list).
 *
 * Only what is plainly a word is divided: letters, the first of them at most a capital; nothing that has figures, hyphens, signs or full
 * stops inside it (addresses, references, names such as "NHS" or "McKenzie"), or a soft hyphen, by which its author has
 * said where. Words with a capital, most of them names, are marked apart, for they are divided only when little else will
 * do. Two letters stay before the hyphen and three behind it (Hart's Rules; TeX's for English). Patterns are unpacked (patterns.h) when a language
 * is first met, and a word is looked up once.
 */
#include "text/internal.h"
#include "text/patterns.h"

#include <hyphen.h>

/* Loaded when a word is first divided. */
#define HYPHEN_FUNCTIONS(F) F(hnj_hyphen_hyphenate3)
LATE_LIBRARY(hyphen, BRIEF_HYPHEN, HYPHEN_FUNCTIONS)
#include <stdlib.h>
#include <string.h>

enum { WORD_LEAST = 6, WORD_MOST = 96, LEFT_LEAST = 2, RIGHT_LEAST = 3 };
#define SOFT_HYPHEN 0xAD

/* Where a word may be divided: after so many of its bytes. */
typedef struct {
    uint32_t count;
    uint8_t *ends;
} Division;

struct HyphenExceptions {
    Arena *arena;
    StrMap *words; /* in lower case, without hyphens: Division */
};

/* ---- Letters ------------------------------------------------------------------------------------------------------- */

static bool is_capital(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    if (c >= 0x139 && c <= 0x148) return c & 1;
    if (c == 0x178 || c == 0x179 || c == 0x17B || c == 0x17D) return true;
    return c < 0x178 && c != 0x130 && c != 0x138 && !(c & 1);
}

/* Letters of the languages that there are patterns for; marks that are composed with the letter before. */
static bool is_letter(uint32_t c) {
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return (c >= 0xC0 && c < 0x180 && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c < 0x370);
}

/* In UTF-8 both have the same number of bytes. */
static uint32_t lower(uint32_t c) {
    if (!is_capital(c)) return c;
    if (c < 0x100) return c + 0x20;
    return c == 0x178 ? 0xFF : c + 1;
}

/* What may stand in a token beside letters: quotation marks, brackets, stops, dashes. */
static bool is_beside_word(uint32_t c) {
    if (c < 0x80) return c && strchr("'\"()[].,;:!?", (int)c);
    return c == 0xAB || c == 0xBB || (c >= 0x2013 && c <= 0x201E) || c == 0x2026;
}

static bool is_blank(uint32_t c) { return c <= ' ' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B); }

/* ---- Patterns ------------------------------------------------------------------------------------------------------ */

/* Bytes that the library only reads. */
static void *unchanged(const void *p) { return (void *)(uintptr_t)p; }

/* One level of a file, which begins at *at and yields where it ends. */
static HyphenDict *level_unpack(Arena *arena, Str file, size_t *at) {
    const PatternLevel *level = (const void *)(file.p + *at);
    const PatternState *states = (const void *)(level + 1);
    HyphenTrans *transitions = unchanged(states + level->states);
    char *strings = unchanged(transitions + level->transitions);
    HyphenDict *dict = NEW(arena, HyphenDict);
    *dict = (HyphenDict){.lhmin = (char)level->left,
        .rhmin = (char)level->right,
        .clhmin = (char)level->compound_left,
        .crhmin = (char)level->compound_right,
        .nohyphen = level->no_hyphen == PATTERN_NONE ? NULL : strings + level->no_hyphen,
        .nohyphenl = level->no_hyphen_count,
        .num_states = (int)level->states,
        .cset = "UTF-8",
        .utf8 = level->utf8,
        .states = NEW_ARRAY(arena, HyphenState, level->states)};
    for (uint32_t i = 0; i < level->states; i++) {
        const PatternState *s = &states[i];
        dict->states[i] = (HyphenState){.match = s->match == PATTERN_NONE ? NULL : strings + s->match,
            .repl = s->replacement == PATTERN_NONE ? NULL : strings + s->replacement,
            .replindex = s->replace_index,
            .replcut = s->replace_cut,
            .fallback_state = s->fallback,
            .num_trans = s->transitions,
            .trans = transitions + s->first};
    }
    *at = (size_t)(strings + level->strings - file.p);
    return dict;
}

static HyphenDict *patterns_unpack(Arena *arena, Str name) {
    Str file = embedded_find(str_format(arena, "hyphenation/" STR_FMT, STR_ARG(name)));
    HyphenDict *first = NULL, **next = &first;
    for (size_t at = 0; at < file.n; next = &(*next)->nextlevel) *next = level_unpack(arena, file, &at);
    return first;
}

/* One English is not divided as the other is; other languages have one set of patterns each. */
static Str patterns_name(Str language) {
    static const char *const names[] = {"de", "es", "fr", "it", "nl", "pl", "pt"};
    char tag[4];
    language_unpack(language_pack(language), tag);
    if (strcmp(tag, "en") == 0) {
        bool american = false;
        for (size_t i = 2; i + 3 <= language.n; i++) {
            bool ends = i + 3 == language.n || language.p[i + 3] == '-';
            if (ends && language.p[i] == '-' && str_equal_nocase(str_slice(language, i + 1, i + 3), STR("US"))) american = true;
        }
        return american ? STR("en-us") : STR("en-gb");
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(tag, names[i]) == 0) return str_from(names[i]);
    return (Str){0};
}

static const Patterns *patterns_find(Faces *faces, Str name) {
    for (Patterns *p = faces->patterns; p; p = p->next)
        if (str_equal(p->name, name)) return p;
    Patterns *p = NEW(faces->arena, Patterns);
    *p = (Patterns){.name = name, .dict = patterns_unpack(faces->arena, name), .next = faces->patterns};
    faces->patterns = p;
    return p;
}

/* NULL: there are no patterns for the language. */
static DividedWords *divided_words(Fonts *fonts, Str language) {
    Str name = patterns_name(language);
    if (!name.n) return NULL;
    for (DividedWords *d = fonts->divided; d; d = d->next)
        if (str_equal(d->patterns->name, name)) return d->patterns->dict ? d : NULL;
    DividedWords *d = NEW(fonts->arena, DividedWords);
    cores_lock();
    const Patterns *patterns = patterns_find(fonts->shared, name);
    cores_unlock();
    *d = (DividedWords){.patterns = patterns, .words = strmap_new(fonts->arena), .next = fonts->divided};
    fonts->divided = d;
    return patterns->dict ? d : NULL;
}

/* ---- Words --------------------------------------------------------------------------------------------------------- */

static Division *division_new(Arena *arena, const uint8_t *ends, uint32_t count) {
    Division *division = NEW(arena, Division);
    division->count = count;
    division->ends = NEW_ARRAY(arena, uint8_t, count + 1);
    if (count) memcpy(division->ends, ends, count);
    return division;
}

static Division *word_divide(const Patterns *patterns, Arena *arena, Str word) {
    char hyphens[WORD_MOST + 5] = {0};
    char **replaced = NULL;
    int *positions = NULL, *cuts = NULL;
    uint8_t ends[WORD_MOST];
    uint32_t count = 0;
    int failed = hyphen()->hnj_hyphen_hyphenate3(patterns->dict, word.p, (int)word.n, hyphens, NULL, &replaced, &positions, &cuts,
        LEFT_LEAST, RIGHT_LEAST, LEFT_LEAST, RIGHT_LEAST);
    size_t at = 0;
    for (size_t i = 0; !failed && at < word.n; i++) {
        utf8_next(word, &at);
        /* Where a division would change the spelling the word is left whole: letters are the author's. */
        if (at < word.n && (hyphens[i] & 1) && !(replaced && replaced[i])) ends[count++] = (uint8_t)at;
    }
    for (size_t i = 0; replaced && i < word.n; i++) free(replaced[i]);
    free(replaced);
    free(positions);
    free(cuts);
    return division_new(arena, ends, count);
}

/* `word` in lower case, as a key; empty if it is none that is divided: too short, too long, or with a capital behind its first letter. */
static Str word_key(Str word, uint32_t least, char key[WORD_MOST]) {
    uint32_t letters = 0;
    if (word.n > WORD_MOST) return (Str){0};
    for (size_t at = 0; at < word.n; letters++) {
        size_t from = at;
        uint32_t c = utf8_next(word, &at);
        if (letters && is_capital(c)) return (Str){0};
        utf8_encode(lower(c), key + from);
    }
    return letters < least ? (Str){0} : (Str){key, word.n};
}

static void word_mark(Fonts *fonts, DividedWords *divided, const HyphenExceptions *own, bool nouns_have_capitals, Str text,
    size_t from, size_t to, uint8_t *breaks) {
    char buffer[WORD_MOST];
    Str key = word_key(str_slice(text, from, to), own ? 2 : WORD_LEAST, buffer);
    if (!key.n) return;
    const Division *division = own ? strmap_find(own->words, key) : NULL;
    bool own_division = division != NULL;
    if (!division) {
        if (!divided || key.n < WORD_LEAST || utf8_count(key) < WORD_LEAST) return;
        division = strmap_find(divided->words, key);
    }
    if (!division) {
        Str kept = str_copy(fonts->arena, key);
        Division *made = word_divide(divided->patterns, fonts->arena, kept);
        strmap_put(divided->words, kept, made);
        division = made;
    }
    bool name = !own_division && !nouns_have_capitals && is_capital(utf8_next(text, &(size_t){from}));
    for (uint32_t i = 0; i < division->count; i++) {
        uint8_t *place = &breaks[from + division->ends[i] - 1];
        if (*place == BREAK_NO) *place = name ? BREAK_HYPHEN_NAME : BREAK_HYPHEN;
    }
}

/* Whether the token is words and what stands beside words, and nothing else. */
static bool token_is_plain(Str token) {
    bool letter = false, stop = false;
    for (size_t at = 0; at < token.n;) {
        uint32_t c = utf8_next(token, &at);
        bool is = is_letter(c);
        if (!is && !is_beside_word(c)) return false;
        if (is && stop) return false;
        stop = letter && (c == '.' || c == ':');
        letter = is;
    }
    return true;
}

static bool letter_before(Str text, size_t at) {
    while (at && ((unsigned char)text.p[at - 1] & 0xC0) == 0x80) at--;
    return at && is_letter(utf8_next(text, &(size_t){at - 1}));
}

static bool letter_after(Str text, size_t at) { return at < text.n && is_letter(utf8_next(text, &at)); }

void text_hyphenate(
    Fonts *fonts, const HyphenExceptions *own, Str language, Str text, uint32_t from, uint32_t to, uint8_t *breaks) {
    DividedWords *divided = divided_words(fonts, language);
    if (!divided && !own) return;
    Str part = {text.p, to};
    bool german = language_pack(language) == language_pack(STR("de"));
    for (size_t at = from; at < to;) {
        size_t start = at, end = at;
        while (at < to && !is_blank(utf8_next(part, &at))) end = at;
        if (end - start < 2 || !token_is_plain(str_slice(text, start, end))) continue;
        for (size_t word = start, next = start; next < end || word < end;) {
            size_t here = next;
            bool letter = next < end && is_letter(utf8_next(part, &next));
            if (letter) continue;
            /* A word that goes on in another style is divided in neither half. */
            bool whole = !(word == from && letter_before(text, word)) && !(here == to && letter_after(text, here));
            if (here > word && whole) word_mark(fonts, divided, own, german, text, word, here, breaks);
            word = here < end ? next : end;
        }
    }
}

/* ---- Exceptions ---------------------------------------------------------------------------------------------------- */

HyphenExceptions *hyphen_exceptions(Arena *arena, const Str *words, uint32_t count) {
    if (!count) return NULL;
    HyphenExceptions *own = NEW(arena, HyphenExceptions);
    *own = (HyphenExceptions){arena, strmap_new(arena)};
    for (uint32_t i = 0; i < count; i++) {
        uint8_t ends[WORD_MOST];
        uint32_t parts = 0;
        Buf key = buf_new(arena);
        for (size_t at = 0; at < words[i].n && key.n < WORD_MOST;) {
            uint32_t c = utf8_next(words[i], &at);
            char bytes[4];
            if (c != '-' && c != SOFT_HYPHEN)
                buf_add(&key, (Str){bytes, utf8_encode(lower(c), bytes)});
            else if (key.n && at < words[i].n && (!parts || ends[parts - 1] != key.n))
                ends[parts++] = (uint8_t)key.n;
        }
        if (key.n && key.n < WORD_MOST) strmap_put(own->words, buf_str(&key), division_new(arena, ends, parts));
    }
    return own;
}

/* Words of the author's in capitals are known, too: they are not divided at all, and a reading system must not divide them either. */
static const Division *exception_find(const HyphenExceptions *own, Str word) {
    char buffer[WORD_MOST];
    static const Division whole = {0};
    Str key = word_key(word, 2, buffer);
    if (key.n) return strmap_find(own->words, key);
    if (word.n > WORD_MOST) return NULL;
    for (size_t at = 0; at < word.n;) {
        size_t from = at;
        uint32_t c = utf8_next(word, &at);
        utf8_encode(lower(c), buffer + from);
    }
    return strmap_find(own->words, (Str){buffer, word.n}) ? &whole : NULL;
}

bool hyphen_exceptions_next(const HyphenExceptions *own, Str text, size_t at, DividedWord *out) {
    if (!own) return false;
    while (at < text.n) {
        size_t start = at, end = at;
        while (at < text.n && is_letter(utf8_next(text, &at))) end = at;
        const Division *found = end > start ? exception_find(own, str_slice(text, start, end)) : NULL;
        if (!found) continue;
        *out = (DividedWord){start, end, found->ends, found->count};
        return true;
    }
    return false;
}
