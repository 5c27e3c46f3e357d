/* A PDF by libqpdf: its catalogue, its pages, what it says of itself. The page tree is walked here, since the library's own walk recurses and
 * believes it. While the library works, memory is bounded: streams of objects are unpacked by it whatever their size.
 */
#include "inspect/pdf.h"

#include <stdlib.h>
#include <string.h>

#define MEMORY_BOUND ((size_t)1536 << 20)

/* ---- Objects ------------------------------------------------------------------------------------------------------- */

qpdf_oh pdf_key(Pdf *pdf, qpdf_oh dictionary, const char *key) {
    if (libqpdf()->qpdf_oh_is_stream(pdf->qpdf, dictionary)) dictionary = libqpdf()->qpdf_oh_get_dict(pdf->qpdf, dictionary);
    if (!libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, dictionary)) return libqpdf()->qpdf_oh_new_null(pdf->qpdf);
    return libqpdf()->qpdf_oh_get_key(pdf->qpdf, dictionary, key);
}

Str pdf_text(Pdf *pdf, qpdf_oh object) {
    if (!libqpdf()->qpdf_oh_is_string(pdf->qpdf, object)) return STR("");
    size_t length = 0;
    const char *text = libqpdf()->qpdf_oh_get_binary_utf8_value(pdf->qpdf, object, &length);
    return text_clean(pdf->at->arena, (Str){text, text == NULL ? 0 : length});
}

Str pdf_name(Pdf *pdf, qpdf_oh object) {
    if (!libqpdf()->qpdf_oh_is_name(pdf->qpdf, object)) return STR("");
    Str name = str_from(libqpdf()->qpdf_oh_get_name(pdf->qpdf, object));
    return text_clean(pdf->at->arena, str_slice(name, 1, name.n));
}

bool pdf_seen(Pdf *pdf, qpdf_oh object) {
    if (!libqpdf()->qpdf_oh_is_indirect(pdf->qpdf, object)) return false;
    int number = libqpdf()->qpdf_oh_get_object_id(pdf->qpdf, object);
    Str key = {(const char *)&number, sizeof number};
    if (strmap_find(pdf->seen, key) != NULL) return true;
    strmap_put(pdf->seen, str_copy(pdf->at->arena, key), pdf);
    return false;
}

int pdf_items(Pdf *pdf, qpdf_oh array) {
    if (!libqpdf()->qpdf_oh_is_array(pdf->qpdf, array) || pdf_seen(pdf, array)) return 0;
    return libqpdf()->qpdf_oh_get_array_n_items(pdf->qpdf, array);
}

void handles_add(Pdf *pdf, Handles *handles, qpdf_oh object) { *PUSH(pdf->at->arena, handles, uint32_t) = object; }

uint32_t pdf_keys(Pdf *pdf, qpdf_oh dictionary, const char ***out) {
    struct {
        const char **items;
        uint32_t count, capacity;
    } keys = {0};
    if (libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, dictionary)) {
        libqpdf()->qpdf_oh_begin_dict_key_iter(pdf->qpdf, dictionary);
        while (libqpdf()->qpdf_oh_dict_more_keys(pdf->qpdf) && keys.count < INSPECT_COUNT) {
            const char *key = libqpdf()->qpdf_oh_dict_next_key(pdf->qpdf);
            if (key == NULL) break;
            *PUSH(pdf->at->arena, &keys, const char *) = str_c(pdf->at->arena, str_from(key));
        }
    }
    *out = keys.items;
    return keys.count;
}

bool pdf_stream(Pdf *pdf, qpdf_oh stream, Arena *arena, size_t limit, Str *out) {
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (!libqpdf()->qpdf_oh_is_stream(pdf->qpdf, stream)) return false;
    qpdf_oh filter = pdf_key(pdf, stream, "/Filter");
    MemoryBound bound = memory_bound(MEMORY_BOUND);
    QPDF_ERROR_CODE code = libqpdf()->qpdf_oh_get_stream_data(pdf->qpdf, stream, qpdf_dl_generalized, &filtered, &bytes, &length);
    memory_unbound(&bound);
    bool packed = !libqpdf()->qpdf_oh_is_null(pdf->qpdf, filter) && !filtered;
    bool good = !(code & QPDF_ERRORS) && !packed && length <= limit && (bytes != NULL || length == 0);
    if (good) *out = str_copy(arena, (Str){(const char *)bytes, length});
    free(bytes);
    return good;
}

/* ---- What it says of itself ---------------------------------------------------------------------------------------- */

/* The information dictionary, where the XMP says nothing. */
static Str information(Pdf *pdf, const char *key) {
    return pdf_text(pdf, pdf_key(pdf, pdf_key(pdf, libqpdf()->qpdf_get_trailer(pdf->qpdf), "/Info"), key));
}

/* "D:20240723000100Z" as "2024-07-23"; a date that is none, as it is. */
static Str day_of(Arena *arena, Str date) {
    Str digits = str_starts(date, STR("D:")) ? str_slice(date, 2, 10) : STR("");
    for (size_t i = 0; i < digits.n; i++)
        if (!char_is_digit(digits.p[i])) return date;
    if (digits.n < 8) return date;
    return str_format(arena, STR_FMT "-" STR_FMT "-" STR_FMT, 4, digits.p, 2, digits.p + 4, 2, digits.p + 6);
}

#define SPACE_XAP "http://ns.adobe.com/xap/1.0/"
#define SPACE_PDF "http://ns.adobe.com/pdf/1.3/"
#define SPACE_PDFA "http://www.aiim.org/pdfa/ns/id/"
#define SPACE_PDFUA "http://www.aiim.org/pdfua/ns/id/"

static Str first_of(Str a, Str b) { return a.n > 0 ? a : b; }

static void claims_read(Inspection *at) {
    Str part = property_find(at, SPACE_PDFA, "part"), level = property_find(at, SPACE_PDFA, "conformance");
    if (property_find(at, SPACE_PDFUA, "part").n > 0)
        claim_add(at, str_format(at->arena, "PDF/UA-" STR_FMT, STR_ARG(property_find(at, SPACE_PDFUA, "part"))));
    if (part.n == 0) return;
    char *small = str_c(at->arena, level);
    for (char *c = small; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    claim_add(at, str_format(at->arena, "PDF/A-" STR_FMT "%s", STR_ARG(part), small));
}

static void authors_read(Inspection *at, Str information) {
    if (information.n > 0 && property_find(at, SPACE_DC, "creator").n == 0)
        property_add(at, STR(SPACE_DC), STR("creator"), information, STR(""));
    subjects_read(at);
}

static void metadata_read(Pdf *pdf, qpdf_oh catalogue) {
    Inspection *at = pdf->at;
    Inspected *out = at->out;
    qpdf_oh metadata = pdf_key(pdf, catalogue, "/Metadata");
    Str packet;
    if (pdf_stream(pdf, metadata, at->arena, INSPECT_BYTES / 16, &packet))
        xmp_read(at, packet);
    else if (!libqpdf()->qpdf_oh_is_null(pdf->qpdf, metadata))
        out->damaged = true;
    out->title = first_of(property_find(at, SPACE_DC, "title"), information(pdf, "/Title"));
    out->language = first_of(pdf_text(pdf, pdf_key(pdf, catalogue, "/Lang")), property_find(at, SPACE_DC, "language"));
    out->marking = property_find(at, SPACE_XAP, "Label");
    Str made = first_of(property_find(at, SPACE_XAP, "CreateDate"), day_of(at->arena, information(pdf, "/CreationDate")));
    out->date = first_of(property_find(at, SPACE_DC, "date"), made);
    Str creator = first_of(property_find(at, SPACE_XAP, "CreatorTool"), information(pdf, "/Creator"));
    out->program = first_of(property_find(at, SPACE_PDF, "Producer"), information(pdf, "/Producer"));
    if (out->program.n == 0 || str_starts(creator, out->program))
        out->program = creator;
    else if (creator.n > 0)
        out->program = str_format(at->arena, STR_FMT " (" STR_FMT ")", STR_ARG(creator), STR_ARG(out->program));
    authors_read(at, information(pdf, "/Author"));
    claims_read(at);
}

/* ---- Pages --------------------------------------------------------------------------------------------------------- */

static void page_files(Pdf *pdf, qpdf_oh page) {
    qpdf_oh annotations = pdf_key(pdf, page, "/Annots");
    int count = pdf_items(pdf, annotations);
    for (int i = 0; i < count && i < INSPECT_COUNT; i++) {
        qpdf_oh annotation = libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, annotations, i);
        if (str_is(pdf_name(pdf, pdf_key(pdf, annotation, "/Subtype")), "FileAttachment"))
            pdf_file(pdf, pdf_key(pdf, annotation, "/FS"), false);
    }
}

/* Every node once; a page is a node without kids. */
static void pages_walk(Pdf *pdf, qpdf_oh catalogue) {
    Handles waiting = {0};
    Inspected *out = pdf->at->out;
    handles_add(pdf, &waiting, pdf_key(pdf, catalogue, "/Pages"));
    while (waiting.count > 0) {
        qpdf_oh node = waiting.items[--waiting.count];
        if (!libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, node) || pdf_seen(pdf, node)) continue;
        pdf_resources(pdf, pdf_key(pdf, node, "/Resources"));
        qpdf_oh kids = pdf_key(pdf, node, "/Kids");
        if (!libqpdf()->qpdf_oh_is_array(pdf->qpdf, kids)) {
            if (out->pages++ >= INSPECT_COUNT) break;
            handles_add(pdf, &pdf->pages, node);
            page_files(pdf, node);
            continue;
        }
        int count = pdf_items(pdf, kids);
        if (count > INSPECT_COUNT) count = INSPECT_COUNT + 1;
        for (int i = count; i > 0; i--) /* the last that is added is the next */
            handles_add(pdf, &waiting, libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, kids, i - 1));
    }
    if (waiting.count > 0) out->cut = true;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static bool open_failed(Pdf *pdf) {
    qpdf_error error = libqpdf()->qpdf_get_error(pdf->qpdf);
    if (error != NULL && libqpdf()->qpdf_get_error_code(pdf->qpdf, error) == qpdf_e_password)
        return inspection_refuse(pdf->at, "file-locked", NULL, "it is locked with a password");
    return inspection_refuse(pdf->at, "file-damaged", NULL, "it begins like a PDF, but is damaged beyond repair");
}

static void pdf_read(Pdf *pdf, qpdf_oh catalogue) {
    Inspected *out = pdf->at->out;
    out->version = text_clean(pdf->at->arena, str_from(libqpdf()->qpdf_get_pdf_version(pdf->qpdf)));
    out->encrypted = libqpdf()->qpdf_is_encrypted(pdf->qpdf);
    qpdf_oh marked = pdf_key(pdf, pdf_key(pdf, catalogue, "/MarkInfo"), "/Marked");
    bool is_marked = libqpdf()->qpdf_oh_is_bool(pdf->qpdf, marked) && libqpdf()->qpdf_oh_get_bool_value(pdf->qpdf, marked);
    out->tagged = is_marked && libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, pdf_key(pdf, catalogue, "/StructTreeRoot"));
    metadata_read(pdf, catalogue);
    pdf_files(pdf, catalogue);
    pages_walk(pdf, catalogue);
}

bool pdf_inspect(Inspection *at, Pdf **handle) {
    Pdf *pdf = NEW(at->arena, Pdf);
    *pdf = (Pdf){.qpdf = libqpdf()->qpdf_init(), .at = at, .seen = strmap_new(at->arena)};
    *handle = pdf;
    libqpdf()->qpdf_set_suppress_warnings(pdf->qpdf, QPDF_TRUE);
    libqpdf()->qpdf_silence_errors(pdf->qpdf);
    MemoryBound bound = memory_bound(MEMORY_BOUND);
    QPDF_ERROR_CODE code = libqpdf()->qpdf_read_memory(pdf->qpdf, "", at->bytes.p, at->bytes.n, "");
    bool good = !(code & QPDF_ERRORS);
    qpdf_oh catalogue = good ? libqpdf()->qpdf_get_root(pdf->qpdf) : 0;
    good = good && libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, catalogue) &&
           libqpdf()->qpdf_oh_is_dictionary(pdf->qpdf, pdf_key(pdf, catalogue, "/Pages"));
    if (good) pdf_read(pdf, catalogue);
    memory_unbound(&bound);
    if (!good) return open_failed(pdf);
    if (libqpdf()->qpdf_more_warnings(pdf->qpdf) || libqpdf()->qpdf_has_error(pdf->qpdf)) at->out->damaged = true;
    pdf->at = NULL;
    return true;
}

void pdf_close(Pdf *pdf) {
    if (pdf->qpdf != NULL && libqpdf()->qpdf_has_error(pdf->qpdf))
        libqpdf()->qpdf_get_error(pdf->qpdf); /* or the library tells standard error */
    if (pdf->qpdf != NULL) libqpdf()->qpdf_cleanup(&pdf->qpdf);
}
