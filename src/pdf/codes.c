/* Codes for all that the pages show, in their order, before any is drawn: then the pages can be drawn side by side, and the file is the same. What a
 * stretch of pages shows is found on any core; codes are handed out afterwards, stretch by stretch.
 */
#include "pdf/spelling.h"

enum { STRETCHES = 8, STRETCH_LEAST = 16 }; /* pages: what is met first in each is looked at again */

/* A glyph that a stretch shows for the first time. */
typedef struct {
    const Face *face;
    Str text;
    uint16_t glyph; /* 0: no face has it, and a sign stands in */
    int32_t advance; /* then */
    Lu size;
} Use;

typedef struct {
    const PdfFile *file;
    uint32_t first, count; /* pages */
    Arena *arena;
    FontSet *seen; /* codes of its own, for what has been met */
    GlyphRoom room;
    struct {
        Use *items;
        uint32_t count, capacity;
    } uses;
} Stretch;

static void glyph_use(Stretch *s, Font *seen, const Run *run, const Glyph *glyph, Str text) {
    Use use = {.face = run->face, .text = text, .glyph = glyph->id};
    if (glyph_is_missing(glyph)) {
        use = (Use){.face = run->face, .text = text, .advance = glyph->advance, .size = run->size};
    } else {
        if (font_has_code(seen, glyph->id, text)) return;
        if (text.n > 0 && text.n <= CODE_TEXT_LIMIT) font_code_add(s->seen, seen, glyph->id, text);
    }
    *PUSH(s->arena, &s->uses, Use) = use;
}

static void cluster_use(Stretch *s, Font *seen, const Cluster *cluster) {
    Spelling spelling = cluster_spelling(cluster);
    for (uint32_t i = cluster->from; i < cluster->to; i++)
        glyph_use(s, seen, cluster->run, &cluster->run->glyphs[i], spelling_next(&spelling));
}

/* Glyphs of a piece that are known and say one byte each, from `from` on, are passed over; gives where they end. */
static uint32_t piece_known(const Font *font, const RunPiece *piece, Str text, uint32_t from) {
    const GlyphCode *by_glyph = font->by_glyph;
    const Glyph *glyphs = piece->glyphs;
    uint32_t limit = font->face->glyph_count, count = piece->count, first = glyphs[0].cluster, at = glyphs[from].cluster - first;
    for (; from < count; from++, at++) {
        const Glyph *glyph = &glyphs[from];
        uint32_t end = from + 1 < count ? glyph[1].cluster - first : (uint32_t)text.n;
        if (end != at + 1 || glyph->id >= limit || glyph_byte_code(by_glyph, glyph, text.p[at]) == 0) break;
    }
    return from;
}

static void run_use(Stretch *s, const Run *run) {
    if (run->glyph_count == 0 || run->size <= 0) return;
    run_fetch(run);
    Font *seen = font_use(s->seen, run->face);
    Str words = run_words(run);
    Run whole = {0}; /* made when something is not known */
    uint32_t pieces = run_is_backwards(run) ? 0 : run->piece_count, done = 0;
    for (uint32_t p = 0; p < pieces; done += run->pieces[p++].count) {
        const RunPiece *piece = &run->pieces[p];
        Str text = piece_text(run, words, p);
        for (uint32_t at = 0; at < piece->count && (at = piece_known(seen, piece, text, at)) < piece->count;) {
            if (!whole.glyphs) whole = room_run(&s->room, run);
            Cluster cluster = clusters_from(&whole, done + at);
            cluster_next(&cluster);
            cluster_use(s, seen, &cluster);
            at = cluster.to - done;
        }
    }
    if (pieces > 0) return;
    whole = room_run(&s->room, run);
    Cluster cluster = clusters_begin(&whole);
    while (cluster_next(&cluster)) cluster_use(s, seen, &cluster);
}

static void stretch_look(void *context, uint32_t index) {
    Stretch *s = (Stretch *)context + index;
    s->arena = s->room.arena = arena_open();
    s->seen = font_set_new(s->arena, s->file->fonts);
    for (uint32_t p = s->first; p < s->first + s->count; p++) {
        const Page *page = &s->file->layout->items[p];
        for (uint32_t b = 0; b < page->count; b++) {
            const LayoutBox *box = &page->items[b];
            for (uint32_t l = 0; box->kind == BOX_LINES && l < box->line_count; l++)
                for (uint32_t r = 0; r < box->lines[l].run_count; r++) run_use(s, &box->lines[l].runs[r]);
        }
    }
}

static void use_code(PdfFile *file, const Use *use) {
    Font *font = font_use(file->font_set, use->face);
    if (use->glyph != 0) {
        font_code_add(file->font_set, font, use->glyph, use->text);
        return;
    }
    font_stand_ins_find(font, file->fonts);
    const StandIn *stand_in = font_stand_in(font, use->advance, use->size);
    if (stand_in) font_code_add(file->font_set, font_use(file->font_set, stand_in->face), stand_in->glyph, use->text);
}

/* A face of which nothing needs a code is used all the same. */
static void stretch_codes(PdfFile *file, const Stretch *s) {
    for (uint32_t i = 0; i < s->seen->count; i++)
        if (s->seen->by_face[i]) font_use(file->font_set, s->seen->by_face[i]->face);
    for (uint32_t i = 0; i < s->uses.count; i++) use_code(file, &s->uses.items[i]);
}

void codes_assign(PdfFile *file) {
    uint32_t pages = file->layout->count, each = (pages + STRETCHES - 1) / STRETCHES;
    if (each < STRETCH_LEAST) each = STRETCH_LEAST;
    uint32_t count = (pages + each - 1) / each;
    Stretch *stretches = NEW_ARRAY(file->arena, Stretch, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = i * each, left = pages - first;
        stretches[i] = (Stretch){.file = file, .first = first, .count = left < each ? left : each};
    }
    work_share(count, stretch_look, stretches);
    for (uint32_t i = 0; i < count; i++) {
        stretch_codes(file, &stretches[i]);
        arena_close(stretches[i].arena);
    }
    font_set_spell(file->font_set);
}
