/* Passages: the words of each block of text, as its author wrote them, in one piece, and where in the source each of them stands. */
#include "check/internal.h"

/* A leaf stands on one line, a column for each character (read.h); what the front matter says has one place. Findings come in reading
 * order, so that a long leaf is gone through once. */
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
    size_t end = offset - passage->parts[low].from;
    if (leaf->kind != NODE_TEXT || leaf->generated || end > leaf->text.n) return place;
    if (all->leaf != leaf || all->at > end) {
        all->leaf = leaf;
        all->at = 0;
        all->characters = 0;
    }
    for (; all->at < end; all->characters++) utf8_next(leaf->text, &all->at);
    place.column += all->characters;
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
