/* Ids and links: names that are stable and sound, targets that exist, addresses that are safe. */
#include "resolve_build.h"

static void check_id(const char *heading, const char *expected) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("A title");
    add_heading(&c, c.tree->root, 2, heading);
    case_resolve(&c);
    is_str(&c, nth(&c, NODE_HEADING, 0)->more->id, expected);
    arena_close(c.arena);
}

static void test_ids_from_words(void **state) {
    (void)state;
    check_id("What the letter says: “no”", "what-the-letter-says-no");
    check_id("HTML_5.1 — a well-known term", "html_5.1-a-well-known-term");
    check_id("Ŵyth ÉCOLES à Łódź", "ŵyth-écoles-à-łódź");
    check_id("2019 figures", "s-2019-figures");
    check_id("Page-3", "s-page-3");
    check_id("fn-a", "s-fn-a");
    check_id("£€…", "section");
    check_id("Цены ΑΒΓ 日本", "цены-αβγ-日本");
    check_id("A title", "a-title"); /* not the front matter's title: that one yields */
}

static void test_given_ids(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    add_heading(&c, c.tree->root, 2, "Same");
    Node *given = add_heading(&c, c.tree->root, 2, "Given");
    node_more(c.arena, given)->id = STR("same"); /* on line 3 */
    Node *again = add_heading(&c, c.tree->root, 2, "Again");
    node_more(c.arena, again)->id = STR("same");
    Node *colon = add_heading(&c, c.tree->root, 2, "Colon");
    node_more(c.arena, colon)->id = STR("sec:one");
    Node *paragraph = add(&c, c.tree->root, NODE_PARAGRAPH);
    add_link(&c, paragraph, "#same", "a");
    add_link(&c, paragraph, "#sec:one", "b");
    case_resolve(&c);
    const char *ids[] = {"same-3", "same", "same-2", "sec-one"};
    for (unsigned i = 0; i < 4; i++) is_str(&c, nth(&c, NODE_HEADING, i)->more->id, ids[i]);
    const Diag *twice = saying(&c, "id-duplicate");
    assert_int_equal(twice->severity, DIAG_ERROR);
    assert_int_equal(twice->at.line, again->line);
    assert_non_null(strstr(str_c(c.arena, twice->hint), "line 3"));
    is_str(&c, nth(&c, NODE_LINK, 0)->more->target, "#same");
    is_str(&c, nth(&c, NODE_LINK, 1)->more->target, "#sec-one");
    assert_int_equal(c.d.errors, 1);
    arena_close(c.arena);
}

static void test_links_inside(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    add_heading(&c, c.tree->root, 2, "Café prices");
    Node *paragraph = add(&c, c.tree->root, NODE_PARAGRAPH);
    add_link(&c, paragraph, "#caf%C3%A9-prices", "");
    add_link(&c, paragraph, "#cafe-prises", "words");
    add_link(&c, paragraph, "#nothing-like-it", "");
    case_resolve(&c);
    Node *link = nth(&c, NODE_LINK, 0);
    is_str(&c, link->more->target, "#café-prices");
    is_str(&c, link->first->text, "Café prices");
    assert_true(link->first->generated);
    assert_int_equal(how_many(&c, NODE_LINK), 1);
    assert_int_equal(c.d.errors, 2);
    is_str(&c, saying(&c, "link-target")->hint, "did you mean “#café-prices”?");
    has_words(&c, nth(&c, NODE_SPAN, 0), "words");
    is_str(&c, nth(&c, NODE_SPAN, 1)->first->text, "#nothing-like-it");
    arena_close(c.arena);
}

/* `expected`: the target that comes out; NULL when it is no link any more. */
static void check_address(const char *given, const char *expected, const char *code) {
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    add_link(&c, add(&c, c.tree->root, NODE_PARAGRAPH), given, "");
    case_resolve(&c);
    assert_int_equal(c.d.count, code ? 1 : 0);
    if (code) assert_string_equal(c.d.items[0].code, code);
    if (expected)
        is_str(&c, nth(&c, NODE_LINK, 0)->more->target, expected);
    else
        assert_int_equal(how_many(&c, NODE_LINK), 0);
    arena_close(c.arena);
}

static void test_addresses(void **state) {
    (void)state;
    check_address("HTTPS://example.org/a?b=c#d", "https://example.org/a?b=c#d", NULL);
    check_address("www.example.org", "http://www.example.org", NULL);
    check_address("mailto:a@example.org", "mailto:a@example.org", NULL);
    check_address("https://example.org/a b/é?q=%C3%A9%zz#x#y", "https://example.org/a%20b/%C3%A9?q=%C3%A9%25zz#x%23y", NULL);
    check_address("https://bücher.example/", "https://b%C3%BCcher.example/", NULL);
    check_address("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/", NULL);
    check_address("http://user:pw@example.org:80/", "http://user:pw@example.org:80/", NULL);
    check_address("//example.org/a", "https://example.org/a", NULL);
    check_address("/\n/example.org", "https://example.org", NULL);
    check_address("///etc/passwd", NULL, "link-address");
    check_address("/\\example.org", NULL, "link-relative");
    check_address("/etc/passwd", NULL, "link-relative");
    check_address("../%2e%2e/etc/passwd", NULL, "link-relative");
    check_address("other file.md#x", NULL, "link-relative");
    check_address("ftp://example.org/", NULL, "link-scheme");
    check_address("javascript:alert(1)", NULL, "link-scheme");
    check_address(" java\nscript:alert(1)", NULL, "link-scheme");
    check_address("\x01javascript:alert(1)", NULL, "link-scheme");
    check_address("java\x01script:alert(1)", NULL, "link-address");
    check_address("DATA:text/html,x", NULL, "link-scheme");
    check_address("file:///etc/passwd", NULL, "link-scheme");
    check_address("http:example.org", NULL, "link-address");
    check_address("http://", NULL, "link-address");
    check_address("http://a b/", NULL, "link-address");
    check_address("http://a:b/", NULL, "link-address");
    check_address("", NULL, "link-address");
}

static void test_empty_link(void **state) {
    (void)state;
    Case c = case_new();
    case_begin(&c, "a.md");
    c.tree->meta.title = STR("T");
    add_heading(&c, c.tree->root, 2, "Here");
    Node *paragraph = add(&c, c.tree->root, NODE_PARAGRAPH);
    add_link(&c, paragraph, "mailto:a@example.org", "");
    Node *stand_in = add_link(&c, paragraph, "#here", "#here"); /* what read/ may put there to keep white space */
    stand_in->first->generated = true;
    Node *picture = add_link(&c, paragraph, "https://example.org/", "");
    add_image(&c, picture, "x.png", "A door");
    case_resolve(&c);
    is_str(&c, nth(&c, NODE_LINK, 0)->first->text, "a@example.org");
    is_str(&c, nth(&c, NODE_LINK, 1)->first->text, "Here");
    has_children(&c, nth(&c, NODE_LINK, 2), "image");
    arena_close(c.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_from_words),
        cmocka_unit_test(test_given_ids),
        cmocka_unit_test(test_links_inside),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_empty_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
