/* Where the time of one document goes: clock and memory are read where a stage begins and ends. */
#include "cmd/json.h"
#include "cmd/plan.h"

static const char *const stage_names[TIMED_COUNT] = {[TIMED_START] = "start",
    [TIMED_READ] = "read",
    [TIMED_RESOLVE] = "resolve",
    [TIMED_STYLE] = "style",
    [TIMED_IMAGES] = "images",
    [TIMED_FONTS] = "fonts",
    [TIMED_LAYOUT] = "layout",
    [TIMED_CLAIMS] = "claims",
    [TIMED_RECORD] = "record",
    [TIMED_PDF] = "pdf",
    [TIMED_EPUB] = "epub",
    [TIMED_WRITE] = "write",
    [TIMED_WHOLE] = "whole"};

static Timing timing_now(void) { return (Timing){clock_wall(), arenas_taken()}; }

static void timing_add(Timing *sum, const Timing *more) {
    sum->wall += more->wall;
    sum->memory += more->memory;
}

void timing_begin(Timings *timings, Timed stage) {
    if (timings != NULL) timings->begun[stage] = timing_now();
}

void timing_end(Timings *timings, Timed stage) {
    if (timings == NULL) return;
    Timing now = timing_now(), *begun = &timings->begun[stage];
    timing_add(&timings->taken[stage], &(Timing){now.wall - begun->wall, now.memory - begun->memory});
}

/* The loader's and the libraries' part was over before any clock of ours could be read, but the processor's counts from the beginning. */
void timings_started(Timings *timings) {
    static bool told;
    if (timings == NULL || told) return;
    told = true;
    Timing start = {clock_processor(), arenas_taken()};
    timings->taken[TIMED_START] = start;
    timing_add(&timings->taken[TIMED_WHOLE], &start);
}

bool timings_read(Invocation *invocation, TimingsFormat *out) {
    Str value = option_value(invocation, "timings");
    *out = !option_given(invocation, "timings") ? TIMINGS_NONE : value.n == 0 ? TIMINGS_TABLE : TIMINGS_JSON;
    return value.n == 0 || str_is(value, "json") ||
           usage_wrong(invocation, "“--timings” gives a table, “--timings=json” is for machines", "unknown format “" STR_FMT "”",
               STR_ARG(value));
}

static void table_add(Buf *out, const Timings *timings, Str name) {
    buf_add(out, name);
    buf_format(out, "\n  %-10s%12s%12s\n", "", "ms", "KiB");
    for (Timed stage = 0; stage < TIMED_COUNT; stage++) {
        const Timing *taken = &timings->taken[stage];
        if (taken->wall == 0 && taken->memory == 0) continue;
        int64_t microseconds = taken->wall / 1000;
        buf_format(out, "  %-10s%8lld.%03d%12llu\n", stage_names[stage], (long long)(microseconds / 1000),
            (int)(microseconds % 1000), (unsigned long long)(taken->memory >> 10));
    }
}

static json_t *timings_json(Arena *arena, const Timings *timings, Str name) {
    json_t *out = json_object(), *stages = json_object();
    json_object_set_new(out, "file", json_path(arena, name));
    for (Timed stage = 0; stage < TIMED_COUNT; stage++) {
        const Timing *taken = &timings->taken[stage];
        if (taken->wall == 0 && taken->memory == 0) continue;
        json_t *told = json_object();
        json_object_set_new(told, "ms", json_real((double)(taken->wall / 1000) / 1000));
        json_object_set_new(told, "bytes", json_integer((json_int_t)taken->memory));
        json_object_set_new(stage == TIMED_WHOLE ? out : stages, stage_names[stage], told);
    }
    json_object_set_new(out, "stages", stages);
    return out;
}

void timings_tell(Buf *out, const Timings *timings, TimingsFormat format, Str name) {
    if (format == TIMINGS_JSON)
        json_add(out, timings_json(out->arena, timings, name), JSON_COMPACT | JSON_REAL_PRECISION(15));
    else if (format == TIMINGS_TABLE)
        table_add(out, timings, name);
}
