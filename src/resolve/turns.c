/* Marks that turn text round (UAX #9) and are not closed where their block ends, or their line of code. They are how text is made to look
 * like other text than it is (CVE-2021-42574, "Trojan Source"), so they are told.
 *
 * A block is a paragraph of its own in both files, and no mark reaches beyond it. But its words are copied: into metadata, contents, references and
 * running heads, and by readers into what they write. So what is left open is closed behind the last of them, before any pass copies
 * words. Code is left as it is.
 */
#include "resolve/passes.h"

typedef struct {
    Resolution *r;
    SourceLines lines;
} Turner;

/* What one string, or a block's strings one after the other, have open; and where the outermost of it stands. */
typedef struct {
    Turns turns;
    uint32_t mark;
    Place leaf; /* that it stands in */
} Open;

static void meet(Turner *t, Open *open, Str text, Place leaf) {
    uint32_t mark;
    for (size_t at = 0; turns_next(text, &at, &mark);) {
        bool outermost = turns_meet(t->r->arena, &open->turns, mark) == 1 && open->turns.count == 1;
        if (!outermost) continue;
        open->mark = mark;
        open->leaf = leaf;
    }
}

static void tell(Turner *t, const Open *open, const char *what, const char *end) {
    char sign[4];
    Place at = source_find(&t->lines, open->leaf, (Str){sign, utf8_encode(open->mark, sign)});
    diag(t->r->d, DIAG_WARNING, "turn-open", at,
        open->mark >= 0x2066 ? "take it out, or close it with U+2069" : "take it out, or close it with U+202C",
        "the mark U+%04X changes the order in which %s is seen, and is not closed; %s", (unsigned)open->mark, what, end);
}

/* Empty: nothing is open. */
static Str closing(Turner *t, Open *open) {
    if (open->turns.count == 0) return (Str){0};
    tell(t, open, "text", "it is closed where its paragraph, heading or cell ends");
    Buf marks = buf_new(t->r->arena);
    turns_close(&open->turns, &marks);
    return buf_str(&marks);
}

static Str closed(Turner *t, Str text, Place at) {
    Open open = {0};
    meet(t, &open, text, at);
    Str marks = closing(t, &open);
    return marks.n ? str_format(t->r->arena, STR_FMT STR_FMT, STR_ARG(text), STR_ARG(marks)) : text;
}

static void block_close(Turner *t, Node *block) {
    Open open = {0};
    for (const Node *leaf = block->first; leaf; leaf = node_next(leaf, block))
        if (leaf->kind == NODE_TEXT || leaf->kind == NODE_CODE) meet(t, &open, leaf->text, node_place(t->r->tree, leaf));
    Str marks = closing(t, &open);
    if (marks.n) node_append(block, text_new(t->r->arena, marks, block->last, true));
}

/* Each line is a paragraph of its own. */
static void code_tell(Turner *t, const Node *code) {
    Place place = node_place(t->r->tree, code);
    uint32_t mark;
    for (size_t at = 0; turns_next(code->text, &at, &mark);) {
        size_t from = at - 3, to = at; /* all of these marks are three bytes */
        while (to < code->text.n && code->text.p[to] != '\n') to++;
        Open open = {0};
        meet(t, &open, str_slice(code->text, from, to), place);
        if (open.turns.count > 0) {
            tell(t, &open, "code", "it ends with its line");
            return;
        }
        at = to;
    }
}

/* Strings that are no words of a block: titles, and what images and abbreviations stand for. */
static void strings_close(Turner *t, Node *node) {
    Place at = node_place(t->r->tree, node);
    if (node->kind == NODE_IMAGE) node->text = closed(t, node->text, at);
    if (node->more == &node_nothing_more) return;
    Str title = closed(t, node->more->title, at);
    if (title.p != node->more->title.p) node_more(t->r->arena, node)->title = title;
    for (uint32_t i = 0; i < node->more->attribute_count; i++) {
        Str value = closed(t, node->more->attributes[i].value, at);
        if (value.p != node->more->attributes[i].value.p) node_more(t->r->arena, node)->attributes[i].value = value;
    }
}

/* A list is the first tree's, too, so it is made anew. */
static Str *list_closed(Turner *t, const Str *from, uint32_t count, const char *key) {
    Str *list = NEW_ARRAY(t->r->arena, Str, count ? count : 1);
    for (uint32_t i = 0; i < count; i++) list[i] = closed(t, from[i], meta_place(t->r->tree, key));
    return list;
}

static void metadata_close(Turner *t) {
    Meta *meta = &t->r->tree->meta;
    const struct {
        const char *key;
        Str *words;
    } fields[] = {{"title", &meta->title}, {"subtitle", &meta->subtitle}, {"standfirst", &meta->standfirst},
        {"description", &meta->description}, {"publisher", &meta->publisher}, {"reference", &meta->reference},
        {"rights", &meta->rights}, {"marking", &meta->marking}, {"embargo", &meta->embargo}, {"draft", &meta->draft},
        {"session", &meta->session}, {"ordered", &meta->ordered}, {"published", &meta->published},
        {"committee", &meta->committee}, {"logo-alt", &meta->logo_alt}, {"date", &meta->date_text}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i].words = closed(t, *fields[i].words, meta_place(t->r->tree, fields[i].key));
    meta->authors = list_closed(t, meta->authors, meta->author_count, "author");
    meta->keywords = list_closed(t, meta->keywords, meta->keyword_count, "keywords");
    meta->verso = list_closed(t, meta->verso, meta->verso_count, "verso");
    meta->members = list_closed(t, meta->members, meta->member_count, "members");
}

void resolve_turns(Resolution *r) {
    Turner t = {r, source_lines(r->arena, r->tree)};
    metadata_close(&t);
    for (uint32_t i = 0; i < r->tree->abbreviations.count; i++) {
        Abbreviation *a = &r->tree->abbreviations.items[i];
        a->expansion = closed(&t, a->expansion, (Place){r->tree->source, a->line, a->column});
    }
    for (Node *node = r->tree->root; node; node = node_next(node, r->tree->root)) {
        strings_close(&t, node);
        if (tree_kind(node->kind)->level == LEVEL_TEXT_BLOCK) block_close(&t, node);
        if (node->kind == NODE_CODE_BLOCK) code_tell(&t, node);
    }
}
