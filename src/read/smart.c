/* What smart punctuation makes of a text block, by the language that it stands in. cmark makes English marks of straight ones; here they
 * become the language's own, and some apostrophes that it took for the beginning of a quotation (’90s, rock ’n’ roll) are mended.
 * Marks that the author wrote as they are stay. A space that the author set becomes a narrow one that does not break where
 * printers set it so: before French ; : ! ?, inside « », in “z. B.” and “i. e.”; none is added but inside the marks that are made here.
 */
#include "read/internal.h"
#include <string.h>

#define NARROW "\xE2\x80\xAF" /* U+202F */
#define APOSTROPHE "\xE2\x80\x99"
#define SINGLE_OPENS "\xE2\x80\x98"

typedef struct {
    Reader *r;
    uint32_t doubles, singles; /* quotations that are open */
} Smart;

static Str language_of(const Reader *r, const Node *node) {
    for (; node; node = node->parent)
        if (node->more->language.n) return node->more->language;
    return r->tree->meta.language;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

/* The text behind a leaf, as far as it goes on in the same parent. */
static Str text_behind(const Node *leaf) {
    for (const Node *node = leaf->next; node && node->kind == NODE_TEXT; node = node->next)
        if (node->text.n) return node->text;
    return (Str){0};
}

static char text_before(const Node *leaf) {
    for (const Node *node = leaf->previous; node && node->kind == NODE_TEXT; node = node->previous)
        if (node->text.n) return node->text.p[node->text.n - 1];
    return ' ';
}

static size_t word_length(Str text) {
    size_t n = 0;
    while (n < text.n && (is_letter(text.p[n]) || char_is_digit(text.p[n]))) n++;
    return n;
}

/* Words of English that begin with an apostrophe, and years without their century. */
static bool begins_clipped(Str behind, Str language) {
    Str word = str_slice(behind, 0, word_length(behind));
    if (word.n >= 2 && char_is_digit(word.p[0]) && char_is_digit(word.p[1]))
        return word.n == 2 || (word.n == 3 && word.p[2] == 's');
    if (!language_is(language, "en")) return false;
    static const char *const words[] = {"n", "tis", "twas", "twere", "twill", "em", "til", "cause"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_nocase(word, str_from(words[i]))) return true;
    return false;
}

static void double_mark(Smart *s, Node *leaf, const QuoteMarks *marks, bool opens) {
    if (opens) {
        s->doubles++;
        leaf->text = str_from(marks->open);
    } else if (s->doubles) {
        s->doubles--;
        leaf->text = str_from(marks->close);
    }
}

static void single_mark(Smart *s, Node *leaf, const QuoteMarks *marks, bool opens, Str language) {
    Str behind = text_behind(leaf);
    if (opens && begins_clipped(behind, language)) {
        leaf->text = STR(APOSTROPHE);
    } else if (opens) {
        s->singles++;
        leaf->text = str_from(marks->inner_open);
    } else if (s->singles && !(behind.n && is_letter(behind.p[0]) && is_letter(text_before(leaf)))) {
        s->singles--;
        leaf->text = str_from(marks->inner_close);
    }
}

static void mark_translate(Smart *s, Node *leaf) {
    Str language = language_of(s->r, leaf);
    const QuoteMarks *marks = quote_marks(language);
    Str mark = leaf->text;
    if (str_is(mark, "\xE2\x80\x9C") || str_is(mark, "\xE2\x80\x9D"))
        double_mark(s, leaf, marks, mark.p[2] == '\x9C');
    else if (str_is(mark, SINGLE_OPENS) || str_is(mark, APOSTROPHE))
        single_mark(s, leaf, marks, mark.p[2] == '\x98', language);
}

/* ---- Spaces -------------------------------------------------------------------------------------------------------------- */

/* A space at `at` that stands between the two letters of “z. B.”: a small letter by itself, and another with its point. */
static bool is_abbreviation(Str text, size_t at) {
    return at >= 2 && at + 2 < text.n && text.p[at - 1] == '.' && text.p[at - 2] >= 'a' && text.p[at - 2] <= 'z' &&
           (at == 2 || text.p[at - 3] == ' ' || text.p[at - 3] == '(') && is_letter(text.p[at + 1]) && text.p[at + 2] == '.';
}

static bool is_tall(char c) { return c == ';' || c == ':' || c == '!' || c == '?'; }

/* A space in French before a mark that a narrow one stands before, and not before a word that begins so (":-)", "!important"). */
static bool is_before_tall(Str behind) {
    size_t end = 0;
    while (end < behind.n && is_tall(behind.p[end])) end++;
    return end > 0 && (end == behind.n || behind.p[end] == ' ' || (unsigned char)behind.p[end] >= 0x80);
}

static bool is_french_space(const Node *leaf, size_t at) {
    Str text = leaf->text, behind = at + 1 < text.n ? str_slice(text, at + 1, text.n) : text_behind(leaf);
    if (at >= 2 && text.p[at - 1] == '\xAB' && text.p[at - 2] == '\xC2') return true;
    return is_before_tall(behind) || str_starts(behind, STR("\xC2\xBB"));
}

static bool is_narrow(const Node *leaf, size_t at, bool french) {
    return leaf->text.p[at] == ' ' && (is_abbreviation(leaf->text, at) || (french && is_french_space(leaf, at)));
}

/* Points are rarer than spaces. */
static bool holds_abbreviation(Str text) {
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end && (p = memchr(p, '.', (size_t)(end - p))); p++)
        if (end - p > 1 && p[1] == ' ' && is_abbreviation(text, (size_t)(p + 1 - text.p))) return true;
    return false;
}

static void spaces_narrow(Reader *r, Node *leaf) {
    bool french = language_is(language_of(r, leaf), "fr");
    Str text = leaf->text;
    if (!french && !holds_abbreviation(text)) return;
    size_t count = 0;
    const char *end = text.p + text.n;
    for (const char *p = text.p; (p = memchr(p, ' ', (size_t)(end - p))); p++)
        count += is_narrow(leaf, (size_t)(p - text.p), french);
    if (count == 0) return;
    char *out = NEW_ARRAY(r->arena, char, text.n + 2 * count);
    size_t n = 0;
    for (size_t at = 0; at < text.n; at++) {
        Str set = is_narrow(leaf, at, french) ? STR(NARROW) : str_slice(text, at, at + 1);
        for (size_t i = 0; i < set.n; i++) out[n++] = set.p[i];
    }
    leaf->text = (Str){out, n};
}

void smart_marks(Reader *r, Node *block) {
    Smart s = {.r = r};
    for (Node *node = node_next(block, block); node; node = node_next(node, block)) {
        if (node->kind != NODE_TEXT || node->value != SMART_MARK) continue;
        node->value = 0;
        mark_translate(&s, node);
    }
}

void smart_spaces(Reader *r, Node *block) {
    if (!r->tree->meta.smart) return;
    for (Node *node = node_next(block, block); node; node = node_next(node, block))
        if (node->kind == NODE_TEXT) spaces_narrow(r, node);
}
