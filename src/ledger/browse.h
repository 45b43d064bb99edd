/* browse.h - what a server asks of a ledger beside its events and reports: whether it has changed, what was told since, and who tells.
 * All fail as ledger.h says. */
#ifndef SLK_LEDGER_BROWSE_H
#define SLK_LEDGER_BROWSE_H

#include "ledger/ledger.h"

/* A number that differs from the one before when another handle, of this program or another, has changed the file. O(1). */
SLK_MUST slk_err slk_browse_version(slk_ledger *l, int64_t *out, slk_fault *fault);

/* How many events there are. O(events). */
SLK_MUST slk_err slk_browse_count(slk_ledger *l, int64_t *out, slk_fault *fault);

typedef struct slk_change { /* an event that reports have told of anew */
    int64_t row;            /* of the event */
    int64_t at;             /* rises with every telling: the mark from which to go on */
    bool fresh;             /* it was not there before */
} slk_change;

typedef struct slk_changes {
    SLK_LIST(slk_change) list;
} slk_changes;

/* The events told of behind a mark, at most `most`, by their marks. */
SLK_MUST slk_err slk_browse_changes(slk_ledger *l, int64_t behind, uint32_t most, slk_arena *arena, slk_changes *out,
                                    slk_fault *fault);
/* The last mark there is; 0 for an empty ledger. */
SLK_MUST slk_err slk_browse_last(slk_ledger *l, int64_t *out, slk_fault *fault);

typedef struct slk_voice {      /* who tells: an outlet of reports, or a source that they quote */
    const char *name, *country; /* country: alpha-3, "" where not known */
    int64_t reports, claims;
} slk_voice;

typedef struct slk_voices {
    SLK_LIST(slk_voice) list;
} slk_voices;

/* Outlets with their reports, and quoted sources (root of a chain) with their reports and claims; the most first, then by name.
 * O(claims). */
SLK_MUST slk_err slk_browse_outlets(slk_ledger *l, uint32_t most, slk_arena *arena, slk_voices *out, slk_fault *fault);
SLK_MUST slk_err slk_browse_sources(slk_ledger *l, uint32_t most, slk_arena *arena, slk_voices *out, slk_fault *fault);

#endif
