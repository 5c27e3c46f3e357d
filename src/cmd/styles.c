/* `brief styles`: the style sheets built into the program. */
#include "cmd/internal.h"

static ExitStatus styles_run(Invocation *invocation) {
    if (invocation->operand_count > 0) {
        usage_wrong(invocation, NULL, "“brief styles” takes no file");
        return EXIT_USAGE;
    }
    SheetName *names;
    uint32_t count = sheet_names(invocation->arena, &names);
    size_t width = 0;
    for (uint32_t i = 0; i < count; i++)
        if (names[i].name.n > width) width = names[i].name.n;
    Buf text = buf_new(invocation->arena);
    for (uint32_t i = 0; i < count; i++) {
        buf_add(&text, names[i].name);
        for (size_t n = names[i].name.n; n < width + 2; n++) buf_add_char(&text, ' ');
        buf_add(&text, names[i].description);
        buf_add_char(&text, '\n');
    }
    return text_show(invocation, &text);
}

static const Option styles_options[] = {{0}};

const Command command_styles = {
    .name = "styles",
    .arguments = "",
    .summary = "List the built-in style sheets",
    .text = "Choose one with “brief make --style NAME”, or with “style: NAME” in the document. A sheet of your own begins with\n"
            "“extends: NAME” and states only what differs; name its .yaml file in the same places.\n",
    .options = styles_options,
    .run = styles_run,
};
