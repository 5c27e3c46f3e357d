/* What a report needs, from a layout made by hand: contents, numbered paragraphs, notes, definitions, tables, page labels,
 * markings. */
#include "pdf_case.h"

static size_t count_of(Str all, const char *part) {
    size_t n = strlen(part), count = 0;
    for (size_t i = 0; i + n <= all.n; i++) count += memcmp(all.p + i, part, n) == 0;
    return count;
}

/* Puts the run of the page's last box at the end of the line of the box before it. */
static void join_line(void) {
    Line *line = page->items[page->count - 2].lines, *joined = page->items[page->count - 1].lines;
    Run *runs = NEW_ARRAY(arena, Run, line->run_count + 1);
    for (uint32_t i = 0; i < line->run_count; i++) runs[i] = line->runs[i];
    runs[line->run_count] = joined->runs[0];
    runs[line->run_count].x = runs[line->run_count - 1].x + runs[line->run_count - 1].width;
    runs[line->run_count].y = runs[0].y;
    line->runs = runs;
    line->run_count++;
    page->count--;
}

/* ---- Contents ------------------------------------------------------------------------------------------------------------ */

static Node *add_entry(Node *contents, int32_t depth, const char *words) {
    Node *entry = add(contents, NODE_CONTENTS_ENTRY), *link = add(entry, NODE_LINK);
    entry->value = depth;
    node_more(arena, link)->target = STR("#end");
    add_text(link, words);
    add(link, NODE_PAGE_REFERENCE);
    return link;
}

static void set_entry(const Node *link) {
    set_all(link->first);
    set_words(NULL, RUN_TEXT, ARTIFACT_LEADER, STR(". . ."));
    join_line();
    layout->page_texts[link->last->number] = STR("9");
    set_words(link->last, RUN_PAGE, ARTIFACT_NONE, STR("9"));
    join_line();
}

/* Deeper entries stand in the one before them, also where a level is left out or the first is deep; the page is within the link. */
static void contents_are_nested(void **state) {
    (void)state;
    static const int32_t depths[] = {2, 1, 3, 2, 3, 1};
    Node *contents = add(layout->tree->root, NODE_CONTENTS), *links[6];
    for (size_t i = 0; i < 6; i++) links[i] = add_entry(contents, depths[i], "Entry ");
    Node *heading = add(layout->tree->root, NODE_HEADING), *end = add_text(heading, "End");
    node_more(arena, heading)->id = STR("end");
    heading->value = 2;
    layout_begin();
    for (size_t i = 0; i < 6; i++) set_entry(links[i]);
    set_all(end);
    static const struct {
        int indent;
        bool begins; /* a TOC round it */
    } expected[] = {{4, false}, {4, false}, {8, true}, {8, false}, {12, true}, {4, false}};
    Buf tags = buf_new(arena);
    buf_add_c(&tags, "Document Lang=\"en-GB\"\n  TOC\n");
    for (size_t i = 0; i < 6; i++) {
        int n = expected[i].indent;
        if (expected[i].begins) buf_format(&tags, "%*sTOC\n", n - 2, "");
        buf_format(&tags, "%*sTOCI\n%*sReference\n%*sLink to=\"#end\"\n%*s\"Entry 9\"\n", n, "", n + 2, "", n + 4, "", n + 6, "");
    }
    buf_add_c(&tags, "  H2\n    \"End\"\n");
    assert_tags(tags.p);
    Str file = write_with(CLAIM_ALL);
    assert_int_equal(count_of(file, "/Contents(Entry 9)"), 6); /* an area each: words, leader and page */
    Str content = inflated(file);
    assert_true(contains(content, "/Span<</ActualText()>>BDC")); /* the dots */
}

/* An entry that takes two lines is one Link with two areas. */
static void entries_over_two_lines_are_one_link(void **state) {
    (void)state;
    Node *link = add_entry(add(layout->tree->root, NODE_CONTENTS), 1, "Long entry ");
    Node *heading = add(layout->tree->root, NODE_HEADING), *end = add_text(heading, "End");
    node_more(arena, heading)->id = STR("end");
    layout_begin();
    set(link->first, 0, 5, ARTIFACT_NONE);
    set(link->first, 5, 11, ARTIFACT_NONE);
    set_words(link->last, RUN_PAGE, ARTIFACT_NONE, STR("9"));
    join_line();
    set_all(end);
    assert_tags(
        "Document Lang=\"en-GB\"\n  TOC\n    TOCI\n      Reference\n        Link to=\"#end\"\n          \"Long entry 9\"\n"
        "  H1\n    \"End\"\n");
    Str file = write_with(CLAIM_ALL);
    assert_int_equal(count_of(file, "/Subtype/Link"), 2);
    assert_int_equal(count_of(file, "<</Type/OBJR"), 2);
    assert_int_equal(count_of(file, "/S/Link/"), 1);
}

/* ---- Numbers and notes ----------------------------------------------------------------------------------------------------- */

/* The note stands at the foot of two pages and is one Note after its paragraph, which goes on after it was drawn. */
static void notes_stand_where_the_tree_has_them(void **state) {
    (void)state;
    Node *paragraph = add(layout->tree->root, NODE_PARAGRAPH), *words = add_text(paragraph, "Cut here");
    Node *reference = add(paragraph, NODE_NOTE_REFERENCE), *note = add(layout->tree->root, NODE_NOTE);
    Node *said = add(note, NODE_PARAGRAPH), *text = add_text(said, "See also ");
    Node *last = add_text(add(layout->tree->root, NODE_PARAGRAPH), "Last");
    node_more(arena, paragraph)->label = STR("34.");
    node_more(arena, paragraph)->id = STR("para-34");
    node_more(arena, reference)->id = STR("fnref-1");
    node_more(arena, reference)->target = STR("#fn-1");
    reference->value = note->value = 1;
    node_more(arena, note)->id = STR("fn-1");
    node_more(arena, note)->target = STR("#fnref-1");
    layout_begin();
    set_words(paragraph, RUN_LABEL, ARTIFACT_NONE, STR("34."));
    set(words, 0, 4, ARTIFACT_NONE);
    set_words(reference, RUN_TEXT, ARTIFACT_NONE, STR("1"));
    set_words(note, RUN_LABEL, ARTIFACT_NONE, STR("1"));
    set(text, 0, 4, ARTIFACT_NONE);
    page_begin();
    set(words, 4, 8, ARTIFACT_NONE);
    set_all(last);
    set(text, 4, 9, ARTIFACT_NONE);
    assert_tags("Document Lang=\"en-GB\"\n"
                "  P\n    Lbl\n      \"34.\"\n    \"Cut here\"\n    Reference\n      Link to=\"#fn-1\"\n        \"1\"\n"
                "  Note ID=\"fn-1\"\n    Lbl\n      Link to=\"#fnref-1\"\n        \"1\"\n    P\n      \"See also \"\n"
                "  P\n    \"Last\"\n");
    Str file = write_with(CLAIM_ALL);
    assert_int_equal(count_of(file, "/S/Note"), 1);
    assert_true(contains(file, "/ID(fn-1)"));
    assert_int_equal(count_of(file, "<</Type/OBJR"), 2);
}

/* ---- Lists and tables -------------------------------------------------------------------------------------------------------- */

static void definitions_are_a_list(void **state) {
    (void)state;
    Node *list = add(layout->tree->root, NODE_DEFINITION_LIST), *group = add(list, NODE_DEFINITION_GROUP);
    Node *first = add_text(add(group, NODE_TERM), "Clerk"), *second = add_text(add(group, NODE_TERM), "Official");
    Node *said = add_text(add(add(group, NODE_DEFINITION), NODE_PARAGRAPH), "Keeps order");
    layout_begin();
    set_all(first);
    set_all(second);
    set_all(said);
    assert_tags("Document Lang=\"en-GB\"\n  L ListNumbering=\"None\"\n    LI\n      Lbl\n        \"Clerk\"\n      Lbl\n        "
                "\"Official\"\n"
                "      LBody\n        P\n          \"Keeps order\"\n");
}

/* Its head is drawn again on the second page: once in the tags, and never as a link there. */
static void tables_have_one_head(void **state) {
    (void)state;
    Node *table = add(layout->tree->root, NODE_TABLE), *caption = add_text(add(table, NODE_CAPTION), "Table 1: Sums");
    Node *cells[3][2], *texts[3][2];
    for (int i = 0; i < 3; i++) {
        Node *row = add(table, NODE_TABLE_ROW);
        row->header = i == 0;
        for (int k = 0; k < 2; k++) {
            cells[i][k] = add(row, NODE_TABLE_CELL);
            cells[i][k]->header = i == 0 || k == 0;
            if (i == 0 && k == 1) {
                Node *link = add(cells[i][k], NODE_LINK);
                node_more(arena, link)->target = STR("https://example.org/");
                texts[i][k] = add_text(link, "Sum");
            } else {
                texts[i][k] = add_text(cells[i][k], k == 0 ? "Year" : "12");
            }
        }
    }
    layout_begin();
    set_all(caption);
    for (int i = 0; i < 3; i++) {
        if (i == 2) {
            page_begin();
            set(texts[0][0], 0, 4, ARTIFACT_TABLE_HEAD);
            set(texts[0][1], 0, 3, ARTIFACT_TABLE_HEAD);
        }
        for (int k = 0; k < 2; k++) set_all(texts[i][k]);
    }
    assert_tags("Document Lang=\"en-GB\"\n  Table\n    Caption\n      \"Table 1: Sums\"\n    THead\n"
                "      TR\n        TH Scope=\"Both\"\n          \"Year\"\n        TH Scope=\"Column\"\n          Link "
                "to=\"https://example.org/\"\n"
                "            \"Sum\"\n    TBody\n"
                "      TR\n        TH Scope=\"Row\"\n          \"Year\"\n        TD\n          \"12\"\n"
                "      TR\n        TH Scope=\"Row\"\n          \"Year\"\n        TD\n          \"12\"\n");
    Str file = write_with(CLAIM_ALL);
    assert_int_equal(count_of(file, "/Subtype/Link"), 1);
    assert_int_equal(count_of(inflated(file), "/Artifact<</Type/Pagination/BBox["), 2); /* a cell each */
}

/* ---- Pages ------------------------------------------------------------------------------------------------------------------- */

static void pages_keep_their_labels_and_shape(void **state) {
    (void)state;
    static const char *const labels[] = {"i", "ii", "1", "2", "A", "II", "7"};
    Node *heading = add(layout->tree->root, NODE_HEADING), *text = add_text(heading, "1 Wide");
    heading->value = 2;
    layout_begin();
    for (size_t i = 0; i < 7; i++) {
        if (i > 0) page_begin();
        page->label = str_from(labels[i]);
    }
    page->width = LU_FROM_PT(600);
    page->height = LU_FROM_PT(400);
    set_all(text);
    Str file = write_with(CLAIM_ALL);
    assert_true(contains(file, "/PageLabels<</Nums[0<</S/r>>2<</S/D>>4<</P(A)>>5<</P(II)>>6<</S/D/St 7>>]>>"));
    assert_int_equal(count_of(file, "/MediaBox[0 0 400 600]"), 6);
    assert_int_equal(count_of(file, "/MediaBox[0 0 600 400]"), 1);
    assert_true(contains(file, "/Title(1 Wide)"));
    assert_true(contains(file, "/XYZ 50 280 null]")); /* 400 less the 120 from its own top */
}

static void markings_and_drafts_are_artifacts(void **state) {
    (void)state;
    static Str keyword[] = {{"Bread", 5}};
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), "Words");
    ((Tree *)layout->tree)->meta.draft = STR("Draft 2");
    ((Tree *)layout->tree)->meta.keywords = keyword;
    ((Tree *)layout->tree)->meta.keyword_count = 1;
    layout_begin();
    Run *mark = set_words(NULL, RUN_TEXT, ARTIFACT_WATERMARK, STR("DRAFT"));
    mark->turned = true;
    mark->x = LU_FROM_PT(200);
    mark->y = LU_FROM_PT(300);
    set_all(text);
    set_words(NULL, RUN_TEXT, ARTIFACT_MARKING, STR("Secret"));
    set_words(NULL, RUN_TEXT, ARTIFACT_MARKING, STR("Secret"));
    page->items[page->count - 1].rect.y = LU_FROM_PT(580);
    assert_tags("Document Lang=\"en-GB\"\n  P\n    \"Words\"\n");
    Str file = write_with(CLAIM_ALL), content = inflated(file);
    assert_true(contains(content, "/Artifact<</Type/Pagination/Subtype/Watermark/BBox["));
    assert_true(contains(content, "BT\n.707 .707 -.707 .707 "));
    assert_true(contains(content, "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]/BBox["));
    assert_true(contains(content, "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]/BBox["));
    assert_true(contains(content, "ET\nEMC\n/P<</MCID 0>>BDC\nBT\n")); /* the words are not turned with it */
    assert_true(contains(file, "/Keywords(Bread, Draft)"));
    assert_true(contains(file, "<rdf:li>Draft</rdf:li>"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contents_are_nested, begin, end),
        cmocka_unit_test_setup_teardown(entries_over_two_lines_are_one_link, begin, end),
        cmocka_unit_test_setup_teardown(notes_stand_where_the_tree_has_them, begin, end),
        cmocka_unit_test_setup_teardown(definitions_are_a_list, begin, end),
        cmocka_unit_test_setup_teardown(tables_have_one_head, begin, end),
        cmocka_unit_test_setup_teardown(pages_keep_their_labels_and_shape, begin, end),
        cmocka_unit_test_setup_teardown(markings_and_drafts_are_artifacts, begin, end),
    };
    return cmocka_run_group_tests(tests, group_begin, group_end);
}
