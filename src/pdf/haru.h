/* haru: the only place that knows libharu. It gives a PDF file as numbered objects: reserve a number, say what stands there,
 * save.
 *
 * libharu numbers the objects, writes header, objects, streams, cross-reference table and trailer. What stands in a dictionary
 * is our own text (syntax.h), kept as one string an object and printed by the dictionary's write function: a structure element costs
 * about 300 bytes of memory instead of 1.4 kB, arrays may be of any length, and numbers keep their three decimals.
 *
 * A failing call is remembered; everything after it does nothing, and haru_save() reports it.
 */
#ifndef BRIEF_PDF_HARU_H
#define BRIEF_PDF_HARU_H

#include "pdf/syntax.h"

typedef struct Haru Haru;

Haru *haru_open(Arena *arena); /* NULL when libharu has no memory */

/* The three objects that exist from the beginning. */
Ref haru_catalogue(const Haru *haru);
Ref haru_page_tree(const Haru *haru);
Ref haru_information(const Haru *haru);

Ref haru_reserve(Haru *haru); /* a new dictionary, still empty; 0 after a failure */
void haru_set(Haru *haru, Ref ref, const Buf *body); /* what stands between its << and >>; copied */
Ref haru_add(Haru *haru, const Buf *body); /* both at once */

/* A stream; `entries` as above (NULL: none), without /Length and, when it is STREAM_DEFLATED, without /Filter. The data is not copied: it must
 * live until haru_save(). */
typedef enum { STREAM_AS_IS, STREAM_DEFLATED } StreamCoding;
Ref haru_stream(Haru *haru, const Buf *entries, Str data, StreamCoding coding);

/* The whole file on `arena`. Its /ID is a hash of all that stands before the trailer. False with a diagnostic. */
bool haru_save(Haru *haru, Diags *d, Arena *arena, Str *out);

#endif
