/* To the person who called: diagnostics and text. */
#include "cmd/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool terminal_can(int descriptor) {
    const char *terminal = getenv("TERM");
    return isatty(descriptor) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

/* no-color.org */
bool colour_wanted(int descriptor) {
    const char *no_colour = getenv("NO_COLOR");
    return (no_colour == NULL || no_colour[0] == '\0') && terminal_can(descriptor);
}

void errors_write(Str text) {
    for (size_t at = 0; at < text.n;) {
        ssize_t written = write(STDERR_FILENO, text.p + at, text.n - at);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return; /* there is nobody left to tell */
        at += (size_t)written;
    }
}

Str diags_reason(const Diags *d) {
    for (uint32_t i = 0; i < d->count; i++)
        if (d->items[i].severity == DIAG_ERROR) return str_from(d->items[i].code);
    return d->errors > 0 ? STR("too-many") : STR("");
}

void diags_show(const Diags *d) {
    if (d->count == 0) return;
    Buf text = buf_new(d->arena);
    diags_print(d, &text, colour_wanted(STDERR_FILENO));
    errors_write(buf_str(&text));
}

ExitStatus text_show(Invocation *invocation, const Buf *text) {
    return file_write(&invocation->diags, STR("-"), buf_str(text)) ? EXIT_DONE : EXIT_WORLD;
}
