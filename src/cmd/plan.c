/* What `brief make` will write, decided and checked before anything is done. */
#include "cmd/plan.h"

#include <unistd.h>

static const struct {
    const char *option, *ending; /* behind the document's name */
} forms[FORM_COUNT] = {{"pdf", ".pdf"}, {"epub", ".epub"}, {"large-print", "-large-print.pdf"}, {"print", "-print.pdf"}};

/* -o names one file, whose extension must be its format's. */
static bool plan_single(Invocation *invocation, Plan *plan, unsigned count) {
    Str output = option_output(invocation, "output");
    bool says_pdf = str_ends(output, STR(".pdf")), says_epub = str_ends(output, STR(".epub"));
    if (count > 1) return usage_wrong(invocation, "use --out-dir for all of them", "-o names one file, but %u are wanted", count);
    if (count == 1 && says_pdf && plan->wanted[FORM_EPUB])
        return usage_wrong(invocation, NULL, "“" STR_FMT "” is not the name of an EPUB", STR_ARG(output));
    if (count == 1 && says_epub && plan->wanted[FORM_LARGE_PRINT])
        return usage_wrong(invocation, "an EPUB needs no large print: its reader sets the size of type",
            "“" STR_FMT "” is not the name of a PDF", STR_ARG(output));
    if (count == 1 && says_epub && !plan->wanted[FORM_EPUB])
        return usage_wrong(invocation, NULL, "“" STR_FMT "” is not the name of a PDF", STR_ARG(output));
    if (count == 1) return true;
    if (!says_pdf && !says_epub)
        return usage_wrong(invocation, "say --pdf or --epub", "“" STR_FMT "” does not tell the format", STR_ARG(output));
    plan->wanted[says_pdf ? FORM_PDF : FORM_EPUB] = true;
    return true;
}

/* Which forms: those that are named; else the one that -o's extension says; else the two that belong together. */
static bool plan_forms(Invocation *invocation, Plan *plan) {
    unsigned count = 0;
    for (int form = 0; form < FORM_COUNT; form++) {
        plan->wanted[form] = option_given(invocation, forms[form].option);
        count += plan->wanted[form];
    }
    if (!variants_read(invocation, &plan->variants[FORM_LARGE_PRINT], &plan->variants[FORM_PRINT])) return false;
    if (option_given(invocation, "output")) return plan_single(invocation, plan, count);
    if (count == 0) plan->wanted[FORM_PDF] = plan->wanted[FORM_EPUB] = true;
    return true;
}

static bool plan_is_single(const Plan *plan) {
    unsigned count = 0;
    for (int form = 0; form < FORM_COUNT; form++) count += plan->wanted[form];
    return count == 1;
}

static Str output_path(Arena *arena, Str folder, Str input, const char *ending) {
    return path_join(arena, folder, str_format(arena, STR_FMT "%s", STR_ARG(path_stem(input)), ending));
}

static void plan_outputs(Invocation *invocation, const Plan *plan, Product *product, Str folder) {
    Arena *arena = invocation->arena;
    Str single = {NULL, 0};
    if (option_given(invocation, "output"))
        single = option_output(invocation, "output");
    else if (str_is(product->input, "-"))
        single = STR("-");
    for (int form = 0; form < FORM_COUNT; form++) {
        if (!plan->wanted[form]) continue;
        product->outputs[form] = single.n > 0 ? single : output_path(arena, folder, product->input, forms[form].ending);
    }
}

static bool inputs_allowed(Invocation *invocation, const Plan *plan) {
    bool listed = option_given(invocation, "files-from");
    if (invocation->operand_count == 0 && !listed) return usage_wrong(invocation, NULL, "no file given");
    if (option_given(invocation, "output") && option_given(invocation, "out-dir"))
        return usage_wrong(invocation, NULL, "-o and --out-dir exclude each other");
    if (option_given(invocation, "output") && invocation->operand_count > 1)
        return usage_wrong(
            invocation, "use --out-dir", "-o names one file, but %u are to be made", (unsigned)invocation->operand_count);
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        if (invocation->operands[i].n == 0) return usage_wrong(invocation, NULL, "a file has an empty name");
        if (!str_is(invocation->operands[i], "-")) continue;
        if (invocation->operand_count > 1 || listed) return usage_wrong(invocation, NULL, "standard input must be the only file");
        if (option_given(invocation, "out-dir"))
            return usage_wrong(
                invocation, "name the result with -o", "standard input has no name that a file in a folder could have");
        if (!plan_is_single(plan))
            return usage_wrong(
                invocation, "say --pdf, --epub, --large-print or --print", "standard input gives one file at a time");
    }
    return true;
}

bool plan_make(Invocation *invocation, Plan *out) {
    *out = (Plan){.quiet = option_given(invocation, "quiet"),
        .verbose = option_given(invocation, "verbose"),
        .strict = option_given(invocation, "strict"),
        .if_changed = option_given(invocation, "if-changed"),
        .colour = colour_wanted(STDERR_FILENO),
        .out_dir = option_value(invocation, "out-dir")};
    if (out->quiet && out->verbose) return usage_wrong(invocation, NULL, "-q and -v exclude each other");
    if (!timings_read(invocation, &out->timings) || !inputs_collect(invocation) || !plan_forms(invocation, out) ||
        !inputs_allowed(invocation, out))
        return false;
    out->products = NEW_ARRAY(invocation->arena, Product, invocation->operand_count);
    out->count = invocation->operand_count;
    Str *folders = out->out_dir.n > 0 ? folders_below(invocation->arena, out->out_dir, invocation->operands, out->count) : NULL;
    for (uint32_t i = 0; i < out->count; i++) {
        Product *product = &out->products[i];
        product->input = invocation->operands[i];
        plan_outputs(invocation, out, product, folders != NULL ? folders[i] : path_folder(product->input));
    }
    if (!shard_mark(invocation, out) || !depfile_plan(invocation, out, &out->depfile) || !outputs_safe(invocation, out) ||
        !limits_read(invocation, out))
        return false;
    shard_keep(invocation, out);
    return true;
}
