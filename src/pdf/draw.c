/* Drawing: boxes in the order of the layout, each in the marked content that marks.c gave it. */
#include "pdf/draw.h"

#include <string.h>

#include "pdf/content.h"
#include "pdf/picture.h"

/* A report is shared between cores, too; of a long document no piece is much memory. */
enum { PIECES = 16, PIECE_LEAST = 4, PIECE_MOST = 32 };

typedef struct {
    const PdfFile *file;
    Arena *arena;
    Content content;
    uint32_t page;
    uint32_t drawable; /* the next one's number */
    uint32_t mark; /* the one that is open, or MARK_NONE */
    struct {
        LinkArea *items;
        uint32_t count, capacity;
    } links; /* of this page, as pictures are */
    uint32_t *pictures, picture_count;
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

/* Where a link can be clicked: what follows on the same line is the same area. */
static void link_cover(PageWriter *w, ElementNumber link, Rect rect, bool new_area) {
    if (link == ELEMENT_NONE || rect.width <= 0) return;
    LinkArea *last = w->links.count > 0 ? &w->links.items[w->links.count - 1] : NULL;
    if (!new_area && last && last->link == link) {
        Lu top = rect.y < last->rect.y ? rect.y : last->rect.y;
        Lu bottom =
            rect.y + rect.height > last->rect.y + last->rect.height ? rect.y + rect.height : last->rect.y + last->rect.height;
        Lu left = rect.x < last->rect.x ? rect.x : last->rect.x;
        Lu right = rect.x + rect.width > last->rect.x + last->rect.width ? rect.x + rect.width : last->rect.x + last->rect.width;
        last->rect = (Rect){left, top, right - left, bottom - top};
        return;
    }
    *PUSH(w->arena, &w->links, LinkArea) = (LinkArea){.link = link, .page = w->page, .rect = rect};
}

static void line_draw(PageWriter *w, const LayoutBox *box, const Line *line) {
    ElementNumber before = ELEMENT_NONE; /* the link that the last run of this line stands in */
    for (uint32_t r = 0; r < line->run_count; r++) {
        const Run *run = &line->runs[r];
        bool last = r + 1 == line->run_count;
        if (!mark_enter(w)) continue;
        content_run(&w->content, run, last);
        if (!run->node || run->artifact != ARTIFACT_NONE || box->artifact != ARTIFACT_NONE) continue;
        Lu ascent = text_advance_lu(run->face, run->face->ascent, run->size);
        Lu descent = text_advance_lu(run->face, -run->face->descent, run->size);
        ElementNumber link = structure_link(w->file->structure, run);
        link_cover(w, link, (Rect){run->x, run->y - ascent, run_visible_width(run, last), ascent + descent}, link != before);
        before = link;
    }
}

static void image_draw(PageWriter *w, const LayoutBox *box) {
    if (!mark_enter(w)) return;
    const Node *node = box->node ? box->node : w->file->layout->tree->root;
    uint32_t number = picture_number(w->file->pictures, box->image);
    if (box->artifact == ARTIFACT_NONE) link_cover(w, w->file->structure->link[node->number], box->rect, true);
    if (!w->file->pictures->list.items[number].drawable) return;
    content_image(&w->content, number, box->rect, box->image->orientation);
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
            for (uint32_t l = 0; l < box->line_count; l++) line_draw(w, box, &box->lines[l]);
            break;
        }
    }
    mark_close(w);
}

static void page_draw(PageWriter *w, Arena *results, DrawnPage *out) {
    const PdfFile *file = w->file;
    const Page *page = &file->layout->items[w->page];
    w->drawable = file->marks->first_drawable[w->page];
    w->links.count = w->picture_count = 0;
    out->fonts = NEW_ARRAY(results, bool, (size_t)file->font_set->count + 1);
    content_page(&w->content, page->height, out->fonts);
    boxes_draw(w, page);
    content_finish(&w->content);
    if (w->drawable != file->marks->first_drawable[w->page + 1]) BUG("page %u: not all was drawn", (unsigned)w->page + 1);
    out->contents = deflated(results, DEFLATE_ZLIB, DEFLATE_FAST, buf_str(&w->content.out));
    out->link_count = w->links.count;
    out->links = NEW_ARRAY(results, LinkArea, w->links.count);
    if (w->links.count > 0) memcpy(out->links, w->links.items, w->links.count * sizeof *out->links);
    out->picture_count = w->picture_count;
    out->pictures = NEW_ARRAY(results, uint32_t, w->picture_count);
    if (w->picture_count > 0) memcpy(out->pictures, w->pictures, w->picture_count * sizeof *out->pictures);
}

void piece_draw(DrawnPiece *piece) {
    const PdfFile *file = piece->file;
    Arena *scratch = arena_open();
    uint32_t pictures = file->pictures->list.count;
    PageWriter w = {.file = file, .arena = scratch, .mark = MARK_NONE};
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
