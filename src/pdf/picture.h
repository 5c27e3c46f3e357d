/* picture: the document's images as image XObjects (ISO 32000-1 §8.9.5): each once, however often it is drawn. */
#ifndef BRIEF_PDF_PICTURE_H
#define BRIEF_PDF_PICTURE_H

#include "pdf/file.h"

/* One in the making. What it needs beside it (its soft mask) is an object that is named behind `before`. */
typedef struct {
    const Image *image;
    Place at; /* where it is first named */
    Arena *arena; /* of its own: closed with the set */
    Diags said;
    bool drawable; /* false: could not be decoded */
    bool transparent; /* has a soft mask */
    Buf before; /* entries */
    Str data;
    StreamCoding coding;
    Buf aside_entries;
    Str aside_data; /* empty: nothing is needed */
    StreamCoding aside_coding;
    Ref ref; /* once it is in the file */
} Picture;

struct PictureSet {
    struct {
        Picture *items;
        uint32_t count, capacity;
    } list; /* in the order in which they are drawn first */
    StrMap *by_name; /* → its number plus one */
};

PictureSet *picture_set_new(Arena *arena, const Layout *layout); /* all that the pages draw */
uint32_t picture_number(const PictureSet *set, const Image *image);
void picture_prepare(Picture *picture); /* on any core */
void picture_write(PdfFile *file, uint32_t number); /* its objects, when it is first asked for */
void picture_set_close(PictureSet *set);

/* A PNG whose data can stand in the PDF as it is; false: this one cannot. */
bool picture_png_prepare(Picture *picture);

#endif
