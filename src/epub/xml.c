/* The XML writer: see xml.h. */
#include "epub/xml.h"

#include <string.h>

Xml xml_new(Buf *out) {
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    return (Xml){.out = out};
}

/* Elements that are written as <br/>. All others get an end tag even when empty: some reading systems read XHTML as HTML, where
 * <span/> is a start tag. */
static bool is_void(const char *element) {
    static const char *const names[] = {"br", "hr", "img", "link", "meta", "item", "itemref", "rootfile", "rect"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], element) == 0) return true;
    }
    return false;
}

static void tag_end(Xml *xml) {
    if (!xml->in_tag) return;
    buf_add_char(xml->out, '>');
    xml->in_tag = false;
}

/* Length of the UTF-8 sequence at `at` when XML may hold its character, else 0. */
static size_t character_length(Str text, size_t at) {
    size_t end = at;
    uint32_t c = utf8_next(text, &end);
    if (c == UTF8_BAD || c == 0xFFFE || c == 0xFFFF) return 0;
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return 0;
    return end - at;
}

static const char *escape_of(char c, bool in_attribute) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '\r': return "&#13;";
    case '"': return in_attribute ? "&quot;" : NULL;
    case '\n': return in_attribute ? "&#10;" : NULL;
    case '\t': return in_attribute ? "&#9;" : NULL;
    default: return NULL;
    }
}

static bool is_plain(char c) {
    unsigned char u = (unsigned char)c;
    if (u > '>') return u < 0x7F; /* letters first */
    return u >= 0x20 && c != '&' && c != '<' && c != '>' && c != '"';
}

static void add_escaped(Xml *xml, Str text, bool in_attribute) {
    size_t done = 0, at = 0;
    while (at < text.n) {
        if (is_plain(text.p[at])) {
            at++;
            continue;
        }
        const char *escape = escape_of(text.p[at], in_attribute);
        size_t length = escape ? 0 : character_length(text, at);
        if (length > 0) {
            at += length;
            continue;
        }
        buf_add(xml->out, str_slice(text, done, at));
        if (escape) {
            buf_add_c(xml->out, escape);
            at++;
        } else {
            buf_add_utf8(xml->out, 0xFFFD);
            utf8_next(text, &at);
        }
        done = at;
    }
    buf_add(xml->out, str_slice(text, done, text.n));
}

void xml_open(Xml *xml, const char *element) {
    tag_end(xml);
    *PUSH(xml->out->arena, &xml->stack, const char *) = element;
    buf_add_char(xml->out, '<');
    buf_add_c(xml->out, element);
    xml->in_tag = true;
}

void xml_attribute(Xml *xml, const char *name, Str value) {
    if (!xml->in_tag) BUG("attribute %s outside a start tag", name);
    buf_add_char(xml->out, ' ');
    buf_add_c(xml->out, name);
    buf_add(xml->out, STR("=\""));
    add_escaped(xml, value, true);
    buf_add_char(xml->out, '"');
}

void xml_attribute_c(Xml *xml, const char *name, const char *value) { xml_attribute(xml, name, str_from(value)); }

void xml_text(Xml *xml, Str text) {
    if (xml->stack.count == 0) BUG("text outside the root element");
    tag_end(xml);
    add_escaped(xml, text, false);
}

void xml_close(Xml *xml, const char *element) {
    if (xml->stack.count == 0) BUG("nothing to close, asked for %s", element);
    const char *innermost = xml->stack.items[xml->stack.count - 1];
    if (strcmp(innermost, element) != 0) BUG("%s closed inside %s", element, innermost);
    xml->stack.count--;
    if (xml->in_tag && is_void(element)) {
        buf_add(xml->out, STR("/>"));
        xml->in_tag = false;
        return;
    }
    tag_end(xml);
    buf_add(xml->out, STR("</"));
    buf_add_c(xml->out, element);
    buf_add_char(xml->out, '>');
}

uint32_t xml_depth(const Xml *xml) { return xml->stack.count; }

void xml_close_to(Xml *xml, uint32_t depth) {
    if (depth > xml->stack.count) BUG("%u elements open, asked to leave %u", xml->stack.count, depth);
    while (xml->stack.count > depth) xml_close(xml, xml->stack.items[xml->stack.count - 1]);
}

void xml_leaf(Xml *xml, const char *element, Str text) {
    xml_open(xml, element);
    xml_text(xml, text);
    xml_close(xml, element);
}

void xml_line(Xml *xml) {
    tag_end(xml);
    buf_add_char(xml->out, '\n');
}

void xml_finish(Xml *xml) {
    if (xml->stack.count > 0) BUG("%s is still open", xml->stack.items[xml->stack.count - 1]);
    buf_add_char(xml->out, '\n');
}

/* Namespaces in XML, productions [4] to [6]: a name may begin with… */
static const uint32_t name_start[][2] = {{'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF},
    {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF},
    {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
/* … and go on with these, too. */
static const uint32_t name_more[][2] = {{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

static bool in_ranges(uint32_t c, const uint32_t ranges[][2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
    }
    return false;
}

static bool is_name_start(uint32_t c) { return in_ranges(c, name_start, sizeof name_start / sizeof *name_start); }

static bool is_name(uint32_t c) { return is_name_start(c) || in_ranges(c, name_more, sizeof name_more / sizeof *name_more); }

bool xml_name_valid(Str name) {
    for (size_t at = 0; at < name.n;) {
        bool first = at == 0;
        uint32_t c = utf8_next(name, &at);
        if (first ? !is_name_start(c) : !is_name(c)) return false;
    }
    return name.n > 0;
}

Str xml_name_from(Arena *arena, Str words) {
    Buf name = buf_new(arena);
    for (size_t at = 0; at < words.n;) {
        uint32_t c = utf8_next(words, &at);
        bool good = is_name(c);
        if (name.n == 0 && !(good && is_name_start(c))) buf_add(&name, STR("id-"));
        if (good)
            buf_add_utf8(&name, c);
        else if (name.n > 0 && name.p[name.n - 1] != '-')
            buf_add_char(&name, '-');
    }
    return name.n > 0 ? buf_str(&name) : STR("id");
}
