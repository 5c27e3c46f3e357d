/* The book: what is decided before the first byte is written. Which nodes go into which file, which id each node has in XML, where
 * each page begins, what each image is called. Made once by book_new(), then only read.
 */
#ifndef BRIEF_EPUB_BOOK_H
#define BRIEF_EPUB_BOOK_H

#include "epub/epub.h"
#include "epub/xml.h"

#define XHTML_NAMESPACE "http://www.w3.org/1999/xhtml"
#define OPS_NAMESPACE "http://www.idpf.org/2007/ops"
#define INDEX_NONE UINT32_MAX

/* A content document: a run of the document's children. */
typedef struct {
    Str name;           /* "section-1.xhtml" */
    Str title;          /* never empty */
    const Node *first;  /* NULL: the document is empty */
    const Node *end;    /* the child after its last; NULL: none */
    bool notes, front, contents;
    Str xhtml;
} ContentFile;

/* Where a page begins. The marker stands before `node` when offset is 0, else inside its text. */
typedef struct {
    uint32_t page;     /* index in the layout */
    const Node *node;  /* NULL: at the end of the last file */
    uint32_t offset;
    Str id;
    uint32_t next;     /* the next mark at the same node, or INDEX_NONE */
} PageMark;

typedef struct {
    const Image *image;
    Str name; /* "images/map.png" */
} BookImage;

/* A file that the book was made from and carries. */
typedef struct {
    const Input *input;
    Str name; /* "source/article.md"; an image that the book shows is there once, as "images/map.png" */
    Str id;   /* in the manifest */
    bool shown;
} BookInput;

typedef struct {
    Arena *arena;
    Diags *diags; /* NULL: nobody to tell */
    const Layout *layout;
    const Tree *tree;
    const EpubOptions *options;
    Str language; /* the document's */
    bool right_to_left; /* it runs so as a whole */
    Str title;    /* never empty */
    struct {
        ContentFile *items;
        uint32_t count, capacity;
    } files;
    Str *ids;             /* by node number; empty: none */
    StrMap *targets;      /* the document's ids → const Node *, only those that the files hold */
    StrMap *names;        /* XML ids in use; see name_unique() */
    PageMark *marks;      /* one for each page */
    uint32_t mark_count;
    uint32_t *first_mark; /* by node number; INDEX_NONE */
    bool *says;           /* by node number: it or something in it is shown, begins a page or can be linked to */
    struct {
        BookImage *items;
        uint32_t count, capacity;
    } images;
    struct {
        BookInput *items;
        uint32_t count, capacity;
    } inputs;
    StrMap *image_names;  /* the name in the document → BookImage's own name, as Str * */
    HyphenExceptions *hyphenation; /* words that the author divides; NULL: none */
    bool long_descriptions; /* some image has one */
    bool alt_missing;     /* some image has no alternative text and is not marked as decoration */
} Book;

Book *book_new(Arena *arena, Diags *diags, const Layout *layout, const EpubOptions *options);

/* The steps of book_new(), in this order. */
void book_split(Book *book);       /* split.c */
void book_place_ids(Book *book);   /* ids.c */
void book_place_marks(Book *book); /* marks.c */
void book_name_images(Book *book); /* images.c */
void book_name_inputs(Book *book); /* inputs.c */
const Node *image_description(const Book *book, const Node *image); /* what its `longdesc` names, or the line that leads there; or NULL */

uint32_t book_file_of(const Book *book, const Node *node); /* index in files */
/* `stem` + `tail`, or with a number between them, so that no two are equal among those taken from one map. */
Str name_unique(Arena *arena, StrMap *taken, Str stem, const char *tail);
Str book_href(const Book *book, uint32_t from_file, const Node *target); /* from_file INDEX_NONE: from outside the files */
const Str *book_image_name(const Book *book, const Image *image);        /* NULL: none */

bool note_in_place(const Node *node); /* a NOTE that stands where its first reference is, and is written at its file's end */
bool table_scrolls(const Node *table); /* its columns are so many, or their words so long, that it may be wider than a screen */
bool marks_inside(const Node *node); /* a marker cannot stand before this element: it is the first thing in it */

/* The document's authors in one line: "A, B and C"; empty when there are none. */
Str book_authors(const Book *book);

/* The beginning of an XHTML file up to and with <body>. The attributes of body may follow. */
void xhtml_begin(Xml *xml, const Book *book, Str title);
void xhtml_end(Xml *xml);

void content_write(Book *book, uint32_t file); /* content.c: fills files[file].xhtml; changes nothing else of the book */
Str nav_write(const Book *book);               /* nav.c */
Str cover_svg(const Book *book);               /* cover.c */
Str cover_xhtml(const Book *book);             /* cover.c */
Str css_write(const Book *book);               /* css.c */
/* package.c: `identity` is a hash of the content, from which the identifier is made. */
Str package_write(const Book *book, const uint64_t identity[2]);

#endif
