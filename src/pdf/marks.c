/* Giving the pages' content to the elements. */
#include "pdf/marks.h"

typedef struct {
    Arena *arena;
    const Structure *structure;
    Marks *marks;
    NodeNumber *tail; /* by node number: the last mark of its chain */
    uint32_t page;
    uint32_t current; /* the mark that is open, or MARK_NONE */
    NodeNumber last_node; /* whose content was last put in it */
    uint32_t next_mcid;
} Marking;

/* Fills and decorative images are cosmetic, whatever they decorate. */
static ArtifactKind artifact_of(ArtifactKind box, ArtifactKind own) { return own != ARTIFACT_NONE ? own : box; }

bool artifact_has_box(ArtifactKind kind) { return kind != ARTIFACT_NONE && kind != ARTIFACT_LEADER && kind != ARTIFACT_HYPHEN; }

Str run_words(const Run *run) {
    bool code =
        run->node && run->node->kind == NODE_CODE_BLOCK && run->artifact == ARTIFACT_NONE && run->start < run->node->text.n;
    return code && run->node->text.p[run->start] == '\n' ? STR("\n") : run->text;
}

static uint32_t mark_open(Marking *m, Mark mark) {
    mark.page = m->page;
    mark.next = MARK_NONE;
    *PUSH(m->arena, m->marks, Mark) = mark;
    m->current = m->marks->count - 1;
    return m->current;
}

static uint32_t mark_artifact(Marking *m, ArtifactKind kind, const LayoutBox *box) {
    if (m->current != MARK_NONE) {
        const Mark *open = &m->marks->items[m->current];
        bool apart = artifact_has_box(kind) && open->box != box;
        if (open->element == ELEMENT_NONE && open->artifact == kind && !apart) return m->current;
    }
    return mark_open(m, (Mark){.element = ELEMENT_NONE, .artifact = kind, .box = box});
}

static uint32_t mark_content(Marking *m, ElementNumber element, NodeNumber node, const LayoutBox *box) {
    if (element == ELEMENT_NONE) BUG("node %u is an artifact and was drawn as content", (unsigned)node);
    if (m->current != MARK_NONE && m->marks->items[m->current].element == element) {
        bool follows = node == m->last_node || (node > m->last_node && !structure_between(m->structure, m->last_node, node));
        if (follows) {
            m->last_node = node;
            return m->current;
        }
    }
    uint32_t number = mark_open(m, (Mark){.element = element, .box = box, .node = node, .mcid = m->next_mcid++});
    if (m->marks->head[node] == MARK_NONE) {
        m->marks->head[node] = number;
    } else {
        m->marks->items[m->tail[node]].next = number;
    }
    m->tail[node] = number;
    m->last_node = node;
    return number;
}

static uint32_t mark_run(Marking *m, const LayoutBox *box, const Run *run) {
    if (run->glyph_count == 0) return MARK_NONE;
    ArtifactKind artifact = artifact_of(box->artifact, run->artifact);
    if (artifact != ARTIFACT_NONE) return mark_artifact(m, artifact, box);
    if (!run->node) BUG("content without a node on page %u", (unsigned)m->page + 1);
    ElementNumber element =
        run->role == RUN_LABEL ? structure_label(m->structure, run->node) : m->structure->owner[run->node->number];
    return mark_content(m, element, run->node->number, box);
}

static uint32_t mark_image(Marking *m, const LayoutBox *box) {
    if (!box->image) return MARK_NONE;
    if (box->artifact != ARTIFACT_NONE) return mark_artifact(m, box->artifact, box);
    if (!box->node) return mark_artifact(m, ARTIFACT_DECORATION, box);
    bool decorative = box->node->kind == NODE_IMAGE && box->node->has_alt && box->node->text.n == 0;
    if (decorative) return mark_artifact(m, ARTIFACT_DECORATION, box);
    return mark_content(m, m->structure->owner[box->node->number], box->node->number, box);
}

static size_t page_drawables(const Page *page) {
    size_t n = 0;
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        if (box->kind != BOX_LINES) n++;
        for (uint32_t l = 0; box->kind == BOX_LINES && l < box->line_count; l++) n += box->lines[l].run_count;
    }
    return n;
}

static void mark_page(Marking *m, const Page *page, uint32_t *drawable) {
    uint32_t *of = m->marks->of;
    m->current = MARK_NONE;
    m->next_mcid = 0;
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        switch (box->kind) {
        case BOX_FILL: of[(*drawable)++] = mark_artifact(m, artifact_of(ARTIFACT_DECORATION, box->artifact), box); break;
        case BOX_IMAGE: of[(*drawable)++] = mark_image(m, box); break;
        case BOX_LINES:
            for (uint32_t l = 0; l < box->line_count; l++) {
                const Line *line = &box->lines[l];
                for (uint32_t r = 0; r < line->run_count; r++) of[(*drawable)++] = mark_run(m, box, &line->runs[r]);
            }
            break;
        }
    }
}

Marks *marks_new(Arena *arena, const Structure *s) {
    const Layout *layout = s->layout;
    Marks *marks = NEW(arena, Marks);
    Marking m = {.arena = arena, .structure = s, .marks = marks};
    size_t total = 0;
    for (uint32_t p = 0; p < layout->count; p++) total += page_drawables(&layout->items[p]);
    if (total >= UINT32_MAX) BUG("%zu things to draw", total);
    marks->of = NEW_ARRAY(arena, uint32_t, total + 1);
    marks->first_mark = NEW_ARRAY(arena, uint32_t, (size_t)layout->count + 1);
    marks->first_drawable = NEW_ARRAY(arena, uint32_t, (size_t)layout->count + 1);
    marks->head = NEW_ARRAY(arena, uint32_t, layout->tree->count);
    m.tail = NEW_ARRAY(arena, NodeNumber, layout->tree->count);
    for (NodeNumber i = 0; i < layout->tree->count; i++) marks->head[i] = MARK_NONE;
    uint32_t drawable = 0;
    for (m.page = 0; m.page < layout->count; m.page++) {
        marks->first_mark[m.page] = marks->count;
        marks->first_drawable[m.page] = drawable;
        mark_page(&m, &layout->items[m.page], &drawable);
    }
    marks->first_mark[layout->count] = marks->count;
    marks->first_drawable[layout->count] = drawable;
    return marks;
}

/* ---- Claiming ------------------------------------------------------------------------------------------------------ */

static void kid_append(Structure *s, ElementNumber parent, KidKind kind, uint32_t value) {
    *PUSH(s->arena, &s->kids, Kid) = (Kid){kind, value, KID_NONE};
    uint32_t number = s->kids.count - 1;
    Element *e = element_at(s, parent);
    if (e->first_kid == KID_NONE) {
        e->first_kid = number;
    } else {
        s->kids.items[e->last_kid].next = number;
    }
    e->last_kid = number;
}

/* Kept is what was drawn and what that stands in; and, in a table that was drawn, its empty cells, for the grid's sake
 * (ISO 14289-1 §7.5). */
static void elements_keep(Structure *s, const Marks *marks) {
    for (uint32_t i = 0; i < marks->count; i++) {
        if (marks->items[i].element != ELEMENT_NONE) element_at(s, marks->items[i].element)->kept = true;
    }
    for (ElementNumber i = s->count; i-- > 0;) {
        const Element *e = element_at(s, i);
        if (e->kept && e->parent != ELEMENT_NONE) element_at(s, e->parent)->kept = true;
    }
    for (ElementNumber i = 0; i < s->count; i++) {
        Element *e = element_at(s, i);
        bool grid = e->node->kind == NODE_TABLE_ROW || e->node->kind == NODE_TABLE_CELL;
        if (grid && e->parent != ELEMENT_NONE && element_at(s, e->parent)->kept) e->kept = true;
    }
}

void structure_close(Structure *s, Marks *marks, const ElementNumber *links, uint32_t link_count) {
    elements_keep(s, marks);
    s->kids.capacity = s->count + marks->count + link_count; /* at the most */
    s->kids.items = NEW_ARRAY(s->arena, Kid, (size_t)s->kids.capacity + 1);
    for (NodeNumber n = 0; n < s->layout->tree->count; n++) {
        for (ElementNumber i = s->first[n]; i < s->first[n + 1]; i++) {
            const Element *e = element_at(s, i);
            if (e->kept && e->parent != ELEMENT_NONE) kid_append(s, e->parent, KID_ELEMENT, i);
        }
        for (uint32_t i = marks->head[n]; i != MARK_NONE; i = marks->items[i].next) {
            if (marks->items[i].claimed) BUG("mark %u is claimed twice", (unsigned)i);
            marks->items[i].claimed = true;
            kid_append(s, marks->items[i].element, KID_MARK, i);
        }
    }
    for (uint32_t i = 0; i < marks->count; i++) {
        const Mark *mark = &marks->items[i];
        if (mark->element != ELEMENT_NONE && !mark->claimed)
            BUG("mark %u on page %u is claimed by no element", (unsigned)i, (unsigned)mark->page + 1);
    }
    for (uint32_t i = 0; i < link_count; i++) kid_append(s, links[i], KID_ANNOTATION, i);
}
