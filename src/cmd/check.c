/* `brief check`: every finding on the way to the pages, and on them; nothing is written. */
#include "cmd/internal.h"

#include <unistd.h>

typedef struct {
    Batch batch;
    Policy policy;
    Variant large_print, print;
    bool with_large_print, with_print, json, quiet;
} Checker;

/* Splits a value at its commas, and holds every part to be a code. */
static bool codes_read(Invocation *invocation, const char *option, Str value, const Str **out, uint32_t *count, bool *warnings) {
    Arena *arena = invocation->arena;
    Str *codes = NEW_ARRAY(arena, Str, value.n / 2 + 1);
    *count = 0;
    for (size_t at = 0; at < value.n;) {
        size_t end = at;
        while (end < value.n && value.p[end] != ',') end++;
        Str code = str_trim(str_slice(value, at, end));
        at = end + 1;
        if (!code.n) continue;
        if (warnings && str_is(code, "warnings")) {
            *warnings = true;
            continue;
        }
        const Rule *rule = rule_find(code);
        if (!rule) {
            Str nearest = rule_nearest(arena, code);
            const char *hint = nearest.n ? str_format(arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p
                                         : "“brief explain” lists the codes";
            return usage_wrong(invocation, hint, "--%s: there is no code “" STR_FMT "”", option, STR_ARG(code));
        }
        codes[(*count)++] = str_from(rule->code);
    }
    *out = codes;
    return true;
}

static bool policy_read(Invocation *invocation, Policy *out) {
    *out = (Policy){.profile = PROFILE_BASIC};
    Str profile = option_value(invocation, "profile");
    if (profile.n && !profile_find(profile, &out->profile)) {
        Str names = profile_names(invocation->arena, PROFILE_ALL, ", ");
        return usage_wrong(invocation, str_format(invocation->arena, "profiles: " STR_FMT, STR_ARG(names)).p,
            "unknown profile “" STR_FMT "”", STR_ARG(profile));
    }
    Str deny = option_value(invocation, "deny"), allow = option_value(invocation, "allow");
    return codes_read(invocation, "deny", deny, &out->denied, &out->denied_count, &out->deny_warnings) &&
           codes_read(invocation, "allow", allow, &out->allowed, &out->allowed_count, NULL);
}

static bool format_read(Invocation *invocation, bool *json) {
    Str format = option_value(invocation, "format");
    *json = str_is(format, "json");
    return *json || !format.n || str_is(format, "text") ||
           usage_wrong(invocation, "formats: text, json", "unknown format “" STR_FMT "”", STR_ARG(format));
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
        .quiet = option_given(invocation, "quiet")};
    return variants_read(invocation, &out->large_print, &out->print) && policy_read(invocation, &out->policy) &&
           format_read(invocation, &out->json) && inputs_allowed(invocation);
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
    if (document_open(&document, &checker->batch, path)) versions_check(&document, checker);
    check_apply(&document.diags, &checker->policy, document.tree ? document.tree : document.written);
    Buf text = buf_new(document.arena);
    if (checker->json) {
        findings_json_add(&document.diags, path, index == 0, &text);
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
    if (!batch_open(invocation, &checker.batch, &worst)) return worst;
    worst = EXIT_DONE;
    Buf around = buf_new(invocation->arena);
    if (checker.json) {
        findings_json_begin(&around);
        worst = text_show(invocation, &around);
    }
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        ExitStatus status = document_judge(invocation, &checker, i);
        if (status > worst) worst = status;
    }
    if (checker.json) {
        around.n = 0;
        findings_json_end(&around);
        ExitStatus status = text_show(invocation, &around);
        if (status > worst) worst = status;
    }
    batch_close(&checker.batch);
    return worst;
}

static const Option check_options[] = {
    {"profile", 0, "NAME", "What to ask for: basic, public-sector or print"},
    {"deny", 0, "CODE…", "These findings are errors; “warnings” is all of them"},
    {"allow", 0, "CODE…", "These findings are not told"},
    {"format", 0, "FORMAT", "text, or json for programs"},
    {"large-print", 0, "[=PT]", "The pages in large print, too"},
    {"print", 0, NULL, "The pages for printing on both sides, too"},
    {"blank-pages", 0, NULL, "With --print: blank pages at the end, to a multiple of four"},
    {"final", 0, NULL, "As for publication: a draft is an error, and an embargo that is not over"},
    {"break-embargo", 0, NULL, "With --final: before the embargo is over, too"},
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
            "The status is 0 with warnings, 1 with errors.\n",
    .options = check_options,
    .run = check_run,
};
