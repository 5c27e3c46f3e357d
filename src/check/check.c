/* check: the rules that are looked for, one function after the other. */
#include "check/internal.h"

typedef void TreeRule(Diags *d, const Tree *tree);
typedef void LayoutRule(Diags *d, const Layout *layout);

static void pages_check(Diags *d, const Layout *layout) { layout_faults(layout, d); }

static PassageRule *const passage_rules[] = {capitals_find, letters_spaced_find, sentences_find, plain_words_find};

static void passages_check(Diags *d, const Tree *tree) {
    Passages all = prose_of(d->arena, tree);
    for (Passage passage; prose_next(&all, &passage);)
        for (size_t i = 0; i < sizeof passage_rules / sizeof *passage_rules && passage.count; i++)
            passage_rules[i](d, &all, &passage);
}

static TreeRule *const tree_rules[] = {metadata_check, headings_check, links_check, lists_check, tables_check, language_check,
    pull_quotes_check, images_check_words, passages_check, emphasis_check};
static LayoutRule *const layout_rules[] = {pages_check, images_check_size, looks_check};

void check_tree(Diags *d, const Tree *tree, const Sheet *sheet) {
    for (size_t i = 0; i < sizeof tree_rules / sizeof *tree_rules; i++) tree_rules[i](d, tree);
    classes_check(d, tree, sheet);
}

void check_layout(Diags *d, const Layout *layout) {
    for (size_t i = 0; i < sizeof layout_rules / sizeof *layout_rules; i++) layout_rules[i](d, layout);
}
