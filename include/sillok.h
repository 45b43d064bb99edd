/* sillok.h - the one public header of libsillok.
 *
 * Sillok reads published reports of missile tests and other security events and says who did what to whom, when, where,
 * how much, and according to whom, each value with the characters that say it. A program opens one engine (constant
 * knowledge, any number of threads), reads each report into a reading (owns everything found, freed at once), and may
 * record readings in a ledger (one SQLite file, one thread at a time).
 *
 * What always holds: text is UTF-8 and never altered; spans are half open byte ranges of the report's text (writers turn
 * them into Unicode code points); strings inside a reading live as long as the reading; functions that can fail return an
 * slk_err, leave out-parameters untouched on failure, and put the details into an slk_fault where one is given. Nothing
 * here reads the clock, the locale or the time zone of the machine: same input, same output. */
#ifndef SILLOK_H
#define SILLOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLK_VERSION "0.1.0"

#if defined(__GNUC__)
#define SLK_API __attribute__((visibility("default")))
#define SLK_MUST __attribute__((warn_unused_result))
#else
#define SLK_API
#define SLK_MUST
#endif

/* ---------------------------------------------------------------- errors */

/* X(name, word used in JSON output, plain meaning) */
#define SLK_ERRORS(X)                                                                                                  \
    X(SLK_OK, "ok", "all went well")                                                                                   \
    X(SLK_ENOMEM, "no-memory", "out of memory")                                                                        \
    X(SLK_ELIMIT, "limit", "a limit of the program was reached")                                                       \
    X(SLK_EINPUT, "bad-input", "the input is not what it should be")                                                   \
    X(SLK_EENCODING, "bad-encoding", "the text is not valid UTF-8")                                                    \
    X(SLK_EEMPTY, "empty", "the report has no text")                                                                   \
    X(SLK_EIO, "io", "a file could not be read or written")                                                            \
    X(SLK_EPACK, "bad-pack", "the knowledge pack cannot be used")                                                      \
    X(SLK_ELEDGER, "ledger", "the ledger cannot be used")                                                              \
    X(SLK_ELOCKED, "ledger-locked", "another program holds the ledger")                                                \
    X(SLK_EFULL, "disk-full", "the disk is full")                                                                      \
    X(SLK_EREADONLY, "ledger-read-only", "the ledger cannot be written")                                               \
    X(SLK_ECORRUPT, "ledger-corrupt", "the ledger is damaged")                                                         \
    X(SLK_EMISSING, "not-found", "there is no such thing")                                                             \
    X(SLK_EFAULT, "fault", "a fault of the program's own")

#define SLK_ERROR_NAME(name, word, meaning) name,
typedef enum slk_err { SLK_ERRORS(SLK_ERROR_NAME) SLK_ERR_COUNT } slk_err;
#undef SLK_ERROR_NAME

/* The word and the plain meaning of a code; never NULL, static storage. */
SLK_API const char *slk_err_word(slk_err code);
SLK_API const char *slk_err_meaning(slk_err code);

/* What went wrong and where. line counts from 1, 0 where lines mean nothing; offset_b counts bytes of the input. */
typedef struct slk_fault {
    slk_err code;
    size_t line;
    size_t offset_b;
    char message[256]; /* one plain sentence without final full stop, always NUL-terminated */
} slk_fault;

/* ---------------------------------------------------------------- text and memory */

typedef struct slk_text { /* borrowed bytes, not NUL-terminated; {NULL, 0} is "none" */
    const char *at;
    size_t n;
} slk_text;

typedef struct slk_span { /* bytes of the report's text, half open */
    uint32_t start, end;
} slk_span;

typedef struct slk_spans { /* n spans in text order, owned by the reading */
    const slk_span *at;
    uint32_t n;
} slk_spans;

typedef struct slk_ids { /* n indexes into another list of the same reading */
    const uint32_t *at;
    uint32_t n;
} slk_ids;

#define SLK_NONE UINT32_MAX /* "no such index" */

/* How memory is taken. resize(ctx, NULL, n) allocates, resize(ctx, p, 0) frees and returns NULL; NULL on failure keeps p.
 * Must be safe from as many threads as use the engine. */
typedef struct slk_allocator {
    void *(*resize)(void *ctx, void *p, size_t n);
    void *ctx;
} slk_allocator;

/* ---------------------------------------------------------------- what a reading holds */

typedef enum slk_layer {
    SLK_LAYER_SENTENCES = 1 << 0,
    SLK_LAYER_TOKENS = 1 << 1,
    SLK_LAYER_NAMES = 1 << 2,
    SLK_LAYER_TIMES = 1 << 3,
    SLK_LAYER_QUANTITIES = 1 << 4,
    SLK_LAYER_PLACES = 1 << 5,
    SLK_LAYER_ACTORS = 1 << 6,
    SLK_LAYER_ATTRIBUTIONS = 1 << 7,
    SLK_LAYER_EVENTS = 1 << 8,
    SLK_LAYER_CHECKS = 1 << 9,
    SLK_LAYER_PREDICATES = 1 << 10,
    SLK_LAYER_ALL = (1 << 11) - 1,
    SLK_LAYER_RULES = 1 << 11 /* beside the layers: writers name the rule behind each value */
} slk_layer;

typedef enum slk_precision {
    SLK_P_NONE,
    SLK_P_YEAR,
    SLK_P_MONTH,
    SLK_P_DAY,
    SLK_P_HOUR,
    SLK_P_MINUTE,
    SLK_P_SECOND
} slk_precision;

typedef struct slk_instant { /* a point of the proleptic Gregorian calendar, to the precision known */
    int32_t year;
    uint8_t month, day, hour, minute, second;
    uint8_t precision; /* slk_precision; SLK_P_NONE: not known at all */
    bool has_offset;
    int16_t offset_min; /* minutes east of UTC, where has_offset */
} slk_instant;

typedef struct
    slk_origin { /* the text from at_b on, up to the next origin, comes from the source bytes from_b .. to_b */
    uint32_t at_b, from_b, to_b; /* byte for byte where there are as many; else all of it from all of them */
} slk_origin;

typedef enum slk_published_basis {
    SLK_PUB_UNKNOWN,
    SLK_PUB_GIVEN,
    SLK_PUB_METADATA,
    SLK_PUB_URL,
    SLK_PUB_DATELINE,
    SLK_PUB_INFERRED
} slk_published_basis;

typedef struct slk_report { /* NUL-terminated strings, NULL where not known */
    const char *id, *source, *title, *outlet, *author, *url, *language;
    slk_instant published;
    slk_published_basis published_basis;
    bool unread;         /* in a language that cannot be read (language says which): all lists are empty */
    slk_instant updated; /* last change, where the page says so; precision SLK_P_NONE: not known */
    slk_text text;
    const slk_origin *origins; /* of a text taken from a page, in text order; NULL: the text is the source itself */
    uint32_t n_origins;
} slk_report;

typedef enum slk_upos {
    SLK_UPOS_X,
    SLK_UPOS_ADJ,
    SLK_UPOS_ADP,
    SLK_UPOS_ADV,
    SLK_UPOS_AUX,
    SLK_UPOS_CCONJ,
    SLK_UPOS_DET,
    SLK_UPOS_INTJ,
    SLK_UPOS_NOUN,
    SLK_UPOS_NUM,
    SLK_UPOS_PART,
    SLK_UPOS_PRON,
    SLK_UPOS_PROPN,
    SLK_UPOS_PUNCT,
    SLK_UPOS_SCONJ,
    SLK_UPOS_SYM,
    SLK_UPOS_VERB,
    SLK_UPOS_COUNT
} slk_upos;

typedef struct slk_token {
    slk_span span;
    const char *lemma;                 /* NULL: not analysed */
    const char *xpos, *feats, *deprel; /* NULL until a model fills them */
    uint32_t head; /* index of the head token, its own index for a root, SLK_NONE where no tree was made */
    uint32_t sentence;
    uint8_t upos; /* slk_upos */
    bool space_after;
    bool joined; /* same multiword token as the one before ("do|n't") */
} slk_token;

typedef struct slk_sentence {
    slk_span span;
    uint32_t first_token, n_tokens;
} slk_sentence;

typedef enum slk_name_type {
    SLK_NAME_PER,
    SLK_NAME_ORG,
    SLK_NAME_LOC,
    SLK_NAME_GPE,
    SLK_NAME_FAC,
    SLK_NAME_WEAPON,
    SLK_NAME_EVENT,
    SLK_NAME_MISC
} slk_name_type;

typedef struct slk_name {
    slk_span span;
    slk_name_type type;
    uint32_t same_as; /* first mention of the chain, SLK_NONE where this is the first */
} slk_name;

typedef enum slk_time_type { SLK_TIME_DATE, SLK_TIME_TIME, SLK_TIME_DURATION, SLK_TIME_SET } slk_time_type;

typedef struct slk_time {
    slk_span span;
    slk_time_type type;
    const char *value; /* TIMEX3 value; NULL where it cannot be known ("Wednesday" without publication date) */
    const char *mod;   /* TIMEX3 mod: APPROX, START, MID, END, BEFORE, AFTER, ON_OR_BEFORE, MORE_THAN, ...; or NULL */
    slk_instant earliest, latest; /* inclusive bounds in the clock of zone; precision SLK_P_NONE: unknown */
    slk_instant utc;              /* where a zone is known and the precision is an hour or finer */
    const char *zone;             /* IANA name or "+09:00"; NULL: not known */
    bool local;                   /* the words say "local time": the zone is that of the place told of */
    bool zone_of_place;           /* the zone is not said but is that of the place right behind: "8 p.m. in Caracas" */
    uint32_t gloss_of;            /* the time that this one restates in brackets ("(2150 GMT Tuesday)"), or SLK_NONE */
} slk_time;

typedef enum slk_bound {
    SLK_BOUND_EXACT,
    SLK_BOUND_ABOUT,
    SLK_BOUND_AT_LEAST,
    SLK_BOUND_AT_MOST,
    SLK_BOUND_MORE_THAN,
    SLK_BOUND_LESS_THAN,
    SLK_BOUND_VAGUE
} slk_bound;

typedef struct slk_quantity {
    slk_span span;
    double value, high; /* high only where has_high */
    bool has_high;
    bool ordinal;          /* "second": value 2 */
    const char *unit;      /* UCUM code; NULL for a count */
    const char *dimension; /* "length", "mass", "count", ...: as in data/units.tsv */
    double si, si_high;    /* in the SI base of the dimension, where unit */
    slk_bound bound;
    slk_span of;       /* what is counted or measured; empty where not found */
    uint32_t gloss_of; /* the quantity that this one restates in brackets ("(249 miles)"), or SLK_NONE */
} slk_quantity;

typedef struct
    slk_sector { /* where nine of ten places lie that are told so: clockwise from from_deg to to_deg (0 to 360: all around) */
    bool known;
    double from_deg, to_deg, least_m, most_m;
} slk_sector;

/* By the coastline: EITHER where the region of a relative place reaches over both. */
typedef enum slk_surface { SLK_SURFACE_UNKNOWN, SLK_SURFACE_LAND, SLK_SURFACE_SEA, SLK_SURFACE_EITHER } slk_surface;

typedef struct slk_relative { /* "400 km north-east of Kaechon" */
    bool known;
    double bearing_deg; /* clockwise from north; NAN where not said */
    double distance_m;  /* NAN where not said */
    uint32_t of;        /* index of a place */
    slk_sector sector;  /* known where the distance is */
} slk_relative;

typedef struct slk_place {
    slk_span span;
    const char *name; /* as the gazetteer has it */
    bool has_point;
    double lat, lon;   /* WGS 84 degrees; of a relative place: the computed end point */
    uint32_t geonames; /* 0: not known */
    char country[3];   /* ISO 3166-1 alpha-2, "" where none */
    const char *kind;  /* GeoNames feature code, or "site" */
    const char *zone;  /* IANA zone of the country, NULL where none */
    double confidence;
    slk_relative relative;
    slk_surface surface; /* of a computed end point */
    const char *water;   /* the sea that point is in or by, NULL where none or not known */
} slk_place;

typedef struct slk_actor {
    const char *name;
    char country[4];  /* ISO 3166-1 alpha-3, IGO, NGO or UNK */
    char sector[4];   /* PLOVER sector, "" where not known */
    const char *role; /* "Joint Chiefs of Staff", "foreign minister", or NULL */
    slk_spans mentions;
} slk_actor;

typedef enum slk_stance {
    SLK_STANCE_REPORTS,
    SLK_STANCE_CONFIRMS,
    SLK_STANCE_CLAIMS,
    SLK_STANCE_ALLEGES,
    SLK_STANCE_DENIES,
    SLK_STANCE_CONDEMNS,
    SLK_STANCE_DEMANDS,
    SLK_STANCE_PROMISES,
    SLK_STANCE_THREATENS,
    SLK_STANCE_EXPECTS,
    SLK_STANCE_SPECULATES,
    SLK_STANCE_DECLINES,
    SLK_STANCE_ASKS,
    SLK_STANCE_COUNT
} slk_stance;

/* FactBank value of the content to its source: certain, probable, possible, each of them positive, negative or unknown */
typedef enum slk_certainty {
    SLK_CT_PLUS,
    SLK_PR_PLUS,
    SLK_PS_PLUS,
    SLK_CT_MINUS,
    SLK_PR_MINUS,
    SLK_PS_MINUS,
    SLK_CT_U,
    SLK_U_U
} slk_certainty;

typedef struct slk_attribution {
    slk_spans source, cue, content; /* source may be empty ("was reported") */
    uint32_t actor;                 /* SLK_NONE where the source is no known actor */
    slk_ids actors;                 /* all of them where several speak as one ("Seoul and Tokyo"), else empty */
    uint32_t inside;                /* the attribution it is nested in, or SLK_NONE */
    slk_stance stance;
    slk_certainty certainty;
} slk_attribution;

typedef struct slk_predicate { /* what a clause says of its subject: a verb, or what follows "is" */
    slk_span word, group;      /* the word that says it; the whole verb group ("did not fire") */
    slk_certainty certainty;   /* how sure its teller is, also of what lies ahead */
    float happened;            /* -3 (certainly not) to 3 (certainly): has it happened, as a reader would say */
    uint32_t attribution;      /* the innermost whose content holds it: its teller; SLK_NONE: the report itself */
} slk_predicate;

typedef enum slk_field_name {
    SLK_FIELD_ACTOR,
    SLK_FIELD_TARGET,
    SLK_FIELD_INSTRUMENT,
    SLK_FIELD_WEAPON,
    SLK_FIELD_WEAPON_CLASS,
    SLK_FIELD_TIME,
    SLK_FIELD_ORIGIN,
    SLK_FIELD_LANDING,
    SLK_FIELD_DIRECTION,
    SLK_FIELD_DISTANCE,
    SLK_FIELD_ALTITUDE,
    SLK_FIELD_SPEED,
    SLK_FIELD_DURATION,
    SLK_FIELD_COUNT,
    SLK_FIELD_OUTCOME,
    SLK_FIELD_CASUALTIES,
    SLK_FIELD_PURPOSE,
    SLK_FIELD_NAMES
} slk_field_name;

typedef enum slk_basis { SLK_BASIS_STATED, SLK_BASIS_RESOLVED, SLK_BASIS_COMPUTED, SLK_BASIS_ASSUMED } slk_basis;

typedef enum slk_value_kind {
    SLK_VALUE_TEXT,     /* text */
    SLK_VALUE_ACTOR,    /* ref: index of an actor */
    SLK_VALUE_PLACE,    /* ref: index of a place; text: its name as told */
    SLK_VALUE_TIME,     /* when; text: TIMEX3 value; zone */
    SLK_VALUE_QUANTITY, /* low (high), unit, si (si_high), bound */
    SLK_VALUE_COUNT,    /* low to high whole things; high NAN: no upper end; bound */
    SLK_VALUE_DIRECTION /* low: degrees clockwise from north; text: the words' compass name */
} slk_value_kind;

typedef struct slk_value {
    slk_value_kind kind;
    const char *text, *unit, *zone;
    uint32_t ref;
    double low, high, si, si_high; /* NAN where not known */
    slk_bound bound;
    slk_instant when; /* with offset where the zone is known */
} slk_value;

typedef struct slk_field {
    slk_field_name name;
    slk_value value;
    slk_spans evidence; /* empty only where basis is assumed */
    slk_basis basis;
    slk_ids attributions; /* under which it is given; empty: the report's own voice */
    const char *note;
    const char *rule; /* what made the value: a rule's id ("actor.role-in-frame"); NULL where none is named */
} slk_field;

typedef struct slk_withheld { /* said not to be known or told */
    const char *field;        /* "count", "landing", "weapon", "time", "origin", "outcome", "details", ... */
    uint32_t by;              /* attribution, or SLK_NONE */
    slk_spans evidence;
} slk_withheld;

typedef enum slk_event_certainty {
    SLK_EC_CONFIRMED,
    SLK_EC_REPORTED,
    SLK_EC_CLAIMED,
    SLK_EC_ALLEGED,
    SLK_EC_DENIED,
    SLK_EC_DISPUTED,
    SLK_EC_SPECULATED,
    SLK_EC_PLANNED,
    SLK_EC_DID_NOT_HAPPEN
} slk_event_certainty;

typedef struct slk_rules { /* ids of the rules that made what an event is; NULL where none is named */
    const char *type;      /* the word or the sense of a word with its row: "event_words:fire/v" */
    const char *happened;  /* how it is told: "told.fact", "turn.refused" */
    const char *main, *certainty, *code;
} slk_rules;

typedef struct slk_event {
    const char *type;                         /* dotted, as in data/ontology.tsv */
    const char *plover, *plover_mode, *cameo; /* NULL where none */
    const char *plover_aux; /* auxiliary mode: "historical", "future", "hypothetical", "negated"; NULL for plain fact */
    slk_span trigger;
    bool main;               /* the news of the report, not its background */
    const char *main_reason; /* why it is or is not: one plain clause */
    slk_event_certainty certainty;
    slk_ids same_as; /* other events of this reading that tell of the same occurrence */
    const slk_field *fields;
    uint32_t n_fields;
    slk_ids attributions;
    const slk_withheld *withheld;
    uint32_t n_withheld;
    slk_rules rules;
} slk_event;

typedef enum slk_check_kind {
    SLK_CHECK_ZONE,
    SLK_CHECK_UNIT,
    SLK_CHECK_WEEKDAY,
    SLK_CHECK_DISTANCE,
    SLK_CHECK_DIRECTION,
    SLK_CHECK_NTH_IN_WINDOW,
    SLK_CHECK_FIRST_SINCE,
    SLK_CHECK_COUNT,
    SLK_CHECK_ANNIVERSARY,
    SLK_CHECK_OTHER
} slk_check_kind;

typedef enum slk_verdict { SLK_AGREES, SLK_DISAGREES, SLK_CANNOT_TELL } slk_verdict;

/* What a chronology claim says, so that a ledger can be asked: the ordinal-th event of this type by this actor within
 * [since, until]; "first since early July": ordinal 1, since the claimed last event, open at its start. */
typedef struct slk_chronology {
    uint32_t ordinal;         /* 2 for "second"; 0: not a chronology claim */
    slk_instant since, until; /* window; since.precision SLK_P_NONE: ever */
    bool since_is_event;      /* "first since X": an event is said to have happened at since, none between */
    const char *type;         /* event type asked for, as a prefix; NULL: something that is no event of the ontology */
    const char *weapon;       /* class of the weapons counted ("MRBM"), where the words say one; NULL: any */
    uint32_t actor;           /* or SLK_NONE */
    uint32_t event;           /* the event of this reading that the claim speaks of, or SLK_NONE */
    bool at_least;            /* "at least the fifth", "one of a series": that number or more */
    bool most;                /* "the longest since 2017": none in the window comes up to it in measure; ordinal 1 */
    slk_field_name measure;   /* where most */
    bool narrower;            /* "such", "them": of the kind told of before, which may be narrower than type */
} slk_chronology;

typedef struct slk_check {
    slk_check_kind kind;
    slk_verdict verdict;
    const char *says; /* one plain sentence with the figures */
    slk_spans evidence;
    slk_chronology claim;
    const char *const *against; /* ids of ledger events it was held against */
    uint32_t n_against;
} slk_check;

/* ---------------------------------------------------------------- engine and readings */

typedef struct slk_engine slk_engine;   /* answers the same ever after; any number of threads may read with it */
typedef struct slk_reading slk_reading; /* all that was found in one report; owned by the caller, freed at once */

/* Opens the knowledge pack. path NULL: $SILLOK_PACK, else the installed one. mem NULL: malloc.
 * Fails with SLK_EIO, SLK_EPACK (wrong version, cut, checksum) or SLK_ENOMEM. About a millisecond: the pack is mapped. */
SLK_API SLK_MUST slk_err slk_engine_open(const char *path, const slk_allocator *mem, slk_engine **out,
                                         slk_fault *fault);
/* After all its readings are freed: their strings may stand in it. */
SLK_API void slk_engine_close(slk_engine *engine);

#define SLK_MAX_REPORT_B (16u << 20) /* bytes of one report's text */

typedef struct slk_input { /* everything borrowed, copied into the reading; strings NUL-terminated or NULL */
    const char *id;        /* NULL: SHA-256 of the text in hex */
    const char *source, *title, *outlet, *author, *url;
    const char *language;                /* BCP 47; NULL: told by the text */
    const char *published;               /* ISO 8601; NULL: looked for in the text's dateline, else not known */
    slk_published_basis published_basis; /* how published is known; SLK_PUB_UNKNOWN counts as given */
    const char *updated;                 /* ISO 8601 or NULL */
    const slk_origin *origins;           /* where the text's bytes come from; NULL: it is the source itself */
    uint32_t n_origins;
    slk_text text; /* any bytes; must be valid UTF-8, not empty, at most SLK_MAX_REPORT_B */
} slk_input;

/* Reads one report. layers: which layers the caller wants (others may be left empty). Fails with SLK_EENCODING
 * (fault->offset_b), SLK_EEMPTY, SLK_ELIMIT, SLK_EINPUT (published is no date) or SLK_ENOMEM; O(length of the text). */
SLK_API SLK_MUST slk_err slk_read(const slk_engine *engine, const slk_input *input, unsigned layers, slk_reading **out,
                                  slk_fault *fault);
SLK_API void slk_reading_free(slk_reading *reading); /* NULL is fine */

/* The lists of a reading: borrowed, in text order, *n entries. Never fail. */
SLK_API const slk_report *slk_reading_report(const slk_reading *r);
SLK_API const slk_sentence *slk_reading_sentences(const slk_reading *r, size_t *n);
SLK_API const slk_token *slk_reading_tokens(const slk_reading *r, size_t *n);
SLK_API const slk_name *slk_reading_names(const slk_reading *r, size_t *n);
SLK_API const slk_time *slk_reading_times(const slk_reading *r, size_t *n);
SLK_API const slk_quantity *slk_reading_quantities(const slk_reading *r, size_t *n);
SLK_API const slk_place *slk_reading_places(const slk_reading *r, size_t *n);
SLK_API const slk_actor *slk_reading_actors(const slk_reading *r, size_t *n);
SLK_API const slk_attribution *slk_reading_attributions(const slk_reading *r, size_t *n);
SLK_API const slk_predicate *slk_reading_predicates(const slk_reading *r, size_t *n);
SLK_API const slk_event *slk_reading_events(const slk_reading *r, size_t *n);
SLK_API const slk_check *slk_reading_checks(const slk_reading *r, size_t *n);

/* Code point offset of a byte offset of the text (one that starts a character, or its end). O(1) amortised. */
SLK_API uint32_t slk_reading_cp(const slk_reading *r, uint32_t off_b);

/* The byte of the source (the page as it came) that a byte of the text comes from; off_b itself where the text is the source.
 * O(log n). */
SLK_API uint32_t slk_reading_source(const slk_reading *r, uint32_t off_b);

/* The words of enums as the output writes them ("at-least", "declines-to-say", "weapon_class", ...); static storage. */
SLK_API const char *slk_upos_word(unsigned upos);
SLK_API const char *slk_bound_word(slk_bound b);
SLK_API const char *slk_stance_word(slk_stance s);
SLK_API const char *slk_certainty_word(slk_certainty c);
SLK_API const char *slk_event_certainty_word(slk_event_certainty c);
SLK_API const char *slk_field_word(slk_field_name f);
SLK_API const char *slk_basis_word(slk_basis b);
SLK_API const char *slk_check_word(slk_check_kind k);
SLK_API const char *slk_verdict_word(slk_verdict v);
SLK_API const char *slk_name_type_word(slk_name_type t);
SLK_API const char *slk_time_type_word(slk_time_type t);
SLK_API const char *slk_published_basis_word(slk_published_basis b);

#ifdef __cplusplus
}
#endif
#endif
