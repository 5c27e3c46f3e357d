/* compare: from two lists of passages to what changed.
 *
 * Passages that are the same are matched first; what lies between two of them was changed, added or removed. There, an old and a new one
 * that have enough words in common, in order, are one that was changed. What was removed in one place and added in another, word for
 * word, was moved.
 */
#include "diff/internal.h"

#include <string.h>

#define LIKENESS_LEAST 40 /* hundredths: below that, one passage was removed and another added */
#define PAIRS_MOST 4096 /* compared word by word between two matches; more are taken in order */

typedef struct {
    Arena *arena, *scratch;
    Passages before, after;
    Bag **bags_before, **bags_after; /* by passage; made when first needed */
    uint32_t *partners; /* of before: the same passage */
    uint32_t *changed; /* of before: the passage that it has become */
    Differences *out;
} Comparison;

static uint64_t *keys_of(Arena *arena, const Passages *passages) {
    uint64_t *keys = NEW_ARRAY(arena, uint64_t, passages->count + 1);
    for (uint32_t i = 0; i < passages->count; i++) keys[i] = str_hash(passages->items[i].key, STR_HASH_SEED);
    return keys;
}

static const Bag *bag_of(Comparison *c, Bag **bags, const Passages *passages, uint32_t at) {
    if (!bags[at]) bags[at] = words_bag(c->scratch, passages->items[at].words);
    return bags[at];
}

static uint32_t likeness(Comparison *c, uint32_t before, uint32_t after) {
    const Passage *a = &c->before.items[before], *b = &c->after.items[after];
    if (a->node->kind != b->node->kind) return 0;
    if (a->node->kind == NODE_IMAGE && str_equal(a->node->more->target, b->node->more->target)) return 100;
    return bags_likeness(bag_of(c, c->bags_before, &c->before, before), bag_of(c, c->bags_after, &c->after, after));
}

/* Pairs [a, a_end) with [b, b_end), in order, so that they are as alike as can be. */
static void gap_pair(Comparison *c, uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end) {
    uint64_t rows = a_end - a + 1, columns = b_end - b + 1;
    if (rows == 1 || columns == 1) return;
    if (rows * columns > PAIRS_MOST) {
        for (; a < a_end && b < b_end; a++, b++)
            if (likeness(c, a, b) >= LIKENESS_LEAST) c->changed[a] = b;
        return;
    }
    uint32_t *alike = NEW_ARRAY(c->scratch, uint32_t, rows * columns), *best = NEW_ARRAY(c->scratch, uint32_t, rows * columns);
    for (uint64_t i = rows - 1; i-- > 0;)
        for (uint64_t k = columns - 1; k-- > 0;) {
            uint32_t *here = &best[i * columns + k], score = likeness(c, a + (uint32_t)i, b + (uint32_t)k);
            alike[i * columns + k] = score;
            uint32_t down = best[(i + 1) * columns + k], right = best[i * columns + k + 1];
            *here = down > right ? down : right;
            if (score >= LIKENESS_LEAST && best[(i + 1) * columns + k + 1] + score >= *here)
                *here = best[(i + 1) * columns + k + 1] + score;
        }
    for (uint64_t i = 0, k = 0; i + 1 < rows && k + 1 < columns;) {
        uint32_t here = best[i * columns + k], score = alike[i * columns + k];
        if (score >= LIKENESS_LEAST && here == best[(i + 1) * columns + k + 1] + score)
            c->changed[a + i++] = b + (uint32_t)k++;
        else if (here == best[(i + 1) * columns + k])
            i++;
        else
            k++;
    }
}

static void gaps_pair(Comparison *c) {
    uint32_t a = 0, b = 0;
    for (uint32_t i = 0; i <= c->before.count; i++) {
        if (i < c->before.count && c->partners[i] == NO_MATCH) continue;
        uint32_t b_end = i < c->before.count ? c->partners[i] : c->after.count;
        gap_pair(c, a, i, b, b_end);
        a = i + 1;
        b = b_end + 1;
    }
}

static Change *change_add(Comparison *c, ChangeKind kind, const Passage *before, const Passage *after) {
    Change *change = PUSH(c->arena, &c->out->changes, Change);
    *change = (Change){.kind = kind, .before = before, .after = after};
    return change;
}

/* The one above it; a note does not stand between the text. */
static const Passage *above(const Passages *passages, uint32_t at) {
    bool is_note = node_ancestor(passages->items[at].node, NODE_NOTE) != NULL;
    while (at-- > 0)
        if ((node_ancestor(passages->items[at].node, NODE_NOTE) != NULL) == is_note) return &passages->items[at];
    return NULL;
}

static void removed_add(Comparison *c, uint32_t at) {
    change_add(c, CHANGE_REMOVED, &c->before.items[at], NULL)->previous = above(&c->before, at);
}

static void added_add(Comparison *c, uint32_t at) {
    change_add(c, CHANGE_ADDED, NULL, &c->after.items[at])->previous = above(&c->after, at);
}

/* All changes, in the order of the new document. */
static void changes_list(Comparison *c) {
    uint32_t next = 0; /* of after */
    for (uint32_t i = 0; i < c->before.count; i++) {
        uint32_t to = c->partners[i] != NO_MATCH ? c->partners[i] : c->changed[i];
        if (to == NO_MATCH) {
            removed_add(c, i);
            continue;
        }
        for (; next < to; next++) added_add(c, next);
        if (c->partners[i] == NO_MATCH) change_add(c, CHANGE_CHANGED, &c->before.items[i], &c->after.items[to]);
        next = to + 1;
    }
    for (; next < c->after.count; next++) added_add(c, next);
}

/* What was removed here and added there: one change, at its new place. */
static void moves_find(Comparison *c) {
    StrMap *removed = strmap_new(c->scratch);
    Change *changes = c->out->changes.items;
    uint32_t count = c->out->changes.count, kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (changes[i].kind == CHANGE_REMOVED) strmap_put(removed, changes[i].before->key, &changes[i]);
    for (uint32_t i = 0; i < count; i++) {
        if (changes[i].kind != CHANGE_ADDED) continue;
        Change *from = strmap_find(removed, changes[i].after->key);
        if (!from || !from->before) continue;
        changes[i].kind = CHANGE_MOVED;
        changes[i].before = from->before;
        from->before = NULL; /* is no change any more */
    }
    for (uint32_t i = 0; i < count; i++)
        if (changes[i].before || changes[i].after) changes[kept++] = changes[i];
    c->out->changes.count = kept;
    for (uint32_t i = 0; i < kept; i++) c->out->counts[changes[i].kind]++;
}

/* Numbers of paragraphs that moved, together where they moved by as much. */
static void renumberings_find(Comparison *c) {
    Renumbering *last = NULL;
    for (uint32_t i = 0; i < c->before.count; i++) {
        uint32_t to = c->partners[i] != NO_MATCH ? c->partners[i] : c->changed[i];
        const Node *was = c->before.items[i].node, *is = to != NO_MATCH ? c->after.items[to].node : NULL;
        if (!is || was->kind != NODE_PARAGRAPH || !was->more->label.n || !is->more->label.n || was->value == is->value) continue;
        bool goes_on = last && was->value == last->from + (int32_t)last->count && is->value == last->to + (int32_t)last->count;
        if (!goes_on) {
            last = PUSH(c->arena, &c->out->renumberings, Renumbering);
            *last = (Renumbering){.from = was->value, .to = is->value};
        }
        last->count++;
    }
}

Differences *layouts_compare(Arena *arena, const Layout *before, const Layout *after) {
    Arena *scratch = arena_open();
    Comparison c = {.arena = arena,
        .scratch = scratch,
        .before = passages_of(arena, before),
        .after = passages_of(arena, after),
        .out = NEW(arena, Differences)};
    c.out->pages_before = before->count;
    c.out->pages_after = after->count;
    c.partners = sequences_match(scratch, keys_of(scratch, &c.before), c.before.count, keys_of(scratch, &c.after), c.after.count);
    c.bags_before = NEW_ARRAY(scratch, Bag *, c.before.count + 1);
    c.bags_after = NEW_ARRAY(scratch, Bag *, c.after.count + 1);
    c.changed = NEW_ARRAY(scratch, uint32_t, c.before.count + 1);
    memset(c.changed, 0xFF, (c.before.count + 1) * sizeof *c.changed);
    gaps_pair(&c);
    changes_list(&c);
    moves_find(&c);
    renumberings_find(&c);
    arena_close(scratch);
    return c.out;
}
