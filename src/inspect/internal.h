/* What the files of inspect/ share among themselves. No other room includes it. */
#ifndef BRIEF_INSPECT_INTERNAL_H
#define BRIEF_INSPECT_INTERNAL_H

#include "inspect/inspect.h"

typedef struct Pdf Pdf;
typedef struct Archive Archive;

struct InspectHandle {
    Pdf *pdf; /* one of the two */
    Archive *archive;
};

/* What is being gathered; becomes the Inspected. */
typedef struct {
    Arena *arena;
    Diags *d;
    Source *source;
    Str bytes;
    Inspected *out;
    struct {
        InspectFont *items;
        uint32_t count, capacity;
    } fonts;
    struct {
        InspectAttachment *items;
        uint32_t count, capacity;
    } attachments;
    struct {
        InspectProperty *items;
        uint32_t count, capacity;
    } properties;
    struct {
        Str *items;
        uint32_t count, capacity;
    } claims;
} Inspection;

/* ---- inspect.c */

/* Text of strangers: valid UTF-8 of at most INSPECT_TEXT bytes without control characters; trimmed. */
Str text_clean(Arena *arena, Str text);
/* The file cannot be read: one error. Always false. */
bool inspection_refuse(Inspection *at, const char *code, const char *hint, const char *format, ...) BASE_PRINTF(4, 5);
void font_add(Inspection *at, Str name, bool embedded, bool subset);
void property_add(Inspection *at, Str space, Str name, Str value, Str refines);
void claim_add(Inspection *at, Str claim);
Str property_find(const Inspection *at, const char *space, const char *name); /* the first; empty: none */
/* All of one name, in order. Gives how many. */
uint32_t properties_find(const Inspection *at, const char *space, const char *name, Str **out);
void subjects_read(Inspection *at); /* whether they say that it is a draft; the authors */

#define SPACE_DC "http://purl.org/dc/elements/1.1/"
#define SPACE_DCTERMS "http://purl.org/dc/terms/"

/* ---- pdf.c, pdf_fonts.c, pdf_files.c */

bool pdf_inspect(Inspection *at, Pdf **out);
void pdf_close(Pdf *pdf);
bool pdf_attachment(Pdf *pdf, uint32_t index, Arena *arena, Str *out); /* false: it cannot be unpacked within the bounds */

uint32_t pdf_page_count(const Pdf *pdf);
bool pdf_page_content(Pdf *pdf, uint32_t page, Arena *arena, Str *out); /* pdf_content.c; false: *out is what there is before the damage */

/* ---- epub.c */

bool epub_inspect(Inspection *at, Archive **out);

/* ---- archive.c: a zip in memory */

typedef enum { ARCHIVE_READ, ARCHIVE_MISSING, ARCHIVE_LARGE, ARCHIVE_LOCKED, ARCHIVE_DAMAGED } ArchiveStatus;

Archive *archive_open(Arena *arena, Str bytes); /* NULL: it is none */
void archive_close(Archive *archive);
bool archive_has(const Archive *archive, Str name);
int64_t archive_size(const Archive *archive, Str name); /* as it says; -1: it has no such entry */
uint32_t archive_count(const Archive *archive);
Str archive_name(const Archive *archive, uint32_t n);   /* of its n-th entry */
bool archive_cut(const Archive *archive);               /* it has more entries than INSPECT_COUNT */
ArchiveStatus archive_read(Archive *archive, Arena *arena, Str name, size_t limit, Str *out);

/* ---- markup.c: libxml2, with the doors closed */

typedef struct _xmlDoc Markup;
typedef struct _xmlNode MarkupNode;

/* NULL: it is not well-formed, too deep, or declares entities. With `mend`, what can be read of it. */
Markup *markup_read(Str bytes, bool mend);
void markup_free(Markup *document);
const MarkupNode *markup_root(const Markup *document);
const MarkupNode *markup_next(const MarkupNode *node, const MarkupNode *top);       /* elements, in the order of the text; NULL at the end */
const MarkupNode *markup_next_after(const MarkupNode *node, const MarkupNode *top); /* the same, but not those inside node */
const MarkupNode *markup_first(const MarkupNode *node);                          /* the first element in it */
const MarkupNode *markup_sibling(const MarkupNode *node);                        /* the next element beside it */
bool markup_is(const MarkupNode *node, const char *space, const char *name);  /* space NULL: any */
Str markup_name(const MarkupNode *node);
Str markup_space(const MarkupNode *node); /* empty: none */
Str markup_attribute(Arena *arena, const MarkupNode *node, const char *space, const char *name); /* space NULL: of no namespace */
Str markup_text(Arena *arena, const MarkupNode *node); /* all text in it, cleaned */
/* For each attribute that has a namespace. */
void markup_attributes(Arena *arena, const MarkupNode *node, void (*each)(void *context, Str space, Str name, Str value), void *context);

/* ---- xmp.c */

void xmp_read(Inspection *at, Str packet);

#endif
