/* `brief check`: every finding on the way to the pages, and on them; nothing is written. */
#include "cmd/internal.h"

#include <unistd.h>

typedef struct {
    Batch batch;
    Policy policy; /* of the command line */
    bool no_project;
    Variant large_print, print;
    bool with_large_print, with_print, quiet;
    bool for_programs; /* in `form`, else as text */
    ReportForm form;
    Report *report;
} Checker;

static bool checker_format(Invocation *invocation, Checker *checker) {
    static const char *const formats[] = {"text", "json", "sarif", NULL};
    uint32_t format;
    if (!format_read(invocation, formats, &format)) return false;
    checker->for_programs = format > 0;
    checker->form = format == 2 ? REPORT_SARIF : REPORT_JSON;
    return true;
}

static bool inputs_allowed(Invocation *invocation) {
    if (invocation->operand_count == 0) return usage_wrong(invocation, NULL, "no file given");
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        if (invocation->operands[i].n == 0) return usage_wrong(invocation, NULL, "a file has an empty name");
        if (str_is(invocation->operands[i], "-") && invocation->operand_count > 1)
            return usage_wrong(invocation, NULL, "standard input must be the only file");
    }
    return true;
}

static bool checker_read(Invocation *invocation, Checker *out) {
    *out = (Checker){.with_large_print = option_given(invocation, "large-print"),
        .with_print = option_given(invocation, "print"),
        .no_project = option_given(invocation, "no-project"),
        .quiet = option_given(invocation, "quiet")};
    return variants_read(invocation, &out->large_print, &out->print) && policy_read(invocation, &out->policy) &&
           checker_format(invocation, out) && inputs_allowed(invocation);
}

static void version_check(Document *document, Checker *checker, const Variant *variant) {
    if (document_make(document, &checker->batch, variant, STAGE_LAYOUT)) document_check(document, variant);
}

static void versions_check(Document *document, Checker *checker) {
    document->versions = 1u + checker->with_large_print + checker->with_print;
    version_check(document, checker, &(Variant){0});
    if (checker->with_large_print) version_check(document, checker, &checker->large_print);
    if (checker->with_print) version_check(document, checker, &checker->print);
}

static void count_add(Buf *out, uint32_t count, const char *word) {
    if (count) buf_format(out, "%u %s%s", (unsigned)count, word, count == 1 ? "" : "s");
}

/* "article.md: 1 error, 2 warnings" */
static void summary_add(const Diags *d, Str path, Buf *out) {
    buf_add(out, str_is(path, "-") ? STR("standard input") : path);
    buf_add_c(out, ": ");
    count_add(out, d->errors, "error");
    if (d->errors && d->warnings) buf_add_c(out, ", ");
    count_add(out, d->warnings, "warning");
    if (!d->errors && !d->warnings) buf_add_c(out, "no errors, no warnings");
    buf_add_char(out, '\n');
}

static ExitStatus document_judge(Invocation *invocation, Checker *checker, uint32_t index) {
    Document document;
    Str path = invocation->operands[index];
    Policy policy = checker->policy;
    bool read = document_open(&document, &checker->batch, path);
    bool known = project_apply(&document, &checker->batch, checker->no_project, &policy);
    check_prepare(&document.diags, &policy);
    if (read && known) versions_check(&document, checker);
    check_apply(&document.diags, &policy, document.tree ? document.tree : document.written);
    Buf text = buf_new(document.arena);
    if (checker->for_programs) {
        report_add(checker->report, &document.diags, path);
    } else {
        diags_print(&document.diags, &text, colour_wanted(STDOUT_FILENO));
        if (!checker->quiet) summary_add(&document.diags, path, &text);
    }
    ExitStatus status = diags_status(&document.diags), shown = text_show(invocation, &text);
    document_close(&document);
    return shown > status ? shown : status;
}

static ExitStatus check_run(Invocation *invocation) {
    Checker checker;
    ExitStatus worst;
    if (!checker_read(invocation, &checker)) return EXIT_USAGE;
    invocation_confine(invocation, STR(""));
    if (!batch_open(invocation, &checker.batch, &worst)) return worst;
    documents_confine_reads(invocation, &checker.batch, !checker.no_project);
    worst = EXIT_DONE;
    if (checker.for_programs) checker.report = report_open(invocation->arena, checker.form, STR(BRIEF_VERSION));
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        ExitStatus status = document_judge(invocation, &checker, i);
        if (status > worst) worst = status;
    }
    if (checker.for_programs) {
        Buf text = buf_new(invocation->arena);
        report_close(checker.report, &text);
        ExitStatus status = text_show(invocation, &text);
        if (status > worst) worst = status;
    }
    batch_close(&checker.batch);
    return worst;
}

static const Option check_options[] = {
    {"profile", 0, "NAME…", "What to ask for: basic, public-sector, print, government-style"},
    {"deny", 0, "CODE…", "These findings are errors; “warnings” is all of them"},
    {"allow", 0, "CODE…", "These findings are not told"},
    {"no-project", 0, NULL, "Do not look for .brief.yaml"},
    {"format", 0, "FORMAT", "text; json or sarif for programs"},
    {"large-print", 0, "[=PT]", "The pages in large print, too"},
    {"print", 0, NULL, "The pages for printing on both sides, too"},
    {"blank-pages", 0, NULL, "With --print: blank pages at the end, to a multiple of four"},
    {"final", 0, NULL, "As for publication: a draft is an error, and an embargo that is not over"},
    {"break-embargo", 0, NULL, "With --final: before the embargo is over, too"},
    LIMIT_OPTION,
    {"style", 0, "NAME|FILE", "The style sheet: a built-in one (“brief styles”) or a .yaml file"},
    {"root", 0, "DIR", "Files that a document names must lie below DIR (its own folder)"},
    {"quiet", 'q', NULL, "Say nothing but what was found"},
    {0},
};

const Command command_check = {
    .name = "check",
    .arguments = "FILE…",
    .summary = "Say what is wrong with Markdown files, and write nothing",
    .text = "Every finding of “brief make” up to the pages, and more: pages that came out badly, alternative text, links "
            "and\n"
            "headings that tell nothing, lists and headings that only look like it, tables that cannot be followed. Each ends\n"
            "in its code; “brief explain CODE” says why it matters and how to mend it. Codes are given with commas between them, "
            "or by the\n"
            "option again. In a document, “<!-- brief: allow CODE -->” in lines of its own allows it for the block that follows; "
            "before the\n"
            "first block, for the whole document. Errors cannot be allowed, nor can what --deny names.\n"
            "A file .brief.yaml beside the document or above it says the same for all documents there; the command line wins "
            "over it.\n"
            "The status is 0 with warnings, 1 with errors.\n",
    .options = check_options,
    .run = check_run,
};
