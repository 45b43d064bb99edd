/* asking.h - a filter on its way to a list: what it means (terms.c) and how the list is made (query.c). Internal to both.
 *
 * Each condition that facets know of becomes a term: a set of facets, one of which every event that passes has. The term with the
 * fewest events drives: its events are taken in order, and each is looked at itself (slk_terms_pass), since terms only promise that
 * nothing is missed. */
#ifndef SLK_LEDGER_ASKING_H
#define SLK_LEDGER_ASKING_H

#include "ledger/facets.h"
#include "ledger/words.h"

typedef struct slk_term {
    slk_facets any;
    bool exact; /* an event that has one passes for sure, and one without does not: to be looked at in its set */
} slk_term;

typedef struct slk_cursor {
    bool set;
    int64_t key_s, row; /* INT64_MAX: without a date */
    const char *group;  /* of the order: type, country, count of reports; "" for time */
} slk_cursor;

typedef struct slk_found { /* one that passes: how it is listed, and where it stands in the order */
    slk_entry entry;
    int64_t first_s, last_s; /* as listed; timed: they hold */
    bool timed;
    int64_t key_s;
    const char *group;
} slk_found;

typedef struct slk_asking {
    slk_ledger *l;
    const slk_filter *q;
    slk_arena *a; /* of the result */
    slk_fault *fault;
    int64_t day;                          /* the last of as_of; INT64_MAX: none */
    char actor[4], target[4], country[4]; /* that words mean, "" for none */
    bool bounded;                         /* since or until are given */
    int64_t since_s, until_s;             /* UTC, as wide as any clock */
    int64_t low_s, high_s; /* moments between which events stand in postings; others are found by their span */
    SLK_LIST(slk_term) terms;
    bool nothing; /* a term has no facet: no event passes */
    bool worded;
    slk_wanted wanted;
    slk_cursor cursor;
    SLK_LIST(slk_found) found;
} slk_asking;

/* Reads k->q into the rest. */
SLK_MUST slk_err slk_terms_read(slk_asking *k);
/* Looks at an event: row of SELECT key, SLK_EVENT_COLUMNS. *passes, and then *out with strings in k->a; for a list as of a day
 * described by what was known then. */
SLK_MUST slk_err slk_terms_pass(slk_asking *k, sqlite3_stmt *s, slk_found *out, bool *passes);
/* The same without any condition but the day. */
SLK_MUST slk_err slk_terms_known(slk_asking *k, sqlite3_stmt *s, slk_found *out, bool *known);

#endif
