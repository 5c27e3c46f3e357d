/* A writer of XML 1.0 (fifth edition). Text and attribute values are escaped here and nowhere else, and elements are closed from a
 * stack, so neither unescaped nor unbalanced output can be written. Names of elements and attributes come from the program
 * and must be literals or rows of a table. Characters that XML cannot hold (§2.2) become U+FFFD.
 */
#ifndef BRIEF_EPUB_XML_H
#define BRIEF_EPUB_XML_H

#include "base/base.h"

typedef struct {
    const char **items; /* names of the open elements */
    uint32_t count, capacity;
} XmlStack;

typedef struct {
    Buf *out;
    XmlStack stack;
    bool in_tag; /* the last start tag still takes attributes */
} Xml;

Xml xml_new(Buf *out); /* writes the XML declaration */
void xml_open(Xml *xml, const char *element);
void xml_attribute(Xml *xml, const char *name, Str value); /* directly after xml_open() */
void xml_attribute_c(Xml *xml, const char *name, const char *value);
void xml_text(Xml *xml, Str text);
void xml_close(Xml *xml, const char *element); /* BUG when it is not the innermost */
uint32_t xml_depth(const Xml *xml);
void xml_close_to(Xml *xml, uint32_t depth); /* closes the innermost until `depth` are open */
void xml_leaf(Xml *xml, const char *element, Str text); /* an element without attributes that holds text */
void xml_line(Xml *xml); /* a line end for people who read the file: only where white space means nothing */
void xml_finish(Xml *xml); /* BUG when an element is open */

/* XML names without a colon (Namespaces in XML §3, NCName), which ids must be. */
bool xml_name_valid(Str name);
Str xml_name_from(Arena *arena, Str words); /* the same name with what is not allowed replaced by "-"; never empty */

#endif
