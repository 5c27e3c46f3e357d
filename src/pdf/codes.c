/* Codes for all that the pages show, in their order, before any is drawn: then the pages can be drawn side by side, and the file is the same. */
#include "pdf/spelling.h"

static void glyph_code(PdfFile *file, Font *font, const Run *run, const Glyph *glyph, Str text) {
    if (!glyph_is_missing(glyph)) {
        font_code_add(file->font_set, font, glyph->id, text);
        return;
    }
    font_stand_ins_find(font, file->fonts);
    const StandIn *stand_in = font_stand_in(font, glyph->advance, run->size);
    if (stand_in) font_code_add(file->font_set, font_use(file->font_set, stand_in->face), stand_in->glyph, text);
}

static void run_codes(PdfFile *file, const Run *run) {
    if (run->glyph_count == 0 || run->size <= 0) return;
    Font *font = font_use(file->font_set, run->face);
    Cluster cluster = clusters_begin(run);
    for (;;) {
        while (!cluster.backwards && cluster.to < run->glyph_count && glyph_plain_code(font, run, cluster.words, cluster.to) != 0)
            cluster.to++;
        if (!cluster_next(&cluster)) return;
        Spelling spelling = cluster_spelling(&cluster);
        for (uint32_t i = cluster.from; i < cluster.to; i++)
            glyph_code(file, font, run, &run->glyphs[i], spelling_next(&spelling));
    }
}

void codes_assign(PdfFile *file) {
    for (uint32_t p = 0; p < file->layout->count; p++) {
        const Page *page = &file->layout->items[p];
        for (uint32_t b = 0; b < page->count; b++) {
            const LayoutBox *box = &page->items[b];
            for (uint32_t l = 0; box->kind == BOX_LINES && l < box->line_count; l++)
                for (uint32_t r = 0; r < box->lines[l].run_count; r++) run_codes(file, &box->lines[l].runs[r]);
        }
    }
}
