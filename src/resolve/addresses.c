/* Addresses on paper: where a link leads, for a reader who cannot follow it.
 *
 * Each link out of the document gets a mark, and the address is a note with that mark, so that it stands at the foot of the page as
 * notes do. The marks are letters, a series of their own that runs through the document: the numbers of the author's notes are what they
 * are without. In a note there is no note: there the address follows in the pointed brackets that RFC 3986 (appendix C) asks for.
 * None gets the link that says its address, and none stands in what is a heading. Runs last, when addresses are valid.
 */
#include "resolve/passes.h"

typedef struct {
    Resolution *r;
    Node *block; /* the child of the document or of a section that the walk is in */
    Node *after; /* it, or the last of the notes behind it that has been referred to */
    const Node *text_block; /* that holds the inline */
    const Node *note, *note_end; /* the note that the walk is in, and what comes behind it */
    StrMap *known; /* address → its NOTE, in this chapter; or in this note, anything */
    StrMap *known_in_note;
    uint32_t count; /* of addresses */
} Addresses;

/* "a" … "z", "aa" … */
static Str letters(Arena *arena, uint32_t number) {
    char text[8];
    size_t at = sizeof text;
    for (; number > 0 && at > 0; number = (number - 1) / 26) text[--at] = (char)('a' + (number - 1) % 26);
    return str_copy(arena, (Str){text + at, sizeof text - at});
}

static bool take_prefix(Str *s, Str prefix) {
    if (!str_equal_nocase(str_slice(*s, 0, prefix.n), prefix)) return false;
    *s = str_slice(*s, prefix.n, s->n);
    return true;
}

/* As it is written on paper: for mail and telephone the address alone. */
static Str address_shown(Str address) {
    if (!take_prefix(&address, STR("mailto:"))) take_prefix(&address, STR("tel:"));
    return address;
}

/* What is typed to get there, in short. */
static Str address_core(Str address) {
    address = address_shown(str_trim(address));
    if (!take_prefix(&address, STR("https://")) && !take_prefix(&address, STR("http://"))) take_prefix(&address, STR("ftp://"));
    take_prefix(&address, STR("www."));
    return str_ends(address, STR("/")) ? str_slice(address, 0, address.n - 1) : address;
}

static bool has_digit(Str words) {
    for (size_t i = 0; i < words.n; i++)
        if (words.p[i] >= '0' && words.p[i] <= '9') return true;
    return false;
}

static bool says_itself(const Addresses *a, const Node *link) {
    Str words = node_text(a->r->arena, link), scheme = str_slice(link->more->target, 0, 4);
    if (str_equal_nocase(scheme, STR("tel:")) && has_digit(words)) return true; /* as people write it */
    return str_equal_nocase(address_core(words), address_core(link->more->target));
}

static bool is_title(const Node *text_block) {
    switch ((int)text_block->kind) {
    case NODE_TITLE:
    case NODE_SUBTITLE:
    case NODE_HEADING:
    case NODE_BOX_TITLE:
    case NODE_CONTENTS_ENTRY:
    case NODE_PULL_COPY: return true;
    default: return false;
    }
}

/* " <https://example.org>" behind the link. */
static void address_in_line(Addresses *a, Node *link) {
    Arena *arena = a->r->arena;
    if (strmap_find(a->known_in_note, link->more->target)) return;
    strmap_put(a->known_in_note, link->more->target, link);
    const Node *last = link;
    while (last->last) last = last->last;
    const char *space = last->kind == NODE_LINE_BREAK || str_ends(last->text, STR(" ")) ? "" : " ";
    Str words = str_format(arena, "%s<" STR_FMT ">", space, STR_ARG(address_shown(link->more->target)));
    node_insert_after(link, text_new(arena, words, link, true));
}

static Node *address_note(Addresses *a, const Node *link) {
    Resolution *r = a->r;
    Node *note = added_new(r, NODE_NOTE, "address"), *paragraph = added_new(r, NODE_PARAGRAPH, NULL);
    Node *to = added_new(r, NODE_LINK, NULL);
    Str mark = letters(r->arena, ++a->count);
    node_more(r->arena, note)->label = str_format(r->arena, STR_FMT ".", STR_ARG(mark));
    note->value = (int32_t)a->count;
    ids_take(r->ids, str_format(r->arena, "fn-address-" STR_FMT, STR_ARG(mark)), note);
    node_more(r->arena, to)->target = link->more->target;
    node_append(to, text_new(r->arena, address_shown(link->more->target), NULL, true));
    node_append(paragraph, to);
    node_append(note, paragraph);
    node_insert_after(a->after, note);
    a->after = note;
    return note;
}

static void address_mark(Addresses *a, Node *link, Node *note) {
    Resolution *r = a->r;
    Node *mark = added_new(r, NODE_NOTE_REFERENCE, "address");
    Str letter = str_slice(note->more->label, 0, note->more->label.n - 1);
    mark->text = letter;
    mark->value = note->value;
    node_more(r->arena, mark)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(note->more->id));
    ids_take(r->ids, str_format(r->arena, "fnref-address-" STR_FMT, STR_ARG(letter)), mark);
    if (note->more->target.n == 0) node_more(r->arena, note)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(mark->more->id));
    node_insert_after(link, mark);
    if (!mark->next || mark->next->kind != NODE_NOTE_REFERENCE) return;
    Node *between = added_new(r, NODE_SUPERSCRIPT, NULL); /* two marks in a row would be one */
    node_append(between, text_new(r->arena, STR(","), NULL, true));
    node_insert_after(mark, between);
}

static void address_add(Addresses *a, Node *link) {
    if (link->more->target.n == 0 || str_starts(link->more->target, STR("#")) || is_title(a->text_block) || says_itself(a, link))
        return;
    if (a->note) {
        address_in_line(a, link);
        return;
    }
    Node *note = strmap_find(a->known, link->more->target);
    if (!note) {
        note = address_note(a, link);
        strmap_put(a->known, link->more->target, note);
    }
    address_mark(a, link, note);
}

/* Notes stand in the order of the first references to them: what comes now comes behind those referred to so far. */
static void pass_reference(Addresses *a, const Node *reference) {
    while (a->after->next && a->after->next->kind == NODE_NOTE && a->after->next->value <= reference->value)
        a->after = a->after->next;
}

static void enter(Addresses *a, Node *node) {
    NodeKind in = node->parent ? node->parent->kind : NODE_KIND_COUNT;
    if (node == a->note_end) a->note = a->note_end = NULL;
    if (node->kind == NODE_NOTE) {
        a->note = node;
        a->note_end = node_next_after(node, a->r->tree->root);
        a->known_in_note = strmap_new(a->r->arena);
        return;
    }
    if (in == NODE_DOCUMENT || in == NODE_SECTION) a->block = a->after = node;
    if (in == NODE_DOCUMENT && node->kind == NODE_SECTION) a->known = strmap_new(a->r->arena);
    if (tree_kind(node->kind)->level == LEVEL_TEXT_BLOCK) a->text_block = node;
    if (node->kind == NODE_NOTE_REFERENCE && !a->note) pass_reference(a, node);
    if (node->kind == NODE_LINK) address_add(a, node);
}

void resolve_addresses(Resolution *r) {
    Addresses a = {.r = r, .known = strmap_new(r->arena)};
    Node *root = r->tree->root;
    for (Node *node = root, *next; node; node = next) {
        bool added = node->generated && node_has_class(node, "address");
        bool passed = node->artifact || (added && (node->kind == NODE_NOTE || node->kind == NODE_NOTE_REFERENCE));
        if (passed && node == a.note_end) a.note = a.note_end = NULL;
        if (!passed) enter(&a, node);
        next = passed ? node_next_after(node, root) : node_next(node, root);
    }
}
