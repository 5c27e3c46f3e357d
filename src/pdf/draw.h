/* draw: what stands on the pages, drawn piece by piece of the document and side by side: contents, and what page objects must know of them. */
#ifndef BRIEF_PDF_DRAW_H
#define BRIEF_PDF_DRAW_H

#include "pdf/file.h"

typedef struct {
    Str contents; /* deflated */
    bool *fonts; /* by face index: shown on it */
    uint32_t *pictures; /* drawn on it, each once, in that order */
    uint32_t picture_count;
} DrawnPage;

/* Pages from `first` on, drawn into `pages` on an arena of the piece's own. */
struct DrawnPiece {
    const PdfFile *file;
    Arena *arena;
    DrawnPage *pages;
    uint32_t first, count;
};

uint32_t pieces_plan(PdfFile *file); /* file->pieces; gives their number */
void piece_draw(DrawnPiece *piece); /* on any core */
void pieces_close(PdfFile *file);
static inline const DrawnPage *page_drawn(const PdfFile *file, uint32_t page) {
    return &file->pieces[page / file->piece_pages].pages[page % file->piece_pages];
}

#endif
