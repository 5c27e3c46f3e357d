/* The operator writer. */
#include "pdf/content.h"

#include <string.h>

enum { TURN = 707 }; /* sine and cosine of 45 degrees, in thousandths */

void content_open(Content *c, Arena *arena, const FontSet *fonts) {
    *c = (Content){.arena = arena, .fonts = fonts, .out = buf_new(arena), .shown = buf_new(arena), .room = {.arena = arena}};
}

void content_page(Content *c, Lu height, bool *font_used) {
    c->out.n = 0;
    c->shown.n = 0;
    c->strokes.count = 0;
    c->height = height;
    c->font = NULL;
    c->size = 0;
    c->spacing = c->rise = 0;
    c->expansion = 0;
    c->has_colour = false;
    c->font_used = font_used;
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

static void font_set(Content *c, const Font *font, Lu size) {
    c->font_used[font->face->index] = true;
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

enum {
    STAYS = 500, /* a pen that is off by so much, in millionths of the size */
    GLYPH_ROOM = 32, /* a correction and a glyph: ")-12345(" and two bytes, escaped */
};

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

/* Writes at *to, which moves on, that the pen does by so much, in thousandths of the size; gives how far it comes. */
static int64_t pen_step(int64_t away, char **to) {
    int64_t steps = (away >= 0 ? away + 499 : away - 499) / 1000;
    *to += int_spell(-steps, *to);
    return steps * 1000;
}

/* Moves the pen to a place of the line, to within half a thousandth of the size: one that is away by just that stays, for it would be as far off
 * on the other side, and go to and fro between all the glyphs that follow. */
static void pen_move(Content *c, int64_t wanted) {
    int64_t away = wanted - c->pen;
    if (away >= -STAYS && away <= STAYS) return;
    string_close(c);
    char *to = buf_room(&c->shown, GLYPH_ROOM);
    c->pen += pen_step(away, &to);
    c->adjusted = true;
    buf_grow(&c->shown, to);
}

static void glyph_show(Content *c, uint16_t code) {
    const Code *glyph = &c->font->codes.items[code];
    if (!c->string_open) {
        buf_add_char(&c->shown, '(');
        c->string_open = true;
    }
    buf_add(&c->shown, (Str){glyph->spelt, glyph->spelt_n});
    c->pen += glyph->advance + to_em(c, c->spacing);
}

/* Begins a piece of text at a place: goes on with the glyphs under way when they are on the same line and look the same. Gives the place
 * in millionths of the size from the start of the line. */
static int64_t text_place(
    Content *c, const Font *font, Lu size, Colour colour, int64_t spacing, int32_t expansion, int64_t x, int64_t y) {
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
    const Font *font;
    int64_t x, y; /* of the run */
    int64_t base; /* the run's start, from the start of the line */
    int64_t units; /* advances so far, in font units */
    int64_t extra; /* spacing so far, in Lu */
    bool stated; /* an ActualText stands round the whole run */
} RunWriter;

static int64_t run_extra(const RunWriter *w) {
    return w->extra == 0 ? 0 : unexpanded(w->extra * 1000000, w->run->expansion) / w->run->size;
}

static int64_t run_position(const RunWriter *w) { return w->units * 1000000 / w->font->face->units_per_em + run_extra(w); }

static void run_place(RunWriter *w) {
    const Run *run = w->run;
    w->base =
        text_place(w->content, w->font, run->size, run->colour, milli_from_lu(run->letter_spacing), run->expansion, w->x, w->y);
}

static void stand_in_show(RunWriter *w, int32_t room, Str text) {
    Content *c = w->content;
    const Run *run = w->run;
    const StandIn *stand_in = font_stand_in(w->font, room, run->size);
    if (!stand_in) return;
    const Font *font = font_at(c->fonts, stand_in->face);
    bool exact;
    uint16_t code = font_code(font, stand_in->glyph, text, &exact);
    int64_t x = w->x + expanded(run_position(w) * run->size / (1000 * LU_PT), run->expansion);
    pen_move(c, text_place(c, font, run->size, run->colour, 0, run->expansion, x, w->y));
    glyph_show(c, code);
    run_place(w);
}

static void actual_text_begin(Content *c, Str text) {
    Buf plain = buf_new(c->arena);
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
    if (glyph_is_missing(glyph)) {
        stand_in_show(w, glyph->advance, text);
    } else {
        int64_t upem = w->font->face->units_per_em;
        bool exact;
        uint16_t code = font_code(w->font, glyph->id, text, &exact);
        bool stated = !exact && !w->stated;
        if (stated) actual_text_begin(c, text);
        rise_set(c, milli_from_lu((Lu)(glyph->dy * (int64_t)w->run->size / upem)));
        pen_move(c, w->base + run_position(w) + (int64_t)glyph->dx * 1000000 / upem);
        glyph_show(c, code);
        if (stated) actual_text_end(c);
    }
    w->units += glyph->advance;
    w->extra += w->run->letter_spacing;
}

/* Glyphs that stand for one piece of text: one for one where that is possible, else the text is stated. The spacing of words is that of
 * spaces (U+0020). */
static void run_cluster(RunWriter *w, const Cluster *cluster) {
    Spelling spelling = cluster_spelling(cluster);
    bool outer = w->stated, begun = spelling.together && !outer;
    if (begun) actual_text_begin(w->content, cluster->text);
    w->stated = outer || begun;
    for (uint32_t i = cluster->from; i < cluster->to; i++) run_glyph(w, &cluster->run->glyphs[i], spelling_next(&spelling));
    w->stated = outer;
    if (begun) actual_text_end(w->content);
    if (str_is(cluster->text, " ")) w->extra += w->run->word_spacing;
}

/* A place in a run. */
typedef struct {
    uint32_t piece, at; /* a glyph of it */
    uint32_t before; /* glyphs in the pieces before it */
} GlyphPlace;

/* As run_cluster(), for all glyphs from `place` on that say one byte each; it comes to stand at the first that does not. How far the pen is behind is
 * kept in millionths of the size times the face's units, which needs no division. */
static void plain_show(RunWriter *w, Str words, GlyphPlace *place) {
    Content *c = w->content;
    const Run *run = w->run;
    const Code *codes = w->font->codes.items;
    const GlyphCode *by_glyph = w->font->by_glyph;
    int64_t upem = w->font->face->units_per_em, stays = STAYS * upem, start = w->base + run_extra(w);
    int64_t spacing = c->spacing == 0 ? 0 : to_em(c, c->spacing), pen = c->pen, units = w->units;
    int64_t behind = (start - pen) * upem + units * 1000000;
    bool open = c->string_open, spaced = run->letter_spacing != 0 || run->word_spacing != 0;
    char *to = buf_room(&c->shown, (size_t)run->glyph_count * GLYPH_ROOM);
    for (; place->piece < run->piece_count; place->before += run->pieces[place->piece++].count, place->at = 0) {
        const RunPiece *piece = &run->pieces[place->piece];
        Str text = piece_text(run, words, place->piece);
        const Glyph *first = piece->glyphs, *end = first + piece->count, *glyph = first + place->at;
        for (uint32_t at = glyph->cluster - first->cluster; glyph < end; glyph++, at++) {
            uint32_t next = glyph + 1 < end ? glyph[1].cluster - first->cluster : (uint32_t)text.n;
            if (next != at + 1 || glyph->dx != 0 || glyph->dy != 0) break;
            uint16_t number = glyph_byte_code(by_glyph, glyph, text.p[at]);
            if (number == 0) break;
            if (behind < -stays || behind > stays) {
                if (open) *to++ = ')';
                open = false;
                int64_t step = pen_step(behind / upem, &to);
                pen += step;
                behind -= step * upem;
                c->adjusted = true;
            }
            if (!open) *to++ = '(';
            open = true;
            const Code *code = &codes[number];
            memcpy(to, code->spelt, sizeof code->spelt);
            to += code->spelt_n;
            pen += code->advance + spacing;
            units += glyph->advance;
            behind += glyph->advance * (int64_t)1000000 - (code->advance + spacing) * upem;
            if (!spaced) continue;
            w->extra += run->letter_spacing + (text.p[at] == ' ' ? run->word_spacing : 0);
            behind -= start * upem;
            start = w->base + run_extra(w);
            behind += start * upem;
        }
        place->at = (uint32_t)(glyph - first);
        if (glyph < end) break;
    }
    buf_grow(&c->shown, to);
    c->string_open = open;
    c->pen = pen;
    w->units = units;
}

static void run_forwards(RunWriter *w) {
    Content *c = w->content;
    const Run *run = w->run;
    if (run->piece_count == 0) {
        Cluster cluster = clusters_begin(run);
        while (cluster_next(&cluster)) run_cluster(w, &cluster);
        return;
    }
    run_fetch(run);
    Str words = run_words(run);
    Run whole = {0}; /* made when something is not plain */
    for (GlyphPlace place = {0};;) {
        if (c->rise == 0) plain_show(w, words, &place);
        if (place.piece == run->piece_count) return;
        if (!whole.glyphs) whole = room_run(&c->room, run);
        Cluster cluster = clusters_from(&whole, place.before + place.at);
        cluster_next(&cluster);
        run_cluster(w, &cluster);
        place.at = cluster.to - place.before;
        if (place.at >= run->pieces[place.piece].count) {
            place.before += run->pieces[place.piece].count;
            place.piece++;
            place.at = 0;
        }
    }
}

/* Glyphs stand from left to right, but are shown as they are read, the pen going back after each: so the page's content has the
 * order of the words for all who read it as it comes, and those that go by places find each letter at its own. */
static void run_backwards(RunWriter *w) {
    Run run = room_run(&w->content->room, w->run);
    Cluster cluster = clusters_begin(&run);
    int64_t units = 0, extra = (int64_t)run.glyph_count * run.letter_spacing;
    for (uint32_t i = 0; i < run.glyph_count; i++) units += run.glyphs[i].advance;
    for (size_t i = 0; i < cluster.words.n; i++) extra += cluster.words.p[i] == ' ' ? run.word_spacing : 0;
    while (cluster_next(&cluster)) {
        for (uint32_t i = cluster.from; i < cluster.to; i++) units -= run.glyphs[i].advance;
        extra -= (int64_t)(cluster.to - cluster.from) * run.letter_spacing;
        if (str_is(cluster.text, " ")) extra -= run.word_spacing;
        w->units = units;
        w->extra = extra;
        run_cluster(w, &cluster);
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
    *PUSH(c->arena, &c->strokes, Stroke) = (Stroke){rect, run->colour};
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

/* A hyphen at a line's end is an artifact beside the tagged content, never in it, and keeps the text "-": so readers of the structure have
 * the word whole, and those that only look at the page know the sign and join the halves (with U+00AD they do not). Any other mark
 * that was added, and the dots of a leader, say nothing when they are copied. */
void content_run(Content *c, const Run *run, bool ends_line) {
    if (run->glyph_count == 0 || run->size <= 0) return;
    RunWriter w = {.content = c, .run = run, .font = font_at(c->fonts, run->face)};
    if (run->turned) {
        turned_begin(c, run);
    } else {
        w.x = milli_from_lu(run->x);
        w.y = milli_from_lu(c->height - run->y);
    }
    run_place(&w);
    w.stated = run->artifact == ARTIFACT_LEADER || (run->artifact == ARTIFACT_HYPHEN && !str_is(run->text, "-"));
    if (w.stated) actual_text_begin(c, STR(""));
    if (run_is_backwards(run))
        run_backwards(&w);
    else
        run_forwards(&w);
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

void content_image(Content *c, uint32_t name, Rect rect) {
    text_end(c);
    buf_add_c(&c->out, "q ");
    operand(c, milli_from_lu(rect.width));
    buf_add_c(&c->out, "0 0 ");
    operand(c, milli_from_lu(rect.height));
    operand(c, milli_from_lu(rect.x));
    operand(c, milli_from_lu(c->height - rect.y - rect.height));
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
