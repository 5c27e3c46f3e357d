/* Paper of two sides: where page 1 lies, which pages are blank, what is on those; and a cover that must fit its page. */
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct {
    Arena *arena;
    Diags diags;
    Fonts *fonts;
    Tree *tree;
} Case;

static Case case_new(void) {
    Case c = {.arena = arena_open(), .fonts = fonts_open()};
    c.diags = diags_new(c.arena);
    c.tree = tree_new(c.arena, NULL);
    return c;
}

static void case_end(Case *c) {
    fonts_close(c->fonts);
    arena_close(c->arena);
}

static Node *add(Case *c, Node *parent, NodeKind kind) {
    Node *node = node_new(c->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

static Node *add_words(Case *c, Node *parent, NodeKind kind, const char *words) {
    Node *block = add(c, parent, kind);
    add(c, block, NODE_TEXT)->text = str_from(words);
    return block;
}

static Node *add_front(Case *c, const char *variant, unsigned lines) {
    Node *front = add(c, c->tree->root, NODE_FRONT);
    node_more(c->arena, front)->variant = str_from(variant);
    for (unsigned i = 0; i < lines; i++) add_words(c, front, NODE_FRONT_LINE, "A line of the front");
    return front;
}

static const Layout *laid_out(Case *c, const Variant *variant) {
    const Sheet *sheet = sheet_open(c->arena, &c->diags, STR("report"), (Place){0}, NULL);
    assert_non_null(sheet);
    tree_number(c->tree);
    const Styles *styles = styles_compute(c->arena, sheet_vary(c->arena, sheet, variant), c->tree);
    const Image **images = NEW_ARRAY(c->arena, const Image *, c->tree->count);
    Layout *layout = layout_document(c->arena, &c->diags, c->fonts, c->tree, styles, images);
    layout_verify(layout);
    return layout;
}

static bool has(const Page *page, ArtifactKind kind) {
    for (uint32_t b = 0; b < page->count; b++)
        if (page->items[b].artifact == kind) return true;
    return false;
}

static void is_label(const Layout *layout, uint32_t page, const char *label) {
    assert_true(str_is(layout->items[page].label, label));
}

static void page_one_is_a_right_hand_page(void **state) {
    (void)state;
    for (unsigned front = 1; front <= 3; front++) {
        Case c = case_new();
        c.tree->meta.marking = STR("Official");
        add_front(&c, "cover", 1);
        for (unsigned i = 1; i < front; i++) add_front(&c, "verso", 1);
        add_words(&c, c.tree->root, NODE_PARAGRAPH, "Words.");
        const Layout *layout = laid_out(&c, &(Variant){.print = true});
        uint32_t body = front + front % 2; /* which is even: an odd page of the paper */
        assert_int_equal(layout->count, body + 1);
        is_label(layout, body, "1");
        if (front % 2) {
            const Page *blank = &layout->items[body - 1];
            is_label(layout, body - 1, front == 1 ? "ii" : "iv");
            assert_true(blank->start_node == layout->items[body].start_node && blank->start_offset == 0);
            assert_true(has(blank, ARTIFACT_MARKING) && !has(blank, ARTIFACT_FOOT) && !has(blank, ARTIFACT_HEAD));
        }
        assert_int_equal(laid_out(&c, &(Variant){0})->count, front + 1); /* a screen has no sides */
        case_end(&c);
    }
}

static void sheets_are_filled_up(void **state) {
    (void)state;
    for (unsigned pages = 1; pages <= 5; pages++) {
        Case c = case_new();
        c.tree->meta.marking = STR("Official");
        for (unsigned i = 0; i < pages; i++) {
            if (i) add(&c, c.tree->root, NODE_PAGE_BREAK);
            add_words(&c, c.tree->root, NODE_PARAGRAPH, "Words.");
        }
        const Layout *layout = laid_out(&c, &(Variant){.print = true, .fill_sheets = true});
        assert_int_equal(layout->count, (pages + 3) / 4 * 4);
        for (uint32_t i = 0; i < layout->count; i++) {
            const Page *page = &layout->items[i];
            is_label(layout, i, str_format(c.arena, "%u", i + 1).p);
            assert_int_equal(page->start_node != NULL, i < pages);
            assert_true(has(page, ARTIFACT_MARKING));
            assert_int_equal(has(page, ARTIFACT_FOOT), i < pages);
        }
        case_end(&c);
    }
}

/* Its lines need more room with their white than there is. */
static void a_cover_keeps_to_its_page(void **state) {
    (void)state;
    for (unsigned lines = 1; lines < 24; lines++) {
        Case c = case_new();
        add_front(&c, "cover", lines);
        add_words(&c, c.tree->root, NODE_PARAGRAPH, "Words.");
        assert_int_equal(laid_out(&c, &(Variant){.large_print = 20})->count, 2);
        case_end(&c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_one_is_a_right_hand_page),
        cmocka_unit_test(sheets_are_filled_up),
        cmocka_unit_test(a_cover_keeps_to_its_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
