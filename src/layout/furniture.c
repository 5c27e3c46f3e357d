/* furniture: running heads and feet, markings and watermarks, when all pages are known. They are pagination artifacts (ISO 32000-1 §14.8.2.2.2). */
#include "layout/compose.h"

#include "resolve/resolve.h"

#include <string.h>

typedef struct {
    Composer *c;
    const Layout *layout;
    uint32_t page;
    PageGeometry at; /* where on the page its text stands */
    Str section; /* the top-level section that the page is in */
} Furnished;

typedef struct {
    Str head, foot, watermark; /* empty: none */
} Status;

static Str page_number(const Furnished *f) { return f->layout->items[f->page].label; }

static Str page_count(const Furnished *f) {
    uint32_t all = f->layout->count - f->c->blank_pages, body = all - f->c->front_pages;
    return str_format(f->c->lasting, "%u", body ? body : all);
}

static bool in_front(const Furnished *f) { return f->page < f->c->front_pages; }

/* "Page 3 of 12"; pages of the front are not among those counted: "Page iv". */
static Str page_of_pages(const Furnished *f, Str language) {
    if (in_front(f))
        return str_format(f->c->lasting, STR_FMT " " STR_FMT, STR_ARG(label_text(language, LABEL_PAGE)), STR_ARG(page_number(f)));
    return label_format(f->c->lasting, language, LABEL_PAGE_OF, page_number(f), page_count(f));
}

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
    if (str_is(name, "page-of-pages")) return page_of_pages(f, language);
    return (Str){0};
}

/* Fills in placeholders. Separators at the ends, left by what the document does not have, are dropped. */
static Str furniture_text(const Furnished *f, Str pattern) {
    Buf out = buf_new(f->c->lasting);
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

#define TEXT_MOST 1000 /* bytes of a head or foot that are tried: more do not fit on any page */

/* Cuts a text that is too wide at a word, with an ellipsis; one of which nothing would be left is left out. */
static Line furniture_line(Composer *c, const Style *style, Str text, ArtifactKind kind, Lu limit, Lu *width) {
    if (text.n > TEXT_MOST) text.n = TEXT_MOST; /* the last word is not whole, and is cut */
    Line line = line_of_text(c, style, text, NULL, RUN_TEXT, kind, width);
    while (*width > limit && text.n) {
        size_t cut = text.n;
        while (cut && text.p[cut - 1] != ' ') cut--;
        text = str_trim(str_slice(text, 0, cut));
        if (!text.n) {
            *width = 0;
            return (Line){0};
        }
        line = line_of_text(c, style, str_format(c->lasting, STR_FMT "\xE2\x80\xA6", STR_ARG(text)), NULL, RUN_TEXT, kind, width);
    }
    return line;
}

static void box_append(Composer *c, Page *page, LayoutBox box) {
    struct {
        LayoutBox *items;
        uint32_t count, capacity;
    } list = {page->items, page->count, page->capacity};
    *PUSH(c->lasting, &list, LayoutBox) = box;
    page->items = list.items;
    page->count = list.count;
    page->capacity = list.capacity;
}

static void line_append(
    Composer *c, Page *page, const Line *line, const Style *style, Lu x, Lu baseline, Lu width, ArtifactKind kind) {
    Line *kept = lines_keep(c->lasting, line, 1);
    box_append(c, page,
        (LayoutBox){.kind = BOX_LINES,
            .artifact = kind,
            .lines = kept,
            .line_count = 1,
            .rect = {x, baseline - style_baseline(c, style), width, style->leading}});
}

static bool is_landscape(const Composer *c, const Page *page) { return page->width != c->styles->page->width; }

static void band_add(
    const Furnished *f, Page *page, const Furniture *furniture, const Style *style, Lu baseline, ArtifactKind kind) {
    Composer *c = f->c;
    bool turned = page_is_left(c, f->page) && !is_landscape(c, page); /* what stands outside stands outside on both sides */
    Str texts[3] = {furniture_text(f, turned ? furniture->right : furniture->left), furniture_text(f, furniture->centre),
        furniture_text(f, turned ? furniture->left : furniture->right)};
    Lu left = f->at.left, measure = f->at.text_width;
    Lu right_width = 0;
    if (texts[2].n) line_of_text(c, style, str_slice(texts[2], 0, TEXT_MOST), NULL, RUN_TEXT, kind, &right_width);
    if (right_width > measure) right_width = measure;
    for (int i = 0; i < 3; i++) {
        if (!texts[i].n) continue;
        Lu width, limit = i == 0 ? measure - right_width - style->size * 2 : measure;
        Line line = furniture_line(c, style, texts[i], kind, limit, &width);
        Lu x = i == 0 ? left : i == 1 ? left + (measure - width) / 2 : left + measure - width;
        if (!line.run_count) continue;
        line_move(&line, x, baseline);
        line_append(c, page, &line, style, x, baseline, width, kind);
    }
}

static void rule_add(const Furnished *f, Page *page, const Border *rule, Lu y) {
    if (!rule->width) return;
    box_append(f->c, page,
        (LayoutBox){.kind = BOX_FILL,
            .artifact = ARTIFACT_DECORATION,
            .colour = rule->colour,
            .rect = {f->at.left, y, f->at.text_width, rule->width}});
}

/* ---- Status: what must be seen on every page ------------------------------------------------------------------------ */

#define EDGE (5 * LU_PT) /* nearer to the paper's edge nothing is set */

static Status status_of(const Composer *c) {
    const Meta *meta = &c->tree->meta;
    Status status = {.foot = str_trim(meta->marking), .head = str_trim(meta->marking), .watermark = str_trim(meta->draft)};
    Str embargo = str_trim(meta->embargo);
    if (embargo.n && status.head.n)
        status.head = str_format(c->lasting, STR_FMT " \xC2\xB7 " STR_FMT, STR_ARG(status.head), STR_ARG(embargo));
    else if (embargo.n)
        status.head = embargo;
    return status;
}

/* Centred on the page, beyond the head and the foot as far as the paper allows. */
static void marking_add(const Furnished *f, Page *page, Str text, bool head) {
    Composer *c = f->c;
    if (!text.n) return;
    Style look = c->styles->marking ? *c->styles->marking : *c->styles->running_head;
    if (!c->styles->marking) look.bold = true;
    Lu width;
    Line line = line_of_text(c, &look, text, NULL, RUN_TEXT, ARTIFACT_MARKING, &width);
    if (width > f->at.text_width) { /* rather smaller than cut */
        look.size = (Lu)((int64_t)look.size * f->at.text_width / width);
        line = line_of_text(c, &look, text, NULL, RUN_TEXT, ARTIFACT_MARKING, &width);
    }
    Lu ascent = style_baseline(c, &look), below = look.leading - ascent;
    Lu baseline = head ? f->at.head_baseline - look.leading * 5 / 4 : f->at.foot_baseline + look.leading * 5 / 4;
    if (head && baseline < ascent + EDGE) baseline = ascent + EDGE;
    if (!head && baseline > page->height - below - EDGE) baseline = page->height - below - EDGE;
    Lu x = f->at.left + (f->at.text_width - width) / 2;
    line_move(&line, x, baseline);
    line_append(c, page, &line, &look, x, baseline, width, ARTIFACT_MARKING);
}

/* One line across the page, below all else: drawn first. It is made to fit: its half stands out by 0.71 of itself. */
static void watermark_add(const Furnished *f, Page *page, Str text) {
    Composer *c = f->c;
    if (!text.n) return;
    Style look = c->styles->running_head ? *c->styles->running_head : (Style){0};
    look.size = page->width / 5;
    look.bold = true;
    look.colour = (Colour){232, 232, 232};
    if (c->styles->watermark) look = *c->styles->watermark;
    Lu width, limit = page->width;
    Line line = line_of_text(c, &look, text, NULL, RUN_TEXT, ARTIFACT_WATERMARK, &width);
    if (width > limit) {
        look.size = (Lu)((int64_t)look.size * limit / width);
        line = line_of_text(c, &look, text, NULL, RUN_TEXT, ARTIFACT_WATERMARK, &width);
    }
    if (!line.run_count || look.size < LU_PT) return;
    line.run_count = 1; /* a watermark is one run: in one face */
    Line *kept = lines_keep(c->lasting, &line, 1);
    kept->baseline = page->height / 2;
    kept->runs[0].turned = true;
    kept->runs[0].x = page->width / 2;
    kept->runs[0].y = page->height / 2;
    Lu half = (Lu)((int64_t)(width + look.size) * 354 / 1000);
    box_append(c, page, (LayoutBox){0});
    memmove(&page->items[1], &page->items[0], (page->count - 1) * sizeof *page->items);
    page->items[0] = (LayoutBox){.kind = BOX_LINES,
        .artifact = ARTIFACT_WATERMARK,
        .lines = kept,
        .line_count = 1,
        .rect = {page->width / 2 - half, page->height / 2 - half, half * 2, half * 2}};
}

/* ---- All of it ------------------------------------------------------------------------------------------------------ */

static bool furniture_is_empty(const Furniture *f) { return !f->left.n && !f->centre.n && !f->right.n; }

/* A cover and the page behind it stand by themselves. */
static bool is_bare(const Page *page) {
    const Node *front = page->start_node ? node_ancestor(page->start_node, NODE_FRONT) : NULL;
    return front && (str_is(front->more->variant, "cover") || str_is(front->more->variant, "verso"));
}

static void head_and_foot_add(Furnished *f, Page *page) {
    const PageStyle *style = f->c->styles->page;
    bool first = f->page == 0;
    const Furniture *head = first ? &style->first_head : &style->head, *foot = first ? &style->first_foot : &style->foot;
    const Style *head_style = f->c->styles->running_head, *foot_style = f->c->styles->running_foot;
    if (!furniture_is_empty(head)) {
        band_add(f, page, head, head_style, f->at.head_baseline, ARTIFACT_HEAD);
        rule_add(f, page, &style->head_rule, f->at.head_baseline + head_style->size * 5 / 8);
    }
    if (!furniture_is_empty(foot)) {
        rule_add(f, page, &style->foot_rule, f->at.foot_baseline - head_style->leading * 5 / 4);
        band_add(f, page, foot, foot_style, f->at.foot_baseline, ARTIFACT_FOOT);
    }
}

void furniture_add(Composer *c, Layout *layout) {
    Furnished f = {.c = c, .layout = layout};
    Status status = status_of(c);
    const Node *section = NULL;
    for (uint32_t i = 0; i < layout->count; i++) {
        Page *page = &layout->items[i];
        arena_renew(&c->drawn, SCRATCH_LIMIT);
        for (const Node *n = page->start_node; n; n = n->parent)
            if (n->kind == NODE_SECTION && n->parent && n->parent->kind == NODE_DOCUMENT) section = n;
        f.section = section && section->first ? node_text(c->lasting, section->first) : (Str){0};
        f.page = i;
        f.at = page_geometry(c, i, is_landscape(c, page));
        if (!is_bare(page) && !page_is_blank(c, layout, i)) head_and_foot_add(&f, page);
        marking_add(&f, page, status.head, true);
        marking_add(&f, page, status.foot, false);
        watermark_add(&f, page, status.watermark);
    }
}
