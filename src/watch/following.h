/* following.h - what the files of follow.c share: the run, and what becomes of a job. Only they include it. */
#ifndef SLK_WATCH_FOLLOWING_H
#define SLK_WATCH_FOLLOWING_H

#include "ledger/feeds.h"
#include "watch/fetch.h"
#include "watch/follow.h"
#include "watch/queue.h"

typedef struct slk_watched { /* one feed of the run */
    char *url;
    slk_arena arena; /* of state's strings */
    slk_followed state;
} slk_watched;

typedef struct slk_following {
    const slk_engine *engine;
    slk_ledger *ledger;
    const slk_follow_options *options;
    slk_follow_sums *sums;
    slk_fault *fault;
    slk_fetcher *fetcher;
    slk_queue queue;
    unsigned under_way;
    slk_watched *feeds;
    uint32_t n;
} slk_following;

/* Every function here returns SLK_OK, or what ends the run: SLK_ENOMEM and what the ledger fails with (g->fault says why). A job that
 * is handed over is owned by the callee. */

int64_t slk_following_now_s(void);
int64_t slk_following_now_ms(void);
void slk_following_tell(const slk_following *g, const slk_told *told);

/* follow.c: the job failed; it is tried again after retry_after_s, or where that is 0 after a time that grows with its failures. */
SLK_MUST slk_err slk_following_later(slk_following *g, slk_job *job, int64_t retry_after_s, const char *why);
/* The job cannot be done. */
SLK_MUST slk_err slk_following_never(slk_following *g, slk_job *job, const char *why);
/* A feed's job is done: it is asked again in its time. */
SLK_MUST slk_err slk_following_again(slk_following *g, slk_job *job);
/* A page waits from now on: to be fetched from link, or where that is NULL told at once by what the feed says. */
SLK_MUST slk_err slk_following_wait(slk_following *g, const slk_waiting *w);
/* Starts a job's request; its host is busy until the answer. */
SLK_MUST slk_err slk_following_start(slk_following *g, slk_job *job, const slk_request *request);

/* follow_robots.c: whether robots.txt allows a job. Where that is not known it is asked first, and the job waits in `then`. */
typedef enum slk_may { SLK_MAY, SLK_MAY_NOT, SLK_MAY_BE_ASKED } slk_may;
SLK_MUST slk_err slk_following_may(slk_following *g, slk_job *job, slk_may *out);
SLK_MUST slk_err slk_following_robots(slk_following *g, slk_job *job, const slk_fetched *done);

/* follow_feed.c: a feed's answer (2xx), as entries that wait. */
SLK_MUST slk_err slk_following_feed(slk_following *g, slk_job *job, const slk_fetched *done);
/* follow_page.c: a page's answer (2xx), as a report; and what stands for one that cannot be had. */
SLK_MUST slk_err slk_following_page(slk_following *g, slk_job *job, const slk_fetched *done);
SLK_MUST slk_err slk_following_in_its_place(slk_following *g, int64_t row, const char *why);

#endif
