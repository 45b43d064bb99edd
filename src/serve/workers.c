/* workers.c - the queue and its threads. See workers.h. */
#include "serve/workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"

typedef struct worker {
    slk_workers *all;
    slk_ledger *ledger;
    pthread_t thread;
    bool started;
} worker;

struct slk_workers {
    slk_workers_options options;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool over;
    slk_call **queue; /* a ring */
    unsigned first, n;
    worker *at;
    unsigned n_threads;
};

static slk_call *next(slk_workers *w) {
    slk_call *call = NULL;
    (void)pthread_mutex_lock(&w->lock);
    while (!w->n && !w->over) (void)pthread_cond_wait(&w->woken, &w->lock);
    if (w->n) {
        call = w->queue[w->first];
        w->first = (w->first + 1) % w->options.waiting;
        w->n--;
    }
    (void)pthread_mutex_unlock(&w->lock);
    return call;
}

static void *run(void *ctx) {
    worker *me = ctx;
    slk_call *call;
    while ((call = next(me->all)) != NULL) me->all->options.work(me->all->options.ctx, call, me->ledger);
    return NULL;
}

bool slk_workers_give(slk_workers *w, slk_call *call) {
    (void)pthread_mutex_lock(&w->lock);
    bool room = w->n < w->options.waiting && !w->over;
    if (room) w->queue[(w->first + w->n++) % w->options.waiting] = call;
    (void)pthread_cond_signal(&w->woken);
    (void)pthread_mutex_unlock(&w->lock);
    return room;
}

unsigned slk_workers_waiting(slk_workers *w) {
    (void)pthread_mutex_lock(&w->lock);
    unsigned n = w->n;
    (void)pthread_mutex_unlock(&w->lock);
    return n;
}

static slk_err start_one(slk_workers *w, worker *one, slk_fault *fault) {
    one->all = w;
    slk_err err = slk_ledger_open(w->options.ledger, SLK_LEDGER_READ, w->options.pack, NULL, &one->ledger, fault);
    if (err != SLK_OK) return err;
    w->n_threads++;
    int rc = pthread_create(&one->thread, NULL, run, one);
    if (rc != 0) return slk_fault_say(fault, SLK_ENOMEM, "no thread: %s", strerror(rc));
    one->started = true;
    return SLK_OK;
}

slk_err slk_workers_start(const slk_workers_options *options, slk_workers **out, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_workers *w = calloc(1, sizeof *w);
    if (w) {
        w->queue = calloc(options->waiting, sizeof(slk_call *));
        w->at = calloc(options->threads, sizeof *w->at);
    }
    if (!w || !w->queue || !w->at || pthread_mutex_init(&w->lock, NULL) != 0 ||
        pthread_cond_init(&w->woken, NULL) != 0) {
        if (w) {
            free(w->queue);
            free(w->at);
        }
        free(w);
        return slk_fault_say(fault, SLK_ENOMEM, "no memory for the workers");
    }
    w->options = *options;
    for (unsigned i = 0; err == SLK_OK && i < options->threads; i++) err = start_one(w, &w->at[i], fault);
    if (err == SLK_OK)
        *out = w;
    else
        slk_workers_stop(w);
    return err;
}

void slk_workers_stop(slk_workers *w) {
    if (!w) return;
    (void)pthread_mutex_lock(&w->lock);
    w->over = true;
    (void)pthread_cond_broadcast(&w->woken);
    (void)pthread_mutex_unlock(&w->lock);
    for (unsigned i = 0; i < w->n_threads; i++) {
        if (w->at[i].started) (void)pthread_join(w->at[i].thread, NULL);
        slk_ledger_close(w->at[i].ledger);
    }
    (void)pthread_cond_destroy(&w->woken);
    (void)pthread_mutex_destroy(&w->lock);
    free(w->queue);
    free(w->at);
    free(w);
}
