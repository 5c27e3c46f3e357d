/* Blocks of raw HTML. The rule: comments vanish; what is in script, style and textarea is no text and is left out with a warning; of
 * everything else the text is kept. It is read as paragraphs of ordinary inlines, so the elements that are understood among
 * words are understood here; a paragraph ends at a blank line and at every block element's tag. Each tag that is left out is named in a
 * warning, its closing one is not named again. */
#include "read/internal.h"
#include <string.h>

static const char *const block_elements[] = {"address", "article", "aside", "blockquote", "body", "caption", "center", "col",
    "colgroup", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "meta", "nav",
    "noframes", "object", "ol", "optgroup", "option", "p", "param", "pre", "section", "source", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "track", "ul", "video"};

static bool is_block_element(Str name) {
    size_t low = 0, high = sizeof block_elements / sizeof *block_elements;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(name, str_from(block_elements[middle]));
        if (order == 0) return true;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static size_t find_end(Str text, size_t at, const char *end) {
    size_t n = strlen(end);
    while (at + n <= text.n) {
        const char *found = memchr(text.p + at, end[0], text.n - at);
        if (!found) break;
        at = (size_t)(found - text.p);
        if (at + n <= text.n && memcmp(found, end, n) == 0) return at + n;
        at++;
    }
    return text.n;
}

/* A tag ends at the first ">" that is not in quotation marks; 0 when it does not end. */
static size_t tag_end(Str text, size_t at) {
    char mark = 0;
    size_t start = at;
    for (at++; at < text.n && at - start < 4000; at++) {
        char c = text.p[at];
        if (mark) {
            if (c == mark) mark = 0;
        } else if (c == '"' || c == '\'') {
            mark = c;
        } else if (c == '>') {
            return at + 1;
        } else if (c == '<') {
            return 0;
        }
    }
    return 0;
}

static bool is_hidden(Str name) { return str_is(name, "script") || str_is(name, "style") || str_is(name, "textarea"); }

typedef struct {
    Reader *r;
    const cmark_node *node;
    Node *parent;
    Content whole;
    size_t from; /* where the paragraph that is being gathered begins */
} HtmlBlock;

static void end_paragraph(HtmlBlock *block, size_t to) {
    size_t from = block->from;
    const char *p = block->whole.p;
    while (from < to && char_is_space(p[from])) from++;
    while (to > from && char_is_space(p[to - 1])) to--;
    if (from == to) return;
    Content content = block->whole;
    content_skip(block->r, &content, from);
    content.n = to - from;
    block->whole.at = from;
    block->whole.spot = content.spot;
    paragraph_read(block->r, block->parent, NODE_PARAGRAPH, &content);
}

/* A tag or the like at `at`: where reading goes on, or 0 when it is for the inlines to understand. */
static size_t read_mark(HtmlBlock *block, Str text, size_t at) {
    Str rest = str_slice(text, at, text.n);
    if (str_starts(rest, STR("<!--"))) {
        end_paragraph(block, at);
        size_t end = find_end(text, at + 4, "-->");
        Spot spot = content_spot(block->r, &block->whole, at);
        if (str_ends(str_slice(text, at, end), STR("-->")))
            allowances_read(block->r, block->node, str_slice(text, at + 4, end - 3), spot);
        else
            diag(block->r->d, DIAG_WARNING, "html-comment", reader_place(block->r, spot), "close it with -->",
                "a comment is not closed; all that follows is left out with it");
        return end;
    }
    Str what;
    size_t next;
    if (str_starts(rest, STR("<?")) || str_starts(rest, STR("<!"))) {
        bool data = str_starts(rest, STR("<![CDATA["));
        next = find_end(text, at, data ? "]]>" : str_starts(rest, STR("<?")) ? "?>" : ">");
        what = data ? STR("<![CDATA[\xE2\x80\xA6]]>") : str_slice(text, at, next);
    } else {
        next = tag_end(text, at);
        if (next == 0) return 0;
        Tag tag = tag_read(block->r->arena, str_slice(text, at, next));
        bool hidden = is_hidden(tag.name);
        if (!hidden && !is_block_element(tag.name)) return 0;
        what = str_slice(text, at, next);
        if (hidden && !tag.closing) {
            char end[16] = "</";
            memcpy(end + 2, tag.name.p, tag.name.n);
            size_t close = find_end(text, next, end);
            next = close < text.n && tag_end(text, close - 1) ? tag_end(text, close - 1) : text.n;
            what = str_format(block->r->arena, "<" STR_FMT "> with what is in it", STR_ARG(tag.name));
        }
        if (tag.closing) what.n = 0;
    }
    end_paragraph(block, at);
    Spot spot = content_spot(block->r, &block->whole, at);
    if (what.n) tag_left_out(block->r, what, spot, "only simple HTML elements are understood");
    return next;
}

static bool is_blank_line(Str text, size_t at) {
    for (at++; at < text.n && text.p[at] != '\n'; at++) {
        if (!char_is_space(text.p[at])) return false;
    }
    return at < text.n;
}

void html_block_read(Reader *r, cmark_node *node, Node *parent) {
    Str text = {(const char *)node->as.literal.data, (size_t)node->as.literal.len};
    Spot at = node_spot(r, node);
    const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
    size_t first = end ? (size_t)(end - text.p) : text.n, source = line_text(r, at.line).n;
    HtmlBlock block = {.r = r, .node = node, .parent = parent};
    block.whole = content_new(r, text.p, text.n, at.line, source > first ? source - first : 0);
    for (size_t i = 0; i < text.n;) {
        size_t next = 0;
        if (text.p[i] == '<')
            next = read_mark(&block, text, i);
        else if (text.p[i] == '\n' && is_blank_line(text, i))
            end_paragraph(&block, next = i + 1);
        if (next) block.from = next;
        i = next ? next : i + 1;
    }
    end_paragraph(&block, text.n);
}
