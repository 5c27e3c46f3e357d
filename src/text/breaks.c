/* Where a line may break: the Unicode line breaking algorithm (UAX #14, by libunibreak), words in Thai, then what print
 * wants besides.
 *
 * Words: a hyphen or dash that begins a word stays with it, as does a prefix or an ending of one letter ("e-mail"); a dash never
 * begins a line; a range of numbers is not divided; a slash divides words but not short forms ("and/or", not "km/h").
 * Addresses (with "://", "www." or "@") divide after a slash and before other punctuation, nowhere else, so that no reader
 * takes a full stop or hyphen at a line's end for one that does not belong to it (Chicago Manual of Style, 17th ed., 14.18).
 */
#include "text/internal.h"

#include <linebreak.h>
#include <string.h>

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B);
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* A letter or a number, near enough: what is no ASCII and no punctuation block counts as letters. */
static bool is_word(uint32_t c) {
    if (c < 0x80) return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x206F) && (c < 0x3000 || c > 0x303F) && c != UTF8_BAD;
}

static bool is_dash(uint32_t c) { return c >= 0x2012 && c <= 0x2015; }
static bool is_hyphen(uint32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

static bool is_opening(uint32_t c) {
    if (c < 0x80) return c && strchr("([{<\"'", (int)c);
    return c == 0x2018 || c == 0x201C || c == 0x201E || c == 0xAB;
}

static uint32_t peek(Str text, size_t at) { return at < text.n ? utf8_next(text, &at) : ' '; }

/* ---- Words ------------------------------------------------------------------------------------------------------- */

typedef struct {
    Str text;
    uint8_t *breaks;
    uint32_t before; /* the character before the one looked at; a space at the beginning */
    uint32_t letters; /* letters that stand directly before it */
    bool begins_word; /* it is a hyphen or dash, and nothing of a word stands before it */
} WordWalk;

static void forbid(uint8_t *breaks, size_t end) {
    if (breaks[end - 1] == BREAK_MAY) breaks[end - 1] = BREAK_NO;
}

/* The number of letters from `at` on, counted no further than two. */
static uint32_t letters_after(Str text, size_t at) {
    uint32_t count = 0;
    while (count < 2 && at < text.n && is_word(utf8_next(text, &at))) count++;
    return count;
}

/* Whether a break may stay between `c`, which ends at `end`, and what follows. */
static bool break_stands(const WordWalk *walk, uint32_t c, size_t end) {
    size_t after = end;
    uint32_t next = end < walk->text.n ? utf8_next(walk->text, &after) : ' ';
    if (c == 0x200D || (next >= 0x1F3FB && next <= 0x1F3FF)) return false; /* one emoji: joined, or with a skin's tone */
    if (is_dash(next) && !is_space(c)) return false;
    if ((is_dash(next) || is_hyphen(next)) && c == ' ' && is_space(peek(walk->text, after))) return false;
    if (walk->begins_word) return false;
    if (is_dash(c) && is_digit(walk->before) && is_digit(next)) return false;
    if (is_hyphen(c)) return walk->letters != 1 && letters_after(walk->text, end) != 1;
    if (c == '/') return walk->letters >= 3 && letters_after(walk->text, end) == 2;
    return true;
}

static void tailor_words(Str text, uint8_t *breaks) {
    WordWalk walk = {.text = text, .breaks = breaks, .before = ' '};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bool joint = is_hyphen(c) || is_dash(c);
        walk.begins_word = joint && (walk.begins_word || is_space(walk.before) || is_opening(walk.before));
        if (breaks[at - 1] == BREAK_MAY && !break_stands(&walk, c, at)) forbid(breaks, at);
        walk.letters = is_word(c) ? walk.letters + 1 : 0;
        walk.before = c;
    }
}

/* ---- Addresses --------------------------------------------------------------------------------------------------- */

/* What can stand in an address: RFC 3986's characters, and letters beyond ASCII as people see them (RFC 3987). */
static bool is_address_character(uint32_t c) {
    if (c < 0x80) return c > ' ' && c != 0x7F && !strchr("<>\"`{}|^\\", (int)c);
    return is_word(c) && c < 0x2000;
}

static bool ends_sentence(char c) { return strchr(".,;:!?)]'*_~", c) && c; }

/* Where the part begins that may be divided: behind "://", "www.", or before an "@"; text.n if `token` is no address. */
static size_t address_body(Str token) {
    for (size_t i = 0; i + 3 < token.n; i++)
        if (i > 0 && memcmp(token.p + i, "://", 3) == 0) return i + 3;
    if (token.n > 4 && str_equal_nocase((Str){token.p, 4}, STR("www."))) return 4;
    const char *sign = token.n ? memchr(token.p, '@', token.n) : NULL;
    if (!sign || sign == token.p) return token.n;
    size_t host = (size_t)(sign - token.p) + 1;
    return memchr(token.p + host, '.', token.n - host) ? 0 : token.n;
}

/* Characters of an address that stand together at least: behind its beginning and before its end; between one place and the
 * next where it may break; and on both sides of a full stop, so that ".uk" and "www" are not alone. */
enum { ADDRESS_EDGE = 3, ADDRESS_PIECE = 4, ADDRESS_NAME = 5 };

/* Whether the full stop at `stop` may begin a line; the piece before it has `piece` characters. */
static bool stop_begins_line(Str token, size_t stop, size_t piece) {
    size_t end = stop + 1;
    while (end < token.n && end - stop < ADDRESS_NAME && is_word((unsigned char)token.p[end])) end++;
    return piece >= ADDRESS_NAME && end - stop >= ADDRESS_NAME;
}

static void tailor_address(Str text, size_t start, size_t end, uint8_t *breaks) {
    while (start < end && (text.p[start] == '(' || text.p[start] == '[' || text.p[start] == '\'')) start++;
    while (end > start && ends_sentence(text.p[end - 1])) end--;
    Str token = {text.p + start, end - start};
    size_t body = address_body(token);
    if (body == token.n) return;
    size_t piece = 0; /* characters since the last place for a break */
    for (size_t i = 0; i + 1 < token.n; i++) {
        unsigned char c = (unsigned char)token.p[i], next = (unsigned char)token.p[i + 1];
        if (i >= body) piece++;
        bool may = i + 1 >= body + ADDRESS_EDGE && token.n - i > ADDRESS_EDGE;
        if (c == '/')
            may = may && next != '/';
        else if (next == '.')
            may = may && stop_begins_line(token, i + 1, piece);
        else
            may = may && piece >= ADDRESS_PIECE && next < 0x80 && next != '/' && !is_word(next) && c < 0x80 && is_word(c);
        breaks[start + i] = may ? BREAK_MAY : BREAK_NO;
        if (may) piece = 0;
    }
}

static void tailor_addresses(Str text, uint8_t *breaks) {
    size_t start = 0;
    for (size_t at = 0; at < text.n;) {
        size_t here = at;
        if (is_address_character(utf8_next(text, &at))) continue;
        if (here > start) tailor_address(text, start, here, breaks);
        start = at;
    }
    if (text.n > start) tailor_address(text, start, text.n, breaks);
}

/* ---- UAX #14 ----------------------------------------------------------------------------------------------------- */

/* The length of a regional indicator that begins at `at`, half of a flag; else 0. */
static size_t flag_length(Str text, size_t at) {
    static const unsigned char first[3] = {0xF0, 0x9F, 0x87};
    return text.n - at >= 4 && memcmp(text.p + at, first, 3) == 0 && (unsigned char)text.p[at + 3] >= 0xA6 ? 4 : 0;
}

/* Fills in a table of the library's: too much for every cell of a long table. */
static void library_begin(void) {
    static bool ready;
    cores_lock();
    if (!ready) init_linebreak();
    ready = true;
    cores_unlock();
}

/* libunibreak 1.1 ends the program when it meets a flag. It is given what stands between flags; beside these a line may break only
 * where there is a space. */
static void library_breaks(Str text, const char *tag, uint8_t *breaks) {
    for (size_t at = 0; at < text.n;) {
        size_t end = at, flag = 0;
        while (end < text.n && (flag = flag_length(text, end)) == 0) end++;
        if (end > at) set_linebreaks_utf8((const utf8_t *)text.p + at, end - at, tag, (char *)breaks + at);
        if (at > 0 && end > at && text.p[at] == ' ')
            breaks[at] = LINEBREAK_ALLOWBREAK; /* a text that begins with a space keeps it */
        if (end > at && flag) breaks[end - 1] = text.p[end - 1] == ' ' ? LINEBREAK_ALLOWBREAK : LINEBREAK_NOBREAK;
        at = end + flag;
    }
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

void text_breaks(Str text, Str language, uint8_t *breaks) {
    if (text.n == 0) return;
    char tag[4];
    language_unpack(language_pack(language), tag);
    memset(breaks, LINEBREAK_NOBREAK, text.n); /* libunibreak stops at a character cut short */
    library_begin();
    library_breaks(text, tag, breaks);
    for (size_t i = 0; i < text.n; i++)
        breaks[i] = breaks[i] == LINEBREAK_MUSTBREAK ? BREAK_MUST : breaks[i] == LINEBREAK_ALLOWBREAK ? BREAK_MAY : BREAK_NO;
    /* The end of a text is no break: what follows may be the rest of a word in another style. */
    if (text.p[text.n - 1] != '\n' && text.p[text.n - 1] != '\r') breaks[text.n - 1] = BREAK_NO;
    thai_breaks(text, breaks);
    tailor_words(text, breaks);
    tailor_addresses(text, breaks);
    text_join(text, language, breaks);
}
