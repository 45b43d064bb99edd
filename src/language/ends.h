/* ends.h - where sentences end: what is seen at the gap between two tokens of a paragraph, as keys of features, and the trained
 * weights that judge them. The trainer (train/ends.c) and the station (sentences.c) see through the same functions. Internal.
 *
 * The judge is linear: a sentence ends at a gap where the sum of the weights of its keys is above zero. Keys without a weight
 * count nothing, so the sum can be read off key by key (base/weights.h). */
#ifndef SLK_LANGUAGE_ENDS_H
#define SLK_LANGUAGE_ENDS_H

#include "base/reading.h"
#include "base/weights.h"
#include "pack/pack.h"

#define SLK_ENDS_KEYS 48u /* most keys of one gap */

typedef struct slk_end_token { /* what is asked of a token again and again */
    uint32_t word;             /* hash of its small letters, figures as 0 */
    uint16_t tail;             /* hash of its last letters */
    uint8_t look;              /* one of ends.c's looks */
    uint8_t upos;              /* 1 + slk_upos the table of common words gives first, 0 where it knows none */
    uint8_t gap;               /* before it: 0 nothing, 1 space, 2 the end of a line */
    uint8_t to_mark;           /* tokens up to the next end mark of the paragraph, as a class */
    uint8_t caps;              /* capitalised words in a row from here, up to 7 */
    uint8_t day;               /* 1: a day of the week or a month, 2: "a.m.", "p.m." */
} slk_end_token;

typedef struct slk_ends {
    const slk_reading *r;
    slk_end_token *t; /* one per token */
    uint8_t small;    /* class of how often a small letter follows an end mark in this text */
    uint8_t open;     /* class of how many paragraphs end without a mark */
    /* the paragraph */
    uint32_t start, last; /* its tokens */
    uint8_t marks, title, left_open;
    /* the sentence under way */
    uint32_t first;
    uint32_t words, smalls;
    int32_t brackets;
    uint8_t quotes, verb,
        before; /* before: look of the last token of the sentence before, 0 at the start of a paragraph */
} slk_ends;

/* Looks at all tokens of a reading; their `sentence` says which paragraph they stand in. SLK_OK or SLK_ENOMEM. O(n). */
SLK_MUST slk_err slk_ends_start(slk_ends *e, const slk_pack *pack, slk_reading *r);
void slk_ends_free(slk_ends *e);
/* A paragraph of the tokens first .. last begins. */
void slk_ends_paragraph(slk_ends *e, uint32_t first, uint32_t last);
/* Takes a token into the sentence under way, or begins a new one with it. Every token in turn. */
void slk_ends_pass(slk_ends *e, uint32_t token, bool begins);
/* What is known of the gap behind a token without weights: that no sentence ends there, that one does, or that the judge is to be
 * asked. Not for the last token of a paragraph. */
typedef enum slk_end { SLK_END_NO, SLK_END_ASK, SLK_END_YES } slk_end;
slk_end slk_ends_rule(const slk_ends *e, uint32_t token);
/* The keys of that gap; returns how many. */
uint32_t slk_ends_keys(const slk_ends *e, uint32_t token, uint32_t keys[SLK_ENDS_KEYS]);
/* Whether that gap stands behind a mark that may end a sentence, closing quotes and brackets passed over. */
bool slk_ends_marked(const slk_ends *e, uint32_t token);

#endif
