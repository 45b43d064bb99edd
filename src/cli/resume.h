/* resume.h - how far archives were read, for `sillok add --resume`. The place is written in the transaction that records the
 * reports up to there; once a run came to its end, nothing is kept. */
#ifndef SLK_CLI_RESUME_H
#define SLK_CLI_RESUME_H

#include "cli/open.h"
#include "intake/intake.h"
#include "ledger/positions.h"

typedef struct slk_resuming { /* start with {.args, .ledger} */
    const slk_args *args;
    slk_ledger *ledger;
    const char *name;           /* of the archive under way, as it was given; NULL: none */
    char file[SLK_PATH_MOST_B]; /* its absolute name */
    slk_file_position place;
    bool unwritten;
} slk_resuming;

/* Whether, and behind what, an archive is to be gone on with; says so. For slk_intake_resume. */
bool slk_resuming_ask(slk_resuming *r, const char *file, slk_position *behind);
/* An item's report (or fault) was taken. */
SLK_MUST slk_err slk_resuming_note(slk_resuming *r, const slk_item *item, slk_fault *fault);
/* Before a commit. */
SLK_MUST slk_err slk_resuming_write(slk_resuming *r, slk_fault *fault);
/* All was read: forgets the places of all operands. */
SLK_MUST slk_err slk_resuming_end(slk_resuming *r, slk_fault *fault);

#endif
