/* desk.h - the file of rules and channels of alerts, for all commands that take one, and what is said of alerts that are sent. */
#ifndef SLK_CLI_DESK_H
#define SLK_CLI_DESK_H

#include "alerts/sender.h"
#include "cli/open.h"

/* Reads a file. SLK_EXIT_OK, or the exit status after saying file, line and cause. Free with slk_desk_free. */
int slk_desk_open(const char *file, const slk_pack *pack, slk_desk **out);
/* From now on its rules raise the alerts of the ledger, whoever records there; durable on return. Exit status as above. */
int slk_desk_use(slk_ledger *ledger, const slk_desk *desk);
/* slk_sender_options.tell; ctx: a const slk_args *. What was given up is always said, the rest with --verbose. */
void slk_desk_tell(void *ctx, const slk_sent *sent);

#endif
