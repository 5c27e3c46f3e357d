/* Rules: tables, as they are written. How they came out on the page is in rules_pages.c. */
#include "check/internal.h"

const Rule rules_tables[] = {
    {"table-gap", DIAG_WARNING, PROFILE_ALL, "A row or a column with nothing in it",
        "It was put there for the distance. Who listens hears every one of its cells as “empty”, and a reader of numbers takes "
        "them for missing.",
        "Take it out: distances are a matter of the sheet."},
    {"table-head", DIAG_WARNING, PROFILE_ALL, "A table without a head",
        "Who hears a cell is told its column by the head (WCAG 1.3.1; PDF/UA 7.5). Without one, numbers are numbers of nothing.",
        "Say in the first row what each column holds."},
    {"table-head-empty", DIAG_WARNING, PROFILE_ALL, "A column whose head is empty",
        "Who hears one of its cells is not told what it is about (WCAG 1.3.1).",
        "Say in it what the column holds. Where the cells of the first column head their rows, write {.row-headers} behind the "
        "caption; then the corner may be empty."},
    {"table-layout", DIAG_WARNING, PROFILE_ALL, "A table that is none",
        "A voice announces rows and columns and leads from cell to cell, through what is a list, a box or plain text (WCAG "
        "1.3.1).",
        "Write it as what it is: paragraphs, a list, terms with their meanings, or “::: box”."},
    {"table-merged", DIAG_WARNING, PROFILE_ALL, "A cell that leans on the one above it",
        "Ditto marks, and cells left empty below what they belong to, are understood by the eye alone. Read out, sorted or "
        "looked up by itself, such a row is about nothing.",
        "Repeat the words, or make a table of each group."},
    {0},
};
