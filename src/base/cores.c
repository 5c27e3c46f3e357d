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
static cpu_set_t every_core; /* that this process may use; empty: nobody knows */

uint32_t cores_available(void) {
    if (cores_allowed == 0) {
        int count = sched_getaffinity(0, sizeof every_core, &every_core) == 0 ? CPU_COUNT(&every_core) : 1;
        cores_allowed = count < 1 ? 1 : (uint32_t)count;
    }
    return cores_allowed;
}

void cores_use(uint32_t count) { cores_allowed = count < 1 ? 1 : count; }

/* Begins it on another core than this thread's. Linux often leaves a thread for some milliseconds on the core of the one that began it, while others are
 * idle, and a report takes twenty. Where it runs afterwards is the system's affair. */
static bool thread_begin_elsewhere(pthread_t *thread, void *(*run)(void *), void *context) {
    cpu_set_t others = every_core;
    pthread_attr_t attributes;
    int here = sched_getcpu();
    if (here >= 0) CPU_CLR((size_t)here, &others);
    if (CPU_COUNT(&others) == 0 || pthread_attr_init(&attributes) != 0) return false;
    bool begun = pthread_attr_setaffinity_np(&attributes, sizeof others, &others) == 0 &&
                 pthread_create(thread, &attributes, run, context) == 0;
    if (begun) pthread_setaffinity_np(*thread, sizeof every_core, &every_core);
    pthread_attr_destroy(&attributes);
    return begun;
}

/* Signals are the first thread's: the others block them all. False: there is no thread to be had. */
static bool thread_begin(pthread_t *thread, void *(*run)(void *), void *context) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool begun = thread_begin_elsewhere(thread, run, context) || pthread_create(thread, NULL, run, context) == 0;
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

/* ---- Ahead of who needs it ----------------------------------------------------------------------------------------- */

enum { AHEAD_FREE, AHEAD_BEGUN, AHEAD_DONE };

typedef struct {
    Ahead *ahead;
    uint32_t number;
    pthread_t thread;
} Worker;

struct Ahead {
    void (*work)(void *context, uint32_t worker, uint32_t index);
    void *context;
    uint32_t count, window;
    uint32_t next; /* no piece before it is free */
    uint32_t passed; /* pieces before it are needed no more */
    uint8_t *pieces;
    bool stopped;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Worker workers[THREADS_MOST];
    uint32_t begun;
};

/* With the lock held, as it is again afterwards. */
static void piece_do(Ahead *a, uint32_t worker, uint32_t index) {
    a->pieces[index] = AHEAD_BEGUN;
    pthread_mutex_unlock(&a->lock);
    a->work(a->context, worker, index);
    pthread_mutex_lock(&a->lock);
    a->pieces[index] = AHEAD_DONE;
    pthread_cond_broadcast(&a->changed);
}

/* Whether there is a piece that may be begun: a->next. */
static bool piece_waits(Ahead *a) {
    while (a->next < a->count && a->pieces[a->next] != AHEAD_FREE) a->next++;
    return a->next < a->count && a->next < a->passed + a->window;
}

static void *worker_run(void *of) {
    Worker *worker = of;
    Ahead *a = worker->ahead;
    pthread_mutex_lock(&a->lock);
    while (!a->stopped && a->next < a->count) {
        if (piece_waits(a))
            piece_do(a, worker->number, a->next);
        else if (a->next < a->count)
            pthread_cond_wait(&a->changed, &a->lock);
    }
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

Ahead *ahead_start(Arena *arena, uint32_t count, uint32_t window, uint32_t workers,
    void (*work)(void *context, uint32_t worker, uint32_t index), void *context) {
    Ahead *a = NEW(arena, Ahead);
    a->work = work;
    a->context = context;
    a->count = count;
    a->window = window;
    a->pieces = NEW_ARRAY(arena, uint8_t, count ? count : 1);
    if (pthread_mutex_init(&a->lock, NULL) != 0 || pthread_cond_init(&a->changed, NULL) != 0) BUG("no lock is to be had");
    if (workers > cores_available()) workers = cores_available();
    if (workers > count) workers = count;
    for (uint32_t w = 1; w < workers && w <= THREADS_MOST; w++) {
        Worker *worker = &a->workers[a->begun];
        *worker = (Worker){.ahead = a, .number = w};
        if (!thread_begin(&worker->thread, worker_run, worker)) break;
        a->begun++;
    }
    return a;
}

/* While another does what is needed, something that will be needed next can be done. */
void ahead_need(Ahead *a, uint32_t index) {
    pthread_mutex_lock(&a->lock);
    while (a->pieces[index] != AHEAD_DONE) {
        if (a->pieces[index] == AHEAD_FREE)
            piece_do(a, 0, index);
        else if (piece_waits(a))
            piece_do(a, 0, a->next);
        else
            pthread_cond_wait(&a->changed, &a->lock);
    }
    pthread_mutex_unlock(&a->lock);
}

void ahead_pass(Ahead *a, uint32_t index) {
    pthread_mutex_lock(&a->lock);
    a->passed = index;
    pthread_cond_broadcast(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

void ahead_stop(Ahead *a) {
    pthread_mutex_lock(&a->lock);
    a->stopped = true;
    pthread_cond_broadcast(&a->changed);
    pthread_mutex_unlock(&a->lock);
    while (a->begun > 0) pthread_join(a->workers[--a->begun].thread, NULL);
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
}

/* ---- One at a time ------------------------------------------------------------------------------------------------ */

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

void cores_lock(void) {
    if (pthread_mutex_lock(&one_at_a_time) != 0) BUG("a lock that cannot be had");
}

void cores_unlock(void) {
    if (pthread_mutex_unlock(&one_at_a_time) != 0) BUG("a lock that is not held");
}
