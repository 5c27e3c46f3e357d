/* The command table of `brief`. */
#include "cmd/cmd.h"

static const Command *const commands[] = {
    &command_make, &command_check, &command_explain, &command_diff, &command_dump, &command_styles, &command_help, NULL};

int main(int argc, char **argv) { return (int)commands_run(commands, argc, argv); }
