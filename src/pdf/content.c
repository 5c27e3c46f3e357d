/* The operator writer. */
#include "pdf/content.h"

#include <string.h>

enum { TURN = 707 }; /* sine and cosine of 45 degrees, in thousandths */

void content_open(Content *c, PdfFile *file) {
    *c = (Content){.file = file, .out = buf_new(file->arena), .shown = buf_new(file->arena)};
    c->font_used = NEW_ARRAY(file->arena, uint8_t, file->font_set->count + 1);
}

void content_page(Content *c, Lu height) {
    c->out.n = 0;
    c->shown.n = 0;
    c->strokes.count = 0;
    c->height = height;
    c->font = NULL;
    c->size = 0;
    c->spacing = c->rise = 0;
    c->expansion = 0;
    c->has_colour = false;
    memset(c->font_used, 0, c->file->font_set->count);
}

/* ---- Marked content ------------------------------------------------------------------------------------------------ */

static void shown_flush(Content *c);

static void text_begin(Content *c) {
    if (c->in_text) return;
    buf_add_c(&c->out, "BT\n");
    c->in_text = true;
    c->line_x = c->line_y = 0;
    c->pen = 0;
}

static void text_end(Content *c) {
    shown_flush(c);
    if (!c->in_text) return;
    buf_add_c(&c->out, "ET\n");
    c->in_text = false;
}

void content_mark_begin(Content *c, const char *tag, uint32_t mcid) {
    syntax_name(&c->out, str_from(tag));
    buf_add_c(&c->out, "<</MCID ");
    buf_add_int(&c->out, mcid);
    buf_add_c(&c->out, ">>BDC\n");
}

/* Table 330. A copy of words, what decorates and what leads the eye are layout; what recurs on every page is pagination, and header rows of a
 * table that goes on are that, too. A protective marking is a header or a footer by where it stands. */
void content_artifact_begin(Content *c, ArtifactKind kind, const Rect *box) {
    const char *properties = "/Type/Layout";
    switch (kind) {
    case ARTIFACT_HEAD: properties = "/Type/Pagination/Subtype/Header/Attached[/Top]"; break;
    case ARTIFACT_FOOT: properties = "/Type/Pagination/Subtype/Footer/Attached[/Bottom]"; break;
    case ARTIFACT_TABLE_HEAD: properties = "/Type/Pagination"; break;
    case ARTIFACT_MARKING:
        properties = box && box->y + box->height / 2 < c->height / 2 ? "/Type/Pagination/Subtype/Header/Attached[/Top]"
                                                                     : "/Type/Pagination/Subtype/Footer/Attached[/Bottom]";
        break;
    case ARTIFACT_WATERMARK: properties = "/Type/Pagination/Subtype/Watermark"; break;
    case ARTIFACT_NONE:
    case ARTIFACT_PULL_QUOTE:
    case ARTIFACT_DECORATION:
    case ARTIFACT_LEADER:
    case ARTIFACT_HYPHEN: break;
    }
    buf_add_c(&c->out, "/Artifact<<");
    buf_add_c(&c->out, properties);
    if (box && artifact_has_box(kind)) {
        Lu sides[4] = {box->x, c->height - box->y - box->height, box->x + box->width, c->height - box->y};
        buf_add_c(&c->out, "/BBox[");
        for (int i = 0; i < 4; i++) {
            if (i > 0) buf_add_char(&c->out, ' ');
            syntax_lu(&c->out, sides[i]);
        }
        buf_add_char(&c->out, ']');
    }
    buf_add_c(&c->out, ">>BDC\n");
}

void content_mark_end(Content *c) {
    text_end(c);
    buf_add_c(&c->out, "EMC\n");
}

/* ---- State --------------------------------------------------------------------------------------------------------- */

static void operand(Content *c, int64_t thousandths) {
    syntax_milli(&c->out, thousandths);
    buf_add_char(&c->out, ' ');
}

static void colour_set(Content *c, Colour colour) {
    if (c->has_colour && memcmp(&c->colour, &colour, sizeof colour) == 0) return;
    shown_flush(c);
    operand(c, (colour.r * 1000 + 127) / 255);
    operand(c, (colour.g * 1000 + 127) / 255);
    operand(c, (colour.b * 1000 + 127) / 255);
    buf_add_c(&c->out, "rg\n");
    c->colour = colour;
    c->has_colour = true;
}

static void font_set(Content *c, Font *font, Lu size) {
    c->font_used[font->face->index] = 1;
    if (c->font == font && c->size == size) return;
    shown_flush(c);
    buf_add_c(&c->out, "/F");
    buf_add_int(&c->out, font->face->index);
    buf_add_char(&c->out, ' ');
    syntax_lu(&c->out, size);
    buf_add_c(&c->out, " Tf\n");
    c->font = font;
    c->size = size;
}

static void spacing_set(Content *c, int64_t spacing) {
    if (c->spacing == spacing) return;
    shown_flush(c);
    operand(c, spacing);
    buf_add_c(&c->out, "Tc\n");
    c->spacing = spacing;
}

static void rise_set(Content *c, int64_t rise) {
    if (c->rise == rise) return;
    shown_flush(c);
    operand(c, rise);
    buf_add_c(&c->out, "Ts\n");
    c->rise = rise;
}

/* A length on the page as it is in the text space that Tz widens (§9.3.4). */
static int64_t unexpanded(int64_t length, int32_t expansion) { return expansion ? length * 10000 / (10000 + expansion) : length; }

static int64_t expanded(int64_t length, int32_t expansion) { return length + length * expansion / 10000; }

static void expansion_set(Content *c, int32_t expansion) {
    if (c->expansion == expansion) return;
    shown_flush(c);
    operand(c, 100000 + (int64_t)expansion * 10);
    buf_add_c(&c->out, "Tz\n");
    c->expansion = expansion;
}

/* ---- Glyphs -------------------------------------------------------------------------------------------------------- */

static void string_close(Content *c) {
    if (c->string_open) buf_add_char(&c->shown, ')');
    c->string_open = false;
}

static void shown_flush(Content *c) {
    if (c->shown.n == 0) return;
    string_close(c);
    if (c->adjusted) buf_add_char(&c->out, '[');
    buf_add(&c->out, buf_str(&c->shown));
    buf_add_c(&c->out, c->adjusted ? "]TJ\n" : "Tj\n");
    c->shown.n = 0;
    c->adjusted = false;
}

/* Thousandths of a point as millionths of the size. */
static int64_t to_em(const Content *c, int64_t milli) { return milli * 1000 * LU_PT / c->size; }

/* Moves the pen to a place of the line, to within half a thousandth of the size. */
static void pen_move(Content *c, int64_t wanted) {
    int64_t away = wanted - c->pen;
    int64_t steps = (away >= 0 ? away + 500 : away - 500) / 1000;
    if (steps == 0) return;
    string_close(c);
    buf_add_int(&c->shown, -steps);
    c->adjusted = true;
    c->pen += steps * 1000;
}

static void glyph_show(Content *c, uint16_t code, uint16_t glyph) {
    if (!c->string_open) {
        buf_add_char(&c->shown, '(');
        c->string_open = true;
    }
    syntax_byte(&c->shown, (uint8_t)(code >> 8));
    syntax_byte(&c->shown, (uint8_t)code);
    c->pen += font_advance(c->font, glyph) + to_em(c, c->spacing);
}

/* Begins a piece of text at a place: goes on with the glyphs under way when they are on the same line and look the same. Gives the place
 * in millionths of the size from the start of the line. */
static int64_t text_place(
    Content *c, Font *font, Lu size, Colour colour, int64_t spacing, int32_t expansion, int64_t x, int64_t y) {
    enum { FAR = 20000000 }; /* twenty times the size: then a new line is as short */
    spacing = unexpanded(spacing, expansion);
    bool same = c->in_text && c->font == font && c->size == size && c->spacing == spacing && c->expansion == expansion &&
                c->rise == 0 && c->line_y == y && c->has_colour && memcmp(&c->colour, &colour, sizeof colour) == 0;
    if (same) {
        int64_t at = to_em(c, unexpanded(x - c->line_x, expansion));
        if (at - c->pen < FAR && c->pen - at < FAR) return at;
    }
    shown_flush(c);
    text_begin(c);
    colour_set(c, colour);
    font_set(c, font, size);
    spacing_set(c, spacing);
    expansion_set(c, expansion);
    rise_set(c, 0);
    operand(c, x - c->line_x);
    operand(c, y - c->line_y);
    buf_add_c(&c->out, "Td\n");
    c->line_x = x;
    c->line_y = y;
    c->pen = 0;
    return 0;
}

/* ---- Runs ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    Content *content;
    const Run *run;
    Font *font;
    int64_t x, y; /* of the run */
    int64_t base; /* the run's start, from the start of the line */
    int64_t units; /* advances so far, in font units */
    int64_t extra; /* spacing so far, in Lu */
    bool stated; /* an ActualText stands round the whole run */
} RunWriter;

static int64_t run_position(const RunWriter *w) {
    return w->units * 1000000 / w->font->face->units_per_em + unexpanded(w->extra * 1000000, w->run->expansion) / w->run->size;
}

static void run_place(RunWriter *w) {
    const Run *run = w->run;
    w->base =
        text_place(w->content, w->font, run->size, run->colour, milli_from_lu(run->letter_spacing), run->expansion, w->x, w->y);
}

/* A character that no face has is drawn as U+FFFD or, where there is less room, as a question mark: the missing glyph itself may not be
 * drawn (ISO 14289-1 §7.21.8). What it stands for is extracted all the same. */
static void stand_in_show(RunWriter *w, int32_t room, Str text) {
    static const char *const shapes[] = {"\xEF\xBF\xBD", "?"};
    Content *c = w->content;
    const Run *run = w->run;
    for (int i = 0; i < 2; i++) {
        const Shaped *shaped = text_shape(c->file->fonts, run->face, 0, STR("en"), str_from(shapes[i]));
        if (shaped->missing || shaped->run_count == 0 || shaped->runs[0].glyph_count == 0) continue;
        if (i == 0 && text_advance_lu(shaped->runs[0].face, shaped->runs[0].advance, run->size) >
                          text_advance_lu(run->face, room, run->size))
            continue;
        Font *font = font_use(c->file->font_set, shaped->runs[0].face);
        uint16_t glyph = shaped->runs[0].glyphs[0].id;
        bool exact;
        uint16_t code = font_code(c->file->font_set, font, glyph, text, &exact);
        int64_t x = w->x + expanded(run_position(w) * run->size / (1000 * LU_PT), run->expansion);
        pen_move(c, text_place(c, font, run->size, run->colour, 0, run->expansion, x, w->y));
        glyph_show(c, code, glyph);
        run_place(w);
        return;
    }
}

static void actual_text_begin(Content *c, Str text) {
    Buf plain = buf_new(c->file->arena);
    for (size_t at = 0; at < text.n;) {
        uint32_t code_point = font_text_next(text, &at);
        if (!font_text_skips(text, code_point)) buf_add_utf8(&plain, code_point);
    }
    shown_flush(c);
    buf_add_c(&c->out, "/Span<</ActualText");
    syntax_text(&c->out, buf_str(&plain));
    buf_add_c(&c->out, ">>BDC\n");
}

static void actual_text_end(Content *c) {
    shown_flush(c);
    buf_add_c(&c->out, "EMC\n");
}

static void run_glyph(RunWriter *w, const Glyph *glyph, Str text) {
    Content *c = w->content;
    if (glyph->id == 0 || (glyph->flags & GLYPH_MISSING)) {
        stand_in_show(w, glyph->advance, text);
    } else {
        int64_t upem = w->font->face->units_per_em;
        bool exact;
        uint16_t code = font_code(c->file->font_set, w->font, glyph->id, text, &exact);
        bool stated = !exact && !w->stated;
        if (stated) actual_text_begin(c, text);
        rise_set(c, milli_from_lu((Lu)(glyph->dy * (int64_t)w->run->size / upem)));
        pen_move(c, w->base + run_position(w) + (int64_t)glyph->dx * 1000000 / upem);
        glyph_show(c, code, glyph->id);
        if (stated) actual_text_end(c);
    }
    w->units += glyph->advance;
    w->extra += w->run->letter_spacing;
}

/* Glyphs that stand for one piece of text: one for one where that is possible, else the text is stated. For readers that do not heed
 * that, the first glyph says all of it and the others a word joiner, since each must say something. The spacing of words is that of
 * spaces (U+0020). */
static void run_cluster(RunWriter *w, const Glyph *glyphs, uint32_t count, Str text) {
    static const Str joiner = {"\xE2\x81\xA0", 3};
    if (count == 1) {
        run_glyph(w, glyphs, text);
    } else {
        uint32_t characters = font_text_count(text);
        bool together = characters < count, outer = w->stated, begun = together && !outer;
        if (begun) actual_text_begin(w->content, text);
        w->stated = outer || begun;
        size_t at = 0;
        for (uint32_t i = 0; i < count; i++) {
            size_t from = at;
            uint32_t take = together ? 0 : i == 0 ? characters - count + 1 : 1;
            while (take > 0 && at < text.n) take -= !font_text_skips(text, font_text_next(text, &at));
            if (i + 1 == count) at = text.n;
            run_glyph(w, &glyphs[i], !together ? str_slice(text, from, at) : i == 0 ? text : joiner);
        }
        w->stated = outer;
        if (begun) actual_text_end(w->content);
    }
    if (text.n == 1 && text.p[0] == ' ') w->extra += w->run->word_spacing;
}

/* The text of the cluster that begins at glyph `from`; *to is the glyph after it. In text from right to left clusters decrease. */
static Str run_cluster_text(const Run *run, Str words, uint32_t from, uint32_t *to) {
    uint32_t start = run->glyphs[from].cluster;
    uint32_t n = from + 1;
    while (n < run->glyph_count && run->glyphs[n].cluster == start) n++;
    *to = n;
    size_t end = words.n;
    if (n < run->glyph_count && run->glyphs[n].cluster > start) end = run->glyphs[n].cluster;
    if (from > 0 && run->glyphs[from - 1].cluster > start) end = run->glyphs[from - 1].cluster;
    return str_slice(words, start, end);
}

static void run_forwards(RunWriter *w, Str words) {
    const Run *run = w->run;
    for (uint32_t from = 0, to; from < run->glyph_count; from = to) {
        Str text = run_cluster_text(run, words, from, &to);
        run_cluster(w, &run->glyphs[from], to - from, text);
    }
}

/* Glyphs stand from left to right, but are shown as they are read, the pen going back after each: so the page's content has the
 * order of the words for all who read it as it comes, and those that go by places find each letter at its own. */
static void run_backwards(RunWriter *w, Str words) {
    const Run *run = w->run;
    int64_t units = 0, extra = 0;
    for (uint32_t i = 0; i < run->glyph_count; i++) units += run->glyphs[i].advance;
    extra = (int64_t)run->glyph_count * run->letter_spacing;
    for (size_t i = 0; i < words.n; i++) extra += words.p[i] == ' ' ? run->word_spacing : 0;
    for (uint32_t end = run->glyph_count, from; end > 0; end = from) {
        from = end - 1;
        while (from > 0 && run->glyphs[from - 1].cluster == run->glyphs[end - 1].cluster) from--;
        uint32_t to;
        Str text = run_cluster_text(run, words, from, &to);
        for (uint32_t i = from; i < end; i++) units -= run->glyphs[i].advance;
        extra -= (int64_t)(end - from) * run->letter_spacing;
        if (str_is(text, " ")) extra -= run->word_spacing;
        w->units = units;
        w->extra = extra;
        run_cluster(w, &run->glyphs[from], end - from, text);
    }
}

Lu run_visible_width(const Run *run, bool ends_line) {
    if (!ends_line || run->text.n == 0 || run->glyph_count == 0 || run->text.p[run->text.n - 1] != ' ') return run->width;
    const RunPiece *end = run->piece_count ? &run->pieces[run->piece_count - 1] : NULL;
    const Glyph *last = end ? &end->glyphs[end->count - 1] : &run->glyphs[run->glyph_count - 1];
    Lu space = (Lu)expanded(text_advance_lu(run->face, last->advance, run->size), run->expansion);
    return run->width - space - run->letter_spacing - run->word_spacing;
}

static void run_stroke(Content *c, const Run *run, Lu width, int32_t position, int32_t thickness) {
    Lu height = text_advance_lu(run->face, thickness, run->size);
    if (height < LU_PT / 4) height = LU_PT / 4;
    Rect rect = {run->x, run->y - text_advance_lu(run->face, position, run->size) - height / 2, width, height};
    *PUSH(c->file->arena, &c->strokes, Stroke) = (Stroke){rect, run->colour};
}

/* A text object of its own, whose lines run at 45 degrees, with the run's middle where the run says. */
static void turned_begin(Content *c, const Run *run) {
    int64_t along = milli_from_lu(run_visible_width(run, true)) / 2;
    int64_t above = milli_from_lu(text_advance_lu(run->face, run->face->cap_height, run->size)) / 2;
    text_end(c);
    text_begin(c);
    for (int i = 0; i < 4; i++) operand(c, i == 2 ? -TURN : TURN);
    operand(c, milli_from_lu(run->x) - (along - above) * TURN / 1000);
    operand(c, milli_from_lu(c->height - run->y) - (along + above) * TURN / 1000);
    buf_add_c(&c->out, "Tm\n");
}

static Glyph *glyph_room(Content *c, uint32_t count) {
    if (count > c->room_count) c->room = NEW_ARRAY(c->file->arena, Glyph, c->room_count = count * 2);
    return c->room;
}

/* A hyphen at a line's end is an artifact beside the tagged content, never in it, and keeps the text "-": so readers of the structure have
 * the word whole, and those that only look at the page know the sign and join the halves (with U+00AD they do not). Any other mark
 * that was added, and the dots of a leader, say nothing when they are copied. */
void content_run(Content *c, const Run *drawn, bool ends_line) {
    if (drawn->glyph_count == 0 || drawn->size <= 0) return;
    Run whole = run_whole(drawn, glyph_room(c, drawn->glyph_count)), *run = &whole;
    RunWriter w = {.content = c, .run = run, .font = font_use(c->file->font_set, run->face)};
    if (run->turned) {
        turned_begin(c, run);
    } else {
        w.x = milli_from_lu(run->x);
        w.y = milli_from_lu(c->height - run->y);
    }
    run_place(&w);
    Str words = run_words(run);
    bool silent = run->artifact == ARTIFACT_LEADER || (run->artifact == ARTIFACT_HYPHEN && !str_is(run->text, "-"));
    bool backwards = run->glyphs[0].cluster > run->glyphs[run->glyph_count - 1].cluster;
    w.stated = silent;
    if (w.stated) actual_text_begin(c, STR(""));
    if (backwards)
        run_backwards(&w, words);
    else
        run_forwards(&w, words);
    if (w.stated) actual_text_end(c);
    if (c->rise != 0) rise_set(c, 0);
    if (run->turned) {
        text_end(c);
        return;
    }
    Lu width = run_visible_width(run, ends_line);
    if (width <= 0) return;
    if (run->underline) run_stroke(c, run, width, run->face->underline_position, run->face->underline_thickness);
    if (run->strike) run_stroke(c, run, width, run->face->strike_position, run->face->strike_thickness);
}

/* ---- Fills and images ---------------------------------------------------------------------------------------------- */

void content_fill(Content *c, Rect rect, Colour colour) {
    text_end(c);
    colour_set(c, colour);
    operand(c, milli_from_lu(rect.x));
    operand(c, milli_from_lu(c->height - rect.y - rect.height));
    operand(c, milli_from_lu(rect.width));
    operand(c, milli_from_lu(rect.height));
    buf_add_c(&c->out, "re f\n");
}

void content_image(Content *c, uint32_t name, Rect rect, uint32_t orientation) {
    /* The unit square of the stored image onto the unit square of the shown one (EXIF 2.3, tag 0x0112), y upwards: a b c d e f. */
    static const int8_t turns[9][6] = {
        {1, 0, 0, 1, 0, 0},
        {1, 0, 0, 1, 0, 0},
        {-1, 0, 0, 1, 1, 0},
        {-1, 0, 0, -1, 1, 1},
        {1, 0, 0, -1, 0, 1},
        {0, -1, -1, 0, 1, 1},
        {0, -1, 1, 0, 0, 1},
        {0, 1, 1, 0, 0, 0},
        {0, 1, -1, 0, 1, 0},
    };
    const int8_t *turn = turns[orientation <= 8 ? orientation : 1];
    int64_t width = milli_from_lu(rect.width), height = milli_from_lu(rect.height);
    text_end(c);
    buf_add_c(&c->out, "q ");
    for (int i = 0; i < 4; i++) operand(c, turn[i] * (i % 2 == 0 ? width : height));
    operand(c, milli_from_lu(rect.x) + turn[4] * width);
    operand(c, milli_from_lu(c->height - rect.y - rect.height) + turn[5] * height);
    buf_add_c(&c->out, "cm/I");
    buf_add_int(&c->out, name);
    buf_add_c(&c->out, " Do Q\n");
}

void content_finish(Content *c) {
    if (c->strokes.count == 0) return;
    content_artifact_begin(c, ARTIFACT_DECORATION, NULL);
    for (uint32_t i = 0; i < c->strokes.count; i++) content_fill(c, c->strokes.items[i].rect, c->strokes.items[i].colour);
    content_mark_end(c);
}
