/* `brief diff OLD NEW`: what changed, by paragraph number and page. */
#include "cmd/internal.h"
#include "diff/diff.h"

static ExitStatus side_open(Document *side, Batch *batch, Str path) {
    bool made = document_open(side, batch, path) && document_make(side, batch, &(Variant){0}, STAGE_LAYOUT);
    if (made) return EXIT_DONE; /* its mistakes are for check */
    diags_show(&side->diags);
    ExitStatus status = diags_status(&side->diags);
    return status > EXIT_DOCUMENT ? status : EXIT_USAGE;
}

static ExitStatus sides_compare(Invocation *invocation, Batch *batch, bool json) {
    Document sides[2] = {{0}};
    ExitStatus status = EXIT_DONE;
    for (int i = 0; i < 2; i++) {
        ExitStatus opened = side_open(&sides[i], batch, invocation->operands[i]);
        if (opened > status) status = opened;
    }
    if (status == EXIT_DONE) {
        Buf text = buf_new(invocation->arena);
        Differences *d = layouts_compare(invocation->arena, sides[0].layout, sides[1].layout);
        if (json)
            differences_json(invocation->arena, d, invocation->operands[0], invocation->operands[1], &text);
        else
            differences_text(invocation->arena, d, &text);
        status = text_show(invocation, &text);
        if (status == EXIT_DONE && d->changes.count) status = EXIT_DOCUMENT;
    }
    for (int i = 0; i < 2; i++) document_close(&sides[i]);
    return status;
}

static ExitStatus diff_run(Invocation *invocation) {
    Str format = option_value(invocation, "format");
    bool json = str_is(format, "json");
    if (format.n && !json && !str_is(format, "text")) {
        usage_wrong(invocation, "formats: text, json", "unknown format “" STR_FMT "”", STR_ARG(format));
        return EXIT_USAGE;
    }
    if (invocation->operand_count != 2) {
        usage_wrong(invocation, NULL, "two files are compared, and %u were given", (unsigned)invocation->operand_count);
        return EXIT_USAGE;
    }
    Batch batch;
    ExitStatus status;
    if (!batch_open(invocation, &batch, &status)) return status;
    status = sides_compare(invocation, &batch, json);
    batch_close(&batch);
    return status;
}

static const Option diff_options[] = {
    {"format", 0, "FORMAT", "text, or json for programs"},
    {"style", 0, "NAME|FILE", "The style sheet that pages are counted in: a built-in one or a .yaml file"},
    {"final", 0, NULL, "Both as for publication: an embargo that is over is not shown"},
    {"break-embargo", 0, NULL, "With --final: before the embargo is over, too"},
    {"root", 0, "DIR", "Files that a document names must lie below DIR (its own folder)"},
    {0},
};

const Command command_diff = {
    .name = "diff",
    .arguments = "OLD NEW",
    .summary = "Say what changed between two versions, by paragraph number and page",
    .text =
        "Every passage that was changed, added, removed or moved, with its number and the page it begins on; in changed ones, "
        "words taken\n"
        "out are shown as [-so-], words put in as {+so+}. At the end, which paragraphs have other numbers now. What follows from "
        "that by\n"
        "itself (contents, references to numbers and pages) is not told.\n"
        "The status is 0 when nothing changed, 1 when something did, more when a file could not be read.\n",
    .options = diff_options,
    .run = diff_run,
};
