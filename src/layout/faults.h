/* Private to the files that look for faults: faults.c (blocks and lines) and feet.c (where pages end). */
#ifndef BRIEF_LAYOUT_FAULTS_H
#define BRIEF_LAYOUT_FAULTS_H

#include "layout/layout.h"

/* On which pages a node stands; a block of text or a row of a table, with how many lines on the last of them so far. */
typedef struct {
    uint32_t first, last; /* page; first is UINT32_MAX where nothing of it is drawn */
    uint32_t parts;       /* pages that have lines of it; 0 for whatever has none of its own */
    uint32_t lines;       /* on the last */
    const Line *line;     /* the last on that page */
} Trace;

typedef struct {
    const Layout *layout;
    Diags *diags;
    Trace *traces; /* by node number */
} Faults;

#define PAGE_LABEL(f, page) STR_ARG((f)->layout->items[page].label)

static inline bool is_label(const LayoutBox *box) {
    return box->kind == BOX_LINES && box->line_count && box->lines[0].run_count && box->lines[0].runs[0].role == RUN_LABEL;
}

/* Lines of text or an image, being what the document says. */
static inline bool is_content(const LayoutBox *box) {
    return box->node && box->artifact == ARTIFACT_NONE && (box->kind == BOX_IMAGE || (box->kind == BOX_LINES && !is_label(box)));
}

void feet_judge(const Faults *f); /* feet.c; when all traces are made */

#endif
