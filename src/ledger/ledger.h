/* ledger.h - the record of all readings: one SQLite file, one row per field, value and source chain; nothing is ever merged
 * away. Reports are known by the SHA-256 of their text: recording one twice changes nothing. Each report is one transaction
 * (WAL, synchronous FULL): after a crash it is there whole or not at all. One thread at a time per handle. */
#ifndef SLK_LEDGER_LEDGER_H
#define SLK_LEDGER_LEDGER_H

#include "base/buf.h"
#include "base/reading.h"
#include "pack/pack.h"

typedef struct slk_ledger slk_ledger;

/* Opens or makes the ledger at path, migrating an older schema. read_only: the file must exist. Fails with SLK_ELEDGER (not a ledger,
 * newer schema, cannot be opened), SLK_ELOCKED, SLK_EFULL or SLK_ENOMEM; fault->message names the file and the cause. */
SLK_MUST slk_err slk_ledger_open(const char *path, bool read_only, const slk_pack *pack, const slk_allocator *mem,
                                 slk_ledger **out, slk_fault *fault);
void slk_ledger_close(slk_ledger *ledger);

typedef struct slk_added {
    bool already; /* this report was recorded before; nothing changed */
    uint32_t events_new, events_joined;
} slk_added;

/* Records one reading and links its events to those of earlier reports. */
SLK_MUST slk_err slk_ledger_add(slk_ledger *ledger, const slk_reading *r, slk_added *out, slk_fault *fault);

#endif
