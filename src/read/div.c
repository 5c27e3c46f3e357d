/* Fenced divs and GitHub's notices (a quotation that begins "[!NOTE]"): which node they are, and what is made of their inside. */
#include "read/internal.h"
#include <string.h>

static const char *const box_names[] = {
    "box", "summary", "related", "conclusion", "recommendation", "note", "tip", "important", "warning", "caution"};

static bool is_box(Str name) {
    for (size_t i = 0; i < sizeof box_names / sizeof *box_names; i++) {
        if (str_is(name, box_names[i])) return true;
    }
    return false;
}

static void remove_class(NodeMore *more, uint16_t index) {
    for (uint16_t i = index; i + 1 < more->class_count; i++) more->classes[i] = more->classes[i + 1];
    more->class_count--;
}

static Str take_attribute(Reader *r, Node *node, const char *key) {
    NodeMore *more = node_more(r->nodes, node);
    for (uint16_t i = 0; i < more->attribute_count; i++) {
        if (!str_is(more->attributes[i].key, key)) continue;
        Str value = more->attributes[i].value;
        for (uint16_t j = i; j + 1 < more->attribute_count; j++) more->attributes[j] = more->attributes[j + 1];
        more->attribute_count--;
        return value;
    }
    return (Str){0};
}

/* Words from an attribute as a text block: the attribute's own place is not known, so it gets the div's. */
static Node *words_new(Reader *r, NodeKind kind, Str words, const Node *at) {
    Node *node = node_new(r->nodes, kind, at->line, at->column);
    Content content = content_fixed(words, (Spot){at->line, at->column});
    inlines_read(r, node, &content, NULL);
    return node;
}

Node *div_open(Reader *r, cmark_node *node, Node *parent) {
    Spot at = node_spot(r, node);
    Node *div = node_new(r->nodes, NODE_DIV, at.line, at.column);
    Str line = {(const char *)node->content.ptr, (size_t)node->content.size}, name, attributes;
    syntax_fence(line, &name, &attributes);
    if (attributes.n) attributes_apply(r, attributes, div, at);
    NodeMore *more = node_more(r->nodes, div);
    more->variant = str_copy(r->arena, name);
    if (name.n == 0 && more->class_count) {
        more->variant = more->classes[0];
        remove_class(more, 0);
    }
    if (str_is(more->variant, "pull-quote") || str_is(more->variant, "pullquote")) {
        div->kind = NODE_PULL_QUOTE;
        more->variant = (Str){0};
    } else if (str_is(more->variant, "page-break")) {
        div->kind = NODE_PAGE_BREAK; /* a leaf: what is wrongly inside comes behind it */
        more->variant = (Str){0};
    } else if (is_box(more->variant)) {
        div->kind = NODE_BOX;
    }
    if (!syntax_is_closed_div(node)) {
        diag(r->d, DIAG_WARNING, "div-open", reader_place(r, at), "close it with a line \":::\"",
            "\":::\" is opened here and not closed");
    }
    node_append(parent, div);
    if (div->kind == NODE_BOX) {
        Str title = take_attribute(r, div, "title");
        if (title.n) node_append(div, words_new(r, NODE_BOX_TITLE, title, div));
    }
    return div;
}

static bool begins_with_dash(Arena *arena, const Node *node) {
    Str text = node_text(arena, node);
    return str_starts(text, STR("\xE2\x80\x94")) || str_starts(text, STR("\xE2\x80\x93")) || str_starts(text, STR("--"));
}

/* The paragraphs of `::: attribution` become attributions of the pull-quote; the div itself goes. */
static void unwrap_attribution(Node *div) {
    while (div->first) {
        Node *child = div->first;
        node_unlink(child);
        node_insert_before(div, child);
        if (child->kind == NODE_PARAGRAPH) child->kind = NODE_ATTRIBUTION;
    }
    node_unlink(div);
}

void div_close(Reader *r, cmark_node *node, Node *ours) {
    (void)node;
    if (ours->kind != NODE_PULL_QUOTE) return;
    for (Node *child = ours->first, *next; child; child = next) {
        next = child->next;
        if (child->kind == NODE_DIV && str_is(child->more->variant, "attribution")) unwrap_attribution(child);
    }
    Node *last = ours->last;
    if (last && last->previous && last->kind == NODE_PARAGRAPH && begins_with_dash(r->arena, last)) last->kind = NODE_ATTRIBUTION;
    Str by = take_attribute(r, ours, "by");
    if (by.n) node_append(ours, words_new(r, NODE_ATTRIBUTION, str_format(r->arena, "\xE2\x80\x94 " STR_FMT, STR_ARG(by)), ours));
}

bool notice_find(Reader *r, cmark_node *quote, Str *variant) {
    static const char *const names[] = {"note", "tip", "important", "warning", "caution"};
    const cmark_node *first = quote->first_child;
    if (!first || first->type != CMARK_NODE_PARAGRAPH || first->content.size < 5) return false;
    const char *p = (const char *)first->content.ptr;
    const char *end = memchr(p, '\n', (size_t)first->content.size);
    Str line = str_trim((Str){p, end ? (size_t)(end - p) : (size_t)first->content.size});
    if (!str_starts(line, STR("[!")) || line.p[line.n - 1] != ']') return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_equal_nocase(str_slice(line, 2, line.n - 1), str_from(names[i]))) continue;
        *variant = str_from(names[i]);
        r->notice = first;
        return true;
    }
    return false;
}
