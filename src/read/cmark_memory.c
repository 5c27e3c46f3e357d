/* The memory that cmark works in. Pieces are small, and are taken one behind the other; all together are given up: those of a block's inlines when the
 * next block is parsed, those of the blocks when the document is read. What cmark gives back earlier is kept by its size, for what it tries
 * and drops again and again. It hands its allocator no context: a thread takes from the memory that it uses at the moment.
 */
#include "read/internal.h"
#include <string.h>

#define STEP ((size_t)32 << 10) /* taken from the arena at once; enough for the inlines of most blocks */

typedef struct {
    _Alignas(16) size_t room; /* of what stands behind it */
} Head;

struct CmarkFree {
    CmarkFree *next;
};

static _Thread_local CmarkMemory *memory;

/* Small sizes are multiples of 16, large ones powers of two: what one piece leaves fits another. */
static size_t room_for(size_t size, unsigned *class) {
    if (size > SIZE_MAX / 4) BUG("an allocation of %zu bytes", size);
    size_t room = size == 0 ? 16 : (size + 15) & ~(size_t)15;
    *class = (unsigned)(room / 16);
    if (room <= CMARK_SMALL) return room;
    room = CMARK_SMALL;
    *class = CMARK_SMALL / 16;
    for (; room < size; room *= 2) ++*class;
    return room;
}

static void step_begin(CmarkMemory *m, size_t least) {
    size_t size = least > STEP ? least : STEP;
    m->spilled = m->step != NULL;
    m->step = m->unused = arena_alloc(m->arena, size, 16);
    m->left = size;
}

static void *take(size_t size) {
    CmarkMemory *m = memory;
    unsigned class;
    size_t room = room_for(size, &class);
    CmarkFree *piece = m->free[class];
    if (piece != NULL) {
        m->free[class] = piece->next;
        return piece;
    }
    if (sizeof(Head) + room > m->left) step_begin(m, sizeof(Head) + room);
    Head *head = (Head *)(void *)m->unused;
    head->room = room;
    m->unused += sizeof(Head) + room;
    m->left -= sizeof(Head) + room;
    return head + 1;
}

static void *take_zeroed(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 4 / size) BUG("an array of %zu times %zu bytes", count, size);
    return memset(take(count * size), 0, count * size);
}

static size_t room_of(const void *taken) { return ((const Head *)taken - 1)->room; }

static void give(void *taken) {
    if (taken == NULL) return;
    unsigned class;
    room_for(room_of(taken), &class);
    CmarkFree *piece = taken;
    piece->next = memory->free[class];
    memory->free[class] = piece;
}

static void *take_more(void *taken, size_t size) {
    if (taken != NULL && size <= room_of(taken)) return taken;
    void *more = take(size);
    if (taken != NULL) memcpy(more, taken, room_of(taken));
    give(taken);
    return more;
}

static cmark_mem calls = {take_zeroed, take_more, give};

cmark_mem *cmark_memory_use(CmarkMemory *m) {
    if (m->arena == NULL) m->arena = arena_open();
    if (m->step == NULL) step_begin(m, STEP);
    memory = m;
    return &calls;
}

cmark_mem *cmark_memory_renew(CmarkMemory *m) {
    if (m->spilled) cmark_memory_close(m);
    m->left += (size_t)(m->unused - m->step);
    m->unused = m->step;
    memset(m->free, 0, sizeof m->free);
    return cmark_memory_use(m);
}

void cmark_memory_close(CmarkMemory *m) {
    arena_close(m->arena);
    *m = (CmarkMemory){0};
}
