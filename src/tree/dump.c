/* The "tree" and "resolved" stages of `brief dump`: what the front matter says, then one node a line. Only what is set is
 * printed, in a fixed order, and nothing that would change when something elsewhere does (no node numbers, no counts). */
#include "tree/tree.h"

static bool is_invisible(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static void add_quoted(Buf *out, Str s) {
    buf_add_char(out, '"');
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (c == UTF8_BAD)
            buf_format(out, "\\x%02X", (unsigned)(unsigned char)s.p[start]);
        else if (c == '"' || c == '\\')
            buf_format(out, "\\%c", (char)c);
        else if (c == '\n')
            buf_add_c(out, "\\n");
        else if (c == '\t')
            buf_add_c(out, "\\t");
        else if (is_invisible(c))
            buf_format(out, "\\u{%X}", (unsigned)c);
        else
            buf_add(out, str_slice(s, start, at));
    }
    buf_add_char(out, '"');
}

static void add_field(Buf *out, const char *name, Str value) {
    if (value.n == 0) return;
    buf_format(out, " %s=", name);
    add_quoted(out, value);
}

static void add_flag(Buf *out, const char *name, bool set) {
    if (set) buf_format(out, " %s", name);
}

static void add_meta(Buf *out, const char *name, Str value) {
    if (value.n == 0) return;
    buf_format(out, "  %s ", name);
    add_quoted(out, value);
    buf_add_char(out, '\n');
}

static void add_switch(Buf *out, const char *name, bool set) {
    if (set) buf_format(out, "  %s\n", name);
}

/* The front of a report and what is numbered and listed in it. */
static void dump_report(const Meta *meta, Buf *out) {
    add_meta(out, "session", meta->session);
    add_meta(out, "ordered", meta->ordered);
    add_meta(out, "published", meta->published);
    add_meta(out, "committee", meta->committee);
    add_meta(out, "logo", meta->logo);
    add_meta(out, "logo-alt", meta->logo_alt);
    for (uint32_t i = 0; i < meta->verso_count; i++) add_meta(out, "verso", meta->verso[i]);
    for (uint32_t i = 0; i < meta->member_count; i++) add_meta(out, "member", meta->members[i]);
    add_switch(out, "cover", meta->cover);
    if (meta->toc) buf_format(out, "  toc %d\n", (int)meta->toc_depth);
    add_switch(out, "list-of-tables", meta->list_of_tables);
    add_switch(out, "list-of-figures", meta->list_of_figures);
    add_switch(out, "paragraph-numbers", meta->paragraph_numbers);
    add_switch(out, "number-sections", meta->number_sections);
    add_switch(out, "notes end", meta->notes_at_end);
    add_switch(out, "recommendations none", meta->recommendations == 0);
}

static void dump_meta(const Meta *meta, Buf *out) {
    buf_add_c(out, "meta\n");
    if (meta->title.n) {
        buf_add_c(out, "  title ");
        add_quoted(out, meta->title);
        add_flag(out, "known", meta->title_known);
        if (meta->title_line) buf_format(out, " @%u:%u", meta->title_line, meta->title_column);
        buf_add_char(out, '\n');
    }
    add_meta(out, "subtitle", meta->subtitle);
    add_meta(out, "standfirst", meta->standfirst);
    add_meta(out, "description", meta->description);
    for (uint32_t i = 0; i < meta->author_count; i++) add_meta(out, "author", meta->authors[i]);
    add_meta(out, "publisher", meta->publisher);
    add_meta(out, "reference", meta->reference);
    add_meta(out, "rights", meta->rights);
    add_meta(out, "marking", meta->marking);
    add_meta(out, "embargo", meta->embargo);
    add_meta(out, "draft", meta->draft);
    add_meta(out, "style", meta->style);
    add_meta(out, "lang", meta->language);
    add_meta(out, "date", meta->date);
    add_meta(out, "date-text", meta->date_text);
    for (uint32_t i = 0; i < meta->keyword_count; i++) add_meta(out, "keyword", meta->keywords[i]);
    if (!meta->smart) buf_add_c(out, "  smart false\n");
    dump_report(meta, out);
}

static void dump_value(const Node *node, Buf *out) {
    if (node->kind == NODE_LIST && !node->ordered) return;
    add_flag(out, "ordered", node->ordered);
    if (node->value != 0 || node->ordered) {
        buf_add_char(out, ' ');
        buf_add_int(out, node->value);
    }
}

static void dump_align(const Node *node, Buf *out) {
    switch (node->align) {
    case ALIGN_NONE: break;
    case ALIGN_LEFT: buf_add_c(out, " left"); break;
    case ALIGN_CENTRE: buf_add_c(out, " centre"); break;
    case ALIGN_RIGHT: buf_add_c(out, " right"); break;
    }
}

static void dump_node(const Node *node, Buf *out) {
    buf_add_c(out, tree_kind(node->kind)->name);
    dump_value(node, out);
    if (node->more->variant.n) buf_format(out, " " STR_FMT, STR_ARG(node->more->variant));
    if (node->more->id.n) buf_format(out, " #" STR_FMT, STR_ARG(node->more->id));
    for (uint16_t i = 0; i < node->more->class_count; i++) buf_format(out, " ." STR_FMT, STR_ARG(node->more->classes[i]));
    for (uint16_t i = 0; i < node->more->attribute_count; i++) {
        buf_format(out, " " STR_FMT "=", STR_ARG(node->more->attributes[i].key));
        add_quoted(out, node->more->attributes[i].value);
    }
    if (node->more->language.n) buf_format(out, " lang=" STR_FMT, STR_ARG(node->more->language));
    add_flag(out, "tight", node->tight);
    add_flag(out, "header", node->header);
    dump_align(node, out);
    add_flag(out, "open", node->task == TASK_OPEN);
    add_flag(out, "done", node->task == TASK_DONE);
    add_flag(out, "no-alt", node->kind == NODE_IMAGE && !node->has_alt);
    add_flag(out, "generated", node->generated);
    add_flag(out, "artifact", node->artifact);
    add_field(out, "to", node->more->target);
    add_field(out, "titled", node->more->title);
    add_field(out, "label", node->more->label);
    if (node->line) buf_format(out, " @%u:%u", node->line, node->column);
    if (node->text.n) {
        buf_add_char(out, ' ');
        add_quoted(out, node->text);
    }
    buf_add_char(out, '\n');
}

void tree_dump(const Tree *tree, Buf *out) {
    dump_meta(&tree->meta, out);
    for (uint32_t i = 0; i < tree->abbreviations.count; i++) {
        const Abbreviation *a = &tree->abbreviations.items[i];
        buf_add_c(out, "  abbreviation ");
        add_quoted(out, a->term);
        buf_add_char(out, ' ');
        add_quoted(out, a->expansion);
        if (a->language.n) buf_format(out, " lang=" STR_FMT, STR_ARG(a->language));
        buf_format(out, " @%u:%u\n", a->line, a->column);
    }
    size_t depth = 0;
    const Node *node = tree->root;
    while (node) {
        for (size_t i = 0; i < depth; i++) buf_add_c(out, "  ");
        dump_node(node, out);
        if (node->first) {
            node = node->first;
            depth++;
            continue;
        }
        while (node != tree->root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node == tree->root ? NULL : node->next;
    }
}
