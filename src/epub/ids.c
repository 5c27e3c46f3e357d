/* XML ids. The document's own are kept where XML allows them (it forbids digits first, for instance), else changed; ids that the
 * backend needs and the document has not are added. An id is unique in the whole book, not only in its file.
 */
#include "epub/book.h"

/* Kinds that are written without an element of their own cannot be a target. */
static bool has_element(const Node *node) {
    return node->kind != NODE_DOCUMENT && node->kind != NODE_TEXT && node->kind != NODE_PAGE_BREAK;
}

/* Each name in the map has the last number that was tried behind it, so that many equal wishes cost no more than few. */
Str name_unique(Arena *arena, StrMap *taken, Str stem, const char *tail) {
    Str name = str_format(arena, STR_FMT "%s", STR_ARG(stem), tail);
    uint32_t *number = strmap_find(taken, name);
    if (number) {
        Str numbered;
        do {
            numbered = str_format(arena, STR_FMT "-%u%s", STR_ARG(stem), ++*number, tail);
        } while (strmap_find(taken, numbered));
        name = numbered;
    }
    uint32_t *first = NEW(arena, uint32_t);
    *first = 1;
    strmap_put(taken, name, first);
    return name;
}

/* The document's ids come first, so that a made one never takes an author's. */
static void keep_ids(Book *book) {
    const Node *root = book->tree->root;
    for (const Node *node = root; node; node = node->artifact ? node_next_after(node, root) : node_next(node, root)) {
        if (node->more->id.n == 0 || node->artifact || !has_element(node) || strmap_find(book->targets, node->more->id)) continue;
        strmap_put(book->targets, node->more->id, (void *)(uintptr_t)node);
        if (!xml_name_valid(node->more->id)) continue;
        book->ids[node->number] = name_unique(book->arena, book->names, node->more->id, "");
    }
}

enum { WIDE_TABLE = 6, NARROW_LINE = 32, BETWEEN_COLUMNS = 2 };

static uint32_t longest_word(const Node *cell, uint32_t longest) {
    for (const Node *leaf = cell->first; leaf; leaf = node_next(leaf, cell)) {
        uint32_t letters = 0;
        for (size_t at = 0; at < leaf->text.n && (leaf->kind == NODE_TEXT || leaf->kind == NODE_CODE);) {
            letters = utf8_next(leaf->text, &at) == ' ' ? 0 : letters + 1;
            if (letters > longest) longest = letters;
        }
    }
    return longest;
}

/* Whether the longest words of the columns, side by side, are more than a line of the narrowest screen holds. */
static bool words_are_wide(const Node *table) {
    uint32_t longest[WIDE_TABLE] = {0};
    for (const Node *row = table->first; row; row = row->next) {
        uint32_t sum = 0, column = 0;
        for (const Node *cell = row->first; cell && row->kind == NODE_TABLE_ROW && column < WIDE_TABLE; cell = cell->next) {
            longest[column] = longest_word(cell, longest[column]);
            column++;
        }
        for (uint32_t i = 0; i < WIDE_TABLE; i++) sum += longest[i] ? longest[i] + BETWEEN_COLUMNS : 0;
        if (sum > NARROW_LINE) return true;
    }
    return false;
}

bool table_scrolls(const Node *table) {
    return table->kind == NODE_TABLE && (table->value >= WIDE_TABLE || words_are_wide(table));
}

/* What labels something must have an id to be named by, and what the lists of tables and figures name, to be found. */
static const char *made_id(const Node *node) {
    if (node->kind == NODE_HEADING) return "heading";
    if (node->kind == NODE_BOX_TITLE) return "box-title";
    if (node->kind == NODE_CAPTION && table_scrolls(node->parent)) return "caption";
    if (node->kind == NODE_DESCRIPTION) return "description";
    bool captioned = false;
    if (node->kind == NODE_TABLE || node->kind == NODE_FIGURE) {
        const Node *second = node->first ? node->first->next : NULL; /* below an image, above rows */
        captioned = (node->first && node->first->kind == NODE_CAPTION) || (second && second->kind == NODE_CAPTION);
    }
    if (node->kind == NODE_TABLE && captioned) return "table";
    return node->kind == NODE_FIGURE && captioned ? "figure" : NULL;
}

static void make_ids(Book *book) {
    const Node *root = book->tree->root;
    for (const Node *node = root; node; node = node->artifact ? node_next_after(node, root) : node_next(node, root)) {
        if (node->artifact || book->ids[node->number].n > 0) continue;
        if (node->more->id.n > 0 && strmap_find(book->targets, node->more->id) == node) {
            book->ids[node->number] = name_unique(book->arena, book->names, xml_name_from(book->arena, node->more->id), "");
        } else if (made_id(node)) {
            /* From the words, not from a count: an edit elsewhere leaves it as it is. */
            bool label = tree_kind(node->kind)->level == LEVEL_TEXT_BLOCK;
            uint64_t words = str_hash(node_text(book->arena, label ? node->parent : node), STR_HASH_SEED);
            Str wanted = str_format(book->arena, "%s-%08x", made_id(node), (unsigned)(words ^ words >> 32));
            book->ids[node->number] = name_unique(book->arena, book->names, wanted, "");
        }
    }
}

void book_place_ids(Book *book) {
    book->ids = NEW_ARRAY(book->arena, Str, book->tree->count);
    book->targets = strmap_new(book->arena);
    book->names = strmap_new(book->arena);
    keep_ids(book);
    make_ids(book);
}

Str book_href(const Book *book, uint32_t from_file, const Node *target) {
    uint32_t file = book_file_of(book, target);
    Str id = book->ids[target->number];
    Str name = file == from_file ? STR("") : book->files.items[file].name;
    if (id.n == 0) return name;
    return str_format(book->arena, STR_FMT "#" STR_FMT, STR_ARG(name), STR_ARG(id));
}
