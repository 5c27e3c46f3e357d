/* What the writers of blocks, inlines and attributes share while one content document is written. */
#ifndef BRIEF_EPUB_CONTENT_H
#define BRIEF_EPUB_CONTENT_H

#include "epub/book.h"

enum { CONTENTS_LEVELS = 6 };

typedef struct {
    Book *book;
    Xml *xml;
    uint32_t file;
    bool in_artifact; /* no ids, no links, no markers: nothing that can be reached */
    const Node *link; /* the LINK that is open as <a>; links do not nest */
    struct {
        const Node **items; /* met so far in this file, and to be written at its end */
        uint32_t count, capacity;
    } notes;
    uint32_t contents; /* open elements with the outermost list of a CONTENTS */
    int32_t levels[CONTENTS_LEVELS]; /* depths of the entries that are open in it */
    uint32_t level_count;
} Writer;

/* attributes.c: id, class, epub:type, role and language of a node's element. */
void write_attributes(Writer *w, const Node *node);
void write_class(Writer *w, const Node *node);
void write_kind_role(Writer *w, const Node *node); /* epub:type and role, from the table of kinds */
void write_language(Writer *w, Str language);
void write_id(Writer *w, const Node *node);

/* content.c: the nodes from `first` to before `end`, siblings. Notes that stand in place are put by, in w->notes. */
void content_walk(Writer *w, const Node *first, const Node *end);

/* notes.c: the notes that were put by. */
void notes_write(Writer *w);

/* contents.c: before an entry, so much of nested lists is opened or closed that it can stand at its depth. */
void contents_step(Writer *w, const Node *entry);

/* inline.c: what stands in a line. True: the node's children follow, inside what was opened. */
bool inline_open(Writer *w, const Node *node);
/* From a note to the first reference to it. On paper the note's number is that link; here it is the list's own. */
void write_back_link(Writer *w, const Node *note);
void note_close(Writer *w, const Node *node); /* at the end of a note, or of what it ends with */

/* The markers of the pages that begin before this node. */
void write_marks(Writer *w, const Node *node);
void write_mark(Writer *w, const PageMark *mark, const char *element);

/* links.c: the address as the book may hold it; false: it cannot be a link in an EPUB. */
bool link_address(const Writer *w, const Node *link, Str *address);

#endif
