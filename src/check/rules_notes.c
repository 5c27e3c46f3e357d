/* Rules: abbreviations, notes and pull-quotes. */
#include "check/internal.h"

const Rule rules_notes[] = {
    {"abbreviation-twice", DIAG_WARNING, PROFILE_ALL, "An abbreviation that is explained twice",
        "Which of the two is said cannot be known. The first holds.", "Leave one of them out."},
    {"abbreviation-unused", DIAG_WARNING, PROFILE_ALL, "An abbreviation that is explained and never said",
        "Mostly it is spelt in another way, and then nobody hears what it is short for.",
        "Compare the spelling, or take it out."},
    {"note-missing", DIAG_WARNING, PROFILE_ALL, "A reference to a note that there is none of",
        "It is set as text, brackets and all.", "Write the note as “[^label]: text”, or escape the bracket: “\\[^”."},
    {"note-twice", DIAG_WARNING, PROFILE_ALL, "Two notes with one label",
        "References lead to the first. The second is set as text.", "Give it a label of its own."},
    {"note-unused", DIAG_WARNING, PROFILE_ALL, "A note that nothing refers to",
        "It has no number and no place, and is set as text.", "Refer to it as “[^label]”, or take it out."},
    {"notes-many", DIAG_ERROR, PROFILE_ALL, "More notes than are allowed", "They would take more time and memory than is meant for a document.",
        "Divide the document, or say more with --limit notes=…"},
    {"pull-quote-dense", DIAG_WARNING, PROFILE_ALL, "More than one pull-quote in two paragraphs",
        "They compete, and what stands between them is lost. Often one has no place on the page.",
        "Leave one of them out, or mark words farther away."},
    {"pull-quote-empty", DIAG_WARNING, PROFILE_ALL, "A pull-quote without words", "There is nothing to repeat.",
        "Mark some words, or take the mark away."},
    {"pull-quote-long", DIAG_WARNING, PROFILE_ALL, "A pull-quote of too many words",
        "At that size many words are hard to read, and they stop nobody's eye.", "Mark the few words that say it best."},
    {"pull-quote-near", DIAG_WARNING, PROFILE_ALL, "Two pull-quotes near each other",
        "They compete, and what stands between them is lost.", "Leave one of them out, or mark words farther away."},
    {"pull-quote-place", DIAG_WARNING, PROFILE_ALL, "A pull-quote that has no place",
        "A copy stands beside running text, clear of headings, tables and other pull-quotes. Where there is none, it is left "
        "out; the words "
        "themselves stay in the text.",
        "Mark words in a longer stretch of running text."},
    {"pull-quote-split", DIAG_WARNING, PROFILE_ALL, "A pull-quote is cut by a page's end",
        "It is seen at a glance or not at all.", "Mark fewer words, or other ones."},
    {0},
};
