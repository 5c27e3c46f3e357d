/* Which elements a document has. Types: ISO 32000-1 §14.8.4; what PDF/UA asks of each: ISO 14289-1 §7. */
#include "pdf/structure.h"

#include "resolve/resolve.h"

enum { CONTENTS_DEPTH = 6 };

static bool is_decorative(const Node *image) { return image->has_alt && image->text.n == 0; }

static const Node *figure_image(const Node *figure) {
    for (const Node *child = figure->first; child; child = child->next) {
        if (child->kind == NODE_IMAGE) return child;
    }
    return NULL;
}

const Node *element_image(const Element *e) {
    if (!str_is(str_from(e->type), "Figure")) return NULL;
    return e->node->kind == NODE_FIGURE ? figure_image(e->node) : e->node;
}

/* A list that holds notes would be an L without an LI: its notes stand in the section of notes. */
static bool holds_notes(const Node *list) { return list->first && list->first->kind == NODE_NOTE; }

static bool is_link(NodeKind kind) { return kind == NODE_LINK || kind == NODE_NOTE_REFERENCE || kind == NODE_NOTE; }

bool structure_link_target(const Structure *s, const Node *link, const Node **node, Str *address) {
    *node = NULL;
    *address = (Str){0};
    if (!is_link(link->kind) || link->more->target.n == 0) return false;
    if (link->more->target.p[0] != '#') {
        *address = link->more->target;
        return link->more->target.n <= STRUCTURE_ADDRESS_LIMIT;
    }
    const Node *target = strmap_find(s->targets, str_slice(link->more->target, 1, link->more->target.n));
    if (!target || s->layout->places[target->number].page >= s->layout->count) return false;
    *node = target;
    return true;
}

/* A numbered paragraph's number hangs in the margin: it is its label and no words of it. */
static bool has_label(const Node *node) {
    return node->kind == NODE_ITEM || node->kind == NODE_NOTE || (node->kind == NODE_PARAGRAPH && node->more->label.n > 0);
}

Str element_label_words(const Structure *s, const Element *e) {
    if (e->part != PART_LABEL || e->node->kind != NODE_ITEM || e->node->task == TASK_NONE) return (Str){0};
    return label_text(tree_language(s->layout->tree, e->node), e->node->task == TASK_DONE ? LABEL_DONE : LABEL_NOT_DONE);
}

/* An empty cell heads nothing, above all not the corner over a column of headers. */
static bool is_header(const Node *cell) {
    if (!cell->header) return false;
    for (const Node *node = cell->first; node; node = node_next(node, cell)) {
        KindLevel level = tree_kind(node->kind)->level;
        if (level == LEVEL_LEAF && node->kind != NODE_LINE_BREAK && (node->kind != NODE_TEXT || node->text.n > 0)) return true;
    }
    return false;
}

static Lu shift_of(const Structure *s, const Node *node) {
    const Styles *styles = s->layout->styles;
    if (!styles || (node->kind != NODE_SUBSCRIPT && node->kind != NODE_SUPERSCRIPT)) return 0;
    return style_of(styles, node)->baseline_shift - style_of(styles, node->parent)->baseline_shift;
}

static bool is_struck(const Structure *s, const Node *node) {
    return node->kind == NODE_STRIKE && s->layout->styles && style_of(s->layout->styles, node)->strike;
}

Lu element_shift(const Structure *s, const Element *e) { return shift_of(s, e->node); }

bool element_is_struck(const Structure *s, const Element *e) { return is_struck(s, e->node); }

/* The number that a caption or an entry of the contents begins with. */
static bool is_number(const Node *text) {
    const Node *block = text->parent;
    if (text->kind != NODE_TEXT || text->previous || !block) return false;
    if (block->kind == NODE_LINK && block->parent->kind == NODE_CONTENTS_ENTRY) block = block->parent;
    return (block->kind == NODE_CAPTION || block->kind == NODE_CONTENTS_ENTRY) && block->more->label.n > 0;
}

/* The structure type of a node's own element, "" for none. Text and emphasis have none in PDF 1.7, and a span needs one only
 * for what it states: its language, an expansion, or that its words mean another thing where they stand (2 and 10 in 2¹⁰) or because they are
 * struck out, which a reader of the words alone would not know (§14.8.4.4.2). */
static const char *node_type(const Structure *s, const Node *node) {
    static const char *const headings[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    const Node *target;
    Str address;
    switch ((int)node->kind) {
    case NODE_HEADING: return headings[node->value < 1 ? 0 : node->value > 6 ? 5 : node->value - 1];
    case NODE_CODE_BLOCK: return "P";
    case NODE_LIST: return holds_notes(node) ? "" : "L";
    case NODE_TABLE_CELL: return is_header(node) ? "TH" : "TD";
    case NODE_FIGURE: {
        const Node *image = figure_image(node);
        return image && !is_decorative(image) ? "Figure" : "Div";
    }
    case NODE_IMAGE: return is_decorative(node) || (node->parent && node->parent->kind == NODE_FIGURE) ? "" : "Figure";
    case NODE_LINK: /* a TOCI may hold a Reference, and that a Link (Table 333) */
        if (!structure_link_target(s, node, &target, &address)) return "";
        return node->parent && node->parent->kind == NODE_CONTENTS_ENTRY ? "Reference" : "Link";
    case NODE_NOTE_REFERENCE: return structure_link_target(s, node, &target, &address) ? "Reference" : "";
    case NODE_TEXT: return node->parent && node->parent->kind == NODE_CAPTION && is_number(node) ? "Lbl" : "";
    case NODE_ABBREVIATION: return node_attribute(node, "title").n > 0 ? "Span" : "";
    case NODE_SUBSCRIPT:
    case NODE_SUPERSCRIPT: return shift_of(s, node) != 0 ? "Span" : "";
    case NODE_STRIKE: return is_struck(s, node) ? "Span" : "";
    case NODE_BOX: /* part of the text, or a section beside it */
        return str_is(node->more->variant, "conclusion") || str_is(node->more->variant, "recommendation") ? "Div" : "Sect";
    case NODE_SPAN: return "";
    default: return tree_kind(node->kind)->pdf;
    }
}

static ElementNumber element_add(Structure *s, const Node *node, const char *type, ElementNumber parent, ElementPart part) {
    Element *e = PUSH(s->arena, s, Element);
    *e = (Element){.node = node, .type = type, .parent = parent, .part = part, .first_kid = KID_NONE, .last_kid = KID_NONE};
    return s->count - 1;
}

/* ---- Contents ------------------------------------------------------------------------------------------------------ */

/* The levels of the contents that are open: entries deeper than the one before them are a TOC inside its TOCI. */
typedef struct {
    struct {
        int32_t depth;
        ElementNumber list, last; /* its TOC, and the TOCI that it ends with so far */
    } levels[CONTENTS_DEPTH];
    int count;
} Contents;

static void contents_begin(Contents *contents, ElementNumber list) {
    contents->count = 1;
    contents->levels[0].list = list;
    contents->levels[0].last = ELEMENT_NONE;
}

/* The list that an entry belongs to. Depths grow along the levels, so that there are never more of them than depths. */
static ElementNumber contents_list(Structure *s, Contents *contents, const Node *entry) {
    int32_t depth = entry->value < 1 ? 1 : entry->value > CONTENTS_DEPTH ? CONTENTS_DEPTH : entry->value;
    while (contents->count > 1 && contents->levels[contents->count - 2].depth >= depth) contents->count--;
    int top = contents->count - 1;
    if (contents->levels[top].last != ELEMENT_NONE && depth > contents->levels[top].depth) {
        ElementNumber list = element_add(s, entry, "TOC", contents->levels[top].last, PART_OUTER);
        top = contents->count++;
        contents->levels[top].list = list;
    }
    contents->levels[top].depth = depth;
    contents->levels[top].last = s->count; /* the entry's own element is the next */
    return contents->levels[top].list;
}

/* ---- Tables -------------------------------------------------------------------------------------------------------- */

/* Rows stand in a THead and a TBody (Table 337), unless one of them would be empty. No table stands in another. */
static ElementNumber row_group(Structure *s, const Node *row, ElementNumber table) {
    const Node *before = row->previous && row->previous->kind == NODE_TABLE_ROW ? row->previous : NULL;
    if (before && before->header == row->header) return element_at(s, s->owner[before->number])->parent;
    const Node *first = row;
    while (first->previous && first->previous->kind == NODE_TABLE_ROW) first = first->previous;
    const Node *last = row->parent->last;
    if (first->header == last->header) return table;
    return element_add(s, row, row->header ? "THead" : "TBody", table, PART_OUTER);
}

/* ---- Elements ------------------------------------------------------------------------------------------------------ */

static bool leads_back(const Structure *s, const Node *note) {
    const Node *target;
    Str address;
    return note->kind == NODE_NOTE && structure_link_target(s, note, &target, &address);
}

/* One that is set and is not that of the element that it stands in; one round a node's own says nothing of the node's language. */
static bool states_language(const Structure *s, const Node *node, ElementNumber parent) {
    if (node->more->language.n == 0) return false;
    while (parent != ELEMENT_NONE && element_at(s, parent)->part == PART_OUTER) parent = element_at(s, parent)->parent;
    return parent != ELEMENT_NONE &&
           !str_equal_nocase(node->more->language, tree_language(s->layout->tree, element_at(s, parent)->node));
}

/* Makes a node's elements and says which of them owns its content. */
static ElementNumber node_elements(Structure *s, Contents *contents, const Node *node, ElementNumber parent) {
    const char *type = node_type(s, node);
    if (type[0] == '\0' && parent != ELEMENT_NONE && states_language(s, node, parent)) {
        KindLevel level = tree_kind(node->kind)->level;
        type = level == LEVEL_INLINE || level == LEVEL_LEAF ? "Span" : "Div";
    }
    if (type[0] == '\0') return is_number(node) ? structure_label(s, node->parent) : parent;
    bool entry = node->kind == NODE_LINK && node->parent->kind == NODE_CONTENTS_ENTRY && str_is(str_from(type), "Reference");
    if (entry && node->parent->more->label.n > 0)
        element_add(s, node, "Lbl", parent, PART_LABEL); /* before it, not in it (Table 333) */
    /* A Figure's alternative is said instead of all that is in it: the way to its description would not be heard there. */
    if (node->kind == NODE_DESCRIPTION && str_is(str_from(element_at(s, parent)->type), "Figure"))
        parent = element_at(s, parent)->parent;
    if (node->kind == NODE_CONTENTS_ENTRY && contents->count > 0) parent = contents_list(s, contents, node);
    if (node->kind == NODE_TABLE_ROW) parent = row_group(s, node, parent);
    ElementNumber whole = element_add(s, node, type, parent, PART_WHOLE);
    if (has_label(node)) {
        ElementNumber label = element_add(s, node, "Lbl", whole, PART_LABEL);
        if (leads_back(s, node)) element_add(s, node, "Link", label, PART_LABEL_LINK);
    }
    if (str_is(str_from(type), "Reference")) return element_add(s, node, "Link", whole, PART_INNER);
    switch ((int)node->kind) {
    case NODE_CONTENTS: contents_begin(contents, whole); return whole;
    case NODE_ITEM: return element_add(s, node, "LBody", whole, PART_INNER);
    case NODE_CODE_BLOCK: return element_add(s, node, "Code", whole, PART_INNER); /* Code is an inline type: it needs its block */
    default: return whole;
    }
}

Structure *structure_new(Arena *arena, const Layout *layout) {
    const Tree *tree = layout->tree;
    Structure *s = NEW(arena, Structure);
    Contents contents = {.count = 0};
    s->arena = arena;
    s->layout = layout;
    s->first = NEW_ARRAY(arena, ElementNumber, (size_t)tree->count + 1);
    s->owner = NEW_ARRAY(arena, ElementNumber, tree->count);
    s->link = NEW_ARRAY(arena, ElementNumber, tree->count);
    s->targets = strmap_new(arena);
    for (NodeNumber i = 0; i < tree->count; i++) {
        if (tree->nodes[i]->more->id.n > 0) strmap_put(s->targets, tree->nodes[i]->more->id, tree->nodes[i]);
    }
    for (NodeNumber i = 0; i < tree->count; i++) {
        const Node *node = tree->nodes[i];
        const Node *parent = node->parent;
        ElementNumber above = parent ? s->owner[parent->number] : ELEMENT_NONE;
        s->first[i] = s->count;
        s->link[i] = parent ? s->link[parent->number] : ELEMENT_NONE;
        bool artifact = node->artifact || (parent && above == ELEMENT_NONE);
        s->owner[i] = artifact ? ELEMENT_NONE : node_elements(s, &contents, node, above);
        if (!artifact && is_link(node->kind) && str_is(str_from(element_at(s, s->owner[i])->type), "Link"))
            s->link[i] = s->owner[i];
    }
    s->first[tree->count] = s->count;
    return s;
}

ElementNumber structure_label(const Structure *s, const Node *node) {
    ElementNumber label = s->owner[node->number];
    for (ElementNumber e = s->first[node->number]; e < s->first[node->number + 1]; e++) {
        if (element_at(s, e)->part == PART_LABEL || element_at(s, e)->part == PART_LABEL_LINK) label = e;
    }
    return label;
}

ElementNumber structure_link(const Structure *s, const Run *run) {
    if (run->role != RUN_LABEL) return s->link[run->node->number];
    ElementNumber label = structure_label(s, run->node);
    return element_at(s, label)->part == PART_LABEL_LINK ? label : ELEMENT_NONE;
}

bool structure_between(const Structure *s, NodeNumber earlier, NodeNumber later) {
    return s->first[later] != s->first[earlier + 1];
}

Str element_language(const Structure *s, const Element *e) {
    return e->part == PART_WHOLE && states_language(s, e->node, e->parent) ? e->node->more->language : (Str){0};
}

/* With labels that number or mark the value may not be None (ISO 14289-1 §7.6), so a dash counts as a disc; terms that are defined are labels
 * of no numbering (Table 347). */
const char *element_list_numbering(const Structure *s, const Element *e) {
    if (e->node->kind == NODE_DEFINITION_LIST) return "None";
    const Styles *styles = s->layout->styles;
    Marker marker = styles ? style_of(styles, e->node)->marker : e->node->ordered ? MARKER_DECIMAL : MARKER_DISC;
    switch (marker) {
    case MARKER_NONE: return "None";
    case MARKER_DISC:
    case MARKER_DASH: return "Disc";
    case MARKER_CIRCLE: return "Circle";
    case MARKER_SQUARE: return "Square";
    case MARKER_DECIMAL: return "Decimal";
    case MARKER_ALPHA: return "LowerAlpha";
    case MARKER_ROMAN: return "LowerRoman";
    }
    BUG("no such marker: %d", (int)marker);
}

/* A column of headers is the first one, and shows in the last row. */
const char *element_scope(const Element *e) {
    const Node *row = e->node->parent;
    if (!row || !row->header) return "Row";
    const Node *last = row->parent ? row->parent->last : row;
    bool corner = !e->node->previous && !last->header && last->first && last->first->header;
    return corner ? "Both" : "Column";
}

/* Notes must have one (ISO 14289-1 §7.9). */
Str element_id(const Structure *s, const Element *e) {
    if (e->node->kind != NODE_NOTE || e->part != PART_WHOLE) return (Str){0};
    return e->node->more->id.n > 0 ? e->node->more->id : str_format(s->arena, "note %u", (unsigned)e->node->number);
}
