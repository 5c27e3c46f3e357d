/* Pages of made-up documents: whatever their shape, rules of the page hold. The documents are the same in every run. */
#include "image/image.h"
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define GRID (16 * LU_PT)
#define LINES 30

static Fonts *fonts;

typedef struct {
    Arena *arena;
    Tree *tree;
    Diags diags;
    uint32_t random;
    uint32_t pull_count, note_count;
    bool with_notes, with_figures;
} Maker;

static uint32_t random_below(Maker *m, uint32_t limit) {
    m->random = m->random * 1664525u + 1013904223u;
    return (m->random >> 8) % limit;
}

static Node *text_block_add(Maker *m, Node *parent, NodeKind kind, uint32_t words) {
    Node *block = node_new(m->arena, kind, 0, 0), *text = node_new(m->arena, NODE_TEXT, 0, 0);
    static const char *const vocabulary[] = {
        "the", "committee", "of", "letter", "network", "a", "in", "assurance", "has", "equipment"};
    Buf b = buf_new(m->arena);
    for (uint32_t i = 0; i < words; i++) {
        if (i) buf_add_char(&b, ' ');
        buf_add_c(&b, vocabulary[random_below(m, 10)]);
    }
    text->text = buf_str(&b);
    node_append(block, text);
    node_append(parent, block);
    return block;
}

static void pull_add(Maker *m, Node *parent) {
    Node *block = text_block_add(m, parent, NODE_PARAGRAPH, 40 + random_below(m, 60)), *text = block->first;
    Node *span = node_new(m->arena, NODE_SPAN, 0, 0);
    node_unlink(text);
    node_append(block, span);
    node_append(span, text);
    node_more(m->arena, span)->id = str_format(m->arena, "pull-%u", m->pull_count++);
    Node *copy = text_block_add(m, parent, NODE_PULL_COPY, 8 + random_below(m, 8));
    copy->artifact = copy->generated = true;
    node_more(m->arena, copy)->target = str_format(m->arena, "#" STR_FMT, STR_ARG(span->more->id));
}

/* A paragraph with references to one or two notes, and the notes; now and then one that is longer than a page. */
static void notes_add(Maker *m, Node *parent) {
    Node *block = text_block_add(m, parent, NODE_PARAGRAPH, 20 + random_below(m, 60));
    uint32_t count = 1 + random_below(m, 2);
    for (uint32_t i = 0; i < count; i++) {
        Node *reference = node_new(m->arena, NODE_NOTE_REFERENCE, 0, 0), *text = node_new(m->arena, NODE_TEXT, 0, 0);
        node_more(m->arena, reference)->target = str_format(m->arena, "#fn-%u", m->note_count);
        reference->text = str_format(m->arena, "%u", m->note_count + 1);
        text->text = STR(" and so it goes on");
        node_append(block, reference);
        node_append(block, text);
        Node *note = node_new(m->arena, NODE_NOTE, 0, 0);
        node_more(m->arena, note)->id = str_format(m->arena, "fn-%u", m->note_count++);
        note->value = (int32_t)m->note_count;
        node_append(parent, note);
        text_block_add(m, note, NODE_PARAGRAPH, random_below(m, 30) ? 3 + random_below(m, 60) : 700);
        if (!random_below(m, 4)) text_block_add(m, note, NODE_PARAGRAPH, 12);
    }
}

/* A page of its own. */
static void figure_add(Maker *m, Node *parent) {
    Node *figure = node_new(m->arena, NODE_FIGURE, 0, 0);
    node_append(figure, node_new(m->arena, NODE_IMAGE, 0, 0));
    node_append(parent, figure);
}

static Tree *document_make(Maker *m, uint32_t blocks) {
    m->tree = tree_new(m->arena, NULL);
    Node *root = m->tree->root;
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t what = random_below(m, 12);
        if (what == 0)
            text_block_add(m, root, NODE_HEADING, 4)->value = 2;
        else if (what == 1)
            pull_add(m, root);
        else if (m->with_notes && what < 6)
            notes_add(m, root);
        else if (m->with_figures && what == 2)
            figure_add(m, root);
        else
            text_block_add(m, root, NODE_PARAGRAPH, 1 + random_below(m, 120));
    }
    tree_number(m->tree);
    return m->tree;
}

static Styles *styles_make(Maker *m) {
    Styles *styles = NEW(m->arena, Styles);
    PageStyle *page = NEW(m->arena, PageStyle);
    *page = (PageStyle){.width = 500 * LU_PT,
        .height = GRID * (LINES + 4),
        .margin_top = 2 * GRID,
        .margin_bottom = 2 * GRID,
        .margin_left = 50 * LU_PT,
        .margin_right = 100 * LU_PT,
        .grid = GRID};
    Style *paragraph = NEW(m->arena, Style), *heading = NEW(m->arena, Style), *copy = NEW(m->arena, Style);
    *paragraph = (Style){.family = FAMILY_SANS, .size = 12 * LU_PT, .leading = GRID, .space_after = GRID};
    *heading = (Style){.family = FAMILY_SANS,
        .bold = true,
        .size = 16 * LU_PT,
        .leading = GRID * 3 / 2,
        .space_before = GRID * 2,
        .space_after = GRID / 2,
        .keep_with_next = true};
    *copy = (Style){.family = FAMILY_SERIF,
        .size = 20 * LU_PT,
        .leading = GRID * 3 / 2,
        .border_top = {3 * LU_PT, {0, 0, 0}},
        .padding_top = GRID / 2,
        .placement = PLACE_BESIDE,
        .width = 160 * LU_PT,
        .overhang = 60 * LU_PT,
        .gap = 12 * LU_PT,
        .space_before = GRID,
        .space_after = GRID};
    styles->by_node = NEW_ARRAY(m->arena, const Style *, m->tree->count);
    for (uint32_t n = 0; n < m->tree->count; n++) {
        const Node *node = m->tree->nodes[n];
        styles->by_node[n] = node_ancestor(node, NODE_PULL_COPY) ? copy : node_ancestor(node, NODE_HEADING) ? heading : paragraph;
    }
    static const Style none = {0};
    styles->by_node[0] = &none;
    styles->running_head = styles->running_foot = styles->marker = paragraph;
    styles->page = page;
    return styles;
}

static Layout *layout_make(Maker *m) {
    static const Image tall = {.width = 100, .height = 1000};
    const Image **images = NEW_ARRAY(m->arena, const Image *, m->tree->count);
    for (uint32_t n = 0; n < m->tree->count; n++) images[n] = m->tree->nodes[n]->kind == NODE_IMAGE ? &tall : NULL;
    return layout_document(m->arena, &m->diags, fonts, m->tree, styles_make(m), images);
}

static uint32_t lines_of(const Page *page, const Node *node) {
    uint32_t count = 0;
    for (uint32_t b = 0; b < page->count; b++)
        if (page->items[b].node == node && page->items[b].kind == BOX_LINES) count += page->items[b].line_count;
    return count;
}

/* No paragraph leaves one line behind or carries one over; no heading ends a page. */
static void cuts_check(const Layout *layout) {
    for (uint32_t p = 0; p + 1 < layout->count; p++) {
        const Page *page = &layout->items[p], *next = &layout->items[p + 1];
        const Node *last = NULL;
        for (uint32_t b = 0; b < page->count; b++)
            if (page->items[b].artifact == ARTIFACT_NONE && page->items[b].kind == BOX_LINES) last = page->items[b].node;
        assert_non_null(last);
        assert_int_not_equal(last->kind, NODE_HEADING);
        uint32_t before = lines_of(page, last), after = lines_of(next, last);
        if (after) {
            assert_true(before >= 2);
            assert_true(after >= 2);
        }
    }
}

/* And what lists faults finds none of them; some others cannot be avoided. */
static void faults_check(const Layout *layout) {
    static const char *const never[] = {"widow", "orphan", "heading-foot", "hyphen-foot", "pull-quote-split", "line-wide"};
    Diags found = diags_new(layout->arena);
    layout_faults(layout, &found);
    for (uint32_t i = 0; i < found.count; i++)
        for (size_t k = 0; k < sizeof never / sizeof *never; k++) assert_string_not_equal(found.items[i].code, never[k]);
}

static void inside_check(const Layout *layout) {
    const PageStyle *style = layout->styles->page;
    for (uint32_t p = 0; p < layout->count; p++)
        for (uint32_t b = 0; b < layout->items[p].count; b++) {
            const Rect *r = &layout->items[p].items[b].rect;
            assert_true(r->y >= style->margin_top);
            assert_true(r->y + r->height <= style->height - style->margin_bottom);
        }
}

static bool overlap(Lu a, Lu a_end, Lu b, Lu b_end) { return a < b_end && b < a_end; }

/* What stands beside a pull-quote is running text and does not touch it; there are as many copies as words marked. */
static uint32_t pulls_check(const Layout *layout) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < layout->count; p++) {
        const Page *page = &layout->items[p];
        for (uint32_t q = 0; q < page->count; q++) {
            const LayoutBox *quote = &page->items[q];
            if (quote->artifact != ARTIFACT_PULL_QUOTE || quote->kind != BOX_LINES) continue;
            count++;
            for (uint32_t b = 0; b < page->count; b++) {
                const LayoutBox *box = &page->items[b];
                if (box->kind != BOX_LINES || box == quote) continue;
                bool beside =
                    overlap(box->rect.y, box->rect.y + box->rect.height, quote->rect.y, quote->rect.y + quote->rect.height);
                if (beside) assert_int_equal(box->node->kind, NODE_PARAGRAPH);
                for (uint32_t l = 0; l < box->line_count; l++) {
                    Lu top = box->lines[l].baseline - 10 * LU_PT, bottom = box->lines[l].baseline + 3 * LU_PT;
                    if (!overlap(top, bottom, quote->rect.y, quote->rect.y + quote->rect.height)) continue;
                    const Run *last = &box->lines[l].runs[box->lines[l].run_count - 1];
                    Lu space = 4 * LU_PT; /* the space that hangs at the line's end */
                    assert_true(last->x + last->width - space <= quote->rect.x || last->x >= quote->rect.x + quote->rect.width);
                }
            }
        }
    }
    return count;
}

static void documents_obey_the_rules_of_the_page(void **state) {
    (void)state;
    uint32_t pulls = 0, copies = 0, pages = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Maker m = {.arena = arena_open(), .random = seed};
        m.diags = diags_new(m.arena);
        document_make(&m, 5 + seed);
        Layout *layout = layout_make(&m);
        layout_verify(layout);
        cuts_check(layout);
        faults_check(layout);
        inside_check(layout);
        copies += pulls_check(layout) + m.diags.count;
        pulls += m.pull_count;
        pages += layout->count;
        arena_close(m.arena);
    }
    assert_true(pulls > 50);
    assert_true(pages > 200);
    assert_int_equal(copies, pulls);
}

/* One that has no place on its own page may stand on the next, whatever that has. */
static void pull_quotes_wait_over_a_page_with_a_figure(void **state) {
    (void)state;
    uint32_t pulls = 0, copies = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Maker m = {.arena = arena_open(), .random = seed, .with_figures = true};
        m.diags = diags_new(m.arena);
        document_make(&m, 5 + seed);
        Layout *layout = layout_make(&m);
        layout_verify(layout);
        inside_check(layout);
        copies += pulls_check(layout) + m.diags.count;
        pulls += m.pull_count;
        arena_close(m.arena);
    }
    assert_true(pulls > 50);
    assert_int_equal(copies, pulls);
}

/* The page on which the text of `node` begins. */
static uint32_t page_of(const Layout *layout, const Node *node) { return layout->places[node->number].page; }

static bool longer_than_a_page(const Layout *layout, const Node *note) { return node_text(layout->arena, note).n > 3000; }

/* Notes stand below all text of their page, and begin on the page of their reference; or later, if the note before is longer than a page and
 * its reference so near that no page could come between. */
static uint32_t notes_check(const Layout *layout, uint32_t *late) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < layout->count; p++) {
        const Page *page = &layout->items[p];
        Lu text_end = 0, notes_begin = page->height;
        for (uint32_t b = 0; b < page->count; b++) {
            const LayoutBox *box = &page->items[b];
            if (box->kind != BOX_LINES || box->artifact != ARTIFACT_NONE) continue;
            bool note = node_ancestor(box->node, NODE_NOTE) != NULL;
            if (note && box->rect.y < notes_begin) notes_begin = box->rect.y;
            if (!note && box->rect.y + box->rect.height > text_end) text_end = box->rect.y + box->rect.height;
        }
        assert_true(text_end <= notes_begin);
    }
    for (uint32_t n = 0; n < layout->tree->count; n++) {
        const Node *reference = layout->tree->nodes[n], *note = NULL;
        if (reference->kind != NODE_NOTE_REFERENCE) continue;
        for (uint32_t k = n; k < layout->tree->count && !note; k++)
            if (layout->tree->nodes[k]->kind == NODE_NOTE &&
                str_equal(layout->tree->nodes[k]->more->id, str_slice(reference->more->target, 1, 99)))
                note = layout->tree->nodes[k];
        assert_non_null(note);
        assert_true(page_of(layout, note) >= page_of(layout, reference));
        const Node *before = note->previous;
        if (before && before->kind != NODE_NOTE) before = NULL;
        if (!before || !longer_than_a_page(layout, before)) *late += page_of(layout, note) > page_of(layout, reference);
        count++;
    }
    return count;
}

static void notes_stand_with_their_references(void **state) {
    (void)state;
    uint32_t notes = 0, late = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Maker m = {.arena = arena_open(), .random = seed * 77, .with_notes = true};
        m.diags = diags_new(m.arena);
        document_make(&m, 10 + seed / 2);
        Layout *layout = layout_make(&m);
        layout_verify(layout);
        inside_check(layout);
        notes += notes_check(layout, &late);
        arena_close(m.arena);
    }
    assert_true(notes > 500);
    assert_int_equal(late, 0);
}

static void the_same_tree_gives_the_same_layout(void **state) {
    (void)state;
    Str dumps[2];
    Arena *arenas[2];
    for (int i = 0; i < 2; i++) {
        Maker m = {.arena = arenas[i] = arena_open(), .random = 7};
        m.diags = diags_new(m.arena);
        document_make(&m, 40);
        Buf out = buf_new(m.arena);
        layout_dump(layout_make(&m), &out);
        dumps[i] = buf_str(&out);
    }
    assert_true(dumps[0].n > 10000);
    assert_true(str_equal(dumps[0], dumps[1]));
    arena_close(arenas[0]);
    arena_close(arenas[1]);
}

/* Paragraphs are made ahead where there are cores for it; and characters that no face has are told of once, where they first stand. */
static void the_number_of_cores_makes_no_difference(void **state) {
    (void)state;
    Str dumps[3], said[3];
    Arena *arenas[3];
    uint32_t cores = cores_available();
    for (uint32_t i = 0; i < 3; i++) {
        Maker m = {.arena = arenas[i] = arena_open(), .random = 11, .with_notes = true};
        m.diags = diags_new(m.arena);
        cores_use(i == 2 ? 4 : i + 1);
        Tree *tree = document_make(&m, 500);
        for (uint32_t n = 0; n < tree->count; n++)
            if (tree->nodes[n]->kind == NODE_TEXT && n % 7 == 0)
                tree->nodes[n]->text =
                    str_format(m.arena, STR_FMT " \xF3\xB0\x80%c and so on", STR_ARG(tree->nodes[n]->text), 0x80 + n / 7 % 40);
        Buf out = buf_new(m.arena), messages = buf_new(m.arena);
        const Layout *layout = layout_make(&m);
        layout_verify(layout);
        layout_dump(layout, &out);
        diags_print(&m.diags, &messages, false);
        dumps[i] = buf_str(&out);
        said[i] = buf_str(&messages);
        assert_int_equal(m.diags.count, 40);
    }
    assert_true(dumps[0].n > 100000);
    for (uint32_t i = 1; i < 3; i++) {
        assert_true(str_equal(dumps[0], dumps[i]));
        assert_string_equal(said[0].p, said[i].p);
    }
    for (uint32_t i = 0; i < 3; i++) arena_close(arenas[i]);
    cores_use(cores);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_obey_the_rules_of_the_page),
        cmocka_unit_test(pull_quotes_wait_over_a_page_with_a_figure),
        cmocka_unit_test(notes_stand_with_their_references),
        cmocka_unit_test(the_same_tree_gives_the_same_layout),
        cmocka_unit_test(the_number_of_cores_makes_no_difference),
    };
    return cmocka_run_group_tests(tests, fonts_setup, fonts_teardown);
}
