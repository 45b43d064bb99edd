/* args.h - the command line, read once by the list in commands.h. Options may stand before or after operands; "--" ends them;
 * "--name=value", "--name value", "-n value" and "-nvalue" are the same. */
#ifndef SLK_CLI_ARGS_H
#define SLK_CLI_ARGS_H

#include <stdint.h>

#include "cli/commands.h"

typedef struct slk_args {
    const slk_command *command;
    const char *value[SLK_OPT_COUNT]; /* NULL: not given; "" for an option without value that was given */
    char **operands;
    int n_operands;
} slk_args;

/* Reads argv[2] and on for a command. On failure writes one plain line into message and returns false. Moves operands to the
 * front of argv + 2. */
bool slk_args_read(const slk_command *command, int argc, char **argv, slk_args *out, char message[256]);

/* --jobs as a number: 0 where not given. */
unsigned slk_args_threads(const slk_args *args);
/* A time as --every takes it, in milliseconds. False where it is none. */
bool slk_args_time(const char *z, int64_t *ms);
/* --format, or its default: the first of the command's formats, whether on a terminal or not. */
const char *slk_args_format(const slk_args *args);

const slk_command *slk_command_find(const char *name);

#endif
