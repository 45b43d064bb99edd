/* gist.h - what reports are about, and which of them tell one story. A report's gist is its weightiest words (tf-idf with the counts of
 * the ledger, as one-pass topic detection does). Stories are clusters of gists; each report is of exactly one, alone at first.
 * Internal to the ledger station. */
#ifndef SLK_LEDGER_GIST_H
#define SLK_LEDGER_GIST_H

#include "base/reading.h"
#include "ledger/store.h"

#define SLK_GIST_MOST 96u       /* words kept of a report */
#define SLK_GIST_NEAR_MOST 48u  /* earlier reports that are looked at */
#define SLK_GIST_MATES_MOST 12u /* of these, those that links are looked for in */
#define SLK_GIST_WINDOW 96u     /* reports that are held against each other at once */
#define SLK_GIST_PRIOR 1000.0   /* as if so many reports had been seen before the first */

/* Reports are held against each other in these views of their words. */
typedef enum slk_gist_view {
    SLK_GIST_ALL,
    SLK_GIST_LEAD,
    SLK_GIST_NAMES,
    SLK_GIST_NUMBERS,
    SLK_GIST_VIEWS
} slk_gist_view;

typedef struct slk_gist_word {
    uint32_t hash;
    uint16_t weight; /* 256ths */
    uint8_t views;   /* bits of slk_gist_view but the first, of which all are */
} slk_gist_word;

typedef struct slk_gist {
    int64_t report, story;
    bool dated;
    int64_t day;                   /* of publication, since 1970 */
    bool timed;                    /* its news is a launch or test of a told day, */
    int64_t first_s, last_s;       /* which lies between these, inclusive */
    double length[SLK_GIST_VIEWS]; /* of the vector of each view */
    uint32_t n;
    slk_gist_word at[SLK_GIST_MOST]; /* by hash */
    slk_text said[SLK_GIST_MOST];    /* the words themselves, of a report that is just read; borrowed from it */
} slk_gist;

typedef struct slk_near { /* earlier reports that share rare words, those that share most first */
    int64_t report[SLK_GIST_NEAR_MOST];
    uint32_t n;
} slk_near;

/* Makes the gist of a report that was just written, keeps the words it may be found by and finds the reports that share them. story,
 * day and times are left to the caller. O(words). (near.c) */
SLK_MUST slk_err slk_gist_make(slk_ledger *l, const slk_reading *r, int64_t report, slk_arena *arena, slk_gist *out,
                               slk_near *near, slk_fault *fault);
/* Of a word, whatever its case: the key of its counts. */
uint64_t slk_gist_hash(slk_text t);

/* Fills in the lengths; before a gist is compared. (likeness.c) */
void slk_gist_measure(slk_gist *g);
/* How likely each two of n reports tell one story, 0 to 1, into rows and columns of SLK_GIST_WINDOW. n is at most that. SLK_OK or SLK_ENOMEM.
 * O(words that two of them share). */
SLK_MUST slk_err slk_gist_compare(const slk_gist *const *gist, uint32_t n, slk_arena *arena, float *alike);

typedef struct slk_story_move { /* a report that another one's coming has put into another story */
    int64_t report, from, to;
} slk_story_move;

typedef struct slk_story_mate { /* an earlier report with like words */
    int64_t report;
    double alike;
    bool same; /* of the same story */
} slk_story_mate;

typedef struct slk_stories {                   /* what became of the stories around a report */
    int64_t story;                             /* that of the report, from 1; 0: it has no gist */
    slk_story_mate mates[SLK_GIST_MATES_MOST]; /* the most alike first */
    uint32_t n_mates;
    char shared[96]; /* the weightiest words it shares with the first of them, for people */
    SLK_LIST(slk_story_move) moves;
} slk_stories;

/* Writes a gist and finds its story: the reports near it and those of their stories are clustered anew (average link), but for
 * stories that have outgrown the window, which stay as they are. The result for a set of reports hardly depends on the order
 * in which they came; what it changes for earlier ones is said in moves. (stories.c) */
SLK_MUST slk_err slk_stories_place(slk_ledger *l, slk_gist *g, const slk_near *near, slk_arena *arena, slk_stories *out,
                                   slk_fault *fault);

#endif
