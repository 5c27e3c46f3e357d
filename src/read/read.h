/* read: a Markdown file with YAML front matter → the document tree.
 *
 * Parsing cannot fail: whatever the bytes are, a tree comes out, and what is wrong is in the diagnostics with its line and
 * column. Only this room knows cmark-gfm and the syntax. Nothing an author wrote is dropped without a diagnostic.
 */
#ifndef BRIEF_READ_H
#define BRIEF_READ_H

#include "tree/tree.h"

/* `source` and its text must outlive the tree. The text may have a byte order mark, CRLF or CR line ends, NUL bytes
 * (replaced by U+FFFD) and bad UTF-8 (an error at the first bad byte; each bad byte becomes U+FFFD). */
Tree *read_markdown(Arena *arena, Diags *d, const Source *source);

#endif
