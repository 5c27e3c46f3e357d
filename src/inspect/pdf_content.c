/* What a page of a PDF draws (ISO 32000-1 §7.8.2). libqpdf unpacks a stream whole or not at all; of a damaged one zlib gives what comes before the
 * damage, so that somebody can be told where it is.
 */
#include "inspect/pdf.h"

#include <stdlib.h>
#include <zlib.h>

#define PIECE ((size_t)64 << 10)

uint32_t pdf_page_count(const Pdf *pdf) { return pdf->pages.count; }

static Str inflate_part(Arena *arena, Str packed, size_t limit) {
    Buf out = buf_new(arena);
    char *piece = arena_alloc(arena, PIECE, 1);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
    if (packed.n > UINT32_MAX || inflateInit(&z) != Z_OK) return buf_str(&out);
    int status = Z_OK;
    while (status == Z_OK && out.n < limit) {
        z.next_out = (Bytef *)piece;
        z.avail_out = PIECE;
        status = inflate(&z, Z_NO_FLUSH);
        buf_add(&out, (Str){piece, PIECE - z.avail_out});
    }
    inflateEnd(&z);
    return buf_str(&out);
}

static Str stream_part(Pdf *pdf, qpdf_oh stream, Arena *arena, size_t limit) {
    unsigned char *bytes = NULL;
    size_t length = 0;
    qpdf_oh filter = libqpdf()->qpdf_oh_is_stream(pdf->qpdf, stream) ? pdf_key(pdf, stream, "/Filter")
                                                                     : libqpdf()->qpdf_oh_new_null(pdf->qpdf);
    if (!libqpdf()->qpdf_oh_is_name(pdf->qpdf, filter) ||
        !str_is(str_from(libqpdf()->qpdf_oh_get_name(pdf->qpdf, filter)), "/FlateDecode"))
        return STR("");
    QPDF_ERROR_CODE code = libqpdf()->qpdf_oh_get_stream_data(pdf->qpdf, stream, qpdf_dl_none, NULL, &bytes, &length);
    Str out = code & QPDF_ERRORS || bytes == NULL ? STR("") : inflate_part(arena, (Str){(const char *)bytes, length}, limit);
    free(bytes);
    return out;
}

static bool content_add(Pdf *pdf, qpdf_oh stream, Arena *arena, Buf *out) {
    Str bytes;
    size_t left = INSPECT_BYTES - (out->n < INSPECT_BYTES ? out->n : INSPECT_BYTES);
    bool whole = pdf_stream(pdf, stream, arena, left, &bytes);
    buf_add(out, whole ? bytes : stream_part(pdf, stream, arena, left));
    return whole;
}

bool pdf_page_content(Pdf *pdf, uint32_t page, Arena *arena, Str *out) {
    Buf content = buf_new(arena);
    qpdf_oh contents = pdf_key(pdf, pdf->pages.items[page], "/Contents");
    bool whole = true;
    if (libqpdf()->qpdf_oh_is_array(pdf->qpdf, contents)) {
        int count = libqpdf()->qpdf_oh_get_array_n_items(pdf->qpdf, contents);
        for (int i = 0; i < count && i < INSPECT_COUNT && whole; i++) {
            whole = content_add(pdf, libqpdf()->qpdf_oh_get_array_item(pdf->qpdf, contents, i), arena, &content);
            buf_add_char(&content, '\n');
        }
    } else if (!libqpdf()->qpdf_oh_is_null(pdf->qpdf, contents)) {
        whole = content_add(pdf, contents, arena, &content);
    }
    *out = buf_str(&content);
    return whole;
}
