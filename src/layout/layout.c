/* layout: the stage as a whole. Flow, then page after page, then what needs all pages: heads and feet, places, beginnings. */
#include "layout/compose.h"

#include <string.h>

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

/* Whether the next page belongs to the front, and such pages are counted apart. */
static bool is_front(const Composer *c, const Layout *layout, const Attempt *attempt) {
    if (!c->styles->page->roman_front || c->body == NO_FRONT || layout->count != c->front_pages) return false;
    if (!attempt->placed.count) return true;
    return c->blocks.items[attempt->placed.items[0].block].node->number < c->body;
}

#define FURNITURE 12 /* boxes that furniture.c may add */

static Page *page_new(Composer *c, Layout *layout, const PageGeometry *g, const Attempt *attempt) {
    Page *page = PUSH(c->lasting, layout, Page);
    page->count = attempt ? attempt->boxes.count : 0;
    page->capacity = page->count + FURNITURE;
    page->items = NEW_ARRAY(c->lasting, LayoutBox, page->capacity);
    if (page->count) memcpy(page->items, attempt->boxes.items, page->count * sizeof *page->items);
    boxes_keep(c->lasting, page->items, page->count);
    page->width = g->width;
    page->height = g->height;
    page->label = layout->count == c->front_pages ? number_roman(c->lasting, c->front_pages)
                                                  : str_format(c->lasting, "%u", layout->count - c->front_pages);
    return page;
}

static void blank_add(Composer *c, Layout *layout) {
    PageGeometry g = page_geometry(c, layout->count, false);
    page_new(c, layout, &g, NULL);
}

static void place_note(Layout *layout, const Node *node, uint32_t page, Lu x, Lu y) {
    for (const Node *n = node; n && layout->places[n->number].page == UINT32_MAX; n = n->parent)
        layout->places[n->number] = (NodePlace){page, x, y};
}

/* The page begins with what is first in reading order, whatever was drawn first; but not with a note at its foot. */
static void page_start_note(Page *page, const Node *node, uint32_t offset) {
    if (node_ancestor(node, NODE_NOTE) && !node_ancestor(node, NODE_NOTES)) return;
    if (page->start_node &&
        (page->start_node->number < node->number || (page->start_node == node && page->start_offset <= offset)))
        return;
    page->start_node = node;
    page->start_offset = offset;
}

/* Notes where nodes lie, and which content is the page's first: as soon as the page is made, when it is still at hand. */
static void page_index(Layout *layout, uint32_t index) {
    Page *page = &layout->items[index];
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        if (box->artifact != ARTIFACT_NONE) continue;
        if (box->kind == BOX_IMAGE) {
            place_note(layout, box->node, index, box->rect.x, box->rect.y);
            page_start_note(page, box->node, 0);
        }
        for (uint32_t l = 0; l < box->line_count; l++) {
            Lu top = box->rect.y + box->lines[l].baseline - box->lines[0].baseline; /* of the line */
            for (uint32_t r = 0; r < box->lines[l].run_count; r++) {
                const Run *run = &box->lines[l].runs[r];
                if (run->artifact != ARTIFACT_NONE) continue;
                place_note(layout, run->node, index, run->x, top);
                if (run->role != RUN_LABEL) page_start_note(page, run->node, run->start);
            }
        }
    }
}

static void places_clear(Layout *layout) {
    for (uint32_t n = 0; n < layout->tree->count; n++) layout->places[n].page = UINT32_MAX;
}

/* A page without content begins with what the next one does. */
static void starts_complete(Layout *layout) {
    for (uint32_t i = layout->count; i-- > 1;)
        if (!layout->items[i - 1].start_node) {
            layout->items[i - 1].start_node = layout->items[i].start_node;
            layout->items[i - 1].start_offset = layout->items[i].start_offset;
        }
}

static void page_add(Composer *c, Layout *layout, const Attempt *attempt) {
    if (is_front(c, layout, attempt)) {
        c->front_pages++;
    } else if (layout->count == c->front_pages && page_is_left(c, layout->count)) {
        c->front_pages++; /* page 1 is a right-hand page: the last of the front is its back */
        c->front_ends_blank = true;
        blank_add(c, layout);
    }
    PageGeometry g = page_geometry(c, layout->count, attempt->landscape);
    Page *page = page_new(c, layout, &g, attempt);
    page_translate(page->items, page->count, g.left, g.top);
    page_index(layout, layout->count - 1);
}

/* Sheets of paper are filled up: they are folded, and have all their pages. */
static void pages_fill_up(Composer *c, Layout *layout) {
    uint32_t multiple = c->styles->page->multiple;
    for (; multiple > 1 && layout->count % multiple != 0; c->blank_pages++) blank_add(c, layout);
}

bool page_is_blank(const Composer *c, const Layout *layout, uint32_t index) {
    return index >= layout->count - c->blank_pages || (c->front_ends_blank && index + 1 == c->front_pages);
}

/* A document that runs from right to left has been set as seen in a mirror, its margins, labels, columns and notes as well: now all of
 * it is turned round. Glyphs and images are not. */
static void pages_mirror(Layout *layout) {
    for (uint32_t p = 0; p < layout->count; p++)
        for (uint32_t b = 0; b < layout->items[p].count; b++) {
            LayoutBox *box = &layout->items[p].items[b];
            Lu width = layout->items[p].width;
            box->rect.x = width - box->rect.x - box->rect.width;
            for (uint32_t l = 0; l < box->line_count; l++)
                for (uint32_t r = 0; r < box->lines[l].run_count; r++) {
                    Run *run = &box->lines[l].runs[r];
                    run->x = width - run->x - (run->turned ? 0 : run->width);
                }
        }
}

static void pages_make(Composer *c, Layout *layout) {
    layout->items = NULL;
    layout->count = layout->capacity = 0;
    c->front_pages = c->blank_pages = 0;
    c->front_ends_blank = false;
    places_clear(layout);
    Cursor cursor = {0};
    PagePlan plan = {.before = {.forced = true}};
    text_ahead(c);
    do {
        Attempt attempt;
        c->left_page = page_is_left(c, layout->count);
        page_fill_with_pulls(c, &cursor, page_plan(c, &plan, cursor), &attempt);
        page_planned(&plan, attempt.end);
        bool moved = attempt.end.block != cursor.block || attempt.end.item != cursor.item || attempt.end.owed != cursor.owed ||
                     attempt.pieces.count;
        if (!moved && cursor.block < c->flow_end) BUG("a page took nothing of block %u", (unsigned)cursor.block);
        cursor = attempt.end;
        if (attempt.placed.count || attempt.pieces.count || !layout->count) page_add(c, layout, &attempt);
        text_passed(c, cursor.block);
    } while (cursor.block < c->flow_end || cursor.rest || cursor.owed);
    text_ahead_end(c);
    pages_fill_up(c, layout);
    page_turn(c, false);
    starts_complete(layout);
}

/* ---- Making the pages again, with other words in references to pages ----------------------------------------------- */

/* The flow as it was before any page was filled. Tables, which are the most of the work, are in it ready made. */
typedef struct {
    FlowBlock *blocks;
    Container *containers;
    Pull *pulls;
} FlowStart;

static void *array_copy(Arena *arena, const void *items, uint32_t count, size_t size) {
    void *copy = arena_array(arena, count ? count : 1, size, _Alignof(max_align_t));
    if (count) memcpy(copy, items, count * size);
    return copy;
}

static FlowStart flow_keep(const Composer *c) {
    return (FlowStart){.blocks = array_copy(c->arena, c->blocks.items, c->blocks.count, sizeof(FlowBlock)),
        .containers = array_copy(c->arena, c->containers.items, c->containers.count, sizeof(Container)),
        .pulls = array_copy(c->arena, c->pulls.items, c->pulls.count, sizeof(Pull))};
}

static void flow_restore(Composer *c, const FlowStart *start, bool anew) {
    c->pulls_done = 0;
    if (anew) {
        c->blocks.count = c->containers.count = c->pulls.count = c->notes.count = 0;
        c->note_ids = NULL;
        flow_build(c);
        return;
    }
    if (c->blocks.count) memcpy(c->blocks.items, start->blocks, c->blocks.count * sizeof(FlowBlock));
    if (c->containers.count) memcpy(c->containers.items, start->containers, c->containers.count * sizeof(Container));
    if (c->pulls.count) memcpy(c->pulls.items, start->pulls, c->pulls.count * sizeof(Pull));
    for (uint32_t i = 0; i < c->notes.count; i++) c->notes.items[i].height = 0;
}

Layout *layout_document(Arena *arena, Diags *d, Fonts *fonts, const Tree *tree, const Styles *styles, const Image **images) {
    fonts_use(fonts, styles->faces);
    Arena *working = arena_open();
    Composer c = {.arena = working,
        .lasting = arena,
        .diags = d,
        .fonts = fonts,
        .tree = tree,
        .styles = styles,
        .images = images,
        .kept = working,
        .room = line_room_new(working),
        .vocabulary = vocabulary_new(working),
        .hyphenation = hyphen_exceptions(working, tree->meta.hyphenation, tree->meta.hyphenation_count),
        .missing = strmap_new(working),
        .mirrored = language_is_right_to_left(tree_language(tree, tree->root))};
    scratch_empty(&c);
    page_turn(&c, false);
    Layout *layout = NEW(arena, Layout);
    layout->arena = arena;
    layout->tree = tree;
    layout->styles = styles;
    layout->images = images;
    layout->places = NEW_ARRAY(arena, NodePlace, tree->count ? tree->count : 1);
    layout->runs = c.runs = directions_find(arena, c.scratch, tree);
    layout->measures = c.measures = NEW_ARRAY(arena, Lu, tree->count ? tree->count : 1);

    References references = {0};
    bool again = references_begin(&c, &references);
    flow_build(&c);
    FlowStart start = again ? flow_keep(&c) : (FlowStart){0};
    pages_make(&c, layout);
    while (again && !references_settle(&c, layout, &references)) {
        flow_restore(&c, &start, references.in_tables);
        pages_make(&c, layout);
    }
    layout->page_texts = references.texts;
    furniture_add(&c, layout);
    if (c.mirrored) {
        pages_mirror(layout);
        places_clear(layout);
        for (uint32_t i = 0; i < layout->count; i++) page_index(layout, i);
    }
    text_ahead_close(&c);
    arena_close(c.scratch);
    arena_close(c.drawn);
    arena_close(c.rows);
    arena_close(working);
    return layout;
}
