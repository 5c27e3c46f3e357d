/* Dates and times that come from outside the document; without locale and time zone. */
#include "cmd/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define DATE_UNKNOWN 315532800 /* 1980-01-01, the first that a ZIP entry can say */

bool date_environment(Invocation *invocation, bool *given, int64_t *out) {
    Str value = str_from(getenv("SOURCE_DATE_EPOCH"));
    *given = value.n > 0;
    int64_t seconds = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9') seconds = DATE_LAST + 1;
        if (seconds <= DATE_LAST) seconds = seconds * 10 + (value.p[i] - '0');
    }
    *out = seconds;
    return seconds <= DATE_LAST || usage_wrong(invocation, "it counts the seconds since 1970, in digits",
                                       "SOURCE_DATE_EPOCH is no time: “" STR_FMT "”", STR_ARG(value));
}

int64_t date_now(void) {
    time_t now = time(NULL);
    return now < 0 ? 0 : (int64_t)now;
}

bool date_of_file(Diags *d, Str path, int64_t *out) {
    struct stat about;
    *out = DATE_UNKNOWN;
    if (str_is(path, "-")) return true;
    if (stat(str_c(d->arena, path), &about) != 0)
        return diag_world(d, "file-read", path, NULL, "cannot be dated: %s", strerror(errno));
    int64_t seconds = (int64_t)about.st_mtime;
    *out = seconds < 0 ? 0 : seconds > DATE_LAST ? DATE_LAST : seconds;
    return true;
}
