/* label: the bullets, numbers and task boxes that hang beside the first line of a list's items and of notes. */
#include "layout/compose.h"

static Str roman(Arena *arena, int32_t number) {
    static const struct {
        int32_t value;
        const char *digits;
    } steps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
        {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
    Buf out = buf_new(arena);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; number >= steps[i].value; number -= steps[i].value) buf_add_c(&out, steps[i].digits);
    return buf_str(&out);
}

static Str label_of(Composer *c, const Node *item, Marker marker) {
    int32_t number = item->value;
    if (item->task != TASK_NONE) return item->task == TASK_DONE ? STR("\xE2\x98\x91") : STR("\xE2\x98\x90");
    if (item->kind == NODE_NOTE || (item->parent->kind == NODE_LIST && item->parent->ordered)) {
        if (marker == MARKER_ALPHA && number >= 1 && number <= 26) return str_format(c->arena, "%c)", 'a' + number - 1);
        if (marker == MARKER_ROMAN && number >= 1 && number < 4000)
            return str_format(c->arena, STR_FMT ".", STR_ARG(roman(c->arena, number)));
        return str_format(c->arena, "%d.", (int)number);
    }
    switch (marker) {
    case MARKER_NONE: return (Str){0};
    case MARKER_DASH: return STR("\xE2\x80\x93");
    case MARKER_CIRCLE: return STR("\xE2\x97\xA6");
    case MARKER_SQUARE: return STR("\xE2\x96\xAA");
    case MARKER_DISC:
    case MARKER_DECIMAL:
    case MARKER_ALPHA:
    case MARKER_ROMAN: break;
    }
    return STR("\xE2\x80\xA2");
}

void label_place(Composer *c, Attempt *page, const FlowBlock *block, Lu top) {
    for (uint32_t i = 0; i < block->label_count; i++) {
        const Node *item = block->labels[i];
        const Style *list = style_of(c->styles, item->parent);
        Str text = label_of(c, item, list->marker);
        if (!text.n) continue;
        Style look = *style_of(c->styles, item);
        bool words = text.p[text.n - 1] == '.' || text.p[text.n - 1] == ')';
        if (c->styles->marker) look.colour = c->styles->marker->colour;
        if (c->styles->marker && words) look.bold = c->styles->marker->bold;
        look.tabular = true;
        Lu width, left = block->x - list->marker_gap;
        /* The label of an outer item hangs where that item's own text begins. */
        for (uint32_t k = i + 1; k < block->label_count; k++) left -= style_of(c->styles, block->labels[k])->indent_left;
        Line line = line_of_text(c, &look, text, item, RUN_LABEL, ARTIFACT_NONE, &width);
        line_move(&line, left - width, top + style_baseline(c, block->style));
        LayoutBox *box = PUSH(c->arena, &page->boxes, LayoutBox);
        *box = (LayoutBox){.kind = BOX_LINES, .node = item, .rect = {left - width, top, width, block->style->leading}};
        box->lines = NEW(c->arena, Line);
        *box->lines = line;
        box->line_count = 1;
    }
}
