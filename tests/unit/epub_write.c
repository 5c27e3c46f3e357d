/* The EPUB backend at its seam: a tree and a layout made by hand go in, XHTML and the container's bytes come out. */
#include "epub_case.h"

static void page_begins_inside_a_paragraph(void **state) {
    Case *c = *state;
    Node *paragraph = add_paragraph(c, c->tree->root, "The first page and the second.");
    add_page(c, "1", paragraph->first, 0);
    add_page(c, "2", paragraph->first, 15);
    add_page(c, "3", paragraph->first, 15); /* a page without content begins where the next one does */
    assert_has(dump(c),
        "<p><span id=\"page-1\" class=\"page-break\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"Page 1\">"
        "</span>The first page <span id=\"page-2\"");
    assert_has(dump(c), "aria-label=\"Page 2\"></span><span id=\"page-3\" class=\"page-break\" epub:type=\"pagebreak\" "
                        "role=\"doc-pagebreak\" aria-label=\"Page 3\"></span>and the second.</p>");
}

/* A marker in a heading, a link or an emphasis would be read as part of it. */
static void page_begins_with_an_element(void **state) {
    Case *c = *state;
    Node *section = add_section(c, c->tree->root, "Heading", "h", 2);
    Node *paragraph = add_paragraph(c, section, "Before ");
    Node *emphasis = add(c, paragraph, NODE_EMPHASIS);
    Node *link = add(c, emphasis, NODE_LINK);
    node_more(c->arena, link)->target = STR("https://example.org/");
    Node *words = add_text(c, link, "words");
    Node *rule = add(c, section, NODE_RULE);
    add_page(c, "1", section->first->first, 0);
    add_page(c, "2", words, 0);
    add_page(c, "3", rule, 0);
    add_page(c, "4", NULL, 0); /* after the last content */
    const char *xhtml = dump(c);
    assert_has(xhtml, "aria-label=\"Page 1\"></div>\n<h2 id=\"h\">Heading</h2>");
    assert_has(xhtml, "aria-label=\"Page 2\"></span><em><a href=\"https://example.org/\">words</a></em>");
    assert_has(xhtml, "aria-label=\"Page 3\"></div>\n<hr/>");
    assert_has(xhtml, "<div id=\"page-4\"");
}

/* A marker cannot stand between rows or before a cell. */
static void page_begins_in_a_table(void **state) {
    Case *c = *state;
    Node *table = add(c, c->tree->root, NODE_TABLE);
    Node *cells[4];
    for (int i = 0; i < 2; i++) {
        Node *row = add(c, table, NODE_TABLE_ROW);
        row->header = i == 0;
        for (int k = 0; k < 2; k++) cells[2 * i + k] = add(c, row, NODE_TABLE_CELL);
    }
    Node *first = add_text(c, cells[0], "A");
    Node *third = add_text(c, cells[2], "C");
    add_page(c, "1", first, 0);
    add_page(c, "2", third, 0);
    add_page(c, "3", cells[3], 0); /* an empty cell */
    const char *xhtml = dump(c);
    assert_has(xhtml, "aria-label=\"Page 1\"></div>\n<table>");
    assert_has(
        xhtml, "<thead>\n<tr>\n<th scope=\"col\">A</th>\n<td></td>\n</tr>\n</thead>\n<tbody>"); /* an empty header is none */
    assert_has(xhtml, "<td><span id=\"page-2\"");
    assert_has(xhtml, "<td><span id=\"page-3\"");
}

static void files_and_links_between_them(void **state) {
    Case *c = *state;
    Node *before = add_paragraph(c, c->tree->root, "See ");
    Node *link = add(c, before, NODE_LINK);
    node_more(c->arena, link)->target = STR("#later");
    add_text(c, link, "later");
    add_section(c, c->tree->root, "Now", "now", 2);
    Node *later = add_section(c, c->tree->root, "Later", "later", 2);
    Node *back = add(c, add(c, later, NODE_PARAGRAPH), NODE_LINK);
    node_more(c->arena, back)->target = STR("#now");
    add_text(c, back, "now");
    Node *lost = add(c, add(c, later, NODE_PARAGRAPH), NODE_LINK);
    node_more(c->arena, lost)->target = STR("#nowhere");
    add_text(c, lost, "lost");
    Node *same = add(c, add(c, later, NODE_PARAGRAPH), NODE_LINK);
    node_more(c->arena, same)->target = STR("#later");
    add_text(c, same, "same");
    const char *xhtml = dump(c);
    assert_has(xhtml, "=== start.xhtml\n");
    assert_has(xhtml, "<a href=\"section-2.xhtml#later\">later</a>");
    assert_has(xhtml, "<a href=\"section-1.xhtml#now\">now</a>");
    assert_has(xhtml, "<span>lost</span>");
    assert_has(xhtml, "<a href=\"#later\">same</a>");
    assert_has(xhtml, "<title>Later</title>");
}

static void relative_links_cannot_be_kept(void **state) {
    Case *c = *state;
    static const char *const targets[] = {
        "other.pdf", "//example.org/", "http://", "https://exa mple.org", "javascript:x", "http://a..b/", "http://a.b:65536/"};
    Node *paragraph = add(c, c->tree->root, NODE_PARAGRAPH);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        Node *link = add(c, paragraph, NODE_LINK);
        node_more(c->arena, link)->target = str_from(targets[i]);
        add_text(c, link, "words");
        link->line = (uint32_t)i + 1;
    }
    const char *xhtml = dump(c);
    assert_has_not(xhtml, "<a ");
    write_epub(c);
    assert_int_equal(c->diags.count, sizeof targets / sizeof *targets);
}

static void everything_is_escaped(void **state) {
    Case *c = *state;
    c->tree->meta.title = STR("Fish & <chips> \"today\"");
    Node *paragraph = add_paragraph(c, c->tree->root, "a < b && c > \"d\" \x01\xEF\xBF\xBF");
    Node *link = add(c, paragraph, NODE_LINK);
    node_more(c->arena, link)->target = STR("https://example.org/?a=1&b=\"<x>\"");
    node_more(c->arena, link)->title = STR("\"quoted\" & more");
    add_text(c, link, "x");
    const char *xhtml = dump(c);
    assert_has(xhtml, "<title>Fish &amp; &lt;chips&gt; \"today\"</title>");
    assert_has(xhtml, "<p>a &lt; b &amp;&amp; c &gt; \"d\" \xEF\xBF\xBD\xEF\xBF\xBD<a ");
    assert_has(xhtml, "href=\"https://example.org/?a=1&amp;b=&quot;&lt;x&gt;&quot;\" title=\"&quot;quoted&quot; &amp; more\"");
}

static void a_link_without_words_has_a_name(void **state) {
    Case *c = *state;
    Node *link = add(c, add(c, c->tree->root, NODE_PARAGRAPH), NODE_LINK);
    node_more(c->arena, link)->target = STR("https://example.org/");
    Node *image = add(c, link, NODE_IMAGE);
    image->has_alt = true;
    assert_has(dump(c), "<a href=\"https://example.org/\" aria-label=\"https://example.org/\">");
}

static void ids_are_names_and_unique(void **state) {
    Case *c = *state;
    Node *section = add_section(c, c->tree->root, "One", "1st point", 2);
    node_more(c->arena, add_paragraph(c, section, "x"))->id = STR("page-1");
    node_more(c->arena, add_paragraph(c, section, "x"))->id = STR("id-1st-point");
    node_more(c->arena, add_paragraph(c, section, "x"))->id = STR("\xC3\xA9t\xC3\xA9");
    add_page(c, "1", section->first->first, 0);
    const char *xhtml = dump(c);
    assert_has(xhtml, "<section aria-labelledby=\"id-1st-point-2\">");
    assert_has(xhtml, "<h2 id=\"id-1st-point-2\">");
    assert_has(xhtml, "<p id=\"\xC3\xA9t\xC3\xA9\">");
    assert_has(xhtml, "id=\"page-1-2\" class=\"page-break\"");
}

static void pull_copies_are_out_of_reach(void **state) {
    Case *c = *state;
    Node *copy = add(c, c->tree->root, NODE_PULL_COPY);
    copy->artifact = true;
    node_more(c->arena, copy)->id = STR("copy");
    Node *link = add(c, copy, NODE_LINK);
    node_more(c->arena, link)->target = STR("https://example.org/");
    add_text(c, link, "has never");
    Node *reference = add(c, copy, NODE_NOTE_REFERENCE);
    node_more(c->arena, reference)->target = STR("#copy");
    Node *quote = add(c, c->tree->root, NODE_PULL_QUOTE);
    add_paragraph(c, quote, "Own words");
    const char *xhtml = dump(c);
    assert_has(xhtml, "<aside class=\"pull-copy\" aria-hidden=\"true\"><span>has never</span></aside>");
    assert_has(xhtml, "<aside class=\"pull-quote\" epub:type=\"pullquote\" role=\"doc-pullquote\">");
}

static void notes(void **state) {
    Case *c = *state;
    Node *paragraph = add_paragraph(c, c->tree->root, "Word");
    Node *link = add(c, paragraph, NODE_LINK);
    node_more(c->arena, link)->target = STR("https://example.org/");
    Node *references[2];
    for (int i = 0; i < 2; i++) { /* the second stands in a link: links do not nest */
        references[i] = add(c, i == 0 ? paragraph : link, NODE_NOTE_REFERENCE);
        node_more(c->arena, references[i])->id = i == 0 ? STR("ref-1") : STR("ref-2");
        node_more(c->arena, references[i])->target = i == 0 ? STR("#note-1") : STR("#note-2");
        references[i]->value = i + 1;
    }
    Node *section = add(c, c->tree->root, NODE_NOTES);
    Node *heading = add(c, section, NODE_HEADING);
    node_more(c->arena, heading)->id = STR("notes");
    heading->value = 2;
    add_text(c, heading, "Notes");
    for (int i = 0; i < 2; i++) {
        Node *note = add(c, section, NODE_NOTE);
        node_more(c->arena, note)->id = i == 0 ? STR("note-1") : STR("note-2");
        note->value = i + 1;
        add_paragraph(c, note, "Said");
        node_more(c->arena, note)->target = i == 0 ? STR("#ref-1") : STR("#ref-2");
    }
    const char *xhtml = dump(c);
    assert_has(xhtml, "<sup><a id=\"ref-1\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"notes.xhtml#note-1\">1</a></sup>");
    assert_has(xhtml, "<sup id=\"ref-2\">2</sup></a>");
    assert_has(xhtml, "=== notes.xhtml\n");
    assert_has(xhtml, "<section class=\"notes\" epub:type=\"endnotes\" role=\"doc-endnotes\" aria-labelledby=\"notes\">");
    assert_has(
        xhtml, "<ol>\n<li id=\"note-1\">\n<p>Said <a epub:type=\"backlink\" role=\"doc-backlink\" href=\"start.xhtml#ref-1\"");
    assert_has(xhtml, "</li>\n<li id=\"note-2\">");
    assert_has(xhtml, "</li>\n</ol>\n</section>");
}

static void lists_and_tasks(void **state) {
    Case *c = *state;
    Node *list = add(c, c->tree->root, NODE_LIST);
    list->ordered = list->tight = true;
    list->value = 3;
    for (int i = 0; i < 3; i++) {
        Node *item = add(c, list, NODE_ITEM);
        item->value = i == 2 ? 9 : 3 + i;
        item->task = i == 0 ? TASK_DONE : TASK_NONE;
        add_paragraph(c, item, "x");
    }
    assert_has(dump(c), "<ol class=\"tight\" start=\"3\">\n<li class=\"task\">\n<p><span role=\"img\" aria-label=\"");
    assert_has(dump(c), "</span> x</p>\n</li>\n<li>\n<p>x</p>\n</li>\n<li value=\"9\">");
}

static void nothing_and_a_thousand_sections(void **state) {
    Case *c = *state;
    c->tree->meta.title = STR("");
    assert_has(dump(c), "<body>\n</body>");
    write_epub(c);
    for (int i = 0; i < 1000; i++) add_section(c, c->tree->root, "Same", "same", i % 7); /* levels that cannot be */
    assert_has(dump(c), "=== section-1000.xhtml\n");
    write_epub(c);
}

static void depth_is_not_stack(void **state) {
    Case *c = *state;
    Node *inside = c->tree->root;
    for (int i = 0; i < 50000; i++) inside = add(c, inside, i % 2 ? NODE_BLOCK_QUOTE : NODE_SECTION);
    Node *inline_node = add(c, inside, NODE_PARAGRAPH);
    for (int i = 0; i < 50000; i++) inline_node = add(c, inline_node, NODE_EMPHASIS);
    add_page(c, "1", add_text(c, inline_node, "deep"), 0);
    assert_has(dump(c), "deep</em>");
    write_epub(c);
}

static void container_is_reproducible(void **state) {
    Case *c = *state;
    add_page(c, "1", add_paragraph(c, c->tree->root, "Words.")->first, 0);
    dump(c);
    Str first = write_epub(c), second = write_epub(c);
    assert_true(str_equal(first, second));
    /* EPUB 3.3 §4.3.4: mimetype first, stored, without an extra field, so that it is readable at a fixed place. */
    assert_true(str_starts(first, (Str){"PK\3\4", 4}));
    assert_memory_equal(first.p + 8, "\0\0\0\0\x21\0", 6); /* stored; midnight of 1 January 1980 */
    assert_memory_equal(first.p + 26, "\10\0\0\0mimetypeapplication/epub+zip", 4 + 8 + 20);
    c->options.date++;
    assert_false(str_equal(first, write_epub(c)));
}

/* One document after another, of two sheets, in two directions: each is what it would be alone. */
static void what_is_kept_changes_nothing(void **state) {
    Case *c = *state;
    add_page(c, "1", add_paragraph(c, c->tree->root, "Words.")->first, 0);
    dump(c);
    const char *const sheets[] = {"briefing", "report"}, *const languages[] = {"en-GB", "ar"};
    EpubKept *kept = epub_kept_open();
    for (int i = 0; i < 8; i++) {
        c->options.sheet = sheet_open(c->arena, &c->diags, str_from(sheets[i % 2]), (Place){0}, NULL);
        c->tree->meta.language = str_from(languages[i / 2 % 2]);
        c->options.kept = NULL;
        Str alone = write_epub(c);
        c->options.kept = kept;
        assert_true(str_equal(write_epub(c), alone));
        assert_true(str_equal(write_epub(c), alone));
    }
    epub_kept_close(kept);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_case, close_case)
    const struct CMUnitTest tests[] = {
        TEST(page_begins_inside_a_paragraph),
        TEST(page_begins_with_an_element),
        TEST(page_begins_in_a_table),
        TEST(files_and_links_between_them),
        TEST(relative_links_cannot_be_kept),
        TEST(everything_is_escaped),
        TEST(a_link_without_words_has_a_name),
        TEST(ids_are_names_and_unique),
        TEST(pull_copies_are_out_of_reach),
        TEST(notes),
        TEST(lists_and_tasks),
        TEST(nothing_and_a_thousand_sections),
        TEST(depth_is_not_stack),
        TEST(container_is_reproducible),
        TEST(what_is_kept_changes_nothing),
    };
    return cmocka_run_group_tests_name("epub_write", tests, NULL, NULL);
}
