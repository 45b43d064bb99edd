/* factuality.h - did it happen? For every predicate of a report: how sure whoever tells it is (FactBank), and how far it has happened, from
 * -3 (certainly not) to +3 (certainly), as a reader would say. The first is read off modals, negation, conditions and the stance of the
 * voice around (factuality.c); the second is judged by trained weights (model/happened.md) over the traits of the tree (traits.c). The
 * trainer (train/happened.c) and the station see through the same functions. Internal to the station of meaning. */
#ifndef SLK_MEANING_FACTUALITY_H
#define SLK_MEANING_FACTUALITY_H

#include "base/reading.h"
#include "pack/pack.h"

#define SLK_TRAITS_MOST 96u    /* most keys of one predicate */
#define SLK_HAPPENED_SCALE 256 /* of the sums of weights: units in one step of the scale from -3 to +3 */

typedef struct slk_trait { /* what hangs on a token, as the traits see it; words as hashes, 0: none */
    uint32_t modal, mark, subject;
    uint8_t form;           /* of the verb, or what else it is */
    uint8_t aux;            /* 1 do, 2 have, 4 be */
    bool negated, to, none; /* none: a determiner or pronoun that says nobody, nothing, no */
    bool supposed;          /* under "if", "unless", "whether" */
} slk_trait;

typedef struct slk_traits {
    slk_reading *r;
    slk_trait *at;   /* one per token */
    uint32_t *child; /* per token: the first adverb on it, SLK_NONE */
    uint32_t *next;  /* per token: the next adverb on the same word */
    char *end;       /* per sentence: '.', '?', '!' or '-' */
} slk_traits;

/* Looks at all tokens of a reading that has its trees; memory from its arena. SLK_OK or SLK_ENOMEM. O(n). (traits.c) */
SLK_MUST slk_err slk_traits_start(slk_traits *t, slk_reading *r);
/* The keys of the predicate whose content word a token is; returns how many, at most SLK_TRAITS_MOST. */
uint32_t slk_traits_keys(const slk_traits *t, uint32_t token, uint32_t keys[SLK_TRAITS_MOST]);

#endif
