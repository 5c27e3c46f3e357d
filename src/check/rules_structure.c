/* Rules: headings, ids, numbers and links. */
#include "check/internal.h"

const Rule rules_structure[] = {
    {"caption-number", DIAG_WARNING, PROFILE_ALL, "A caption or heading begins with a number of its own",
        "The program numbers it too, so that it has two numbers, of which references say one.",
        "Take its number away, or mark it {.unnumbered}."},
    {"epub-link", DIAG_WARNING, PROFILE_ALL, "A link that leads nowhere from inside an EPUB",
        "A file beside the document is not there for whoever has only the EPUB. The words are kept without the link.",
        "Give the whole address, beginning with https://."},
    {"heading-bold", DIAG_WARNING, PROFILE_ALL, "A bold paragraph that stands for a heading",
        "It looks like one, but nobody can move to it, it is in no contents, and it is read out as text (WCAG 1.3.1, failure "
        "F2).",
        "Begin the line with as many “#” as its level has, and take the asterisks away. A box has a name of its own: title=."},
    {"heading-deep", DIAG_NOTE, PROFILE_ALL, "A heading of too low a level", "Below the title there are five levels of headings.",
        "Use fewer levels."},
    {"heading-empty", DIAG_WARNING, PROFILE_ALL, "A heading without words",
        "Who moves from heading to heading by ear hears nothing (WCAG 2.4.6). It is left out.",
        "Give it words, or take its “#” away."},
    {"heading-long", DIAG_WARNING, PROFILE_PUBLIC_SECTOR, "A heading of very many characters",
        "Over 120 characters are a sentence. In contents, bookmarks and running heads it fills several lines, and a voice reads "
        "out all of it.",
        "Say in a few words what the section is about, and the rest in its first sentence."},
    {"heading-note", DIAG_WARNING, PROFILE_ALL, "A note in a heading",
        "A heading is also read in contents, bookmarks and running heads, where there is no way to its note; who moves from "
        "heading to heading hears a number.",
        "Refer to the note in the text below the heading."},
    {"heading-repeated", DIAG_WARNING, PROFILE_ALL, "Two headings in a row say the same",
        "In contents, or in a list of headings read out, nothing tells the two sections apart (WCAG 2.4.6).",
        "Say in each what its section is about."},
    {"heading-size", DIAG_ERROR, PROFILE_ALL, "A heading or a title that is too long",
        "It stands in contents, bookmarks and running heads as well, and no text has such headings.",
        "Make a paragraph of it, or say more with --limit heading-length=…"},
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
    {"link-ambiguous", DIAG_WARNING, PROFILE_PUBLIC_SECTOR, "The same words lead to different places",
        "Screen readers list the links of a document without what stands round them. Two that sound alike and differ cannot be "
        "told apart (WCAG 2.4.9).",
        "Say in the words of each what it leads to."},
    {"link-bare", DIAG_WARNING, PROFILE_PUBLIC_SECTOR, "The words of a link are its address",
        "A voice reads it out letter by letter, and it says to nobody what is there. Addresses need not be shown for paper: the "
        "version for print has them at the foot of the page.",
        "Write what is there: “[The Act of 1908](https://…)”."},
    {"link-long", DIAG_WARNING, PROFILE_ALL, "An address longer than a PDF can hold",
        "The words are set without a link in the PDF.", "Use a shorter address of the same page."},
    {"link-nameless", DIAG_WARNING, PROFILE_ALL, "A link without words",
        "There is nothing in it but decoration. The EPUB calls it by its address; in the PDF nothing is said of it at all (WCAG "
        "2.4.4, F89).",
        "Describe the image by where the link leads, “[![Parliament's site](crest.png)](https://…)”, or add words."},
    {"link-relative", DIAG_WARNING, PROFILE_ALL, "A link to a file beside the document",
        "Who receives the document may not have that file, and a link must not reach into the reader's own. The words are kept without "
        "the link.",
        "Write the whole address, “https://…”."},
    {"link-scheme", DIAG_WARNING, PROFILE_ALL, "An address of a kind that is not allowed",
        "Some addresses run programs or read files of the reader's own machine. The words are kept without the link.",
        "Links may begin with http, https, mailto or tel."},
    {"link-target", DIAG_ERROR, PROFILE_ALL, "A reference to what is not there",
        "The reader would be sent to a place that does not exist.",
        "Use the id of something in the document; the message names the nearest."},
    {"link-words", DIAG_WARNING, PROFILE_ALL, "A link whose words say nothing",
        "Screen readers list the links of a document without what stands round them; “here” and “read more” say nothing there "
        "(WCAG 2.4.4).",
        "Make the link of the words that say what is there: not “for the report click here” but “see the report”."},
    {"page-references", DIAG_WARNING, PROFILE_ALL, "References to pages that change the pages they name",
        "The number of a page makes a line longer or shorter, and that moves what it refers to. Some name the page beside the "
        "right one.",
        "Set such a reference in a line of its own, or reword the text beside it."},
    {"recommendations-list", DIAG_WARNING, PROFILE_ALL, "A place for recommendations that cannot be one",
        "They are gathered once, in the text itself, and only when there are any.",
        "Mark them as “::: recommendation” or “::: conclusion”, and let “::: recommendations-list” stand once, outside lists and "
        "boxes."},
    {"references-size", DIAG_ERROR, PROFILE_ALL, "Long addresses that are used again and again",
        "A reference is short and its address is not: each use writes all of it into the files.",
        "Use shorter addresses of the same pages, or say more with --limit references=…"},
    {"title-several", DIAG_WARNING, PROFILE_ALL, "More than one title",
        "Whoever comes to the document, by eye or by ear, looks for the one heading that says what it is (WCAG 2.4.6).",
        "Write “title:” in the front matter, or let one heading alone be of the first level. With a title in the front matter, "
        "chapters begin with one “#”."},
    {0},
};
