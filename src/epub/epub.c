/* The way of an EPUB: the book is planned, its files are written, the container holds them. */
#include "epub/book.h"
#include "epub/container.h"
#include "epub/kept.h"

static Str container_xml(Arena *arena) {
    Buf out = buf_new(arena);
    Xml xml = xml_new(&out);
    xml_open(&xml, "container");
    xml_attribute_c(&xml, "xmlns", "urn:oasis:names:tc:opendocument:xmlns:container");
    xml_attribute_c(&xml, "version", "1.0");
    xml_open(&xml, "rootfiles");
    xml_open(&xml, "rootfile");
    xml_attribute_c(&xml, "full-path", "EPUB/package.opf");
    xml_attribute_c(&xml, "media-type", "application/oebps-package+xml");
    xml_close(&xml, "rootfile");
    xml_close(&xml, "rootfiles");
    xml_close(&xml, "container");
    xml_finish(&xml);
    return buf_str(&out);
}

static Str full_name(const Book *book, Str name) { return str_format(book->arena, "EPUB/" STR_FMT, STR_ARG(name)); }

static bool add(const Book *book, Container *container, Str name, Packed packed) {
    return container_add(container, full_name(book, name), &packed);
}

static bool add_packed(const Book *book, Container *container, const char *name, Str bytes) {
    return add(book, container, str_from(name), container_pack(book->arena, DEFLATE_SMALL, bytes));
}

/* One content document on its way into the container, beside the others: with memory and diagnostics of its own. What was written is given
 * up once it is compressed. */
typedef struct {
    Book book; /* as it is for this file */
    uint32_t file;
    Arena *kept;
    Diags diags;
    Packed packed;
} FileWork;

static void file_make(void *of, uint32_t index) {
    FileWork *work = &((FileWork *)of)[index];
    uint32_t file = work->file;
    Arena *scratch = work->book.arena = arena_open();
    content_write(&work->book, file);
    work->packed = container_pack(work->kept, DEFLATE_SMALL, work->book.files.items[file].xhtml);
    if (!work->packed.deflated) work->packed.data = str_copy(work->kept, work->packed.data);
    work->book.files.items[file].xhtml = (Str){0};
    arena_close(scratch);
}

#define FILES_AT_ONCE 256 /* what each keeps is given up before the next begin */

static bool add_some(Book *book, Container *container, FileWork *works, uint32_t first, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        FileWork *work = &works[i];
        work->book = *book;
        work->file = first + i;
        work->kept = arena_open();
        work->diags = diags_new(work->kept);
        work->book.diags = &work->diags;
    }
    work_share(count, file_make, works);
    bool ok = true;
    for (uint32_t i = 0; i < count; i++) {
        diags_join(book->diags, &works[i].diags);
        ok = ok && add(book, container, book->files.items[first + i].name, works[i].packed);
        arena_close(works[i].kept);
    }
    return ok;
}

static bool add_contents(Book *book, Container *container) {
    uint32_t count = book->files.count, most = count < FILES_AT_ONCE ? count : FILES_AT_ONCE;
    FileWork *works = NEW_ARRAY(book->arena, FileWork, most);
    bool ok = true;
    for (uint32_t first = 0; first < count && ok; first += most)
        ok = add_some(book, container, works, first, count - first < most ? count - first : most);
    return ok;
}

/* All but the package document, which comes last: its identifier is made from the others. */
static bool add_files(Book *book, Container *container) {
    Packed mimetype = container_keep(STR("application/epub+zip"));
    Packed xml = container_pack(book->arena, DEFLATE_SMALL, container_xml(book->arena));
    bool ok = container_add(container, STR("mimetype"), &mimetype);
    ok = ok && container_add(container, STR("META-INF/container.xml"), &xml);
    ok = ok && add_packed(book, container, "nav.xhtml", nav_write(book));
    ok = ok && add_packed(book, container, "cover.xhtml", cover_xhtml(book));
    ok = ok && add_packed(book, container, "cover.svg", cover_svg(book));
    ok = ok && add(book, container, STR("style.css"), kept_css(book));
    ok = ok && add_contents(book, container);
    for (uint32_t i = 0; i < book->images.count; i++) { /* compressed already */
        ok = ok && add(book, container, book->images.items[i].name, container_keep(book->images.items[i].image->bytes));
    }
    for (uint32_t i = 0; i < book->inputs.count; i++) {
        const BookInput *carried = &book->inputs.items[i];
        if (carried->shown) continue;
        bool words = carried->input->role == INPUT_SOURCE || carried->input->role == INPUT_SHEET;
        Str bytes = carried->input->bytes;
        Packed packed = words ? container_pack(book->arena, DEFLATE_SMALL, bytes) : container_keep(bytes);
        ok = ok && add(book, container, carried->name, packed);
    }
    return ok;
}

bool epub_write(Arena *arena, Diags *d, const Layout *layout, const EpubOptions *options, Str *out) {
    Book *book = book_new(arena, d, layout, options);
    Container *container = container_open(book->arena);
    bool ok = add_files(book, container);
    if (ok) {
        uint64_t identity[2];
        container_hash(container, identity);
        ok = add_packed(book, container, "package.opf", package_write(book, identity));
    }
    ok = container_close(container, out) && ok;
    if (ok) return true;
    Str name = book->tree->source ? book->tree->source->name : STR("-");
    return diag_world(d, "epub-container", name, NULL, "the EPUB is larger than a ZIP can be");
}
