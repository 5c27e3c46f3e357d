/* Conclusions and recommendations, gathered: what a report asks for, once more in one place, under the headings of the chapters and numbered
 * from 1 as the originals are. Each item says in which paragraph it stands, or on which page, and leads there. They stand where the author
 * has put `::: recommendations-list`, else at the end, before the annexes and the notes.
 */
#include "resolve/passes.h"

#define LEVEL_DEEPEST 6
static const char list_name[] = "recommendations-list";

/* Where the groups go: before `before` in `section`, at its end when that is NULL. */
typedef struct {
    Node *section; /* NULL: nowhere */
    Node *before;
    int32_t level; /* of the groups' headings */
    Str language;
} Gathering;

static bool is_list(const Node *node) {
    return (node->kind == NODE_DIV || node->kind == NODE_BOX) && str_is(node->more->variant, list_name);
}

/* The place that the author has given them; *language: what is spoken there. Others are told of and go, unless they hold words. */
static Node *take_place(Resolution *r, bool wanted, Str *language) {
    Node *root = r->tree->root, *place = NULL;
    LanguageWalk walk = language_walk(r);
    for (Node *node = root, *next; node; node = next) {
        Str here = language_at(&walk, node);
        next = language_next_block(&walk, node);
        if (!is_list(node)) continue;
        bool sound = node->parent->kind == NODE_DOCUMENT || node->parent->kind == NODE_SECTION;
        if (wanted && sound && !place) {
            place = node;
            *language = here;
            continue;
        }
        diag(r->d, DIAG_WARNING, list_name, node_place(r->tree, node),
            !wanted ? "mark them as “::: recommendation” or “::: conclusion”"
                    : "let it stand once, and neither in a list nor in a quotation nor in another division",
            wanted ? "recommendations are not gathered here" : "there are no recommendations to gather here");
        if (!node->first) node_unlink(node); /* the walk is past it */
    }
    return place;
}

static Node *section_new(Resolution *r, Node *heading) {
    Node *section = added_new(r, NODE_SECTION, "recommendations");
    section->generated = heading->generated;
    node_append(section, heading);
    return section;
}

static Node *own_heading(Resolution *r, Str language) {
    Node *heading =
        heading_new(r, level_top(r), STR("conclusions-and-recommendations"), label_text(language, LABEL_RECOMMENDATIONS));
    if (!str_equal(language, r->tree->meta.language)) node_more(r->arena, heading)->language = language;
    return heading;
}

static void put(const Gathering *g, Node *node) {
    if (g->before)
        node_insert_before(g->before, node);
    else
        node_append(g->section, node);
}

/* A heading right before the list is the list's own; behind other words it is the heading of those. */
static bool has_own_section(const Node *list) {
    return list->parent->kind == NODE_SECTION && list->previous && list->previous->kind == NODE_HEADING;
}

/* A section of its own for the list, as high as its heading wants to be: out of the sections that the list ends, below those that it does not. */
static Node *section_place(Resolution *r, Node *list, Node *heading) {
    Node *place = list;
    while (place->parent->kind == NODE_SECTION && place->parent->first->value >= heading->value && !place->next)
        place = place->parent;
    if (place->parent->kind == NODE_SECTION && place->parent->first->value >= heading->value)
        heading->value = place->parent->first->value < LEVEL_DEEPEST ? place->parent->first->value + 1 : LEVEL_DEEPEST;
    Node *section = section_new(r, heading);
    if (place == list)
        node_insert_before(list, section);
    else
        node_insert_after(place, section);
    return section;
}

/* In place of `list`. What it holds comes first. It has a heading of its own when it begins with one, or when that of its section is; else it
 * gets one. */
static Gathering gather_at(Resolution *r, Node *list, Str language) {
    Gathering g = {.section = list->parent, .before = list->next, .language = language};
    Node *heading = list->first && list->first->kind == NODE_HEADING ? list->first : NULL;
    if (heading)
        node_unlink(heading);
    else if (!has_own_section(list))
        heading = own_heading(r, language);
    if (heading) {
        g.section = section_place(r, list, heading);
        g.before = NULL;
    }
    g.level = g.section->first->value + 1; /* a section begins with its heading */
    while (list->first) {
        Node *child = list->first;
        node_unlink(child);
        put(&g, child);
    }
    node_unlink(list);
    return g;
}

static Gathering gather_at_end(Resolution *r) {
    Node *before = r->tree->root->first;
    for (; before && before->kind != NODE_NOTES; before = before->next) {
        const Node *heading = before->kind == NODE_SECTION ? before->first : NULL;
        if (heading && node_has_class(heading, "annex")) break;
    }
    Str language = r->tree->meta.language;
    Node *section = section_new(r, own_heading(r, language));
    if (before)
        node_insert_before(before, section);
    else
        node_append(r->tree->root, section);
    return (Gathering){.section = section, .level = section->first->value + 1, .language = language};
}

/* A section headed by the chapter's words, without its number: the list has its own. */
static Node *group_new(Resolution *r, const Gathering *g, const Node *chapter) {
    const Node *from = chapter->first;
    Node *group = added_new(r, NODE_SECTION, NULL), *heading = added_new(r, NODE_HEADING, "unnumbered");
    node_add_class(r->arena, heading, STR("unlisted")); /* the contents have the chapter itself */
    heading->value = g->level < LEVEL_DEEPEST ? g->level : LEVEL_DEEPEST;
    Str language = tree_language(r->tree, from);
    if (!str_equal(language, g->language)) node_more(r->arena, heading)->language = language;
    bool has_number = from->first && from->first->kind == NODE_TEXT && from->first->generated;
    words_copy(r->arena, from, heading, (WordsCopy){.skip = has_number ? from->first : NULL, .image_words = true});
    if (!heading->first) return group;
    ids_take(r->ids, str_format(r->arena, "recommendations-" STR_FMT, STR_ARG(from->more->id)), heading);
    node_append(group, heading);
    return group;
}

/* "(Paragraph 34)" at the end of the item, leading there; without such numbers "(page 12)". */
static void add_way_back(Resolution *r, const Recommendation *recommendation, Node *item) {
    Node *paragraph = item->last;
    if (!paragraph || paragraph->kind != NODE_PARAGRAPH) {
        paragraph = added_new(r, NODE_PARAGRAPH, NULL);
        node_append(item, paragraph);
    }
    const Node *leaf = NULL; /* the last one; behind it there may be spans of nothing */
    for (const Node *n = node_next(paragraph, paragraph); n; n = node_next(n, paragraph))
        if (tree_kind(n->kind)->level == LEVEL_LEAF) leaf = n;
    if (leaf && leaf->kind != NODE_LINE_BREAK) node_append(paragraph, text_new(r->arena, STR(" "), NULL, true));
    Node *link = added_new(r, NODE_LINK, "paragraph-link");
    const Node *first = recommendation->box->first;
    while (first && (first->kind != NODE_PARAGRAPH || first->more->label.n == 0)) first = first->next;
    const Node *target = first ? first : recommendation->box;
    node_more(r->arena, link)->target = str_format(r->arena, "#" STR_FMT, STR_ARG(target->more->id));
    link->value = LINK_RESOLVED;
    node_append(paragraph, link);
    if (first) {
        Str number = str_format(r->arena, "%d", (int)first->value);
        Str words = label_format(r->arena, recommendation->language, LABEL_PARAGRAPH_BACK, number, (Str){0});
        node_append(link, text_new(r->arena, words, NULL, true));
        return;
    }
    node_append(link, text_new(r->arena, STR("("), NULL, true));
    page_append(r, link, label_text(recommendation->language, LABEL_PAGE_N), link->more->target);
    node_append(link, text_new(r->arena, STR(")"), NULL, true));
}

static Node *item_new(Resolution *r, const Gathering *g, const Recommendation *recommendation) {
    const Node *box = recommendation->box;
    bool conclusion = str_is(box->more->variant, "conclusion");
    Node *item = added_new(r, NODE_ITEM, str_c(r->arena, box->more->variant));
    item->line = box->line;
    item->column = box->column;
    item->value = box->value;
    if (!str_equal(recommendation->language, g->language)) node_more(r->arena, item)->language = recommendation->language;
    ids_take(r->ids, str_format(r->arena, "summary-" STR_FMT "-%d", STR_ARG(box->more->variant), (int)box->value), item);
    numbered_put(r, item, conclusion ? LABEL_CONCLUSION_N : LABEL_RECOMMENDATION_N, item->value);
    for (const Node *child = box->first; child; child = child->next) {
        Node *copy = block_copy(r->arena, child);
        if (copy) node_append(item, copy);
    }
    add_way_back(r, recommendation, item);
    return item;
}

static Node *list_new(Resolution *r, int32_t first) {
    Node *list = added_new(r, NODE_LIST, "recommendations");
    list->ordered = true;
    list->value = first;
    return list;
}

void resolve_recommendations(Resolution *r) {
    const Recommendations *all = &r->recommendations;
    bool wanted = r->tree->meta.recommendations != 0 && all->count > 0;
    Str language = r->tree->meta.language;
    Node *place = take_place(r, wanted, &language);
    if (!wanted) return;
    Gathering g = place ? gather_at(r, place, language) : gather_at_end(r);
    Node *list = NULL;
    for (uint32_t i = 0; i < all->count; i++) {
        const Recommendation *recommendation = &all->items[i];
        if (i == 0 || recommendation->chapter != all->items[i - 1].chapter) {
            list = list_new(r, recommendation->box->value);
            Node *group = recommendation->chapter ? group_new(r, &g, recommendation->chapter) : list;
            if (group != list) node_append(group, list);
            put(&g, group);
        }
        node_append(list, item_new(r, &g, recommendation));
    }
}
