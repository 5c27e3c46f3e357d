/* Rules: plain language. What the guides of government ask of writers is in a profile of its own. */
#include "check/internal.h"

#define PUBLIC (PROFILE_PUBLIC_SECTOR | PROFILE_GOVERNMENT_STYLE)

const Rule rules_language[] = {
    {"and-or", DIAG_WARNING, PROFILE_GOVERNMENT_STYLE, "“And/or”",
        "The reader must take it apart to know what is allowed, and it is read aloud as “and slash or”.",
        "Write “and” or “or”; where both are meant, “a, b, or both”."},
    {"capitals", DIAG_WARNING, PUBLIC, "Four words or more in capitals",
        "Words in capitals all have one shape, are read more slowly, and seem to shout. Some voices spell them out.",
        "Write them as other text. A heading, or bold for a few words, says what matters."},
    {"date-figures", DIAG_WARNING, PROFILE_GOVERNMENT_STYLE, "A date in figures",
        "“01/02/2019” is the first of February to some readers and the second of January to others.",
        "Write the month as a word: “1 February 2019”."},
    {"exclamation", DIAG_WARNING, PROFILE_GOVERNMENT_STYLE, "An exclamation mark",
        "It gives a statement of fact a tone that is not the author's to give. Words in quotation marks may have theirs.",
        "End the sentence with a full stop."},
    {"italics-long", DIAG_WARNING, PUBLIC, "More than 30 words in italics, or a whole paragraph",
        "Slanted letters are harder to tell apart, above all for readers with dyslexia or low vision. Paragraphs of fewer than "
        "ten words "
        "may be in italics.",
        "Keep italics for titles and a few words. A quotation or a box sets a paragraph apart."},
    {"latin-abbreviation", DIAG_WARNING, PROFILE_GOVERNMENT_STYLE, "A Latin abbreviation",
        "Not everybody knows what “e.g.”, “i.e.” and “etc.” mean, many take one for another, and voices read “eg” as a word.",
        "Write “for example” or “such as”, “that is”, “and so on”."},
    {"letters-spaced", DIAG_WARNING, PROFILE_ALL, "A word spaced by hand, letter by letter",
        "A voice spells it, a search does not find it, and a line may end inside it.",
        "Write it as a word. Where it is to be set wide, give it a class, and letter-spacing in the sheet."},
    {"paragraph-long", DIAG_WARNING, PROFILE_GOVERNMENT_STYLE, "A paragraph of more than 120 words or five sentences",
        "It looks like work, and a reader who looks up does not find the place again.", "Divide it where the thought turns."},
    {"sentence-long", DIAG_WARNING, PROFILE_GOVERNMENT_STYLE, "A sentence of more than 25 words",
        "Readers lose its beginning before they come to its end. Sentences of up to 25 words are understood at the first "
        "reading.",
        "Make two of it, or a list."},
    {"underline", DIAG_WARNING, PUBLIC, "Underlined words that are no link",
        "Readers take them for a link, and try to follow it.", "Use *italics* or **bold**; in a sheet, take “underline” away."},
    {0},
};
