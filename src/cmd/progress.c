/* How far a batch is: a bar on a terminal, or a line of JSON for each document. No library of C that Debian has draws a bar.
 *
 * The bar is one line that is written over; whatever else is told is written in its place, and the bar below it again. The time left is
 * reckoned from the mean so far.
 */
#include "cmd/json.h"
#include "cmd/plan.h"

#include <unistd.h>

#define EACH_MS 100 /* no more often than that */
#define BAR_LEAST 10
#define BAR_MOST 40
#define NUMBERS_MOST 60 /* columns beside the bar */

Progress progress_begin(const Plan *plan) {
    Progress progress = {.kind = plan->progress, .total = plan->count, .began = clock_ms()};
    progress_show(&progress);
    return progress;
}

/* ---- The bar ---------------------------------------------------------------------------------------------------------- */

static void bar_add(Buf *line, const Progress *progress, uint32_t columns) {
    uint32_t width = columns > NUMBERS_MOST + BAR_LEAST ? columns - NUMBERS_MOST : 0;
    if (width > BAR_MOST) width = BAR_MOST;
    if (width == 0) return;
    uint32_t full = (uint32_t)((uint64_t)width * progress->done / progress->total);
    buf_add_char(line, '[');
    for (uint32_t i = 0; i < width; i++) buf_add_char(line, i < full ? '=' : ' ');
    buf_add_c(line, "] ");
}

static void span_add(Buf *line, int64_t seconds) {
    if (seconds >= 3600) buf_format(line, "%u:", (unsigned)(seconds / 3600));
    buf_format(line, seconds >= 3600 ? "%02u:%02u" : "%u:%02u", (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}

static void numbers_add(Buf *line, const Progress *progress, int64_t elapsed) {
    buf_format(line, "%u of %u", (unsigned)progress->done, (unsigned)progress->total);
    if (progress->failed > 0) buf_format(line, ", %u failed", (unsigned)progress->failed);
    if (progress->done == 0 || elapsed <= 0) return;
    uint64_t rate = (uint64_t)progress->done * 10000 / (uint64_t)elapsed; /* tenths a second */
    buf_format(line, ", %u.%u a second, ", (unsigned)(rate / 10), (unsigned)(rate % 10));
    int64_t left = elapsed * (progress->total - progress->done) / progress->done;
    span_add(line, (left + 999) / 1000);
    buf_add_c(line, " left");
}

void progress_show(Progress *progress) {
    int64_t now = clock_ms();
    if (progress->kind != PROGRESS_BAR || progress->total == 0 || (progress->shown && now - progress->drawn < EACH_MS)) return;
    Arena *arena = arena_open();
    Buf line = buf_new(arena);
    uint32_t columns = terminal_columns(STDERR_FILENO);
    buf_add_c(&line, "\r");
    bar_add(&line, progress, columns);
    numbers_add(&line, progress, now - progress->began);
    line.n = line.n > columns ? columns : line.n; /* all of it is ASCII, and "\r" takes no column */
    buf_add_c(&line, "\x1b[K");
    errors_write(buf_str(&line));
    arena_close(arena);
    progress->shown = true;
    progress->drawn = now;
}

void progress_hide(Progress *progress) {
    if (!progress->shown) return;
    errors_write(STR(PROGRESS_CLEAR));
    progress->shown = false;
}

/* ---- For programs ------------------------------------------------------------------------------------------------------- */

static json_t *outputs_json(Arena *arena, const Product *product) {
    json_t *outputs = json_array();
    for (int form = 0; form < FORM_COUNT; form++)
        if (product->outputs[form].n > 0) json_array_append_new(outputs, json_path(arena, product->outputs[form]));
    return outputs;
}

static void line_write(const Progress *progress, Arena *arena, json_t *line) {
    Buf text = buf_new(arena);
    json_object_set_new(line, "done", json_integer(progress->done));
    json_object_set_new(line, "failed", json_integer(progress->failed));
    json_object_set_new(line, "total", json_integer(progress->total));
    json_object_set_new(line, "milliseconds", json_integer(clock_ms() - progress->began));
    json_add(&text, line, JSON_COMPACT);
    errors_write(buf_str(&text));
}

static void document_write(const Progress *progress, const Product *product, const Made *made) {
    Arena *arena = arena_open();
    bool good = made->status == EXIT_DONE;
    json_t *line = json_pack("{s:s, s:o, s:b, s:o, s:o}", "event", "document", "input", json_path(arena, product->input), "made",
        good, "reason", good ? json_null() : json_path(arena, made->reason), "outputs",
        good ? outputs_json(arena, product) : json_array());
    line_write(progress, arena, line);
    arena_close(arena);
}

void progress_count(Progress *progress, const Product *product, const Made *made) {
    progress->done++;
    if (made->status != EXIT_DONE) progress->failed++;
    if (progress->kind == PROGRESS_JSON) document_write(progress, product, made);
}

void progress_end(Progress *progress) {
    progress_hide(progress);
    if (progress->kind == PROGRESS_JSON) {
        Arena *arena = arena_open();
        line_write(progress, arena, json_pack("{s:s}", "event", "end"));
        arena_close(arena);
    }
    progress->kind = PROGRESS_NONE;
}
