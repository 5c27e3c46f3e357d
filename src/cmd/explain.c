/* `brief explain`: what a code means, why it matters, how it is mended. */
#include "cmd/internal.h"

#define COLUMNS 78

static bool code_explain(Invocation *invocation, Str code, bool first, Buf *out) {
    const Rule *rule = rule_find(code);
    if (rule) {
        if (!first) buf_add_char(out, '\n');
        rule_explain(rule, COLUMNS, out);
        return true;
    }
    Str nearest = rule_nearest(invocation->arena, code);
    const char *hint = nearest.n ? str_format(invocation->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p
                                 : "“brief explain” lists the codes";
    return usage_wrong(invocation, hint, "there is no code “" STR_FMT "”", STR_ARG(code));
}

static ExitStatus explain_run(Invocation *invocation) {
    Buf text = buf_new(invocation->arena);
    bool markdown = option_given(invocation, "markdown");
    if (markdown && invocation->operand_count) {
        usage_wrong(invocation, NULL, "--markdown is for all codes");
        return EXIT_USAGE;
    }
    if (markdown)
        rules_markdown(&text);
    else if (!invocation->operand_count)
        rules_list(&text);
    for (uint32_t i = 0; i < invocation->operand_count; i++)
        if (!code_explain(invocation, invocation->operands[i], i == 0, &text)) return EXIT_USAGE;
    return text_show(invocation, &text);
}

static const Option explain_options[] = {
    {"markdown", 0, NULL, "All of them as a page of Markdown: docs/checks.md"},
    {0},
};

const Command command_explain = {
    .name = "explain",
    .arguments = "[CODE…]",
    .summary = "Say why a finding matters and how to mend it; without a code, list all",
    .options = explain_options,
    .run = explain_run,
};
