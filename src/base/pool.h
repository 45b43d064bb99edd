/* pool.h - runs many independent jobs on several threads and hands their results back in the order of the jobs.
 *
 * The caller gives three functions: next (called under a lock, one at a time, makes job k or says there is none), work
 * (called on any thread, many at once), done (called one at a time, strictly in the order 0, 1, 2, ...). At most
 * 4 * threads jobs are under way, so memory is bounded. Output order and content cannot depend on the number of threads. */
#ifndef SLK_BASE_POOL_H
#define SLK_BASE_POOL_H

#include "sillok.h"

typedef struct slk_pool_jobs {
    void *ctx;
    void *(*next)(void *ctx);           /* NULL: no more jobs */
    void (*work)(void *ctx, void *job); /* must not touch what other jobs use */
    bool (*done)(void *ctx, void *job); /* owns and frees the job; false: stop soon, take no new jobs */
} slk_pool_jobs;

/* threads 0: as many as the machine has. With 1 everything runs on the caller's thread. Returns SLK_OK, or SLK_ENOMEM
 * when not even one thread could be had (then nothing was run). Jobs taken by next are always given to done. */
SLK_MUST slk_err slk_pool_run(const slk_pool_jobs *jobs, unsigned threads);

#endif
