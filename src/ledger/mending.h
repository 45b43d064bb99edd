/* mending.h - what repairing and salvaging share. Internal to the ledger station. */
#ifndef SLK_LEDGER_MENDING_H
#define SLK_LEDGER_MENDING_H

#include "ledger/inside.h"

typedef struct slk_mending {
    const char *path;
    const slk_pack *pack;
    const slk_allocator *mem;
    void (*tell)(void *ctx, const char *words);
    void *ctx;
} slk_mending;

void slk_mending_tell(const slk_mending *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Within a transaction: drops rows that refer to nothing, gives tellings events, makes anew all that is drawn from rows. (repair.c) */
SLK_MUST slk_err slk_mending_rows(const slk_mending *m, slk_ledger *l, slk_fault *fault);
/* Carries all rows that can be read into a new file, and puts it in the place of the damaged one, which is kept. (salvage.c) */
SLK_MUST slk_err slk_mending_salvage(const slk_mending *m, slk_fault *fault);

#endif
