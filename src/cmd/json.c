/* JSON, as several commands write it. */
#include "cmd/json.h"

json_t *json_path(Arena *arena, Str path) {
    Buf text = buf_new(arena);
    for (size_t at = 0; at < path.n;) {
        uint32_t c = utf8_next(path, &at);
        buf_add_utf8(&text, c == UTF8_BAD ? 0xFFFD : c);
    }
    return json_stringn(text.p, text.n);
}

static int piece_add(const char *bytes, size_t count, void *out) {
    buf_add(out, (Str){bytes, count});
    return 0;
}

void json_add(Buf *out, json_t *value, size_t flags) {
    if (value == NULL || json_dump_callback(value, piece_add, out, flags) != 0) BUG("the JSON cannot be written");
    buf_add_char(out, '\n');
    json_decref(value);
}
