/* Notes: numbered by their first reference in reading order, gathered in a section at the end, each with a way back.
 * Links both ways: PDF/UA-1 (ISO 14289-1 §7.9) wants every note to have its own id; DPUB-ARIA 1.1 doc-noteref, doc-backlink.
 */
#include "resolve/passes.h"

typedef struct {
    Node *node;
    Str label; /* what the author called it */
    Str first; /* id of the first reference; empty when there is none */
    uint32_t references; /* so far */
} Note;

typedef struct {
    Note **items;
    uint32_t count, capacity;
} Notes;

/* Takes the notes out of the tree, in the order in which they are written. */
static void take_notes(Resolution *r, Notes *notes, StrMap *by_id) {
    Node *root = r->tree->root;
    for (Node *node = root, *next; node; node = next) {
        if (node->kind != NODE_NOTE) {
            next = node_next(node, root);
            continue;
        }
        next = node_next_after(node, root);
        node_unlink(node);
        Note *note = NEW(r->arena, Note);
        note->node = node;
        note->label = str_starts(node->id, STR("fn-")) ? str_slice(node->id, 3, node->id.n) : node->id;
        *PUSH(r->arena, notes, Note *) = note;
        if (node->id.n && !strmap_find(by_id, node->id)) strmap_put(by_id, node->id, note);
        ids_take(r->ids, words_ncname(r->arena, str_format(r->arena, "fn-" STR_FMT, STR_ARG(note->label))), node);
    }
}

static void number_note(Arena *arena, Notes *ordered, Note *note) {
    *PUSH(arena, ordered, Note *) = note;
    note->node->value = (int32_t)ordered->count;
}

static void resolve_reference(Resolution *r, Node *reference, Notes *ordered, const StrMap *by_id) {
    Note *note = strmap_find(by_id, str_slice(reference->target, 1, reference->target.n));
    if (!note) { /* read/ makes none; should one come, its words are kept */
        reference->kind = NODE_TEXT;
        reference->text = str_format(r->arena, "[^" STR_FMT "]", STR_ARG(str_slice(reference->target, 1, reference->target.n)));
        reference->target = reference->id = (Str){0};
        return;
    }
    if (note->node->value == 0) number_note(r->arena, ordered, note);
    Str name = words_ncname(r->arena, str_format(r->arena, "fnref-" STR_FMT, STR_ARG(note->label)));
    if (++note->references > 1) name = str_format(r->arena, STR_FMT "-%u", STR_ARG(name), (unsigned)note->references);
    Str id = ids_take(r->ids, name, reference);
    if (note->references == 1) note->first = id;
    reference->value = note->node->value;
    reference->text = str_format(r->arena, "%d", (int)note->node->value);
    reference->target = str_format(r->arena, "#" STR_FMT, STR_ARG(note->node->id));
}

static void resolve_references(Resolution *r, Node *top, Notes *ordered, const StrMap *by_id) {
    for (Node *node = top; node; node = node_next(node, top)) {
        if (node->kind == NODE_NOTE_REFERENCE) resolve_reference(r, node, ordered, by_id);
    }
}

static void add_back_link(Resolution *r, const Note *note) {
    if (note->first.n == 0) return;
    Node *paragraph = note->node->last;
    if (!paragraph || paragraph->kind != NODE_PARAGRAPH) {
        paragraph = node_new(r->arena, NODE_PARAGRAPH, 0, 0);
        paragraph->generated = true;
        node_append(note->node, paragraph);
    }
    const Node *leaf = paragraph;
    while (leaf->last) leaf = leaf->last;
    if (leaf != paragraph && leaf->kind != NODE_LINE_BREAK) node_append(paragraph, text_new(r->arena, STR(" "), NULL, true));
    Node *back = node_new(r->arena, NODE_BACK_LINK, 0, 0);
    back->generated = true;
    back->text = STR("↑");
    back->target = str_format(r->arena, "#" STR_FMT, STR_ARG(note->first));
    node_append(paragraph, back);
}

static Node *add_section(Resolution *r) {
    Node *section = node_new(r->arena, NODE_NOTES, 0, 0);
    Node *heading = node_new(r->arena, NODE_HEADING, 0, 0);
    heading->generated = true;
    heading->value = r->title ? 2 : 1;
    ids_take(r->ids, STR("notes"), heading);
    node_append(heading, text_new(r->arena, label_text(r->tree->meta.language, LABEL_NOTES), NULL, true));
    node_append(section, heading);
    node_append(r->tree->root, section);
    return section;
}

void resolve_notes(Resolution *r) {
    Notes written = {0}, ordered = {0};
    StrMap *by_id = strmap_new(r->arena);
    take_notes(r, &written, by_id);
    resolve_references(r, r->tree->root, &ordered, by_id);
    uint32_t read = 0; /* notes whose own references have been seen: they may be the first to refer to another note */
    for (uint32_t i = 0; i <= written.count; i++) {
        for (; read < ordered.count; read++) resolve_references(r, ordered.items[read]->node, &ordered, by_id);
        /* read/ has said that nothing refers to it; its words are kept all the same */
        if (i < written.count && written.items[i]->node->value == 0) number_note(r->arena, &ordered, written.items[i]);
    }
    if (ordered.count == 0) return;
    Node *section = add_section(r);
    for (uint32_t i = 0; i < ordered.count; i++) {
        add_back_link(r, ordered.items[i]);
        node_append(section, ordered.items[i]->node);
    }
}
