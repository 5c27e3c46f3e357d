/* A long document is read by all cores: in parts that begin with a heading, since nothing that follows one belongs to what stands before it. Each
 * has a reader, a tree, memory and diagnostics of its own, and they are joined in their order. Where parts begin depends on the document alone.
 */
#include "read/internal.h"

#define PART_LEAST ((size_t)48 << 10) /* bytes of its source */

typedef struct {
    cmark_node *first;
    const cmark_node *end; /* the first block that is not in it */
    Reader reader;
    Diags found;
} Part;

typedef struct {
    const Reader *whole;
    Part *items;
    uint32_t count, capacity;
} Parts;

static size_t block_begins(const Reader *r, const cmark_node *block) {
    uint32_t line = (block->start_line > 0 ? (uint32_t)block->start_line : 1) + r->body_line;
    return r->line_starts[line <= r->line_count ? line - 1 : r->line_count];
}

static Parts parts_find(const Reader *r) {
    Parts parts = {.whole = r};
    size_t from = 0;
    for (cmark_node *block = r->parser->root->first_child; block; block = block->next) {
        bool may_begin = parts.count == 0 || block->type == CMARK_NODE_HEADING;
        size_t at = may_begin ? block_begins(r, block) : 0;
        if (!may_begin || (parts.count > 0 && at < from + PART_LEAST)) continue;
        if (parts.count > 0) parts.items[parts.count - 1].end = block;
        PUSH(r->arena, &parts, Part)->first = block;
        from = at;
    }
    return parts;
}

static void part_read(void *context, uint32_t index) {
    Parts *parts = context;
    Part *part = &parts->items[index];
    Reader *r = &part->reader;
    Arena *arena = arena_open();
    *r = *parts->whole;
    part->found = diags_new(arena);
    part->found.silent = r->d->silent;
    r->arena = arena;
    r->nodes = arena_open();
    r->d = &part->found;
    r->tree = tree_new(arena, r->source);
    r->tree->meta = parts->whole->tree->meta;
    r->place_cache = NEW(arena, PlaceCache);
    r->spare = NULL;
    r->inlines = (CmarkMemory){0};
    r->is_part = true;
    blocks_read(r, part->first, part->end, r->tree->root);
    cmark_memory_close(&r->inlines);
}

static void part_join(Reader *r, const Part *part) {
    const Reader *from = &part->reader;
    const Tree *tree = from->tree;
    for (Node *node = tree->root->first, *next; node; node = next) {
        next = node->next;
        node_unlink(node);
        node_append(r->tree->root, node);
    }
    for (uint32_t i = 0; i < tree->abbreviations.count; i++)
        *PUSH(r->arena, &r->tree->abbreviations, Abbreviation) = tree->abbreviations.items[i];
    for (uint32_t i = 0; i < tree->allowances.count; i++)
        *PUSH(r->arena, &r->tree->allowances, Allowance) = tree->allowances.items[i];
    for (uint32_t i = 0; i < from->used_notes.count; i++) note_use(r, from->used_notes.items[i]);
    diags_join(r->d, &part->found);
    r->reference_bytes += from->reference_bytes;
    if (!r->d->refused && r->reference_bytes > limit_of(LIMIT_REFERENCES))
        limit_tell(r->d, LIMIT_REFERENCES, reader_place(r, from->reference_at));
    if (from->nesting_told) nesting_tell(r, from->nesting, from->nesting_at);
    arena_join(r->arena, from->arena);
    arena_join(r->nodes, from->nodes);
}

void parts_read(Reader *r) {
    Parts parts = parts_find(r);
    if (parts.count < 2) {
        blocks_read(r, r->parser->root->first_child, NULL, r->tree->root);
        return;
    }
    work_share(parts.count, part_read, &parts);
    for (uint32_t i = 0; i < parts.count; i++) part_join(r, &parts.items[i]);
}
