/* Rules: style sheets. */
#include "check/internal.h"

const Rule rules_sheets[] = {
    {"style-colour", DIAG_ERROR, PROFILE_ALL, "A colour that there is none of", "Nothing can be drawn in it.",
        "Name one of those under “colours:”, or write #rrggbb."},
    {"style-cycle", DIAG_ERROR, PROFILE_ALL, "Sheets that extend one another", "None of them is the first.",
        "Take one “extends:” out."},
    {"style-key", DIAG_ERROR, PROFILE_ALL, "A part of a sheet that is not known, or stands there twice",
        "What it says would not be used.", "A sheet has name, description, extends, page, colours and rules."},
    {"style-page", DIAG_ERROR, PROFILE_ALL, "The page leaves no room for text", "Nothing can be set.",
        "Its margins and grid must leave at least 120pt across and five lines."},
    {"style-placeholder", DIAG_ERROR, PROFILE_ALL, "A placeholder that there is none of", "The head or foot would show its name.",
        "The message names the nearest, as {title} or {page}."},
    {"style-property", DIAG_ERROR, PROFILE_ALL, "A property that there is none of", "What it says would not be used.",
        "The message names the nearest."},
    {"style-selector", DIAG_ERROR, PROFILE_ALL, "A selector that matches nothing", "Its rule would never be used.",
        "Name a kind of node, a class behind a “.”, or up to three of them with spaces between."},
    {"style-syntax", DIAG_ERROR, PROFILE_ALL, "A sheet is not YAML", "It cannot be read.",
        "Indent with spaces, and put quotation marks round a text that holds a special character."},
    {"style-unknown", DIAG_ERROR, PROFILE_ALL, "A style that there is none of", "Nothing says how the document is to look.",
        "“brief styles” lists those built in; one of your own is named with its .yaml."},
    {"style-value", DIAG_ERROR, PROFILE_ALL, "A value that its property cannot have", "It would not be used.",
        "Write one that the message names."},
    {0},
};
