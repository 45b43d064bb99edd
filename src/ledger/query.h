/* query.h - which events and reports the ledger has: by time, place, type, actor, weapon, source, status and words, in an order, page
 * by page. The time a first page takes depends on how many pass the rarest of the filters, not on how large the ledger is.
 *
 * Pages: a list with a limit ends with a cursor; the same filter with that cursor goes on behind it. Cursors say where the last entry
 * stood in the order, so that whatever is added meanwhile, an event that did not move is neither skipped nor listed twice.
 *
 * "As of" a day: reports published (else recorded) later are left out, splits and joins made later are not yet made, and every
 * value is what was known then. Only the order of a page is today's, so that pages stay the same. */
#ifndef SLK_LEDGER_QUERY_H
#define SLK_LEDGER_QUERY_H

#include "base/mem.h"
#include "sillok.h"

typedef enum slk_sort {
    SLK_SORT_TIME,
    SLK_SORT_TYPE,   /* then by time */
    SLK_SORT_ACTOR,  /* country of the actor, then time; the unknown last */
    SLK_SORT_REPORTS /* most reports first, then time */
} slk_sort;

typedef enum slk_status { /* what can be said of an event beyond its certainty */
                          SLK_STATUS_ANY,
                          SLK_STATUS_CONFLICT,     /* of some field two current values cannot both be right */
                          SLK_STATUS_CORROBORATED, /* two or more independent root sources */
                          SLK_STATUS_SINGLE        /* one source at most */
} slk_status;

typedef struct slk_box { /* degrees; west > east: it reaches over the date line */
    double south, west, north, east;
} slk_box;

/* Everything zero but certainty (-1) asks for all. SLK_FILTER_ALL starts one. All strings borrowed, NULL: not asked. */
typedef struct slk_filter {
    const char *type;    /* this type or one below it ("weapon-test" holds "weapon-test.nuclear") */
    const char *actor;   /* ISO 3166 alpha-2 or alpha-3 code or name of a country; else part of a name. Whatever case */
    const char *target;  /* country at which it was directed, the same */
    const char *country; /* in which it happened, the same */
    const char *place;   /* part of the name of a place told: origin or landing, whatever its case */
    const char *weapon;  /* part of the name or class of a weapon told, whatever its case */
    const char
        *source;      /* part of the name of somebody who tells: an outlet, or a source it quotes; whatever its case */
    const char *text; /* words that a report of it holds, all of them: word, "a phrase", begin*, -without */
    slk_instant since,
        until;     /* the event's time, with all it can mean, overlaps these days (of the place); both inclusive;
                                 precision NONE: open. Events without a date pass neither */
    int certainty; /* slk_event_certainty, or -1 */
    slk_status status;
    bool near; /* within km of the point */
    double lat, lon, km;
    bool boxed;
    slk_box box;
    slk_instant as_of; /* day; NONE: all that is known */
    bool main_only;    /* only events that are some report's news */
    slk_sort sort;
    bool
        backwards; /* the latest first (of SLK_SORT_TYPE and the others: within their groups); those without a date stay last */
    const char *after; /* cursor of the page before, NULL: from the beginning */
    uint32_t limit;    /* of a page; 0: none */
} slk_filter;
#define SLK_FILTER_ALL ((slk_filter){.certainty = -1})

typedef struct slk_entry {    /* one event in a list; strings live as long as the list */
    int64_t row;              /* of the file, not for people */
    const char *id;           /* "KP-2024-09-18-weapon-test-1" */
    const char *type;         /* the most special type told */
    const char *actor;        /* name, NULL where not known */
    char country[4];          /* of the actor, ISO 3166-1 alpha-3, "" where not known */
    const char *country_name; /* as the pack has it, NULL where country is none */
    slk_instant time;         /* the best known moment, with offset where known; precision NONE: not known */
    const char *place;        /* origin, else landing, else NULL */
    bool has_point;
    double lat, lon;
    slk_event_certainty certainty;
    bool main; /* some report's news */
    bool
        conflict; /* of some field two current values cannot both be right; in a list as of a day only where it was asked for */
    uint32_t n_reports; /* distinct reports that tell of it */
    uint32_t
        n_roots; /* independent root sources of its being at all; databases are none, they compile others' reports */
    uint32_t n_databases; /* databases that list it */
} slk_entry;

typedef struct slk_entries { /* free with slk_entries_free */
    const slk_entry *at;
    uint32_t n;
    bool more;        /* there are more behind limit */
    const char *next; /* the cursor behind the last entry; NULL where there are no more */
    slk_arena arena;
} slk_entries;

/* Fails with SLK_EINPUT where after is no cursor of this order, or text or actor ask for nothing. */
SLK_MUST slk_err slk_ledger_list(struct slk_ledger *ledger, const slk_filter *filter, slk_entries **out,
                                 slk_fault *fault);
void slk_entries_free(slk_entries *entries);

/* The row of the event that an id, or the unique beginning of one, leads to. An event that went into another keeps its id and leads
 * there (slk_ledger_dossier follows it). SLK_EMISSING, or SLK_EINPUT where several begin so. */
SLK_MUST slk_err slk_ledger_find(struct slk_ledger *ledger, const char *id, int64_t *row, slk_fault *fault);

/* Where a name lies that somebody types: a launch site, a place that reports name often, else the town or region of that name with the
 * most people. The whole name must match; case counts as in reports ("sinpo" is nothing). False where there is none. (point.c) */
bool slk_query_point(const struct slk_pack *pack, const char *name, double *lat, double *lon);

/* ---------------------------------------------------------------- reports (reports.c) */

typedef struct slk_report_filter { /* zero: all. Strings borrowed, NULL: not asked */
    const char *text;              /* as in slk_filter */
    const char *outlet;            /* part of its name, whatever its case */
    const char *language;          /* BCP 47, or its first part */
    slk_instant since, until;      /* days it became known: published, else recorded */
    slk_instant as_of;
    const char *after;
    uint32_t limit;
} slk_report_filter;

typedef struct slk_report_entry {
    int64_t row;
    const char *id, *sha256, *title, *outlet, *author, *url, *source, *language; /* NULL where not known */
    slk_instant published;
    slk_published_basis published_basis; /* only of one report whole */
    const char *story;                   /* id of the earlier report whose words it repeats, NULL for none */
    const char *snippet; /* words around what was looked for, each match between U+0002 and U+0003; NULL without text */
    uint32_t n_events;   /* that it tells of */
} slk_report_entry;

typedef struct slk_report_entries { /* the latest recorded first; free with slk_report_entries_free */
    const slk_report_entry *at;
    uint32_t n;
    bool more;
    const char *next;
    slk_arena arena;
} slk_report_entries;

SLK_MUST slk_err slk_ledger_reports(struct slk_ledger *ledger, const slk_report_filter *filter,
                                    slk_report_entries **out, slk_fault *fault);
void slk_report_entries_free(slk_report_entries *entries);

/* One report whole, by id or SHA-256 (or the unique beginning of that, eight characters at least). text: in *arena, valid UTF-8. */
SLK_MUST slk_err slk_ledger_report(struct slk_ledger *ledger, const char *id, slk_arena *arena, slk_report_entry *out,
                                   slk_text *text, slk_fault *fault);

#endif
