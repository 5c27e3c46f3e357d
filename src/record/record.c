/* A record, as it is put together, and its properties. */
#include "record/record.h"

static const char *const roles[INPUT_ROLE_COUNT] = {"source", "sheet", "image", "font"};

const RecordKind record_kinds[] = {
    {"version", "Text", "Version of the program that made the file"},
    {"sourceDigest", "Text", "SHA-256 of the Markdown that the file was made from"},
    {"build", "Text", "SHA-256 that the files made together have in common"},
    {"input", "seq Text", "Files that were read: role, SHA-256, name"},
    {"style", "Text", "Style sheet that was asked for"},
    {"variant", "Text", "Variant that was asked for"},
    {"final", "Boolean", "Whether the file is a final version"},
    {"embedded", "Boolean", "Whether the file carries what it was made from"},
    {"date", "Date", "Date that was taken for a document without one"},
    {0},
};

const char *input_role_name(InputRole role) { return roles[role]; }

const Input *record_find(const Record *record, Str name) {
    for (uint32_t i = 0; i < record->count; i++)
        if (str_equal(record->items[i].name, name)) return &record->items[i];
    return NULL;
}

void record_add(Arena *arena, Record *record, InputRole role, Str name, Str bytes) {
    *PUSH(arena, record, Input) = (Input){role, name, digest_sha256(arena, bytes), bytes};
}

const char *input_media_type(const Input *input) {
    switch (input->role) {
    case INPUT_SOURCE: return "text/markdown"; /* RFC 7763 */
    case INPUT_SHEET: return "application/yaml"; /* RFC 9512 */
    case INPUT_FONT: return "font/ttf"; /* RFC 8081 */
    case INPUT_IMAGE: return str_starts(input->bytes, STR("\x89PNG")) ? "image/png" : "image/jpeg";
    case INPUT_ROLE_COUNT: break;
    }
    BUG("no such role: %d", (int)input->role);
}

static void property(Arena *arena, RecordProperties *list, const char *name, Str value) {
    if (value.n > 0) *PUSH(arena, list, RecordProperty) = (RecordProperty){name, value};
}

static Str variant_words(Arena *arena, const Record *record) {
    if (record->large_print > 0) return str_format(arena, "large-print %d", (int)record->large_print);
    if (record->print) return record->blank_pages ? STR("print blank-pages") : STR("print");
    return STR("");
}

static void inputs_add(Arena *arena, const Record *record, RecordProperties *list) {
    for (uint32_t i = 0; i < record->count; i++) {
        const Input *input = &record->items[i];
        property(arena, list, "input",
            str_format(arena, "%s " STR_FMT " " STR_FMT, roles[input->role], STR_ARG(input->digest), STR_ARG(input->name)));
    }
}

static void asked_add(Arena *arena, const Record *record, RecordProperties *list) {
    property(arena, list, "style", record->style);
    property(arena, list, "variant", variant_words(arena, record));
    property(arena, list, "final", record->final ? STR("True") : STR(""));
    property(arena, list, "embedded", record->embedded ? STR("True") : STR(""));
    if (record->dated) property(arena, list, "date", date_time_text(arena, record->date));
}

Str record_build(Arena *arena, const Record *record) {
    Record plain = *record;
    plain.large_print = 0;
    plain.print = plain.blank_pages = false;
    RecordProperties list = {0};
    property(arena, &list, "version", plain.version);
    inputs_add(arena, &plain, &list);
    asked_add(arena, &plain, &list);
    Buf lines = buf_new(arena);
    for (uint32_t i = 0; i < list.count; i++)
        buf_format(&lines, "%s " STR_FMT "\n", list.items[i].name, STR_ARG(list.items[i].value));
    return digest_sha256(arena, buf_str(&lines));
}

RecordProperties record_properties(Arena *arena, const Record *record) {
    RecordProperties list = {0};
    property(arena, &list, "version", record->version);
    property(arena, &list, "sourceDigest", record->items[0].digest);
    property(arena, &list, "build", record_build(arena, record));
    inputs_add(arena, record, &list);
    asked_add(arena, record, &list);
    return list;
}
