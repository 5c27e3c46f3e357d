/* What a report has besides its text: contents, gathered recommendations, front, status. */
#include "resolve_build.h"

static Node *add_box(Case *c, Node *parent, const char *variant, const char *words) {
    Node *box = add(c, parent, NODE_BOX);
    node_more(c->arena, box)->variant = str_from(variant);
    if (words[0]) add_block(c, box, NODE_PARAGRAPH, words);
    return box;
}

static Node *add_captioned(Case *c, Node *parent, const char *caption) {
    Node *table = add(c, parent, NODE_TABLE);
    table->value = 1;
    add_block(c, table, NODE_CAPTION, caption);
    add_block(c, add(c, table, NODE_TABLE_ROW), NODE_TABLE_CELL, "1");
    return table;
}

static void is_entry(const Case *c, const Node *entry, int depth, const char *target, const char *words) {
    assert_int_equal(entry->kind, NODE_CONTENTS_ENTRY);
    assert_int_equal(entry->value, depth);
    has_children(c, entry, "link");
    is_str(c, entry->first->more->target, target);
    assert_int_equal(entry->first->value, 0);
    has_words(c, entry->first, words);
    const Node *page = entry->first->last;
    assert_int_equal(page->kind, NODE_PAGE_REFERENCE);
    is_str(c, page->more->target, target);
}

static void test_contents(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    c.tree->meta.toc = c.tree->meta.list_of_tables = c.tree->meta.list_of_figures = c.tree->meta.number_sections = true;
    Node *one = add_heading(&c, root, 1, "The ");
    add_block(&c, one, NODE_EMPHASIS, "one");
    node_more(c.arena, add(&c, one, NODE_NOTE_REFERENCE))->target = STR("#fn-a");
    add_heading(&c, root, 2, "Part ");
    add_link(&c, root->last, "#tab", "");
    add_heading(&c, root, 3, "Too deep");
    add_heading(&c, add_box(&c, root, "box", ""), 2, "In a box");
    node_more(c.arena, add_captioned(&c, root, "Costs"))->id = STR("tab");
    add_heading(&c, root, 1, "Contents");
    node_add_class(c.arena, add_heading(&c, root, 1, "Hidden"), STR("unlisted"));
    Node *note = add(&c, root, NODE_NOTE);
    node_more(c.arena, note)->id = STR("fn-a");
    add_block(&c, note, NODE_PARAGRAPH, "A note.");
    case_resolve(&c);

    has_children(&c, c.out->root, "title-block section section section section section");
    Node *section = nth(&c, NODE_SECTION, 0), *contents = nth(&c, NODE_CONTENTS, 0);
    has_children(&c, section, "heading contents");
    assert_true(section->generated && node_has_class(section->first, "unnumbered"));
    has_words(&c, section->first, "Contents");
    assert_int_equal(section->first->value, 2);
    is_str(&c, section->first->more->id, "contents-2"); /* the author's own heading has “contents” */
    is_str(&c, contents->more->variant, "contents");
    has_children(&c, contents, "contents-entry contents-entry contents-entry");
    is_entry(&c, contents->first, 1, "#the-one", "1 The one");
    has_children(&c, contents->first->first, "text text emphasis text page-reference");
    is_entry(&c, contents->first->next, 2, "#part", "1.1 Part Table\u00A01"); /* the words that an empty link has got are there */
    has_children(&c, contents->first->next->first, "text text page-reference");
    is_str(&c, contents->first->next->more->label, "1.1"); /* the first of them, a label */
    is_entry(&c, contents->last, 1, "#contents", "2 Contents");
    Node *tables = nth(&c, NODE_CONTENTS, 1);
    has_words(&c, tables->parent->first, "List of tables");
    has_children(&c, tables, "contents-entry");
    is_entry(&c, tables->first, 1, "#tab", "Table\u00A01: Costs");
    assert_int_equal(how_many(&c, NODE_CONTENTS), 2); /* no figures, no list of them */
    assert_int_equal(how_many(&c, NODE_NOTE_REFERENCE), 1);
    arena_close(c.arena);
}

static void test_no_contents(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.toc = c.tree->meta.paragraph_numbers = c.tree->meta.number_sections = true;
    case_resolve(&c);
    assert_null(c.out->root->first);
    arena_close(c.arena);
}

/* Two chapters with three recommendations and an annex, in which words are marked, noted and pulled out. */
static void build_inquiry(Case *c) {
    Node *root = c->tree->root;
    c->tree->meta.title = STR("T");
    c->tree->meta.number_sections = true;
    add_heading(c, root, 1, "Money");
    add_block(c, root, NODE_PARAGRAPH, "Words.");
    Node *box = add_box(c, root, "conclusion", "Costs rose ");
    node_more(c->arena, box)->id = STR("rise");
    node_more(c->arena, add(c, box->last, NODE_NOTE_REFERENCE))->target = STR("#fn-a");
    node_more(c->arena, add_pull(c, add(c, box, NODE_PARAGRAPH), "quite a lot"))->id = STR("lot");
    add_box(c, root, "recommendation", "Spend less.");
    add_heading(c, root, 1, "Time");
    box = add_box(c, root, "recommendation", "Ask:");
    node_more(c->arena, box)->language = STR("cy");
    add_block(c, add(c, add(c, box, NODE_LIST), NODE_ITEM), NODE_PARAGRAPH, "when");
    node_add_class(c->arena, add_heading(c, root, 1, "Terms"), STR("annex"));
    Node *note = add(c, root, NODE_NOTE);
    node_more(c->arena, note)->id = STR("fn-a");
    add_block(c, note, NODE_PARAGRAPH, "A note.");
}

static void test_gathered(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.paragraph_numbers = true;
    build_inquiry(&c);
    case_resolve(&c);

    has_children(&c, c.out->root, "title-block section section section section");
    Node *section = nth(&c, NODE_SECTION, 2);
    has_children(&c, section, "heading section section");
    has_words(&c, section->first, "Conclusions and recommendations");
    has_children(&c, section->last, "heading list");
    Node *first = section->first->next->last, *second = section->last->last;
    has_words(&c, first->previous, "Money"); /* without its number, and below the section's own heading */
    assert_int_equal(first->previous->value, section->first->value + 1);
    has_children(&c, first, "item item");
    assert_true(first->ordered);
    assert_int_equal(first->value, 1);
    assert_int_equal(second->value, 3);
    is_str(&c, first->first->more->id, "summary-conclusion-1");
    is_str(&c, first->last->more->id, "summary-recommendation-2");
    has_words(&c, first->first, "Costs rose quite a lot (Paragraph\u00A02)");
    is_str(&c, first->first->first->first->text, "Costs rose"); /* no space where the note's mark was */
    has_words(&c, first->last, "Spend less. (Paragraph\u00A03)");
    is_str(&c, first->last->last->last->more->target, "#para-3");
    is_str(&c, second->first->more->language, "cy");
    has_children(&c, second->first, "paragraph list paragraph");
    has_words(&c, second->first, "Ask: when (Paragraff\u00A04)");

    /* The originals are as they were, but for their numbers. */
    Node *box = nth(&c, NODE_BOX, 0);
    is_str(&c, box->more->id, "rise");
    assert_int_equal(box->value, 1);
    is_str(&c, nth(&c, NODE_BOX, 1)->more->id, "recommendation-2");
    has_words(&c, box, "Costs rose quite a lot");
    assert_int_equal(how_many(&c, NODE_NOTE_REFERENCE), 1);
    assert_int_equal(how_many(&c, NODE_NOTE), 1);
    unsigned pulled = 0, targets = 0;
    for (NodeNumber i = 0; i < c.out->count; i++) {
        pulled += node_has_class(c.out->nodes[i], "pull-quote");
        targets += str_is(c.out->nodes[i]->more->id, "lot");
        if (node_ancestor(c.out->nodes[i], NODE_ITEM) && c.out->nodes[i]->generated)
            assert_int_equal(c.out->nodes[i]->more->label.n, 0);
    }
    assert_int_equal(pulled, 1);
    assert_int_equal(targets, 1);
    arena_close(c.arena);
}

static void test_gathered_by_page(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.notes_at_end = true;
    build_inquiry(&c);
    case_resolve(&c);
    has_children(&c, c.out->root, "title-block section section section section notes");
    Node *item = nth(&c, NODE_SECTION, 2)->last->last->first;
    has_children(&c, item->last->last, "text text page-reference text");
    is_str(&c, nth(&c, NODE_PAGE_REFERENCE, 0)->more->target, "#rise");
    is_str(&c, nth(&c, NODE_PAGE_REFERENCE, 2)->more->target, "#recommendation-3");
    arena_close(c.arena);
}

static void test_gathered_where_asked(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    add_heading(&c, root, 1, "Asked for");
    Node *list = add(&c, root, NODE_DIV);
    node_more(c.arena, list)->variant = STR("recommendations-list");
    add_block(&c, list, NODE_PARAGRAPH, "This is what we ask.");
    add_block(&c, list, NODE_PARAGRAPH, "Numbers are those of the text.");
    add_block(&c, root, NODE_PARAGRAPH, "After.");
    build_inquiry(&c);
    Node *nested = add(&c, add(&c, root, NODE_BLOCK_QUOTE), NODE_DIV);
    node_more(c.arena, nested)->variant = STR("recommendations-list");
    case_resolve(&c);
    has_children(&c, nth(&c, NODE_SECTION, 0), "heading paragraph paragraph section section paragraph");
    has_words(&c, nth(&c, NODE_HEADING, 1), "Money");
    assert_int_equal(nth(&c, NODE_HEADING, 1)->value, 3);
    assert_int_equal(said(&c, "recommendations-list"), 1);
    assert_int_equal(how_many(&c, NODE_DIV), 0);
    arena_close(c.arena);
}

/* At the end of a chapter that is about something else, the list makes a chapter of its own. */
static void test_gathered_behind_a_chapter(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    build_inquiry(&c);
    add_heading(&c, root, 1, "Next");
    add_heading(&c, root, 2, "Dates");
    add_block(&c, root, NODE_PARAGRAPH, "In spring.");
    node_more(c.arena, add(&c, root, NODE_DIV))->variant = STR("recommendations-list");
    add_heading(&c, root, 1, "Minutes");
    case_resolve(&c);
    const Node *minutes = c.out->root->last;
    while (minutes->kind != NODE_SECTION) minutes = minutes->previous;
    has_words(&c, minutes->first, "4 Minutes");
    has_words(&c, minutes->previous->first, "Conclusions and recommendations");
    assert_int_equal(minutes->previous->first->value, minutes->first->value);
    has_words(&c, minutes->previous->previous->first, "3 Next");
    arena_close(c.arena);
}

static void test_not_gathered(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    build_inquiry(&c);
    c.tree->meta.recommendations = 0;
    node_more(c.arena, add(&c, c.tree->root, NODE_DIV))->variant = STR("recommendations-list");
    case_resolve(&c);
    assert_int_equal(how_many(&c, NODE_SECTION), 3);
    assert_int_equal(nth(&c, NODE_BOX, 2)->value, 3); /* they are cited all the same */
    assert_int_equal(said(&c, "recommendations-list"), 1);
    arena_close(c.arena);
}

static void test_cover(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Meta *meta = &c.tree->meta;
    Str verso[] = {STR("One."), STR(" "), STR("Two.")}, members[] = {STR("The Chair"), STR("A member")};
    meta->title = STR("Roads");
    meta->subtitle = STR("A report");
    meta->publisher = STR("The House");
    meta->committee = STR("Roads Committee");
    meta->session = STR("First Report of  Session 2018–19");
    meta->ordered = STR("Ordered to be printed");
    meta->reference = STR("HC 123");
    meta->published = STR("2019-02-07");
    meta->logo = STR("logo.png");
    meta->verso = verso;
    meta->verso_count = 3;
    meta->members = members;
    meta->member_count = 2;
    meta->marking = STR("Official");
    meta->embargo = STR("2019-02-07T00:01Z");
    meta->draft = STR("true");
    meta->toc = true;
    add_heading(&c, c.tree->root, 1, "First");
    case_resolve(&c);
    has_children(&c, c.out->root, "front front front section section");
    Node *cover = c.out->root->first;
    is_str(&c, cover->more->variant, "cover");
    has_children(
        &c, cover, "status status status figure front-line front-line title-block front-line front-line front-line front-line");
    const char *names[] = {"publisher", "committee", "session", "ordered", "reference", "published"};
    const char *words[] = {"The House", "Roads Committee", "First Report of Session 2018–19", "Ordered to be printed", "HC 123",
        "Published on 7 February 2019"};
    for (unsigned i = 0; i < 6; i++) {
        assert_true(node_has_class(nth(&c, NODE_FRONT_LINE, i), names[i]));
        has_words(&c, nth(&c, NODE_FRONT_LINE, i), words[i]);
    }
    const char *status[] = {"marking", "embargo", "draft"};
    const char *notices[] = {"Official", "Embargoed until 7 February 2019, 00:01 UTC", "Draft"};
    for (unsigned i = 0; i < 3; i++) {
        assert_true(node_has_class(nth(&c, NODE_STATUS, i), status[i]));
        has_words(&c, nth(&c, NODE_STATUS, i), notices[i]);
    }
    is_str(&c, c.out->meta.draft, "Draft");
    assert_int_equal(saying(&c, "image-alt")->claims_lost, CLAIM_ALL);
    has_children(&c, cover->next, "paragraph paragraph");
    has_children(&c, cover->next->next, "heading list");
    has_words(&c, cover->next->next->first, "Members");
    assert_int_equal(cover->next->next->first->value, 2);
    has_children(&c, nth(&c, NODE_CONTENTS, 0), "contents-entry"); /* the members are no part of the text */
    arena_close(c.arena);
}

/* The author's own heading is the title, and has a note. */
static void test_cover_with_note(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.cover = true;
    Node *heading = add_heading(&c, c.tree->root, 1, "Title");
    node_more(c.arena, add(&c, heading, NODE_NOTE_REFERENCE))->target = STR("#fn-a");
    add_block(&c, c.tree->root, NODE_PARAGRAPH, "Words.");
    Node *note = add(&c, c.tree->root, NODE_NOTE);
    node_more(c.arena, note)->id = STR("fn-a");
    add_block(&c, note, NODE_PARAGRAPH, "A note.");
    case_resolve(&c);
    has_children(&c, c.out->root, "front paragraph");
    has_children(&c, c.out->root->first, "title-block note");
    has_words(&c, c.out->root, "Title A note. Words.");
    arena_close(c.arena);
}

static void check_status(const char *language, const char *embargo, const char *expected) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.language = str_from(language);
    c.tree->meta.embargo = str_from(embargo);
    c.tree->meta.draft = STR("false");
    case_resolve(&c);
    has_children(&c, c.out->root, "status title-block");
    has_words(&c, c.out->root->first, expected);
    arena_close(c.arena);
}

static void test_embargo(void **state) {
    (void)state;
    check_status("en", "2019-02-07 00:01 GMT", "Embargoed until 7 February 2019, 00:01 GMT");
    check_status("en", "2019-02-07T00:01:00+01:00", "Embargoed until 7 February 2019, 00:01 UTC+01:00");
    check_status("en", "2019-02-07T00:01:30", "Embargoed until 7 February 2019, 00:01:30");
    check_status("de", "2019-02-07", "Sperrfrist bis 7. Februar 2019");
    check_status("en", "2019-02-30 00:01", "Embargoed until 2019-02-30 00:01");
    check_status("en", "2019-02-07 24:01", "Embargoed until 2019-02-07 24:01");
    check_status("en", "7 February, noon", "Embargoed until 7 February, noon");
    check_status("en", "Not before the statement", "Not before the statement");
}

/* A long report: this would not end if a pass were quadratic. */
static void test_long(void **state) {
    (void)state;
    enum { PARAGRAPHS = 100000, RECOMMENDATIONS = 10000 };
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    c.tree->meta.toc = c.tree->meta.paragraph_numbers = c.tree->meta.number_sections = true;
    for (int i = 0; i < RECOMMENDATIONS; i++) {
        if (i % 10 == 0) add_heading(&c, root, 1 + i / 10 % 2, "Chapter");
        for (int k = 0; k < PARAGRAPHS / RECOMMENDATIONS; k++) add_block(&c, root, NODE_PARAGRAPH, "Words.");
        Node *box = add_box(&c, root, "recommendation", "Do");
        node_more(c.arena, add(&c, box->last, NODE_NOTE_REFERENCE))->target = str_format(c.arena, "#fn-%d", i);
        add_link(&c, root->last->last, "#para-77", "");
    }
    for (int i = 0; i < RECOMMENDATIONS; i++) {
        Node *note = add(&c, root, NODE_NOTE);
        node_more(c.arena, note)->id = str_format(c.arena, "fn-%d", i);
        add_block(&c, note, NODE_PARAGRAPH, "Note.");
    }
    case_resolve(&c);
    assert_int_equal(how_many(&c, NODE_NOTE), RECOMMENDATIONS);
    assert_int_equal(how_many(&c, NODE_NOTE_REFERENCE), RECOMMENDATIONS);
    assert_int_equal(how_many(&c, NODE_ITEM), RECOMMENDATIONS);
    has_words(&c, nth(&c, NODE_ITEM, RECOMMENDATIONS - 1), "Doparagraph\u00A077 (Paragraph\u00A0110000)");
    arena_close(c.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contents),
        cmocka_unit_test(test_no_contents),
        cmocka_unit_test(test_gathered),
        cmocka_unit_test(test_gathered_by_page),
        cmocka_unit_test(test_gathered_where_asked),
        cmocka_unit_test(test_gathered_behind_a_chapter),
        cmocka_unit_test(test_not_gathered),
        cmocka_unit_test(test_cover),
        cmocka_unit_test(test_cover_with_note),
        cmocka_unit_test(test_embargo),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
