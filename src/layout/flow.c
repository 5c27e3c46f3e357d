/* flow: the tree → one list of blocks, in reading order, each knowing where it stands and what space is above it.
 *
 * Vertical space between blocks is the larger of the space after the one and before the other; it passes through containers that
 * have neither padding, border nor background. A container that has them (a "decorated" one) keeps its children's outer spaces out:
 * its padding is the space there.
 */
#include "layout/compose.h"

#define INDENT_THIRDS 4 /* thirds of an em, for each level of a list of contents */

typedef struct {
    Lu x, width; /* of the content box */
    uint32_t container;
} Frame;

typedef struct {
    Composer *c;
    Frame *frames; /* by node number: of containers */
    Lu gap; /* the larger of the spaces since the last block */
    Lu pad_above; /* padding and borders opened since the last block */
    bool swallow; /* directly inside a decorated container's top: spaces above do not count */
    struct {
        const Hanging *first;
        const Hanging **end;
    } labels; /* that wait for a block */
    StrMap *spans; /* by id; made for the first pull-quote */
    uint32_t front; /* the first block of the page before the text that is open */
    const FigureColumn *column; /* that the walk is in */
    struct {
        uint32_t *items; /* blocks that are rows of columns */
        uint32_t count, capacity;
    } rows;
} Flow;

static bool style_is_decorated(const Style *s) {
    return s->has_background || s->border_top.width || s->border_bottom.width || s->border_left.width || s->border_right.width ||
           s->padding_top || s->padding_bottom;
}

Lu style_extent_above(const Style *s) { return s->border_top.width + s->padding_top; }
Lu style_extent_below(const Style *s) { return s->border_bottom.width + s->padding_bottom; }
Lu style_extent_left(const Style *s) { return s->border_left.width + s->padding_left; }
Lu style_extent_right(const Style *s) { return s->border_right.width + s->padding_right; }

static void space_open(Flow *f, Lu space) {
    if (!f->swallow && space > f->gap) f->gap = space;
}

static void space_close(Flow *f, Lu space) {
    f->swallow = false;
    if (space > f->gap) f->gap = space;
}

static const Node *list_of(const Node *node) {
    return node->parent && node->parent->kind == NODE_ITEM && node->parent->parent ? node->parent->parent : NULL;
}

/* In a tight list, paragraphs have no space of their own. */
static bool is_tight(const Node *node) {
    const Node *list = node->kind == NODE_PARAGRAPH ? list_of(node) : NULL;
    return list && list->tight;
}

static Frame frame_of(const Flow *f, const Node *node) {
    return node->parent ? f->frames[node->parent->number] : (Frame){0, f->c->text_width, NO_INDEX};
}

/* Opens what is round a node's content; true if it is a container that pages draw or keep together. */
static Frame frame_open(Flow *f, const Node *node, const Style *style) {
    Composer *c = f->c;
    Frame frame = frame_of(f, node);
    bool turned = list_is_turned(c, node);
    Lu left = turned ? style->indent_right : style->indent_left, right = turned ? style->indent_left : style->indent_right;
    frame.x += left;
    frame.width -= left + right;
    bool decorated = style_is_decorated(style);
    Lu together = tree_kind(node->kind)->level != LEVEL_BLOCK ? 0 : style->keep_together ? c->text_height : style->keep_short;
    if (together > c->text_height) together = c->text_height;
    if (decorated || together) {
        Container *container = PUSH(c->arena, &c->containers, Container);
        *container = (Container){.node = node,
            .style = style,
            .parent = frame.container,
            .first = c->blocks.count,
            .last = NO_INDEX,
            .x = frame.x,
            .width = frame.width,
            .decorated = decorated,
            .together = together};
        frame.container = c->containers.count - 1;
    }
    frame.x += style_extent_left(style);
    frame.width -= style_extent_left(style) + style_extent_right(style);
    if (frame.width < style->size * 3) frame.width = style->size * 3;
    if (decorated) {
        f->pad_above += style_extent_above(style);
        f->swallow = true;
    }
    return frame;
}

static void frame_close(Flow *f, const Node *node, const Style *style, uint32_t container) {
    Composer *c = f->c;
    bool own = container != NO_INDEX && c->containers.items[container].node == node;
    if (own) {
        c->containers.items[container].last = c->blocks.count - 1;
        if (c->containers.items[container].first >= c->blocks.count) { /* nothing inside: nothing is drawn */
            c->containers.items[container].last = NO_INDEX;
            f->pad_above = 0;
            f->swallow = false;
            return;
        }
    }
    if (own && c->containers.items[container].decorated) {
        c->blocks.items[c->blocks.count - 1].pad_below += style_extent_below(style);
        f->gap = 0; /* the last child's space stays inside */
    }
}

static void label_wait(Flow *f, const Node *node, Frame frame) {
    Hanging *label = NEW(f->c->arena, Hanging);
    bool turned = list_is_turned(f->c, node);
    *label = (Hanging){.node = node, .x = turned ? frame.x + frame.width : frame.x, .turned = turned};
    *(f->labels.first ? f->labels.end : &f->labels.first) = label;
    f->labels.end = &label->next;
}

/* Labels of items that have opened stand on the first line that comes. */
static void labels_take(Flow *f, FlowBlock *block) {
    block->labels = f->labels.first;
    f->labels.first = NULL;
}

static FlowBlock *block_add(Flow *f, FlowKind kind, const Node *node, const Style *style, Frame frame) {
    Composer *c = f->c;
    FlowBlock *block = PUSH(c->arena, &c->blocks, FlowBlock);
    block->kind = kind;
    block->node = node;
    block->style = style;
    block->x = frame.x;
    block->width = frame.width;
    block->container = frame.container;
    block->gap = f->gap;
    block->pad_above = f->pad_above;
    block->keep_with_next = style->keep_with_next;
    block->whole = style->keep_together;
    labels_take(f, block);
    f->gap = f->pad_above = 0;
    f->swallow = false;
    return block;
}

static void image_block(Flow *f, const Node *node, const Style *style, Frame frame) {
    const Image *image = f->c->images[node->number];
    if (!image || !image->width || !image->height) return;
    Lu width, height;
    if (f->column) {
        width = f->column->image_width;
        height = f->column->image_height;
    } else {
        image_size(f->c, node, image, frame.width, &width, &height);
    }
    f->c->measures[node->number] = frame.width;
    FlowBlock *block = block_add(f, FLOW_IMAGE, node, style, frame);
    block->width = width;
    block->height = height;
    block->keep_with_next = node->next != NULL; /* its caption */
    block->whole = true;
}

static void rule_block(Flow *f, const Node *node, const Style *style, Frame frame) {
    FlowBlock *block = block_add(f, FLOW_RULE, node, style, frame);
    Lu drawn = style->border_top.width ? style->border_top.width : style->border_bottom.width;
    block->height = drawn ? drawn : LU_PT / 2;
    block->whole = true;
}

/* The first leaf of the words that a copy repeats. */
static const Node *anchor_find(Flow *f, const Node *copy) {
    const Tree *tree = f->c->tree;
    if (!f->spans) {
        f->spans = strmap_new(f->c->arena);
        for (uint32_t n = 0; n < tree->count; n++)
            if (tree->nodes[n]->kind == NODE_SPAN && tree->nodes[n]->more->id.n)
                strmap_put(f->spans, tree->nodes[n]->more->id, tree->nodes[n]);
    }
    const Node *span =
        copy->more->target.n ? strmap_find(f->spans, str_slice(copy->more->target, 1, copy->more->target.n)) : NULL;
    for (const Node *leaf = span ? span->first : NULL; leaf; leaf = node_next(leaf, span))
        if (tree_kind(leaf->kind)->level == LEVEL_LEAF) return leaf;
    return NULL;
}

static void pull_block(Flow *f, const Node *node, const Style *style) {
    Composer *c = f->c;
    const Node *anchor = anchor_find(f, node);
    if (!anchor) return;
    /* Its frame is its own: pull.c sets it, beside the text or across. Spaces round it pass through. */
    Lu gap = f->gap;
    FlowBlock *block = block_add(f, FLOW_PULL, node, style, (Frame){0, c->text_width, NO_INDEX});
    f->gap = gap;
    block->gap = style->space_before;
    block->whole = true;
    block->pull = c->pulls.count;
    *PUSH(c->arena, &c->pulls, Pull) = (Pull){.copy = node,
        .anchor = anchor,
        .block = c->blocks.count - 1,
        .state = style->placement == PLACE_BESIDE ? PULL_BESIDE : PULL_BETWEEN};
}

static bool keeps_whole(const Node *node) {
    switch ((int)node->kind) {
    case NODE_HEADING:
    case NODE_TITLE:
    case NODE_SUBTITLE:
    case NODE_CAPTION:
    case NODE_CREDIT:
    case NODE_DESCRIPTION:
    case NODE_BOX_TITLE:
    case NODE_ATTRIBUTION: return true;
    default: return false;
    }
}

/* The first and the last item but one of a tight list: neither the first nor the last stands alone on a page. */
static bool holds_list(const Node *node) {
    const Node *list = list_of(node), *item = node->parent;
    return list && list->tight && item->next && (!item->previous || !item->next->next);
}

static bool leads_on(const Node *node) {
    if (node->kind != NODE_PARAGRAPH) return false;
    if (!node->next) return holds_list(node);
    NodeKind next = node->next->kind;
    if (next != NODE_LIST && next != NODE_BLOCK_QUOTE && next != NODE_CODE_BLOCK && next != NODE_TABLE && next != NODE_PULL_QUOTE)
        return false;
    const Node *last = node->last;
    while (last && last->last) last = last->last;
    return last && str_ends(last->text, STR(":"));
}

/* Whether a table may leave its page for a landscape one. */
static bool may_turn(const Flow *f, const Node *table) {
    return frame_of(f, table).container == NO_INDEX && !f->labels.first && !node_ancestor(table, NODE_NOTE);
}

/* The table went on a landscape page: what must not be parted from it goes along, its caption and the headings right above. */
static void turn_above(Composer *c, uint32_t first_row) {
    for (uint32_t i = first_row; i-- > 0;) {
        FlowBlock *block = &c->blocks.items[i];
        if (block->kind != FLOW_TEXT || !block->keep_with_next || block->container != NO_INDEX) return;
        block->landscape = true;
        block->x = 0;
        block->width = landscape_width(c);
    }
}

/* The caption stands above the table's frame, and the frame is as wide as the columns. */
static void table_blocks(Flow *f, const Node *node, const Style *style) {
    Composer *c = f->c;
    const Node *caption = node->first && node->first->kind == NODE_CAPTION ? node->first : NULL;
    Lu wide = may_turn(f, node) ? landscape_width(c) : 0, left = style_extent_left(style),
       sides = left + style_extent_right(style);
    if (caption) {
        const Style *own = style_of(c->styles, caption);
        Frame outer = frame_of(f, node);
        outer.x += style->indent_left;
        outer.width -= style->indent_left + style->indent_right;
        space_open(f, own->space_before);
        FlowBlock *block = block_add(f, FLOW_TEXT, caption, own, outer);
        block->keep_with_next = block->whole = true;
        space_close(f, own->space_after);
    }
    Frame frame = frame_open(f, node, style);
    TableFrame table = {.x = frame.x,
        .width = frame.width,
        .wide = wide > sides ? wide - sides : 0,
        .wide_x = left,
        .container = frame.container,
        .gap = f->gap,
        .pad_above = f->pad_above};
    f->gap = f->pad_above = 0;
    f->swallow = false;
    uint32_t first = c->blocks.count;
    table_build(c, node, &table);
    Container *own = frame.container == NO_INDEX ? NULL : &c->containers.items[frame.container];
    if (table.landscape) turn_above(c, first);
    if (first < c->blocks.count) labels_take(f, &c->blocks.items[first]);
    if (own && own->node == node) {
        own->width = table.width + sides;
        if (table.landscape) own->x = 0;
    }
    frame_close(f, node, style, frame.container);
}

/* An entry of a list of contents: stands in by its depth, is never justified, and keeps out of the numbers' column. */
static const Style *entry_style(Flow *f, const Node *entry, const Style *style, Frame *frame) {
    Lu column = contents_column(style), indent = entry->value > 1 ? style->size * INDENT_THIRDS / 3 * (entry->value - 1) : 0;
    if (indent > frame->width / 3) indent = frame->width / 3;
    frame->x += indent;
    frame->width -= indent + column;
    if (frame->width < style->size) frame->width = style->size;
    if (style->align == TEXT_LEFT) return style;
    Style *ragged = NEW(f->c->arena, Style);
    *ragged = *style;
    ragged->align = TEXT_LEFT;
    return ragged;
}

/* A block without blocks inside it: text, code, image, rule. */
static void leaf_block(Flow *f, const Node *node, const Style *style) {
    Composer *c = f->c;
    if (node->kind == NODE_PULL_COPY) {
        pull_block(f, node, style);
        return;
    }
    bool tight = is_tight(node);
    space_open(f, tight ? 0 : style->space_before);
    if (style->break_before || node->kind == NODE_PAGE_BREAK) block_add(f, FLOW_PAGE_BREAK, node, style, frame_of(f, node));
    if (node->kind == NODE_PAGE_BREAK) return;
    if (node->kind == NODE_RULE) {
        Frame frame = frame_of(f, node);
        frame.x += style->indent_left;
        frame.width -= style->indent_left + style->indent_right;
        rule_block(f, node, style, frame);
    } else if (node->kind == NODE_TABLE) {
        table_blocks(f, node, style);
    } else {
        uint32_t before = c->blocks.count;
        Frame frame = frame_open(f, node, style);
        if (node->kind == NODE_IMAGE)
            image_block(f, node, style, frame);
        else {
            if (node->kind == NODE_PARAGRAPH && node->more->label.n) label_wait(f, node, frame);
            if (node->kind == NODE_CONTENTS_ENTRY) style = entry_style(f, node, style, &frame);
            FlowBlock *block = block_add(f, FLOW_TEXT, node, style, frame);
            if (keeps_whole(node)) block->whole = true;
            bool below_image = node->parent->kind == NODE_FIGURE && node->next;
            if (node->kind == NODE_TERM || below_image) block->keep_with_next = true;
            block->leads = leads_on(node);
            block->wraps = node->kind == NODE_PARAGRAPH && frame.container == NO_INDEX;
        }
        frame_close(f, node, style, frame.container);
        if (c->blocks.count == before) return;
    }
    space_close(f, tight ? 0 : style->space_after);
}

static bool is_leaf_block(const Node *node) {
    KindLevel level = tree_kind(node->kind)->level;
    return level == LEVEL_TEXT_BLOCK || level == LEVEL_BLOCK_LEAF || node->kind == NODE_IMAGE || node->kind == NODE_TABLE;
}

static void page_break_add(Flow *f, const Node *node) {
    if (f->c->blocks.count) block_add(f, FLOW_PAGE_BREAK, node, style_of(f->c->styles, node), frame_of(f, node));
}

/* A cover is one page: where its words need more room than there is, its white gives way, down to a tenth. */
static void cover_fit(Composer *c, uint32_t first) {
    Attempt whole;
    Lu white = 0;
    for (uint32_t i = first; i < c->blocks.count; i++) {
        c->blocks.items[i].loose = true; /* nothing stands beside it */
        if (i > first) white += c->blocks.items[i].gap;
    }
    arena_renew(&c->drawn, SCRATCH_LIMIT);
    column_fill(c, (Cursor){.block = first}, c->blocks.count, INT32_MAX / 4, &whole);
    Lu excess = whole.y - c->text_height;
    if (excess <= 0 || white <= 0) return;
    excess += (Lu)(c->blocks.count - first); /* what is lost below by rounding */
    if (excess > white / 10 * 9) excess = white / 10 * 9;
    for (uint32_t i = first + 1; i < c->blocks.count; i++)
        c->blocks.items[i].gap -= (Lu)((int64_t)c->blocks.items[i].gap * excess / white);
}

static void container_enter(Flow *f, const Node *node) {
    const Style *style = style_of(f->c->styles, node);
    space_open(f, style->space_before);
    if (style->break_before || node->kind == NODE_FRONT) page_break_add(f, node);
    if (node->kind == NODE_FRONT) f->front = f->c->blocks.count;
    f->frames[node->number] = frame_open(f, node, style);
    if (node->kind == NODE_ITEM || node->kind == NODE_NOTE) label_wait(f, node, f->frames[node->number]);
}

static void container_leave(Flow *f, const Node *node) {
    const Style *style = style_of(f->c->styles, node);
    if ((node->kind == NODE_ITEM || node->kind == NODE_NOTE) && f->labels.first) /* an empty item is still an item */
        block_add(f, FLOW_TEXT, node, style, f->frames[node->number]);
    frame_close(f, node, style, f->frames[node->number].container);
    space_close(f, style->space_after);
    if (node->kind == NODE_FRONT && str_is(node->more->variant, "cover")) cover_fit(f->c, f->front);
    if (node->kind == NODE_FRONT) page_break_add(f, node);
}

static bool is_contents(const Node *node) {
    if (node->kind != NODE_SECTION || !node->generated) return false;
    for (const Node *child = node->first; child; child = child->next)
        if (child->kind == NODE_CONTENTS) return true;
    return false;
}

/* Where a document's body begins that has a front: behind the last of the pages of the front and the lists of contents with which it
 * begins. UINT32_MAX: nowhere. */
static NodeNumber body_find(const Node *root) {
    const Node *last = NULL;
    bool front = false;
    for (const Node *node = root->first; node; node = node->next) {
        bool leads = node->kind == NODE_FRONT || is_contents(node);
        bool between = node->kind == NODE_STATUS || node->kind == NODE_NOTE || node->kind == NODE_PAGE_BREAK;
        if (!leads && !between) break;
        if (node->kind == NODE_FRONT) front = true;
        if (leads || (node->kind == NODE_NOTE && last && last->next == node)) last = node;
    }
    if (!front) return NO_FRONT;
    return last->next ? last->next->number : UINT32_MAX;
}

/* A note at the foot of a page: its blocks come behind those of the text, where notes.c finds them. */
static bool is_page_note(const Node *node) { return node->kind == NODE_NOTE && !node_ancestor(node, NODE_NOTES); }

/* Figures side by side, as one block a row; false where there is no room for that, and they are set one below the other. */
static bool figures_enter(Flow *f, const Node *node) {
    Composer *c = f->c;
    const Style *style = style_of(c->styles, node);
    Frame frame = f->frames[node->number];
    FigureRows rows = figures_plan(c, node, frame.x, frame.width);
    for (uint32_t i = 0; i < rows.count; i++) {
        if (i) space_open(f, style->space_after);
        FlowBlock *block = block_add(f, FLOW_COLUMNS, node, style, frame);
        block->columns = rows.items[i].columns;
        block->column_count = rows.items[i].count;
        block->whole = true;
        block->keep_with_next = false;
        *PUSH(c->arena, &f->rows, uint32_t) = c->blocks.count - 1;
    }
    return rows.count > 0;
}

/* All that is inside `top`, in reading order. */
static void flow_walk(Flow *f, const Node *top) {
    const Node *node = top->first;
    while (node) {
        if (f->c->body != NO_FRONT && node->number == f->c->body) page_break_add(f, node);
        if (is_leaf_block(node)) {
            leaf_block(f, node, style_of(f->c->styles, node));
        } else if (is_page_note(node)) {
            PUSH(f->c->arena, &f->c->notes, Note)->node = node;
        } else {
            container_enter(f, node);
            bool in_rows = node->kind == NODE_FIGURES && figures_enter(f, node);
            if (node->first && !in_rows) {
                node = node->first;
                continue;
            }
            container_leave(f, node);
        }
        while (!node->next && node->parent != top) {
            node = node->parent;
            container_leave(f, node);
        }
        node = node->next;
    }
}

/* The blocks of the columns come behind those of the text. What stands round the row is the row's affair, not theirs. */
static void columns_build(Flow *f) {
    Composer *c = f->c;
    for (uint32_t i = 0; i < f->rows.count; i++) {
        uint32_t count = c->blocks.items[f->rows.items[i]].column_count;
        FigureColumn *columns = c->blocks.items[f->rows.items[i]].columns;
        for (uint32_t k = 0; k < count; k++) {
            FigureColumn *column = &columns[k];
            column->first = c->blocks.count;
            f->column = column;
            f->frames[column->figure->parent->number] = (Frame){column->x, column->width, NO_INDEX};
            f->gap = f->pad_above = 0;
            container_enter(f, column->figure);
            flow_walk(f, column->figure);
            container_leave(f, column->figure);
            column->end = c->blocks.count;
        }
    }
    f->column = NULL;
}

void flow_build(Composer *c) {
    const Node *root = c->tree->root;
    Flow f = {.c = c, .frames = NEW_ARRAY(c->arena, Frame, c->tree->count ? c->tree->count : 1)};
    f.frames[root->number] = (Frame){0, c->text_width, NO_INDEX};
    c->body = body_find(root);
    flow_walk(&f, root);
    c->flow_end = c->blocks.count;
    columns_build(&f);
    for (uint32_t i = 0; i < c->notes.count; i++) {
        Note *note = &c->notes.items[i];
        note->first = c->blocks.count;
        f.gap = f.pad_above = 0;
        container_enter(&f, note->node);
        flow_walk(&f, note->node);
        container_leave(&f, note->node);
        note->end = c->blocks.count;
    }
}
