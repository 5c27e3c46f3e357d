/* What `brief make` will write (plan.c decides it, make.c does it). No other room includes it. */
#ifndef BRIEF_CMD_PLAN_H
#define BRIEF_CMD_PLAN_H

#include "cmd/internal.h"

typedef struct {
    Str input;     /* a path, or "-" */
    Str pdf, epub; /* where to; empty: not wanted; "-": standard output */
} Product;

typedef struct {
    bool pdf, epub, quiet;
    Str out_dir; /* empty: beside the input */
    Product *products;
    uint32_t count;
} Plan;

/* From the command line. False with a diagnostic; then nothing has been touched. */
bool plan_make(Invocation *invocation, Plan *out);

#endif
