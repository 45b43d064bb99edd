/* placing.h - inside the measuring station: places as they are found and resolved. places.c walks the text and finds what
 * may be a place, relative.c reads "400 km north-east of Kaechon", evidence.c drops names that nothing shows to be places,
 * candidates.c lists what a name can mean,
 * choose.c weighs which of them it does, resolve.c fills it in. */
#ifndef SLK_MEASURE_PLACING_H
#define SLK_MEASURE_PLACING_H

#include <string.h>

#include "base/reading.h"
#include "measure/scan.h"

#define SLK_EVIDENCE_NEVER (-100)       /* these words are a person here */
#define SLK_CAPITAL_OF SLK_T_COUNT      /* a candidate's table: the capital of the country in that row */
#define SLK_GAZETTEER (SLK_T_COUNT + 1) /* a candidate's table: the gazetteer */

typedef struct slk_candidate { /* a row of countries, places, sites or the gazetteer that a name can mean */
    int table;
    uint32_t row;
    uint32_t country;   /* row of countries, SLK_NONE where none (seas) */
    uint32_t geonames;  /* 0: not known */
    const char *kind;   /* GeoNames feature code, "site" for sites; borrowed from the pack */
    const char *region; /* "US.TX.113" of what lies in or is one, "" where not known; borrowed from the pack */
    double people;      /* 0: not known */
    double lat, lon;    /* NAN where not known */
    float on[3];        /* the same point on the unit sphere */
    /* how it fares (choose.c) */
    double alone, said, company; /* worth alone; what is said beside the name; what the other names say, 0 to 1 */
    double score, weight;        /* their sum; the same as a share of all candidates of the name */
    float before;                /* weight in the round before */
} slk_candidate;

typedef struct slk_naming { /* what was found out about the place of the same index */
    uint32_t first, n;      /* candidates */
    uint32_t sentence;
    uint32_t word;    /* row of place_words that names its kind ("province"), SLK_NONE where none */
    uint32_t same;    /* first place of the report with the same words */
    int evidence;     /* that these words are a place here: above 0 for, below against */
    bool unlisted;    /* no table has it: found by the words around it; its candidates are of the gazetteer alone */
    bool approximate; /* the candidates only lie near ("Anderson County" near Anderson) */
    bool doubtful;    /* the words can be a person's name or a common word */
    bool dateline;    /* "TOKYO (AP) -" */
    bool referred;    /* a relative place is measured from it */
} slk_naming;

typedef struct slk_name_slot { /* of a table from names to the first place of that name */
    uint64_t hash;
    uint32_t place; /* SLK_NONE: free */
} slk_name_slot;

#define SLK_MOST_ROWS 24 /* of the gazetteer: of more places with one name the largest */

typedef struct
    slk_gazetteer_look { /* what the gazetteer has that begins at a byte of the text and ends before `stop`: the longest */
    uint32_t at, stop, end, n; /* stop 0: nothing was looked up yet */
    uint32_t rows[SLK_MOST_ROWS];
} slk_gazetteer_look;

typedef struct slk_placing { /* the search through one report */
    slk_reading *r;
    slk_scan s; /* up to the end of the sentence under way */
    uint32_t sentence;
    uint32_t quantity;     /* first quantity that does not end before the token under way */
    uint32_t name;         /* first name of the language station that does not end before it */
    uint32_t last_country; /* the place that "its coast" speaks of, SLK_NONE */
    slk_err err;
    SLK_LIST(slk_naming) mentions; /* parallel to the reading's places */
    SLK_LIST(slk_candidate) candidates;
    slk_name_slot *slots;
    uint32_t n_slots, used_slots;
    slk_gazetteer_look look;
    double *votes; /* per country row: how much the report speaks of it */
} slk_placing;

/* A word of the table with this use stands right before `token` of the sentence. (places.c) */
bool slk_placing_after(const slk_placing *p, uint32_t token, const char *use);

/* What the words around a name say for (above 0) or against (below) its being a place. token: its first. (evidence.c) */
int slk_evidence_here(const slk_placing *p, uint32_t token, slk_span span);
/* A name that begins a story at the start of a line: token its first, end the byte behind it. (evidence.c) */
bool slk_evidence_dateline(const slk_placing *p, uint32_t token, uint32_t end);
/* Takes out the names that may be something else and that nothing in the report shows to be places. (evidence.c) */
SLK_MUST slk_err slk_evidence_weigh(slk_placing *p);

/* The name that begins with `token` and may be a place, appended with its candidates; *end is the byte behind it. forced:
 * the words before it leave no doubt that it is one ("north of X"). SLK_NONE where there is none. (places.c) */
uint32_t slk_placing_name(slk_placing *p, uint32_t token, bool forced, uint32_t *end);
/* The same for a name that no table has. (unknown.c) */
uint32_t slk_placing_unknown(slk_placing *p, uint32_t token, bool forced, uint32_t *end);
/* A person's name holds these words. Spans must come in text order. (places.c) */
bool slk_placing_person(slk_placing *p, slk_span span);
/* Appends an empty place with its mention; SLK_NONE with p->err set when out of memory. */
uint32_t slk_placing_add(slk_placing *p, slk_span span, uint32_t word);
/* The row of place_words that begins at byte `at` with this use, its end in *end; SLK_NONE where none. */
uint32_t slk_placing_word(const slk_placing *p, uint32_t at, const char *use, uint32_t *end);

/* Reads a relative place at the start of `token`; it and the places it speaks of are appended. False where there is none.
 * (relative.c) */
bool slk_relative_read(slk_placing *p, uint32_t token, uint32_t *end);
/* Computes the end points of all relative places whose reference has a point. (relative.c) */
void slk_relative_compute(slk_placing *p);

/* The region of a relative place measured from `of`, and what lies there. (sector.c) */
void slk_sector_fill(const slk_pack *pack, const slk_place *of, slk_place *place);

/* Appends to the last place what the hits that end at byte `end` can mean. (candidates.c) */
void slk_candidates_of_tables(slk_placing *p, const slk_hit *hits, uint32_t n, uint32_t end);
/* The capital of a country, or the country. (candidates.c) */
bool slk_candidate_add(slk_placing *p, int table, uint32_t row);
/* Appends to the last place what the gazetteer has under the words of span, all of them; what the tables have already is the
 * same place and learns its region and number. Returns how many rows it has. (candidates.c) */
uint32_t slk_candidates_of_gazetteer(slk_placing *p, slk_span span);
/* What the gazetteer has at a byte, good until the next look. (candidates.c) */
const slk_gazetteer_look *slk_gazetteer_longest(slk_placing *p, uint32_t at, uint32_t stop);
/* Whether a hit can be a place; whether candidate c lies inside the region or country that candidate outer is: 1 by their
 * codes, 0 by their codes not, -1 cannot tell. (candidates.c) */
bool slk_is_place_hit(const slk_hit *h);
int slk_candidate_inside(const slk_candidate *c, const slk_candidate *outer);
/* The name a candidate goes by, NULL when out of memory. (candidates.c) */
const char *slk_candidate_name(const slk_placing *p, const slk_candidate *c);
static inline bool slk_candidate_is(const slk_candidate *c, const char *kind) { return strcmp(c->kind, kind) == 0; }
static inline bool slk_candidate_is_town(const slk_candidate *c) {
    return (c->table == SLK_T_PLACES || c->table == SLK_GAZETTEER) && strncmp(c->kind, "PPL", 3) == 0;
}

/* Weighs the candidates of all places. (choose.c) */
SLK_MUST slk_err slk_places_weigh(slk_placing *p);
/* Only a comma stands between places a and a + 1: "Atlanta, Georgia". (choose.c) */
bool slk_comma_joined(const slk_placing *p, uint32_t a);
/* How well candidate c lies inside candidate outer: 0 not at all. (choose.c) */
double slk_candidate_lies_in(const slk_candidate *c, const slk_candidate *outer);
/* Takes the one with most weight of every place and fills in what the tables know. (resolve.c) */
void slk_places_resolve(slk_placing *p);
/* The first place of the report with these words, SLK_NONE where none; and the noting of one. (resolve.c) */
uint32_t slk_placing_known(const slk_placing *p, slk_text words);
void slk_placing_note(slk_placing *p, uint32_t place);

#endif
