/* Words that the style guides of government advise against, in English: Latin abbreviations, "and/or", dates in figures, exclamation marks. What
 * stands in quotation marks was said by somebody else. */
#include "check/internal.h"

static bool is_quoted_block(const Node *block) {
    return node_ancestor(block, NODE_BLOCK_QUOTE) || node_ancestor(block, NODE_PULL_QUOTE) || node_ancestor(block, NODE_CITE);
}

static bool is_word_at(Str text, size_t at) {
    if (at >= text.n) return false;
    return character_is_word(utf8_next(text, &at));
}

/* Whether text[at] begins with `word`, as a word of its own. */
static bool stands(Str text, size_t at, const char *word) {
    Str rest = str_slice(text, at, text.n), wanted = str_from(word);
    if (!str_starts(rest, wanted) || is_word_at(text, at + wanted.n)) return false;
    /* "eg" is one, "eg/ie" and "e.g" in an address are none that a reader stumbles over */
    return !(at + wanted.n < text.n && text.p[at + wanted.n] == '/');
}

static const struct {
    const char *word, *instead;
} latin[] = {{"e.g.", "“for example”"}, {"E.g.", "“For example”"}, {"eg", "“for example”"}, {"Eg", "“For example”"},
    {"i.e.", "“that is”"}, {"I.e.", "“That is”"}, {"ie", "“that is”"}, {"Ie", "“That is”"},
    {"etc", "“and so on”, or begin with “such as”"}};

static void latin_find(Diags *d, Passages *all, const Passage *passage, size_t at) {
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        if (!stands(passage->text, at, latin[i].word)) continue;
        Str word = str_from(latin[i].word);
        bool dot = !str_ends(word, STR(".")) && at + word.n < passage->text.n && passage->text.p[at + word.n] == '.';
        diag(d, DIAG_WARNING, "latin-abbreviation", prose_place(all, passage, at),
            str_format(d->arena, "write %s", latin[i].instead).p, "“%s%s” is Latin, and not everybody knows it", latin[i].word,
            dot ? "." : "");
        return;
    }
}

static void and_or_find(Diags *d, Passages *all, const Passage *passage, size_t at) {
    Str here = str_slice(passage->text, at, at + 6);
    if (!str_equal_nocase(here, STR("and/or")) || is_word_at(passage->text, at + 6)) return;
    diag(d, DIAG_WARNING, "and-or", prose_place(all, passage, at), "write “and”, “or”, or “one or both of them”",
        "“and/or” must be read twice");
}

static uint32_t number_at(Str text, size_t *at, uint32_t *digits) {
    uint32_t number = 0;
    for (*digits = 0; *at < text.n && char_is_digit(text.p[*at]) && *digits < 6; ++*at, ++*digits)
        number = number * 10 + (uint32_t)(text.p[*at] - '0');
    return number;
}

/* 1/2/19, 01/02/2019, 1.2.2019, 1-2-2019; in either order of day and month. Two digits for a year are one only behind slashes. */
static size_t date_length(Str text, size_t from) {
    size_t at = from;
    uint32_t digits, one = number_at(text, &at, &digits);
    if (digits < 1 || digits > 2 || at >= text.n) return 0;
    char between = text.p[at];
    if (between != '/' && between != '.' && between != '-') return 0;
    at++;
    uint32_t two = number_at(text, &at, &digits);
    if (digits < 1 || digits > 2 || at >= text.n || text.p[at] != between) return 0;
    at++;
    uint32_t year = number_at(text, &at, &digits);
    bool is_year = digits == 4 ? year >= 1000 && year < 2200 : digits == 2 && between == '/';
    bool is_day = one && two && ((one <= 31 && two <= 12) || (one <= 12 && two <= 31));
    bool goes_on = at < text.n && (text.p[at] == between && is_word_at(text, at + 1));
    return is_year && is_day && !goes_on && !is_word_at(text, at) ? at - from : 0;
}

static void date_find(Diags *d, Passages *all, const Passage *passage, size_t at) {
    size_t length = date_length(passage->text, at);
    if (!length) return;
    Str date = str_slice(passage->text, at, at + length);
    diag(d, DIAG_WARNING, "date-figures", prose_place(all, passage, at), "write the month as a word: “1 February 2019”",
        "the date “" STR_FMT "” is in figures, and not everybody reads them in one order", STR_ARG(date));
}

/* Depth of quotation marks. An apostrophe looks like a mark that closes: one counts only where a single one is open and no letter follows. */
typedef struct {
    uint32_t doubles, singles;
} Quoted;

static void marks_follow(Quoted *quoted, Str text, size_t behind, uint32_t c) {
    if (c == 0x201C || c == 0xAB) quoted->doubles++;
    if ((c == 0x201D || c == 0xBB) && quoted->doubles) quoted->doubles--;
    if (c == 0x2018) quoted->singles++;
    if (c == 0x2019 && quoted->singles && !is_word_at(text, behind)) quoted->singles--;
}

void plain_words_find(Diags *d, Passages *all, const Passage *passage) {
    if (is_quoted_block(passage->block)) return;
    Str text = passage->text;
    Quoted quoted = {0};
    bool inside = false; /* a word, or what is glued to one: "1/2/3/2019" is no date */
    uint32_t part = 0;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        while (part + 1 < passage->count && passage->parts[part + 1].from <= from) part++;
        bool judged = !quoted.doubles && !quoted.singles && passage->parts[part].english;
        if (judged && !inside && character_is_word(c)) {
            latin_find(d, all, passage, from);
            and_or_find(d, all, passage, from);
            date_find(d, all, passage, from);
        }
        if (judged && c == '!' && !is_word_at(text, at) && (at >= text.n || text.p[at] != '='))
            diag(d, DIAG_WARNING, "exclamation", prose_place(all, passage, from), "end the sentence with a full stop",
                "an exclamation mark");
        marks_follow(&quoted, text, at, c);
        inside = character_is_word(c) || c == '.' || c == '/' || c == '-' || c == '@' || c == '&' || c == '_';
    }
}
