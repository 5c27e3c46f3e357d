/* Footnotes, as GitHub and pandoc write them: "[^label]" and "[^label]: text". The notes stand at the end of the document in order of
 * first reference. A note that nothing refers to stays where it was written, so that its words are not lost. */
#include "read/internal.h"
#include <string.h>

/* "fn-" and the label in lower case, white space as hyphens: labels are compared by it. */
static Str note_id(Arena *arena, Str label) {
    Buf id = buf_new(arena);
    buf_add_c(&id, "fn-");
    label = str_trim(label);
    for (size_t i = 0; i < label.n; i++) {
        char c = label.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') c = '-';
        if (c == '-' && id.p[id.n - 1] == '-' && id.n > 3) continue;
        buf_add_char(&id, c);
    }
    return buf_str(&id);
}

static Spot definition_spot(const Reader *r, const cmark_node *node) {
    int column = node->start_column - 1 - node->internal_offset;
    return spot_at(r, (uint32_t)node->start_line + r->body_line, column > 0 ? (size_t)column : 0);
}

static Str definition_label(const cmark_node *node) {
    return (Str){(const char *)node->as.literal.data, (size_t)node->as.literal.len};
}

void notes_collect(Reader *r) {
    r->notes_by_id = strmap_new(r->arena);
    cmark_node *root = r->parser->root;
    for (cmark_node *node = root;;) {
        if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION) {
            Note *note = NEW(r->arena, Note);
            note->definition = node;
            note->id = note_id(r->arena, definition_label(node));
            note->at = definition_spot(r, node);
            *PUSH(r->arena, &r->notes, Note *) = note;
            if (r->notes.count == limit_of(LIMIT_NOTES) + 1) limit_tell(r->d, LIMIT_NOTES, reader_place(r, note->at));
            if (!strmap_find(r->notes_by_id, note->id)) strmap_put(r->notes_by_id, note->id, note);
        }
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        while (node != root && !node->next) node = node->parent;
        if (node == root) return;
        node = node->next;
    }
}

static Note *find_definition(const Reader *r, const cmark_node *node) {
    /* Definitions are met in the order in which they were collected, nearly always. */
    uint32_t low = 0, high = r->notes.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const cmark_node *other = r->notes.items[middle]->definition;
        if (other == node) return r->notes.items[middle];
        bool before = other->start_line < node->start_line ||
                      (other->start_line == node->start_line && other->start_column < node->start_column);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    BUG("a note that was not collected");
}

/* Keeps the place for the case that nothing refers to it. */
void note_read_definition(Reader *r, cmark_node *node, Node *parent) {
    Note *note = find_definition(r, node);
    note->in_place = node_new(r->nodes, NODE_DIV, note->at.line, note->at.column);
    node_more(r->nodes, note->in_place)->variant = STR("note-unused");
    node_append(parent, note->in_place);
}

/* Of parts that are read at the same time, which used it first is known when they are joined. */
void note_use(Reader *r, Note *note) {
    if (note->used) return;
    if (!r->is_part) note->used = true;
    *PUSH(r->arena, &r->used_notes, Note *) = note;
}

bool note_reference_read(Reader *r, Str label, Spot at, Node *parent) {
    Note *note = strmap_find(r->notes_by_id, note_id(r->arena, label));
    if (!note) {
        if (label.n > 60) label = str_slice(label, 0, 60);
        diag(r->d, DIAG_WARNING, "note-missing", reader_place(r, at),
            "write it as \"[^label]: text\", or escape the bracket: \\[^", "there is no note \"" STR_FMT "\"", STR_ARG(label));
        return false;
    }
    if (note->read && !note->used) return false;
    note_use(r, note);
    Node *reference = node_new(r->nodes, NODE_NOTE_REFERENCE, at.line, at.column);
    node_more(r->nodes, reference)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(note->id));
    node_append(parent, reference);
    return true;
}

/* Reads the notes that are referred to; reading one may refer to more. */
static void read_used(Reader *r, uint32_t *done) {
    while (*done < r->used_notes.count) {
        Note *note = r->used_notes.items[(*done)++];
        Node *node = node_new(r->nodes, NODE_NOTE, note->at.line, note->at.column);
        node_more(r->nodes, node)->id = note->id;
        node_append(r->tree->root, node);
        note->read = true;
        blocks_read(r, note->definition->first_child, NULL, node);
    }
}

static void read_unused(Reader *r, Note *note) {
    const Note *other = strmap_find(r->notes_by_id, note->id);
    Str label = definition_label(note->definition);
    if (label.n > 60) label = str_slice(label, 0, 60);
    if (other != note) {
        diag(r->d, DIAG_WARNING, "note-twice", reader_place(r, note->at), "give it a label of its own",
            "the note \"" STR_FMT "\" is defined in line %u already; this one is set as text", STR_ARG(label), other->at.line);
    } else {
        diag(r->d, DIAG_WARNING, "note-unused", reader_place(r, note->at),
            "refer to it as \"[^"
            "label]\", or take it out",
            "nothing refers to the note \"" STR_FMT "\"; it is set as text", STR_ARG(label));
    }
    note->read = true;
    blocks_read(r, note->definition->first_child, NULL, note->in_place);
    if (!note->in_place->first) node_unlink(note->in_place);
}

void notes_finish(Reader *r) {
    uint32_t done = 0;
    read_used(r, &done);
    /* A note inside another is reached only when that one is read; going on until nothing is left reaches all. */
    for (bool again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < r->notes.count; i++) {
            Note *note = r->notes.items[i];
            if (!note->in_place || note->read) continue;
            read_unused(r, note);
            read_used(r, &done);
            again = true;
        }
    }
    for (uint32_t i = 0; i < r->notes.count; i++) {
        Note *note = r->notes.items[i];
        if (note->used && note->in_place) node_unlink(note->in_place);
    }
}
