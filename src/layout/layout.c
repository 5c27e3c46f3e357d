/* layout: the stage as a whole. Flow, then page after page, then what needs all pages: heads and feet, places, beginnings. */
#include "layout/compose.h"

static void page_translate(LayoutBox *boxes, uint32_t count, Lu dx, Lu dy) {
    for (uint32_t b = 0; b < count; b++) {
        LayoutBox *box = &boxes[b];
        box->rect.x += dx;
        box->rect.y += dy;
        for (uint32_t l = 0; l < box->line_count; l++) {
            box->lines[l].baseline += dy;
            for (uint32_t r = 0; r < box->lines[l].run_count; r++) {
                box->lines[l].runs[r].x += dx;
                box->lines[l].runs[r].y += dy;
            }
        }
    }
}

static void page_add(Composer *c, Layout *layout, const Attempt *attempt) {
    const PageStyle *style = c->styles->page;
    Page *page = PUSH(c->arena, layout, Page);
    page->items = attempt->boxes.items;
    page->count = attempt->boxes.count;
    page->capacity = attempt->boxes.capacity;
    page->width = style->width;
    page->height = style->height;
    page->label = str_format(c->arena, "%u", layout->count);
    page_translate(page->items, page->count, style->margin_left, style->margin_top);
}

static void place_note(Layout *layout, const Node *node, uint32_t page, Lu x, Lu y) {
    for (const Node *n = node; n && layout->places[n->number].page == UINT32_MAX; n = n->parent)
        layout->places[n->number] = (NodePlace){page, x, y};
}

/* The page begins with what is first in reading order, whatever was drawn first. */
static void page_start_note(Page *page, const Node *node, uint32_t offset) {
    if (page->start_node &&
        (page->start_node->number < node->number || (page->start_node == node && page->start_offset <= offset)))
        return;
    page->start_node = node;
    page->start_offset = offset;
}

/* Notes where nodes lie, and which content is the page's first. */
static void page_index(Layout *layout, uint32_t index) {
    Page *page = &layout->items[index];
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        if (box->artifact != ARTIFACT_NONE) continue;
        if (box->kind == BOX_IMAGE) {
            place_note(layout, box->node, index, box->rect.x, box->rect.y);
            page_start_note(page, box->node, 0);
        }
        for (uint32_t l = 0; l < box->line_count; l++)
            for (uint32_t r = 0; r < box->lines[l].run_count; r++) {
                const Run *run = &box->lines[l].runs[r];
                if (run->artifact != ARTIFACT_NONE) continue;
                place_note(layout, run->node, index, run->x, box->rect.y);
                if (run->role != RUN_LABEL) page_start_note(page, run->node, run->start);
            }
    }
}

static void pages_index(Layout *layout) {
    for (uint32_t n = 0; n < layout->tree->count; n++) layout->places[n].page = UINT32_MAX;
    for (uint32_t i = 0; i < layout->count; i++) page_index(layout, i);
    for (uint32_t i = layout->count; i-- > 1;)
        if (!layout->items[i - 1].start_node) {
            layout->items[i - 1].start_node = layout->items[i].start_node;
            layout->items[i - 1].start_offset = layout->items[i].start_offset;
        }
}

Layout *layout_document(Arena *arena, Diags *d, Fonts *fonts, const Tree *tree, const Styles *styles, const Image **images) {
    const PageStyle *page = styles->page;
    Composer c = {.arena = arena,
        .diags = d,
        .fonts = fonts,
        .tree = tree,
        .styles = styles,
        .images = images,
        .text_width = page->width - page->margin_left - page->margin_right,
        .text_height = page->height - page->margin_top - page->margin_bottom,
        .missing = strmap_new(arena)};
    Layout *layout = NEW(arena, Layout);
    layout->arena = arena;
    layout->tree = tree;
    layout->styles = styles;
    layout->images = images;
    layout->places = NEW_ARRAY(arena, NodePlace, tree->count ? tree->count : 1);

    flow_build(&c);
    Cursor cursor = {0};
    do {
        Attempt attempt;
        page_fill_with_pulls(&c, cursor, &attempt);
        bool moved = attempt.end.block != cursor.block || attempt.end.item != cursor.item;
        if (!moved && cursor.block < c.blocks.count) BUG("a page took nothing of block %u", (unsigned)cursor.block);
        cursor = attempt.end;
        if (attempt.placed.count || !layout->count) page_add(&c, layout, &attempt);
    } while (cursor.block < c.blocks.count);

    pages_index(layout);
    furniture_add(&c, layout);
    return layout;
}
