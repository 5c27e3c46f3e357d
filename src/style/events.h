/* A sheet's YAML as a row of events: of a built-in sheet those that the build has packed (cmake/pack_sheet.c), so that it need not be parsed
 * whenever the program is run; of any other what libyaml says. Private to style/.
 *
 * Packed, they are PackedEvents, the last of them the end of the stream, with the texts of all behind them. Of the machine that it is
 * built for. */
#ifndef BRIEF_STYLE_EVENTS_H
#define BRIEF_STYLE_EVENTS_H

#include "base/base.h"

#include <yaml.h>

typedef struct {
    uint32_t type; /* yaml_event_type_t */
    uint32_t line, column; /* from 0, as libyaml counts */
    uint32_t text, length; /* of a scalar: from the first event on, and a NUL is behind it */
} PackedEvent;

typedef struct {
    yaml_event_type_t type;
    Place at;
    Str text; /* of a scalar; valid until the next event */
} SheetEvent;

typedef struct {
    const Source *source;
    const PackedEvent *packed, *next; /* packed: NULL when it is libyaml that is asked */
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
} SheetEvents;

void sheet_events_open(Arena *arena, const Source *source, SheetEvents *events);
/* False: this is not YAML; events->parser says what is wrong. Not asked again behind the end of the stream. */
bool sheet_event_next(SheetEvents *events, SheetEvent *out);
void sheet_events_close(SheetEvents *events);

#endif
