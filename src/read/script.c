/* Subscripts and superscripts as pandoc writes them: H~2~O, x^2^. No white space inside, unless it is escaped; a sign beside
 * another of its kind is not one ("~~" strikes out), nor is "^" behind "[" (a note), nor any inside a bare link.
 *
 * The signs are found while cmark parses, each as it is reached, since cmark knows what is code or an address. A sign that may open
 * looks ahead for its partner, but no further than to the next of its kind: however many there are, each byte is looked at twice. */
#include "read/internal.h"
#include <string.h>

static bool in_bare_link(const BareLinks *links, size_t at) {
    uint32_t low = 0, high = links->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (links->items[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < links->count && links->items[low].from <= at;
}

static bool may_be_sign(const ScriptScan *scan, Str text, size_t at) {
    char sign = text.p[at], before = at ? text.p[at - 1] : 0;
    if (before == sign || (at + 1 < text.n && text.p[at + 1] == sign)) return false;
    if (sign == '^' && before == '[') return false;
    return !scan->links || !in_bare_link(scan->links, at);
}

/* The next sign of the kind at `at`, when nothing stands before it that must not. */
static bool has_partner(const ScriptScan *scan, Str text, size_t at) {
    char sign = text.p[at];
    for (size_t i = at + 1; i < text.n && !char_is_space(text.p[i]); i++) {
        if (text.p[i] == '\\') {
            i++;
        } else if (text.p[i] == sign && may_be_sign(scan, text, i)) {
            return true;
        }
    }
    return false;
}

static bool holds_space(Str text, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (text.p[i] == '\\')
            i++;
        else if (char_is_space(text.p[i]))
            return true;
    }
    return false;
}

void script_scan_begin(ScriptScan *scan, const BareLinks *links) { *scan = (ScriptScan){.links = links}; }

ScriptSign script_sign(ScriptScan *scan, Str text, size_t at) {
    if (!may_be_sign(scan, text, at)) return SCRIPT_NONE;
    size_t *open = &scan->open[text.p[at] == '^'];
    size_t behind = *open; /* the byte behind the sign that is open; 0: none */
    *open = 0;
    if (behind && at > behind && !holds_space(text, behind, at)) return SCRIPT_CLOSES;
    if (!has_partner(scan, text, at)) return SCRIPT_NONE;
    *open = at + 1;
    return SCRIPT_OPENS;
}

/* "\ " inside is a space that does not break. cmark has left the backslash as a text of its own. */
void script_finish(Node *node) {
    for (Node *child = node_next(node, node); child; child = node_next(child, node)) {
        Node *next = child->next;
        if (child->kind != NODE_TEXT || !str_is(child->text, "\\")) continue;
        if (!next || next->kind != NODE_TEXT || next->text.n == 0 || next->text.p[0] != ' ') continue;
        child->text = STR("\xC2\xA0");
        next->text = str_slice(next->text, 1, next->text.n);
        next->column++;
    }
}
