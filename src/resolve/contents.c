/* Contents: a list of the headings as deep as the front matter asks for, and lists of tables and figures. Each entry is one link with the
 * words of what it leads to, as they stand there, and the page. They come after the title, or what else the document opens with.
 */
#include "resolve/passes.h"

/* The last of what the document opens with: its status, its front, its title and the notes to that; NULL when there is none. */
Node *opening_last(const Resolution *r) {
    Node *last = NULL;
    for (Node *node = r->tree->root->first; node; node = node->next) {
        bool opens = node->kind == NODE_STATUS || node->kind == NODE_FRONT || node->kind == NODE_TITLE_BLOCK;
        if (!opens && !(node->kind == NODE_NOTE && last)) break;
        last = node;
    }
    return last;
}

/* Plain words become one TEXT, behind their number; behind them a space, for where no leader stands between them and the page. */
static void close_words(Resolution *r, Node *link, bool numbered) {
    Node *first = numbered ? link->first->next : link->first;
    bool plain = first != NULL;
    for (const Node *child = first; child; child = child->next) plain = plain && child->kind == NODE_TEXT;
    if (!plain) {
        node_append(link, text_new(r->arena, STR(" "), link, true));
        return;
    }
    Buf words = buf_new(r->arena);
    for (const Node *child = first; child; child = child->next) buf_add(&words, child->text);
    buf_add_char(&words, ' ');
    for (Node *next; first; first = next) {
        next = first->next;
        node_unlink(first);
    }
    node_append(link, text_new(r->arena, buf_str(&words), link, true));
}

static void add_entry(Resolution *r, Node *contents, const Node *target, const Node *words, int32_t depth, Str language) {
    Node *entry = added_new(r, NODE_CONTENTS_ENTRY, NULL), *link = added_new(r, NODE_LINK, NULL);
    entry->value = depth;
    entry->line = link->line = words->line;
    entry->column = link->column = words->column;
    if (!str_equal(language, r->tree->meta.language)) node_more(r->arena, entry)->language = language;
    node_more(r->arena, link)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(target->more->id));
    link->value = LINK_RESOLVED;
    words_copy(r->arena, words, link, (WordsCopy){.image_words = true});
    if (!link->first) return; /* what it leads to has no words: nobody could tell where */
    if (words->more->label.n > 0 && str_equal(str_trim(link->first->text), words->more->label))
        node_more(r->arena, entry)->label = words->more->label;
    close_words(r, link, entry->more->label.n > 0);
    Node *page = node_new(r->arena, NODE_PAGE_REFERENCE, words->line, words->column);
    page->generated = true;
    node_more(r->arena, page)->target = link->more->target;
    node_append(link, page);
    node_append(entry, link);
    node_append(contents, entry);
}

/* The document's own headings; those in boxes, quotes and lists are not its parts. */
static void add_headings(Resolution *r, Node *contents) {
    int32_t deepest = r->tree->meta.toc_depth > 0 ? r->tree->meta.toc_depth : 2;
    Node *root = r->tree->root;
    for (Node *node = root, *next; node; node = next) {
        bool holds_sections = node->kind == NODE_DOCUMENT || node->kind == NODE_SECTION || node->kind == NODE_NOTES;
        next = holds_sections ? node_next(node, root) : node_next_after(node, root);
        if (node->kind != NODE_HEADING || node_has_class(node, "unlisted")) continue;
        int32_t depth = node->parent->kind == NODE_SECTION ? 0 : 1;
        for (const Node *section = node->parent; section->kind == NODE_SECTION && depth <= deepest; section = section->parent)
            depth++;
        if (depth <= deepest) add_entry(r, contents, node, node, depth, tree_language(r->tree, node));
    }
}

static void add_captions(Resolution *r, Node *contents, NodeKind kind) {
    LanguageWalk walk = language_walk(r);
    for (Node *node = r->tree->root; node; node = language_next_block(&walk, node)) {
        if (node->kind != kind || node->generated || node->more->id.n == 0) continue;
        const Node *caption = node_child(node, NODE_CAPTION);
        if (caption) add_entry(r, contents, node, caption, 1, language_at(&walk, node));
    }
}

static Node *contents_new(Resolution *r, const char *variant) {
    Node *contents = added_new(r, NODE_CONTENTS, NULL);
    node_more(r->arena, contents)->variant = str_from(variant);
    return contents;
}

/* A list without entries is not made. Gives the section after which the next may come. */
static Node *add_section(Resolution *r, Node *after, Node *contents, const char *id, Label label) {
    if (!contents->first) return after;
    Node *section = added_new(r, NODE_SECTION, str_c(r->arena, contents->more->variant));
    node_append(section, heading_new(r, level_top(r), str_from(id), label_text(r->tree->meta.language, label)));
    node_append(section, contents);
    if (after)
        node_insert_after(after, section);
    else
        node_prepend(r->tree->root, section);
    return section;
}

void resolve_contents(Resolution *r) {
    const Meta *meta = &r->tree->meta;
    Node *headings = contents_new(r, "contents"), *tables = contents_new(r, "tables"), *figures = contents_new(r, "figures");
    if (meta->toc) add_headings(r, headings);
    if (meta->list_of_tables) add_captions(r, tables, NODE_TABLE);
    if (meta->list_of_figures) add_captions(r, figures, NODE_FIGURE);
    Node *after = opening_last(r);
    after = add_section(r, after, headings, "contents", LABEL_CONTENTS);
    after = add_section(r, after, tables, "list-of-tables", LABEL_LIST_OF_TABLES);
    add_section(r, after, figures, "list-of-figures", LABEL_LIST_OF_FIGURES);
}
