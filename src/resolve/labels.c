/* Labels: the words that the program adds, in a document's language, and dates in words. The primary subtag chooses the language,
 * English is the fallback. */
#include "resolve/label_words.h"
#include "resolve/passes.h"

static const Words *words_of(Str language) {
    Str primary = language_primary(language);
    for (const Words *const *words = label_languages; *words; words++) {
        if (str_equal_nocase(primary, str_from((*words)->code))) return *words;
    }
    return label_languages[0];
}

Str label_text(Str language, Label label) {
    if ((unsigned)label >= LABEL_COUNT) BUG("no label %d", (int)label);
    return str_from(words_of(language)->labels[label]);
}

#define NO_BREAK_SPACE "\u00A0"

static bool is_number(Str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

Str label_format(Arena *arena, Str language, Label label, Str first, Str second) {
    Str pattern = label_text(language, label);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < pattern.n; i++) {
        char next = i + 1 < pattern.n ? pattern.p[i + 1] : '\0';
        if (pattern.p[i] == '%' && (next == '1' || next == '2')) {
            buf_add(&out, next == '1' ? first : second);
            i++;
        } else if (pattern.p[i] == ' ' && is_number(first) && str_starts(str_slice(pattern, i + 1, pattern.n), STR("%1"))) {
            buf_add_c(&out, NO_BREAK_SPACE); /* no line ends between "Table" and its number */
        } else {
            buf_add_char(&out, pattern.p[i]);
        }
    }
    return buf_str(&out);
}

Str label_colon(Str language) {
    bool french = str_equal_nocase(language_primary(language), STR("fr"));
    return french ? STR(NO_BREAK_SPACE ": ") : STR(": ");
}

const char *label_month(Str language, int32_t month) {
    if (month < 1 || month > 12) BUG("no month %d", (int)month);
    return words_of(language)->months[month - 1];
}

/* Of the languages above, only the English of some countries puts the month before the day. */
static bool is_month_first(Str language) {
    Str region = language_primary(language).n == 2 ? str_slice(language, 3, 5) : (Str){0};
    return str_equal_nocase(language_primary(language), STR("en")) && language.n >= 5 && str_equal_nocase(region, STR("US"));
}

Str label_date(Arena *arena, Str language, Str date) {
    Date parts;
    if (!date_parse(date, &parts) || parts.month == 0) return date;
    const Words *words = words_of(language);
    const char *pattern = parts.day == 0 ? words->month : is_month_first(language) ? "%m %d, %y" : words->day;
    const char *month = words->months[parts.month - 1];
    if (parts.day == 0 && words->months_alone[parts.month - 1]) month = words->months_alone[parts.month - 1];
    Buf out = buf_new(arena);
    for (const char *p = pattern; *p; p++) {
        if (*p != '%') {
            buf_add_char(&out, *p);
            continue;
        }
        p++;
        if (*p == 'm')
            buf_add_c(&out, month);
        else if (*p == 'y')
            buf_add_int(&out, parts.year);
        else if (parts.day == 1 && words->first)
            buf_add_c(&out, words->first);
        else
            buf_add_int(&out, parts.day);
    }
    return buf_str(&out);
}
