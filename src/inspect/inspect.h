/* inspect: a finished PDF or EPUB, ours or anybody's, whole or hostile → what it is, and the files attached to it.
 *
 * Believes nothing: what a file says is bounded in size, depth and count (INSPECT_…), and what is beyond the bounds is left out,
 * with `cut` set, or refused. Nothing is fetched, no entity and no DTD is followed, no path that a file names is opened. All strings are
 * UTF-8 without control characters, but for attachments' bytes. Only this room knows libqpdf and libxml2; it reads zips with minizip.
 */
#ifndef BRIEF_INSPECT_H
#define BRIEF_INSPECT_H

#include "base/base.h"

#define INSPECT_BYTES ((size_t)256 << 20) /* that one part of a file may unpack to */
#define INSPECT_TEXT 4096                 /* bytes of one string that a file says of itself; longer ones are cut */
#define INSPECT_COUNT 65536               /* pages, fonts, attached files, properties, entries of a zip: of each */

typedef enum { INSPECT_PDF, INSPECT_EPUB } InspectFormat;

/* One statement of a PDF's XMP or of an EPUB's package document. A list gives one for each member, in order; an alternative of
 * languages its default; a structure none. */
typedef struct {
    Str space; /* the namespace's URI; in a package document, what the prefix of the name stands for (EPUB 3.3, appendix D) */
    Str name;  /* without prefix */
    Str value;
    Str refines; /* EPUB: the id of the element that it is about; empty: the book */
} InspectProperty;

typedef struct {
    Str name; /* without the tag of a subset; EPUB: the file's name without its ending */
    bool embedded, subset;
} InspectFont;

typedef struct {
    Str name;         /* as the file says it: never trust it as a path. PDF: UF, else F. EPUB: the path in the container, from its root */
    Str id;           /* EPUB: the manifest item's, which properties refine. PDF: empty */
    Str description;
    Str media_type;
    Str relationship; /* PDF: AFRelationship ("Source", "Data", …), empty if it has none. EPUB: empty */
    bool associated;  /* PDF: in the catalogue's AF. EPUB: of no media type that a book is shown with (EPUB 3.3 §3.2) */
    int64_t size;     /* unpacked, as the file says; -1 if it does not */
    Str entry;        /* for inspect_attachment(): EPUB */
    uint32_t index;   /* the same: PDF */
} InspectAttachment;

typedef struct InspectHandle InspectHandle;

typedef struct {
    Str name;             /* of the file, as the user gave it */
    InspectFormat format;
    Str version;          /* "1.7", "3.0": of the format */
    size_t size;          /* bytes */
    Str title, language, date, marking, program; /* as stated; empty: not stated. date: dc:date, else when it was made */
    bool draft;           /* it says so */
    Str *authors;
    uint32_t author_count;
    uint32_t pages;       /* PDF: pages. EPUB: entries of the page list, 0 without one */
    bool tagged;          /* PDF: marked, with a structure tree. EPUB: always */
    bool encrypted;       /* and could be read all the same: with the empty password */
    bool damaged;         /* it had to be mended to be read */
    bool cut;             /* something is beyond the bounds, and is missing here */
    Str *claims;          /* as stated, not as judged: "PDF/UA-1", "PDF/A-2a", "EPUB 3.3", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" */
    uint32_t claim_count;
    InspectFont *fonts;   /* sorted by name, each once */
    uint32_t font_count;
    InspectAttachment *attachments; /* EPUB: every item of the manifest that is not in the spine, and no navigation */
    uint32_t attachment_count;
    InspectProperty *properties; /* in the order of the file */
    uint32_t property_count;
    InspectHandle *handle; /* NULL once closed */
} Inspected;

/* `bytes` must outlive *out, which is to be closed when this gives true. False with one error at the file that says why it cannot be read. */
bool inspect_open(Arena *arena, Diags *d, Str name, Str bytes, Inspected *out);
void inspect_close(Inspected *inspected);

/* The value of the n-th (from 0) property of that name; empty when there is none. */
Str inspect_property(const Inspected *inspected, const char *space, const char *name, uint32_t n);
/* The bytes of an attached file, unpacked, on `arena`. False with one error, also when they are more than INSPECT_BYTES or not those that
 * the zip's checksum promises. */
bool inspect_attachment(Arena *arena, Diags *d, const Inspected *inspected, const InspectAttachment *attachment, Str *out);

/* What a file shows, part by part: a PDF's pages, each with its content stream and no name; all files of an EPUB's container, in its order. Of a
 * part that is damaged, what could be unpacked before the damage. */
typedef struct {
    Str name, bytes;
    bool whole;
} InspectPart;
uint32_t inspect_part_count(const Inspected *inspected);
void inspect_part(Arena *arena, const Inspected *inspected, uint32_t n, InspectPart *out);

#endif
