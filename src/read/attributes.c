/* Attributes as pandoc writes them: {#id .class key=value key="some words" -}. The scanner decides what is an attribute list and what is
 * plain text in braces; it never looks back, and stops at the first byte that cannot belong to one. */
#include "read/internal.h"

#define ITEM_LIMIT 200 /* more in one list is text */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || ((unsigned char)c & 0x80);
}
static bool is_name(char c) { return is_letter(c) || char_is_digit(c) || c == '-' || c == ':'; }

typedef struct {
    char sign; /* '#', '.', '-', '=' */
    Str key, value;
    bool quoted;
    size_t next; /* behind the item */
} Item;

static size_t skip_name(Str s, size_t at, bool dots) {
    while (at < s.n && (is_name(s.p[at]) || (dots && s.p[at] == '.'))) at++;
    return at;
}

static bool scan_value(Str s, size_t at, Item *item) {
    if (at < s.n && (s.p[at] == '"' || s.p[at] == '\'')) {
        char mark = s.p[at++];
        size_t start = at;
        while (at < s.n && s.p[at] != mark) at += s.p[at] == '\\' && at + 1 < s.n ? 2 : 1;
        if (at >= s.n) return false;
        item->value = str_slice(s, start, at);
        item->quoted = true;
        item->next = at + 1;
        return true;
    }
    size_t start = at;
    while (at < s.n && !char_is_space(s.p[at]) && s.p[at] != '}' && s.p[at] != '"' && s.p[at] != '\'' && s.p[at] != '{') at++;
    item->value = str_slice(s, start, at);
    item->next = at;
    return at > start;
}

static bool scan_item(Str s, size_t at, Item *item) {
    *item = (Item){0};
    char c = s.p[at];
    if (c == '#' || c == '.') {
        size_t end = skip_name(s, at + 1, c == '#');
        item->sign = c;
        item->value = str_slice(s, at + 1, end);
        item->next = end;
        return end > at + 1 && (c == '#' || is_letter(s.p[at + 1]));
    }
    if (c == '-') {
        item->sign = '-';
        item->next = at + 1;
        return true;
    }
    if (!is_letter(c)) return false;
    size_t end = skip_name(s, at, true);
    if (end >= s.n || s.p[end] != '=') return false;
    item->sign = '=';
    item->key = str_slice(s, at, end);
    return scan_value(s, end + 1, item);
}

/* Items are parted by white space, but a class or an id may follow the one before directly: {.a.b#c}. */
static bool may_follow(Str s, const Item *item) {
    if (item->next >= s.n) return false;
    char c = s.p[item->next];
    return char_is_space(c) || c == '}' || (item->sign != '=' && item->sign != '-' && (c == '.' || c == '#'));
}

size_t attributes_scan(Str s) {
    if (s.n < 3 || s.p[0] != '{') return 0;
    size_t at = 1;
    for (int count = 0; count <= ITEM_LIMIT; count++) {
        while (at < s.n && char_is_space(s.p[at])) at++;
        if (at >= s.n) return 0;
        if (s.p[at] == '}') return count > 0 ? at + 1 : 0;
        Item item;
        if (!scan_item(s, at, &item) || !may_follow(s, &item)) return 0;
        at = item.next;
    }
    return 0;
}

static Str unescape(Arena *arena, Str s) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && i + 1 < s.n && (s.p[i + 1] == '"' || s.p[i + 1] == '\'' || s.p[i + 1] == '\\')) c = s.p[++i];
        buf_add_char(&out, char_is_space(c) ? ' ' : c);
    }
    return buf_str(&out);
}

/* BCP 47: letters and digits in groups joined by hyphens. */
static bool is_language(Str s) {
    bool after_hyphen = true;
    size_t group = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool hyphen = c == '-';
        if (!hyphen && ((c & 0x80) || c == '_' || !(is_letter(c) || char_is_digit(c)))) return false;
        if (hyphen && after_hyphen) return false;
        group = hyphen ? 0 : group + 1;
        if (group > 8) return false;
        after_hyphen = hyphen;
    }
    return s.n >= 2 && !after_hyphen;
}

static void class_add(Reader *r, Node *node, Str name) {
    for (uint16_t i = 0; i < node->more->class_count; i++) {
        if (str_equal(node->more->classes[i], name)) return;
    }
    if (node->more->class_count < ITEM_LIMIT) node_add_class(r->nodes, node, str_copy(r->arena, name));
}

void classes_add(Reader *r, Node *node, Str words) {
    for (size_t at = 0; at < words.n;) {
        size_t end = at;
        while (end < words.n && !char_is_space(words.p[end])) end++;
        if (end > at) class_add(r, node, str_slice(words, at, end));
        at = end + 1;
    }
}

void attribute_set(Reader *r, Node *node, Str key, Str value, Spot at) {
    if (str_is(key, "id")) {
        node_more(r->nodes, node)->id = value;
    } else if (str_is(key, "class")) {
        classes_add(r, node, value);
    } else if (str_is(key, "lang") || str_is(key, "xml:lang")) {
        if (is_language(value))
            node_more(r->nodes, node)->language = value;
        else
            diag_claim(r->d, CLAIM_PDF_UA | CLAIM_EPUB_A11Y, "lang", reader_place(r, at), "write a tag such as en-GB or cy",
                "\"" STR_FMT "\" is not a language tag", STR_ARG(value));
    } else {
        for (uint16_t i = 0; i < node->more->attribute_count; i++) {
            if (!str_equal(node->more->attributes[i].key, key)) continue;
            node->more->attributes[i].value = value;
            return;
        }
        node_add_attribute(r->nodes, node, key, value);
    }
}

void attributes_apply(Reader *r, Str raw, Node *node, Spot at) {
    size_t i = 1;
    while (i < raw.n) {
        while (i < raw.n && char_is_space(raw.p[i])) i++;
        Item item;
        if (i >= raw.n || raw.p[i] == '}' || !scan_item(raw, i, &item)) break;
        i = item.next;
        if (item.sign == '#')
            node_more(r->nodes, node)->id = str_copy(r->arena, item.value);
        else if (item.sign == '.')
            class_add(r, node, item.value);
        else if (item.sign == '-')
            class_add(r, node, STR("unnumbered"));
        else
            attribute_set(r, node, str_copy(r->arena, item.key), unescape(r->arena, item.value), at);
    }
    if (node->kind == NODE_IMAGE && node_has_class(node, "decorative")) {
        node->has_alt = true;
        node->text = (Str){0};
    }
}
