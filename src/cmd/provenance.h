/* What a finished file says of how it was made, for `brief extract` and `brief verify`. No other room includes it. */
#ifndef BRIEF_CMD_PROVENANCE_H
#define BRIEF_CMD_PROVENANCE_H

#include "cmd/internal.h"
#include "inspect/inspect.h"

typedef struct {
    Source *file;     /* its name and bytes */
    Inspected inspected;
    Record record;    /* without bytes, until provenance_inputs() */
    bool *carried;    /* by input: the file has it, and it is the one that the record names */
} Provenance;

/* Reads a file and its record. False with one error; then there is nothing to close. */
bool provenance_open(Arena *arena, Diags *d, Str path, Provenance *out);
/* Takes out what the file carries. False with an error for each input that cannot be had, or is not the one that the record names. */
bool provenance_inputs(Arena *arena, Diags *d, Provenance *provenance);
/* The error for a file that carries none of them; always false. */
bool provenance_refuse(Diags *d, const Provenance *provenance, const char *hint);
void provenance_close(Provenance *provenance);

/* The command that made it, as one would type it. */
Str provenance_command(Arena *arena, const Provenance *provenance);

/* rebuild.c: made again of the record's inputs, whose bytes are there. False when that gives errors, which are in
 * the document's diagnostics, or the sheet's and shown. */
typedef struct {
    Batch batch;
    Document document;
    Str bytes;
} Rebuilt;
bool provenance_lay_out(Arena *arena, const Provenance *provenance, Rebuilt *out); /* without the bytes */
bool provenance_rebuild(Arena *arena, const Provenance *provenance, Rebuilt *out);
void rebuilt_close(Rebuilt *rebuilt);

/* difference.c: where a finished file is not what was made again, as the rest of a sentence. */
Str difference_words(Arena *arena, const Provenance *provenance, const Rebuilt *rebuilt);

#endif
