/* Attributes, spans, HTML among words, bare links, and the place of every piece of text. */
#include "read_case.h"

#include <string.h>

static void spans(void **state) {
    (void)state;
    expect_tree("[a *b*\nc [d]{#i .x .y k=\"v w\" lang=fr} e]{.pull-quote}.", "  paragraph @1:1\n"
                                                                              "    span .pull-quote @1:1\n"
                                                                              "      text @1:2 \"a \"\n"
                                                                              "      emphasis @1:4\n"
                                                                              "        text @1:5 \"b\"\n"
                                                                              "      text @1:7 \" \"\n"
                                                                              "      text @2:1 \"c \"\n"
                                                                              "      span #i .x .y k=\"v w\" lang=fr @2:3\n"
                                                                              "        text @2:4 \"d\"\n"
                                                                              "      text @2:32 \" e\"\n"
                                                                              "    text @2:48 \".\"\n");
}

static void not_spans(void **state) {
    (void)state;
    expect_tree("\\[a]{.b} \\[c\\]{.d} `[e]{.f}` [g] {.h} [i]{j} [k]{} l]{.m}",
        "  paragraph @1:1\n"
        "    text @1:2 \"[a]{.b} \"\n"
        "    text @1:11 \"[c\"\n"
        "    text @1:14 \"]{.d} \"\n"
        "    code @1:21 \"[e]{.f}\"\n"
        "    text @1:29 \" [g] {.h} [i]{j} [k]{} l]{.m}\"\n");
}

static void attributes_behind_things(void **state) {
    (void)state;
    expect_tree("# A {#top .big}\n\nB {#low}\n===\n\n[x](u){.l} ![p](q){.decorative} `c`{.d}\n\n[x][r]{.m} (y){.n}\n\n[r]: v\n",
        "  heading 1 #top .big @1:1\n"
        "    text @1:3 \"A\"\n"
        "  heading 1 #low @3:1\n"
        "    text @3:1 \"B\"\n"
        "  paragraph @6:1\n"
        "    link .l to=\"u\" @6:1\n"
        "      text @6:2 \"x\"\n"
        "    text @6:11 \" \"\n"
        "    image .decorative to=\"q\" @6:12\n"
        "    text @6:32 \" \"\n"
        "    code .d @6:34 \"c\"\n"
        "  paragraph @8:1\n"
        "    link .m to=\"v\" @8:1\n"
        "      text @8:2 \"x\"\n"
        "    text @8:11 \" (y){.n}\"\n");
}

static void scripts(void **state) {
    (void)state;
    expect_tree("H~2~O x^*n*^ ~~a~b~~~ P~c\\ d~ `e~f~`\n", "  paragraph @1:1\n"
                                                         "    text @1:1 \"H\"\n"
                                                         "    subscript @1:2\n"
                                                         "      text @1:3 \"2\"\n"
                                                         "    text @1:5 \"O x\"\n"
                                                         "    superscript @1:8\n"
                                                         "      emphasis @1:9\n"
                                                         "        text @1:10 \"n\"\n"
                                                         "    text @1:13 \" ~~a~b~~~ P\"\n"
                                                         "    subscript @1:24\n"
                                                         "      text @1:25 \"c\\u{A0}\"\n"
                                                         "      text @1:28 \"d\"\n"
                                                         "    text @1:30 \" \"\n"
                                                         "    code @1:32 \"e~f~\"\n");
}

static void not_scripts(void **state) {
    (void)state;
    expect_tree("~100 ~200~ 2^10 3^4 a^`^` b^\n*c^d* e^ \\~f~ ~~g~~ ^^h^^ http://e.org/~a/~b [^1]^k[^1]\n\n[^1]: l\n",
        "  paragraph @1:1\n"
        "    text @1:1 \"~100 \"\n"
        "    subscript @1:6\n"
        "      text @1:7 \"200\"\n"
        "    text @1:11 \" 2^10 3^4 a^\"\n"
        "    code @1:24 \"^\"\n"
        "    text @1:26 \" b^ \"\n"
        "    emphasis @2:1\n"
        "      text @2:2 \"c^d\"\n"
        "    text @2:6 \" e^ \"\n"
        "    text @2:11 \"~f~ \"\n"
        "    strike @2:15\n"
        "      text @2:17 \"g\"\n"
        "    text @2:20 \" ^^h^^ \"\n"
        "    link to=\"http://e.org/~a/~b\" @2:27\n"
        "      text @2:27 \"http://e.org/~a/~b\"\n"
        "    text @2:45 \" \"\n"
        "    note-reference to=\"#fn-1\" @2:46\n"
        "    text @2:50 \"^k\"\n"
        "    note-reference to=\"#fn-1\" @2:52\n"
        "  note #fn-1 @4:1\n"
        "    paragraph @4:7\n"
        "      text @4:7 \"l\"\n");
}

static void attributes_of_images(void **state) {
    (void)state;
    expect_tree("![CO~2~ by year](q){longdesc=#table credit=\"A library\" width=50%}\n",
        "  paragraph @1:1\n"
        "    image longdesc=\"#table\" credit=\"A library\" width=\"50%\" to=\"q\" @1:1 \"CO2 by year\"\n");
}

static void fenced_code(void **state) {
    (void)state;
    expect_tree("```{.python #f startFrom=3}\na\n\tb\n```\n\n~~~c and more\n~~~\n",
        "  code-block python #f startFrom=\"3\" @2:1 \"a\\n\\tb\"\n"
        "  code-block c info=\"and more\" @6:1\n");
}

static void html(void **state) {
    (void)state;
    expect_tree("H<sub>2</sub>O<br>\n<abbr title=\"a &amp; b\">x</abbr><!-- n -->y <blink>z</blink> <b>*q</b>*",
        "  paragraph @1:1\n"
        "    text @1:1 \"H\"\n"
        "    subscript @1:2\n"
        "      text @1:7 \"2\"\n"
        "    text @1:14 \"O\"\n"
        "    line-break @1:15\n"
        "    abbreviation title=\"a & b\" @2:1\n"
        "      text @2:25 \"x\"\n"
        "    text @2:43 \"y \"\n"
        "    text @2:52 \"z \"\n"
        "    emphasis @2:65\n"
        "      text @2:66 \"q\"\n"
        "2:45 html-left-out\n"
        "2:67 html-left-out\n"
        "2:62 html-left-out\n");
}

static void html_blocks_keep_their_text(void **state) {
    (void)state;
    expect_tree("<!-- gone -->\n\n<div class=\"x\">\n<p>One <b>two</b></p>\nthree\n</div>\n\n<script>\nlost\n</script>\n",
        "  paragraph @4:4\n"
        "    text @4:4 \"One \"\n"
        "    strong @4:8\n"
        "      text @4:11 \"two\"\n"
        "  paragraph @5:1\n"
        "    text @5:1 \"three\"\n"
        "3:1 html-left-out\n"
        "4:1 html-left-out\n"
        "8:1 html-left-out\n");
}

static void bare_links(void **state) {
    (void)state;
    expect_tree("See https://e.org/a--b_c?x=1&amp;y=2. (www.e.org/f(g)), a.b@c.org! [http://no.org](u) `http://no.org` "
                "xhttp://no www.a_b",
        "  paragraph @1:1\n"
        "    text @1:1 \"See \"\n"
        "    link to=\"https://e.org/a--b_c?x=1&y=2\" @1:5\n"
        "      text @1:5 \"https://e.org/a--b_c?x=1&y=2\"\n"
        "    text @1:37 \". (\"\n"
        "    link to=\"http://www.e.org/f(g)\" @1:40\n"
        "      text @1:40 \"www.e.org/f(g)\"\n"
        "    text @1:54 \"), \"\n"
        "    link to=\"mailto:a.b@c.org\" @1:57\n"
        "      text @1:57 \"a.b@c.org\"\n"
        "    text @1:66 \"! \"\n"
        "    link to=\"u\" @1:68\n"
        "      text @1:69 \"http://no.org\"\n"
        "    text @1:86 \" \"\n"
        "    code @1:88 \"http://no.org\"\n"
        "    text @1:102 \" xhttp://no www.a_b\"\n");
}

static void smart_punctuation_keeps_columns(void **state) {
    (void)state;
    expect_tree("\"a\" -- b...  c\xC2\xA0&eacute;d\\\ne", "  paragraph @1:1\n"
                                                          "    text @1:1 \"\xE2\x80\x9C"
                                                          "a\xE2\x80\x9D \xE2\x80\x93 \"\n"
                                                          "    text @1:8 \"b\xE2\x80\xA6 \"\n"
                                                          "    text @1:14 \"c\\u{A0}\xC3\xA9\"\n"
                                                          "    text @1:24 \"d\"\n"
                                                          "    line-break @1:26\n"
                                                          "    text @2:1 \"e\"\n");
    expect_tree("---\nsmart: false\n---\n\"a\" -- b...", "meta\n  smart false\ndocument @1:1\n"
                                                         "  paragraph @4:1\n"
                                                         "    text @4:1 \"\\\"a\\\" -- b...\"\n");
}

static void expect_text(const char *markdown, const char *wanted) {
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Source source = {STR("a.md"), str_from(markdown)};
    Tree *tree = read_markdown(arena, &d, &source);
    tree_verify(tree);
    assert_string_equal(str_c(arena, node_text(arena, tree->root)), wanted);
    arena_close(arena);
}

/* Where a reference to a note ends, cmark's columns do not say when it goes over lines. */
static void what_follows_a_note_that_is_missing_is_kept(void **state) {
    (void)state;
    expect_text("[^a\nb] \"\xC3\xA9\" c", "[^a b] \xE2\x80\x9C\xC3\xA9\xE2\x80\x9D c");
    expect_text("[^a\\\nb] \"\xC3\xA9\" c", "[^a\\ b] \xE2\x80\x9C\xC3\xA9\xE2\x80\x9D c");
    expect_text("[^a\\\\\nb] \"\xC3\xA9\" c", "[^a\\\\ b] \xE2\x80\x9C\xC3\xA9\xE2\x80\x9D c");
    expect_text("[^a [b]\nc] \"d\"", "[^a [b] c] \xE2\x80\x9C" "d\xE2\x80\x9D");
    expect_text("[^a\n`]`b] \"d\"", "[^a `]`b] \xE2\x80\x9C" "d\xE2\x80\x9D");
    expect_text("[^\\\n]1/2\xC3\xA9", "[^\\ ]1/2\xC3\xA9");
}

/* A link's end is cmark's column, which counts from the backslash. */
static void what_follows_a_link_that_begins_with_a_backslash_is_kept(void **state) {
    (void)state;
    expect_text("[\\*]() <hs:b> \xC3\xA9", "* hs:b \xC3\xA9");
    expect_text("[\\\\](x)<hs:b> \xC3\xA9", "\\hs:b \xC3\xA9");
    expect_text("[**a\\***](x)<hs:b> \xC3\xA9", "a*hs:b \xC3\xA9");
}

static void what_follows_an_address_with_an_entity_is_kept(void **state) {
    (void)state;
    expect_text("a\n<hs:b?c&amp;d> \xC3\xA9 \"x\"", "a hs:b?c&d \xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D");
    expect_text("a\n<hs:&nGt;>b <hs:c>d", "a hs:\xE2\x89\xAB\xE2\x83\x92" "b hs:cd"); /* which is longer than the entity */
}

static size_t count_of(Str text, Str word) {
    size_t count = 0;
    for (size_t i = 0; i + word.n <= text.n; i++) count += memcmp(text.p + i, word.p, word.n) == 0;
    return count;
}

/* Whatever mark-up stands round it, in every mixture: the letter is in the tree as often as in the source. */
static void no_letter_is_lost(void **state) {
    (void)state;
    static const char *const pieces[] = {"\xC3\xA9", "\xC3\xA9 \n", "z", " ", "\n", "[^", "[", "]", "![", "](x)", "]()", "(x)", "[b]", "](<x y> \"t\n\")",
        "{.c}", "\\", "\\*", "\\]", "\\\n", "  \n", "*", "**", "~\xC3\xA9~", "^", " `", "`a\n`", "\"", "'", "--", "...", "1/2", "&amp;", "&#233;", "&nGt;", "<i>", "</i>",
        "<i\n>", "<br>", "<!-- -->", "<hs:a>", "<hs:&amp;b>", "<hs:&nGt;>", "www.a.org ", "a@b.org ", "*\xC3\xA9*", "**\xC3\xA9**", "[\xC3\xA9](x)", "[\xC3\xA9]{.c}",
        "`\xC3\xA9`", "\"\xC3\xA9\"", "<span lang=fr>\xC3\xA9</span>", "\n> ", "\n- "};
    uint32_t random = 1;
    for (int i = 0; i < 20000; i++) {
        Arena *arena = arena_open();
        Buf text = buf_new(arena);
        buf_add_c(&text, "z ");
        for (int k = 0; k < 3 + i % 12; k++) {
            random = random * 1664525u + 1013904223u;
            buf_add_c(&text, pieces[(random >> 8) % (sizeof pieces / sizeof *pieces)]);
        }
        buf_add_c(&text, " \"\xC3\xA9\" \xC3\xA9");
        Diags d = diags_new(arena);
        Source source = {STR("a.md"), buf_str(&text)};
        Tree *tree = read_markdown(arena, &d, &source);
        size_t wanted = count_of(source.text, STR("\xC3\xA9")) + count_of(source.text, STR("&#233;"));
        size_t written = count_of(source.text, STR("&#233;")); /* in code an entity is no letter */
        Str words = node_text(arena, tree->root);
        size_t found = count_of(words, STR("\xC3\xA9"));
        if (found > wanted || found + written < wanted || utf8_find_bad(words) != words.n)
            fail_msg("%s\nbecomes\n%s", str_c(arena, source.text), str_c(arena, words));
        arena_close(arena);
    }
}

static void deep_inlines_are_flattened(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Buf text = buf_new(arena);
    for (int i = 0; i < 300; i++) buf_add_c(&text, "[a ");
    for (int i = 0; i < 300; i++) buf_add_c(&text, "]{.c}");
    Diags d = diags_new(arena);
    Source source = {STR("deep.md"), buf_str(&text)};
    Tree *tree = read_markdown(arena, &d, &source);
    tree_verify(tree);
    size_t deepest = 0;
    for (const Node *node = tree->root; node; node = node_next(node, tree->root)) {
        size_t depth = 0;
        for (const Node *up = node; up; up = up->parent) depth++;
        if (depth > deepest) deepest = depth;
    }
    assert_true(deepest < 110);
    assert_int_equal(node_text(arena, tree->root).n, 300 * 2 - 1);
    assert_int_equal(d.count, 1);
    assert_string_equal(d.items[0].code, "nesting");
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans),
        cmocka_unit_test(not_spans),
        cmocka_unit_test(attributes_behind_things),
        cmocka_unit_test(scripts),
        cmocka_unit_test(not_scripts),
        cmocka_unit_test(attributes_of_images),
        cmocka_unit_test(fenced_code),
        cmocka_unit_test(html),
        cmocka_unit_test(html_blocks_keep_their_text),
        cmocka_unit_test(bare_links),
        cmocka_unit_test(smart_punctuation_keeps_columns),
        cmocka_unit_test(what_follows_a_note_that_is_missing_is_kept),
        cmocka_unit_test(what_follows_a_link_that_begins_with_a_backslash_is_kept),
        cmocka_unit_test(what_follows_an_address_with_an_entity_is_kept),
        cmocka_unit_test(no_letter_is_lost),
        cmocka_unit_test(deep_inlines_are_flattened),
    };
    return cmocka_run_group_tests_name("read_inlines", tests, NULL, NULL);
}
