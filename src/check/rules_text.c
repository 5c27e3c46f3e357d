/* Rules: text, and how it is marked up. */
#include "check/internal.h"

const Rule rules_text[] = {
    {"attribute-unknown", DIAG_WARNING, PROFILE_ALL, "An attribute that there is none of",
        "What it was to do is not done. It resembles one that there is.",
        "Take the one that the message names. Attributes for other programs have names of their own, such as data-source=."},
    {"character-private", DIAG_WARNING, PROFILE_ALL, "A character that only a font gives a meaning",
        "It is of Unicode's private use area. A voice cannot say it, and who copies it gets something else (PDF/A-2 6.2.11.7.3).",
        "Use a character that Unicode has a name for, or words. Such characters often come from a word processor's bullets."},
    {"class-unknown", DIAG_WARNING, PROFILE_ALL, "A class, or the name of a box, that nothing knows",
        "Neither the program nor the sheet does anything for it, so that what it marks is set as if it were not marked.",
        "Take the nearest that the message names, or write a rule for it into a sheet of your own: “.name: {…}”."},
    {"control", DIAG_WARNING, PROFILE_ALL, "A control character in the text",
        "It has no shape and no sound, and most readers of files refuse it. A replacement character is set in its place.",
        "Delete it. It often comes with text that was copied from another program."},
    {"div-close", DIAG_WARNING, PROFILE_ALL, "“:::” closes nothing",
        "A box was meant to end here that never began, so what stands above is not in the box that its author had in mind.",
        "Take the line out, or open the box above it with “::: name”."},
    {"div-open", DIAG_WARNING, PROFILE_ALL, "“:::” is opened and not closed",
        "Everything to the end of what holds it is taken into the box.", "Close the box with a line “:::” where it is to end."},
    {"empty", DIAG_ERROR, PROFILE_ALL, "The file is empty", "There is nothing to set.", "Write something, or name another file."},
    {"glyph-missing", DIAG_WARNING, PROFILE_ALL, "A character that no font has",
        "It can be neither seen on the page nor copied from it, so the PDF cannot claim to be accessible or fit for an archive.",
        "Use another character, or words."},
    {"html-comment", DIAG_WARNING, PROFILE_ALL, "A comment is not closed",
        "A comment is left out of the document, and without an end so is all that follows it.", "Close it with “-->”."},
    {"html-left-out", DIAG_WARNING, PROFILE_ALL, "HTML that is not understood",
        "Only simple elements mean the same in a PDF and an EPUB. Others are left out, and the text in them is kept.",
        "Say it in Markdown: README.md lists what is understood."},
    {"lang", DIAG_WARNING, PROFILE_ALL, "lang= is no language tag",
        "A voice that reads the text aloud chooses its pronunciation by the tag, and words are divided by it.",
        "Write a tag such as “en-GB”, “cy” or “fr”."},
    {"language", DIAG_ERROR, PROFILE_ALL, "The document's language, or a part's, is not known",
        "A voice that reads the text aloud chooses its pronunciation by the language (WCAG 3.1.1 and 3.1.2), and the words that "
        "the "
        "program adds are in it.",
        "Write a tag such as “lang: en-GB” in the front matter, or {lang=cy} behind the words."},
    {"language-doubtful", DIAG_WARNING, PROFILE_ALL, "The document does not say its language, and is not in English",
        "Without “lang:” a document is taken to be in British English, and is read aloud so (WCAG 3.1.1). Its commonest words "
        "are another language's.",
        "Write “lang:” in the front matter, as in “lang: fr”."},
    {"language-script", DIAG_WARNING, PROFILE_ALL, "Words in another script, in a language that is not named",
        "A voice that reads the text aloud passes over letters that its language does not have, or spells them (WCAG 3.1.2).",
        "Mark them with their language: “[Добро пожаловать]{lang=ru}”, or “::: {lang=ru}” round paragraphs."},
    {"language-unknown", DIAG_WARNING, PROFILE_ALL, "A language that there is none of",
        "The tag is well formed, but no language has it: a voice that reads aloud cannot be chosen by it (WCAG 3.1.1).",
        "Write the tag of ISO 639: “en”, not “english”; “uk” is Ukrainian, and “en-GB” British English."},
    {"line-size", DIAG_ERROR, PROFILE_ALL, "A line that is too long", "No text has such lines: it may be no text at all.",
        "Divide the line, or say more with --limit line-length=…"},
    {"list-typed", DIAG_WARNING, PROFILE_ALL, "A list whose signs were typed",
        "Who listens is told neither that there is a list, nor how long it is, and cannot pass over it (WCAG 1.3.1, failure F2). "
        "Lines are not set below each other as those of a list.",
        "Begin each of its lines with “- ”, or with “1. ” and the like, and leave an empty line before the first. Where letters "
        "in brackets are quoted, as from a law, allow it there."},
    {"nesting", DIAG_ERROR, PROFILE_ALL, "Lists, quotations or marks nested too deeply",
        "Nobody can follow so many levels, and readers of files have limits.",
        "Divide the text into sections, or say more with --limit block-nesting=… or inline-nesting=…"},
    {"nul", DIAG_WARNING, PROFILE_ALL, "A NUL byte in the text",
        "It is no character. A replacement character is set in its place. The file may be no text at all.",
        "Save the file again as UTF-8."},
    {"table-cells", DIAG_WARNING, PROFILE_ALL, "A row has more cells than its table has columns",
        "What is in the cells that are left over has no column, and is left out.",
        "Give the table's head as many cells; or write “|” inside a cell as “\\|”."},
    {"table-size", DIAG_ERROR, PROFILE_ALL, "A table is larger than is allowed",
        "Every row has as many cells as the head, and each takes its time and memory, an empty one, too.",
        "Divide the table, give its rows all their cells, or say more with --limit table-columns=…, table-cells=… or "
        "empty-cells=…"},
    {"turn-open", DIAG_WARNING, PROFILE_ALL, "A mark of direction that is not closed",
        "Such marks (U+202A to U+202E, U+2066 to U+2068) change the order in which the words behind them are seen, and cannot be "
        "seen "
        "themselves. They are used to make a text look like another one. Both files end them with the paragraph, heading, cell "
        "or line of "
        "code that they stand in.",
        "Take it out, or close it behind the last of the words that it is meant for: with U+2069 if it is one of U+2066 to "
        "U+2068, else "
        "with U+202C. Words in another language are better marked as such: “[words]{lang=he}” sets them apart by itself."},
    {"utf-8", DIAG_ERROR, PROFILE_ALL, "The file is not UTF-8",
        "Other encodings are told apart by guessing, and a wrong guess changes names and sums of money.",
        "Save the file as UTF-8 in the editor that made it."},
    {0},
};
