/* Headings: those that are none, those that say too little to be told apart, and those that say too much. Levels are resolve's. */
#include "check/internal.h"

#define HEADING_MOST 120 /* characters */
#define BOLD_MOST 80 /* of a bold paragraph that stands for a heading */

/* ---- One title ----------------------------------------------------------------------------------------------------------- */

/* Whether it was written with one "#": what is below the title is set one level lower. */
static bool is_of_first_level(const Tree *tree, const Node *heading) {
    const Node *title = NULL;
    for (const Node *node = tree->root->first; node && !title; node = node->next)
        if (node->kind == NODE_TITLE_BLOCK) title = node;
    return heading->value == (title && title->first && title->first->kind == NODE_TITLE ? 2 : 1);
}

static bool is_title_block(const Node *node) { return node->kind == NODE_TITLE_BLOCK; }

/* No title of its own, and several headings of the first level: any of them could be it. */
static void untitled_check(Diags *d, const Tree *tree) {
    const Node *first = NULL;
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        if (node->kind == NODE_TITLE) return;
        if (node->kind != NODE_HEADING || node->value != 1) continue;
        if (first) {
            diag(d, DIAG_WARNING, "title-several", node_place(tree, node),
                "write “title:” in the front matter, or begin all headings but the title's with one “#” more",
                "a second heading of the first level, and nothing says which is the title: the first is taken for it");
            return;
        }
        first = node;
    }
}

/* The front matter has a title, and one heading stands above all others like another one. */
static void titled_twice_check(Diags *d, const Tree *tree) {
    const Node *only = NULL;
    bool titled = false;
    for (const Node *node = tree->root->first; node; node = node->next) {
        if (is_title_block(node))
            titled = node->first && node->first->kind == NODE_TITLE && node->first->generated;
        else if (node->kind == NODE_SECTION && !only)
            only = node;
        else if (!node->generated)
            return;
    }
    if (!titled || !only || !only->first || only->first->kind != NODE_HEADING || !is_of_first_level(tree, only->first)) return;
    SourceLines lines = source_lines(d->arena, tree);
    Str line = source_from(&lines, node_place(tree, only->first));
    bool sections = false;
    for (const Node *node = only->first; node && !sections; node = node->next) sections = node->kind == NODE_SECTION;
    if (!sections || str_starts(line, STR("##"))) return;
    diag(d, DIAG_WARNING, "title-several", node_place(tree, only->first),
        "take it out, or “title:” in the front matter, or begin the headings below it with one “#” less",
        "a heading that all others stand under is a second title, beside the one in the front matter");
}

/* ---- Headings ------------------------------------------------------------------------------------------------------------ */

typedef struct {
    Diags *d;
    const Tree *tree;
    const Node *before;
    Str words_before;
} Headings;

static void heading_check(Headings *h, const Node *heading) {
    Str words = words_written(h->d->arena, heading);
    Place at = node_place(h->tree, heading);
    size_t length = utf8_count(words);
    if (length > HEADING_MOST)
        diag(h->d, DIAG_WARNING, "heading-long", at, "say in a few words what the section is about",
            "the heading has %u characters; more than %d are no longer taken in at a glance", (unsigned)length, HEADING_MOST);
    if (h->before && words.n && str_equal_nocase(words, h->words_before))
        diag(h->d, DIAG_WARNING, "heading-repeated", at, "say what tells the two sections apart",
            "“" STR_FMT "” is also the heading before, in line %u", STR_ARG(words_quoted(h->d->arena, words)),
            (unsigned)node_place(h->tree, h->before).line);
    h->before = heading;
    h->words_before = words;
}

static void reference_check(Headings *h, const Node *reference) {
    if (!node_ancestor(reference, NODE_HEADING) && !node_ancestor(reference, NODE_TITLE)) return;
    diag(h->d, DIAG_WARNING, "heading-note", node_place(h->tree, reference), "refer to it in the text below the heading",
        "a note in a heading: who moves from heading to heading hears its number and not the note");
}

/* ---- Paragraphs that stand for headings ---------------------------------------------------------------------------------- */

/* All in one STRONG, itself perhaps in an EMPHASIS or a span, and nothing else. */
static bool is_bold(const Node *paragraph) {
    bool bold = false;
    for (const Node *node = paragraph->first; node && !node->next; node = node->first) {
        if (node->kind == NODE_STRONG) bold = true;
        if (bold) return true;
        if (node->kind != NODE_EMPHASIS && node->kind != NODE_SPAN) return false;
    }
    return false;
}

static bool has_line_break(const Node *paragraph) {
    for (const Node *node = paragraph->first; node; node = node_next(node, paragraph))
        if (node->kind == NODE_LINE_BREAK) return true;
    return false;
}

static bool ends_like_a_sentence(Str words) {
    static const char *const ends[] = {".", "!", "?", ":", ";", ",", "\xE2\x80\xA6", "\xE3\x80\x82", NULL};
    static const char *const closing[] = {"\xE2\x80\x9D", "\xE2\x80\x99", "\"", ")", NULL};
    for (size_t i = 0; closing[i]; i++)
        if (str_ends(words, str_from(closing[i]))) words = str_slice(words, 0, words.n - str_from(closing[i]).n);
    for (size_t i = 0; ends[i]; i++)
        if (str_ends(words, str_from(ends[i]))) return true;
    return false;
}

static const Node *block_after(const Node *block) {
    do block = block->next;
    while (block && (block->kind == NODE_NOTE || block->kind == NODE_PULL_COPY));
    return block;
}

static void paragraph_check(Headings *h, const Node *paragraph) {
    NodeKind in = paragraph->parent->kind;
    if (in != NODE_DOCUMENT && in != NODE_SECTION && in != NODE_DIV && in != NODE_BOX) return;
    if (!is_bold(paragraph) || has_line_break(paragraph)) return;
    const Node *after = block_after(paragraph);
    bool text = after && (after->kind == NODE_PARAGRAPH || after->kind == NODE_LIST || after->kind == NODE_BLOCK_QUOTE ||
                             after->kind == NODE_DEFINITION_LIST);
    if (!text || (after->kind == NODE_PARAGRAPH && is_bold(after))) return; /* two of them are no heading and its text */
    Str words = words_written(h->d->arena, paragraph);
    if (!words.n || utf8_count(words) > BOLD_MOST || ends_like_a_sentence(words)) return;
    bool boxed = in == NODE_BOX && !paragraph->previous;
    diag(h->d, DIAG_WARNING, "heading-bold", node_place(h->tree, paragraph),
        boxed ? "name the box by its title=, as in “::: {.box title=\"…\"}”"
              : "begin the line with “#” signs, and take the asterisks away",
        "“" STR_FMT "” is set bold to look like a heading, and is none", STR_ARG(words_quoted(h->d->arena, words)));
}

void headings_check(Diags *d, const Tree *tree) {
    Headings headings = {.d = d, .tree = tree};
    untitled_check(d, tree);
    titled_twice_check(d, tree);
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        if (node->kind == NODE_HEADING) heading_check(&headings, node);
        if (node->kind == NODE_NOTE_REFERENCE && !node->generated) reference_check(&headings, node);
        if (node->kind == NODE_PARAGRAPH) paragraph_check(&headings, node);
    }
}
