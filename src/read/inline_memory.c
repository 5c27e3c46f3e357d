/* The memory that cmark parses a block's inlines in. Nodes are small and live no longer than the block is read, so they are taken one behind the
 * other, and all together are given up when the next block begins. cmark hands its allocator no context: it is the thread's.
 */
#include "read/internal.h"
#include <string.h>

#define BLOCK ((size_t)32 << 10) /* enough for most blocks of text */

typedef struct {
    _Alignas(16) size_t size; /* of what stands behind it */
} Head;

static _Thread_local InlineMemory *memory;

static void block_begin(InlineMemory *m, size_t least) {
    size_t size = least > BLOCK ? least : BLOCK;
    m->spilled = m->block != NULL;
    m->block = m->free = arena_alloc(m->arena, size, 16);
    m->left = size;
}

static void *take(size_t size) {
    InlineMemory *m = memory;
    if (size > SIZE_MAX / 2) BUG("an allocation of %zu bytes", size);
    size_t room = (size + 15) & ~(size_t)15;
    if (sizeof(Head) + room > m->left) block_begin(m, sizeof(Head) + room);
    ((Head *)(void *)m->free)->size = room;
    m->last = m->free + sizeof(Head);
    m->free = m->last + room;
    m->left -= sizeof(Head) + room;
    return m->last;
}

static void *take_zeroed(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 2 / size) BUG("an array of %zu times %zu bytes", count, size);
    return memset(take(count * size), 0, count * size);
}

static size_t size_of(const void *taken) { return ((const Head *)taken - 1)->size; }

/* What was taken last can be given back, and grow where it is. */
static void give(void *taken) {
    InlineMemory *m = memory;
    if (taken == NULL || taken != m->last) return;
    m->free = m->last - sizeof(Head);
    m->left += sizeof(Head) + size_of(taken);
    m->last = NULL;
}

static void *take_more(void *taken, size_t size) {
    if (taken == NULL) return take(size);
    size_t before = size_of(taken);
    if (size <= before) return taken;
    give(taken);
    void *more = take(size);
    if (more != taken) memcpy(more, taken, before);
    return more;
}

static cmark_mem calls = {take_zeroed, take_more, give};

cmark_mem *inline_memory_begin(InlineMemory *m) {
    if (m->spilled) inline_memory_close(m);
    if (m->arena == NULL) m->arena = arena_open();
    if (m->block == NULL) block_begin(m, BLOCK);
    m->left += (size_t)(m->free - m->block);
    m->free = m->block;
    m->last = NULL;
    memory = m;
    return &calls;
}

void inline_memory_close(InlineMemory *m) {
    arena_close(m->arena);
    *m = (InlineMemory){0};
}
