/* trial.h - which events of a ledger a rule is about, without raising anything: for `sillok alerts test`. */
#ifndef SLK_ALERTS_TRIAL_H
#define SLK_ALERTS_TRIAL_H

#include "alerts/rules.h"
#include "ledger/ledger.h"

typedef struct slk_trial {
    void *ctx;
    /* Borrowed during the call. False: stop. */
    bool (*passes)(void *ctx, const slk_rule *rule, const slk_entry *event);
} slk_trial;

/* Calls for each event, in order of time, and each rule that it passes. Fails as the ledger does. O(events times rules). */
SLK_MUST slk_err slk_trial_run(slk_ledger *l, const slk_pack *pack, const slk_desk *desk, const slk_trial *trial,
                               slk_fault *fault);

#endif
