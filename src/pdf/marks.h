/* marks: which marked-content sequence (ISO 32000-1 §14.6, §14.7.4) every run, image and fill of the pages stands in.
 *
 * Consecutive runs of the same element on a page share one sequence, over lines too; so do consecutive artifacts of one kind.
 * A page's drawing order is counted: fills, images and runs are its drawables, and each has a mark. Content marks have an MCID
 * and belong to an element; the elements claim them by node, in reading order, so that it does not matter in which order a page
 * was drawn.
 */
#ifndef BRIEF_PDF_MARKS_H
#define BRIEF_PDF_MARKS_H

#include "pdf/structure.h"

#define MARK_NONE UINT32_MAX

typedef struct {
    ElementNumber element; /* ELEMENT_NONE: an artifact */
    ArtifactKind artifact;
    const LayoutBox *box; /* where it begins */
    NodeNumber node; /* content: the first node whose words it holds */
    uint32_t page;
    uint32_t mcid;
    uint32_t next; /* the next mark that begins with the same node, or MARK_NONE */
    bool claimed;
} Mark;

typedef struct {
    Mark *items;
    uint32_t count, capacity;
    uint32_t *first_mark; /* by page, and one more */
    uint32_t *first_drawable; /* by page, and one more */
    uint32_t *of; /* by drawable: its mark; MARK_NONE: it draws nothing */
    uint32_t *head; /* by node number: the first mark that begins with it, or MARK_NONE */
} Marks;

/* Whether it states where it lies (BBox), so that each box of it is an artifact of its own: all but signs in a line of text. */
bool artifact_has_box(ArtifactKind kind);

/* What a run says: its text, but that the end of a line of code, which is set as a space, is the newline again. */
Str run_words(const Run *run);

Marks *marks_new(Arena *arena, const Structure *s);

/* Leaves out elements without content and puts the others' children in reading order. Every mark is claimed once, or it is a BUG.
 * `links` by link area: its Link element. */
void structure_close(Structure *s, Marks *marks, const ElementNumber *links, uint32_t link_count);

#endif
