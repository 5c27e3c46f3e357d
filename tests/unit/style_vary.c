/* Variants of sheets: what large print and print promise, of every built-in sheet and of a user's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "style/style.h"

typedef struct {
    Arena *arena;
    Diags diags;
    Tree *tree;
} World;

static Node *add(World *w, Node *parent, NodeKind kind) {
    Node *node = node_new(w->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

/* Every kind once below the document, text blocks and inlines with every inline in them, each of which has a text. */
static void tree_make(World *w) {
    w->tree = tree_new(w->arena, NULL);
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        KindLevel level = tree_kind((NodeKind)kind)->level;
        if (kind == NODE_DOCUMENT || level == LEVEL_INLINE || level == LEVEL_LEAF) continue;
        Node *block = add(w, w->tree->root, (NodeKind)kind);
        block->value = 1;
        for (int inner = 0; inner < NODE_KIND_COUNT; inner++) {
            KindLevel inside = tree_kind((NodeKind)inner)->level;
            if (level != LEVEL_TEXT_BLOCK || (inside != LEVEL_INLINE && inside != LEVEL_LEAF)) continue;
            Node *inlined = add(w, block, (NodeKind)inner);
            if (inside == LEVEL_INLINE) add(w, inlined, NODE_TEXT)->text = STR("x");
        }
    }
    tree_number(w->tree);
}

static int open_world(void **state) {
    World *w = calloc(1, sizeof *w);
    w->arena = arena_open();
    w->diags = diags_new(w->arena);
    tree_make(w);
    *state = w;
    return 0;
}

static int close_world(void **state) {
    World *w = *state;
    arena_close(w->arena);
    free(w);
    return 0;
}

static const Sheet *opened(World *w, Str name) {
    const Sheet *sheet = sheet_open(w->arena, &w->diags, name, (Place){0}, NULL);
    assert_non_null(sheet);
    return sheet;
}

static bool is_black(Colour c) { return c.r == 0 && c.g == 0 && c.b == 0; }

static void large_print_is_large_and_plain(void **state) {
    World *w = *state;
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names);
    for (uint32_t s = 0; s < count; s++) {
        const Sheet *sheet = opened(w, names[s].name);
        for (int32_t size = LARGE_PRINT_LEAST; size <= LARGE_PRINT_MOST; size += 4) {
            const Sheet *large = sheet_vary(w->arena, sheet, &(Variant){.large_print = size});
            const Styles *styles = styles_compute(w->arena, large, w->tree);
            assert_int_equal(style_of(styles, w->tree->root)->size, LU_FROM_PT(size));
            for (NodeNumber n = 0; n < w->tree->count; n++) {
                const Style *style = styles->by_node[n];
                Lu least = style->baseline_shift != 0 ? LU_FROM_PT(size) * 4 / 5 : LU_FROM_PT(size);
                assert_true(style->size >= least);
                assert_true(style->leading >= style->size);
                assert_true(!style->italic && !style->small_capitals && !style->fractions && !style->drawn_scripts && style->figures == FIGURES_LINING && !style->hyphenate && style->align == TEXT_LEFT);
                assert_true(style->family != FAMILY_SERIF && is_black(style->colour) && !style->has_background);
                assert_true(style->placement == PLACE_BETWEEN || w->tree->nodes[n]->kind != NODE_PULL_COPY);
            }
            assert_true(styles->running_head->size >= LU_FROM_PT(14) && styles->marking->size >= LU_FROM_PT(14));
            const PageStyle *page = styles->page;
            assert_true(page->width > 595 * LU_PT && page->width < 596 * LU_PT); /* A4 */
            assert_int_equal((page->height - page->margin_top - page->margin_bottom) % page->grid, 0);
        }
    }
}

static const Style *of_kind(const World *w, const Styles *styles, NodeKind kind) {
    for (NodeNumber n = 0; n < w->tree->count; n++)
        if (w->tree->nodes[n]->kind == kind) return styles->by_node[n];
    fail_msg("no such node");
    return NULL;
}

static void print_is_black_and_keeps_its_lines(void **state) {
    World *w = *state;
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names);
    for (uint32_t s = 0; s < count; s++) {
        const Sheet *sheet = opened(w, names[s].name);
        const Styles *usual = styles_compute(w->arena, sheet, w->tree);
        const Styles *print = styles_compute(w->arena, sheet_vary(w->arena, sheet, &(Variant){.print = true}), w->tree);
        for (NodeNumber n = 0; n < w->tree->count; n++) {
            assert_true(is_black(print->by_node[n]->colour));
            assert_int_equal(print->by_node[n]->size, usual->by_node[n]->size);
            assert_int_equal(print->by_node[n]->leading, usual->by_node[n]->leading);
        }
        assert_false(of_kind(w, print, NODE_LINK)->underline);
        const PageStyle *page = print->page, *was = usual->page;
        assert_true(page->two_sided && page->margin_left != page->margin_right);
        assert_int_equal(page->margin_left + page->margin_right, was->margin_left + was->margin_right);
        assert_int_equal(page->multiple, 0);
    }
}

/* What a link had of colour alone, large print shows by a line. */
static void links_show_in_large_print(void **state) {
    World *w = *state;
    const Sheet *sheet = sheet_vary(w->arena, opened(w, STR("plain")), &(Variant){.large_print = 20});
    assert_true(of_kind(w, styles_compute(w->arena, sheet, w->tree), NODE_LINK)->underline);
}

static void the_sheet_itself_does_not_change(void **state) {
    World *w = *state;
    const Sheet *sheet = opened(w, STR("briefing"));
    Buf before = buf_new(w->arena), after = buf_new(w->arena), css = buf_new(w->arena), varied_css = buf_new(w->arena);
    styles_dump(styles_compute(w->arena, sheet, w->tree), w->tree, &before);
    sheet_css(sheet, &css);
    const Sheet *varied = sheet_vary(w->arena, sheet, &(Variant){.large_print = 20, .print = true, .fill_sheets = true});
    assert_int_equal(sheet_page(varied)->multiple, 4);
    assert_true(sheet_page(varied)->two_sided && !sheet_page(sheet)->two_sided);
    styles_dump(styles_compute(w->arena, sheet, w->tree), w->tree, &after);
    sheet_css(varied, &varied_css);
    assert_string_equal(before.p, after.p);
    assert_string_equal(css.p, varied_css.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(large_print_is_large_and_plain, open_world, close_world),
        cmocka_unit_test_setup_teardown(print_is_black_and_keeps_its_lines, open_world, close_world),
        cmocka_unit_test_setup_teardown(links_show_in_large_print, open_world, close_world),
        cmocka_unit_test_setup_teardown(the_sheet_itself_does_not_change, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
