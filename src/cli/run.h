/* run.h - what read, add and check have in common: take reports from the intake, read them on several threads, and hand each
 * reading (or fault) on in input order. */
#ifndef SLK_CLI_RUN_H
#define SLK_CLI_RUN_H

#include "cli/out.h"
#include "engine.h"
#include "intake/intake.h"

typedef struct slk_run_result { /* borrowed during the call */
    const slk_item *item;
    const slk_reading *reading; /* NULL where fault says why */
    const slk_fault *fault;
    slk_buf *out; /* what prepare wrote */
} slk_run_result;

typedef struct slk_run {
    unsigned layers;
    void *ctx;
    /* On any thread, many at once: writes into result->out. May be NULL. Only for readings that succeeded. */
    void (*prepare)(void *ctx, const slk_run_result *result);
    /* In input order, one at a time. False: stop. */
    bool (*take)(void *ctx, const slk_run_result *result);
    slk_resume resume; /* see slk_intake_resume; on any thread; NULL: all is read */
} slk_run;

/* Opens the engine, runs over all operands and says faults of inputs on standard error. Returns the exit status so far:
 * SLK_EXIT_OK, SLK_EXIT_SOME (some inputs failed), SLK_EXIT_FAULT (no pack, no memory). */
int slk_run_reports(const slk_args *args, slk_engine **engine, const slk_run *run);

/* Opens the engine or says why not. */
slk_engine *slk_run_engine(void);

#endif
