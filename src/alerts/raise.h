/* raise.h - alerts, raised by the report that is being recorded: part of the transaction that records it, so that there is the one exactly
 * when there is the other. Called by ledger/record.c; what raises alerts stands in the ledger (slk_outbox_set_rules). */
#ifndef SLK_ALERTS_RAISE_H
#define SLK_ALERTS_RAISE_H

#include "ledger/inside.h"

/* Puts what the report (its row) is alerted of into the outbox; counts it in k->added. Each channel is told of an event and a state of it
 * once, ever. k is linked. added_s: by the caller's clock; 0: no report is too old. Fails as the ledger does; SLK_ELEDGER where the rules
 * that it holds cannot be read. */
SLK_MUST slk_err slk_alerts_raise(slk_linking *k, int64_t report, int64_t added_s, slk_fault *fault);

#endif
