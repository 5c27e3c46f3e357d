/* Where pages end: 20 lines of 10 pt a page, and documents of which every line can be counted. */
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define GRID (10 * LU_PT)
#define LINES 20

typedef struct {
    Arena *arena;
    Diags diags;
    Fonts *fonts;
    Tree *tree;
    Layout *layout;
    bool whole; /* lists of lines are kept whole */
    bool justified; /* all paragraphs */
    bool two_sided; /* pages with even numbers are left ones */
} Case;

static int case_begin(void **state) {
    Arena *arena = arena_open();
    Case *c = NEW(arena, Case);
    *c = (Case){.arena = arena, .diags = diags_new(arena), .fonts = fonts_open(), .tree = tree_new(arena, NULL)};
    *state = c;
    return 0;
}

static int case_end(void **state) {
    Case *c = *state;
    fonts_close(c->fonts);
    arena_close(c->arena);
    return 0;
}

static Node *add(Case *c, Node *parent, NodeKind kind) {
    Node *node = node_new(c->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

static Node *lines_add(Case *c, NodeKind kind, uint32_t lines) {
    Node *block = add(c, c->tree->root, kind);
    for (uint32_t i = 0; i < lines; i++) {
        if (i) add(c, block, NODE_LINE_BREAK);
        add(c, block, NODE_TEXT)->text = STR("line");
    }
    return block;
}

static void singles_add(Case *c, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) lines_add(c, NODE_PARAGRAPH, 1);
}

static void lay_out(Case *c) {
    static const Style none = {0};
    static PageStyle page = {.width = 300 * LU_PT,
        .height = GRID * (LINES + 4),
        .margin_top = 2 * GRID,
        .margin_bottom = 2 * GRID,
        .margin_left = 20 * LU_PT,
        .margin_right = 20 * LU_PT,
        .grid = GRID};
    static const Style paragraph = {.size = 8 * LU_PT, .leading = GRID, .hang = true},
                       heading = {.size = 8 * LU_PT, .leading = GRID, .space_before = GRID, .keep_with_next = true},
                       copy = {.size = 8 * LU_PT, .leading = GRID, .space_before = GRID, .space_after = GRID},
                       whole = {.size = 8 * LU_PT, .leading = GRID, .keep_short = 12 * GRID},
                       justified = {.size = 8 * LU_PT, .leading = GRID, .align = TEXT_JUSTIFY};
    page.two_sided = c->two_sided;
    tree_number(c->tree);
    Styles *styles = NEW(c->arena, Styles);
    styles->by_node = NEW_ARRAY(c->arena, const Style *, c->tree->count);
    for (uint32_t n = 0; n < c->tree->count; n++) {
        const Node *node = c->tree->nodes[n];
        styles->by_node[n] = node_ancestor(node, NODE_PULL_COPY) ? &copy
                             : node_ancestor(node, NODE_HEADING) ? &heading
                             : c->whole                          ? &whole
                             : c->justified                      ? &justified
                                                                 : &paragraph;
    }
    styles->by_node[0] = &none;
    styles->running_head = styles->running_foot = styles->marker = &paragraph;
    styles->page = &page;
    c->layout =
        layout_document(c->arena, &c->diags, c->fonts, c->tree, styles, NEW_ARRAY(c->arena, const Image *, c->tree->count));
    layout_verify(c->layout);
}

static uint32_t lines_on(const Case *c, uint32_t page) {
    uint32_t count = 0;
    for (uint32_t b = 0; b < c->layout->items[page].count; b++) {
        const LayoutBox *box = &c->layout->items[page].items[b];
        if (box->kind == BOX_LINES && box->artifact == ARTIFACT_NONE) count += box->line_count;
    }
    return count;
}

/* In lines of the page, from the top of its text to the top of `node`. */
static double top_of(const Case *c, const Node *node, uint32_t page) {
    for (uint32_t b = 0; b < c->layout->items[page].count; b++) {
        const LayoutBox *box = &c->layout->items[page].items[b];
        if (box->kind == BOX_LINES && box->node == node) return (double)(box->rect.y - 2 * GRID) / GRID;
    }
    return -1;
}

static void a_full_page_stays_full(void **state) {
    Case *c = *state;
    singles_add(c, 45);
    lay_out(c);
    assert_int_equal(c->layout->count, 3);
    assert_int_equal(lines_on(c, 0), 20);
    assert_int_equal(lines_on(c, 1), 20);
}

/* 10 lines that stay together leave 4 white: two pages have 2 each. */
static void white_is_shared(void **state) {
    Case *c = *state;
    c->whole = true;
    singles_add(c, 36);
    lines_add(c, NODE_PARAGRAPH, 10);
    lay_out(c);
    assert_int_equal(c->layout->count, 3);
    assert_int_equal(lines_on(c, 0), 18);
    assert_int_equal(lines_on(c, 1), 18);
    assert_int_equal(lines_on(c, 2), 10);
}

/* 10 lines that stay together leave 2 white on the second page, which is a left one: in print, the third has as many lines. */
static void facing_pages_are_of_one_depth(void **state) {
    for (int two_sided = 0; two_sided < 2; two_sided++) {
        Case *c = *state;
        c->whole = true;
        c->two_sided = two_sided;
        singles_add(c, 38);
        lines_add(c, NODE_PARAGRAPH, 10);
        singles_add(c, 30);
        lay_out(c);
        assert_true(lines_on(c, 1) < 20);
        assert_int_equal(lines_on(c, 2), two_sided ? lines_on(c, 1) : 20);
        case_end(state);
        case_begin(state);
    }
}

static void a_last_page_has_more_than_a_line(void **state) {
    Case *c = *state;
    singles_add(c, 41);
    lay_out(c);
    assert_int_equal(c->layout->count, 3);
    assert_int_equal(lines_on(c, 0) + lines_on(c, 1), 37);
    assert_int_equal(lines_on(c, 2), 4);
}

/* A page broken by the author ends where it is broken, and what comes before is left as it is. */
static void a_broken_page_asks_for_nothing(void **state) {
    Case *c = *state;
    singles_add(c, 30);
    add(c, c->tree->root, NODE_PAGE_BREAK);
    singles_add(c, 10);
    lay_out(c);
    assert_int_equal(c->layout->count, 3);
    assert_int_equal(lines_on(c, 0), 20);
    assert_int_equal(lines_on(c, 1), 10);
}

/* 5, heading, 5, heading, 5: 19 lines with the white above the headings. What comes next has no room; half a line goes above each. */
static void room_above_headings_fills_the_page(void **state) {
    Case *c = *state;
    Node *headings[2], *last = lines_add(c, NODE_PARAGRAPH, 5);
    for (int i = 0; i < 2; i++) {
        headings[i] = lines_add(c, NODE_HEADING, 1);
        headings[i]->value = 2;
        last = lines_add(c, NODE_PARAGRAPH, 5);
    }
    lines_add(c, NODE_PARAGRAPH, 6);
    lay_out(c);
    assert_int_equal(c->layout->count, 2);
    assert_true(top_of(c, headings[0], 0) == 6.5);
    assert_true(top_of(c, headings[1], 0) == 14);
    assert_true(top_of(c, last, 0) == 15); /* to line 20 */
}

/* With one heading, half of the line stays white: better than all. */
static void room_is_filled_in_part(void **state) {
    Case *c = *state;
    lines_add(c, NODE_PARAGRAPH, 6);
    Node *heading = lines_add(c, NODE_HEADING, 1);
    heading->value = 2;
    lines_add(c, NODE_PARAGRAPH, 11);
    lines_add(c, NODE_PARAGRAPH, 6);
    lay_out(c);
    assert_true(top_of(c, heading, 0) == 7.5);
}

/* Ten lines that stay together leave seven white: nothing moves for half a line of them. */
static void room_is_not_given_in_vain(void **state) {
    Case *c = *state;
    lines_add(c, NODE_PARAGRAPH, 6);
    Node *heading = lines_add(c, NODE_HEADING, 1);
    heading->value = 2;
    c->whole = true;
    lines_add(c, NODE_PARAGRAPH, 5);
    lines_add(c, NODE_PARAGRAPH, 10);
    lay_out(c);
    assert_int_equal(c->layout->count, 2);
    assert_true(top_of(c, heading, 0) == 7);
}

static Node *words_add(Case *c, uint32_t count) {
    Buf words = buf_new(c->arena);
    for (uint32_t i = 0; i < count; i++) buf_add(&words, i ? STR(" tea") : STR("tea"));
    Node *block = add(c, c->tree->root, NODE_PARAGRAPH);
    add(c, block, NODE_TEXT)->text = buf_str(&words);
    return block;
}

static uint32_t lines_of(const Case *c, const Node *node, uint32_t page) {
    for (uint32_t b = 0; b < c->layout->items[page].count; b++)
        if (c->layout->items[page].items[b].node == node) return c->layout->items[page].items[b].line_count;
    return 0;
}

/* Three lines that stay together leave a line white; a paragraph whose last line is full is as well set in a line more. */
static void a_longer_paragraph_fills_the_page(void **state) {
    Case *c = *state;
    lines_add(c, NODE_PARAGRAPH, 9);
    Node *words = words_add(c, 95), *last = lines_add(c, NODE_PARAGRAPH, 3);
    lay_out(c);
    uint32_t lines = lines_of(c, words, 0);
    assert_int_equal(lines_on(c, 0), 9 + lines + 3);
    assert_true(lines < 9);
    case_end(state);
    case_begin(state);
    c = *state;
    lines_add(c, NODE_PARAGRAPH, 16 - (int)lines);
    words = words_add(c, 95);
    last = lines_add(c, NODE_PARAGRAPH, 3);
    lines_add(c, NODE_PARAGRAPH, 3);
    singles_add(c, 5);
    lay_out(c);
    assert_int_equal(c->layout->count, 2);
    assert_int_equal(lines_of(c, words, 0), lines + 1);
    assert_true(top_of(c, last, 0) == 17);
}

static void punctuation_hangs(void **state) {
    Case *c = *state;
    add(c, lines_add(c, NODE_PARAGRAPH, 0), NODE_TEXT)->text = STR("“tea”");
    add(c, lines_add(c, NODE_PARAGRAPH, 0), NODE_TEXT)->text = STR("tea");
    lay_out(c);
    const Run *quoted = &c->layout->items[0].items[0].lines[0].runs[0], *bare = &c->layout->items[0].items[1].lines[0].runs[0];
    Lu quote = text_advance_lu(quoted->face, quoted->pieces[0].glyphs[0].advance, quoted->size);
    assert_int_equal(bare->x, 20 * LU_PT);
    assert_true(quote > 0);
    assert_int_equal(quoted->x, 20 * LU_PT - quote * 45 / 100);
}

static Node *copy_add(Case *c, Node *paragraph) {
    Node *text = paragraph->first, *span = node_new(c->arena, NODE_SPAN, 0, 0), *copy;
    node_unlink(text);
    node_append(span, text);
    node_append(paragraph, span);
    node_more(c->arena, span)->id = STR("pull");
    copy = lines_add(c, NODE_PULL_COPY, 2);
    copy->artifact = copy->generated = true;
    node_more(c->arena, copy)->target = STR("#pull");
    return copy;
}

/* Its paragraph fills the page: it stands below the next one, though there it is farther away, and not at the head of the page. */
static void a_quote_across_keeps_from_the_head_of_a_page(void **state) {
    Case *c = *state;
    singles_add(c, 19);
    Node *copy = copy_add(c, lines_add(c, NODE_PARAGRAPH, 1));
    lines_add(c, NODE_PARAGRAPH, 5);
    lines_add(c, NODE_PARAGRAPH, 6);
    lay_out(c);
    assert_int_equal(c->layout->count, 2);
    assert_true(top_of(c, copy, 0) < 0);
    assert_true(top_of(c, copy, 1) == 6);
}

/* Between a paragraph and a heading it waits too; with nothing better to come it stands where it is. */
static void a_quote_across_keeps_from_headings(void **state) {
    Case *c = *state;
    Node *copy = copy_add(c, lines_add(c, NODE_PARAGRAPH, 1));
    lines_add(c, NODE_HEADING, 1)->value = 2;
    singles_add(c, 2);
    lay_out(c);
    assert_true(top_of(c, copy, 0) == 5);
}

static void a_quote_across_is_never_lost(void **state) {
    Case *c = *state;
    singles_add(c, 19);
    Node *copy = copy_add(c, lines_add(c, NODE_PARAGRAPH, 1));
    lay_out(c);
    assert_true(top_of(c, copy, c->layout->count - 1) >= 0);
}

static bool ends_in_hyphen(const LayoutBox *box) {
    const Line *line = &box->lines[box->line_count - 1];
    return line->run_count && line->runs[line->run_count - 1].artifact == ARTIFACT_HYPHEN;
}

/* Words that may be cut anywhere, in paragraphs of many lengths: there are hyphens, but none is a page's last sign. */
static void no_hyphen_ends_a_page(void **state) {
    Case *c = *state;
    c->justified = true; /* in ragged text words stay whole */
    for (uint32_t words = 30; words < 150; words += 7) {
        Buf b = buf_new(c->arena);
        for (uint32_t i = 0; i < words; i++)
            buf_add_c(&b, i % 3 ? "re\xC2\xADpre\xC2\xADsen\xC2\xADta\xC2\xADtive "
                                : "con\xC2\xADsid\xC2\xAD"
                                  "ered ");
        buf_add_c(&b, "end");
        lines_add(c, NODE_PARAGRAPH, 1)->first->text = buf_str(&b);
    }
    lay_out(c);
    uint32_t hyphens = 0;
    for (uint32_t p = 0; p < c->layout->count; p++) {
        const Page *page = &c->layout->items[p];
        const LayoutBox *last = NULL;
        for (uint32_t b = 0; b < page->count; b++) {
            const LayoutBox *box = &page->items[b];
            if (box->kind != BOX_LINES || box->artifact != ARTIFACT_NONE) continue;
            last = box;
            for (uint32_t l = 0; l < box->line_count; l++) {
                const Line *line = &box->lines[l];
                hyphens += line->runs[line->run_count - 1].artifact == ARTIFACT_HYPHEN;
            }
        }
        assert_false(ends_in_hyphen(last));
    }
    assert_true(c->layout->count > 10);
    assert_true(hyphens > 20);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, case_begin, case_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_full_page_stays_full),
        TEST(white_is_shared),
        TEST(facing_pages_are_of_one_depth),
        TEST(a_last_page_has_more_than_a_line),
        TEST(a_broken_page_asks_for_nothing),
        TEST(room_above_headings_fills_the_page),
        TEST(room_is_filled_in_part),
        TEST(room_is_not_given_in_vain),
        TEST(a_longer_paragraph_fills_the_page),
        TEST(punctuation_hangs),
        TEST(a_quote_across_keeps_from_the_head_of_a_page),
        TEST(a_quote_across_keeps_from_headings),
        TEST(a_quote_across_is_never_lost),
        TEST(no_hyphen_ends_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
