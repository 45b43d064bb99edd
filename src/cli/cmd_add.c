/* cmd_add.c - `sillok add`: reads reports on all threads and records them in input order. Reports are committed in groups (one
 * fsync for many), and a report's line is printed only when its group is on the disk: what was said to be recorded is. A second
 * thread commits what waits too long, so that a slow input holds neither the ledger's lock nor its own lines back. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/desk.h"
#include "cli/open.h"
#include "cli/recorded.h"
#include "cli/resume.h"
#include "cli/run.h"
#include "export/export.h"

#define GROUP_MOST 64u /* reports in one commit */
#define WAIT_MS 100    /* that a recorded report waits for its commit at most */
#define LINES_MOST_B ((size_t)1 << 28)

typedef struct adding {
    slk_ledger *ledger;
    const slk_args *args;
    bool jsonl, quiet;
    slk_style style;
    pthread_mutex_t lock; /* over all that follows and the ledger */
    pthread_cond_t woken;
    bool over;
    slk_buf lines; /* of reports that wait for their commit */
    unsigned waiting;
    int64_t oldest_ms;
    slk_err err;
    slk_resuming resuming;
    bool mute; /* standard output is gone; recording goes on */
    uint64_t recorded, already, events_new, events_joined;
} adding;

static int64_t now_ms(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---------------------------------------------------------------- commits; the lock is held */

static bool failed(adding *g, slk_err err, slk_fault *fault) {
    fault->code = err;
    g->err = err;
    slk_say_fault(NULL, fault);
    if (g->waiting)
        slk_say("%u report%s before it %s not recorded either; add the same input again", g->waiting,
                g->waiting == 1 ? "" : "s", g->waiting == 1 ? "is" : "are");
    g->waiting = 0;
    slk_buf_clear(&g->lines);
    return false;
}

static bool commit(adding *g) {
    slk_fault fault = {.code = SLK_OK};
    if (g->err != SLK_OK) return false;
    slk_err err = slk_resuming_write(&g->resuming, &fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->ledger, &fault);
    if (err != SLK_OK) return failed(g, err, &fault);
    g->waiting = 0;
    if (!g->mute && !(slk_put_buf(&g->lines) && slk_put_flush())) g->mute = true;
    slk_buf_clear(&g->lines);
    return true;
}

/* Commits what has waited long enough, until all is over. */
static void *keep_committing(void *ctx) {
    adding *g = ctx;
    (void)pthread_mutex_lock(&g->lock);
    while (!g->over) {
        struct timespec until;
        if (clock_gettime(CLOCK_REALTIME, &until) != 0) break;
        until.tv_nsec += WAIT_MS / 2 * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void)pthread_cond_timedwait(&g->woken, &g->lock, &until);
        if (g->waiting && now_ms() - g->oldest_ms >= WAIT_MS) (void)commit(g);
    }
    (void)pthread_mutex_unlock(&g->lock);
    return NULL;
}

/* ---------------------------------------------------------------- one report */

static bool record(adding *g, const slk_run_result *result) {
    slk_added added = {0};
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_ledger_add(g->ledger, result->reading, (int64_t)time(NULL), &added, &fault);
    if (err != SLK_OK) {
        (void)commit(g); /* those before it, where they can still be kept */
        return failed(g, err, &fault);
    }
    err = slk_resuming_note(&g->resuming, result->item, &fault);
    if (err != SLK_OK) return failed(g, err, &fault);
    if (g->waiting++ == 0) g->oldest_ms = now_ms();
    g->recorded += !added.already;
    g->already += added.already;
    g->events_new += added.events_new;
    g->events_joined += added.events_joined;
    const char *id = result->item->input.id ? result->item->input.id : result->item->name;
    if (g->jsonl)
        slk_recorded_json(&g->lines, result->item->name, result->reading, &added);
    else if (!g->quiet)
        slk_recorded_text(&g->lines, &g->style, id ? id : slk_reading_report(result->reading)->id, &added);
    return g->waiting < GROUP_MOST && now_ms() - g->oldest_ms < WAIT_MS ? true : commit(g);
}

/* One that gave no report. */
static bool pass_over(adding *g, const slk_run_result *result) {
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_resuming_note(&g->resuming, result->item, &fault);
    if (g->jsonl)
        slk_export_json_fault(result->item->input.id, result->item->input.source, result->item->line, result->fault,
                              false, &g->lines);
    return err == SLK_OK ? true : failed(g, err, &fault);
}

static bool resume(void *ctx, const char *file, slk_position *behind) {
    adding *g = ctx;
    (void)pthread_mutex_lock(&g->lock);
    bool any = slk_resuming_ask(&g->resuming, file, behind);
    (void)pthread_mutex_unlock(&g->lock);
    return any;
}

static bool take(void *ctx, const slk_run_result *result) {
    adding *g = ctx;
    (void)pthread_mutex_lock(&g->lock);
    bool go_on = g->err == SLK_OK;
    if (go_on) go_on = result->reading ? record(g, result) : pass_over(g, result);
    (void)pthread_mutex_unlock(&g->lock);
    return go_on;
}

/* ---------------------------------------------------------------- the command */

static void sum_up(const adding *g) {
    bool many = g->recorded + g->already > 1;
    if (g->jsonl || g->quiet || !many || g->err != SLK_OK || !isatty(STDERR_FILENO)) return;
    slk_say("%llu recorded, %llu already there; events: %llu new, %llu joined", (unsigned long long)g->recorded,
            (unsigned long long)g->already, (unsigned long long)g->events_new, (unsigned long long)g->events_joined);
}

/* All was read: a run after this one begins anew. */
static void forget_places(adding *g) {
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_resuming_end(&g->resuming, &fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->ledger, &fault);
    if (err != SLK_OK) (void)failed(g, err, &fault);
}

static int run(adding *g, slk_opened *o) {
    pthread_t thread;
    slk_run what = {.layers = SLK_LAYER_ALL, .ctx = g, .take = take, .resume = resume};
    if (pthread_create(&thread, NULL, keep_committing, g) != 0) {
        slk_say("%s", slk_err_meaning(SLK_ENOMEM));
        return SLK_EXIT_FAULT;
    }
    int status = slk_run_reports(g->args, &o->engine, &what);
    (void)pthread_mutex_lock(&g->lock);
    g->over = true;
    (void)commit(g);
    if (g->err == SLK_OK && status != SLK_EXIT_FAULT) forget_places(g);
    (void)pthread_cond_signal(&g->woken);
    (void)pthread_mutex_unlock(&g->lock);
    (void)pthread_join(thread, NULL);
    sum_up(g);
    if (g->err == SLK_ENOMEM || g->err == SLK_ELIMIT) return SLK_EXIT_FAULT;
    if (g->err != SLK_OK) return slk_exit_for(g->err);
    return status == SLK_EXIT_OK && g->mute ? SLK_EXIT_SOME : status;
}

/* --alerts: its rules hold from now on. */
static int use_rules(const slk_args *args, slk_opened *o) {
    slk_desk *desk = NULL;
    int status = slk_desk_open(args->value[SLK_OPT_ALERTS], slk_engine_pack(o->engine), &desk);
    if (status == SLK_EXIT_OK) status = slk_desk_use(o->ledger, desk);
    slk_desk_free(desk);
    return status;
}

int slk_cmd_add(const slk_args *args) {
    adding g = {.args = args, .style = slk_style_for(args)};
    slk_opened o = {0};
    g.jsonl = strcmp(slk_args_format(args), "jsonl") == 0;
    g.quiet = args->value[SLK_OPT_QUIET] != NULL;
    int status = slk_open_ledger(args, SLK_LEDGER_WRITE, &o);
    if (status == SLK_EXIT_OK && args->value[SLK_OPT_ALERTS]) status = use_rules(args, &o);
    if (status == SLK_EXIT_OK && pthread_mutex_init(&g.lock, NULL) == 0) {
        g.ledger = o.ledger;
        g.resuming = (slk_resuming){.args = args, .ledger = o.ledger};
        if (pthread_cond_init(&g.woken, NULL) == 0) {
            slk_buf_start(&g.lines, &slk_mem_system, LINES_MOST_B);
            status = run(&g, &o);
            slk_buf_free(&g.lines);
            (void)pthread_cond_destroy(&g.woken);
        }
        (void)pthread_mutex_destroy(&g.lock);
    }
    slk_open_close(&o);
    return status;
}
