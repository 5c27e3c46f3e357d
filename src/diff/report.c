/* report: what changed, for people. */
#include "diff/internal.h"

#define WORDS_AROUND 6 /* of a change, on both sides */
#define WORDS_OF_ADDED 80 /* bytes of a passage that is new or gone */

static void on_page(Buf *out, const Passage *passage) {
    if (passage->page.n) buf_format(out, ", page " STR_FMT, STR_ARG(passage->page));
}

static void name_add(Arena *arena, const Passage *passage, Buf *out) {
    buf_add(out, passage_name(arena, passage));
    on_page(out, passage);
}

/* "paragraph 35, page 6 (was paragraph 34, page 5)": the old one only as far as it is another. */
static void both_add(Arena *arena, const Change *change, Buf *out) {
    const Passage *before = change->before, *after = change->after;
    name_add(arena, after, out);
    bool number = !str_equal(before->number, after->number), page = !str_equal(before->page, after->page);
    if (!number && !page) return;
    buf_add_c(out, " (was ");
    if (number && before->number.n) buf_add(out, passage_name(arena, before));
    if (page && before->page.n) buf_format(out, "%spage " STR_FMT, number && before->number.n ? ", " : "", STR_ARG(before->page));
    buf_add_char(out, ')');
}

static bool shown_near(const WordChanges *changes, uint32_t at) {
    uint32_t from = at > WORDS_AROUND ? at - WORDS_AROUND : 0, to = at + WORDS_AROUND;
    for (uint32_t i = from; i <= to && i < changes->count; i++)
        if (changes->items[i].mark != ' ') return true;
    return false;
}

/* The words with what changed marked, and as many round it as are needed to find the place. */
static void words_add(Arena *arena, const Change *change, Buf *out) {
    WordChanges words = words_compare(arena, change->before->words, change->after->words);
    bool skipped = false, any = false;
    buf_add_c(out, "    ");
    for (uint32_t i = 0; i < words.count; i++) {
        char mark = words.items[i].mark;
        if (!shown_near(&words, i)) {
            if (!skipped) buf_add_c(out, any ? " …" : "…");
            skipped = any = true;
            continue;
        }
        bool begins = mark != ' ' && (!i || words.items[i - 1].mark != mark);
        bool ends = mark != ' ' && (i + 1 == words.count || words.items[i + 1].mark != mark);
        if (any) buf_add_char(out, ' ');
        if (begins) buf_format(out, mark == '-' ? "[-" : "{+");
        buf_add(out, words.items[i].word);
        if (ends) buf_format(out, mark == '-' ? "-]" : "+}");
        skipped = false;
        any = true;
    }
    if (!any) buf_add_c(out, "…");
    buf_add_char(out, '\n');
}

static bool words_changed(const Change *change) { return !str_equal(change->before->words, change->after->words); }

static void what_else_add(const Change *change, Buf *out) {
    const Node *node = change->after->node;
    if (node->kind == NODE_IMAGE)
        buf_add_c(out, str_equal(change->before->node->more->target, node->more->target) ? "    another image in the same file\n"
                                                                                         : "    another file\n");
    else if (node->kind == NODE_HEADING && node->value != change->before->node->value)
        buf_add_c(out, "    another level\n");
    else
        buf_add_c(out, "    the same words: where a link leads, or what they are part of\n");
}

static void where_add(Arena *arena, const Change *change, Buf *out) {
    const Passage *passage = change->after ? change->after : change->before;
    if (change->previous && passage->node->kind != NODE_HEADING) {
        buf_add_c(out, ", after ");
        buf_add(out, passage_name(arena, change->previous));
    }
}

static void change_add(Arena *arena, const Change *change, Buf *out) {
    switch (change->kind) {
    case CHANGE_CHANGED:
        both_add(arena, change, out);
        buf_add_c(out, ": changed\n");
        if (words_changed(change))
            words_add(arena, change, out);
        else
            what_else_add(change, out);
        return;
    case CHANGE_MOVED:
        both_add(arena, change, out);
        buf_add_c(out, ": moved\n");
        return;
    case CHANGE_ADDED:
    case CHANGE_REMOVED: {
        const Passage *passage = change->kind == CHANGE_ADDED ? change->after : change->before;
        name_add(arena, passage, out);
        where_add(arena, change, out);
        buf_add_c(out, change->kind == CHANGE_ADDED ? ": added\n" : ": removed\n");
        if (passage->number.n && passage->words.n) {
            Str words = words_begin(arena, passage->words, WORDS_OF_ADDED);
            buf_format(out, "    " STR_FMT "\n", STR_ARG(words));
        }
        return;
    }
    }
}

static void renumbering_add(const Renumbering *r, Buf *out) {
    int last = (int)r->count - 1;
    if (r->count == 1)
        buf_format(out, "paragraph %d is now %d\n", (int)r->from, (int)r->to);
    else
        buf_format(
            out, "paragraphs %d to %d are now %d to %d\n", (int)r->from, (int)r->from + last, (int)r->to, (int)r->to + last);
}

static void summary_add(const Differences *d, Buf *out) {
    static const char *const names[] = {"changed", "added", "removed", "moved"};
    bool any = false;
    for (int kind = CHANGE_CHANGED; kind <= CHANGE_MOVED; kind++) {
        if (!d->counts[kind]) continue;
        buf_format(out, "%s%u %s", any ? ", " : "", (unsigned)d->counts[kind], names[kind]);
        any = true;
    }
    if (!any) buf_add_c(out, "nothing changed in the words");
    if (d->pages_before != d->pages_after)
        buf_format(out, "; %u pages, before %u", (unsigned)d->pages_after, (unsigned)d->pages_before);
    buf_add_char(out, '\n');
}

void differences_text(Arena *arena, const Differences *d, Buf *out) {
    for (uint32_t i = 0; i < d->changes.count; i++) change_add(arena, &d->changes.items[i], out);
    for (uint32_t i = 0; i < d->renumberings.count; i++) renumbering_add(&d->renumberings.items[i], out);
    summary_add(d, out);
}
