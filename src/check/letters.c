/* Letters: words in capitals, and words that are spaced by hand. */
#include "check/internal.h"

#define CAPITAL_WORDS 4 /* in a row */
#define SPACED_LETTERS 4

typedef struct {
    uint32_t capitals, others; /* others: letters that are no capitals, and what is not judged */
    bool list; /* it ends in a comma: what follows is another name */
} WordCase;

static WordCase word_case(Str word) {
    WordCase found = {0};
    uint32_t last = 0;
    for (size_t at = 0; at < word.n;) {
        uint32_t c = utf8_next(word, &at);
        if (letter_is_capital(c))
            found.capitals++;
        else if (character_is_word(c) && !(c < 0x80 && char_is_digit((char)c)))
            found.others++;
        last = c;
    }
    found.list = last == ',' || last == ';' || last == '/';
    return found;
}

static void capitals_tell(Diags *d, Passages *all, const Passage *passage, size_t from, uint32_t words) {
    if (words < CAPITAL_WORDS) return;
    diag(d, DIAG_WARNING, "capitals", prose_place(all, passage, from),
        "write it as other text; a heading or bold says what matters", "%u words in a row are in capitals", (unsigned)words);
}

/* Abbreviations stand in lists, and few of them without a comma: "the EU, UN and WHO". */
void capitals_find(Diags *d, Passages *all, const Passage *passage) {
    uint32_t words = 0;
    size_t from = 0;
    Str word;
    for (size_t at = 0; word_next(passage->text, &at, &word);) {
        WordCase found = word_case(word);
        if (found.others) {
            capitals_tell(d, all, passage, from, words);
            words = 0;
            continue;
        }
        if (found.capitals > 1 && !words++) from = (size_t)(word.p - passage->text.p);
        if (!found.list) continue;
        capitals_tell(d, all, passage, from, words);
        words = 0;
    }
    capitals_tell(d, all, passage, from, words);
}

/* ---- Spaced by hand ---------------------------------------------------------------------------------------------------- */

typedef struct {
    size_t from;
    uint32_t letters, last;
    bool differ, alphabet; /* not all the same; each the one behind the one before: A B C D */
} Spaced;

static void spaced_tell(Diags *d, Passages *all, const Passage *passage, const Spaced *run) {
    if (run->letters < SPACED_LETTERS || !run->differ || run->alphabet) return;
    diag(d, DIAG_WARNING, "letters-spaced", prose_place(all, passage, run->from),
        "write it as a word; letter-spacing in a sheet sets it wide", "a word seems to be spaced by hand, letter by letter");
}

void letters_spaced_find(Diags *d, Passages *all, const Passage *passage) {
    Spaced run = {0};
    Str word;
    for (size_t at = 0; word_next(passage->text, &at, &word);) {
        size_t behind = 0;
        uint32_t c = utf8_next(word, &behind);
        if (behind != word.n || !(letter_is_capital(c) || letter_is_small(c))) {
            spaced_tell(d, all, passage, &run);
            run = (Spaced){0};
            continue;
        }
        if (!run.letters) run = (Spaced){.from = (size_t)(word.p - passage->text.p), .alphabet = true};
        if (run.letters && c != run.last) run.differ = true;
        if (run.letters && c != run.last + 1) run.alphabet = false;
        run.last = c;
        run.letters++;
    }
    spaced_tell(d, all, passage, &run);
}
