/* Rules: what the sheet makes of a document. */
#include "check/internal.h"

const Rule rules_looks[] = {
    {"contrast", DIAG_WARNING, PROFILE_ALL, "Text that is too pale for what it stands on",
        "Readers with low vision, on a poor screen or in the sun cannot read it. WCAG 2.2 (1.4.3) wants a contrast of 4.5:1, and "
        "3:1 for type "
        "of 18 points, or of 14 in bold.",
        "Make the colour in the sheet darker, or what the text stands on lighter."},
    {"justified", DIAG_WARNING, PROFILE_PUBLIC_SECTOR, "Text is justified",
        "Spaces between words that are now wide and now narrow hinder readers with dyslexia and low vision (WCAG 1.4.8).",
        "Set “align: left” in the sheet. Where it is a decision of your house, allow it in .brief.yaml."},
    {"type-body", DIAG_WARNING, PROFILE_PUBLIC_SECTOR, "Running text of less than 12 points",
        "Public bodies owe their readers type that most of them can read without help; the usual advice is 12 points at the "
        "least.",
        "Set a size of 12pt or more in the sheet."},
    {"type-small", DIAG_WARNING, PROFILE_ALL, "Type of less than 9 points",
        "Many readers cannot read it, on paper or on a screen. Fixed-pitch type looks larger: it may be a little smaller.",
        "Set a larger size in the sheet."},
    {0},
};
