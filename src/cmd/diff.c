/* `brief diff OLD NEW`: what changed, by paragraph number and page. Each is a source, or a finished file that carries its own. */
#include "cmd/provenance.h"
#include "diff/diff.h"

typedef struct {
    bool finished; /* then the document is made again of what the file carries */
    Provenance provenance;
    Rebuilt made;
} Version;

static bool is_finished(Arena *arena, Diags *d, Str path) {
    Str bytes;
    if (str_is(path, "-")) return false; /* it can be read once only */
    if (!file_read(arena, d, path, INSPECT_BYTES, &bytes)) return false;
    return str_starts(bytes, STR("%PDF-")) || str_starts(bytes, STR("PK\x03\x04"));
}

static bool source_lay_out(Version *side, Batch *batch, Str path) {
    Document *document = &side->made.document;
    return document_open(document, batch, path) && document_make(document, batch, &(Variant){0}, STAGE_LAYOUT);
}

static bool finished_lay_out(Arena *arena, Diags *d, Version *side, Str path) {
    if (!provenance_open(arena, d, path, &side->provenance)) return false;
    side->finished = true;
    if (!provenance_inputs(arena, d, &side->provenance)) return false;
    if (side->provenance.record.embedded) return provenance_lay_out(arena, &side->provenance, &side->made);
    return provenance_refuse(d, &side->provenance, "compare the sources, or make it with --embed-source");
}

/* What a document says of itself is for check, unless it stops it. */
static bool side_open(Invocation *invocation, Batch *batch, Str path, Version *side) {
    Diags *d = &invocation->diags;
    bool finished = is_finished(invocation->arena, d, path);
    if (d->errors) return false;
    if (finished ? finished_lay_out(invocation->arena, d, side, path) : source_lay_out(side, batch, path)) return true;
    if (side->made.document.arena) diags_show(&side->made.document.diags);
    return false;
}

static void side_close(Version *side) {
    rebuilt_close(&side->made);
    if (side->finished) provenance_close(&side->provenance);
}

/* 1 is for what changed. */
static ExitStatus trouble(const Invocation *invocation, const Version *sides) {
    bool world = invocation->diags.world_failed;
    for (int i = 0; i < 2; i++) world = world || sides[i].made.document.diags.world_failed;
    return world ? EXIT_WORLD : EXIT_USAGE;
}

static ExitStatus sides_compare(Invocation *invocation, const Version *sides, bool json) {
    Arena *arena = invocation->arena;
    Buf text = buf_new(arena);
    Differences *d = layouts_compare(arena, sides[0].made.document.layout, sides[1].made.document.layout);
    if (json)
        differences_json(arena, d, invocation->operands[0], invocation->operands[1], &text);
    else
        differences_text(arena, d, &text);
    ExitStatus status = text_show(invocation, &text);
    return status == EXIT_DONE && d->changes.count ? EXIT_DOCUMENT : status;
}

static bool arguments_read(Invocation *invocation, bool *json) {
    static const char *const formats[] = {"text", "json", NULL};
    uint32_t format;
    if (!format_read(invocation, formats, &format)) return false;
    *json = format == 1;
    if (invocation->operand_count == 2) return true;
    return usage_wrong(invocation, NULL, "two files are compared, and %u were given", (unsigned)invocation->operand_count);
}

static ExitStatus diff_run(Invocation *invocation) {
    Batch batch;
    ExitStatus status;
    bool json;
    if (!arguments_read(invocation, &json)) return EXIT_USAGE;
    invocation_confine(invocation, STR(""));
    if (!batch_open(invocation, &batch, &status)) return status;
    documents_confine_reads(invocation, &batch, false);
    Version sides[2] = {{0}};
    bool opened = true;
    for (int i = 0; i < 2; i++) opened = side_open(invocation, &batch, invocation->operands[i], &sides[i]) && opened;
    status = opened ? sides_compare(invocation, sides, json) : trouble(invocation, sides);
    for (int i = 0; i < 2; i++) side_close(&sides[i]);
    batch_close(&batch);
    return status;
}

static const Option diff_options[] = {
    {"format", 0, "FORMAT", "text, or json for programs"},
    LIMIT_OPTION,
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
        "Each is a Markdown file, or a PDF or EPUB that carries its source (“brief make --embed-source”). Every passage that "
        "was changed,\n"
        "added, removed or moved is told with its number and the page it begins on; in changed ones, words taken out are shown "
        "as\n"
        "[-so-], words put in as {+so+}. At the end, which paragraphs have other numbers now. What follows from that by itself\n"
        "(contents, references to numbers and pages) is not told.\n"
        "The status is 0 when nothing changed, 1 when something did, more when a file could not be read.\n",
    .options = diff_options,
    .run = diff_run,
};
