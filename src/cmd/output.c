/* To the person who called: diagnostics and text. */
#include "cmd/internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* no-color.org, and terminals that cannot. */
bool colour_wanted(int descriptor) {
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (no_colour != NULL && no_colour[0] != '\0') return false;
    return isatty(descriptor) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

void diags_show(const Diags *d) {
    if (d->count == 0) return;
    Buf text = buf_new(d->arena);
    diags_print(d, &text, colour_wanted(STDERR_FILENO));
    for (size_t at = 0; at < text.n;) {
        ssize_t written = write(STDERR_FILENO, text.p + at, text.n - at);
        if (written <= 0) return; /* there is nobody left to tell */
        at += (size_t)written;
    }
}

ExitStatus text_show(Invocation *invocation, const Buf *text) {
    return file_write(&invocation->diags, STR("-"), buf_str(text)) ? EXIT_DONE : EXIT_WORLD;
}
