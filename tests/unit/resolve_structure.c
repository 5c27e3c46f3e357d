/* Heading levels, sections, figures, boxes, quotation marks. */
#include "resolve_build.h"

/* Headings of the levels in `written` under a title in the front matter; `expected` are the levels that come out. */
static void check_levels(const char *written, const char *expected, unsigned skips, bool title) {
    Case c = case_new();
    case_begin(&c, "a.md");
    if (title) c.tree->meta.title = STR("T");
    for (const char *p = written; *p; p++) add_heading(&c, c.tree->root, *p - '0', "Words");
    case_resolve(&c);
    Buf levels = buf_new(c.arena);
    for (unsigned i = 0; i < how_many(&c, NODE_HEADING); i++) buf_add_int(&levels, nth(&c, NODE_HEADING, i)->value);
    is_str(&c, buf_str(&levels), expected);
    assert_int_equal(said(&c, "heading-skip"), skips);
    arena_close(c.arena);
}

static void test_levels(void **state) {
    (void)state;
    check_levels("1212", "2323", 0, true);
    check_levels("2323", "2323", 0, true);
    check_levels("33", "22", 0, true);
    check_levels("24432", "23332", 2, true);
    check_levels("32", "22", 1, true);
    check_levels("123456", "234566", 0, true);
    check_levels("1616", "2323", 2, true);
    check_levels("1212", "1212", 0, false);
    check_levels("22", "11", 0, false);
}

static void test_headings_in_boxes(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.notes_at_end = true;
    add_heading(&c, c.tree->root, 2, "A");
    add_heading(&c, c.tree->root, 3, "B");
    Node *box = add(&c, c.tree->root, NODE_BOX);
    add_heading(&c, box, 1, "In a box");
    add_heading(&c, box, 2, "Deeper");
    add_heading(&c, c.tree->root, 3, "C");
    Node *div = add(&c, c.tree->root, NODE_DIV);
    add_heading(&c, div, 3, "In a division");
    Node *note = add(&c, c.tree->root, NODE_NOTE);
    node_more(c.arena, note)->id = STR("fn-a");
    add_heading(&c, note, 1, "In a note");
    case_resolve(&c);
    int expected[] = {2, 3, 4, 5, 3, 3, 2, 3}; /* the last but one is the notes' own */
    for (unsigned i = 0; i < 8; i++) assert_int_equal(nth(&c, NODE_HEADING, i)->value, expected[i]);
    assert_int_equal(c.d.count, 0);
    has_children(&c, c.out->root, "title-block section notes");
    has_children(&c, nth(&c, NODE_SECTION, 0), "heading section section");
    has_children(&c, nth(&c, NODE_SECTION, 1), "heading box");
    arena_close(c.arena);
}

static void test_empty_heading(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    add_heading(&c, c.tree->root, 1, "");
    add_heading(&c, c.tree->root, 1, "Real");
    case_resolve(&c);
    assert_int_equal(said(&c, "heading-empty"), 1);
    assert_int_equal(how_many(&c, NODE_HEADING), 1);
    is_str(&c, c.out->meta.title, "Real");
    arena_close(c.arena);
}

static void test_figures(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    Node *alone = add(&c, c.tree->root, NODE_PARAGRAPH);
    Node *image = add_image(&c, alone, "images/Old%20bridge.png", "A bridge");
    node_more(c.arena, image)->title = STR("The bridge\nin 1900");
    Node *among = add_block(&c, c.tree->root, NODE_PARAGRAPH, "See ");
    add_image(&c, among, "b.png", "");
    case_resolve(&c);
    Node *figure = nth(&c, NODE_FIGURE, 0);
    has_children(&c, figure, "image caption");
    has_words(&c, figure->last, "Figure\u00A01: The bridge in 1900");
    assert_int_equal(figure->last->last->line, image->line);
    assert_int_equal(figure->first->more->title.n, 0);
    is_str(&c, figure->more->id, "fig-old-bridge");
    assert_int_equal(how_many(&c, NODE_FIGURE), 1);
    assert_int_equal(said(&c, "image-alt"), 1);
    assert_int_equal(saying(&c, "image-alt")->claims_lost, CLAIM_ALL);
    arena_close(c.arena);
}

static void test_box_titles(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.language = STR("de");
    const char *variants[] = {"warning", "box", "summary", "tip"};
    for (int i = 0; i < 4; i++) {
        Node *box = add(&c, c.tree->root, NODE_BOX);
        node_more(c.arena, box)->variant = str_from(variants[i]);
        if (i == 2) add_block(&c, box, NODE_BOX_TITLE, "Kurz");
        if (i == 3) node_more(c.arena, box)->language = STR("cy");
        add_block(&c, box, NODE_PARAGRAPH, "Wörter");
    }
    case_resolve(&c);
    has_children(&c, nth(&c, NODE_BOX, 0), "box-title paragraph");
    has_words(&c, nth(&c, NODE_BOX_TITLE, 0), "Warnung");
    assert_true(nth(&c, NODE_BOX_TITLE, 0)->generated);
    has_children(&c, nth(&c, NODE_BOX, 1), "paragraph");
    has_words(&c, nth(&c, NODE_BOX_TITLE, 2), "Awgrym"); /* in the language in which it will be spoken */
    has_children(&c, nth(&c, NODE_BOX, 2), "box-title paragraph");
    is_str(&c, nth(&c, NODE_BOX, 2)->more->id, "box-kurz");
    arena_close(c.arena);
}

static void test_quotation_marks(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    Node *paragraph = add(&c, c.tree->root, NODE_PARAGRAPH);
    Node *outer = add(&c, paragraph, NODE_QUOTE);
    add_text(&c, outer, "He said ");
    add_block(&c, outer, NODE_QUOTE, "no");
    Node *span = add(&c, paragraph, NODE_SPAN);
    node_more(c.arena, span)->language = STR("fr-FR");
    add_block(&c, span, NODE_QUOTE, "non");
    add_block(&c, paragraph, NODE_QUOTE, "after");
    case_resolve(&c);
    Buf words = buf_new(c.arena);
    for (NodeNumber i = 0; i < c.out->count; i++) {
        if (!node_ancestor(c.out->nodes[i], NODE_TITLE_BLOCK)) buf_add(&words, c.out->nodes[i]->text);
    }
    is_str(&c, buf_str(&words), "“He said ‘no’”«\u202Fnon\u202F»“after”");
    has_words(&c, nth(&c, NODE_PARAGRAPH, 0), "“He said ‘no’”«\u202Fnon\u202F»“after”"); /* marks are added words */
    arena_close(c.arena);
}

/* Neither depth nor number of nodes may cost more than its share: this would not end if a pass were quadratic. */
static void test_hostile(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *at = c.tree->root;
    for (int i = 0; i < 20000; i++) at = add(&c, at, NODE_BLOCK_QUOTE);
    add_heading(&c, at, 3, "Deep");
    Node *paragraph = add(&c, at, NODE_PARAGRAPH);
    for (int i = 0; i < 20000; i++) paragraph = add(&c, paragraph, i % 2 ? NODE_QUOTE : NODE_EMPHASIS);
    add_text(&c, paragraph, "words");
    for (int i = 0; i < 20000; i++) add_heading(&c, c.tree->root, 2, "Same");
    case_resolve(&c);
    is_str(&c, nth(&c, NODE_HEADING, 20000)->more->id, "same-20000");
    arena_close(c.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_headings_in_boxes),
        cmocka_unit_test(test_empty_heading),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_box_titles),
        cmocka_unit_test(test_quotation_marks),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
