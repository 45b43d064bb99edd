/* nearest.h - which of some words was meant: for "did you mean" after a word that the program does not know. */
#ifndef SLK_BASE_NEAREST_H
#define SLK_BASE_NEAREST_H

#include "sillok.h"

/* Slips that lead from a to b: letters left out, put in, changed, or two that changed places. 99 where one is longer than
 * 31 bytes. */
unsigned slk_nearest_slips(slk_text a, slk_text b);

typedef struct slk_nearest { /* start with {.word = ..., .slips = 3}; .found stays NULL where nothing is near */
    slk_text word;
    const char *found;
    unsigned slips; /* a candidate needs fewer, and fewer than half of its letters */
} slk_nearest;

void slk_nearest_try(slk_nearest *n, const char *candidate);

#endif
