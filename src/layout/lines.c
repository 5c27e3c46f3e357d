/* lines: chosen lines → positioned glyph runs.
 *
 * Runs are made, and stay, in the order of the text, so that whoever reads them one after the other reads what was written; where
 * words run from right to left only their places are changed (UAX #9, L1 and L2). A document that runs so as a whole is set as
 * seen in a mirror: where its lines begin is x = 0, and pages_mirror() turns the finished pages round.
 */
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
        Run *runs = NEW_ARRAY(c->drawn, Run, wanted);
        if (line->run_count) memcpy(runs, line->runs, line->run_count * sizeof *runs);
        line->runs = runs;
        *capacity = wanted;
    }
    Run *run = &line->runs[line->run_count++];
    *run = (Run){0};
    return run;
}

static Run *run_begin(Composer *c, Line *line, uint32_t *capacity, const Segment *segment, const Face *face, Lu x, Lu baseline) {
    Run *run = run_new(c, line, capacity);
    run->node = segment->node;
    run->role = segment->node->kind == NODE_PAGE_REFERENCE ? RUN_PAGE : RUN_TEXT;
    run->face = face;
    run->size = segment->style->size;
    run->colour = segment->style->colour;
    run->letter_spacing = segment->style->letter_spacing;
    run->underline = segment->style->underline;
    run->strike = segment->style->strike;
    run->x = x;
    run->y = baseline - segment->style->baseline_shift;
    return run;
}

/* The text that `length` bytes from an item on set: a slice of its leaf's, or the space that stands for a line's end. */
static Str item_text(const Paragraph *p, const Item *item, uint32_t length, uint32_t *node_start) {
    const Segment *s = &p->segments.items[item->segment];
    *node_start = item->start - s->start + s->node_start;
    if (s->node->kind == NODE_LINE_BREAK || item->kind == ITEM_FORCED) return STR(" ");
    if (p->code && p->text.p[item->start] == '\t') return STR("    ");
    return str_slice(s->text, *node_start, *node_start + length);
}

/* White space at a line's end has the level of the paragraph: L1. */
static bool hangs(const Paragraph *p, uint32_t item, uint32_t to) {
    return item + 1 == to && p->list.items[item].kind != ITEM_BOX;
}

static uint8_t item_level(const Paragraph *p, uint32_t item, uint32_t to) {
    return hangs(p, item, to) ? p->right_to_left : p->list.items[item].level;
}

/* Whether it is set in words that the leaf does not have: a tab, or the space at a forced end, which is all that a line break is. */
static bool has_own_text(const Paragraph *p, const Item *item) {
    return item->kind == ITEM_FORCED || (p->code && p->text.p[item->start] == '\t');
}

/* Boxes that follow each other in one face, leaf and direction are one run: `end` is the first item that is not of it. */
static uint32_t run_extent(const Paragraph *p, uint32_t from, uint32_t to, uint32_t *pieces) {
    const Item *first = &p->list.items[from];
    bool own = has_own_text(p, first);
    uint32_t at = from + 1;
    *pieces = first->glyph_count > 0;
    for (; at < to && !own; at++) {
        const Item *item = &p->list.items[at];
        if (item->kind == ITEM_BREAK) continue;
        if (item->segment != first->segment || item->face != first->face || has_own_text(p, item)) break;
        if (p->levels && (item->level != first->level || hangs(p, at, to))) break;
        *pieces += item->glyph_count > 0;
    }
    while (p->list.items[at - 1].kind == ITEM_BREAK) at--;
    return at;
}

/* How a line's spaces and glyphs are set. */
typedef struct {
    Lu word_spacing;
    int32_t expansion;
} Setting;

static Lu expanded(Lu length, int32_t expansion) { return length + (Lu)((int64_t)length * expansion / 10000); }

/* The glyphs of a box or a space, which says bytes of the run from `at` on. */
static RunPiece item_piece(const Item *item, uint32_t at) {
    return (RunPiece){item->glyphs, item->glyph_count, (int32_t)(at - item->cluster)};
}

/* Whether the glyphs of an item lie behind those of the one before: a space after a word, or parts of a word that is not divided. */
static bool goes_on(const Item *before, const Item *item) {
    if (!before || item->level % 2) return false;
    return item->kind == ITEM_GLUE ? before->spaced : before->glyphs + before->glyph_count == item->glyphs;
}

static void run_fill(
    Composer *c, const Paragraph *p, Run *run, uint32_t from, uint32_t to, uint32_t piece_count, Setting setting) {
    RunPiece *pieces = NEW_ARRAY(c->drawn, RunPiece, piece_count);
    const Item *first = &p->list.items[from], *last = &p->list.items[to - 1], *before = NULL; /* one that has glyphs */
    uint32_t n = 0;
    Lu width = 0, added = 0;
    run->word_spacing = setting.word_spacing;
    run->expansion = setting.expansion;
    for (uint32_t i = from; i < to; i++) {
        const Item *item = &p->list.items[i];
        if (item->kind == ITEM_BREAK) continue;
        if (goes_on(before, item)) {
            pieces[n - 1].count += item->glyph_count;
        } else if (item->glyph_count) {
            n++;
            pieces[item->level % 2 ? piece_count - n : n - 1] = item_piece(item, item->start - first->start);
        }
        before = item->glyph_count ? item : NULL;
        run->glyph_count += item->glyph_count;
        width += item->width;
        if (item->kind == ITEM_GLUE) added += setting.word_spacing;
    }
    run->text = item_text(p, first, last->start + last->length - first->start, &run->start);
    run->width = expanded(width, setting.expansion) + added;
    run->pieces = pieces;
    run->piece_count = n;
}

static void run_piece_set(Composer *c, Run *run, const ShapedRun *shaped) {
    if (!shaped->glyph_count) return;
    RunPiece *piece = NEW(c->drawn, RunPiece);
    *piece = (RunPiece){shaped->glyphs, shaped->glyph_count, -(int32_t)shaped->start};
    run->pieces = piece;
    run->piece_count = 1;
    run->glyph_count = shaped->glyph_count;
}

static Lu hyphen_add(Composer *c, const Paragraph *p, Line *line, uint32_t *capacity, const Segment *segment, Lu x, Lu baseline,
    int32_t expansion) {
    Run *run = run_begin(c, line, capacity, segment, p->hyphen->face, x, baseline);
    run->artifact = ARTIFACT_HYPHEN;
    run->text = STR("-");
    run_piece_set(c, run, p->hyphen);
    run->expansion = expansion;
    run->width = expanded(p->hyphen_width, expansion);
    return run->width;
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

/* ---- Order ------------------------------------------------------------------------------------------------------- */

/* What moves as one when a line is put in order: a run and the boxes that go with it. */
typedef struct {
    uint32_t run_end, box_end; /* behind those that belong to it */
    uint8_t level;
    Lu x, width;
} Piece;

typedef struct {
    Piece *items;
    uint32_t count, capacity;
    uint32_t first_run, first_box;
} Pieces;

static void piece_end(Composer *c, Pieces *pieces, const Line *line, const Attempt *page, uint8_t level, Lu x, Lu width) {
    *PUSH(c->scratch, pieces, Piece) = (Piece){line->run_count, page ? page->boxes.count : 0, level, x, width};
}

/* Puts pieces that stand in the order of the text, from x on, in the order in which they are seen. */
static void pieces_order(Composer *c, const Pieces *pieces, Line *line, Attempt *page, Lu x) {
    uint8_t *levels = NEW_ARRAY(c->scratch, uint8_t, pieces->count);
    uint32_t *order = NEW_ARRAY(c->scratch, uint32_t, pieces->count);
    for (uint32_t i = 0; i < pieces->count; i++) levels[i] = pieces->items[i].level;
    levels_order(levels, pieces->count, order);
    for (uint32_t i = 0; i < pieces->count; i++) {
        uint32_t at = order[c->mirrored ? pieces->count - 1 - i : i];
        const Piece *piece = &pieces->items[at];
        Lu move = x - piece->x;
        x += piece->width;
        for (uint32_t r = at ? piece[-1].run_end : pieces->first_run; r < piece->run_end; r++) line->runs[r].x += move;
        for (uint32_t b = at ? piece[-1].box_end : pieces->first_box; b < piece->box_end; b++)
            page->boxes.items[b].rect.x += move;
    }
}

/* ---- A line ------------------------------------------------------------------------------------------------------ */

/* Sets one line; objects and backgrounds go straight to the page. */
static Line line_set(Composer *c, Attempt *page, const Style *style, const Paragraph *p, const LineBreak *breaks, Lu baseline,
    bool last, ArtifactKind artifact) {
    Line line = {.baseline = baseline};
    uint32_t capacity = 0, glue_count;
    Lu width, hanging;
    line_extent(p, breaks, &width, &hanging, &glue_count);
    bool forced = last || p->list.items[breaks->to - 1].kind == ITEM_FORCED;
    Lu measure = breaks->shape.width + breaks->hang_left + breaks->hang_right;
    Setting setting = {.expansion = line_expansion(style, width, measure, forced)};
    Lu x = breaks->shape.x - breaks->hang_left, lack = measure - expanded(width, setting.expansion);
    bool spread = style->align == TEXT_JUSTIFY && glue_count && (!forced || lack < 0);
    if (spread) setting.word_spacing = lack / (Lu)glue_count;
    /* "left" is where lines begin: at the other side, in a paragraph that runs against the document. */
    bool against = p->right_to_left != c->mirrored;
    if (style->align == TEXT_CENTRE)
        x += lack / 2;
    else if (!spread && (style->align == TEXT_RIGHT) != against)
        x += lack;
    Pieces pieces = {.first_box = page->boxes.count};
    if (breaks->wrapped) {
        Lu mark_width;
        Line mark = line_of_text(c, style, STR(CONTINUED), p->segments.items[0].node, RUN_TEXT, ARTIFACT_HYPHEN, &mark_width);
        line_move(&mark, x, baseline);
        for (uint32_t r = 0; r < mark.run_count; r++) *run_new(c, &line, &capacity) = mark.runs[r];
        x += style->size * 2;
    }
    Lu begin = against ? x - hanging : x;
    pieces.first_run = line.run_count;
    for (uint32_t i = breaks->from; i < breaks->to;) {
        const Item *item = &p->list.items[i];
        const Segment *segment = &p->segments.items[item->segment];
        if (!item->face) {
            if (item->kind == ITEM_BOX) image_place(c, page, segment, item, x, baseline, artifact);
            if (p->levels && item->kind == ITEM_BOX) piece_end(c, &pieces, &line, page, item->level, x, item->width);
            if (item->kind == ITEM_BOX) x += item->width;
            i++;
            continue;
        }
        uint32_t piece_count, end = run_extent(p, i, breaks->to, &piece_count);
        Run *run = run_begin(c, &line, &capacity, segment, item->face, x, baseline);
        run->artifact = artifact;
        run_fill(c, p, run, i, end, piece_count, setting);
        if (segment->has_background) {
            Lu shown = run->width - (end == breaks->to ? hanging : 0);
            background_place(c, page, segment, x, shown, run->y);
        }
        if (p->levels) piece_end(c, &pieces, &line, page, item_level(p, i, breaks->to), x, run->width);
        x += run->width;
        i = end;
    }
    if (breaks->hyphen && p->hyphen) {
        const Segment *segment = &p->segments.items[p->list.items[breaks->to - 1].segment];
        Lu shown = hyphen_add(c, p, &line, &capacity, segment, x, baseline, setting.expansion);
        uint8_t level = pieces.count ? pieces.items[pieces.count - 1].level : 0;
        if (p->levels) piece_end(c, &pieces, &line, page, level, x, shown);
    }
    if (p->levels) pieces_order(c, &pieces, &line, page, begin);
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
    if (dot.run_count != 1 || dot.runs[0].piece_count != 1 || raster <= width) return;
    Lu first = (right - from) / raster, last = (right - to + width + raster - 1) / raster;
    if (first - last < 1) return;
    uint32_t count = (uint32_t)(first - last + 1), capacity = line->run_count;
    Buf text = buf_new(c->lasting);
    RunPiece *pieces = NEW_ARRAY(c->drawn, RunPiece, count);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_char(&text, '.');
        pieces[i] = dot.runs[0].pieces[0];
        pieces[i].shift += (int32_t)i;
    }
    Run *run = run_new(c, line, &capacity);
    *run = dot.runs[0];
    run->text = buf_str(&text);
    run->pieces = pieces;
    run->piece_count = run->glyph_count = count;
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
    box.lines = NEW_ARRAY(c->drawn, Line, box.line_count);
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

/* Adds a stretch of one level as runs, from *width on. */
static void level_set(Composer *c, Line *line, uint32_t *capacity, Pieces *pieces, const Run *look, const Style *style, Str part,
    uint8_t level, Lu *width) {
    const Face *face = fonts_face(c->fonts, style->family, style->bold, style->italic);
    unsigned features = style_features(style) | (level % 2 ? SHAPE_RIGHT_TO_LEFT : 0u);
    Str language = tree_language(c->tree, look->node ? look->node : c->tree->root);
    const Shaped *shaped = text_shape(c->fonts, face, features, language, part);
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        const ShapedRun *from = &shaped->runs[r];
        Run *run = run_new(c, line, capacity);
        *run = *look;
        run->text = str_slice(part, from->start, from->start + from->length);
        run->face = from->face;
        run_piece_set(c, run, from);
        run->x = *width;
        run->width = text_advance_lu(from->face, from->advance, style->size) + style->letter_spacing * (Lu)from->glyph_count;
        piece_end(c, pieces, line, NULL, level, *width, run->width);
        *width += run->width;
    }
}

Line line_of_text(Composer *c, const Style *style, Str text, const Node *node, RunRole role, ArtifactKind artifact, Lu *width) {
    Line line = {0};
    *width = 0;
    if (!text.n) return line;
    Run look = {.node = node,
        .role = role,
        .artifact = artifact,
        .size = style->size,
        .colour = style->colour,
        .letter_spacing = style->letter_spacing};
    uint32_t capacity = 0;
    Pieces pieces = {0};
    bool backwards = node && node->kind == NODE_ITEM
                         ? c->runs[node->number] & RUNS_BACKWARDS /* a label runs as its list does */
                         : text_is_right_to_left(tree_language(c->tree, node ? node : c->tree->root), text);
    uint8_t *levels = NEW_ARRAY(c->scratch, uint8_t, text.n);
    bool mixed = text_levels(c->scratch, text, backwards, NULL, 0, levels);
    for (size_t at = 0; at < text.n;) {
        size_t end = mixed ? at : text.n;
        while (end < text.n && levels[end] == levels[at]) end++;
        level_set(c, &line, &capacity, &pieces, &look, style, str_slice(text, at, end), levels[at], width);
        at = end;
    }
    if (mixed || c->mirrored) pieces_order(c, &pieces, &line, NULL, 0);
    return line;
}

void line_move(Line *line, Lu x, Lu baseline) {
    line->baseline = baseline;
    for (uint32_t r = 0; r < line->run_count; r++) {
        line->runs[r].x += x;
        line->runs[r].y = baseline;
    }
}
