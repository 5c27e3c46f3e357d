/* resolve: the tree as written → the tree as it will be published.
 *
 * Builds a new tree in which: the title block and sections exist as nodes; heading levels start right and skip none; every
 * target has a stable id; links inside the document are checked, unsafe addresses are gone; images alone in their paragraph are
 * figures; notes are numbered and stand at the end; pull-quotes have their copies; metadata is complete. What it adds is
 * marked `generated`. After it nothing changes what the document says.
 */
#ifndef BRIEF_RESOLVE_H
#define BRIEF_RESOLVE_H

#include "tree/tree.h"

/* What is published of a document. Zero: what it says, for the screen. Numbers of paragraphs, tables and notes are the same in all. */
typedef struct {
    bool paper; /* addresses of links are added, as notes with letters for marks */
    bool final; /* the embargo is over: nothing is said of it */
} Edition;

/* `tree` is not changed. The new tree shares its strings and lives on the same arena. */
Tree *resolve_tree(Diags *d, const Tree *tree);
Tree *resolve_edition(Diags *d, const Tree *tree, const Edition *edition);

/* Words the program adds, in the document's language (falls back to English). */
typedef enum {
    LABEL_PAGE, LABEL_PAGE_OF,      /* "Page", and "Page %1 of %2" */
    LABEL_CONTENTS, LABEL_NOTES, LABEL_NOTE, LABEL_BACK, LABEL_RELATED, LABEL_SUMMARY, LABEL_COVER, LABEL_TABLE, LABEL_FIGURE,
    LABEL_NOTICE_NOTE, LABEL_NOTICE_TIP, LABEL_NOTICE_IMPORTANT, LABEL_NOTICE_WARNING, LABEL_NOTICE_CAUTION,
    LABEL_DONE, LABEL_NOT_DONE,     /* a task's state, read out */
    LABEL_BEGINNING, LABEL_PAGES,   /* landmarks: "Beginning", "Pages" */
    LABEL_BY,                       /* byline: "By %1" */
    LABEL_AND,                      /* between the last two authors: label_and() */
    LABEL_TABLE_N, LABEL_FIGURE_N, LABEL_BOX_N, LABEL_ANNEX_N, /* "Table %1", "Annex %1" */
    LABEL_TABLE_REFERENCE, LABEL_FIGURE_REFERENCE, LABEL_BOX_REFERENCE, /* the same in running text: French "tableau %1" */
    LABEL_PARAGRAPH_N, LABEL_PAGE_N, LABEL_NOTE_N, LABEL_RECOMMENDATION_N, LABEL_CONCLUSION_N, /* in references: "paragraph %1", "page %1" */
    LABEL_PARAGRAPH_BACK,           /* behind a gathered recommendation: "(Paragraph %1)" */
    LABEL_RECOMMENDATIONS,          /* "Conclusions and recommendations" */
    LABEL_LIST_OF_TABLES, LABEL_LIST_OF_FIGURES, LABEL_MEMBERS,
    LABEL_DESCRIPTION,              /* before the place where a figure is described at length */
    LABEL_ORDERED, LABEL_PUBLISHED, /* on a cover, before a date: "Ordered to be printed %1", "Published on %1" */
    LABEL_DRAFT, LABEL_EMBARGO,     /* "Draft"; "Embargoed until %1" */
    LABEL_COUNT
} Label;
Str label_text(Str language, Label label);
/* "and", as it stands before `next`, with the spaces round it: Welsh " a " Gwyn, but " ac " Elin; Hebrew " ו", joined to what follows. */
Str label_and(Arena *arena, Str language, Str next);
/* A label with %1, %2 replaced. */
Str label_format(Arena *arena, Str language, Label label, Str first, Str second);
/* "2019-02-07" → "7 February 2019" in the document's language; anything else unchanged. */
Str label_date(Arena *arena, Str language, Str date);
/* Seconds since 1970 of "YYYY", "YYYY-MM" or "YYYY-MM-DD", at its first midnight, UTC. False when the calendar has no such day. */
bool date_seconds(Str date, int64_t *out);

#endif
