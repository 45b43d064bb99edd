/* inside.h - what the files of the ledger station share beyond store.h: profiles, by which tellings are linked and events are
 * described, and chains of sources. Internal to the station. */
#ifndef SLK_LEDGER_INSIDE_H
#define SLK_LEDGER_INSIDE_H

#include "base/reading.h"
#include "ledger/gist.h"
#include "ledger/store.h"

/* ---------------------------------------------------------------- profiles (profile.c) */

/* What a telling is known by. Strings are borrowed from the reading or from the arena it was loaded into. */
typedef struct slk_profile {
    int64_t telling, report;
    const char *kind; /* group of types that may be one event: "launch", "nuclear", else the first part of the type */
    const char *type;
    char country[4];   /* of the actor, alpha-3, "" where not known */
    const char *actor; /* name; NULL */
    char target[4];
    slk_instant time;        /* best told moment, with offset where known */
    bool timed;              /* first_s and last_s hold */
    bool assumed;            /* the day is that of publication, not told */
    int64_t first_s, last_s; /* UTC seconds between which it lies, inclusive */
    int weekday,
        clock_min; /* of a telling without a date: 1 Monday to 7 or 0; minutes since midnight by its own clock or -1 */
    const char *place;  /* name; NULL */
    double lat, lon;    /* NAN where the place is none or as wide as a country */
    const char *weapon; /* class; NULL */
    const char *root;   /* root source of its being told */
    bool party;         /* that source is a party to the event */
    bool main;
    bool fresh; /* it made an event of its own when it was linked */
    slk_event_certainty certainty;
} slk_profile;

/* The profile of event e of a reading; strings borrowed from it or taken from arena. telling, report, root, party stay unset. */
SLK_MUST slk_err slk_profile_of(const slk_pack *pack, const slk_reading *r, const slk_event *e, slk_arena *arena,
                                slk_profile *out);
/* Reads one from a row of SELECT SLK_PROFILE_COLUMNS. */
SLK_MUST slk_err slk_profile_row(sqlite3_stmt *s, slk_arena *arena, slk_profile *out);
/* "weapon-test.missile" holds "weapon-test.missile.cruise" and itself. */
bool slk_type_holds(const char *general, const char *special);
/* Has it happened, as far as its tellers say? Not planned, denied, feared or known not to have been. */
bool slk_profile_happened(slk_event_certainty c);
bool slk_profile_clock(const slk_profile *p); /* its hour is told */
/* Great-circle distance in metres; NAN where a point is missing. */
double slk_profile_distance(double lat1, double lon1, double lat2, double lon2);

typedef SLK_LIST(slk_profile) slk_profiles;

/* All profiles of an event's tellings, in order of adding, of reports known on or before day (INT64_MAX: all). */
SLK_MUST slk_err slk_profiles_load(slk_ledger *l, int64_t event, int64_t day, slk_arena *arena, slk_profiles *out,
                                   slk_fault *fault);

/* ---------------------------------------------------------------- what an event is (summary.c) */

/* Describes an event by its tellings: type, time, place, certainty, counts. n > 0. id and row stay unset. */
void slk_summary_of(const slk_pack *pack, const slk_profile *p, uint32_t n, slk_entry *out, int64_t *first_s,
                    int64_t *last_s, bool *timed);
/* Two root sources that are organs of one state count as one; the group's key, into out. */
void slk_root_group(const char *root, char out[128]);

/* ---------------------------------------------------------------- chains of sources (sources.c) */

typedef struct slk_source {
    int64_t row; /* of the table of chains; 0: the report's own voice */
    const char *root;
    char root_country[4];
    bool state; /* the root source is an organ of a state */
} slk_source;

/* The chain that ends at an attribution (SLK_NONE: the report's own voice, whose root is own_root), entered where new. */
SLK_MUST slk_err slk_source_of(slk_ledger *l, const slk_reading *r, uint32_t attribution, const char *own_root,
                               slk_arena *arena, slk_source *out, slk_fault *fault);
/* The root of a report's own voice: its outlet, else itself. */
const char *slk_source_own(const slk_pack *pack, const slk_report *p, const char *sha256, slk_arena *arena);

/* ---------------------------------------------------------------- rows of databases (rows.c) */

bool slk_root_database(const char *root); /* is it a row of a database? NULL is none */
/* Two rows of one database whose rows are events of their own; two whose rows may be parts of one event. */
bool slk_roots_apart(const char *a, const char *b);
bool slk_roots_parts(const char *a, const char *b);
void slk_root_database_name(const char *root, char out[128]); /* "database:ged" */
/* The root source of a row; NULL when out of memory. */
const char *slk_ledger_row_root(const slk_ledger_row *row, slk_arena *arena);
SLK_MUST slk_err slk_ledger_row_write(slk_ledger *l, const slk_ledger_row *row, int64_t report, slk_fault *fault);
/* Moves the earlier versions of a row from one event to another, where no person put them. */
SLK_MUST slk_err slk_ledger_row_move(slk_ledger *l, const slk_ledger_row *row, int64_t from, int64_t to,
                                     slk_fault *fault);

/* ---------------------------------------------------------------- values (values.c) */

const char *slk_kind_word(slk_value_kind kind); /* "quantity" */
slk_value_kind slk_kind_of(slk_text word);      /* SLK_VALUE_TEXT for no known word */
/* The value for people: "about 400 km", "at least 2", "2024-09-18 06:50 +09:00"; NULL when out of memory. */
const char *slk_value_words(const slk_value *v, slk_arena *arena);

/* ---------------------------------------------------------------- bands (bands.c) */

typedef enum slk_relation { SLK_UNRELATED, SLK_AGREEING, SLK_CONFLICTING } slk_relation;

/* Do two claims of one field agree within its band? Unrelated: they may both be right (two targets, two purposes). */
slk_relation slk_bands_relation(const slk_pack *pack, const slk_claim *a, const slk_claim *b);
/* How exact a claim is, to be compared with others of its field; higher is more exact. */
double slk_bands_exactness(const slk_claim *c);
/* Finds supersession, groups and conflicts of one field whose claims stand in order of time. slk_told_field.first, n are set. */
SLK_MUST slk_err slk_groups_make(const slk_pack *pack, slk_claim *claims, slk_told_field *field, slk_arena *arena);

/* ---------------------------------------------------------------- codes of countries (profile.c) */

/* ---------------------------------------------------------------- one story in several papers (story.c) */

typedef struct slk_story {
    uint64_t marks[24];
    uint32_t n_marks; /* 0: too short to tell */
    int64_t first;    /* the earlier report whose words it repeats, 0 where there is none */
    const char *root; /* root of that one's own voice */
} slk_story;

SLK_MUST slk_err slk_story_find(slk_ledger *l, slk_text text, slk_arena *arena, slk_story *out, slk_fault *fault);
SLK_MUST slk_err slk_story_keep(slk_ledger *l, const slk_story *s, int64_t report, slk_fault *fault);

/* ---------------------------------------------------------------- one page got in several ways (same.c) */

/* *page: what tells the report's page from others, NULL where it has no address. *found: the ledger has the words of this report from
 * that page, as many or more. */
SLK_MUST slk_err slk_same_find(slk_ledger *l, const slk_report *report, slk_arena *arena, const char **page,
                               bool *found, slk_fault *fault);

/* ---------------------------------------------------------------- linking (link.c) */

typedef struct slk_linking { /* one reading's events on their way into the ledger */
    slk_ledger *ledger;
    const slk_reading *r;
    slk_profile *profiles; /* one per event of the reading, stored */
    slk_arena *arena;
    slk_stories stories;       /* its own and those that its coming changed */
    int64_t *events;           /* per event of the reading: row of the ledger's event; 0 until linked */
    const slk_ledger_row *row; /* it is a row of a database; NULL: a report */
    int64_t before;            /* the event of the row's earlier versions, 0 for none */
    slk_added *added;
} slk_linking;

/* Joins each telling to an event of the ledger or makes it one, and describes the events anew. */
SLK_MUST slk_err slk_link_all(slk_linking *k, slk_fault *fault);

/* ---------------------------------------------------------------- events as rows (event.c) */

/* Makes an event that has no telling yet, with the id that this one would give it. */
SLK_MUST slk_err slk_event_make(slk_ledger *l, const slk_profile *p, int64_t *event, slk_fault *fault);
/* Makes a new event of one telling. */
SLK_MUST slk_err slk_link_new(slk_ledger *l, const slk_profile *p, const char *reason, int64_t *event,
                              slk_fault *fault);
/* Joins a telling to an event. */
SLK_MUST slk_err slk_link_put(slk_ledger *l, int64_t telling, int64_t event, const char *reason, slk_fault *fault);
/* Moves a telling from one event to another; an event left empty leads to the one its last telling went to. decision: row of the
 * person's word behind it, 0: the program's own. Both events are to be refreshed. */
SLK_MUST slk_err slk_link_move(slk_ledger *l, int64_t telling, int64_t from, int64_t to, const char *reason,
                               int64_t decision, slk_fault *fault);
/* Did a person say that this telling is not of that event? Then linking never puts it there again. One that a person put somewhere
 * (link.decision is set) is not moved by linking either. */
SLK_MUST slk_err slk_link_is_cut(slk_ledger *l, int64_t telling, int64_t event, bool *out, slk_fault *fault);
/* Writes an event's description and postings anew from its tellings; one without tellings is removed, unless it leads to another. */
SLK_MUST slk_err slk_link_refresh(slk_ledger *l, int64_t event, slk_fault *fault);
/* The same for all events, facets of tellings included. */
SLK_MUST slk_err slk_link_refresh_all(slk_ledger *l, slk_fault *fault);
/* Is there a field of which two current values cannot both be right? (dossier.c) */
SLK_MUST slk_err slk_dossier_conflict(slk_ledger *l, int64_t event, int64_t day, bool *out, slk_fault *fault);

typedef struct slk_kin { /* an event found by the story of a report */
    int64_t event;       /* 0: none */
    const char *why;     /* for people */
    bool answered;       /* a launch that the report's news answers */
} slk_kin;

/* Looks for the event of telling n among those of reports with like words. *out is left alone where there is none. (kin.c) */
SLK_MUST slk_err slk_kin_find(slk_linking *k, uint32_t n, slk_arena *arena, slk_kin *out, slk_fault *fault);

/* ---------------------------------------------------------------- stories and their events (moves.c) */

/* Takes what reports as a whole tell to the events of the stories that they have come into (k->stories.moves, empty afterwards). */
SLK_MUST slk_err slk_stories_follow(slk_linking *k, slk_fault *fault);
/* The event of a story, 0 where none of its reports has one; settled_only: by reports that have not come into it just now. */
SLK_MUST slk_err slk_story_event(slk_linking *k, int64_t story, bool settled_only, int64_t *event, slk_fault *fault);

#endif
