/* follow.h - follows feeds: asks each in its time, fetches the pages that new and changed entries lead to, reads them and records
 * what they say in the ledger. What holds for every request: robots.txt is asked first, a host is asked one thing at a time with
 * a pause between, what it wants in peace (429, 503, Retry-After) is left in peace, and longer each time.
 *
 * Where a page cannot be had for good (forbidden by robots.txt, gone, no text), what the feed itself says of it is recorded instead.
 * Its memory lies in the ledger (ledger/feeds.h), so that it may be killed at any moment and goes on where it was. */
#ifndef SLK_WATCH_FOLLOW_H
#define SLK_WATCH_FOLLOW_H

#include <signal.h>

#include "engine.h"
#include "ledger/ledger.h"

#define SLK_FOLLOW_BACKOFF_MOST_S 86400 /* the longest time something is left alone of our own accord or by its word */
#define SLK_FOLLOW_TRIES_MOST 10        /* failures after which a page is given up: some seventeen hours */
#define SLK_FOLLOW_HOPS_MOST 5          /* redirects in a row */

typedef enum slk_told_kind {
    SLK_TOLD_REPORT, /* a report is recorded, or was already: reading and added are set; why: no page was to be had, so
                         it is what the feed says */
    SLK_TOLD_UNCHANGED, /* a page that was fetched again is as it was */
    SLK_TOLD_GIVEN_UP,  /* a page cannot be had, nor does the feed say anything in its place; why */
    SLK_TOLD_LATER,     /* something is tried again later; why */
    SLK_TOLD_FEED,      /* a feed was read; entries says how many of its entries are new or changed */
    SLK_TOLD_FEED_BAD   /* a feed cannot be read, or is gone; why */
} slk_told_kind;

typedef struct slk_told { /* borrowed during the call; what it says is durable */
    slk_told_kind kind;
    const char *url;
    const char *why;
    const slk_reading *reading;
    const slk_added *added;
    uint32_t entries;
} slk_told;

typedef struct slk_follow_options {
    bool once;                         /* ask each feed once, fetch what is due, end */
    bool allow_private;                /* addresses that are not of the public internet too */
    int64_t every_s;                   /* between two looks at a feed */
    int64_t pause_ms;                  /* between two requests to a host */
    const char *agent;                 /* User-Agent */
    const volatile sig_atomic_t *stop; /* not 0: end soon */
    void *ctx;
    void (*tell)(void *ctx, const slk_told *told);
} slk_follow_options;

typedef struct slk_follow_sums {
    uint64_t feeds_read, feeds_failed; /* looks at feeds */
    uint64_t recorded, already, given_up;
    uint32_t waiting; /* pages and feeds that are left alone for now */
} slk_follow_sums;

/* Follows n feeds by their addresses until told to stop (or once). Fails with SLK_ENOMEM, or what the ledger fails with; fault says
 * why. sums is filled in any case. */
SLK_MUST slk_err slk_follow(const slk_engine *engine, slk_ledger *ledger, char *const *urls, uint32_t n,
                            const slk_follow_options *options, slk_follow_sums *sums, slk_fault *fault);

#endif
