/* Where the time of one document goes, for `brief make --timings` (timings.c). No other room includes it.
 *
 * A stage that is done several times (for variants) is a sum. Stages that run side by side are each told in full, so that together they can be
 * longer than the whole. */
#ifndef BRIEF_CMD_TIMINGS_H
#define BRIEF_CMD_TIMINGS_H

#include "base/base.h"

typedef enum {
    TIMED_START, /* of the program, up to its first document */
    TIMED_READ,
    TIMED_RESOLVE,
    TIMED_STYLE,
    TIMED_IMAGES,
    TIMED_FONTS,
    TIMED_LAYOUT,
    TIMED_CLAIMS,
    TIMED_RECORD,
    TIMED_PDF,
    TIMED_EPUB,
    TIMED_WRITE,
    TIMED_WHOLE,
    TIMED_COUNT,
} Timed;

typedef enum { TIMINGS_NONE, TIMINGS_TABLE, TIMINGS_JSON } TimingsFormat;

typedef struct {
    int64_t wall;    /* nanoseconds */
    uint64_t memory; /* bytes that arenas took meanwhile, given back or not */
} Timing;

typedef struct {
    Timing taken[TIMED_COUNT], begun[TIMED_COUNT];
} Timings;

/* `timings` may be NULL everywhere: then nothing is measured. */
void timing_begin(Timings *timings, Timed stage);
void timing_end(Timings *timings, Timed stage);
/* What the program did before it began to measure belongs to the first document. */
void timings_started(Timings *timings);
/* A table, or an object in one line. `name`: the document's. */
void timings_tell(Buf *out, const Timings *timings, TimingsFormat format, Str name);

#endif
