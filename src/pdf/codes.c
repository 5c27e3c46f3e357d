/* Codes for all that the pages show, in their order, before any is drawn: then the pages can be drawn side by side, and the file is the same. */
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

static void cluster_codes(PdfFile *file, Font *font, const Cluster *cluster) {
    Spelling spelling = cluster_spelling(cluster);
    for (uint32_t i = cluster->from; i < cluster->to; i++)
        glyph_code(file, font, cluster->run, &cluster->run->glyphs[i], spelling_next(&spelling));
}

/* Glyphs of a piece that are known, from `from` on, are passed over; gives where they end. */
static uint32_t piece_known(const Font *font, const RunPiece *piece, Str text, uint32_t from) {
    while (from < piece->count && glyph_plain_code(font, piece, text, from) != 0) from++;
    return from;
}

static void run_codes(Coder *coder, const Run *run) {
    if (run->glyph_count == 0 || run->size <= 0) return;
    Font *font = font_use(coder->file->font_set, run->face);
    Str words = run_words(run);
    Run whole = {0}; /* made when something is not known */
    uint32_t pieces = run_is_backwards(run) ? 0 : run->piece_count, done = 0;
    for (uint32_t p = 0; p < pieces; done += run->pieces[p++].count) {
        const RunPiece *piece = &run->pieces[p];
        Str text = piece_text(run, words, p);
        for (uint32_t at = 0; (at = piece_known(font, piece, text, at)) < piece->count;) {
            if (!whole.glyphs) whole = room_run(&coder->room, run);
            Cluster cluster = clusters_from(&whole, done + at);
            cluster_next(&cluster);
            cluster_codes(coder->file, font, &cluster);
            at = cluster.to - done;
        }
    }
    if (pieces > 0) return;
    whole = room_run(&coder->room, run);
    Cluster cluster = clusters_begin(&whole);
    while (cluster_next(&cluster)) cluster_codes(coder->file, font, &cluster);
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
