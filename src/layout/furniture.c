/* furniture: running heads and feet, when all pages are known. They are pagination artifacts (ISO 32000-1 §14.8.2.2.2). */
#include "layout/compose.h"

#include "resolve/resolve.h"

typedef struct {
    Composer *c;
    const Layout *layout;
    uint32_t page;
    Str section; /* the top-level section that the page is in */
} Furnished;

static Str page_number(const Furnished *f) { return f->layout->items[f->page].label; }

static Str page_count(const Furnished *f) { return str_format(f->c->arena, "%u", f->layout->count); }

static Str placeholder_value(const Furnished *f, Str name) {
    const Meta *meta = &f->c->tree->meta;
    Str language = tree_language(f->c->tree, f->c->tree->root);
    if (str_is(name, "title")) return meta->title;
    if (str_is(name, "publisher")) return meta->publisher;
    if (str_is(name, "date")) return meta->date_text;
    if (str_is(name, "reference")) return meta->reference;
    if (str_is(name, "section")) return f->section;
    if (str_is(name, "page")) return page_number(f);
    if (str_is(name, "pages")) return page_count(f);
    if (str_is(name, "page-of-pages")) return label_format(f->c->arena, language, LABEL_PAGE_OF, page_number(f), page_count(f));
    return (Str){0};
}

/* Fills in placeholders. Separators at the ends, left by what the document does not have, are dropped. */
static Str furniture_text(const Furnished *f, Str pattern) {
    Buf out = buf_new(f->c->arena);
    for (size_t at = 0; at < pattern.n;) {
        size_t end = at;
        if (pattern.p[at] == '{')
            while (end < pattern.n && pattern.p[end] != '}') end++;
        if (end > at && end < pattern.n) {
            buf_add(&out, placeholder_value(f, str_slice(pattern, at + 1, end)));
            at = end + 1;
        } else {
            buf_add_char(&out, pattern.p[at++]);
        }
    }
    Str text = str_trim(buf_str(&out));
    Str dot = STR("\xC2\xB7");
    while (str_ends(text, dot)) text = str_trim(str_slice(text, 0, text.n - dot.n));
    while (str_starts(text, dot)) text = str_trim(str_slice(text, dot.n, text.n));
    return text;
}

/* Cuts a text that is too wide at a word, with an ellipsis. */
static Line furniture_line(Composer *c, const Style *style, Str text, ArtifactKind kind, Lu limit, Lu *width) {
    Line line = line_of_text(c, style, text, NULL, RUN_TEXT, kind, width);
    while (*width > limit && text.n) {
        size_t cut = text.n;
        while (cut && text.p[cut - 1] != ' ') cut--;
        text = str_trim(str_slice(text, 0, cut));
        if (!text.n) break;
        line = line_of_text(c, style, str_format(c->arena, STR_FMT "\xE2\x80\xA6", STR_ARG(text)), NULL, RUN_TEXT, kind, width);
    }
    return line;
}

static void box_append(Composer *c, Page *page, LayoutBox box) {
    struct {
        LayoutBox *items;
        uint32_t count, capacity;
    } list = {page->items, page->count, page->capacity};
    *PUSH(c->arena, &list, LayoutBox) = box;
    page->items = list.items;
    page->count = list.count;
    page->capacity = list.capacity;
}

static void band_add(
    const Furnished *f, Page *page, const Furniture *furniture, const Style *style, Lu baseline, ArtifactKind kind) {
    Composer *c = f->c;
    Str texts[3] = {
        furniture_text(f, furniture->left), furniture_text(f, furniture->centre), furniture_text(f, furniture->right)};
    Lu left = c->styles->page->margin_left, measure = page->width - left - c->styles->page->margin_right;
    Lu right_width = 0;
    if (texts[2].n) line_of_text(c, style, texts[2], NULL, RUN_TEXT, kind, &right_width);
    for (int i = 0; i < 3; i++) {
        if (!texts[i].n) continue;
        Lu width, limit = i == 0 ? measure - right_width - style->size * 2 : measure;
        Line line = furniture_line(c, style, texts[i], kind, limit, &width);
        Lu x = i == 0 ? left : i == 1 ? left + (measure - width) / 2 : left + measure - width;
        line_move(&line, x, baseline);
        Line *kept = NEW(c->arena, Line);
        *kept = line;
        box_append(c, page,
            (LayoutBox){.kind = BOX_LINES,
                .artifact = kind,
                .lines = kept,
                .line_count = 1,
                .rect = {x, baseline - style_baseline(c, style), width, style->leading}});
    }
}

static void rule_add(const Furnished *f, Page *page, const Border *rule, Lu y) {
    const PageStyle *style = f->c->styles->page;
    if (!rule->width) return;
    box_append(f->c, page,
        (LayoutBox){.kind = BOX_FILL,
            .artifact = ARTIFACT_DECORATION,
            .colour = rule->colour,
            .rect = {style->margin_left, y, page->width - style->margin_left - style->margin_right, rule->width}});
}

static bool furniture_is_empty(const Furniture *f) { return !f->left.n && !f->centre.n && !f->right.n; }

void furniture_add(Composer *c, Layout *layout) {
    const PageStyle *style = c->styles->page;
    Furnished f = {.c = c, .layout = layout};
    const Node *section = NULL;
    for (uint32_t i = 0; i < layout->count; i++) {
        Page *page = &layout->items[i];
        for (const Node *n = page->start_node; n; n = n->parent)
            if (n->kind == NODE_SECTION && n->parent && n->parent->kind == NODE_DOCUMENT) section = n;
        f.section = section && section->first ? node_text(c->arena, section->first) : (Str){0};
        f.page = i;
        const Furniture *head = i == 0 ? &style->first_head : &style->head, *foot = i == 0 ? &style->first_foot : &style->foot;
        const Style *head_style = c->styles->running_head, *foot_style = c->styles->running_foot;
        if (!furniture_is_empty(head)) {
            band_add(&f, page, head, head_style, style->head_baseline, ARTIFACT_HEAD);
            rule_add(&f, page, &style->head_rule, style->head_baseline + head_style->size * 5 / 8);
        }
        if (!furniture_is_empty(foot)) {
            rule_add(&f, page, &style->foot_rule, style->foot_baseline - head_style->leading * 5 / 4);
            band_add(&f, page, foot, foot_style, style->foot_baseline, ARTIFACT_FOOT);
        }
    }
}
