/* Numbers of sections, captions, paragraphs and recommendations, and the references that say them. */
#include "resolve_build.h"

static Node *add_class(Case *c, Node *node, const char *name) {
    node_add_class(c->arena, node, str_from(name));
    return node;
}

static Node *add_box(Case *c, Node *parent, const char *variant, const char *words) {
    Node *box = add(c, parent, NODE_BOX);
    node_more(c->arena, box)->variant = str_from(variant);
    if (words[0]) add_block(c, box, NODE_PARAGRAPH, words);
    return box;
}

static Node *add_table(Case *c, Node *parent, const char *caption) {
    Node *table = add(c, parent, NODE_TABLE);
    table->value = 1;
    if (caption[0]) add_block(c, table, NODE_CAPTION, caption);
    add_block(c, add(c, table, NODE_TABLE_ROW), NODE_TABLE_CELL, "1");
    return table;
}

static void test_sections(void **state) {
    (void)state;
    static const struct {
        int level;
        const char *words, *name, *expected;
    } all[] = {{1, "One", NULL, "1 One"}, {2, "In one", NULL, "1.1 In one"}, {2, "More", NULL, "1.2 More"},
        {3, "Deep", NULL, "1.2.1 Deep"}, {1, "Interlude", "unnumbered", "Interlude"}, {2, "In it", NULL, "In it"},
        {1, "Two", NULL, "2 Two"}, {2, "Not this", "unnumbered", "Not this"}, {2, "In two", NULL, "2.1 In two"},
        {1, "Terms", "annex", "Annex\u00A01: Terms"}, {2, "In terms", NULL, "In terms"},
        {1, "Staff", "annex", "Annex\u00A02: Staff"}};
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.number_sections = true;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        Node *heading = add_heading(&c, c.tree->root, all[i].level, all[i].words);
        if (all[i].name) add_class(&c, heading, all[i].name);
    }
    add_heading(&c, add_box(&c, c.tree->root, "box", ""), 3, "In a box");
    case_resolve(&c);
    for (unsigned i = 0; i < sizeof all / sizeof all[0]; i++) {
        Node *heading = nth(&c, NODE_HEADING, i);
        has_words(&c, heading, all[i].expected);
        assert_int_equal(heading->first->generated, strcmp(all[i].words, all[i].expected) != 0);
    }
    has_words(&c, nth(&c, NODE_HEADING, 12), "In a box");
    is_str(&c, nth(&c, NODE_HEADING, 3)->more->id, "deep"); /* the number is not in the id: it changes */
    arena_close(c.arena);
}

static void test_captions(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    add_table(&c, root, "Costs");
    add_table(&c, root, "");
    add_class(&c, add_table(&c, root, "Apart"), "unnumbered");
    add_table(&c, root, "Table 7: By hand");
    Node *french = add(&c, root, NODE_DIV);
    node_more(c.arena, french)->language = STR("fr");
    add_table(&c, french, "Prix");
    Node *figure = add(&c, root, NODE_PARAGRAPH);
    node_more(c.arena, add_image(&c, figure, "a.png", "a"))->title = STR("A bridge");
    add_image(&c, add(&c, root, NODE_PARAGRAPH), "b.png", "b");
    add_block(&c, add_box(&c, root, "box", ""), NODE_BOX_TITLE, "History");
    add_block(&c, add_box(&c, root, "summary", ""), NODE_BOX_TITLE, "In short");
    add_box(&c, root, "warning", "Hot");
    case_resolve(&c);
    const char *captions[] = {"Table\u00A01: Costs", "Apart", "Table\u00A02: Table 7: By hand", "Tableau\u00A03\u00A0: Prix",
        "Figure\u00A01: A bridge"};
    for (unsigned i = 0; i < 5; i++) has_words(&c, nth(&c, NODE_CAPTION, i), captions[i]);
    const char *titles[] = {"Box\u00A01: History", "In short", "Warning"};
    for (unsigned i = 0; i < 3; i++) has_words(&c, nth(&c, NODE_BOX_TITLE, i), titles[i]);
    is_str(&c, nth(&c, NODE_CAPTION, 0)->first->text, "Table\u00A01: "); /* a text of its own */
    is_str(&c, nth(&c, NODE_TABLE, 0)->more->id, "table-costs");
    assert_int_equal(said(&c, "caption-number"), 1);
    arena_close(c.arena);
}

static void test_paragraphs(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    c.tree->meta.paragraph_numbers = true;
    add_block(&c, root, NODE_PARAGRAPH, "First.");
    add_heading(&c, root, 2, "Para 1");
    node_more(c.arena, add_block(&c, root, NODE_PARAGRAPH, "Second."))->id = STR("costs");
    add_block(&c, add(&c, root, NODE_BLOCK_QUOTE), NODE_PARAGRAPH, "Quoted.");
    add_block(&c, add(&c, add(&c, root, NODE_LIST), NODE_ITEM), NODE_PARAGRAPH, "Listed.");
    add_box(&c, root, "box", "Boxed.");
    Node *box = add_box(&c, root, "recommendation", "Third.");
    add_block(&c, add(&c, box, NODE_BLOCK_QUOTE), NODE_PARAGRAPH, "Quoted.");
    Node *last = add(&c, root, NODE_PARAGRAPH);
    add_link(&c, last, "#para-2", "");
    add_link(&c, last, "#para-3", "");
    add_link(&c, last, "#para-9", "");
    case_resolve(&c);
    static const struct {
        const char *label, *id;
        int value;
    } expected[] = {{"1.", "para-1", 1}, {"2.", "costs", 2}, {"", "", 0}, {"", "", 0}, {"", "", 0}, {"3.", "para-3", 3},
        {"", "", 0}, {"4.", "para-4", 4}};
    for (unsigned i = 0; i < 8; i++) {
        Node *paragraph = nth(&c, NODE_PARAGRAPH, i);
        is_str(&c, paragraph->more->label, expected[i].label);
        is_str(&c, paragraph->more->id, expected[i].id);
        assert_int_equal(paragraph->value, expected[i].value);
    }
    is_str(&c, nth(&c, NODE_HEADING, 0)->more->id, "s-para-1");
    is_str(&c, nth(&c, NODE_LINK, 0)->more->target, "#costs");
    has_words(&c, nth(&c, NODE_LINK, 0), "paragraph\u00A02");
    has_words(&c, nth(&c, NODE_LINK, 1), "paragraph\u00A03");
    assert_int_equal(said(&c, "link-target"), 1);
    assert_non_null(strstr(str_c(c.arena, saying(&c, "link-target")->hint), "#para-"));
    for (unsigned i = 8; i < how_many(&c, NODE_PARAGRAPH); i++)
        assert_int_equal(nth(&c, NODE_PARAGRAPH, i)->more->label.n, 0); /* the copy */
    arena_close(c.arena);
}

static void is_label(const Case *c, unsigned paragraph, const char *label) {
    is_str(c, nth(c, NODE_PARAGRAPH, paragraph)->more->label, label);
}

/* Summaries, annexes and minutes stand outside the run of numbers, unless their headings say otherwise. */
static void test_chapters_without(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    c.tree->meta.paragraph_numbers = true;
    node_add_class(c.arena, add_heading(&c, root, 1, "Summary"), STR("unnumbered"));
    add_block(&c, root, NODE_PARAGRAPH, "None.");
    Node *introduction = add_heading(&c, root, 1, "Introduction");
    node_add_class(c.arena, introduction, STR("unnumbered"));
    node_add_attribute(c.arena, introduction, STR("paragraph-numbers"), STR("true"));
    add_block(&c, root, NODE_PARAGRAPH, "First.");
    add_heading(&c, root, 1, "Part");
    node_add_class(c.arena, add_heading(&c, root, 2, "Apart"), STR("unnumbered"));
    add_block(&c, root, NODE_PARAGRAPH, "Second.");
    node_add_attribute(c.arena, add_heading(&c, root, 1, "Minutes"), STR("paragraph-numbers"), STR("false"));
    add_heading(&c, root, 2, "A day");
    add_block(&c, root, NODE_PARAGRAPH, "None.");
    node_add_class(c.arena, add_heading(&c, root, 1, "Terms"), STR("annex"));
    add_block(&c, root, NODE_PARAGRAPH, "None.");
    case_resolve(&c);
    is_label(&c, 0, "");
    is_label(&c, 1, "1.");
    is_label(&c, 2, "2.");
    is_label(&c, 3, "");
    is_label(&c, 4, "");
    arena_close(c.arena);
}

static void test_cited_words(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    c.tree->meta.paragraph_numbers = true;
    Node *span = add(&c, add_block(&c, root, NODE_PARAGRAPH, "Words, "), NODE_SPAN);
    node_more(c.arena, span)->id = STR("some");
    add_text(&c, span, "some of them marked.");
    Node *box = add_box(&c, root, "recommendation", "One number");
    add_block(&c, box, NODE_PARAGRAPH, "for all of it.");
    Node *last = add_block(&c, root, NODE_PARAGRAPH, "See ");
    add_link(&c, last, "#some", "");
    node_add_class(c.arena, add_link(&c, last, "#some", ""), STR("number"));
    Node *page = add_link(&c, last, "#some", "");
    node_add_class(c.arena, page, STR("number"));
    node_add_class(c.arena, page, STR("page"));
    case_resolve(&c);
    has_words(&c, nth(&c, NODE_LINK, 0), "paragraph\u00A01");
    has_words(&c, nth(&c, NODE_LINK, 1), "1");
    has_children(&c, nth(&c, NODE_LINK, 2), "page-reference");
    is_label(&c, 1, "2.");
    is_label(&c, 2, "");
    is_label(&c, 3, "3.");
    arena_close(c.arena);
}

static void test_references(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    c.tree->meta.number_sections = true;
    Node *paragraph = add(&c, root, NODE_PARAGRAPH);
    const char *targets[] = {"#costs", "#tab", "#fig", "#box-history", "#fn-a", "#recommendation-1", "#conclusion-2", "#terms",
        "#plain", "#summary-recommendation-1", "#see"};
    const char *words[] = {"2 Costs", "Table\u00A01", "Figure\u00A01", "Box\u00A01", "note\u00A01", "recommendation\u00A01",
        "conclusion\u00A02", "Annex\u00A01: Terms", "Some words.", "recommendation\u00A01", "1 See 2 Costs"};
    enum { COUNT = sizeof targets / sizeof targets[0] };
    for (unsigned i = 0; i < COUNT; i++) add_link(&c, paragraph, targets[i], "");
    Node *page = add_class(&c, add_link(&c, paragraph, "#tab", ""), "page");
    node_more(c.arena, page)->language = STR("de");
    add_class(&c, add_link(&c, paragraph, "#tab", "own words"), "page");
    node_more(c.arena, add(&c, paragraph, NODE_NOTE_REFERENCE))->target = STR("#fn-a");
    Node *see = add_heading(&c, root, 1, "See ");
    node_more(c.arena, see)->id = STR("see");
    add_link(&c, see, "#costs", "");
    add_heading(&c, root, 1, "Costs");
    node_more(c.arena, add_table(&c, root, "Costs"))->id = STR("tab");
    node_more(c.arena, add_image(&c, add(&c, root, NODE_PARAGRAPH), "a.png", "a"))->title = STR("A bridge");
    node_more(c.arena, c.tree->root->last)->id = STR("fig");
    add_block(&c, add_box(&c, root, "box", ""), NODE_BOX_TITLE, "History");
    add_box(&c, root, "recommendation", "Do.");
    add_box(&c, root, "conclusion", "Done.");
    node_more(c.arena, add_block(&c, root, NODE_PARAGRAPH, "Some words."))->id = STR("plain");
    add_class(&c, add_heading(&c, root, 1, "Terms"), "annex");
    Node *note = add(&c, root, NODE_NOTE);
    node_more(c.arena, note)->id = STR("fn-a");
    add_block(&c, note, NODE_PARAGRAPH, "A note.");
    case_resolve(&c);
    assert_int_equal(c.d.errors, 0);
    for (unsigned i = 0; i < COUNT; i++) {
        Node *link = nth(&c, NODE_LINK, i);
        has_words(&c, link, words[i]);
        is_str(&c, link->more->target, targets[i]);
        assert_true(link->first->generated);
        assert_int_equal(link->value, 0);
    }
    page = nth(&c, NODE_LINK, COUNT);
    has_children(&c, page, "text page-reference");
    is_str(&c, page->first->text, "Seite\u00A0");
    is_str(&c, page->last->more->target, "#tab");
    has_words(&c, nth(&c, NODE_LINK, COUNT + 1), "own words");
    assert_int_equal(how_many(&c, NODE_PAGE_REFERENCE), 3); /* one here, and the ways back of two gathered items */
    arena_close(c.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_captions),
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_chapters_without),
        cmocka_unit_test(test_cited_words),
        cmocka_unit_test(test_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
