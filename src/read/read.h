/* read: a Markdown file with YAML front matter → the document tree.
 *
 * Places: a TEXT leaf stands on one line, and its nth character n columns behind its first; CODE has the place of its first
 * character, CODE_BLOCK that of its first line of text. Words from the front matter and from attributes have the place of the value.
 * Besides what tree.h lists: DIV "note-unused" holds a note that nothing refers to, where it was written; CODE_BLOCK may have the
 * attribute "info", the rest of its info string. Nodes have no numbers yet: what numbers them is resolve_tree().
 *
 * Parsing cannot fail: whatever the bytes are, a tree comes out, and what is wrong is in the diagnostics with its line and
 * column. Only this room knows cmark-gfm and the syntax. Nothing an author wrote is dropped without a diagnostic: when a limit is passed, the
 * diagnostics say that the document is refused, and the tree is as much of it as was read by then.
 */
#ifndef BRIEF_READ_H
#define BRIEF_READ_H

#include "tree/tree.h"

/* `source` and its text must outlive the tree. The text may have a byte order mark, CRLF or CR line ends, NUL bytes
 * (replaced by U+FFFD) and bad UTF-8 (an error at the first bad byte; each bad byte becomes U+FFFD). */
Tree *read_markdown(Arena *arena, Diags *d, const Source *source);
/* The same, with the nodes in an arena of their own: resolve_tree() copies them, and then they may be given up. What they say stays. */
Tree *read_markdown_apart(Arena *arena, Arena *nodes, Diags *d, const Source *source);

/* ---- The project file, .brief.yaml: what a folder of documents asks of `brief check`. Words are as they stand there; which codes and profiles
 * there are is not known here. */

typedef struct {
    Str text;
    Place at;
} ProjectWord;

typedef struct {
    ProjectWord *items;
    uint32_t count, capacity;
} ProjectWords;

typedef struct {
    Str match; /* a pattern of paths; empty: all documents */
    ProjectWords profiles, denied, allowed;
} ProjectRules;

typedef struct {
    ProjectRules *items; /* in the order of the file */
    uint32_t count, capacity;
} Project;

/* False with errors at their line and column. */
bool read_project(Arena *arena, Diags *d, const Source *source, Project *out);
/* "?" is a character, "*" any number of them, both but "/"; "**" is any number of whatever. */
bool pattern_matches(Str pattern, Str path);

#endif
