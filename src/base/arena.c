/* Arenas: memory that belongs to one document and is freed whole.
 *
 * Blocks come from calloc and grow geometrically, so that a small document costs one block and a large one few; fresh pages are
 * already zero, and unused bytes of a block are never written, so nothing is cleared twice.
 */
#include "base/internal.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_FIRST ((size_t)64 << 10)
#define BLOCK_LARGEST ((size_t)16 << 20)
#define BLOCK_ALIGN 16

typedef struct Block {
    struct Block *previous;
    size_t size; /* of data */
    size_t used;
    _Alignas(BLOCK_ALIGN) unsigned char data[];
} Block;

struct Arena {
    Block *last;
    size_t next_size;
    size_t handed_out;
};

static atomic_uint_fast64_t taken; /* for statistics alone: of all threads, in no order */
int memory_exhausted_status = EXIT_BUG;

static _Noreturn void memory_exhausted(void) {
    fputs("brief: error: out of memory\n", stderr);
    fflush(stderr);
    file_abandon();
    _Exit(memory_exhausted_status);
}

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

void arena_close(Arena *arena) {
    if (arena == NULL) return;
    for (Block *block = arena->last; block != NULL;) {
        Block *previous = block->previous;
        free(block);
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
    Block *block = zeroed(sizeof(Block) + size);
    atomic_fetch_add_explicit(&taken, sizeof(Block) + size, memory_order_relaxed);
    block->size = size;
    block->previous = arena->last;
    arena->last = block;
    return block;
}

void *arena_alloc(Arena *arena, size_t size, size_t align) {
    if (align == 0 || align > BLOCK_ALIGN || (align & (align - 1)) != 0) BUG("an alignment of %zu", align);
    arena->handed_out += size;
#ifdef BRIEF_ARENA_MALLOC
    Block *block = block_add(arena, size);
    block->used = size;
    return block->data;
#else
    Block *block = arena->last;
    size_t start = block == NULL ? 0 : (block->used + align - 1) & ~(align - 1);
    if (block == NULL || start > block->size || size > block->size - start) {
        if (size > arena->next_size / 2) {
            /* Large: a block of its own, put behind the current one, which stays in use for small things. */
            Block *current = arena->last;
            Block *own = block_add(arena, size);
            own->used = size;
            if (current != NULL && current->size - current->used > 1024) {
                arena->last = current;
                own->previous = current->previous;
                current->previous = own;
            }
            return own->data;
        }
        block = block_add(arena, arena->next_size);
        if (arena->next_size < BLOCK_LARGEST) arena->next_size *= 2;
        start = 0;
    }
    block->used = start + size;
    return block->data + start;
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
        block->used += new_size - old_size;
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
