/* Lines of a paragraph, on items of round widths: a letter is 10 wide, a space 10. */
#include "layout/compose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_open();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* "aaa bb-cc|d": words of letters, spaces, "-" as a hyphen after which a line may end, "|" as a forced end; at "." a word may be
 * divided with a hyphen, "_" is a space that holds together. */
static Paragraph *paragraph_from(const char *text) {
    Paragraph *p = NEW(arena, Paragraph);
    p->text = str_from(text);
    p->hyphen_width = 10;
    for (uint32_t i = 0; i < p->text.n;) {
        char letter = p->text.p[i];
        Item *item = PUSH(arena, &p->list, Item);
        item->start = i;
        item->length = 1;
        item->width = 10;
        item->kind = letter == ' ' || letter == '_' ? ITEM_GLUE
                     : letter == '|'                ? ITEM_FORCED
                     : letter == '.'                ? ITEM_BREAK
                                                    : ITEM_BOX;
        item->breakable = item->kind == ITEM_GLUE;
        item->hyphen = letter == '.';
        p->divided |= item->hyphen;
        item->penalty = letter == '_' ? PENALTY_LAST : letter == '.' ? 60 : 0;
        if (item->kind == ITEM_BREAK) item->width = 0;
        while (is_letter(letter) && i + item->length < p->text.n && is_letter(p->text.p[i + item->length])) {
            item->length++;
            item->width += 10;
        }
        i += item->length;
        if (letter == '-') PUSH(arena, &p->list, Item)->kind = ITEM_BREAK;
    }
    return p;
}

static Str lines_as_text(const Paragraph *p, const LineBreaks *lines) {
    Buf out = buf_new(arena);
    for (uint32_t l = 0; l < lines->count; l++) {
        buf_add_char(&out, '[');
        for (uint32_t i = lines->items[l].from; i < lines->items[l].to; i++) {
            const Item *item = &p->list.items[i];
            if (item->kind == ITEM_BOX) buf_add(&out, str_slice(p->text, item->start, item->start + item->length));
            if (item->hyphen && i + 1 == lines->items[l].to) buf_add_char(&out, '=');
            if (item->kind == ITEM_GLUE && i + 1 < lines->items[l].to) buf_add_char(&out, ' ');
        }
        buf_add_char(&out, ']');
    }
    return buf_str(&out);
}

static const Style ragged = {.size = 10, .leading = 15, .align = TEXT_LEFT};

static const Style justified = {.size = 10, .leading = 15, .align = TEXT_JUSTIFY};

static void check_set(const Style *style, const char *text, Measure measure, const char *expected) {
    Paragraph *p = paragraph_from(text);
    LineBreaks lines = lines_choose(arena, line_room_new(arena), p, style, 0, &measure);
    Str set = lines_as_text(p, &lines);
    assert_string_equal(set.p, expected);
}

static void check(const char *text, Measure measure, const char *expected) { check_set(&ragged, text, measure, expected); }

static void lines_do_not_exceed_the_measure(void **state) {
    (void)state;
    check("aaa bbb ccc ddd", (Measure){.rest = {0, 70}}, "[aaa bbb][ccc ddd]");
}

static void the_whole_paragraph_counts(void **state) {
    (void)state;
    /* First fit would set [aa bb cc][ddddddd][ee]: the first line full, the second alone. */
    check("aaa bb cc dddddd ee", (Measure){.rest = {0, 90}}, "[aaa bb cc][dddddd ee]");
    check("aa bb ccc dddddddd", (Measure){.rest = {0, 90}}, "[aa bb ccc][dddddddd]");
}

static void forced_ends_are_kept(void **state) {
    (void)state;
    check("aa|bb cc", (Measure){.rest = {0, 200}}, "[aa][bb cc]");
    check("aa|", (Measure){.rest = {0, 200}}, "[aa]");
    check("aa||bb", (Measure){.rest = {0, 200}}, "[aa][][bb]");
}

static void a_word_wider_than_the_measure_stands_alone(void **state) {
    (void)state;
    check("aa bbbbbbbbbbbb cc", (Measure){.rest = {0, 60}}, "[aa][bbbbbbbbbbbb][cc]");
}

static void lines_may_end_after_a_hyphen(void **state) {
    (void)state;
    check("aaaa-bbbb", (Measure){.rest = {0, 60}}, "[aaaa-][bbbb]");
}

static void check_in(uint32_t count, const char *text, Lu width, const char *expected) {
    Paragraph *p = paragraph_from(text);
    LineBreaks lines = lines_in(arena, line_room_new(arena), p, &ragged, (Shape){0, width}, count);
    assert_string_equal(lines_as_text(p, &lines).p, expected);
}

/* Three lines are best; a fourth is long enough only where the third was nearly full; two do not hold the words. */
static void so_many_lines_as_are_wanted(void **state) {
    (void)state;
    const char *full = "aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa "
                       "aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa";
    check_in(3, full, 490,
        "[aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa][aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa]"
        "[aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa]");
    check_in(4, full, 490,
        "[aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa][aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa]"
        "[aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa][aaaa aaaa]");
    check_in(2, full, 490, "");
    check_in(
        4, "aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa", 490, "");
}

static void words_are_divided_only_where_it_helps(void **state) {
    (void)state;
    check("aaa bbb.bbb ccccccc", (Measure){.rest = {0, 110}}, "[aaa bbbbbb][ccccccc]");
    check("aaa bbbbb.bbbbb ccccccc", (Measure){.rest = {0, 130}}, "[aaa bbbbb=][bbbbb ccccccc]");
}

static void a_third_hyphen_does_not_follow(void **state) {
    (void)state;
    check("aaaaa.aaaaa.aaaaa.aaaaa", (Measure){.rest = {0, 60}}, "[aaaaa=][aaaaa=][aaaaa=][aaaaa]"); /* else it would stand out */
    uint32_t seed = 1, most = 0;
    for (int round = 0; round < 200; round++) {
        Buf text = buf_new(arena);
        for (int letter = 0; letter < 400; letter++) {
            seed = seed * 1664525 + 1013904223;
            uint32_t chance = seed >> 24;
            buf_add_c(&text, chance < 80 && letter ? ".aa" : chance < 160 && letter ? " aa" : "a");
        }
        Paragraph *p = paragraph_from(buf_str(&text).p);
        Measure measure = {.rest = {0, 300}};
        LineBreaks lines = lines_choose(arena, line_room_new(arena), p, round % 2 ? &ragged : &justified, 0, &measure);
        for (uint32_t l = 0, row = 0; l < lines.count; l++) {
            row = lines.items[l].hyphen ? row + 1 : 0;
            if (row > most) most = row;
        }
    }
    assert_int_equal(most, 2);
}

static void what_holds_together_is_not_parted(void **state) {
    (void)state;
    check("aaa bbb_ccc ddd", (Measure){.rest = {0, 70}}, "[aaa][bbb ccc][ddd]");
    check("aaa bbb_ccc ddd", (Measure){.rest = {0, 30}}, "[aaa][bbb][ccc][ddd]"); /* there is nothing else */
}

static void the_measure_may_vary(void **state) {
    (void)state;
    Shape narrow[2] = {{0, 30}, {0, 30}};
    check("aaa bbb ccc ddd eee", (Measure){narrow, 2, {0, 110}}, "[aaa][bbb][ccc ddd eee]");
}

static void nothing_is_no_line(void **state) {
    (void)state;
    Paragraph *p = paragraph_from("");
    Measure measure = {.rest = {0, 100}};
    assert_int_equal(lines_choose(arena, line_room_new(arena), p, &ragged, 0, &measure).count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_do_not_exceed_the_measure, setup, teardown),
        cmocka_unit_test_setup_teardown(the_whole_paragraph_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(forced_ends_are_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(a_word_wider_than_the_measure_stands_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_may_end_after_a_hyphen, setup, teardown),
        cmocka_unit_test_setup_teardown(so_many_lines_as_are_wanted, setup, teardown),
        cmocka_unit_test_setup_teardown(words_are_divided_only_where_it_helps, setup, teardown),
        cmocka_unit_test_setup_teardown(a_third_hyphen_does_not_follow, setup, teardown),
        cmocka_unit_test_setup_teardown(what_holds_together_is_not_parted, setup, teardown),
        cmocka_unit_test_setup_teardown(the_measure_may_vary, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_no_line, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
