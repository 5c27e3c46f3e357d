/* lines: chosen lines → positioned glyph runs. */
#include "layout/compose.h"

#include <string.h>

#define CONTINUED "\xE2\x86\xAA" /* ↪ before a code line that goes on from the one before */

Lu style_baseline(Composer *c, const Style *style) {
    const Face *face = fonts_face(c->fonts, style->family, style->bold, style->italic);
    Lu ascent = text_advance_lu(face, face->ascent, style->size), descent = text_advance_lu(face, -face->descent, style->size);
    return (style->leading - ascent - descent) / 2 + ascent;
}

/* Most lines are one run: room is made for one, then for twice as many. */
static Run *run_new(Composer *c, Line *line, uint32_t *capacity) {
    if (line->run_count == *capacity) {
        uint32_t wanted = *capacity ? *capacity * 2 : 1;
        Run *runs = NEW_ARRAY(c->arena, Run, wanted);
        if (line->run_count) memcpy(runs, line->runs, line->run_count * sizeof *runs);
        line->runs = runs;
        *capacity = wanted;
    }
    Run *run = &line->runs[line->run_count++];
    *run = (Run){0};
    return run;
}

static Run *run_begin(
    Composer *c, Line *line, uint32_t *capacity, const Segment *segment, const ShapedRun *shaped, Lu x, Lu baseline) {
    Run *run = run_new(c, line, capacity);
    run->node = segment->node;
    run->role = segment->node->kind == NODE_PAGE_REFERENCE ? RUN_PAGE : RUN_TEXT;
    run->face = shaped->face;
    run->size = segment->style->size;
    run->colour = segment->style->colour;
    run->letter_spacing = segment->style->letter_spacing;
    run->underline = segment->style->underline;
    run->strike = segment->style->strike;
    run->x = x;
    run->y = baseline - segment->style->baseline_shift;
    return run;
}

/* The text that an item sets: a slice of its leaf's, or the space that stands for a line's end. */
static Str item_text(const Paragraph *p, const Item *item, uint32_t *node_start) {
    const Segment *s = &p->segments.items[item->segment];
    *node_start = item->start - s->start + s->node_start;
    if (s->node->kind == NODE_LINE_BREAK || item->kind == ITEM_FORCED) return STR(" ");
    if (p->code && p->text.p[item->start] == '\t') return STR("    ");
    return str_slice(s->text, *node_start, *node_start + item->length);
}

/* Boxes that follow each other in one face and leaf are one run: `end` is the first item that is not of it. */
static uint32_t run_extent(const Paragraph *p, uint32_t from, uint32_t to, uint32_t *glyphs) {
    const Item *first = &p->list.items[from];
    Str text = {0};
    uint32_t at = from, node_start;
    *glyphs = 0;
    for (; at < to; at++) {
        const Item *item = &p->list.items[at];
        if (item->kind == ITEM_BREAK) continue;
        if (!item->run || item->segment != first->segment || item->run->face != first->run->face) break;
        Str next = item_text(p, item, &node_start);
        if (text.p && next.p != text.p + text.n) break; /* a tab or a line's end has no text of its own in the leaf */
        text = (Str){text.p ? text.p : next.p, text.n + next.n};
        *glyphs += item->glyph_count;
    }
    while (at > from && p->list.items[at - 1].kind == ITEM_BREAK) at--;
    return at;
}

/* How a line's spaces and glyphs are set. */
typedef struct {
    Lu word_spacing;
    int32_t expansion;
} Setting;

static Lu expanded(Lu length, int32_t expansion) { return length + (Lu)((int64_t)length * expansion / 10000); }

/* A word that is shaped alone has the very glyphs that the cache has. */
static bool run_share(const Paragraph *p, Run *run, uint32_t from, uint32_t to, Setting setting) {
    const Item *item = &p->list.items[from];
    if (to != from + 1 || item->kind != ITEM_BOX || !item->glyph_count || item->glyph_from || item->run->start ||
        item->run->glyphs[0].cluster)
        return false;
    uint32_t node_start;
    run->text = item_text(p, item, &node_start);
    run->start = node_start;
    run->width = expanded(item->width, setting.expansion);
    run->glyphs = item->run->glyphs;
    run->glyph_count = item->glyph_count;
    return true;
}

static void run_fill(
    Composer *c, const Paragraph *p, Run *run, uint32_t from, uint32_t to, uint32_t glyph_count, Setting setting) {
    run->word_spacing = setting.word_spacing;
    run->expansion = setting.expansion;
    if (run_share(p, run, from, to, setting)) return;
    Glyph *glyphs = NEW_ARRAY(c->arena, Glyph, glyph_count);
    uint32_t n = 0, node_start = 0;
    Lu added = 0;
    for (uint32_t i = from; i < to; i++) {
        const Item *item = &p->list.items[i];
        if (item->kind == ITEM_BREAK) continue;
        Str text = item_text(p, item, &node_start);
        if (!run->text.p) {
            run->text = (Str){text.p, 0};
            run->start = node_start;
        }
        uint32_t base = (uint32_t)run->text.n;
        uint32_t first_cluster = item->glyph_count ? item->run->glyphs[item->glyph_from].cluster : 0;
        for (uint32_t g = 1; g < item->glyph_count; g++)
            if (item->run->glyphs[item->glyph_from + g].cluster < first_cluster)
                first_cluster = item->run->glyphs[item->glyph_from + g].cluster;
        for (uint32_t g = 0; g < item->glyph_count; g++) {
            glyphs[n] = item->run->glyphs[item->glyph_from + g];
            glyphs[n].cluster = glyphs[n].cluster - first_cluster + base;
            n++;
        }
        run->text.n += text.n;
        run->width += item->width;
        if (item->kind == ITEM_GLUE) added += setting.word_spacing;
    }
    run->width = expanded(run->width, setting.expansion) + added;
    run->glyphs = glyphs;
    run->glyph_count = n;
}

static void hyphen_add(Composer *c, const Paragraph *p, Line *line, uint32_t *capacity, const Segment *segment, Lu x, Lu baseline,
    int32_t expansion) {
    Run *run = run_begin(c, line, capacity, segment, p->hyphen, x, baseline);
    run->artifact = ARTIFACT_HYPHEN;
    run->text = STR("-");
    run->glyphs = p->hyphen->glyphs;
    run->glyph_count = p->hyphen->glyph_count;
    run->expansion = expansion;
    run->width = expanded(p->hyphen_width, expansion);
}

/* What a line's words take, without the space that hangs at its end. */
static void line_extent(const Paragraph *p, const LineBreak *breaks, Lu *width, Lu *last_space, uint32_t *glue_count) {
    *width = *last_space = 0;
    *glue_count = 0;
    for (uint32_t i = breaks->from; i < breaks->to; i++) {
        const Item *item = &p->list.items[i];
        bool last = i + 1 == breaks->to;
        if (item->kind == ITEM_BOX || (item->kind == ITEM_GLUE && !last)) *width += item->width;
        if (item->kind == ITEM_GLUE && !last) (*glue_count)++;
        if (last && item->kind == ITEM_GLUE) *last_space = item->width;
    }
    if (breaks->hyphen) *width += p->hyphen_width;
}

static void image_place(
    Composer *c, Attempt *page, const Segment *segment, const Item *item, Lu x, Lu baseline, ArtifactKind artifact) {
    const Image *image = c->images[segment->node->number];
    if (!image || !image->width) return;
    LayoutBox *box = PUSH(c->drawn, &page->boxes, LayoutBox);
    box->kind = BOX_IMAGE;
    box->node = segment->node;
    box->artifact = artifact;
    box->image = image;
    Lu height = (Lu)((int64_t)item->width * image->height / image->width);
    box->rect = (Rect){x, baseline - height, item->width, height};
}

static void background_place(Composer *c, Attempt *page, const Segment *segment, Lu x, Lu width, Lu baseline) {
    LayoutBox *box = PUSH(c->drawn, &page->boxes, LayoutBox);
    box->kind = BOX_FILL;
    box->node = segment->node;
    box->artifact = ARTIFACT_DECORATION;
    box->colour = segment->background;
    Lu size = segment->style->size;
    box->rect = (Rect){x - size / 8, baseline - size * 7 / 8, width + size / 4, size * 19 / 16};
}

/* Sets one line; objects and backgrounds go straight to the page. */
static Line line_set(Composer *c, Attempt *page, const Style *style, const Paragraph *p, const LineBreak *breaks, Lu baseline,
    bool last, ArtifactKind artifact) {
    Line line = {.baseline = baseline};
    uint32_t capacity = 0, glue_count;
    Lu width, hanging;
    line_extent(p, breaks, &width, &hanging, &glue_count);
    bool forced = last || p->list.items[breaks->to - 1].kind == ITEM_FORCED;
    Setting setting = {.expansion = line_expansion(style, width, breaks->shape.width, forced)};
    Lu x = breaks->shape.x, lack = breaks->shape.width - expanded(width, setting.expansion);
    if (style->align == TEXT_CENTRE) x += lack / 2;
    if (style->align == TEXT_RIGHT) x += lack;
    if (style->align == TEXT_JUSTIFY && glue_count && (!forced || lack < 0)) setting.word_spacing = lack / (Lu)glue_count;
    if (breaks->wrapped) {
        Lu mark_width;
        Line mark = line_of_text(c, style, STR(CONTINUED), p->segments.items[0].node, RUN_TEXT, ARTIFACT_HYPHEN, &mark_width);
        line_move(&mark, x, baseline);
        for (uint32_t r = 0; r < mark.run_count; r++) *run_new(c, &line, &capacity) = mark.runs[r];
        x += style->size * 2;
    }
    for (uint32_t i = breaks->from; i < breaks->to;) {
        const Item *item = &p->list.items[i];
        const Segment *segment = &p->segments.items[item->segment];
        if (!item->run) {
            if (item->kind == ITEM_BOX) image_place(c, page, segment, item, x, baseline, artifact);
            if (item->kind == ITEM_BOX) x += item->width;
            i++;
            continue;
        }
        uint32_t glyph_count, end = run_extent(p, i, breaks->to, &glyph_count);
        Run *run = run_begin(c, &line, &capacity, segment, item->run, x, baseline);
        run->artifact = artifact;
        run_fill(c, p, run, i, end, glyph_count, setting);
        if (segment->has_background) {
            Lu shown = run->width - (end == breaks->to ? hanging : 0);
            background_place(c, page, segment, x, shown, run->y);
        }
        x += run->width;
        i = end;
    }
    if (breaks->hyphen && p->hyphen) {
        const Segment *segment = &p->segments.items[p->list.items[breaks->to - 1].segment];
        hyphen_add(c, p, &line, &capacity, segment, x, baseline, setting.expansion);
    }
    return line;
}

/* ---- Lists of contents: words, dots, the page's number at the end of the measure ---------------------------------- */

#define COLUMN_EMS 3 /* for the number and the white before it */

Lu contents_column(const Style *entry) { return entry->size * COLUMN_EMS; }

/* Dots on a raster that is counted from the right, so that they stand below each other in all entries. */
static void leader_add(Composer *c, Line *line, const Node *entry, const Style *style, Lu from, Lu to, Lu right) {
    Style look = *style;
    look.bold = look.italic = false;
    look.letter_spacing = 0;
    Lu raster = style_of(c->styles, entry->parent)->size * 3 / 5, width;
    Line dot = line_of_text(c, &look, STR("."), NULL, RUN_TEXT, ARTIFACT_LEADER, &width);
    if (dot.run_count != 1 || raster <= width) return;
    Lu first = (right - from) / raster, last = (right - to + width + raster - 1) / raster;
    if (first - last < 1) return;
    uint32_t count = (uint32_t)(first - last + 1), capacity = line->run_count;
    Buf text = buf_new(c->arena);
    Glyph *glyphs = NEW_ARRAY(c->arena, Glyph, count);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_char(&text, '.');
        glyphs[i] = dot.runs[0].glyphs[0];
        glyphs[i].cluster = i;
    }
    Run *run = run_new(c, line, &capacity);
    *run = dot.runs[0];
    run->text = buf_str(&text);
    run->glyphs = glyphs;
    run->glyph_count = count;
    run->letter_spacing = raster - width;
    run->x = right - first * raster;
    run->y = line->baseline;
    run->width = (Lu)count * raster;
}

static void contents_finish(
    Composer *c, Line *line, const Node *entry, const Style *style, const Paragraph *p, const LineBreak *breaks) {
    const Node *reference = entry->first;
    while (reference && reference->kind != NODE_PAGE_REFERENCE) reference = node_next(reference, entry);
    if (!reference || !c->page_texts || !c->page_texts[reference->number].n) return;
    Lu right = breaks->shape.x + breaks->shape.width + contents_column(style), width, words, hanging;
    uint32_t glue_count, capacity;
    line_extent(p, breaks, &words, &hanging, &glue_count);
    Style look = *style_of(c->styles, reference);
    look.tabular = true;
    Line number = line_of_text(c, &look, c->page_texts[reference->number], reference, RUN_PAGE, ARTIFACT_NONE, &width);
    line_move(&number, right - width, line->baseline);
    Lu white = style->size / 2;
    leader_add(c, line, entry, style, breaks->shape.x + words + white, right - width - white, right);
    capacity = line->run_count;
    for (uint32_t r = 0; r < number.run_count; r++) *run_new(c, line, &capacity) = number.runs[r];
}

void lines_set(Composer *c, Attempt *page, const Node *node, const Style *style, const Paragraph *p, const LineBreaks *lines,
    uint32_t first, uint32_t end, Lu top, ArtifactKind artifact) {
    if (first >= end || c->measuring) return;
    LayoutBox box = {.kind = BOX_LINES, .node = node, .artifact = artifact};
    box.line_count = end - first;
    box.lines = NEW_ARRAY(c->arena, Line, box.line_count);
    Lu baseline = top + style_baseline(c, style);
    Lu left = lines->items[first].shape.x, right = left;
    for (uint32_t i = first; i < end; i++) {
        const Shape *shape = &lines->items[i].shape;
        box.lines[i - first] = line_set(
            c, page, style, p, &lines->items[i], baseline + style->leading * (Lu)(i - first), i + 1 == lines->count, artifact);
        if (shape->x < left) left = shape->x;
        if (shape->x + shape->width > right) right = shape->x + shape->width;
    }
    if (node->kind == NODE_CONTENTS_ENTRY && end == lines->count) {
        contents_finish(c, &box.lines[end - first - 1], node, style, p, &lines->items[end - 1]);
        right += contents_column(style);
    }
    box.rect = (Rect){left, top, right - left, style->leading * (Lu)box.line_count};
    *PUSH(c->drawn, &page->boxes, LayoutBox) = box;
}

Line line_of_text(Composer *c, const Style *style, Str text, const Node *node, RunRole role, ArtifactKind artifact, Lu *width) {
    Line line = {0};
    *width = 0;
    if (!text.n) return line;
    const Face *face = fonts_face(c->fonts, style->family, style->bold, style->italic);
    Str language = node ? tree_language(c->tree, node) : tree_language(c->tree, c->tree->root);
    const Shaped *shaped = text_shape(c->fonts, face, style_features(style), language, text);
    line.runs = NEW_ARRAY(c->arena, Run, shaped->run_count);
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        const ShapedRun *from = &shaped->runs[r];
        Glyph *glyphs = NEW_ARRAY(c->arena, Glyph, from->glyph_count);
        for (uint32_t g = 0; g < from->glyph_count; g++) {
            glyphs[g] = from->glyphs[g];
            glyphs[g].cluster -= from->start;
        }
        Run *run = &line.runs[line.run_count++];
        *run = (Run){.node = node,
            .role = role,
            .artifact = artifact,
            .text = str_slice(text, from->start, from->start + from->length),
            .face = from->face,
            .glyphs = glyphs,
            .glyph_count = from->glyph_count,
            .size = style->size,
            .colour = style->colour,
            .letter_spacing = style->letter_spacing,
            .x = *width};
        run->width = text_advance_lu(from->face, from->advance, style->size) + style->letter_spacing * (Lu)from->glyph_count;
        *width += run->width;
    }
    return line;
}

void line_move(Line *line, Lu x, Lu baseline) {
    line->baseline = baseline;
    for (uint32_t r = 0; r < line->run_count; r++) {
        line->runs[r].x += x;
        line->runs[r].y = baseline;
    }
}
