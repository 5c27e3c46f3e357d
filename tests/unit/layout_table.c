/* Tables, numbers in the margin, contents, fronts and status: documents made by hand, on pages of 500 by 20 lines of 20 points. */
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PT LU_PT
#define LINE (20 * PT)
#define LINES 20
#define MARGIN (50 * PT)

static Fonts *fonts;

typedef struct {
    Arena *arena;
    Tree *tree;
    Diags diags;
    Styles styles;
    PageStyle page;
    Style body, head, cell, none, number;
    Layout *layout;
} Case;

static Node *add(Case *k, Node *parent, NodeKind kind) {
    Node *node = node_new(k->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

static Node *text_add(Case *k, Node *parent, NodeKind kind, const char *words) {
    Node *block = add(k, parent, kind), *text = add(k, block, NODE_TEXT);
    text->text = str_copy(k->arena, str_from(words));
    return block;
}

static int setup(void **state) {
    Case *k = NULL;
    Arena *arena = arena_open();
    k = NEW(arena, Case);
    k->arena = arena;
    k->tree = tree_new(arena, NULL);
    k->diags = diags_new(arena);
    k->page = (PageStyle){.width = 500 * PT + 2 * MARGIN,
        .height = LINE * LINES + 2 * MARGIN,
        .margin_top = MARGIN,
        .margin_right = MARGIN,
        .margin_bottom = MARGIN,
        .margin_left = MARGIN,
        .head_baseline = 30 * PT,
        .foot_baseline = LINE * LINES + 80 * PT,
        .grid = LINE};
    k->body = (Style){.family = FAMILY_SANS, .size = 12 * PT, .leading = LINE, .index = 1};
    k->head = (Style){.family = FAMILY_SANS, .size = 10 * PT, .leading = 12 * PT, .index = 2};
    k->cell = (Style){
        .family = FAMILY_SANS, .size = 12 * PT, .leading = LINE, .padding_left = 5 * PT, .padding_right = 5 * PT, .index = 3};
    k->number = (Style){.family = FAMILY_SANS, .size = 10 * PT, .leading = LINE, .index = 4};
    k->none.index = 5;
    k->none.size = 12 * PT;
    *state = k;
    return 0;
}

static int teardown(void **state) {
    Case *k = *state;
    arena_close(k->arena);
    return 0;
}

static const Style *style_for(const Case *k, const Node *node) {
    if (node->kind == NODE_TABLE_CELL || node_ancestor(node, NODE_TABLE_CELL)) return &k->cell;
    KindLevel level = tree_kind(node->kind)->level;
    return level == LEVEL_BLOCK ? &k->none : &k->body;
}

static void lay_out(Case *k) {
    tree_number(k->tree);
    k->styles = (Styles){.page = &k->page, .running_head = &k->head, .running_foot = &k->head, .marker = &k->body};
    k->styles.paragraph_number = &k->number;
    k->styles.by_node = NEW_ARRAY(k->arena, const Style *, k->tree->count);
    for (uint32_t n = 0; n < k->tree->count; n++) k->styles.by_node[n] = style_for(k, k->tree->nodes[n]);
    k->layout =
        layout_document(k->arena, &k->diags, fonts, k->tree, &k->styles, NEW_ARRAY(k->arena, const Image *, k->tree->count));
    layout_verify(k->layout);
}

/* The text of a page's runs of one role and kind, with "|" between. */
static Str runs_text(const Case *k, uint32_t page, RunRole role, ArtifactKind artifact) {
    Buf out = buf_new(k->arena);
    const Page *p = &k->layout->items[page];
    for (uint32_t b = 0; b < p->count; b++)
        for (uint32_t l = 0; l < p->items[b].line_count; l++)
            for (uint32_t r = 0; r < p->items[b].lines[l].run_count; r++) {
                const Run *run = &p->items[b].lines[l].runs[r];
                if (run->role != role || run->artifact != artifact) continue;
                if (out.n) buf_add_char(&out, '|');
                buf_add(&out, run->text);
            }
    return str_copy(k->arena, buf_str(&out));
}

static const Run *run_find(const Case *k, uint32_t page, RunRole role, ArtifactKind artifact, uint32_t which) {
    const Page *p = &k->layout->items[page];
    for (uint32_t b = 0; b < p->count; b++)
        for (uint32_t l = 0; l < p->items[b].line_count; l++)
            for (uint32_t r = 0; r < p->items[b].lines[l].run_count; r++) {
                const Run *run = &p->items[b].lines[l].runs[r];
                if (run->role == role && run->artifact == artifact && which-- == 0) return run;
            }
    return NULL;
}

static Node *table_add(Case *k, uint32_t rows, uint32_t columns, const char *word) {
    Node *table = add(k, k->tree->root, NODE_TABLE);
    for (uint32_t r = 0; r <= rows; r++) {
        Node *row = add(k, table, NODE_TABLE_ROW);
        row->header = r == 0;
        for (uint32_t i = 0; i < columns; i++) {
            Node *cell = text_add(k, row, NODE_TABLE_CELL, r ? word : "Head");
            cell->header = r == 0;
        }
    }
    return table;
}

static void header_rows_are_repeated_as_artifacts(void **state) {
    Case *k = *state;
    table_add(k, 50, 2, "cell");
    lay_out(k);
    /* 1 + 19 rows, then 19 on each page below the header again, then the rest */
    assert_int_equal(k->layout->count, 3);
    assert_string_equal(runs_text(k, 0, RUN_TEXT, ARTIFACT_TABLE_HEAD).p, "");
    assert_string_equal(runs_text(k, 1, RUN_TEXT, ARTIFACT_TABLE_HEAD).p, "Head|Head");
    assert_string_equal(runs_text(k, 2, RUN_TEXT, ARTIFACT_TABLE_HEAD).p, "Head|Head");
    const Run *first = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 0), *again = run_find(k, 1, RUN_TEXT, ARTIFACT_TABLE_HEAD, 0);
    assert_string_equal(str_c(k->arena, first->text), "Head");
    assert_int_equal(again->x, first->x);
    assert_int_equal(again->y, first->y);
    const Run *body = run_find(k, 1, RUN_TEXT, ARTIFACT_NONE, 0);
    assert_int_equal(body->y, again->y + LINE);
    assert_int_equal(k->layout->items[1].start_node->number, body->node->number);
}

static void a_table_too_wide_is_set_smaller(void **state) {
    Case *k = *state;
    table_add(k, 2, 8, "assurances"); /* 8 columns of 60 and 10 points at 12 points, a little too much for 500 */
    lay_out(k);
    const Run *run = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 8);
    assert_string_equal(str_c(k->arena, run->text), "assurances");
    assert_true(run->size < 12 * PT && run->size >= 12 * PT * 70 / 100);
    assert_int_equal(k->diags.count, 0);
}

static void a_table_that_no_size_makes_fit_is_reported_and_whole(void **state) {
    Case *k = *state;
    table_add(k, 1, 30, "assurances");
    lay_out(k); /* layout_verify: all words are set */
    assert_int_equal(k->diags.count, 1);
    assert_string_equal(k->diags.items[0].code, "table-wide");
    const Page *page = &k->layout->items[0];
    for (uint32_t b = 0; b < page->count; b++) assert_true(page->items[b].rect.x + page->items[b].rect.width <= 550 * PT);
}

static void columns_take_what_their_words_need(void **state) {
    Case *k = *state;
    Node *table = add(k, k->tree->root, NODE_TABLE), *row = add(k, table, NODE_TABLE_ROW);
    text_add(k, row, NODE_TABLE_CELL, "a");
    Node *second = text_add(k, row, NODE_TABLE_CELL, "one two three");
    second->align = ALIGN_RIGHT;
    lay_out(k);
    const Run *a = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 0), *b = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 1);
    assert_int_equal(a->x, MARGIN + 5 * PT);
    assert_int_equal(b->x, a->x + a->width + 10 * PT);
    assert_int_equal(b->y, a->y);
}

/* A cell of a few words stands on one line, however long its neighbour is; words at the head give way before it does. */
static void short_cells_stay_whole_beside_long_ones(void **state) {
    Case *k = *state;
    Node *table = table_add(k, 1, 2, "from time to time");
    table->first->first->first->text = STR("A head of many words over a few");
    table->last->last->first->text =
        STR("What is said here takes some room, and has to be set in several lines, whatever stands beside it.");
    lay_out(k);
    const Run *head = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 0), *next = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 1);
    assert_ptr_equal(head->node, next->node);
    uint32_t at = 0;
    const Run *cell;
    while ((cell = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, at)) && !str_is(cell->text, "from time to time")) at++;
    assert_non_null(cell);
    assert_int_equal(k->diags.count, 0);
}

static void numbers_of_paragraphs_hang_in_the_margin(void **state) {
    Case *k = *state;
    for (int i = 0; i < 2; i++) {
        Node *paragraph = text_add(k, k->tree->root, NODE_PARAGRAPH, "The committee met.");
        node_more(k->arena, paragraph)->label = i ? STR("10.") : STR("9.");
        paragraph->value = 9 + i;
    }
    lay_out(k);
    assert_string_equal(runs_text(k, 0, RUN_LABEL, ARTIFACT_NONE).p, "9.|10.");
    for (uint32_t i = 0; i < 2; i++) {
        const Run *label = run_find(k, 0, RUN_LABEL, ARTIFACT_NONE, i), *text = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, i);
        assert_int_equal(text->x, MARGIN);
        assert_int_equal(label->x + label->width, MARGIN - 5 * PT);
        assert_int_equal(label->node->kind, NODE_PARAGRAPH);
        assert_int_equal(label->y, text->y);
    }
}

static void a_number_does_not_leave_the_paper(void **state) {
    Case *k = *state;
    k->page.margin_left = 8 * PT;
    node_more(k->arena, text_add(k, k->tree->root, NODE_PARAGRAPH, "The committee met."))->label = STR("1000.");
    lay_out(k);
    assert_true(run_find(k, 0, RUN_LABEL, ARTIFACT_NONE, 0)->x >= 0);
}

static void entry_add(Case *k, Node *contents, const char *words, const char *target, int32_t depth) {
    Node *entry = add(k, contents, NODE_CONTENTS_ENTRY), *link = add(k, entry, NODE_LINK);
    entry->value = depth;
    node_more(k->arena, link)->target = str_from(target);
    add(k, link, NODE_TEXT)->text = str_from(words);
    node_more(k->arena, add(k, link, NODE_PAGE_REFERENCE))->target = link->more->target;
}

static Node *contents_add(Case *k) {
    Node *section = add(k, k->tree->root, NODE_SECTION);
    section->generated = true;
    text_add(k, section, NODE_HEADING, "Contents")->value = 2;
    return add(k, section, NODE_CONTENTS);
}

static void section_add(Case *k, const char *id, uint32_t lines) {
    Node *section = add(k, k->tree->root, NODE_SECTION);
    node_more(k->arena, section)->id = str_from(id);
    text_add(k, section, NODE_HEADING, "Evidence")->value = 2;
    for (uint32_t i = 0; i < lines; i++) text_add(k, section, NODE_PARAGRAPH, "The committee met.");
}

static void contents_say_the_pages_where_things_are(void **state) {
    Case *k = *state;
    Node *contents = contents_add(k);
    entry_add(k, contents, "First", "#first", 1);
    entry_add(k, contents, "Second", "#second", 2);
    section_add(k, "first", 200);
    section_add(k, "second", 1);
    lay_out(k);
    assert_string_equal(runs_text(k, 0, RUN_PAGE, ARTIFACT_NONE).p, "1|11");
    const Run *one = run_find(k, 0, RUN_PAGE, ARTIFACT_NONE, 0), *eleven = run_find(k, 0, RUN_PAGE, ARTIFACT_NONE, 1);
    assert_int_equal(one->x + one->width, MARGIN + 500 * PT);
    assert_int_equal(eleven->x + eleven->width, MARGIN + 500 * PT);
    const Run *dots = run_find(k, 0, RUN_TEXT, ARTIFACT_LEADER, 0), *below = run_find(k, 0, RUN_TEXT, ARTIFACT_LEADER, 1);
    Lu raster = 12 * PT * 3 / 5;
    assert_int_equal((dots->x - below->x) % raster, 0);
    assert_true(dots->x > MARGIN && dots->x + dots->width < one->x + raster);
    assert_true(below->x + below->width < eleven->x + raster);
    NodeNumber reference = eleven->node->number;
    assert_true(str_is(k->layout->page_texts[reference], "11"));
    assert_true(run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 2)->x > MARGIN); /* the second level stands in */
}

static void a_long_entry_keeps_out_of_the_numbers(void **state) {
    Case *k = *state;
    Node *contents = contents_add(k);
    entry_add(k, contents,
        "The committee and the evidence that it took on the security of networks in the course of its long inquiry into them",
        "#x", 1);
    section_add(k, "x", 1);
    lay_out(k);
    const Run *page = run_find(k, 0, RUN_PAGE, ARTIFACT_NONE, 0);
    const Run *first = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 1), *second = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 2);
    assert_int_equal(page->y, second->y);
    assert_true(first->y < second->y);
    assert_true(first->x + first->width <= MARGIN + 470 * PT);
}

static void references_in_the_text_settle(void **state) {
    Case *k = *state;
    for (int i = 0; i < 60; i++) {
        Node *paragraph = text_add(k, k->tree->root, NODE_PARAGRAPH, "see page ");
        node_more(k->arena, add(k, paragraph, NODE_PAGE_REFERENCE))->target = STR("#x");
    }
    section_add(k, "x", 1);
    lay_out(k);
    assert_int_equal(k->layout->count, 4);
    assert_true(str_starts(runs_text(k, 0, RUN_PAGE, ARTIFACT_NONE), STR("4|4|4")));
    assert_int_equal(k->diags.count, 0);
}

static void a_front_is_counted_in_roman(void **state) {
    Case *k = *state;
    k->page.roman_front = true;
    k->page.head = (Furniture){.right = STR("{page}/{pages}")};
    for (int i = 0; i < 2; i++) {
        Node *front = add(k, k->tree->root, NODE_FRONT);
        node_more(k->arena, front)->variant = i ? STR("members") : STR("cover");
        text_add(k, front, NODE_FRONT_LINE, "A front");
    }
    Node *contents = contents_add(k);
    entry_add(k, contents, "Here", "#x", 1);
    section_add(k, "x", 25);
    lay_out(k);
    assert_int_equal(k->layout->count, 5);
    const char *labels[] = {"i", "ii", "iii", "1", "2"}, *heads[] = {"", "ii/2", "iii/2", "1/2", "2/2"};
    for (uint32_t i = 0; i < 5; i++) {
        assert_true(str_is(k->layout->items[i].label, labels[i]));
        assert_string_equal(runs_text(k, i, RUN_TEXT, ARTIFACT_HEAD).p, heads[i]);
    }
    assert_string_equal(runs_text(k, 2, RUN_PAGE, ARTIFACT_NONE).p, "1");
}

static void left_pages_exchange_their_margins(void **state) {
    Case *k = *state;
    k->page.two_sided = true;
    k->page.margin_left = 70 * PT;
    k->page.margin_right = 30 * PT;
    k->page.head = (Furniture){.right = STR("{page}")};
    section_add(k, "x", 30);
    lay_out(k);
    assert_int_equal(run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 0)->x, 70 * PT);
    assert_int_equal(run_find(k, 1, RUN_TEXT, ARTIFACT_NONE, 0)->x, 30 * PT);
    assert_int_equal(run_find(k, 1, RUN_TEXT, ARTIFACT_HEAD, 0)->x, 30 * PT);
}

static void markings_stand_on_every_page(void **state) {
    Case *k = *state;
    k->tree->meta.marking = STR("OFFICIAL");
    k->tree->meta.draft = STR("Draft");
    section_add(k, "x", 30);
    lay_out(k);
    for (uint32_t i = 0; i < 2; i++) {
        const Page *page = &k->layout->items[i];
        assert_string_equal(runs_text(k, i, RUN_TEXT, ARTIFACT_MARKING).p, "OFFICIAL|OFFICIAL");
        assert_int_equal(page->items[0].artifact, ARTIFACT_WATERMARK);
        assert_true(page->items[0].lines[0].runs[0].turned);
        assert_int_equal(page->items[0].lines[0].runs[0].x, page->width / 2);
        const Run *top = run_find(k, i, RUN_TEXT, ARTIFACT_MARKING, 0), *foot = run_find(k, i, RUN_TEXT, ARTIFACT_MARKING, 1);
        assert_true(top->y < 30 * PT && foot->y > k->page.foot_baseline && foot->y < page->height);
        assert_in_range(top->x * 2 + top->width, page->width - 1, page->width);
    }
}

static int fonts_setup(void **state) {
    (void)state;
    fonts = fonts_open();
    return 0;
}

static int fonts_teardown(void **state) {
    (void)state;
    fonts_close(fonts);
    return 0;
}

/* ---- Landscape pages, rows over pages ---------------------------------------------------------------------------------- */

/* 12 columns of words of about 62 points and 10 of padding: too much for 500 points at any size that is allowed, not for the
 * height of the page, which is made 1000. */
static void wide_page(Case *k) {
    k->page.height = 1000 * PT + 2 * MARGIN;
    k->page.foot_baseline = 1000 * PT + 80 * PT;
}

static void a_table_too_wide_goes_on_a_landscape_page(void **state) {
    Case *k = *state;
    wide_page(k);
    text_add(k, k->tree->root, NODE_PARAGRAPH, "before");
    Node *table = table_add(k, 2, 12, "assurances");
    Node *caption = node_new(k->arena, NODE_CAPTION, 0, 0), *words = add(k, caption, NODE_TEXT);
    words->text = STR("caption");
    node_prepend(table, caption);
    text_add(k, k->tree->root, NODE_PARAGRAPH, "behind");
    lay_out(k);
    assert_int_equal(k->diags.count, 0);
    assert_int_equal(k->layout->count, 3);
    Lu width = k->page.width, height = k->page.height;
    const Page *pages = k->layout->items;
    assert_true(pages[0].width == width && pages[1].width == height && pages[1].height == width && pages[2].width == width);
    assert_string_equal(runs_text(k, 0, RUN_TEXT, ARTIFACT_NONE).p, "before");
    assert_string_equal(runs_text(k, 2, RUN_TEXT, ARTIFACT_NONE).p, "behind");
    const Run *first = run_find(k, 1, RUN_TEXT, ARTIFACT_NONE, 0);
    assert_ptr_equal(first->node, words);
    assert_int_equal(first->x, MARGIN);
    assert_int_equal(k->layout->places[table->number].page, 1);
    for (uint32_t i = 1; i < 1 + 3 * 12; i++) {
        const Run *run = run_find(k, 1, RUN_TEXT, ARTIFACT_NONE, i);
        assert_true(run && run->x + run->width <= height - MARGIN);
        assert_int_equal(run->size, 12 * PT); /* as large as elsewhere: it fits */
    }
}

static void two_landscape_tables_share_a_page(void **state) {
    Case *k = *state;
    wide_page(k);
    table_add(k, 2, 12, "assurances");
    table_add(k, 2, 12, "assurances");
    lay_out(k);
    assert_int_equal(k->layout->count, 1);
    assert_int_equal(k->layout->items[0].width, k->page.height);
}

static void a_table_in_a_note_stays_on_its_page(void **state) {
    Case *k = *state;
    wide_page(k);
    Node *table = table_add(k, 2, 12, "assurances"), *note = add(k, k->tree->root, NODE_NOTE);
    node_unlink(table);
    node_append(note, table);
    node_more(k->arena, note)->id = STR("n");
    lay_out(k);
    for (uint32_t i = 0; i < k->layout->count; i++) assert_int_equal(k->layout->items[i].width, k->page.width);
    assert_int_equal(k->diags.count, 1);
    assert_string_equal(k->diags.items[0].code, "table-wide");
}

static Node *row_of_lines(Case *k, Node *table, uint32_t lines) {
    Node *row = add(k, table, NODE_TABLE_ROW), *cell = add(k, row, NODE_TABLE_CELL);
    for (uint32_t i = 0; i < lines; i++) {
        if (i) add(k, cell, NODE_LINE_BREAK);
        add(k, cell, NODE_TEXT)->text = STR("line");
    }
    return row;
}

static uint32_t lines_on(const Case *k, uint32_t page) {
    uint32_t count = 0;
    for (uint32_t i = 0;; i++) {
        const Run *run = run_find(k, page, RUN_TEXT, ARTIFACT_NONE, i);
        if (!run) return count;
        count += str_is(run->text, "line");
    }
}

static void a_row_is_kept_whole(void **state) {
    Case *k = *state;
    Node *table = add(k, k->tree->root, NODE_TABLE);
    for (int i = 0; i < 4; i++) row_of_lines(k, table, 6);
    lay_out(k);
    assert_int_equal(k->layout->count, 2);
    assert_int_equal(lines_on(k, 0), 18);
    assert_int_equal(lines_on(k, 1), 6);
}

static void a_row_higher_than_a_page_begins_where_it_stands(void **state) {
    Case *k = *state;
    Node *table = add(k, k->tree->root, NODE_TABLE);
    row_of_lines(k, table, 10);
    row_of_lines(k, table, 25);
    lay_out(k);
    assert_int_equal(k->layout->count, 2);
    assert_int_equal(lines_on(k, 0), 20);
    assert_int_equal(lines_on(k, 1), 15);
}

/* A row of so many lines in a note: all of them are on some page. */
static void note_of_lines(Case *k, uint32_t lines) {
    Node *text = text_add(k, k->tree->root, NODE_PARAGRAPH, "words"), *reference = add(k, text, NODE_NOTE_REFERENCE);
    node_more(k->arena, reference)->target = STR("#n");
    reference->text = STR("1");
    Node *note = add(k, k->tree->root, NODE_NOTE);
    node_more(k->arena, note)->id = STR("n");
    note->value = 1;
    row_of_lines(k, add(k, note, NODE_TABLE), lines);
    lay_out(k);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < k->layout->count; i++) sum += lines_on(k, i);
    assert_int_equal(sum, lines);
}

static void a_row_higher_than_a_page_is_cut_in_a_note(void **state) { note_of_lines(*state, 50); }

/* The rule above the notes takes a line. */
static void a_row_as_high_as_a_page_is_cut_in_a_note(void **state) { note_of_lines(*state, 20); }

/* 20 lines a page: the header and 20 rows would leave one row alone. */
static void no_row_stands_alone(void **state) {
    Case *k = *state;
    table_add(k, 20, 1, "row");
    lay_out(k);
    assert_int_equal(k->layout->count, 2);
    assert_string_equal(runs_text(k, 1, RUN_TEXT, ARTIFACT_NONE).p, "row|row|row"); /* two would not, but be next to nothing */
}

static void a_label_stands_on_the_first_row(void **state) {
    Case *k = *state;
    Node *list = add(k, k->tree->root, NODE_LIST), *item = add(k, list, NODE_ITEM), *table = table_add(k, 1, 1, "cell");
    list->ordered = true;
    list->value = item->value = 1;
    node_unlink(table);
    node_append(item, table);
    lay_out(k);
    const Run *label = run_find(k, 0, RUN_LABEL, ARTIFACT_NONE, 0), *head = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, 0);
    assert_int_equal(label->y, head->y);
    assert_true(label->x < head->x);
}

static void only_the_longest_words_are_cut(void **state) {
    Case *k = *state;
    Node *table = table_add(k, 1, 10, "word");
    table->last->first->first->text = STR("incomprehensibilities-incomprehensibilities-incomprehensibilities-"
                                          "incomprehensibilitiesincomprehensibilitiesincomprehensibilitiesincomprehensibilities");
    lay_out(k);
    assert_int_equal(k->diags.count, 1);
    uint32_t whole = 0;
    for (uint32_t i = 0;; i++) {
        const Run *run = run_find(k, 0, RUN_TEXT, ARTIFACT_NONE, i);
        if (!run) break;
        whole += str_is(run->text, "word");
    }
    assert_int_equal(whole, 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(header_rows_are_repeated_as_artifacts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_too_wide_is_set_smaller, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_that_no_size_makes_fit_is_reported_and_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(columns_take_what_their_words_need, setup, teardown),
        cmocka_unit_test_setup_teardown(short_cells_stay_whole_beside_long_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_of_paragraphs_hang_in_the_margin, setup, teardown),
        cmocka_unit_test_setup_teardown(a_number_does_not_leave_the_paper, setup, teardown),
        cmocka_unit_test_setup_teardown(contents_say_the_pages_where_things_are, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_entry_keeps_out_of_the_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(references_in_the_text_settle, setup, teardown),
        cmocka_unit_test_setup_teardown(a_front_is_counted_in_roman, setup, teardown),
        cmocka_unit_test_setup_teardown(left_pages_exchange_their_margins, setup, teardown),
        cmocka_unit_test_setup_teardown(markings_stand_on_every_page, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_too_wide_goes_on_a_landscape_page, setup, teardown),
        cmocka_unit_test_setup_teardown(two_landscape_tables_share_a_page, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_in_a_note_stays_on_its_page, setup, teardown),
        cmocka_unit_test_setup_teardown(a_row_is_kept_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(a_row_higher_than_a_page_begins_where_it_stands, setup, teardown),
        cmocka_unit_test_setup_teardown(a_row_higher_than_a_page_is_cut_in_a_note, setup, teardown),
        cmocka_unit_test_setup_teardown(a_row_as_high_as_a_page_is_cut_in_a_note, setup, teardown),
        cmocka_unit_test_setup_teardown(no_row_stands_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(a_label_stands_on_the_first_row, setup, teardown),
        cmocka_unit_test_setup_teardown(only_the_longest_words_are_cut, setup, teardown),
    };
    return cmocka_run_group_tests(tests, fonts_setup, fonts_teardown);
}
