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

/* The same for two tellings of reports that tell the same story in other words (near.c): deeds without a date of their own. */
bool slk_fit_near(const slk_profile *a, const slk_profile *b);

#endif
