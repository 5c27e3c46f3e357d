/* The marks round quotations, by language: CLDR's delimiters, with the narrow no-break spaces that French printers set. */
#include "tree/tree.h"

#define NARROW "\u202F" /* NARROW NO-BREAK SPACE */

static const QuoteMarks table[] = {
    {"fr-CH", "«", "»", "‹", "›"},
    {"fr", "«" NARROW, NARROW "»", "“", "”"},
    {"de-CH", "«", "»", "‹", "›"},
    {"de", "„", "“", "‚", "‘"},
    {"es", "«", "»", "“", "”"},
    {"ca", "«", "»", "“", "”"},
    {"gl", "«", "»", "“", "”"},
    {"it", "«", "»", "“", "”"},
    {"el", "«", "»", "“", "”"},
    {"pt-PT", "«", "»", "“", "”"},
    {"pl", "„", "”", "«", "»"},
    {"ro", "„", "”", "«", "»"},
    {"hu", "„", "”", "»", "«"},
    {"cs", "„", "“", "‚", "‘"},
    {"sk", "„", "“", "‚", "‘"},
    {"sl", "„", "“", "‚", "‘"},
    {"bg", "„", "“", "’", "’"},
    {"ru", "«", "»", "„", "“"},
    {"uk", "«", "»", "„", "“"},
    {"nb", "«", "»", "‘", "’"},
    {"nn", "«", "»", "‘", "’"},
    {"sv", "”", "”", "’", "’"},
    {"fi", "”", "”", "’", "’"},
    {"", "“", "”", "‘", "’"},
};

bool language_is(Str language, const char *range) {
    Str tag = str_from(range);
    bool whole = language.n == tag.n || tag.n == 0 || (language.n > tag.n && language.p[tag.n] == '-');
    return whole && str_equal_nocase(str_slice(language, 0, tag.n), tag);
}

const QuoteMarks *quote_marks(Str language) {
    const QuoteMarks *marks = table;
    while (!language_is(language, marks->language)) marks++;
    return marks;
}
