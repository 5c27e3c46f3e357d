/* Lists that were typed: lines or paragraphs that begin with a bullet, a dash or a letter in brackets, one after the other. To whoever
 * listens they are no list (WCAG 2.2, 1.3.1): neither how long it is nor where it ends is said.
 */
#include "check/internal.h"

/* What a line begins with. Of numbers and letters, the next must follow: "(a)" and "(b)". */
typedef enum { SIGN_NONE, SIGN_BULLET, SIGN_DASH, SIGN_NUMBER, SIGN_LETTER, SIGN_ROMAN } SignKind;

typedef struct {
    SignKind kind;
    uint32_t value; /* its place: "(b)" is 2 */
    bool roman_too; /* "(i)" may be the ninth letter, or the first number */
    uint32_t roman;
    char open, close; /* '\0': none */
} Sign;

static uint32_t roman_value(Str word) {
    static const char *const romans[] = {
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"};
    for (uint32_t i = 0; i < sizeof romans / sizeof *romans; i++)
        if (str_is(word, romans[i])) return i + 1;
    return 0;
}

/* "1)", "(a)", "iv)", "b." : a bracket or a full stop behind it, then a space and words. */
static Sign counted_sign(Str line) {
    Sign sign = {0};
    size_t at = 0;
    if (at < line.n && line.p[at] == '(') sign.open = line.p[at++];
    size_t from = at;
    while (at < line.n && at - from < 4 && (char_is_digit(line.p[at]) || (line.p[at] >= 'a' && line.p[at] <= 'z'))) at++;
    Str word = str_slice(line, from, at);
    if (!word.n || at + 1 >= line.n || line.p[at + 1] != ' ') return sign;
    sign.close = line.p[at];
    if (sign.close != ')' && (sign.close != '.' || sign.open)) return sign;
    if (char_is_digit(word.p[0])) {
        uint32_t value = 0;
        for (size_t i = 0; i < word.n; i++) {
            if (!char_is_digit(word.p[i])) return sign;
            value = value * 10 + (uint32_t)(word.p[i] - '0');
        }
        sign.kind = SIGN_NUMBER;
        sign.value = value;
        return sign;
    }
    sign.roman = roman_value(word);
    sign.roman_too = sign.roman != 0;
    if (word.n == 1 && !char_is_digit(word.p[0])) {
        sign.kind = SIGN_LETTER;
        sign.value = (uint32_t)(word.p[0] - 'a') + 1;
    } else if (sign.roman) {
        sign.kind = SIGN_ROMAN;
        sign.value = sign.roman;
    }
    return sign;
}

static Sign sign_of(Str line) {
    static const char *const bullets[] = {"\xE2\x80\xA2", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\x8F", "\xE2\x97\xA6",
        "\xE2\x80\xA3", "\xE2\x96\xA0", "\xE2\x97\xBC", "\xE2\x9E\xA4", "\xE2\x9C\x93", "\xEF\x82\xB7", "*", NULL};
    static const char *const dashes[] = {"-", "\xE2\x80\x93", NULL};
    for (size_t i = 0; bullets[i]; i++) {
        Str bullet = str_from(bullets[i]);
        /* a space is often forgotten behind a bullet that is nothing else; a star is much else */
        if (str_starts(line, bullet) && line.n > bullet.n && (bullet.n > 1 || line.p[1] == ' '))
            return (Sign){.kind = SIGN_BULLET};
    }
    for (size_t i = 0; dashes[i]; i++) {
        Str dash = str_from(dashes[i]);
        if (str_starts(line, dash) && line.n > dash.n + 1 && line.p[dash.n] == ' ') return (Sign){.kind = SIGN_DASH};
    }
    return counted_sign(line);
}

static bool follows(const Sign *before, const Sign *sign) {
    if (!before->kind || !sign->kind || before->open != sign->open || before->close != sign->close) return false;
    if (sign->kind == SIGN_BULLET || sign->kind == SIGN_DASH) return before->kind == sign->kind;
    if (before->kind == sign->kind && sign->value == before->value + 1) return true;
    return before->roman_too && sign->roman_too && sign->roman == before->roman + 1;
}

static void tell(Diags *d, const Tree *tree, const Node *first) {
    diag(d, DIAG_WARNING, "list-typed", node_place(tree, first),
        "begin each of its lines with “- ” or “1. ”, with an empty line before the first",
        "this is a list to the eye only: its signs were typed");
}

#define SIGN_LENGTH 16 /* bytes that tell it */

/* The line that begins with `leaf`: what is escaped or marked in it is in leaves of its own. */
static Sign line_sign(const Node *leaf, const Node *block) {
    char line[2 * SIGN_LENGTH];
    size_t n = 0;
    for (const Node *node = leaf; node && node->line == leaf->line && n < SIGN_LENGTH; node = node_next(node, block)) {
        if (node->kind == NODE_LINE_BREAK) break;
        if (node->kind != NODE_TEXT && node->kind != NODE_CODE) continue;
        for (size_t i = 0; i < node->text.n && i < SIGN_LENGTH; i++) line[n++] = node->text.p[i];
    }
    return sign_of((Str){line, n});
}

static const Node *first_leaf(const Node *block) {
    for (const Node *node = block->first; node; node = node_next(node, block))
        if (node->kind == NODE_TEXT && !node->generated) return node;
    return NULL;
}

/* Lines within one block: those of the source, and those behind a forced break. */
static bool block_check(Diags *d, const Tree *tree, const Node *block) {
    Sign before = {0};
    const Node *before_leaf = NULL;
    bool broken = true;
    for (const Node *node = block->first; node; node = node_next(node, block)) {
        if (node->kind == NODE_LINE_BREAK) broken = true;
        if (node->kind != NODE_TEXT || node->generated) continue;
        if (!broken && before_leaf && node->line == before_leaf->line) continue;
        Sign sign = line_sign(node, block);
        if (follows(&before, &sign)) {
            tell(d, tree, before_leaf);
            return true;
        }
        before = sign;
        before_leaf = node;
        broken = false;
    }
    return false;
}

/* The paragraph right before; the notes that it brings stand between. */
static const Node *paragraph_before(const Node *paragraph) {
    const Node *before = paragraph->previous;
    while (before && (before->kind == NODE_NOTE || before->kind == NODE_PULL_COPY)) before = before->previous;
    return before && before->kind == NODE_PARAGRAPH ? before : NULL;
}

static bool goes_on(const Node *paragraph) {
    const Node *before = paragraph_before(paragraph);
    const Node *leaf = first_leaf(paragraph), *leaf_before = before ? first_leaf(before) : NULL;
    if (!leaf || !leaf_before) return false;
    Sign sign = line_sign(leaf, paragraph), sign_before = line_sign(leaf_before, before);
    return follows(&sign_before, &sign);
}

void lists_check(Diags *d, const Tree *tree) {
    for (const Node *node = tree->root; node; node = written_next(node, tree->root)) {
        if (tree_kind(node->kind)->level != LEVEL_TEXT_BLOCK || block_check(d, tree, node)) continue;
        if (node->kind != NODE_PARAGRAPH || !goes_on(node) || goes_on(paragraph_before(node))) continue;
        tell(d, tree, paragraph_before(node));
    }
}
