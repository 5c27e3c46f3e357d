/* For the tests of read/: a piece of Markdown in, the dump of its tree and its diagnostics out, compared line by line. */
#ifndef READ_CASE_H
#define READ_CASE_H

#include "read/read.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

/* The dump without the first two lines' "meta" and "document", then a line "line:column code" for each diagnostic. */
static inline void expect_tree_of(Str text, const char *expected) {
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Source source = {STR("case.md"), text};
    Tree *tree = read_markdown(arena, &d, &source);
    tree_verify(tree);
    Buf out = buf_new(arena);
    tree_dump(tree, &out);
    for (uint32_t i = 0; i < d.count; i++) buf_format(&out, "%u:%u %s\n", d.items[i].at.line, d.items[i].at.column, d.items[i].code);
    const char *start = out.p;
    if (strncmp(start, "meta\ndocument @1:1\n", 19) == 0) start += 19;
    assert_string_equal(start, expected);
    arena_close(arena);
}

static inline void expect_tree(const char *text, const char *expected) { expect_tree_of(str_from(text), expected); }

#endif
