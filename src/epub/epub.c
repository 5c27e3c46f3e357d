/* The way of an EPUB: the book is planned, its files are written, the container holds them. */
#include "epub/book.h"
#include "epub/container.h"

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

static bool add(const Book *book, Container *container, Str name, Str bytes, bool compress) {
    return container_add(container, full_name(book, name), bytes, compress);
}

/* One content document on its way into the container, beside the others: with memory and diagnostics of its own. What was written is given
 * up once it is compressed. */
typedef struct {
    Book book; /* as it is for this file */
    Arena *kept;
    Diags diags;
    Packed packed;
    bool ok;
} FileWork;

static void file_make(void *of, uint32_t file) {
    FileWork *work = &((FileWork *)of)[file];
    Arena *scratch = work->book.arena = arena_open();
    content_write(&work->book, file);
    work->ok = container_pack(scratch, work->book.files.items[file].xhtml, &work->packed);
    work->packed.data = str_copy(work->kept, work->packed.data);
    work->book.files.items[file].xhtml = (Str){0};
    arena_close(scratch);
}

static bool add_contents(Book *book, Container *container) {
    uint32_t count = book->files.count;
    FileWork *works = NEW_ARRAY(book->arena, FileWork, count);
    for (uint32_t i = 0; i < count; i++) {
        FileWork *work = &works[i];
        work->book = *book;
        work->kept = arena_open();
        work->diags = diags_new(work->kept);
        work->book.diags = &work->diags;
    }
    work_share(count, file_make, works);
    bool ok = true;
    for (uint32_t i = 0; i < count; i++) {
        diags_join(book->diags, &works[i].diags);
        ok = ok && works[i].ok && container_add_packed(container, full_name(book, book->files.items[i].name), &works[i].packed);
        arena_close(works[i].kept);
    }
    return ok;
}

/* All but the package document, which comes last: its identifier is made from the others. */
static bool add_files(Book *book, Container *container) {
    bool ok = container_add(container, STR("mimetype"), STR("application/epub+zip"), false);
    ok = ok && container_add(container, STR("META-INF/container.xml"), container_xml(book->arena), true);
    ok = ok && add(book, container, STR("nav.xhtml"), nav_write(book), true);
    ok = ok && add(book, container, STR("cover.xhtml"), cover_xhtml(book), true);
    ok = ok && add(book, container, STR("cover.svg"), cover_svg(book), true);
    ok = ok && add(book, container, STR("style.css"), css_write(book), true);
    ok = ok && add_contents(book, container);
    for (uint32_t i = 0; i < book->images.count; i++) { /* compressed already */
        ok = ok && add(book, container, book->images.items[i].name, book->images.items[i].image->bytes, false);
    }
    for (uint32_t i = 0; i < book->inputs.count; i++) {
        const BookInput *carried = &book->inputs.items[i];
        if (carried->shown) continue;
        bool words = carried->input->role == INPUT_SOURCE || carried->input->role == INPUT_SHEET;
        ok = ok && add(book, container, carried->name, carried->input->bytes, words);
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
        ok = add(book, container, STR("package.opf"), package_write(book, identity), true);
    }
    ok = container_close(container, out) && ok;
    if (ok) return true;
    Str name = book->tree->source ? book->tree->source->name : STR("-");
    return diag_world(d, "epub-container", name, NULL, "the EPUB's container could not be written");
}
