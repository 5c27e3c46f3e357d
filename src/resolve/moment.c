/* Moments: a date with a time of day and a zone, as ISO 8601 and RFC 3339 write them or as people do ("2019-02-07 00:01 GMT", "7 February
 * 2019, 00:01 BST"), in words and in seconds. A zone is told as it was given: nothing is converted, since who waits for an embargo must
 * read what was agreed. Zones are those of a table, never the machine's.
 */
#include "resolve/passes.h"

#define HOUR 3600

/* A number of two digits at `at`, below `limit`; -1 when it is none. */
static int two_digits(Str s, size_t at, int limit) {
    if (at + 2 > s.n || !char_is_digit(s.p[at]) || !char_is_digit(s.p[at + 1])) return -1;
    int value = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return value < limit ? value : -1;
}

/* "00:01" or "00:01:30" at the beginning of `s`: how long it is; 0 when there is none. */
static size_t time_length(Str s) {
    if (two_digits(s, 0, 24) < 0 || s.n < 5 || s.p[2] != ':' || two_digits(s, 3, 60) < 0) return 0;
    if (s.n < 8 || s.p[5] != ':') return 5;
    return two_digits(s, 6, 61) < 0 ? 0 : 8;
}

/* Abbreviations that mean one thing where English, German, French or Spanish is read. Those that mean two (IST, AST) are not here. */
static const struct {
    const char *name;
    int hours; /* ahead of UTC */
} zones[] = {{"UTC", 0}, {"GMT", 0}, {"Z", 0}, {"BST", 1}, {"WET", 0}, {"WEST", 1}, {"CET", 1}, {"CEST", 2}, {"MEZ", 1},
    {"MESZ", 2}, {"EET", 2}, {"EEST", 3}, {"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6},
    {"PST", -8}, {"PDT", -7}, {"AEST", 10}, {"AEDT", 11}, {"AWST", 8}, {"NZST", 12}, {"NZDT", 13}};

/* "+01:00", "+0100", "-05" */
static bool offset_read(Str zone, int64_t *ahead) {
    bool sign = zone.n > 0 && (zone.p[0] == '+' || zone.p[0] == '-');
    if (!sign) return false;
    int hours = two_digits(zone, 1, 24);
    bool colon = zone.n == 6 && zone.p[3] == ':';
    int minutes = zone.n == 3 ? 0 : zone.n == 5 ? two_digits(zone, 3, 60) : colon ? two_digits(zone, 4, 60) : -1;
    if (hours < 0 || minutes < 0) return false;
    *ahead = hours * HOUR + minutes * 60;
    if (zone.p[0] == '-') *ahead = -*ahead;
    return true;
}

/* "Z" → "UTC", "+01:00" → "UTC+01:00", "GMT" as it is. False when it is no zone. */
static bool zone_read(Arena *arena, Str zone, Str *words, int64_t *ahead) {
    *words = zone;
    if (str_equal_nocase(str_slice(zone, 0, 3), STR("UTC")) || str_equal_nocase(str_slice(zone, 0, 3), STR("GMT"))) {
        if (offset_read(str_slice(zone, 3, zone.n), ahead)) return true;
    }
    if (offset_read(zone, ahead)) {
        *words = str_format(arena, "UTC" STR_FMT, STR_ARG(zone));
        return true;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (!str_equal_nocase(zone, str_from(zones[i].name))) continue;
        if (zone.n == 1) *words = STR("UTC");
        *ahead = (int64_t)zones[i].hours * HOUR;
        return true;
    }
    return false;
}

/* Where the time begins: behind a space, a comma or ISO's "T". */
static size_t time_find(Str text) {
    for (size_t i = 1; i < text.n; i++) {
        char before = text.p[i - 1];
        if ((before == ' ' || before == ',' || before == 'T' || before == 't') && time_length(str_slice(text, i, text.n)))
            return i;
    }
    return text.n;
}

/* The day, without what parts it from the time. */
static Str day_part(Str text, size_t time) {
    Str day = str_trim(str_slice(text, 0, time));
    if (time < text.n && day.n > 1 && (day.p[day.n - 1] == 'T' || day.p[day.n - 1] == 't') && char_is_digit(day.p[day.n - 2]))
        day.n--;
    if (str_ends(day, STR(" at"))) day.n -= 3;
    while (str_ends(day, STR(","))) day = str_trim(str_slice(day, 0, day.n - 1));
    return day;
}

/* A date in figures and something behind it that is no time. */
static bool has_rest(Str day, Str iso) { return day.n > 10 && day.p[4] == '-' && iso.n != day.n; }

bool moment_read(Arena *arena, Str language, Str text, Moment *out) {
    *out = (Moment){0};
    text = str_trim(text);
    size_t time = time_find(text);
    Str day = day_part(text, time);
    Str iso = date_read(arena, language_primary(language), day);
    Date date;
    if (!date_parse(iso, &date) || date.day == 0 || has_rest(day, iso) || !date_seconds(iso, &out->seconds)) return false;
    out->words = label_date(arena, language, iso);
    if (time == text.n) return true;
    size_t length = time_length(str_slice(text, time, text.n));
    Str hours = str_slice(text, time, time + length), zone = str_trim(str_slice(text, time + length, text.n)), shown = {0};
    int64_t ahead = 0;
    if (zone.n && !zone_read(arena, zone, &shown, &ahead)) {
        out->unknown_zone = zone;
        return false;
    }
    out->timed = true;
    out->zoned = zone.n > 0;
    out->seconds += two_digits(hours, 0, 24) * HOUR + two_digits(hours, 3, 60) * 60 - ahead;
    if (length == 8) out->seconds += two_digits(hours, 6, 61);
    if (length == 8 && str_ends(hours, STR(":00"))) hours = str_slice(hours, 0, 5);
    out->words = str_format(
        arena, STR_FMT ", " STR_FMT "%s" STR_FMT, STR_ARG(out->words), STR_ARG(hours), shown.n ? " " : "", STR_ARG(shown));
    return true;
}
