/* The attributes of an element that any node can have. Classes are the style sheet's handle: epub.h lists them. */
#include "epub/content.h"

/* Kinds that their element does not tell: the class is the kind's name. */
static const bool class_is_name[NODE_KIND_COUNT] = {
    [NODE_TITLE_BLOCK] = true,
    [NODE_SUBTITLE] = true,
    [NODE_STANDFIRST] = true,
    [NODE_BYLINE] = true,
    [NODE_DATELINE] = true,
    [NODE_FIGURES] = true,
    [NODE_CREDIT] = true,
    [NODE_DESCRIPTION] = true,
    [NODE_PULL_QUOTE] = true,
    [NODE_PULL_COPY] = true,
    [NODE_ATTRIBUTION] = true,
    [NODE_BOX] = true,
    [NODE_BOX_TITLE] = true,
    [NODE_NOTES] = true,
    [NODE_CONTENTS] = true,
    [NODE_CONTENTS_ENTRY] = true,
    [NODE_FRONT] = true,
    [NODE_FRONT_LINE] = true,
    [NODE_STATUS] = true,
    [NODE_PAGE_REFERENCE] = true,
};

static const char *kind_class(const Node *node) {
    if (class_is_name[node->kind]) return tree_kind(node->kind)->name;
    if (note_in_place(node)) return "note";
    if (node->kind == NODE_PARAGRAPH && node->more->label.n > 0) return "numbered";
    if (node->kind == NODE_LIST && node->tight) return "tight";
    if (node->kind == NODE_ITEM && node->task != TASK_NONE) return "task";
    if (node->kind == NODE_TABLE_CELL && node->align == ALIGN_CENTRE) return "align-centre";
    if (node->kind == NODE_TABLE_CELL && node->align == ALIGN_RIGHT) return "align-right";
    return NULL;
}

static void add_class(Buf *classes, Str name) {
    if (name.n == 0) return;
    if (classes->n > 0) buf_add_char(classes, ' ');
    buf_add(classes, name);
}

/* The words in the running text that a pull-quote repeats have the class that makes them so: they must not look like one. */
static Str author_class(const Node *node, Str name) {
    return node->kind == NODE_SPAN && str_is(name, "pull-quote") ? STR("pulled") : name;
}

static bool has_variants(const Node *node) {
    return node->kind == NODE_BOX || node->kind == NODE_DIV || node->kind == NODE_CONTENTS || node->kind == NODE_FRONT;
}

void write_class(Writer *w, const Node *node) {
    const char *kind = kind_class(node);
    bool variant = has_variants(node) && node->more->variant.n > 0;
    if (!kind && !variant && node->more->class_count == 0) return;
    Buf classes = buf_new(w->book->arena);
    if (kind) add_class(&classes, str_from(kind));
    if (variant && !(kind && str_is(node->more->variant, kind))) add_class(&classes, node->more->variant);
    for (uint16_t i = 0; i < node->more->class_count; i++) add_class(&classes, author_class(node, node->more->classes[i]));
    xml_attribute(w->xml, "class", buf_str(&classes));
}

void write_id(Writer *w, const Node *node) {
    Str id = w->book->ids[node->number];
    if (id.n > 0 && !w->in_artifact) xml_attribute(w->xml, "id", id);
}

void write_kind_role(Writer *w, const Node *node) {
    const Kind *kind = tree_kind(node->kind);
    if (w->in_artifact) return;
    if (kind->epub_type[0]) xml_attribute_c(w->xml, "epub:type", kind->epub_type);
    if (kind->role[0]) xml_attribute_c(w->xml, "role", kind->role);
}

void write_language(Writer *w, Str language) {
    if (language.n == 0) return;
    xml_attribute(w->xml, "lang", language);
    xml_attribute(w->xml, "xml:lang", language);
}

/* The sheet sets items in on the left of a document from left to right: one of a list that runs the other way is set in on the right. */
static void write_turned_item(Writer *w, const Node *item, bool backwards) {
    const Styles *styles = w->book->layout->styles;
    if (!styles || backwards == w->book->right_to_left) return;
    Lu size = style_of(styles, w->book->tree->root)->size;
    int64_t thousandths = ((int64_t)style_of(styles, item)->indent_left * 2000 + size) / (2 * size);
    xml_attribute(w->xml, "style",
        str_format(w->book->arena, "margin-%s: 0; margin-%s: %d.%03drem", backwards ? "left" : "right",
            backwards ? "right" : "left", (int)(thousandths / 1000), (int)(thousandths % 1000)));
}

/* Blocks and lists that run against what they stand in, and words in a line that run against what is round them: as the layout found. */
static void write_direction(Writer *w, const Node *node) {
    const uint8_t *runs = w->book->layout->runs;
    if (!runs || !node->parent) return;
    KindLevel level = tree_kind(node->kind)->level;
    uint8_t own = runs[node->number] & RUNS_BACKWARDS, round = runs[node->parent->number] & RUNS_BACKWARDS;
    bool block = level == LEVEL_TEXT_BLOCK || node->kind == NODE_CODE_BLOCK || node->kind == NODE_LIST;
    if (block ? own != round : (runs[node->number] & RUNS_APART) != 0) xml_attribute_c(w->xml, "dir", own ? "rtl" : "ltr");
    if (node->kind == NODE_ITEM && node->parent->kind == NODE_LIST) write_turned_item(w, node, own != 0);
}

void write_attributes(Writer *w, const Node *node) {
    write_id(w, node);
    write_class(w, node);
    write_kind_role(w, node);
    write_language(w, node->more->language);
    write_direction(w, node);
}
