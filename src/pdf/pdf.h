/* pdf: layout → a tagged PDF 1.7 that is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once; PDF/A-3a (ISO 19005-3) where it carries
 * its source.
 *
 * The structure tree is walked from the document, never from the pages: a paragraph cut by a page is one P. Every marked-content
 * id drawn is claimed by the tree exactly once. Only this room knows libharu.
 */
#ifndef BRIEF_PDF_H
#define BRIEF_PDF_H

#include "layout/layout.h"
#include "record/record.h"

typedef struct {
    int64_t date; /* seconds since 1970, UTC: creation and modification date */
    unsigned claims; /* Claim bits that may be claimed */
    const Record *record; /* how it is made; NULL: it does not say. Where that is `embedded`, its inputs are attached and it is PDF/A-3 */
} PdfOptions;

/* The file's bytes in *out, on the layout's arena. False with a diagnostic when a library fails. */
bool pdf_write(Diags *d, Fonts *fonts, const Layout *layout, const PdfOptions *options, Str *out);

/* "tags" stage of `brief dump`: the structure tree as indented text, with each element's type, attributes and words. */
void pdf_tags_dump(const Layout *layout, Buf *out);

/* The node whose words the marked content `mcid` of a page (from 0) begins with; NULL: there is none such. */
const Node *pdf_marked_node(const Layout *layout, uint32_t page, uint32_t mcid);

#endif
