/* The outline (ISO 32000-1 §12.3.3): the document's headings, nested as they are. */
#include "pdf/file.h"

#define ENTRY_NONE UINT32_MAX
enum { LEVELS = 6, OPEN_LIMIT = 40 }; /* so many entries are shown at once; of more, the outermost */

typedef struct {
    const Node *heading; /* NULL: the outline itself, entry 0 */
    uint32_t parent, first, last, previous, next;
    uint32_t below; /* entries inside, at any depth */
    Ref ref;
} Entry;

typedef struct {
    Entry *items;
    uint32_t count, capacity;
} Outline;

static void entry_add(PdfFile *file, Outline *o, const Node *heading, uint32_t *at_level) {
    int level = heading->value < 1 ? 1 : heading->value > LEVELS ? LEVELS : heading->value;
    uint32_t parent = 0;
    for (int above = level - 1; above > 0 && parent == 0; above--) parent = at_level[above];
    uint32_t number = o->count;
    *PUSH(file->arena, o, Entry) = (Entry){heading, parent, ENTRY_NONE, ENTRY_NONE, o->items[parent].last, ENTRY_NONE, 0, 0};
    if (o->items[parent].last == ENTRY_NONE) {
        o->items[parent].first = number;
    } else {
        o->items[o->items[parent].last].next = number;
    }
    o->items[parent].last = number;
    at_level[level] = number;
    for (int below = level + 1; below <= LEVELS; below++) at_level[below] = 0;
}

static void outline_collect(PdfFile *file, Outline *o) {
    const Tree *tree = file->layout->tree;
    uint32_t at_level[LEVELS + 1] = {0};
    *PUSH(file->arena, o, Entry) = (Entry){NULL, ENTRY_NONE, ENTRY_NONE, ENTRY_NONE, ENTRY_NONE, ENTRY_NONE, 0, 0};
    for (NodeNumber i = 0; i < tree->count; i++) {
        const Node *node = tree->nodes[i];
        const Node *note = node->kind == NODE_HEADING ? node_ancestor(node, NODE_NOTE) : NULL;
        if (note && note->parent->kind != NODE_NOTES) continue; /* at the foot of a page: none of the document's parts */
        bool set = file->structure->owner[i] != ELEMENT_NONE && file->layout->places[i].page < file->layout->count;
        if (node->kind == NODE_HEADING && set) entry_add(file, o, node, at_level);
    }
    for (uint32_t i = o->count; i-- > 1;) o->items[o->items[i].parent].below += o->items[i].below + 1;
}

static void entry_link(Buf *b, const Outline *o, const char *key, uint32_t entry) {
    if (entry == ENTRY_NONE) return;
    syntax_name(b, str_from(key));
    buf_add_char(b, ' ');
    syntax_ref(b, o->items[entry].ref);
}

static uint32_t children_count(const Outline *o, const Entry *e) {
    uint32_t count = 0;
    for (uint32_t i = e->first; i != ENTRY_NONE; i = o->items[i].next) count++;
    return count;
}

static void entry_write(PdfFile *file, const Outline *o, const Entry *e, Buf *b) {
    b->n = 0;
    bool all_open = o->items[0].below <= OPEN_LIMIT;
    entry_link(b, o, "Parent", e->parent);
    entry_link(b, o, "First", e->first);
    entry_link(b, o, "Last", e->last);
    entry_link(b, o, "Prev", e->previous);
    entry_link(b, o, "Next", e->next);
    if (e->below > 0) { /* negative: closed, and so many would show if it were opened */
        uint32_t shown = all_open ? e->below : children_count(o, e);
        buf_add_c(b, "/Count ");
        buf_add_int(b, all_open || !e->heading ? (int64_t)shown : -(int64_t)shown);
    }
    if (e->heading) {
        buf_add_c(b, "/Title");
        syntax_text(b, node_text(file->arena, e->heading));
        buf_add_c(b, "/Dest");
        destination_write(file, b, e->heading);
        const Element *element = element_at(file->structure, file->structure->owner[e->heading->number]);
        if (element->kept) {
            buf_add_c(b, "/SE ");
            syntax_ref(b, element->ref);
        }
    } else {
        buf_add_c(b, "/Type/Outlines");
    }
    buf_add_char(b, '\n');
    haru_set(file->haru, e->ref, b);
}

void outline_write(PdfFile *file, Buf *catalogue) {
    Outline o = {0};
    outline_collect(file, &o);
    if (o.count == 1) return;
    Buf b = buf_new(file->arena);
    for (uint32_t i = 0; i < o.count; i++) o.items[i].ref = haru_reserve(file->haru);
    for (uint32_t i = 0; i < o.count; i++) entry_write(file, &o, &o.items[i], &b);
    buf_add_c(catalogue, "/PageMode/UseOutlines/Outlines ");
    syntax_ref(catalogue, o.items[0].ref);
    buf_add_char(catalogue, '\n');
}
