/* tree/: linking, walking, copying, words, and that verify() sees what is broken. */
#include "tree/tree.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static Node *text(Arena *arena, Node *parent, const char *words) {
    Node *node = node_new(arena, NODE_TEXT, 1, 1);
    node->text = str_from(words);
    node_append(parent, node);
    return node;
}

typedef struct {
    Arena *arena;
    Tree *tree;
    Node *paragraph, *emphasis;
} Sample;

/* "One *two*", line break, "three" in a paragraph; then an empty rule. */
static Sample sample(const Source *source) {
    Sample s = {.arena = arena_open()};
    s.tree = tree_new(s.arena, source);
    s.paragraph = node_new(s.arena, NODE_PARAGRAPH, 3, 2);
    node_append(s.tree->root, s.paragraph);
    text(s.arena, s.paragraph, "One ");
    s.emphasis = node_new(s.arena, NODE_EMPHASIS, 3, 6);
    node_append(s.paragraph, s.emphasis);
    text(s.arena, s.emphasis, "two");
    node_append(s.paragraph, node_new(s.arena, NODE_LINE_BREAK, 3, 10));
    text(s.arena, s.paragraph, "three");
    node_append(s.tree->root, node_new(s.arena, NODE_RULE, 5, 1));
    return s;
}

static const Source source = {{"a.md", 4}, {"", 0}};

static void reading_order(void **state) {
    (void)state;
    Sample s = sample(&source);
    tree_number(s.tree);
    tree_verify(s.tree);
    assert_int_equal(s.tree->count, 8);
    for (NodeNumber i = 0; i < s.tree->count; i++) assert_int_equal(s.tree->nodes[i]->number, i);
    assert_ptr_equal(node_next_after(s.emphasis, s.tree->root), s.emphasis->next);
    assert_null(node_next(s.emphasis->first, s.emphasis));
    assert_true(str_is(node_text(s.arena, s.tree->root), "One two three"));
    arena_close(s.arena);
}

static void copies_are_apart(void **state) {
    (void)state;
    Sample s = sample(&source);
    node_more(s.arena, s.paragraph)->id = STR("p");
    for (int i = 0; i < 5; i++) node_add_class(s.arena, s.paragraph, STR("c"));
    Node *copy = node_copy(s.arena, s.paragraph);
    node_add_class(s.arena, copy, STR("more"));
    assert_null(copy->parent);
    assert_int_equal(copy->more->id.n, 0);
    assert_int_equal(copy->more->class_count, 6);
    assert_int_equal(s.paragraph->more->class_count, 5);
    assert_true(str_is(node_text(s.arena, copy), "One two three"));
    node_unlink(copy->first->next);
    assert_true(str_is(node_text(s.arena, s.paragraph), "One two three"));
    assert_true(str_is(node_copy_whole(s.arena, s.paragraph)->more->id, "p"));
    arena_close(s.arena);
}

static void what_most_have_nothing_of_is_shared(void **state) {
    (void)state;
    Sample s = sample(&source);
    assert_ptr_equal(s.emphasis->more, s.paragraph->more);
    node_more(s.arena, s.emphasis)->language = STR("fr");
    assert_int_equal(s.paragraph->more->language.n, 0);
    assert_ptr_equal(node_more(s.arena, s.emphasis), s.emphasis->more);
    assert_true(node_next_block(s.paragraph, s.paragraph) == NULL);
    arena_close(s.arena);
}

static void words_leave_out_what_repeats(void **state) {
    (void)state;
    Sample s = sample(&source);
    Node *image = node_new(s.arena, NODE_IMAGE, 1, 1);
    image->text = STR("a picture");
    node_append(s.paragraph, image);
    s.emphasis->artifact = true;
    assert_true(str_is(node_text(s.arena, s.paragraph), "One threea picture"));
    assert_true(str_is(node_text(s.arena, s.emphasis), "two"));
    arena_close(s.arena);
}

static void language_and_place_come_from_above(void **state) {
    (void)state;
    Sample s = sample(&source);
    Node *leaf = s.emphasis->first;
    leaf->line = 0;
    assert_true(str_is(tree_language(s.tree, leaf), "en-GB"));
    s.tree->meta.language = STR("cy");
    assert_true(str_is(tree_language(s.tree, leaf), "cy"));
    node_more(s.arena, s.emphasis)->language = STR("fr");
    assert_true(str_is(tree_language(s.tree, leaf), "fr"));
    assert_int_equal(node_place(s.tree, leaf).column, 6);
    arena_close(s.arena);
}

static void dump_is_one_node_a_line(void **state) {
    (void)state;
    Sample s = sample(&source);
    node_more(s.arena, s.paragraph)->id = STR("p");
    node_add_class(s.arena, s.paragraph, STR("big"));
    node_add_attribute(s.arena, s.paragraph, STR("key"), STR("a \"b\""));
    s.paragraph->first->text = STR("no\xC2\xA0"
                                   "break ");
    Buf out = buf_new(s.arena);
    tree_dump(s.tree, &out);
    assert_string_equal(out.p, "meta\n"
                               "document @1:1\n"
                               "  paragraph #p .big key=\"a \\\"b\\\"\" @3:2\n"
                               "    text @1:1 \"no\\u{A0}break \"\n"
                               "    emphasis @3:6\n"
                               "      text @1:1 \"two\"\n"
                               "    line-break @3:10\n"
                               "    text @1:1 \"three\"\n"
                               "  rule @5:1\n");
    arena_close(s.arena);
}

/* verify() aborts: run it in a child and look at how that ends. */
static bool passes(const Tree *tree) {
    pid_t child = fork();
    if (child == 0) {
        close(2);
        tree_verify(tree);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void verify_sees_what_is_broken(void **state) {
    (void)state;
    Sample s = sample(&source);
    Node *first = s.paragraph->first;
    assert_true(passes(s.tree));
    const char *wrong[] = {" One ", "One  two ", "One\n", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        first->text = str_from(wrong[i]);
        assert_false(passes(s.tree));
    }
    first->text = STR("One ");
    s.emphasis->first->text = STR(" two"); /* a space on both sides of a boundary */
    assert_false(passes(s.tree));
    s.emphasis->first->text = STR("two "); /* before a line break */
    assert_false(passes(s.tree));
    s.emphasis->first->text = STR("two");
    assert_true(passes(s.tree));
    node_append(s.emphasis, node_new(s.arena, NODE_PARAGRAPH, 1, 1)); /* a block among inlines */
    assert_false(passes(s.tree));
    node_unlink(s.emphasis->last);
    text(s.arena, s.tree->root, "loose"); /* an inline among blocks */
    assert_false(passes(s.tree));
    arena_close(s.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_order),
        cmocka_unit_test(copies_are_apart),
        cmocka_unit_test(what_most_have_nothing_of_is_shared),
        cmocka_unit_test(words_leave_out_what_repeats),
        cmocka_unit_test(language_and_place_come_from_above),
        cmocka_unit_test(dump_is_one_node_a_line),
        cmocka_unit_test(verify_sees_what_is_broken),
    };
    return cmocka_run_group_tests_name("tree_build", tests, NULL, NULL);
}
