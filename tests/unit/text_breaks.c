/* Where lines may break, in known strings: "|" where one may, "^" where one must, "~" where only if nothing else will do. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

/* Takes the marks out of `marked`, asks, puts them in again and compares. */
static void assert_breaks(const char *language, const char *marked) {
    Arena *arena = arena_open();
    Buf plain = buf_new(arena), again = buf_new(arena);
    for (const char *c = marked; *c; c++)
        if (*c != '|' && *c != '^' && *c != '~') buf_add_char(&plain, *c);
    uint8_t *breaks = NEW_ARRAY(arena, uint8_t, plain.n);
    text_breaks(buf_str(&plain), str_from(language), breaks);
    for (size_t i = 0; i < plain.n; i++) {
        buf_add_char(&again, plain.p[i]);
        if (breaks[i] == BREAK_MAY) buf_add_char(&again, '|');
        else if (breaks[i] == BREAK_MUST) buf_add_char(&again, '^');
        else if (breaks[i] == BREAK_LAST) buf_add_char(&again, '~');
        else assert_int_equal(breaks[i], BREAK_NO);
    }
    assert_string_equal(again.p, marked);
    arena_close(arena);
}

static void words(void **state) {
    (void)state;
    assert_breaks("en", "a |line |of |words");
    assert_breaks("en", "one\n^two");
    assert_breaks("en", "the |end\n^");
    assert_breaks("en", "");
    assert_breaks("en", "\xC2\xA3" "1.55\xC2\xA0" "bn |a |year");                /* £1.55 bn, no-break space */
    assert_breaks("en", "20\xE2\x80\xAF% |of |it");                                /* narrow no-break space */
    assert_breaks("en", "\xE2\x80\x9CNo\xE2\x80\x9D, |he |said |(twice).");
    assert_breaks("en", "zero\xE2\x80\x8B|width |soft\xC2\xAD|hyphen |word\xE2\x81\xA0joiner");
    assert_breaks("en", "caf\xC3\xA9 |na\xC3\xAFve");
}

static void hyphens_and_dashes(void **state) {
    (void)state;
    assert_breaks("en", "co-|operate |five-|year |plan");
    assert_breaks("en", "e-mail |A-level |vitamin-C");
    assert_breaks("en", "--pdf |-5 |(-x) |-all");
    assert_breaks("en", "told\xE2\x80\x94|and |then");                            /* em dash: after, not before */
    assert_breaks("en", "told \xE2\x80\x93 |and \xE2\x80\x94 |then - |now");      /* spaced: the dash ends the line */
    assert_breaks("en", "2023\xE2\x80\x93" "24 |10-12");
    assert_breaks("es", "dice |\xE2\x80\x94pues |no\xE2\x80\x94 |y");              /* a dash that opens stays with its word */
}

static void slashes(void **state) {
    (void)state;
    assert_breaks("en", "his/|hers |and/|or |km/h |n/a |2024/25");
}

static void addresses(void **state) {
    (void)state;
    assert_breaks("en", "see |https://www.gov.uk/|guidance/|forms |now");
    assert_breaks("en", "https://www.parliament.uk/|business/|news|-2024/|report.pdf|?id=12|&x=y|#top.");
    assert_breaks("en", "(www.gov.uk/|guidance/|benefits), |or");
    assert_breaks("en", "https://committees|.parliament.uk/|work/|8019");
    assert_breaks("en", "jane.smith|@parliament.uk |or |a@b.eu");
    assert_breaks("en", "Q&A |at |https://x.eu/");                      /* nothing short is torn off */
    assert_breaks("zh", "\xE8\xAF\xB7|https://example.org/|path");     /* 请 directly before it */
}

/* Marks stand behind the space. */
static void what_holds_together(void **state) {
    (void)state;
    assert_breaks("en", "£1.55 ~bn |on |12 ~March |2019, |and |March ~12");
    assert_breaks("en", "HC ~123 |and |No. ~134, |p. ~12 |(pp. ~3–4)");
    assert_breaks("en", "Mr ~Lamb, |J. ~Smith |and |Prof. ~J.K. ~Jones; |Lord |of |it");
    assert_breaks("en", "5 ~km, |30 ~per ~cent |of |2 ~million");
    assert_breaks("en", "Table ~2, |see |paragraph ~14.1 |of |Annex ~B |and |Part ~IV");
    assert_breaks("en", "a |table |of |the |Chapter |and |2 |men |in |March |they");
    assert_breaks("en", "9 ~a.m. |or |3 ~pm |and |12 ~000");
    assert_breaks("cy", "12 ~Mawrth |a |Tabl ~2 |Mr ~Lamb");
    assert_breaks("fr", "le |1er ~mars : |« oui » ? |M. ~Dupont |art. ~5");
    assert_breaks("de", "am |12. ~März, |Herr ~Lamb |S. ~12 |Tabelle ~2 |10 ~Prozent");
    assert_breaks("es", "el |12 ~de ~marzo |Sr. ~Ruiz |tabla ~2.11 |de |uno");
    assert_breaks("ga", "12 ~Márta |Tábla ~2");
    assert_breaks("gd", "12 ~Giblean |Clàr ~2");
}

static void ideographs(void **state) {
    (void)state;
    assert_breaks("zh", "\xE4\xB8\xAD|\xE5\x9B\xBD|\xE4\xBA\xBA"); /* 中国人 */
    assert_breaks("zh", "\xE4\xB8\xAD|\xE5\x9B\xBD\xE3\x80\x82");  /* 中国。 */
}

/* Kinsoku: what closes does not begin a line, what opens does not end one; Thai is divided into words, emoji are not divided. */
static void other_scripts(void **state) {
    (void)state;
    assert_breaks("zh", "中|（文）。|字，|“中”|文");
    assert_breaks("ja", "「日|本」|の、|コ|ン");
    assert_breaks("ko", "한|국 |글|자");
    assert_breaks("th", "รายงาน|ของ|คณะ|กรรมาธิการ |ใหม่");
    assert_breaks("en", "the |\U0001F1EC\U0001F1E7 |and |\U0001F468\u200D\U0001F467 |or |\U0001F44D\U0001F3FD.");
}

static void bad_bytes_do_no_harm(void **state) {
    (void)state;
    static const char *const texts[] = {"\xFF", "a\xE4\xB8", "a \xC3", "\x80 x", "://", "@", "/", "-", "www.", "\xE2\x80\x94"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Str text = str_from(texts[i]);
        uint8_t breaks[8];
        text_breaks(text, STR("en"), breaks);
        assert_int_equal(breaks[text.n - 1], BREAK_NO);
    }
}

static uint32_t seed = 1;
static uint32_t random_below(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

/* What plain text is made of, and a little that it is not. */
static uint32_t random_character(void) {
    static const uint16_t others[] = {0xA0, 0xA1, 0xA3, 0xA7, 0xAB, 0xAD, 0xB0, 0xB4, 0xBB, 0xBD, 0xBF, 0xC9, 0xD7, 0xE9, 0x142, 0x2009, 0x2010,
        0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x202F, 0x2030,
        0x20AC, 0x2212};
    switch (random_below(7)) {
    case 0: return ' ';
    case 1: return ' ' + random_below(95);
    case 2: return others[random_below(sizeof others / sizeof *others)];
    case 3: return '0' + random_below(10);
    case 4: return (uint32_t)"-/.,'()\""[random_below(8)];
    default: return 'a' + random_below(26);
    }
}

/* Behind the text stands a word that is not plain, so that the library is asked for all of it: it must say the same of what comes before the
 * text's end. */
static void assert_as_the_library(const char *language, Buf *text) {
    static uint8_t plain[400], whole[400];
    size_t n = text->n;
    assert_true(n + 4 <= sizeof whole);
    text_breaks(buf_str(text), str_from(language), plain);
    buf_add_c(text, " \xE4\xB8\xAD");
    text_breaks(buf_str(text), str_from(language), whole);
    for (size_t i = 0; i + 1 < n; i++)
        if (plain[i] != whole[i])
            fail_msg("language %s, \"%.*s\": %d and not %d behind byte %zu", language, (int)n, text->p, plain[i], whole[i], i);
}

static void plain_text_is_as_the_library_says(void **state) {
    (void)state;
    static const char *const languages[] = {"en", "en-US", "de", "fr", "es", "it", "pl", "cy", "ru", "zh", "ja", "ko", "", "est"};
    for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
        Arena *arena = arena_open();
        for (uint32_t i = 0; i < 6000; i++) {
            Buf text = buf_new(arena);
            for (uint32_t count = 1 + random_below(i % 2 ? 4 : 40); count; count--) buf_add_utf8(&text, random_character());
            assert_as_the_library(languages[l], &text);
        }
        /* Every pair, with a space between and without. */
        for (uint32_t a = ' '; a < 0x180; a++)
            for (uint32_t b = ' '; b < 0x7F; b++) {
                Buf text = buf_new(arena), turned = buf_new(arena);
                buf_add_utf8(&text, a);
                buf_add_utf8(&turned, b);
                if ((a + b) % 2) buf_add_char(&text, ' ');
                if ((a + b) % 2) buf_add_char(&turned, ' ');
                buf_add_utf8(&text, b);
                buf_add_utf8(&turned, a);
                assert_as_the_library(languages[l], &text);
                assert_as_the_library(languages[l], &turned);
            }
        arena_close(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(hyphens_and_dashes),
        cmocka_unit_test(slashes),
        cmocka_unit_test(addresses),
        cmocka_unit_test(what_holds_together),
        cmocka_unit_test(ideographs),
        cmocka_unit_test(other_scripts),
        cmocka_unit_test(bad_bytes_do_no_harm),
        cmocka_unit_test(plain_text_is_as_the_library_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
