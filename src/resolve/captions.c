/* Captions: "Table 2:", "Figure 1:", "Box 3:" in front of the words of each caption, and of the title that an author gave a box. What has no
 * caption, or is marked {.unnumbered}, has no number and takes none.
 */
#include "resolve/passes.h"

typedef struct {
    NodeKind kind, words; /* what is numbered, and its child that says so */
    Label label;
    int32_t count;
} Series;

static Str first_words(const Node *block) {
    const Node *leaf = block->first;
    while (leaf && leaf->first) leaf = leaf->first;
    return leaf ? leaf->text : (Str){0};
}

/* "Table 3: Costs": numbered by hand. */
static bool has_own_number(Arena *arena, const Node *words, Str language, Label label) {
    Str word = str_trim(label_format(arena, language, label, (Str){0}, (Str){0})), text = first_words(words);
    if (!str_equal_nocase(str_slice(text, 0, word.n), word)) return false;
    Str rest = str_slice(text, word.n, text.n);
    return rest.n > 1 && rest.p[0] == ' ' && rest.p[1] >= '0' && rest.p[1] <= '9';
}

static void number_one(Resolution *r, Series *series, Node *node, Node *words, Str language) {
    Str number = str_format(r->arena, "%d", (int)++series->count);
    Str label = label_format(r->arena, language, series->label, number, (Str){0});
    if (has_own_number(r->arena, words, language, series->label)) {
        diag(r->d, DIAG_WARNING, "caption-number", node_place(r->tree, words), "take its number away, or mark it {.unnumbered}",
            "the words begin with a number of their own; “" STR_FMT "” is put in front of them all the same", STR_ARG(label));
    }
    text_prepend(r->arena, words, str_format(r->arena, STR_FMT STR_FMT, STR_ARG(label), STR_ARG(label_colon(language))));
    numbered_put(r, node, series->label, series->count);
}

void resolve_captions(Resolution *r) {
    Series all[] = {{NODE_TABLE, NODE_CAPTION, LABEL_TABLE_N, 0}, {NODE_FIGURE, NODE_CAPTION, LABEL_FIGURE_N, 0},
        {NODE_BOX, NODE_BOX_TITLE, LABEL_BOX_N, 0}};
    LanguageWalk walk = language_walk(r);
    for (Node *node = r->tree->root; node; node = language_next_block(&walk, node)) {
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
            if (node->kind != all[i].kind || node->artifact || node_has_class(node, "unnumbered")) continue;
            if (node->kind == NODE_BOX && !str_is(node->more->variant, "box")) continue;
            Node *words = node_child(node, all[i].words);
            if (words && !words->generated) number_one(r, &all[i], node, words, language_at(&walk, node));
        }
    }
}
