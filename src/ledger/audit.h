/* audit.h - the ledger held against itself: what other people's databases list twice, on the wrong day, at places that cannot be, and where
 * they differ from each other and from reports. Every finding names its rule, the arithmetic and the rows. Nothing is changed. */
#ifndef SLK_LEDGER_AUDIT_H
#define SLK_LEDGER_AUDIT_H

#include "ledger/ledger.h"

/* X(NAME, word, what it says) */
#define SLK_AUDIT_RULES(X)                                                                                             \
    X(SAME_KEY, "same-key", "an identifier is given to two rows of one file")                                          \
    X(DUPLICATE, "duplicate", "two rows of one database tell of the same event")                                       \
    X(TWO_DAYS, "two-days", "one event is listed on two days")                                                         \
    X(WRONG_DAY, "wrong-day", "the same clock, a day apart, in two sources")                                           \
    X(AMERICAN_DATE, "american-date", "filed under the date that it was in America")                                   \
    X(UTC_DATE, "utc-date", "filed under the date that it was at Greenwich")                                           \
    X(NEXT_DAY, "next-day", "the clock at Greenwich is another day at the place than the one listed")                  \
    X(IMPOSSIBLE, "impossible-place", "a place that cannot be")                                                        \
    X(DISAGREEMENT, "disagreement", "sources give values that cannot both be right")                                   \
    X(MISSING, "missing", "an event within what a database covers is not in it")
#define SLK_AUDIT_RULE(name, word, says) SLK_AUDIT_##name,
typedef enum slk_audit_rule { SLK_AUDIT_RULES(SLK_AUDIT_RULE) SLK_AUDIT_COUNT } slk_audit_rule;
#undef SLK_AUDIT_RULE

typedef struct slk_finding_row { /* whose row or report, and where it stands */
    const char *source;          /* name of the database; NULL: a report */
    const char *key;             /* of the row; id of the report */
    const char *file;            /* of the row; NULL for reports */
    int64_t line;
    const char *event; /* id of the ledger's event */
    const char *says;  /* what it says of the matter: "2017-09-14 21:57 UTC", "500 km" */
} slk_finding_row;

typedef struct slk_finding {
    slk_audit_rule rule;
    const char *field; /* that they disagree on; NULL for others */
    const char *says;  /* one plain sentence with the arithmetic, without final full stop */
    const slk_finding_row *rows;
    uint32_t n_rows;
    int64_t day; /* since 1970, of the event */
} slk_finding;

typedef struct slk_findings { /* by rule, then day; free with slk_findings_free */
    const slk_finding *at;
    uint32_t n;
    uint32_t rows, tellings; /* that were looked at: rows of databases; those and what reports tell */
    slk_arena arena;
} slk_findings;

const char *slk_audit_rule_word(slk_audit_rule rule);
const char *slk_audit_rule_says(slk_audit_rule rule);

/* database: only what concerns this one ("cns"); NULL: all. Fails as all of ledger.h; SLK_EMISSING where the ledger has no rows of it. O(rows
 * and tellings within a few days of each other). */
SLK_MUST slk_err slk_ledger_audit(slk_ledger *ledger, const char *database, slk_findings **out, slk_fault *fault);
void slk_findings_free(slk_findings *findings);

#endif
