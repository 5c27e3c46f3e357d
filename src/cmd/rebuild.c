/* Making a file again from its record: of inputs in memory, with the version's own code, the options and the date that stand there. The clock, the
 * disk and the environment are not asked. */
#include "cmd/provenance.h"

static const StrMap *files_map(Arena *arena, const Record *record) {
    StrMap *files = strmap_new(arena);
    for (uint32_t i = 0; i < record->count; i++) {
        Str *bytes = NEW(arena, Str);
        *bytes = record->items[i].bytes;
        strmap_put(files, record->items[i].name, bytes);
    }
    return files;
}

static bool batch_again(Arena *arena, const Record *record, Batch *out) {
    *out = (Batch){.style = record->style,
        .embed = record->embedded,
        .files = files_map(arena, record),
        .epoch_given = true,
        .epoch = record->date,
        .final = record->final,
        .break_embargo = true}; /* whether it was over was asked when it was made */
    if (record->style.n == 0) return true;
    Root root = {.files = out->files};
    Diags said = diags_new(arena); /* warnings were told when it was made */
    out->sheet = sheet_open(arena, &said, record->style, (Place){0}, &root);
    if (out->sheet == NULL || said.errors > 0) diags_show(&said);
    return out->sheet != NULL && said.errors == 0;
}

bool provenance_lay_out(Arena *arena, const Provenance *provenance, Rebuilt *out) {
    const Record *record = &provenance->record;
    *out = (Rebuilt){0};
    if (!batch_again(arena, record, &out->batch)) return false;
    Variant variant = {.large_print = record->large_print, .print = record->print, .fill_sheets = record->blank_pages};
    const Input *source = &record->items[0];
    return document_open_again(&out->document, &out->batch, source->name, source->bytes) &&
           document_make(&out->document, &out->batch, &variant, STAGE_LAYOUT) && out->document.diags.errors == 0;
}

bool provenance_rebuild(Arena *arena, const Provenance *provenance, Rebuilt *out) {
    if (!provenance_lay_out(arena, provenance, out)) return false;
    return provenance->inspected.format == INSPECT_EPUB ? document_epub(&out->document, &out->bytes)
                                                        : document_pdf(&out->document, &out->batch, &out->bytes);
}

void rebuilt_close(Rebuilt *rebuilt) {
    if (rebuilt->document.arena != NULL) document_close(&rebuilt->document);
    batch_close(&rebuilt->batch);
}
