/* ahead: paragraphs and their lines, made on other cores while pages are filled with those before.
 *
 * Nearly all that a layout costs is the making of paragraphs, and nearly all of these are alone with their measure: they are made by pieces of
 * some blocks, in the order of the flow, each piece in an arena of its own, which is given up when the pages are past it. So a document
 * has no more paragraphs at a time than a few pages need. A paragraph that has an image (whose measure is noted) or a character that no
 * font has (which is said once, in order) is left to when it is needed; so are those on landscape pages, the notes and the cells.
 * Pull-quotes move in the list of blocks: so jobs have numbers of their own.
 */
#include "layout/compose.h"

#define PIECE_BYTES 2500 /* of text: what is made of it fits the first block of an arena */
#define PIECES_AHEAD 40
#define PIECES_FEW 5 /* fewer cost less than another thread, which would learn most of their words once more */
#define WORKERS_MOST 4 /* each has to learn the words of the document for itself */

typedef struct {
    const Node *node;
    const Style *style;
    Shape shape;
    Paragraph *paragraph; /* NULL: not made */
    LineBreaks lines;
    uint32_t piece;
} Job;

typedef struct {
    uint32_t first, end; /* jobs */
    Arena *arena; /* NULL: not made yet, or given up */
} Piece;

struct PreparedText {
    struct {
        Job *items;
        uint32_t count, capacity;
    } jobs;
    struct {
        Piece *items;
        uint32_t count, capacity;
    } pieces;
    uint32_t passed; /* pieces that are given up */
    Ahead *ahead;
    Composer workers[WORKERS_MOST];
    uint32_t worker_count;
};

static void piece_make(void *context, uint32_t worker, uint32_t index) {
    PreparedText *t = context;
    Composer *c = &t->workers[worker];
    Piece *piece = &t->pieces.items[index];
    c->kept = piece->arena = arena_open();
    for (uint32_t i = piece->first; i < piece->end; i++) {
        Job *job = &t->jobs.items[i];
        Measure measure = {.rest = job->shape};
        c->unfit = false;
        Paragraph *p = paragraph_new(c, job->node, job->shape.width);
        if (c->unfit) continue;
        job->lines = lines_choose(c->kept, c->room, p, job->style, 0, &measure);
        job->paragraph = p;
    }
}

static size_t text_length(const Node *block) {
    size_t length = block->text.n;
    for (const Node *n = block->first; n; n = node_next(n, block)) length += n->text.n;
    return length;
}

static bool may_be_made(const FlowBlock *block) {
    return block->kind == FLOW_TEXT && !block->landscape && !block->paragraph && block->node->kind != NODE_ITEM &&
           block->node->kind != NODE_NOTE;
}

static void jobs_list(Composer *c, PreparedText *t) {
    size_t bytes = PIECE_BYTES;
    t->jobs.count = t->pieces.count = t->passed = 0;
    for (uint32_t b = 0; b < c->flow_end; b++) {
        FlowBlock *block = &c->blocks.items[b];
        if (!may_be_made(block)) continue;
        if (bytes >= PIECE_BYTES) {
            *PUSH(c->arena, &t->pieces, Piece) = (Piece){.first = t->jobs.count};
            bytes = 0;
        }
        *PUSH(c->arena, &t->jobs, Job) =
            (Job){.node = block->node, .style = block->style, .shape = {block->x, block->width}, .piece = t->pieces.count - 1};
        block->job = t->jobs.count;
        t->pieces.items[t->pieces.count - 1].end = t->jobs.count;
        bytes += text_length(block->node);
    }
}

/* A worker sees what the composer does, and changes nothing of it. */
static void worker_begin(const Composer *c, PreparedText *t, uint32_t number) {
    Composer *w = &t->workers[number], before = *w;
    *w = *c;
    w->ahead = true;
    w->arena = before.arena;
    w->scratch = before.scratch;
    w->room = before.room;
    w->vocabulary = before.vocabulary;
    w->items.items = before.items.items;
    w->items.capacity = before.items.capacity;
    w->words.items = before.words.items;
    w->words.capacity = before.words.capacity;
    if (!w->arena) {
        w->arena = arena_open();
        w->scratch = arena_open();
        w->room = line_room_new(w->arena);
        w->vocabulary = vocabulary_new(w->arena);
    }
    if (number) w->fonts = fonts_companion(c->fonts, number - 1);
}

void text_ahead(Composer *c) {
    if (!c->prepared) c->prepared = NEW(c->arena, PreparedText);
    PreparedText *t = c->prepared;
    jobs_list(c, t);
    t->worker_count = cores_available() < t->pieces.count ? cores_available() : t->pieces.count;
    if (t->worker_count > WORKERS_MOST) t->worker_count = WORKERS_MOST;
    if (t->pieces.count > 0 && t->pieces.count < PIECES_FEW) t->worker_count = 1;
    for (uint32_t w = 0; w < t->worker_count; w++) worker_begin(c, t, w);
    t->ahead = ahead_start(c->arena, t->pieces.count, PIECES_AHEAD, t->worker_count, piece_make, t);
}

bool text_take(Composer *c, FlowBlock *block) {
    PreparedText *t = c->prepared;
    if (!block->job || !t || !t->ahead) return false;
    const Job *job = &t->jobs.items[block->job - 1];
    if (job->piece < t->passed) return false;
    ahead_need(t->ahead, job->piece);
    block->paragraph = job->paragraph;
    block->lines = job->lines;
    return job->paragraph != NULL;
}

static void pieces_give_up(PreparedText *t, uint32_t end) {
    for (; t->passed < end; t->passed++) {
        arena_close(t->pieces.items[t->passed].arena);
        t->pieces.items[t->passed].arena = NULL;
    }
}

void text_passed(Composer *c, uint32_t block) {
    PreparedText *t = c->prepared;
    while (block < c->flow_end && !c->blocks.items[block].job) block++;
    if (block >= c->flow_end) return; /* the end is near */
    uint32_t end = t->jobs.items[c->blocks.items[block].job - 1].piece;
    for (uint32_t i = t->passed; i < end; i++) ahead_need(t->ahead, i);
    if (end == t->passed) return;
    pieces_give_up(t, end);
    ahead_pass(t->ahead, end);
}

void text_ahead_end(Composer *c) {
    PreparedText *t = c->prepared;
    ahead_stop(t->ahead);
    t->ahead = NULL;
    pieces_give_up(t, t->pieces.count);
}

void text_ahead_close(Composer *c) {
    for (uint32_t w = 0; w < WORKERS_MOST; w++) {
        arena_close(c->prepared->workers[w].scratch);
        arena_close(c->prepared->workers[w].arena);
    }
}
