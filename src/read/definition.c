/* Definition lists as pandoc and PHP Markdown Extra write them: lines that are terms, then definitions behind ":" or "~" and white space. A
 * definition holds blocks: what is indented by four columns, or to its text. All lines of a paragraph right above a definition are
 * terms; over a blank line only a paragraph of one line is one. What begins like a definition but has no term above it stays what it was:
 * this is how captions of tables are written.
 *
 * In cmark's tree a list is the paragraph of its terms, then its definitions. as.list is used of both: marker_offset and padding as
 * cmark does for items, `tight` of a list as cmark does, `tight` of a definition for "its last line was not blank".
 */
#include "read/internal.h"

#define INDENT 4 /* columns that make a line part of a definition, wherever its text begins */

static cmark_node_type list_type, definition_type;

void definition_types_add(void) {
    list_type = cmark_syntax_extension_add_node(0);
    definition_type = cmark_syntax_extension_add_node(0);
}

bool definition_is_list(const cmark_node *node) { return node && (cmark_node_type)node->type == list_type; }
bool definition_is(const cmark_node *node) { return node && (cmark_node_type)node->type == definition_type; }

bool definition_may_contain(const cmark_node *node, cmark_node_type child) {
    if (definition_is_list(node)) return child == definition_type;
    return CMARK_NODE_TYPE_BLOCK_P(child) && child != CMARK_NODE_ITEM && child != definition_type;
}

/* ---- Finding them ---- */

static bool is_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* ":" or "~", white space, and something behind it. */
static bool is_marker(const unsigned char *p, int n) {
    if (n < 3 || (p[0] != ':' && p[0] != '~') || (p[1] != ' ' && p[1] != '\t')) return false;
    int at = 1;
    while (at < n && is_blank(p[at])) at++;
    return at < n;
}

static bool at_marker(const cmark_parser *parser, const unsigned char *input, int len) {
    return parser->indent < INDENT && is_marker(input + parser->first_nonspace, len - parser->first_nonspace);
}

/* Lines of code and of HTML are nothing but that. */
static bool holds_open_leaf(const cmark_node *node) {
    while (node->last_child && (node->last_child->flags & CMARK_NODE__OPEN)) node = node->last_child;
    return (node->type == CMARK_NODE_CODE_BLOCK && node->as.code.fenced) || node->type == CMARK_NODE_HTML_BLOCK;
}

bool definition_continues(cmark_parser *parser, unsigned char *input, int len, cmark_node *node) {
    if (definition_is_list(node)) return true; /* its definitions decide */
    bool after_blank = !node->as.list.tight;
    node->as.list.tight = !parser->blank;
    if (parser->blank) return true;
    int text = node->as.list.marker_offset + node->as.list.padding;
    bool belongs = parser->indent >= INDENT || parser->indent >= text;
    if (belongs && at_marker(parser, input, len) && !holds_open_leaf(node)) belongs = false;
    if (!belongs) {
        node->as.list.tight = !after_blank; /* what the next definition asks for */
        return false;
    }
    int strip = parser->indent >= INDENT ? INDENT : text;
    cmark_parser_advance_offset(parser, (const char *)input, strip, 1);
    return true;
}

static size_t count_lines(const cmark_node *paragraph) {
    size_t lines = 1, n = (size_t)paragraph->content.size;
    while (n && is_blank(paragraph->content.ptr[n - 1])) n--;
    for (size_t i = 0; i < n; i++) lines += paragraph->content.ptr[i] == '\n';
    return lines;
}

/* A caption of a table is no term, and neither is what begins like a definition itself. */
static bool may_be_terms(const cmark_node *paragraph) {
    const unsigned char *p = paragraph->content.ptr;
    int n = paragraph->content.size;
    if (n == 0 || is_marker(p, n)) return false;
    const cmark_node *before = paragraph->prev;
    return !(before && (cmark_node_type)before->type == CMARK_NODE_TABLE &&
             str_starts((Str){(const char *)p, (size_t)n}, STR("Table:")));
}

static bool may_be_loose_term(const cmark_parser *parser, const cmark_node *paragraph) {
    return paragraph && paragraph->type == CMARK_NODE_PARAGRAPH && !(paragraph->flags & CMARK_NODE__OPEN) &&
           paragraph->end_line + 2 == parser->line_number && may_be_terms(paragraph) && count_lines(paragraph) == 1;
}

static void move_into(cmark_node *paragraph, cmark_node *list) {
    cmark_node_unlink(paragraph);
    paragraph->parent = list;
    list->first_child = list->last_child = paragraph;
    list->start_line = paragraph->start_line;
    list->start_column = paragraph->start_column;
}

/* The list for a definition on this line; NULL: there is no term. Of the paragraph, nothing may be left when its end is found: it was
 * link definitions. Then the line begins a paragraph. */
static cmark_node *list_for(cmark_parser *parser, cmark_node *parent, cmark_syntax_extension *extension, bool *loose) {
    if (definition_is_list(parent)) {
        *loose = definition_is(parent->last_child) && !parent->last_child->as.list.tight;
        return parent;
    }
    cmark_node *terms = parent;
    *loose = parent->type != CMARK_NODE_PARAGRAPH;
    if (*loose) {
        terms = parent->last_child;
        if (!may_be_loose_term(parser, terms)) return NULL;
    } else if (!may_be_terms(parent)) {
        return NULL;
    }
    const cmark_node *before = terms->prev;
    cmark_node *list = cmark_parser_add_child(parser, parent, list_type, parser->first_nonspace + 1);
    if (list->prev == before) return list;
    terms = list->prev;
    list->extension = extension;
    list->as.list.tight = true;
    move_into(terms, list);
    return list;
}

cmark_node *definition_try(
    cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *parent, unsigned char *input, int len) {
    if (parser->blank || !at_marker(parser, input, len)) return NULL;
    bool loose;
    cmark_node *list = list_for(parser, parent, extension, &loose);
    if (!list) return NULL;
    if (!list->first_child) {
        cmark_node *up = list->parent;
        cmark_node_free(list);
        return cmark_parser_add_child(parser, up, CMARK_NODE_PARAGRAPH, parser->first_nonspace + 1);
    }
    if (loose) list->as.list.tight = false;
    cmark_node *definition = cmark_parser_add_child(parser, list, definition_type, parser->first_nonspace + 1);
    definition->extension = extension;
    definition->as.list.marker_offset = parser->indent;
    definition->as.list.tight = true;
    cmark_parser_advance_offset(parser, (const char *)input, parser->first_nonspace + 1 - parser->offset, 0);
    int start = parser->column;
    while (parser->column - start < INDENT - 1 && (input[parser->offset] == ' ' || input[parser->offset] == '\t'))
        cmark_parser_advance_offset(parser, (const char *)input, 1, 1);
    definition->as.list.padding = 1 + parser->column - start;
    return definition;
}

/* ---- Reading them ---- */

/* Lists that stand side by side are one: each paragraph of terms has begun its own. */
Node *definition_list_open(Reader *r, const cmark_node *node, Node *parent) {
    if (definition_is_list(node->prev) && parent->last && parent->last->kind == NODE_DEFINITION_LIST) {
        parent->last->tight = parent->last->tight && node->as.list.tight;
        return parent->last;
    }
    Spot at = node_spot(r, node);
    Node *list = node_new(r->nodes, NODE_DEFINITION_LIST, at.line, at.column);
    list->tight = node->as.list.tight;
    node_append(parent, list);
    return list;
}

Node *definition_open(Reader *r, const cmark_node *node, Node *list) {
    Spot at = node_spot(r, node);
    Node *definition = node_new(r->nodes, NODE_DEFINITION, at.line, at.column);
    node_append(list->last, definition); /* the group of the terms before it */
    return definition;
}

static size_t line_end(const Content *c) {
    size_t end = 0;
    while (end < c->n && c->p[end] != '\n') end++;
    return end;
}

void definition_terms_read(Reader *r, Node *list, Content *content) {
    Node *group = node_new(r->nodes, NODE_DEFINITION_GROUP, content->spot.line, content->spot.column);
    node_append(list, group);
    while (content->n) {
        Content line = *content;
        line.n = line_end(content);
        Node *term = node_new(r->nodes, NODE_TERM, line.spot.line, line.spot.column);
        inlines_read(r, term, &line, NULL);
        if (term->first) node_append(group, term);
        content_skip(r, content, line_end(content) + 1);
    }
    /* a list of definitions has a term for each group, if only an empty one */
    if (!group->first) node_append(group, node_new(r->nodes, NODE_TERM, group->line, group->column));
}
