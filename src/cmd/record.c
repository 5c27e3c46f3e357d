/* What a document's files say of how they were made: everything that was read for them, by names below the document's root. */
#include "cmd/internal.h"

#define SOURCE_WITHOUT_NAME "Untitled.md" /* standard input: the title that stands in for none is this name's */
#define OUTSIDE "style" /* the folder for a sheet of the command line that lies outside the root */

static void input_add(Document *document, InputRole role, Str name, Str bytes) {
    const Input *known = record_find(&document->record, name);
    if (known != NULL && str_equal(known->bytes, bytes)) return; /* one file by two ways */
    record_add(document->arena, &document->record, role, name, bytes);
}

/* The part of `path` behind the folder that the sheet itself lies in: sheets are named from each other's folders. */
static Str path_from(Str folder, Str path) {
    return folder.n > 0 && str_starts(path, folder) ? str_slice(path, folder.n, path.n) : path;
}

/* How often a relative path, as its parts come, is above where it begins. */
static uint32_t path_height(Str path) {
    int32_t depth = 0, lowest = 0;
    for (size_t start = 0; start < path.n;) {
        size_t end = start;
        while (end < path.n && path.p[end] != '/') end++;
        Str part = str_slice(path, start, end);
        if (str_is(part, ".."))
            depth--;
        else if (part.n > 0 && !str_is(part, "."))
            depth++;
        if (depth < lowest) lowest = depth;
        start = end + 1;
    }
    return (uint32_t)-lowest;
}

/* Where the folder of the command line's sheet lies below the root, as long as all of its files do too; else a folder of their own, deep enough
 * for those that are named from above it, and of a name that the document has not. */
static Str style_folder(Document *document, const SheetInput *inputs, uint32_t count) {
    Arena *arena = document->arena;
    Str folder = path_folder(inputs[0].name), below, place;
    uint32_t height = 0;
    bool inside = path_below_root(arena, &document->root, folder, &below);
    Root from = {.folder = document->root.folder, .base = path_join(arena, document->root.folder, below)};
    for (uint32_t i = 0; i < count; i++) {
        Str path = path_from(folder, inputs[i].name);
        inside = inside && root_name(arena, &from, path).n > 0;
        uint32_t high = path_height(path);
        if (high > height) height = high;
    }
    if (inside) return below;
    for (uint32_t number = 1;; number++) {
        place = number == 1 ? STR(OUTSIDE) : str_format(arena, OUTSIDE "-%u", (unsigned)number);
        bool taken = false;
        for (uint32_t i = 0; i < document->record.count; i++) {
            Str name = document->record.items[i].name;
            taken = taken || (str_starts(name, place) && (name.n == place.n || name.p[place.n] == '/'));
        }
        if (!taken) break;
    }
    for (uint32_t i = 0; i < height; i++) place = path_join(arena, place, STR("sheet"));
    return place;
}

static void command_sheet_add(Document *document, const Batch *batch) {
    const SheetInput *inputs;
    uint32_t count = sheet_inputs(batch->sheet, &inputs);
    document->record.style = batch->style;
    if (count == 0) return;
    Str folder = path_folder(inputs[0].name), place = style_folder(document, inputs, count);
    Root root = {.folder = STR("/"), .base = str_format(document->arena, "/" STR_FMT, STR_ARG(place))};
    for (uint32_t i = 0; i < count; i++) {
        Str path = path_from(folder, inputs[i].name), name = root_name(document->arena, &root, path);
        if (name.n == 0) { /* a sheet that another extends by an absolute path */
            name = root_name(document->arena, &root, path_name(path));
            document->unportable = path;
        }
        if (i == 0) document->record.style = name;
        input_add(document, inputs[i].face ? INPUT_FONT : INPUT_SHEET, name, inputs[i].bytes);
    }
}

/* Made again, a sheet has its name already. */
static void known_sheet_add(Document *document, const Batch *batch) {
    const SheetInput *inputs;
    uint32_t count = sheet_inputs(batch->sheet, &inputs);
    Root root = {.files = batch->files};
    document->record.style = batch->style;
    for (uint32_t i = 0; i < count; i++)
        input_add(document, inputs[i].face ? INPUT_FONT : INPUT_SHEET, root_name(document->arena, &root, inputs[i].name),
            inputs[i].bytes);
}

static void document_sheet_add(Document *document) {
    const SheetInput *inputs;
    uint32_t count = sheet_inputs(document->original, &inputs);
    for (uint32_t i = 0; i < count; i++)
        input_add(document, inputs[i].face ? INPUT_FONT : INPUT_SHEET,
            root_name(document->arena, &document->root, inputs[i].name), inputs[i].bytes);
}

static void images_add(Document *document, const Image **images) {
    StrMap *seen = strmap_new(document->arena);
    for (NodeNumber i = 0; i < document->tree->count; i++) {
        if (images[i] == NULL || strmap_find(seen, images[i]->name)) continue;
        strmap_put(seen, images[i]->name, document);
        input_add(document, INPUT_IMAGE, root_name(document->arena, &document->root, images[i]->name), images[i]->bytes);
    }
}

static void embed_refuse(Document *document, Str name, const char *fault) {
    diag(&document->diags, DIAG_ERROR, "embed-name", (Place){&document->source, 0, 0},
        "rename the file, or make the document without --embed-source",
        "“" STR_FMT "” cannot be carried by what is made: its name %s", STR_ARG(name), fault);
}

/* What is carried must be able to be taken out again, on any machine. */
static void embed_check(Document *document) {
    StrMap *keys = strmap_new(document->arena);
    for (uint32_t i = 0; i < document->record.count; i++) {
        Str name = document->record.items[i].name, key = record_name_key(document->arena, name);
        const char *fault = record_name_fault(name);
        if (fault == NULL && strmap_find(keys, key)) fault = "is another file’s, too, on some machines";
        if (fault != NULL) embed_refuse(document, name, fault);
        strmap_put(keys, key, document);
    }
    if (document->unportable.n > 0) embed_refuse(document, document->unportable, "is an absolute path");
}

void document_record(Document *document, const Batch *batch, const Variant *variant, const Image **images) {
    Record *record = &document->record;
    if (record->count == 0) { /* the same for all variants */
        Str name = document->source.name;
        name = str_is(name, "-") ? STR(SOURCE_WITHOUT_NAME) : path_name(name);
        record->version = STR(BRIEF_VERSION);
        record_add(
            document->arena, record, INPUT_SOURCE, root_name(document->arena, &document->root, name), document->source.text);
        if (batch->sheet == NULL) document_sheet_add(document);
        images_add(document, images);
        if (batch->sheet != NULL && batch->files != NULL) known_sheet_add(document, batch);
        if (batch->sheet != NULL && batch->files == NULL) command_sheet_add(document, batch);
        if (batch->embed) embed_check(document);
    }
    int64_t own;
    record->embedded = batch->embed;
    record->final = batch->final;
    record->large_print = variant->large_print;
    record->print = variant->print;
    record->blank_pages = variant->fill_sheets;
    record->dated = !date_seconds(document->tree->meta.date, &own);
    record->date = document->date;
}
