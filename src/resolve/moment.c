/* Moments: a date with a time of day and a zone, as ISO 8601 and RFC 3339 write them or as people do ("2019-02-07 00:01 GMT"), in words. A
 * zone is told as it was given: nothing is converted, since who waits for an embargo must read what was agreed.
 */
#include "resolve/passes.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A number of two digits at `at`, below `limit`; -1 when it is none. */
static int two_digits(Str s, size_t at, int limit) {
    if (at + 2 > s.n || !is_digit(s.p[at]) || !is_digit(s.p[at + 1])) return -1;
    int value = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return value < limit ? value : -1;
}

/* "00:01" or "00:01:30" at the beginning of `s`: how long it is; 0 when there is none. */
static size_t time_length(Str s) {
    if (two_digits(s, 0, 24) < 0 || s.n < 5 || s.p[2] != ':' || two_digits(s, 3, 60) < 0) return 0;
    if (s.n < 8 || s.p[5] != ':') return 5;
    return two_digits(s, 6, 61) < 0 ? 0 : 8;
}

/* "Z" → "UTC", "+01:00" → "UTC+01:00", "GMT" as it is. False when it is no zone. */
static bool zone_words(Arena *arena, Str zone, Str *out) {
    *out = zone;
    if (zone.n == 0) return true;
    if (str_equal_nocase(zone, STR("Z"))) {
        *out = STR("UTC");
        return true;
    }
    if (zone.p[0] == '+' || zone.p[0] == '-') {
        bool minutes =
            (zone.n == 6 && zone.p[3] == ':' && two_digits(zone, 4, 60) >= 0) || (zone.n == 5 && two_digits(zone, 3, 60) >= 0);
        *out = str_format(arena, "UTC" STR_FMT, STR_ARG(zone));
        return two_digits(zone, 1, 24) >= 0 && (zone.n == 3 || minutes);
    }
    for (size_t i = 0; i < zone.n; i++) {
        char c = zone.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '_' || c == ' ';
        if (!letter) return false;
    }
    return true;
}

Str label_moment(Arena *arena, Str language, Str text) {
    text = str_trim(text);
    Date date;
    Str day = str_slice(text, 0, 10), rest = str_slice(text, 10, text.n);
    if (!date_parse(day, &date) || date.day == 0) return (Str){0};
    Str words = label_date(arena, language, day);
    if (rest.n == 0) return words;
    if (rest.p[0] != 'T' && rest.p[0] != 't' && rest.p[0] != ' ' && rest.p[0] != ',') return (Str){0};
    rest = str_trim(str_slice(rest, 1, rest.n));
    size_t length = time_length(rest);
    if (length == 0) return (Str){0};
    Str hours = str_slice(rest, 0, length), zone;
    if (!zone_words(arena, str_trim(str_slice(rest, length, rest.n)), &zone)) return (Str){0};
    if (length == 8 && str_ends(hours, STR(":00"))) hours = str_slice(hours, 0, 5);
    return str_format(arena, STR_FMT ", " STR_FMT "%s" STR_FMT, STR_ARG(words), STR_ARG(hours), zone.n ? " " : "", STR_ARG(zone));
}
