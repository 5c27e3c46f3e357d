/* Dates, without locale and time zone: the proleptic Gregorian calendar in UTC. */
#include "cmd/internal.h"

#include <stdlib.h>
#include <sys/stat.h>

#define DATE_UNKNOWN 315532800 /* 1980-01-01, the first that a ZIP entry can say */
#define DAY 86400

/* Days from 1970-01-01. Years are counted from March, so that the leap day is a year's last. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
    int64_t shifted_year = month <= 2 ? year - 1 : year;
    int64_t shifted_month = month <= 2 ? month + 9 : month - 3;
    int64_t before_this_year = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
    int64_t before_this_month = (153 * shifted_month + 2) / 5;
    return before_this_year + before_this_month + day - 1 - 719468;
}

/* Exactly `digits` digits at s[*at], which advances; -1 when they are not there. */
static int64_t number_at(Str s, size_t *at, size_t digits) {
    if (s.n - *at < digits) return -1;
    int64_t number = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = s.p[(*at)++];
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

static int64_t month_length(int64_t year, int64_t month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool date_seconds(Str date, int64_t *out) {
    size_t at = 0;
    int64_t year = number_at(date, &at, 4), month = 1, day = 1;
    if (year < 1) return false;
    if (at < date.n && (date.p[at++] != '-' || (month = number_at(date, &at, 2)) < 1 || month > 12)) return false;
    if (at < date.n && (date.p[at++] != '-' || (day = number_at(date, &at, 2)) < 1 || day > month_length(year, month)))
        return false;
    if (at < date.n) return false;
    *out = days_from_civil(year, month, day) * DAY;
    return true;
}

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

int64_t date_of_file(Arena *arena, Str path) {
    struct stat about;
    if (str_is(path, "-") || stat(str_c(arena, path), &about) != 0) return DATE_UNKNOWN;
    int64_t seconds = (int64_t)about.st_mtime;
    return seconds < 0 ? 0 : seconds > DATE_LAST ? DATE_LAST : seconds;
}
