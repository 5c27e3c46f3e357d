/* cmark's blocks → our nodes. One walk with a stack of its own: however deep the source nests, the C stack does not grow. */
#include "read/internal.h"
#include <string.h>

typedef struct {
    cmark_node *node;
    Node *parent; /* where the node's children go */
    Node *ours; /* the node made for it; NULL when it was flattened */
} Frame;

typedef struct {
    Frame *items;
    uint32_t count, capacity;
} FrameList;

void nesting_tell(Reader *r, Limit limit, Spot at) {
    if (r->nesting_told) return;
    r->nesting_told = r->d->refused = true;
    r->nesting = limit;
    r->nesting_at = at;
    if (!r->is_part) limit_tell(r->d, limit, reader_place(r, at)); /* else another may have been told before */
}

Node *paragraph_read(Reader *r, Node *parent, NodeKind kind, Content *content) {
    Spot at = content->spot;
    Node *node = node_new(r->nodes, kind, at.line, at.column);
    node_append(parent, node);
    inlines_read(r, node, content, NULL);
    const Node *child = node->first;
    while (child && child->kind == NODE_LINE_BREAK) child = child->next;
    if (child) return node;
    if (node->first) tag_left_out(r, STR("a line break alone in its paragraph"), at, "there is nothing that it could divide");
    node_unlink(node);
    return NULL;
}

/* ---- Text blocks ---- */

/* A task's box at the beginning of an item's first paragraph (GFM §5.3). cmark's own extension is not used: it takes the state from
 * anywhere in the line, and knows no items in quotations. */
static void task_read(const Reader *r, Node *item, Content *content) {
    if (!item || item->kind != NODE_ITEM || item->first || content->n < 4) return;
    const char *p = content->p;
    if (p[0] != '[' || p[2] != ']' || (p[3] != ' ' && p[3] != '\t')) return;
    if (p[1] != ' ' && p[1] != 'x' && p[1] != 'X') return;
    item->task = p[1] == ' ' ? TASK_OPEN : TASK_DONE;
    content_skip(r, content, 4);
}

static size_t first_line_end(const Content *c) {
    const char *end = memchr(c->p, '\n', c->n);
    return end ? (size_t)(end - c->p) + 1 : c->n;
}

/* A closing fence that closes nothing has become text; the author should know. */
static void warn_stray_fence(Reader *r, const Content *content) {
    Content probe = *content;
    for (size_t at = 0; at < content->n;) {
        const char *p = content->p + at;
        const char *found = memchr(p, '\n', content->n - at);
        size_t length = found ? (size_t)(found - p) : content->n - at;
        Str line = str_trim((Str){p, length});
        size_t colons = 0;
        while (colons < line.n && line.p[colons] == ':') colons++;
        if (colons >= 3 && colons == line.n) {
            diag(r->d, DIAG_WARNING, "div-close", reader_place(r, content_spot(r, &probe, at)),
                "take it out, or open a box above it", "\":::\" closes nothing here");
        }
        at += length + 1;
    }
}

/* Lines above a table's head, which cmark cuts off as a paragraph without a place: it begins where the table says that it does. */
static void place_lines_above_table(cmark_node *node) {
    if (node->start_line > 0 || !node->next || (cmark_node_type)node->next->type != CMARK_NODE_TABLE) return;
    node->start_line = node->end_line = node->next->start_line;
    node->start_column = node->next->start_column;
    for (int i = 0; i + 1 < node->content.size; i++) node->end_line += node->content.ptr[i] == '\n';
}

static void read_paragraph(Reader *r, cmark_node *node, Node *parent, Node *container) {
    bool above_table = node->start_line <= 0;
    place_lines_above_table(node);
    Content content = content_of_lines(r, node);
    if (content.n && memchr(content.p, ':', content.n)) warn_stray_fence(r, &content);
    if (node == r->notice) content_skip(r, &content, first_line_end(&content));
    abbreviations_read(r, parent, &content);
    task_read(r, container, &content);
    if (above_table) node->start_line = 0; /* table_read() asks for it */
    if (container && container->kind == NODE_DEFINITION_LIST)
        definition_terms_read(r, container, &content);
    else if (!caption_read(r, parent, &content) && !line_block_read(r, parent, &content))
        paragraph_read(r, parent, NODE_PARAGRAPH, &content);
}

static void read_heading(Reader *r, cmark_node *node, Node *parent) {
    Spot at = node_spot(r, node);
    Node *heading = node_new(r->nodes, NODE_HEADING, at.line, at.column);
    heading->value = node->as.heading.level;
    node_append(parent, heading);
    Content content;
    if (node->as.heading.setext) {
        content = content_of_lines(r, node);
    } else {
        size_t byte = (size_t)(node->start_column - 1 + node->internal_offset);
        content = content_new(r, (const char *)node->content.ptr, (size_t)node->content.size, at.line, byte);
    }
    if (content.n > limit_of(LIMIT_HEADING_LENGTH))
        limit_tell(r->d, LIMIT_HEADING_LENGTH, reader_place(r, at));
    else
        inlines_read(r, heading, &content, heading);
}

/* ---- Code ---- */

/* "python", "{.python #id}", "python {.x}", "python and more": the first word or class is the language of the code. */
static void read_info(Reader *r, Node *code, Str info, Spot at) {
    size_t brace = 0;
    while (brace < info.n && info.p[brace] != '{') brace++;
    while (brace < info.n && attributes_scan(str_slice(info, brace, info.n)) != info.n - brace) {
        brace++;
        while (brace < info.n && info.p[brace] != '{') brace++;
        if (info.n - brace > 1000) brace = info.n;
    }
    Str words = str_trim(str_slice(info, 0, brace));
    size_t end = 0;
    while (end < words.n && words.p[end] != ' ' && words.p[end] != '\t') end++;
    NodeMore *more = node_more(r->nodes, code);
    more->variant = str_copy(r->arena, str_slice(words, 0, end));
    Str rest = str_trim(str_slice(words, end, words.n));
    if (rest.n) node_add_attribute(r->nodes, code, STR("info"), str_copy(r->arena, rest));
    if (brace < info.n) attributes_apply(r, str_slice(info, brace, info.n), code, at);
    if (more->variant.n == 0 && more->class_count) {
        more->variant = more->classes[0];
        more->classes++;
        more->class_count--;
    }
}

/* Its place is that of its first line of text, so that line and column of any character of it can be counted. */
static void read_code_block(Reader *r, cmark_node *node, Node *parent) {
    Str text = {(const char *)node->as.code.literal.data, (size_t)node->as.code.literal.len};
    Spot at = node_spot(r, node);
    Node *code = node_new(r->nodes, NODE_CODE_BLOCK, at.line, at.column);
    if (node->as.code.fenced && text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t length = end ? (size_t)(end - text.p) : text.n, source = line_text(r, at.line + 1).n;
        at = spot_at(r, at.line + 1, source > length ? source - length : 0);
    }
    if (text.n && text.p[text.n - 1] == '\n') text.n--;
    code->text = str_copy(r->arena, text);
    if (node->as.code.fenced) {
        Str info = {(const char *)node->as.code.info.data, (size_t)node->as.code.info.len};
        read_info(r, code, str_trim(info), (Spot){code->line, code->column});
    }
    code->line = at.line;
    code->column = at.column;
    node_append(parent, code);
}

/* ---- Containers ---- */

static Node *open_list(Reader *r, const cmark_node *node) {
    Spot at = node_spot(r, node);
    Node *list = node_new(r->nodes, NODE_LIST, at.line, at.column);
    list->ordered = node->as.list.list_type == CMARK_ORDERED_LIST;
    list->tight = node->as.list.tight;
    list->value = list->ordered ? node->as.list.start : 0;
    return list;
}

static Node *open_item(Reader *r, const cmark_node *node, const Node *list) {
    Spot at = node_spot(r, node);
    Node *item = node_new(r->nodes, NODE_ITEM, at.line, at.column);
    if (list->ordered) item->value = list->last ? list->last->value + 1 : list->value;
    return item;
}

static Node *open_quote(Reader *r, cmark_node *node) {
    Spot at = node_spot(r, node);
    Str variant;
    if (!notice_find(r, node, &variant)) return node_new(r->nodes, NODE_BLOCK_QUOTE, at.line, at.column);
    Node *box = node_new(r->nodes, NODE_BOX, at.line, at.column);
    node_more(r->nodes, box)->variant = variant;
    return box;
}

/* Makes the node for a container; the parent itself when it is nested too deep. */
static Node *open_container(Reader *r, cmark_node *node, Node *parent, uint32_t depth) {
    /* An item or a definition is what its list is: both stay, or both go. */
    bool item = node->type == CMARK_NODE_ITEM, definition = definition_is(node);
    bool too_deep = depth > BLOCK_NESTING;
    if (item) too_deep = parent->kind != NODE_LIST;
    if (definition) too_deep = parent->kind != NODE_DEFINITION_LIST;
    if (too_deep) {
        if (!r->nesting_told) nesting_tell(r, LIMIT_BLOCK_NESTING, node_spot(r, node));
        return NULL;
    }
    if (syntax_is_div(node)) return div_open(r, node, parent);
    if (definition_is_list(node)) return definition_list_open(r, node, parent);
    if (definition) return definition_open(r, node, parent);
    Node *ours = NULL;
    if (node->type == CMARK_NODE_BLOCK_QUOTE)
        ours = open_quote(r, node);
    else if (node->type == CMARK_NODE_LIST)
        ours = open_list(r, node);
    else if (node->type == CMARK_NODE_ITEM)
        ours = open_item(r, node, parent);
    else
        BUG("a block of cmark's kind %d", (int)node->type);
    node_append(parent, ours);
    return ours;
}

/* Reads one block; true when it is a container whose children are to be read. */
static bool visit(Reader *r, cmark_node *node, const Frame *frame) {
    Node *parent = frame->parent;
    switch (node->type) {
    case CMARK_NODE_PARAGRAPH: read_paragraph(r, node, parent, frame->ours); break;
    case CMARK_NODE_HEADING: read_heading(r, node, parent); break;
    case CMARK_NODE_CODE_BLOCK: read_code_block(r, node, parent); return false;
    case CMARK_NODE_HTML_BLOCK: html_block_read(r, node, parent); return false;
    case CMARK_NODE_FOOTNOTE_DEFINITION: note_read_definition(r, node, parent); return false;
    case CMARK_NODE_THEMATIC_BREAK: {
        Spot at = node_spot(r, node);
        node_append(parent, node_new(r->nodes, NODE_RULE, at.line, at.column));
        return false;
    }
    default:
        if ((cmark_node_type)node->type != CMARK_NODE_TABLE) return true;
        table_read(r, node, parent);
        return false;
    }
    cmark_strbuf_clear(&node->content); /* so that cmark finds nothing to parse in it */
    return false;
}

static void close_container(Reader *r, const Frame *frame) {
    if (!frame->ours) return;
    if (syntax_is_div(frame->node)) div_close(r, frame->node, frame->ours);
    Node *ours = frame->ours;
    if (ours->kind == NODE_LIST && !ours->first) node_unlink(ours);
}

void blocks_read(Reader *r, cmark_node *first, const cmark_node *end, Node *parent) {
    FrameList frames = {0};
    *PUSH(r->arena, &frames, Frame) = (Frame){NULL, parent, NULL};
    cmark_node *node = first;
    while (frames.count && !r->d->refused) {
        Frame *frame = &frames.items[frames.count - 1];
        if (!node || node == end) {
            Frame closed = *frame;
            frames.count--;
            if (frames.count) {
                close_container(r, &closed);
                node = closed.node->next;
            }
            continue;
        }
        if (!visit(r, node, frame)) {
            node = node->next;
            continue;
        }
        Node *ours = open_container(r, node, frame->parent, frames.count);
        Frame inner = {node, ours && tree_kind(ours->kind)->level == LEVEL_BLOCK ? ours : frame->parent, ours};
        *PUSH(r->arena, &frames, Frame) = inner;
        node = node->first_child;
    }
}

void blocks_read_document(Reader *r) {
    front_matter_apply(r);
    if (r->tree->meta.title.n > limit_of(LIMIT_HEADING_LENGTH))
        limit_tell(r->d, LIMIT_HEADING_LENGTH, meta_place(r->tree, "title"));
    notes_collect(r);
    if (r->d->refused) return;
    parts_read(r);
    if (r->d->refused) return; /* what was not read would be told to be missing */
    if (r->related) node_append(r->tree->root, r->related);
    notes_finish(r);
}
