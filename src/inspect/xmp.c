/* XMP (ISO 16684-1): the properties of all rdf:Descriptions. A list is a property for each member, an alternative of languages its default;
 * a structure, such as the descriptions of schemas that PDF/A asks for, is passed over.
 */
#include "inspect/internal.h"

#define SPACE_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define SPACE_XML "http://www.w3.org/XML/1998/namespace"

static void attribute_add(void *context, Str space, Str name, Str value) {
    Inspection *at = context;
    if (!str_is(space, SPACE_RDF) && !str_is(space, SPACE_XML))
        property_add(at, str_copy(at->arena, space), str_copy(at->arena, name), value, STR(""));
}

static void members_add(Inspection *at, Str space, Str name, const XmlNode *container) {
    bool alternatives = xml_is(container, SPACE_RDF, "Alt");
    Str chosen = {NULL, 0};
    for (const XmlNode *member = xml_first(container); member != NULL; member = xml_sibling(member)) {
        if (!xml_is(member, SPACE_RDF, "li") || xml_first(member) != NULL) continue;
        Str value = xml_text(at->arena, member);
        if (!alternatives)
            property_add(at, space, name, value, STR(""));
        else if (chosen.p == NULL || str_is(xml_attribute(at->arena, member, SPACE_XML, "lang"), "x-default"))
            chosen = value;
    }
    if (alternatives && chosen.p != NULL) property_add(at, space, name, chosen, STR(""));
}

static void element_add(Inspection *at, const XmlNode *element) {
    Str space = str_copy(at->arena, xml_space(element)), name = str_copy(at->arena, xml_name(element));
    const XmlNode *inside = xml_first(element);
    if (inside == NULL) {
        if (xml_attribute(at->arena, element, SPACE_RDF, "parseType").n == 0)
            property_add(at, space, name, xml_text(at->arena, element), STR(""));
    } else if (xml_is(inside, SPACE_RDF, "Alt") || xml_is(inside, SPACE_RDF, "Bag") || xml_is(inside, SPACE_RDF, "Seq")) {
        members_add(at, space, name, inside);
    }
}

void xmp_read(Inspection *at, Str packet) {
    XmlDocument *document = xml_read(str_trim(packet), false);
    if (document == NULL) {
        at->out->damaged = true;
        return;
    }
    const XmlNode *root = xml_root(document), *node = root;
    while (node != NULL && !xml_is(node, SPACE_RDF, "RDF")) node = xml_next(node, root);
    for (node = node == NULL ? NULL : xml_first(node); node != NULL; node = xml_sibling(node)) {
        if (!xml_is(node, SPACE_RDF, "Description")) continue;
        xml_attributes(at->arena, node, attribute_add, at);
        for (const XmlNode *element = xml_first(node); element != NULL; element = xml_sibling(element)) element_add(at, element);
    }
    xml_free(document);
}
