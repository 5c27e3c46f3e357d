/* The navigation document (EPUB 3.3 §7): contents, the list of pages, lists of tables and figures, landmarks.
 *
 * The contents are first made a flat list of entries with depths, in which no entry is more than one deeper than the one before:
 * so the nested lists are right whatever the sections are like.
 */
#include "epub/content.h"

#include "resolve/resolve.h"

enum { HEADING_LEVELS = 6 };

typedef struct {
    Str text, href;
    uint32_t depth;
} Entry;

typedef struct {
    Entry *items;
    uint32_t count, capacity;
} Entries;

/* The entries under which the next may stand: each of a higher level than the one behind it. */
typedef struct {
    int32_t items[HEADING_LEVELS];
    uint32_t count;
} Levels;

static void add_entry(const Book *book, Entries *entries, Levels *levels, const Node *heading) {
    Str text = node_text(book->arena, heading);
    if (text.n == 0) return; /* a link must say something */
    int32_t level = heading->value < 1 ? 1 : heading->value > HEADING_LEVELS ? HEADING_LEVELS : heading->value;
    while (levels->count > 0 && levels->items[levels->count - 1] >= level) levels->count--;
    *PUSH(book->arena, entries, Entry) = (Entry){text, book_href(book, INDEX_NONE, heading), levels->count};
    levels->items[levels->count++] = level;
}

/* One entry for the document itself, and one for each heading, wherever it stands; but in a note at its file's end it would come out of
 * the order in which the book is read. */
static Entries contents_of(const Book *book) {
    Entries entries = {0};
    Levels levels = {.count = 0};
    const Node *root = book->tree->root;
    const ContentFile *first = &book->files.items[0];
    if (!first->first || first->first->kind != NODE_SECTION) {
        *PUSH(book->arena, &entries, Entry) = (Entry){book->title, first->name, 0};
    }
    for (const Node *node = root, *next; node; node = next) {
        bool apart = node->artifact || note_in_place(node);
        next = apart ? node_next_after(node, root) : node_next(node, root);
        if (!apart && node->kind == NODE_HEADING) add_entry(book, &entries, &levels, node);
    }
    if (entries.count == 0) *PUSH(book->arena, &entries, Entry) = (Entry){book->title, first->name, 0};
    return entries;
}

static void nav_open(Xml *xml, const char *type, const char *role) {
    xml_open(xml, "nav");
    xml_attribute_c(xml, "id", type);
    xml_attribute_c(xml, "epub:type", type);
    if (role) xml_attribute_c(xml, "role", role);
}

static void nav_heading(Xml *xml, Str text) {
    xml_line(xml);
    xml_leaf(xml, "h2", text);
    xml_line(xml);
}

static void nav_link(Xml *xml, const char *type, Str href, Str text) {
    xml_open(xml, "a");
    if (type) xml_attribute_c(xml, "epub:type", type);
    xml_attribute(xml, "href", href);
    xml_text(xml, text);
    xml_close(xml, "a");
}

static void write_contents(Xml *xml, const Book *book) {
    Entries entries = contents_of(book);
    nav_open(xml, "toc", "doc-toc");
    xml_attribute(xml, "aria-label", label_text(book->language, LABEL_CONTENTS));
    nav_heading(xml, label_text(book->language, LABEL_CONTENTS));
    uint32_t outside = xml_depth(xml);
    for (uint32_t i = 0; i < entries.count; i++) {
        const Entry *entry = &entries.items[i];
        uint32_t here = outside + 2 * entry->depth; /* each level is an ol and the li round the next */
        if (i == 0 || entry->depth > entries.items[i - 1].depth) {
            xml_open(xml, "ol");
            xml_line(xml);
        } else {
            xml_close_to(xml, here + 1);
            xml_line(xml);
        }
        xml_open(xml, "li");
        nav_link(xml, NULL, entry->href, entry->text);
    }
    xml_close_to(xml, outside - 1);
    xml_line(xml);
}

static void write_pages(Xml *xml, const Book *book) {
    if (book->mark_count == 0) return;
    nav_open(xml, "page-list", "doc-pagelist");
    xml_attribute(xml, "aria-label", label_text(book->language, LABEL_PAGES));
    nav_heading(xml, label_text(book->language, LABEL_PAGES));
    xml_open(xml, "ol");
    xml_line(xml);
    for (uint32_t i = 0; i < book->mark_count; i++) {
        const PageMark *mark = &book->marks[i];
        uint32_t file = mark->node ? book_file_of(book, mark->node) : book->files.count - 1;
        Str name = book->files.items[file].name;
        xml_open(xml, "li");
        Str label = book->layout->items[mark->page].label;
        if (label.n == 0) label = str_format(book->arena, "[%u]", mark->page + 1); /* a link must say something */
        nav_link(xml, NULL, str_format(book->arena, STR_FMT "#" STR_FMT, STR_ARG(name), STR_ARG(mark->id)), label);
        xml_close(xml, "li");
        xml_line(xml);
    }
    xml_close(xml, "ol");
    xml_close(xml, "nav");
    xml_line(xml);
}

/* Every table, or figure, that has a caption. For reading systems that offer such lists. */
static void write_captions(Xml *xml, const Book *book, NodeKind kind, const char *type, Label heading) {
    const Node *root = book->tree->root;
    bool open = false;
    for (const Node *node = root; node; node = node->artifact ? node_next_after(node, root) : node_next(node, root)) {
        if (node->kind != NODE_CAPTION || node->parent->kind != kind || node->artifact) continue;
        Str text = node_text(book->arena, node);
        if (text.n == 0) continue;
        if (!open) {
            nav_open(xml, type, NULL);
            xml_attribute_c(xml, "hidden", "hidden");
            nav_heading(xml, label_text(book->language, heading));
            xml_open(xml, "ol");
            xml_line(xml);
            open = true;
        }
        xml_open(xml, "li");
        nav_link(xml, NULL, book_href(book, INDEX_NONE, node->parent), text);
        xml_close(xml, "li");
        xml_line(xml);
    }
    if (!open) return;
    xml_close(xml, "ol");
    xml_close(xml, "nav");
    xml_line(xml);
}

static void landmark(Xml *xml, const char *type, Str href, Str text) {
    xml_open(xml, "li");
    nav_link(xml, type, href, text);
    xml_close(xml, "li");
    xml_line(xml);
}

/* For reading systems, not for readers: not shown. */
static void write_landmarks(Xml *xml, const Book *book) {
    nav_open(xml, "landmarks", NULL);
    xml_attribute_c(xml, "hidden", "hidden");
    xml_line(xml);
    xml_open(xml, "ol");
    xml_line(xml);
    landmark(xml, "cover", STR("cover.xhtml"), label_text(book->language, LABEL_COVER));
    const ContentFile *files = book->files.items, *contents = NULL;
    uint32_t text = 0; /* the first file that is neither front nor contents */
    while (text < book->files.count && (files[text].front || files[text].contents)) text++;
    for (uint32_t i = 0; i < book->files.count && !contents; i++) {
        if (files[i].contents) contents = &files[i];
    }
    if (contents) landmark(xml, "toc", contents->name, contents->title);
    landmark(xml, "bodymatter", files[text < book->files.count ? text : 0].name, label_text(book->language, LABEL_BEGINNING));
    for (uint32_t i = 0; i < book->files.count; i++) {
        if (files[i].notes) landmark(xml, "endnotes", files[i].name, files[i].title);
    }
    xml_close(xml, "ol");
    xml_close(xml, "nav");
    xml_line(xml);
}

Str nav_write(const Book *book) {
    Buf out = buf_new(book->arena);
    Xml xml = xml_new(&out);
    xhtml_begin(&xml, book, book->title);
    xml_line(&xml);
    write_contents(&xml, book);
    write_pages(&xml, book);
    write_captions(&xml, book, NODE_TABLE, "lot", LABEL_LIST_OF_TABLES);
    write_captions(&xml, book, NODE_FIGURE, "loi", LABEL_LIST_OF_FIGURES);
    write_landmarks(&xml, book);
    xhtml_end(&xml);
    return buf_str(&out);
}
