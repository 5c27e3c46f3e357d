/* Clusters of a run, and what each glyph of one says. */
#include "pdf/spelling.h"

#include "pdf/marks.h"

Run room_run(GlyphRoom *room, const Run *run) {
    if (room->count < run->glyph_count && !run->glyphs) {
        room->count = run->glyph_count * 2;
        room->glyphs = NEW_ARRAY(room->arena, Glyph, room->count);
    }
    return run_whole(run, room->glyphs);
}

bool run_is_backwards(const Run *run) {
    if (run->piece_count == 0) return run->glyphs[0].cluster > run->glyphs[run->glyph_count - 1].cluster;
    const RunPiece *first = &run->pieces[0], *last = &run->pieces[run->piece_count - 1];
    return first->glyphs[0].cluster + (uint32_t)first->shift > last->glyphs[last->count - 1].cluster + (uint32_t)last->shift;
}

Cluster clusters_from(const Run *run, uint32_t glyph) {
    return (Cluster){.run = run, .words = run_words(run), .from = glyph, .to = glyph};
}

Cluster clusters_begin(const Run *run) {
    Cluster first = clusters_from(run, 0);
    first.backwards = run_is_backwards(run);
    if (first.backwards) first.from = first.to = run->glyph_count;
    return first;
}

bool cluster_next(Cluster *c) {
    const Glyph *glyphs = c->run->glyphs;
    uint32_t count = c->run->glyph_count;
    if (c->backwards ? c->from == 0 : c->to == count) return false;
    if (c->backwards) {
        c->to = c->from--;
        while (c->from > 0 && glyphs[c->from - 1].cluster == glyphs[c->to - 1].cluster) c->from--;
    } else {
        c->from = c->to++;
        while (c->to < count && glyphs[c->to].cluster == glyphs[c->from].cluster) c->to++;
    }
    uint32_t start = glyphs[c->from].cluster;
    size_t end = c->words.n;
    if (c->to < count && glyphs[c->to].cluster > start) end = glyphs[c->to].cluster;
    if (c->from > 0 && glyphs[c->from - 1].cluster > start) end = glyphs[c->from - 1].cluster;
    c->text = str_slice(c->words, start, end);
    return true;
}

Spelling cluster_spelling(const Cluster *cluster) {
    Spelling spelling = {.text = cluster->text, .glyphs = cluster->to - cluster->from};
    spelling.characters = spelling.glyphs > 1 ? font_text_count(spelling.text) : 1;
    spelling.together = spelling.characters < spelling.glyphs;
    return spelling;
}

Str spelling_next(Spelling *s) {
    static const Str joiner = {"\xE2\x81\xA0", 3};
    uint32_t glyph = s->next++;
    if (s->together) return glyph == 0 ? s->text : joiner;
    size_t from = s->at;
    uint32_t take = glyph == 0 ? s->characters - s->glyphs + 1 : 1;
    while (take > 0 && s->at < s->text.n) take -= !font_text_skips(s->text, font_text_next(s->text, &s->at));
    if (glyph + 1 == s->glyphs) s->at = s->text.n;
    return str_slice(s->text, from, s->at);
}
