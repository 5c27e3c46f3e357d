/* Arenas: memory that belongs to one document and is freed whole.
 *
 * Blocks grow geometrically, so that a small document costs one and a large one few. They come from a pool (blocks.c), and what was used before
 * is cleared when it is handed out, not earlier: then it is in the cache.
 */
#include "base/internal.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* For fuzzing, what of a block is not handed out is poisoned, and so is a little behind each piece that is: almost as good as a malloc for each,
 * and many times as fast. */
#ifdef BRIEF_FUZZ
#include <sanitizer/asan_interface.h>
#define ALIGN_LEAST 8
#define BEHIND 16
#define BLOCK_FIRST ((size_t)8 << 10) /* inputs are small */
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)0)
#define ALIGN_LEAST 1
#define BEHIND 0
#define BLOCK_FIRST BLOCK_LEAST
#endif

#define BLOCK_LARGEST ((size_t)256 << 10)
#define BLOCK_ALIGN 16

typedef struct Block {
    struct Block *previous;
    size_t size; /* of data */
    size_t used;
    size_t dirty; /* bytes of data that may be other than zero where they are not used */
    _Alignas(BLOCK_ALIGN) unsigned char data[];
} Block;

struct Arena {
    Block *last;
    size_t next_size;
    size_t handed_out;
};

static atomic_uint_fast64_t taken; /* for statistics alone: of all threads, in no order */

static void *zeroed(size_t size) {
    void *memory = calloc(1, size);
    if (memory == NULL) memory_exhausted();
    return memory;
}

Arena *arena_open(void) {
    Arena *arena = zeroed(sizeof(Arena));
    arena->next_size = BLOCK_FIRST;
    return arena;
}

/* A block whose data have at least `size` bytes. */
#if defined BRIEF_ARENA_MALLOC || defined BRIEF_FUZZ
static Block *block_new(size_t size) {
    Block *block = zeroed(sizeof(Block) + size);
    block->size = size;
    ASAN_POISON_MEMORY_REGION(block->data, size);
    return block;
}

static void block_free(Block *block) { free(block); }
#else
static Block *block_new(size_t size) {
    MemoryBlock memory = block_take(sizeof(Block) + size);
    if (memory.p == NULL) memory_exhausted();
    Block *block = (Block *)(void *)memory.p;
    *block =
        (Block){.size = memory.size - sizeof(Block), .dirty = memory.dirty > sizeof(Block) ? memory.dirty - sizeof(Block) : 0};
    return block;
}

static void block_free(Block *block) {
    size_t dirty = block->used > block->dirty ? block->used : block->dirty;
    block_give((MemoryBlock){(unsigned char *)block, sizeof(Block) + block->size, sizeof(Block) + dirty});
}
#endif

void arena_close(Arena *arena) {
    if (arena == NULL) return;
    for (Block *block = arena->last; block != NULL;) {
        Block *previous = block->previous;
        block_free(block);
        block = previous;
    }
    free(arena);
}

void arena_join(Arena *arena, Arena *other) {
    Block *first = other->last;
    while (first != NULL && first->previous != NULL) first = first->previous;
    if (first != NULL) { /* behind the block that is in use */
        Block **behind = arena->last == NULL ? &arena->last : &arena->last->previous;
        first->previous = *behind;
        *behind = other->last;
    }
    arena->handed_out += other->handed_out;
    free(other);
}

static Block *block_add(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) BUG("an allocation of %zu bytes", size);
    Block *block = block_new(size);
    atomic_fetch_add_explicit(&taken, sizeof(Block) + block->size, memory_order_relaxed);
    block->previous = arena->last;
    arena->last = block;
    return block;
}

/* Hands out what follows in a block. */
static unsigned char *block_use(Block *block, size_t start, size_t size) {
    unsigned char *memory = block->data + start;
    ASAN_UNPOISON_MEMORY_REGION(memory, size);
    block->used = start + size;
    if (start < block->dirty) memset(memory, 0, block->dirty - start < size ? block->dirty - start : size);
    return memory;
}

void *arena_alloc(Arena *arena, size_t size, size_t align) {
    if (align == 0 || align > BLOCK_ALIGN || (align & (align - 1)) != 0) BUG("an alignment of %zu", align);
    arena->handed_out += size;
#ifdef BRIEF_ARENA_MALLOC
    return block_use(block_add(arena, size), 0, size);
#else
    Block *block = arena->last;
    if (align < ALIGN_LEAST) align = ALIGN_LEAST;
    size_t start = block == NULL ? 0 : (block->used + (block->used > 0 ? BEHIND : 0) + align - 1) & ~(align - 1);
    if (block == NULL || start > block->size || size > block->size - start) {
        if (size > arena->next_size / 2) {
            /* Large: a block of its own, put behind the current one, which stays in use for small things. */
            Block *current = arena->last;
            Block *own = block_add(arena, size);
            if (current != NULL && current->size - current->used > own->size - size) {
                arena->last = current;
                own->previous = current->previous;
                current->previous = own;
            }
            return block_use(own, 0, size);
        }
        block = block_add(arena, arena->next_size - sizeof(Block));
        if (arena->next_size < BLOCK_LARGEST) arena->next_size *= 2;
        start = 0;
    }
    return block_use(block, start, size);
#endif
}

void *arena_array(Arena *arena, size_t count, size_t size, size_t align) {
    if (size != 0 && count > SIZE_MAX / 2 / size) BUG("an array of %zu times %zu bytes", count, size);
    return arena_alloc(arena, count * size, align);
}

size_t arena_used(const Arena *arena) { return arena->handed_out; }

uint64_t arenas_taken(void) { return atomic_load_explicit(&taken, memory_order_relaxed); }

void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size, size_t align) {
#ifndef BRIEF_ARENA_MALLOC
    Block *block = arena->last;
    if (old_size > 0 && block != NULL && (unsigned char *)old + old_size == block->data + block->used &&
        new_size - old_size <= block->size - block->used) {
        block_use(block, block->used, new_size - old_size);
        arena->handed_out += new_size - old_size;
        return old;
    }
#endif
    void *grown = arena_alloc(arena, new_size, align);
    if (old_size > 0) memcpy(grown, old, old_size);
    return grown;
}

void array_grow(Arena *arena, void **items, uint32_t *count, uint32_t *capacity, size_t size, size_t align) {
    if (*count == *capacity) {
        if (*capacity > UINT32_MAX / 2) BUG("an array of more than %u items", (unsigned)*capacity);
        uint32_t wanted = *capacity == 0 ? 8 : *capacity * 2;
        if (wanted > SIZE_MAX / 2 / size) BUG("an array of %u times %zu bytes", (unsigned)wanted, size);
        *items = arena_grow(arena, *items, (size_t)*capacity * size, (size_t)wanted * size, align);
        *capacity = wanted;
    }
    /* An item taken off by lowering `count` may have left its bytes here. */
    memset((unsigned char *)*items + (size_t)*count * size, 0, size);
    (*count)++;
}
