/* Raw HTML among the words: reading one tag, and the elements that have a plain meaning in both outputs. The forms are those that
 * CommonMark 0.29 §6.10 lets through. */
#include "read/internal.h"
#include <string.h>

static Str lower(Arena *arena, Str s) {
    Str copy = str_copy(arena, s);
    char *p = (char *)copy.p;
    for (size_t i = 0; i < copy.n; i++) {
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + ('a' - 'A'));
    }
    return copy;
}

Tag tag_read(Arena *arena, Str literal) {
    Tag tag = {0};
    size_t at = 1;
    if (str_starts(literal, STR("<!--"))) tag.comment = true;
    tag.closing = at < literal.n && literal.p[at] == '/';
    if (tag.closing) at++;
    size_t start = at;
    while (at < literal.n && (char_is_letter(literal.p[at]) ||
                                 (at > start && (literal.p[at] == '-' || (literal.p[at] >= '0' && literal.p[at] <= '9')))))
        at++;
    tag.name = lower(arena, str_slice(literal, start, at));
    size_t end = literal.n && literal.p[literal.n - 1] == '>' ? literal.n - 1 : literal.n;
    if (end > at && literal.p[end - 1] == '/') end--;
    tag.attributes = str_trim(str_slice(literal, at, end));
    return tag;
}

/* Attribute values may hold character references; the few that matter in them are resolved. */
static Str value_text(Arena *arena, Str s) {
    static const struct {
        const char *name, *text;
    } references[] = {{"&amp;", "&"}, {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&#39;", "'"}, {"&nbsp;", "\xC2\xA0"}};
    Buf out = buf_new(arena);
    for (size_t at = 0; at < s.n;) {
        size_t i = 0;
        while (i < sizeof references / sizeof *references && !str_starts(str_slice(s, at, s.n), str_from(references[i].name)))
            i++;
        if (i < sizeof references / sizeof *references) {
            buf_add_c(&out, references[i].text);
            at += strlen(references[i].name);
        } else {
            buf_add_char(&out, char_is_space(s.p[at]) ? ' ' : s.p[at]);
            at++;
        }
    }
    return buf_str(&out);
}

bool tag_next_attribute(Arena *arena, Str *attributes, Str *key, Str *value) {
    Str s = str_trim(*attributes);
    size_t at = 0;
    while (at < s.n && !char_is_space(s.p[at]) && s.p[at] != '=') at++;
    *key = lower(arena, str_slice(s, 0, at));
    *value = (Str){0};
    if (at == 0) return false;
    size_t sign = at;
    while (sign < s.n && char_is_space(s.p[sign])) sign++;
    if (sign < s.n && s.p[sign] == '=') {
        at = sign + 1;
        while (at < s.n && char_is_space(s.p[at])) at++;
        char mark = at < s.n && (s.p[at] == '"' || s.p[at] == '\'') ? s.p[at++] : 0;
        size_t start = at;
        while (at < s.n && (mark ? s.p[at] != mark : !char_is_space(s.p[at]))) at++;
        *value = value_text(arena, str_slice(s, start, at));
        if (mark && at < s.n) at++;
    }
    *attributes = str_slice(s, at, s.n);
    return true;
}

static const struct {
    const char *name;
    NodeKind kind;
} elements[] = {
    {"abbr", NODE_ABBREVIATION},
    {"b", NODE_STRONG},
    {"br", NODE_LINE_BREAK},
    {"cite", NODE_CITE},
    {"code", NODE_CODE},
    {"del", NODE_STRIKE},
    {"em", NODE_EMPHASIS},
    {"i", NODE_EMPHASIS},
    {"kbd", NODE_KEYBOARD},
    {"mark", NODE_MARK},
    {"q", NODE_QUOTE},
    {"s", NODE_STRIKE},
    {"small", NODE_SMALL},
    {"span", NODE_SPAN},
    {"strong", NODE_STRONG},
    {"sub", NODE_SUBSCRIPT},
    {"sup", NODE_SUPERSCRIPT},
    {"u", NODE_SPAN},
};

bool tag_kind(Str name, NodeKind *kind) {
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (!str_is(name, elements[i].name)) continue;
        *kind = elements[i].kind;
        return true;
    }
    return false;
}

void tag_apply(Reader *r, const Tag *tag, Node *node, Spot at) {
    if (str_is(tag->name, "u")) classes_add(r, node, STR("underline"));
    Str rest = tag->attributes, key, value;
    for (int count = 0; count < 100 && tag_next_attribute(r->arena, &rest, &key, &value); count++) {
        if (str_is(key, "id") || str_is(key, "class") || str_is(key, "lang") || str_is(key, "xml:lang") || str_is(key, "title") ||
            str_is(key, "dir")) {
            attribute_set(r, node, key, value, at);
        } else {
            diag(r->d, DIAG_WARNING, "html-left-out", reader_place(r, at), NULL,
                "the attribute " STR_FMT " of <" STR_FMT "> is left out", STR_ARG(key), STR_ARG(tag->name));
        }
    }
}

void tag_left_out(Reader *r, Str what, Spot at, const char *why) {
    if (what.n > 40) what = str_slice(what, 0, 40);
    diag(r->d, DIAG_WARNING, "html-left-out", reader_place(r, at), "the text around it is kept", STR_FMT " is left out: %s",
        STR_ARG(what), why);
}
