/* Link annotations (ISO 32000-1 §12.5.6.5), each with a description and tagged through its Link element (ISO 14289-1 §7.18.5). */
#include <string.h>

#include "pdf/content.h"
#include "pdf/file.h"
#include "resolve/resolve.h"

static Lu clamp(Lu value, Lu least, Lu most) { return value < least ? least : value > most ? most : value; }

void destination_write(const PdfFile *file, Buf *b, const Node *node) {
    const NodePlace *place = &file->layout->places[node->number];
    const Page *page = &file->layout->items[place->page];
    buf_add_char(b, '[');
    syntax_ref(b, file->pages[place->page]);
    buf_add_c(b, "/XYZ ");
    syntax_lu(b, clamp(place->x, 0, page->width));
    buf_add_char(b, ' ');
    syntax_lu(b, page->height - clamp(place->y, 0, page->height));
    buf_add_c(b, " null]");
}

/* ---- Where links lie ----------------------------------------------------------------------------------------------- */

static Lu least(Lu a, Lu b) { return a < b ? a : b; }
static Lu most(Lu a, Lu b) { return a > b ? a : b; }

/* Where a link can be clicked: what follows on the same line is the same area. */
static void link_cover(PdfFile *file, ElementNumber link, uint32_t page, Rect rect, bool follows) {
    if (rect.width <= 0) return;
    LinkArea *last = file->links.count > 0 ? &file->links.items[file->links.count - 1] : NULL;
    if (follows && last && last->link == link && last->page == page) {
        Rect *all = &last->rect;
        Lu right = most(all->x + all->width, rect.x + rect.width), bottom = most(all->y + all->height, rect.y + rect.height);
        all->x = least(all->x, rect.x);
        all->y = least(all->y, rect.y);
        all->width = right - all->x;
        all->height = bottom - all->y;
        return;
    }
    *PUSH(file->arena, &file->links, LinkArea) = (LinkArea){link, page, rect, haru_reserve(file->haru)};
}

static void line_links(PdfFile *file, const Line *line, uint32_t page) {
    ElementNumber before = ELEMENT_NONE; /* the link that the last run of this line stands in */
    for (uint32_t r = 0; r < line->run_count; r++) {
        const Run *run = &line->runs[r];
        if (run->glyph_count == 0 || !run->node || run->artifact != ARTIFACT_NONE) continue;
        ElementNumber link = structure_link(file->structure, run);
        if (link != ELEMENT_NONE) {
            Lu ascent = text_advance_lu(run->face, run->face->ascent, run->size);
            Lu descent = text_advance_lu(run->face, -run->face->descent, run->size);
            Lu width = run_visible_width(run, r + 1 == line->run_count);
            link_cover(file, link, page, (Rect){run->x, run->y - ascent, width, ascent + descent}, link == before);
        }
        before = link;
    }
}

void links_find(PdfFile *file) {
    for (uint32_t p = 0; p < file->layout->count; p++) {
        const Page *page = &file->layout->items[p];
        for (uint32_t b = 0; b < page->count; b++) {
            const LayoutBox *box = &page->items[b];
            if (box->artifact != ARTIFACT_NONE) continue;
            for (uint32_t l = 0; box->kind == BOX_LINES && l < box->line_count; l++) line_links(file, &box->lines[l], p);
            if (box->kind != BOX_IMAGE || !box->image || !box->node) continue;
            ElementNumber link = file->structure->link[box->node->number];
            if (link != ELEMENT_NONE) link_cover(file, link, p, box->rect, false);
        }
    }
}

/* ---- Annotations --------------------------------------------------------------------------------------------------- */

/* An address is ASCII (§12.6.4.7): what is not, is percent-encoded as UTF-8 (RFC 3987 §3.1). */
static Str address_ascii(Arena *arena, Str address) {
    Buf b = buf_new(arena);
    for (size_t i = 0; i < address.n; i++) {
        uint8_t c = (uint8_t)address.p[i];
        if (c > ' ' && c < 127) {
            buf_add_char(&b, (char)c);
        } else {
            buf_add_char(&b, '%');
            syntax_hex(&b, c, 2);
        }
    }
    return buf_str(&b);
}

/* A link's words; the pages in them are known to the layout only. */
static Str link_words(const PdfFile *file, const Node *link) {
    Buf words = buf_new(file->arena);
    bool page = false;
    for (const Node *node = link; node; node = node_next(node, link)) {
        if (node->kind == NODE_PAGE_REFERENCE) {
            Str text = file->layout->page_texts[node->number];
            if (text.n > 0 && words.n > 0 && words.p[words.n - 1] != ' ') buf_add_char(&words, ' ');
            buf_add(&words, text);
            page = true;
        } else if (node->kind == NODE_LINE_BREAK) {
            buf_add_char(&words, ' ');
        } else {
            buf_add(&words, node->text);
        }
    }
    return str_trim(page ? buf_str(&words) : node_text(file->arena, link));
}

/* Of an address on the web, the site; of others, all. */
static Str address_place(Str address) {
    size_t from = 0;
    while (from + 2 < address.n && memcmp(address.p + from, "://", 3) != 0) from++;
    if (from + 2 >= address.n) return address;
    size_t to = from += 3;
    for (; to < address.n && !strchr("/?#", address.p[to]); to++) {
        if (address.p[to] == '@') from = to + 1;
    }
    return str_slice(address, from, to);
}

static bool holds(Str words, Str part) {
    for (size_t at = 0; at + part.n <= words.n; at++) {
        if (memcmp(words.p + at, part.p, part.n) == 0) return true;
    }
    return false;
}

/* Where a link leads, as its words do not say it: a site, or a page of the document. Empty when they do. */
static Str link_place(const PdfFile *file, const Node *link, Str words) {
    const Node *target;
    Str address;
    if (!structure_link_target(file->structure, link, &target, &address)) return (Str){0};
    if (!target) {
        Str place = address_place(address);
        return holds(words, place) ? (Str){0} : place;
    }
    for (const Node *node = link; node; node = node_next(node, link)) {
        if (node->kind == NODE_PAGE_REFERENCE) return (Str){0};
    }
    Str page = file->layout->items[file->layout->places[target->number].page].label;
    if (page.n == 0) return page;
    return label_format(file->arena, tree_language(file->layout->tree, link), LABEL_PAGE_N, page, (Str){0});
}

/* What is read out for a link: its title, or its words and where it leads. */
static Str link_description(const PdfFile *file, const Node *link) {
    if (link->more->title.n > 0) return link->more->title;
    if (link->kind == NODE_NOTE)
        return str_format(file->arena, STR_FMT " (%d)", STR_ARG(label_text(tree_language(file->layout->tree, link), LABEL_BACK)),
            (int)link->value);
    Str words = link_words(file, link);
    if (words.n > 0) {
        Str place = link_place(file, link, words);
        return place.n > 0 ? str_format(file->arena, STR_FMT " (" STR_FMT ")", STR_ARG(words), STR_ARG(place)) : words;
    }
    Str language = tree_language(file->layout->tree, link);
    if (link->kind == NODE_NOTE_REFERENCE)
        return str_format(file->arena, STR_FMT " " STR_FMT, STR_ARG(label_text(language, LABEL_NOTE)), STR_ARG(link->text));
    return link->more->target;
}

static void link_write(const PdfFile *file, const LinkArea *area, uint32_t key, Buf *b) {
    const Node *link = element_at(file->structure, area->link)->node;
    const Page *page = &file->layout->items[area->page];
    const Node *target;
    Str address;
    if (!structure_link_target(file->structure, link, &target, &address)) BUG("a link that leads nowhere was drawn as one");
    b->n = 0;
    buf_add_c(b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    const Rect *r = &area->rect;
    Lu sides[4] = {r->x, page->height - r->y - r->height, r->x + r->width, page->height - r->y};
    for (int i = 0; i < 4; i++) {
        if (i > 0) buf_add_char(b, ' ');
        syntax_lu(b, clamp(sides[i], 0, i % 2 == 0 ? page->width : page->height));
    }
    buf_add_c(b, "]/StructParent ");
    buf_add_int(b, key);
    buf_add_c(b, "/Contents");
    syntax_text(b, link_description(file, link));
    if (target) {
        buf_add_c(b, "/Dest");
        destination_write(file, b, target);
    } else {
        buf_add_c(b, "/A<</S/URI/URI");
        syntax_ascii(b, address_ascii(file->arena, address));
        buf_add_c(b, ">>");
    }
    buf_add_char(b, '\n');
    haru_set(file->haru, area->ref, b);
}

void links_write(PdfFile *file) {
    Buf b = buf_new(file->arena);
    for (uint32_t i = 0; i < file->links.count; i++) link_write(file, &file->links.items[i], file->layout->count + i, &b);
}
