/* Diagnostics: collecting them. How they are printed is in diag_print.c. */
#include "base/internal.h"

#include <stdio.h>

#define KEPT_LIMIT 2000 /* diagnostics of one document that are kept; more are only counted */
#define MESSAGE_LIMIT 600 /* bytes of a message: what it quotes may be of any length */

Diags diags_new(Arena *arena) { return (Diags){.arena = arena}; }

BASE_PRINTF(2, 0) static Str message_format(Arena *arena, const char *format, va_list arguments) {
    char text[MESSAGE_LIMIT + 1];
    int length = vsnprintf(text, sizeof text, format, arguments);
    if (length < 0) BUG("the format “%s” failed", format);
    if (length <= MESSAGE_LIMIT) return str_copy(arena, (Str){text, (size_t)length});
    size_t end = MESSAGE_LIMIT - 8;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
    return str_format(arena, STR_FMT "…", (int)end, text);
}

/* True when it has not been said before. */
static bool remember(Diags *d, const Diag *said) {
    if (d->seen == NULL) d->seen = strmap_new(d->arena);
    Str name = said->at.source == NULL ? STR("") : said->at.source->name;
    Str key = str_format(d->arena, "%d %s %u:%u " STR_FMT "\n" STR_FMT, (int)said->severity, said->code, (unsigned)said->at.line,
        (unsigned)said->at.column, STR_ARG(said->message), STR_ARG(name));
    if (strmap_find(d->seen, key) != NULL) return false;
    strmap_put(d->seen, key, d->seen);
    return true;
}

static bool is_silent(const Diags *d, Severity severity, const char *code) {
    return d->silent && severity != DIAG_ERROR && strmap_find(d->silent, str_from(code));
}

static bool is_full(const Diags *d) { return d->count >= KEPT_LIMIT; }

static void count(Diags *d, Severity severity) {
    if (severity == DIAG_ERROR) d->errors++;
    if (severity == DIAG_WARNING) d->warnings++;
}

static void keep(Diags *d, Diag said) {
    if (!remember(d, &said)) return;
    *PUSH(d->arena, d, Diag) = said;
    count(d, said.severity);
}

static void drop(Diags *d, Severity severity) {
    d->dropped++;
    count(d, severity);
}

BASE_PRINTF(7, 0)
static void diag_add(Diags *d, Severity severity, unsigned claims, const char *code, Place at, const char *hint,
    const char *format, va_list arguments) {
    d->claims_lost |= claims;
    if (is_silent(d, severity, code)) return;
    if (is_full(d))
        drop(d, severity);
    else
        keep(d,
            (Diag){severity, code, at, message_format(d->arena, format, arguments), str_copy(d->arena, str_from(hint)), claims});
}

void diag(Diags *d, Severity severity, const char *code, Place at, const char *hint, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    diag_add(d, severity, 0, code, at, hint, format, arguments);
    va_end(arguments);
}

void diag_claim(Diags *d, unsigned claims, const char *code, Place at, const char *hint, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    diag_add(d, DIAG_WARNING, claims, code, at, hint, format, arguments);
    va_end(arguments);
}

/* A file that is known by its name alone: nothing of it was read. */
static const Source *file_named(Arena *arena, Str path) {
    Source *file = NEW(arena, Source);
    file->name = str_copy(arena, path);
    return file;
}

bool diag_world(Diags *d, const char *code, Str path, const char *hint, const char *format, ...) {
    const Source *file = path.n == 0 ? NULL : file_named(d->arena, path);
    d->world_failed = true;
    va_list arguments;
    va_start(arguments, format);
    diag_add(d, DIAG_ERROR, 0, code, (Place){.source = file}, hint, format, arguments);
    va_end(arguments);
    return false;
}

void diags_join(Diags *d, const Diags *beside) {
    uint32_t kept_errors = 0, kept_warnings = 0;
    d->claims_lost |= beside->claims_lost;
    d->world_failed = d->world_failed || beside->world_failed;
    d->refused = d->refused || beside->refused;
    for (uint32_t i = 0; i < beside->count; i++) {
        Diag said = beside->items[i];
        kept_errors += said.severity == DIAG_ERROR;
        kept_warnings += said.severity == DIAG_WARNING;
        if (is_silent(d, said.severity, said.code)) continue;
        said.message = str_copy(d->arena, said.message);
        said.hint = str_copy(d->arena, said.hint);
        if (said.at.source && said.at.source->text.n == 0) said.at.source = file_named(d->arena, said.at.source->name);
        if (is_full(d))
            drop(d, said.severity);
        else
            keep(d, said);
    }
    d->dropped += beside->dropped;
    d->errors += beside->errors - kept_errors;
    d->warnings += beside->warnings - kept_warnings;
}

ExitStatus diags_status(const Diags *d) {
    if (d->world_failed) return EXIT_WORLD;
    return d->errors > 0 ? EXIT_DOCUMENT : EXIT_DONE;
}
