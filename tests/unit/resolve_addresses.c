/* Addresses of links on paper, and the moment at which an embargo ends. */
#include "resolve_build.h"

static void case_on_paper(Case *c) { c->out = resolve_edition(&c->d, c->tree, &(Edition){.paper = true}); }

static Node *add_reference(Case *c, Node *parent, const char *target) {
    Node *reference = add(c, parent, NODE_NOTE_REFERENCE);
    node_more(c->arena, reference)->target = str_from(target);
    return reference;
}

static void add_note(Case *c, const char *id, const char *words) {
    Node *note = add(c, c->tree->root, NODE_NOTE);
    node_more(c->arena, note)->id = str_from(id);
    add_block(c, note, NODE_PARAGRAPH, words);
}

/* The label, or the number, of each note, in their order. */
static void has_notes(const Case *c, const char *expected) {
    Buf out = buf_new(c->arena);
    for (NodeNumber i = 0; i < c->out->count; i++) {
        const Node *note = c->out->nodes[i];
        if (note->kind != NODE_NOTE) continue;
        if (out.n) buf_add_char(&out, ' ');
        if (note->more->label.n)
            buf_add(&out, note->more->label);
        else
            buf_add_int(&out, note->value);
    }
    is_str(c, buf_str(&out), expected);
}

static void test_marks(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    Node *paragraph = add_block(&c, root, NODE_PARAGRAPH, "See ");
    add_reference(&c, paragraph, "#fn-x");
    add_link(&c, paragraph, "https://example.org/a", "one");
    add_reference(&c, paragraph, "#fn-y");
    add_text(&c, paragraph, " and ");
    add_link(&c, paragraph, "https://example.org/b", "two");
    add_text(&c, paragraph, " and ");
    add_link(&c, paragraph, "https://example.org/a", "one again");
    add_note(&c, "fn-x", "X.");
    add_note(&c, "fn-y", "Y.");
    case_on_paper(&c);
    has_children(&c, c.out->root, "title-block paragraph note note note note");
    has_notes(&c, "1 a. 2 b."); /* in the order of first references */
    has_children(&c, nth(&c, NODE_PARAGRAPH, 0),
        "text note-reference link note-reference superscript note-reference text link note-reference text link note-reference");
    const char *marks[] = {"1", "a", "2", "b", "a"};
    for (unsigned i = 0; i < 5; i++) is_str(&c, nth(&c, NODE_NOTE_REFERENCE, i)->text, marks[i]);
    Node *a = nth(&c, NODE_NOTE, 1);
    has_words(&c, a, "https://example.org/a");
    is_str(&c, a->more->target, "#fnref-address-a");
    is_str(&c, nth(&c, NODE_NOTE_REFERENCE, 4)->more->target, "#fn-address-a");
    assert_true(node_has_class(a, "address"));
    assert_int_equal(c.d.count, 0);

    case_resolve(&c); /* and not a trace of them otherwise */
    has_notes(&c, "1 2");
    assert_int_equal(how_many(&c, NODE_NOTE_REFERENCE), 2);
    arena_close(c.arena);
}

static void test_no_marks(void **state) {
    (void)state;
    static const struct {
        const char *target, *words;
        bool marked;
    } links[] = {{"https://example.org/", "https://example.org", false}, {"https://example.org/x", "example.org/x", false},
        {"https://www.example.org/x/", "Example.org/x", false}, {"https://example.org/x", "example.org", true},
        {"mailto:a@example.org", "a@example.org", false}, {"mailto:a@example.org", "write", true}, {"tel:+4420", "020", false},
        {"tel:+4420", "call", true}, {"#t", "above", false}, {"https://example.org/y", "", false}};
    Case c = case_new();
    case_begin(&c, "a.md");
    Node *root = c.tree->root;
    c.tree->meta.title = STR("T");
    Node *heading = add_heading(&c, root, 1, "");
    add_link(&c, heading, "https://example.org/heading", "A heading");
    node_more(c.arena, heading)->id = STR("t");
    for (unsigned i = 0; i < sizeof links / sizeof *links; i++)
        add_link(&c, add_block(&c, root, NODE_PARAGRAPH, "W "), links[i].target, links[i].words);
    case_on_paper(&c);
    unsigned marked = 0;
    for (unsigned i = 0; i < sizeof links / sizeof *links; i++) {
        const Node *paragraph = nth(&c, NODE_SECTION, 0)->first->next;
        for (unsigned k = 0; k < i + marked; k++) paragraph = paragraph->next;
        has_children(&c, paragraph, links[i].marked ? "text link note-reference" : "text link");
        marked += links[i].marked;
    }
    has_notes(&c, "a. b. c.");
    has_words(&c, nth(&c, NODE_NOTE, 1), "a@example.org");
    has_words(&c, nth(&c, NODE_NOTE, 2), "+4420");
    arena_close(c.arena);
}

/* Each chapter gives an address again; the letters go on, past "z". */
static void test_chapters(void **state) {
    (void)state;
    enum { CHAPTERS = 28 };
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    for (int i = 0; i < CHAPTERS; i++) {
        add_heading(&c, c.tree->root, 1, "Chapter");
        for (int k = 0; k < 2; k++)
            add_link(&c, add_block(&c, c.tree->root, NODE_PARAGRAPH, "W "), "https://example.org/", "link");
    }
    case_on_paper(&c);
    assert_int_equal(how_many(&c, NODE_NOTE), CHAPTERS);
    assert_int_equal(how_many(&c, NODE_NOTE_REFERENCE), 2 * CHAPTERS);
    is_str(&c, nth(&c, NODE_NOTE, 25)->more->label, "z.");
    is_str(&c, nth(&c, NODE_NOTE, 26)->more->label, "aa.");
    is_str(&c, nth(&c, NODE_NOTE, 27)->more->label, "ab.");
    has_children(&c, nth(&c, NODE_SECTION, 3), "heading paragraph note paragraph");
    arena_close(c.arena);
}

static void test_in_notes(void **state) {
    (void)state;
    for (int at_end = 0; at_end < 2; at_end++) {
        Case c = case_new();
        case_begin(&c, "a.md");
        c.tree->meta.title = STR("T");
        c.tree->meta.notes_at_end = at_end != 0;
        add_reference(&c, add_block(&c, c.tree->root, NODE_PARAGRAPH, "Words"), "#fn-x");
        add_note(&c, "fn-x", "(");
        Node *paragraph = c.tree->root->last->last;
        add_link(&c, paragraph, "https://example.org/a", "one");
        add_text(&c, paragraph, "), ");
        add_link(&c, paragraph, "https://example.org/a", "the same");
        add_text(&c, paragraph, ".");
        case_on_paper(&c);
        has_notes(&c, "1");
        has_words(&c, nth(&c, NODE_NOTE, 0), "(one <https://example.org/a>), the same.");
        arena_close(c.arena);
    }
}

/* This would not end if the pass were quadratic. */
static void test_many(void **state) {
    (void)state;
    enum { LINKS = 50000 };
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    Node *paragraph = add_block(&c, c.tree->root, NODE_PARAGRAPH, "W ");
    for (int i = 0; i < LINKS; i++) {
        add_link(&c, paragraph, str_format(c.arena, "https://example.org/%d", i).p, "link");
        add_text(&c, paragraph, " and");
    }
    case_on_paper(&c);
    assert_int_equal(how_many(&c, NODE_NOTE), LINKS);
    arena_close(c.arena);
}

/* ---- Embargoes ----------------------------------------------------------------------------------------------------------- */

static void check_embargo(const char *given, int64_t ends, const char *words, const char *code) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.embargo = str_from(given);
    case_resolve(&c);
    const Meta *meta = &c.out->meta;
    assert_int_equal(meta->embargo_known, ends != 0);
    if (ends != 0) assert_true(meta->embargo_ends == ends);
    is_str(&c, meta->embargo, words);
    assert_int_equal(c.d.count, code != NULL);
    if (code != NULL) assert_string_equal(c.d.items[0].code, code);
    arena_close(c.arena);
}

static void test_embargo(void **state) {
    (void)state;
    enum { MIDNIGHT = 1721692800 }; /* 2024-07-23 00:00 UTC */
    check_embargo("2024-07-23 00:01 GMT", MIDNIGHT + 60, "Embargoed until 23 July 2024, 00:01 GMT", NULL);
    check_embargo("2024-07-23 00:01 BST", MIDNIGHT + 60 - 3600, "Embargoed until 23 July 2024, 00:01 BST", NULL);
    check_embargo("2024-07-23T00:01:30Z", MIDNIGHT + 90, "Embargoed until 23 July 2024, 00:01:30 UTC", NULL);
    check_embargo("2024-07-23T00:01+05:30", MIDNIGHT + 60 - 19800, "Embargoed until 23 July 2024, 00:01 UTC+05:30", NULL);
    check_embargo("2024-07-23 18:00-0500", MIDNIGHT + 23 * 3600, "Embargoed until 23 July 2024, 18:00 UTC-0500", NULL);
    check_embargo("23 July 2024, 00:01 CEST", MIDNIGHT + 60 - 7200, "Embargoed until 23 July 2024, 00:01 CEST", NULL);
    check_embargo("23 July 2024 at 00:01 UTC+1", 0, "Embargoed until 23 July 2024 at 00:01 UTC+1", "embargo-zone");
    check_embargo("2024-07-23", MIDNIGHT, "Embargoed until 23 July 2024", "embargo-form");
    check_embargo("2024-07-23 00:01", MIDNIGHT + 60, "Embargoed until 23 July 2024, 00:01", "embargo-zone");
    check_embargo("2024-07-23 00:01 IST", 0, "Embargoed until 2024-07-23 00:01 IST", "embargo-zone");
    check_embargo("2024-07-23 00:01 +25:00", 0, "Embargoed until 2024-07-23 00:01 +25:00", "embargo-zone");
    check_embargo("2024-02-30 00:01 GMT", 0, "Embargoed until 2024-02-30 00:01 GMT", "embargo-form");
    check_embargo("2024-07-23 about 00:01 GMT", 0, "Embargoed until 2024-07-23 about 00:01 GMT", "embargo-form");
    check_embargo("2024-07 00:01 GMT", 0, "Embargoed until 2024-07 00:01 GMT", "embargo-form");
    check_embargo("When the Minister has spoken", 0, "When the Minister has spoken", NULL);
}

static void test_final(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    c.tree->meta.embargo = STR("2024-07-23 00:01 GMT");
    c.tree->meta.marking = STR("Official");
    c.out = resolve_edition(&c.d, c.tree, &(Edition){.final = true});
    has_children(&c, c.out->root, "status title-block");
    has_words(&c, c.out->root->first, "Official");
    assert_true(c.out->meta.embargo.n == 0 && c.out->meta.embargo_known);
    arena_close(c.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_no_marks),
        cmocka_unit_test(test_chapters),
        cmocka_unit_test(test_in_notes),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_embargo),
        cmocka_unit_test(test_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
