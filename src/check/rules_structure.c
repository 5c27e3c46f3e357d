/* Rules: headings, ids, numbers and links. */
#include "check/internal.h"

const Rule rules_structure[] = {
    {"caption-number", DIAG_WARNING, PROFILE_ALL, "A caption or heading begins with a number of its own",
        "The program numbers it too, so that it has two numbers, of which references say one.",
        "Take its number away, or mark it {.unnumbered}."},
    {"epub-link", DIAG_WARNING, PROFILE_ALL, "A link that leads nowhere from inside an EPUB",
        "A file beside the document is not there for whoever has only the EPUB. The words are kept without the link.",
        "Give the whole address, beginning with https://."},
    {"heading-deep", DIAG_NOTE, PROFILE_ALL, "A heading of too low a level", "Below the title there are five levels of headings.",
        "Use fewer levels."},
    {"heading-empty", DIAG_WARNING, PROFILE_ALL, "A heading without words",
        "Who moves from heading to heading by ear hears nothing (WCAG 2.4.6). It is left out.",
        "Give it words, or take its “#” away."},
    {"heading-skip", DIAG_WARNING, PROFILE_ALL, "A level of headings is skipped",
        "Who finds their way by headings looks for the one that is missing (PDF/UA 7.4.2; WCAG 1.3.1). It is set one level lower "
        "than "
        "the one above it.",
        "Take a “#” away, or add the heading between them. Size is a matter of the sheet."},
    {"id-duplicate", DIAG_ERROR, PROFILE_ALL, "An id is given twice", "A link to it could lead to either of two places.",
        "Give one of them another id."},
    {"id-form", DIAG_NOTE, PROFILE_ALL, "An id that cannot stand in an EPUB",
        "Links to it from elsewhere must use the id that it is given instead.",
        "Begin with a letter; then letters, digits, “-”, “_” and “.”."},
    {"link-address", DIAG_WARNING, PROFILE_ALL, "A link without an address", "There is nowhere to go. The words are kept.",
        "Write the whole address, “https://example.org/page”."},
    {"link-long", DIAG_WARNING, PROFILE_ALL, "An address longer than a PDF can hold",
        "The words are set without a link in the PDF.", "Use a shorter address of the same page."},
    {"link-relative", DIAG_WARNING, PROFILE_ALL, "A link to a file beside the document",
        "Who receives the document may not have that file.", "Write the whole address, “https://…”."},
    {"link-scheme", DIAG_WARNING, PROFILE_ALL, "An address of a kind that is not allowed",
        "Some addresses run programs or read files of the reader's own machine. The words are kept without the link.",
        "Links may begin with http, https, mailto, tel or ftp."},
    {"link-target", DIAG_ERROR, PROFILE_ALL, "A reference to what is not there",
        "The reader would be sent to a place that does not exist.",
        "Use the id of something in the document; the message names the nearest."},
    {"page-references", DIAG_WARNING, PROFILE_ALL, "References to pages that change the pages they name",
        "The number of a page makes a line longer or shorter, and that moves what it refers to. Some name the page beside the "
        "right one.",
        "Set such a reference in a line of its own, or reword the text beside it."},
    {"recommendations-list", DIAG_WARNING, PROFILE_ALL, "A place for recommendations that cannot be one",
        "They are gathered once, in the text itself, and only when there are any.",
        "Mark them as “::: recommendation” or “::: conclusion”, and let “::: recommendations-list” stand once, outside lists and "
        "boxes."},
    {0},
};
