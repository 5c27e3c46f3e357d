/* What `brief make` will write (plan.c decides it, make.c does it). No other room includes it. */
#ifndef BRIEF_CMD_PLAN_H
#define BRIEF_CMD_PLAN_H

#include "cmd/internal.h"

/* What one document can be made into: the PDF and the EPUB, which belong together, and PDFs in variants. */
typedef enum { FORM_PDF, FORM_EPUB, FORM_LARGE_PRINT, FORM_PRINT, FORM_COUNT } Form;

typedef struct {
    Str input; /* a path, or "-" */
    Str outputs[FORM_COUNT]; /* where to; empty: not wanted; "-": standard output */
} Product;

typedef enum { DEPFILE_MAKE, DEPFILE_JSON, DEPFILE_NULL } DepfileFormat;

typedef struct {
    Str path;   /* empty: not wanted */
    Str target; /* what depends on the inputs; empty: the outputs */
    DepfileFormat format;
} Depfile;

typedef struct {
    bool wanted[FORM_COUNT], quiet, verbose, strict, if_changed;
    Variant variants[FORM_COUNT];
    Str out_dir; /* empty: beside the input */
    Product *products;
    uint32_t count;
    Depfile depfile;
} Plan;

/* From the command line. False with a diagnostic; then nothing has been touched. */
bool plan_make(Invocation *invocation, Plan *out);

/* ---- depfile.c */

/* From the command line, for what will be made; `taken` has the path_identity() of all of it. False with a diagnostic. */
bool depfile_plan(Invocation *invocation, const Plan *plan, const StrMap *taken, Depfile *out);
/* A document's part of the file. `asked`: what was to be read for it. */
Str depfile_part(Arena *arena, const Depfile *depfile, const Batch *batch, const Product *product, const PathList *asked);
/* The whole, if it is wanted, of the parts in the order of the products; an empty one is of a document of which nothing is known but that
 * it was to be made. False with a diagnostic. */
bool depfile_write(Diags *d, const Plan *plan, const Batch *batch, const Str *parts);

/* ---- claims.c */

/* Lines below a file's name: what it claims, and for which reasons it does not claim the rest. `carries`: its source is in it. */
void claims_tell(Buf *out, const Diags *d, Form form, unsigned claims, bool carries);
/* --strict: what took a claim away from a file that is wanted becomes an error. False when there is any. */
bool claims_demand(Diags *d, const Product *product, const unsigned claims[FORM_COUNT]);

#endif
