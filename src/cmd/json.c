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

Str json_line(Arena *arena, json_t *value, size_t flags) {
    char *text = json_dumps(value, flags);
    json_decref(value);
    if (text == NULL) BUG("the JSON cannot be written");
    Str line = str_format(arena, "%s\n", text);
    json_free_t release;
    json_get_alloc_funcs(NULL, &release);
    release(text);
    return line;
}
