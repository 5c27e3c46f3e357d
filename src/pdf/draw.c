/* Drawing: boxes in the order of the layout, each in the marked content that marks.c gave it. */
#include "pdf/draw.h"

#include <string.h>

#include "pdf/content.h"
#include "pdf/picture.h"

/* A report is shared between cores, too; of a long document no piece is much memory. */
enum { PIECES = 16, PIECE_LEAST = 4, PIECE_MOST = 32 };

typedef struct {
    const PdfFile *file;
    Content content;
    uint32_t page;
    uint32_t drawable; /* the next one's number */
    uint32_t mark; /* the one that is open, or MARK_NONE */
    uint32_t *pictures, picture_count; /* of this page */
    uint32_t *picture_page; /* by picture: the last page that it was drawn on, plus one */
} PageWriter;

static void mark_close(PageWriter *w) {
    if (w->mark != MARK_NONE) content_mark_end(&w->content);
    w->mark = MARK_NONE;
}

/* Enters the marked content of the next thing to draw; false when it draws nothing. */
static bool mark_enter(PageWriter *w) {
    uint32_t number = w->file->marks->of[w->drawable++];
    if (number == MARK_NONE) return false;
    if (number == w->mark) return true;
    mark_close(w);
    const Mark *mark = &w->file->marks->items[number];
    if (mark->page != w->page) BUG("mark %u is drawn on page %u", (unsigned)number, (unsigned)w->page + 1);
    w->mark = number;
    if (mark->element == ELEMENT_NONE) {
        const LayoutBox *box = mark->box; /* signs among words are not all of it */
        bool whole = box->kind != BOX_LINES || box->artifact == mark->artifact || mark->artifact != ARTIFACT_DECORATION;
        content_artifact_begin(&w->content, mark->artifact, whole ? &box->rect : NULL);
    } else {
        content_mark_begin(&w->content, element_at(w->file->structure, mark->element)->type, mark->mcid);
    }
    return true;
}

static void line_draw(PageWriter *w, const Line *line) {
    for (uint32_t r = 0; r < line->run_count; r++)
        if (mark_enter(w)) content_run(&w->content, &line->runs[r], r + 1 == line->run_count);
}

static void image_draw(PageWriter *w, const LayoutBox *box) {
    if (!mark_enter(w)) return;
    uint32_t number = picture_number(w->file->pictures, box->image);
    if (!w->file->pictures->list.items[number].drawable) return;
    content_image(&w->content, number, box->rect);
    if (w->picture_page[number] == w->page + 1) return;
    w->picture_page[number] = w->page + 1;
    w->pictures[w->picture_count++] = number;
}

static void boxes_draw(PageWriter *w, const Page *page) {
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        switch (box->kind) {
        case BOX_FILL:
            if (mark_enter(w)) content_fill(&w->content, box->rect, box->colour);
            break;
        case BOX_IMAGE: image_draw(w, box); break;
        case BOX_LINES:
            for (uint32_t l = 0; l < box->line_count; l++) line_draw(w, &box->lines[l]);
            break;
        }
    }
    mark_close(w);
}

static void page_draw(PageWriter *w, Arena *results, DrawnPage *out) {
    const PdfFile *file = w->file;
    const Page *page = &file->layout->items[w->page];
    w->drawable = file->marks->first_drawable[w->page];
    w->picture_count = 0;
    out->fonts = NEW_ARRAY(results, bool, (size_t)file->font_set->count + 1);
    content_page(&w->content, page->height, out->fonts);
    boxes_draw(w, page);
    content_finish(&w->content);
    if (w->drawable != file->marks->first_drawable[w->page + 1]) BUG("page %u: not all was drawn", (unsigned)w->page + 1);
    out->contents = deflated(results, DEFLATE_ZLIB, DEFLATE_FAST, buf_str(&w->content.out));
    out->picture_count = w->picture_count;
    out->pictures = NEW_ARRAY(results, uint32_t, w->picture_count);
    if (w->picture_count > 0) memcpy(out->pictures, w->pictures, w->picture_count * sizeof *out->pictures);
}

void piece_draw(DrawnPiece *piece) {
    const PdfFile *file = piece->file;
    Arena *scratch = arena_open();
    uint32_t pictures = file->pictures->list.count;
    PageWriter w = {.file = file, .mark = MARK_NONE};
    w.pictures = NEW_ARRAY(scratch, uint32_t, pictures);
    w.picture_page = NEW_ARRAY(scratch, uint32_t, pictures);
    content_open(&w.content, scratch, file->font_set);
    piece->arena = arena_open();
    piece->pages = NEW_ARRAY(piece->arena, DrawnPage, piece->count);
    for (uint32_t i = 0; i < piece->count; i++) {
        w.page = piece->first + i;
        page_draw(&w, piece->arena, &piece->pages[i]);
    }
    arena_close(scratch);
}

uint32_t pieces_plan(PdfFile *file) {
    uint32_t pages = file->layout->count, each = (pages + PIECES - 1) / PIECES;
    file->piece_pages = each < PIECE_LEAST ? PIECE_LEAST : each > PIECE_MOST ? PIECE_MOST : each;
    file->piece_count = (pages + file->piece_pages - 1) / file->piece_pages;
    file->pieces = NEW_ARRAY(file->arena, DrawnPiece, file->piece_count);
    for (uint32_t i = 0; i < file->piece_count; i++) {
        uint32_t first = i * file->piece_pages, left = pages - first;
        file->pieces[i] =
            (DrawnPiece){.file = file, .first = first, .count = left < file->piece_pages ? left : file->piece_pages};
    }
    return file->piece_count;
}

void pieces_close(PdfFile *file) {
    for (uint32_t i = 0; i < file->piece_count; i++) arena_close(file->pieces[i].arena);
}
