/* Private to the files that fill a page: page.c, and what it asks of a block (block.c), of placing it (place.c), of notes (foot.c). */
#ifndef BRIEF_PAGE_H
#define BRIEF_PAGE_H

#include "layout/compose.h"

typedef struct {
    Composer *c;
    Attempt *page;
    const Float *floats;
    uint32_t float_count;
    Lu height; /* of the page's text area, or of the column */
    Lu full; /* of the page, if it is to end higher up; a column: 0 */
    bool column; /* a note's: nothing has to be placed, and it has no notes of its own */
    Lu after_pull; /* space after a pull-quote set between paragraphs */
    Lu base; /* how far down the present block may reach: below it, the containers round it have their padding */
    Lu limit; /* the same, and below it the notes that the page has so far */
} Filler;

typedef enum { FIT_ALL, FIT_PART, FIT_NOT } Fit;

/* Texts side by side: the cells of a row, or one paragraph. */
typedef struct {
    const Cell *items;
    uint32_t count;
} Texts;

/* What must stay free below a block for the containers round it. */
Lu extents_below(const Composer *c, uint32_t block);
Lu page_white(const Composer *c, const Attempt *page); /* at its foot, where the text goes on from */

/* ---- block.c */
/* The measure of a block whose next line's top is at `top`; true if a float narrows any of its lines. */
bool block_measure(Filler *f, const FlowBlock *block, Lu top, Measure *out);
void text_prepare(Composer *c, FlowBlock *block);
Lu content_height(Composer *c, FlowBlock *block); /* at full width */
Lu container_height(Composer *c, Container *container);

/* ---- foot.c */
uint32_t lines_last_note(Filler *f, Texts texts, uint32_t from, uint32_t to, uint32_t begun);
uint32_t lines_room(Filler *f, Texts texts, uint32_t from, uint32_t end, Lu space, Lu leading);
void notes_take(Filler *f, uint32_t last, Lu y);

/* ---- place.c */
/* Places the block, from *cursor, at *y, and moves both on. `first`: it must go on this page, however little room there is. */
Fit block_place(Filler *f, FlowBlock *block, Cursor *cursor, Lu *y, bool first);

/* ---- between.c */
bool between_waits(const Filler *f, uint32_t index); /* block `index` is a pull-quote that need not stand where its block does */
bool between_stands(Filler *f); /* one that has waited is to be placed now */

/* ---- stretch.c */
void page_stretch(Filler *f); /* when all is placed that goes on the page */

/* ---- loosen.c */
#define LOOSENED_MOST 4 /* paragraphs on a page */
typedef struct {
    FlowBlock *blocks[LOOSENED_MOST];
    LineBreaks kept[LOOSENED_MOST]; /* their other lines */
    uint32_t count;
} Loosening;
/* Gives up to `lines` paragraphs of a page a line more, or less, for when it is filled again; until page_loosened(). */
void page_loosen(Composer *c, const Attempt *page, uint32_t lines, bool more, Loosening *out);
void page_loosened(Loosening *l);

#endif
