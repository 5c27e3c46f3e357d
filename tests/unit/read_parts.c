/* Long documents are read in parts, side by side: what comes of it is what reading them in one piece gives. Inside a div nothing is divided. */
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CHAPTERS 60
#define PARAGRAPHS 40

static void chapter_add(Buf *out, int number) {
    buf_format(out, "## Chapter %d\n\n", number);
    if (number % 20 == 10) buf_add_c(out, "*[TLA]: three letters and more\n\n");
    for (int i = 0; i < PARAGRAPHS; i++)
        buf_format(out, "Some *plain* words of \"chapter\" %d that say nothing[^n%d], and a [link], a [word]{.x} and `code`.\n\n",
            number, (number * 7 + i) % 50);
    if (number % 15 == 1) buf_format(out, "No such note[^m%d], <blink>, and a mark that <b>is not closed.\n\n", number);
    buf_add_c(out, "| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Of letters {#t}\n\n");
}

static Str document_text(Arena *arena, const char *first_line, const char *last_line) {
    Buf out = buf_new(arena);
    buf_format(&out, "%s\n\n", first_line);
    for (int i = 0; i < CHAPTERS; i++) chapter_add(&out, i);
    for (int i = 0; i < 50; i++) buf_format(&out, "[^n%d]: Note %d.\n", i, i);
    buf_format(&out, "\n[link]: https://example.org/ 'Title'\n\n%s\n", last_line);
    return buf_str(&out);
}

/* The dump without its indentation and without the div, and what was said of it. */
static Str dump_flat(Arena *arena, Str text) {
    Diags d = diags_new(arena);
    Source *source = NEW(arena, Source);
    *source = (Source){STR("case.md"), text};
    Tree *tree = read_markdown(arena, &d, source);
    tree_verify(tree);
    Buf whole = buf_new(arena), out = buf_new(arena);
    tree_dump(tree, &whole);
    for (size_t at = 0; at < whole.n;) {
        const char *end = memchr(whole.p + at, '\n', whole.n - at);
        size_t to = end ? (size_t)(end - whole.p) : whole.n;
        Str line = str_trim(str_slice(buf_str(&whole), at, to));
        if (!str_starts(line, STR("div "))) buf_format(&out, STR_FMT "\n", STR_ARG(line));
        at = to + 1;
    }
    for (uint32_t i = 0; i < tree->abbreviations.count; i++)
        buf_format(&out, "%u " STR_FMT "\n", tree->abbreviations.items[i].line, STR_ARG(tree->abbreviations.items[i].expansion));
    const Diag **said = diags_sorted(&d);
    for (uint32_t i = 0; i < d.count; i++)
        buf_format(
            &out, "%u:%u %s " STR_FMT "\n", said[i]->at.line, said[i]->at.column, said[i]->code, STR_ARG(said[i]->message));
    return buf_str(&out);
}

static void parts_are_read_as_the_whole(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str whole = dump_flat(arena, document_text(arena, "::: {.all}", ":::"));
    Str text = document_text(arena, "", "");
    assert_true(text.n > 200000); /* several parts */
    uint32_t cores = cores_available();
    for (uint32_t count = 1; count <= 4; count += 3) {
        cores_use(count);
        assert_string_equal(dump_flat(arena, text).p, whole.p);
    }
    cores_use(cores);
    arena_close(arena);
}

static void what_is_said_once_is_said_once(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Buf out = buf_new(arena);
    for (int i = 0; i < 8; i++) {
        chapter_add(&out, i);
        for (int part = 0; part < 5; part++) chapter_add(&out, 100);
        if (i == 0) continue;
        for (int depth = 0; depth < 110; depth++) buf_add_c(&out, "> ");
        buf_add_c(&out, "deep\n\n");
    }
    Diags d = diags_new(arena);
    Source source = {STR("deep.md"), buf_str(&out)};
    tree_verify(read_markdown(arena, &d, &source));
    uint32_t count = 0, lines = 0;
    const char *deep = strstr(out.p, "> > ");
    for (const char *p = out.p; p < deep; p++) lines += *p == '\n';
    for (uint32_t i = 0; i < d.count; i++) {
        if (strcmp(d.items[i].code, "nesting") != 0) continue;
        count++;
        assert_int_equal(d.items[i].at.line, lines + 1);
    }
    assert_int_equal(count, 1);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_read_as_the_whole),
        cmocka_unit_test(what_is_said_once_is_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
