/* The package document (EPUB 3.3 §5) with its metadata for accessibility (EPUB Accessibility 1.1 §2). */
#include "epub/book.h"

static void property(Xml *xml, const char *name, Str value) {
    if (value.n == 0) return;
    xml_open(xml, "meta");
    xml_attribute_c(xml, "property", name);
    xml_text(xml, value);
    xml_close(xml, "meta");
    xml_line(xml);
}

static void property_c(Xml *xml, const char *name, const char *value) { property(xml, name, str_from(value)); }

static void refine(Xml *xml, Str id, const char *name, const char *scheme, Str value) {
    xml_open(xml, "meta");
    xml_attribute(xml, "refines", id);
    xml_attribute_c(xml, "property", name);
    if (scheme) xml_attribute_c(xml, "scheme", scheme);
    xml_text(xml, value);
    xml_close(xml, "meta");
    xml_line(xml);
}

static void dublin_core(Xml *xml, const char *element, const char *id, Str value) {
    value = str_trim(value);
    if (value.n == 0) return;
    xml_open(xml, element);
    if (id) xml_attribute_c(xml, "id", id);
    xml_text(xml, value);
    xml_close(xml, element);
    xml_line(xml);
}

/* A UUID of version 8 (RFC 9562 §5.8): the content's hash, with the bits that say so. */
static Str identifier(const Book *book, const uint64_t identity[2]) {
    uint64_t high = (identity[0] & ~(uint64_t)0xF000) | 0x8000;
    uint64_t low = (identity[1] & ~((uint64_t)3 << 62)) | (uint64_t)2 << 62;
    return str_format(book->arena, "urn:uuid:%08x-%04x-%04x-%04x-%012llx", (unsigned)(high >> 32),
        (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFFF), (unsigned)(low >> 48),
        (unsigned long long)(low & 0xFFFFFFFFFFFFull));
}

static void write_titles(Xml *xml, const Book *book) {
    Str subtitle = str_trim(book->tree->meta.subtitle);
    dublin_core(xml, "dc:title", "title", book->title);
    if (subtitle.n == 0) return;
    refine(xml, STR("#title"), "title-type", NULL, STR("main"));
    dublin_core(xml, "dc:title", "subtitle", subtitle);
    refine(xml, STR("#subtitle"), "title-type", NULL, STR("subtitle"));
}

static void write_authors(Xml *xml, const Book *book) {
    const Meta *meta = &book->tree->meta;
    for (uint32_t i = 0; i < meta->author_count; i++) {
        if (str_trim(meta->authors[i]).n == 0) continue;
        Str id = str_format(book->arena, "creator-%u", i + 1);
        xml_open(xml, "dc:creator");
        xml_attribute(xml, "id", id);
        xml_text(xml, str_trim(meta->authors[i]));
        xml_close(xml, "dc:creator");
        xml_line(xml);
        refine(xml, str_format(book->arena, "#" STR_FMT, STR_ARG(id)), "role", "marc:relators", STR("aut"));
    }
}

/* What the pages are pages of: the same document's PDF, told from others by what a reader would cite. */
static Str page_source(const Book *book) {
    const Meta *meta = &book->tree->meta;
    Buf source = buf_new(book->arena);
    buf_add(&source, STR("PDF"));
    const Str parts[] = {book->title, meta->reference, meta->publisher, meta->date.n > 0 ? meta->date : meta->date_text};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Str part = str_trim(parts[i]);
        if (part.n == 0) continue;
        buf_add(&source, STR(", "));
        buf_add(&source, part);
    }
    return buf_str(&source);
}

static void write_accessibility(Xml *xml, const Book *book) {
    bool images = book->images.count > 0;
    property_c(xml, "schema:accessMode", "textual");
    if (images) property_c(xml, "schema:accessMode", "visual");
    if (!book->alt_missing) property_c(xml, "schema:accessModeSufficient", "textual");
    if (images) property_c(xml, "schema:accessModeSufficient", "textual,visual");
    static const char *const features[] = {
        "structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) property_c(xml, "schema:accessibilityFeature", features[i]);
    if (images && !book->alt_missing) property_c(xml, "schema:accessibilityFeature", "alternativeText");
    if (book->long_descriptions) property_c(xml, "schema:accessibilityFeature", "longDescription");
    if (book->mark_count > 0) {
        property_c(xml, "schema:accessibilityFeature", "pageBreakMarkers");
        property_c(xml, "schema:accessibilityFeature", "pageNavigation");
    }
    property_c(xml, "schema:accessibilityHazard", "none");
    Buf summary = buf_new(book->arena);
    buf_add(&summary, STR("Structured text with headings, a table of contents and a logical reading order."));
    if (book->mark_count > 0) buf_add(&summary, STR(" The page numbers are those of the PDF edition."));
    if (images && !book->alt_missing) buf_add(&summary, STR(" Images have alternative text or are marked as decoration."));
    if (book->alt_missing) buf_add(&summary, STR(" Some images have no alternative text."));
    xml_open(xml, "meta");
    xml_attribute_c(xml, "property", "schema:accessibilitySummary");
    xml_attribute_c(xml, "xml:lang", "en-GB"); /* whatever the document's language */
    if (book->right_to_left) xml_attribute_c(xml, "dir", "ltr");
    xml_text(xml, buf_str(&summary));
    xml_close(xml, "meta");
    xml_line(xml);
    if (book->options->claims & CLAIM_EPUB_A11Y) {
        property_c(xml, "dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
    }
    property_c(xml, "dcterms:conformsTo", "https://www.w3.org/TR/epub-33/"); /* the package's version is 3.0 in every EPUB 3 */
    if (book->mark_count > 0) property(xml, "pageBreakSource", page_source(book));
}

/* How the file was made, and under which names the files it was made from were read. */
static void write_record(Xml *xml, const Book *book) {
    const Record *record = book->options->record;
    if (record == NULL) return;
    RecordProperties properties = record_properties(book->arena, record);
    for (uint32_t i = 0; i < properties.count; i++)
        property(xml, str_format(book->arena, RECORD_PREFIX ":%s", properties.items[i].name).p, properties.items[i].value);
    for (uint32_t i = 0; i < book->inputs.count; i++) {
        const BookInput *carried = &book->inputs.items[i];
        Str item = str_format(book->arena, "#" STR_FMT, STR_ARG(carried->id));
        refine(xml, item, RECORD_PREFIX ":name", NULL, carried->input->name);
    }
}

static void write_metadata(Xml *xml, const Book *book, const uint64_t identity[2]) {
    const Meta *meta = &book->tree->meta;
    int64_t date = book->options->date;
    xml_open(xml, "metadata");
    xml_attribute_c(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_line(xml);
    dublin_core(xml, "dc:identifier", "identifier", identifier(book, identity));
    dublin_core(xml, "dc:identifier", NULL, meta->reference);
    write_titles(xml, book);
    dublin_core(xml, "dc:language", NULL, book->language);
    write_authors(xml, book);
    dublin_core(xml, "dc:date", NULL, meta->date);
    dublin_core(xml, "dc:description", NULL, meta->description.n > 0 ? meta->description : meta->standfirst);
    for (uint32_t i = 0; i < meta->keyword_count; i++) dublin_core(xml, "dc:subject", NULL, meta->keywords[i]);
    dublin_core(xml, "dc:publisher", NULL, meta->publisher);
    dublin_core(xml, "dc:rights", NULL, meta->rights);
    property(xml, "dcterms:accessRights", str_trim(meta->marking)); /* DCMI: who may have it, or its security status */
    property(xml, "schema:creativeWorkStatus", str_trim(meta->draft));
    property(xml, "dcterms:modified", date_time_text(book->arena, date < 0 ? 0 : date));
    write_accessibility(xml, book);
    write_record(xml, book);
    xml_close(xml, "metadata");
    xml_line(xml);
}

static void item(Xml *xml, Str id, Str href, const char *type, const char *properties) {
    xml_open(xml, "item");
    xml_attribute(xml, "id", id);
    xml_attribute(xml, "href", href);
    xml_attribute_c(xml, "media-type", type);
    if (properties) xml_attribute_c(xml, "properties", properties);
    xml_close(xml, "item");
    xml_line(xml);
}

static Str file_id(const Book *book, uint32_t file) { return str_format(book->arena, "content-%u", file + 1); }

static void write_manifest(Xml *xml, const Book *book) {
    static const char xhtml[] = "application/xhtml+xml";
    xml_open(xml, "manifest");
    xml_line(xml);
    item(xml, STR("nav"), STR("nav.xhtml"), xhtml, "nav");
    item(xml, STR("style"), STR("style.css"), "text/css", NULL);
    item(xml, STR("cover"), STR("cover.xhtml"), xhtml, NULL);
    item(xml, STR("cover-image"), STR("cover.svg"), "image/svg+xml", "cover-image");
    for (uint32_t i = 0; i < book->files.count; i++) item(xml, file_id(book, i), book->files.items[i].name, xhtml, NULL);
    for (uint32_t i = 0; i < book->images.count; i++) {
        const BookImage *image = &book->images.items[i];
        item(xml, str_format(book->arena, "image-%u", i + 1), image->name,
            image->image->format == IMAGE_PNG ? "image/png" : "image/jpeg", NULL);
    }
    for (uint32_t i = 0; i < book->inputs.count; i++) {
        const BookInput *carried = &book->inputs.items[i];
        if (!carried->shown) item(xml, carried->id, carried->name, input_media_type(carried->input), NULL);
    }
    xml_close(xml, "manifest");
    xml_line(xml);
}

static void write_spine(Xml *xml, const Book *book) {
    xml_open(xml, "spine");
    if (book->right_to_left) xml_attribute_c(xml, "page-progression-direction", "rtl");
    xml_line(xml);
    for (uint32_t i = 0; i <= book->files.count; i++) {
        xml_open(xml, "itemref");
        xml_attribute(xml, "idref", i == 0 ? STR("cover") : file_id(book, i - 1));
        xml_close(xml, "itemref");
        xml_line(xml);
    }
    xml_close(xml, "spine");
    xml_line(xml);
}

Str package_write(const Book *book, const uint64_t identity[2]) {
    Buf out = buf_new(book->arena);
    Xml xml = xml_new(&out);
    xml_open(&xml, "package");
    xml_attribute_c(&xml, "xmlns", "http://www.idpf.org/2007/opf");
    xml_attribute_c(&xml, "version", "3.0");
    xml_attribute_c(&xml, "unique-identifier", "identifier");
    if (book->options->record) xml_attribute_c(&xml, "prefix", RECORD_PREFIX ": " RECORD_NAMESPACE);
    xml_attribute(&xml, "xml:lang", book->language);
    if (book->right_to_left) xml_attribute_c(&xml, "dir", "rtl");
    xml_line(&xml);
    write_metadata(&xml, book, identity);
    write_manifest(&xml, book);
    write_spine(&xml, book);
    xml_close(&xml, "package");
    xml_finish(&xml);
    return buf_str(&out);
}
