/* `brief extract`: what a file was made from, out of the file. Everything is looked at before anything is written. */
#include "cmd/provenance.h"

static bool all_vacant(Diags *d, const Provenance *provenance, Str folder, bool force) {
    bool good = true;
    for (uint32_t i = 0; i < provenance->record.count; i++)
        good = folder_vacant(d, folder, provenance->record.items[i].name, force) && good;
    return good;
}

static bool all_written(Invocation *invocation, const Provenance *provenance, Str folder, bool force) {
    const Record *record = &provenance->record;
    Buf names = buf_new(invocation->arena);
    /* A document without a date takes that of its file: it is to be made again with the same. */
    FolderWrite how = {.replace = force, .date = record->dated ? record->date : -1};
    if (folder.n > 0 && !folder_make(&invocation->diags, folder)) return false;
    for (uint32_t i = 0; i < record->count; i++) {
        const Input *input = &record->items[i];
        if (!folder_write(&invocation->diags, folder, input->name, input->bytes, &how)) return false;
        buf_add(&names, folder.n > 0 ? path_join(invocation->arena, folder, input->name) : input->name);
        buf_add_char(&names, '\n');
    }
    if (option_given(invocation, "quiet")) return true;
    diag(&invocation->diags, DIAG_NOTE, "made-with", (Place){provenance->file, 0, 0}, NULL, "there, it is made by: " STR_FMT,
        STR_ARG(provenance_command(invocation->arena, provenance)));
    return text_show(invocation, &names) == EXIT_DONE;
}

static bool extract(Invocation *invocation, Provenance *provenance) {
    Diags *d = &invocation->diags;
    bool force = option_given(invocation, "force");
    Str folder = invocation->operand_count > 1 ? invocation->operands[1] : STR("");
    if (!provenance->record.embedded) return provenance_refuse(d, provenance, "one that is made with --embed-source carries it");
    return provenance_inputs(invocation->arena, d, provenance) && all_vacant(d, provenance, folder, force) &&
           all_written(invocation, provenance, folder, force);
}

static ExitStatus extract_run(Invocation *invocation) {
    if (invocation->operand_count == 0 || invocation->operand_count > 2) {
        usage_wrong(
            invocation, NULL, invocation->operand_count == 0 ? "no file given" : "one file, and one folder for what is in it");
        return EXIT_USAGE;
    }
    Str folder = invocation->operand_count > 1 ? path_join(invocation->arena, invocation->operands[1], STR("")) : STR("./");
    finished_confine(invocation, 1, folder);
    Provenance provenance;
    if (!provenance_open(invocation->arena, &invocation->diags, invocation->operands[0], &provenance))
        return diags_status(&invocation->diags);
    extract(invocation, &provenance);
    provenance_close(&provenance);
    return diags_status(&invocation->diags);
}

static const Option extract_options[] = {
    {"force", 'f', NULL, "Write over files that are there"},
    {"quiet", 'q', NULL, "Do not print the names of the files written"},
    {0},
};

const Command command_extract = {
    .name = "extract",
    .arguments = "FILE [DIR]",
    .summary = "Take the Markdown, sheets and images out of a PDF or EPUB",
    .text =
        "FILE must have been made with --embed-source. What it carries is written below DIR (here, if none is given) byte for\n"
        "byte, under the names that it had below the document’s root. Nothing else is written, and nothing is written over.\n",
    .options = extract_options,
    .run = extract_run,
};
