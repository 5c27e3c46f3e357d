/* Front matter, and the bytes of the file: marks, line ends, what is not UTF-8. */
#include "read_case.h"

static void known_keys(void **state) {
    (void)state;
    expect_tree("---\ntitle: 'The \"*state*\" of it'\nsubject: later\nabstract: 'no'\ndescription: yes it is\n"
                "author:\n  - Ann\n  - name: Ben\ndate: 2024-02-29\nkeywords: a, b c\nlang: cy\ndraft: true\n---\n",
        "meta\n"
        "  title \"The \xE2\x80\x9Cstate\xE2\x80\x9D of it\" known @2:9\n"
        "  description \"yes it is\"\n"
        "  author \"Ann\"\n"
        "  author \"Ben\"\n"
        "  draft \"true\"\n"
        "  lang \"cy\"\n"
        "  date \"2024-02-29\"\n"
        "  keyword \"a\"\n"
        "  keyword \"b c\"\n"
        "document @1:1\n");
}

static void related(void **state) {
    (void)state;
    expect_tree(
        "---\nrelated:\n  - {title: One, url: 'https://e.org/'}\n  - '[Two](two.html), a *paper*'\n  - {title: none}\n---\n\na\n",
        "  paragraph @8:1\n"
        "    text @8:1 \"a\"\n"
        "  box related @3:3\n"
        "    list tight @3:3\n"
        "      item @3:5\n"
        "        paragraph @3:5\n"
        "          link to=\"https://e.org/\" @3:13\n"
        "            text @3:13 \"One\"\n"
        "      item @4:6\n"
        "        paragraph @4:6\n"
        "          link to=\"two.html\" @4:6\n"
        "            text @4:6 \"Two\"\n"
        "          text @4:6 \", a \"\n"
        "          emphasis @4:6\n"
        "            text @4:6 \"paper\"\n"
        "5:5 front-matter-type\n");
}

static void wrong_keys(void **state) {
    (void)state;
    expect_tree("---\ntitel: a\ntitle: [a]\ntoc: maybe\ntoc-depth: 7\nlang: not_one\nnotes: below\nrecommendations: here\n"
                "cover: [true]\nmembers: [{office: Chair}]\nverso: {a: b}\nhyphenation: true\n---\nb",
        "  paragraph @14:1\n"
        "    text @14:1 \"b\"\n"
        "2:1 front-matter-key\n"
        "3:8 front-matter-type\n"
        "4:6 front-matter-type\n"
        "5:12 front-matter-type\n"
        "6:7 lang\n"
        "7:8 front-matter-type\n"
        "8:18 front-matter-type\n"
        "9:8 front-matter-type\n"
        "10:11 front-matter-type\n"
        "11:8 front-matter-type\n"
        "12:14 front-matter-type\n");
}

static void report_keys(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Source source = {STR("case.md"),
        STR("---\nsession: Third Report\nordered-to-be-printed: Ordered to be *printed* 3 May\npublished: 5 May\ncommittee: A Committee\n"
            "logo: a_b.png\nlogo-alt: Arms\nverso: One.\nmembers:\n  - The Chair\n  - {name: Ann, office: Clerk}\n  - name: Ben\ncover: yes\n"
            "toc: true\ntoc-depth: 3\nlist-of-tables: true\nlist-of-figures: on\nparagraph-numbers: true\nnumber-sections: true\n"
            "notes: end\nrecommendations: false\n---\n")};
    const Meta *meta = &read_markdown(arena, &d, &source)->meta;
    assert_int_equal(d.count, 0);
    assert_true(str_is(meta->session, "Third Report") && str_is(meta->ordered, "Ordered to be printed 3 May"));
    assert_true(str_is(meta->published, "5 May") && str_is(meta->committee, "A Committee"));
    assert_true(str_is(meta->logo, "a_b.png") && str_is(meta->logo_alt, "Arms"));
    assert_int_equal(meta->verso_count, 1);
    assert_true(str_is(meta->verso[0], "One."));
    assert_int_equal(meta->member_count, 3);
    assert_true(str_is(meta->members[0], "The Chair") && str_is(meta->members[1], "Ann, Clerk") && str_is(meta->members[2], "Ben"));
    assert_true(meta->cover && meta->toc && meta->list_of_tables && meta->list_of_figures && meta->paragraph_numbers);
    assert_true(meta->number_sections && meta->notes_at_end);
    assert_int_equal(meta->toc_depth, 3);
    assert_int_equal(meta->recommendations, 0);
    arena_close(arena);
}

static void what_is_not_said(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Source source = {STR("case.md"), STR("---\ntoc: no\nnotes: page\n---\n")};
    const Meta *meta = &read_markdown(arena, &d, &source)->meta;
    assert_false(meta->toc || meta->notes_at_end || meta->cover);
    assert_int_equal(meta->toc_depth, 2);
    assert_int_equal(meta->recommendations, 1);
    arena_close(arena);
}

static void bad_yaml(void **state) {
    (void)state;
    expect_tree("---\nauthor: a\ntitle: b: c\n---\nd", "  paragraph @5:1\n    text @5:1 \"d\"\n3:9 front-matter\n");
    expect_tree("---\n- a\n---\nd", "  paragraph @4:1\n    text @4:1 \"d\"\n2:1 front-matter\n");
}

static void not_front_matter(void **state) {
    (void)state;
    expect_tree("---\n\na\n\n---\n", "  rule @1:1\n  paragraph @3:1\n    text @3:1 \"a\"\n  rule @5:1\n");
    expect_tree("---\na: b\n", "  rule @1:1\n  paragraph @2:1\n    text @2:1 \"a: b\"\n1:1 front-matter-open\n");
}

static void marks_and_line_ends(void **state) {
    (void)state;
    expect_tree("\xEF\xBB\xBF"
                "a\r\nb\rc\n\r\n\r\nd",
        "  paragraph @1:2\n"
        "    text @1:2 \"a \"\n"
        "    text @2:1 \"b \"\n"
        "    text @3:1 \"c\"\n"
        "  paragraph @6:1\n"
        "    text @6:1 \"d\"\n");
    expect_tree("\xEF\xBB\xBF---\r\ntitle: x\r\n---\r\na",
        "meta\n  title \"x\" known @2:8\ndocument @1:1\n  paragraph @4:1\n    text @4:1 \"a\"\n");
}

static void bad_bytes(void **state) {
    (void)state;
    expect_tree_of(STR("\xC3\xA9 \0 a\xFF\xC3 *b*"), "  paragraph @1:1\n"
                                                     "    text @1:1 \"\xC3\xA9 \xEF\xBF\xBD a\xEF\xBF\xBD\xEF\xBF\xBD \"\n"
                                                     "    emphasis @1:9\n"
                                                     "      text @1:10 \"b\"\n"
                                                     "1:6 utf-8\n"
                                                     "1:3 nul\n");
}

static void empty(void **state) {
    (void)state;
    expect_tree("", "");
    expect_tree("---\n---\n", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_keys),
        cmocka_unit_test(related),
        cmocka_unit_test(wrong_keys),
        cmocka_unit_test(report_keys),
        cmocka_unit_test(what_is_not_said),
        cmocka_unit_test(bad_yaml),
        cmocka_unit_test(not_front_matter),
        cmocka_unit_test(marks_and_line_ends),
        cmocka_unit_test(bad_bytes),
        cmocka_unit_test(empty),
    };
    return cmocka_run_group_tests_name("read_front_matter", tests, NULL, NULL);
}
