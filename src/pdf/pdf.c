/* From a layout to a file, in order. */
#include "pdf/draw.h"
#include "pdf/font.h"
#include "pdf/picture.h"

/* Each Link area names the element it belongs to, so that the element can name it in turn. */
static ElementNumber *link_elements(const PdfFile *file) {
    ElementNumber *elements = NEW_ARRAY(file->arena, ElementNumber, (size_t)file->links.count + 1);
    for (uint32_t i = 0; i < file->links.count; i++) elements[i] = file->links.items[i].link;
    return elements;
}

/* What the format's limits will take from this document. */
static void limits_report(Diags *d, const Tree *tree) {
    for (NodeNumber i = 0; i < tree->count; i++) {
        const Node *node = tree->nodes[i];
        if (node->kind == NODE_IMAGE && syntax_text_size(node->text) > SYNTAX_STRING_LIMIT) {
            diag_claim(d, CLAIM_PDF_UA, "alt-long", node_place(tree, node), "describe the image in the text",
                "the alternative text is longer than a PDF can hold and is cut");
        } else if (node->kind == NODE_LINK && node->more->target.n > STRUCTURE_ADDRESS_LIMIT) {
            diag(d, DIAG_WARNING, "link-long", node_place(tree, node), NULL,
                "the address is longer than a PDF can hold: the words are set without a link");
        }
    }
}

static void parts_close(PdfFile *file) {
    pieces_close(file);
    picture_set_close(file->pictures);
    font_set_close(file->font_set);
}

void tags_write(PdfFile *file, Buf *catalogue) {
    links_find(file);
    links_write(file);
    structure_close(file->structure, file->marks, link_elements(file), file->links.count);
    structure_write(file, catalogue);
    outline_write(file, catalogue);
}

static bool file_write_all(PdfFile *file, Str *out) {
    Buf catalogue = buf_new(file->arena);
    file->font_set = font_set_new(file->arena, file->fonts);
    file->pictures = picture_set_new(file->arena, file->layout);
    file->structure = structure_new(file->arena, file->layout);
    file->marks = marks_new(file->arena, file->structure);
    codes_assign(file);
    pages_reserve(file);
    parts_make(file, &catalogue);
    pages_write(file);
    if (!fonts_write(file)) return false;
    metadata_write(file, &catalogue);
    attachments_write(file, &catalogue);
    catalogue_write(file, &catalogue);
    return haru_save(file->haru, file->diags, file->layout->arena, out);
}

bool pdf_write(Diags *d, Fonts *fonts, const Layout *layout, const PdfOptions *options, Str *out) {
    Arena *arena = arena_open();
    limits_report(d, layout->tree);
    PdfOptions settled = *options; /* without the claims that the limits have taken away */
    settled.claims &= ~d->claims_lost;
    PdfFile file = {.arena = arena, .diags = d, .fonts = fonts, .layout = layout, .options = &settled, .haru = haru_open(arena)};
    bool done =
        file.haru ? file_write_all(&file, out) : diag_world(d, "pdf-write", STR(""), NULL, "there is no memory for the PDF");
    if (file.haru) parts_close(&file);
    arena_close(arena);
    return done;
}
