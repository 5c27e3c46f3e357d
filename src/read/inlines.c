/* The inlines of one block: cmark's parse of its text → our nodes.
 *
 * Spans and HTML elements are paired here, inside one parent: "[" … "]{.class}" and <sub> … </sub>. What finds no partner is text, or a
 * warning. Every pair is found by looking back at a bounded number of open ones.
 */
#include "read/internal.h"
#include <string.h>

typedef struct {
    Node *text; /* the "[", text until its "]{…}" is found */
    uint32_t tags; /* how many tags were open before it */
} Bracket;

/* Open is an element of HTML, or a sub- or superscript: then the tag's name is its sign, which is text until the other is found. */
typedef struct {
    Node *mark; /* an empty TEXT where the element begins */
    Tag tag;
    NodeKind kind;
    uint32_t brackets; /* how many brackets were open before it */
} OpenTag;

typedef struct {
    cmark_node *node;
    Node *parent;
    uint32_t brackets, tags; /* how many belong to the levels above */
    size_t delimiter; /* bytes that close the node in the source */
    size_t behind; /* a link written <http://…>, which holds no other ">"; 0: it is not */
} Level;

#define FIRST_LEVELS 4

typedef struct {
    Reader *r;
    Content *content;
    Cursor cursor; /* in cmark's copy of the text, or of a piece of it */
    size_t base; /* where the piece begins in the whole */
    cmark_node *holder;
    size_t linked; /* text before it is in a bare link already */
    uint32_t next_link;
    BareLinks links;
    Node *parent;
    Node *trailing;
    int in_link;
    size_t image_signs[2]; /* in an image's words, behind the "~" and the "^" that are open; 0: none */
    struct {
        Bracket *items;
        uint32_t count, capacity;
    } brackets;
    struct {
        OpenTag *items;
        uint32_t count, capacity;
    } tags;
    struct {
        Level *items;
        uint32_t count, capacity;
    } levels;
    Level first_levels[FIRST_LEVELS]; /* most blocks, and cells above all, nest no deeper */
} Walk;

static bool is_bracket(const Walk *w, const cmark_node *node, const char *sign) {
    const cmark_chunk *literal = &node->as.literal;
    return node->type == CMARK_NODE_TEXT && !literal->alloc && !cursor_holds(&w->cursor, literal) &&
           str_is(chunk_str(literal), sign);
}

static Spot spot(Walk *w, size_t offset) { return content_spot(w->r, w->content, w->base + offset); }

/* ---- Making nodes ---- */

static Node *append(Walk *w, NodeKind kind, Spot at) {
    Node *node = inline_new(w->r, kind, at);
    node_append(w->parent, node);
    return node;
}

static Node *append_text(Walk *w, Str text, Spot at) {
    Node *node = append(w, NODE_TEXT, at);
    node->text = text;
    return node;
}

/* Moves what stands behind `mark` into `node`, which takes the place of `mark`. */
static void wrap_after(Node *mark, Node *node) {
    node_insert_after(mark, node);
    while (node->next) {
        Node *child = node->next;
        node_unlink(child);
        node_append(node, child);
    }
    node_unlink(mark);
}

static Spot place_of(const Node *node) { return (Spot){node->line, node->column}; }

static bool is_sign(Str name) { return str_is(name, "^") || str_is(name, "~"); }

static void drop_tags(Walk *w, uint32_t keep) {
    while (w->tags.count > keep) {
        OpenTag *open = &w->tags.items[--w->tags.count];
        if (is_sign(open->tag.name)) {
            open->mark->text = open->tag.name;
            continue;
        }
        Str name = str_format(w->r->arena, "<" STR_FMT ">", STR_ARG(open->tag.name));
        tag_left_out(w->r, name, place_of(open->mark), "it is not closed where it should be");
        node_unlink(open->mark);
    }
}

static uint32_t open_brackets(const Walk *w) { return w->levels.items[w->levels.count - 1].brackets; }
static uint32_t open_tags(const Walk *w) { return w->levels.items[w->levels.count - 1].tags; }

/* ---- Brackets and attributes ---- */

static void read_bracket(Walk *w, const cmark_node *node) {
    Spot at = spot(w, cursor_text(&w->cursor, node));
    if (node->as.literal.len == 2) { /* "![" */
        append_text(w, STR("!"), at);
        at.column++;
    }
    Bracket *bracket = PUSH(w->r->arena, &w->brackets, Bracket);
    bracket->text = append_text(w, STR("["), at);
    bracket->tags = w->tags.count;
}

static void read_span(Walk *w, const Bracket *bracket, Str attributes, Spot at) {
    drop_tags(w, bracket->tags);
    node_unlink(w->parent->last); /* the "]" */
    Node *span = node_new(w->r->nodes, NODE_SPAN, bracket->text->line, bracket->text->column);
    wrap_after(bracket->text, span);
    attributes_apply(w->r, attributes, span, at);
}

static void read_attributes(Walk *w, const cmark_node *node, const Bracket *closed) {
    Str raw = chunk_str(&node->as.literal);
    size_t offset = (size_t)(raw.p - w->cursor.p);
    Spot at = spot(w, offset);
    cursor_move(&w->cursor, offset + raw.n);
    cmark_node *before = node->prev;
    Node *last = w->parent->last;
    bool follows = before && last && (size_t)(raw.p - w->cursor.p) > 0 && w->cursor.p[offset - 1] != ' ';
    if (follows && closed) {
        read_span(w, closed, raw, at);
    } else if (follows &&
               (before->type == CMARK_NODE_LINK || before->type == CMARK_NODE_IMAGE || before->type == CMARK_NODE_CODE) &&
               (last->kind == NODE_LINK || last->kind == NODE_IMAGE || last->kind == NODE_CODE)) {
        attributes_apply(w->r, raw, last, at);
    } else if (w->trailing && offset + raw.n == w->cursor.n) {
        attributes_apply(w->r, raw, w->trailing, at);
    } else {
        append_text(w, raw, at);
    }
}

/* ---- HTML ---- */

static void close_code(Walk *w, Node *node) {
    for (Node *child = node->first; child; child = child->next) {
        if (child->kind == NODE_TEXT) continue;
        node->kind = NODE_SPAN; /* CODE holds nothing but words */
        classes_add(w->r, node, STR("code"));
        return;
    }
    Buf text = buf_new(w->r->arena);
    for (Node *child = node->first; child; child = child->next) buf_add(&text, child->text);
    node->text = buf_str(&text);
    node->first = node->last = NULL;
}

static void close_tag(Walk *w, const Tag *tag, Str literal, Spot at) {
    for (uint32_t i = w->tags.count; i > open_tags(w); i--) {
        OpenTag open = w->tags.items[i - 1];
        if (!str_equal(open.tag.name, tag->name)) continue;
        drop_tags(w, i);
        w->tags.count = i - 1;
        if (w->brackets.count > open.brackets) w->brackets.count = open.brackets;
        Node *node = node_new(w->r->nodes, open.kind, open.mark->line, open.mark->column);
        wrap_after(open.mark, node);
        if (is_sign(open.tag.name))
            script_finish(node);
        else
            tag_apply(w->r, &open.tag, node, place_of(node));
        if (node->kind == NODE_CODE) close_code(w, node);
        return;
    }
    if (is_sign(tag->name))
        append_text(w, literal, at);
    else
        tag_left_out(w->r, literal, at, "nothing is open that it could close");
}

static void open_tag(Walk *w, const Tag *tag, NodeKind kind, Spot at) {
    Node *mark = append_text(w, (Str){0}, at);
    OpenTag *open = PUSH(w->r->arena, &w->tags, OpenTag);
    *open = (OpenTag){mark, *tag, kind, w->brackets.count};
}

/* Signs come in pairs; one that opens when another of its kind is open has been left alone by its partner. */
static void read_script(Walk *w, const cmark_node *node) {
    Str sign = chunk_str(&node->as.literal);
    size_t offset = (size_t)(sign.p - w->cursor.p);
    Spot at = spot(w, offset);
    cursor_move(&w->cursor, offset + 1);
    Tag tag = {.name = sign};
    if (syntax_script(node) == SCRIPT_CLOSES) {
        close_tag(w, &tag, sign, at);
        return;
    }
    for (uint32_t i = w->tags.count; i > open_tags(w) && is_sign(w->tags.items[i - 1].tag.name); i--) {
        if (str_equal(w->tags.items[i - 1].tag.name, sign)) drop_tags(w, i - 1);
    }
    if (w->tags.count - open_tags(w) >= INLINE_NESTING)
        append_text(w, sign, at);
    else
        open_tag(w, &tag, str_is(sign, "^") ? NODE_SUPERSCRIPT : NODE_SUBSCRIPT, at);
}

static void read_tag(Walk *w, const cmark_node *node) {
    Str literal = chunk_str(&node->as.literal);
    size_t offset = cursor_holds(&w->cursor, &node->as.literal) ? (size_t)(literal.p - w->cursor.p) : w->cursor.at;
    Spot at = spot(w, offset);
    cursor_move(&w->cursor, offset + literal.n);
    Tag tag = tag_read(w->r->arena, literal);
    NodeKind kind;
    if (tag.comment) return;
    if (tag.name.n == 0 || !tag_kind(tag.name, &kind)) {
        if (!tag.closing) tag_left_out(w->r, literal, at, "only simple HTML elements are understood");
        return;
    }
    if (kind == NODE_LINE_BREAK) {
        if (tag.closing)
            tag_left_out(w->r, literal, at, "nothing is open that it could close");
        else
            append(w, NODE_LINE_BREAK, at);
        return;
    }
    if (tag.closing) {
        close_tag(w, &tag, literal, at);
        return;
    }
    if (w->tags.count - open_tags(w) >= INLINE_NESTING) {
        nesting_tell(w->r, LIMIT_INLINE_NESTING, at);
        return;
    }
    open_tag(w, &tag, kind, at);
}

/* ---- Text and bare links ---- */

/* Text inside an address is what was written, not what smart punctuation made of it; entities are characters. */
static void add_address_text(const Walk *w, const cmark_node *node, size_t at, size_t from, size_t to, Buf *out) {
    size_t end = w->cursor.at;
    if (cursor_holds(&w->cursor, &node->as.literal) || at >= w->cursor.n || w->cursor.p[at] != '&') {
        if (from > at) at = from;
        if (end > to) end = to;
        if (end > at) buf_add(out, (Str){w->cursor.p + at, end - at});
    } else if (at >= from) {
        buf_add(out, chunk_str(&node->as.literal));
    }
}

static bool is_plain_text(const Walk *w, const cmark_node *node) {
    return node && node->type == CMARK_NODE_TEXT && !is_bracket(w, node, "[") && !is_bracket(w, node, "]") &&
           !is_bracket(w, node, "![");
}

/* A bare link that begins in `node` at link->from: as far as plain text goes. Returns false when nothing is left of it. */
static bool read_bare_link(Walk *w, const cmark_node *node, size_t at, const BareLink *link) {
    Str whole = {w->cursor.p, w->cursor.n};
    Buf text = buf_new(w->r->arena);
    size_t cursor = w->cursor.at;
    long line_base = w->cursor.line_base;
    const cmark_node *piece = node;
    add_address_text(w, piece, at, link->from, link->to, &text);
    while (w->cursor.at < link->to && is_plain_text(w, piece->next)) {
        size_t before = w->cursor.at;
        size_t piece_at = cursor_text(&w->cursor, piece->next);
        if (piece_at != before) break;
        piece = piece->next;
        add_address_text(w, piece, piece_at, link->from, link->to, &text);
    }
    size_t to = w->cursor.at < link->to ? bare_link_trim(whole, link->from, w->cursor.at) : link->to;
    size_t lost = (w->cursor.at < link->to ? w->cursor.at : link->to) - to;
    w->cursor.at = cursor;
    w->cursor.line_base = line_base;
    if (to < link->from + 5 || lost > text.n) return false;
    if (link->to != to) {
        /* cut short by mark-up: it must still be an address */
        BareLinks again = {0};
        bare_links_find(w->r->arena, (Str){w->cursor.p + link->from, to - link->from}, &again);
        if (again.count != 1 || again.items[0].from != 0 || again.items[0].to != to - link->from) return false;
    }
    Str shown = str_copy(w->r->arena, str_slice(buf_str(&text), 0, text.n - lost));
    Node *parent = w->parent;
    Spot place = spot(w, link->from);
    Node *node_link = append(w, NODE_LINK, place);
    const char *scheme = link->kind == BARE_WWW ? "http://" : link->kind == BARE_MAIL ? "mailto:" : "";
    node_more(w->r->nodes, node_link)->target = str_format(w->r->arena, "%s" STR_FMT, scheme, STR_ARG(shown));
    w->parent = node_link;
    append_text(w, shown, place);
    w->parent = parent;
    w->linked = to;
    return true;
}

static void append_piece(Walk *w, size_t from, size_t to) {
    if (to > from) append_text(w, (Str){w->cursor.p + from, to - from}, spot(w, from));
}

static void read_text(Walk *w, const cmark_node *node) {
    size_t at = cursor_text(&w->cursor, node);
    bool as_written = cursor_holds(&w->cursor, &node->as.literal);
    if (!as_written) {
        bool straight = at < w->cursor.n && (w->cursor.p[at] == '"' || w->cursor.p[at] == '\'');
        if (at >= w->linked) append_text(w, chunk_str(&node->as.literal), spot(w, at))->value = straight ? SMART_MARK : 0;
        return;
    }
    size_t end = at + (size_t)node->as.literal.len;
    if (end > w->cursor.n) end = w->cursor.n;
    if (at < w->linked) at = w->linked < end ? w->linked : end;
    while (!w->in_link && w->next_link < w->links.count && w->links.items[w->next_link].from < end) {
        const BareLink *link = &w->links.items[w->next_link++];
        if (link->from < at) continue;
        append_piece(w, at, link->from);
        at = link->from;
        if (read_bare_link(w, node, at, link)) at = w->linked < end ? w->linked : end;
    }
    append_piece(w, at, end);
}

/* ---- Line breaks, images, code, notes ---- */

static void read_break(Walk *w, const cmark_node *node) {
    size_t offset = cursor_break(&w->cursor, node);
    Spot at = spot(w, offset);
    const LineStarts *lines = w->content->lines;
    if (lines)
        line_break_read(w->r, w->parent, lines, at, spot(w, offset + 1));
    else if (node->type == CMARK_NODE_SOFTBREAK)
        append_text(w, STR(" "), at);
    else
        append(w, NODE_LINE_BREAK, at);
}

static void read_code(Walk *w, const cmark_node *node) {
    size_t at = cursor_code(&w->cursor);
    Str text = chunk_str(&node->as.literal);
    /* the one space that is not code */
    while (at < w->cursor.n && text.n && text.p[0] != ' ' && (w->cursor.p[at] == ' ' || w->cursor.p[at] == '\n')) at++;
    Node *code = append(w, NODE_CODE, spot(w, at));
    code->text = str_copy(w->r->arena, text);
}

static void read_note_reference(Walk *w, const cmark_node *node) {
    size_t start = cursor_find(&w->cursor, '[');
    Spot at = spot(w, start);
    const cmark_chunk *literal = &node->as.literal;
    w->cursor.at = start;
    cursor_note_reference(&w->cursor, node);
    Str whole = {w->cursor.p + start, w->cursor.at - start};
    Str label = whole.n > 3 ? str_slice(whole, 2, whole.n - 1) : (Str){0};
    /* "[\^a]" and "[&Hat;a]" are no references, though cmark takes them for some */
    bool reference = !w->r->plain && cursor_holds(&w->cursor, literal) && whole.n > 1 && whole.p[1] == '^';
    if (!reference || !note_reference_read(w->r, label, at, w->parent)) append_text(w, whole, at);
}

/* Alternative text is plain: "x^2^" is "x2" in it. */
static void read_image_sign(Walk *w, const cmark_node *node, Buf *out) {
    bool raised = node->as.literal.data[0] == '^';
    size_t *open = &w->image_signs[raised], *other = &w->image_signs[!raised];
    size_t behind = *open;
    *open = 0;
    if (syntax_script(node) == SCRIPT_OPENS || behind == 0) {
        buf_add(out, chunk_str(&node->as.literal));
        if (syntax_script(node) == SCRIPT_OPENS) *open = out->n;
        return;
    }
    memmove(out->p + behind - 1, out->p + behind, out->n - behind + 1);
    out->n--;
    if (*other > behind) --*other;
}

static void read_image_words(Walk *w, const cmark_node *node, Buf *out) {
    switch (node->type) {
    case CMARK_NODE_TEXT:
        cursor_text(&w->cursor, node);
        buf_add(out, chunk_str(&node->as.literal));
        break;
    case CMARK_NODE_CODE:
        cursor_code(&w->cursor);
        buf_add(out, chunk_str(&node->as.literal));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        cursor_break(&w->cursor, node);
        buf_add_char(out, ' ');
        break;
    case CMARK_NODE_HTML_INLINE: {
        Str literal = chunk_str(&node->as.literal);
        size_t at = cursor_holds(&w->cursor, &node->as.literal) ? (size_t)(literal.p - w->cursor.p) : w->cursor.at;
        cursor_move(&w->cursor, at + literal.n);
        if (syntax_script(node) != SCRIPT_NONE)
            read_image_sign(w, node, out);
        else if (literal.n && literal.p[0] == '{')
            buf_add(out, literal);
        else if (!str_starts(literal, STR("<!--")))
            tag_left_out(w->r, literal, spot(w, at), "alternative text is plain");
        break;
    }
    case CMARK_NODE_FOOTNOTE_REFERENCE: {
        size_t start = cursor_find(&w->cursor, '[');
        w->cursor.at = start;
        cursor_move(&w->cursor, cursor_find(&w->cursor, ']') + 1);
        buf_add(out, (Str){w->cursor.p + start, w->cursor.at - start});
        break;
    }
    default: break;
    }
}

static Str collapse(Arena *arena, Str s) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < s.n; i++) {
        bool space = s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r';
        if (!space)
            buf_add_char(&out, s.p[i]);
        else if (out.n && out.p[out.n - 1] != ' ')
            buf_add_char(&out, ' ');
    }
    return str_trim(buf_str(&out));
}

static void link_read(const Walk *w, const cmark_node *node, Node *ours, Spot at) {
    NodeMore *more = node_more(w->r->nodes, ours);
    more->target = syntax_reference(w->r, &node->as.link.url, at);
    if (node->as.link.title.len) more->title = collapse(w->r->arena, syntax_reference(w->r, &node->as.link.title, at));
}

static void read_image(Walk *w, cmark_node *image) {
    size_t start = cursor_find(&w->cursor, '!');
    Spot at = spot(w, start);
    cursor_move(&w->cursor, start + 2);
    Buf words = buf_new(w->r->arena);
    w->image_signs[0] = w->image_signs[1] = 0;
    cmark_node *node = image;
    for (;;) {
        if (node->first_child) {
            node = node->first_child;
        } else {
            while (node != image && !node->next) node = node->parent;
            if (node == image) break;
            node = node->next;
        }
        read_image_words(w, node, &words);
    }
    cursor_move_to_end(&w->cursor, image);
    Node *ours = append(w, NODE_IMAGE, at);
    ours->text = collapse(w->r->arena, buf_str(&words));
    ours->has_alt = ours->text.n > 0;
    link_read(w, image, ours, at);
}

/* ---- The walk ---- */

static void push_level(Walk *w, cmark_node *node, Node *parent, size_t delimiter) {
    Level *level = PUSH(w->r->arena, &w->levels, Level);
    *level = (Level){node, parent, w->brackets.count, w->tags.count, delimiter, false};
    w->parent = parent;
}

static void enter(Walk *w, cmark_node *node, NodeKind kind, size_t delimiter) {
    Spot at = spot(w, w->cursor.at);
    cursor_move(&w->cursor, w->cursor.at + delimiter);
    bool too_deep = w->levels.count > INLINE_NESTING;
    if (too_deep) nesting_tell(w->r, LIMIT_INLINE_NESTING, at);
    push_level(w, node, too_deep && kind != NODE_LINK ? w->parent : append(w, kind, at), delimiter);
}

static void enter_link(Walk *w, cmark_node *node) {
    size_t start = w->cursor.at;
    while (start < w->cursor.n && w->cursor.p[start] != '[' && w->cursor.p[start] != '<') start++;
    cursor_move(&w->cursor, start);
    size_t behind = start < w->cursor.n && w->cursor.p[start] == '<' ? cursor_find(&w->cursor, '>') + 1 : 0;
    enter(w, node, NODE_LINK, 1);
    w->levels.items[w->levels.count - 1].behind = behind;
    Node *link = w->parent;
    link_read(w, node, link, (Spot){link->line, link->column});
    w->in_link++;
}

static void leave(Walk *w) {
    Level level = w->levels.items[w->levels.count - 1];
    drop_tags(w, level.tags);
    w->brackets.count = level.brackets;
    w->levels.count--;
    if (w->levels.count) w->parent = w->levels.items[w->levels.count - 1].parent;
    if (level.node->type == CMARK_NODE_LINK) {
        w->in_link--;
        if (level.behind > 0)
            w->cursor.at = level.behind; /* cmark does not tell its column */
        else
            cursor_move_to_end(&w->cursor, level.node);
    } else {
        cursor_move(&w->cursor, w->cursor.at + level.delimiter);
    }
}

/* Reads one node; true when its children are to be read next. */
static bool visit(Walk *w, cmark_node *node) {
    switch (node->type) {
    case CMARK_NODE_TEXT:
        if (is_bracket(w, node, "[") || is_bracket(w, node, "![")) {
            read_bracket(w, node);
        } else if (is_bracket(w, node, "]")) {
            append_text(w, STR("]"), spot(w, cursor_text(&w->cursor, node)));
            const Bracket *closed = NULL;
            if (w->brackets.count > open_brackets(w)) closed = &w->brackets.items[--w->brackets.count];
            if (closed && node->next && node->next->type == CMARK_NODE_HTML_INLINE && node->next->as.literal.data[0] == '{') {
                read_attributes(w, node->next, closed);
                node->next->as.literal.len = 0; /* done with */
            }
        } else {
            read_text(w, node);
        }
        return false;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: read_break(w, node); return false;
    case CMARK_NODE_CODE: read_code(w, node); return false;
    case CMARK_NODE_HTML_INLINE:
        if (node->as.literal.len == 0) return false;
        if (syntax_script(node) != SCRIPT_NONE)
            read_script(w, node);
        else if (node->as.literal.data[0] == '{')
            read_attributes(w, node, NULL);
        else
            read_tag(w, node);
        return false;
    case CMARK_NODE_FOOTNOTE_REFERENCE: read_note_reference(w, node); return false;
    case CMARK_NODE_IMAGE: read_image(w, node); return false;
    case CMARK_NODE_EMPH: enter(w, node, NODE_EMPHASIS, 1); return true;
    case CMARK_NODE_STRONG: enter(w, node, NODE_STRONG, 2); return true;
    case CMARK_NODE_LINK: enter_link(w, node); return true;
    default:
        if ((cmark_node_type)node->type != CMARK_NODE_STRIKETHROUGH) BUG("an inline of cmark's kind %d", (int)node->type);
        enter(w, node, NODE_STRIKE, cursor_run(&w->cursor, w->cursor.at, '~') > 1 ? 2 : 1);
        return true;
    }
}

static void walk(Walk *w) {
    cmark_node *node = w->holder->first_child;
    push_level(w, w->holder, w->parent, 0);
    while (w->levels.count) {
        if (!node) {
            node = w->levels.items[w->levels.count - 1].node;
            leave(w);
            if (w->levels.count == 0) break;
            node = node->next;
            continue;
        }
        node = visit(w, node) ? node->first_child : node->next;
    }
}

/* cmark 0.29.0.gfm.6 takes quadratic time over runs of "![[]()" and over "<?" and "<!" that are never closed. A block with hundreds of them
 * is no prose: it is parsed in pieces that hold a bounded number each. */
#define HARD_MANY 500
#define HARD_PIECE 100

static bool is_hard(Str text, size_t at) {
    if (at + 1 >= text.n) return false;
    char c = text.p[at], next = text.p[at + 1];
    return (c == '!' && next == '[') || (c == '<' && (next == '?' || next == '!'));
}

static size_t count_hard(Str text) {
    size_t count = 0;
    for (size_t i = 0; i + 1 < text.n; i++) count += is_hard(text, i);
    return count;
}

static size_t piece_end(Str text, size_t at) {
    size_t count = 0;
    for (size_t i = at; i < text.n; i++) {
        if (is_hard(text, i) && ++count > HARD_PIECE) return i;
    }
    return text.n;
}

/* Parses one piece into w->parent. cmark's nodes live until the text block is finished: our text still points into them. */
static void read_piece(Walk *w, Str piece, bool last, cmark_mem *mem) {
    Reader *r = w->r;
    cmark_node *holder = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, mem);
    cmark_strbuf_set(&holder->content, (const unsigned char *)piece.p, (bufsize_t)piece.n);
    cmark_strbuf_rtrim(&holder->content);
    holder->start_line = 0;
    holder->start_column = 1;
    r->trailing_allowed = w->trailing && last;
    bare_links_find(r->arena, (Str){(const char *)holder->content.ptr, (size_t)holder->content.size}, &w->links);
    script_scan_begin(&r->scripts, &w->links);
    syntax_parse_inlines(r, holder, mem);
    script_scan_begin(&r->scripts, NULL); /* the links are the walk's */

    w->holder = holder;
    w->cursor.p = (const char *)holder->content.ptr;
    w->cursor.n = (size_t)holder->content.size;
    w->cursor.at = w->linked = w->next_link = 0;
    w->cursor.line_base = 0;
    Node *parent = w->parent;
    walk(w);
    w->parent = parent;
    if (!last && w->cursor.n < piece.n) append_text(w, STR(" "), spot(w, w->cursor.n));
}

void inlines_read(Reader *r, Node *parent, Content *content, Node *trailing) {
    Walk w = {.r = r, .content = content, .parent = parent, .trailing = trailing};
    w.levels.items = w.first_levels;
    w.levels.capacity = FIRST_LEVELS;
    Str text = {content->p, content->n};
    if (content->lines) line_indent_read(r, parent, content->lines->items[0], content->spot);
    bool pieces = text.n > 2 * HARD_MANY && count_hard(text) > HARD_MANY;
    cmark_mem *mem = cmark_memory_renew(&r->inlines);
    for (size_t at = 0, end; at < text.n; at = end) {
        end = pieces ? piece_end(text, at) : text.n;
        w.base = at;
        read_piece(&w, str_slice(text, at, end), end == text.n, mem);
    }
    text_block_finish(r, parent, content->fixed);
}

Str inlines_plain(Reader *r, Str text, Spot at) {
    Node *paragraph = node_new(r->nodes, NODE_PARAGRAPH, at.line, at.column);
    Content content = content_fixed(text, at);
    r->plain = true;
    inlines_read(r, paragraph, &content, NULL);
    r->plain = false;
    return node_text(r->arena, paragraph);
}
