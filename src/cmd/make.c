/* `brief make`: Markdown in, PDF and EPUB out.
 *
 * All files of a document are finished and on the disk under temporary names before any gets its own; a document with errors gives
 * none. One that fails does not keep the others from being made.
 */
#include "cmd/plan.h"

#include <signal.h>

typedef struct {
    Str forms[FORM_COUNT];
    unsigned claims[FORM_COUNT]; /* that each makes */
    bool unchanged[FORM_COUNT]; /* --if-changed: the file is there already */
} Content;

static bool is_wanted(const Product *product, Form form) { return product->outputs[form].n > 0; }

/* All lie in one folder. */
static Form form_first(const Product *product) {
    Form form = 0;
    while (!is_wanted(product, form)) form++;
    return form;
}

/* The PDF and the EPUB come from one layout. */
static bool pair_make(Document *document, Batch *batch, const Product *product, Content *out) {
    if (!document_make(document, batch, &(Variant){0}, STAGE_LAYOUT) || document->diags.errors > 0) return false;
    if (is_wanted(product, FORM_PDF) && is_wanted(product, FORM_EPUB)) document_epub_begin(document);
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

static void sizes_limit(Document *document, const Product *product, const Content *content) {
    for (Form form = 0; form < FORM_COUNT; form++)
        if (is_wanted(product, form) && content->forms[form].n > limit_of(LIMIT_OUTPUT_SIZE))
            limit_tell(&document->diags, LIMIT_OUTPUT_SIZE, (Place){&document->source, 0, 0});
}

static bool content_make(Document *document, const Plan *plan, Batch *batch, const Product *product, Content *out) {
    bool pair = is_wanted(product, FORM_PDF) || is_wanted(product, FORM_EPUB);
    document->versions = (uint32_t)pair + is_wanted(product, FORM_LARGE_PRINT) + is_wanted(product, FORM_PRINT);
    if (pair && !pair_make(document, batch, product, out)) return false;
    for (Form form = FORM_LARGE_PRINT; form < FORM_COUNT; form++)
        if (is_wanted(product, form) && !variant_make(document, batch, &plan->variants[form], form, out)) return false;
    sizes_limit(document, product, out);
    return document->diags.errors == 0 && (!plan->strict || claims_demand(&document->diags, product, out->claims));
}

static bool content_publish(Document *document, const Plan *plan, const Product *product, Content *content) {
    Diags *d = &document->diags;
    if (plan->out_dir.n > 0 && !folder_make(d, path_folder(product->outputs[form_first(product)]))) return false;
    FileStage stages[FORM_COUNT];
    size_t count = 0;
    bool staged = true;
    for (Form form = 0; form < FORM_COUNT && staged; form++) {
        if (!is_wanted(product, form)) continue;
        content->unchanged[form] = plan->if_changed && file_holds(document->arena, product->outputs[form], content->forms[form]);
        if (content->unchanged[form]) continue;
        staged = file_stage(d, product->outputs[form], content->forms[form], &stages[count]);
        if (staged) count++;
    }
    if (staged) return files_publish(d, stages, count);
    files_discard(stages, count);
    return false;
}

static bool content_write(Document *document, const Plan *plan, const Product *product, Content *content) {
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

/* A library that had no memory, and did not say so, may have left something out. */
static bool memory_sufficed(Document *document) {
    if (!memory_was_short()) return true;
    memory_limit_tell(&document->diags, &document->source);
    return false;
}

/* The names of the files that were written and, with -v, what each claims; beside a file on standard output, for standard error. */
static void outputs_tell(
    const Document *document, const Plan *plan, const Product *product, const Content *content, Buf *names, Buf *messages) {
    Buf told = buf_new(document->arena);
    bool piped = str_is(plan->depfile.path, "-");
    for (Form form = 0; form < FORM_COUNT; form++) {
        if (!is_wanted(product, form) || (content->unchanged[form] && !plan->verbose)) continue;
        piped = piped || str_is(product->outputs[form], "-");
        name_add(&told, product->outputs[form]);
        if (content->unchanged[form]) buf_add_c(&told, "  unchanged\n");
        if (plan->verbose) claims_tell(&told, &document->diags, form, content->claims[form], document->record.embedded);
    }
    buf_add(piped ? messages : names, buf_str(&told));
}

void product_make(const Plan *plan, Batch *batch, const Product *product, Arena *arena, Made *out) {
    Document document;
    Content content = {0};
    Buf names = buf_new(arena), messages = buf_new(arena);
    Timings timings = {0};
    batch->timings = plan->timings != TIMINGS_NONE ? &timings : NULL;
    timings_started(batch->timings);
    timing_begin(batch->timings, TIMED_WHOLE);
    fault_try(product->input);
    bool made = document_open(&document, batch, product->input) && content_make(&document, plan, batch, product, &content) &&
                memory_sufficed(&document) && content_write(&document, plan, product, &content);
    if (made && !plan->quiet) outputs_tell(&document, plan, product, &content, &names, &messages);
    diags_print(&document.diags, &messages, plan->colour);
    ExitStatus status = diags_status(&document.diags);
    Str reason = str_copy(arena, diags_reason(&document.diags));
    Str depends = plan->depfile.path.n > 0 ? depfile_part(arena, &plan->depfile, batch, product, document.diags.asked) : STR("");
    document_close(&document);
    timing_end(batch->timings, TIMED_WHOLE);
    batch->timings = NULL;
    timings_tell(&messages, &timings, plan->timings, product->input);
    *out = (Made){status, buf_str(&names), buf_str(&messages), reason, depends};
    batch_rest(batch);
}

/* One after the other, in this process. */
static void products_make(const Plan *plan, Batch *batch, Telling *telling) {
    if (plan->jobs > 0) cores_use(plan->jobs);
    telling_interruptible(telling);
    for (uint32_t i = 0; i < plan->count; i++) {
        Arena *arena = arena_open();
        Made made;
        product_make(plan, batch, &plan->products[i], arena, &made);
        progress_count(&telling->progress, &plan->products[i], &made);
        telling_interruptible(telling);
        telling_document(telling, &plan->products[i], &made);
        arena_close(arena);
    }
}

static ExitStatus plan_run(Invocation *invocation, const Plan *plan, Batch *batch) {
    Telling telling = telling_begin(plan, batch, invocation->arena);
    int ended = 0;
    if (jobs_workers(plan) > 0)
        ended = jobs_run(plan, batch, &telling, &invocation->diags);
    else
        products_make(plan, batch, &telling);
    if (ended > 0) {
        telling_interrupted(&telling);
        raise(ended); /* ends the process as the signal does by itself */
    }
    ExitStatus status = telling_end(&telling);
    return ended < 0 ? EXIT_WORLD : status;
}

/* With a sheet that is wrong no document is begun; whoever waits for the files still learns on what they depend. */
static ExitStatus plan_unmade(Invocation *invocation, const Plan *plan, const Batch *batch, ExitStatus status) {
    Buf depends = buf_new(invocation->arena);
    for (uint32_t i = 0; i < plan->count; i++) depfile_join(&depends, &plan->depfile, batch, &plan->products[i], STR(""));
    return depfile_write(&invocation->diags, &plan->depfile, &depends) ? status : EXIT_WORLD;
}

static ExitStatus make_run(Invocation *invocation) {
    Plan plan;
    Batch batch;
    ExitStatus status;
    if (!plan_make(invocation, &plan)) return invocation->diags.world_failed ? EXIT_WORLD : EXIT_USAGE;
    plan_confine(invocation->arena, &plan);
    bool opened = batch_open(invocation, &batch, &status);
    if (!opened && status == EXIT_USAGE) return status;
    batch.embed = option_given(invocation, "embed-source");
    plan_confine_reads(invocation->arena, &plan, &batch);
    diags_show(&invocation->diags); /* what is said of the sheet of --style, before what the documents are */
    invocation->diags = diags_new(invocation->arena);
    if (opened)
        status = plan_run(invocation, &plan, &batch);
    else
        status = plan_unmade(invocation, &plan, &batch, status);
    batch_close(&batch);
    return status;
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
    {"out-dir", 0, "DIR", "Write below DIR, in the folders that the inputs lie in below the one common to all"},
    {"files-from", 0, "FILE", "Also the files that FILE (“-”: standard input) names, one a line, or parted by NUL"},
    {"shard", 0, "K/N", "Make the K-th of N shares of the files, for one of N machines with the same list"},
    {"jobs", 'j', "[=N]", "Make N documents at once, each on its own: as many as there are cores, if N is left out"},
    {"time-limit", 0, "SECONDS", "Give a document up after so long (with -j: 60; 0 is no limit)"},
    {"memory-limit", 0, "SIZE", "Give a document up that wants more memory: 512M, 2G (with -j: 2G; 0 is no limit)"},
    LIMIT_OPTION,
    {"progress", 0, "KIND", "How far it is: “bar” (on a terminal), “json” or “none”"},
    {"style", 0, "NAME|FILE", "The style sheet: a built-in one (“brief styles”) or a .yaml file"},
    {"root", 0, "DIR", "Files that a document names must lie below DIR (its own folder)"},
    {"embed-source", 0, NULL, "What is made carries the Markdown, your sheets and the images: see “brief extract”"},
    {"if-changed", 0, NULL, "Leave a file alone that would be the same again"},
    {"depfile", 0, "FILE", "Write to FILE what was made and from which files, for make and Ninja; also when there are errors"},
    {"depfile-format", 0, "FORMAT", "make (the default), json or null (words that end with a NUL)"},
    {"depfile-target", 0, "NAME", "What depends on the inputs, in place of the files made"},
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
        "With -j a document that crashes, hangs or takes too much memory costs itself only. What is told comes in the order of "
        "the\n"
        "inputs. Of several documents, exit status 1 says that some were not made; they are named at the end.\n"
        "\n"
        "--pdf, --epub, --large-print and --print can be asked for together; each gives a file. Numbers of paragraphs, tables "
        "and\n"
        "notes are the same in all. --print gives the addresses of links as notes. The pages that the EPUB names are the PDF's.\n"
        "A final version no longer says that it was embargoed; SOURCE_DATE_EPOCH, if set, is the time that counts.\n",
    .options = make_options,
    .run = make_run,
};
