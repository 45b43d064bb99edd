/* pool.c - ordered jobs on threads. See pool.h.
 *
 * A ring of 4 * threads slots holds the jobs under way in their order. A worker takes the next free slot and job under the
 * lock, works without it, marks the slot finished, and whoever finds the oldest slot finished hands it on. */
#include "base/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS_MOST 256u

typedef struct slot {
    void *job;
    bool finished;
} slot;

typedef struct pool {
    const slk_pool_jobs *jobs;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* a slot was freed or there are no more jobs */
    slot *ring;
    size_t cap, first, n; /* n slots in use from first on */
    bool dry, handing;    /* no more jobs; somebody is inside done() */
} pool;

/* Hands on every finished job at the front. Called and left with the lock held; done() runs without it. */
static void hand_on(pool *p) {
    if (p->handing) return;
    p->handing = true;
    while (p->n > 0 && p->ring[p->first].finished) {
        void *job = p->ring[p->first].job;
        pthread_mutex_unlock(&p->lock);
        bool more = p->jobs->done(p->jobs->ctx, job);
        pthread_mutex_lock(&p->lock);
        if (!more) p->dry = true;
        p->ring[p->first] = (slot){0};
        p->first = (p->first + 1) % p->cap;
        p->n--;
        pthread_cond_broadcast(&p->moved);
    }
    p->handing = false;
}

static void *worker(void *arg) {
    pool *p = arg;
    pthread_mutex_lock(&p->lock);
    while (!p->dry) {
        if (p->n == p->cap) {
            pthread_cond_wait(&p->moved, &p->lock);
            continue;
        }
        void *job = p->jobs->next(p->jobs->ctx);
        if (!job) {
            p->dry = true;
            break;
        }
        size_t at = (p->first + p->n++) % p->cap;
        p->ring[at] = (slot){.job = job};
        pthread_mutex_unlock(&p->lock);
        p->jobs->work(p->jobs->ctx, job);
        pthread_mutex_lock(&p->lock);
        p->ring[at].finished = true;
        hand_on(p);
    }
    pthread_cond_broadcast(&p->moved);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void run_alone(const slk_pool_jobs *jobs) {
    void *job;
    while ((job = jobs->next(jobs->ctx)) != NULL) {
        jobs->work(jobs->ctx, job);
        if (!jobs->done(jobs->ctx, job)) return;
    }
}

static unsigned machine_threads(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

slk_err slk_pool_run(const slk_pool_jobs *jobs, unsigned threads) {
    if (threads == 0) threads = machine_threads();
    if (threads > THREADS_MOST) threads = THREADS_MOST;
    if (threads == 1) {
        run_alone(jobs);
        return SLK_OK;
    }
    pool p = {.jobs = jobs, .cap = (size_t)threads * 4};
    pthread_t *ids = calloc(threads, sizeof *ids);
    p.ring = calloc(p.cap, sizeof *p.ring);
    slk_err err = SLK_ENOMEM;
    unsigned started = 0;
    if (!ids || !p.ring || pthread_mutex_init(&p.lock, NULL) != 0) goto memory;
    if (pthread_cond_init(&p.moved, NULL) != 0) goto lock;
    while (started < threads && pthread_create(&ids[started], NULL, worker, &p) == 0) started++;
    for (unsigned i = 0; i < started; i++) (void)pthread_join(ids[i], NULL);
    if (started == 0) run_alone(jobs); /* no thread to be had: the work is still done */
    err = SLK_OK;
    (void)pthread_cond_destroy(&p.moved);
lock:
    (void)pthread_mutex_destroy(&p.lock);
memory:
    free(ids);
    free(p.ring);
    return err;
}
