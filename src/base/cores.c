/* Work on several cores: the only place where threads begin. What runs beside something else shares nothing with it that either changes: every
 * piece has an arena and diagnostics of its own, and what comes of it does not depend on who was first.
 */
#define _GNU_SOURCE /* sched_getaffinity: what a container or a job's share of a machine leaves us */
#include "base/base.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#define THREADS_MOST 16

static uint32_t cores_allowed; /* 0: not asked yet */

uint32_t cores_available(void) {
    if (cores_allowed == 0) {
        cpu_set_t set;
        int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
        cores_allowed = count < 1 ? 1 : (uint32_t)count;
    }
    return cores_allowed;
}

void cores_use(uint32_t count) { cores_allowed = count < 1 ? 1 : count; }

/* Signals are the first thread's: the others block them all. False: there is no thread to be had. */
static bool thread_begin(pthread_t *thread, void *(*run)(void *), void *context) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool begun = pthread_create(thread, NULL, run, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return begun;
}

typedef struct {
    void (*work)(void *context, uint32_t index);
    void *context;
    uint32_t count;
    atomic_uint next;
} Shared;

static void *shared_run(void *of) {
    Shared *shared = of;
    for (uint32_t i; (i = atomic_fetch_add(&shared->next, 1)) < shared->count;) shared->work(shared->context, i);
    return NULL;
}

void work_share(uint32_t count, void (*work)(void *context, uint32_t index), void *context) {
    Shared shared = {.work = work, .context = context, .count = count};
    pthread_t threads[THREADS_MOST];
    uint32_t begun = 0, wanted = cores_available() < count ? cores_available() : count;
    while (begun + 1 < wanted && begun < THREADS_MOST && thread_begin(&threads[begun], shared_run, &shared)) begun++;
    shared_run(&shared);
    while (begun > 0) pthread_join(threads[--begun], NULL);
}

struct Task {
    void (*run)(void *context);
    void *context;
    pthread_t thread;
    bool begun;
};

static void *task_run(void *of) {
    Task *task = of;
    task->run(task->context);
    return NULL;
}

Task *task_start(Arena *arena, void (*run)(void *context), void *context) {
    Task *task = NEW(arena, Task);
    *task = (Task){.run = run, .context = context};
    task->begun = cores_available() > 1 && thread_begin(&task->thread, task_run, task);
    if (!task->begun) run(context);
    return task;
}

void task_wait(Task *task) {
    if (task->begun) pthread_join(task->thread, NULL);
    task->begun = false;
}

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

void cores_lock(void) {
    if (pthread_mutex_lock(&one_at_a_time) != 0) BUG("a lock that cannot be had");
}

void cores_unlock(void) {
    if (pthread_mutex_unlock(&one_at_a_time) != 0) BUG("a lock that is not held");
}
