/* cmd: the commands of the program, one file each, and what they share: options, one document's way, dates.
 *
 * Habits are GNU's: long options with "=value" or the value behind, short ones in a group, "--" ends the options, "-" is standard
 * input or output. Mistakes of the command line go to standard error and end with status 2 before anything is done.
 */
#ifndef BRIEF_CMD_H
#define BRIEF_CMD_H

#include "base/base.h"

typedef struct {
    const char *name;   /* "out-dir": given as --out-dir */
    char letter;        /* 'o': given as -o; 0 = none */
    const char *value;  /* what the value is called in the help; NULL: a switch without one; "[=PT]": one that may be left out,
                         * and is told from what follows by the "="; "CODE…": may be given again, and values are joined by commas */
    const char *help;
} Option;

typedef struct Invocation Invocation;

typedef struct {
    const char *name;
    const char *arguments; /* in the usage line: "FILE…" */
    const char *summary;   /* one line, in the list of commands */
    const char *text;      /* what the help says below the options; may be NULL */
    const Option *options; /* the last has no name; --help and -h are everywhere and not listed */
    ExitStatus (*run)(Invocation *invocation);
} Command;

/* A command line, understood. */
struct Invocation {
    Arena *arena;
    Diags diags;                    /* of the command line itself */
    const Command *command;
    const Command *const *commands; /* all; the last is NULL */
    Str *values;                    /* by option; a switch that is given has the value "" */
    bool *given;                    /* by option */
    Str *operands;
    uint32_t operand_count;
};

extern const Command command_make, command_check, command_explain, command_diff, command_dump, command_styles, command_help;

/* Runs the command that the command line names. */
ExitStatus commands_run(const Command *const *commands, int argc, char **argv);

#endif
