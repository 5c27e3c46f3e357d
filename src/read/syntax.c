/* What cmark-gfm is taught through its extension interface: fenced divs and definition lists (blocks), attributes and the signs of sub- and
 * superscripts (inlines), and a guard against tables whose empty cells would cost more than their text. Parsing is one document at a time: cmark's tables of special characters
 * are global anyhow.
 *
 * Fenced divs are pandoc's: three or more colons and a name or attributes open one, three or more colons alone close the
 * innermost that is open at that indentation. Unlike pandoc's they may interrupt a paragraph.
 */
#include "read/internal.h"
#include <string.h>

static _Thread_local Reader *reading; /* the document that is being parsed, or a part of it */
static void (*read_blocks)(Reader *);
static cmark_syntax_extension *ours, *root_hook;
static cmark_node_type div_type;
static char closed_mark; /* its address marks a div that was closed by its fence */
static char opens_mark, closes_mark; /* and these the signs of sub- and superscripts */

bool syntax_is_div(const cmark_node *node) { return (cmark_node_type)node->type == div_type; }
bool syntax_is_closed_div(const cmark_node *node) { return node->user_data == &closed_mark; }

/* ---- Divs ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static Str trim(Str s) {
    while (s.n && is_blank(s.p[s.n - 1])) s.n--;
    while (s.n && is_blank(s.p[0])) s = str_slice(s, 1, s.n);
    return s;
}

/* The words behind a fence, without the colons that may close the line for ornament. False: not a fence. */
static bool fence_words(Str line, Str *words) {
    line = trim(line);
    size_t colons = 0;
    while (colons < line.n && line.p[colons] == ':') colons++;
    if (colons < 3) return false;
    Str rest = trim(str_slice(line, colons, line.n));
    size_t end = rest.n;
    while (end && rest.p[end - 1] == ':') end--;
    if (end < rest.n && end && is_blank(rest.p[end - 1])) rest = trim(str_slice(rest, 0, end));
    *words = rest;
    return true;
}

size_t syntax_fence(Str line, Str *name, Str *attributes) {
    Str words;
    *name = *attributes = (Str){0};
    if (!fence_words(line, &words) || words.n == 0) return 0;
    size_t at = 0;
    while (at < words.n && is_name(words.p[at])) at++;
    *name = str_slice(words, 0, at);
    while (at < words.n && is_blank(words.p[at])) at++;
    Str rest = str_slice(words, at, words.n);
    if (rest.n && attributes_scan(rest) != rest.n) return 0;
    *attributes = rest;
    return words.n;
}

static bool at_fence(cmark_parser *parser, const unsigned char *input, int len, Str *line) {
    int at = parser->first_nonspace;
    if (parser->indent >= 4 || at + 3 > len || memcmp(input + at, ":::", 3) != 0) return false;
    *line = (Str){(const char *)input + at, (size_t)(len - at)};
    return true;
}

static void consume_line(cmark_parser *parser, unsigned char *input, int len) {
    cmark_parser_advance_offset(parser, (const char *)input, len - 1 - parser->offset, 0);
}

/* A fence of colons alone: is there a block inside that the line belongs to rather than to this div? */
static bool belongs_inside(const cmark_node *div, int indent) {
    for (const cmark_node *node = div->last_child; node && (node->flags & CMARK_NODE__OPEN); node = node->last_child) {
        if (syntax_is_div(node)) return true;
        if (node->type == CMARK_NODE_LIST || definition_is_list(node)) continue;
        if (definition_is(node)) {
            int needed = node->as.list.marker_offset + node->as.list.padding;
            if (needed > 4) needed = 4;
            if (indent < needed) return false;
            indent -= needed;
        } else if (node->type == CMARK_NODE_ITEM) {
            int needed = node->as.list.marker_offset + node->as.list.padding;
            if (indent < needed) return false;
            indent -= needed;
        } else if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION) {
            if (indent < 4) return false;
            indent -= 4;
        } else if (node->type == CMARK_NODE_CODE_BLOCK) {
            return node->as.code.fenced;
        } else if (node->type == CMARK_NODE_HTML_BLOCK) {
            return node->as.html_block_type <= 5;
        } else {
            return false;
        }
    }
    return false;
}

/* The closing line is taken whole: what is left of it is blank, and cmark closes the div because it did not match. */
static int div_continues(cmark_parser *parser, unsigned char *input, int len, cmark_node *div) {
    Str line, words;
    if (!at_fence(parser, input, len, &line)) return 1;
    if (!fence_words(line, &words) || words.n || belongs_inside(div, parser->indent)) return 1;
    div->user_data = &closed_mark;
    consume_line(parser, input, len);
    return 0;
}

static int div_depth(const cmark_node *node) {
    int depth = 0;
    for (; node; node = node->parent) depth += syntax_is_div(node);
    return depth;
}

static cmark_node *div_try(cmark_parser *parser, cmark_node *parent, unsigned char *input, int len) {
    Str line, name, attributes;
    if (!at_fence(parser, input, len, &line) || !syntax_fence(line, &name, &attributes)) return NULL;
    if (div_depth(parent) >= (int)BLOCK_NESTING) {
        nesting_tell(reading, LIMIT_BLOCK_NESTING,
            spot_at(reading, (uint32_t)parser->line_number + reading->body_line, (size_t)parser->first_nonspace));
        return NULL;
    }
    cmark_node *div = cmark_parser_add_child(parser, parent, div_type, parser->first_nonspace + 1);
    div->extension = ours;
    cmark_strbuf_put(&div->content, (const unsigned char *)line.p, (bufsize_t)line.n);
    consume_line(parser, input, len);
    return div;
}

/* ---- The guard against tables ----
 * cmark gives every row all the cells that the head has, so a wide head over short rows costs the product of both: heads are held to a number of
 * columns, and rows to a number of cells that they lack, all together. What is refused stays a paragraph. */

static bool is_delimiter_row(Str row) {
    for (size_t i = 0; i < row.n; i++)
        if (row.p[i] != '|' && row.p[i] != '-' && row.p[i] != ':' && !is_blank(row.p[i])) return false;
    return true;
}

static void tell_table(const cmark_parser *parser, Limit limit) {
    Spot at = spot_at(reading, (uint32_t)parser->line_number + reading->body_line, (size_t)parser->first_nonspace);
    limit_tell(reading->d, limit, reader_place(reading, at));
}

/* As cmark counts them: each "|" but those at its ends, and those behind a backslash, ends one. */
static size_t row_cells(Str row) {
    row = trim(row);
    if (row.n && row.p[0] == '|') row = str_slice(row, 1, row.n);
    if (row.n && row.p[row.n - 1] == '|') row.n--;
    size_t count = 1;
    const char *end = row.p + row.n;
    for (const char *p = row.p; row.n && (p = memchr(p, '|', (size_t)(end - p))); p++) count += p == row.p || p[-1] != '\\';
    return count;
}

/* The line that would be the head if the next one is a delimiter row. */
static Str last_line(const cmark_node *paragraph) {
    Str text = trim((Str){(const char *)paragraph->content.ptr, (size_t)paragraph->content.size});
    size_t from = text.n;
    while (from && text.p[from - 1] != '\n') from--;
    return str_slice(text, from, text.n);
}

static cmark_node *refuse_table(cmark_parser *parser, cmark_node *parent, const unsigned char *input, int len) {
    if (parser->blank || parser->indent >= 4) return NULL;
    Str row = {(const char *)input + parser->first_nonspace, (size_t)(len - parser->first_nonspace)};
    if (parent->type == CMARK_NODE_PARAGRAPH) {
        size_t most = limit_of(LIMIT_TABLE_COLUMNS);
        if (!is_delimiter_row(row)) return NULL;
        size_t columns = row_cells(row);
        if (columns != row_cells(last_line(parent))) return parent; /* no head: cmark would read the whole paragraph to know */
        if (columns <= most) return NULL;
        tell_table(parser, LIMIT_TABLE_COLUMNS);
        return parent; /* unchanged: the line goes on being part of the paragraph */
    }
    if ((cmark_node_type)parent->type != CMARK_NODE_TABLE) return NULL;
    size_t wanted = cmark_gfm_extensions_get_table_columns(parent);
    size_t given = row_cells(row);
    reading->table_cells += wanted;
    if (given < wanted) reading->empty_cells += wanted - given;
    bool many = reading->table_cells > limit_of(LIMIT_TABLE_CELLS), empty = reading->empty_cells > limit_of(LIMIT_EMPTY_CELLS);
    if (!many && !empty) return NULL;
    tell_table(parser, empty ? LIMIT_EMPTY_CELLS : LIMIT_TABLE_CELLS);
    return cmark_parser_add_child(parser, parent, CMARK_NODE_PARAGRAPH, parser->first_nonspace + 1);
}

/* ---- The guard against depth ----
 * cmark goes up all open blocks for every line that goes on with a paragraph: what is far too deep is refused while it is parsed, and what follows is
 * not given to it. What is only too deep is told when the blocks are read, at the very place. */

static void depth_guard(const cmark_node *deepest) {
    uint32_t depth = 0, most = BLOCK_NESTING;
    for (const cmark_node *node = deepest; node; node = node->parent) depth++;
    if (depth <= 2 * most + 10 || reading->d->refused) return;
    for (; depth > most + 2; depth--) deepest = deepest->parent; /* the document is 1 */
    nesting_tell(reading, LIMIT_BLOCK_NESTING, node_spot(reading, deepest));
}

/* ---- Blocks of all kinds ---- */

static cmark_node *block_try(
    cmark_syntax_extension *extension, int indented, cmark_parser *parser, cmark_node *parent, unsigned char *input, int len) {
    (void)extension;
    depth_guard(parent);
    if (indented) return NULL;
    cmark_node *made = div_try(parser, parent, input, len);
    if (!made) made = definition_try(extension, parser, parent, input, len);
    return made ? made : refuse_table(parser, parent, input, len);
}

static int block_continues(
    cmark_syntax_extension *extension, cmark_parser *parser, unsigned char *input, int len, cmark_node *node) {
    (void)extension;
    if (definition_is_list(node) || definition_is(node)) return definition_continues(parser, input, len, node);
    return syntax_is_div(node) ? div_continues(parser, input, len, node) : 1;
}

static int block_contains(cmark_syntax_extension *extension, cmark_node *node, cmark_node_type child) {
    (void)extension;
    return definition_may_contain(node, child);
}

/* ---- Attributes ----
 * Taken whole, before cmark looks for emphasis or quotation marks in them; as an HTML_INLINE whose literal begins with a brace, since that
 * may stand anywhere. They count directly behind a link, an image, code or a bracket, or at the end of a heading or caption. */

static bool stands_in(const cmark_node *holder, const cmark_chunk *literal) {
    const unsigned char *p = holder->content.ptr;
    return literal->data >= p && literal->data < p + holder->content.size;
}

static bool attributes_may_follow(const cmark_node *parent, char before) {
    const cmark_node *last = parent->last_child;
    if (!last) return false;
    if (last->type == CMARK_NODE_LINK || last->type == CMARK_NODE_IMAGE) return before == ')' || before == ']' || before == '>';
    if (last->type == CMARK_NODE_CODE) return before == '`';
    /* a bracket that is not escaped is a constant of cmark's, not a piece of the text */
    return last->type == CMARK_NODE_TEXT && before == ']' && last->as.literal.len == 1 &&
           !stands_in(reading->holder, &last->as.literal);
}

/* A piece of the text that is ours to read. */
static cmark_node *take(cmark_parser *parser, cmark_inline_parser *inlines, int n) {
    cmark_chunk *chunk = cmark_inline_parser_get_chunk(inlines);
    int at = cmark_inline_parser_get_offset(inlines);
    cmark_node *node = cmark_node_new_with_mem(CMARK_NODE_HTML_INLINE, parser->mem);
    node->as.literal = (cmark_chunk){chunk->data + at, (bufsize_t)n, 0};
    cmark_inline_parser_set_offset(inlines, at + n);
    return node;
}

static cmark_node *attributes_match(cmark_parser *parser, cmark_node *parent, cmark_inline_parser *inlines) {
    cmark_chunk *chunk = cmark_inline_parser_get_chunk(inlines);
    int at = cmark_inline_parser_get_offset(inlines);
    bool follows = at > 0 && attributes_may_follow(parent, (char)chunk->data[at - 1]);
    if (!follows && !(reading->trailing_allowed && chunk->data[chunk->len - 1] == '}')) return NULL;
    size_t n = attributes_scan((Str){(const char *)chunk->data + at, (size_t)(chunk->len - at)});
    if (n == 0 || (!follows && at + (int)n != chunk->len)) return NULL;
    return take(parser, inlines, (int)n);
}

/* ---- Sub- and superscripts: each sign that is one, as an HTML_INLINE with a mark on it ---- */

static cmark_node *script_match(cmark_parser *parser, cmark_inline_parser *inlines) {
    cmark_chunk *chunk = cmark_inline_parser_get_chunk(inlines);
    Str text = {(const char *)chunk->data, (size_t)chunk->len};
    ScriptSign sign = script_sign(&reading->scripts, text, (size_t)cmark_inline_parser_get_offset(inlines));
    if (sign == SCRIPT_NONE) return NULL;
    cmark_node *node = take(parser, inlines, 1);
    node->user_data = sign == SCRIPT_OPENS ? &opens_mark : &closes_mark;
    return node;
}

ScriptSign syntax_script(const cmark_node *node) {
    if (node->user_data == &opens_mark) return SCRIPT_OPENS;
    return node->user_data == &closes_mark ? SCRIPT_CLOSES : SCRIPT_NONE;
}

static cmark_node *inline_match(
    cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *parent, unsigned char c, cmark_inline_parser *inlines) {
    (void)extension;
    if (c == '{') return attributes_match(parser, parent, inlines);
    return c == '~' || c == '^' ? script_match(parser, inlines) : NULL;
}

/* ---- Long references ----
 * cmark copies address and title of a definition for each link that refers to it: a short document could take all memory. The long ones are
 * replaced by tokens, which begin with a byte that no text has. */

#define LONG_TEXT 256
typedef struct {
    unsigned char bytes[1 + sizeof(uint32_t)];
} Token;

static void token_put(Reader *r, cmark_chunk *chunk) {
    if (chunk->len <= LONG_TEXT) return;
    Token *token = NEW(r->arena, Token);
    memcpy(token->bytes + 1, &r->long_texts.count, sizeof(uint32_t));
    *PUSH(r->arena, &r->long_texts, Str) = str_copy(r->arena, (Str){(const char *)chunk->data, (size_t)chunk->len});
    *chunk = (cmark_chunk){token->bytes, sizeof(Token), 0}; /* what it had goes with the memory of the blocks */
}

static void long_references_take(Reader *r) {
    for (cmark_map_entry *entry = r->parser->refmap->refs; entry; entry = entry->next) {
        cmark_reference *reference = (cmark_reference *)entry;
        token_put(r, &reference->url);
        token_put(r, &reference->title);
    }
}

Str syntax_reference(Reader *r, const cmark_chunk *chunk, Spot at) {
    if (chunk->len != sizeof(Token) || chunk->data[0] != 0)
        return str_copy(r->arena, (Str){(const char *)chunk->data, (size_t)chunk->len});
    uint32_t index;
    memcpy(&index, chunk->data + 1, sizeof index);
    Str text = r->long_texts.items[index];
    if (r->reference_bytes == 0) r->reference_at = at;
    r->reference_bytes += text.n;
    if (!r->d->refused && r->reference_bytes > limit_of(LIMIT_REFERENCES)) limit_tell(r->d, LIMIT_REFERENCES, reader_place(r, at));
    return text;
}

/* ---- Setting up ---- */

/* cmark sorts the addresses that links refer to when one is looked up first. It must be done before several look at the same time, and in the
 * memory of the blocks, where they stay. */
static void references_sort(Reader *r) {
    if (!r->parser->refmap->refs) return;
    long_references_take(r);
    cmark_node *link = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, r->parser->mem);
    cmark_strbuf_puts(&link->content, "[a]");
    syntax_parse_inlines(r, link, r->parser->mem);
}

/* cmark asks this of the root when all blocks are known and before it parses inlines: the moment to do that ourselves. Nothing is left to do for it
 * then: it would go over all blocks, and is spared those behind the first, where it goes next. */
static int root_asked(cmark_syntax_extension *extension, cmark_node *root) {
    (void)extension;
    Reader *r = reading;
    if (root != r->parser->root) BUG("cmark asks about another document");
    references_sort(r);
    read_blocks(r);
    cmark_memory_use(&r->blocks);
    r->parser->options &= ~CMARK_OPT_FOOTNOTES;
    root->last_child = root->first_child;
    if (root->first_child) root->first_child->next = NULL;
    if (root->first_child) root->first_child->type = CMARK_NODE_THEMATIC_BREAK; /* nothing in it, also when reading has stopped at a limit */
    return 0;
}

static void set_up_once(void) {
    if (ours) return;
    cmark_gfm_core_extensions_ensure_registered();
    div_type = cmark_syntax_extension_add_node(0);
    definition_types_add();
    ours = cmark_syntax_extension_new("brief");
    cmark_syntax_extension_set_open_block_func(ours, block_try);
    cmark_syntax_extension_set_match_block_func(ours, block_continues);
    cmark_syntax_extension_set_can_contain_func(ours, block_contains);
    cmark_syntax_extension_set_match_inline_func(ours, inline_match);
    cmark_mem *mem = cmark_get_default_mem_allocator();
    cmark_llist *special = cmark_llist_append(mem, NULL, (void *)(size_t)'{');
    special = cmark_llist_append(mem, special, (void *)(size_t)'^'); /* "~" is special to strike-through already */
    cmark_syntax_extension_set_special_inline_chars(ours, special);
    root_hook = cmark_syntax_extension_new("brief-root");
    cmark_syntax_extension_set_contains_inlines_func(root_hook, root_asked);
}

cmark_parser *syntax_parser_open(Reader *r, void (*on_blocks)(Reader *)) {
    set_up_once();
    reading = r;
    read_blocks = on_blocks;
    int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | (r->tree->meta.smart ? CMARK_OPT_SMART : 0);
    cmark_parser *parser = cmark_parser_new_with_mem(options, cmark_memory_use(&r->blocks));
    cmark_parser_attach_syntax_extension(parser, ours); /* before tables, which would take a fence for a row */
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("strikethrough"));
    parser->root->extension = root_hook;
    return parser;
}

#define FED_AT_ONCE 4096 /* bytes, of whole lines: then it is asked whether a limit is passed */

void syntax_parse(Reader *r) {
    for (uint32_t line = r->body_line, end; line < r->line_count && !r->d->refused; line = end) {
        size_t from = r->line_starts[line];
        for (end = line + 1; end < r->line_count && r->line_starts[end + 1] - from <= FED_AT_ONCE;) end++;
        if (r->line_starts[end] > from) cmark_parser_feed(r->parser, r->text.p + from, r->line_starts[end] - from);
    }
    if (!r->d->refused) cmark_parser_finish(r->parser); /* the tree goes with its memory */
    reading = NULL;
}

/* By a parser that differs from the document's in its memory: cmark only reads it, as it does the tables of special characters meanwhile. */
void syntax_parse_inlines(Reader *r, cmark_node *holder, cmark_mem *mem) {
    cmark_parser parser = *r->parser;
    parser.mem = mem;
    reading = r;
    r->holder = holder;
    cmark_parse_inlines(&parser, holder, parser.refmap, parser.options);
    r->holder = NULL;
}
