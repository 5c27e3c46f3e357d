/* A contents list in the text: a flat run of entries with depths → nested lists. No entry comes to stand more than one deeper than the
 * one before, so the lists are right whatever the depths are. An entry's <li> stays open: the next may go into it.
 */
#include "epub/content.h"

void contents_step(Writer *w, const Node *entry) {
    if (entry->parent->kind != NODE_CONTENTS) return;
    uint32_t deepest = (xml_depth(w->xml) - w->contents + 1) / 2; /* of the entry before; 0: there is none */
    uint32_t depth = entry->value < 1 ? 1 : (uint32_t)entry->value;
    if (depth > deepest) {
        if (deepest == 0) return;
        xml_open(w->xml, "ol");
        write_class(w, entry->parent);
    } else {
        xml_close_to(w->xml, w->contents + 2 * (depth - 1));
    }
    xml_line(w->xml);
}
