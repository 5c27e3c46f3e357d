/* deflate: data packed as /FlateDecode wants it (zlib, RFC 1950), by libdeflate. */
#ifndef BRIEF_PDF_DEFLATE_H
#define BRIEF_PDF_DEFLATE_H

#include "base/base.h"

/* Contents of pages are all but text, and most of what is packed: at libdeflate's level 1 they are 8 % larger than at level 6, in half the time. */
typedef enum { DEFLATE_FAST = 1, DEFLATE_SMALL = 6 } DeflateLevel;

/* For one core at a time. */
typedef struct Deflater Deflater;
Deflater *deflater_open(Arena *arena, DeflateLevel level);
void deflater_close(Deflater *deflater); /* NULL is allowed */
Str deflater_pack(Deflater *deflater, Arena *arena, Str data); /* on that arena, with nothing round it */

Str deflated(Arena *arena, Str data); /* once, small */

#endif
