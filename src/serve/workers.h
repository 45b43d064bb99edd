/* workers.h - threads that answer what takes time, each with a handle of its own on the ledger, fed from one queue with an end: what
 * does not fit is refused at once, which is kinder than to wait for nothing. */
#ifndef SLK_SERVE_WORKERS_H
#define SLK_SERVE_WORKERS_H

#include "ledger/ledger.h"
#include "serve/http.h"

typedef struct slk_workers slk_workers;

typedef struct slk_workers_options {
    unsigned threads;
    unsigned waiting; /* calls that may wait */
    const char *ledger;
    const slk_pack *pack;
    void *ctx;
    /* On a worker's thread; answers the call. ledger: the worker's own, opened to read. */
    void (*work)(void *ctx, slk_call *call, slk_ledger *ledger);
} slk_workers_options;

/* Opens the ledger once for each thread and starts them. */
SLK_MUST slk_err slk_workers_start(const slk_workers_options *options, slk_workers **out, slk_fault *fault);
/* False where too many wait: the call is still the caller's. Any thread. */
bool slk_workers_give(slk_workers *w, slk_call *call);
unsigned slk_workers_waiting(slk_workers *w);
/* Answers what waits, then ends the threads. NULL is fine. */
void slk_workers_stop(slk_workers *w);

#endif
