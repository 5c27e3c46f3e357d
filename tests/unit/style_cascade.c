/* style: which rules reach a node, what they compute to, and that equal styles are one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "style/style.h"

typedef struct {
    Arena *arena;
    Diags diags;
    char folder[64];
} World;

static int open_world(void **state) {
    World *w = calloc(1, sizeof *w);
    w->arena = arena_open();
    w->diags = diags_new(w->arena);
    snprintf(w->folder, sizeof w->folder, "/tmp/brief-style-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    *state = w;
    return 0;
}

static int close_world(void **state) {
    World *w = *state;
    unlink(str_c(w->arena, str_format(w->arena, "%s/sheet.yaml", w->folder)));
    rmdir(w->folder);
    arena_close(w->arena);
    free(w);
    return 0;
}

/* A sheet from its text, extending base unless it says otherwise. */
static Sheet *sheet_of(World *w, const char *text) {
    Str path = str_format(w->arena, "%s/sheet.yaml", w->folder);
    assert_true(file_write(&w->diags, path, str_from(text)));
    Sheet *sheet = sheet_open(w->arena, &w->diags, path, (Place){0}, NULL);
    if (!sheet)
        for (uint32_t i = 0; i < w->diags.count; i++) print_message(STR_FMT "\n", STR_ARG(w->diags.items[i].message));
    assert_non_null(sheet);
    return sheet;
}

static Tree *tree_with_root(World *w) {
    Tree *tree = tree_new(w->arena, NULL);
    tree->root = node_new(w->arena, NODE_DOCUMENT, 0, 0);
    return tree;
}

static Node *add(World *w, Node *parent, NodeKind kind) {
    Node *node = node_new(w->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

static void units_are_exact(void **state) {
    World *w = *state;
    Sheet *sheet =
        sheet_of(w, "page: {grid: 17.5pt}\n"
                    "rules:\n"
                    "  document: {size: 10pt}\n"
                    "  paragraph: {size: 2em, space-before: 1in, space-after: 25.4mm, indent-left: 2.54cm, indent-right: 0.5em,\n"
                    "    first-indent: -3pt, leading: 1.5 line, letter-spacing: 0.01em}\n");
    Tree *tree = tree_with_root(w);
    Node *paragraph = add(w, tree->root, NODE_PARAGRAPH);
    tree_number(tree);
    Styles *styles = styles_compute(w->arena, sheet, tree);
    const Style *style = style_of(styles, paragraph);
    assert_int_equal(styles->page->grid, LU_FROM_PT(17.5));
    assert_int_equal(style->size, LU_FROM_PT(20)); /* em of a size is the parent's */
    assert_int_equal(style->space_before, LU_FROM_PT(72));
    assert_int_equal(style->space_after, LU_FROM_PT(72));
    assert_int_equal(style->indent_left, LU_FROM_PT(72));
    assert_int_equal(style->indent_right, LU_FROM_PT(10)); /* em of anything else is its own */
    assert_int_equal(style->first_indent, -LU_FROM_PT(3));
    assert_int_equal(style->leading, LU_FROM_PT(26.25));
    assert_int_equal(style->letter_spacing, 13); /* 0.2 pt in 64ths, rounded */
}

static void special_rules_win_then_later_ones(void **state) {
    World *w = *state;
    Sheet *sheet = sheet_of(w, "rules:\n"
                               "  box.summary paragraph: {size: 40pt}\n"
                               "  .wide: {size: 30pt}\n"
                               "  box paragraph: {size: 20pt}\n"
                               "  paragraph: {size: 10pt}\n"
                               "  paragraph.wide: {colour: \"#010203\"}\n"
                               "  .late: {size: 31pt}\n"
                               "  heading: {size: 50pt}\n"
                               "  box list item: {size: 33pt}\n");
    Tree *tree = tree_with_root(w);
    Node *plain = add(w, tree->root, NODE_PARAGRAPH);
    Node *wide = add(w, tree->root, NODE_PARAGRAPH);
    node_add_class(w->arena, wide, STR("wide"));
    Node *late = add(w, tree->root, NODE_PARAGRAPH);
    node_add_class(w->arena, late, STR("late"));
    node_add_class(w->arena, late, STR("wide"));
    Node *heading = add(w, tree->root, NODE_HEADING);
    heading->value = 2;
    Node *box = add(w, tree->root, NODE_BOX);
    node_more(w->arena, box)->variant = STR("box");
    Node *list = add(w, box, NODE_LIST);
    Node *item = add(w, list, NODE_ITEM);
    Node *deep = add(w, item, NODE_PARAGRAPH);
    Node *summary = add(w, tree->root, NODE_BOX);
    node_more(w->arena, summary)->variant = STR("summary");
    Node *inside = add(w, summary, NODE_PARAGRAPH);
    Node *outside = add(w, tree->root, NODE_LIST);
    Node *other = add(w, outside, NODE_ITEM);
    tree_number(tree);
    Styles *styles = styles_compute(w->arena, sheet, tree);
    assert_int_equal(style_of(styles, plain)->size, LU_FROM_PT(10));
    assert_int_equal(style_of(styles, wide)->size, LU_FROM_PT(30));
    assert_int_equal(style_of(styles, wide)->colour.b, 3);
    assert_int_equal(style_of(styles, late)->size, LU_FROM_PT(31));
    assert_int_equal(style_of(styles, heading)->size, LU_FROM_PT(50)); /* the extending sheet comes after the base's heading-2 */
    assert_int_equal(style_of(styles, deep)->size, LU_FROM_PT(20));
    assert_int_equal(style_of(styles, inside)->size, LU_FROM_PT(40));
    assert_int_equal(style_of(styles, item)->size, LU_FROM_PT(33));
    assert_int_equal(style_of(styles, other)->size, LU_FROM_PT(12));
}

static void states_of_nodes_count_as_classes(void **state) {
    World *w = *state;
    Sheet *sheet = sheet_of(w, "rules:\n"
                               "  list.ordered: {size: 21pt}\n"
                               "  list.tight.ordered: {size: 22pt}\n"
                               "  item.task: {size: 23pt}\n"
                               "  table-cell.header: {size: 24pt}\n");
    Tree *tree = tree_with_root(w);
    Node *ordered = add(w, tree->root, NODE_LIST);
    ordered->ordered = true;
    Node *tight = add(w, tree->root, NODE_LIST);
    tight->ordered = tight->tight = true;
    Node *task = add(w, tight, NODE_ITEM);
    task->task = TASK_OPEN;
    Node *cell = add(w, add(w, add(w, tree->root, NODE_TABLE), NODE_TABLE_ROW), NODE_TABLE_CELL);
    cell->header = true;
    tree_number(tree);
    Styles *styles = styles_compute(w->arena, sheet, tree);
    assert_int_equal(style_of(styles, ordered)->size, LU_FROM_PT(21));
    assert_int_equal(style_of(styles, tight)->size, LU_FROM_PT(22));
    assert_int_equal(style_of(styles, task)->size, LU_FROM_PT(23));
    assert_int_equal(style_of(styles, cell)->size, LU_FROM_PT(24));
}

static void inheritance_follows_the_table(void **state) {
    World *w = *state;
    Sheet *sheet =
        sheet_of(w, "rules:\n"
                    "  block-quote: {colour: \"#102030\", space-after: 9pt, background: \"#eeeeee\", border-left: 2pt}\n"
                    "  superscript: {baseline-shift: 4pt}\n"
                    "  mark: {background: \"#ffff00\"}\n");
    Tree *tree = tree_with_root(w);
    Node *quote = add(w, tree->root, NODE_BLOCK_QUOTE);
    Node *paragraph = add(w, quote, NODE_PARAGRAPH);
    Node *twice = add(w, add(w, add(w, paragraph, NODE_SUPERSCRIPT), NODE_SUPERSCRIPT), NODE_TEXT);
    Node *marked = add(w, add(w, add(w, paragraph, NODE_MARK), NODE_STRONG), NODE_TEXT);
    tree_number(tree);
    Styles *styles = styles_compute(w->arena, sheet, tree);
    const Style *inner = style_of(styles, paragraph);
    assert_int_equal(inner->colour.b, 0x30);
    assert_false(inner->has_background);
    assert_int_equal(inner->border_left.width, 0);
    assert_int_not_equal(inner->space_after, LU_FROM_PT(9));
    assert_int_equal(style_of(styles, quote)->border_left.colour.b, 0x30); /* a border without a colour has the text's */
    assert_int_equal(style_of(styles, twice)->baseline_shift, LU_FROM_PT(8));
    assert_true(style_of(styles, marked)->has_background); /* what is inside a marked passage is marked */
    assert_true(style_of(styles, marked)->bold);
}

static void equal_styles_are_one(void **state) {
    World *w = *state;
    Sheet *sheet = sheet_of(w, "rules:\n  .one: {size: 14pt}\n  .two: {size: 14pt}\n");
    Tree *tree = tree_with_root(w);
    Node *one = add(w, tree->root, NODE_PARAGRAPH), *two = add(w, tree->root, NODE_PARAGRAPH),
         *third = add(w, tree->root, NODE_PARAGRAPH);
    node_add_class(w->arena, one, STR("one"));
    node_add_class(w->arena, two, STR("two"));
    node_add_class(w->arena, third, STR("unknown"));
    Node *fourth = add(w, tree->root, NODE_PARAGRAPH);
    tree_number(tree);
    Styles *styles = styles_compute(w->arena, sheet, tree);
    assert_ptr_equal(style_of(styles, one), style_of(styles, two));
    assert_ptr_equal(style_of(styles, third), style_of(styles, fourth));
    assert_ptr_not_equal(style_of(styles, one), style_of(styles, third));
    uint32_t most = 0;
    for (NodeNumber n = 0; n < tree->count; n++)
        if (styles->by_node[n]->index > most) most = styles->by_node[n]->index;
    assert_true(most < 8); /* dense */
}

static void furniture_of_the_first_page_follows_unless_given(void **state) {
    World *w = *state;
    const PageStyle *page = sheet_page(sheet_of(w, "page:\n"
                                                   "  head: {left: L, centre: C}\n"
                                                   "  first-head: {left: F}\n"
                                                   "  foot: {right: \"{page-of-pages}\"}\n"
                                                   "  paper: A5\n"));
    assert_true(str_is(page->head.left, "L"));
    assert_true(str_is(page->head.centre, "C"));
    assert_true(str_is(page->head.right, "{title}")); /* base's stays */
    assert_true(str_is(page->first_head.left, "F"));
    assert_true(str_is(page->first_head.right, "")); /* base says none */
    assert_true(str_is(page->first_foot.right, "{page-of-pages}"));
    assert_int_equal(page->width, 26850); /* 148 mm */
}

static void a_user_s_colours_reach_the_base_s_rules(void **state) {
    World *w = *state;
    Sheet *sheet = sheet_of(w, "colours: {accent: \"#700020\", text: \"#111\"}\n");
    Tree *tree = tree_with_root(w);
    Node *copy = add(w, tree->root, NODE_PULL_COPY);
    tree_number(tree);
    Styles *styles = styles_compute(w->arena, sheet, tree);
    assert_int_equal(style_of(styles, copy)->colour.r, 0x70);
    assert_int_equal(style_of(styles, copy)->border_top.colour.b, 0x20);
    assert_int_equal(style_of(styles, tree->root)->colour.r, 0x11);
}

/* A hundred thousand nodes nested in one another, and as many beside one another, each with a class. Were a rule matched again for each,
 * or an ancestor looked for, this would take minutes. */
static void large_documents_are_linear(void **state) {
    World *w = *state;
    Sheet *sheet = sheet_open(w->arena, &w->diags, STR("briefing"), (Place){0}, NULL);
    assert_non_null(sheet);
    Tree *tree = tree_with_root(w);
    Node *at = tree->root;
    for (int i = 0; i < 100000; i++) {
        at = add(w, at, i % 3 ? NODE_DIV : NODE_SMALL);
        Node *paragraph = add(w, tree->root, NODE_PARAGRAPH);
        node_add_class(w->arena, paragraph, str_format(w->arena, "c%d", i));
        add(w, paragraph, NODE_TEXT);
    }
    tree_number(tree);
    clock_t start = clock();
    Styles *styles = styles_compute(w->arena, sheet, tree);
    clock_t took = clock() - start;
    print_message("%u nodes: %ld ms\n", (unsigned)tree->count, (long)(took * 1000 / CLOCKS_PER_SEC));
    assert_true(took < 5 * CLOCKS_PER_SEC);
    assert_true(style_of(styles, at)->size >= LU_PT);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(units_are_exact),
        TEST(special_rules_win_then_later_ones),
        TEST(states_of_nodes_count_as_classes),
        TEST(inheritance_follows_the_table),
        TEST(equal_styles_are_one),
        TEST(furniture_of_the_first_page_follows_unless_given),
        TEST(a_user_s_colours_reach_the_base_s_rules),
        TEST(large_documents_are_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
