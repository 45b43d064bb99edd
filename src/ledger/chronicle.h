/* chronicle.h - claims of order, as they pass between recording, dossiers and chronology.c. Internal to the ledger station. */
#ifndef SLK_LEDGER_CHRONICLE_H
#define SLK_LEDGER_CHRONICLE_H

#include "ledger/inside.h"

/* Stores a reading's checks; claims of order with the verdict of the ledger as it stands now, the reading's events included. */
SLK_MUST slk_err slk_chronicle_record(slk_linking *k, int64_t report, slk_fault *fault);
/* Fills in a dossier's checks: those of its reports that speak of one of its tellings, or of no telling in particular. Claims
 * of order are judged anew with what was known on day. */
SLK_MUST slk_err slk_chronicle_dossier(slk_ledger *l, slk_dossier *d, const int64_t *reports, const int64_t *tellings,
                                       int64_t day, slk_fault *fault);

/* The last day (since 1970) that an as_of means; INT64_MAX for none. (dossier.c) */
int64_t slk_day_of(slk_instant as_of);
int64_t slk_first_day_of(slk_instant t); /* the first that t means */

#endif
