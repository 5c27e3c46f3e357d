/* What the file says of itself: XMP (ISO 16684-1; ISO 19005-2 §6.6; ISO 14289-1 §7.1) and, for older readers, the information dictionary
 * with the same values. */
#include "pdf/file.h"

#define PRODUCER "brief"

/* ---- XMP ----------------------------------------------------------------------------------------------------------- */

static void xml_add(Buf *b, Str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c == UTF8_BAD || c == 0xFFFE || c == 0xFFFF) c = 0xFFFD;
        switch (c) {
        case '&': buf_add_c(b, "&amp;"); break;
        case '<': buf_add_c(b, "&lt;"); break;
        case '>': buf_add_c(b, "&gt;"); break;
        case '"': buf_add_c(b, "&quot;"); break;
        default: buf_add_utf8(b, c < 0x20 && c != '\n' && c != '\t' ? ' ' : c);
        }
    }
}

/* One after the other: formats that are read each time would be most of the work. */
static void parts_add(Buf *b, const char *const *parts) {
    for (; *parts != NULL; parts++) buf_add_c(b, *parts);
}
#define ADD(b, ...) parts_add(b, (const char *const[]){__VA_ARGS__, NULL})

static void simple(Buf *b, const char *name, Str value) {
    if (value.n == 0) return;
    ADD(b, "<", name, ">");
    xml_add(b, value);
    ADD(b, "</", name, ">\n");
}

static void alternative(Buf *b, const char *name, Str value) {
    if (value.n == 0) return;
    ADD(b, "<", name, "><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    xml_add(b, value);
    ADD(b, "</rdf:li></rdf:Alt></", name, ">\n");
}

static void list(Buf *b, const char *name, const char *container, const Str *values, uint32_t count) {
    if (count == 0 || (count == 1 && values[0].n == 0)) return;
    ADD(b, "<", name, "><rdf:", container, ">");
    for (uint32_t i = 0; i < count; i++) {
        buf_add_c(b, "<rdf:li>");
        xml_add(b, values[i]);
        buf_add_c(b, "</rdf:li>");
    }
    ADD(b, "</rdf:", container, "></", name, ">\n");
}

/* A schema, as PDF/A wants it of every property that XMP does not know (ISO 19005-2 §6.6.2.3). */
static void schema_begin(Buf *b, const char *name, const char *namespace, const char *prefix) {
    ADD(b, "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>", name, "</pdfaSchema:schema><pdfaSchema:namespaceURI>",
        namespace, "</pdfaSchema:namespaceURI><pdfaSchema:prefix>", prefix,
        "</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\n");
}

static void schema_property(Buf *b, const char *name, const char *type, const char *description) {
    ADD(b, "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>", name, "</pdfaProperty:name><pdfaProperty:valueType>", type,
        "</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>", description,
        "</pdfaProperty:description></rdf:li>\n");
}

static void schemas(const PdfFile *file, Buf *b) {
    bool universal = file->options->claims & CLAIM_PDF_UA, made = file->options->record != NULL;
    if (!universal && !made) return;
    buf_add_c(b, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                 " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                 " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n<pdfaExtension:schemas><rdf:Bag>");
    if (universal) {
        schema_begin(b, "PDF/UA Universal Accessibility Schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid");
        schema_property(b, "part", "Integer", "Part of ISO 14289 the file conforms to");
        buf_add_c(b, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
    }
    if (made) {
        schema_begin(b, "How the file was made", RECORD_NAMESPACE, RECORD_PREFIX);
        for (const RecordKind *kind = record_kinds; kind->name != NULL; kind++)
            schema_property(b, kind->name, kind->type, kind->description);
        buf_add_c(b, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
    }
    buf_add_c(b, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

/* How the file was made. Values of one name are a list, whose order means something. */
static void record(const PdfFile *file, Buf *b) {
    if (file->options->record == NULL) return;
    RecordProperties properties = record_properties(file->arena, file->options->record);
    buf_add_c(b, "<rdf:Description rdf:about=\"\" xmlns:" RECORD_PREFIX "=\"" RECORD_NAMESPACE "\">\n");
    for (uint32_t i = 0; i < properties.count; i++) {
        Str name = str_format(file->arena, RECORD_PREFIX ":%s", properties.items[i].name);
        if (!str_is(str_from(properties.items[i].name), "input")) {
            simple(b, name.p, properties.items[i].value);
            continue;
        }
        uint32_t first = i;
        Str *values = NEW_ARRAY(file->arena, Str, properties.count);
        for (; i < properties.count && properties.items[i].name == properties.items[first].name; i++)
            values[i - first] = properties.items[i].value;
        list(b, name.p, "Seq", values, i - first);
        i--;
    }
    buf_add_c(b, "</rdf:Description>\n");
}

static Str join(Arena *arena, const Str *values, uint32_t count) {
    Buf b = buf_new(arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) buf_add_c(&b, ", ");
        buf_add(&b, values[i]);
    }
    return buf_str(&b);
}

Str date_write(Arena *arena, int64_t seconds) {
    DateTime m = date_time_of(seconds);
    return str_format(arena, "D:%04d%02d%02d%02d%02d%02dZ", m.year, m.month, m.day, m.hour, m.minute, m.second);
}

/* The author's keywords and, for a draft, that word. Gives how many. */
static uint32_t keywords_gather(const PdfFile *file, const Str **out) {
    const Meta *meta = &file->layout->tree->meta;
    *out = meta->keywords;
    if (meta->draft.n == 0) return meta->keyword_count;
    Str *keywords = NEW_ARRAY(file->arena, Str, (size_t)meta->keyword_count + 1);
    for (uint32_t i = 0; i < meta->keyword_count; i++) keywords[i] = meta->keywords[i];
    keywords[meta->keyword_count] = STR("Draft");
    *out = keywords;
    return meta->keyword_count + 1;
}

static Str xmp_packet(const PdfFile *file) {
    const Meta *meta = &file->layout->tree->meta;
    Str language = tree_language(file->layout->tree, file->layout->tree->root);
    Str date = date_time_text(file->arena, file->options->date);
    unsigned claims = file->options->claims;
    bool attached = file->options->record != NULL && file->options->record->embedded;
    const Str *keywords;
    uint32_t keyword_count = keywords_gather(file, &keywords);
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"\""
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                  " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                  " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
    simple(&b, "dc:format", STR("application/pdf"));
    alternative(&b, "dc:title", meta->title);
    list(&b, "dc:creator", "Seq", meta->authors, meta->author_count);
    alternative(&b, "dc:description", meta->description);
    list(&b, "dc:subject", "Bag", keywords, keyword_count);
    list(&b, "dc:publisher", "Bag", &meta->publisher, 1);
    alternative(&b, "dc:rights", meta->rights);
    list(&b, "dc:date", "Seq", &meta->date, 1);
    list(&b, "dc:language", "Bag", &language, 1);
    simple(&b, "xmp:Label", meta->marking);
    simple(&b, "xmp:CreateDate", date);
    simple(&b, "xmp:ModifyDate", date);
    simple(&b, "xmp:MetadataDate", date);
    simple(&b, "xmp:CreatorTool", STR(PRODUCER));
    simple(&b, "pdf:Producer", STR(PRODUCER));
    simple(&b, "pdf:Keywords", join(file->arena, keywords, keyword_count));
    simple(&b, "pdfaid:part", attached ? STR("3") : STR("2")); /* part 2 knows no files that are attached but PDF/A */
    simple(&b, "pdfaid:conformance", claims & CLAIM_PDF_A ? STR("A") : STR("U"));
    if (claims & CLAIM_PDF_UA) simple(&b, "pdfuaid:part", STR("1"));
    buf_add_c(&b, "</rdf:Description>\n");
    record(file, &b);
    schemas(file, &b);
    buf_add_c(&b, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    return buf_str(&b);
}

/* ---- Information dictionary ---------------------------------------------------------------------------------------- */

static void information(Buf *b, const char *key, Str value) {
    if (value.n == 0) return;
    syntax_name(b, str_from(key));
    syntax_text(b, value);
}

void metadata_write(PdfFile *file, Buf *catalogue) {
    const Meta *meta = &file->layout->tree->meta;
    const Str *keywords;
    uint32_t keyword_count = keywords_gather(file, &keywords);
    Buf b = buf_new(file->arena);
    information(&b, "Title", meta->title);
    information(&b, "Author", join(file->arena, meta->authors, meta->author_count));
    information(&b, "Subject", meta->description);
    information(&b, "Keywords", join(file->arena, keywords, keyword_count));
    information(&b, "Creator", STR(PRODUCER));
    information(&b, "Producer", STR(PRODUCER));
    information(&b, "CreationDate", date_write(file->arena, file->options->date));
    information(&b, "ModDate", date_write(file->arena, file->options->date));
    buf_add_char(&b, '\n');
    haru_set(file->haru, haru_information(file->haru), &b);

    b.n = 0;
    buf_add_c(&b, "/Type/Metadata/Subtype/XML\n"); /* not deflated: to be found by whoever looks for it (ISO 19005-2 §6.6.2) */
    buf_add_c(catalogue, "/Metadata ");
    syntax_ref(catalogue, haru_stream(file->haru, &b, xmp_packet(file), STREAM_AS_IS));
    buf_add_char(catalogue, '\n');
}
