/* The files attached to a PDF (ISO 32000-1 §7.11.4; associated ones: ISO 19005-3, annex E): those that the catalogue associates, those of the
 * tree of names, those of annotations; each once.
 */
#include "inspect/pdf.h"

static qpdf_oh file_stream(Pdf *pdf, qpdf_oh specification) {
    qpdf_oh embedded = pdf_key(pdf, specification, "/EF");
    qpdf_oh stream = pdf_key(pdf, embedded, "/UF");
    return libqpdf()->qpdf_oh_is_stream(pdf->qpdf, stream) ? stream : pdf_key(pdf, embedded, "/F");
}

static int64_t file_size(Pdf *pdf, qpdf_oh stream) {
    qpdf_oh size = pdf_key(pdf, pdf_key(pdf, stream, "/Params"), "/Size");
    int64_t value = libqpdf()->qpdf_oh_is_integer(pdf->qpdf, size) ? libqpdf()->qpdf_oh_get_int_value(pdf->qpdf, size) : -1;
    return value < 0 ? -1 : value;
}

void pdf_file(Pdf *pdf, qpdf_oh specification, bool associated) {
    Inspection *at = pdf->at;
    qpdf_oh stream = file_stream(pdf, specification);
    if (!libqpdf()->qpdf_oh_is_stream(pdf->qpdf, stream) || pdf_seen(pdf, stream)) return;
    if (at->attachments.count >= INSPECT_COUNT) {
        at->out->cut = true;
        return;
    }
    InspectAttachment *file = PUSH(at->arena, &at->attachments, InspectAttachment);
    file->name = pdf_text(pdf, pdf_key(pdf, specification, "/UF"));
    if (file->name.n == 0) file->name = pdf_text(pdf, pdf_key(pdf, specification, "/F"));
    file->description = pdf_text(pdf, pdf_key(pdf, specification, "/Desc"));
    file->media_type = pdf_name(pdf, pdf_key(pdf, stream, "/Subtype"));
    file->relationship = pdf_name(pdf, pdf_key(pdf, specification, "/AFRelationship"));
    file->associated = associated;
    file->size = file_size(pdf, stream);
    file->index = pdf->files.count;
    handles_add(pdf, &pdf->files, stream);
}

static void files_associated(Pdf *pdf, qpdf_oh list) {
    int count = pdf_items(pdf, list);
    for (int i = 0; i < count && i <= INSPECT_COUNT; i++)
        pdf_file(pdf, libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, list, i), true);
}

/* The tree of names (§7.9.6), every node once. */
static void files_named(Pdf *pdf, qpdf_oh root) {
    Handles waiting = {0};
    handles_add(pdf, &waiting, root);
    while (waiting.count > 0) {
        qpdf_oh node = waiting.items[--waiting.count];
        if (!libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, node) || pdf_seen(pdf, node)) continue;
        qpdf_oh names = pdf_key(pdf, node, "/Names"), kids = pdf_key(pdf, node, "/Kids");
        int count = pdf_items(pdf, names);
        for (int i = 1; i < count && i / 2 <= INSPECT_COUNT; i += 2)
            pdf_file(pdf, libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, names, i), false);
        count = pdf_items(pdf, kids);
        for (int i = 0; i < count && i <= INSPECT_COUNT; i++)
            handles_add(pdf, &waiting, libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, kids, i));
    }
}

void pdf_files(Pdf *pdf, qpdf_oh catalogue) {
    files_associated(pdf, pdf_key(pdf, catalogue, "/AF"));
    files_named(pdf, pdf_key(pdf, pdf_key(pdf, catalogue, "/Names"), "/EmbeddedFiles"));
}

bool pdf_attachment(Pdf *pdf, uint32_t index, Arena *arena, Str *out) {
    return index < pdf->files.count && pdf_stream(pdf, pdf->files.items[index], arena, INSPECT_BYTES, out);
}
