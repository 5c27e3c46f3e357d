/* Descriptions at length: an image with longdesc="#id" gets a line below it that leads there, for all readers: who hears the document meets
 * an ordinary link behind the figure, and who reads it on paper the page (WCAG 2.2, technique G73).
 */
#include "resolve/passes.h"

/* "Description: Table 3, page 31", all of it the link: its words say what it is when it is heard among other links. */
static void add_line(Resolution *r, References *references, Node *figure, const Node *image, Str id, Str language) {
    Node *line = node_new(r->arena, NODE_DESCRIPTION, image->line, image->column);
    Node *link = node_new(r->arena, NODE_LINK, image->line, image->column);
    line->generated = link->generated = true;
    if (figure->more->language.n)
        node_more(r->arena, line)->language = figure->more->language; /* in the PDF it stands behind the figure, not in it */
    node_more(r->arena, link)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(id));
    if (!reference_resolve(references, link, language, true)) {
        diag(r->d, DIAG_ERROR, "longdesc-target", node_place(r->tree, image), reference_hint(r, id),
            "nothing in the document has the id “" STR_FMT "”; the image is left without its description", STR_ARG(id));
        return;
    }
    Str label = label_text(language, LABEL_DESCRIPTION);
    node_prepend(link,
        text_new(r->arena, str_format(r->arena, STR_FMT STR_FMT, STR_ARG(label), STR_ARG(label_colon(language))), image, true));
    node_append(link, text_new(r->arena, STR(", "), image, true));
    page_append(r, link, label_text(language, LABEL_PAGE_N), link->more->target);
    link->value = LINK_RESOLVED;
    node_append(line, link);
    node_append(figure, line);
}

static void describe(Resolution *r, References *references, const Node *image, Str language) {
    Str written = node_attribute(image, "longdesc");
    Node *figure = image->parent;
    if (written.n == 0 || image->artifact) return;
    if (!str_starts(written, STR("#")) || written.n == 1) {
        diag(r->d, DIAG_WARNING, "longdesc-place", node_place(r->tree, image),
            "describe the image in the document, in an annex perhaps, and write longdesc=\"#its-id\"",
            "“" STR_FMT "” is no place in this document; the image is left without its description", STR_ARG(written));
    } else if (figure->kind != NODE_FIGURE) {
        diag(r->d, DIAG_WARNING, "image-in-line", node_place(r->tree, image), "put the image in a paragraph of its own",
            "an image in a line of text has no place for a link to its description, which is left out");
    } else {
        add_line(r, references, figure, image, str_slice(written, 1, written.n), language);
    }
}

void resolve_descriptions(Resolution *r) {
    if (r->written[NODE_IMAGE] == 0) return;
    References *references = references_new(r);
    LanguageWalk walk = language_walk(r);
    for (Node *node = r->tree->root; node; node = language_next(&walk, node)) {
        if (node->kind == NODE_IMAGE) describe(r, references, node, language_at(&walk, node));
    }
}
