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

static void simple(Buf *b, const char *name, Str value) {
    if (value.n == 0) return;
    buf_format(b, "<%s>", name);
    xml_add(b, value);
    buf_format(b, "</%s>\n", name);
}

static void alternative(Buf *b, const char *name, Str value) {
    if (value.n == 0) return;
    buf_format(b, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    xml_add(b, value);
    buf_format(b, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void list(Buf *b, const char *name, const char *container, const Str *values, uint32_t count) {
    if (count == 0 || (count == 1 && values[0].n == 0)) return;
    buf_format(b, "<%s><rdf:%s>", name, container);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_c(b, "<rdf:li>");
        xml_add(b, values[i]);
        buf_add_c(b, "</rdf:li>");
    }
    buf_format(b, "</rdf:%s></%s>\n", container, name);
}

/* PDF/A wants every property that XMP does not know described; pdfuaid is the only one we have. */
static const char uaid_schema[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";

static Str join(Arena *arena, const Str *values, uint32_t count) {
    Buf b = buf_new(arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) buf_add_c(&b, ", ");
        buf_add(&b, values[i]);
    }
    return buf_str(&b);
}

static Str xmp_date(Arena *arena, int64_t seconds) {
    Moment m = moment_from_seconds(seconds);
    return str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.year, m.month, m.day, m.hour, m.minute, m.second);
}

static Str pdf_date(Arena *arena, int64_t seconds) {
    Moment m = moment_from_seconds(seconds);
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
    Str date = xmp_date(file->arena, file->options->date);
    unsigned claims = file->options->claims;
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
    simple(&b, "pdfaid:part", STR("2"));
    simple(&b, "pdfaid:conformance", claims & CLAIM_PDF_A ? STR("A") : STR("U"));
    if (claims & CLAIM_PDF_UA) simple(&b, "pdfuaid:part", STR("1"));
    buf_add_c(&b, "</rdf:Description>\n");
    if (claims & CLAIM_PDF_UA) buf_add_c(&b, uaid_schema);
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
    information(&b, "CreationDate", pdf_date(file->arena, file->options->date));
    information(&b, "ModDate", pdf_date(file->arena, file->options->date));
    buf_add_char(&b, '\n');
    haru_set(file->haru, haru_information(file->haru), &b);

    b.n = 0;
    buf_add_c(&b, "/Type/Metadata/Subtype/XML\n"); /* not deflated: to be found by whoever looks for it (ISO 19005-2 §6.6.2) */
    buf_add_c(catalogue, "/Metadata ");
    syntax_ref(catalogue, haru_stream(file->haru, &b, xmp_packet(file), STREAM_AS_IS));
    buf_add_char(catalogue, '\n');
}
