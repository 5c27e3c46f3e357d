/* epub: tree + layout → EPUB 3.3 with EPUB Accessibility 1.1.
 *
 * One XHTML file per top-level section; the page list and the page-break markers are the layout's pages, to the word.
 *
 * What the style sheet can count on: headings are h1 (title) to h6; a kind that its element does not tell is the first class:
 * p.subtitle, p.standfirst, p.byline, p.dateline, header.title-block, aside.box, p.box-title, aside.pull-quote, aside.pull-copy
 * (aria-hidden), p.attribution, section.notes, li.task, span.page-break; a box's or div's variant is the next class (aside.box.related);
 * a tight list has class "tight"; authors' classes follow. The words in the text that a pull-copy repeats are span.pulled, a table wider
 * than most screens stands in div.scroll, the cover's body is body.cover.
 *
 * A figure is img, then figcaption; where more than a caption stands below the image, figcaption > p.caption, p.credit, p.description.
 * Figures side by side are div.figures > figure.
 *
 * A word that the front matter divides (`hyphenation`) is span.divided, and span.part each part of it behind the first.
 *
 * Boxes are aside.box, but a conclusion or recommendation, which is the text itself, is div.box.conclusion or div.box.recommendation.
 * Contents: ol.contents (then its variant: .tables, .figures), each entry li.contents-entry > a, a deeper level an ol.contents inside the
 * li it belongs to; a page reference, there and in the text, is span.page-reference. A numbered paragraph is p.numbered, and
 * begins with span.paragraph-number and a space. Definitions: dl > div (a group) > dt, dd. Fronts: section.front and its variant
 * (.cover, .verso, .members), p.front-line and p.status with the classes that tell which. The marking at the head and foot of each file is
 * p.marking-repeat (aria-hidden). Notes that stand at the foot of a page are gathered at the end of their file: section.footnotes > ol >
 * li > div.note; with `notes: end`, section.notes > ol > li.
 */
#ifndef BRIEF_EPUB_H
#define BRIEF_EPUB_H

#include "layout/layout.h"
#include "record/record.h"

/* What is the same in one EPUB after another, one at a time: made for the first. Sheets must outlive it. */
typedef struct EpubKept EpubKept;
EpubKept *epub_kept_open(void);
void epub_kept_close(EpubKept *kept); /* NULL is allowed */

typedef struct {
    int64_t date;      /* seconds since 1970, UTC: dcterms:modified */
    unsigned claims;   /* Claim bits that may be claimed */
    const Sheet *sheet;
    EpubKept *kept;    /* NULL: nothing is */
    const Record *record; /* how it is made; NULL: it does not say. Where that is `embedded`, the container has its inputs */
} EpubOptions;

/* The file's bytes in *out, on `arena`. False with a diagnostic when the container cannot hold so much. The layout is only read: the PDF may be written of it
 * meanwhile. */
bool epub_write(Arena *arena, Diags *d, const Layout *layout, const EpubOptions *options, Str *out);

/* "xhtml" stage of `brief dump`: every content document, one after the other, each headed by its name. */
void epub_xhtml_dump(const Layout *layout, const EpubOptions *options, Buf *out);

#endif
