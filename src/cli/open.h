/* open.h - what all commands over a ledger have in common: which file it is, how it is opened, which events are asked for. */
#ifndef SLK_CLI_OPEN_H
#define SLK_CLI_OPEN_H

#include "cli/out.h"
#include "engine.h"
#include "ledger/ledger.h"

#define SLK_PATH_MOST_B 4096

/* The ledger that --ledger names, else $XDG_DATA_HOME/sillok/ledger.db, else ~/.local/share/sillok/ledger.db. False where
 * there is none to be had (said). */
bool slk_open_path(const slk_args *args, char out[SLK_PATH_MOST_B]);

typedef struct slk_opened { /* start with {0}; close with slk_open_close, also after a failure */
    slk_engine *engine;
    slk_ledger *ledger;
} slk_opened;

/* Opens the engine (unless it is open already) and the ledger; for writing also makes the folders of the default place.
 * Returns SLK_EXIT_OK, or the exit status after saying why not. */
int slk_open_ledger(const slk_args *args, slk_ledger_mode mode, slk_opened *out);
void slk_open_close(slk_opened *o);

/* The filter that the options of lists ask for. pack: to know where a place of --near lies. False where one of them asks for what
 * cannot be (said). */
bool slk_open_filter(const slk_args *args, const slk_pack *pack, slk_filter *out);
/* Calls take for page after page of a list, so that memory does not grow with it, until limit is reached, take fails or all is
 * listed. */
slk_err slk_open_pages(slk_ledger *ledger, const slk_filter *filter,
                       slk_err (*take)(void *ctx, const slk_entries *entries, slk_fault *fault), void *ctx,
                       slk_fault *fault);

/* The day of --as-of; precision SLK_P_NONE where it was not given. */
slk_instant slk_open_as_of(const slk_args *args);

#endif
