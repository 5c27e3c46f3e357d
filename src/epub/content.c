/* Nodes → XHTML, one file at a time. The tree is walked with an explicit way down and up, never by recursion: each node is entered, which
 * opens its elements, and left, which closes whatever entering it opened.
 */
#include "epub/content.h"

#include "resolve/resolve.h"

typedef struct {
    uint32_t *items; /* for each node on the way down: how many elements were open before its own */
    uint32_t count, capacity;
} Depths;

static bool is_block(const Node *node) {
    KindLevel level = tree_kind(node->kind)->level;
    return level != LEVEL_INLINE && level != LEVEL_LEAF;
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static const Node *child_of_kind(const Node *node, NodeKind kind) {
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind == kind) return child;
    }
    return NULL;
}

static void label_by(Writer *w, const Node *label) {
    if (label && label->first && !w->in_artifact) xml_attribute(w->xml, "aria-labelledby", w->book->ids[label->number]);
}

/* A section with a name is a landmark. One in a file is useful; one for each heading would bury the others, and two of the same
 * name could not be told apart. */
static void open_section(Writer *w, const Node *node) {
    xml_open(w->xml, "section");
    write_attributes(w, node);
    if (node->parent->kind == NODE_DOCUMENT) label_by(w, child_of_kind(node, NODE_HEADING));
}

/* The parts of a book before its text, as EPUB Structural Semantics 1.1 names them; none has a role. */
static void open_front(Writer *w, const Node *node) {
    static const char *const types[][2] = {{"cover", "titlepage"}, {"verso", "copyright-page"}, {"members", "contributors"}};
    open_section(w, node);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_is(node->more->variant, types[i][0])) xml_attribute_c(w->xml, "epub:type", types[i][1]);
    }
}

static void open_heading(Writer *w, const Node *node) {
    static const char *const elements[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    int level = node->value < 1 ? 1 : node->value > 6 ? 6 : (int)node->value;
    xml_open(w->xml, elements[level - 1]);
    write_attributes(w, node);
}

/* HTML's list types; others come from the style sheet. */
static const char *list_type(const Writer *w, const Node *list) {
    if (!w->book->layout->styles) return NULL;
    switch (style_of(w->book->layout->styles, list)->marker) {
    case MARKER_ALPHA: return "a";
    case MARKER_ROMAN: return "i";
    case MARKER_NONE:
    case MARKER_DISC:
    case MARKER_DASH:
    case MARKER_CIRCLE:
    case MARKER_SQUARE:
    case MARKER_DECIMAL: return NULL;
    }
    return NULL;
}

static void number_attribute(Writer *w, const char *name, int32_t number) {
    xml_attribute(w->xml, name, str_format(w->book->arena, "%d", (int)number));
}

static void open_list(Writer *w, const Node *node) {
    xml_open(w->xml, node->ordered ? "ol" : "ul");
    write_attributes(w, node);
    if (!node->ordered) return;
    if (node->value != 1) number_attribute(w, "start", node->value);
    if (list_type(w, node)) xml_attribute_c(w->xml, "type", list_type(w, node));
}

/* What is heard for the box is in the language of the item. */
static void write_task(Writer *w, const Node *item) {
    TaskState task = item->task;
    Str language = tree_language(w->book->tree, item);
    xml_open(w->xml, "span");
    xml_attribute_c(w->xml, "role", "img");
    xml_attribute(w->xml, "aria-label", label_text(language, task == TASK_DONE ? LABEL_DONE : LABEL_NOT_DONE));
    xml_text(w->xml, task == TASK_DONE ? STR("\xE2\x98\x91") : STR("\xE2\x98\x90")); /* U+2611, U+2610 */
    xml_close(w->xml, "span");
    xml_text(w->xml, STR(" "));
}

static void open_item(Writer *w, const Node *node) {
    xml_open(w->xml, "li");
    write_attributes(w, node);
    const Node *list = node->parent;
    int64_t expected = node->previous ? (int64_t)node->previous->value + 1 : list->value;
    if (list->ordered && node->value != expected) number_attribute(w, "value", node->value);
    /* The box of a task stands in its first line. */
    bool first_line = node->first && tree_kind(node->first->kind)->level == LEVEL_TEXT_BLOCK;
    if (node->task != TASK_NONE && !first_line) write_task(w, node);
}

static void open_block(Writer *w, const Node *node) {
    xml_open(w->xml, tree_kind(node->kind)->xhtml);
    write_attributes(w, node);
    const Node *parent = node->parent;
    bool first_line = tree_kind(node->kind)->level == LEVEL_TEXT_BLOCK && !node->previous;
    if (first_line && parent->kind == NODE_ITEM && parent->task != TASK_NONE) write_task(w, parent);
}

/* The number is a label, as a list's are, but HTML has none for paragraphs. */
static void open_paragraph(Writer *w, const Node *node) {
    open_block(w, node);
    if (node->more->label.n == 0 || w->in_artifact) return;
    xml_open(w->xml, "span");
    xml_attribute_c(w->xml, "class", "paragraph-number");
    xml_text(w->xml, node->more->label);
    xml_close(w->xml, "span");
    xml_text(w->xml, STR(" "));
}

static void open_contents(Writer *w, const Node *node) {
    xml_open(w->xml, "ol");
    write_attributes(w, node);
    w->contents = xml_depth(w->xml);
}

/* HTML allows one caption in a figure: what else is said below the image stands in it, too. */
static bool has_figure_words(const Node *figure) {
    return figure->kind == NODE_FIGURE && figure->last && figure->last->kind != NODE_IMAGE && figure->last->kind != NODE_CAPTION;
}

static void open_caption(Writer *w, const Node *node) {
    if (has_figure_words(node->parent)) {
        xml_open(w->xml, "p");
        xml_attribute_c(w->xml, "class", "caption");
        return;
    }
    xml_open(w->xml, node->parent->kind == NODE_TABLE ? "caption" : tree_kind(node->kind)->xhtml);
    write_attributes(w, node);
}

static Lu measure_of(const Writer *w, const Node *node) {
    const Layout *layout = w->book->layout;
    return layout->measures ? layout->measures[node->number] : 0;
}

static void percent_attribute(Writer *w, const char *property, Lu part, Lu whole) {
    if (part <= 0 || whole <= 0) return;
    xml_attribute(w->xml, "style", str_format(w->book->arena, "%s: %d%%", property, (int)((int64_t)part * 100 / whole)));
}

/* Side by side, in columns that share the measure as those on paper do. Where there was no room for that, there is one column. */
static void open_figure(Writer *w, const Node *node) {
    open_block(w, node);
    if (node->parent->kind != NODE_FIGURES) return;
    Lu column = measure_of(w, node), whole = measure_of(w, node->parent);
    percent_attribute(w, "flex-basis", column > 0 ? column : 1, column > 0 ? whole : 1);
}

static void open_figures(Writer *w, const Node *node) {
    open_block(w, node);
    if (w->book->layout->styles)
        percent_attribute(w, "column-gap", style_of(w->book->layout->styles, node)->gap, measure_of(w, node));
}

static void open_pull_copy(Writer *w, const Node *node) {
    open_block(w, node);
    xml_attribute_c(w->xml, "aria-hidden", "true");
}

/* The reader's screen has pages of its own. */
static void skip_page_break(Writer *w, const Node *node) {
    (void)w;
    (void)node;
}

static void write_code_block(Writer *w, const Node *node) {
    xml_open(w->xml, "pre");
    write_attributes(w, node);
    xml_open(w->xml, "code");
    if (node->more->variant.n > 0) {
        xml_attribute(w->xml, "class", str_format(w->book->arena, "language-" STR_FMT, STR_ARG(node->more->variant)));
    }
    inline_open(w, node);
    xml_close(w->xml, "code");
    xml_close(w->xml, "pre");
}

/* An aside of its own name. Notices and boxes are role="note", which is no landmark: landmarks must not stand in other landmarks,
 * and a document of thirty boxes would have thirty. */
static void open_box(Writer *w, const Node *node) {
    if (str_is(node->more->variant, "conclusion") ||
        str_is(node->more->variant, "recommendation")) { /* no aside: the text itself */
        xml_open(w->xml, "div");
        write_attributes(w, node);
        return;
    }
    xml_open(w->xml, "aside");
    write_attributes(w, node);
    xml_attribute_c(w->xml, "role", "note");
    const Node *title = child_of_kind(node, NODE_BOX_TITLE);
    label_by(w, title ? title : child_of_kind(node, NODE_HEADING));
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static bool is_head_row(const Node *node) { return node->kind == NODE_TABLE_ROW && node->header; }

static void open_row_group(Writer *w, const Node *row) {
    bool follows = row->previous && row->previous->kind == NODE_TABLE_ROW && row->previous->header == row->header;
    if (follows) return;
    xml_open(w->xml, row->header ? "thead" : "tbody");
    xml_line(w->xml);
}

static void close_row_group(Writer *w, const Node *row) {
    bool followed = row->next && row->next->kind == NODE_TABLE_ROW && row->next->header == row->header;
    if (followed) return;
    xml_close(w->xml, row->header ? "thead" : "tbody");
    xml_line(w->xml);
}

/* An empty header cell heads nothing: it is a plain cell. */
static void open_cell(Writer *w, const Node *node) {
    bool header = node->header || is_head_row(node->parent);
    bool says_something = node_text(w->book->arena, node).n > 0;
    xml_open(w->xml, header && says_something ? "th" : "td");
    if (header && says_something) xml_attribute_c(w->xml, "scope", is_head_row(node->parent) ? "col" : "row");
    write_attributes(w, node);
}

/* A table wider than the screen scrolls by itself, and the keyboard must reach it: a region, by its caption's name. Without a caption it
 * is called a table, which is not enough for a region: several could not be told apart. */
static void open_table(Writer *w, const Node *node) {
    if (table_scrolls(node) && !w->in_artifact) {
        xml_open(w->xml, "div");
        xml_attribute_c(w->xml, "class", "scroll");
        xml_attribute_c(w->xml, "tabindex", "0");
        const Node *caption = child_of_kind(node, NODE_CAPTION);
        bool named = caption && caption->first;
        xml_attribute_c(w->xml, "role", named ? "region" : "group");
        if (named)
            label_by(w, caption);
        else
            xml_attribute(w->xml, "aria-label", label_text(tree_language(w->book->tree, node->parent), LABEL_TABLE));
        xml_line(w->xml);
    }
    xml_open(w->xml, "table");
    write_attributes(w, node);
}

/* ---- The walk ---------------------------------------------------------------------------------------------------- */

/* Kinds that need more than their element and its attributes. */
static void (*const openers[NODE_KIND_COUNT])(Writer *w, const Node *node) = {
    [NODE_SECTION] = open_section,
    [NODE_NOTES] = open_section,
    [NODE_FRONT] = open_front,
    [NODE_PARAGRAPH] = open_paragraph,
    [NODE_CONTENTS] = open_contents,
    [NODE_HEADING] = open_heading,
    [NODE_LIST] = open_list,
    [NODE_ITEM] = open_item,
    [NODE_BOX] = open_box,
    [NODE_TABLE] = open_table,
    [NODE_TABLE_CELL] = open_cell,
    [NODE_CAPTION] = open_caption,
    [NODE_FIGURE] = open_figure,
    [NODE_FIGURES] = open_figures,
    [NODE_PULL_COPY] = open_pull_copy,
    [NODE_CODE_BLOCK] = write_code_block,
    [NODE_PAGE_BREAK] = skip_page_break,
};

/* Opens a node's elements. False: it has been written whole, its children included. */
static bool open_node(Writer *w, const Node *node) {
    if (openers[node->kind])
        openers[node->kind](w, node);
    else if (!is_block(node))
        return inline_open(w, node);
    else
        open_block(w, node);
    return true;
}

static bool begins_figure_words(const Node *node) {
    return node->parent && has_figure_words(node->parent) && node->kind != NODE_IMAGE &&
           (!node->previous || node->previous->kind == NODE_IMAGE);
}

/* The notes' list and a table's row groups are no nodes: they are opened before their first and closed after their last. Nor are
 * the lists inside a contents list. */
static void open_group(Writer *w, const Node *node) {
    if (node->kind == NODE_TABLE_ROW) open_row_group(w, node);
    if (node->kind == NODE_CONTENTS_ENTRY) contents_step(w, node);
    if (begins_figure_words(node)) {
        xml_open(w->xml, "figcaption");
        xml_line(w->xml);
    }
    if (node->kind == NODE_NOTE && !(node->previous && node->previous->kind == NODE_NOTE)) {
        xml_open(w->xml, "ol");
        if (node->value != 1) number_attribute(w, "start", node->value);
        xml_line(w->xml);
    }
}

static void close_group(Writer *w, const Node *node) {
    if (node->kind == NODE_TABLE_ROW) close_row_group(w, node);
    if (!node->next && node->parent && has_figure_words(node->parent)) {
        xml_close(w->xml, "figcaption");
        xml_line(w->xml);
    }
    if (node->kind == NODE_NOTE && !(node->next && node->next->kind == NODE_NOTE)) {
        xml_close(w->xml, "ol");
        xml_line(w->xml);
    }
}

/* A block that holds nothing is no element: somebody who goes from one to the next would come to it. A table's cells are its grid. */
static bool is_useless(const Writer *w, const Node *node) {
    bool grid = node->kind == NODE_TABLE_ROW || node->kind == NODE_TABLE_CELL;
    return is_block(node) && !grid && node->kind != NODE_SECTION && !w->book->says[node->number];
}

static bool enter(Writer *w, Depths *depths, const Node *node) {
    if (node->artifact) w->in_artifact = true;
    bool marks = !w->in_artifact;
    if (marks && !marks_inside(node)) write_marks(w, node);
    open_group(w, node);
    *PUSH(w->book->arena, depths, uint32_t) = xml_depth(w->xml);
    bool descend = open_node(w, node);
    if (marks && marks_inside(node)) write_marks(w, node);
    if (descend && tree_kind(node->kind)->level == LEVEL_BLOCK) xml_line(w->xml);
    return descend && node->first;
}

/* The way back stands at the end of a note's last paragraph; where the note ends with something else, in one of its own. */
void note_close(Writer *w, const Node *node) {
    const Node *note = node->kind == NODE_PARAGRAPH && !node->next ? node->parent : node;
    if (note->kind != NODE_NOTE || note->more->target.n == 0) return;
    if (node != note) {
        xml_text(w->xml, STR(" "));
        write_back_link(w, note);
    } else if (!(node->last && node->last->kind == NODE_PARAGRAPH)) {
        xml_open(w->xml, "p");
        write_back_link(w, node);
        xml_close(w->xml, "p");
        xml_line(w->xml);
    }
}

static void leave(Writer *w, Depths *depths, const Node *node) {
    note_close(w, node);
    xml_close_to(w->xml, depths->items[--depths->count] + (node->kind == NODE_CONTENTS_ENTRY ? 1 : 0)); /* see contents.c */
    if (w->link == node) w->link = NULL;
    if (is_block(node)) xml_line(w->xml);
    close_group(w, node);
    if (node->artifact && !(node->parent && node->parent->artifact)) w->in_artifact = false;
}

void content_walk(Writer *w, const Node *first, const Node *end) {
    Depths depths = {0};
    const Node *top = first ? first->parent : NULL, *node = first;
    while (node && node != end) {
        if (note_in_place(node)) {
            *PUSH(w->book->arena, &w->notes, const Node *) = node;
        } else if (is_useless(w, node)) {
            /* and so is all that is in it */
        } else if (enter(w, &depths, node)) {
            node = node->first;
            continue;
        } else {
            leave(w, &depths, node);
        }
        while (!node->next && node->parent != top) {
            node = node->parent;
            leave(w, &depths, node);
        }
        node = node->next;
    }
}

/* Pages after the last content, if any. */
static void write_last_marks(Writer *w) {
    for (uint32_t i = 0; i < w->book->mark_count; i++) {
        if (w->book->marks[i].node) continue;
        write_mark(w, &w->book->marks[i], "div");
        xml_line(w->xml);
    }
}

/* The protective marking, at the head and foot of every file as on every page. It has been said once, where the document has its own
 * notice: here it is to be seen. */
static void write_marking(Writer *w) {
    Str marking = str_trim(w->book->tree->meta.marking);
    if (marking.n == 0) return;
    xml_open(w->xml, "p");
    xml_attribute_c(w->xml, "class", "marking-repeat");
    xml_attribute_c(w->xml, "aria-hidden", "true");
    xml_text(w->xml, marking);
    xml_close(w->xml, "p");
    xml_line(w->xml);
}

static bool begins_with_marking(const Node *node) {
    while (node && tree_kind(node->kind)->level == LEVEL_BLOCK) node = node->first;
    return node && node->kind == NODE_STATUS && node_has_class(node, "marking");
}

void content_write(Book *book, uint32_t file) {
    ContentFile *content = &book->files.items[file];
    Buf out = buf_new(book->arena);
    Xml xml = xml_new(&out);
    Writer w = {.book = book, .xml = &xml, .file = file};
    xhtml_begin(&xml, book, content->title);
    xml_line(&xml);
    if (!begins_with_marking(content->first)) write_marking(&w);
    content_walk(&w, content->first, content->end);
    if (file + 1 == book->files.count) write_last_marks(&w);
    notes_write(&w);
    write_marking(&w);
    xhtml_end(&xml);
    content->xhtml = buf_str(&out);
}
