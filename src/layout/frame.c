/* frame: what is drawn round content: backgrounds, borders and bars of containers, rows and cells. All of it is decoration
 * (ISO 32000-1 §14.8.2.2.2, layout artifacts). Containers are drawn when their page is full, since blocks may be taken back until then. */
#include "layout/compose.h"

#include <string.h>

static void fill_insert(Composer *c, Attempt *page, uint32_t at, const Node *node, Colour colour, Rect rect) {
    if (rect.width <= 0 || rect.height <= 0) return;
    PUSH(c->drawn, &page->boxes, LayoutBox)->kind = BOX_FILL;
    LayoutBox *boxes = page->boxes.items;
    memmove(&boxes[at + 1], &boxes[at], (page->boxes.count - 1 - at) * sizeof *boxes);
    boxes[at] = (LayoutBox){.kind = BOX_FILL, .node = node, .artifact = ARTIFACT_DECORATION, .rect = rect, .colour = colour};
}

void decoration_add(
    Composer *c, Attempt *page, uint32_t at, const Node *node, const Style *style, Rect r, bool open_above, bool open_below) {
    const Border *top = &style->border_top, *bottom = &style->border_bottom, *left = &style->border_left,
                 *right = &style->border_right;
    if (right->width)
        fill_insert(c, page, at, node, right->colour, (Rect){r.x + r.width - right->width, r.y, right->width, r.height});
    if (left->width) fill_insert(c, page, at, node, left->colour, (Rect){r.x, r.y, left->width, r.height});
    if (bottom->width && !open_below)
        fill_insert(c, page, at, node, bottom->colour, (Rect){r.x, r.y + r.height - bottom->width, r.width, bottom->width});
    if (top->width && !open_above) fill_insert(c, page, at, node, top->colour, (Rect){r.x, r.y, r.width, top->width});
    if (style->has_background) fill_insert(c, page, at, node, style->background, r);
}

/* One container on this page: drawn when the page is full, since blocks may have been taken back until then. */
typedef struct {
    uint32_t container, box; /* before which box its background comes */
    Lu top, bottom;
    bool open_above, open_below;
} Frame;

typedef struct {
    Frame *items;
    uint32_t count, capacity;
} Frames;

uint32_t decorated_chain(const Composer *c, uint32_t block, uint32_t chain[DECORATED_DEPTH]) {
    uint32_t depth = 0;
    for (uint32_t k = c->blocks.items[block].container; k != NO_INDEX && depth < DECORATED_DEPTH;
         k = c->containers.items[k].parent)
        if (c->containers.items[k].decorated) chain[depth++] = k;
    return depth;
}

static Frame *frame_find(Frames *frames, uint32_t container) {
    for (uint32_t i = frames->count; i-- > 0;)
        if (frames->items[i].container == container) return &frames->items[i];
    return NULL;
}

/* Opens or extends the frames of all decorated containers round a placed block, outermost first. */
static void frames_extend(Composer *c, Frames *frames, const Placed *placed) {
    uint32_t chain[DECORATED_DEPTH], depth = decorated_chain(c, placed->block, chain);
    bool begins = placed->start.item == 0;
    Lu top = placed->top - placed->pad_above, bottom = placed->bottom;
    for (uint32_t i = depth; i-- > 0;) {
        const Container *container = &c->containers.items[chain[i]];
        Frame *frame = frame_find(frames, chain[i]);
        if (!frame) {
            frame = PUSH(c->drawn, frames, Frame);
            *frame = (Frame){.container = chain[i],
                .box = placed->box_count,
                .top = top,
                .open_above = container->first != placed->block || !begins};
            top += frame->open_above ? container->style->padding_top : style_extent_above(container->style);
        }
    }
    for (uint32_t i = 0; i < depth; i++) {
        const Container *container = &c->containers.items[chain[i]];
        Frame *frame = frame_find(frames, chain[i]);
        frame->open_below = container->last != placed->block || !placed->complete;
        bottom += frame->open_below ? container->style->padding_bottom : style_extent_below(container->style);
        frame->bottom = bottom;
    }
}

void frames_draw(Composer *c, Attempt *page) {
    Frames frames = {0};
    if (c->measuring) return;
    for (uint32_t i = 0; i < page->placed.count; i++)
        if (c->blocks.items[page->placed.items[i].block].container != NO_INDEX) frames_extend(c, &frames, &page->placed.items[i]);
    for (uint32_t i = frames.count; i-- > 0;) {
        const Frame *frame = &frames.items[i];
        const Container *container = &c->containers.items[frame->container];
        Rect rect = {container->x, frame->top, container->width, frame->bottom - frame->top};
        decoration_add(c, page, frame->box, container->node, container->style, rect, frame->open_above, frame->open_below);
    }
}
