/* Reading a finished file's record, and what it carries. The file may come from anybody: nothing is taken from it but what the record names,
 * under names that cannot lead anywhere, and with the digests that stand there. */
#include "cmd/provenance.h"

static bool refuse(Diags *d, const Source *file, const char *code, const char *hint, Str message) {
    diag(d, DIAG_ERROR, code, (Place){file, 0, 0}, hint, STR_FMT, STR_ARG(message));
    return false;
}

static RecordProperties properties_gather(Arena *arena, const Inspected *inspected) {
    RecordProperties list = {0};
    for (uint32_t i = 0; i < inspected->property_count; i++) {
        const InspectProperty *property = &inspected->properties[i];
        if (!str_is(property->space, RECORD_NAMESPACE) || property->refines.n > 0) continue;
        *PUSH(arena, &list, RecordProperty) = (RecordProperty){str_c(arena, property->name), property->value};
    }
    return list;
}

/* Names that could lead elsewhere, or be one file, are refused before anything is done with them. */
static bool names_safe(Arena *arena, Diags *d, const Provenance *provenance) {
    StrMap *keys = strmap_new(arena);
    bool good = true;
    for (uint32_t i = 0; i < provenance->record.count; i++) {
        Str name = provenance->record.items[i].name, key = record_name_key(arena, name);
        const char *fault = record_name_fault(name);
        if (fault == NULL && strmap_find(keys, key)) fault = "is there twice";
        strmap_put(keys, key, d);
        if (fault == NULL) continue;
        Str message = str_format(
            arena, "it names a file “" STR_FMT "”, which is refused: the name %s", STR_ARG(str_slice(name, 0, 200)), fault);
        good = refuse(d, provenance->file, "source-name", "nothing is written of a file that names such a one", message);
    }
    return good;
}

bool provenance_open(Arena *arena, Diags *d, Str path, Provenance *out) {
    *out = (Provenance){.file = NEW(arena, Source)};
    out->file->name = path;
    if (!file_read(arena, d, path, INSPECT_BYTES, &out->file->text)) return false;
    if (!inspect_open(arena, d, path, out->file->text, &out->inspected)) return false;
    RecordProperties properties = properties_gather(arena, &out->inspected);
    Str problem;
    bool read = record_read(arena, &properties, &out->record, &problem);
    if (!read) refuse(d, out->file, "record", "the files that “brief make” makes have one", problem);
    if (read && names_safe(arena, d, out)) return true;
    provenance_close(out);
    return false;
}

bool provenance_refuse(Diags *d, const Provenance *provenance, const char *hint) {
    diag(d, DIAG_ERROR, "no-source", (Place){provenance->file, 0, 0}, hint,
        "it does not carry what it was made from, which was “" STR_FMT "”", STR_ARG(provenance->record.items[0].name));
    return false;
}

void provenance_close(Provenance *provenance) { inspect_close(&provenance->inspected); }

/* ---- What it carries ------------------------------------------------------------------------------------------------- */

/* A name that two attachments have is nobody's. */
static const InspectAttachment twice;

static void attachment_put(StrMap *map, Str name, const InspectAttachment *attachment) {
    strmap_put(map, name, (void *)(uintptr_t)(strmap_find(map, name) ? &twice : attachment));
}

/* The inputs' names → the files attached. A PDF has them under these names; an EPUB's package document says which item is which. */
static StrMap *attachments_by_name(Arena *arena, const Inspected *inspected) {
    StrMap *by_name = strmap_new(arena), *by_id = strmap_new(arena);
    for (uint32_t i = 0; i < inspected->attachment_count; i++) {
        const InspectAttachment *attachment = &inspected->attachments[i];
        if (inspected->format == INSPECT_PDF)
            attachment_put(by_name, attachment->name, attachment);
        else
            attachment_put(by_id, attachment->id, attachment);
    }
    for (uint32_t i = 0; i < inspected->property_count && inspected->format == INSPECT_EPUB; i++) {
        const InspectProperty *property = &inspected->properties[i];
        if (!str_is(property->space, RECORD_NAMESPACE) || !str_is(property->name, "name") || property->refines.n == 0) continue;
        const InspectAttachment *attachment = strmap_find(by_id, property->refines);
        if (attachment != NULL) attachment_put(by_name, property->value, attachment);
    }
    return by_name;
}

static bool input_take(Arena *arena, Diags *d, Provenance *provenance, const StrMap *by_name, uint32_t i) {
    Input *input = &provenance->record.items[i];
    const InspectAttachment *attachment = strmap_find(by_name, input->name);
    Str message = str_format(arena, "it says that it carries “" STR_FMT "”, but has not got it", STR_ARG(input->name));
    if (attachment == NULL) return refuse(d, provenance->file, "source-changed", NULL, message);
    message = str_format(arena, "it carries “" STR_FMT "” twice, so nobody can tell which is meant", STR_ARG(input->name));
    if (attachment == &twice) return refuse(d, provenance->file, "source-name", NULL, message);
    if (!inspect_attachment(arena, d, &provenance->inspected, attachment, &input->bytes)) return false;
    provenance->carried[i] = str_equal(digest_sha256(arena, input->bytes), input->digest);
    message = str_format(arena, "the %s “" STR_FMT "” that it carries is not the one that it was made from",
        input_role_name(input->role), STR_ARG(input->name));
    return provenance->carried[i] || refuse(d, provenance->file, "source-changed", "somebody has changed it since", message);
}

bool provenance_inputs(Arena *arena, Diags *d, Provenance *provenance) {
    const Record *record = &provenance->record;
    provenance->carried = NEW_ARRAY(arena, bool, record->count);
    if (!record->embedded) return true;
    StrMap *by_name = attachments_by_name(arena, &provenance->inspected);
    bool good = true;
    for (uint32_t i = 0; i < record->count; i++) good = input_take(arena, d, provenance, by_name, i) && good;
    return good;
}

/* ---- The command ------------------------------------------------------------------------------------------------------- */

static void word_add(Buf *out, Str word) {
    buf_add_char(out, ' ');
    bool plain = word.n > 0;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        plain = plain && (char_is_letter(c) || char_is_digit(c) || c == '-' || c == '.' || c == '/' || c == '_' || c == '=');
    }
    if (!plain) buf_add_char(out, '\'');
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '\'')
            buf_add_c(out, "'\\''");
        else
            buf_add_char(out, word.p[i]);
    }
    if (!plain) buf_add_char(out, '\'');
}

Str provenance_command(Arena *arena, const Provenance *provenance) {
    const Record *record = &provenance->record;
    Str source = record->items[0].name;
    Buf out = buf_new(arena);
    if (record->dated) buf_format(&out, "SOURCE_DATE_EPOCH=%lld ", (long long)record->date);
    buf_add_c(&out, "brief make");
    word_add(&out, source);
    if (record->large_print > 0)
        buf_format(&out, " --large-print=%d", (int)record->large_print);
    else
        buf_add_c(&out, record->print ? " --print" : provenance->inspected.format == INSPECT_PDF ? " --pdf" : " --epub");
    if (record->blank_pages) buf_add_c(&out, " --blank-pages");
    if (record->final) buf_add_c(&out, " --final --break-embargo"); /* whether it was over is not the file's to tell */
    if (record->style.n > 0) {
        buf_add_c(&out, " --style");
        word_add(&out, record->style);
    }
    if (path_folder(source).n > 0) buf_add_c(&out, " --root .");
    if (record->embedded) buf_add_c(&out, " --embed-source");
    return buf_str(&out);
}
