/* queue.h - what is to be fetched from which host, and when a host may be asked again. One request at a time and a pause between two
 * requests for each host; hosts do not wait for each other. Instants in seconds are UTC; milliseconds are of a clock that only
 * goes forward; both are the caller's. Origins are scheme, host and port ("https://wire.example"): robots.txt belongs to these. */
#ifndef SLK_WATCH_QUEUE_H
#define SLK_WATCH_QUEUE_H

#include "watch/robots.h"

typedef enum slk_job_kind { SLK_JOB_FEED, SLK_JOB_PAGE, SLK_JOB_ROBOTS } slk_job_kind;

typedef struct slk_host {
    char *origin;
    bool busy;             /* a request is under way */
    int64_t free_ms;       /* it may be asked again */
    int64_t not_before_s;  /* it said, or showed, that it wants to be left alone until then */
    unsigned failures;     /* in a row of not answering at all */
    slk_robots *robots;    /* NULL: not known */
    int64_t robots_till_s; /* until then */
    struct slk_job *first, *last;
    struct slk_host *next;
} slk_host;

typedef struct slk_job {
    slk_job_kind kind;
    int64_t row;   /* of a page: in the ledger; of a feed: its index */
    int64_t tries; /* that failed so far */
    char *url;     /* to be fetched next; from malloc */
    unsigned hops; /* redirects so far */
    int64_t due_s;
    slk_host *host;
    struct slk_job *next;
    struct slk_job *then; /* of a job that asks for robots.txt: what waits for it */
} slk_job;

typedef struct slk_queue { /* start with {0} */
    slk_host *hosts;
} slk_queue;

void slk_queue_free(slk_queue *q);

/* NULL when out of memory; free with slk_job_free. url is copied. */
slk_job *slk_job_new(slk_job_kind kind, int64_t row, const char *url, int64_t due_s);
void slk_job_free(slk_job *job);
/* Gives the job another address; false when out of memory. */
SLK_MUST bool slk_job_turn(slk_job *job, const char *url);

/* Puts a job in at the end, under its address's origin; the queue owns it on SLK_OK. SLK_EINPUT where the address is not http or
 * https, SLK_ENOMEM. */
SLK_MUST slk_err slk_queue_put(slk_queue *q, slk_job *job);
/* Puts a job back at the front of its host's. */
void slk_queue_put_back(slk_job *job);
/* The next job that is due, of a host that may be asked: taken out, its host busy. NULL for none. */
slk_job *slk_queue_take(slk_queue *q, int64_t now_s, int64_t now_ms);
/* Milliseconds until slk_queue_take could give one, -1 where nothing waits. Jobs and hosts that are to be left alone for longer than
 * patience_s are not waited for. */
int64_t slk_queue_wait_ms(const slk_queue *q, int64_t now_s, int64_t now_ms, int64_t patience_s);
/* How many jobs wait. */
uint32_t slk_queue_waiting(const slk_queue *q);

#endif
