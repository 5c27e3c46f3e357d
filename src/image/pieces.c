/* What is kept of a file, as pieces of it: a file that is kept whole is not copied. */
#include "image/internal.h"

void piece_add(Arena *arena, Pieces *pieces, Str piece) {
    Str *last = pieces->count > 0 ? &pieces->items[pieces->count - 1] : NULL;
    if (last != NULL && last->p + last->n == piece.p)
        last->n += piece.n;
    else
        *PUSH(arena, pieces, Str) = piece;
}

Str pieces_join(Arena *arena, const Pieces *pieces) {
    if (pieces->count == 1) return pieces->items[0];
    size_t n = 0;
    for (uint32_t i = 0; i < pieces->count; i++) n += pieces->items[i].n;
    Buf joined = buf_new(arena);
    buf_room(&joined, n);
    for (uint32_t i = 0; i < pieces->count; i++) buf_add(&joined, pieces->items[i]);
    return buf_str(&joined);
}
