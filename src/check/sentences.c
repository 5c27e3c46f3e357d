/* Sentences, in English: where they end, and which are long; and long paragraphs.
 *
 * A sentence ends at a full stop, a question or exclamation mark or an ellipsis, with the marks that close behind it, when a word with a
 * capital or a number follows. A stop behind a title or another abbreviation that leads on ("Mr", "e.g."), or behind an initial,
 * ends none; nor does a stop inside a number, since no space follows. In doubt it ends: a sentence that is told to be long is long.
 */
#include "check/internal.h"

#define SENTENCE_WORDS 25
#define PARAGRAPH_WORDS 120
#define PARAGRAPH_SENTENCES 5

static const char *const leading[] = {"mr", "mrs", "ms", "mx", "dr", "prof", "rev", "fr", "st", "hon", "rt", "lt", "col", "gen",
    "capt", "cpl", "sgt", "maj", "cllr", "gov", "sen", "rep", "messrs", "vol", "vols", "p", "pp", "para", "paras", "art", "arts",
    "cl", "ch", "sch", "sect", "sec", "ss", "fig", "figs", "app", "ref", "refs", "ed", "eds", "cf", "viz", "vs", "v", "ca", "c",
    "e.g", "eg", "i.e", "ie", "approx", "est", "dept", "cm", "cmnd", "cmd"};
static const char *const labels[] = {"annex", "appendix", "part", "table", "figure", "section", "schedule", "chapter", "grade",
    "plan", "option", "group", "level", "type", "class", "category", "vitamin"};

static bool is_among(Str word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(word, str_from(list[i]))) return true;
    return false;
}

static bool opens(uint32_t c) { return c == '(' || c == '[' || c == '"' || c == '\'' || c == 0x201C || c == 0x2018 || c == 0xAB; }

static bool closes(uint32_t c) {
    return c == ')' || c == ']' || c == '"' || c == '\'' || c == 0x201D || c == 0x2019 || c == 0xBB;
}

/* "J", "Q", and not the letter of "Annex A". */
static bool is_initial(Str word, Str before) {
    return word.n == 1 && word.p[0] >= 'A' && word.p[0] <= 'Z' && word.p[0] != 'I' &&
           !is_among(before, labels, sizeof labels / sizeof *labels);
}

static bool is_number(Str word) {
    for (size_t i = 0; i < word.n; i++)
        if (!char_is_digit(word.p[i])) return false;
    return word.n > 0;
}

/* Takes marks off both ends; *end is the last sign that can end a sentence, or 0. */
static Str word_bare(Str word, uint32_t *end) {
    size_t from = 0, behind = 0, to = 0;
    *end = 0;
    while (behind < word.n && opens(utf8_next(word, &behind))) from = behind;
    for (size_t at = to = from; at < word.n;) {
        uint32_t c = utf8_next(word, &at);
        if (closes(c)) continue;
        bool stop = c == '.' || c == '!' || c == '?' || c == 0x2026;
        if (!stop) {
            *end = 0;
            to = at;
        } else {
            *end = c;
        }
    }
    return str_slice(word, from, to);
}

/* A capital, a digit, or what stands for code and the like. */
static bool begins(Str word) {
    for (size_t at = 0; at < word.n;) {
        uint32_t c = utf8_next(word, &at);
        if (opens(c)) continue;
        return letter_is_capital(c) || (c < 0x80 && char_is_digit((char)c)) || c == 0xFFFC;
    }
    return false;
}

/* Whether the word ends a sentence, when another one follows. */
static bool ends(Str word, Str before, Str next, bool first) {
    uint32_t end;
    Str bare = word_bare(word, &end);
    if (!end || !begins(next)) return false;
    if (end != '.') return true;
    if (first && is_number(bare)) return false; /* "1. The first of them" */
    if (is_initial(bare, before) || is_among(bare, leading, sizeof leading / sizeof *leading)) return false;
    bool number = str_equal_nocase(bare, STR("no")) || str_equal_nocase(bare, STR("nos"));
    return !(number && char_is_digit(next.p[0]));
}

typedef struct {
    uint32_t words, sentences;
} Counts;

static void sentence_tell(Diags *d, Passages *all, const Passage *passage, size_t from, uint32_t words) {
    if (words <= SENTENCE_WORDS) return;
    diag(d, DIAG_WARNING, "sentence-long", prose_place(all, passage, from), "divide it, or take words out",
        "a sentence of %u words; up to %d are read easily", (unsigned)words, SENTENCE_WORDS);
}

static Counts sentences_count(Diags *d, Passages *all, const Passage *passage) {
    Counts counts = {0};
    uint32_t words = 0;
    size_t at = 0, from = 0;
    Str word, next, before = STR("");
    bool more = word_next(passage->text, &at, &word);
    while (more) {
        bool first = !words;
        if (first) from = (size_t)(word.p - passage->text.p);
        words += word_counts(word);
        counts.words += word_counts(word);
        more = word_next(passage->text, &at, &next);
        if (!more || ends(word, before, next, first)) {
            sentence_tell(d, all, passage, from, words);
            counts.sentences += words > 0;
            words = 0;
        }
        uint32_t end;
        before = word_bare(word, &end);
        word = next;
    }
    return counts;
}

void sentences_find(Diags *d, Passages *all, const Passage *passage) {
    const Node *block = passage->block;
    if (block->kind != NODE_PARAGRAPH || node_has_class(block, "line-block") || !prose_is_english(passage, 0)) return;
    if (node_ancestor(block, NODE_BLOCK_QUOTE) || node_ancestor(block, NODE_PULL_QUOTE)) return; /* somebody else's words */
    Counts counts = sentences_count(d, all, passage);
    if (counts.words <= PARAGRAPH_WORDS && counts.sentences <= PARAGRAPH_SENTENCES) return;
    bool many = counts.sentences > PARAGRAPH_SENTENCES;
    diag(d, DIAG_WARNING, "paragraph-long", node_place(all->tree, block), "divide it where the thought turns",
        many ? "a paragraph of %u sentences; up to %d are taken in at a glance"
             : "a paragraph of %u words; up to %d are taken in at a glance",
        (unsigned)(many ? counts.sentences : counts.words), many ? PARAGRAPH_SENTENCES : PARAGRAPH_WORDS);
}
