/* The "style" stage of `brief dump`: the page, the pseudo parts, then the tree, each with what differs from mere inheritance. */
#include "style/sheet.h"

/* What a node would have if no rule reached it: the parent's where that is inherited, else nothing. */
static bool differs(const Property *property, const Style *style, const Style *parent, const Style *plain) {
    return !property_equal(property, style, parent && property->inherited ? parent : plain);
}

static uint32_t dump_style(const Style *style, const Style *parent, const Style *plain, Buf *out) {
    uint32_t count = 0;
    for (int id = 0; id < PROPERTY_COUNT; id++) {
        const Property *property = &style_properties[id];
        if (!differs(property, style, parent, plain)) continue;
        buf_format(out, "%s" STR_FMT ": ", count++ > 0 ? "; " : " {", STR_ARG(property->name));
        property_print(property, style, out);
    }
    if (count > 0) buf_add_char(out, '}');
    return count;
}

static void dump_page(const PageStyle *page, Buf *out) {
    for (int id = 0; id < PAGE_PROPERTY_COUNT; id++) {
        if (id == PAGE_PAPER) continue; /* width and height say it */
        buf_format(out, "page " STR_FMT ": ", STR_ARG(page_properties[id].name));
        property_print(&page_properties[id], page, out);
        buf_add_char(out, '\n');
    }
}

static void dump_names(const Node *node, Buf *out) {
    buf_add_c(out, tree_kind(node->kind)->name);
    if (node_level(node) > 0) buf_format(out, "-%d", (int)node->value);
    if (node_kind_class(node).n > 0) buf_format(out, "." STR_FMT, STR_ARG(node->more->variant));
    if (node->kind == NODE_LIST) buf_format(out, "%s%s", node->ordered ? ".ordered" : "", node->tight ? ".tight" : "");
    if (node->kind == NODE_TABLE_ROW || node->kind == NODE_TABLE_CELL) buf_add_c(out, node->header ? ".header" : "");
    for (uint16_t i = 0; i < node->more->class_count; i++) buf_format(out, "." STR_FMT, STR_ARG(node->more->classes[i]));
}

void styles_dump(const Styles *styles, const Tree *tree, Buf *out) {
    static const Style nothing; /* every property that is not inherited begins at zero, false or none */
    dump_page(styles->page, out);
    Styles all = *styles;
    const Style *root = tree->count > 0 ? styles->by_node[0] : &nothing;
    for (int i = PSEUDO_NONE + 1; i < PSEUDO_COUNT; i++) {
        buf_add(out, pseudo_name((Pseudo)i));
        dump_style(*pseudo_style(&all, (Pseudo)i), root, &nothing, out);
        buf_add_char(out, '\n');
    }
    uint32_t depth = 0;
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *node = tree->nodes[n];
        /* Depth by the way from the node before, so that the whole walk is linear. */
        if (n > 0) {
            const Node *before = tree->nodes[n - 1];
            depth++;
            for (; before != node->parent; before = before->parent) depth--;
        }
        size_t line = out->n;
        for (uint32_t i = 0; i < depth; i++) buf_add_c(out, "  ");
        dump_names(node, out);
        const Style *parent = node->parent ? styles->by_node[node->parent->number] : NULL;
        uint32_t count = dump_style(styles->by_node[n], parent, &nothing, out);
        if (count == 0 && node->kind == NODE_TEXT)
            out->n = line; /* a line for every word would hide the rest */
        else
            buf_add_char(out, '\n');
    }
}
