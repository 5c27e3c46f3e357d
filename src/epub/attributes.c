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
    if (node->kind == NODE_PARAGRAPH && node->label.n > 0) return "numbered";
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
    bool variant = has_variants(node) && node->variant.n > 0;
    if (!kind && !variant && node->class_count == 0) return;
    Buf classes = buf_new(w->book->arena);
    if (kind) add_class(&classes, str_from(kind));
    if (variant && !(kind && str_is(node->variant, kind))) add_class(&classes, node->variant);
    for (uint16_t i = 0; i < node->class_count; i++) add_class(&classes, author_class(node, node->classes[i]));
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

/* Blocks whose words run against the document, and words in a line that run against what is round them: as the layout found them. */
static void write_direction(Writer *w, const Node *node) {
    KindLevel level = tree_kind(node->kind)->level;
    const uint8_t *runs = w->book->layout->runs;
    bool backwards = runs && (runs[node->number] & RUNS_BACKWARDS);
    bool apart = runs && (runs[node->number] & RUNS_APART);
    bool block = (level == LEVEL_TEXT_BLOCK || node->kind == NODE_CODE_BLOCK) && backwards != w->book->right_to_left;
    if (block || apart) xml_attribute_c(w->xml, "dir", backwards ? "rtl" : "ltr");
}

void write_attributes(Writer *w, const Node *node) {
    write_id(w, node);
    write_class(w, node);
    write_kind_role(w, node);
    write_language(w, node->language);
    write_direction(w, node);
}
