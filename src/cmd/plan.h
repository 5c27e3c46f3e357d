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

typedef struct {
    bool wanted[FORM_COUNT], quiet, verbose, strict;
    Variant variants[FORM_COUNT];
    TimingsFormat timings;
    Str out_dir; /* empty: beside the input */
    Product *products;
    uint32_t count;
} Plan;

/* From the command line. False with a diagnostic; then nothing has been touched. */
bool plan_make(Invocation *invocation, Plan *out);

/* ---- timings.c */

/* What --timings asks for. False with a diagnostic of the command line. */
bool timings_read(Invocation *invocation, TimingsFormat *out);

/* ---- claims.c */

/* Lines below a file's name: what it claims, and for which reasons it does not claim the rest. `carries`: its source is in it. */
void claims_tell(Buf *out, const Diags *d, Form form, unsigned claims, bool carries);
/* --strict: what took a claim away from a file that is wanted becomes an error. False when there is any. */
bool claims_demand(Diags *d, const Product *product, const unsigned claims[FORM_COUNT]);

#endif
