/* Clocks for telling how long something took, and when it has taken too long. Nothing that is made may depend on them. */
#include "base/base.h"

#include <time.h>

static int64_t clock_read(clockid_t id) {
    struct timespec now;
    return clock_gettime(id, &now) == 0 ? (int64_t)now.tv_sec * 1000000000 + now.tv_nsec : 0;
}

int64_t clock_wall(void) { return clock_read(CLOCK_MONOTONIC); }

int64_t clock_ms(void) { return clock_wall() / 1000000; }

int64_t clock_processor(void) { return clock_read(CLOCK_PROCESS_CPUTIME_ID); }
