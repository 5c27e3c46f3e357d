/* Diagnostics: collecting them. How they are printed is in diag_print.c. */
#include "base/internal.h"

#include <stdio.h>

#define KEPT_LIMIT 2000 /* diagnostics of one document that are kept; more are only counted */
#define MESSAGE_LIMIT 600 /* bytes of a message: what it quotes may be of any length */

Diags diags_new(Arena *arena) { return (Diags){.arena = arena}; }

static Str message_format(Arena *arena, const char *format, va_list arguments) {
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

static void diag_add(Diags *d, Severity severity, unsigned claims, const char *code, Place at, const char *hint,
    const char *format, va_list arguments) {
    d->claims_lost |= claims;
    if (d->silent && severity != DIAG_ERROR && strmap_find(d->silent, str_from(code))) return;
    bool keep = d->count < KEPT_LIMIT;
    if (keep) {
        Diag said = {severity, code, at, message_format(d->arena, format, arguments), str_copy(d->arena, str_from(hint)), claims};
        if (!remember(d, &said)) return;
        *PUSH(d->arena, d, Diag) = said;
    } else {
        d->dropped++;
    }
    if (severity == DIAG_ERROR) d->errors++;
    if (severity == DIAG_WARNING) d->warnings++;
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

bool diag_world(Diags *d, const char *code, Str path, const char *hint, const char *format, ...) {
    Source *file = NEW(d->arena, Source);
    file->name = str_copy(d->arena, path);
    d->world_failed = true;
    va_list arguments;
    va_start(arguments, format);
    diag_add(d, DIAG_ERROR, 0, code, (Place){.source = path.n == 0 ? NULL : file}, hint, format, arguments);
    va_end(arguments);
    return false;
}

static void said_again(Diags *d, const Diag *said, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    diag_add(
        d, said->severity, said->claims_lost, said->code, said->at, said->hint.n > 0 ? said->hint.p : NULL, format, arguments);
    va_end(arguments);
}

void diags_take(Diags *d, const Diags *from) {
    for (uint32_t i = 0; i < from->count; i++) said_again(d, &from->items[i], STR_FMT, STR_ARG(from->items[i].message));
    d->world_failed = d->world_failed || from->world_failed;
    d->claims_lost |= from->claims_lost;
    d->dropped += from->dropped;
}

ExitStatus diags_status(const Diags *d) {
    if (d->world_failed) return EXIT_WORLD;
    return d->errors > 0 ? EXIT_DOCUMENT : EXIT_DONE;
}
