/* file: what the parts of this room share while one PDF is made. The parts fill it in the order that pdf.c states. */
#ifndef BRIEF_PDF_FILE_H
#define BRIEF_PDF_FILE_H

#include "pdf/haru.h"
#include "pdf/marks.h"
#include "pdf/pdf.h"

typedef struct FontSet FontSet;
typedef struct PictureSet PictureSet;
typedef struct DrawnPiece DrawnPiece;

/* Where a link lies on a page: one area for each piece of a line that it has. */
typedef struct {
    ElementNumber link;
    uint32_t page;
    Rect rect;
    Ref ref; /* its annotation */
} LinkArea;

typedef struct {
    Arena *arena; /* of this file only: closed when it is done */
    Diags *diags;
    Fonts *fonts;
    const Layout *layout;
    const PdfOptions *options;
    Haru *haru;
    Structure *structure;
    Marks *marks;
    FontSet *font_set;
    PictureSet *pictures;
    struct {
        LinkArea *items;
        uint32_t count, capacity;
    } links; /* by page */
    DrawnPiece *pieces; /* of piece_pages pages each, but for the last */
    uint32_t piece_count, piece_pages;
    Ref *pages; /* by page */
} PdfFile;

void codes_assign(PdfFile *file); /* codes.c: which fonts there are, and a code for all that is shown */
void pages_reserve(PdfFile *file); /* page.c: numbers of pages and of fonts */
void parts_make(PdfFile *file, Buf *catalogue); /* parts.c: all that is made on several cores */
void tags_write(PdfFile *file, Buf *catalogue); /* pdf.c: the structure and what belongs to it, beside the drawing of pages */

/* Each adds its objects; entries for the catalogue go to `catalogue`. */
void pages_write(PdfFile *file); /* page.c */
bool fonts_write(PdfFile *file); /* font_write.c; false with a diagnostic */
void links_find(PdfFile *file); /* link.c: where they lie */
void links_write(PdfFile *file);
void structure_write(PdfFile *file, Buf *catalogue); /* structure_write.c */
void outline_write(PdfFile *file, Buf *catalogue); /* outline.c */
void metadata_write(PdfFile *file, Buf *catalogue); /* metadata.c */
void attachments_write(PdfFile *file, Buf *catalogue); /* attach.c */
void catalogue_write(PdfFile *file, Buf *catalogue); /* catalogue.c */

Str date_write(Arena *arena, int64_t seconds); /* "D:20190207093000Z" (ISO 32000-1 §7.9.4) */

/* "[12 0 R/XYZ 72 700 null]": the place of a node, kept inside its page. */
void destination_write(const PdfFile *file, Buf *b, const Node *node);

#endif
