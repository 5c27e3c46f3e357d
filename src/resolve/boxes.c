/* Boxes: one whose kind says something (a warning, a summary) and that has no title of its own gets the kind's name as its title:
 * what it is must not be told by colour alone (WCAG 2.2, 1.4.1). */
#include "resolve/passes.h"

static const struct {
    const char *variant;
    Label label;
} titles[] = {{"note", LABEL_NOTICE_NOTE}, {"tip", LABEL_NOTICE_TIP}, {"important", LABEL_NOTICE_IMPORTANT},
    {"warning", LABEL_NOTICE_WARNING}, {"caution", LABEL_NOTICE_CAUTION}, {"summary", LABEL_SUMMARY}, {"related", LABEL_RELATED}};

static bool has_title(const Node *box) {
    return box->first && (box->first->kind == NODE_BOX_TITLE || box->first->kind == NODE_HEADING);
}

void resolve_boxes(Resolution *r) {
    LanguageWalk walk = language_walk(r);
    for (Node *node = r->tree->root; node; node = language_next_block(&walk, node)) {
        if (node->kind != NODE_BOX || has_title(node)) continue;
        for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
            if (!str_is(node->more->variant, titles[i].variant)) continue;
            Node *title = node_new(r->arena, NODE_BOX_TITLE, node->line, node->column);
            title->generated = true;
            node_append(title, text_new(r->arena, label_text(language_at(&walk, node), titles[i].label), node, true));
            node_prepend(node, title);
        }
    }
}
