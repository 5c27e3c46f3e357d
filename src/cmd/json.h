/* JSON, as several commands write it (json.c). No other room includes it. */
#ifndef BRIEF_CMD_JSON_H
#define BRIEF_CMD_JSON_H

#include "base/base.h"

#include <jansson.h>

json_t *json_path(Arena *arena, Str path); /* or other words from outside: they can be any bytes, but JSON has text */
/* As text, with a line's end behind it; `flags` are jansson's. The value is given up. */
void json_add(Buf *out, json_t *value, size_t flags);

#endif
