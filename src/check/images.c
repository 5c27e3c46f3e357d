/* Images: alternative text that tells nothing, and too few pixels for paper. */
#include "check/internal.h"

#define DPI_LEAST 150

static const char *const file_endings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".tif", ".tiff", ".pdf", ".bmp"};

static Str letters_lower(Arena *arena, Str text) {
    Buf lower = buf_new(arena);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_add_char(&lower, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buf_str(&lower);
}

/* "IMG_1234.jpg", or the name of the image's own file with or without its ending. */
static bool is_file_name(Arena *arena, Str alt, Str target) {
    Str words = letters_lower(arena, str_trim(alt)), name = letters_lower(arena, path_name(target));
    if (!words.n) return false;
    if (str_equal(words, name)) return true;
    for (size_t i = 0; i < sizeof file_endings / sizeof *file_endings; i++) {
        Str ending = str_from(file_endings[i]);
        if (str_ends(words, ending)) return true;
        /* "bridge" for bridge.png may be meant; "dsc_0042" or "old-bridge" for such a file is not */
        Str stem = str_ends(name, ending) ? str_slice(name, 0, name.n - ending.n) : STR("");
        bool made = false;
        for (size_t k = 0; k < stem.n; k++) made = made || char_is_digit(stem.p[k]) || stem.p[k] == '_' || stem.p[k] == '-';
        if (made && str_equal(words, stem)) return true;
    }
    return false;
}

static void image_check(Diags *d, const Tree *tree, const Node *image) {
    Str alt = str_trim(image->text);
    if (!alt.n) return;
    if (is_file_name(d->arena, alt, image->target)) {
        diag(d, DIAG_WARNING, "image-alt-file", node_place(tree, image), "say what the image shows",
            "the alternative text is the name of a file");
        return;
    }
    if (image->parent->kind != NODE_FIGURE) return;
    for (const Node *part = image->next; part; part = part->next) {
        if (part->kind != NODE_CAPTION) continue;
        Str caption = node_text(d->arena, part);
        size_t number = part->first && part->first->generated ? part->first->text.n : 0; /* "Figure 2: " */
        if (str_equal_nocase(str_trim(str_slice(caption, number, caption.n)), alt))
            diag(d, DIAG_WARNING, "image-alt-caption", node_place(tree, image),
                "say what can be seen, and leave the rest to the caption", "the alternative text is the caption again");
    }
}

void images_check_words(Diags *d, const Tree *tree) {
    for (NodeNumber n = 0; n < tree->count; n++)
        if (tree->nodes[n]->kind == NODE_IMAGE && !node_is_artifact(tree->nodes[n])) image_check(d, tree, tree->nodes[n]);
}

void images_check_size(Diags *d, const Layout *layout) {
    for (uint32_t p = 0; p < layout->count; p++)
        for (uint32_t b = 0; b < layout->items[p].count; b++) {
            const LayoutBox *box = &layout->items[p].items[b];
            if (box->kind != BOX_IMAGE || !box->image || !box->node || box->rect.width <= 0) continue;
            uint64_t dpi = (uint64_t)box->image->width * 72 * LU_PT / (uint64_t)box->rect.width;
            if (dpi >= DPI_LEAST) continue;
            diag(d, DIAG_WARNING, "image-coarse", node_place(layout->tree, box->node),
                "use an image of more pixels, or set it smaller with width=",
                "the image has %u dots an inch as it is set; print wants %d", (unsigned)dpi, DPI_LEAST);
        }
}
