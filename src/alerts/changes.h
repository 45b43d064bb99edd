/* changes.h - what a report changes in the values of an event that others told before: a conflict that was not there, a figure that its own
 * source takes back. Computed from the claims by the bands of the ledger (ledger/bands.c), as dossiers are. */
#ifndef SLK_ALERTS_CHANGES_H
#define SLK_ALERTS_CHANGES_H

#include "alerts/rules.h"
#include "ledger/ledger.h"

typedef struct slk_change {
    slk_occasion kind; /* SLK_ON_CONFLICT or SLK_ON_REVISION */
    const char *state; /* "conflict:count", "revision:count:3": by which it is told once */
    const char *says;  /* for people: "sources disagree on how many: 2; at least 4" */
} slk_change;

typedef struct slk_change_list {
    SLK_LIST(slk_change) at;
} slk_change_list;

/* What report (index into d->reports) changes in d. Strings in arena. Fails with SLK_ENOMEM. */
SLK_MUST slk_err slk_changes_of(const slk_pack *pack, const slk_dossier *d, uint32_t report, slk_arena *arena,
                                slk_change_list *out);

#endif
