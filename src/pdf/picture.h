/* picture: the document's images as image XObjects (ISO 32000-1 §8.9.5): each once, however often it is drawn. */
#ifndef BRIEF_PDF_PICTURE_H
#define BRIEF_PDF_PICTURE_H

#include "pdf/file.h"

typedef struct {
    const Image *image;
    Ref ref; /* 0: could not be decoded, and is not drawn */
    bool transparent; /* has a soft mask */
    uint32_t last_page; /* that it was drawn on, plus one */
} Picture;

struct PictureSet {
    struct {
        Picture *items;
        uint32_t count, capacity;
    } list;
    StrMap *by_name; /* → its number plus one */
};

PictureSet *picture_set_new(Arena *arena);

/* The number of the image's XObject, which is made when it is first asked for. */
uint32_t picture_use(PdfFile *file, const Image *image, const Node *node);

/* A PNG whose data can stand in the PDF as it is; 0: this one cannot. `arena` is for what is not needed afterwards. */
Ref picture_png_write(PdfFile *file, Arena *arena, const Image *image);

#endif
