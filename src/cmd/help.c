/* `brief help`, and the help of every command, made from the tables. */
#include "cmd/internal.h"

#define COLUMN 28 /* where explanations begin */

static void column_fill(Buf *out, size_t line_start) {
    size_t width = utf8_count((Str){out->p + line_start, out->n - line_start});
    if (width + 1 >= COLUMN) {
        buf_add_char(out, '\n');
        width = 0;
    }
    for (; width < COLUMN; width++) buf_add_char(out, ' ');
}

void help_overview(const Command *const *commands, Buf *out) {
    buf_add_c(out, "brief makes an accessible PDF and an EPUB from one Markdown file.\n\n"
                   "    brief make article.md        article.pdf and article.epub, beside it\n\n"
                   "Commands:\n");
    for (; *commands != NULL; commands++) {
        size_t line = out->n;
        buf_format(out, "  %s %s", (*commands)->name, (*commands)->arguments);
        column_fill(out, line);
        buf_format(out, "%s\n", (*commands)->summary);
    }
    buf_add_c(out, "\n“brief help COMMAND” tells the rest, “brief help limits” what is bounded. “brief --version” tells the version,\n"
                   "with --verbose also what it is built with, and what this system has to confine it.\n"
                   "Exit status: 0 done, 1 a document has errors, 2 the command line is wrong, 3 a file or device failed.\n");
}

static void option_print(const Option *option, Buf *out) {
    size_t line = out->n;
    if (option->letter != 0)
        buf_format(out, "  -%c, --%s", option->letter, option->name);
    else
        buf_format(out, "      --%s", option->name);
    if (option->value != NULL) buf_format(out, "%s%s", option->value[0] == '[' ? "" : " ", option->value);
    column_fill(out, line);
    buf_format(out, "%s\n", option->help);
}

void help_command(const Command *command, Buf *out) {
    buf_format(out, "Usage: brief %s %s\n\n%s.\n\n", command->name, command->arguments, command->summary);
    for (const Option *option = command->options; option->name != NULL; option++) option_print(option, out);
    option_print(&(Option){"help", 'h', NULL, "Say this"}, out);
    if (command->text != NULL) buf_format(out, "\n%s", command->text);
}

/* As it is written behind --limit. */
static const char *limit_value(Arena *arena, uint64_t value) {
    bool mega = value % LIMIT_MB == 0;
    bool kilo = value % LIMIT_KB == 0;
    return str_format(arena, "%llu%s", (unsigned long long)(mega ? value >> 20 : kilo ? value >> 10 : value), mega ? "M" : kilo ? "K" : "").p;
}

static void help_limits(Arena *arena, Buf *out) {
    buf_add_c(out, "Each limit is generous for real work. A document that passes one is an error that names it and the place, and gives no "
                   "file.\n“--limit NAME=VALUE” sets another; K, M and G may stand behind a number.\n\n");
    for (Limit limit = 0; limit < LIMIT_COUNT; limit++) {
        const LimitAbout *about = &limits_about[limit];
        size_t line = out->n;
        buf_format(out, "  %s=%s", about->name, limit_value(arena, about->usual));
        column_fill(out, line);
        buf_format(out, "%s (up to %s)\n", about->what, limit_value(arena, about->most));
    }
    buf_add_c(out, "\n“brief make” has --time-limit and --memory-limit besides, which hold for each document.\n");
}

static ExitStatus help_run(Invocation *invocation) {
    Buf text = buf_new(invocation->arena);
    if (invocation->operand_count == 0) {
        help_overview(invocation->commands, &text);
        return text_show(invocation, &text);
    }
    if (str_is(invocation->operands[0], "limits")) {
        help_limits(invocation->arena, &text);
        return text_show(invocation, &text);
    }
    Str names[16];
    size_t count = 0;
    for (const Command *const *command = invocation->commands; *command != NULL && count < 16; command++) {
        names[count++] = str_from((*command)->name);
        if (!str_is(invocation->operands[0], (*command)->name)) continue;
        help_command(*command, &text);
        return text_show(invocation, &text);
    }
    Str nearest = str_nearest(invocation->operands[0], names, count);
    const char *hint = nearest.n == 0 ? "“brief help” lists the commands"
                                      : str_format(invocation->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p;
    usage_wrong(invocation, hint, "unknown command “" STR_FMT "”", STR_ARG(invocation->operands[0]));
    return EXIT_USAGE;
}

static const Option help_options[] = {{0}};

const Command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "Say how a command is used",
    .options = help_options,
    .run = help_run,
};
