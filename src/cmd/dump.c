/* `brief dump`: what a stage makes of a document, as text. Golden tests hold it. */
#include "cmd/internal.h"

typedef struct {
    Str name;
    Stage needs;
    void (*print)(const Document *document, Buf *out);
} DumpStage;

static void print_tree(const Document *document, Buf *out) { tree_dump(document->written, out); }
static void print_resolved(const Document *document, Buf *out) { tree_dump(document->tree, out); }
static void print_style(const Document *document, Buf *out) { styles_dump(document->styles, document->tree, out); }
static void print_layout(const Document *document, Buf *out) { layout_dump(document->layout, out); }
static void print_tags(const Document *document, Buf *out) { pdf_tags_dump(document->layout, out); }
static void print_xhtml(const Document *document, Buf *out) {
    EpubOptions options = document_epub_options(document);
    epub_xhtml_dump(document->layout, &options, out);
}

#define DUMP_STAGES 6
static const DumpStage dump_stages[DUMP_STAGES] = {
    {{"tree", 4}, STAGE_TREE, print_tree},
    {{"resolved", 8}, STAGE_RESOLVED, print_resolved},
    {{"style", 5}, STAGE_STYLE, print_style},
    {{"layout", 6}, STAGE_LAYOUT, print_layout},
    {{"tags", 4}, STAGE_LAYOUT, print_tags},
    {{"xhtml", 5}, STAGE_LAYOUT, print_xhtml},
};

static const DumpStage *dump_stage(Invocation *invocation) {
    const char *all = "stages: tree, resolved, style, layout, tags, xhtml";
    if (!option_given(invocation, "stage")) {
        usage_wrong(invocation, all, "--stage is missing");
        return NULL;
    }
    Str wanted = option_value(invocation, "stage"), names[DUMP_STAGES];
    for (size_t i = 0; i < DUMP_STAGES; i++) {
        names[i] = dump_stages[i].name;
        if (str_equal(wanted, names[i])) return &dump_stages[i];
    }
    Str nearest = str_nearest(wanted, names, DUMP_STAGES);
    const char *hint = nearest.n == 0 ? all : str_format(invocation->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p;
    usage_wrong(invocation, hint, "unknown stage “" STR_FMT "”", STR_ARG(wanted));
    return NULL;
}

static ExitStatus dump_document(Batch *batch, const DumpStage *stage, const Variant *variant, Str path) {
    Document document;
    if (document_open(&document, batch, path) && document_make(&document, batch, variant, stage->needs)) {
        Buf text = buf_new(document.arena);
        stage->print(&document, &text);
        file_write(&document.diags, STR("-"), buf_str(&text));
    }
    diags_show(&document.diags);
    ExitStatus status = diags_status(&document.diags);
    document_close(&document);
    return status;
}

static bool dump_variant(Invocation *invocation, const DumpStage *stage, Variant *out) {
    Variant large_print, print;
    bool large = option_given(invocation, "large-print"), on_paper = option_given(invocation, "print");
    if (!variants_read(invocation, &large_print, &print)) return false;
    if (large && on_paper) return usage_wrong(invocation, NULL, "only one variant can be dumped at a time");
    if ((large || on_paper) && str_is(stage->name, "xhtml"))
        return usage_wrong(invocation, NULL, "variants are PDFs: the EPUB has the size and the colours that its reader sets");
    *out = large ? large_print : on_paper ? print : (Variant){0};
    return true;
}

static ExitStatus dump_run(Invocation *invocation) {
    const DumpStage *stage = dump_stage(invocation);
    if (stage == NULL) return EXIT_USAGE;
    if (invocation->operand_count != 1) {
        usage_wrong(invocation, NULL, invocation->operand_count == 0 ? "no file given" : "only one file can be dumped at a time");
        return EXIT_USAGE;
    }
    Batch batch;
    Variant variant;
    ExitStatus status;
    if (!dump_variant(invocation, stage, &variant)) return EXIT_USAGE;
    invocation_confine(invocation, STR(""));
    if (!batch_open(invocation, &batch, &status)) return status;
    documents_confine_reads(invocation, &batch, false);
    status = dump_document(&batch, stage, &variant, invocation->operands[0]);
    batch_close(&batch);
    return status;
}

static const Option dump_options[] = {
    {"stage", 0, "STAGE", "tree, resolved, style, layout, tags or xhtml"},
    {"style", 0, "NAME|FILE", "The style sheet: a built-in one or a .yaml file"},
    {"large-print", 0, "[=PT]", "In large print"},
    {"print", 0, NULL, "For printing on both sides"},
    {"blank-pages", 0, NULL, "With --print: blank pages at the end, to a multiple of four"},
    {"final", 0, NULL, "For publication"},
    {"break-embargo", 0, NULL, "With --final: before the embargo is over, too"},
    LIMIT_OPTION,
    {"root", 0, "DIR", "Files that the document names must lie below DIR"},
    {0},
};

const Command command_dump = {
    .name = "dump",
    .arguments = "--stage=STAGE FILE",
    .summary = "Print what a stage makes of a document",
    .options = dump_options,
    .run = dump_run,
};
