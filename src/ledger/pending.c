/* pending.c - what the header promises and the next commits bring, so that callers already link. */
#include "ledger/store.h"

#define PENDING return SLK_EFAULT
#pragma GCC diagnostic ignored "-Wunused-parameter"
slk_err slk_ledger_add(slk_ledger *l, const slk_reading *r, int64_t s, slk_added *out, slk_fault *f) { PENDING; }
slk_err slk_ledger_commit(slk_ledger *l, slk_fault *f) { PENDING; }
slk_err slk_ledger_unlink(slk_ledger *l, const char *e, const char *r, slk_fault *f) { PENDING; }
slk_err slk_ledger_list(slk_ledger *l, const slk_filter *q, slk_entries **out, slk_fault *f) { PENDING; }
void slk_entries_free(slk_entries *e) {}
slk_err slk_ledger_dossier(slk_ledger *l, int64_t row, slk_instant a, slk_dossier **out, slk_fault *f) { PENDING; }
void slk_dossier_free(slk_dossier *d) {}
slk_err slk_ledger_find(slk_ledger *l, const char *id, int64_t *row, slk_fault *f) { PENDING; }
slk_err slk_ledger_timeline(slk_ledger *l, const slk_filter *q, slk_timeline **out, slk_fault *f) { PENDING; }
void slk_timeline_free(slk_timeline *t) {}
slk_err slk_ledger_check(slk_ledger *l, const slk_reading *r, slk_verdicts **out, slk_fault *f) { PENDING; }
slk_err slk_ledger_check_all(slk_ledger *l, slk_verdicts **out, slk_fault *f) { PENDING; }
void slk_verdicts_free(slk_verdicts *v) {}
slk_err slk_ledger_health(slk_ledger *l, slk_health *out, slk_fault *f) { PENDING; }
