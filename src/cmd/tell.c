/* What is told of the documents, in the order of the inputs, and of all of them in the end. */
#include "cmd/plan.h"

#include <unistd.h>

#define FAILURES_NAMED 20

Telling telling_begin(const Plan *plan, const Batch *batch, Arena *arena) {
    return (Telling){.arena = arena,
        .plan = plan,
        .batch = batch,
        .depends = buf_new(arena),
        .progress = progress_begin(plan),
        .names_seen = isatty(STDOUT_FILENO),
        .failures = NEW_ARRAY(arena, const Product *, FAILURES_NAMED)};
}

/* False when standard output cannot be written; that is said once. */
static bool names_tell(Telling *telling, Str names) {
    if (telling->names_failed || names.n == 0) return !telling->names_failed;
    Diags d = diags_new(telling->arena);
    telling->names_failed = !file_write(&d, STR("-"), names);
    diags_show(&d);
    return !telling->names_failed;
}

void telling_document(Telling *telling, const Product *product, const Made *made) {
    telling->told++;
    telling->last = made->status;
    if (made->status != EXIT_DONE) {
        if (telling->failed < FAILURES_NAMED) telling->failures[telling->failed] = product;
        telling->failed++;
    }
    if (made->messages.n > 0 || (made->names.n > 0 && telling->names_seen)) progress_hide(&telling->progress);
    depfile_join(&telling->depends, &telling->plan->depfile, telling->batch, product, made->depends);
    names_tell(telling, made->names);
    errors_write(made->messages);
    progress_show(&telling->progress);
}

static const char *plural(uint32_t count) { return count == 1 ? "document was" : "documents were"; }

static bool depfile_tell(Telling *telling) {
    Diags d = diags_new(telling->arena);
    bool written = depfile_write(&d, &telling->plan->depfile, &telling->depends);
    diags_show(&d);
    return written;
}

/* With one document there is nothing to sum up, and where all went well the names of the files say so. */
static void sum_tell(Telling *telling) {
    if (telling->plan->count < 2 || telling->failed == 0 || telling->plan->quiet) return;
    Buf names = buf_new(telling->arena);
    for (uint32_t i = 0; i < telling->failed && i < FAILURES_NAMED; i++)
        buf_format(&names, "%s" STR_FMT, i == 0 ? "" : ", ", STR_ARG(telling->failures[i]->input));
    if (telling->failed > FAILURES_NAMED) buf_format(&names, " and %u more", (unsigned)(telling->failed - FAILURES_NAMED));
    Diags d = diags_new(telling->arena);
    uint32_t made = telling->told - telling->failed;
    diag(&d, DIAG_NOTE, "documents-failed", (Place){0}, NULL, "%u %s made, %u failed: %s", (unsigned)made, plural(made),
        (unsigned)telling->failed, names.p);
    diags_show(&d);
}

static Str interruption(const Telling *telling) {
    Diags d = diags_new(telling->arena);
    Buf text = buf_new(telling->arena);
    diag(&d, DIAG_NOTE, "interrupted", (Place){0}, NULL, "interrupted when %u of %u documents were done; no file is half-written",
        (unsigned)telling->progress.done, (unsigned)telling->plan->count);
    diags_print(&d, &text, colour_wanted(STDERR_FILENO));
    return buf_str(&text);
}

void telling_interrupted(Telling *telling) {
    progress_end(&telling->progress);
    errors_write(interruption(telling));
}

void telling_interruptible(const Telling *telling) {
    if (telling->plan->count < 2) return;
    Str *text = NEW(telling->arena, Str);
    const char *line = telling->progress.kind == PROGRESS_BAR ? PROGRESS_CLEAR : "";
    *text = str_format(telling->arena, "%s" STR_FMT, line, STR_ARG(interruption(telling)));
    last_words(text);
}

ExitStatus telling_end(Telling *telling) {
    progress_end(&telling->progress);
    sum_tell(telling);
    if (!depfile_tell(telling) || telling->names_failed) return EXIT_WORLD;
    if (telling->plan->count == 1) return telling->last;
    return telling->failed > 0 ? EXIT_DOCUMENT : EXIT_DONE;
}
