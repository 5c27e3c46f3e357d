/* Documents made by workers, each on its own: what one is told to make, what it says of it, and what is said of one that did not come back.
 *
 * Answers come as documents are done, and are told in the order of the inputs: what must wait is kept, a range of inputs on one arena,
 * which is closed when the last of them has been told.
 */
#include "cmd/plan.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define RANGE 256

typedef struct {
    const Plan *plan;
    Batch *batch;
    Telling *telling;
    uint32_t threads; /* that a worker may use */
    Made *made; /* by document */
    bool *done;
    Arena **ranges;
} Jobs;

uint32_t jobs_workers(const Plan *plan) {
    if (plan->count > 1 && plan->jobs > 0) return plan->jobs < plan->count ? plan->jobs : plan->count;
    return plan->limited && plan->count > 0 ? 1 : 0;
}

/* ---- Answers: the status, and the texts one behind the other ------------------------------------------------------------ */

typedef struct {
    ExitStatus status;
    size_t names, messages, reason, depends;
} AnswerHead;

static void job_work(void *context, uint32_t index, Buf *answer) {
    const Jobs *jobs = context;
    Made made;
    cores_use(jobs->threads);
    product_make(jobs->plan, jobs->batch, &jobs->plan->products[index], answer->arena, &made);
    AnswerHead head = {made.status, made.names.n, made.messages.n, made.reason.n, made.depends.n};
    buf_add(answer, (Str){(const char *)&head, sizeof head});
    buf_add(answer, made.names);
    buf_add(answer, made.messages);
    buf_add(answer, made.reason);
    buf_add(answer, made.depends);
}

static Str text_next(Arena *arena, Str answer, size_t *at, size_t n) {
    Str text = str_copy(arena, str_slice(answer, *at, *at + n));
    *at += n;
    return text;
}

/* What was made could not be put in place. */
static void unwritten_tell(Arena *arena, const WorkPiece *piece, bool colour, Made *made) {
    Buf messages = buf_new(arena);
    buf_add(&messages, made->messages);
    diags_print(piece->unwritten, &messages, colour);
    made->status = diags_status(piece->unwritten);
    made->names = STR("");
    made->messages = buf_str(&messages);
    made->reason = str_copy(arena, diags_reason(piece->unwritten));
}

static Made answer_read(Arena *arena, const Plan *plan, const WorkPiece *piece) {
    AnswerHead head;
    if (piece->answer.n < sizeof head) BUG("an answer of %zu bytes", piece->answer.n);
    memcpy(&head, piece->answer.p, sizeof head);
    size_t at = sizeof head;
    Made made = {.status = head.status};
    made.names = text_next(arena, piece->answer, &at, head.names);
    Str messages = text_next(arena, piece->answer, &at, head.messages);
    made.messages = str_format(arena, STR_FMT STR_FMT, STR_ARG(piece->errors), STR_ARG(messages));
    made.reason = text_next(arena, piece->answer, &at, head.reason);
    made.depends = text_next(arena, piece->answer, &at, head.depends);
    if (piece->unwritten != NULL) unwritten_tell(arena, piece, plan->colour, &made);
    return made;
}

/* ---- Of one that did not come back -------------------------------------------------------------------------------------- */

void memory_limit_tell(Diags *d, const Source *source) {
    diag(d, DIAG_ERROR, "memory-limit", (Place){.source = source}, "--memory-limit sets how much it may take",
        "was not made: it wants more memory than it may take");
}

static void time_limit_tell(Diags *d, const Source *source, uint32_t seconds) {
    diag(d, DIAG_ERROR, "time-limit", (Place){.source = source}, "--time-limit sets how long it may take",
        "was not made within %u second%s", (unsigned)seconds, seconds == 1 ? "" : "s");
}

static void crash_tell(Diags *d, const Source *source, const WorkPiece *piece) {
    const char *hint =
        piece->signal == SIGKILL ? "the system does so when there is no memory left" : "please report it with the document";
    Str how = piece->signal != 0 ? str_format(d->arena, "was ended by signal %d (%s)", piece->signal, strsignal(piece->signal))
                                 : str_format(d->arena, "ended with status %d", piece->status);
    diag(d, DIAG_ERROR, "worker-crash", (Place){.source = source}, hint, "was not made: brief " STR_FMT, STR_ARG(how));
}

/* It ended by itself, and has said why: a library cannot be loaded. */
static bool world_told(const WorkPiece *piece) {
    return piece->signal == 0 && piece->status == EXIT_WORLD && piece->errors.n > 0;
}

static Made loss_read(Arena *arena, const Plan *plan, const WorkPiece *piece) {
    Diags d = diags_new(arena);
    Buf messages = buf_new(arena);
    Source source = {.name = plan->products[piece->index].input};
    switch (piece->end) {
    case WORK_TIME: time_limit_tell(&d, &source, plan->seconds); break;
    case WORK_MEMORY: memory_limit_tell(&d, &source); break;
    case WORK_DONE:
    case WORK_CRASHED:
        buf_add(&messages, piece->errors);
        if (world_told(piece)) return (Made){.status = EXIT_WORLD, .messages = buf_str(&messages), .reason = STR("worker-crash")};
        crash_tell(&d, &source, piece);
    }
    diags_print(&d, &messages, plan->colour);
    return (Made){.status = piece->end == WORK_CRASHED ? EXIT_BUG : EXIT_DOCUMENT,
        .messages = buf_str(&messages),
        .reason = diags_reason(&d)};
}

/* ---- In the order of the inputs ------------------------------------------------------------------------------------------ */

static void ready_tell(Jobs *jobs) {
    Telling *telling = jobs->telling;
    while (telling->told < jobs->plan->count && jobs->done[telling->told]) {
        uint32_t index = telling->told;
        telling_document(telling, &jobs->plan->products[index], &jobs->made[index]);
        if ((index + 1) % RANGE != 0) continue;
        arena_close(jobs->ranges[index / RANGE]);
        jobs->ranges[index / RANGE] = NULL;
    }
}

static void job_done(void *context, const WorkPiece *piece) {
    Jobs *jobs = context;
    Arena **range = &jobs->ranges[piece->index / RANGE];
    if (*range == NULL) *range = arena_open();
    Made *made = &jobs->made[piece->index];
    *made = piece->end == WORK_DONE ? answer_read(*range, jobs->plan, piece) : loss_read(*range, jobs->plan, piece);
    jobs->done[piece->index] = true;
    progress_count(&jobs->telling->progress, &jobs->plan->products[piece->index], made);
    ready_tell(jobs);
}

static void job_idle(void *context) { progress_show(&((Jobs *)context)->telling->progress); }

int jobs_run(const Plan *plan, Batch *batch, Telling *telling, Diags *d) {
    uint32_t workers = jobs_workers(plan), cores = plan->jobs > 0 ? plan->jobs : cores_available();
    Arena *arena = arena_open();
    Jobs jobs = {plan, batch, telling, plan->count == 1 ? cores : cores / workers, NEW_ARRAY(arena, Made, plan->count),
        NEW_ARRAY(arena, bool, plan->count), NEW_ARRAY(arena, Arena *, plan->count / RANGE + 1)};
    batch_warm(batch);
    WorkApart work = {.count = plan->count,
        .workers = workers,
        .seconds = plan->seconds,
        .memory = plan->memory,
        .context = &jobs,
        .work = job_work,
        .done = job_done,
        .idle = plan->progress == PROGRESS_BAR ? job_idle : NULL};
    int ended = work_apart(&work);
    if (ended < 0)
        diag_world(d, "worker-start", STR(""), "make less at once, with -j", "no process could be begun: %s", strerror(errno));
    for (uint32_t i = 0; i <= plan->count / RANGE; i++) arena_close(jobs.ranges[i]);
    arena_close(arena);
    return ended;
}
