/* ledger.h - the record of all readings, in one SQLite file. Takes readings; gives events reconciled over reports, every
 * source's word side by side, and the verdict on claims of order ("second within a week").
 *
 * What always holds: nothing is merged away. A report's event is a telling; a telling gives claims: one row per field, value
 * and chain of sources. A link joins a telling to an event of the ledger and can be cut again (slk_ledger_split). Agreement,
 * conflict, corroboration, supersession and an event's certainty are computed from the rows when asked, for any day ("as known
 * on that day"), never stored as the truth. Reports are known by the SHA-256 of their text: recording one twice changes
 * nothing. Spans count Unicode code points of the report's text.
 *
 * One thread at a time per handle; several processes may share a file (WAL; a writer waits up to ten seconds for another).
 * Nothing here looks at the clock: the same reports in the same order give the same ledger. */
#ifndef SLK_LEDGER_LEDGER_H
#define SLK_LEDGER_LEDGER_H

#include "base/mem.h"
#include "pack/pack.h"
#include "sillok.h"

#define SLK_LEDGER_SCHEMA 13 /* user_version of the files written here */

typedef struct slk_ledger slk_ledger;

/* Which events and reports there are: filters, lists, pages of them (query.h). */
#include "ledger/query.h"

/* ---------------------------------------------------------------- opening (schema.c) */

typedef enum slk_ledger_mode {
    SLK_LEDGER_READ,  /* the file must exist; an older schema is migrated first, where the file can be written */
    SLK_LEDGER_WRITE, /* made where there is none, an older schema is migrated */
} slk_ledger_mode;

/* Opens a ledger. pack: zones and country codes; borrowed, must outlive the handle. mem NULL: malloc.
 * Fails with SLK_ELEDGER (no such file, not a ledger, a newer schema, cannot be opened), SLK_ECORRUPT, SLK_EREADONLY (mode
 * WRITE, or a migration is due), SLK_ELOCKED, SLK_EFULL or SLK_ENOMEM; fault->message names file and cause. */
SLK_MUST slk_err slk_ledger_open(const char *path, slk_ledger_mode mode, const slk_pack *pack, const slk_allocator *mem,
                                 slk_ledger **out, slk_fault *fault);
void slk_ledger_close(slk_ledger *ledger); /* what was added and not committed is gone; NULL is fine */

/* All functions below fail with SLK_ELOCKED, SLK_EFULL, SLK_EREADONLY, SLK_ECORRUPT, SLK_ELEDGER (any other trouble of the
 * file) or SLK_ENOMEM, with fault->message naming file and cause, and leave *out untouched then. */

/* ---------------------------------------------------------------- recording (record.c, link.c) */

typedef struct slk_added {
    bool already; /* a report of this text was recorded before; nothing changed */
    uint32_t events_new, events_joined;
    uint32_t checks; /* claims of order held against the ledger */
    char event[96];  /* id of the event that is the report's news, "" where it has none */
    bool event_new;
    uint32_t alerts;     /* that it raised (src/alerts); they wait in the ledger to be sent */
    uint32_t alerts_old; /* that it did not raise because it was published too long ago */
} slk_added;

/* Records one reading (all layers) and links its events to those of earlier reports. Whole or not at all; durable only
 * after slk_ledger_commit: tell nobody before. added_s: UTC seconds at which it is recorded, by the caller's clock, 0 for
 * none; it dates reports without publication date in slk_filter.as_of. */
SLK_MUST slk_err slk_ledger_add(slk_ledger *ledger, const slk_reading *r, int64_t added_s, slk_added *out,
                                slk_fault *fault);
typedef struct slk_ledger_row { /* a row of somebody's database (rows.c); strings borrowed */
    const char *database, *key; /* name of the database, and of the row in it */
    const char *body;           /* SHA-256 of its cells, in hex */
    const char *file, *edition; /* where it stood; edition NULL: none given */
    int64_t line;
    uint32_t revision; /* from 1 */
    bool parts;        /* rows of this database may be parts of one event; else each is an event of its own */
    bool dated;
    int64_t day;     /* since 1970, that the row is listed under */
    double radius_m; /* within which its place lies; NAN: not said */
} slk_ledger_row;

typedef struct slk_row_known {
    uint32_t revision; /* the last that is recorded, 0 for none */
    char body[65];
} slk_row_known;

SLK_MUST slk_err slk_ledger_row_find(slk_ledger *ledger, const char *database, const char *key, slk_row_known *out,
                                     slk_fault *fault);
/* Records a row as slk_ledger_add does a report: r is its text with one event. Its database is a source of its own kind: it bears out
 * nothing. A newer revision takes the place of the earlier ones, which stay as history. */
SLK_MUST slk_err slk_ledger_add_row(slk_ledger *ledger, const slk_reading *r, const slk_ledger_row *row,
                                    int64_t added_s, slk_added *out, slk_fault *fault);

/* Makes everything added so far durable (one fsync). Fine when there is nothing to do. After a failure all that was added
 * since the last commit is gone. */
SLK_MUST slk_err slk_ledger_commit(slk_ledger *ledger, slk_fault *fault);

/* ---------------------------------------------------------------- taking apart and putting together (decide.c) */

typedef struct slk_decider { /* who decides, and why; both are kept and shown */
    const char *by, *why;    /* not empty */
    int64_t made_s;          /* UTC seconds, by the caller's clock: lists as of an earlier day do not know of it */
} slk_decider;

typedef struct slk_decided {
    int64_t decision; /* its number, for slk_ledger_undo */
    char event[160];  /* id of the event that was kept */
    char other[160];  /* split: the new event, or that which was there before a join; join: the one that went into it */
    uint32_t tellings; /* that moved */
} slk_decided;

/* All durable on return, whole or not at all. Linking respects them from then on: what was split is not joined again without a
 * person's word, what was joined stays.
 *
 * Takes tellings out of an event and makes them one event of their own. tellings: "REPORT#n" as slk_telling.id has it, or a report's
 * id or SHA-256 for all it tells of this event. SLK_EMISSING where one is not of this event, SLK_EINPUT where none would be left. */
SLK_MUST slk_err slk_ledger_split(slk_ledger *ledger, const char *event, const char *const *tellings, uint32_t n,
                                  const slk_decider *who, slk_decided *out, slk_fault *fault);
/* Puts all tellings of other into event; the id of other leads to event from then on. */
SLK_MUST slk_err slk_ledger_join(slk_ledger *ledger, const char *event, const char *other, const slk_decider *who,
                                 slk_decided *out, slk_fault *fault);
/* Takes a split or a join back: each telling goes where it was, as far as no later decision moved it. */
SLK_MUST slk_err slk_ledger_undo(slk_ledger *ledger, int64_t decision, const slk_decider *who, slk_decided *out,
                                 slk_fault *fault);

/* ---------------------------------------------------------------- one event's dossier (dossier.c, bands.c) */

typedef struct slk_chain {    /* who says so, from the outermost to the root: "Yonhap, quoting South Korean military" */
    const char *text;         /* for people; "" for the report's own voice */
    const char *const *names; /* n of them, outermost first */
    uint32_t n;               /* 0: the report's own voice */
    const char *root;     /* key of the root source: two rows with the same key are one source, whoever printed them */
    char root_country[4]; /* alpha-3 of the root source, "" where not known */
    bool party;           /* the root source speaks of its own side: a claim */
} slk_chain;

typedef struct slk_quote { /* words of a report */
    uint32_t start, end;   /* code points of that report's text */
    const char *words;
} slk_quote;

typedef struct slk_reach { /* where a place lies that is told by its distance from a point: in this sector around it */
    double lat, lon;
    slk_sector sector; /* not known: the place is told otherwise */
} slk_reach;

typedef struct slk_claim { /* one field, one value, one chain, one report */
    slk_field_name field;
    slk_value value;  /* value.ref is SLK_NONE; text of an actor or place is its name */
    const char *text; /* the value for people: "about 400 km", "at least 2", "2024-09-18 06:50 +09:00" */
    bool has_point;   /* of a place */
    double lat, lon;
    char country[4];        /* of an actor or place: ISO 3166-1 alpha-3, "" where not known */
    const char *place_kind; /* GeoNames feature code or "site", of a place; NULL where not known */
    char sector[4];
    slk_reach reach;  /* of a place told by distance from another */
    uint32_t report;  /* index into reports */
    uint32_t telling; /* index into tellings */
    slk_chain chain;
    slk_stance stance;       /* of the innermost attribution; meaningless where chain.n is 0 */
    slk_certainty certainty; /* the same; SLK_CT_PLUS for the report's own voice */
    slk_basis basis;
    const char *note;
    const char
        *rule; /* id of the rule that made the value; NULL where none was named or an older program recorded it */
    const slk_quote *evidence;
    uint32_t n_evidence;
    uint32_t superseded_by; /* index of the claim by which the same source replaced it later, or SLK_NONE */
    uint32_t group;         /* index of the value group within its field, SLK_NONE where superseded */
} slk_claim;

/* Claims of a field that agree within its band: time 3 min, distance 50 km or 10 %, altitude 25 km or 5 %, miles against km of
 * one source 5 %, counts by overlap, places by distance or containment, weapon classes by their hierarchy. Never averaged. */
typedef struct slk_group {
    const char *text; /* the value of its best claim, for people */
    uint32_t claim;   /* that claim */
    uint32_t n_claims, n_reports;
    uint32_t n_roots;     /* independent root sources; parties to the event and databases not among them */
    uint32_t n_parties;   /* root sources that speak of themselves */
    uint32_t n_databases; /* databases that give it: they compile what others report and bear out nothing */
} slk_group;

typedef struct slk_told_field { /* one field of an event; its claims stand together in claims */
    slk_field_name field;
    uint32_t first, n; /* claims */
    const slk_group *groups;
    uint32_t n_groups;
    bool conflict;     /* some current values cannot both be right */
    bool corroborated; /* two or more independent root sources agree */
} slk_told_field;

typedef struct slk_teller { /* a report that tells of the event */
    const char *id, *sha256, *title, *outlet, *url, *source, *author, *language;
    slk_instant published;
    slk_published_basis published_basis;
    const char *reader; /* version and pack that read it; NULL where an older program recorded it */
    bool main;          /* it is this report's news */
    uint32_t
        same_story; /* index of the report whose words it repeats (one wire story in several papers), or SLK_NONE */
} slk_teller;

typedef struct slk_telling { /* an event of one report, as it was read */
    uint32_t report;         /* index into reports */
    const char *type, *plover, *plover_mode, *cameo;
    slk_quote trigger;
    bool main;
    const char *main_reason;
    slk_event_certainty certainty;
    const char *link_reason; /* why it was joined: "same actor, day and place"; "first telling" */
    const char *id;          /* "REPORT#n": what `sillok split` names it by */
} slk_telling;

typedef struct slk_kept_withheld { /* said not to be known or told */
    const char *field;
    slk_chain by;
    uint32_t report;
    slk_quote quote;
} slk_kept_withheld;

typedef struct slk_kept_check { /* a check of one of its reports that speaks of this event, or of none in particular */
    slk_check_kind kind;
    slk_verdict verdict; /* of a chronology claim: as the ledger stands (at as_of) */
    const char *says;
    uint32_t report;
    slk_quote quote;
    const char *const *against; /* ids of ledger events */
    uint32_t n_against;
} slk_kept_check;

typedef struct slk_decision { /* a split, join or undoing that this event had a part in */
    int64_t row;              /* its number */
    const char *what;         /* "split", "join", "undo" */
    const char *by, *why;
    int64_t made_s;
    const char *event, *other; /* ids; as in slk_decided */
    int64_t undoes, undone;    /* number of the decision that it takes back, or that took it back; 0 for none */
} slk_decision;

typedef struct slk_told_at { /* words of a report, in code points of its text */
    const char *report;      /* id */
    uint32_t start, end;
} slk_told_at;

typedef struct slk_dossier { /* free with slk_dossier_free */
    slk_entry entry;
    const slk_decision *decisions; /* in the order they were made */
    uint32_t n_decisions;
    const slk_told_field *fields; /* in the order of slk_field_name, only those told */
    uint32_t n_fields;
    const slk_claim *claims; /* by field; within one by publication, report, chain */
    uint32_t n_claims;
    const slk_kept_withheld *withheld;
    uint32_t n_withheld;
    const slk_kept_check *checks;
    uint32_t n_checks;
    const slk_teller *reports; /* by publication, then order of adding */
    uint32_t n_reports;
    const slk_telling *tellings; /* by report, then place in the text */
    uint32_t n_tellings;
    const slk_told_at *also; /* where other reports of its story mention it in passing, by the same deed (deeds.h) */
    uint32_t n_also;
    slk_arena arena;
} slk_dossier;

/* The dossier of a listed event. as_of as in slk_filter. */
SLK_MUST slk_err slk_ledger_dossier(slk_ledger *ledger, int64_t row, slk_instant as_of, slk_dossier **out,
                                    slk_fault *fault);
void slk_dossier_free(slk_dossier *dossier);

/* The text of a recorded report by the SHA-256 of it; free with slk_report_text_free. SLK_EMISSING where there is none.
 * (texts.c) */
typedef struct slk_report_text {
    slk_text text;
    slk_arena arena;
} slk_report_text;
SLK_MUST slk_err slk_ledger_text(slk_ledger *ledger, const char *sha256, slk_report_text **out, slk_fault *fault);
void slk_report_text_free(slk_report_text *text);

typedef struct
    slk_side { /* a deed that reports of one story tell of in common and that is no event of its own in the ledger */
    const char *id;              /* "story-12/reopen" */
    const char *deed;            /* "reopen" */
    const slk_told_at *mentions; /* by report, then place */
    uint32_t n_mentions, n_reports;
} slk_side;

typedef slk_err slk_side_take(void *ctx, const slk_side *side, slk_fault *fault); /* side: until it returns */
/* Calls take for each of them, story by story, until it fails. */
SLK_MUST slk_err slk_ledger_sides(slk_ledger *ledger, slk_instant as_of, slk_side_take *take, void *ctx,
                                  slk_fault *fault);

/* ---------------------------------------------------------------- order in time (chronology.c) */

typedef struct slk_step { /* one event of a timeline; the counts are those that claims of order speak of */
    const slk_entry *entry;
    bool dated;         /* false: at the end of the list, without counts */
    int32_t gap_days;   /* since the one before it in its series; -1 for the first */
    uint32_t nth;       /* in its series (same country and kind of event), within the whole ledger, from 1 */
    uint32_t in_week;   /* how many of its series within the seven days that end with it, itself included */
    uint32_t in_year;   /* the same since 1 January of its year */
    const char *series; /* "PRK weapon-test" */
} slk_step;

typedef struct slk_timeline { /* free with slk_timeline_free */
    const slk_step *at;
    uint32_t n;
    slk_entries *entries;
    slk_arena arena;
} slk_timeline;

/* Events that pass the filter, by time (sort is ignored). Only those that happened count (not planned, denied, speculated). */
SLK_MUST slk_err slk_ledger_timeline(slk_ledger *ledger, const slk_filter *filter, slk_timeline **out,
                                     slk_fault *fault);
void slk_timeline_free(slk_timeline *timeline);

typedef struct slk_verdict_on { /* a claim of order and what the ledger says to it */
    uint32_t check;             /* index into the reading's checks (slk_ledger_check), else 0 */
    const char *report;         /* id of the report that claims it */
    slk_instant published;
    slk_quote quote;
    const char
        *claim; /* what is claimed, for people: "number 2 of weapon-test.missile by North Korea from ... to ..." */
    slk_verdict verdict;
    const char *says;   /* one plain sentence with the figures, without final full stop */
    const char *covers; /* how many such events the ledger knows, from when to when; NULL where nothing was counted */
    const char *const *against; /* ids of the ledger's events it was held against, by time */
    uint32_t n_against;
} slk_verdict_on;

typedef struct slk_verdicts { /* free with slk_verdicts_free */
    const slk_verdict_on *at;
    uint32_t n;
    slk_arena arena;
} slk_verdicts;

/* Holds the claims of order of one reading against the ledger, which need not know the report. The reading must outlive *out. */
SLK_MUST slk_err slk_ledger_check(slk_ledger *ledger, const slk_reading *r, slk_verdicts **out, slk_fault *fault);
/* The same for all recorded reports, in order of publication: as the ledger stands now. */
SLK_MUST slk_err slk_ledger_check_all(slk_ledger *ledger, slk_verdicts **out, slk_fault *fault);
void slk_verdicts_free(slk_verdicts *verdicts);

/* ---------------------------------------------------------------- copies and room (backup.c) */

/* Copies the ledger as it stands, while others read and write it, into a file beside `to`; looks whether the copy is whole, makes it
 * durable, and puts it in the place of `to` at once. pages: of the copy, written where not NULL. Fails also with SLK_EIO (to cannot be
 * written) and SLK_ECORRUPT (the copy is not sound: `to` stays as it was). */
SLK_MUST slk_err slk_ledger_backup(slk_ledger *ledger, const char *to, int64_t *pages, slk_fault *fault);

/* Nothing is added where the disk of the ledger has less than this left, so that what is there can still be read, checked and backed up;
 * slk_ledger_add then fails with SLK_EFULL and what was added before can be committed. 64 MiB where it is never said; 0: no floor. */
void slk_ledger_set_floor(slk_ledger *ledger, int64_t bytes);

/* ---------------------------------------------------------------- health (health.c) */

typedef struct slk_health {
    int schema;       /* user_version */
    char engine[32];  /* "SQLite 3.40.1" */
    int64_t size_b;   /* of the file, without the write-ahead log */
    char journal[16]; /* "wal" */
    int64_t reports, events, tellings, claims, checks;
    bool whole;        /* the file itself is: every page of it can be read and is what SQLite wrote */
    bool sound;        /* integrity, foreign keys and the rules of the schema hold */
    char trouble[256]; /* the first thing found wrong, "" where sound */
} slk_health;

/* Reads the whole file: time grows with its size. A damaged file is no failure here but sound = false. */
SLK_MUST slk_err slk_ledger_health(slk_ledger *ledger, slk_health *out, slk_fault *fault);

/* Puts right what can be (repair.c). tell: called with one sentence for each thing found and done. A ledger in which something is wrong
 * is copied first; of a file that is itself damaged all rows that can be read go into a new one, which takes its place (salvage.c), and
 * the old one is kept beside it. Nobody else may use the ledger meanwhile. Fails with what slk_ledger_open fails with. */
SLK_MUST slk_err slk_ledger_repair(const char *path, const slk_pack *pack, const slk_allocator *mem,
                                   void (*tell)(void *ctx, const char *words), void *ctx, slk_fault *fault);

#endif
