/* What the files about PDF share. Of the rest of the room only they know libqpdf. */
#ifndef BRIEF_INSPECT_PDF_H
#define BRIEF_INSPECT_PDF_H

#include "inspect/internal.h"

#include <qpdf/qpdf-c.h>

/* Loaded when a PDF is looked at: it brings GnuTLS and the C++ library along. */
/* clang-format off */
#define QPDF_FUNCTIONS(F) \
    F(qpdf_cleanup) F(qpdf_get_error) F(qpdf_get_error_code) \
    F(qpdf_get_pdf_version) F(qpdf_get_root) F(qpdf_get_trailer) \
    F(qpdf_has_error) F(qpdf_init) F(qpdf_is_encrypted) \
    F(qpdf_more_warnings) F(qpdf_oh_begin_dict_key_iter) F(qpdf_oh_dict_more_keys) \
    F(qpdf_oh_dict_next_key) F(qpdf_oh_get_array_item) F(qpdf_oh_get_array_n_items) \
    F(qpdf_oh_get_binary_utf8_value) F(qpdf_oh_get_bool_value) F(qpdf_oh_get_dict) \
    F(qpdf_oh_get_int_value) F(qpdf_oh_get_key) F(qpdf_oh_get_name) \
    F(qpdf_oh_get_object_id) F(qpdf_oh_get_stream_data) F(qpdf_oh_is_array) \
    F(qpdf_oh_is_bool) F(qpdf_oh_is_dictionary) F(qpdf_oh_is_indirect) \
    F(qpdf_oh_is_integer) F(qpdf_oh_is_name) F(qpdf_oh_is_null) \
    F(qpdf_oh_is_stream) F(qpdf_oh_is_string) F(qpdf_oh_new_null) \
    F(qpdf_read_memory) F(qpdf_set_suppress_warnings) F(qpdf_silence_errors)
/* clang-format on */
LATE_LIBRARY(libqpdf, BRIEF_QPDF, QPDF_FUNCTIONS)

typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} Handles;

struct Pdf {
    qpdf_data qpdf;
    Inspection *at; /* while it is inspected */
    StrMap *seen; /* objects that have been looked at, by number: what refers to itself ends */
    Handles files; /* the streams of attached files, by index */
    Handles pages; /* in their order */
};

qpdf_oh pdf_key(Pdf *pdf, qpdf_oh dictionary, const char *key); /* null where there is none */
Str pdf_text(Pdf *pdf, qpdf_oh object); /* a text string, cleaned; empty if it is none */
Str pdf_name(Pdf *pdf, qpdf_oh object); /* a name without its slash, cleaned; empty if it is none */
bool pdf_seen(Pdf *pdf, qpdf_oh object); /* it has been asked about before; what is no object by itself has not */
int pdf_items(Pdf *pdf, qpdf_oh array); /* how many; 0 when it is none, or has been asked before */
void handles_add(Pdf *pdf, Handles *handles, qpdf_oh object);
/* The keys of a dictionary, at most INSPECT_COUNT. */
uint32_t pdf_keys(Pdf *pdf, qpdf_oh dictionary, const char ***out);
bool pdf_stream(Pdf *pdf, qpdf_oh stream, Arena *arena, size_t limit, Str *out);

void pdf_resources(Pdf *pdf, qpdf_oh resources); /* pdf_fonts.c: the fonts in them, and in the forms that they have */
void pdf_files(Pdf *pdf, qpdf_oh catalogue); /* pdf_files.c */
void pdf_file(Pdf *pdf, qpdf_oh specification, bool associated);

#endif
