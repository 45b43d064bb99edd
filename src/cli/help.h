/* help.h - help texts, man page and shell completions, all made from the lists in commands.h. */
#ifndef SLK_CLI_HELP_H
#define SLK_CLI_HELP_H

#include "base/buf.h"
#include "cli/commands.h"

void slk_help_program(slk_buf *out);
void slk_help_command(const slk_command *command, slk_buf *out);
/* what: "man", "bash", "zsh" or "fish"; false for any other word. */
bool slk_help_generate(const char *what, slk_buf *out);

#endif
