/* UAX #14 for plain text: what most paragraphs are made of, without the library, which takes ten times as long, and with its very result.
 *
 * Between two characters that are no spaces the algorithm asks for no more than their classes and whether there are spaces between them: so
 * libunibreak, too, and the table here is what it says of each pair. Only quotation marks have another class in another language. Whatever is not
 * in the table makes the text one for the library.
 */
#include "text/internal.h"

#include <string.h>

typedef enum {
    CLASS_LETTER, /* AL: and most signs */
    CLASS_ENDING, /* EX: "!" */
    CLASS_QUOTE, /* QU: a mark that may open or close */
    CLASS_SIGN, /* PR, PO: "%", "£" */
    CLASS_OPENING,
    CLASS_BRACKET, /* CP: ")" */
    CLASS_STOP, /* IS: "," */
    CLASS_HYPHEN, /* HY */
    CLASS_SLASH, /* SY */
    CLASS_FIGURE, /* NU */
    CLASS_AFTER, /* BA: after which a line may break, as the en dash */
    CLASS_CLOSING, /* CL */
    CLASS_GLUE, /* GL */
    CLASS_DASH, /* B2: the em dash */
    CLASS_DOTS, /* IN: "…" */
    CLASS_COUNT,
    CLASS_SPACE,
    CLASS_OTHER, /* the library's */
} Class;

/* By the class before: the classes before which a line may break, in the order above; without spaces between, and with. */
static const char direct[CLASS_COUNT][CLASS_COUNT + 1] = {[CLASS_LETTER] = "000100000000010",
    [CLASS_ENDING] = "100110000100011",
    [CLASS_QUOTE] = "000000000000000",
    [CLASS_SIGN] = "000100000000011",
    [CLASS_OPENING] = "000000000000000",
    [CLASS_BRACKET] = "000010000000011",
    [CLASS_STOP] = "000110000000011",
    [CLASS_HYPHEN] = "100110000000111",
    [CLASS_SLASH] = "100110000000011",
    [CLASS_FIGURE] = "000000000000010",
    [CLASS_AFTER] = "100110000100111",
    [CLASS_CLOSING] = "100010000100011",
    [CLASS_GLUE] = "000000000000000",
    [CLASS_DASH] = "100110000100001",
    [CLASS_DOTS] = "100110000100010"};
static const char spaced[CLASS_COUNT][CLASS_COUNT + 1] = {[CLASS_LETTER] = "101110010110111",
    [CLASS_ENDING] = "101110010110111",
    [CLASS_QUOTE] = "101100010110111",
    [CLASS_SIGN] = "101110010110111",
    [CLASS_OPENING] = "000000000000000",
    [CLASS_BRACKET] = "101110010110111",
    [CLASS_STOP] = "101110010110111",
    [CLASS_HYPHEN] = "101110010110111",
    [CLASS_SLASH] = "101110010110111",
    [CLASS_FIGURE] = "101110010110111",
    [CLASS_AFTER] = "101110010110111",
    [CLASS_CLOSING] = "101110010110111",
    [CLASS_GLUE] = "101110010110111",
    [CLASS_DASH] = "101110010110101",
    [CLASS_DOTS] = "101110010110111"};

/* Marks that open or close in a language. */
typedef struct {
    char language[3];
    uint16_t opening[3], closing[3]; /* the last is 0, or there are three */
} Quotes;
static const Quotes quotes[] = {{"en", {0x2018, 0x201C}, {0x201D}}, {"de", {0xBB}, {0xAB, 0x2018, 0x201C}},
    {"es", {0xAB, 0x2018, 0x201C}, {0xBB, 0x201D}}, {"fr", {0xAB, 0x2018, 0x201C}, {0xBB, 0x201D}}};

static bool is_among(const uint16_t marks[3], uint32_t c) { return c == marks[0] || c == marks[1] || c == marks[2]; }

static Class class_beyond_ascii(uint32_t c, const Quotes *of_language) {
    if (c >= 0xC0 && c < 0x250) return CLASS_LETTER;
    if (of_language && is_among(of_language->opening, c)) return CLASS_OPENING;
    if (of_language && is_among(of_language->closing, c)) return CLASS_CLOSING;
    switch (c) {
    case 0xA0:
    case 0x202F: return CLASS_GLUE;
    case 0xA2:
    case 0xA3:
    case 0xA5:
    case 0xB0:
    case 0xB1:
    case 0x2030:
    case 0x20AC:
    case 0x2212: return CLASS_SIGN;
    case 0xA7:
    case 0xA9:
    case 0xAA:
    case 0xAE:
    case 0xB2:
    case 0xB3:
    case 0xB5:
    case 0xB7:
    case 0xB9:
    case 0xBA:
    case 0xBC:
    case 0xBD:
    case 0xBE:
    case 0x2020: return CLASS_LETTER;
    case 0xA1:
    case 0xBF:
    case 0x201A:
    case 0x201E: return CLASS_OPENING;
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D: return CLASS_QUOTE;
    case 0xAD:
    case 0x2010:
    case 0x2012:
    case 0x2013: return CLASS_AFTER;
    case 0x2014: return CLASS_DASH;
    case 0x2026: return CLASS_DOTS;
    default: return CLASS_OTHER;
    }
}

static Class class_of_ascii(unsigned char c) {
    if (char_is_letter((char)c)) return CLASS_LETTER;
    if (char_is_digit((char)c)) return CLASS_FIGURE;
    switch (c) {
    case ' ': return CLASS_SPACE;
    case '!':
    case '?': return CLASS_ENDING;
    case '"':
    case '\'': return CLASS_QUOTE;
    case '$':
    case '%':
    case '+':
    case '\\': return CLASS_SIGN;
    case '(':
    case '[':
    case '{': return CLASS_OPENING;
    case ')':
    case ']': return CLASS_BRACKET;
    case ',':
    case '.':
    case ':':
    case ';': return CLASS_STOP;
    case '-': return CLASS_HYPHEN;
    case '/': return CLASS_SLASH;
    case '|': return CLASS_AFTER;
    case '}': return CLASS_CLOSING;
    default: return c < ' ' || c == 0x7F ? CLASS_OTHER : CLASS_LETTER;
    }
}

bool plain_breaks(Str text, const char *language, uint8_t *breaks) {
    static const char others[][3] = {"ru", "zh", "ja", "ko"}; /* with classes of their own */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncmp(language, others[i], 2) == 0) return false;
    const Quotes *of_language = NULL;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (strncmp(language, quotes[i].language, 2) == 0) of_language = &quotes[i];
    if (text.n == 0 || text.p[0] == ' ') return false; /* a space that begins a text is another matter */
    memset(breaks, BREAK_NO, text.n);
    Class before = CLASS_COUNT;
    bool space = false;
    for (size_t at = 0; at < text.n;) {
        if (before == CLASS_LETTER && !space) /* between letters there is nothing to look up, and they are most of a text */
            while (at < text.n && char_is_letter(text.p[at])) at++;
        if (at == text.n) break;
        size_t start = at;
        unsigned char byte = (unsigned char)text.p[at];
        Class class = byte < 0x80 ? (at++, class_of_ascii(byte)) : class_beyond_ascii(utf8_next(text, &at), of_language);
        if (class == CLASS_OTHER) return false;
        if (class != CLASS_SPACE) {
            if (start && (space ? spaced : direct)[before][class] == '1') breaks[start - 1] = BREAK_MAY;
            before = class;
        }
        space = class == CLASS_SPACE;
    }
    return true;
}
