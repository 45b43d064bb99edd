/* auditing.h - what the files of the audit share: one entry per row of a database and per telling of a report, in order of kind, country and
 * moment. Internal to the ledger station. */
#ifndef SLK_LEDGER_AUDITING_H
#define SLK_LEDGER_AUDITING_H

#include "ledger/audit.h"
#include "ledger/inside.h"

typedef struct slk_audited { /* a row, or what a report tells */
    slk_profile p;
    int64_t event;
    const char *event_id;
    const char *database, *key, *file; /* database NULL: of a report, whose id is key */
    int64_t line;
    bool parts;
    bool listed; /* day holds: the day of the row's own column; of a report the day told */
    int64_t day;
    double radius_m;  /* NAN: not said */
    int64_t local;    /* day at the place of a moment that is known; INT64_MIN where only a day is */
    bool clock;       /* hour and zone are known: p.first_s is the moment */
    bool exact;       /* the day is one day, and not assumed */
    const char *text; /* of the row; NULL of a report */
} slk_audited;

typedef struct slk_audit {
    slk_ledger *l;
    const char *database; /* NULL: all */
    slk_arena *a;
    slk_fault *fault;
    SLK_LIST(slk_audited) all; /* by kind, country, first_s */
    SLK_LIST(slk_finding) found;
} slk_audit;

#define SLK_AUDIT_HELD 96u /* entries behind one that it is held against: of honest data a few days have fewer */
#define SLK_AUDIT_DAY_S 86400

/* Does a finding about these concern the database asked for? */
bool slk_audit_concerns(const slk_audit *c, const slk_audited *a, const slk_audited *b);
/* Appends a finding on one or two entries (b may be NULL); says of each may be NULL: its moment. SLK_OK, SLK_ENOMEM or SLK_ELIMIT. */
SLK_MUST slk_err slk_audit_add(slk_audit *c, slk_audit_rule rule, const slk_audited *a, const slk_audited *b,
                               const char *says);
/* The same for a list of entries with what each says. */
SLK_MUST slk_err slk_audit_add_many(slk_audit *c, slk_audit_rule rule, const char *field, const slk_audited *const *who,
                                    const char *const *says, uint32_t n, const char *sentence);
/* "2017-09-14", of a day since 1970; "06:57" and so on of a moment by a clock. In the arena; NULL when out of memory. */
const char *slk_audit_day(slk_audit *c, int64_t day);
const char *slk_audit_moment(slk_audit *c, const slk_audited *x);
/* Same place, as far as both are known: within the larger of 30 km and their radii. Unknown places are the same. */
bool slk_audit_same_place(const slk_audited *a, const slk_audited *b);
bool slk_audit_known_place(const slk_audited *a, const slk_audited *b); /* and both are known */
/* What an entry claims of a field: words and figure (SI, where it has a unit), "" and NAN where nothing. */
SLK_MUST slk_err slk_audit_claim(slk_audit *c, const slk_audited *x, slk_field_name field, slk_text *text,
                                 double *figure);

/* The country that an entry says its place is in, alpha-3; "" where it says none. */
SLK_MUST slk_err slk_audit_country(slk_audit *c, const slk_audited *x, char out[4]);

/* Calls f for each event with its n entries. (audit_values.c) */
SLK_MUST slk_err slk_audit_by_event(slk_audit *c, void *ctx,
                                    slk_err (*f)(void *ctx, const slk_audited *const *of, uint32_t n));

SLK_MUST slk_err slk_audit_days(
    slk_audit *c); /* audit_days.c: same-key, duplicate, two-days, wrong-day, american-date, utc-date, next-day */
SLK_MUST slk_err slk_audit_places(slk_audit *c);  /* audit_places.c: impossible-place */
SLK_MUST slk_err slk_audit_values(slk_audit *c);  /* audit_values.c: disagreement */
SLK_MUST slk_err slk_audit_missing(slk_audit *c); /* audit_missing.c: missing */

#endif
