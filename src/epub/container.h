/* The OCF ZIP container (EPUB 3.3 §4.3), in memory. Entries come in the order in which they are added, all of 1 January 1980,
 * so the same content gives the same bytes. The first must be "mimetype".
 */
#ifndef BRIEF_EPUB_CONTAINER_H
#define BRIEF_EPUB_CONTAINER_H

#include "base/base.h"

typedef struct Container Container;

/* A file as the container holds it. It is made beforehand, so that files can be compressed side by side. */
typedef struct {
    Str data;
    bool deflated;
    uint32_t checksum; /* of the bytes, and how many they are */
    size_t size;
} Packed;
Packed container_pack(Arena *arena, DeflateLevel level, Str bytes); /* deflated, unless that would not be smaller */
Packed container_keep(Str bytes);               /* as it is */

Container *container_open(Arena *arena);
/* False when a ZIP cannot hold so much, and then for all that comes after it. */
bool container_add(Container *container, Str name, const Packed *packed);
bool container_close(Container *container, Str *out);

/* A hash of the names and bytes of what has been added so far. */
void container_hash(const Container *container, uint64_t identity[2]);

#endif
