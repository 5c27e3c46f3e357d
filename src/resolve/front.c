/* The front of a report: a cover with the title and the lines that a committee's report has there, in their order; the page behind it; the
 * members. Nothing of it is made unless the front matter has something for it.
 */
#include "resolve/passes.h"

static void add_line(Resolution *r, Node *front, const char *name, Str words) {
    if (words.n) node_append(front, line_new(r, NODE_FRONT_LINE, name, words));
}

static Node *front_new(Resolution *r, const char *variant) {
    Node *front = added_new(r, NODE_FRONT, NULL);
    node_more(r->arena, front)->variant = str_from(variant);
    return front;
}

static void add_logo(Resolution *r, Node *cover) {
    const Meta *meta = &r->tree->meta;
    if (meta->logo.n == 0) return;
    Node *figure = added_new(r, NODE_FIGURE, "logo"), *image = added_new(r, NODE_IMAGE, NULL);
    node_more(r->arena, image)->target = meta->logo;
    image->text = meta->logo_alt;
    image->has_alt = meta->logo_alt.n > 0;
    image->line = meta_place(r->tree, "logo").line; /* where it can be put right, if it cannot be read */
    image->column = meta_place(r->tree, "logo").column;
    node_append(figure, image);
    node_append(cover, figure);
    if (image->has_alt) return;
    diag_claim(r->d, CLAIM_ALL, "image-alt", meta_place(r->tree, "logo"),
        "say whose it is in the front matter: “logo-alt: House of Commons”",
        "the logo “" STR_FMT "” has no alternative text: who cannot see it cannot know it",
        STR_ARG(words_cut(r->arena, meta->logo, 120)));
}

/* The title block, and the notes to it, which stay behind it. */
static void take_title_block(const Resolution *r, Node *cover) {
    Node *node = r->tree->root->first;
    if (!node || node->kind != NODE_TITLE_BLOCK) return;
    if (!node->generated) cover->generated = false; /* an author's heading in it must not vanish with what was added */
    do {
        Node *next = node->next;
        node_unlink(node);
        node_append(cover, node);
        node = next;
    } while (node && node->kind == NODE_NOTE);
}

/* An author's line as it is; a date alone gets the words that a cover has before it. */
static Str dated_line(const Resolution *r, Label label, Str line) {
    Str language = r->tree->meta.language, date = label_date(r->arena, language, line);
    return str_equal(date, line) ? line : label_format(r->arena, language, label, date, (Str){0});
}

static Node *cover_new(Resolution *r) {
    const Meta *meta = &r->tree->meta;
    Node *cover = front_new(r, "cover");
    add_logo(r, cover);
    add_line(r, cover, "publisher", meta->publisher);
    add_line(r, cover, "committee", meta->committee);
    take_title_block(r, cover);
    add_line(r, cover, "session", meta->session);
    add_line(r, cover, "ordered", dated_line(r, LABEL_ORDERED, meta->ordered));
    add_line(r, cover, "reference", meta->reference);
    add_line(r, cover, "published", dated_line(r, LABEL_PUBLISHED, meta->published));
    return cover;
}

static Node *verso_new(Resolution *r) {
    Node *verso = front_new(r, "verso");
    for (uint32_t i = 0; i < r->tree->meta.verso_count; i++)
        node_append(verso, line_new(r, NODE_PARAGRAPH, NULL, r->tree->meta.verso[i]));
    return verso;
}

static Node *members_new(Resolution *r) {
    const Meta *meta = &r->tree->meta;
    Node *members = front_new(r, "members"), *list = added_new(r, NODE_LIST, "members");
    node_append(members, heading_new(r, level_top(r), STR("members"), label_text(meta->language, LABEL_MEMBERS)));
    list->tight = true;
    for (uint32_t i = 0; i < meta->member_count; i++) {
        Node *item = added_new(r, NODE_ITEM, NULL);
        item->value = (int32_t)i + 1;
        node_append(item, line_new(r, NODE_PARAGRAPH, NULL, meta->members[i]));
        node_append(list, item);
    }
    node_append(members, list);
    return members;
}

/* After what the document opens with. */
static void insert_after_opening(const Resolution *r, Node *node) {
    Node *last = opening_last(r);
    if (last)
        node_insert_after(last, node);
    else
        node_prepend(r->tree->root, node);
}

void resolve_front(Resolution *r) {
    const Meta *meta = &r->tree->meta;
    bool cover = meta->cover || meta->session.n || meta->ordered.n || meta->published.n || meta->committee.n || meta->verso_count;
    Node *front = cover ? cover_new(r) : NULL;
    if (front && front->first) node_prepend(r->tree->root, front);
    if (!cover && meta->logo.n) {
        diag(r->d, DIAG_WARNING, "logo-unused", meta_place(r->tree, "logo"), "write “cover: true” in the front matter",
            "the logo stands on the cover, and the document has none; it is left out");
    }
    if (meta->verso_count) insert_after_opening(r, verso_new(r));
    if (meta->member_count) insert_after_opening(r, members_new(r));
}
