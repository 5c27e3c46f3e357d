/* style: what the built-in sheets promise (contrast, size, grid), and what the CSS made from them must not do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "style/style.h"

typedef struct {
    Arena *arena;
    Diags diags;
} World;

static int open_world(void **state) {
    World *w = calloc(1, sizeof *w);
    w->arena = arena_open();
    w->diags = diags_new(w->arena);
    *state = w;
    return 0;
}

static int close_world(void **state) {
    World *w = *state;
    arena_close(w->arena);
    free(w);
    return 0;
}

/* ---- Contrast, by WCAG's own formula: x to the 2.4 is the fifth root of x to the 12 ------------------------------------- */

static double light_of(double channel) {
    double x = channel / 255;
    if (x <= 0.04045) return x / 12.92;
    x = (x + 0.055) / 1.055;
    double power = x * x * x * x;
    power = power * power * power;
    double root = 1;
    for (int i = 0; i < 60; i++) root -= (root * root * root * root * root - power) / (5 * root * root * root * root);
    return root;
}

static double luminance_of(Colour c) { return 0.2126 * light_of(c.r) + 0.7152 * light_of(c.g) + 0.0722 * light_of(c.b); }

static double contrast_of(Colour a, Colour b) {
    double one = luminance_of(a) + 0.05, other = luminance_of(b) + 0.05;
    return one > other ? one / other : other / one;
}

static const Colour white = {255, 255, 255}, black = {0, 0, 0};

static void the_formula_is_right(void **state) {
    (void)state;
    assert_true(contrast_of(black, white) > 20.99 && contrast_of(black, white) < 21.01);
    Colour grey = {0x76, 0x76, 0x76}; /* the well-known 4.54:1 */
    assert_true(contrast_of(grey, white) > 4.53 && contrast_of(grey, white) < 4.55);
}

/* ---- A tree that has everything, everywhere ------------------------------------------------------------------------------ */

static Node *add(World *w, Node *parent, NodeKind kind) {
    Node *node = node_new(w->arena, kind, 0, 0);
    node_append(parent, node);
    return node;
}

static void add_inlines(World *w, Node *block) {
    add(w, block, NODE_TEXT);
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        if (tree_kind((NodeKind)kind)->level == LEVEL_INLINE) add(w, add(w, add(w, block, (NodeKind)kind), NODE_LINK), NODE_TEXT);
        if (tree_kind((NodeKind)kind)->level == LEVEL_LEAF) add(w, block, (NodeKind)kind);
    }
}

/* The title block holds its own lines only: a sheet may set it on a ground of its own. */
static void add_title_lines(World *w, Node *parent) {
    for (int kind = NODE_TITLE; kind <= NODE_DATELINE; kind++) add_inlines(w, add(w, parent, (NodeKind)kind));
}

static void add_blocks(World *w, Node *parent) {
    for (int kind = NODE_TITLE; kind < NODE_KIND_COUNT; kind++) {
        KindLevel level = tree_kind((NodeKind)kind)->level;
        for (int32_t value = 1; level == LEVEL_TEXT_BLOCK && value <= (kind == NODE_HEADING ? 6 : 1); value++) {
            Node *block = add(w, parent, (NodeKind)kind);
            block->value = value;
            add_inlines(w, block);
        }
    }
    add(w, parent, NODE_CODE_BLOCK);
}

static Tree *everything(World *w) {
    static const char *const variants[] = {
        "box", "summary", "related", "note", "tip", "important", "warning", "caution", "conclusion", "recommendation"};
    Tree *tree = tree_new(w->arena, NULL);
    tree->root = node_new(w->arena, NODE_DOCUMENT, 0, 0);
    add_title_lines(w, add(w, tree->root, NODE_TITLE_BLOCK));
    add_blocks(w, add(w, tree->root, NODE_SECTION));
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++)
        for (int kind = 0; kind < 2; kind++) {
            Node *box = add(w, tree->root, kind ? NODE_DIV : NODE_BOX);
            node_more(w->arena, box)->variant = str_from(variants[i]);
            add_blocks(w, box);
            add_blocks(w, add(w, add(w, box, NODE_LIST), NODE_ITEM));
            add_blocks(w, add(w, box, NODE_BLOCK_QUOTE));
        }
    add_blocks(w, add(w, tree->root, NODE_PULL_QUOTE));
    add_blocks(w, add(w, add(w, tree->root, NODE_NOTES), NODE_NOTE));
    Node *table = add(w, tree->root, NODE_TABLE);
    for (int i = 0; i < 2; i++) {
        Node *row = add(w, table, NODE_TABLE_ROW), *cell = add(w, row, NODE_TABLE_CELL);
        row->header = cell->header = i == 0;
        add_inlines(w, cell);
    }
    tree_number(tree);
    return tree;
}

/* What a node stands on: its own background or the nearest above. */
static Colour ground_of(const Styles *styles, const Node *node) {
    for (; node; node = node->parent)
        if (style_of(styles, node)->has_background) return style_of(styles, node)->background;
    return white;
}

static void all_text_has_contrast_of_seven(void **state) {
    World *w = *state;
    Tree *tree = everything(w);
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names);
    assert_true(count >= 3);
    for (uint32_t i = 0; i < count; i++) {
        Styles *styles = styles_compute(w->arena, sheet_open(w->arena, &w->diags, names[i].name, (Place){0}, NULL), tree);
        assert_true(contrast_of(styles->running_head->colour, white) >= 7);
        assert_true(contrast_of(styles->running_foot->colour, white) >= 7);
        assert_true(contrast_of(styles->marker->colour, white) >= 7);
        for (NodeNumber n = 0; n < tree->count; n++) {
            const Node *node = tree->nodes[n];
            const Style *style = style_of(styles, node);
            Colour ground = ground_of(styles, node);
            if (contrast_of(style->colour, ground) < 7)
                fail_msg(STR_FMT ": %s in %s: #%02x%02x%02x on #%02x%02x%02x", STR_ARG(names[i].name),
                    tree_kind(node->kind)->name, tree_kind(node->parent->kind)->name, style->colour.r, style->colour.g,
                    style->colour.b, ground.r, ground.g, ground.b);
        }
    }
}

/* Rules that say something: where a box, a pull-quote or the head of a table is. Hairlines only help the eye along. */
static bool rule_carries_meaning(const Node *node) {
    return node->kind == NODE_BOX || node->kind == NODE_PULL_QUOTE || node->kind == NODE_PULL_COPY || node->kind == NODE_STATUS ||
           node->kind == NODE_TABLE || (node->kind == NODE_TABLE_ROW && node->header);
}

static void rules_that_carry_meaning_have_contrast_of_three(void **state) {
    World *w = *state;
    Tree *tree = everything(w);
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names), seen = 0;
    for (uint32_t i = 0; i < count; i++) {
        Styles *styles = styles_compute(w->arena, sheet_open(w->arena, &w->diags, names[i].name, (Place){0}, NULL), tree);
        assert_true(contrast_of(styles->note_area->border_top.colour, white) >= 3);
        for (NodeNumber n = 0; n < tree->count; n++) {
            const Style *style = styles->by_node[n];
            const Border *borders[] = {&style->border_top, &style->border_bottom, &style->border_left, &style->border_right};
            const Border *widest = borders[0];
            for (int b = 1; b < 4; b++)
                if (borders[b]->width > widest->width) widest = borders[b];
            if (!rule_carries_meaning(tree->nodes[n]) || widest->width == 0) continue;
            seen++;
            if (contrast_of(widest->colour, white) < 3)
                fail_msg(STR_FMT ": rule of %s", STR_ARG(names[i].name), tree_kind(tree->nodes[n]->kind)->name);
        }
    }
    assert_true(seen > count * 5);
}

/* Leading and space of what stands in the flow are whole eighths of a line. */
static void the_grid_is_kept(void **state) {
    World *w = *state;
    Tree *tree = everything(w);
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names);
    static const NodeKind kinds[] = {NODE_PARAGRAPH, NODE_HEADING, NODE_LIST, NODE_BOX, NODE_BOX_TITLE, NODE_BLOCK_QUOTE,
        NODE_FIGURE, NODE_TABLE, NODE_TITLE, NODE_SUBTITLE, NODE_STANDFIRST, NODE_PULL_QUOTE};
    for (uint32_t i = 0; i < count; i++) {
        const Styles *styles = styles_compute(w->arena, sheet_open(w->arena, &w->diags, names[i].name, (Place){0}, NULL), tree);
        Lu eighth = styles->page->grid / 8;
        for (NodeNumber n = 0; n < tree->count; n++)
            for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
                const Style *style = styles->by_node[n];
                if (tree->nodes[n]->kind != kinds[k] || node_ancestor(tree->nodes[n], NODE_NOTES)) continue;
                if (style->space_before % eighth || style->space_after % eighth || style->padding_top % eighth)
                    fail_msg(STR_FMT ": space of %s", STR_ARG(names[i].name), tree_kind(kinds[k])->name);
            }
    }
}

static void running_text_is_large_and_on_the_grid(void **state) {
    World *w = *state;
    Tree *tree = everything(w);
    SheetName *names;
    uint32_t count = sheet_names(w->arena, &names);
    for (uint32_t i = 0; i < count; i++) {
        const Styles *styles = styles_compute(w->arena, sheet_open(w->arena, &w->diags, names[i].name, (Place){0}, NULL), tree);
        for (NodeNumber n = 0; n < tree->count; n++) {
            const Style *style = styles->by_node[n];
            if (style->leading < style->size)
                fail_msg(STR_FMT ": %s in %s: %d on %d", STR_ARG(names[i].name), tree_kind(tree->nodes[n]->kind)->name,
                    tree_kind(tree->nodes[n]->parent->kind)->name, (int)style->size, (int)style->leading);
            if (tree->nodes[n]->kind != NODE_PARAGRAPH || tree->nodes[n]->parent->kind != NODE_SECTION) continue;
            assert_true(style->size >= LU_FROM_PT(12));
            assert_int_equal(style->leading, styles->page->grid);
            assert_int_equal(style->align, TEXT_LEFT);
        }
    }
}

static void headings_descend(void **state) {
    World *w = *state;
    Tree *tree = everything(w);
    const Styles *styles = styles_compute(w->arena, sheet_open(w->arena, &w->diags, STR("briefing"), (Place){0}, NULL), tree);
    const Style *above = NULL;
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *node = tree->nodes[n];
        if (node->kind != NODE_HEADING || node->parent->kind != NODE_SECTION) continue;
        assert_true(styles->by_node[n]->keep_with_next);
        if (above) assert_true(styles->by_node[n]->size <= above->size);
        above = styles->by_node[n];
    }
    assert_non_null(above);
    assert_true(styles->page->first_head.left.n == 0 && styles->page->first_head.right.n == 0);
}

/* ---- CSS ------------------------------------------------------------------------------------------------------------------ */

static Str css_of(World *w, const char *name) {
    Buf out = buf_new(w->arena);
    sheet_css(sheet_open(w->arena, &w->diags, str_from(name), (Place){0}, NULL), &out);
    return buf_str(&out);
}

/* Offset behind the next `part` from `at`; 0 when there is none. */
static size_t find_after(Str text, size_t at, const char *part) {
    const char *found = at <= text.n ? strstr(text.p + at, part) : NULL;
    return found ? (size_t)(found - text.p) + strlen(part) : 0;
}

static bool body_sets(Str css, const char *property) {
    for (size_t at = find_after(css, 0, "\nbody {"); at; at = find_after(css, at, "\nbody {")) {
        size_t end = find_after(css, at, "}"), found = find_after(css, at, property);
        if (found && found < end) return true;
    }
    return false;
}

static void css_leaves_size_and_colour_to_the_reader(void **state) {
    World *w = *state;
    const char *const names[] = {"briefing", "report", "plain", "committee", "newsletter", "note"};
    for (int i = 0; i < 6; i++) {
        Str css = css_of(w, names[i]);
        assert_true(body_sets(css, " line-height:")); /* or the search itself finds nothing */
        assert_false(body_sets(css, " font-size:"));
        assert_false(body_sets(css, " color:"));
        assert_false(body_sets(css, " background"));
        assert_int_equal(find_after(css, 0, "0pt"), 0);
        assert_int_equal(find_after(css, 0, "5pt"), 0);
        assert_int_equal(find_after(css, 0, "mm;"), 0);
        assert_true(find_after(css, 0, "prefers-color-scheme: dark"));
        int depth = 0;
        for (size_t at = 0; at < css.n; at++) {
            depth += (css.p[at] == '{') - (css.p[at] == '}');
            assert_in_range(depth, 0, 2);
        }
        assert_int_equal(depth, 0);
    }
}

static void css_keeps_kinds_of_figures_together(void **state) {
    World *w = *state;
    Str css = css_of(w, "committee"); /* the base says tabular, this sheet old-style for all and lining in tables */
    assert_true(find_after(css, 0, "font-variant-numeric: oldstyle-nums;"));
    assert_true(find_after(css, 0, "\ntable {\n"));
    assert_true(find_after(css, 0, "font-variant-numeric: lining-nums tabular-nums;"));
    assert_true(find_after(css, 0, "font-synthesis: weight style;"));
    css = css_of(w, "newsletter"); /* a title in its block is one element, which the block's own rules reach */
    assert_int_equal(find_after(css, 0, ".title-block .title-block"), 0);
}

static Colour read_hex(const char *digits) {
    unsigned long value = strtoul(digits, NULL, 16);
    return (Colour){(uint8_t)(value >> 16), (uint8_t)(value >> 8 & 255), (uint8_t)(value & 255)};
}

static Colour mixed(Colour text, Colour hue, unsigned long share) {
    return (Colour){(uint8_t)((text.r * share + hue.r * (100 - share)) / 100),
        (uint8_t)((text.g * share + hue.g * (100 - share)) / 100), (uint8_t)((text.b * share + hue.b * (100 - share)) / 100)};
}

static void coloured_text_is_legible_by_day_and_night(void **state) {
    World *w = *state;
    const Colour lit = {49, 49, 49}, tint = {0xed, 0xf3, 0xf5}; /* a box on near-black, and on white */
    const char *const names[] = {"briefing", "report"};
    for (int i = 0; i < 2; i++) {
        Str css = css_of(w, names[i]);
        const char *const start = "  color: color-mix(in srgb, currentColor ";
        unsigned seen = 0;
        for (size_t at = find_after(css, 0, start); at; at = find_after(css, at, start), seen++) {
            char *end;
            unsigned long share = strtoul(css.p + at, &end, 10);
            assert_memory_equal(end, "%, #", 4);
            Colour hue = read_hex(end + 4);
            assert_true(contrast_of(mixed(black, hue, share), tint) >= 7);
            if (contrast_of(mixed(white, hue, share), lit) < 4.5)
                fail_msg("%s: %lu%% of white and #%02x%02x%02x", names[i], share, hue.r, hue.g, hue.b);
        }
        assert_true(seen > 5);
        /* And no text has a fixed colour. */
        for (size_t at = find_after(css, 0, "  color: "); at; at = find_after(css, at, "  color: "))
            assert_int_not_equal(css.p[at], '#');
    }
}

/* A mixture in a mixture would be dim. The rule stands before the sheet's, so that a sheet can say otherwise. */
static void coloured_words_are_mixed_once(void **state) {
    World *w = *state;
    const char *const names[] = {"briefing", "report", "newsletter", "note"};
    for (int i = 0; i < 4; i++) {
        Str css = css_of(w, names[i]);
        size_t pair = find_after(css, 0, "figcaption .description"), rule = find_after(css, pair, " {\n  color: inherit;\n}");
        size_t sheet = find_after(css, 0, "\nfigcaption, caption {");
        if (!pair || rule <= pair || rule >= sheet) fail_msg("%s: %zu %zu %zu", names[i], pair, rule, sheet);
        assert_false(find_after(css, 0, ".title-block .title-block"));
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(the_formula_is_right),
        TEST(all_text_has_contrast_of_seven),
        TEST(rules_that_carry_meaning_have_contrast_of_three),
        TEST(the_grid_is_kept),
        TEST(running_text_is_large_and_on_the_grid),
        TEST(headings_descend),
        TEST(css_leaves_size_and_colour_to_the_reader),
        TEST(css_keeps_kinds_of_figures_together),
        TEST(coloured_words_are_mixed_once),
        TEST(coloured_text_is_legible_by_day_and_night),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
