/* Pages: boxes drawn in the order of the layout, each in the marked content that marks.c gave it (ISO 32000-1 §7.7.3). */
#include "pdf/content.h"
#include "pdf/picture.h"

typedef struct {
    PdfFile *file;
    Content content;
    uint32_t page;
    uint32_t drawable; /* the next one's number */
    uint32_t mark; /* the one that is open, or MARK_NONE */
    uint32_t first_link;
    bool transparent;
    Buf pictures; /* entries of the page's /XObject */
} PageWriter;

static void mark_close(PageWriter *w) {
    if (w->mark != MARK_NONE) content_mark_end(&w->content);
    w->mark = MARK_NONE;
}

/* Enters the marked content of the next thing to draw; false when it draws nothing. */
static bool mark_enter(PageWriter *w) {
    uint32_t number = w->file->marks->of[w->drawable++];
    if (number == MARK_NONE) return false;
    if (number == w->mark) return true;
    mark_close(w);
    const Mark *mark = &w->file->marks->items[number];
    if (mark->page != w->page) BUG("mark %u is drawn on page %u", (unsigned)number, (unsigned)w->page + 1);
    w->mark = number;
    if (mark->element == ELEMENT_NONE) {
        const LayoutBox *box = mark->box; /* signs among words are not all of it */
        bool whole = box->kind != BOX_LINES || box->artifact == mark->artifact || mark->artifact != ARTIFACT_DECORATION;
        content_artifact_begin(&w->content, mark->artifact, whole ? &box->rect : NULL);
    } else {
        content_mark_begin(&w->content, element_at(w->file->structure, mark->element)->type, mark->mcid);
    }
    return true;
}

/* Where a link can be clicked: what follows on the same line is the same area. */
static void link_cover(PageWriter *w, ElementNumber link, Rect rect, bool new_area) {
    if (link == ELEMENT_NONE || rect.width <= 0) return;
    uint32_t count = w->file->links.count;
    LinkArea *last = count > 0 ? &w->file->links.items[count - 1] : NULL;
    if (!new_area && last && last->page == w->page && last->link == link) {
        Lu top = rect.y < last->rect.y ? rect.y : last->rect.y;
        Lu bottom =
            rect.y + rect.height > last->rect.y + last->rect.height ? rect.y + rect.height : last->rect.y + last->rect.height;
        Lu left = rect.x < last->rect.x ? rect.x : last->rect.x;
        Lu right = rect.x + rect.width > last->rect.x + last->rect.width ? rect.x + rect.width : last->rect.x + last->rect.width;
        last->rect = (Rect){left, top, right - left, bottom - top};
        return;
    }
    *PUSH(w->file->arena, &w->file->links, LinkArea) = (LinkArea){.link = link, .page = w->page, .rect = rect};
}

static void line_draw(PageWriter *w, const LayoutBox *box, const Line *line) {
    ElementNumber before = ELEMENT_NONE; /* the link that the last run of this line stands in */
    for (uint32_t r = 0; r < line->run_count; r++) {
        const Run *run = &line->runs[r];
        bool last = r + 1 == line->run_count;
        if (!mark_enter(w)) continue;
        content_run(&w->content, run, last);
        if (!run->node || run->artifact != ARTIFACT_NONE || box->artifact != ARTIFACT_NONE) continue;
        Lu ascent = text_advance_lu(run->face, run->face->ascent, run->size);
        Lu descent = text_advance_lu(run->face, -run->face->descent, run->size);
        ElementNumber link = structure_link(w->file->structure, run);
        link_cover(w, link, (Rect){run->x, run->y - ascent, run_visible_width(run, last), ascent + descent}, link != before);
        before = link;
    }
}

static void image_draw(PageWriter *w, const LayoutBox *box) {
    if (!mark_enter(w)) return;
    const Node *node = box->node ? box->node : w->file->layout->tree->root;
    uint32_t number = picture_use(w->file, box->image, node);
    Picture *picture = &w->file->pictures->list.items[number];
    if (box->artifact == ARTIFACT_NONE) link_cover(w, w->file->structure->link[node->number], box->rect, true);
    if (picture->ref == 0) return;
    content_image(&w->content, number, box->rect, box->image->orientation);
    w->transparent = w->transparent || picture->transparent;
    if (picture->last_page == w->page + 1) return;
    picture->last_page = w->page + 1;
    buf_add_c(&w->pictures, "/I");
    buf_add_int(&w->pictures, number);
    buf_add_char(&w->pictures, ' ');
    syntax_ref(&w->pictures, picture->ref);
}

static void boxes_draw(PageWriter *w, const Page *page) {
    for (uint32_t b = 0; b < page->count; b++) {
        const LayoutBox *box = &page->items[b];
        switch (box->kind) {
        case BOX_FILL:
            if (mark_enter(w)) content_fill(&w->content, box->rect, box->colour);
            break;
        case BOX_IMAGE: image_draw(w, box); break;
        case BOX_LINES:
            for (uint32_t l = 0; l < box->line_count; l++) line_draw(w, box, &box->lines[l]);
            break;
        }
    }
    mark_close(w);
}

static void resources_write(PageWriter *w, Buf *b) {
    FontSet *fonts = w->file->font_set;
    bool any = false;
    buf_add_c(b, "/Resources<<");
    for (uint32_t i = 0; i < fonts->count; i++) {
        if (!w->content.font_used[i]) continue;
        Font *font = fonts->by_face[i];
        if (font->ref == 0) font->ref = haru_reserve(w->file->haru);
        buf_add_c(b, any ? "/F" : "/Font<</F");
        any = true;
        buf_add_int(b, i);
        buf_add_char(b, ' ');
        syntax_ref(b, font->ref);
    }
    if (any) buf_add_c(b, ">>");
    if (w->pictures.n > 0) {
        buf_add_c(b, "/XObject<<");
        buf_add(b, buf_str(&w->pictures));
        buf_add_c(b, ">>");
    }
    buf_add_c(b, ">>\n");
}

static bool page_has_content(const PdfFile *file, uint32_t page) {
    for (uint32_t i = file->marks->first_mark[page]; i < file->marks->first_mark[page + 1]; i++) {
        if (file->marks->items[i].element != ELEMENT_NONE) return true;
    }
    return false;
}

/* The key of a page in the parent tree is its number, those of link areas follow. Tabs: ISO 14289-1 §7.18.3. */
static void page_object_write(PageWriter *w, Ref parent, Ref contents) {
    PdfFile *file = w->file;
    const Page *page = &file->layout->items[w->page];
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "/Type/Page/Parent ");
    syntax_ref(&b, parent);
    buf_add_c(&b, "/MediaBox[0 0 ");
    syntax_lu(&b, page->width);
    buf_add_char(&b, ' ');
    syntax_lu(&b, page->height);
    buf_add_c(&b, "]/Tabs/S/Contents ");
    syntax_ref(&b, contents);
    if (page_has_content(file, w->page)) {
        buf_add_c(&b, "/StructParents ");
        buf_add_int(&b, w->page);
    }
    if (w->transparent) buf_add_c(&b, "/Group<</S/Transparency/CS/DeviceRGB>>");
    resources_write(w, &b);
    if (file->links.count > w->first_link) {
        buf_add_c(&b, "/Annots[");
        for (uint32_t i = w->first_link; i < file->links.count; i++) {
            file->links.items[i].ref = haru_reserve(file->haru);
            if (i > w->first_link) buf_add_char(&b, ' ');
            syntax_ref(&b, file->links.items[i].ref);
        }
        buf_add_c(&b, "]\n");
    }
    haru_set(file->haru, file->pages[w->page], &b);
}

/* ---- The page tree ------------------------------------------------------------------------------------------------- */

enum { KIDS = 64 }; /* a flat list of pages would make opening a long file slow */

/* Parents of `count` pages or nodes: one for each KIDS of them; the root is there already. */
typedef struct {
    Ref *items;
    uint32_t count;
} RefList;

static RefList parents_reserve(PdfFile *file, uint32_t count) {
    RefList list = {NULL, (count + KIDS - 1) / KIDS};
    if (list.count == 0) list.count = 1;
    list.items = NEW_ARRAY(file->arena, Ref, list.count);
    for (uint32_t i = 0; i < list.count; i++)
        list.items[i] = list.count == 1 ? haru_page_tree(file->haru) : haru_reserve(file->haru);
    return list;
}

/* Writes the nodes above `kids`, level by level; each kid stands for `pages` pages, the last for what is left. */
static void page_tree_write(PdfFile *file, RefList kids, RefList parents) {
    uint64_t pages = 1;
    for (;;) {
        RefList above = parents.count > 1 ? parents_reserve(file, parents.count) : (RefList){0};
        Buf b = buf_new(file->arena);
        for (uint32_t i = 0; i < parents.count; i++) {
            uint32_t from = i * KIDS, to = kids.count - from < KIDS ? kids.count : from + KIDS;
            uint64_t first = from * pages, last = to * pages;
            if (last > file->layout->count) last = file->layout->count;
            b.n = 0;
            buf_add_c(&b, "/Type/Pages/Count ");
            buf_add_int(&b, (int64_t)(last - first));
            if (above.count > 0) {
                buf_add_c(&b, "/Parent ");
                syntax_ref(&b, above.items[i / KIDS]);
            }
            buf_add_c(&b, "/Kids[");
            for (uint32_t k = from; k < to; k++) {
                syntax_ref(&b, kids.items[k]);
                buf_add_char(&b, k % 8 == 7 ? '\n' : ' ');
            }
            buf_add_c(&b, "]\n");
            haru_set(file->haru, parents.items[i], &b);
        }
        if (above.count == 0) return;
        pages *= KIDS;
        kids = parents;
        parents = above;
    }
}

void pages_write(PdfFile *file) {
    const Layout *layout = file->layout;
    PageWriter w = {.file = file, .mark = MARK_NONE, .pictures = buf_new(file->arena)};
    Buf none = buf_new(file->arena);
    RefList pages = {NEW_ARRAY(file->arena, Ref, (size_t)layout->count + 1), layout->count};
    for (uint32_t p = 0; p < layout->count; p++) pages.items[p] = haru_reserve(file->haru);
    file->pages = pages.items;
    RefList parents = parents_reserve(file, layout->count);
    content_open(&w.content, file);
    for (w.page = 0; w.page < layout->count; w.page++) {
        const Page *page = &layout->items[w.page];
        w.drawable = file->marks->first_drawable[w.page];
        w.first_link = file->links.count;
        w.transparent = false;
        w.pictures.n = 0;
        content_page(&w.content, page->height);
        boxes_draw(&w, page);
        content_finish(&w.content);
        if (w.drawable != file->marks->first_drawable[w.page + 1]) BUG("page %u: not all was drawn", (unsigned)w.page + 1);
        Ref contents = haru_stream(file->haru, &none, buf_str(&w.content.out), STREAM_DEFLATED);
        page_object_write(&w, parents.items[w.page / KIDS], contents);
    }
    page_tree_write(file, pages, parents);
}
