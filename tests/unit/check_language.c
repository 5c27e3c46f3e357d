/* Sentences, words and letters: what is found in a paragraph, and at which column. */
#include "check/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Source source = {.name = {"a.md", 4}};

/* The findings in one paragraph at 1:1, as "code column" with commas between. */
static const char *found(Arena *arena, const char *language, const char *text) {
    Tree *tree = tree_new(arena, &source);
    tree->meta.language = str_from(language);
    if (!tree->root) tree->root = node_new(arena, NODE_DOCUMENT, 1, 1);
    node_more(arena, tree->root)->language = str_from(language);
    Node *paragraph = node_new(arena, NODE_PARAGRAPH, 1, 1), *leaf = node_new(arena, NODE_TEXT, 1, 1);
    leaf->text = str_from(text);
    node_append(paragraph, leaf);
    node_append(tree->root, paragraph);
    tree_number(tree);
    Diags d = diags_new(arena);
    Diags sheet_said = diags_new(arena);
    check_tree(&d, tree, sheet_open(arena, &sheet_said, STR("plain"), (Place){0}, NULL));
    Buf out = buf_new(arena);
    const Diag **sorted = diags_sorted(&d);
    for (uint32_t i = 0; i < d.count; i++) /* what the front matter lacks is not asked here */
        if (!str_ends(str_from(sorted[i]->code), STR("-missing")))
            buf_format(&out, "%s%s %u", out.n ? ", " : "", sorted[i]->code, (unsigned)sorted[i]->at.column);
    return out.p ? out.p : "";
}

#define TEN "one two three four five six seven eight nine ten "
#define TWENTY TEN TEN
#define END "one two three four."

static void expect(const char *language, const char *text, const char *wanted) {
    Arena *arena = arena_open();
    const char *got = found(arena, language, text);
    if (strcmp(got, wanted)) fail_msg("“%s”: “%s”, not “%s”", text, got, wanted);
    arena_close(arena);
}

static void sentences_end_where_they_end(void **state) {
    (void)state;
    expect("en", "It is " TWENTY "one two three.", ""); /* 25 */
    expect("en", "It is " TWENTY END, "sentence-long 1"); /* 26 */
    expect("fr", "It is " TWENTY END, "");
    expect("en-GB", "Short. It is " TWENTY END, "sentence-long 8");
    static const char *const apart[] = {"The end. ", "The end! ", "The end? ", "The end… ", "“The end.” ", "(The end.) ",
        "The end.’ “", "Of 3.5. ", "In 2019. ", "In the U.S. ", "And so on, etc. ", "Annex A. ", "At 3 p.m. "};
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
        Arena *arena = arena_open();
        const char *got = found(arena, "en", str_format(arena, "%sIt " TWENTY END, apart[i]).p);
        if (strstr(got, "sentence-long")) fail_msg("“%s” ends none: %s", apart[i], got);
        arena_close(arena);
    }
    static const char *const one[] = {
        "Mr. ", "Dr. ", "Prof. ", "St. ", "J. ", "pp. ", "No. 7 and ", "no. 7 or ", "cf. ", "3.5 ", "Cm. ", "It ends. in "};
    for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
        Arena *arena = arena_open();
        const char *got = found(arena, "en", str_format(arena, "It was " TWENTY "by %sSmith and Jones.", one[i]).p);
        if (!strstr(got, "sentence-long 1")) fail_msg("“%s” ends one: %s", one[i], got);
        arena_close(arena);
    }
}

static void paragraphs_are_counted(void **state) {
    (void)state;
    expect("en", "One. Two. Three. Four. Five.", "");
    expect("en", "One. Two. Three. Four. Five. Six.", "paragraph-long 1");
    expect("en", "1. One. Two. Three. Four. Five.", "");
}

static void columns_are_characters(void **state) {
    (void)state;
    expect("en", "Ünïcödé – 𝔸𝔹 and/or", "and-or 14");
    expect("en", "“eg” ‘eg’ he’s eg", "latin-abbreviation 16");
    expect("en", "ÉTÉ ÉTÉ ÉTÉ ÉTÉ", "capitals 1");
    expect("en", "É T É S", "letters-spaced 1");
}

static void words_are_words(void **state) {
    (void)state;
    expect("en", "eg", "latin-abbreviation 1");
    expect("en", "e.g.", "latin-abbreviation 1");
    expect("en", "leg egg e.gx eg/ie veg. etcetera", "");
    expect("en", "!", "exclamation 1");
    expect("en", "", "");
    expect("en", "1/1/01 01/13/2001 13/13/2001 0/1/2001 1/1/1 1/1/20011 1/1-2001", "date-figures 1, date-figures 8");
    expect("en", "A B C D", "");
    expect("en", "A B C D A", "letters-spaced 1");
    expect("en", "THE EU, UN AND WHO MAY ACT", "capitals 9");
    expect("en", "THE CAT 12 SAT – DOWN", "capitals 1");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sentences_end_where_they_end), cmocka_unit_test(paragraphs_are_counted),
        cmocka_unit_test(columns_are_characters), cmocka_unit_test(words_are_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
