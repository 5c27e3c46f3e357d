/* Selectors: "box.summary paragraph" → parts, and the CSS that says the same.
 *
 * Special is what CSS calls specific: classes count first, then kinds, both as they stand in the selector that the EPUB gets. So the
 * PDF and the EPUB agree on which rule wins.
 */
#include "style/sheet.h"

#define LEVELS 6

static const char *const pseudo_names[PSEUDO_COUNT] = {
    "", "running-head", "running-foot", "marker", "paragraph-number", "note-area", "marking", "watermark"};

/* Kinds whose nodes have a level, and the selector of each in the EPUB. XHTML nests the contents' lists as deep as their entries. */
#define ENTRY(outer) "section > ol.contents" outer " > .contents-entry"
#define DEEPER " > li > ol.contents"
static const struct {
    NodeKind kind;
    const char *names[LEVELS], *css[LEVELS];
} levelled[] = {
    {NODE_HEADING, {"heading-1", "heading-2", "heading-3", "heading-4", "heading-5", "heading-6"},
        {"section h1", "h2", "h3", "h4", "h5", "h6"}},
    {NODE_CONTENTS_ENTRY,
        {"contents-entry-1", "contents-entry-2", "contents-entry-3", "contents-entry-4", "contents-entry-5", "contents-entry-6"},
        {ENTRY(""), ENTRY(DEEPER), ENTRY(DEEPER DEEPER), ENTRY(DEEPER DEEPER DEEPER), ENTRY(DEEPER DEEPER DEEPER DEEPER),
            ENTRY(DEEPER DEEPER DEEPER DEEPER DEEPER)}},
};
#define LEVELLED (sizeof levelled / sizeof levelled[0])

Str pseudo_name(Pseudo pseudo) { return str_from(pseudo_names[pseudo]); }

uint8_t node_level(const Node *node) {
    for (size_t i = 0; i < LEVELLED; i++)
        if (levelled[i].kind == node->kind && node->value >= 1 && node->value <= LEVELS) return (uint8_t)node->value;
    return 0;
}

Str node_kind_class(const Node *node) {
    bool counts = node->kind == NODE_BOX || node->kind == NODE_DIV || node->kind == NODE_FRONT || node->kind == NODE_CONTENTS;
    return counts ? node->more->variant : STR("");
}

/* ---- Reading --------------------------------------------------------------------------------------------------------- */

static bool read_kind(Str name, Part *part) {
    for (uint32_t i = 0; i < LEVELLED * LEVELS; i++) {
        if (!str_is(name, levelled[i / LEVELS].names[i % LEVELS])) continue;
        part->kind = levelled[i / LEVELS].kind;
        part->level = (uint8_t)(i % LEVELS + 1);
        return true;
    }
    for (int i = PSEUDO_NONE + 1; i < PSEUDO_COUNT; i++) {
        if (!str_is(name, pseudo_names[i])) continue;
        part->pseudo = (Pseudo)i;
        return true;
    }
    return tree_kind_find(name, &part->kind);
}

static void explain_kind(Arena *arena, Str name, Problem *problem) {
    Str candidates[NODE_KIND_COUNT + LEVELLED * LEVELS + PSEUDO_COUNT];
    size_t count = 0;
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) candidates[count++] = str_from(tree_kind((NodeKind)kind)->name);
    for (uint32_t i = 0; i < LEVELLED * LEVELS; i++) candidates[count++] = str_from(levelled[i / LEVELS].names[i % LEVELS]);
    for (int i = PSEUDO_NONE + 1; i < PSEUDO_COUNT; i++) candidates[count++] = str_from(pseudo_names[i]);
    Str nearest = str_nearest(name, candidates, count);
    problem->message = str_format(arena, "there is no kind “" STR_FMT "”", STR_ARG(name));
    problem->hint = nearest.n > 0 ? str_format(arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest))
                                  : str_format(arena, "a class begins with a full stop: “." STR_FMT "”", STR_ARG(name));
}

/* What attributes in a document can name: anything but white space and what separates here. */
static size_t name_end(Str text, size_t at) {
    while (at < text.n && text.p[at] != ' ' && text.p[at] != '.' && text.p[at] != '\t' && text.p[at] != '\n') at++;
    return at;
}

static bool read_part(Arena *arena, Str text, Part *part, Problem *problem) {
    *part = (Part){.kind = KIND_ANY};
    size_t at = name_end(text, 0);
    Str name = str_slice(text, 0, at);
    if (name.n > 0 && !read_kind(name, part)) {
        explain_kind(arena, name, problem);
        return false;
    }
    struct {
        Str *items;
        uint32_t count, capacity;
    } classes = {0};
    while (at < text.n) {
        size_t end = name_end(text, at + 1);
        if (end == at + 1) {
            problem->message = str_format(arena, "“" STR_FMT "” has a full stop without a class", STR_ARG(text));
            return false;
        }
        *PUSH(arena, &classes, Str) = str_slice(text, at + 1, end);
        at = end;
    }
    part->classes = classes.items;
    part->class_count = classes.count;
    return true;
}

/* ---- As CSS ---------------------------------------------------------------------------------------------------------- */

/* Kinds that their XHTML element alone does not tell, or that have several. epub.h says which classes there are. */
static const struct {
    NodeKind kind;
    const char *css[CSS_ALTERNATIVES + 1];
} special_css[] = {
    {NODE_TITLE_BLOCK, {".title-block"}},
    {NODE_TITLE, {".title-block h1"}},
    {NODE_SUBTITLE, {".subtitle"}},
    {NODE_STANDFIRST, {".standfirst"}},
    {NODE_BYLINE, {".byline"}},
    {NODE_DATELINE, {".dateline"}},
    {NODE_HEADING, {"h2", "h3", "h4", "h5", "h6", "section h1"}},
    {NODE_LIST, {"ul", "ol"}},
    {NODE_TABLE_CELL, {"td", "th"}},
    {NODE_CAPTION, {"figcaption", "caption"}},
    {NODE_FIGURES, {".figures"}},
    {NODE_CREDIT, {".credit"}},
    {NODE_DESCRIPTION, {".description"}},
    {NODE_PULL_QUOTE, {".pull-quote"}},
    {NODE_PULL_COPY, {".pull-copy"}},
    {NODE_ATTRIBUTION, {".attribution"}},
    {NODE_BOX, {".box"}},
    {NODE_BOX_TITLE, {".box-title"}},
    {NODE_NOTES, {".notes"}},
    {NODE_NOTE, {".notes > ol > li", ".footnotes > ol > li"}},
    {NODE_CONTENTS, {"ol.contents"}},
    {NODE_CONTENTS_ENTRY, {".contents-entry"}},
    {NODE_DEFINITION_GROUP, {"dl > div"}},
    {NODE_FRONT, {".front"}},
    {NODE_FRONT_LINE, {".front-line"}},
    {NODE_STATUS, {".status"}},
    {NODE_PAGE_REFERENCE, {".page-reference"}},
    {NODE_PAGE_BREAK, {".page-break"}},
    {NODE_NOTE_REFERENCE, {"a[role=\"doc-noteref\"]"}},
};

static const char *const pseudo_css[PSEUDO_COUNT] = {
    NULL, NULL, NULL, "li::marker", ".paragraph-number", ".footnotes", ".marking-repeat", NULL};

/* Classes of ours that XHTML has an element for. */
static const struct {
    NodeKind kind;
    const char *class_name, *css;
} element_css[] = {{NODE_LIST, "ordered", "ol"}, {NODE_TABLE_CELL, "header", "th"}, {NODE_TABLE_ROW, "header", "thead tr"}};

uint32_t part_css(const Part *part, const char *out[CSS_ALTERNATIVES], Str *dropped) {
    *dropped = STR("");
    if (part->pseudo != PSEUDO_NONE) return out[0] = pseudo_css[part->pseudo], out[0] != NULL;
    if (part->kind == KIND_ANY) return out[0] = "", 1;
    for (size_t i = 0; i < LEVELLED && part->level > 0; i++)
        if (levelled[i].kind == part->kind) return out[0] = levelled[i].css[part->level - 1], 1;
    for (size_t i = 0; i < sizeof element_css / sizeof element_css[0]; i++)
        for (uint32_t c = 0; c < part->class_count && element_css[i].kind == part->kind; c++)
            if (str_is(part->classes[c], element_css[i].class_name)) {
                *dropped = part->classes[c];
                return out[0] = element_css[i].css, 1;
            }
    for (size_t i = 0; i < sizeof special_css / sizeof special_css[0]; i++) {
        if (special_css[i].kind != part->kind) continue;
        uint32_t count = 0;
        for (; special_css[i].css[count]; count++) out[count] = special_css[i].css[count];
        return count;
    }
    const char *element = tree_kind(part->kind)->xhtml;
    if (element[0] == '\0') return 0;
    return out[0] = element, 1;
}

const char *part_css_tail(const Part *part) { return part->kind == NODE_CONTENTS_ENTRY ? " > a" : ""; }

static void count_css(const char *css, uint32_t *classes, uint32_t *elements) {
    for (const char *c = css; *c; c++) {
        if (*c == '.' || *c == '[') (*classes)++;
        bool letter = *c >= 'a' && *c <= 'z';
        if (letter && (c == css || c[-1] == ' ')) (*elements)++;
    }
}

static uint32_t specificity_of(const Selector *selector) {
    uint32_t classes = 0, elements = 0;
    for (uint32_t i = 0; i < selector->part_count; i++) {
        const Part *part = &selector->parts[i];
        const char *css[CSS_ALTERNATIVES];
        Str dropped;
        if (part_css(part, css, &dropped) > 0) count_css(css[0], &classes, &elements);
        classes += part->class_count;
        if (i + 1 == selector->part_count) count_css(part_css_tail(part), &classes, &elements);
    }
    return classes * 256 + elements;
}

bool selector_read(Arena *arena, Str text, Selector *out, Problem *problem) {
    *out = (Selector){0};
    *problem = (Problem){STR(""), STR("")};
    text = str_trim(text);
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && text.p[end] != ' ') end++;
        if (out->part_count == SELECTOR_PARTS) {
            problem->message = str_format(arena, "a selector has at most %d parts", SELECTOR_PARTS);
            return false;
        }
        if (!read_part(arena, str_slice(text, at, end), &out->parts[out->part_count++], problem)) return false;
        at = end;
        while (at < text.n && text.p[at] == ' ') at++;
    }
    if (out->part_count == 0) {
        problem->message = STR("a selector is empty");
        return false;
    }
    for (uint32_t i = 0; i < out->part_count; i++) {
        if (out->parts[i].pseudo == PSEUDO_NONE || (out->part_count == 1 && out->parts[i].class_count == 0)) continue;
        problem->message = str_format(arena, "“" STR_FMT "” has a part that stands for itself only", STR_ARG(text));
        problem->hint = STR("parts of the page, and labels, take no class and no other part");
        return false;
    }
    out->specificity = specificity_of(out);
    return true;
}
