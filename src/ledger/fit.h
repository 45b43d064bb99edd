/* fit.h - may two tellings be of one event? Internal to linking. */
#ifndef SLK_LEDGER_FIT_H
#define SLK_LEDGER_FIT_H

#include "ledger/inside.h"

typedef enum slk_fit_time {
    SLK_TIMES_DIFFER,  /* other days, or clocks more than twenty minutes apart */
    SLK_TIMES_UNKNOWN, /* one of them has none */
    SLK_TIMES_ASSUMED, /* one is of about the day its report was published */
    SLK_TIMES_COARSE,  /* one lies in the month or year that the other names */
    SLK_TIMES_WEEK,    /* one lies in the week that the other names */
    SLK_TIMES_DAYLINE, /* one's date is that of the other's moment by another clock (Tuesday in Washington) */
    SLK_TIMES_DAY,     /* same day at the place */
    SLK_TIMES_NEAR,    /* clocks within twenty minutes */
    SLK_TIMES_CLOCK    /* clocks within three minutes */
} slk_fit_time;

typedef struct slk_fit {
    bool contradicts; /* they cannot be one event */
    int score;        /* SLK_FIT_ENOUGH and more: they may be; higher is surer */
    slk_fit_time time;
    bool place, weapon; /* same place, same special weapon class */
} slk_fit;

#define SLK_FIT_ENOUGH 5

slk_fit slk_fit_of(const slk_profile *a, const slk_profile *b);

/* The same for two tellings of reports that tell the same story (stories.c): deeds without a date of their own. */
bool slk_fit_near(const slk_profile *a, const slk_profile *b);

typedef enum slk_fit_undated_is {
    SLK_UNDATED_NO,    /* they cannot be one, or both have a date */
    SLK_UNDATED_OPEN,  /* neither has a date, and nothing that both say differs */
    SLK_UNDATED_DATED, /* the same, but one has a date */
    SLK_UNDATED_YES    /* day of the week and clock agree */
} slk_fit_undated_is;

/* Two launches, or tests, at least one without a date. */
slk_fit_undated_is slk_fit_undated(const slk_profile *a, const slk_profile *b);
/* May a be a launch that its report answers ("condemned the launch"), and b, of a report of the same story, tell of it? */
bool slk_fit_answered(const slk_profile *a, const slk_profile *b);

/* Is it the news of its story: what the report as a whole tells, or the deed that is its news? Launches and words are events of their
 * own. */
bool slk_fit_is_story(const slk_profile *p);
/* May two such tellings of one story be of one event? */
bool slk_fit_story(const slk_profile *a, const slk_profile *b);

#endif
