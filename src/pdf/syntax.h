/* syntax: how numbers, names, strings and references are spelt in a PDF file (ISO 32000-1 §7.3). Everything is written into a
 * Buf, without printf and so without the locale. */
#ifndef BRIEF_PDF_SYNTAX_H
#define BRIEF_PDF_SYNTAX_H

#include "base/base.h"

/* The number of an indirect object; 0 stands for none. */
typedef uint32_t Ref;

/* Strings may have 32,767 bytes in PDF/A-2 (ISO 19005-2 §6.1.13). */
#define SYNTAX_STRING_LIMIT 32767

int64_t milli_from_lu(Lu length); /* thousandths of a point, to nearest */

void syntax_milli(Buf *b, int64_t thousandths); /* "12.5": at most three decimals, none that is zero */
void syntax_lu(Buf *b, Lu length); /* in points */
void syntax_name(Buf *b, Str name); /* with its slash; cut at 127 bytes */
void syntax_ref(Buf *b, Ref ref); /* "12 0 R" */
void syntax_bytes(Buf *b, const uint8_t *bytes, size_t n); /* a literal string: what must be escaped is, nothing else */
void syntax_byte(Buf *b, uint8_t byte); /* one byte of a literal string */
void syntax_ascii(Buf *b, Str s); /* a byte string: addresses, languages, identifiers */
void syntax_text(Buf *b, Str utf8); /* a text string: ASCII as it is, anything else UTF-16BE */
void syntax_hex(Buf *b, uint32_t value, int digits);

/* A text string's bytes as syntax_text() would count them; more than SYNTAX_STRING_LIMIT will be cut. */
size_t syntax_text_size(Str utf8);

/* UTF-16BE code units of a code point: 1 or 2. */
int utf16_units(uint32_t code_point, uint16_t out[2]);

#endif
