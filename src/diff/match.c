/* match: which items of two sequences belong together.
 *
 * Patience (Bram Cohen): what occurs once in both is sure to belong together, and of that the longest chain that is in order in both is
 * kept; between two such pairs the same again. Where nothing occurs once, a small rest is compared item by item (longest common
 * subsequence). So text that was moved or repeated does not pull apart what stands around it, which the shortest edit (Myers 1986) does.
 * The depth is bounded, and so is the table for the rest: what is left unmatched then counts as rewritten.
 */
#include "diff/internal.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MOST 32
#define TABLE_MOST (4u << 20) /* cells */

typedef struct {
    uint32_t a, a_end, b, b_end, depth;
} Range;

typedef struct {
    Arena *arena;
    const uint64_t *a, *b;
    uint32_t *partners; /* of a */
    struct {
        Range *items;
        uint32_t count, capacity;
    } open; /* ranges still to be matched */
} Matcher;

typedef struct {
    uint64_t key;
    uint32_t at;
} Keyed;

static int keyed_order(const void *x, const void *y) {
    const Keyed *a = x, *b = y;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static Keyed *keyed_sorted(Arena *arena, const uint64_t *items, uint32_t from, uint32_t end) {
    Keyed *keyed = NEW_ARRAY(arena, Keyed, end - from);
    for (uint32_t i = from; i < end; i++) keyed[i - from] = (Keyed){items[i], i};
    qsort(keyed, end - from, sizeof *keyed, keyed_order);
    return keyed;
}

static bool is_single(const Keyed *keyed, uint32_t count, uint32_t i) {
    return (i == 0 || keyed[i - 1].key != keyed[i].key) && (i + 1 == count || keyed[i + 1].key != keyed[i].key);
}

/* candidates[i]: for item r->a + i its partner, if both occur once in the range. */
static uint32_t *singles_find(const Matcher *m, const Range *r) {
    uint32_t count_a = r->a_end - r->a, count_b = r->b_end - r->b;
    Keyed *a = keyed_sorted(m->arena, m->a, r->a, r->a_end), *b = keyed_sorted(m->arena, m->b, r->b, r->b_end);
    uint32_t *candidates = NEW_ARRAY(m->arena, uint32_t, count_a);
    memset(candidates, 0xFF, count_a * sizeof *candidates);
    for (uint32_t i = 0, k = 0; i < count_a; i++) {
        while (k < count_b && b[k].key < a[i].key) k++;
        if (k < count_b && b[k].key == a[i].key && is_single(a, count_a, i) && is_single(b, count_b, k))
            candidates[a[i].at - r->a] = b[k].at;
    }
    return candidates;
}

/* Keeps, of the candidates, the longest chain that rises: the others become NO_MATCH. Returns its length. */
static uint32_t chain_keep(Arena *arena, uint32_t *candidates, uint32_t count) {
    uint32_t *ends = NEW_ARRAY(arena, uint32_t, count + 1), *before = NEW_ARRAY(arena, uint32_t, count + 1), length = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (candidates[i] == NO_MATCH) continue;
        uint32_t low = 0, high = length;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (candidates[ends[middle]] < candidates[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? ends[low - 1] : NO_MATCH;
        ends[low] = i;
        if (low == length) length++;
    }
    bool *kept = NEW_ARRAY(arena, bool, count + 1);
    for (uint32_t i = length ? ends[length - 1] : NO_MATCH; i != NO_MATCH; i = before[i]) kept[i] = true;
    for (uint32_t i = 0; i < count; i++)
        if (!kept[i]) candidates[i] = NO_MATCH;
    return length;
}

static void range_open(Matcher *m, Range range) {
    if (range.a < range.a_end && range.b < range.b_end) *PUSH(m->arena, &m->open, Range) = range;
}

/* The longest common subsequence of a small rest. */
static void rest_match(Matcher *m, const Range *r) {
    uint64_t rows = r->a_end - r->a + 1, columns = r->b_end - r->b + 1;
    if (rows * columns > TABLE_MOST) return;
    uint32_t *table = NEW_ARRAY(m->arena, uint32_t, rows * columns); /* of what is from here on */
    for (uint64_t i = rows - 1; i-- > 0;)
        for (uint64_t k = columns - 1; k-- > 0;) {
            uint32_t down = table[(i + 1) * columns + k], right = table[i * columns + k + 1];
            bool same = m->a[r->a + i] == m->b[r->b + k];
            table[i * columns + k] = same ? table[(i + 1) * columns + k + 1] + 1 : down > right ? down : right;
        }
    for (uint64_t i = 0, k = 0; i + 1 < rows && k + 1 < columns;) {
        if (m->a[r->a + i] == m->b[r->b + k])
            m->partners[r->a + i++] = r->b + (uint32_t)k++;
        else if (table[(i + 1) * columns + k] >= table[i * columns + k + 1])
            i++;
        else
            k++;
    }
}

static void range_match(Matcher *m, Range r) {
    while (r.a < r.a_end && r.b < r.b_end && m->a[r.a] == m->b[r.b]) m->partners[r.a++] = r.b++;
    while (r.a < r.a_end && r.b < r.b_end && m->a[r.a_end - 1] == m->b[r.b_end - 1]) m->partners[--r.a_end] = --r.b_end;
    if (r.a == r.a_end || r.b == r.b_end || r.depth == DEPTH_MOST) return;
    uint32_t count = r.a_end - r.a, *candidates = singles_find(m, &r);
    if (!chain_keep(m->arena, candidates, count)) {
        rest_match(m, &r);
        return;
    }
    Range between = {.a = r.a, .b = r.b, .depth = r.depth + 1};
    for (uint32_t i = 0; i < count; i++) {
        if (candidates[i] == NO_MATCH) continue;
        m->partners[r.a + i] = candidates[i];
        between.a_end = r.a + i;
        between.b_end = candidates[i];
        range_open(m, between);
        between.a = r.a + i + 1;
        between.b = candidates[i] + 1;
    }
    between.a_end = r.a_end;
    between.b_end = r.b_end;
    range_open(m, between);
}

uint32_t *sequences_match(Arena *arena, const uint64_t *a, uint32_t count_a, const uint64_t *b, uint32_t count_b) {
    Matcher m = {.arena = arena, .a = a, .b = b, .partners = NEW_ARRAY(arena, uint32_t, count_a + 1)};
    memset(m.partners, 0xFF, (count_a + 1) * sizeof *m.partners);
    range_open(&m, (Range){0, count_a, 0, count_b, 0});
    while (m.open.count) {
        Range range = m.open.items[--m.open.count];
        range_match(&m, range);
    }
    return m.partners;
}
