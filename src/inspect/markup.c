/* libxml2 with the doors closed: nothing is fetched, no DTD is read, a document that declares entities is refused, and depth and names have
 * the library's own bounds (256 elements; XML_PARSE_HUGE is not given). Nothing here recurses.
 */
#include "inspect/internal.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Loaded when an EPUB is looked at, or a PDF that has metadata: it brings ICU along. */
/* clang-format off */
#define XML_FUNCTIONS(F) \
    F(xmlCreateMemoryParserCtxt) F(xmlCtxtUseOptions) F(xmlDocGetRootElement) F(xmlFreeDoc) \
    F(xmlFreeParserCtxt) F(xmlParseDocument) F(xmlStopParser)
/* clang-format on */
LATE_LIBRARY(libxml, BRIEF_XML2, XML_FUNCTIONS)

/* A declaration of anything, in the document or outside: nobody needs one, and with entities a kilobyte can be a gigabyte. */
static void declared_entity(
    void *context, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system, xmlChar *content) {
    (void)name;
    (void)type;
    (void)public;
    (void)system;
    (void)content;
    libxml()->xmlStopParser(context);
}

static void quiet(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

Markup *markup_read(Str bytes, bool mend) {
    if (bytes.n == 0 || bytes.n > INT32_MAX) return NULL;
    xmlParserCtxt *context = libxml()->xmlCreateMemoryParserCtxt(bytes.p, (int)bytes.n);
    if (context == NULL) return NULL;
    libxml()->xmlCtxtUseOptions(
        context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | (mend ? XML_PARSE_RECOVER : 0));
    context->sax->entityDecl = declared_entity;
    context->sax->externalSubset = NULL;
    context->sax->error = quiet;
    context->sax->warning = quiet;
    context->sax->serror = NULL;
    libxml()->xmlParseDocument(context);
    xmlDoc *document = context->myDoc;
    bool stopped = context->disableSAX && !mend;
    if (document != NULL && ((!context->wellFormed && !mend) || stopped || libxml()->xmlDocGetRootElement(document) == NULL)) {
        libxml()->xmlFreeDoc(document);
        document = NULL;
    }
    context->myDoc = NULL;
    libxml()->xmlFreeParserCtxt(context);
    return document;
}

void markup_free(Markup *document) { libxml()->xmlFreeDoc(document); }

const MarkupNode *markup_root(const Markup *document) { return libxml()->xmlDocGetRootElement(document); }

static const MarkupNode *element_from(const MarkupNode *node) {
    while (node != NULL && node->type != XML_ELEMENT_NODE) node = node->next;
    return node;
}

const MarkupNode *markup_first(const MarkupNode *node) { return element_from(node->children); }
const MarkupNode *markup_sibling(const MarkupNode *node) { return element_from(node->next); }

const MarkupNode *markup_next_after(const MarkupNode *node, const MarkupNode *top) {
    for (; node != NULL && node != top; node = node->parent) {
        const MarkupNode *next = markup_sibling(node);
        if (next != NULL) return next;
    }
    return NULL;
}

const MarkupNode *markup_next(const MarkupNode *node, const MarkupNode *top) {
    const MarkupNode *inside = markup_first(node);
    return inside != NULL ? inside : markup_next_after(node, top);
}

static Str borrowed(const xmlChar *text) { return str_from((const char *)text); }

Str markup_name(const MarkupNode *node) { return borrowed(node->name); }
Str markup_space(const MarkupNode *node) { return node->ns == NULL ? STR("") : borrowed(node->ns->href); }

bool markup_is(const MarkupNode *node, const char *space, const char *name) {
    return str_is(markup_name(node), name) && (space == NULL || str_is(markup_space(node), space));
}

/* Text of an element or an attribute, without what stands for something else. */
static Str text_of(Arena *arena, const xmlNode *first, const xmlNode *top) {
    Buf out = buf_new(arena);
    for (const xmlNode *node = first; node != NULL && out.n < INSPECT_TEXT;) {
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL)
            buf_add(&out, str_slice(borrowed(node->content), 0, INSPECT_TEXT));
        const xmlNode *next = node->type == XML_ELEMENT_NODE ? node->children : NULL;
        while (next == NULL && node != NULL && node != top) {
            next = node->next;
            if (next == NULL) node = node->parent;
        }
        node = next;
    }
    return text_clean(arena, buf_str(&out));
}

Str markup_text(Arena *arena, const MarkupNode *node) { return text_of(arena, node->children, node); }

Str markup_attribute(Arena *arena, const MarkupNode *node, const char *space, const char *name) {
    for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
        const char *own = attribute->ns == NULL ? NULL : (const char *)attribute->ns->href;
        bool same = space == NULL || own == NULL ? space == own : strcmp(space, own) == 0;
        if (same && str_is(borrowed(attribute->name), name))
            return text_of(arena, attribute->children, (const xmlNode *)attribute);
    }
    return STR("");
}

void markup_attributes(
    Arena *arena, const MarkupNode *node, void (*each)(void *context, Str space, Str name, Str value), void *context) {
    for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
        if (attribute->ns != NULL)
            each(context, borrowed(attribute->ns->href), borrowed(attribute->name),
                text_of(arena, attribute->children, (const xmlNode *)attribute));
}
