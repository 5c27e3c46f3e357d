/* Abbreviations and what they are short for, as PHP Markdown Extra writes them: *[NHS]: National Health Service, a line each, at the beginning or
 * the end of a paragraph. They are no words of the document; where each is said is found when its words are complete (resolve/).
 */
#include "read/internal.h"

#include <string.h>

#define TERM_LONGEST 60 /* bytes; a longer one is no abbreviation */

/* "*[term]: expansion" */
static bool line_split(Str line, Str *term, Str *expansion) {
    if (!str_starts(line, STR("*["))) return false;
    size_t end = 2;
    while (end < line.n && line.p[end] != ']' && line.p[end] != '[') end++;
    if (end + 1 >= line.n || line.p[end] != ']' || line.p[end + 1] != ':') return false;
    *term = str_trim(str_slice(line, 2, end));
    *expansion = str_trim(str_slice(line, end + 2, line.n));
    return term->n > 0 && term->n <= TERM_LONGEST && expansion->n > 0;
}

static Str language_of(const Node *node) {
    while (node && node->more->language.n == 0) node = node->parent;
    return node ? node->more->language : (Str){0};
}

static bool line_take(Reader *r, const Node *parent, Content *content, size_t from, size_t to) {
    Str term, expansion;
    if (!line_split(str_trim((Str){content->p + from, to - from}), &term, &expansion)) return false;
    Content place = *content;
    Spot at = content_spot(r, &place, from);
    Abbreviation found = {.term = str_copy(r->arena, term),
        .expansion = inlines_plain(r, str_copy(r->arena, expansion), at),
        .language = language_of(parent),
        .line = at.line,
        .column = at.column};
    if (found.expansion.n > 0) *PUSH(r->arena, &r->tree->abbreviations, Abbreviation) = found;
    return true;
}

static bool may_hold_one(Str text) {
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end && (p = memchr(p, '*', (size_t)(end - p))); p++)
        if (end - p > 1 && p[1] == '[') return true;
    return false;
}

void abbreviations_read(Reader *r, const Node *parent, Content *content) {
    if (content->n == 0 || !may_hold_one((Str){content->p, content->n})) return;
    while (content->n > 0) {
        const char *found = memchr(content->p, '\n', content->n);
        size_t end = found ? (size_t)(found - content->p) : content->n;
        if (!line_take(r, parent, content, 0, end)) break;
        content_skip(r, content, end < content->n ? end + 1 : end);
    }
    for (size_t end = content->n; end > 0;) {
        while (end > 0 && content->p[end - 1] == '\n') end--;
        size_t from = end;
        while (from > 0 && content->p[from - 1] != '\n') from--;
        if (!line_take(r, parent, content, from, end)) break;
        content->n = end = from;
    }
}
