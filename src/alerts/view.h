/* view.h - an event as rules look at it: who tells of it, and what they say of actors, places and weapons; with a report left out, it is
 * the event as it was before that report. */
#ifndef SLK_ALERTS_VIEW_H
#define SLK_ALERTS_VIEW_H

#include "alerts/rules.h"
#include "ledger/inside.h"

typedef struct slk_seen_claim {
    slk_field_name field;
    const char *text; /* NULL where it has none */
    char country[4];
    double lat, lon; /* NAN where not known */
    int64_t report;
} slk_seen_claim;

typedef struct slk_view { /* strings in the arena it was loaded into */
    slk_profiles tellings;
    SLK_LIST(slk_seen_claim) claims;
} slk_view;

/* Loads an event, all reports. Fails as the ledger does. */
SLK_MUST slk_err slk_view_load(slk_ledger *l, int64_t event, slk_arena *arena, slk_view *out, slk_fault *fault);
/* What the event is without one report (0: with all). *known false, and nothing else, where nobody else tells of it. */
SLK_MUST slk_err slk_view_entry(const slk_pack *pack, const slk_view *v, int64_t without, slk_arena *arena,
                                slk_entry *out, bool *known);
/* Does the event pass the rule? entry: of slk_view_entry with the same report left out. O(claims times words of the rule). */
bool slk_view_passes(const slk_rule *rule, const slk_view *v, const slk_entry *entry, int64_t without);

#endif
