/* What reports are made of, in the EPUB: contents, numbers, notes in place, definitions, fronts, markings. */
#include "epub_case.h"

#include <libdeflate.h>

static Node *add_note(Case *c, Node *parent, int number) {
    Node *note = add(c, parent, NODE_NOTE);
    node_more(c->arena, note)->id = str_format(c->arena, "fn-%d", number);
    note->value = number;
    add_paragraph(c, note, number == 1 ? "First note." : "Another note.");
    return note;
}

static Node *add_reference(Case *c, Node *paragraph, int number) {
    Node *reference = add(c, paragraph, NODE_NOTE_REFERENCE);
    node_more(c->arena, reference)->id = str_format(c->arena, "fnref-%d", number);
    node_more(c->arena, reference)->target = str_format(c->arena, "#fn-%d", number);
    reference->value = number;
    return reference;
}

static Node *add_captioned(Case *c, NodeKind kind, const char *words) {
    Node *node = add(c, c->tree->root, kind);
    add_text(c, add(c, node, NODE_CAPTION), words);
    return node;
}

static unsigned little_endian(const char *bytes) {
    unsigned number = 0;
    for (size_t i = 4; i-- > 0;) number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static const char *at_of(Str all, const char *part) {
    for (size_t i = 0; i + strlen(part) <= all.n; i++) {
        if (memcmp(all.p + i, part, strlen(part)) == 0) return all.p + i;
    }
    fail_msg("no %s", part);
    return NULL;
}

/* The navigation document, out of the container. */
static const char *navigation(Case *c) {
    dump(c);
    const char *header = at_of(write_epub(c), "EPUB/nav.xhtml") - 30;
    size_t packed = little_endian(header + 18), size = little_endian(header + 22);
    char *out = arena_alloc(c->arena, size + 1, 1);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_deflate_decompress(d, header + 30 + 14, packed, out, size, NULL), LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(d);
    out[size] = '\0';
    return out;
}

static void assert_order(const char *text, const char *first, const char *second) {
    assert_has(text, first);
    assert_has(strstr(text, first), second);
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static void notes_in_place_are_gathered_by_file(void **state) {
    Case *c = *state;
    Node *one = add_section(c, c->tree->root, "One", "one", 2), *two = add_section(c, c->tree->root, "Two", "two", 2);
    node_more(c->arena, one)->language = STR("cy");
    Node *first = add_paragraph(c, one, "A"), *second;
    add_reference(c, first, 1);
    add_note(c, one, 1);
    add_paragraph(c, one, "After the note.");
    second = add_paragraph(c, two, "B");
    add_reference(c, second, 2);
    add_note(c, two, 2);
    Node *last = add_note(c, two, 4); /* 3 stands elsewhere */
    Node *again = add_reference(c, add_paragraph(c, two, "C"), 1); /* to the other file's note */
    node_more(c->arena, again)->id = STR("fnref-1-2");
    node_more(c->arena, last)->target = STR("#fnref-2");
    const char *xhtml = dump(c);
    assert_has(xhtml, "<a id=\"fnref-1\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"#fn-1\">1</a>");
    assert_has(xhtml,
        "<p>After the note.</p>\n</section>\n"
        "<section class=\"footnotes\" epub:type=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n"
        "<li><div id=\"fn-1\" class=\"note\" epub:type=\"footnote\" role=\"doc-footnote\" lang=\"cy\" xml:lang=\"cy\">\n"
        "<p>First note.</p>\n</div></li>\n</ol>\n</section>\n</body>");
    assert_has(xhtml, "<ol start=\"2\">\n<li><div id=\"fn-2\"");
    assert_has(xhtml, "<li value=\"4\"><div id=\"fn-4\" class=\"note\" epub:type=\"footnote\" role=\"doc-footnote\">\n");
    assert_has(xhtml, "href=\"section-1.xhtml#fn-1\">1</a>");
    assert_has(xhtml, "href=\"#fnref-2\" aria-label=\"");
}

/* A marker among the notes at the end would be out of the pages' order. */
static void no_page_begins_in_a_note(void **state) {
    Case *c = *state;
    Node *before = add_paragraph(c, c->tree->root, "Before.");
    Node *note = add_note(c, c->tree->root, 1);
    Node *after = add_paragraph(c, c->tree->root, "After.");
    add_page(c, "1", before->first, 0);
    add_page(c, "2", note->first->first, 3);
    add_page(c, "3", after->first, 3);
    const char *xhtml = dump(c);
    assert_order(xhtml, "aria-label=\"Page 2\"></span>Aft<span id=\"page-3\"", "er.</p>");
    assert_has(xhtml, "<p>First note.</p>");
}

static Node *add_entry(Case *c, Node *contents, int depth, const char *words, const char *target) {
    Node *entry = add(c, contents, NODE_CONTENTS_ENTRY), *link = add(c, entry, NODE_LINK);
    entry->value = depth;
    node_more(c->arena, link)->target = str_from(target);
    add_text(c, link, words);
    return add(c, link, NODE_PAGE_REFERENCE);
}

static void contents_are_nested_lists(void **state) {
    Case *c = *state;
    Node *section = add_section(c, c->tree->root, "Contents", "contents", 2);
    Node *contents = add(c, section, NODE_CONTENTS);
    node_more(c->arena, contents)->variant = STR("contents");
    Node *pages[4];
    pages[0] = add_entry(c, contents, 3, "A", "#a"); /* deeper than the next, which stands beside it all the same */
    pages[1] = add_entry(c, contents, 2, "B", "#a");
    pages[2] = add_entry(c, contents, 9, "C", "#a");
    pages[3] = add_entry(c, contents, 1, "D", "#a");
    add_section(c, c->tree->root, "A", "a", 2);
    add_page(c, "i", pages[1]->previous, 0);
    tree_number(c->tree);
    c->layout.page_texts = NEW_ARRAY(c->arena, Str, c->tree->count);
    for (int i = 0; i < 4; i++) c->layout.page_texts[pages[i]->number] = str_format(c->arena, "%d", i + 12);
    const char *xhtml = dump(c);
    assert_has(xhtml, "=== contents.xhtml\n");
    assert_has(xhtml,
        "<ol class=\"contents\">\n"
        "<li class=\"contents-entry\"><a href=\"section-1.xhtml#a\">A <span class=\"page-reference\">12</span></a>\n"
        "</li>\n<li class=\"contents-entry\"><span id=\"page-i\"");
    assert_has(xhtml,
        "<a href=\"section-1.xhtml#a\">C <span class=\"page-reference\">14</span></a>\n</li></ol></li>\n"
        "<li class=\"contents-entry\"><a href=\"section-1.xhtml#a\">D <span class=\"page-reference\">15</span></a>\n"
        "</li></ol>\n</section>");
    const char *nav = navigation(c);
    assert_has(nav, "<a epub:type=\"toc\" href=\"contents.xhtml\">Contents</a>");
    assert_has(nav, "<a epub:type=\"bodymatter\" href=\"section-1.xhtml\">");
}

static void numbered_paragraphs(void **state) {
    Case *c = *state;
    Node *paragraph = add_paragraph(c, c->tree->root, "Words of it.");
    node_more(c->arena, paragraph)->id = STR("para-34");
    node_more(c->arena, paragraph)->label = STR("34.");
    paragraph->value = 34;
    add_page(c, "7", paragraph->first, 0);
    assert_has(dump(c), "aria-label=\"Page 7\"></div>\n"
                        "<p id=\"para-34\" class=\"numbered\"><span class=\"paragraph-number\">34.</span> Words of it.</p>");
}

static void definitions(void **state) {
    Case *c = *state;
    Node *list = add(c, c->tree->root, NODE_DEFINITION_LIST), *group = add(c, list, NODE_DEFINITION_GROUP);
    Node *term = add_text(c, add(c, group, NODE_TERM), "Term");
    add_paragraph(c, add(c, group, NODE_DEFINITION), "Meaning.");
    add_page(c, "1", term, 0);
    const char *xhtml = dump(c);
    assert_has(xhtml, "<dl>\n<div>\n<dt><span id=\"page-1\"");
    assert_has(xhtml, "</span>Term</dt>\n<dd>\n<p>Meaning.</p>\n</dd>\n</div>\n</dl>");
}

static void fronts_and_markings(void **state) {
    Case *c = *state;
    c->tree->meta.marking = STR("Official & sensitive");
    Node *cover = add(c, c->tree->root, NODE_FRONT), *members = add(c, c->tree->root, NODE_FRONT);
    node_more(c->arena, cover)->variant = STR("cover");
    Node *status = add(c, cover, NODE_STATUS);
    node_add_class(c->arena, status, STR("marking"));
    add_text(c, status, "Official & sensitive");
    Node *line = add(c, cover, NODE_FRONT_LINE);
    node_add_class(c->arena, line, STR("session"));
    add_text(c, line, "Session 2019");
    add_note(c, cover, 1);
    node_more(c->arena, members)->variant = STR("members");
    Node *heading = add(c, members, NODE_HEADING);
    node_more(c->arena, heading)->id = STR("members");
    add_text(c, heading, "Members");
    add_text(c, add(c, add(c, c->tree->root, NODE_TITLE_BLOCK), NODE_TITLE), "A title");
    add_section(c, c->tree->root, "One", "one", 2);
    const char *xhtml = dump(c);
    static const char repeat[] = "<p class=\"marking-repeat\" aria-hidden=\"true\">Official &amp; sensitive</p>\n";
    assert_has(xhtml, "=== start.xhtml\n");
    assert_has(xhtml, "<body>\n<section class=\"front cover\" epub:type=\"titlepage\">\n<p class=\"status marking\">Official "
                      "&amp; sensitive</p>\n"
                      "<p class=\"front-line session\">Session 2019</p>\n</section>\n<section class=\"footnotes\"");
    assert_has(xhtml, "=== front-members.xhtml\n");
    assert_has(xhtml, "<section class=\"front members\" aria-labelledby=\"members\" epub:type=\"contributors\">");
    assert_order(xhtml, "=== text.xhtml\n", "<header class=\"title-block\">");
    const char *section = strstr(xhtml, "=== section-1.xhtml\n");
    assert_non_null(section);
    assert_order(section, "<body>\n", repeat);
    const char *foot = strstr(strstr(section, repeat) + 1, repeat);
    assert_non_null(foot);
    assert_has(foot, "</p>\n</body>");
    const char *nav = navigation(c);
    assert_has(nav, "<a href=\"front-members.xhtml#members\">Members</a>");
    assert_has(nav, "<a epub:type=\"bodymatter\" href=\"text.xhtml\">");
}

/* A notice before everything is no file of its own. */
static void notices_go_with_what_follows(void **state) {
    Case *c = *state;
    for (int i = 0; i < 2; i++) add_text(c, add(c, c->tree->root, NODE_STATUS), "Draft");
    add_section(c, c->tree->root, "One", "one", 2);
    add_section(c, c->tree->root, "Two", "two", 2);
    const char *xhtml = dump(c);
    assert_order(xhtml, "<p class=\"status\">Draft</p>\n<section aria-labelledby=\"one\">", "=== section-1.xhtml\n");
    assert_has_not(xhtml, "section-2");
}

static void conclusions_are_no_asides(void **state) {
    Case *c = *state;
    Node *box = add(c, c->tree->root, NODE_BOX);
    node_more(c->arena, box)->variant = STR("recommendation");
    add_paragraph(c, box, "Do it.");
    assert_has(dump(c), "<div class=\"box recommendation\">\n<p>Do it.</p>\n</div>");
}

static void lists_of_tables_and_figures(void **state) {
    Case *c = *state;
    add_captioned(c, NODE_TABLE, "Table 1: Costs");
    Node *wide = add_captioned(c, NODE_TABLE, "Table 2: Gains");
    node_more(c->arena, wide)->id = STR("gains");
    wide->value = 9;
    Node *figure = add(c, c->tree->root, NODE_FIGURE), *image = add(c, figure, NODE_IMAGE);
    image->has_alt = true;
    add_text(c, add(c, figure, NODE_CAPTION), "Figure 1: A map");
    const char *nav = navigation(c);
    assert_has(nav, "<nav id=\"lot\" epub:type=\"lot\" hidden=\"hidden\">");
    assert_has(nav, "<li><a href=\"start.xhtml#gains\">Table 2: Gains</a></li>");
    assert_order(nav, "epub:type=\"loi\"", ">Figure 1: A map</a>");
    const char *xhtml = dump(c);
    assert_has(xhtml, "<table id=\"table-");
    assert_has(xhtml, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"caption-");
    c->tree->root->first = c->tree->root->last = NULL;
    add_paragraph(c, c->tree->root, "No tables.");
    assert_has_not(navigation(c), "epub:type=\"lo");
}

static void long_descriptions(void **state) {
    Case *c = *state;
    Node *section = add_section(c, c->tree->root, "One", "one", 2), *images[2];
    add_section(c, c->tree->root, "Two", "two", 2);
    Image file = {.name = STR("map.png"), .format = IMAGE_PNG};
    for (int i = 0; i < 2; i++) {
        images[i] = add(c, add(c, section, NODE_FIGURE), NODE_IMAGE);
        images[i]->has_alt = true;
        images[i]->text = STR("A map");
        node_add_attribute(c->arena, images[i], STR("longdesc"), i == 0 ? STR("#said") : STR("#two")); /* in another file */
    }
    node_more(c->arena, add_paragraph(c, section, "What it shows."))->id = STR("said");
    tree_number(c->tree);
    c->layout.images = NEW_ARRAY(c->arena, const Image *, c->tree->count);
    for (int i = 0; i < 2; i++) c->layout.images[images[i]->number] = &file;
    const char *xhtml = dump(c);
    assert_has(xhtml, "alt=\"A map\" aria-details=\"said\"/>");
    assert_has_not(xhtml, "aria-details=\"two\"");
}

/* HTML has one caption for a figure: credit and the way to the description stand in it. */
static void figures_with_credit(void **state) {
    Case *c = *state;
    Node *row = add(c, c->tree->root, NODE_FIGURES), *figure = add(c, row, NODE_FIGURE), *image = add(c, figure, NODE_IMAGE);
    image->has_alt = true;
    image->text = STR("A map");
    node_add_attribute(c->arena, image, STR("longdesc"), STR("#far"));
    add_text(c, add(c, figure, NODE_CAPTION), "Figure 1: A map");
    add_text(c, add(c, figure, NODE_CREDIT), "A library");
    Node *link = add(c, add(c, figure, NODE_DESCRIPTION), NODE_LINK);
    node_more(c->arena, link)->target = STR("#far");
    add_text(c, link, "Description: Far");
    Node *bare = add(c, row, NODE_FIGURE);
    add(c, bare, NODE_IMAGE)->has_alt = true;
    add_section(c, c->tree->root, "Far", "far", 2);
    tree_number(c->tree);
    Image file = {.name = STR("map.png"), .format = IMAGE_PNG};
    c->layout.images = NEW_ARRAY(c->arena, const Image *, c->tree->count);
    c->layout.images[image->number] = &file;
    c->layout.measures = NEW_ARRAY(c->arena, Lu, c->tree->count);
    c->layout.measures[row->number] = 1000;
    c->layout.measures[figure->number] = 480;
    const char *xhtml = dump(c);
    assert_has(xhtml, "<div class=\"figures\">");
    assert_has(xhtml, "style=\"flex-basis: 48%\">");
    assert_has(xhtml, "aria-details=\"description-");
    assert_order(xhtml, "<figcaption>", "<p class=\"caption\">Figure 1: A map</p>");
    assert_order(xhtml, "<p class=\"credit\">A library</p>", "class=\"description\"><a href=");
    assert_order(xhtml, "Description: Far", "</figcaption>");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_case, close_case)
    const struct CMUnitTest tests[] = {
        TEST(notes_in_place_are_gathered_by_file),
        TEST(no_page_begins_in_a_note),
        TEST(contents_are_nested_lists),
        TEST(numbered_paragraphs),
        TEST(definitions),
        TEST(fronts_and_markings),
        TEST(notices_go_with_what_follows),
        TEST(conclusions_are_no_asides),
        TEST(lists_of_tables_and_figures),
        TEST(long_descriptions),
        TEST(figures_with_credit),
    };
    return cmocka_run_group_tests_name("epub_genre", tests, NULL, NULL);
}
