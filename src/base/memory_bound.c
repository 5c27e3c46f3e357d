/* A bound on what the process may still allocate. The sanitizers reserve more address space than there is memory, so there is none with them. */
#include "base/base.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

/* The address space in use, from /proc; 0 where it cannot be told. */
static uint64_t space_used(void) {
    char text[32] = "";
    int descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    ssize_t n = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    uint64_t pages = 0;
    for (ssize_t i = 0; i < n && char_is_digit(text[i]); i++) pages = pages * 10 + (uint64_t)(text[i] - '0');
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

MemoryBound memory_bound(size_t more) {
    MemoryBound bound = {0};
#ifndef BRIEF_ARENA_MALLOC
    struct rlimit limit;
    uint64_t used = space_used();
    if (used == 0 || getrlimit(RLIMIT_AS, &limit) != 0) return bound;
    bound.before = limit.rlim_cur;
    if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur <= used + more) return bound;
    limit.rlim_cur = used + more;
    bound.set = setrlimit(RLIMIT_AS, &limit) == 0;
#else
    (void)space_used;
    (void)more;
#endif
    return bound;
}

void memory_unbound(const MemoryBound *bound) {
    struct rlimit limit;
    if (!bound->set || getrlimit(RLIMIT_AS, &limit) != 0) return;
    limit.rlim_cur = bound->before;
    setrlimit(RLIMIT_AS, &limit);
}
