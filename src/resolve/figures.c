/* Figures: an image alone in its paragraph, with its title as the caption and the author's {credit="…"} below it; several of them side by
 * side; and the question whether every image can be known without being seen (ISO 14289-1 §7.3; WCAG 2.2, 1.1.1).
 */
#include "resolve/passes.h"

#define ROW_LIMIT 4 /* figures in a row */

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

static void add_words(Resolution *r, Node *figure, const Node *image, NodeKind kind, Str words) {
    words = words_clean(r->arena, words);
    if (words.n == 0) return;
    Node *block = node_new(r->arena, kind, image->line, image->column);
    node_append(block, text_new(r->arena, words, image, false));
    node_append(figure, block);
}

static void make_figure(Resolution *r, Node *figure, Node *image) {
    figure->kind = NODE_FIGURE;
    while (figure->first) node_unlink(figure->first);
    node_append(figure, image);
    NodeMore *whole = node_more(r->arena, figure), *its = node_more(r->arena, image);
    if (whole->id.n == 0) { /* a link to the image leads to the whole figure */
        whole->id = its->id;
        its->id = (Str){0};
    }
    if (whole->language.n == 0) { /* its description and its caption are in one language */
        whole->language = its->language;
        its->language = (Str){0};
    }
    add_words(r, figure, image, NODE_CAPTION, its->title);
    add_words(r, figure, image, NODE_CREDIT, node_attribute(image, "credit"));
    its->title = (Str){0};
}

/* ---- Side by side ---- */

/* "::: figures", or Quarto's {layout-ncol=2}, on a div without another name. */
static bool is_row(const Node *node) {
    return node->kind == NODE_DIV &&
           (str_is(node->more->variant, "figures") || (node->more->variant.n == 0 && node_attribute(node, "layout-ncol").n > 0));
}

static bool has_images_only(const Node *paragraph) {
    bool image = false;
    for (const Node *node = paragraph->first; node; node = node->next) {
        if (node->kind == NODE_IMAGE)
            image = true;
        else if (node->kind != NODE_LINE_BREAK && (node->kind != NODE_TEXT || str_trim(node->text).n))
            return false;
    }
    return image;
}

/* Images that stand in one paragraph of the div are figures of their own. */
static void part_images(Resolution *r, Node *paragraph) {
    Node *last = paragraph;
    bool first = true;
    for (Node *node = paragraph->first, *next; node; node = next) {
        next = node->next;
        if (node->kind != NODE_IMAGE) {
            node_unlink(node);
            continue;
        }
        if (!first) {
            node_unlink(node);
            Node *own = node_new(r->arena, NODE_PARAGRAPH, node->line, node->column);
            node_append(own, node);
            node_insert_after(last, own);
            last = own;
        }
        first = false;
    }
}

static int32_t row_length(Resolution *r, const Node *row, int32_t count) {
    Str written = node_attribute(row, "layout-ncol");
    if (written.n == 1 && written.p[0] >= '1' && written.p[0] <= '0' + ROW_LIMIT) return written.p[0] - '0';
    if (written.n > 0)
        diag(r->d, DIAG_WARNING, "figures-row", node_place(r->tree, row), "write layout-ncol=2, 3 or 4",
            "“" STR_FMT "” is no number of figures that can stand side by side", STR_ARG(words_cut(r->arena, written, 40)));
    return count <= 3 ? count : count == ROW_LIMIT ? 2 : 3; /* four are a square */
}

/* Figures alone can stand side by side; else what is in the div stays one below the other. */
static void make_row(Resolution *r, Node *row) {
    int32_t count = 0;
    node_more(r->arena, row)->variant = (Str){0};
    for (Node *node = row->first; node; node = node->next) {
        if (node->kind == NODE_PARAGRAPH && has_images_only(node)) {
            part_images(r, node);
            count++;
            continue;
        }
        diag(r->d, DIAG_WARNING, "figures-content", node_place(r->tree, node),
            "put in images alone, each with its caption as “![…](file \"Caption\")”, and take the rest out",
            "only images can stand side by side; this and all with it is set one below the other");
        return;
    }
    int32_t length = row_length(r, row, count);
    if (count < 2 || length < 2) return;
    row->kind = NODE_FIGURES;
    row->value = length;
}

/* ---- Images ---- */

static void check_image(Resolution *r, Node *image) {
    image->text = words_clean(r->arena, image->text);
    if (image->text.n > 0 && utf8_is_blank(image->text)) { /* it looks like none, and is heard as none */
        image->text = (Str){0};
        image->has_alt = false;
    }
    if (image->parent->kind != NODE_FIGURE && node_attribute(image, "credit").n > 0)
        diag(r->d, DIAG_WARNING, "image-in-line", node_place(r->tree, image), "put the image in a paragraph of its own",
            "an image in a line of text has no place for its credit, which is left out");
    if (image->has_alt) return;
    diag_claim(r->d, CLAIM_ALL, "image-alt", node_place(r->tree, image),
        "say what it shows: “![A bridge in the rain](bridge.png)”; or mark it {.decorative} when it says nothing",
        "the image “" STR_FMT "” has no alternative text: who cannot see it cannot know it",
        STR_ARG(words_cut(r->arena, image->more->target, 120)));
}

void resolve_figures(Resolution *r) {
    Node *(*next)(const Node *, const Node *) = r->written[NODE_IMAGE] ? node_next : node_next_block;
    for (Node *node = r->tree->root; node; node = next(node, r->tree->root)) {
        if (is_row(node)) make_row(r, node);
        Node *image = node->kind == NODE_PARAGRAPH ? lone_image(node) : NULL;
        if (image) make_figure(r, node, image);
        if (node->kind == NODE_IMAGE) check_image(r, node);
    }
}
