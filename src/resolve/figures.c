/* Figures: an image alone in its paragraph, with its title as the caption; and the question whether every image can be known
 * without being seen (ISO 14289-1 §7.3; WCAG 2.2, 1.1.1). */
#include "resolve/passes.h"

/* Its one image; NULL when there is anything else. */
static Node *lone_image(const Node *paragraph) {
    Node *image = NULL;
    for (Node *node = paragraph->first; node; node = node->next) {
        if (node->kind == NODE_IMAGE && !image)
            image = node;
        else if (node->kind != NODE_TEXT || str_trim(node->text).n)
            return NULL;
    }
    return image;
}

static void make_figure(Resolution *r, Node *figure, Node *image) {
    figure->kind = NODE_FIGURE;
    while (figure->first) node_unlink(figure->first);
    node_append(figure, image);
    if (figure->id.n == 0) { /* a link to the image leads to the whole figure */
        figure->id = image->id;
        image->id = (Str){0};
    }
    Str words = words_clean(r->arena, image->title);
    image->title = (Str){0};
    if (words.n == 0) return;
    Node *caption = node_new(r->arena, NODE_CAPTION, image->line, image->column);
    node_append(caption, text_new(r->arena, words, image, false));
    node_append(figure, caption);
}

void resolve_figures(Resolution *r) {
    for (Node *node = r->tree->root; node; node = node_next(node, r->tree->root)) {
        Node *image = node->kind == NODE_PARAGRAPH ? lone_image(node) : NULL;
        if (image) make_figure(r, node, image);
        if (node->kind != NODE_IMAGE) continue;
        node->text = words_clean(r->arena, node->text);
        if (node->has_alt) continue;
        diag_claim(r->d, CLAIM_ALL, "image-alt", node_place(r->tree, node),
            "say what it shows: “![A bridge in the rain](bridge.png)”; or mark it {.decorative} when it says nothing",
            "the image “" STR_FMT "” has no alternative text: who cannot see it cannot know it",
            STR_ARG(words_cut(r->arena, node->target, 120)));
    }
}
