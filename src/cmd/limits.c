/* How much at once, and how much a document may take: -j, --time-limit, --memory-limit, --progress. */
#include "cmd/plan.h"

#include <unistd.h>

#define JOBS_MOST 1024
#define SECONDS_MOST 1000000
#define SECONDS_USUAL 60 /* for several at once: a document that hangs must not hold up a thousand */
#define MEMORY_USUAL ((uint64_t)2 << 30)
#define MEMORY_LEAST ((uint64_t)16 << 20)

/* Digits, below `most`; what is behind them is *rest. */
static bool number_read(Str text, uint64_t most, uint64_t *out, Str *rest) {
    size_t at = 0;
    for (*out = 0; at < text.n && char_is_digit(text.p[at]); at++) {
        *out = *out * 10 + (uint64_t)(text.p[at] - '0');
        if (*out > most) return false;
    }
    *rest = str_slice(text, at, text.n);
    return at > 0;
}

static bool jobs_read(Invocation *invocation, Plan *plan) {
    Str value = option_value(invocation, "jobs"), rest = {NULL, 0};
    uint64_t number = cores_available();
    if (!option_given(invocation, "jobs")) return true;
    if (value.n > 0 && (!number_read(value, JOBS_MOST, &number, &rest) || rest.n > 0 || number == 0))
        return usage_wrong(invocation, NULL, "“" STR_FMT "” is no number of jobs: from 1 to %d", STR_ARG(value), JOBS_MOST);
    plan->jobs = (uint32_t)number;
    return true;
}

static bool time_read(Invocation *invocation, Plan *plan) {
    Str value = option_value(invocation, "time-limit"), rest;
    uint64_t seconds = plan->jobs > 0 && plan->count > 1 ? SECONDS_USUAL : 0;
    if (option_given(invocation, "time-limit") && (!number_read(value, SECONDS_MOST, &seconds, &rest) || rest.n > 0))
        return usage_wrong(invocation, "0 is no limit", "“" STR_FMT "” is no number of seconds", STR_ARG(value));
    plan->seconds = (uint32_t)seconds;
    return true;
}

static bool memory_read(Invocation *invocation, Plan *plan) {
    static const char units[] = "KMGT";
    Str value = option_value(invocation, "memory-limit"), rest = {NULL, 0};
    plan->memory = plan->jobs > 0 && plan->count > 1 ? MEMORY_USUAL : 0;
    if (!option_given(invocation, "memory-limit")) return true;
    bool known = number_read(value, UINT64_MAX >> 44, &plan->memory, &rest) && rest.n <= 1;
    int unit = 0;
    while (known && rest.n == 1 && units[unit] != '\0' && units[unit] != (rest.p[0] & ~0x20)) unit++;
    if (!known || units[unit] == '\0')
        return usage_wrong(invocation, "a number with K, M or G, as 512M; 0 is no limit", "“" STR_FMT "” is no amount of memory",
            STR_ARG(value));
    if (rest.n == 1) plan->memory <<= 10 * (unit + 1);
    if (plan->memory > 0 && plan->memory < MEMORY_LEAST)
        return usage_wrong(invocation, "a small document takes some 10 MB", "“" STR_FMT "” is too little memory", STR_ARG(value));
    return true;
}

static const char *const progress_names[] = {[PROGRESS_NONE] = "none", [PROGRESS_BAR] = "bar", [PROGRESS_JSON] = "json"};

static bool progress_read(Invocation *invocation, Plan *plan) {
    Str value = option_value(invocation, "progress");
    bool usual = terminal_can(STDERR_FILENO) && plan->count > 1 && !plan->quiet;
    plan->progress = usual ? PROGRESS_BAR : PROGRESS_NONE;
    if (!option_given(invocation, "progress")) return true;
    for (ProgressKind kind = 0; kind < sizeof progress_names / sizeof *progress_names; kind++) {
        plan->progress = kind;
        if (str_is(value, progress_names[kind])) return true;
    }
    return usage_wrong(invocation, "bar, json or none", "“" STR_FMT "” is no way of showing progress", STR_ARG(value));
}

bool limits_read(Invocation *invocation, Plan *plan) {
    if (!jobs_read(invocation, plan) || !time_read(invocation, plan) || !memory_read(invocation, plan)) return false;
    plan->limited = option_given(invocation, "time-limit") || option_given(invocation, "memory-limit");
    return progress_read(invocation, plan);
}
