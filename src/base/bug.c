/* Our own mistakes: one line on standard error, no temporary file left behind, status 70. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug_at(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "brief: internal error (%s:%d): ", file, line);
    vfprintf(stderr, format, arguments);
    fputs("\n  hint: this is a mistake in brief, not in your document; please report it with the document\n", stderr);
    va_end(arguments);
    fflush(stderr);
#ifdef BRIEF_FUZZ
    abort(); /* a finding */
#endif
    file_abandon();
    _Exit(EXIT_BUG);
}
