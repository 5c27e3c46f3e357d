/* Notes and pull-quotes: what is numbered, copied and placed where. */
#include "resolve_build.h"

static Node *add_reference(Case *c, Node *parent, const char *target) {
    Node *reference = add(c, parent, NODE_NOTE_REFERENCE);
    node_more(c->arena, reference)->target = str_from(target);
    return reference;
}

static Node *add_note(Case *c, const char *id, const char *words) {
    Node *note = add(c, c->tree->root, NODE_NOTE);
    node_more(c->arena, note)->id = str_from(id);
    if (words[0]) add_block(c, note, NODE_PARAGRAPH, words);
    return note;
}

static void test_notes(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.notes_at_end = true;
    add_heading(&c, c.tree->root, 1, "Notes");
    Node *paragraph = add_block(&c, c.tree->root, NODE_PARAGRAPH, "One");
    add_reference(&c, paragraph, "#fn-b");
    add_text(&c, paragraph, " and");
    add_reference(&c, paragraph, "#fn-a");
    add_reference(&c, paragraph, "#fn-b");
    add_reference(&c, paragraph, "#fn-lost");
    add_note(&c, "fn-unused", "Unused.");
    Node *a = add_note(&c, "fn-a", "About a");
    add_reference(&c, a->last, "#fn-inner");
    add_note(&c, "fn-inner", "Inner.");
    Node *b = add_note(&c, "fn-b", "About b.");
    add(&c, b, NODE_RULE);
    case_resolve(&c);

    has_children(&c, c.out->root, "title-block section notes");
    Node *notes = nth(&c, NODE_NOTES, 0);
    has_children(&c, notes, "heading note note note note");
    assert_int_equal(notes->first->value, 2);
    is_str(&c, notes->first->more->id, "notes-2"); /* the author's own heading has “notes” */
    const char *ids[] = {"fn-b", "fn-a", "fn-inner", "fn-unused"};
    for (unsigned i = 0; i < 4; i++) {
        is_str(&c, nth(&c, NODE_NOTE, i)->more->id, ids[i]);
        assert_int_equal(nth(&c, NODE_NOTE, i)->value, (int)i + 1);
    }
    const char *references[] = {"fnref-b", "fnref-a", "fnref-b-2", "fnref-inner"};
    const char *numbers[] = {"1", "2", "1", "3"};
    for (unsigned i = 0; i < 4; i++) {
        is_str(&c, nth(&c, NODE_NOTE_REFERENCE, i)->more->id, references[i]);
        is_str(&c, nth(&c, NODE_NOTE_REFERENCE, i)->text, numbers[i]);
    }
    has_words(&c, nth(&c, NODE_PARAGRAPH, 0), "One and[^fn-lost]");
    has_children(&c, nth(&c, NODE_NOTE, 0), "paragraph rule");
    is_str(&c, nth(&c, NODE_NOTE, 0)->more->target, "#fnref-b"); /* the first of the two */
    is_str(&c, nth(&c, NODE_NOTE, 1)->more->target, "#fnref-a");
    arena_close(c.arena);
}

/* A note comes right after the block that first refers to it, and a note to it next; numbers go by that order. */
static void test_notes_in_place(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    Node *title = add_heading(&c, root, 1, "Title");
    add_reference(&c, title, "#fn-t");
    Node *head = add_heading(&c, root, 2, "Head");
    add_reference(&c, head, "#fn-h");
    Node *item = add(&c, add(&c, root, NODE_LIST), NODE_ITEM);
    Node *first = add_block(&c, item, NODE_PARAGRAPH, "One");
    add_reference(&c, first, "#fn-a");
    add_reference(&c, first, "#fn-b");
    Node *second = add_block(&c, root, NODE_PARAGRAPH, "Two");
    add_reference(&c, second, "#fn-a");
    add_reference(&c, second, "#fn-c");
    add_heading(&c, root, 2, "Last");
    add_block(&c, root, NODE_PARAGRAPH, "Three.");
    add_note(&c, "fn-lost", "Lost.");
    add_note(&c, "fn-c", "C.");
    Node *a = add_note(&c, "fn-a", "A");
    add_reference(&c, a->last, "#fn-d");
    add_reference(&c, a->last, "#fn-a");
    add_note(&c, "fn-b", "B.");
    add_note(&c, "fn-d", "D.");
    add_note(&c, "fn-h", "H.");
    add_note(&c, "fn-t", "T.");
    case_resolve(&c);

    has_children(&c, c.out->root, "title-block note section section note");
    has_children(&c, nth(&c, NODE_SECTION, 0), "heading note list note note note paragraph note");
    const char *ids[] = {"fn-t", "fn-h", "fn-a", "fn-b", "fn-d", "fn-c", "fn-lost"};
    for (unsigned i = 0; i < 7; i++) {
        is_str(&c, nth(&c, NODE_NOTE, i)->more->id, ids[i]);
        assert_int_equal(nth(&c, NODE_NOTE, i)->value, (int)i + 1);
    }
    assert_int_equal(how_many(&c, NODE_NOTES), 0);
    is_str(&c, nth(&c, NODE_NOTE_REFERENCE, 4)->more->target, "#fn-d"); /* in the note that stands before the second paragraph */
    is_str(&c, nth(&c, NODE_NOTE_REFERENCE, 5)->more->id, "fnref-a-2");
    is_str(&c, nth(&c, NODE_NOTE_REFERENCE, 6)->more->id, "fnref-a-3");
    arena_close(c.arena);
}

static void test_pull_copy(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    Node *paragraph = add_block(&c, c.tree->root, NODE_PARAGRAPH, "The firm");
    Node *span = add_pull(&c, paragraph, " has ");
    add_link(&c, span, "https://example.org/", "never");
    add_reference(&c, span, "#fn-a");
    add(&c, span, NODE_LINE_BREAK);
    Node *emphasis = add_block(&c, span, NODE_EMPHASIS, "and ");
    add_image(&c, emphasis, "x.png", "x");
    add_text(&c, span, "will ");
    add_image(&c, span, "y.png", "y");
    add_block(&c, c.tree->root, NODE_PARAGRAPH, "After.");
    add_note(&c, "fn-a", "A note.");
    case_resolve(&c);

    has_children(&c, c.out->root, "title-block paragraph note pull-copy paragraph");
    Node *copy = nth(&c, NODE_PULL_COPY, 0);
    assert_true(copy->generated && copy->artifact);
    is_str(&c, copy->more->target, "#pull-has-never-and-xwill-y");
    is_str(&c, nth(&c, NODE_SPAN, 0)->more->id, "pull-has-never-and-xwill-y");
    has_words(&c, copy, "has never and will");
    has_children(&c, copy, "text text text emphasis text");
    has_words(&c, c.out->root, "The firm has never and xwill y A note. After.");
    arena_close(c.arena);
}

/* Where the copy stands among the children of the first section. */
static void check_place(unsigned before, unsigned after, bool section_follows, const char *expected) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    add_heading(&c, c.tree->root, 2, "Head");
    for (unsigned i = 0; i < before; i++) add_block(&c, c.tree->root, NODE_PARAGRAPH, "Before.");
    Node *list = add(&c, c.tree->root, NODE_LIST);
    Node *item = add(&c, list, NODE_ITEM);
    add_pull(&c, add(&c, item, NODE_PARAGRAPH), "words");
    for (unsigned i = 0; i < after; i++) add_block(&c, c.tree->root, NODE_PARAGRAPH, "After.");
    if (section_follows) add_heading(&c, c.tree->root, 3, "Next");
    case_resolve(&c);
    has_children(&c, nth(&c, NODE_SECTION, 0), expected);
    arena_close(c.arena);
}

static void test_pull_places(void **state) {
    (void)state;
    check_place(0, 1, false, "heading list pull-copy paragraph");
    check_place(1, 0, false, "heading paragraph pull-copy list");
    check_place(1, 0, true, "heading paragraph pull-copy list section");
    check_place(0, 0, true, "heading list pull-copy section");
    check_place(1, 1, true, "heading paragraph list pull-copy paragraph section");
}

static void test_pull_refused(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    Node *heading = add_heading(&c, c.tree->root, 2, "Head ");
    add_pull(&c, heading, "pulled");
    Node *box = add(&c, c.tree->root, NODE_BOX);
    add_pull(&c, add(&c, box, NODE_PARAGRAPH), "boxed");
    Node *quote = add(&c, c.tree->root, NODE_PULL_QUOTE);
    add_pull(&c, add(&c, quote, NODE_PARAGRAPH), "quoted");
    Node *paragraph = add(&c, c.tree->root, NODE_PARAGRAPH);
    Node *outer = add_pull(&c, paragraph, "outer ");
    add_pull(&c, outer, "inner"); /* nothing follows it: what ends the outer one must not be lost */
    Node *next = add(&c, c.tree->root, NODE_PARAGRAPH);
    add_pull(&c, next, "");
    add_text(&c, next, "x");
    add_pull(&c, next, "first");
    add_pull(&c, next, "second");
    add_block(&c, c.tree->root, NODE_PARAGRAPH, "Last.");
    case_resolve(&c);
    assert_int_equal(said(&c, "pull-quote-place"), 4);
    assert_int_equal(said(&c, "pull-quote-empty"), 1);
    assert_int_equal(how_many(&c, NODE_PULL_COPY), 3);
    has_words(&c, nth(&c, NODE_PULL_COPY, 0), "outer inner");
    has_words(&c, nth(&c, NODE_PULL_COPY, 1), "first");
    has_words(&c, nth(&c, NODE_PULL_COPY, 2), "second");
    arena_close(c.arena);
}

static void check_length(unsigned words, unsigned warnings) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    Buf text = buf_new(c.arena);
    for (unsigned i = 0; i < words; i++) buf_add_c(&text, i ? " word" : "word");
    add_pull(&c, add(&c, c.tree->root, NODE_PARAGRAPH), text.p);
    case_resolve(&c);
    assert_int_equal(said(&c, "pull-quote-long"), warnings);
    assert_int_equal(how_many(&c, NODE_PULL_COPY), 1);
    arena_close(c.arena);
}

static void test_pull_length(void **state) {
    (void)state;
    check_length(40, 0);
    check_length(41, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_notes_in_place),
        cmocka_unit_test(test_pull_copy),
        cmocka_unit_test(test_pull_places),
        cmocka_unit_test(test_pull_refused),
        cmocka_unit_test(test_pull_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
