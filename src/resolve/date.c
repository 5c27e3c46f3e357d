/* Dates: those of the calendar (ISO 8601 §4.3, RFC 3339) and the ways in which people write them. */
#include "resolve/passes.h"

/* `digits` digits at *at; -1 when they are not there. */
static int32_t number_at(Str s, size_t *at, size_t digits) {
    if (s.n < *at + digits) return -1;
    int32_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = s.p[*at + i];
        if (!char_is_digit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    *at += digits;
    return value;
}

static int32_t days_in(int32_t year, int32_t month) {
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool date_exists(Date date) {
    if (date.year < 1) return false;
    if (date.month == 0) return date.day == 0;
    if (date.month < 1 || date.month > 12) return false;
    return date.day >= 0 && date.day <= days_in(date.year, date.month);
}

bool date_parse(Str iso, Date *out) {
    size_t at = 0;
    Date date = {number_at(iso, &at, 4), 0, 0};
    if (date.year < 0) return false;
    if (at < iso.n && iso.p[at++] == '-') {
        date.month = number_at(iso, &at, 2);
        if (date.month < 1) return false;
        if (at < iso.n && iso.p[at++] == '-') {
            date.day = number_at(iso, &at, 2);
            if (date.day < 1) return false;
        } else if (iso.n != 7) {
            return false;
        }
    } else if (iso.n != 4) {
        return false;
    }
    if (at != iso.n || !date_exists(date)) return false;
    *out = date;
    return true;
}

/* Days from 1970-01-01, in the proleptic Gregorian calendar. Years are counted from March, so that the leap day is a year's last. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
    int64_t shifted_year = month <= 2 ? year - 1 : year;
    int64_t shifted_month = month <= 2 ? month + 9 : month - 3;
    int64_t before_this_year = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
    int64_t before_this_month = (153 * shifted_month + 2) / 5;
    return before_this_year + before_this_month + day - 1 - 719468;
}

bool date_seconds(Str iso, int64_t *out) {
    Date date;
    if (!date_parse(iso, &date)) return false;
    *out = days_from_civil(date.year, date.month ? date.month : 1, date.day ? date.day : 1) * 86400;
    return true;
}

/* A month by its name in that language, in full or by its first three letters ("Feb"). */
static int32_t month_named(Str language, Str word) {
    if (word.n == 0) return 0;
    for (int32_t month = 1; month <= 12; month++) {
        Str name = str_from(label_month(language, month));
        if (str_equal_nocase(name, word)) return month;
    }
    for (int32_t month = 1; month <= 12 && str_is(language, "en"); month++) {
        if (word.n == 3 && str_equal_nocase(str_slice(str_from(label_month(language, month)), 0, 3), word)) return month;
    }
    return 0;
}

/* A day's number: "7", "07", "7th", "1er", "7."; 0 when it is none. */
static int32_t day_of(Str word) {
    size_t at = 0;
    int32_t day = 0;
    while (at < word.n && at < 2 && char_is_digit(word.p[at])) day = day * 10 + (word.p[at++] - '0');
    Str rest = str_slice(word, at, word.n);
    static const char *const endings[] = {"", ".", "st", "nd", "rd", "th", "er", "mh", "º", "°"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (at > 0 && str_equal_nocase(rest, str_from(endings[i]))) return day;
    }
    return 0;
}

Str date_read(Arena *arena, Str language, Str text) {
    Date date = {0};
    text = str_trim(text);
    /* A time of day after the date is of no account. */
    if (text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' ') && date_parse(str_slice(text, 0, 10), &date))
        return str_slice(text, 0, 10);
    if (date_parse(text, &date)) return text;
    date = (Date){0};
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        while (at < text.n && text.p[at] != ' ' && text.p[at] != ',') at++;
        Str word = str_slice(text, start, at);
        while (at < text.n && (text.p[at] == ' ' || text.p[at] == ',')) at++;
        if (word.n == 0 || str_is(word, "de") || str_is(word, "of") || str_is(word, "dhen")) continue;
        size_t digits = 0;
        int32_t year = word.n == 4 ? number_at(word, &digits, 4) : -1;
        int32_t month = month_named(language, word);
        if (month == 0) month = month_named(STR("en"), word);
        int32_t day = day_of(word);
        if (year > 0 && date.year == 0)
            date.year = year;
        else if (month > 0 && date.month == 0)
            date.month = month;
        else if (day > 0 && date.day == 0)
            date.day = day;
        else
            return (Str){0};
    }
    if (date.year == 0 || date.month == 0 || !date_exists(date)) return (Str){0};
    if (date.day == 0) return str_format(arena, "%04d-%02d", (int)date.year, (int)date.month);
    return str_format(arena, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
}
