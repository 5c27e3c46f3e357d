/* What each image is called in the book: after the author's file, in plain lower-case ASCII, unique (EPUB 3.3 §4.2.3 asks for names that
 * stay apart when case is ignored). The same image used twice is one file.
 */
#include "epub/book.h"

static bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

static Str clean_stem(const Book *book, Str name) {
    size_t from = 0, to = name.n;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '/' || name.p[i] == '\\') from = i + 1;
    }
    for (size_t i = from; i < name.n; i++) {
        if (name.p[i] == '.') to = i;
    }
    if (to - from > 40) to = from + 40;
    Buf stem = buf_new(book->arena);
    for (size_t i = from; i < to; i++) {
        char c = name.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (is_letter_or_digit(c))
            buf_add_char(&stem, c);
        else if (stem.n > 0 && stem.p[stem.n - 1] != '-')
            buf_add_char(&stem, '-');
    }
    while (stem.n > 0 && stem.p[stem.n - 1] == '-') stem.n--;
    return stem.n > 0 ? buf_str(&stem) : STR("image");
}

static void name_image(Book *book, const Image *image, StrMap *taken) {
    const char *extension = image->format == IMAGE_PNG ? ".png" : ".jpg";
    Str stem = clean_stem(book, image->name);
    Str name = name_unique(book->arena, taken, str_format(book->arena, "images/" STR_FMT, STR_ARG(stem)), extension);
    *PUSH(book->arena, &book->images, BookImage) = (BookImage){image, name};
    Str *kept = NEW(book->arena, Str);
    *kept = name;
    strmap_put(book->image_names, image->name, kept);
}

void book_name_images(Book *book) {
    book->image_names = strmap_new(book->arena);
    if (!book->layout->images) return;
    StrMap *taken = strmap_new(book->arena);
    const Node *root = book->tree->root;
    for (const Node *node = root; node; node = node->artifact ? node_next_after(node, root) : node_next(node, root)) {
        const Image *image = book->layout->images[node->number];
        if (!image || node->kind != NODE_IMAGE || node->artifact) continue;
        if (!node->has_alt) book->alt_missing = true;
        if (image_description(book, node)) book->long_descriptions = true;
        if (!book_image_name(book, image)) name_image(book, image, taken);
    }
}

const Str *book_image_name(const Book *book, const Image *image) { return strmap_find(book->image_names, image->name); }

static const Node *description_line(const Book *book, const Node *image) {
    for (const Node *node = image->next; node && image->parent->kind == NODE_FIGURE; node = node->next) {
        if (node->kind == NODE_DESCRIPTION && book->ids[node->number].n > 0) return node;
    }
    return NULL;
}

/* A long description is an element of the same file, so that a reading system can lead there and back; else it is the line
 * below the image that links to it. */
const Node *image_description(const Book *book, const Node *image) {
    Str name = node_attribute(image, "longdesc");
    if (name.n == 0 && image->parent->kind == NODE_FIGURE) name = node_attribute(image->parent, "longdesc");
    if (name.n > 0 && name.p[0] == '#') name = str_slice(name, 1, name.n);
    const Node *target = name.n > 0 ? strmap_find(book->targets, name) : NULL;
    bool near = target && book->ids[target->number].n > 0 && book_file_of(book, target) == book_file_of(book, image);
    return near ? target : description_line(book, image);
}
