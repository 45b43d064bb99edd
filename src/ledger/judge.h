/* judge.h - what the ledger says to one claim of order. Internal to the ledger station. */
#ifndef SLK_LEDGER_JUDGE_H
#define SLK_LEDGER_JUDGE_H

#include "ledger/inside.h"

typedef struct slk_asked { /* a claim and what is known of the event it speaks of */
    uint32_t ordinal;
    slk_instant since, until;
    bool since_is_event;
    bool at_least;      /* that number or more */
    const char *weapon; /* class counted; NULL: any */
    bool narrower;      /* what is counted may be narrower than type */
    bool most;          /* none in the window comes up to it in measure */
    slk_field_name measure;
    double value;       /* of the event spoken of in measure, SI where it has a unit; NAN: not told */
    const char *type;   /* prefix of the types counted; NULL: that of the event spoken of */
    char country[4];    /* whose events are counted */
    const char *actor;  /* name for people, NULL where not known */
    slk_profile spoken; /* the event spoken of; kind NULL where there is none */
    int64_t event;      /* its row in the ledger, 0 where it is not recorded */
    int64_t report;     /* row of the report that claims it, 0 where it is not recorded */
    slk_instant published;
    int64_t day; /* as known then; INT64_MAX: now */
} slk_asked;

typedef struct slk_judged {
    slk_verdict verdict;
    const char *claim, *says;
    const char *covers; /* what the ledger knows of such events at all; NULL where it was not asked */
    const char *const *against;
    uint32_t n_against;
} slk_judged;

SLK_MUST slk_err slk_judge(slk_ledger *l, const slk_asked *q, slk_arena *arena, slk_judged *out, slk_fault *fault);

/* The most that is told of a field: of an event (SLK_Q_TOLD_MOST, as known on day) or of one telling (SLK_Q_TELLING_MOST); NAN
 * where nothing is. */
SLK_MUST slk_err slk_told_most(slk_ledger *l, slk_statement which, int64_t row, int64_t day, slk_field_name field,
                               double *out, slk_fault *fault);

typedef struct slk_listed {
    slk_entry entry;
    int64_t first_s, last_s;
    bool timed;
} slk_listed;
typedef SLK_LIST(slk_listed) slk_listing;

/* Events of a kind and country that begin within [from_s, to_s], as known on day, by time. (query.c) */
SLK_MUST slk_err slk_query_span(slk_ledger *l, const char *kind, const char *country, int64_t from_s, int64_t to_s,
                                int64_t day, slk_arena *arena, slk_listing *out, slk_fault *fault);

#endif
