/* Marks that turn text round, and what closes them: UAX #9, rules X2 to X7 and definition BD9. */
#include "base/base.h"

#include <string.h>

enum { POP_EMBEDDING = 0x202C, POP_ISOLATE = 0x2069 };

static bool is_turn(uint32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

uint32_t turns_meet(Arena *arena, Turns *turns, uint32_t c) {
    if (!is_turn(c)) return 0;
    switch (c) {
    case POP_EMBEDDING: /* in an isolate, what was opened before it stays open */
        if (turns->count == 0 || turns->items[turns->count - 1]) return 0;
        return turns->count--;
    case POP_ISOLATE: /* closes all that was opened in it, too */
        if (turns->isolates == 0) return 0;
        while (!turns->items[turns->count - 1]) turns->count--;
        turns->isolates--;
        return turns->count--;
    default:
        *PUSH(arena, turns, bool) = c >= 0x2066;
        turns->isolates += c >= 0x2066;
        return turns->count;
    }
}

void turns_close(Turns *turns, Buf *out) {
    while (turns->count > 0) {
        uint32_t close = turns->isolates > 0 ? POP_ISOLATE : POP_EMBEDDING;
        buf_add_utf8(out, close);
        turns_meet(out->arena, turns, close);
    }
}

bool turns_next(Str text, size_t *at, uint32_t *mark) {
    while (*at < text.n) {
        const char *lead = memchr(text.p + *at, '\xE2', text.n - *at); /* all of them begin with this byte */
        if (!lead) break;
        *at = (size_t)(lead - text.p);
        *mark = utf8_next(text, at);
        if (is_turn(*mark)) return true;
    }
    *at = text.n;
    return false;
}
