/* Notes that stand in place (`notes: page`). On paper they are at the foot of the page; a screen has none, so they are gathered at the
 * end of their file, where a reader can go through them as a list.
 *
 * Reading systems show a note beside the text when an epub:type="noteref" leads to an epub:type="footnote" (EPUB Structural
 * Semantics 1.1), some only when it comes later in the same file. It is a <div>, since some hide an <aside> of that type from the text
 * altogether, and inside the <li>, since doc-footnote on the <li> itself would take it out of the list (DPUB-ARIA 1.1).
 */
#include "epub/content.h"

#include "resolve/resolve.h"

bool note_in_place(const Node *node) { return node->kind == NODE_NOTE && node->parent && node->parent->kind != NODE_NOTES; }

static void write_note(Writer *w, const Node *note) {
    xml_open(w->xml, "div");
    write_id(w, note);
    write_class(w, note);
    xml_attribute_c(w->xml, "epub:type", "footnote");
    xml_attribute_c(w->xml, "role", "doc-footnote");
    /* Away from its place, the language of what is round it there must be said. */
    Str language = tree_language(w->book->tree, note);
    if (!str_equal_nocase(language, w->book->language)) write_language(w, language);
    xml_line(w->xml);
    content_walk(w, note->first, NULL);
    note_close(w, note);
    xml_close(w->xml, "div");
}

void notes_write(Writer *w) {
    if (w->notes.count == 0) return;
    xml_open(w->xml, "section");
    xml_attribute_c(w->xml, "class", "footnotes");
    xml_attribute_c(w->xml, "epub:type", "footnotes");
    xml_attribute_c(w->xml, "role", "doc-endnotes");
    xml_attribute(w->xml, "aria-label", label_text(w->book->language, LABEL_NOTES));
    xml_line(w->xml);
    xml_open(w->xml, "ol");
    int32_t expected = w->notes.items[0]->value;
    if (expected != 1) xml_attribute(w->xml, "start", str_format(w->book->arena, "%d", (int)expected));
    xml_line(w->xml);
    for (uint32_t i = 0; i < w->notes.count; i++) {
        const Node *note = w->notes.items[i];
        xml_open(w->xml, "li");
        if (note->value != expected) xml_attribute(w->xml, "value", str_format(w->book->arena, "%d", (int)note->value));
        expected = note->value < INT32_MAX ? note->value + 1 : note->value;
        write_note(w, note);
        xml_close(w->xml, "li");
        xml_line(w->xml);
    }
    xml_close(w->xml, "ol");
    xml_line(w->xml);
    xml_close(w->xml, "section");
    xml_line(w->xml);
}
