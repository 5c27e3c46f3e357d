/* late: libqpdf and libxml2, loaded when a finished file is first looked at. With what they bring along (GnuTLS, ICU, the C++ library)
 * they took two thirds of the time in which the program starts, and `brief make` needs neither. Their functions keep their names.
 */
#ifndef BRIEF_INSPECT_LATE_H
#define BRIEF_INSPECT_LATE_H

#include "base/base.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <qpdf/qpdf-c.h>

#define LATE_QPDF(F) \
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

#define LATE_XML(F) \
    F(xmlCreateMemoryParserCtxt) F(xmlCtxtUseOptions) F(xmlDocGetRootElement) \
    F(xmlFreeDoc) F(xmlFreeParserCtxt) F(xmlParseDocument) \
    F(xmlStopParser)

typedef struct {
#define LATE_FIELD(name) __typeof__(name) *name##_late;
    LATE_QPDF(LATE_FIELD) LATE_XML(LATE_FIELD)
#undef LATE_FIELD
} Late;
extern Late late;

/* Before the first of them is called. False with an error at `place` that names the library that this machine has not. */
bool late_load(Diags *d, Place place);

#ifndef LATE_DEFINES
#define qpdf_cleanup (*late.qpdf_cleanup_late)
#define qpdf_get_error (*late.qpdf_get_error_late)
#define qpdf_get_error_code (*late.qpdf_get_error_code_late)
#define qpdf_get_pdf_version (*late.qpdf_get_pdf_version_late)
#define qpdf_get_root (*late.qpdf_get_root_late)
#define qpdf_get_trailer (*late.qpdf_get_trailer_late)
#define qpdf_has_error (*late.qpdf_has_error_late)
#define qpdf_init (*late.qpdf_init_late)
#define qpdf_is_encrypted (*late.qpdf_is_encrypted_late)
#define qpdf_more_warnings (*late.qpdf_more_warnings_late)
#define qpdf_oh_begin_dict_key_iter (*late.qpdf_oh_begin_dict_key_iter_late)
#define qpdf_oh_dict_more_keys (*late.qpdf_oh_dict_more_keys_late)
#define qpdf_oh_dict_next_key (*late.qpdf_oh_dict_next_key_late)
#define qpdf_oh_get_array_item (*late.qpdf_oh_get_array_item_late)
#define qpdf_oh_get_array_n_items (*late.qpdf_oh_get_array_n_items_late)
#define qpdf_oh_get_binary_utf8_value (*late.qpdf_oh_get_binary_utf8_value_late)
#define qpdf_oh_get_bool_value (*late.qpdf_oh_get_bool_value_late)
#define qpdf_oh_get_dict (*late.qpdf_oh_get_dict_late)
#define qpdf_oh_get_int_value (*late.qpdf_oh_get_int_value_late)
#define qpdf_oh_get_key (*late.qpdf_oh_get_key_late)
#define qpdf_oh_get_name (*late.qpdf_oh_get_name_late)
#define qpdf_oh_get_object_id (*late.qpdf_oh_get_object_id_late)
#define qpdf_oh_get_stream_data (*late.qpdf_oh_get_stream_data_late)
#define qpdf_oh_is_array (*late.qpdf_oh_is_array_late)
#define qpdf_oh_is_bool (*late.qpdf_oh_is_bool_late)
#define qpdf_oh_is_dictionary (*late.qpdf_oh_is_dictionary_late)
#define qpdf_oh_is_indirect (*late.qpdf_oh_is_indirect_late)
#define qpdf_oh_is_integer (*late.qpdf_oh_is_integer_late)
#define qpdf_oh_is_name (*late.qpdf_oh_is_name_late)
#define qpdf_oh_is_null (*late.qpdf_oh_is_null_late)
#define qpdf_oh_is_stream (*late.qpdf_oh_is_stream_late)
#define qpdf_oh_is_string (*late.qpdf_oh_is_string_late)
#define qpdf_oh_new_null (*late.qpdf_oh_new_null_late)
#define qpdf_read_memory (*late.qpdf_read_memory_late)
#define qpdf_set_suppress_warnings (*late.qpdf_set_suppress_warnings_late)
#define qpdf_silence_errors (*late.qpdf_silence_errors_late)
#define xmlCreateMemoryParserCtxt (*late.xmlCreateMemoryParserCtxt_late)
#define xmlCtxtUseOptions (*late.xmlCtxtUseOptions_late)
#define xmlDocGetRootElement (*late.xmlDocGetRootElement_late)
#define xmlFreeDoc (*late.xmlFreeDoc_late)
#define xmlFreeParserCtxt (*late.xmlFreeParserCtxt_late)
#define xmlParseDocument (*late.xmlParseDocument_late)
#define xmlStopParser (*late.xmlStopParser_late)
#endif

#endif
