/* The last pass over a text block: what tree.h promises about text. White space is single spaces, none at the ends or beside a line break;
 * leaves that touch are one leaf, as long as its nth character stands n columns behind its first in the source: where it does
 * not (an entity, "--" made a dash, two spaces made one) a new leaf begins, so that a column can be counted from any leaf.
 * Inlines nested too deep are taken out of their parents here. */
#include "read/internal.h"
#include <string.h>

typedef struct {
    Reader *r;
    bool fixed; /* all of it stands at one place: no columns to keep */
    char *out; /* all text of the block, one leaf after the other */
    size_t n;
    Node *leaf; /* the last one written to, NULL when something stands behind it */
    uint32_t column; /* the column behind its last character */
    bool after_space; /* a space here would be one too many */
    Node *with_space; /* the leaf that ends with a space nothing has followed so far */
} Finish;

/* cmark divides text at every sign that might mean something: of the leaves that this makes, most are joined to the one before and given
 * up, and the next block's are made of them. */
static void give_up(Reader *r, Node *node) {
    node_unlink(node);
    node->next = r->spare;
    r->spare = node;
}

Node *inline_new(Reader *r, NodeKind kind, Spot at) {
    Node *node = r->spare;
    if (!node) return node_new(r->nodes, kind, at.line, at.column);
    r->spare = node->next;
    *node = (Node){.kind = kind, .number = NODE_NONE, .more = &node_nothing_more, .line = at.line, .column = at.column};
    return node;
}

static void drop_space(Finish *f) {
    Node *leaf = f->with_space;
    f->with_space = NULL;
    if (!leaf) return;
    leaf->text.n--;
    if (leaf == f->leaf) f->leaf = NULL;
    if (leaf->text.n == 0) give_up(f->r, leaf);
}

static void write_bytes(Finish *f, const char *p, size_t n) {
    memcpy(f->out + f->n, p, n);
    f->n += n;
    f->leaf->text.n += n;
}

/* A leaf to write to at `column` of the line that `from` is on: the one before if that continues it, else `from` itself, else a new one. */
static void leaf_at(Finish *f, Node *from, bool *from_used, uint32_t column, bool space) {
    if (f->leaf && f->leaf->line == from->line && (f->column == column || space || f->fixed)) return;
    Node *leaf = from;
    if (*from_used) {
        leaf = inline_new(f->r, NODE_TEXT, (Spot){from->line, column});
        node_insert_after(f->leaf, leaf);
    }
    *from_used = true;
    leaf->column = f->column = column;
    leaf->text = (Str){f->out + f->n, 0};
    f->leaf = leaf;
}

/* The end of the words that begin at `at`, with single spaces between them and perhaps one behind. */
static size_t words_end(Str text, size_t at) {
    for (;;) {
        while (at < text.n && (unsigned char)text.p[at] > ' ') at++;
        if (at == text.n) return at;
        if (text.p[at] == ' ') {
            at++;
            if (at == text.n || char_is_space(text.p[at])) return at;
        } else if (char_is_space(text.p[at])) {
            return at;
        } else {
            at++;
        }
    }
}

static void finish_text(Finish *f, Node *node) {
    Str text = node->text;
    uint32_t column = node->column;
    bool used = false, single_spaced = text_is_single_spaced(text); /* as most are */
    if (f->leaf && f->leaf->next != node) f->leaf = NULL;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        if (char_is_space(text.p[start])) {
            if (!f->after_space) {
                leaf_at(f, node, &used, column, true);
                write_bytes(f, " ", 1);
                f->column++;
                f->after_space = true;
                f->with_space = f->leaf;
            }
            at++;
            column++;
        } else {
            at = single_spaced ? text.n : words_end(text, start);
            leaf_at(f, node, &used, column, false);
            write_bytes(f, text.p + start, at - start);
            column += (uint32_t)characters_count(text.p + start, at - start);
            f->column = column;
            f->after_space = text.p[at - 1] == ' ';
            f->with_space = f->after_space ? f->leaf : NULL;
        }
    }
    if (!used) give_up(f->r, node);
}

/* Deeper inlines lose their parents beyond the limit; nothing of what they hold. */
static void flatten(Reader *r, Node *node) {
    nesting_tell(r, LIMIT_INLINE_NESTING, (Spot){node->line, node->column});
    while (node->first) {
        Node *child = node->first;
        node_unlink(child);
        node_insert_before(node, child);
    }
    node_unlink(node);
}

/* The next node in reading order inside block, keeping count of the depth. */
static Node *step_over(Node *node, Node *block, int *depth) {
    while (node != block && !node->next) {
        node = node->parent;
        --*depth;
    }
    return node == block ? NULL : node->next;
}

static void limit_depth(Reader *r, Node *block) {
    int depth = 1, most = (int)INLINE_NESTING;
    for (Node *node = block->first; node;) {
        if (depth > most && tree_kind(node->kind)->level == LEVEL_INLINE) {
            Node *next =
                node->first ? node->first : step_over(node, block, &depth); /* its children come to stand where it stood */
            flatten(r, node);
            node = next;
            continue;
        }
        if (node->first) {
            node = node->first;
            depth++;
        } else {
            node = step_over(node, block, &depth);
        }
    }
}

void text_block_finish(Reader *r, Node *block, bool fixed) {
    smart_marks(r, block);
    size_t size = 0;
    for (Node *node = node_next(block, block); node; node = node_next(node, block)) {
        if (node->kind == NODE_TEXT) size += node->text.n;
    }
    limit_depth(r, block);
    Finish f = {.r = r, .fixed = fixed, .out = NEW_ARRAY(r->arena, char, size + 1), .after_space = true};
    for (Node *node = block->first, *next; node; node = next) {
        next = node_next(node, block);
        /* The words of a link that has an address and none come later: the spaces round it count. */
        bool holds_place = node->kind == NODE_LINK && !node->first && !utf8_is_blank(node->more->target);
        if (tree_kind(node->kind)->level != LEVEL_LEAF && !holds_place) continue;
        if (node->kind == NODE_TEXT) {
            finish_text(&f, node);
            continue;
        }
        f.leaf = NULL;
        if (node->kind == NODE_LINE_BREAK) drop_space(&f);
        f.with_space = NULL;
        f.after_space = node->kind == NODE_LINE_BREAK;
    }
    drop_space(&f);
    smart_spaces(r, block);
}
