/* paragraph: a text block → items, as in Knuth and Plass, "Breaking Paragraphs into Lines" (1981): boxes of shaped glyphs, spaces, and
 * places where a line may end.
 *
 * A word is shaped whole for each leaf it lies in and then cut at the places where UAX #14 lets a line end, so that kerning inside it
 * stands and nothing is shaped twice. A box wider than half the measure may be cut anywhere, at a price: an address without any
 * sensible place must not leave the page.
 */
#include "layout/compose.h"

#include <string.h>

#define PENALTY_HYPHEN 150 /* at a hyphen, the author's or one that is added */
#define PENALTY_HYPHEN_NAME 800
#define PENALTY_ANYWHERE (PENALTY_LAST + 20000) /* where no rule lets a line end */
#define PENALTY_TOGETHER (PENALTY_LAST + 10000) /* at a space that holds together what it parts */

#define SOFT_HYPHEN "\xC2\xAD"
#define OBJECT "\xEF\xBF\xBC" /* U+FFFC: stands for an inline image */

static Item *item_add(Composer *c, ItemKind kind, uint32_t segment) {
    if (c->items.count < c->items.capacity)
        c->items.count++;
    else
        (void)PUSH(c->arena, &c->items, Item);
    Item *item = &c->items.items[c->items.count - 1];
    *item = (Item){.kind = (uint8_t)kind, .segment = segment};
    return item;
}

unsigned style_features(const Style *style) {
    return (style->tabular ? SHAPE_TABULAR : 0u) | (style->small_capitals ? SHAPE_SMALL_CAPITALS : 0u) |
           (style->figures == FIGURES_OLD_STYLE ? SHAPE_OLD_STYLE : 0u) | (style->fractions ? SHAPE_FRACTIONS : 0u);
}

static uint8_t level_at(const Paragraph *p, uint32_t at) { return p->levels ? p->levels[at] : 0; }

/* Where what stands from `at` on, up to `end`, has another level. */
static uint32_t level_end(const Paragraph *p, uint32_t at, uint32_t end) {
    if (!p->levels) return end;
    uint32_t after = at;
    while (after < end && p->levels[after] == p->levels[at]) after++;
    return after;
}

static const Shaped *segment_shape(Composer *c, const Segment *segment, Str text, uint8_t level) {
    const Look *look = segment->look;
    return text_shape(c->fonts, look->face, look->features | (level % 2 ? SHAPE_RIGHT_TO_LEFT : 0u), look->language, text);
}

/* The place in the source of a character of a leaf: the same character, as often repeated, after the leaf's beginning. */
static Place character_place(Composer *c, const Node *node, Str character, uint32_t offset) {
    Place place = node_place(c->tree, node);
    const Source *source = c->tree->source;
    if (!source || !node->line) return place;
    uint32_t repeats = 0;
    for (size_t at = 0; at + character.n <= offset; at++)
        if (str_equal(str_slice(node->text, at, at + character.n), character)) repeats++;
    size_t at = 0;
    uint32_t line = 1;
    while (line < node->line && at < source->text.n)
        if (source->text.p[at++] == '\n') line++;
    uint32_t column = 1;
    while (at < source->text.n) {
        size_t next = at;
        utf8_next(source->text, &next);
        bool reached = line > node->line || column >= node->column;
        if (reached && str_equal(str_slice(source->text, at, next), character) && repeats-- == 0)
            return (Place){source, line, column};
        column++;
        if (source->text.p[at] == '\n') {
            line++;
            column = 1;
        }
        if (line > node->line + 200) break;
        at = next;
    }
    return place;
}

static void missing_report(Composer *c, const Segment *segment, Str text, const Shaped *shaped) {
    c->unfit = true; /* what follows has to be said, or noted, in order */
    if (c->ahead) return;
    for (uint32_t r = 0; r < shaped->run_count; r++)
        for (uint32_t g = 0; g < shaped->runs[r].glyph_count; g++) {
            const Glyph *glyph = &shaped->runs[r].glyphs[g];
            if (glyph->id != 0) continue;
            size_t next = glyph->cluster;
            uint32_t code = utf8_next(text, &next);
            Str character = str_slice(text, glyph->cluster, next);
            if (strmap_find(c->missing, character)) continue;
            strmap_put(c->missing, str_copy(c->arena, character), (void *)segment->node);
            uint32_t offset = (uint32_t)(character.p - segment->text.p);
            bool inside = character.p >= segment->text.p && offset < segment->text.n;
            diag_claim(c->diags, CLAIM_PDF_UA | CLAIM_PDF_A, "glyph-missing",
                inside ? character_place(c, segment->node, character, offset) : node_place(c->tree, segment->node),
                "use another character, or words", "no font has the character U+%04X (" STR_FMT ")", (unsigned)code,
                STR_ARG(character));
        }
}

static Lu glyphs_width(const Segment *segment, const ShapedRun *run, uint32_t from, uint32_t count) {
    int32_t units = 0;
    for (uint32_t g = from; g < from + count; g++) units += run->glyphs[g].advance;
    return text_advance_lu(run->face, units, segment->style->size) + segment->style->letter_spacing * (Lu)count;
}

/* Clusters do not decrease in text from left to right, and do not increase in text from right to left. */
static void item_draw(Item *item, const ShapedRun *run, uint32_t from, uint32_t count) {
    item->face = run->face;
    item->glyphs = &run->glyphs[from];
    item->glyph_count = count;
    if (count) item->cluster = item->glyphs[item->level % 2 ? count - 1 : 0].cluster;
}

static void box_add(Composer *c, Paragraph *p, uint32_t segment, const ShapedRun *run, uint32_t from, uint32_t count,
    uint32_t start, uint32_t length) {
    Item *item = item_add(c, ITEM_BOX, segment);
    item->start = start;
    item->length = length;
    item->level = level_at(p, start);
    item_draw(item, run, from, count);
    item->width = glyphs_width(&p->segments.items[segment], run, from, count);
}

static bool ends_with_soft_hyphen(Str text, uint32_t end) {
    return end >= 2 && text.p[end - 2] == SOFT_HYPHEN[0] && text.p[end - 1] == SOFT_HYPHEN[1];
}

/* `kind` is what text_breaks() and text_hyphenate() say of the place. */
static void break_add(Composer *c, Paragraph *p, uint32_t segment, uint32_t at, uint8_t kind) {
    Item *item = item_add(c, ITEM_BREAK, segment);
    item->start = at;
    item->hyphen = kind == BREAK_HYPHEN || kind == BREAK_HYPHEN_NAME || ends_with_soft_hyphen(p->text, at);
    p->divided |= item->hyphen;
    bool written = at && p->text.p[at - 1] == '-';
    item->penalty = kind == BREAK_NO            ? PENALTY_ANYWHERE
                    : kind == BREAK_HYPHEN_NAME ? PENALTY_HYPHEN_NAME
                    : item->hyphen || written   ? PENALTY_HYPHEN
                                                : 0;
}

/* Cuts one run into boxes at the breaks of the text and, where a box is too wide, between any two clusters. */
static void run_cut(
    Composer *c, Paragraph *p, uint32_t segment, const ShapedRun *run, uint32_t base, const uint8_t *breaks, Lu limit) {
    uint32_t count = run->glyph_count, end_of_run = base + run->start + run->length;
    bool forward = count < 2 || run->glyphs[0].cluster <= run->glyphs[count - 1].cluster;
    uint32_t from = 0, start = base + run->start; /* glyphs are counted in the order of the text */
    const Segment *s = &p->segments.items[segment];
    bool wide = text_advance_lu(run->face, run->advance, s->style->size) > limit;
    for (uint32_t g = 1; g < count; g++) {
        uint32_t cluster = run->glyphs[forward ? g : count - 1 - g].cluster;
        if (cluster == run->glyphs[forward ? g - 1 : count - g].cluster) continue;
        uint32_t at = base + cluster;
        uint8_t kind = breaks[at - 1];
        if (kind == BREAK_NO && !wide) continue;
        box_add(c, p, segment, run, forward ? from : count - g, g - from, start, at - start);
        break_add(c, p, segment, at, kind);
        from = g;
        start = at;
    }
    box_add(c, p, segment, run, forward ? from : 0, count - from, start, end_of_run - start);
}

/* A piece of text without spaces, inside one segment. */
static void piece_add(Composer *c, Paragraph *p, uint32_t segment, uint32_t from, uint32_t to, const uint8_t *breaks, Lu limit) {
    const Segment *s = &p->segments.items[segment];
    Str text = str_slice(s->text, from - s->start + s->node_start, to - s->start + s->node_start);
    const Shaped *shaped = segment_shape(c, s, text, level_at(p, from));
    if (shaped->missing) missing_report(c, s, text, shaped);
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        if (r && breaks[from + shaped->runs[r].start - 1] == BREAK_MAY)
            break_add(c, p, segment, from + shaped->runs[r].start, BREAK_MAY);
        run_cut(c, p, segment, &shaped->runs[r], from, breaks, limit);
    }
    if (shaped->spaced) c->items.items[c->items.count - 1].spaced = true;
    if (to < p->text.n && p->text.p[to] != ' ' && breaks[to - 1] == BREAK_MAY) break_add(c, p, segment, to, BREAK_MAY);
}

static inline Item *space_add(Composer *c, Paragraph *p, ItemKind kind, uint32_t segment, uint32_t at) {
    const Look *look = p->segments.items[segment].look;
    Item *item = item_add(c, kind, segment);
    item->start = at;
    item->length = 1;
    item->level = level_at(p, at);
    if (look->space) item_draw(item, look->space, 0, look->space->glyph_count);
    item->width = look->space_width;
    return item;
}

static Str leaf_text(const Composer *c, const Node *leaf) {
    if (leaf->kind != NODE_PAGE_REFERENCE) return leaf->text;
    return c->page_texts ? c->page_texts[leaf->number] : (Str){0};
}

/* Raised and lowered characters that the face itself draws, in the weight of the rest, are not made from large ones: then the segment has the
 * size of what is round it, on its baseline. */
static void segment_script(Composer *c, Segment *s, const Node *block) {
    const Style *style = s->style;
    if (!style->drawn_scripts || style->baseline_shift == 0 || !s->text.n) return;
    const Node *outer = s->node;
    while (outer != block && style_of(c->styles, outer)->baseline_shift != 0) outer = outer->parent;
    const Style *round = style_scaled(c, style_of(c->styles, outer), c->percent);
    if (round->baseline_shift != 0 || round->size <= style->size) return;
    unsigned script = style->baseline_shift > 0 ? SHAPE_SUPERSCRIPTS : SHAPE_SUBSCRIPTS;
    if (!text_has_feature(c->fonts, s->face, style_features(style), script, tree_language(c->tree, s->node), s->text)) return;
    Style *drawn = NEW(c->kept, Style);
    *drawn = *style;
    drawn->size = round->size;
    drawn->letter_spacing = round->letter_spacing;
    drawn->baseline_shift = 0;
    s->style = drawn;
    s->script = script;
}

static void segment_add(Composer *c, Paragraph *p, Buf *text, const Node *block, const Node *leaf) {
    const Style *style = style_scaled(c, style_of(c->styles, leaf), c->percent);
    Segment *s = PUSH(c->scratch, &p->segments, Segment);
    s->node = leaf;
    s->text = leaf_text(c, leaf);
    s->style = style;
    s->face = fonts_face(c->fonts, style->family, style->bold, style->italic);
    s->start = (uint32_t)text->n;
    segment_script(c, s, block);
    s->look = look_find(c, s->style, s->face, s->script, tree_language(c->tree, leaf));
    for (const Node *n = leaf; n != block; n = n->parent) {
        const Style *inline_style = style_of(c->styles, n);
        if (!inline_style->has_background) continue;
        s->has_background = true;
        s->background = inline_style->background;
        break;
    }
    if (leaf->kind == NODE_LINE_BREAK)
        buf_add_char(text, ' ');
    else if (leaf->kind == NODE_IMAGE)
        buf_add_c(text, OBJECT);
    else
        buf_add(text, s->text);
}

/* An inline image is as large as it says, or as the author says, but no higher than the line. */
static Lu image_width(const Composer *c, const Segment *s) {
    const Image *image = c->images[s->node->number];
    if (!image || !image->height || !image->width) return 0;
    bool first = c->measures[s->node->number] == 0; /* what is wrong is said once */
    c->measures[s->node->number] = c->text_width;
    Lu given = image_length(first ? c->diags : NULL, c->tree, s->node, "width", c->text_width, s->style->size);
    Lu high = image_length(first ? c->diags : NULL, c->tree, s->node, "height", c->text_height, s->style->size);
    int64_t height = given  ? (int64_t)given * image->height / image->width
                     : high ? high
                            : (int64_t)image->height * 72 * LU_PT / (image->dpi ? image->dpi : 96);
    Lu limit = s->style->leading * 7 / 8;
    if (height > limit) height = limit;
    int64_t width = height * image->width / image->height;
    return width < c->text_width ? (Lu)width : c->text_width;
}

static void image_add(Composer *c, Paragraph *p, uint32_t segment, uint32_t at) {
    c->unfit = true; /* what follows has to be said, or noted, in order */
    if (c->ahead) return;
    Item *item = item_add(c, ITEM_BOX, segment);
    item->start = at;
    item->length = sizeof OBJECT - 1;
    item->level = level_at(p, at);
    item->width = image_width(c, &p->segments.items[segment]);
}

/* What the text does not know: which words may be divided, and where notes are referred to. */
static void breaks_complete(Composer *c, Paragraph *p, uint8_t *breaks) {
    for (uint32_t i = 0; i < p->segments.count; i++) {
        const Segment *s = &p->segments.items[i];
        uint32_t end = i + 1 < p->segments.count ? p->segments.items[i + 1].start : (uint32_t)p->text.n;
        if (s->node->kind == NODE_TEXT && s->style->hyphenate)
            text_hyphenate(c->fonts, c->hyphenation, s->look->language, p->text, s->start, end, breaks);
        if (s->node->kind == NODE_NOTE_REFERENCE && s->start) breaks[s->start - 1] = BREAK_NO;
    }
}

static void words_find(Composer *c, const Paragraph *p, uint32_t at, uint32_t end, const uint8_t *breaks) {
    c->words.count = 0;
    while (at < end) {
        if (p->text.p[at] == ' ') {
            at++;
            continue;
        }
        WordPlace word = {.from = at, .hash = WORD_HASH_SEED};
        uint32_t turn = level_end(p, at, end);
        for (; at < turn && p->text.p[at] != ' '; at++) {
            word.hash = word_hash(word.hash, p->text.p[at]);
            if (at > word.from) word.cut |= breaks[at - 1] != BREAK_NO;
        }
        word.to = at;
        if (c->words.count < c->words.capacity)
            c->words.items[c->words.count++] = word;
        else
            *PUSH(c->arena, &c->words, WordPlace) = word;
    }
}

/* A word, set as it was before. What may be cut, or runs the other way, is looked at more closely. */
static void word_add(Composer *c, Paragraph *p, uint32_t segment, const WordPlace *place, const uint8_t *breaks, Lu limit) {
    uint32_t from = place->from, to = place->to;
    Word word = {0};
    if (!place->cut && !p->levels)
        word = vocabulary_word(c, p->segments.items[segment].look, str_slice(p->text, from, to), place->hash);
    if (!word.face || word.natural > limit) {
        piece_add(c, p, segment, from, to, breaks, limit);
        return;
    }
    Item *item = item_add(c, ITEM_BOX, segment);
    item->face = word.face;
    item->glyphs = word.glyphs;
    item->glyph_count = word.glyph_count;
    item->cluster = word.cluster;
    item->spaced = word.spaced;
    item->start = from;
    item->length = to - from;
    item->width = word.width;
    if (to < p->text.n && p->text.p[to] != ' ' && breaks[to - 1] == BREAK_MAY) break_add(c, p, segment, to, BREAK_MAY);
}

static void words_add(Composer *c, Paragraph *p, uint32_t segment, uint32_t at, uint32_t end, const uint8_t *breaks, Lu limit) {
    words_find(c, p, at, end, breaks);
    vocabulary_expect(c->vocabulary, p->segments.items[segment].look, c->words.items, c->words.count);
    const WordPlace *word = c->words.items;
    while (at < end) {
        if (p->text.p[at] == ' ') {
            Item *glue = space_add(c, p, ITEM_GLUE, segment, at);
            glue->penalty = breaks[at] == BREAK_LAST ? PENALTY_TOGETHER : 0;
            glue->breakable = breaks[at++] != BREAK_NO;
        } else {
            word_add(c, p, segment, word, breaks, limit);
            at = word++->to;
        }
    }
}

static void items_from_text(Composer *c, Paragraph *p, Lu limit) {
    uint8_t *breaks = NEW_ARRAY(c->scratch, uint8_t, p->text.n + 1);
    text_breaks(p->text, tree_language(c->tree, p->segments.items[0].node), breaks);
    breaks_complete(c, p, breaks);
    for (uint32_t i = 0; i < p->segments.count; i++) {
        const Segment *s = &p->segments.items[i];
        uint32_t at = s->start, end = i + 1 < p->segments.count ? p->segments.items[i + 1].start : (uint32_t)p->text.n;
        if (s->node->kind == NODE_LINE_BREAK) {
            space_add(c, p, ITEM_FORCED, i, at);
        } else if (s->node->kind == NODE_IMAGE) {
            image_add(c, p, i, at);
        } else {
            words_add(c, p, i, at, end, breaks, limit);
        }
    }
}

/* Code keeps its spaces: they are boxes, after which a line may end. Newlines end lines; tabs are set as four spaces. */
static void items_from_code(Composer *c, Paragraph *p, Lu limit) {
    uint8_t *breaks = NEW_ARRAY(c->scratch, uint8_t, p->text.n + 1);
    uint32_t at = 0, end = (uint32_t)p->text.n;
    while (at < end) {
        char byte = p->text.p[at];
        if (byte == '\n') {
            space_add(c, p, ITEM_FORCED, 0, at++);
        } else if (byte == ' ') {
            space_add(c, p, ITEM_BOX, 0, at++);
            if (at < end && p->text.p[at] != ' ') break_add(c, p, 0, at, BREAK_MAY);
        } else if (byte == '\t') {
            const Shaped *tab = segment_shape(c, &p->segments.items[0], STR("    "), 0);
            if (tab->run_count) box_add(c, p, 0, &tab->runs[0], 0, tab->runs[0].glyph_count, at, 1);
            at++;
        } else {
            uint32_t from = at, turn = level_end(p, at, end);
            while (at < turn && p->text.p[at] != ' ' && p->text.p[at] != '\n' && p->text.p[at] != '\t') at++;
            piece_add(c, p, 0, from, at, breaks, limit);
        }
    }
}

/* A list of contents has its page numbers at the end of the measure: lines.c sets them. */
static bool is_set(const Composer *c, const Node *block, const Node *leaf) {
    if (tree_kind(leaf->kind)->level != LEVEL_LEAF) return false;
    if (leaf->kind == NODE_PAGE_REFERENCE && block->kind == NODE_CONTENTS_ENTRY) return false;
    return leaf->kind == NODE_LINE_BREAK || leaf->kind == NODE_IMAGE || leaf_text(c, leaf).n;
}

bool arena_renew(Arena **arena, size_t limit) {
    if (*arena && arena_used(*arena) < limit) return false;
    arena_close(*arena);
    *arena = arena_open();
    return true;
}

void scratch_empty(Composer *c) { arena_renew(&c->scratch, SCRATCH_LIMIT); }

/* Takes a paragraph's lists out of the scratch memory, without the room they had to grow. */
static void paragraph_keep(Composer *c, Paragraph *p) {
    Segment *segments = NEW_ARRAY(c->kept, Segment, p->segments.count);
    uint32_t count = c->items.count;
    Item *items = NEW_ARRAY(c->kept, Item, count);
    if (p->segments.count) memcpy(segments, p->segments.items, p->segments.count * sizeof *segments);
    if (count) memcpy(items, c->items.items, count * sizeof *items);
    p->segments.items = segments;
    p->segments.capacity = p->segments.count;
    p->list.items = items;
    p->list.count = p->list.capacity = count;
}

/* Which way it runs as a whole, and its pieces. Code is read by machines, which know one way. */
static void paragraph_direct(Composer *c, Paragraph *p, const Node *node, const Isolates *isolates) {
    p->right_to_left = !p->code && (c->runs[node->number] & RUNS_BACKWARDS);
    uint8_t *levels = NEW_ARRAY(c->scratch, uint8_t, p->text.n);
    if (text_levels(c->scratch, p->text, p->right_to_left, isolates->items, isolates->count, levels) || c->mirrored) {
        uint8_t *kept = NEW_ARRAY(c->kept, uint8_t, p->text.n);
        memcpy(kept, levels, p->text.n);
        p->levels = kept;
    }
}

Paragraph *paragraph_new(Composer *c, const Node *node, Lu width) {
    Paragraph *p = NEW(c->kept, Paragraph);
    scratch_empty(c);
    c->items.count = 0;
    Buf text = buf_new(c->scratch);
    Isolates isolates = {0};
    if (node->kind == NODE_CODE_BLOCK) {
        p->code = true;
        segment_add(c, p, &text, node, node);
        p->segments.items[0].has_background = false;
    } else {
        const Node *n = node->first;
        for (; n; n = node_next(n, node)) {
            isolates_meet(c, &isolates, n, node, (uint32_t)text.n);
            if (is_set(c, node, n)) segment_add(c, p, &text, node, n);
        }
        isolates_meet(c, &isolates, NULL, node, (uint32_t)text.n);
    }
    p->text = str_copy(c->kept, buf_str(&text));
    if (!p->text.n) return NEW(c->kept, Paragraph);
    paragraph_direct(c, p, node, &isolates);
    const Shaped *hyphen = segment_shape(c, &p->segments.items[0], STR("-"), 0);
    if (hyphen->run_count) {
        p->hyphen = &hyphen->runs[0];
        p->hyphen_width = glyphs_width(&p->segments.items[0], p->hyphen, 0, p->hyphen->glyph_count);
    }
    if (p->code)
        items_from_code(c, p, width / 2);
    else
        items_from_text(c, p, width / 2);
    paragraph_keep(c, p);
    return p;
}

static Lu percent_of(Lu length, uint32_t percent) { return (Lu)((int64_t)length * percent / 100); }

const Style *style_scaled(Composer *c, const Style *style, uint32_t percent) {
    if (!percent || percent == 100) return style;
    if (style->index >= c->scaled_count) {
        uint32_t count = style->index < 32 ? 64 : style->index * 2;
        void *old = c->scaled;
        c->scaled = arena_array(c->arena, count, sizeof *c->scaled, _Alignof(max_align_t));
        if (old) memcpy(c->scaled, old, c->scaled_count * sizeof *c->scaled);
        c->scaled_count = count;
    }
    if (c->scaled[style->index].of == style && c->scaled[style->index].percent == percent) return c->scaled[style->index].made;
    Style *made = NEW(c->arena, Style);
    *made = *style;
    made->size = percent_of(style->size, percent);
    made->leading = percent_of(style->leading, percent);
    made->letter_spacing = percent_of(style->letter_spacing, percent);
    made->baseline_shift = percent_of(style->baseline_shift, percent);
    made->padding_left = percent_of(style->padding_left, percent);
    made->padding_right = percent_of(style->padding_right, percent);
    c->scaled[style->index].of = style;
    c->scaled[style->index].percent = percent;
    c->scaled[style->index].made = made;
    return made;
}

Lu paragraph_natural_width(const Paragraph *p) {
    Lu widest = 0, width = 0;
    for (uint32_t i = 0; i < p->list.count; i++) {
        if (p->list.items[i].kind == ITEM_FORCED)
            width = 0;
        else
            width += p->list.items[i].width;
        if (width > widest) widest = width;
    }
    return widest;
}

Lu paragraph_minimum_width(const Paragraph *p) {
    Lu widest = 0, width = 0;
    for (uint32_t i = 0; i < p->list.count; i++) {
        const Item *item = &p->list.items[i];
        bool ends = item->kind == ITEM_FORCED || (item->kind == ITEM_GLUE && item->breakable) ||
                    (item->kind == ITEM_BREAK && item->penalty < PENALTY_ANYWHERE);
        width = ends ? 0 : width + item->width;
        if (width > widest) widest = width;
    }
    return widest;
}
