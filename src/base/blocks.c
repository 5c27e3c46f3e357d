/* Where arenas get their memory: blocks from a pool that all threads share.
 *
 * Blocks are powers of two, cut from mappings for which huge pages are asked (Linux, Documentation/admin-guide/mm/transhuge.rst); those given back
 * are used again. malloc would do, but fresh pages one at a time, and giving them back, took a third of the time of a report, and on two cores most of what
 * the second one brought: each page that goes has to be agreed on by both.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise */
#include "base/internal.h"

#include <pthread.h>
#include <sys/mman.h>

#define CLASSES 6 /* of BLOCK_LEAST << 0 to 5: 64 KB to 2 MB; what is larger is mapped for itself */
#define MAPPING ((size_t)8 << 20)
#define HUGE_PAGE ((size_t)2 << 20)
#define KEPT_LEAST ((size_t)4 << 20) /* of pages that nobody uses, in the blocks of a class */
#define KEPT_SHARE 4 /* of all that was mapped, when that is more: a page given back costs again when it is taken, and the huge one it lay in is lost */

typedef struct Unused {
    struct Unused *next;
    size_t dirty; /* bytes from its beginning that may be other than zero */
} Unused;

static struct {
    pthread_mutex_t lock;
    Unused *unused[CLASSES];
    size_t kept[CLASSES]; /* sum of their dirty bytes */
    size_t mapped;
    unsigned char *at, *end; /* of the mapping that is being cut */
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Pages that begin where a huge one can. NULL: there is no memory. */
static unsigned char *pages_map(size_t size) {
    unsigned char *begin = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (begin == MAP_FAILED) return NULL;
    size_t before = (HUGE_PAGE - (size_t)((uintptr_t)begin % HUGE_PAGE)) % HUGE_PAGE;
    if (before > 0) munmap(begin, before);
    if (before < HUGE_PAGE) munmap(begin + before + size, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    madvise(begin + before, size, MADV_HUGEPAGE);
#endif
    return begin + before;
}

/* The class of blocks of at least `size` bytes; CLASSES: none. */
static unsigned class_of(size_t size) {
    unsigned class = 0;
    while (class < CLASSES && size > BLOCK_LEAST << class) class ++;
    return class;
}

/* A block that was never used. */
static unsigned char *block_cut(size_t size) {
    if (pool.at == NULL || (size_t)(pool.end - pool.at) < size) {
        unsigned char *begin = pages_map(MAPPING);
        if (begin == NULL) return NULL;
        pool.at = begin;
        pool.end = begin + MAPPING;
        pool.mapped += MAPPING;
    }
    pool.at += size;
    return pool.at - size;
}

MemoryBlock block_take(size_t least) {
    unsigned class = class_of(least);
    if (class == CLASSES) {
        size_t whole = (least + BLOCK_LEAST - 1) / BLOCK_LEAST * BLOCK_LEAST;
        return (MemoryBlock){pages_map(whole), whole, 0};
    }
    MemoryBlock block = {.size = BLOCK_LEAST << class};
    pthread_mutex_lock(&pool.lock);
    Unused *unused = pool.unused[class];
    if (unused != NULL) {
        block.p = (unsigned char *)unused;
        block.dirty = unused->dirty;
        pool.unused[class] = unused->next;
        pool.kept[class] -= block.dirty;
    } else {
        block.p = block_cut(block.size);
    }
    pthread_mutex_unlock(&pool.lock);
    return block;
}

/* Of the blocks of one class. */
static size_t kept_limit(void) {
    size_t share = pool.mapped / KEPT_SHARE;
    return share > KEPT_LEAST ? share : KEPT_LEAST;
}

void block_give(MemoryBlock block) {
    unsigned class = class_of(block.size);
    if (class == CLASSES) {
        munmap(block.p, block.size);
        return;
    }
    Unused *unused = (Unused *)(void *)block.p;
    pthread_mutex_lock(&pool.lock);
    bool many = block.size >= HUGE_PAGE || pool.kept[class] + block.dirty > kept_limit();
    if (many && madvise(block.p, block.size, MADV_DONTNEED) == 0) block.dirty = 0;
    unused->dirty = block.dirty < sizeof *unused ? sizeof *unused : block.dirty;
    unused->next = pool.unused[class];
    pool.unused[class] = unused;
    pool.kept[class] += unused->dirty;
    pthread_mutex_unlock(&pool.lock);
}
