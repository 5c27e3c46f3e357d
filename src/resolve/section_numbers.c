/* Section numbers: "1", "1.2", when the front matter asks for them; and annexes, which are numbered apart, "Annex 1:", wherever the author
 * marks one. Numbers are words of their heading, so that whoever hears it or copies it has them.
 */
#include "resolve/passes.h"

#define DEPTH_DEEPEST 8 /* of sections: six levels of headings, and the document */

typedef struct {
    int32_t counts[DEPTH_DEEPEST + 1]; /* by depth, from 1 */
    int32_t annexes;
    int32_t silent; /* sections below this depth have no number, as the one that they stand in has none; 0: none is so */
} Counter;

static int32_t section_depth(const Node *section) {
    int32_t depth = 0;
    for (; section && section->kind == NODE_SECTION && depth < DEPTH_DEEPEST; section = section->parent) depth++;
    return depth;
}

/* "1.2 ", as far as `depth`. */
static Str counter_text(Arena *arena, const Counter *counter, int32_t depth) {
    Buf out = buf_new(arena);
    for (int32_t i = 1; i <= depth; i++) {
        if (i > 1) buf_add_char(&out, '.');
        buf_add_int(&out, counter->counts[i]);
    }
    buf_add_char(&out, ' ');
    return buf_str(&out);
}

static void number_heading(Resolution *r, Counter *counter, Node *heading) {
    int32_t depth = section_depth(heading->parent);
    if (counter->silent && depth > counter->silent) return;
    bool annex = depth == 1 && node_has_class(heading, "annex");
    counter->silent = annex || node_has_class(heading, "unnumbered") ? depth : 0;
    if (annex && !node_has_class(heading, "unnumbered")) {
        Str language = tree_language(r->tree, heading), number = str_format(r->arena, "%d", (int)++counter->annexes);
        Str label = label_format(r->arena, language, LABEL_ANNEX_N, number, (Str){0});
        text_prepend(r->arena, heading, str_format(r->arena, STR_FMT STR_FMT, STR_ARG(label), STR_ARG(label_colon(language))));
    } else if (!counter->silent && r->tree->meta.number_sections) {
        counter->counts[depth]++;
        for (int32_t i = depth + 1; i <= DEPTH_DEEPEST; i++) counter->counts[i] = 0;
        text_prepend(r->arena, heading, counter_text(r->arena, counter, depth));
    }
}

void resolve_section_numbers(Resolution *r) {
    Counter counter = {0};
    Node *root = r->tree->root;
    for (Node *node = root, *next; node; node = next) {
        bool holds_sections = node->kind == NODE_DOCUMENT || node->kind == NODE_SECTION;
        next = holds_sections ? node_next(node, root) : node_next_after(node, root);
        if (node->kind == NODE_HEADING && node->parent->kind == NODE_SECTION) number_heading(r, &counter, node);
    }
}
