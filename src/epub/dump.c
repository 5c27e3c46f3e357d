/* The "xhtml" stage of `brief dump`. */
#include "epub/book.h"

void epub_xhtml_dump(const Layout *layout, const EpubOptions *options, Buf *out) {
    Book *book = book_new(out->arena, NULL, layout, options);
    for (uint32_t i = 0; i < book->files.count; i++) {
        content_write(book, i);
        const ContentFile *file = &book->files.items[i];
        buf_format(out, "%s=== " STR_FMT "\n", i > 0 ? "\n" : "", STR_ARG(file->name));
        buf_add(out, file->xhtml);
    }
}
