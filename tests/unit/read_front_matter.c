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
    expect_tree("---\ntitel: a\ntitle: [a]\ntoc: true\ntoc-depth: no\nlang: not_one\n---\nb", "  paragraph @8:1\n"
                                                                                              "    text @8:1 \"b\"\n"
                                                                                              "2:1 front-matter-key\n"
                                                                                              "3:8 front-matter-type\n"
                                                                                              "4:6 not-yet\n"
                                                                                              "6:7 lang\n");
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
        cmocka_unit_test(bad_yaml),
        cmocka_unit_test(not_front_matter),
        cmocka_unit_test(marks_and_line_ends),
        cmocka_unit_test(bad_bytes),
        cmocka_unit_test(empty),
    };
    return cmocka_run_group_tests_name("read_front_matter", tests, NULL, NULL);
}
