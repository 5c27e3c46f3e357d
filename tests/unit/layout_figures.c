/* Figures side by side, boxes that pages cut, labels beside what is no text: documents made by hand, on pages of 480 by 400 points. */
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
#define MEASURE (480 * PT)
#define GAP (20 * PT)

static Fonts *fonts;

typedef struct {
    Arena *arena;
    Tree *tree;
    Diags diags;
    Styles styles;
    PageStyle page;
    Style body, none, box, row, figure;
    Image wide, square, tall;
    const Image *given[64]; /* by image, in the order of the tree */
    uint32_t given_count;
    Layout *layout;
} Case;

static Node *add(Case *k, Node *parent, NodeKind kind) {
    Node *node = node_new(k->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

static Node *text_add(Case *k, Node *parent, NodeKind kind, uint32_t words) {
    Node *block = add(k, parent, kind), *text = add(k, block, NODE_TEXT);
    Buf b = buf_new(k->arena);
    for (uint32_t i = 0; i < words; i++) buf_add_c(&b, i ? " water" : "water");
    text->text = buf_str(&b);
    return block;
}

static Node *figure_add(Case *k, Node *parent, const Image *image, uint32_t words) {
    Node *figure = add(k, parent, NODE_FIGURE), *node = add(k, figure, NODE_IMAGE);
    node->has_alt = true;
    node->text = STR("water");
    k->given[k->given_count++] = image;
    text_add(k, figure, NODE_CAPTION, words);
    return figure;
}

static int setup(void **state) {
    Arena *arena = arena_open();
    Case *k = NEW(arena, Case);
    k->arena = arena;
    k->tree = tree_new(arena, NULL);
    k->diags = diags_new(arena);
    k->page = (PageStyle){.width = MEASURE + 2 * MARGIN,
        .height = LINE * LINES + 2 * MARGIN,
        .margin_top = MARGIN,
        .margin_right = MARGIN,
        .margin_bottom = MARGIN,
        .margin_left = MARGIN,
        .grid = LINE};
    k->body = (Style){.family = FAMILY_SANS, .size = 12 * PT, .leading = LINE, .index = 1};
    k->none = (Style){.size = 12 * PT, .leading = LINE, .index = 2};
    k->box = k->row = k->figure = k->none;
    k->box.border_top = k->box.border_bottom = k->box.border_left = (Border){2 * PT, {0, 0, 0}};
    k->box.has_background = true;
    k->box.padding_top = k->box.padding_bottom = 10 * PT;
    k->row.gap = GAP;
    k->figure.keep_together = true;
    k->box.index = 3;
    k->row.index = 4;
    k->figure.index = 5;
    k->wide = (Image){.width = 200, .height = 100, .dpi = 72};
    k->square = (Image){.width = 100, .height = 100, .dpi = 72};
    k->tall = (Image){.width = 10, .height = 100, .dpi = 72};
    *state = k;
    return 0;
}

static int teardown(void **state) {
    Case *k = *state;
    arena_close(k->arena);
    return 0;
}

static const Style *style_for(const Case *k, const Node *node) {
    if (node->kind == NODE_BOX) return &k->box;
    if (node->kind == NODE_FIGURES) return &k->row;
    if (node->kind == NODE_FIGURE) return &k->figure;
    return tree_kind(node->kind)->level == LEVEL_BLOCK ? &k->none : &k->body;
}

static void lay_out(Case *k) {
    tree_number(k->tree);
    k->styles = (Styles){.page = &k->page, .running_head = &k->body, .running_foot = &k->body, .marker = &k->body};
    k->styles.by_node = NEW_ARRAY(k->arena, const Style *, k->tree->count);
    const Image **images = NEW_ARRAY(k->arena, const Image *, k->tree->count);
    uint32_t given = 0;
    for (uint32_t n = 0; n < k->tree->count; n++) {
        k->styles.by_node[n] = style_for(k, k->tree->nodes[n]);
        if (k->tree->nodes[n]->kind == NODE_IMAGE) images[n] = k->given[given++];
    }
    k->layout = layout_document(k->arena, &k->diags, fonts, k->tree, &k->styles, images);
    layout_verify(k->layout);
}

/* Where the image of the figure numbered `which`, from 0, lies; its page in *page. */
static Rect image_rect(const Case *k, uint32_t which, uint32_t *page) {
    for (uint32_t p = 0; p < k->layout->count; p++)
        for (uint32_t b = 0; b < k->layout->items[p].count; b++) {
            const LayoutBox *box = &k->layout->items[p].items[b];
            if (box->kind != BOX_IMAGE || which--) continue;
            *page = p;
            return box->rect;
        }
    fail_msg("no such image");
    return (Rect){0};
}

static const LayoutBox *lines_of(const Case *k, uint32_t page, const Node *node) {
    for (uint32_t b = 0; b < k->layout->items[page].count; b++) {
        const LayoutBox *box = &k->layout->items[page].items[b];
        if (box->kind == BOX_LINES && box->node == node) return box;
    }
    return NULL;
}

static bool near(Lu a, Lu b) { return a - b <= 4 && b - a <= 4; }

static void equal_heights_fill_the_measure(void **state) {
    Case *k = *state;
    Node *row = add(k, k->tree->root, NODE_FIGURES);
    row->value = 2;
    Node *first = figure_add(k, row, &k->wide, 3), *second = figure_add(k, row, &k->square, 25);
    Node *after = text_add(k, k->tree->root, NODE_PARAGRAPH, 3);
    lay_out(k);
    uint32_t page;
    Rect a = image_rect(k, 0, &page), b = image_rect(k, 1, &page);
    assert_true(near(a.height, b.height));
    assert_int_equal(a.y, b.y);
    assert_int_equal(a.x, MARGIN);
    assert_true(near(a.x + a.width + GAP, b.x));
    assert_true(near(b.x + b.width, MARGIN + MEASURE));
    /* A caption stands below its own image, in its column; the text goes on below the longer one. */
    const LayoutBox *left = lines_of(k, 0, first->last), *right = lines_of(k, 0, second->last), *next = lines_of(k, 0, after);
    assert_true(left->rect.y >= a.y + a.height && near(left->rect.x, a.x) && near(left->rect.width, a.width));
    assert_true(right->rect.y >= b.y + b.height && near(right->rect.x, b.x));
    assert_true(right->line_count > left->line_count);
    assert_true(next->rect.y >= right->rect.y + right->rect.height);
    /* And both outputs are told what the columns are. */
    assert_int_equal(k->layout->measures[row->number], MEASURE);
    assert_int_equal(k->layout->measures[first->number], a.width);
    assert_int_equal(k->layout->measures[second->first->number], k->layout->measures[second->number]);
}

static void a_narrow_image_does_not_make_a_narrow_column(void **state) {
    Case *k = *state;
    Node *row = add(k, k->tree->root, NODE_FIGURES);
    row->value = 2;
    Node *first = figure_add(k, row, &k->tall, 3), *second = figure_add(k, row, &k->wide, 3);
    lay_out(k);
    uint32_t page;
    assert_true(near(image_rect(k, 0, &page).height, image_rect(k, 1, &page).height));
    assert_true(image_rect(k, 0, &page).width < k->layout->measures[first->number]);
    assert_int_equal(k->layout->measures[first->number], (MEASURE - GAP) / 2);
    assert_int_equal(k->layout->measures[second->number], (MEASURE - GAP) / 2);
}

static void widths_that_are_given_stand(void **state) {
    Case *k = *state;
    Node *row = add(k, k->tree->root, NODE_FIGURES);
    row->value = 2;
    for (int i = 0; i < 2; i++)
        node_add_attribute(k->arena, figure_add(k, row, &k->wide, 2)->first, STR("width"), i ? STR("60%") : STR("96pt"));
    lay_out(k);
    uint32_t page;
    assert_int_equal(image_rect(k, 0, &page).width, 96 * PT);
    assert_int_equal(image_rect(k, 1, &page).width, MEASURE * 60 / 100);
}

static void rows_are_as_long_as_they_may_be(void **state) {
    Case *k = *state;
    Node *row = add(k, k->tree->root, NODE_FIGURES);
    row->value = 2;
    for (int i = 0; i < 5; i++) figure_add(k, row, &k->square, 2);
    lay_out(k);
    uint32_t page, pages[5];
    Rect r[5];
    for (uint32_t i = 0; i < 5; i++) r[i] = image_rect(k, i, &pages[i]);
    for (uint32_t i = 0; i < 5; i += 2) assert_int_equal(r[i].x, MARGIN);
    assert_int_equal(r[0].y, r[1].y);
    assert_int_equal(r[2].y, r[3].y);
    assert_int_equal(pages[2], pages[3]);
    assert_true(pages[2] > pages[0] || r[2].y > r[0].y);
    assert_true(near(r[4].width, r[0].width));
    image_rect(k, 4, &page);
}

/* A row is never cut; in columns too narrow for words, or with more words than a page holds, figures stand below each other. */
static void what_does_not_fit_is_stacked(void **state) {
    Case *k = *state;
    text_add(k, k->tree->root, NODE_PARAGRAPH, 150);
    Node *row = add(k, k->tree->root, NODE_FIGURES), *narrow = add(k, k->tree->root, NODE_FIGURES);
    row->value = narrow->value = 2;
    figure_add(k, row, &k->wide, 2);
    figure_add(k, row, &k->wide, 2);
    figure_add(k, narrow, &k->wide, 2);
    figure_add(k, narrow, &k->wide, 900);
    lay_out(k);
    uint32_t pages[4];
    Rect r[4];
    for (uint32_t i = 0; i < 4; i++) r[i] = image_rect(k, i, &pages[i]);
    assert_int_equal(pages[0], pages[1]);
    assert_int_equal(r[0].y, r[1].y);
    assert_int_equal(r[2].x, r[3].x);
    assert_true(pages[3] > pages[2] || r[3].y > r[2].y);
    assert_int_equal(k->layout->measures[narrow->number], 0);
}

static void large_type_has_fewer_columns(void **state) {
    Case *k = *state;
    k->body.size = 40 * PT;
    k->body.leading = 48 * PT;
    Node *row = add(k, k->tree->root, NODE_FIGURES);
    row->value = 4;
    for (int i = 0; i < 4; i++) figure_add(k, row, &k->wide, 1);
    lay_out(k);
    uint32_t page;
    for (uint32_t i = 0; i < 4; i++) assert_int_equal(image_rect(k, i, &page).x, MARGIN);
}

static uint32_t fills_of(const Case *k, uint32_t page, const Node *node, Lu height) {
    uint32_t count = 0;
    for (uint32_t b = 0; b < k->layout->items[page].count; b++) {
        const LayoutBox *box = &k->layout->items[page].items[b];
        count += box->kind == BOX_FILL && box->node == node && (height ? box->rect.height == height : box->rect.height > 2 * PT);
    }
    return count;
}

/* Over three pages: ground and bar on each, the borders above and below only where the box begins and ends. */
static void a_cut_box_is_open_at_the_cut(void **state) {
    Case *k = *state;
    text_add(k, k->tree->root, NODE_PARAGRAPH, 100);
    Node *box = add(k, k->tree->root, NODE_BOX);
    for (int i = 0; i < 12; i++) text_add(k, box, NODE_PARAGRAPH, 45);
    lay_out(k);
    assert_int_equal(k->layout->count, 4);
    for (uint32_t p = 0; p < 4; p++) {
        assert_int_equal(fills_of(k, p, box, 0), 2);
        assert_int_equal(fills_of(k, p, box, 2 * PT), p == 0 || p == 3 ? 1 : 0);
    }
    /* Padding at the cut, too. */
    const LayoutBox *first = NULL;
    for (uint32_t b = 0; b < k->layout->items[1].count && !first; b++)
        if (k->layout->items[1].items[b].kind == BOX_LINES) first = &k->layout->items[1].items[b];
    assert_int_equal(first->rect.y, MARGIN + 10 * PT);
}

static void a_short_box_is_not_cut(void **state) {
    Case *k = *state;
    for (int i = 0; i < 2; i++) {
        text_add(k, k->tree->root, NODE_PARAGRAPH, 170);
        Node *box = add(k, k->tree->root, NODE_BOX);
        for (int n = 0; n < 3; n++) text_add(k, box, NODE_PARAGRAPH, 30);
    }
    k->box.keep_short = LINE * 12;
    lay_out(k);
    for (uint32_t n = 0; n < k->tree->count; n++) {
        const Node *node = k->tree->nodes[n];
        if (node->kind != NODE_BOX) continue;
        uint32_t pages = 0;
        for (uint32_t p = 0; p < k->layout->count; p++) pages += fills_of(k, p, node, 0) > 0;
        assert_int_equal(pages, 1);
    }
}

/* Whatever an item begins with, its label stands beside it: an image, a box, a list in a list, however deep. */
static void labels_stand_beside_anything(void **state) {
    Case *k = *state;
    Node *list = add(k, k->tree->root, NODE_LIST), *item = add(k, list, NODE_ITEM);
    list->tight = true;
    figure_add(k, item, &k->wide, 2);
    Node *boxed = add(k, list, NODE_ITEM);
    text_add(k, add(k, boxed, NODE_BOX), NODE_PARAGRAPH, 2);
    Node *outer = list;
    uint32_t items = 2;
    for (int depth = 0; depth < 9; depth++, items++) {
        Node *inner = add(k, outer, NODE_ITEM);
        outer = add(k, inner, NODE_LIST);
    }
    text_add(k, add(k, outer, NODE_ITEM), NODE_PARAGRAPH, 2);
    items++;
    k->body.marker = k->none.marker = MARKER_DISC;
    k->none.indent_left = 10 * PT;
    lay_out(k);
    uint32_t labels = 0;
    for (uint32_t b = 0; b < k->layout->items[0].count; b++) {
        const LayoutBox *box = &k->layout->items[0].items[b];
        for (uint32_t l = 0; l < box->line_count; l++)
            for (uint32_t r = 0; r < box->lines[l].run_count; r++) labels += box->lines[l].runs[r].role == RUN_LABEL;
    }
    assert_int_equal(labels, items);
    uint32_t page;
    Rect image = image_rect(k, 0, &page);
    const LayoutBox *label = lines_of(k, 0, item);
    assert_true(label->rect.x + label->rect.width <= image.x && label->rect.y == image.y);
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

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(equal_heights_fill_the_measure),
        TEST(a_narrow_image_does_not_make_a_narrow_column),
        TEST(widths_that_are_given_stand),
        TEST(rows_are_as_long_as_they_may_be),
        TEST(what_does_not_fit_is_stacked),
        TEST(large_type_has_fewer_columns),
        TEST(a_cut_box_is_open_at_the_cut),
        TEST(a_short_box_is_not_cut),
        TEST(labels_stand_beside_anything),
    };
    return cmocka_run_group_tests(tests, fonts_setup, fonts_teardown);
}
