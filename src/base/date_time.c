/* Seconds since 1970 and civil dates, UTC, reckoned here: the C library's depend on the time zone. */
#include "base/base.h"

/* Days are counted from 1 March of the year −400, so that none is negative, a leap day is the last of its year, and the Gregorian cycle of
 * 400 years begins with the count. */
DateTime date_time_of(int64_t seconds) {
    const int64_t earliest = -62167219200, latest = 253402300799; /* 0000-01-01T00:00:00Z, 9999-12-31T23:59:59Z */
    if (seconds < earliest) seconds = earliest;
    if (seconds > latest) seconds = latest;
    int64_t shifted = seconds - earliest; /* from here on nothing is negative */
    int64_t day = shifted / 86400 + 146097 - 60; /* 0000-01-01 is 60 days before 1 March of the leap year 0 */
    int rest = (int)(shifted % 86400);
    int64_t cycle = day / 146097;
    int64_t in_cycle = day % 146097;
    int64_t year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
    int64_t in_year = in_cycle - (365 * year + year / 4 - year / 100);
    int month = (int)((5 * in_year + 2) / 153); /* from March */
    DateTime m = {
        .year = (int)(cycle * 400 - 400 + year + (month >= 10)),
        .month = month < 10 ? month + 3 : month - 9,
        .day = (int)(in_year - (153 * month + 2) / 5 + 1),
        .hour = rest / 3600,
        .minute = rest / 60 % 60,
        .second = rest % 60,
    };
    return m;
}

Str date_time_text(Arena *arena, int64_t seconds) {
    DateTime m = date_time_of(seconds);
    return str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.year, m.month, m.day, m.hour, m.minute, m.second);
}

bool date_time_read(Str text, int64_t *out) {
    static const char form[] = "0000-00-00T00:00:00Z";
    int parts[6] = {0}, part = 0;
    if (text.n != sizeof form - 1) return false;
    for (size_t i = 0; i < text.n; i++) {
        if (form[i] != '0') {
            if (text.p[i] != form[i]) return false;
            part++;
        } else {
            if (!char_is_digit(text.p[i])) return false;
            parts[part] = parts[part] * 10 + (text.p[i] - '0');
        }
    }
    int64_t year = parts[1] <= 2 ? parts[0] - 1 : parts[0], month = parts[1] <= 2 ? parts[1] + 9 : parts[1] - 3;
    int64_t days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2] - 1 - 719468;
    *out = days * 86400 + parts[3] * 3600 + parts[4] * 60 + parts[5];
    DateTime again = date_time_of(*out); /* a day that the calendar has not would be another */
    return again.year == parts[0] && again.month == parts[1] && again.day == parts[2] && again.hour == parts[3] &&
           again.minute == parts[4] && again.second == parts[5];
}
