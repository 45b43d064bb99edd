/* thread.c - a sender in a thread of its own. See slk_sending_start in sender.h. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alerts/sender.h"
#include "base/fault.h"

#define STEP_MS 100         /* so soon an alert of another program is seen */
#define WITHOUT_LOCK_MS 500 /* between two looks at a lock that another sender holds */

struct slk_sending {
    pthread_t thread;
    slk_ledger *ledger;
    char *path;
    const slk_desk *desk;
    slk_sender_options options;
    atomic_bool stop;
    atomic_llong grace_ms;
};

static int64_t now_ms(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_for(int ms) {
    struct timespec t = {ms / 1000, ms % 1000 * 1000000L};
    (void)nanosleep(&t, NULL); /* waking early is as well */
}

static void say_trouble(const slk_sending *s, const slk_fault *fault) {
    slk_sent sent = {.kind = SLK_SENT_TROUBLE, .why = fault->message};
    if (s->options.tell) s->options.tell(s->options.ctx, &sent);
}

static slk_sender *have_sender(slk_sending *s) {
    slk_sender *sender = NULL;
    slk_fault fault = {.code = SLK_OK};
    while (!atomic_load(&s->stop)) {
        slk_err err = slk_sender_new(s->ledger, s->path, s->desk, &s->options, &sender, &fault);
        if (err == SLK_OK) return sender;
        if (err != SLK_ELOCKED) {
            say_trouble(s, &fault);
            return NULL;
        }
        pause_for(WITHOUT_LOCK_MS);
    }
    return NULL;
}

static void *run(void *ctx) {
    slk_sending *s = ctx;
    slk_fault fault = {.code = SLK_OK};
    slk_sender *sender = have_sender(s);
    int64_t end = INT64_MAX;
    for (bool idle = false; sender;) {
        if (atomic_load(&s->stop) && end == INT64_MAX) end = now_ms() + atomic_load(&s->grace_ms);
        if (now_ms() >= end || (end != INT64_MAX && idle)) break;
        slk_err err = slk_sender_step(sender, STEP_MS, &idle, &fault);
        if (err == SLK_OK) continue;
        if (err != SLK_ELOCKED) {
            say_trouble(s, &fault);
            break;
        }
        pause_for(STEP_MS);
    }
    slk_sender_free(sender);
    return NULL;
}

slk_err slk_sending_start(const char *path, const slk_pack *pack, const slk_desk *desk,
                          const slk_sender_options *options, slk_sending **out, slk_fault *fault) {
    slk_sending *s = calloc(1, sizeof *s);
    if (s) *s = (slk_sending){.desk = desk, .options = *options, .path = strdup(path)};
    if (!s || !s->path) {
        free(s);
        return slk_fault_say(fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
    }
    sigset_t all, before; /* signals are for the thread that is told by them to stop */
    slk_err err = slk_ledger_open(path, SLK_LEDGER_WRITE, pack, NULL, &s->ledger, fault);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int rc = err == SLK_OK ? pthread_create(&s->thread, NULL, run, s) : 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (rc != 0) err = slk_fault_say(fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
    if (err == SLK_OK) {
        *out = s;
        return SLK_OK;
    }
    slk_ledger_close(s->ledger);
    free(s->path);
    free(s);
    return err;
}

void slk_sending_stop(slk_sending *s, int64_t grace_ms) {
    if (!s) return;
    atomic_store(&s->grace_ms, grace_ms);
    atomic_store(&s->stop, true);
    (void)pthread_join(s->thread, NULL);
    slk_ledger_close(s->ledger);
    free(s->path);
    free(s);
}
