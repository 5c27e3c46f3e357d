/* Codes for all that the pages show, in their order, before any is drawn: then the pages can be drawn side by side, and the file is the same. */
#include "pdf/plain.h"
#include "pdf/spelling.h"

typedef struct {
    PdfFile *file;
    GlyphRoom room;
} Coder;

static void glyph_code(PdfFile *file, Font *font, const Run *run, const Glyph *glyph, Str text) {
    if (!glyph_is_missing(glyph)) {
        font_code_add(file->font_set, font, glyph->id, text);
        return;
    }
    font_stand_ins_find(font, file->fonts);
    const StandIn *stand_in = font_stand_in(font, glyph->advance, run->size);
    if (stand_in) font_code_add(file->font_set, font_use(file->font_set, stand_in->face), stand_in->glyph, text);
}

/* The clusters before glyph `end`, or all that are left of text from right to left. */
static void clusters_code(PdfFile *file, Font *font, Cluster *cluster, uint32_t end) {
    while ((cluster->backwards || cluster->to < end) && cluster_next(cluster)) {
        Spelling spelling = cluster_spelling(cluster);
        for (uint32_t i = cluster->from; i < cluster->to; i++)
            glyph_code(file, font, cluster->run, &cluster->run->glyphs[i], spelling_next(&spelling));
    }
}

static void run_codes(Coder *coder, const Run *run) {
    if (run->glyph_count == 0 || run->size <= 0) return;
    FontSet *set = coder->file->font_set;
    Font *font = font_use(set, run->face);
    Str words = run_words(run);
    Run whole = {0}; /* made when something is not plain */
    bool backwards = run_is_backwards(run);
    uint32_t done = 0; /* glyphs */
    for (uint32_t p = 0; p < run->piece_count && !backwards; done += run->pieces[p++].count) {
        Str text = piece_text(run, words, p);
        if (plain_find(set->plain, &run->pieces[p], text)) continue;
        if (!whole.glyphs) whole = room_run(&coder->room, run);
        Cluster cluster = clusters_from(&whole, done);
        clusters_code(coder->file, font, &cluster, done + run->pieces[p].count);
        plain_add(set, font, &run->pieces[p], text);
    }
    if (done == run->glyph_count) return;
    whole = room_run(&coder->room, run);
    Cluster cluster = clusters_begin(&whole);
    clusters_code(coder->file, font, &cluster, run->glyph_count);
}

void codes_assign(PdfFile *file) {
    Coder coder = {file, {.arena = file->arena}};
    for (uint32_t p = 0; p < file->layout->count; p++) {
        const Page *page = &file->layout->items[p];
        for (uint32_t b = 0; b < page->count; b++) {
            const LayoutBox *box = &page->items[b];
            for (uint32_t l = 0; box->kind == BOX_LINES && l < box->line_count; l++)
                for (uint32_t r = 0; r < box->lines[l].run_count; r++) run_codes(&coder, &box->lines[l].runs[r]);
        }
    }
}
