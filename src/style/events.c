/* Either way an event is the same: its type, its place, and what a scalar says. */
#include "style/events.h"

/* What the build says of the sheet, if it is a built-in one and not just of the same name. */
static const PackedEvent *packed_find(Arena *arena, const Source *source) {
    if (source->text.n == 0 || embedded_find(source->name).p != source->text.p) return NULL;
    return (const void *)embedded_find(str_format(arena, "events/" STR_FMT, STR_ARG(source->name))).p;
}

void sheet_events_open(Arena *arena, const Source *source, SheetEvents *events) {
    *events = (SheetEvents){.source = source, .packed = packed_find(arena, source)};
    events->next = events->packed;
    if (events->packed) return;
    if (!yaml_parser_initialize(&events->parser)) BUG("libyaml has no memory");
    yaml_parser_set_input_string(&events->parser, (const unsigned char *)source->text.p, source->text.n);
    yaml_parser_set_encoding(&events->parser, YAML_UTF8_ENCODING);
}

void sheet_events_close(SheetEvents *events) {
    if (events->packed) return;
    if (events->has_event) yaml_event_delete(&events->event);
    yaml_parser_delete(&events->parser);
}

static void packed_next(SheetEvents *events, SheetEvent *out) {
    const PackedEvent *next = events->next++;
    *out = (SheetEvent){(yaml_event_type_t)next->type, {events->source, next->line + 1, next->column + 1},
        {(const char *)events->packed + next->text, next->length}};
}

bool sheet_event_next(SheetEvents *events, SheetEvent *out) {
    if (events->packed) {
        packed_next(events, out);
        return true;
    }
    if (events->has_event) yaml_event_delete(&events->event);
    events->has_event = yaml_parser_parse(&events->parser, &events->event) != 0;
    if (!events->has_event) return false;
    const yaml_event_t *event = &events->event;
    yaml_mark_t mark = event->start_mark;
    *out = (SheetEvent){event->type, {events->source, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1}, STR("")};
    if (event->type == YAML_SCALAR_EVENT) out->text = (Str){(const char *)event->data.scalar.value, event->data.scalar.length};
    return true;
}
