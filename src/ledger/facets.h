/* facets.h - what events are found by. A facet is something that may be true of an event: a type it is told with, a country, a word
 * for a place, somebody who tells. Each telling keeps the set of its facets, each event that of all tellings it ever had, and for each
 * facet the events stand in the order of time (table posting): a list by any of them begins at once, however large the ledger is.
 * Sets of facets promise only that nothing is missed; whoever reads looks at the event itself. Internal to the ledger station. */
#ifndef SLK_LEDGER_FACETS_H
#define SLK_LEDGER_FACETS_H

#include "ledger/inside.h"

/* Kinds of facets. Of tellings: */
#define SLK_FACET_TYPE "type"     /* a type and all above it */
#define SLK_FACET_BY "by"         /* country of the actor, "" for none */
#define SLK_FACET_DEED "deed"     /* "PRK weapon-test": both together, for each of its types */
#define SLK_FACET_ACTOR "actor"   /* name, folded */
#define SLK_FACET_TARGET "target" /* country */
#define SLK_FACET_IN "in"         /* country of a place */
#define SLK_FACET_PLACE "place"   /* name of a place, folded */
#define SLK_FACET_CELL "cell"     /* "127307": 37..38 north, 127..128 east (slk_facet_cell) */
#define SLK_FACET_WEAPON "weapon" /* name or class, folded */
#define SLK_FACET_SOURCE "source" /* who tells, folded */
/* Of events: */
#define SLK_FACET_ALL "all"
#define SLK_FACET_IS "is"               /* the type it is listed with */
#define SLK_FACET_CERTAINTY "certainty" /* but for "reported", which most are */
#define SLK_FACET_STATUS "status"       /* "conflict", "corroborated", "ahead" (told of before it happened) */
#define SLK_FACET_NEWS "news"           /* some report's */
#define SLK_FACET_SPAN "span"           /* "1": its tellings span more than three days, "2": than 40, "3": than 400 */
#define SLK_FACET_REPORTS "reports"     /* how many, "000002" and more */

#define SLK_FACETS_MOST 4096u /* of one event; more are left out, and it is found by the rest */

typedef struct slk_facets { /* a set, in ascending order */
    SLK_LIST(int64_t) ids;
} slk_facets;

/* Puts the facet into the set, entered in the table where new. name: folded here where the kind says so. */
SLK_MUST slk_err slk_facets_add(slk_ledger *l, const char *kind, slk_text name, slk_arena *arena, slk_facets *set,
                                slk_fault *fault);
/* Of a deed: its type and all above it with the country ("" for none: nothing). */
SLK_MUST slk_err slk_facets_deed(slk_ledger *l, const char *type, const char *country, slk_arena *arena,
                                 slk_facets *set, slk_fault *fault);
/* The row of a facet, 0 where there is none such. name: folded already. */
SLK_MUST slk_err slk_facets_find(slk_ledger *l, const char *kind, const char *name, int64_t *id, slk_fault *fault);
bool slk_facets_has(const slk_facets *set, int64_t id);
/* Does a packed set hold one of these? */
bool slk_facets_meet(const void *at, size_t n, const slk_facets *any);
/* Packed sets, as they stand in columns: adds to the set. SLK_ECORRUPT for bytes that are none. */
SLK_MUST slk_err slk_facets_read(const void *at, size_t n, slk_arena *arena, slk_facets *set);
size_t slk_facets_pack(const slk_facets *set,
                       unsigned char *out); /* out: 9 bytes for each; returns how many were written */

/* Works out and stores the facets of a telling from its rows. */
SLK_MUST slk_err slk_facets_telling(slk_ledger *l, int64_t telling, slk_fault *fault);
/* All facets of the tellings that an event has, had, or (day not INT64_MAX) was known to have on a day. */
SLK_MUST slk_err slk_facets_of(slk_ledger *l, int64_t event, int64_t day, slk_arena *arena, slk_facets *set,
                               slk_fault *fault);
/* Writes an event's postings: set, under first_s; old ones that are no longer true are taken away. */
SLK_MUST slk_err slk_facets_post(slk_ledger *l, int64_t event, const slk_facets *set, int64_t first_s, slk_arena *arena,
                                 slk_fault *fault);

/* Small letters, white space and marks as one space, at most 120 bytes: how names are kept and looked up. NULL: out of memory. */
char *slk_facet_fold(slk_text t, slk_arena *arena);
void slk_facet_cell(double lat, double lon, char out[8]);

#endif
