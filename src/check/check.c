/* check: the rules that are looked for, one function after the other. */
#include "check/internal.h"

typedef void TreeRule(Diags *d, const Tree *tree);
typedef void LayoutRule(Diags *d, const Layout *layout);

static void pages_check(Diags *d, const Layout *layout) { layout_faults(layout, d); }

static TreeRule *const tree_rules[] = {metadata_check, headings_check, links_check, lists_check, tables_check, language_check,
    pull_quotes_check, images_check_words};
static LayoutRule *const layout_rules[] = {pages_check, images_check_size};

void check_tree(Diags *d, const Tree *tree, const Sheet *sheet) {
    for (size_t i = 0; i < sizeof tree_rules / sizeof *tree_rules; i++) tree_rules[i](d, tree);
    classes_check(d, tree, sheet);
}

void check_layout(Diags *d, const Layout *layout) {
    for (size_t i = 0; i < sizeof layout_rules / sizeof *layout_rules; i++) layout_rules[i](d, layout);
}
