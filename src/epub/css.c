/* The style sheet: the sheet's rules, after the few that only this room's elements need. */
#include "epub/book.h"

static const char own[] =
    "td.align-centre, th.align-centre {\n"
    "  text-align: center;\n"
    "}\n"
    "td.align-right, th.align-right {\n"
    "  text-align: end;\n"
    "}\n"
    "body.cover {\n" /* as large as the screen allows, whole, without the text's margins */
    "  margin: 0;\n"
    "  padding: 0;\n"
    "  max-width: none;\n"
    "  text-align: center;\n"
    "}\n"
    "body.cover img {\n"
    "  max-height: 100vh;\n"
    "}\n"
    ".divided {\n" /* the author says where it may be divided */
    "  hyphens: manual;\n"
    "}\n"
    ".divided > .part::before {\n"
    "  content: \"\\AD\";\n"
    "}\n"
    "nav[role] ol {\n" /* contents and pages: what the sheet says of an author's lists is not meant for them */
    "  list-style-type: none;\n"
    "}\n"
    "nav[role] > ol > li {\n"
    "  margin-left: 0;\n"
    "  margin-right: 0;\n"
    "}\n"
    "nav[role=\"doc-pagelist\"] li {\n" /* as many as the pages: beside each other */
    "  display: inline-block;\n"
    "  min-width: 2em;\n"
    "  padding: 0.25em 0;\n"
    "  padding-inline-end: 0.5em;\n"
    "}\n";

/* A document that runs from right to left has the sheet in a mirror, as its pages have it: in declarations, which are the lines that are
 * set in, left and right change places; a face's name stays. */
static Str css_mirror(Arena *arena, Str css) {
    static const Str left = {"left", 4}, right = {"right", 5};
    Buf out = buf_new(arena);
    bool inside = false, begins = true, quoted = false; /* a declaration; a word; a name */
    for (size_t at = 0; at < css.n;) {
        if (at == 0 || css.p[at - 1] == '\n') inside = css.p[at] == ' ';
        Str rest = str_slice(css, at, css.n), word = str_starts(rest, left) ? left : str_starts(rest, right) ? right : (Str){0};
        char next = word.n < rest.n ? rest.p[word.n] : ' ';
        if (css.p[at] == '"') quoted = !quoted;
        bool whole = begins && !quoted && !((next | 0x20) >= 'a' && (next | 0x20) <= 'z');
        if (inside && word.n && whole) {
            buf_add(&out, word.n == left.n ? right : left);
            at += word.n;
        } else {
            buf_add_char(&out, css.p[at++]);
        }
        char last = css.p[at - 1];
        begins = !((last | 0x20) >= 'a' && (last | 0x20) <= 'z');
    }
    return buf_str(&out);
}

Str css_write(const Book *book) {
    Buf css = buf_new(book->arena);
    buf_add_c(&css, own);
    if (!book->options->sheet) return buf_str(&css);
    Buf sheet = buf_new(book->arena);
    sheet_css(book->options->sheet, &sheet);
    buf_add(&css, book->right_to_left ? css_mirror(book->arena, buf_str(&sheet)) : buf_str(&sheet));
    return buf_str(&css);
}
