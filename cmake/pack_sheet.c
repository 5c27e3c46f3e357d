/* Reads a style sheet with libyaml, and writes the events that come of it: pack_sheet IN.yaml OUT. See src/style/events.h. Run by
 * embed.cmake when the build is configured. */
#include "../src/style/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
    fprintf(stderr, "pack_sheet: %s\n", what);
    exit(1);
}

typedef struct {
    PackedEvent *items;
    char *texts;
    size_t count, size; /* events; bytes of their texts */
} Packed;

static void event_add(Packed *packed, const yaml_event_t *event) {
    bool scalar = event->type == YAML_SCALAR_EVENT;
    size_t length = scalar ? event->data.scalar.length : 0;
    packed->items = realloc(packed->items, (packed->count + 1) * sizeof *packed->items);
    packed->texts = realloc(packed->texts, packed->size + length + 1);
    if (!packed->items || !packed->texts) fail("out of memory");
    packed->items[packed->count++] = (PackedEvent){(uint32_t)event->type, (uint32_t)event->start_mark.line,
        (uint32_t)event->start_mark.column, (uint32_t)packed->size, (uint32_t)length};
    if (scalar) memcpy(packed->texts + packed->size, event->data.scalar.value, length);
    packed->texts[packed->size + length] = '\0';
    packed->size += length + 1;
}

static Packed events_read(FILE *in) {
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) fail("out of memory");
    yaml_parser_set_input_file(&parser, in);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    Packed packed = {0};
    for (yaml_event_type_t type = YAML_NO_EVENT; type != YAML_STREAM_END_EVENT;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) fail("this is not YAML");
        type = event.type;
        event_add(&packed, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return packed;
}

int main(int count, char **words) {
    if (count != 3) fail("two names, please");
    FILE *in = fopen(words[1], "rb"), *out = fopen(words[2], "wb");
    if (!in || !out) fail("the sheet cannot be read, or the file not be made");
    Packed packed = events_read(in);
    size_t head = packed.count * sizeof *packed.items;
    for (size_t i = 0; i < packed.count; i++) packed.items[i].text += (uint32_t)head;
    bool written = fwrite(packed.items, 1, head, out) == head && fwrite(packed.texts, 1, packed.size, out) == packed.size;
    if (fclose(out) != 0 || !written) fail("the file cannot be written");
    return 0;
}
