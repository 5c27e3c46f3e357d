/* `brief make`: Markdown in, PDF and EPUB out.
 *
 * A document's two files are both finished and on the disk under temporary names before either gets its own; a document with
 * errors gives none. One that fails does not keep the others from being made.
 */
#include "cmd/plan.h"

typedef struct {
    Str pdf, epub;
} Content;

static bool content_make(Document *document, Batch *batch, const Product *product, Content *out) {
    if (product->pdf.n > 0 && !document_pdf(document, batch, &out->pdf)) return false;
    if (product->epub.n > 0 && !document_epub(document, &out->epub)) return false;
    return document->diags.errors == 0;
}

static bool content_write(Document *document, const Plan *plan, const Product *product, const Content *content) {
    Diags *d = &document->diags;
    if (plan->out_dir.n > 0 && !folder_make(d, plan->out_dir)) return false;
    FileStage stages[2];
    size_t count = 0;
    bool staged = (product->pdf.n == 0 || file_stage(d, product->pdf, content->pdf, &stages[count++])) &&
                  (product->epub.n == 0 || file_stage(d, product->epub, content->epub, &stages[count++]));
    if (staged) return files_publish(d, stages, count);
    files_discard(stages, count);
    return false;
}

static void name_add(Buf *out, Str path) {
    if (path.n == 0 || str_is(path, "-")) return;
    buf_add(out, path);
    buf_add_char(out, '\n');
}

static ExitStatus product_make(const Plan *plan, Batch *batch, const Product *product) {
    Document document;
    Content content = {0};
    bool made = document_open(&document, batch, product->input, STAGE_LAYOUT) && document.diags.errors == 0 &&
                content_make(&document, batch, product, &content) && content_write(&document, plan, product, &content);
    if (made && !plan->quiet) {
        Buf names = buf_new(document.arena);
        name_add(&names, product->pdf);
        name_add(&names, product->epub);
        file_write(&document.diags, STR("-"), buf_str(&names));
    }
    diags_show(&document.diags);
    ExitStatus status = diags_status(&document.diags);
    document_close(&document);
    return status;
}

static ExitStatus make_run(Invocation *invocation) {
    Plan plan;
    Batch batch;
    ExitStatus worst;
    if (!plan_make(invocation, &plan)) return EXIT_USAGE;
    if (!batch_open(invocation, &batch, &worst)) return worst;
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
    {"pdf", 0, NULL, "Make the PDF only"},
    {"epub", 0, NULL, "Make the EPUB only (both are made when neither or both are asked for)"},
    {"output", 'o', "FILE", "Write to FILE; .pdf or .epub says the format; “-” is standard output"},
    {"out-dir", 0, "DIR", "Write into DIR, which is made when it is missing"},
    {"style", 0, "NAME|FILE", "The style sheet: a built-in one (“brief styles”) or a .yaml file"},
    {"root", 0, "DIR", "Files that a document names must lie below DIR (its own folder)"},
    {"quiet", 'q', NULL, "Do not print the names of the files written"},
    {0},
};

const Command command_make = {
    .name = "make",
    .arguments = "FILE…",
    .summary = "Make the PDF and the EPUB of Markdown files",
    .text = "FILE “-” is standard input, and then one of --pdf and --epub goes to standard output. A document with errors gives "
            "no file;\n"
            "warnings are told, and the file does not claim what it cannot keep. Dates come from the document, else from\n"
            "SOURCE_DATE_EPOCH, else from the file: the same input gives the same bytes.\n",
    .options = make_options,
    .run = make_run,
};
