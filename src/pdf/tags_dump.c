/* "tags" stage of `brief dump`: what assistive technology will meet, as text. An element a line with its attributes, its words
 * below it in quotation marks. Where lines and pages end does not show: content that follows content is one string. */
#include "pdf/marks.h"
#include "pdf/pdf.h"

typedef struct {
    Arena *arena;
    const Structure *structure;
    Buf *words; /* by mark: what its runs say */
    Buf *out;
} Dump;

static void quoted(Buf *out, Str s) {
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"' || c == '\\') buf_add_char(out, '\\');
        if (c == '\n') {
            buf_add_c(out, "\\n");
        } else if (c == '\t') {
            buf_add_c(out, "\\t");
        } else {
            buf_add_char(out, c);
        }
    }
    buf_add_char(out, '"');
}

static void indent(Buf *out, uint32_t depth) {
    for (uint32_t i = 0; i < depth; i++) buf_add_c(out, "  ");
}

static void attribute(Buf *out, const char *name, Str value) {
    if (value.n == 0) return;
    buf_add_char(out, ' ');
    buf_add_c(out, name);
    buf_add_char(out, '=');
    quoted(out, value);
}

static void element_line(Dump *d, const Element *e, uint32_t depth) {
    Str type = str_from(e->type);
    indent(d->out, depth);
    buf_add(d->out, type);
    if (!e->node->parent) attribute(d->out, "Lang", tree_language(d->structure->layout->tree, e->node));
    attribute(d->out, "Lang", element_language(d->structure, e));
    if (str_is(type, "L")) attribute(d->out, "ListNumbering", str_from(element_list_numbering(d->structure, e)));
    if (str_is(type, "TH")) attribute(d->out, "Scope", str_from(element_scope(e)));
    if (e->node->kind == NODE_ABBREVIATION && e->part == PART_WHOLE) attribute(d->out, "E", node_attribute(e->node, "title"));
    Lu shift = element_shift(d->structure, e);
    if (shift != 0) attribute(d->out, "BaselineShift", shift > 0 ? STR("up") : STR("down"));
    if (element_is_struck(d->structure, e)) attribute(d->out, "TextDecorationType", STR("LineThrough"));
    attribute(d->out, "ID", element_id(d->structure, e));
    const Node *image = element_image(e);
    if (image && image->has_alt) attribute(d->out, "Alt", image->text);
    attribute(d->out, "Alt", element_label_words(d->structure, e));
    if (str_is(type, "Link")) attribute(d->out, "to", e->node->more->target);
    buf_add_char(d->out, '\n');
}

static void words_gather(Dump *d, const Marks *marks) {
    const Layout *layout = d->structure->layout;
    uint32_t drawable = 0;
    for (uint32_t i = 0; i < marks->count; i++) d->words[i] = buf_new(d->arena);
    for (uint32_t p = 0; p < layout->count; p++) {
        for (uint32_t b = 0; b < layout->items[p].count; b++) {
            const LayoutBox *box = &layout->items[p].items[b];
            if (box->kind != BOX_LINES) drawable++;
            for (uint32_t l = 0; box->kind == BOX_LINES && l < box->line_count; l++) {
                for (uint32_t r = 0; r < box->lines[l].run_count; r++) {
                    uint32_t mark = marks->of[drawable++];
                    if (mark != MARK_NONE) buf_add(&d->words[mark], run_words(&box->lines[l].runs[r]));
                }
            }
        }
    }
}

/* Words of the marks from `kid` on, to the next element; returns that. */
static uint32_t words_line(Dump *d, uint32_t kid, uint32_t depth) {
    const Kid *kids = d->structure->kids.items;
    Buf words = buf_new(d->arena);
    for (; kid != KID_NONE && kids[kid].kind == KID_MARK; kid = kids[kid].next)
        buf_add(&words, buf_str(&d->words[kids[kid].value]));
    if (words.n > 0) {
        indent(d->out, depth);
        quoted(d->out, buf_str(&words));
        buf_add_char(d->out, '\n');
    }
    return kid;
}

/* Elements are walked by their kids, with the way back kept in an array: the depth of the document is not that of the C stack. */
static void elements_dump(Dump *d) {
    const Structure *s = d->structure;
    uint32_t *resume = NEW_ARRAY(d->arena, uint32_t, s->count); /* by element: the kid to go on with */
    ElementNumber at = 0;
    uint32_t depth = 0;
    element_line(d, element_at(s, 0), 0);
    resume[0] = element_at(s, 0)->first_kid;
    while (at != ELEMENT_NONE) {
        uint32_t kid = words_line(d, resume[at], depth + 1);
        if (kid == KID_NONE) {
            at = element_at(s, at)->parent;
            depth--;
            continue;
        }
        resume[at] = s->kids.items[kid].next;
        if (s->kids.items[kid].kind != KID_ELEMENT) continue;
        at = s->kids.items[kid].value;
        resume[at] = element_at(s, at)->first_kid;
        element_line(d, element_at(s, at), ++depth);
    }
}

void pdf_tags_dump(const Layout *layout, Buf *out) {
    Arena *arena = arena_open();
    Structure *s = structure_new(arena, layout);
    Marks *marks = marks_new(arena, s);
    structure_close(s, marks, NULL, 0);
    Dump d = {.arena = arena, .structure = s, .words = NEW_ARRAY(arena, Buf, (size_t)marks->count + 1), .out = out};
    words_gather(&d, marks);
    if (s->count > 0 && element_at(s, 0)->kept) elements_dump(&d);
    arena_close(arena);
}
