/* `brief make`: Markdown in, PDF and EPUB out.
 *
 * All files of a document are finished and on the disk under temporary names before any gets its own; a document with errors gives
 * none. One that fails does not keep the others from being made.
 */
#include "cmd/plan.h"

typedef struct {
    Str forms[FORM_COUNT];
    unsigned claims[FORM_COUNT]; /* that each makes */
} Content;

static bool is_wanted(const Product *product, Form form) { return product->outputs[form].n > 0; }

/* The PDF and the EPUB come from one layout. */
static bool pair_make(Document *document, Batch *batch, const Product *product, Content *out) {
    if (!document_make(document, batch, &(Variant){0}, STAGE_LAYOUT) || document->diags.errors > 0) return false;
    if (is_wanted(product, FORM_PDF) && !document_pdf(document, batch, &out->forms[FORM_PDF])) return false;
    if (is_wanted(product, FORM_EPUB) && !document_epub(document, &out->forms[FORM_EPUB])) return false;
    out->claims[FORM_PDF] = out->claims[FORM_EPUB] = document_claims(document);
    return true;
}

static bool variant_make(Document *document, Batch *batch, const Variant *variant, Form form, Content *out) {
    bool made = document_make(document, batch, variant, STAGE_LAYOUT) && document->diags.errors == 0 &&
                document_pdf(document, batch, &out->forms[form]);
    out->claims[form] = document_claims(document);
    return made;
}

static bool content_make(Document *document, const Plan *plan, Batch *batch, const Product *product, Content *out) {
    bool pair = is_wanted(product, FORM_PDF) || is_wanted(product, FORM_EPUB);
    document->versions = (uint32_t)pair + is_wanted(product, FORM_LARGE_PRINT) + is_wanted(product, FORM_PRINT);
    if (pair && !pair_make(document, batch, product, out)) return false;
    for (Form form = FORM_LARGE_PRINT; form < FORM_COUNT; form++)
        if (is_wanted(product, form) && !variant_make(document, batch, &plan->variants[form], form, out)) return false;
    return document->diags.errors == 0 && (!plan->strict || claims_demand(&document->diags, product, out->claims));
}

static bool content_publish(Document *document, const Plan *plan, const Product *product, const Content *content) {
    Diags *d = &document->diags;
    if (plan->out_dir.n > 0 && !folder_make(d, plan->out_dir)) return false;
    FileStage stages[FORM_COUNT];
    size_t count = 0;
    bool staged = true;
    for (Form form = 0; form < FORM_COUNT && staged; form++) {
        if (!is_wanted(product, form)) continue;
        staged = file_stage(d, product->outputs[form], content->forms[form], &stages[count]);
        if (staged) count++;
    }
    if (staged) return files_publish(d, stages, count);
    files_discard(stages, count);
    return false;
}

static bool content_write(Document *document, const Plan *plan, const Product *product, const Content *content) {
    timing_begin(document->timings, TIMED_WRITE);
    bool written = content_publish(document, plan, product, content);
    timing_end(document->timings, TIMED_WRITE);
    return written;
}

static void name_add(Buf *out, Str path) {
    if (path.n == 0 || str_is(path, "-")) return;
    buf_add(out, path);
    buf_add_char(out, '\n');
}

/* The names of the files and, with -v, what each claims; beside a file on standard output, that to standard error. */
static void outputs_tell(Document *document, const Plan *plan, const Product *product, const Content *content) {
    Buf names = buf_new(document->arena);
    bool piped = false;
    for (Form form = 0; form < FORM_COUNT; form++) {
        if (!is_wanted(product, form)) continue;
        piped = piped || str_is(product->outputs[form], "-");
        name_add(&names, product->outputs[form]);
        if (plan->verbose) claims_tell(&names, &document->diags, form, content->claims[form], document->record.embedded);
    }
    if (piped)
        errors_write(buf_str(&names));
    else
        file_write(&document->diags, STR("-"), buf_str(&names));
}

static ExitStatus product_make(const Plan *plan, Batch *batch, const Product *product) {
    Document document;
    Content content = {0};
    Timings timings = {0};
    batch->timings = plan->timings != TIMINGS_NONE ? &timings : NULL;
    timings_started(batch->timings);
    timing_begin(batch->timings, TIMED_WHOLE);
    bool made = document_open(&document, batch, product->input) && content_make(&document, plan, batch, product, &content) &&
                content_write(&document, plan, product, &content);
    if (made && !plan->quiet) outputs_tell(&document, plan, product, &content);
    diags_show(&document.diags);
    ExitStatus status = diags_status(&document.diags);
    document_close(&document);
    timing_end(batch->timings, TIMED_WHOLE);
    timings_show(&timings, plan->timings, product->input);
    return status;
}

static ExitStatus make_run(Invocation *invocation) {
    Plan plan;
    Batch batch;
    ExitStatus worst;
    if (!plan_make(invocation, &plan)) return EXIT_USAGE;
    if (!batch_open(invocation, &batch, &worst)) return worst;
    batch.embed = option_given(invocation, "embed-source");
    diags_show(&invocation->diags); /* what the sheet of --style is warned of, before what the documents are */
    invocation->diags = diags_new(invocation->arena);
    worst = EXIT_DONE;
    for (uint32_t i = 0; i < plan.count; i++) {
        ExitStatus status = product_make(&plan, &batch, &plan.products[i]);
        if (status > worst) worst = status;
    }
    batch_close(&batch);
    return worst;
}

static const Option make_options[] = {
    {"pdf", 0, NULL, "Make the PDF"},
    {"epub", 0, NULL, "Make the EPUB (it and the PDF are made when nothing else is asked for)"},
    {"large-print", 0, "[=PT]", "Make a PDF in large print, NAME-large-print.pdf: 16 to 28 points, else 20"},
    {"print", 0, NULL, "Make a PDF for printing on both sides in black, NAME-print.pdf"},
    {"blank-pages", 0, NULL, "With --print: blank pages at the end, to a multiple of four"},
    {"final", 0, NULL, "For publication: refused for a draft and before an embargo is over"},
    {"break-embargo", 0, NULL, "With --final: before the embargo is over, too"},
    {"output", 'o', "FILE", "Write to FILE; .pdf or .epub says the format; “-” is standard output"},
    {"out-dir", 0, "DIR", "Write into DIR, which is made when it is missing"},
    {"style", 0, "NAME|FILE", "The style sheet: a built-in one (“brief styles”) or a .yaml file"},
    {"root", 0, "DIR", "Files that a document names must lie below DIR (its own folder)"},
    {"embed-source", 0, NULL, "What is made carries the Markdown, your sheets and the images: see “brief extract”"},
    {"strict", 0, NULL, "No file unless it can claim all that it might: what takes a claim away is an error"},
    {"verbose", 'v', NULL, "Say what each file claims, and why it does not claim the rest"},
    {"timings", 0, "[=json]", "Say how long each stage took, and what memory; in JSON, an object a line"},
    {"quiet", 'q', NULL, "Do not print the names of the files written"},
    {0},
};

const Command command_make = {
    .name = "make",
    .arguments = "FILE…",
    .summary = "Make the PDF and the EPUB of Markdown files",
    .text =
        "FILE “-” is standard input, and then one of --pdf and --epub goes to standard output. A document with errors gives "
        "no file;\n"
        "warnings are told, and the file does not claim what it cannot keep. Dates come from the document, else from\n"
        "SOURCE_DATE_EPOCH, else from the file: the same input gives the same bytes.\n"
        "\n"
        "--pdf, --epub, --large-print and --print can be asked for together; each gives a file. Numbers of paragraphs, tables "
        "and\n"
        "notes are the same in all. --print gives the addresses of links as notes. The pages that the EPUB names are the PDF's.\n"
        "A final version no longer says that it was embargoed; SOURCE_DATE_EPOCH, if set, is the time that counts.\n",
    .options = make_options,
    .run = make_run,
};
