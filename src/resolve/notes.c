/* Notes: numbered by their first reference in reading order, each with a way back. A note stands right after the block that first refers to
 * it, as the foot of the page will have it, and a note to that note after it; with `notes: end` all are gathered in a section.
 * Links both ways: PDF/UA-1 (ISO 14289-1 §7.9) wants every note to have its own id; DPUB-ARIA 1.1 doc-noteref, doc-backlink.
 */
#include "resolve/passes.h"

typedef struct {
    Node *node;
    Str label; /* what the author called it */
    uint32_t references; /* so far */
} Note;

typedef struct {
    Note **items;
    uint32_t count, capacity;
} Notes;

/* What is known of the notes while references are met. */
typedef struct {
    Notes written; /* as the author has them */
    Notes ordered; /* those that have a number */
    StrMap *by_id; /* Note */
    uint32_t read; /* of `ordered`: those whose own references have been seen; they may be the first to refer to another note */
} NoteBook;

/* Takes the notes out of the tree, in the order in which they are written. */
static void take_notes(Resolution *r, NoteBook *book) {
    Node *root = r->tree->root;
    for (Node *node = root, *next; node; node = next) {
        if (node->kind != NODE_NOTE) {
            next = node_next_block(node, root);
            continue;
        }
        next = node_next_after(node, root);
        node_unlink(node);
        Note *note = NEW(r->arena, Note);
        note->node = node;
        note->label = str_starts(node->more->id, STR("fn-")) ? str_slice(node->more->id, 3, node->more->id.n) : node->more->id;
        *PUSH(r->arena, &book->written, Note *) = note;
        if (node->more->id.n && !strmap_find(book->by_id, node->more->id)) strmap_put(book->by_id, node->more->id, note);
        ids_take(r->ids, words_ncname(r->arena, str_format(r->arena, "fn-" STR_FMT, STR_ARG(note->label))), node);
    }
}

static void number_note(Resolution *r, NoteBook *book, Note *note) {
    *PUSH(r->arena, &book->ordered, Note *) = note;
    note->node->value = (int32_t)book->ordered.count;
    numbered_put(r, note->node, LABEL_NOTE_N, note->node->value);
}

static void resolve_reference(Resolution *r, Node *reference, NoteBook *book) {
    Note *note = strmap_find(book->by_id, str_slice(reference->more->target, 1, reference->more->target.n));
    if (!note) { /* read/ makes none; should one come, its words are kept */
        reference->kind = NODE_TEXT;
        reference->text =
            str_format(r->arena, "[^" STR_FMT "]", STR_ARG(str_slice(reference->more->target, 1, reference->more->target.n)));
        NodeMore *more = node_more(r->arena, reference);
        more->target = more->id = (Str){0};
        return;
    }
    if (note->node->value == 0) number_note(r, book, note);
    Str name = words_ncname(r->arena, str_format(r->arena, "fnref-" STR_FMT, STR_ARG(note->label)));
    if (++note->references > 1) name = str_format(r->arena, STR_FMT "-%u", STR_ARG(name), (unsigned)note->references);
    Str id = ids_take(r->ids, name, reference);
    if (note->references == 1) node_more(r->arena, note->node)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(id));
    reference->value = note->node->value;
    reference->text = str_format(r->arena, "%d", (int)note->node->value);
    node_more(r->arena, reference)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(note->node->more->id));
}

/* The references in the notes that have got a number since, and in those that these bring. */
static void read_notes(Resolution *r, NoteBook *book) {
    for (; book->read < book->ordered.count; book->read++) {
        Node *top = book->ordered.items[book->read]->node;
        for (Node *node = top; node; node = node_next(node, top)) {
            if (node->kind == NODE_NOTE_REFERENCE) resolve_reference(r, node, book);
        }
    }
}

static Node *add_section(Resolution *r) {
    Node *section = node_new(r->arena, NODE_NOTES, 0, 0);
    Node *heading = node_new(r->arena, NODE_HEADING, 0, 0);
    heading->generated = true;
    heading->value = level_top(r);
    ids_take(r->ids, STR("notes"), heading);
    node_append(heading, text_new(r->arena, label_text(r->tree->meta.language, LABEL_NOTES), NULL, true));
    node_append(section, heading);
    node_append(r->tree->root, section);
    return section;
}

/* Those with a number from `first` on, after `block`; NULL: at the document's end. */
static void place_notes(Resolution *r, NoteBook *book, uint32_t first, Node *block) {
    read_notes(r, book);
    for (uint32_t i = first; i < book->ordered.count; i++) {
        Node *note = book->ordered.items[i]->node;
        if (block)
            node_insert_after(block, note);
        else
            node_append(r->tree->root, note);
        block = block ? note : NULL;
    }
}

/* The document's references, in reading order; with `in_place` each block is followed by the notes that it brings. */
static void walk_references(Resolution *r, NoteBook *book, bool in_place) {
    Node *block = NULL; /* the child of the document or of a section that the walk is in */
    uint32_t placed = 0;
    for (Node *node = r->tree->root; node; node = node_next(node, r->tree->root)) {
        bool begins_block = node->parent && (node->parent->kind == NODE_DOCUMENT || node->parent->kind == NODE_SECTION);
        if (in_place && begins_block) {
            place_notes(r, book, placed, block);
            placed = book->ordered.count;
            block = node;
        }
        if (node->kind == NODE_NOTE_REFERENCE) resolve_reference(r, node, book);
    }
    if (in_place) place_notes(r, book, placed, block);
}

void resolve_notes(Resolution *r) {
    NoteBook book = {.by_id = strmap_new(r->arena)};
    bool in_place = !r->tree->meta.notes_at_end;
    take_notes(r, &book);
    if (r->written[NODE_NOTE_REFERENCE]) walk_references(r, &book, in_place);
    read_notes(r, &book);
    uint32_t placed = in_place ? book.ordered.count : 0;
    for (uint32_t i = 0; i < book.written.count; i++) {
        /* read/ has said that nothing refers to it; its words are kept all the same */
        if (book.written.items[i]->node->value == 0) number_note(r, &book, book.written.items[i]);
        read_notes(r, &book);
    }
    if (in_place) {
        place_notes(r, &book, placed, NULL);
        return;
    }
    if (book.ordered.count == 0) return;
    Node *section = add_section(r);
    for (uint32_t i = 0; i < book.ordered.count; i++) node_append(section, book.ordered.items[i]->node);
}
