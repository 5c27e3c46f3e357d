/* Which part of the document goes into which file: each page before the text into its own, then what stands before the first section
 * (with the title block), then each top-level section, with what follows it up to the next; the notes of `notes: end` into theirs.
 */
#include "epub/book.h"

static bool stands_alone(const Node *child) { return child->kind == NODE_NOTES || child->kind == NODE_FRONT; }

/* A note that stands in its place belongs to what it follows. */
static bool begins_file(const Node *child) {
    if (child->kind == NODE_SECTION || stands_alone(child)) return true;
    return stands_alone(child->previous) && child->kind != NODE_NOTE;
}

static bool holds_contents(const Node *section) {
    for (const Node *child = section->first; child; child = child->next) {
        if (child->kind == NODE_CONTENTS) return true;
    }
    return false;
}

static const Node *heading_of(const Node *section) {
    for (const Node *child = section->first; child; child = child->next) {
        if (child->kind == NODE_HEADING) return child;
    }
    return NULL;
}

static Str file_title(const Book *book, const Node *first) {
    Str title = {0};
    if (first && (first->kind == NODE_SECTION || stands_alone(first))) {
        const Node *heading = heading_of(first);
        if (heading) title = node_text(book->arena, heading);
    }
    return title.n > 0 ? title : book->title;
}

static Str file_name(const Book *book, const ContentFile *file, StrMap *taken, uint32_t *sections) {
    Str stem = STR("text");
    if (book->files.count == 0 && !(file->first && file->first->kind == NODE_SECTION))
        stem = STR("start");
    else if (file->notes)
        stem = STR("notes");
    else if (file->contents)
        stem = STR("contents");
    else if (file->first->kind == NODE_SECTION)
        return str_format(book->arena, "section-%u.xhtml", ++*sections);
    else if (file->front)
        stem = str_format(book->arena, "front-" STR_FMT, STR_ARG(xml_name_from(book->arena, file->first->more->variant)));
    return name_unique(book->arena, taken, stem, ".xhtml");
}

/* The first child after the file's. Notices before anything else go with what they are put on. */
static const Node *file_end(const Node *first) {
    bool only_notices = !first->previous && first->kind == NODE_STATUS;
    const Node *child = first->next;
    while (child && (only_notices || !begins_file(child))) {
        only_notices = only_notices && child->kind == NODE_STATUS;
        child = child->next;
    }
    return child;
}

void book_split(Book *book) {
    const Node *child = book->tree->root->first;
    StrMap *taken = strmap_new(book->arena);
    uint32_t sections = 0;
    do {
        ContentFile file = {.first = child, .title = file_title(book, child)};
        if (child) {
            file.notes = child->kind == NODE_NOTES;
            file.front = child->kind == NODE_FRONT;
            file.contents = child->kind == NODE_SECTION && holds_contents(child);
            file.end = file_end(child);
        }
        file.name = file_name(book, &file, taken, &sections);
        *PUSH(book->arena, &book->files, ContentFile) = file;
        child = file.end;
    } while (child);
}

uint32_t book_file_of(const Book *book, const Node *node) {
    uint32_t low = 0, high = book->files.count;
    while (high - low > 1) { /* the last file that begins at the node or before it */
        uint32_t middle = low + (high - low) / 2;
        if (book->files.items[middle].first->number <= node->number)
            low = middle;
        else
            high = middle;
    }
    return low;
}
