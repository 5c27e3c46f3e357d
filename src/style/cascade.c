/* The cascade: which declarations reach a node, and the style they give it.
 *
 * What a rule can know of a node is its kind, its level, those of its classes that the sheet names (a Key), and which parts of selectors
 * its ancestors have matched (a State). So a style depends on (the parent's style and state, the key) alone; that triple is computed
 * once and then found. A document has a few hundred of them, however long it is, and equal results are one pointer.
 *
 * What a style inherits comes from the parent node. Inlines also pass their background on to what they hold: the words of a
 * marked passage lie in leaves.
 */
#include "style/sheet.h"

#include <string.h>

/* Which proper prefixes of selectors have been matched by the ancestors, in order: one bit each. */
typedef struct {
    uint64_t *bits;
    uint32_t index;
} State;

/* What is known at a node, and passed on to its children. */
typedef struct Computed Computed;
struct Computed {
    const Style *style; /* as the sheet says: what children inherit from */
    const Style *shown; /* and in the sheet's variant */
    const State *state;
    bool is_inline;
    bool emphasised, in_link, link_by_colour; /* as in Varied */
    uint32_t index;
    Computed *below[NODE_KIND_COUNT]; /* children of each kind that have no class or level: nearly all */
};

typedef struct {
    NodeKind kind;
    uint8_t level;
    Pseudo pseudo;
    const uint32_t *classes; /* ids, in the node's order */
    uint32_t class_count;
    const uint32_t *stamps; /* by id: equal to `stamp` when the node has the class */
    uint32_t stamp;
} Key;

typedef struct {
    Arena *arena;
    const Sheet *sheet;
    StrMap *computed_by_key; /* parent's Computed, Key → Computed */
    StrMap *computed_by_value;
    StrMap *styles, *states;
    uint32_t computed_count, style_count, state_count;
    uint32_t words; /* of a State */
    Buf scratch;
    uint32_t *class_ids, *stamps; /* of the node at hand; one for each class that the sheet names */
    uint32_t stamp;
} Cascade;

/* ---- Matching ---------------------------------------------------------------------------------------------------------- */

static bool key_has_class(const Key *key, uint32_t id) { return key->stamps && key->stamps[id] == key->stamp; }

static bool part_matches(const Part *part, const Key *key) {
    if (part->pseudo != key->pseudo) return false;
    if (part->kind != KIND_ANY && (part->kind != key->kind || (part->level != 0 && part->level != key->level))) return false;
    for (uint32_t i = 0; i < part->class_count; i++)
        if (!key_has_class(key, part->class_ids[i])) return false;
    return true;
}

static bool state_has(const State *state, uint32_t bit) { return state && (state->bits[bit / 64] >> (bit % 64) & 1); }

static bool rule_matches(const Rule *rule, const State *above, const Key *key) {
    uint32_t last = rule->selector.part_count - 1;
    if (!part_matches(&rule->selector.parts[last], key)) return false;
    return last == 0 || state_has(above, rule->first_bit + last - 1);
}

/* ---- Interning --------------------------------------------------------------------------------------------------------- */

static const State *state_below(Cascade *c, const State *above, const Key *key) {
    uint64_t *bits = NEW_ARRAY(c->arena, uint64_t, c->words + 1);
    if (above) memcpy(bits, above->bits, c->words * sizeof *bits);
    for (uint32_t r = 0; r < c->sheet->rule_count; r++) {
        const Rule *rule = &c->sheet->rules[r];
        for (uint32_t part = 0; part + 1 < rule->selector.part_count; part++) {
            bool open = part == 0 || state_has(above, rule->first_bit + part - 1);
            if (open && part_matches(&rule->selector.parts[part], key)) {
                uint32_t bit = rule->first_bit + part;
                bits[bit / 64] |= (uint64_t)1 << (bit % 64);
            }
        }
    }
    Str name = {(const char *)bits, c->words * sizeof *bits};
    State *state = strmap_find(c->states, name);
    if (state) return state;
    state = NEW(c->arena, State);
    *state = (State){bits, c->state_count++};
    strmap_put(c->states, name, state);
    return state;
}

static const Style *style_intern(Cascade *c, const Style *style) {
    c->scratch.n = 0;
    for (int id = 0; id < PROPERTY_COUNT; id++) property_serialise(&style_properties[id], style, &c->scratch);
    Style *found = strmap_find(c->styles, buf_str(&c->scratch));
    if (found) return found;
    found = NEW(c->arena, Style);
    *found = *style;
    found->index = c->style_count++;
    strmap_put(c->styles, str_copy(c->arena, buf_str(&c->scratch)), found);
    return found;
}

static Computed *computed_intern(Cascade *c, const Computed *of) {
    uint32_t name[7] = {
        of->style->index, of->shown->index, of->state->index, of->is_inline, of->emphasised, of->in_link, of->link_by_colour};
    Str key = {(const char *)name, sizeof name};
    Computed *computed = strmap_find(c->computed_by_value, key);
    if (computed) return computed;
    computed = NEW(c->arena, Computed);
    *computed = *of;
    computed->index = c->computed_count++;
    strmap_put(c->computed_by_value, str_copy(c->arena, key), computed);
    return computed;
}

/* ---- Computing --------------------------------------------------------------------------------------------------------- */

static bool is_inline(NodeKind kind) {
    return kind != KIND_ANY && (tree_kind(kind)->level == LEVEL_INLINE || tree_kind(kind)->level == LEVEL_LEAF);
}

static void style_compute(
    const Sheet *sheet, const Style *parent, bool parent_is_inline, const State *above, const Key *key, Style *out) {
    const Value *winners[PROPERTY_COUNT] = {NULL};
    for (uint32_t r = 0; r < sheet->rule_count; r++) {
        const Rule *rule = &sheet->rules[r];
        if (!rule_matches(rule, above, key)) continue;
        for (uint32_t i = 0; i < rule->declarations->count; i++)
            winners[rule->declarations->items[i].property] = &rule->declarations->items[i].value;
    }
    *out = sheet->initial;
    for (int id = 0; id < PROPERTY_COUNT; id++) {
        const Property *property = &style_properties[id];
        bool inherits = property->inherited || (property->type == TYPE_BACKGROUND && parent_is_inline);
        if (parent && inherits) property_inherit(property, parent, out);
        if (winners[id]) property_apply(property, winners[id], parent, sheet->page.grid, out);
    }
}

/* The name of what is cached: the parent's number, then the node's Key, as bytes. */
static Str cache_name(Cascade *c, const Computed *parent, const Key *key) {
    uint32_t head[2] = {
        parent ? parent->index + 1 : 0, (uint32_t)key->kind << 16 | (uint32_t)key->level << 8 | (uint32_t)key->pseudo};
    c->scratch.n = 0;
    buf_add(&c->scratch, (Str){(const char *)head, sizeof head});
    if (key->class_count > 0) buf_add(&c->scratch, (Str){(const char *)key->classes, key->class_count * sizeof *key->classes});
    return buf_str(&c->scratch);
}

static void compute_variant(Cascade *c, const Computed *parent, const Key *key, Computed *new) {
    const Style *style = new->style;
    if (new->is_inline && parent) {
        bool bare = key->kind == NODE_LINK && !style->underline && !colour_equal(style->colour, parent->style->colour);
        new->emphasised = style->italic && (!parent->style->italic || parent->emphasised);
        new->in_link = key->kind == NODE_LINK || parent->in_link;
        new->link_by_colour = bare || parent->link_by_colour;
    }
    const Varied of = {key->kind, key->pseudo, new->emphasised, new->in_link, new->link_by_colour};
    Style varied;
    variant_style(c->sheet, &of, style, &varied);
    new->shown = style_intern(c, &varied);
}

static Computed *compute(Cascade *c, const Computed *parent, const Key *key) {
    Str name = cache_name(c, parent, key);
    Computed *known = strmap_find(c->computed_by_key, name);
    if (known) return known;
    name = str_copy(c->arena, name);
    const State *above = parent ? parent->state : NULL;
    Style style;
    style_compute(c->sheet, parent ? parent->style : NULL, parent && parent->is_inline, above, key, &style);
    Computed new = {.is_inline = is_inline(key->kind)};
    new.style = new.shown = style_intern(c, &style);
    if (!variant_is_none(&c->sheet->variant)) compute_variant(c, parent, key, &new);
    new.state = state_below(c, above, key);
    known = computed_intern(c, &new);
    strmap_put(c->computed_by_key, name, known);
    return known;
}

/* ---- Keys -------------------------------------------------------------------------------------------------------------- */

/* Adds a class, when some rule names it and the node has it for the first time. */
static void key_add_class(Cascade *c, Key *key, Str name) {
    const uint32_t *id = strmap_find(c->sheet->classes, name);
    if (!id || key_has_class(key, *id)) return;
    c->stamps[*id] = key->stamp;
    c->class_ids[key->class_count++] = *id;
}

static Key key_of(Cascade *c, const Node *node) {
    Key key = {.kind = node->kind, .level = node_level(node), .classes = c->class_ids, .stamps = c->stamps, .stamp = ++c->stamp};
    if (node_kind_class(node).n > 0) key_add_class(c, &key, node_kind_class(node));
    if (node->kind == NODE_LIST && node->ordered) key_add_class(c, &key, STR("ordered"));
    if (node->kind == NODE_LIST && node->tight) key_add_class(c, &key, STR("tight"));
    if (node->kind == NODE_ITEM && node->task != TASK_NONE) key_add_class(c, &key, STR("task"));
    if ((node->kind == NODE_TABLE_ROW || node->kind == NODE_TABLE_CELL) && node->header) key_add_class(c, &key, STR("header"));
    for (uint16_t i = 0; i < node->more->class_count; i++) key_add_class(c, &key, node->more->classes[i]);
    return key;
}

/* ---- A whole tree ------------------------------------------------------------------------------------------------------ */

static Cascade cascade_new(Arena *arena, const Sheet *sheet) {
    Cascade c = {.arena = arena, .sheet = sheet, .words = (sheet->bit_count + 63) / 64, .scratch = buf_new(arena)};
    c.class_ids = NEW_ARRAY(arena, uint32_t, sheet->class_count + 1);
    c.stamps = NEW_ARRAY(arena, uint32_t, sheet->class_count + 1);
    c.computed_by_key = strmap_new(arena);
    c.computed_by_value = strmap_new(arena);
    c.styles = strmap_new(arena);
    c.states = strmap_new(arena);
    return c;
}

const Style **pseudo_style(Styles *styles, Pseudo pseudo) {
    const Style **const places[PSEUDO_COUNT] = {NULL, &styles->running_head, &styles->running_foot, &styles->marker,
        &styles->paragraph_number, &styles->note_area, &styles->marking, &styles->watermark};
    return places[pseudo];
}

Styles *styles_compute(Arena *arena, const Sheet *sheet, const Tree *tree) {
    Cascade c = cascade_new(arena, sheet);
    Styles *styles = NEW(arena, Styles);
    styles->by_node = NEW_ARRAY(arena, const Style *, tree->count);
    Computed **computed = NEW_ARRAY(arena, Computed *, tree->count);
    for (NodeNumber n = 0; n < tree->count; n++) { /* a parent's number is less than its children's */
        const Node *node = tree->nodes[n];
        Computed *parent = node->parent ? computed[node->parent->number] : NULL;
        Key key = key_of(&c, node);
        bool plain = parent && key.class_count == 0 && key.level == 0;
        computed[n] = plain ? parent->below[key.kind] : NULL;
        if (!computed[n]) computed[n] = compute(&c, parent, &key);
        if (plain) parent->below[key.kind] = computed[n];
        styles->by_node[n] = computed[n]->shown;
    }
    const Key document = {.kind = NODE_DOCUMENT};
    const Computed *root = tree->count > 0 ? computed[0] : compute(&c, NULL, &document);
    for (int i = PSEUDO_NONE + 1; i < PSEUDO_COUNT; i++) {
        const Key key = {.kind = KIND_ANY, .pseudo = (Pseudo)i};
        *pseudo_style(styles, (Pseudo)i) = compute(&c, root, &key)->shown;
    }
    styles->faces = sheet->has_faces ? &sheet->faces : NULL;
    styles->page = variant_page(arena, sheet, tree, styles->paragraph_number);
    return styles;
}

static void style_below_document(const Sheet *sheet, const Key *key, Style *out) {
    const Key document = {.kind = NODE_DOCUMENT};
    Style root;
    style_compute(sheet, NULL, false, NULL, &document, &root);
    if (key->kind == NODE_DOCUMENT)
        *out = root;
    else
        style_compute(sheet, &root, false, NULL, key, out);
}

void sheet_style_of_kind(const Sheet *sheet, NodeKind kind, Style *out) {
    style_below_document(sheet, &(Key){.kind = kind}, out);
}

void sheet_style_of_pseudo(const Sheet *sheet, Pseudo pseudo, Style *out) {
    style_below_document(sheet, &(Key){.kind = KIND_ANY, .pseudo = pseudo}, out);
}
