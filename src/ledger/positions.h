/* positions.h - how far a file was read and recorded, so that a run that was interrupted can go on there. Written in the transaction
 * that records the reports up to that place. */
#ifndef SLK_LEDGER_POSITIONS_H
#define SLK_LEDGER_POSITIONS_H

#include "ledger/ledger.h"

typedef struct slk_file_position { /* a file is the same as before by its name, size and time of change */
    const char *file;              /* absolute */
    int64_t size_b, changed_ns;
    int64_t part, offset_b, n; /* as slk_position of the intake; part INT64_MAX: all of it */
} slk_file_position;

/* Fills in part, offset_b and n of the file; *found false where nothing is known of it as it is now. */
SLK_MUST slk_err slk_positions_get(slk_ledger *l, slk_file_position *place, bool *found, slk_fault *fault);
/* Within the batch. */
SLK_MUST slk_err slk_positions_set(slk_ledger *l, const slk_file_position *place, slk_fault *fault);
SLK_MUST slk_err slk_positions_drop(slk_ledger *l, const char *file, slk_fault *fault);

#endif
