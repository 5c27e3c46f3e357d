/* The OCF ZIP container (EPUB 3.3 §4.3), in memory. The only file that knows minizip. Entries come in the order in which they are added, all
 * of 1 January 1980, so the same content gives the same bytes. The first must be "mimetype".
 */
#ifndef BRIEF_EPUB_CONTAINER_H
#define BRIEF_EPUB_CONTAINER_H

#include "base/base.h"

typedef struct Container Container;

/* NULL, or false, when the library fails; container_close() frees it in any case. */
Container *container_open(Arena *arena);
bool container_add(Container *container, Str name, Str bytes, bool compress);

/* The same in two steps, so that files can be compressed side by side. */
typedef struct {
    Str data;      /* as the container holds it */
    bool deflated;
    uint32_t checksum; /* of the bytes, and how many they are */
    size_t size;
} Packed;
bool container_pack(Arena *arena, Str bytes, Packed *out);
bool container_add_packed(Container *container, Str name, const Packed *packed);
bool container_close(Container *container, Str *out);

/* A hash of the names and bytes of what has been added so far. */
void container_hash(const Container *container, uint64_t identity[2]);

#endif
