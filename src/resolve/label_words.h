/* The words that the program adds, one language after the other: what label_words.c holds and labels.c reads. */
#ifndef BRIEF_RESOLVE_LABEL_WORDS_H
#define BRIEF_RESOLVE_LABEL_WORDS_H

#include "resolve/resolve.h"

/* How a day is written: %d the day, %m the month's name, %y the year. */
typedef struct {
    const char *code; /* primary subtag, ISO 639-1 */
    const char *labels[LABEL_COUNT];
    const char *months[12]; /* as they stand after a day */
    const char *months_alone[12]; /* where they differ without one; NULL where not */
    const char *day, *month;
    const char *first; /* the first of a month, where it is not "1" */
} Words;

extern const Words *const label_languages[]; /* the last is NULL; English comes first */

#endif
