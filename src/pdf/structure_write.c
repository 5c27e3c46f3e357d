/* The structure tree as objects: one small dictionary an element (ISO 32000-1 Table 323), the parent tree (§14.7.4.4) and the tree of
 * identifiers. Number and name trees are cut into leaves, so that a reader need not read all of one. */
#include <stdlib.h>

#include "pdf/file.h"

enum { PAGES_A_LEAF = 64, LINKS_A_LEAF = 512, NAMES_A_LEAF = 256 };

static void refs_reserve(PdfFile *file) {
    Structure *s = file->structure;
    for (ElementNumber i = 0; i < s->count; i++) {
        if (element_at(s, i)->kept) element_at(s, i)->ref = haru_reserve(file->haru);
    }
}

/* ---- Attributes ---------------------------------------------------------------------------------------------------- */

/* Where a figure lies on the first page that it was drawn on. */
static bool figure_box(const PdfFile *file, const Element *e, uint32_t *page, Rect *out) {
    bool found = false;
    for (uint32_t k = e->first_kid; k != KID_NONE; k = file->structure->kids.items[k].next) {
        const Kid *kid = &file->structure->kids.items[k];
        if (kid->kind != KID_MARK) continue;
        const Mark *mark = &file->marks->items[kid->value];
        if (found && (mark->page != *page || mark->box->kind != BOX_IMAGE)) continue;
        *page = mark->page;
        *out = mark->box->rect;
        found = true;
        if (mark->box->kind == BOX_IMAGE) break;
    }
    return found;
}

static void attributes_write(const PdfFile *file, Buf *b, const Element *e) {
    Str type = str_from(e->type);
    if (str_is(type, "L")) {
        buf_add_c(b, "/A<</O/List/ListNumbering");
        syntax_name(b, str_from(element_list_numbering(file->structure, e)));
        buf_add_c(b, ">>\n");
    } else if (str_is(type, "TH")) {
        buf_add_c(b, "/A<</O/Table/Scope");
        syntax_name(b, str_from(element_scope(e)));
        buf_add_c(b, ">>\n");
    }
    Lu shift = element_shift(file->structure, e);
    if (shift != 0) {
        buf_add_c(b, "/A<</O/Layout/BaselineShift ");
        syntax_lu(b, shift);
        buf_add_c(b, ">>\n");
    } else if (element_is_struck(file->structure, e)) {
        buf_add_c(b, "/A<</O/Layout/TextDecorationType/LineThrough>>\n");
    }
    const Node *image = element_image(e);
    uint32_t page = 0;
    Rect rect = {0};
    if (image && figure_box(file, e, &page, &rect)) {
        Lu height = file->layout->items[page].height;
        buf_add_c(b, "/A<</O/Layout");
        if (e->node->kind == NODE_FIGURE) buf_add_c(b, "/Placement/Block");
        buf_add_c(b, "/BBox[");
        Lu sides[4] = {rect.x, height - rect.y - rect.height, rect.x + rect.width, height - rect.y};
        for (int i = 0; i < 4; i++) {
            if (i > 0) buf_add_char(b, ' ');
            syntax_lu(b, sides[i]);
        }
        buf_add_c(b, "]/Width "); /* of a figure in a line; Height of one that is a block (§14.8.5.4.5) */
        syntax_lu(b, rect.width);
        buf_add_c(b, "/Height ");
        syntax_lu(b, rect.height);
        buf_add_c(b, ">>\n");
    }
    if (image && image->has_alt) {
        buf_add_c(b, "/Alt");
        syntax_text(b, image->text);
    }
    Str label = element_label_words(file->structure, e);
    if (label.n > 0) {
        buf_add_c(b, "/Alt");
        syntax_text(b, label);
    }
    if (e->node->kind == NODE_ABBREVIATION && e->part == PART_WHOLE) {
        Str expansion = node_attribute(e->node, "title");
        if (expansion.n > 0) {
            buf_add_c(b, "/E");
            syntax_text(b, expansion);
        }
    }
    Str id = element_id(file->structure, e);
    if (id.n > 0) {
        buf_add_c(b, "/ID");
        syntax_ascii(b, id);
    }
    Str language = element_language(file->structure, e);
    if (language.n > 0) {
        buf_add_c(b, "/Lang");
        syntax_ascii(b, language);
    }
}

/* ---- Elements ------------------------------------------------------------------------------------------------------ */

static void kid_write(const PdfFile *file, Buf *b, const Kid *kid, uint32_t page) {
    switch (kid->kind) {
    case KID_ELEMENT: syntax_ref(b, element_at(file->structure, kid->value)->ref); return;
    case KID_MARK: {
        const Mark *mark = &file->marks->items[kid->value];
        if (mark->page == page) {
            buf_add_int(b, mark->mcid);
            return;
        }
        buf_add_c(b, "<</Type/MCR/Pg ");
        syntax_ref(b, file->pages[mark->page]);
        buf_add_c(b, "/MCID ");
        buf_add_int(b, mark->mcid);
        buf_add_c(b, ">>");
        return;
    }
    case KID_ANNOTATION: {
        const LinkArea *area = &file->links.items[kid->value];
        buf_add_c(b, "<</Type/OBJR");
        if (area->page != page) {
            buf_add_c(b, "/Pg ");
            syntax_ref(b, file->pages[area->page]);
        }
        buf_add_c(b, "/Obj ");
        syntax_ref(b, area->ref);
        buf_add_c(b, ">>");
        return;
    }
    }
    BUG("no such kind of kid: %d", (int)kid->kind);
}

/* /Pg is the page of the first content; content on other pages names its own. */
static uint32_t element_page(const PdfFile *file, const Element *e) {
    for (uint32_t k = e->first_kid; k != KID_NONE; k = file->structure->kids.items[k].next) {
        const Kid *kid = &file->structure->kids.items[k];
        if (kid->kind == KID_MARK) return file->marks->items[kid->value].page;
        if (kid->kind == KID_ANNOTATION) return file->links.items[kid->value].page;
    }
    return UINT32_MAX;
}

static void element_write(const PdfFile *file, Buf *b, const Element *e, Ref root) {
    b->n = 0;
    buf_add_c(b, "/S");
    syntax_name(b, str_from(e->type));
    buf_add_c(b, "/P ");
    syntax_ref(b, e->parent == ELEMENT_NONE ? root : element_at(file->structure, e->parent)->ref);
    uint32_t page = element_page(file, e);
    if (page != UINT32_MAX) {
        buf_add_c(b, "/Pg ");
        syntax_ref(b, file->pages[page]);
    }
    if (e->first_kid != KID_NONE) {
        buf_add_c(b, "/K[");
        for (uint32_t k = e->first_kid; k != KID_NONE; k = file->structure->kids.items[k].next) {
            if (k != e->first_kid) buf_add_char(b, ' ');
            kid_write(file, b, &file->structure->kids.items[k], page);
        }
        buf_add_c(b, "]\n");
    }
    attributes_write(file, b, e);
    haru_set(file->haru, e->ref, b);
}

/* ---- Parent tree --------------------------------------------------------------------------------------------------- */

typedef struct {
    PdfFile *file;
    Buf leaf, root; /* what stands in /Nums of the leaf and in /Kids of the root */
    uint32_t from, entries;
} NumberTree;

static void leaf_close(NumberTree *t, uint32_t next) {
    if (t->entries == 0) return;
    Buf b = buf_new(t->file->arena);
    buf_add_c(&b, "/Limits[");
    buf_add_int(&b, t->from);
    buf_add_char(&b, ' ');
    buf_add_int(&b, (int64_t)next - 1);
    buf_add_c(&b, "]/Nums[");
    buf_add(&b, buf_str(&t->leaf));
    buf_add_c(&b, "]\n");
    syntax_ref(&t->root, haru_add(t->file->haru, &b));
    buf_add_char(&t->root, '\n');
    t->leaf.n = 0;
    t->entries = 0;
}

static void entry_open(NumberTree *t, uint32_t key) {
    if (t->entries == 0) t->from = key;
    if (t->entries++ > 0) buf_add_char(&t->leaf, '\n');
    buf_add_int(&t->leaf, key);
    buf_add_char(&t->leaf, ' ');
}

/* Keys: the pages by number, then the link areas. A page's value is the list of its elements by MCID. */
static Ref parent_tree_write(PdfFile *file) {
    NumberTree t = {.file = file, .leaf = buf_new(file->arena), .root = buf_new(file->arena)};
    uint32_t pages = file->layout->count;
    buf_add_c(&t.root, "/Kids[");
    for (uint32_t p = 0; p < pages; p++) {
        entry_open(&t, p);
        buf_add_char(&t.leaf, '[');
        for (uint32_t i = file->marks->first_mark[p]; i < file->marks->first_mark[p + 1]; i++) {
            const Mark *mark = &file->marks->items[i];
            if (mark->element == ELEMENT_NONE) continue;
            syntax_ref(&t.leaf, element_at(file->structure, mark->element)->ref);
            buf_add_char(&t.leaf, ' ');
        }
        buf_add_char(&t.leaf, ']');
        if (t.entries == PAGES_A_LEAF) leaf_close(&t, p + 1);
    }
    leaf_close(&t, pages);
    for (uint32_t i = 0; i < file->links.count; i++) {
        entry_open(&t, pages + i);
        syntax_ref(&t.leaf, element_at(file->structure, file->links.items[i].link)->ref);
        if (t.entries == LINKS_A_LEAF) leaf_close(&t, pages + i + 1);
    }
    leaf_close(&t, pages + file->links.count);
    buf_add_c(&t.root, "]\n");
    return haru_add(file->haru, &t.root);
}

/* ---- Identifiers --------------------------------------------------------------------------------------------------- */

typedef struct {
    Str id;
    Ref ref;
} Identifier;

static int identifier_compare(const void *a, const void *b) {
    return str_compare(((const Identifier *)a)->id, ((const Identifier *)b)->id);
}

static Ref id_tree_write(PdfFile *file) {
    struct {
        Identifier *items;
        uint32_t count, capacity;
    } ids = {0};
    for (ElementNumber i = 0; i < file->structure->count; i++) {
        const Element *e = element_at(file->structure, i);
        Str id = e->kept ? element_id(file->structure, e) : (Str){0};
        if (id.n > 0) *PUSH(file->arena, &ids, Identifier) = (Identifier){id, e->ref};
    }
    if (ids.count == 0) return 0;
    qsort(ids.items, ids.count, sizeof *ids.items, identifier_compare);
    Buf root = buf_new(file->arena), leaf = buf_new(file->arena);
    buf_add_c(&root, "/Kids[");
    for (uint32_t from = 0; from < ids.count; from += NAMES_A_LEAF) {
        uint32_t to = ids.count - from > NAMES_A_LEAF ? from + NAMES_A_LEAF : ids.count;
        leaf.n = 0;
        buf_add_c(&leaf, "/Limits[");
        syntax_ascii(&leaf, ids.items[from].id);
        syntax_ascii(&leaf, ids.items[to - 1].id);
        buf_add_c(&leaf, "]/Names[");
        for (uint32_t i = from; i < to; i++) {
            syntax_ascii(&leaf, ids.items[i].id);
            syntax_ref(&leaf, ids.items[i].ref);
            buf_add_char(&leaf, '\n');
        }
        buf_add_c(&leaf, "]\n");
        syntax_ref(&root, haru_add(file->haru, &leaf));
        buf_add_char(&root, ' ');
    }
    buf_add_c(&root, "]\n");
    return haru_add(file->haru, &root);
}

void structure_write(PdfFile *file, Buf *catalogue) {
    Structure *s = file->structure;
    Ref root = haru_reserve(file->haru);
    refs_reserve(file);
    Buf b = buf_new(file->arena);
    for (ElementNumber i = 0; i < s->count; i++) {
        if (element_at(s, i)->kept) element_write(file, &b, element_at(s, i), root);
    }
    Ref parents = parent_tree_write(file);
    Ref ids = id_tree_write(file);
    b.n = 0;
    buf_add_c(&b, "/Type/StructTreeRoot/K[");
    if (s->count > 0 && element_at(s, 0)->kept) syntax_ref(&b, element_at(s, 0)->ref);
    buf_add_c(&b, "]/ParentTree ");
    syntax_ref(&b, parents);
    buf_add_c(&b, "/ParentTreeNextKey ");
    buf_add_int(&b, (int64_t)file->layout->count + file->links.count);
    if (ids != 0) {
        buf_add_c(&b, "/IDTree ");
        syntax_ref(&b, ids);
    }
    buf_add_char(&b, '\n');
    haru_set(file->haru, root, &b);
    buf_add_c(catalogue, "/StructTreeRoot ");
    syntax_ref(catalogue, root);
    buf_add_c(catalogue, "/MarkInfo<</Marked true>>\n");
}
