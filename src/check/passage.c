/* Passages: the words of each block of text, as its author wrote them, in one piece, and where in the source each of them stands.
 *
 * A leaf's text is its source's but for marks that became typographic, escapes, entities and white space; both are gone through side
 * by side. Leaves begin at exact places and end with the line, so nothing can go astray for long.
 */
#include "check/internal.h"

#define ENTITY_LIMIT 34 /* &CounterClockwiseContourIntegral; and its like */

/* ---- Places ---------------------------------------------------------------------------------------------------------- */

static bool line_end(Str s, size_t at) { return at >= s.n || s.p[at] == '\n' || s.p[at] == '\r'; }

static void lines_find(Passages *all, Str text) {
    *PUSH(all->arena, &all->lines, size_t) = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (size_t at = 0; at < text.n; at++) {
        if (!line_end(text, at)) continue;
        if (text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n') at++;
        *PUSH(all->arena, &all->lines, size_t) = at + 1;
    }
}

/* The offset of a place in the source. Findings come in reading order, so that a line is mostly gone through once. */
static bool source_seek(Passages *all, Place place, size_t *out) {
    if (!place.source || !place.source->text.n || !place.line || !place.column) return false;
    Str text = place.source->text;
    if (!all->lines.count) lines_find(all, text);
    if (place.line > all->lines.count) return false;
    if (all->line != place.line || all->column > place.column) {
        all->line = place.line;
        all->column = 1;
        all->at = all->lines.items[place.line - 1];
    }
    for (; all->column < place.column && !line_end(text, all->at); all->column++) utf8_next(text, &all->at);
    *out = all->at;
    return all->column == place.column;
}

static bool is_mark(uint32_t c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x201A || c == 0x201E || c == 0xAB || c == 0xBB ||
           c == 0x2039 || c == 0x203A;
}

static size_t entity_end(Str source, size_t at) {
    for (size_t end = at + 1; !line_end(source, end) && end < at + ENTITY_LIMIT; end++)
        if (source.p[end] == ';') return end + 1;
    return at;
}

/* How many bytes of the source the character `c` of the text was; SIZE_MAX: they do not agree. */
static size_t source_length(Str source, size_t at, uint32_t c) {
    size_t behind = at;
    if (line_end(source, at)) return SIZE_MAX;
    if (utf8_next(source, &behind) == c) return behind - at;
    char s = source.p[at];
    Str rest = str_slice(source, at, source.n);
    if (s == '\\' && !line_end(source, at + 1) && (uint32_t)(unsigned char)source.p[at + 1] == c) return 2;
    if (c == 0x2026 && str_starts(rest, STR("..."))) return 3;
    if (c == 0x2014 && str_starts(rest, STR("---"))) return 3;
    if (c == 0x2013 && str_starts(rest, STR("--"))) return 2;
    if (is_mark(c) && (s == '"' || s == '\'')) return 1;
    if (c == 0x202F || c == 0xA0) return s == ' ' ? 1 : s == '&' ? entity_end(source, at) - at : 0; /* put in, beside a mark */
    if (s == '&' && entity_end(source, at) > at) return entity_end(source, at) - at;
    return SIZE_MAX;
}

Place prose_place(Passages *all, const Passage *passage, size_t offset) {
    uint32_t low = 0, high = passage->count; /* the last part that begins no later */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (passage->parts[middle].from <= offset)
            low = middle;
        else
            high = middle;
    }
    if (!passage->count) return node_place(all->tree, passage->block);
    const Node *leaf = passage->parts[low].leaf;
    Place place = node_place(all->tree, leaf);
    size_t source_at, at = 0, end = offset - passage->parts[low].from;
    if (leaf->kind != NODE_TEXT || !source_seek(all, place, &source_at)) return place;
    Str source = place.source->text;
    while (at < end) {
        uint32_t c = utf8_next(leaf->text, &at);
        size_t length = source_length(source, source_at, c);
        if (length == SIZE_MAX) return place;
        for (size_t behind = source_at + length; source_at < behind; place.column++) utf8_next(source, &source_at);
        while (c == ' ' && !line_end(source, source_at) && (source.p[source_at] == ' ' || source.p[source_at] == '\t')) {
            source_at++;
            place.column++;
        }
    }
    return place;
}

bool prose_is_english(const Passage *passage, size_t offset) {
    for (uint32_t i = passage->count; i-- > 0;)
        if (passage->parts[i].from <= offset) return passage->parts[i].english;
    return false;
}

/* ---- Words ------------------------------------------------------------------------------------------------------------ */

/* What the author gave in the front matter is set in nodes that were made. */
static bool is_title(const Node *node) {
    return node->kind == NODE_TITLE || node->kind == NODE_SUBTITLE || node->kind == NODE_STANDFIRST;
}

static bool is_made(const Node *node) {
    return node->artifact || (node->generated && !is_title(node) && node->kind != NODE_TITLE_BLOCK && node->kind != NODE_FRONT &&
                                 node->kind != NODE_NOTES && node->kind != NODE_DOCUMENT);
}

static bool is_address(const Node *leaf) {
    if (!node_ancestor(leaf, NODE_LINK)) return false;
    for (size_t i = 0; i < leaf->text.n; i++) {
        if (leaf->text.p[i] == ' ') return false;
        if (leaf->text.p[i] == '@' || str_starts(str_slice(leaf->text, i, leaf->text.n), STR("://"))) return true;
    }
    return str_starts(leaf->text, STR("www."));
}

static void part_add(Passages *all, const Node *leaf, Str text) {
    PassagePart *part = PUSH(all->arena, &all->parts, PassagePart);
    *part = (PassagePart){leaf, all->text.n, language_is(tree_language(all->tree, leaf), "en")};
    buf_add(&all->text, text);
}

/* Code, addresses and what was added are no words of the author's: one sign stands for each. */
static void leaf_add(Passages *all, const Node *leaf, bool title) {
    switch ((int)leaf->kind) {
    case NODE_TEXT: {
        bool own = !leaf->generated || title || leaf->parent->kind == NODE_QUOTE;
        part_add(all, leaf, own && !is_address(leaf) ? leaf->text : STR(PASSAGE_OBJECT));
        break;
    }
    case NODE_LINE_BREAK: part_add(all, leaf, STR(" ")); break;
    case NODE_CODE:
    case NODE_IMAGE:
    case NODE_PAGE_REFERENCE: part_add(all, leaf, STR(PASSAGE_OBJECT)); break;
    default: break;
    }
}

Passages prose_of(Arena *arena, const Tree *tree) {
    return (Passages){.arena = arena, .tree = tree, .next = tree->root, .text = buf_new(arena)};
}

bool prose_next(Passages *all, Passage *out) {
    const Node *block = all->next;
    while (block && tree_kind(block->kind)->level != LEVEL_TEXT_BLOCK)
        block = is_made(block) ? node_next_after(block, all->tree->root) : node_next(block, all->tree->root);
    if (!block) return false;
    all->next = node_next_after(block, all->tree->root);
    all->text.n = 0;
    all->parts.count = 0;
    for (const Node *leaf = is_made(block) ? NULL : node_next(block, block); leaf;) {
        if (!leaf->artifact) leaf_add(all, leaf, is_title(block));
        leaf = leaf->artifact ? node_next_after(leaf, block) : node_next(leaf, block);
    }
    *out = (Passage){.block = block, .text = buf_str(&all->text), .parts = all->parts.items, .count = all->parts.count};
    return true;
}

/* ---- Characters ------------------------------------------------------------------------------------------------------- */

/* Letters of Latin, Greek and Cyrillic, as far as languages of Europe need them. Tables of all case pairs are not worth it here. */
bool letter_is_capital(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    if (c >= 0x100 && c <= 0x17F) {
        if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1;
        return c != 0x138 && c != 0x149 && c != 0x17F && (c == 0x178 || c % 2 == 0);
    }
    if (c >= 0x1E00 && c <= 0x1EFF) return c % 2 == 0 && !(c >= 0x1E96 && c <= 0x1E9F);
    return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x386 && c <= 0x3AB && c != 0x387 && c != 0x390) ||
           (c >= 0x400 && c <= 0x42F);
}

bool letter_is_small(uint32_t c) {
    if (letter_is_capital(c)) return false;
    if (c < 0x80) return c >= 'a' && c <= 'z';
    return (c >= 0xDF && c <= 0x17F && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x390 && c <= 0x3CE) ||
           (c >= 0x430 && c <= 0x45F);
}

bool character_is_space(uint32_t c) { return c == ' ' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A); }

bool character_is_word(uint32_t c) {
    if (c < 0x80) return char_is_letter((char)c) || char_is_digit((char)c);
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && c != UTF8_BAD;
}

bool word_next(Str text, size_t *at, Str *out) {
    size_t from = *at, behind = *at;
    while (behind < text.n && character_is_space(utf8_next(text, &behind))) from = behind;
    if (from >= text.n) return false;
    size_t end = from;
    for (behind = from; behind < text.n; end = behind)
        if (character_is_space(utf8_next(text, &behind))) break;
    *out = str_slice(text, from, end);
    *at = end;
    return true;
}

bool word_counts(Str word) {
    for (size_t at = 0; at < word.n;)
        if (character_is_word(utf8_next(word, &at))) return true;
    return false;
}
