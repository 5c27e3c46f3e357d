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

static void members_add(Inspection *at, Str space, Str name, const MarkupNode *container) {
    bool alternatives = markup_is(container, SPACE_RDF, "Alt");
    Str chosen = {NULL, 0};
    for (const MarkupNode *member = markup_first(container); member != NULL; member = markup_sibling(member)) {
        if (!markup_is(member, SPACE_RDF, "li") || markup_first(member) != NULL) continue;
        Str value = markup_text(at->arena, member);
        if (!alternatives)
            property_add(at, space, name, value, STR(""));
        else if (chosen.p == NULL || str_is(markup_attribute(at->arena, member, SPACE_XML, "lang"), "x-default"))
            chosen = value;
    }
    if (alternatives && chosen.p != NULL) property_add(at, space, name, chosen, STR(""));
}

static void element_add(Inspection *at, const MarkupNode *element) {
    Str space = str_copy(at->arena, markup_space(element)), name = str_copy(at->arena, markup_name(element));
    const MarkupNode *inside = markup_first(element);
    if (inside == NULL) {
        if (markup_attribute(at->arena, element, SPACE_RDF, "parseType").n == 0)
            property_add(at, space, name, markup_text(at->arena, element), STR(""));
    } else if (markup_is(inside, SPACE_RDF, "Alt") || markup_is(inside, SPACE_RDF, "Bag") ||
               markup_is(inside, SPACE_RDF, "Seq")) {
        members_add(at, space, name, inside);
    }
}

void xmp_read(Inspection *at, Str packet) {
    Markup *document = markup_read(str_trim(packet), false);
    if (document == NULL) {
        at->out->damaged = true;
        return;
    }
    const MarkupNode *root = markup_root(document), *node = root;
    while (node != NULL && !markup_is(node, SPACE_RDF, "RDF")) node = markup_next(node, root);
    for (node = node == NULL ? NULL : markup_first(node); node != NULL; node = markup_sibling(node)) {
        if (!markup_is(node, SPACE_RDF, "Description")) continue;
        markup_attributes(at->arena, node, attribute_add, at);
        for (const MarkupNode *element = markup_first(node); element != NULL; element = markup_sibling(element))
            element_add(at, element);
    }
    markup_free(document);
}
