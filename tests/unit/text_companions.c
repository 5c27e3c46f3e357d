/* text: several threads at once say what one says. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { COMPANIONS = 4, WORDS = 3000 };

static Str word_of(Arena *arena, uint32_t i) {
    static const char *const parts[] = {"Wa", "ffi", "to", "ver", "Te", "ing", "\xC3\xA9l", "12", "-", "\xD8\xB3", "tion", "\xE4\xB8\xAD"};
    enum { PARTS = sizeof parts / sizeof *parts };
    return str_format(arena, "%s%s%s", parts[i % PARTS], parts[i / PARTS % PARTS], parts[(i * 7 + i / 100) % PARTS]);
}

/* Everything that is said of the words, as one number. */
static uint64_t said(Fonts *fonts) {
    Arena *arena = arena_open();
    uint64_t hash = STR_HASH_SEED;
    for (uint32_t i = 0; i < WORDS; i++) {
        Str word = word_of(arena, i);
        uint8_t *breaks = NEW_ARRAY(arena, uint8_t, word.n);
        text_breaks(word, STR("en-GB"), breaks);
        text_hyphenate(fonts, NULL, i % 2 ? STR("en-GB") : STR("fr"), word, 0, (uint32_t)word.n, breaks);
        hash = str_hash((Str){(char *)breaks, word.n}, hash);
        const Face *face = fonts_face(fonts, (Family)(i % FAMILY_COUNT), i % 5 == 0, i % 7 == 0);
        const Shaped *shaped = text_shape(fonts, face, 0, STR("en-GB"), word);
        assert_ptr_equal(shaped, text_shape(fonts, face, 0, STR("en-GB"), word));
        for (uint32_t r = 0; r < shaped->run_count; r++) {
            const ShapedRun *run = &shaped->runs[r];
            int32_t facts[] = {run->face->index, (int32_t)run->start, (int32_t)run->length, run->advance};
            hash = str_hash((Str){(char *)facts, sizeof facts}, hash);
            for (uint32_t g = 0; g < run->glyph_count; g++) {
                const Glyph *glyph = &run->glyphs[g];
                int32_t values[] = {glyph->id, (int32_t)glyph->cluster, glyph->advance, glyph->dx, glyph->dy};
                hash = str_hash((Str){(char *)values, sizeof values}, hash);
            }
        }
    }
    arena_close(arena);
    return hash;
}

typedef struct {
    Fonts *fonts;
    uint64_t said;
} Work;

static void work_do(void *context, uint32_t index) {
    Work *work = (Work *)context + index;
    work->said = said(work->fonts);
}

static void companions_say_the_same(void **state) {
    (void)state;
    uint32_t cores = cores_available();
    cores_use(COMPANIONS);
    Fonts *alone = fonts_open();
    uint64_t expected = said(alone);
    fonts_close(alone);
    Fonts *fonts = fonts_open();
    Work work[COMPANIONS] = {{.fonts = fonts}};
    for (uint32_t i = 1; i < COMPANIONS; i++) {
        work[i].fonts = fonts_companion(fonts, i - 1);
        assert_ptr_not_equal(work[i].fonts, work[i - 1].fonts);
    }
    work_share(COMPANIONS, work_do, work);
    for (uint32_t i = 0; i < COMPANIONS; i++) {
        assert_true(work[i].said == expected);
        assert_ptr_equal(fonts_face(work[i].fonts, FAMILY_SERIF, true, false), fonts_face(fonts, FAMILY_SERIF, true, false));
    }
    assert_ptr_equal(fonts_companion(fonts, 1), work[2].fonts);
    fonts_close(fonts);
    cores_use(cores);
}

static void companions_know_a_documents_faces(void **state) {
    (void)state;
    Fonts *fonts = fonts_open(), *companion = fonts_companion(fonts, 0);
    const Face *built_in = fonts_face(companion, FAMILY_SANS, false, false);
    OwnFaces own = {0};
    own.file[FAMILY_SANS][0] = embedded_find(STR("fonts/serif-regular.ttf"));
    fonts_use(fonts, &own);
    assert_ptr_equal(fonts_companion(fonts, 0), companion);
    const Face *face = fonts_face(companion, FAMILY_SANS, false, false);
    assert_ptr_not_equal(face, built_in);
    assert_ptr_equal(face, fonts_face(fonts, FAMILY_SANS, false, false));
    fonts_use(fonts, NULL);
    assert_ptr_equal(fonts_face(companion, FAMILY_SANS, false, false), built_in);
    fonts_close(fonts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(companions_say_the_same),
        cmocka_unit_test(companions_know_a_documents_faces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
