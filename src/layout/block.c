/* block: how wide a block's lines may be, and how high it is. What a block is made of is made when it is first needed. */
#include "layout/page.h"

/* ---- Shapes of lines -------------------------------------------------------------------------------------------- */

static bool float_narrows(const Float *f, Lu top, Lu bottom, Shape *shape) {
    if (bottom <= f->from || top >= f->to || shape->x >= f->right || shape->x + shape->width <= f->left) return false;
    if (f->left > shape->x)
        shape->width = f->left - shape->x;
    else {
        shape->width -= f->right - shape->x;
        shape->x = f->right;
    }
    return true;
}

/* The measure of a block whose next line's top is at `top`: line by line where floats narrow it. */
bool block_measure(Filler *f, const FlowBlock *block, Lu top, Measure *out) {
    Shape full = {block->x, block->width};
    *out = (Measure){.rest = full};
    Lu last = 0, leading = block->style->leading;
    for (uint32_t i = 0; i < f->float_count; i++)
        if (f->floats[i].to > last) last = f->floats[i].to;
    if (!block->wraps || last <= top) return false;
    uint32_t count = (uint32_t)((last - top + leading - 1) / leading);
    Shape *shapes = NEW_ARRAY(f->c->arena, Shape, count);
    bool narrowed = false;
    for (uint32_t i = 0; i < count; i++) {
        shapes[i] = full;
        for (uint32_t k = 0; k < f->float_count; k++)
            if (float_narrows(&f->floats[k], top + leading * (Lu)i, top + leading * (Lu)(i + 1), &shapes[i])) narrowed = true;
    }
    out->lines = shapes;
    out->count = count;
    return narrowed;
}

/* ---- What blocks are made of, made when first needed -------------------------------------------------------------- */

void text_prepare(Composer *c, FlowBlock *block) {
    if (block->paragraph || text_take(c, block)) return;
    bool empty_item = block->node->kind == NODE_ITEM || block->node->kind == NODE_NOTE;
    block->paragraph = empty_item ? NEW(c->arena, Paragraph) : paragraph_new(c, block->node, block->width);
    Measure measure = {.rest = {block->x, block->width}};
    block->lines = lines_choose(c->arena, c->room, block->paragraph, block->style, 0, &measure);
}

/* Height of a block's own content at full width. */
Lu content_height(Composer *c, FlowBlock *block) {
    switch (block->kind) {
    case FLOW_TEXT:
        text_prepare(c, block);
        return block->style->leading * (Lu)(block->lines.count ? block->lines.count : block->labels ? 1 : 0);
    case FLOW_ROW: {
        RowSize size = row_size(c, block);
        return size.above + size.below + size.leading * (Lu)size.lines;
    }
    case FLOW_IMAGE:
    case FLOW_RULE: return block->height;
    case FLOW_COLUMNS: return columns_height(c, block);
    case FLOW_PULL: {
        const Pull *pull = &c->pulls.items[block->pull];
        Lu width, height;
        if (pull->state != PULL_BETWEEN) return 0;
        pull_height(c, pull, &width, &height);
        return height;
    }
    case FLOW_PAGE_BREAK: return 0;
    }
    return 0;
}

static Lu block_height(Composer *c, uint32_t index) {
    FlowBlock *block = &c->blocks.items[index];
    return block->gap + block->pad_above + content_height(c, block) + block->pad_below;
}

Lu container_height(Composer *c, Container *container) {
    if (!container->total) {
        Lu total = 0;
        for (uint32_t b = container->first; b <= container->last && total <= c->text_height * 2; b++) total += block_height(c, b);
        container->total = total + 1;
    }
    return container->total;
}
