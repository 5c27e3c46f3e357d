/* What `brief make` will write, how it is made, and what is told of it. No other room includes it. */
#ifndef BRIEF_CMD_PLAN_H
#define BRIEF_CMD_PLAN_H

#include "cmd/internal.h"

/* What one document can be made into: the PDF and the EPUB, which belong together, and PDFs in variants. */
typedef enum { FORM_PDF, FORM_EPUB, FORM_LARGE_PRINT, FORM_PRINT, FORM_COUNT } Form;

typedef struct {
    Str input; /* a path, or "-" */
    bool elsewhere; /* in another share than that of --shard */
    Str outputs[FORM_COUNT]; /* where to; empty: not wanted; "-": standard output */
} Product;

typedef enum { DEPFILE_MAKE, DEPFILE_JSON, DEPFILE_NULL } DepfileFormat;

typedef struct {
    Str path;   /* empty: not wanted */
    Str target; /* what depends on the inputs; empty: the outputs */
    DepfileFormat format;
} Depfile;

typedef enum { PROGRESS_NONE, PROGRESS_BAR, PROGRESS_JSON } ProgressKind;

typedef struct {
    bool wanted[FORM_COUNT], quiet, verbose, strict, if_changed, colour;
    Variant variants[FORM_COUNT];
    TimingsFormat timings;
    Str out_dir; /* empty: beside the input */
    Product *products;
    uint32_t count;
    Depfile depfile;
    uint32_t jobs;    /* -j; 0: not given */
    bool limited;     /* a limit was asked for */
    uint32_t seconds; /* that a document may take; 0: any time */
    uint64_t memory;  /* and bytes; 0: any */
    ProgressKind progress;
} Plan;

/* ---- plan.c, and inputs.c, folders.c, outputs.c, limits.c for its parts */

/* From the command line. False with a diagnostic; then nothing has been touched. */
bool plan_make(Invocation *invocation, Plan *out);
/* Joins the names of --files-from to the operands. False with a diagnostic. */
bool inputs_collect(Invocation *invocation);
/* For each input the folder below `out_dir` where its files go: as it lies below the deepest folder that holds all inputs. */
Str *folders_below(Arena *arena, Str out_dir, const Str *inputs, uint32_t count);
/* No two files have one name, and none that of an input; nor has the dependency file. False with a diagnostic. */
bool outputs_safe(Invocation *invocation, const Plan *plan);
/* -j, --time-limit, --memory-limit and --progress. False with a diagnostic. */
bool limits_read(Invocation *invocation, Plan *plan);

/* ---- make.c */

/* What became of a document. The texts are on the arena that product_make() was given. */
typedef struct {
    ExitStatus status;
    Str names;    /* for standard output: of the files that were made */
    Str messages; /* for standard error */
    Str reason;   /* the code of the first error; empty: it was made */
    Str depends;  /* its part of the dependency file; empty: nobody knows, or wants to */
} Made;

/* Makes all that is wanted of one document, in whichever process. */
void product_make(const Plan *plan, Batch *batch, const Product *product, Arena *arena, Made *out);

/* ---- progress.c: how far it is, on standard error, while it is being done */

typedef struct {
    ProgressKind kind;
    uint32_t total, done, failed;
    int64_t began, drawn; /* by the clock */
    bool shown;           /* the bar stands on the terminal */
} Progress;

Progress progress_begin(const Plan *plan);
void progress_count(Progress *progress, const Product *product, const Made *made); /* one more is done */
void progress_show(Progress *progress);  /* again, if it is time */
#define PROGRESS_CLEAR "\r\x1b[K"
void progress_hide(Progress *progress);  /* before anything else is written */
void progress_end(Progress *progress);

/* ---- tell.c: what is told of the documents, in the order of the inputs */

typedef struct {
    Arena *arena;
    const Plan *plan;
    Progress progress;
    uint32_t told, failed;
    const Product **failures; /* the first of them */
    ExitStatus last;          /* of the document told last */
    bool names_seen;          /* standard output is a terminal */
    bool names_failed;        /* standard output cannot be written */
    Buf depends;              /* the dependency file, so far */
    const Batch *batch;
} Telling;

Telling telling_begin(const Plan *plan, const Batch *batch, Arena *arena);
void telling_document(Telling *telling, const Product *product, const Made *made);
void telling_interrupted(Telling *telling);
void telling_interruptible(const Telling *telling); /* from now on a signal that ends the process is told in the same words */
/* The sum. The status of the run: a document's own when there is but one; of several, 1 when any was not made. */
ExitStatus telling_end(Telling *telling);

/* ---- jobs.c: documents made by workers */

uint32_t jobs_workers(const Plan *plan); /* how many; 0: in this process */
/* 0; the signal that ended it; -1: no worker could be begun, and a diagnostic says so. */
int jobs_run(const Plan *plan, Batch *batch, Telling *telling, Diags *d);
void memory_limit_tell(Diags *d, const Source *source);

/* ---- fault.c: for tests of what a worker may suffer */

void fault_try(Str input);

/* ---- shard.c */

/* --shard: marks what is elsewhere. False with a diagnostic of the command line. */
bool shard_mark(Invocation *invocation, Plan *plan);
void shard_keep(Invocation *invocation, Plan *plan); /* leaves the rest in the plan */
uint32_t shard_of(Str name, uint32_t shares); /* from 1: the same on every machine */

/* ---- depfile.c */

/* From the command line, for what will be made. False with a diagnostic. */
bool depfile_plan(Invocation *invocation, const Plan *plan, Depfile *out);
/* A document's part of the file. `asked`: what was to be read for it; NULL: nobody knows. */
Str depfile_part(Arena *arena, const Depfile *depfile, const Batch *batch, const Product *product, const PathList *asked);
/* Joins the next document's part to the whole. An empty one: nothing is known but that it was to be made. */
void depfile_join(Buf *whole, const Depfile *depfile, const Batch *batch, const Product *product, Str part);
/* Writes the whole, if it is wanted. False with a diagnostic. */
bool depfile_write(Diags *d, const Depfile *depfile, Buf *whole);
/* ---- timings.c */

/* What --timings asks for. False with a diagnostic of the command line. */
bool timings_read(Invocation *invocation, TimingsFormat *out);

/* ---- claims.c */

/* Lines below a file's name: what it claims, and for which reasons it does not claim the rest. `carries`: its source is in it. */
void claims_tell(Buf *out, const Diags *d, Form form, unsigned claims, bool carries);
/* --strict: what took a claim away from a file that is wanted becomes an error. False when there is any. */
bool claims_demand(Diags *d, const Product *product, const unsigned claims[FORM_COUNT]);

#endif
