/* From a place in a page's content back to the document. */
#include "pdf/marks.h"
#include "pdf/pdf.h"

const Node *pdf_marked_node(const Layout *layout, uint32_t page, uint32_t mcid) {
    if (page >= layout->count) return NULL;
    Arena *arena = arena_open();
    const Marks *marks = marks_new(arena, structure_new(arena, layout));
    const Node *found = NULL;
    for (uint32_t i = marks->first_mark[page]; i < marks->first_mark[page + 1] && found == NULL; i++) {
        const Mark *mark = &marks->items[i];
        if (mark->element != ELEMENT_NONE && mark->mcid == mcid) found = layout->tree->nodes[mark->node];
    }
    arena_close(arena);
    return found;
}
