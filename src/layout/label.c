/* label: the bullets, numbers and task boxes that hang beside the first line of a list's items and of notes, and the numbers of
 * paragraphs in the margin. */
#include "layout/compose.h"

#define EDGE (6 * LU_PT) /* nearer to the paper's edge nothing is set */

Str number_roman(Arena *arena, uint32_t number) {
    static const struct {
        uint32_t value;
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
    if (item->more->label.n) return item->more->label;
    if (item->task != TASK_NONE) return item->task == TASK_DONE ? STR("\xE2\x98\x91") : STR("\xE2\x98\x90");
    if (item->kind == NODE_NOTE || (item->parent->kind == NODE_LIST && item->parent->ordered)) {
        if (marker == MARKER_ALPHA && number >= 1 && number <= 26) return str_format(c->lasting, "%c)", 'a' + number - 1);
        if (marker == MARKER_ROMAN && number >= 1 && number < 4000)
            return str_format(c->lasting, STR_FMT ".", STR_ARG(number_roman(c->lasting, (uint32_t)number)));
        return str_format(c->lasting, "%d.", (int)number);
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

static void label_set(
    Composer *c, Attempt *page, const FlowBlock *block, const Node *node, const Line *set, Lu x, Lu width, Lu top) {
    Line *line = NEW(c->drawn, Line);
    *line = *set;
    line_move(line, x, top + style_baseline(c, block->style));
    *PUSH(c->drawn, &page->boxes, LayoutBox) = (LayoutBox){
        .kind = BOX_LINES, .node = node, .rect = {x, top, width, block->style->leading}, .lines = line, .line_count = 1};
}

/* All paragraphs' numbers end at one distance from the measure, whatever stands round the paragraph; and none leaves the paper. */
static void paragraph_number_place(Composer *c, Attempt *page, const FlowBlock *block, const Node *node, Lu top) {
    const PageStyle *paper = c->styles->page;
    Style look = c->styles->paragraph_number ? *c->styles->paragraph_number : *block->style;
    look.tabular = true;
    Lu width, gap = look.size / 2, margin = paper->margin_left;
    if (paper->two_sided && paper->margin_right < margin) margin = paper->margin_right;
    Line line = line_of_text(c, &look, node->more->label, node, RUN_LABEL, ARTIFACT_NONE, &width);
    Lu x = -gap - width;
    if (x < EDGE - margin) x = EDGE - margin;
    label_set(c, page, block, node, &line, x, width, top);
}

void label_place(Composer *c, Attempt *page, const FlowBlock *block, Lu top) {
    for (const Hanging *label = c->measuring ? NULL : block->labels; label; label = label->next) {
        const Node *item = label->node;
        if (item->kind == NODE_PARAGRAPH) {
            paragraph_number_place(c, page, block, item, top);
            continue;
        }
        const Style *list = style_of(c->styles, item->parent);
        Str text = label_of(c, item, list->marker);
        if (!text.n) continue;
        Style look = *style_of(c->styles, item);
        bool words = text.p[text.n - 1] == '.' || text.p[text.n - 1] == ')';
        if (c->styles->marker) look.colour = c->styles->marker->colour;
        if (c->styles->marker && words) look.bold = c->styles->marker->bold;
        look.tabular = true;
        Lu width;
        Line line = line_of_text(c, &look, text, item, RUN_LABEL, ARTIFACT_NONE, &width);
        Lu x = label->turned ? label->x + list->marker_gap : label->x - list->marker_gap - width;
        label_set(c, page, block, item, &line, x, width, top);
    }
}
