/* Changes of language that are not marked (WCAG 2.2, 3.1.2), as far as the script tells them: letters of a script that the language
 * round them is not written in. Three words may be a name; so more must follow each other before anything is said.
 */
#include "check/internal.h"

#define WORDS_FEWEST 4
#define WORDS_FEWEST_LATIN 6 /* names and titles stand in it wherever other scripts are used */
#define LETTERS_FEWEST 7 /* of scripts that put no spaces between words */

#define HAN SCRIPT('H', 'a', 'n', 'i')

/* Letters of one script that is not the language's, with nothing between them but what all scripts share. */
typedef struct {
    uint32_t script; /* 0: there are none */
    Str language; /* in which they are said to be */
    uint32_t words, letters, word_letters;
    const Node *leaf;
    Str word; /* from the first letter on */
    bool told;
} Foreign;

typedef struct {
    Diags *d;
    const Tree *tree;
    SourceLines lines;
    Foreign run;
    Str language; /* of the last leaf, and whether it is written in Latin letters: asked once while it stays the same */
    bool latin;
} Scripts;

static bool has_no_spaces(uint32_t script) {
    static const uint32_t scripts[] = {HAN, SCRIPT('T', 'h', 'a', 'i'), SCRIPT('L', 'a', 'o', 'o'), SCRIPT('K', 'h', 'm', 'r'),
        SCRIPT('M', 'y', 'm', 'r'), SCRIPT('T', 'i', 'b', 't')};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (script == scripts[i]) return true;
    return false;
}

/* Japanese mixes three. */
static uint32_t family_of(uint32_t script) {
    return script == SCRIPT('H', 'i', 'r', 'a') || script == SCRIPT('K', 'a', 'n', 'a') ? HAN : script;
}

static void run_tell(Scripts *s) {
    Foreign *run = &s->run;
    uint32_t fewest = run->script == SCRIPT_LATIN ? WORDS_FEWEST_LATIN : WORDS_FEWEST;
    if (run->told || (has_no_spaces(run->script) ? run->letters < LETTERS_FEWEST : run->words < fewest)) return;
    run->told = true;
    size_t end = 0; /* the first letter is enough to find it: the rest may be escaped */
    utf8_next(run->word, &end);
    diag(s->d, DIAG_WARNING, "language-script",
        source_find(&s->lines, node_place(s->tree, run->leaf), str_slice(run->word, 0, end)),
        "say which language they are in: “[words]{lang=…}”, or “::: {lang=…}” round paragraphs",
        "words in %s script stand here, and the language is said to be “" STR_FMT "”", script_name(run->script),
        STR_ARG(run->language));
}

static void letter_add(Scripts *s, const Node *leaf, Str language, uint32_t script, size_t at) {
    Foreign *run = &s->run;
    if (run->script != script)
        *run = (Foreign){.script = script, .language = language, .leaf = leaf, .word = str_slice(leaf->text, at, leaf->text.n)};
    run->letters++;
    run->word_letters++;
    if (run->word_letters == (run->words ? 1 : 2)) run->words++; /* one letter before all words is a sign: α, Ω; or an initial */
    run_tell(s);
}

/* Accents and vowel signs that all scripts share, and joiners: they are in their word. */
static bool is_in_word(uint32_t c) {
    return (c >= 0x300 && c < 0x370) || (c >= 0x64B && c < 0x656) || c == 0x670 || c == 0x200C || c == 0x200D ||
           (c >= 0xFE00 && c < 0xFE10);
}

/* The end of the ASCII that begins at `at`, and whether letters are in it. */
static size_t ascii_end(Str text, size_t at, bool *letters) {
    unsigned char found = 0;
    for (; at < text.n && (unsigned char)text.p[at] < 0x80; at++) found |= (unsigned char)((text.p[at] | 0x20) - 'a') < 26;
    *letters = found;
    return at;
}

static void leaf_look_at(Scripts *s, const Node *leaf) {
    Str language = tree_language(s->tree, leaf), text = leaf->text;
    if (s->run.script && !str_equal(language, s->run.language)) s->run = (Foreign){0};
    uint32_t asked = SCRIPT_LATIN; /* one script's letters follow each other */
    if (!str_equal(language, s->language)) {
        s->language = language;
        s->latin = language_has_script(language, SCRIPT_LATIN);
    }
    bool own = s->latin;
    for (size_t at = 0; at < text.n;) {
        if (own && asked == SCRIPT_LATIN && (unsigned char)text.p[at] < 0x80) { /* nearly all of most texts */
            bool letters;
            if (!s->run.script) { /* there is nothing that it could end */
                at = utf8_ascii_end(text, at);
                continue;
            }
            at = ascii_end(text, at, &letters);
            if (letters) s->run = (Foreign){0};
            s->run.word_letters = 0;
            continue;
        }
        size_t from = at;
        uint32_t c = utf8_next(text, &at), script = character_script(c);
        if (!script && is_in_word(c)) continue;
        if (!script) {
            s->run.word_letters = 0;
            continue;
        }
        if (script != asked) own = language_has_script(language, asked = script);
        if (own)
            s->run = (Foreign){0};
        else
            letter_add(s, leaf, language, family_of(script), from);
    }
}

/* Words of two blocks do not follow each other; but what has been said of one holds for what goes on in the next. */
static void block_begin(Scripts *s) {
    if (!s->run.told) s->run = (Foreign){0};
    s->run.word_letters = 0;
}

void language_check(Diags *d, const Tree *tree) {
    Arena *scratch = arena_open();
    Scripts scripts = {.d = d, .tree = tree, .lines = source_lines(scratch, tree)};
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        if (tree_kind(node->kind)->level == LEVEL_TEXT_BLOCK) block_begin(&scripts);
        if (node->kind == NODE_TEXT && !node->generated) leaf_look_at(&scripts, node);
    }
    arena_close(scratch);
}
