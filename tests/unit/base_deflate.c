/* Deflate: what comes out is what went in, in the form that was asked for, whatever was packed before. */
#include "base/base.h"

#include <libdeflate.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

/* Words that repeat, but not at once. */
static Str sample(Arena *arena, size_t size) {
    Buf text = buf_new(arena);
    for (uint32_t i = 1; text.n < size; i++) buf_format(&text, "%u ", i * i % 997);
    return str_slice(buf_str(&text), 0, size);
}

static void assert_unpacks(Arena *arena, DeflateForm form, Str packed, Str data) {
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    char *out = NEW_ARRAY(arena, char, data.n + 1);
    enum libdeflate_result result = form == DEFLATE_ZLIB
                                        ? libdeflate_zlib_decompress(d, packed.p, packed.n, out, data.n, NULL)
                                        : libdeflate_deflate_decompress(d, packed.p, packed.n, out, data.n, NULL);
    libdeflate_free_decompressor(d);
    assert_int_equal(result, LIBDEFLATE_SUCCESS);
    assert_true(str_equal((Str){out, data.n}, data));
}

static void data_come_back_in_both_forms(void **state) {
    (void)state;
    Arena *arena = arena_open();
    static const size_t sizes[] = {0, 1, 4096, 4097, 300000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        Str data = sample(arena, sizes[i]);
        assert_unpacks(arena, DEFLATE_RAW, deflated(arena, DEFLATE_RAW, DEFLATE_SMALL, data), data);
        assert_unpacks(arena, DEFLATE_ZLIB, deflated(arena, DEFLATE_ZLIB, DEFLATE_FAST, data), data);
    }
    arena_close(arena);
}

static void small_is_smaller_than_fast(void **state) {
    (void)state;
    Arena *arena = arena_open();
    Str data = sample(arena, 100000);
    assert_true(deflated(arena, DEFLATE_RAW, DEFLATE_SMALL, data).n < deflated(arena, DEFLATE_RAW, DEFLATE_FAST, data).n);
    arena_close(arena);
}

typedef struct {
    Arena *arena;
    Str data, packed;
} Piece;

static void piece_pack(void *of, uint32_t index) {
    Piece *piece = &((Piece *)of)[index];
    piece->packed = deflated(piece->arena, DEFLATE_ZLIB, DEFLATE_SMALL, piece->data);
}

static void what_was_packed_before_and_beside_changes_nothing(void **state) {
    (void)state;
    enum { PIECES = 40 };
    Arena *arena = arena_open();
    Piece pieces[PIECES];
    Str first[PIECES];
    for (uint32_t i = 0; i < PIECES; i++) {
        pieces[i] = (Piece){.arena = arena, .data = sample(arena, i * i * 40)};
        piece_pack(pieces, i);
        first[i] = pieces[i].packed;
        pieces[i].arena = arena_open();
    }
    cores_use(4);
    work_share(PIECES, piece_pack, pieces);
    for (uint32_t i = 0; i < PIECES; i++) {
        assert_true(str_equal(pieces[i].packed, first[i]));
        arena_close(pieces[i].arena);
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_come_back_in_both_forms),
        cmocka_unit_test(small_is_smaller_than_fast),
        cmocka_unit_test(what_was_packed_before_and_beside_changes_nothing),
    };
    return cmocka_run_group_tests_name("base_deflate", tests, NULL, NULL);
}
