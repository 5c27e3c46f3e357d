/* The fonts of a PDF (ISO 32000-1 §9.6 to §9.9): those of all resources, of pages and of what pages draw. */
#include "inspect/pdf.h"

/* "ABCDEF+Lato-Regular" (§9.6.4). */
static bool is_subset(Str name) {
    for (size_t i = 0; i < 6; i++)
        if (i >= name.n || name.p[i] < 'A' || name.p[i] > 'Z') return false;
    return name.n > 7 && name.p[6] == '+';
}

static bool is_embedded(Pdf *pdf, qpdf_oh font) {
    static const char *const files[] = {"/FontFile", "/FontFile2", "/FontFile3"};
    qpdf_oh descriptor = pdf_key(pdf, font, "/FontDescriptor");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (libqpdf()->qpdf_oh_is_stream(pdf->qpdf, pdf_key(pdf, descriptor, files[i]))) return true;
    return false;
}

static void font_read(Pdf *pdf, qpdf_oh font, Handles *waiting) {
    if (!libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, font) || pdf_seen(pdf, font)) return;
    Str name = pdf_name(pdf, pdf_key(pdf, font, "/BaseFont"));
    Str type = pdf_name(pdf, pdf_key(pdf, font, "/Subtype"));
    bool drawn = str_is(type, "Type3"); /* its glyphs are drawn by the file itself */
    if (drawn) handles_add(pdf, waiting, pdf_key(pdf, font, "/Resources"));
    if (drawn && name.n == 0) name = pdf_name(pdf, pdf_key(pdf, font, "/Name"));
    if (name.n == 0) name = drawn ? STR("Type 3") : STR("(no name)");
    qpdf_oh described = font;
    if (str_is(type, "Type0")) {
        qpdf_oh descendants = pdf_key(pdf, font, "/DescendantFonts");
        if (libqpdf()->qpdf_oh_is_array(pdf->qpdf, descendants) &&
            libqpdf()->qpdf_oh_get_array_n_items(pdf->qpdf, descendants) > 0)
            described = libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, descendants, 0);
    }
    bool subset = is_subset(name);
    font_add(pdf->at, subset ? str_slice(name, 7, name.n) : name, drawn || is_embedded(pdf, described), subset);
}

void pdf_resources(Pdf *pdf, qpdf_oh resources) {
    static const char *const drawers[] = {"/XObject", "/Pattern"};
    Handles waiting = {0};
    const char **keys;
    handles_add(pdf, &waiting, resources);
    while (waiting.count > 0) {
        qpdf_oh own = waiting.items[--waiting.count];
        if (!libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, own) || pdf_seen(pdf, own)) continue;
        qpdf_oh fonts = pdf_key(pdf, own, "/Font");
        uint32_t count = pdf_seen(pdf, fonts) ? 0 : pdf_keys(pdf, fonts, &keys);
        for (uint32_t i = 0; i < count; i++) font_read(pdf, pdf_key(pdf, fonts, keys[i]), &waiting);
        for (size_t d = 0; d < sizeof drawers / sizeof *drawers; d++) {
            qpdf_oh all = pdf_key(pdf, own, drawers[d]);
            count = pdf_seen(pdf, all) ? 0 : pdf_keys(pdf, all, &keys);
            for (uint32_t i = 0; i < count; i++) {
                qpdf_oh drawer = pdf_key(pdf, all, keys[i]);
                if (libqpdf()->qpdf_oh_is_stream(pdf->qpdf, drawer) && !pdf_seen(pdf, drawer))
                    handles_add(pdf, &waiting, pdf_key(pdf, drawer, "/Resources"));
            }
        }
    }
}
