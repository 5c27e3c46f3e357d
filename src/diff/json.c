/* json: what changed, for programs (RFC 8259). The keys are stated in the manual. */
#include "diff/internal.h"

#include <jansson.h>

static json_t *string(Str text) { return json_stringn(text.p ? text.p : "", text.n); }

static json_t *string_or_null(Str text) { return text.n ? string(text) : json_null(); }

static json_t *passage_json(const Passage *p) {
    if (!p) return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:i, s:i, s:o}", "kind", string(passage_kind(p)), "number", string_or_null(p->number),
        "page", string_or_null(p->page), "heading", string_or_null(p->heading), "line", (int)p->node->line, "column",
        (int)p->node->column, "words", string(p->words));
}

static json_t *words_json(Arena *arena, const Change *change) {
    if (change->kind != CHANGE_CHANGED) return json_null();
    WordChanges words = words_compare(arena, change->before->words, change->after->words);
    json_t *parts = json_array();
    for (uint32_t i = 0; i < words.count;) {
        char mark = words.items[i].mark;
        Buf text = buf_new(arena);
        for (; i < words.count && words.items[i].mark == mark; i++) {
            if (text.n) buf_add_char(&text, ' ');
            buf_add(&text, words.items[i].word);
        }
        const char *what = mark == '-' ? "removed" : mark == '+' ? "added" : "kept";
        json_array_append_new(parts, json_pack("{s:s, s:o}", "what", what, "words", string(buf_str(&text))));
    }
    return parts;
}

static int chunk_add(const char *bytes, size_t count, void *out) {
    buf_add(out, (Str){bytes, count});
    return 0;
}

void differences_json(Arena *arena, const Differences *d, Str before, Str after, Buf *out) {
    static const char *const kinds[] = {"changed", "added", "removed", "moved"};
    json_t *changes = json_array(), *renumbered = json_array();
    for (uint32_t i = 0; i < d->changes.count; i++) {
        const Change *change = &d->changes.items[i];
        json_array_append_new(
            changes, json_pack("{s:s, s:o, s:o, s:o}", "change", kinds[change->kind], "before", passage_json(change->before),
                         "after", passage_json(change->after), "words", words_json(arena, change)));
    }
    for (uint32_t i = 0; i < d->renumberings.count; i++) {
        const Renumbering *r = &d->renumberings.items[i];
        json_array_append_new(
            renumbered, json_pack("{s:i, s:i, s:i}", "from", (int)r->from, "to", (int)r->to, "count", (int)r->count));
    }
    json_t *root = json_pack("{s:o, s:o, s:i, s:i, s:o, s:o}", "before", string(before), "after", string(after), "pages_before",
        (int)d->pages_before, "pages_after", (int)d->pages_after, "changes", changes, "renumbered", renumbered);
    if (!root || json_dump_callback(root, chunk_add, out, JSON_INDENT(2)) != 0) BUG("differences could not be written as JSON");
    buf_add_char(out, '\n');
    json_decref(root);
}
