/* Words for the rules: what the author wrote of a node, how it is compared, and how much of it is quoted. */
#include "check/internal.h"

/* What was added (contents, a list of what was marked) repeats words that are judged where they were written. */
const Node *written_next(const Node *node, const Node *top) {
    node = node_next(node, top);
    while (node) {
        KindLevel level = tree_kind(node->kind)->level;
        bool inside = level == LEVEL_INLINE || level == LEVEL_LEAF;
        if (!node->artifact && (inside || !node->generated)) return node;
        node = node_next_after(node, top);
    }
    return NULL;
}

Str words_written(Arena *arena, const Node *top) {
    Buf out = buf_new(arena);
    for (const Node *node = top; node; node = written_next(node, top)) {
        if (node->generated) continue;
        if (node->kind == NODE_LINE_BREAK)
            buf_add_char(&out, ' ');
        else if (node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_IMAGE)
            buf_add(&out, node->text);
    }
    return str_trim(buf_str(&out));
}

/* "Click here…", "» click  here «" and "click here." are the same words. */
Str words_key(Arena *arena, Str words) {
    static const char *const marks[] = {".", ",", ":", ";", "!", "?", "(", ")", "[", "]", "\"", ">", "<", "\xC2\xAB", "\xC2\xBB",
        "\xE2\x80\x98", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\xA6", "\xE2\x80\xB9", "\xE2\x80\xBA",
        "\xE2\x86\x92", "\xE2\x86\x97", NULL};
    static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", NULL};
    static const char *const apostrophes[] = {"\xE2\x80\x99", NULL};
    Buf out = buf_new(arena);
    bool gap = false;
    for (size_t at = 0, length; at < words.n; at += length) {
        if (str_begins_any(words, at, marks, &length)) continue;
        if (str_begins_any(words, at, spaces, &length)) {
            gap = true;
            continue;
        }
        if (gap && out.n) buf_add_char(&out, ' ');
        gap = false;
        char c = words.p[at];
        if (str_begins_any(words, at, apostrophes, &length)) {
            c = '\'';
        } else {
            length = 1;
            if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        }
        buf_add_char(&out, c);
    }
    return buf_str(&out);
}

#define QUOTED_MOST 60

Str words_quoted(Arena *arena, Str words) {
    size_t at = 0, end = 0; /* of the last whole word */
    for (size_t count = 0; at < words.n; count++) {
        if (words.p[at] == ' ') end = at;
        if (count == QUOTED_MOST) return str_format(arena, STR_FMT "…", STR_ARG(str_slice(words, 0, end ? end : at)));
        utf8_next(words, &at);
    }
    return words;
}

bool phrase_find(const Phrase *phrases, Str language, Str words, bool beginning) {
    for (const Phrase *phrase = phrases; phrase->words; phrase++) {
        Str wanted = str_from(phrase->words);
        if (!(beginning ? str_starts(words, wanted) : str_equal(words, wanted))) continue;
        if (language_is(language, phrase->language)) return true;
    }
    return false;
}
