/* The title: where it comes from, and the block that it heads. Every document has one in its metadata (ISO 14289-1 §7.1; WCAG 2.2,
 * 2.4.2): from the front matter, else from a heading, else the file's name, which no claim can rest on. */
#include "resolve/passes.h"

static Node *first_heading(const Resolution *r, bool top_level) {
    for (Node *node = r->tree->root; node; node = node_next(node, r->tree->root)) {
        if (node->kind == NODE_HEADING && (!top_level || node->value == 1) && node_text(r->arena, node).n) return node;
    }
    return NULL;
}

static Node *opening_heading(const Resolution *r) {
    Node *first = r->tree->root->first;
    bool is_title = first && first->kind == NODE_HEADING && first->value == 1 && node_text(r->arena, first).n;
    return is_title ? first : NULL;
}

static bool has_other_top_heading(const Node *heading) {
    for (const Node *node = heading->next; node; node = node->next) {
        if (node->kind == NODE_HEADING && node->value == 1) return true;
    }
    return false;
}

/* Marks and letters' case set aside: smart punctuation may have changed one of the two. */
static bool same_words(Arena *arena, Str a, Str b) {
    if (str_equal(a, b)) return true;
    a = words_slug(arena, a, UINT32_MAX);
    b = words_slug(arena, b, UINT32_MAX);
    return a.n && str_equal(a, b);
}

static Node *add_line(Resolution *r, Node *block, NodeKind kind, Str words) {
    if (words.n == 0) return NULL;
    Node *line = node_new(r->arena, kind, 0, 0);
    line->generated = true;
    node_append(line, text_new(r->arena, words, NULL, true));
    node_append(block, line);
    return line;
}

/* "By A, B and C". */
static Str byline(const Resolution *r) {
    const Meta *meta = &r->tree->meta;
    if (meta->author_count == 0) return (Str){0};
    Buf names = buf_new(r->arena);
    for (uint32_t i = 0; i < meta->author_count; i++) {
        bool last = i > 0 && i + 1 == meta->author_count;
        if (last)
            buf_add(&names, label_and(r->arena, meta->language, meta->authors[i]));
        else if (i > 0)
            buf_add_c(&names, ", ");
        buf_add(&names, meta->authors[i]);
    }
    return label_format(r->arena, meta->language, LABEL_BY, buf_str(&names), (Str){0});
}

/* Its TITLE is `heading`, which moves there with all that is in it; else the words of the front matter; else it has none. */
static void add_title_block(Resolution *r, Node *heading, Str words) {
    const Meta *meta = &r->tree->meta;
    Node *block = node_new(r->arena, NODE_TITLE_BLOCK, 0, 0);
    if (heading) {
        block->line = heading->line;
        block->column = heading->column;
        node_unlink(heading);
        heading->kind = NODE_TITLE;
        heading->value = 0;
        node_append(block, heading);
        r->title = heading;
    } else if (words.n) {
        r->title = add_line(r, block, NODE_TITLE, words);
        r->title->line = r->title->first->line = meta->title_line;
        r->title->column = r->title->first->column = meta->title_column;
    }
    block->generated = heading == NULL; /* a block with the author's heading in it must not vanish with what was added */
    add_line(r, block, NODE_SUBTITLE, meta->subtitle);
    add_line(r, block, NODE_STANDFIRST, meta->standfirst);
    add_line(r, block, NODE_BYLINE, byline(r));
    add_line(r, block, NODE_DATELINE, meta->date_text);
    if (block->first) node_prepend(r->tree->root, block);
}

/* "reports/2019.03 letter.md" → "2019.03 letter". A name need not be UTF-8. */
static Str file_title(Arena *arena, const Source *source) {
    Str name = source ? source->name : (Str){0};
    if (str_is(name, "-") || utf8_find_bad(name) < name.n) name = (Str){0};
    size_t start = name.n, end = name.n;
    while (start > 0 && name.p[start - 1] != '/') start--;
    for (size_t i = name.n; i > start + 1 && end == name.n; i--) {
        if (name.p[i - 1] == '.') end = i - 1;
    }
    Str stem = words_clean(arena, str_slice(name, start, end));
    return stem.n ? stem : STR("Untitled");
}

static void take_title_from(Resolution *r, const Node *heading) {
    Meta *meta = &r->tree->meta;
    meta->title = words_clean(r->arena, node_text(r->arena, heading));
    meta->title_known = true;
    meta->title_line = heading->line;
    meta->title_column = heading->column;
}

void resolve_title(Resolution *r) {
    Meta *meta = &r->tree->meta;
    Node *opening = opening_heading(r);
    if (meta->title.n) {
        meta->title_known = true;
        Node *same = opening && same_words(r->arena, node_text(r->arena, opening), meta->title) ? opening : NULL;
        if (same) {
            diag(r->d, DIAG_NOTE, "title-repeated", node_place(r->tree, same), NULL,
                "the heading says what the front matter's title says; it is set once, as the title");
        }
        add_title_block(r, same, meta->title);
        return;
    }
    Str none = {0};
    if (opening && !has_other_top_heading(opening)) {
        take_title_from(r, opening);
        add_title_block(r, opening, none);
        return;
    }
    const Node *heading = first_heading(r, true);
    if (!heading) heading = first_heading(r, false);
    if (heading) {
        take_title_from(r, heading); /* which stays the heading that it is */
    } else {
        meta->title_known = false;
        meta->title = file_title(r->arena, r->tree->source);
        diag_claim(r->d, CLAIM_PDF_UA | CLAIM_EPUB_A11Y, "title-missing", (Place){r->tree->source, 0, 0},
            "begin the document with a heading (“# The title”), or give “title:” in its front matter",
            "the document has no title; “" STR_FMT "” stands in for it", STR_ARG(meta->title));
    }
    add_title_block(r, NULL, none);
}
