/* time_finder.h - inside the measuring station: the walk that reads the time expressions off a text, before any is resolved. */
#ifndef SLK_MEASURE_TIME_FINDER_H
#define SLK_MEASURE_TIME_FINDER_H

#include "measure/timing.h"

typedef struct slk_time_found { /* an expression of the text on its way */
    slk_said s;
    uint32_t sentence;
    uint32_t time; /* its index in the list of times */
    uint8_t lean;  /* slk_time_lean */
    bool range;    /* the first of a pair: "between 6 and 7 a.m." */
    bool gloss;    /* restates the one before it, or, behind a range, its counterpart */
    bool chain;    /* a gloss behind a gloss in one bracket: restates the same */
    bool dateline; /* "SEOUL, March 4 (Reuters) -" */
} slk_time_found;

typedef struct slk_time_finder {
    const slk_pack *pack;
    slk_reading *r;
    slk_lexer *x;
    SLK_LIST(slk_time_found) found;
    uint32_t name, quantity, pred; /* where the walk stands in these lists */
    slk_anchor anchor;
    uint32_t told_sentence;           /* where anchor.told was told */
    uint32_t year_sentence, year_end; /* where a year was last said */
    uint32_t told_years;              /* 1: anchor.told was told with its year */
    slk_time_point aside;             /* a date far from what a history tells of, named in passing */
    uint32_t aside_sentence;
} slk_time_finder;

/* Fills f->found in text order. SLK_OK, SLK_ENOMEM or SLK_ELIMIT; O(n). (time_find.c) */
SLK_MUST slk_err slk_times_walk(slk_time_finder *f);
/* A year of four figures and nothing else. */
bool slk_said_plain_year(const slk_said *s);

/* Glosses (time_gloss.c). */
slk_text slk_times_between(const slk_time_finder *f, uint32_t a, uint32_t b); /* the text between two of found */
void slk_glosses_find(
    slk_time_finder *f); /* marks those that restate the time before them; gives clocks the zone of their place */
uint32_t slk_gloss_target(const slk_time_finder *f, uint32_t i); /* what the gloss i restates */
/* The day of a gloss that says none, from the time it restates. */
void slk_gloss_day(const slk_time_finder *f, const slk_time *main, slk_said *s);
/* The day of a clock time that says none, from the gloss behind it; false where that says none either. */
bool slk_day_of_gloss(const slk_time_finder *f, uint32_t i, slk_said *s);

/* Readers of what is joined (time_join.c). Ranges give two expressions; *second_at is the lexeme the second begins at. */
void slk_said_take_day(slk_said *clock, const slk_said *day); /* the clock time on that day; keeps the clock's span */
uint32_t slk_read_clock_phrase(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_day_clock(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_clock_range(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at, slk_said *second);
uint32_t slk_read_day_before(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at, slk_said *second);
uint32_t slk_read_day_behind(const slk_lexer *x, uint32_t i, slk_said *first, slk_said *second);

#endif
