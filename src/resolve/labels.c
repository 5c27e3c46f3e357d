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
        if (!char_is_digit(s.p[i])) return false;
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

/* "And" in front of certain sounds, as they are written. */
static const struct {
    const char *language, *word;
    const char *before, *not_before; /* beginnings of the next word, in lower case, with spaces between them */
} ands[] = {
    {"cy", "ac", "a â á à e ê é è i î ï o ô ö ó u û ü w ŵ y ŷ", ""},
    {"es", "e", "i í hi hí", "hia hie io iu"},
};

static bool begins_with_one(Str word, Str beginnings) {
    for (size_t at = 0; at < beginnings.n;) {
        size_t end = at;
        while (end < beginnings.n && beginnings.p[end] != ' ') end++;
        if (str_starts(word, str_slice(beginnings, at, end))) return true;
        at = end + 1;
    }
    return false;
}

/* Capitals of ASCII and Latin-1, and Ŵ and Ŷ: all with which the words that `ands` speaks of can begin. */
static Str first_lower(char out[8], Str word) {
    size_t n = 0;
    for (; n < word.n && n < 7; n++) {
        unsigned char c = (unsigned char)word.p[n], before = n ? (unsigned char)word.p[n - 1] : 0;
        bool ascii = c >= 'A' && c <= 'Z', latin = before == 0xC3 && c >= 0x80 && c <= 0x9E;
        bool circumflex = before == 0xC5 && (c == 0xB4 || c == 0xB6);
        out[n] = (char)(ascii || latin ? c + 0x20 : circumflex ? c + 1 : c);
    }
    return (Str){out, n};
}

/* In scripts that run from right to left the word is one letter, which is joined to the next word, unless that is in another script. */
static const char *and_joined(Str language, Str next) {
    unsigned char lead = next.n ? (unsigned char)next.p[0] : 0; /* UTF-8 of U+0580 to U+06FF */
    bool foreign = lead < 0xD6 || lead > 0xDB;
    if (str_equal_nocase(language_primary(language), STR("he"))) return foreign ? " ו-" : " ו";
    if (str_equal_nocase(language_primary(language), STR("ar"))) return foreign ? " و " : " و";
    return NULL;
}

static Str and_word(Str language, Str next) {
    char buffer[8];
    Str primary = language_primary(language), word = first_lower(buffer, next);
    for (size_t i = 0; i < sizeof ands / sizeof *ands; i++) {
        if (!str_equal_nocase(primary, str_from(ands[i].language))) continue;
        bool sound = begins_with_one(word, str_from(ands[i].before)) && !begins_with_one(word, str_from(ands[i].not_before));
        if (sound) return str_from(ands[i].word);
    }
    return label_text(language, LABEL_AND);
}

Str label_and(Arena *arena, Str language, Str next) {
    const char *joined = and_joined(language, next);
    return joined ? str_from(joined) : str_format(arena, " " STR_FMT " ", STR_ARG(and_word(language, next)));
}

/* French has a no-break space there, as wide as the others (Lexique de l’Imprimerie nationale); in Switzerland a narrow one. */
Str label_colon(Str language) {
    if (!str_equal_nocase(language_primary(language), STR("fr"))) return STR(": ");
    bool swiss = language.n >= 5 && str_equal_nocase(str_slice(language, 3, 5), STR("CH"));
    return swiss ? STR("\u202F: ") : STR(NO_BREAK_SPACE ": ");
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
