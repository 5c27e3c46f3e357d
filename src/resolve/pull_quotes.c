/* Pull-quotes: for every SPAN.pull-quote a PULL_COPY beside the block that holds the words. The copy is an artifact: nobody hears
 * or copies the words twice.
 */
#include "resolve/passes.h"

#define WORDS_LIMIT 40

/* Where the walk is. */
typedef struct {
    Node *block; /* the child of the document or of a section that it is in */
    Node *after; /* the last copy placed after that block */
    bool closed; /* in something whose words may not be pulled out */
    const Node *closed_end; /* what comes after that */
} Position;

static bool is_closed(const Node *node) {
    switch (tree_kind(node->kind)->level) {
    case LEVEL_INLINE:
        return node->kind == NODE_SPAN && node_has_class(node, "pull-quote"); /* what it holds is pulled out with it */
    case LEVEL_BLOCK:
    case LEVEL_TEXT_BLOCK: break;
    case LEVEL_BLOCK_LEAF:
    case LEVEL_LEAF: return false;
    }
    return node->artifact || node->kind == NODE_TITLE_BLOCK || node->kind == NODE_HEADING || node->kind == NODE_TABLE ||
           node->kind == NODE_PULL_QUOTE || node->kind == NODE_BOX || node->kind == NODE_CAPTION || node->kind == NODE_NOTES ||
           node->kind == NODE_NOTE || node->kind == NODE_FRONT || node->kind == NODE_CONTENTS;
}

static bool is_after_heading(const Node *block) {
    const Node *before = block->previous;
    while (before && (before->kind == NODE_PULL_COPY || before->kind == NODE_NOTE)) before = before->previous;
    return !before || before->kind == NODE_HEADING || before->kind == NODE_TITLE_BLOCK;
}

static bool is_before_heading(const Node *node) {
    const Node *next = node->next; /* nothing: the section is over, and the next begins with its heading */
    return !next || next->kind == NODE_HEADING || next->kind == NODE_SECTION || next->kind == NODE_NOTES;
}

static void place(Position *at, Node *copy) {
    Node *behind = at->after ? at->after : at->block;
    while (behind->next && behind->next->kind == NODE_NOTE) behind = behind->next; /* a block's notes come right after it */
    if (is_before_heading(behind) && !is_after_heading(at->block)) {
        node_insert_before(at->block, copy);
        return;
    }
    node_insert_after(behind, copy);
    at->after = copy;
}

static void pull(Resolution *r, Position *at, Node *span) {
    Place where = node_place(r->tree, span);
    if (at->closed || !at->block) {
        diag(r->d, DIAG_WARNING, "pull-quote-place", where, "mark words of the running text",
            "words in a heading, a table, a caption, a note, a box or another pull-quote cannot be pulled out; they are set as "
            "they are");
        return;
    }
    Node *copy = node_new(r->arena, NODE_PULL_COPY, span->line, span->column);
    copy->generated = copy->artifact = true;
    Str language = tree_language(r->tree, span);
    if (!str_equal(language, tree_language(r->tree, at->block->parent))) node_more(r->arena, copy)->language = language;
    node_more(r->arena, copy)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(span->more->id));
    words_copy(r->arena, span, copy, (WordsCopy){0});
    uint32_t words = words_count(node_text(r->arena, copy));
    if (words == 0) {
        diag(r->d, DIAG_WARNING, "pull-quote-empty", where, NULL, "there are no words in this pull-quote; it is not repeated");
        return;
    }
    if (words > WORDS_LIMIT) {
        diag(r->d, DIAG_WARNING, "pull-quote-long", where, "mark the few words that say it best",
            "the pull-quote has %u words; more than %d are hard to read at that size", (unsigned)words, WORDS_LIMIT);
    }
    place(at, copy);
}

void resolve_pull_quotes(Resolution *r) {
    if (r->written[NODE_SPAN] == 0) return;
    Node *root = r->tree->root;
    Position at = {0};
    for (Node *node = root, *next; node; node = next) {
        if (node == at.closed_end) at.closed = false;
        if (node->kind == NODE_PULL_COPY) { /* one of ours */
            next = node_next_after(node, root);
            continue;
        }
        if (node->parent && (node->parent->kind == NODE_DOCUMENT || node->parent->kind == NODE_SECTION)) {
            at.block = node;
            at.after = NULL;
        }
        if (node->kind == NODE_SPAN && node_has_class(node, "pull-quote")) pull(r, &at, node);
        if (!at.closed && is_closed(node)) {
            at.closed = true;
            at.closed_end = node_next_after(node, root);
        }
        next = node_next(node, root);
    }
}
