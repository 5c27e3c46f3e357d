/* diff: what changed between two versions of a document, for whoever must tell others: by paragraph number and page.
 *
 * A document is seen as its passages: whatever is read as one piece (a paragraph, a heading, a row of a table, an image), in reading order.
 * What the program adds by itself (contents, gathered recommendations, the words of references to numbers and pages) is none of it: a
 * reference whose number moved has not been changed by anybody. Everything lives on the arena that is given; both layouts must outlive it.
 */
#ifndef BRIEF_DIFF_H
#define BRIEF_DIFF_H

#include "layout/layout.h"

typedef struct {
    const Node *node;
    Str words;   /* as published, for showing */
    Str key;     /* what is compared: the author's words, and what an image is */
    Str number;  /* "34"; empty when it has none */
    Str heading; /* that it stands under; empty before the first */
    Str page;    /* where it begins: "5", "ii"; empty when it is on none */
} Passage;

typedef enum { CHANGE_CHANGED, CHANGE_ADDED, CHANGE_REMOVED, CHANGE_MOVED } ChangeKind;

typedef struct {
    ChangeKind kind;
    const Passage *before, *after; /* NULL: there is none */
    const Passage *previous;       /* ADDED, REMOVED: the one above it, in the document where it is */
} Change;

/* Paragraphs whose words are the same, and whose numbers are not: `count` of them in a row, all moved by as much. */
typedef struct {
    int32_t from, to; /* the first's number before and now */
    uint32_t count;
} Renumbering;

typedef struct {
    struct {
        Change *items; /* in the order of the new document; what was removed stands where it was */
        uint32_t count, capacity;
    } changes;
    struct {
        Renumbering *items;
        uint32_t count, capacity;
    } renumberings;
    uint32_t counts[CHANGE_MOVED + 1];
    uint32_t pages_before, pages_after;
} Differences;

Differences *layouts_compare(Arena *arena, const Layout *before, const Layout *after);

/* For people: words taken out as [-so-], put in as {+so+}. */
void differences_text(Arena *arena, const Differences *differences, Buf *out);
/* For programs; the keys are in the manual (brief.1). */
void differences_json(Arena *arena, const Differences *differences, Str before, Str after, Buf *out);

#endif
