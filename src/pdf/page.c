/* Pages as objects, and the tree that they stand in (ISO 32000-1 §7.7.3); what is drawn on them comes from draw.c. */
#include "pdf/draw.h"
#include "pdf/font.h"
#include "pdf/picture.h"

static void resources_write(PdfFile *file, const DrawnPage *drawn, Buf *b) {
    FontSet *fonts = file->font_set;
    bool any = false;
    buf_add_c(b, "/Resources<<");
    for (uint32_t i = 0; i < fonts->count; i++) {
        if (!drawn->fonts[i]) continue;
        buf_add_c(b, any ? "/F" : "/Font<</F");
        any = true;
        buf_add_int(b, i);
        buf_add_char(b, ' ');
        syntax_ref(b, fonts->by_face[i]->ref);
    }
    if (any) buf_add_c(b, ">>");
    if (drawn->picture_count > 0) buf_add_c(b, "/XObject<<");
    for (uint32_t i = 0; i < drawn->picture_count; i++) {
        buf_add_c(b, "/I");
        buf_add_int(b, drawn->pictures[i]);
        buf_add_char(b, ' ');
        syntax_ref(b, file->pictures->list.items[drawn->pictures[i]].ref);
    }
    if (drawn->picture_count > 0) buf_add_c(b, ">>");
    buf_add_c(b, ">>\n");
}

static bool is_transparent(const PdfFile *file, const DrawnPage *drawn) {
    for (uint32_t i = 0; i < drawn->picture_count; i++)
        if (file->pictures->list.items[drawn->pictures[i]].transparent) return true;
    return false;
}

static bool page_has_content(const PdfFile *file, uint32_t page) {
    for (uint32_t i = file->marks->first_mark[page]; i < file->marks->first_mark[page + 1]; i++) {
        if (file->marks->items[i].element != ELEMENT_NONE) return true;
    }
    return false;
}

/* The key of a page in the parent tree is its number, those of link areas follow; *link is the next of these. Tabs: ISO 14289-1 §7.18.3. */
static void page_object_write(PdfFile *file, uint32_t number, const DrawnPage *drawn, Ref parent, Ref contents, uint32_t *link) {
    const Page *page = &file->layout->items[number];
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "/Type/Page/Parent ");
    syntax_ref(&b, parent);
    buf_add_c(&b, "/MediaBox[0 0 ");
    syntax_lu(&b, page->width);
    buf_add_char(&b, ' ');
    syntax_lu(&b, page->height);
    buf_add_c(&b, "]/Tabs/S/Contents ");
    syntax_ref(&b, contents);
    if (page_has_content(file, number)) {
        buf_add_c(&b, "/StructParents ");
        buf_add_int(&b, number);
    }
    if (is_transparent(file, drawn)) buf_add_c(&b, "/Group<</S/Transparency/CS/DeviceRGB>>");
    resources_write(file, drawn, &b);
    uint32_t first = *link;
    for (; *link < file->links.count && file->links.items[*link].page == number; ++*link) {
        buf_add_c(&b, *link == first ? "/Annots[" : " ");
        syntax_ref(&b, file->links.items[*link].ref);
    }
    if (*link > first) buf_add_c(&b, "]\n");
    haru_set(file->haru, file->pages[number], &b);
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

/* What is referred to most has the shortest numbers. */
void pages_reserve(PdfFile *file) {
    file->pages = NEW_ARRAY(file->arena, Ref, (size_t)file->layout->count + 1);
    for (uint32_t p = 0; p < file->layout->count; p++) file->pages[p] = haru_reserve(file->haru);
    for (uint32_t i = 0; i < file->font_set->count; i++)
        if (file->font_set->by_face[i]) file->font_set->by_face[i]->ref = haru_reserve(file->haru);
}

void pages_write(PdfFile *file) {
    uint32_t count = file->layout->count, link = 0;
    RefList parents = parents_reserve(file, count);
    for (uint32_t p = 0; p < count; p++) {
        const DrawnPage *drawn = page_drawn(file, p);
        for (uint32_t i = 0; i < drawn->picture_count; i++) picture_write(file, drawn->pictures[i]);
        Ref contents = haru_stream(file->haru, NULL, drawn->contents, STREAM_DEFLATED);
        page_object_write(file, p, drawn, parents.items[p / KIDS], contents, &link);
    }
    page_tree_write(file, (RefList){file->pages, count}, parents);
}
