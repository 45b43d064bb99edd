/* help.h - help texts, man pages and shell completions, all made from the lists in commands.h. (help.c, man.c, complete.c) */
#ifndef SLK_CLI_HELP_H
#define SLK_CLI_HELP_H

#include "base/buf.h"
#include "cli/commands.h"

#define SLK_TAGLINE "reads reports of missile tests and other security events, and keeps a record of who said what"

void slk_help_program(slk_buf *out);
void slk_help_command(const slk_command *command, slk_buf *out);

/* what: "man" (of the program, or of a command), "bash", "zsh" or "fish"; false for any other word or command. */
bool slk_help_generate(const char *what, const char *command, slk_buf *out);

void slk_man_write(const slk_command *command, slk_buf *out); /* NULL: of the program */
bool slk_complete_write(const char *shell, slk_buf *out);     /* false: no such shell */

/* The words an option takes at a command, separated by |; NULL where it is free. */
const char *slk_help_choices(const slk_command *c, int opt);
/* Calls put for each example with its command and its comment. */
void slk_help_examples(const slk_command *c, slk_buf *out, void (*put)(slk_buf *, slk_text, slk_text));

#endif
