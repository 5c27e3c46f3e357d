/* Memory from the C library: where there is none the process ends with one sentence, whoever asked for it, since libraries do not all look at what
 * they are given. Those that unpack what strangers packed do look when they want much, and are told: memory_bound().
 *
 * The C library lets a program have its own malloc; this one asks the C library's, and free() is the C library's alone (“Replacing malloc”, The GNU C
 * Library Reference Manual). The sanitizers have their own.
 */
#include "base/internal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

int memory_exhausted_status = EXIT_BUG;
atomic_int memory_told;

_Noreturn void memory_exhausted(void) {
    static const char sentence[] = "brief: error: out of memory\n";
    static atomic_flag said = ATOMIC_FLAG_INIT;
    while (atomic_flag_test_and_set(&said)) pause(); /* another thread is about to end the process */
    while (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0 && errno == EINTR) continue;
#ifdef BRIEF_FUZZ
    abort();
#endif
    file_abandon();
    _Exit(memory_exhausted_status);
}

#if defined(__GLIBC__) && !defined(BRIEF_ARENA_MALLOC) && !defined(BRIEF_FUZZ)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static void *had(void *memory, size_t size) {
    if (memory == NULL && (memory_told == 0 || size <= MEMORY_TOLD)) memory_exhausted();
    return memory;
}

void *malloc(size_t size) { return had(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
    return had(__libc_calloc(count, size), size > 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size);
}

void *realloc(void *memory, size_t size) {
    void *moved = __libc_realloc(memory, size);
    return size == 0 ? moved : had(moved, size); /* of nothing there is nothing left */
}
#endif
