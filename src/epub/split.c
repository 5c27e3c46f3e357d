/* Which part of the document goes into which file: what stands before the first section (with the title block) into the first,
 * then each top-level section into its own, with what follows it up to the next; the notes into theirs.
 */
#include "epub/book.h"

static bool begins_file(const Node *child) {
    return child->previous == NULL || child->kind == NODE_SECTION || child->kind == NODE_NOTES ||
           child->previous->kind == NODE_NOTES;
}

static const Node *heading_of(const Node *section) {
    for (const Node *child = section->first; child; child = child->next) {
        if (child->kind == NODE_HEADING) return child;
    }
    return NULL;
}

static Str file_title(const Book *book, const Node *first) {
    Str title = {0};
    if (first && (first->kind == NODE_SECTION || first->kind == NODE_NOTES)) {
        const Node *heading = heading_of(first);
        if (heading) title = node_text(book->arena, heading);
    }
    return title.n > 0 ? title : book->title;
}

void book_split(Book *book) {
    const Node *child = book->tree->root->first;
    uint32_t sections = 0, others = 0;
    do {
        ContentFile file = {.first = child, .title = file_title(book, child), .notes = child && child->kind == NODE_NOTES};
        if (child && child->kind == NODE_SECTION) {
            file.name = str_format(book->arena, "section-%u.xhtml", ++sections);
        } else if (file.notes || book->files.count > 0) {
            uint32_t number = ++others; /* more than one file of notes is not expected, but must not collide */
            file.name = number == 1 ? STR("notes.xhtml") : str_format(book->arena, "notes-%u.xhtml", number);
        } else {
            file.name = STR("start.xhtml");
        }
        if (child) child = child->next;
        while (child && !begins_file(child)) child = child->next;
        file.end = child;
        *PUSH(book->arena, &book->files, ContentFile) = file;
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
