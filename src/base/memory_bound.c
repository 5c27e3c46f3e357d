/* A bound on what the process may still allocate. The sanitizers reserve more address space than there is memory, so there is none with them. */
#include "base/internal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What /proc/self/status says of the address space, in bytes: "VmSize" now, "VmPeak" at its most; 0 where it cannot be told. */
static uint64_t space(const char *key) {
    char text[4096] = "";
    int descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    ssize_t n = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    const char *at = n > 0 ? strstr(text, key) : NULL;
    if (at == NULL) return 0;
    uint64_t kilobytes = 0;
    for (; *at != '\0' && *at != '\n'; at++)
        if (char_is_digit(*at)) kilobytes = kilobytes * 10 + (uint64_t)(*at - '0');
    return kilobytes << 10;
}

bool memory_limit(uint64_t more) {
#if !defined BRIEF_ARENA_MALLOC && !defined BRIEF_FUZZ
    struct rlimit limit;
    uint64_t used = space("VmSize:");
    if (used == 0 || getrlimit(RLIMIT_AS, &limit) != 0) return false;
    if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur <= used + more) return false;
    limit.rlim_cur = used + more;
    return setrlimit(RLIMIT_AS, &limit) == 0;
#else
    (void)space;
    (void)more;
    return false;
#endif
}

MemoryBound memory_bound(size_t more) {
    struct rlimit limit;
    memory_told++;
    if (getrlimit(RLIMIT_AS, &limit) != 0) return (MemoryBound){0};
    return (MemoryBound){.before = limit.rlim_cur, .set = memory_limit(more)};
}

void memory_unbound(const MemoryBound *bound) {
    struct rlimit limit;
    memory_told--;
    if (!bound->set || getrlimit(RLIMIT_AS, &limit) != 0) return;
    limit.rlim_cur = bound->before;
    setrlimit(RLIMIT_AS, &limit);
}

bool memory_was_short(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return false;
    return space("VmPeak:") + MEMORY_TOLD > limit.rlim_cur;
}
