/* Comments to the program: <!-- brief: allow CODE… -->. They are no part of the document; what they say is kept in the tree, for whoever
 * tells what was found. Which codes there are is not known here. */
#include "read/internal.h"

static bool is_comment(const cmark_node *node) {
    if (node->type != CMARK_NODE_HTML_BLOCK) return false;
    Str text = str_trim((Str){(const char *)node->as.literal.data, (size_t)node->as.literal.len});
    return str_starts(text, STR("<!--")) && str_ends(text, STR("-->"));
}

/* It holds for the block behind it, or the document if nothing but comments stands before it. */
static void allowance_span(const Reader *r, const cmark_node *node, Spot at, Allowance *out) {
    const cmark_node *first = node, *next = node->next;
    while (first->prev && is_comment(first->prev)) first = first->prev;
    bool leads = !first->prev && node->parent == r->parser->root && is_comment(node);
    while (next && is_comment(next)) next = next->next;
    out->from = leads ? 0 : at.line;
    out->to = leads ? UINT32_MAX : next && next->end_line > 0 ? (uint32_t)next->end_line + r->body_line : at.line;
}

static Str word_next(Str *rest) {
    size_t from = 0, to;
    while (from < rest->n && (char_is_space(rest->p[from]) || rest->p[from] == ',')) from++;
    for (to = from; to < rest->n && !char_is_space(rest->p[to]) && rest->p[to] != ','; to++) {
    }
    Str word = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->n);
    return word;
}

void allowances_read(Reader *r, const cmark_node *node, Str comment, Spot at) {
    Str rest = str_trim(comment);
    if (!str_starts(rest, STR("brief:"))) return;
    rest = str_slice(rest, 6, rest.n);
    bool allow = str_is(word_next(&rest), "allow");
    Allowance found = {.line = at.line, .column = at.column};
    allowance_span(r, node, at, &found);
    uint32_t before = r->tree->allowances.count;
    for (Str code = word_next(&rest); allow && code.n; code = word_next(&rest)) {
        found.code = str_copy(r->arena, code);
        *PUSH(r->arena, &r->tree->allowances, Allowance) = found;
    }
    if (r->tree->allowances.count > before) return;
    diag(r->d, DIAG_WARNING, "allow-form", reader_place(r, at), "write <!-- brief: allow CODE -->",
        "this comment is to the program, and is not understood");
}
