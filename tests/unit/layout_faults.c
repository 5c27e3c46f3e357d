/* Faults of pages: layouts made by hand, pages of 20 lines of 10 pt in a measure of 200 pt, each with one fault and without it. */
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PT LU_PT
#define LINE (10 * PT)
#define LINES 20
#define MARGIN (20 * PT)
#define MEASURE (200 * PT)

typedef struct {
    Arena *arena;
    Tree *tree;
    Layout layout;
    Styles styles;
    PageStyle page;
    Style body, keep, anew;
    Diags diags;
} Case;

static const Face face = {.units_per_em = 1000};

static int setup(void **state) {
    Arena *arena = arena_open();
    Case *k = NEW(arena, Case);
    Source *source = NEW(arena, Source);
    source->name = STR("made.md");
    *k = (Case){.arena = arena, .tree = tree_new(arena, source), .diags = diags_new(arena)};
    k->page = (PageStyle){.width = MEASURE + 2 * MARGIN,
        .height = LINE * LINES + 2 * MARGIN,
        .margin_top = MARGIN,
        .margin_bottom = MARGIN,
        .margin_left = MARGIN,
        .margin_right = MARGIN,
        .grid = LINE};
    k->body = (Style){.size = 8 * PT, .leading = LINE};
    k->keep = (Style){.size = 8 * PT, .leading = LINE, .keep_with_next = true};
    k->anew = (Style){.size = 8 * PT, .leading = LINE, .break_before = true};
    *state = k;
    return 0;
}

static int teardown(void **state) {
    arena_close(((Case *)*state)->arena);
    return 0;
}

static Node *add(Case *k, Node *parent, NodeKind kind) {
    Node *node = node_new(k->arena, kind, 1, 1);
    node_append(parent, node);
    return node;
}

static Node *block(Case *k, Node *parent, NodeKind kind) {
    Node *node = add(k, parent, kind);
    add(k, node, NODE_TEXT)->text = STR("words");
    return node;
}

/* When the tree is whole: numbers, styles, empty pages. */
static void pages(Case *k, uint32_t count) {
    tree_number(k->tree);
    k->styles.page = &k->page;
    k->styles.by_node = NEW_ARRAY(k->arena, const Style *, k->tree->count);
    for (NodeNumber n = 0; n < k->tree->count; n++)
        k->styles.by_node[n] = k->tree->nodes[n]->kind == NODE_HEADING ? &k->keep : &k->body;
    k->layout = (Layout){
        .arena = k->arena, .count = count, .items = NEW_ARRAY(k->arena, Page, count), .tree = k->tree, .styles = &k->styles};
    for (uint32_t p = 0; p < count; p++) {
        Page *page = &k->layout.items[p];
        page->width = k->page.width;
        page->height = k->page.height;
        page->label = str_format(k->arena, "%u", p + 1);
    }
}

/* `count` lines of `node` on page `page`, from line `at` of it. */
static LayoutBox *lines(Case *k, uint32_t page, Node *node, uint32_t at, uint32_t count) {
    Page *p = &k->layout.items[page];
    bool goes_on = page && p[-1].count && p[-1].items[p[-1].count - 1].node == node;
    if (!p->start_node) {
        p->start_node = node->first;
        p->start_offset = goes_on ? 1 : 0;
    }
    LayoutBox *box = PUSH(k->arena, p, LayoutBox);
    *box = (LayoutBox){.kind = BOX_LINES,
        .node = node,
        .rect = {MARGIN, MARGIN + LINE * (Lu)at, MEASURE, LINE * (Lu)count},
        .lines = NEW_ARRAY(k->arena, Line, count),
        .line_count = count};
    for (uint32_t l = 0; l < count; l++) {
        box->lines[l].runs = NEW_ARRAY(k->arena, Run, 2);
        box->lines[l].run_count = 1;
        box->lines[l].baseline = box->rect.y + LINE * (Lu)l + 7 * PT;
        box->lines[l].runs[0] =
            (Run){.node = node->first, .text = STR("words"), .face = &face, .size = 8 * PT, .x = MARGIN, .width = 100 * PT};
    }
    return box;
}

static void label(Case *k, uint32_t page, Node *node, uint32_t at) {
    LayoutBox *box = lines(k, page, node, at, 1);
    box->lines[0].runs[0].role = RUN_LABEL;
    box->lines[0].runs[0].node = node;
}

/* What is found: codes in their order, with spaces between. */
static const char *found(Case *k) {
    k->diags = diags_new(k->arena);
    layout_faults(&k->layout, &k->diags);
    Buf codes = buf_new(k->arena);
    for (uint32_t i = 0; i < k->diags.count; i++) {
        assert_int_equal(k->diags.items[i].severity, DIAG_WARNING);
        assert_true(k->diags.items[i].at.line > 0);
        if (i) buf_add_char(&codes, ' ');
        buf_add_c(&codes, k->diags.items[i].code);
    }
    return codes.n ? codes.p : "";
}

static const char *cut(Case *k, uint32_t before, uint32_t after) {
    k->tree = tree_new(k->arena, k->tree->source);
    Node *paragraph = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 2);
    lines(k, 0, paragraph, LINES - before, before);
    lines(k, 1, paragraph, 0, after);
    return found(k);
}

static void one_line_alone_is_found(void **state) {
    Case *k = *state;
    assert_string_equal(cut(k, 2, 2), "");
    assert_string_equal(cut(k, 1, 4), "orphan");
    assert_string_equal(cut(k, 4, 1), "widow");
    assert_string_equal(cut(k, 1, 1), "orphan widow");
    assert_true(str_is(k->diags.items[0].message, "one line of this stands alone at the foot of page 1"));
    assert_true(str_is(k->diags.items[1].message, "one line of this stands alone at the head of page 2"));
}

/* A page with little room between two others: neither the paragraph's beginning nor its end stands alone. */
static void a_line_between_two_pages_is_none(void **state) {
    Case *k = *state;
    Node *paragraph = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 3);
    lines(k, 0, paragraph, 18, 2);
    lines(k, 1, paragraph, 19, 1); /* below a note that is not drawn here */
    lines(k, 2, paragraph, 0, 2);
    assert_string_equal(found(k), "");
}

/* One that goes on over the page is cut, which is another fault. */
static void a_heading_that_is_cut_does_not_stand_at_the_foot(void **state) {
    Case *k = *state;
    Node *heading = block(k, k->tree->root, NODE_HEADING), *below = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 2);
    lines(k, 0, heading, 18, 2);
    lines(k, 1, heading, 0, 2);
    lines(k, 1, below, 2, 5);
    assert_string_equal(found(k), "");
}

static void a_heading_at_the_foot_is_found(void **state) {
    Case *k = *state;
    Node *above = block(k, k->tree->root, NODE_PARAGRAPH), *heading = block(k, k->tree->root, NODE_HEADING);
    Node *below = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 2);
    lines(k, 0, above, 0, 19);
    lines(k, 0, heading, 19, 1);
    lines(k, 1, below, 0, 20);
    assert_string_equal(found(k), "heading-foot");
    k->styles.by_node[below->number] = &k->anew; /* then it is the author's wish */
    assert_string_equal(found(k), "");
    pages(k, 1);
    lines(k, 0, above, 0, 18);
    lines(k, 0, heading, 18, 1);
    assert_string_equal(found(k), "");
}

static void a_label_without_its_words_is_found(void **state) {
    Case *k = *state;
    Node *item = add(k, add(k, k->tree->root, NODE_LIST), NODE_ITEM), *words = block(k, item, NODE_PARAGRAPH);
    Node *term = block(k, add(k, k->tree->root, NODE_DEFINITION_GROUP), NODE_TERM);
    Node *meaning = block(k, add(k, term->parent, NODE_DEFINITION), NODE_PARAGRAPH);
    pages(k, 3);
    label(k, 0, item, 19);
    lines(k, 1, words, 0, 19);
    lines(k, 1, term, 19, 1);
    lines(k, 2, meaning, 0, 5);
    assert_string_equal(found(k), "label-foot label-foot");
    pages(k, 2);
    label(k, 0, item, 0);
    lines(k, 0, words, 0, 19);
    lines(k, 1, term, 0, 1);
    lines(k, 1, meaning, 1, 5);
    assert_string_equal(found(k), "");
}

static const char *captioned(Case *k, uint32_t image_page, uint32_t caption_page) {
    k->tree = tree_new(k->arena, k->tree->source);
    Node *figure = add(k, k->tree->root, NODE_FIGURE), *image = add(k, figure, NODE_IMAGE);
    Node *caption = block(k, figure, NODE_CAPTION);
    pages(k, 2);
    k->layout.items[1].start_node = caption->first;
    k->styles.by_node[caption->number] = &k->anew;
    *PUSH(k->arena, &k->layout.items[image_page], LayoutBox) =
        (LayoutBox){.kind = BOX_IMAGE, .node = image, .rect = {MARGIN, MARGIN, MEASURE, 10 * LINE}};
    lines(k, caption_page, caption, 10, 1);
    return found(k);
}

static void a_caption_elsewhere_is_found(void **state) {
    Case *k = *state;
    assert_string_equal(captioned(k, 0, 0), "");
    assert_string_equal(captioned(k, 0, 1), "caption-parted");
    k->tree = tree_new(k->arena, k->tree->source);
    Node *table = add(k, k->tree->root, NODE_TABLE), *caption = block(k, table, NODE_CAPTION);
    Node *row = add(k, table, NODE_TABLE_ROW), *cell = block(k, row, NODE_TABLE_CELL);
    pages(k, 2);
    lines(k, 0, caption, 19, 1);
    lines(k, 1, cell, 0, 1);
    assert_string_equal(found(k), "caption-parted");
}

static void a_hyphen_over_the_page_is_found(void **state) {
    Case *k = *state;
    Node *paragraph = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 2);
    Line *last = &lines(k, 0, paragraph, 15, 5)->lines[4];
    lines(k, 1, paragraph, 0, 5);
    assert_string_equal(found(k), "");
    last->runs[last->run_count++] = (Run){.node = paragraph->first, .artifact = ARTIFACT_HYPHEN, .text = STR("-"), .face = &face};
    assert_string_equal(found(k), "hyphen-foot");
    last->run_count = 1;
    last->runs[0].text = STR("high-");
    assert_string_equal(found(k), "hyphen-foot");
    last->runs[0].text = STR("high- ");
    assert_string_equal(found(k), "");
    last->runs[0].text = STR("words");
    last[-1].runs[0].text = STR("high-"); /* in a line that does not end the page */
    assert_string_equal(found(k), "");
}

static void a_line_wider_than_its_measure_is_found(void **state) {
    Case *k = *state;
    Node *paragraph = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 1);
    Run *run = &lines(k, 0, paragraph, 0, 1)->lines[0].runs[0];
    run->width = MEASURE;
    assert_string_equal(found(k), "");
    run->width = MEASURE + 3 * PT;
    assert_string_equal(found(k), "line-wide");
    assert_true(str_is(k->diags.items[0].message, "a line on page 1 is 3 pt wider than there is room for"));
    Glyph space = {.cluster = 5, .advance = 500}; /* 4 pt at 8 pt: it hangs */
    run->text = STR("words ");
    run->pieces = &(RunPiece){&space, 1, 0};
    run->piece_count = run->glyph_count = 1;
    run->width = MEASURE + 4 * PT;
    assert_string_equal(found(k), "");
    run->x -= 3 * PT;
    assert_string_equal(found(k), "line-wide");
}

static void a_line_that_runs_into_a_quote_is_found(void **state) {
    Case *k = *state;
    Node *paragraph = block(k, k->tree->root, NODE_PARAGRAPH), *quote = block(k, k->tree->root, NODE_PULL_COPY);
    quote->artifact = true;
    pages(k, 1);
    lines(k, 0, paragraph, 0, 10); /* 100 pt wide */
    lines(k, 0, quote, 4, 2)->artifact = ARTIFACT_PULL_QUOTE;
    Rect *rect = &k->layout.items[0].items[1].rect;
    rect->x += 100 * PT;
    rect->width -= 100 * PT;
    assert_string_equal(found(k), "");
    Run *run = &k->layout.items[0].items[0].lines[5].runs[0];
    run->width += 5 * PT;
    assert_string_equal(found(k), "line-wide");
    run->width -= 5 * PT;
    k->layout.items[0].items[0].lines[6].runs[0].width += 5 * PT; /* below the quote */
    assert_string_equal(found(k), "");
}

static void a_table_set_small_or_cut_is_found(void **state) {
    Case *k = *state;
    Node *table = add(k, k->tree->root, NODE_TABLE), *row = add(k, table, NODE_TABLE_ROW);
    Node *left = block(k, row, NODE_TABLE_CELL), *right = block(k, row, NODE_TABLE_CELL);
    pages(k, 2);
    LayoutBox *box = lines(k, 0, left, 0, 2);
    lines(k, 0, right, 0, 1);
    assert_string_equal(found(k), "");
    box->lines[1].runs[0].size = 6 * PT;
    assert_string_equal(found(k), "table-small");
    assert_non_null(strstr(k->diags.items[0].message.p, "at 75 % of its size"));
    box->lines[1].runs[0].size = 8 * PT;
    lines(k, 1, left, 0, 3);
    assert_string_equal(found(k), "row-parted"); /* one cell has a single line; the row has two */
    k->layout.items[1].items[0].line_count = 1;
    assert_string_equal(found(k), "row-parted widow");
}

static const char *quotes(Case *k, uint32_t first, uint32_t second, bool split) {
    k->tree = tree_new(k->arena, k->tree->source);
    Node *one = block(k, k->tree->root, NODE_PULL_COPY), *two = block(k, k->tree->root, NODE_PULL_COPY);
    one->artifact = two->artifact = true;
    pages(k, 2);
    lines(k, 0, one, first, 2)->artifact = ARTIFACT_PULL_QUOTE;
    lines(k, 0, two, second, 2)->artifact = ARTIFACT_PULL_QUOTE;
    if (split) lines(k, 1, two, 0, 2)->artifact = ARTIFACT_PULL_QUOTE;
    k->layout.items[1].start_node = NULL;
    return found(k);
}

static void pull_quotes_cut_or_near_are_found(void **state) {
    Case *k = *state;
    assert_string_equal(quotes(k, 0, 8, false), ""); /* six lines between them */
    assert_string_equal(quotes(k, 0, 7, false), "pull-quote-near");
    assert_string_equal(quotes(k, 7, 0, false), "pull-quote-near");
    assert_string_equal(quotes(k, 0, 18, true), "pull-quote-split");
    k->tree = tree_new(k->arena, k->tree->source);
    Node *own = add(k, k->tree->root, NODE_PULL_QUOTE), *words = block(k, own, NODE_PARAGRAPH);
    Node *who = block(k, own, NODE_ATTRIBUTION);
    pages(k, 2);
    lines(k, 0, words, 18, 2);
    assert_string_equal(found(k), "");
    lines(k, 1, who, 0, 1);
    assert_string_equal(found(k), "pull-quote-split");
}

/* Text down to line `end`, then a paragraph of `count` lines on the next page. */
static Node *white(Case *k, uint32_t end, uint32_t count) {
    k->tree = tree_new(k->arena, k->tree->source);
    Node *above = block(k, k->tree->root, NODE_PARAGRAPH), *below = block(k, k->tree->root, NODE_PARAGRAPH);
    pages(k, 2);
    lines(k, 0, above, 0, end);
    lines(k, 1, below, 0, count);
    return below;
}

static void white_that_need_not_be_is_found(void **state) {
    Case *k = *state;
    white(k, 13, 10); /* seven lines */
    assert_string_equal(found(k), "");
    white(k, 12, 10); /* eight: two of the next paragraph would fit */
    assert_string_equal(found(k), "page-white");
    assert_true(str_is(k->diags.items[0].message, "page 1 ends with 8 lines white, though this would fit there"));
    Node *below = white(k, 12, 10);
    k->layout.items[1].items[0].rect.height *= 3; /* leading of three lines: two of them are six */
    assert_string_equal(found(k), "");
    below = white(k, 12, 10);
    k->styles.by_node[below->number] = &k->anew;
    assert_string_equal(found(k), "");
    Style together = k->body;
    together.keep_together = true;
    below = white(k, 12, 10);
    k->styles.by_node[below->number] = &together; /* ten lines do not fit */
    assert_string_equal(found(k), "");
    below = white(k, 12, 4);
    k->styles.by_node[below->number] = &together; /* four do */
    assert_string_equal(found(k), "page-white");
    below = white(k, 12, 10);
    k->layout.items[1].width *= 2; /* the page is turned */
    assert_string_equal(found(k), "");
}

static void white_is_needed_for_what_comes_along(void **state) {
    Case *k = *state;
    Node *above = block(k, k->tree->root, NODE_PARAGRAPH), *heading = block(k, k->tree->root, NODE_HEADING);
    Node *below = block(k, k->tree->root, NODE_PARAGRAPH), *reference = add(k, below, NODE_NOTE_REFERENCE);
    pages(k, 2);
    lines(k, 0, above, 0, 11);
    lines(k, 1, heading, 0, 1);
    LayoutBox *text = lines(k, 1, below, 1, 10);
    assert_string_equal(found(k), "page-white"); /* three lines and some room */
    text->rect.y += 5 * LINE; /* a heading with much space below it */
    assert_string_equal(found(k), "");
    text->rect.y -= 5 * LINE;
    text->lines[1].runs[text->lines[1].run_count++] = (Run){.node = reference, .face = &face, .size = 8 * PT, .x = MARGIN};
    assert_string_equal(found(k), ""); /* who knows how long the note is */
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(one_line_alone_is_found),
        TEST(a_line_between_two_pages_is_none),
        TEST(a_heading_that_is_cut_does_not_stand_at_the_foot),
        TEST(a_heading_at_the_foot_is_found),
        TEST(a_label_without_its_words_is_found),
        TEST(a_caption_elsewhere_is_found),
        TEST(a_hyphen_over_the_page_is_found),
        TEST(a_line_wider_than_its_measure_is_found),
        TEST(a_line_that_runs_into_a_quote_is_found),
        TEST(a_table_set_small_or_cut_is_found),
        TEST(pull_quotes_cut_or_near_are_found),
        TEST(white_that_need_not_be_is_found),
        TEST(white_is_needed_for_what_comes_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
