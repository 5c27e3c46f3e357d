/* What is to be seen, and has no name.
 *
 * Links that say nothing to whoever cannot see them (WCAG 2.2, 2.4.4, failure F89): all that is in them is decoration. A link without
 * anything in it has become its address long before. Characters of the private use area mean what one font says, if it has them: a sign that
 * no voice can say, and that is lost when it is copied.
 */
#include "check/internal.h"

static bool says_something(const Diags *d, const Node *link) {
    for (const Node *node = link->first; node; node = node_next(node, link)) {
        if (node->kind == NODE_NOTE_REFERENCE || node->kind == NODE_PAGE_REFERENCE) return true;
        if (node->kind == NODE_IMAGE && !node->has_alt) return true; /* reported as such */
    }
    return !utf8_is_blank(node_text(d->arena, link));
}

void names_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *link = tree->nodes[n];
        if (link->kind != NODE_LINK || link->generated || node_is_artifact(link) || says_something(d, link)) continue;
        diag(d, DIAG_WARNING, "link-nameless", node_place(tree, link), "describe the image by where the link leads, or add words",
            "the link has no words: in the PDF, who cannot see it is not told of it");
    }
}

static bool is_private(uint32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0x10FFFD); }

/* In UTF-8 they all begin with one of the highest bytes; nearly no text has any. */
static bool may_hold_private(Str text) {
    unsigned char highest = 0;
    for (size_t i = 0; i < text.n; i++) highest = (unsigned char)text.p[i] > highest ? (unsigned char)text.p[i] : highest;
    return highest >= 0xEE;
}

void characters_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    for (NodeNumber n = 0; n < tree->count; n++) {
        const Node *leaf = tree->nodes[n];
        bool text = leaf->kind == NODE_TEXT || leaf->kind == NODE_CODE || leaf->kind == NODE_CODE_BLOCK;
        if (!text || !may_hold_private(leaf->text)) continue;
        for (size_t at = 0; at < leaf->text.n;) {
            uint32_t c = utf8_next(leaf->text, &at);
            if (c == UTF8_BAD || !is_private(c)) continue;
            diag(d, DIAG_WARNING, "character-private", node_place(tree, leaf),
                "use a character that Unicode has a name for, or words",
                "the character U+%04X has a meaning in some font only: nobody can be told what it is", (unsigned)c);
            break;
        }
    }
}
