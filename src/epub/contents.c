/* A contents list in the text: a flat run of entries with depths → nested lists. An entry stands under the nearest one before it that is
 * less deep, so the lists are right whatever the depths are. Its <li> stays open: the next may go into it.
 */
#include "epub/content.h"

void contents_step(Writer *w, const Node *entry) {
    if (entry->parent->kind != NODE_CONTENTS) return;
    if (!entry->previous) w->level_count = 0;
    int32_t depth = entry->value < 1 ? 1 : entry->value > CONTENTS_LEVELS ? CONTENTS_LEVELS : entry->value;
    uint32_t before = w->level_count;
    while (w->level_count > 0 && w->levels[w->level_count - 1] >= depth) w->level_count--;
    if (w->level_count == before) { /* deeper than the one before, or the first */
        if (before > 0) {
            xml_open(w->xml, "ol");
            write_class(w, entry->parent);
        }
    } else {
        xml_close_to(w->xml, w->contents + 2 * w->level_count);
    }
    w->levels[w->level_count++] = depth;
    if (before > 0) xml_line(w->xml);
}
