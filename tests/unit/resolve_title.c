/* Where the title comes from, what stands in the title block, language and date. */
#include "resolve_build.h"

static void test_front_matter(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "letter.md");
    Str authors[] = {STR("Ann Hall"), STR(" "), STR("Bo Li"), STR("Cy Orr")};
    c.tree->meta.title = STR("  The   letter ");
    c.tree->meta.standfirst = STR("What it says.");
    c.tree->meta.authors = authors;
    c.tree->meta.author_count = 4;
    c.tree->meta.date = c.tree->meta.date_text = STR("2019-02-07");
    add_heading(&c, c.tree->root, 1, "First");
    case_resolve(&c);
    is_str(&c, c.out->meta.title, "The letter");
    assert_true(c.out->meta.title_known);
    has_children(&c, c.out->root, "title-block section");
    has_children(&c, c.out->root->first, "title standfirst byline dateline");
    assert_true(nth(&c, NODE_TITLE, 0)->generated);
    has_words(&c, nth(&c, NODE_BYLINE, 0), "By Ann Hall, Bo Li and Cy Orr");
    has_words(&c, nth(&c, NODE_DATELINE, 0), "7 February 2019");
    is_str(&c, c.out->meta.language, "en-GB");
    assert_int_equal(nth(&c, NODE_HEADING, 0)->value, 2);
    assert_int_equal(c.d.count, 0);
    arena_close(c.arena);
}

static void test_only_heading_becomes_title(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "letter.md");
    c.tree->meta.subtitle = STR("A reply");
    Node *heading = add_heading(&c, c.tree->root, 1, "The ");
    node_more(c.arena, heading)->id = STR("top");
    add_block(&c, heading, NODE_EMPHASIS, "letter");
    add_block(&c, c.tree->root, NODE_PARAGRAPH, "Words.");
    add_heading(&c, c.tree->root, 2, "More");
    Str before = dumped(&c, c.tree);
    case_resolve(&c);
    has_children(&c, c.out->root, "title-block paragraph section");
    Node *title = nth(&c, NODE_TITLE, 0);
    assert_false(title->generated);
    assert_false(title->parent->generated);
    has_children(&c, title, "text emphasis");
    assert_int_equal(title->line, heading->line);
    is_str(&c, title->more->id, "top");
    is_str(&c, c.out->meta.title, "The letter");
    assert_int_equal(c.out->meta.title_line, heading->line);
    has_children(&c, title->parent, "title subtitle");
    assert_true(str_equal(before, dumped(&c, c.tree))); /* what came in is as it was */
    arena_close(c.arena);
}

static void test_two_top_headings_stay(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "letter.md");
    add_heading(&c, c.tree->root, 1, "One");
    add_heading(&c, c.tree->root, 1, "Two");
    case_resolve(&c);
    has_children(&c, c.out->root, "section section");
    is_str(&c, c.out->meta.title, "One");
    assert_true(c.out->meta.title_known);
    assert_int_equal(nth(&c, NODE_HEADING, 1)->value, 1);
    assert_int_equal(c.d.count, 0);
    arena_close(c.arena);
}

static void check_file_title(const char *name, const char *title) {
    Case c = case_new();
    case_begin(&c, name);
    add_block(&c, c.tree->root, NODE_PARAGRAPH, "Words.");
    case_resolve(&c);
    is_str(&c, c.out->meta.title, title);
    assert_false(c.out->meta.title_known);
    assert_int_equal(saying(&c, "title-missing")->claims_lost, CLAIM_PDF_UA | CLAIM_EPUB_A11Y);
    assert_int_equal(how_many(&c, NODE_TITLE), 0);
    arena_close(c.arena);
}

static void test_file_name(void **state) {
    (void)state;
    check_file_title("out/a.b.md", "a.b");
    check_file_title("-", "Untitled");
    check_file_title(".md", ".md");
    check_file_title("\xFF.md", "Untitled");
}

static void test_repeated_title(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "letter.md");
    c.tree->meta.title = STR("Huawei's letter");
    add_heading(&c, c.tree->root, 1, "Huawei’s Letter");
    add_heading(&c, c.tree->root, 1, "Next");
    case_resolve(&c);
    assert_int_equal(saying(&c, "title-repeated")->severity, DIAG_NOTE);
    assert_int_equal(how_many(&c, NODE_TITLE), 1);
    assert_int_equal(how_many(&c, NODE_HEADING), 1);
    assert_int_equal(nth(&c, NODE_HEADING, 0)->value, 2);
    arena_close(c.arena);
}

static void check_language(const char *given, const char *expected, unsigned errors) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.language = str_from(given);
    case_resolve(&c);
    is_str(&c, c.out->meta.language, expected);
    assert_int_equal(c.d.errors, errors);
    assert_int_equal(said(&c, "language"), errors);
    arena_close(c.arena);
}

static void test_language(void **state) {
    (void)state;
    check_language("", "en-GB", 0);
    check_language("EN-gb", "en-GB", 0);
    check_language("zh-hant-tw", "zh-Hant-TW", 0);
    check_language("es-419", "es-419", 0);
    check_language("de-CH-1996", "de-CH-1996", 0);
    check_language("en-u-ca-gregory", "en-u-ca-gregory", 0);
    check_language("x-elvish", "x-elvish", 0);
    check_language("en_GB", "en-GB", 1);
    check_language("English (UK)", "en-GB", 1);
    check_language("en-", "en-GB", 1);
    check_language("en-x", "en-GB", 1);
    check_language("e", "en-GB", 1);
}

static void check_date(
    const char *language, const char *date, const char *text, const char *iso, const char *shown, unsigned warnings) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.language = str_from(language);
    c.tree->meta.date = str_from(date);
    c.tree->meta.date_text = str_from(text);
    case_resolve(&c);
    is_str(&c, c.out->meta.date, iso);
    is_str(&c, c.out->meta.date_text, shown);
    assert_int_equal(said(&c, "date-form"), warnings);
    arena_close(c.arena);
}

static void test_date(void **state) {
    (void)state;
    check_date("en", "2019-02", "2019-02", "2019-02", "February 2019", 0);
    check_date("en", "2020-02-29", "2020-02-29", "2020-02-29", "29 February 2020", 0);
    check_date("en", "2019-02-29", "2019-02-29", "", "2019-02-29", 1);
    check_date("en", "2019-13", "", "", "2019-13", 1);
    check_date("en", "", "7th February 2019", "2019-02-07", "7th February 2019", 0);
    check_date("en", "", "Feb 7, 2019", "2019-02-07", "Feb 7, 2019", 0);
    check_date("es", "", "7 de febrero de 2019", "2019-02-07", "7 de febrero de 2019", 0);
    check_date("en", "", "2019-02-07T10:30:00Z", "2019-02-07", "7 February 2019", 0);
    check_date("en", "", "Spring 2019", "", "Spring 2019", 1);
    check_date("en", "", "31 April 2019", "", "31 April 2019", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_front_matter),
        cmocka_unit_test(test_only_heading_becomes_title),
        cmocka_unit_test(test_two_top_headings_stay),
        cmocka_unit_test(test_file_name),
        cmocka_unit_test(test_repeated_title),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
