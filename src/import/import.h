/* import.h - other people's databases into the ledger, each row a claim of its database. A file is read once, row by row, in batches that
 * are recorded whole or not at all. A row that the ledger has is passed over, one that differs from what it has is a revision of it:
 * so a run that was interrupted is done again from the start, and importing twice changes nothing. */
#ifndef SLK_IMPORT_IMPORT_H
#define SLK_IMPORT_IMPORT_H

#include "import/formats.h"
#include "ledger/ledger.h"

typedef struct slk_import_counts {
    uint64_t rows, added, revised, already, bad, troubled; /* troubled: rows with a cell that could not be read */
    uint64_t events_new, events_joined;
    char database[64]; /* name of the last file's database */
} slk_import_counts;

typedef struct slk_import {
    const slk_pack *pack;
    slk_ledger *ledger;
    const char *as;        /* format; NULL: told by the columns */
    const char *source;    /* name of the database; NULL: that of its columns ("ged") */
    const char *edition;   /* "23.1"; NULL: none given */
    slk_instant published; /* of the database; precision NONE: rows say it, or nobody */
    int64_t added_s;       /* UTC seconds of the caller's clock, 0 for none */
    bool keep_open;        /* no commit: the caller takes all back */
    void *ctx;             /* of what follows */
    /* A row that could not be taken (bad), or what else is to be said of the file; never NULL. */
    void (*say)(void *ctx, const char *file, const slk_fault *fault, bool bad);
    void (*step)(void *ctx); /* after each row; may be NULL */
} slk_import;

/* Reads one file ("-": standard input). Rows that cannot be taken are said and counted, and the run goes on; counts are added to. Fails where
 * the file cannot be read at all (SLK_EIO, SLK_EINPUT: of no known database) or the ledger cannot be written. */
SLK_MUST slk_err slk_import_file(const slk_import *how, const char *file, slk_import_counts *counts, slk_fault *fault);

#endif
