/* ordering.h - what the files of claims of order share: chronology.c finds the claims, order.c knows what their words count and the
 * time in which it is counted. Internal to the station of meaning. */
#ifndef SLK_MEANING_ORDERING_H
#define SLK_MEANING_ORDERING_H

#include "meaning/checking.h"

typedef struct slk_ordering { /* the search through one report */
    const slk_pack *pack;
    slk_reading *r;
    const slk_event *main;
    uint32_t main_index;
    slk_instant day; /* of the news; precision NONE where not known */
} slk_ordering;

typedef struct slk_counted { /* a word of what is counted */
    const char *type;        /* NULL: no such word */
    uint32_t event;          /* the event of the reading that it tells of, or SLK_NONE */
    bool stands;             /* "activity": names no deed of its own */
} slk_counted;

typedef enum slk_window_kind {
    SLK_WINDOW_NONE,
    SLK_WINDOW_SINCE,  /* "since 2017": it happened then, and not in between */
    SLK_WINDOW_LENGTH, /* "in five years", "within a week": so long before the deed spoken of */
    SLK_WINDOW_WHOLE,  /* "this year", "in January", of a deed in that time */
    SLK_WINDOW_WHEN,   /* "in 2006", of a deed that is not the one spoken of: says when it was */
    SLK_WINDOW_EVER    /* "ever" */
} slk_window_kind;

typedef struct slk_window {
    slk_window_kind kind;
    uint32_t time; /* index of the time; SLK_NONE for EVER */
    slk_span span; /* of its words */
    slk_instant since, until;
} slk_window;

bool slk_order_is(const slk_reading *r, uint32_t token, const char *z);
bool slk_order_same_sentence(const slk_reading *r, uint32_t a, uint32_t b);
/* The value of a word of data/order_words.tsv of this kind, "" where it has none; NULL where it is no such word. */
const char *slk_order_word(const slk_ordering *c, uint32_t token, const char *kind);

/* What the word of a token counts. */
slk_counted slk_order_counted(const slk_ordering *c, uint32_t token);
/* The same also for words of flying ("flew over the country for the first time"); NULL where it is none. */
const char *slk_order_flight(const slk_ordering *c, uint32_t token);
/* The type of the news; NULL where it is none that is counted. */
const char *slk_order_news(const slk_ordering *c);
/* A weapon named, or a word for nuclear, among tokens [first, last) gives the type more exactly; NULL where none is. */
const char *slk_order_type_among(const slk_ordering *c, uint32_t first, uint32_t last);

/* The class of a weapon named among tokens [first, last), where classes exclude each other ("MRBM"); NULL where none is. */
const char *slk_order_class_among(const slk_ordering *c, uint32_t first, uint32_t last);

/* The day a length of time ("P2M", "P1W") before a day. False for lengths below a day and where there is no figure. */
bool slk_order_before(slk_instant day, const char *duration, slk_instant *out);
/* The time in which is counted what stands before token `from`, looked for up to 14 tokens on in its sentence. day: of the deed
 * spoken of. */
slk_window slk_order_window(const slk_ordering *c, uint32_t from, slk_instant day);

/* A claim that this is number `ordinal` of a type. event: that its own words tell, or SLK_NONE for the news; token: the word counted,
 * next to which whose deed it is may be said. (order_claim.c) */
slk_check slk_order_start(const slk_ordering *c, uint32_t ordinal, const char *type, uint32_t event, uint32_t token);
/* The day of an event; that of the news where it has none of its own. */
slk_instant slk_order_day(const slk_ordering *c, uint32_t event);
/* Fills in window and kind. False where the words claim nothing of order. */
bool slk_order_set(slk_check *check, const slk_window *w);
/* Appends the claim with its words. SLK_OK, SLK_ENOMEM or SLK_ELIMIT. */
SLK_MUST slk_err slk_order_put(const slk_ordering *c, slk_check *check, slk_span words);

#endif
