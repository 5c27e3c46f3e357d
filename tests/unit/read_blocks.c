/* Divs, notices, lists, tables and notes: which nodes they become, and where they stand. */
#include "read_case.h"

static void divs(void **state) {
    (void)state;
    expect_tree("a\n::: {.box .x title=\"T\" #b lang=cy}\nb\n\n- c\n\n  :::: warning ::::\n  d\n  "
                ":::\n\n```\n:::\n```\n:::\n\n::: odd\n:::\n",
        "  paragraph @1:1\n"
        "    text @1:1 \"a\"\n"
        "  box box #b .x lang=cy @2:1\n"
        "    box-title @2:1\n"
        "      text @2:1 \"T\"\n"
        "    paragraph @3:1\n"
        "      text @3:1 \"b\"\n"
        "    list @5:1\n"
        "      item @5:1\n"
        "        paragraph @5:3\n"
        "          text @5:3 \"c\"\n"
        "        box warning @7:3\n"
        "          paragraph @8:3\n"
        "            text @8:3 \"d\"\n"
        "    code-block @12:1 \":::\"\n"
        "  div odd @16:1\n");
}

static void divs_that_are_broken(void **state) {
    (void)state;
    expect_tree("::: page-break\n:::\n\n:::\n\n::: box a b\n\n::: note\nx\n", "  page-break @1:1\n"
                                                                              "  paragraph @4:1\n"
                                                                              "    text @4:1 \":::\"\n"
                                                                              "  paragraph @6:1\n"
                                                                              "    text @6:1 \"::: box a b\"\n"
                                                                              "  box note @8:1\n"
                                                                              "    paragraph @9:1\n"
                                                                              "      text @9:1 \"x\"\n"
                                                                              "4:1 div-close\n"
                                                                              "8:1 div-open\n");
}

static void pull_quotes(void **state) {
    (void)state;
    expect_tree("::: pull-quote\nWords.\n\n\xE2\x80\x94 Ann\n:::\n\n::: {.pull-quote by=\"Ben\"}\nWords.\n:::\n",
        "  pull-quote @1:1\n"
        "    paragraph @2:1\n"
        "      text @2:1 \"Words.\"\n"
        "    attribution @4:1\n"
        "      text @4:1 \"\xE2\x80\x94 Ann\"\n"
        "  pull-quote @7:1\n"
        "    paragraph @8:1\n"
        "      text @8:1 \"Words.\"\n"
        "    attribution @7:1\n"
        "      text @7:1 \"\xE2\x80\x94 Ben\"\n");
}

static void notices_and_tasks(void **state) {
    (void)state;
    expect_tree("> [!Tip]\n> a\n> > b\n>\n> - [x] c [ ]\n> - [ ] d\n", "  box tip @1:1\n"
                                                                       "    paragraph @2:3\n"
                                                                       "      text @2:3 \"a\"\n"
                                                                       "    block-quote @3:3\n"
                                                                       "      paragraph @3:5\n"
                                                                       "        text @3:5 \"b\"\n"
                                                                       "    list tight @5:3\n"
                                                                       "      item done @5:3\n"
                                                                       "        paragraph @5:9\n"
                                                                       "          text @5:9 \"c [ ]\"\n"
                                                                       "      item open @6:3\n"
                                                                       "        paragraph @6:9\n"
                                                                       "          text @6:9 \"d\"\n");
}

static void places_in_nested_blocks(void **state) {
    (void)state;
    expect_tree("1. > \xC3\xA9 *a*\n   > b\n lazy\n\n   - c\n\t\td\n\n[r]: u\n[s]: u\ne\nf *g*\n---\n",
        "  list ordered 1 @1:1\n"
        "    item 1 @1:1\n"
        "      block-quote @1:4\n"
        "        paragraph @1:6\n"
        "          text @1:6 \"\xC3\xA9 \"\n"
        "          emphasis @1:8\n"
        "            text @1:9 \"a\"\n"
        "          text @1:11 \" \"\n"
        "          text @2:6 \"b \"\n"
        "          text @3:2 \"lazy\"\n"
        "      list tight @5:4\n"
        "        item @5:4\n"
        "          paragraph @5:6\n"
        "            text @5:6 \"c \"\n"
        "            text @6:3 \"d\"\n"
        "  heading 2 @8:1\n"
        "    text @10:1 \"e \"\n"
        "    text @11:1 \"f \"\n"
        "    emphasis @11:3\n"
        "      text @11:4 \"g\"\n");
}

static void tables(void **state) {
    (void)state;
    expect_tree("above\n| a | b |\n|:-:|--:|\n| \xC3\xA9 `x` | y \\| z |\n|  | w |\n\nTable: The *caption* {#t .wide}\n",
        "  paragraph @1:1\n"
        "    text @1:1 \"above\"\n"
        "  table 2 #t .wide @2:1\n"
        "    caption @7:8\n"
        "      text @7:8 \"The \"\n"
        "      emphasis @7:12\n"
        "        text @7:13 \"caption\"\n"
        "    table-row header @2:3\n"
        "      table-cell header centre @2:3\n"
        "        text @2:3 \"a\"\n"
        "      table-cell header right @2:7\n"
        "        text @2:7 \"b\"\n"
        "    table-row @4:3\n"
        "      table-cell centre @4:3\n"
        "        text @4:3 \"\xC3\xA9 \"\n"
        "        code @4:6 \"x\"\n"
        "      table-cell right @4:11\n"
        "        text @4:11 \"y | z\"\n"
        "    table-row @5:4\n"
        "      table-cell centre @5:4\n"
        "      table-cell right @5:6\n"
        "        text @5:6 \"w\"\n");
}

static void tables_with_row_headers(void **state) {
    (void)state;
    expect_tree("| a | b |\n|---|---|\n| c | d |\n: {#t .row-headers}\n\n: no term\n\n: no definition\n",
        "  table 2 #t .row-headers @1:1\n"
        "    caption @6:3\n"
        "      text @6:3 \"no term\"\n"
        "    table-row header @1:3\n"
        "      table-cell header @1:3\n"
        "        text @1:3 \"a\"\n"
        "      table-cell header @1:7\n"
        "        text @1:7 \"b\"\n"
        "    table-row @3:3\n"
        "      table-cell header @3:3\n"
        "        text @3:3 \"c\"\n"
        "      table-cell @3:7\n"
        "        text @3:7 \"d\"\n"
        "  paragraph @8:1\n"
        "    text @8:1 \": no definition\"\n");
}

static void definitions(void **state) {
    (void)state;
    expect_tree("*A*\nB\n: one\nlazy\n~ two\n  ::: note\n  x\n  :::\n\nC\n  : - three\n", "  definition-list tight @1:1\n"
                                                                                         "    definition-group @1:1\n"
                                                                                         "      term @1:1\n"
                                                                                         "        emphasis @1:1\n"
                                                                                         "          text @1:2 \"A\"\n"
                                                                                         "      term @2:1\n"
                                                                                         "        text @2:1 \"B\"\n"
                                                                                         "      definition @3:1\n"
                                                                                         "        paragraph @3:3\n"
                                                                                         "          text @3:3 \"one \"\n"
                                                                                         "          text @4:1 \"lazy\"\n"
                                                                                         "      definition @5:1\n"
                                                                                         "        paragraph @5:3\n"
                                                                                         "          text @5:3 \"two\"\n"
                                                                                         "        box note @6:3\n"
                                                                                         "          paragraph @7:3\n"
                                                                                         "            text @7:3 \"x\"\n"
                                                                                         "    definition-group @10:1\n"
                                                                                         "      term @10:1\n"
                                                                                         "        text @10:1 \"C\"\n"
                                                                                         "      definition @11:3\n"
                                                                                         "        list tight @11:5\n"
                                                                                         "          item @11:5\n"
                                                                                         "            paragraph @11:7\n"
                                                                                         "              text @11:7 \"three\"\n");
}

static void definitions_with_space(void **state) {
    (void)state;
    expect_tree("> A\n>\n> :   one\n>\n>     two\n>\n>         code\n\n```\n: a\n```\n\nnot\na term\n\n: b\n\n[r]: u\n: c\n",
        "  block-quote @1:1\n"
        "    definition-list @1:3\n"
        "      definition-group @1:3\n"
        "        term @1:3\n"
        "          text @1:3 \"A\"\n"
        "        definition @3:3\n"
        "          paragraph @3:7\n"
        "            text @3:7 \"one\"\n"
        "          paragraph @5:7\n"
        "            text @5:7 \"two\"\n"
        "          code-block @7:11 \"code\"\n"
        "  code-block @10:1 \": a\"\n"
        "  paragraph @13:1\n"
        "    text @13:1 \"not \"\n"
        "    text @14:1 \"a term\"\n"
        "  paragraph @16:1\n"
        "    text @16:1 \": b\"\n"
        "  paragraph @19:1\n"
        "    text @19:1 \": c\"\n");
}

static void line_blocks(void **state) {
    (void)state;
    expect_tree("> |  *a\n> | b*\n> |\n>   c\n> |\td  \n\n| e | f |\ng\n", "  block-quote @1:1\n"
                                                                             "    paragraph .line-block @1:3\n"
                                                                             "      text @1:5 \"\\u{A0}\"\n"
                                                                             "      emphasis @1:6\n"
                                                                             "        text @1:7 \"a\"\n"
                                                                             "        line-break @1:8\n"
                                                                             "        text @2:5 \"b\"\n"
                                                                             "      line-break @2:7\n"
                                                                             "      text @4:5 \"c\"\n"
                                                                             "      line-break @4:6\n"
                                                                             "      text @5:5 \"d\"\n"
                                                                             "  paragraph @7:1\n"
                                                                             "    text @7:1 \"| e | f | \"\n"
                                                                             "    text @8:1 \"g\"\n");
}

static void notes(void **state) {
    (void)state;
    expect_tree("a[^B] b[^xY] c[^no]\n\n[^XY]: one[^b]\n[^b]: two\n[^b]: twice\n[^c]: unused\n",
        "  paragraph @1:1\n"
        "    text @1:1 \"a\"\n"
        "    note-reference to=\"#fn-b\" @1:2\n"
        "    text @1:6 \" b\"\n"
        "    note-reference to=\"#fn-xy\" @1:8\n"
        "    text @1:13 \" c[^no]\"\n"
        "  div note-unused @5:1\n"
        "    paragraph @5:7\n"
        "      text @5:7 \"twice\"\n"
        "  div note-unused @6:1\n"
        "    paragraph @6:7\n"
        "      text @6:7 \"unused\"\n"
        "  note #fn-b @4:1\n"
        "    paragraph @4:7\n"
        "      text @4:7 \"two\"\n"
        "  note #fn-xy @3:1\n"
        "    paragraph @3:8\n"
        "      text @3:8 \"one\"\n"
        "      note-reference to=\"#fn-b\" @3:11\n"
        "1:15 note-missing\n"
        "5:1 note-twice\n"
        "6:1 note-unused\n");
}

static void huge_tables_cost_no_more_than_their_text(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Buf text = buf_new(arena);
    for (int i = 0; i < 300; i++) buf_add_c(&text, "|a");
    buf_add_c(&text, "\n");
    for (int i = 0; i < 300; i++) buf_add_c(&text, "|-");
    buf_add_c(&text, "\n");
    for (int i = 0; i < 5000; i++) buf_add_c(&text, "b\n");
    Diags d = diags_new(arena);
    Source source = {STR("table.md"), buf_str(&text)};
    Tree *tree = read_markdown(arena, &d, &source);
    tree_verify(tree);
    assert_true(tree->count < 150000);
    assert_int_equal(d.count, 1);
    assert_string_equal(d.items[0].code, "table-size");
    assert_true(d.refused);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(divs),
        cmocka_unit_test(divs_that_are_broken),
        cmocka_unit_test(pull_quotes),
        cmocka_unit_test(notices_and_tasks),
        cmocka_unit_test(places_in_nested_blocks),
        cmocka_unit_test(tables),
        cmocka_unit_test(tables_with_row_headers),
        cmocka_unit_test(definitions),
        cmocka_unit_test(definitions_with_space),
        cmocka_unit_test(line_blocks),
        cmocka_unit_test(notes),
        cmocka_unit_test(huge_tables_cost_no_more_than_their_text),
    };
    return cmocka_run_group_tests_name("read_blocks", tests, NULL, NULL);
}
