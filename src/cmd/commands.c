/* From the words of the command line to the command that runs. */
#include "cmd/internal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define VERSION_TEXT "brief " BRIEF_VERSION "\n"

/* A closed standard stream would give its number to the next file that is opened, and messages would land in that. */
static void streams_hold(void) {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) >= 0) continue;
        /* Opened the wrong way round on purpose: using it fails, as using a closed one does. */
        int held = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
        if (held >= 0 && held != descriptor) close(held);
    }
}

static _Atomic(const Str *) farewell; /* NULL: none */

void last_words(const Str *text) { farewell = text; }

static void interrupted(int number) {
    const Str *text = farewell;
    file_abandon();
    if (text != NULL && number != SIGPIPE) errors_write(*text);
    raise(number); /* the handler is reset already: ends the process as the signal does by itself */
}

static void signals_prepare(void) {
    static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct sigaction action, before;
        memset(&action, 0, sizeof action);
        action.sa_handler = interrupted;
        action.sa_flags = (int)SA_RESETHAND;
        sigemptyset(&action.sa_mask);
        /* What is ignored from outside (nohup) stays ignored. */
        if (sigaction(endings[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(endings[i], &action, NULL);
    }
    struct sigaction ignore;
    memset(&ignore, 0, sizeof ignore);
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGXFSZ, &ignore, NULL); /* a limit on file sizes is then an error of write(2) */
}

static const Command *command_find(const Command *const *commands, Str name) {
    for (; *commands != NULL; commands++)
        if (str_is(name, (*commands)->name)) return *commands;
    return NULL;
}

static bool command_unknown(Invocation *invocation, Str name) {
    Str names[16];
    size_t count = 0;
    for (const Command *const *c = invocation->commands; *c != NULL && count < 16; c++) names[count++] = str_from((*c)->name);
    Str nearest = str_nearest(name, names, count);
    const char *hint = NULL;
    if (nearest.n > 0)
        hint = str_format(invocation->arena, "did you mean “brief " STR_FMT "”?", STR_ARG(nearest)).p;
    else if (str_ends(name, STR(".md")) || str_ends(name, STR(".markdown")))
        hint = str_format(invocation->arena, "to make its PDF and EPUB: brief make " STR_FMT, STR_ARG(name)).p;
    bool option = name.n > 0 && name.p[0] == '-';
    return usage_wrong(invocation, hint, "unknown %s “" STR_FMT "”", option ? "option" : "command", STR_ARG(name));
}

static ExitStatus command_start(Invocation *invocation, const Command *command, int argc, char **argv) {
    invocation->command = command;
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") != 0 && strcmp(argv[i], "-h") != 0) continue;
        Buf text = buf_new(invocation->arena);
        help_command(command, &text);
        return text_show(invocation, &text);
    }
    return options_parse(invocation, argc, argv) && limits_apply(invocation) ? command->run(invocation) : EXIT_USAGE;
}

static ExitStatus dispatch(Invocation *invocation, int argc, char **argv) {
    if (argc < 2) {
        usage_wrong(invocation, "brief make article.md", "no command given");
        return EXIT_USAGE;
    }
    Str word = str_from(argv[1]);
    Buf text = buf_new(invocation->arena);
    if (str_is(word, "--version") || str_is(word, "-V")) {
        buf_add_c(&text, VERSION_TEXT);
        if (argc > 2 && (strcmp(argv[2], "--verbose") == 0 || strcmp(argv[2], "-v") == 0)) version_tell(&text);
        return text_show(invocation, &text);
    }
    if (str_is(word, "--help") || str_is(word, "-h")) {
        help_overview(invocation->commands, &text);
        return text_show(invocation, &text);
    }
    const Command *command = command_find(invocation->commands, word);
    if (command != NULL) return command_start(invocation, command, argc - 2, argv + 2);
    command_unknown(invocation, word);
    return EXIT_USAGE;
}

ExitStatus commands_run(const Command *const *commands, int argc, char **argv) {
    streams_hold();
    signals_prepare();
    Arena *arena = arena_open();
    Invocation invocation = {.arena = arena, .diags = diags_new(arena), .commands = commands};
    ExitStatus status = dispatch(&invocation, argc, argv);
    diags_show(&invocation.diags);
    arena_close(arena);
    return status;
}
