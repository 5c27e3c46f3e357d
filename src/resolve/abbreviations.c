/* Abbreviations: where one that the author explains is said for the first time in a section of the document, its expansion goes with it. In each
 * section, since that is where a reader comes in from the contents, a link or a page; and not every time, since some hear all of them (WCAG 2.2,
 * 3.1.4 and G102). Where the words beside it say it already, "the National Health Service (NHS)", nothing is said twice.
 *
 * It holds in the language that it was explained in. What repeats words, and code, is left alone.
 */
#include "resolve/passes.h"

typedef struct {
    const Abbreviation *given;
    const Node *section; /* where it was said last */
    bool used;
} Known;

typedef struct {
    Resolution *r;
    Known *items; /* as given */
    StrMap *by_key; /* language and term → Known */
    uint64_t lengths[256]; /* by first byte: a bit for each length of a term that begins so */
    const Node *section;
} Search;

/* Bytes of a term; read/ takes no longer ones. */
enum { LONGEST = 63 };

static Str key_of(Arena *arena, Str language, Str term) {
    return str_format(arena, STR_FMT " " STR_FMT, STR_ARG(language_primary(language)), STR_ARG(term));
}

static void known_add(Search *s, Known *known) {
    const Abbreviation *given = known->given;
    if (given->term.n > LONGEST) return;
    Str language = given->language.n > 0 ? given->language : s->r->tree->meta.language;
    Str key = key_of(s->r->arena, language, given->term);
    Known *before = strmap_find(s->by_key, key);
    if (before) {
        diag(s->r->d, DIAG_WARNING, "abbreviation-twice", (Place){s->r->tree->source, given->line, given->column},
            "leave one of them out", "\"" STR_FMT "\" is explained in line %u already; that holds", STR_ARG(given->term),
            before->given->line);
        known->used = true;
        return;
    }
    strmap_put(s->by_key, key, known);
    s->lengths[(uint8_t)given->term.p[0]] |= (uint64_t)1 << given->term.n;
}

static bool ends_word(Str text, size_t at) {
    if (at >= text.n) return true;
    return !words_has(utf8_next(text, &at));
}

/* The longest that begins at a place. */
static Known *known_at(const Search *s, Str text, size_t at, Str language) {
    uint64_t lengths = s->lengths[(uint8_t)text.p[at]];
    for (size_t n = LONGEST; lengths != 0 && n > 0; n--) {
        if (!(lengths >> n & 1) || at + n > text.n || !ends_word(text, at + n)) continue;
        Known *known = strmap_find(s->by_key, key_of(s->r->arena, language, str_slice(text, at, at + n)));
        if (known) return known;
    }
    return NULL;
}

/* "expansion (" stands before it, or " (expansion" behind it. */
static bool is_explained(Arena *arena, const Known *known, Str text, size_t at) {
    Str before = str_format(arena, STR_FMT " (", STR_ARG(known->given->expansion));
    Str behind = str_format(arena, " (" STR_FMT, STR_ARG(known->given->expansion));
    return str_ends(str_slice(text, 0, at), before) || str_starts(str_slice(text, at + known->given->term.n, text.n), behind);
}

/* Pieces are made in their order: *counted is where the one before began, and *column its column. */
static Node *piece_new(const Search *s, const Node *of, size_t from, size_t to, size_t *counted, uint32_t *column) {
    Node *piece = text_new(s->r->arena, str_slice(of->text, from, to), of, of->generated);
    for (; !of->generated && *counted < from; ++*column) utf8_next(of->text, counted);
    piece->column = *column;
    return piece;
}

static void text_mark(Search *s, Node *node, Str language) {
    Str text = node->text;
    size_t done = 0, counted = 0;
    uint32_t column = node->column;
    bool inside = false; /* a word goes on */
    for (size_t at = 0, next; at < text.n; at = next) {
        next = at;
        bool word = words_has(utf8_next(text, &next));
        Known *known = inside ? NULL : known_at(s, text, at, language);
        inside = word;
        if (!known) continue;
        bool said = known->used && known->section == s->section;
        bool explained = !said && is_explained(s->r->arena, known, text, at);
        next = at + known->given->term.n;
        inside = true;
        known->used = true;
        known->section = s->section;
        if (said || explained) continue;
        Node *abbreviation = node_new(s->r->arena, NODE_ABBREVIATION, node->line, node->column);
        Node *before = at > done ? piece_new(s, node, done, at, &counted, &column) : NULL;
        Node *words = piece_new(s, node, at, next, &counted, &column);
        abbreviation->column = words->column;
        abbreviation->generated = node->generated;
        node_add_attribute(s->r->arena, abbreviation, STR("title"), known->given->expansion);
        node_append(abbreviation, words);
        if (before) node_insert_before(node, before);
        node_insert_before(node, abbreviation);
        done = next;
    }
    if (done == 0) return;
    if (done < text.n) node_insert_before(node, piece_new(s, node, done, text.n, &counted, &column));
    node_unlink(node);
}

/* What is one file of the EPUB. */
static bool is_section(const Node *node) {
    return node->parent && node->parent->kind == NODE_DOCUMENT &&
           (node->kind == NODE_SECTION || node->kind == NODE_NOTES || node->kind == NODE_FRONT);
}

static bool is_left_alone(const Node *node) {
    if (node->artifact || node->kind == NODE_ABBREVIATION) return true;
    return node->kind == NODE_LINK && node->first && node->first->text.n > 0 &&
           str_ends(node->more->target, node->first->text); /* an address */
}

void resolve_abbreviations(Resolution *r) {
    const Tree *tree = r->tree;
    uint32_t count = tree->abbreviations.count;
    if (count == 0) return;
    Search s = {.r = r, .items = NEW_ARRAY(r->arena, Known, count), .by_key = strmap_new(r->arena)};
    for (uint32_t i = 0; i < count; i++) {
        s.items[i].given = &tree->abbreviations.items[i];
        known_add(&s, &s.items[i]);
    }
    LanguageWalk walk = language_walk(r);
    const Node *past = NULL; /* what comes after words that are left alone */
    for (Node *node = tree->root, *next; node; node = next) {
        Str language = language_at(&walk, node);
        next = language_next(&walk, node);
        bool loose = node->parent == tree->root && s.section && is_section(s.section); /* comes after a section, and is in none */
        if (is_section(node) || loose) s.section = node;
        if (node == past) past = NULL;
        if (!past && is_left_alone(node)) {
            past = node_next_after(node, tree->root);
            if (!past) break;
        }
        if (!past && node->kind == NODE_TEXT) text_mark(&s, node, language);
    }
    for (uint32_t i = 0; i < count; i++) {
        const Abbreviation *given = s.items[i].given;
        if (!s.items[i].used)
            diag(r->d, DIAG_WARNING, "abbreviation-unused", (Place){tree->source, given->line, given->column},
                "compare the spelling, or take it out", "\"" STR_FMT "\" is explained and never said", STR_ARG(given->term));
    }
}
