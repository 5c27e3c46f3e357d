/* Faults on purpose, so that tests can see what becomes of the other documents: BRIEF_TEST_FAULT=KIND:NAME,… has this process crash, hang or
 * take memory without end when it begins with the document of that name. */
#include "cmd/plan.h"

#include <stdlib.h>
#include <unistd.h>

#define TAKEN ((size_t)8 << 20)

static _Noreturn void memory_take(void) {
    for (Arena *arena = arena_open();;) arena_alloc(arena, TAKEN, 1);
}

void fault_try(Str input) {
    Str faults = str_from(getenv("BRIEF_TEST_FAULT"));
    for (size_t at = 0, end; at < faults.n; at = end + 1) {
        for (end = at; end < faults.n && faults.p[end] != ',';) end++;
        Str fault = str_slice(faults, at, end);
        size_t colon = 0;
        while (colon < fault.n && fault.p[colon] != ':') colon++;
        if (!str_equal(str_slice(fault, colon + 1, fault.n), input)) continue;
        Str kind = str_slice(fault, 0, colon);
        if (str_is(kind, "crash")) abort();
        if (str_is(kind, "bug")) BUG("a fault on purpose");
        if (str_is(kind, "memory")) memory_take();
        while (str_is(kind, "hang")) pause();
    }
}
