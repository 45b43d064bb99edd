/* follow.c - the run: jobs out of the queue, requests off, answers in. See follow.h. */
#include "watch/follow.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/feed.h"
#include "intake/intake.h"
#include "intake/url.h"
#include "watch/following.h"

#define BACKOFF_LEAST_S 60
#define HOST_BACKOFF_LEAST_S 30
#define WAITING_AT_ONCE 1000u
#define POLL_MOST_MS 1000 /* so soon a signal is seen */
#define STATE_MOST_B ((size_t)1 << 20)

int64_t slk_following_now_s(void) { return (int64_t)time(NULL); }

int64_t slk_following_now_ms(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void slk_following_tell(const slk_following *g, const slk_told *told) { g->options->tell(g->options->ctx, told); }

static slk_err no_memory(const slk_following *g) {
    return slk_fault_say(g->fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
}

static slk_err commit(const slk_following *g) { return slk_ledger_commit(g->ledger, g->fault); }

/* least, doubled with every failure before, at most a day */
static int64_t backoff_s(int64_t least_s, int64_t failures) {
    int64_t s = least_s;
    for (int64_t i = 0; i < failures && s < SLK_FOLLOW_BACKOFF_MOST_S; i++) s *= 2;
    return s < SLK_FOLLOW_BACKOFF_MOST_S ? s : SLK_FOLLOW_BACKOFF_MOST_S;
}

/* What the server asks for, unless it asks for little again and again. */
static int64_t wait_s(int64_t least_s, int64_t failures, int64_t retry_after_s) {
    int64_t own_s = backoff_s(least_s, failures);
    if (retry_after_s > SLK_FOLLOW_BACKOFF_MOST_S) return SLK_FOLLOW_BACKOFF_MOST_S;
    if (retry_after_s > 0 && (failures < 3 || retry_after_s > own_s)) return retry_after_s;
    return own_s;
}

/* ---------------------------------------------------------------- what becomes of a job */

static slk_err put(slk_following *g, slk_job *job) {
    slk_err err = slk_queue_put(&g->queue, job);
    if (err == SLK_OK) return SLK_OK;
    if (err == SLK_EINPUT) return slk_following_never(g, job, "the address is not one of http or https");
    slk_job_free(job);
    return no_memory(g);
}

/* A feed is asked again in its time; its first address, whatever it was sent to. */
slk_err slk_following_again(slk_following *g, slk_job *job) {
    slk_watched *f = &g->feeds[job->row];
    if (g->options->once || f->state.gone) {
        slk_job_free(job);
        return SLK_OK;
    }
    int64_t due = f->state.asked_s + g->options->every_s;
    job->due_s = due > f->state.not_before_s ? due : f->state.not_before_s;
    job->hops = 0;
    if (!slk_job_turn(job, f->url)) {
        slk_job_free(job);
        return no_memory(g);
    }
    return put(g, job);
}

static slk_err feed_failed(slk_following *g, slk_job *job, int64_t retry_after_s, const char *why) {
    slk_watched *f = &g->feeds[job->row];
    int64_t now = slk_following_now_s();
    f->state.asked_s = now;
    f->state.not_before_s = now + wait_s(BACKOFF_LEAST_S, f->state.failures, retry_after_s);
    f->state.failures++;
    g->sums->feeds_failed++;
    slk_err err = slk_feeds_set(g->ledger, &f->state, g->fault);
    if (err == SLK_OK) err = commit(g);
    if (err != SLK_OK) {
        slk_job_free(job);
        return err;
    }
    slk_following_tell(g, &(slk_told){.kind = SLK_TOLD_FEED_BAD, .url = f->url, .why = why});
    return slk_following_again(g, job);
}

slk_err slk_following_later(slk_following *g, slk_job *job, int64_t retry_after_s, const char *why) {
    if (job->kind == SLK_JOB_FEED) return feed_failed(g, job, retry_after_s, why);
    if (job->tries + 1 >= SLK_FOLLOW_TRIES_MOST) return slk_following_never(g, job, why);
    job->due_s = slk_following_now_s() + wait_s(BACKOFF_LEAST_S, job->tries, retry_after_s);
    job->tries++;
    job->hops = 0;
    slk_err err = slk_feeds_later(g->ledger, job->row, job->tries, job->due_s, g->fault);
    if (err == SLK_OK) err = commit(g);
    if (err != SLK_OK) {
        slk_job_free(job);
        return err;
    }
    slk_following_tell(g, &(slk_told){.kind = SLK_TOLD_LATER, .url = job->url, .why = why});
    return put(g, job);
}

slk_err slk_following_never(slk_following *g, slk_job *job, const char *why) {
    if (job->kind == SLK_JOB_FEED) return feed_failed(g, job, 0, why);
    int64_t row = job->row;
    slk_job_free(job);
    return slk_following_in_its_place(g, row, why);
}

/* ---------------------------------------------------------------- answers */

static void rest(slk_following *g, slk_host *h) {
    int64_t pause_ms = g->options->pause_ms;
    int64_t asked_ms = h->robots ? (int64_t)slk_robots_delay_s(h->robots) * 1000 : 0;
    h->busy = false;
    h->free_ms = slk_following_now_ms() + (asked_ms > pause_ms ? asked_ms : pause_ms);
}

static slk_err hop(slk_following *g, slk_job *job, const char *to) {
    if (++job->hops > SLK_FOLLOW_HOPS_MOST) return slk_following_never(g, job, "it redirects more than five times");
    if (slk_job_turn(job, to)) return put(g, job);
    slk_job_free(job);
    return no_memory(g);
}

static slk_err unchanged(slk_following *g, slk_job *job) {
    if (job->kind == SLK_JOB_PAGE) {
        int64_t row = job->row;
        slk_told told = {.kind = SLK_TOLD_UNCHANGED, .url = job->url};
        slk_err err = slk_feeds_same(g->ledger, row, g->fault);
        if (err == SLK_OK) err = commit(g);
        if (err == SLK_OK) slk_following_tell(g, &told);
        slk_job_free(job);
        return err;
    }
    slk_watched *f = &g->feeds[job->row];
    f->state.asked_s = slk_following_now_s();
    f->state.failures = f->state.not_before_s = 0;
    g->sums->feeds_read++;
    slk_err err = slk_feeds_set(g->ledger, &f->state, g->fault);
    if (err == SLK_OK) err = commit(g);
    if (err == SLK_OK) {
        slk_following_tell(g, &(slk_told){.kind = SLK_TOLD_FEED, .url = f->url});
        return slk_following_again(g, job);
    }
    slk_job_free(job);
    return err;
}

static bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static slk_err by_status(slk_following *g, slk_job *job, const slk_fetched *done) {
    char why[64];
    int status = done->status;
    slk_text_print(why, sizeof why, "the server answered with status %d", status);
    if (is_redirect(status) && done->redirect) return hop(g, job, done->redirect);
    if (status == 304) return unchanged(g, job);
    if (status >= 200 && status <= 299)
        return job->kind == SLK_JOB_FEED ? slk_following_feed(g, job, done) : slk_following_page(g, job, done);
    if (status == 408 || status == 425 || status == 429 || status >= 500)
        return slk_following_later(g, job, done->retry_after_s, why);
    if (status == 410 && job->kind == SLK_JOB_FEED) g->feeds[job->row].state.gone = true;
    return slk_following_never(g, job, why);
}

/* A host that does not answer, or says that it has too much to do, is left alone; so is one whose robots.txt has an error. */
static void note_failures(slk_host *h, slk_job_kind kind, const slk_fetched *done) {
    bool busy = done->status == 429 || done->status == 503 || (kind == SLK_JOB_ROBOTS && done->status >= 500);
    if (done->end == SLK_FETCH_FAILED || busy)
        h->not_before_s =
            slk_following_now_s() + wait_s(HOST_BACKOFF_LEAST_S, (int64_t)h->failures++, done->retry_after_s);
    else if (done->end == SLK_FETCH_ANSWERED)
        h->failures = 0;
}

static slk_err answered(slk_following *g, const slk_fetched *done) {
    slk_job *job = done->who;
    slk_host *h = job->host;
    g->under_way--;
    rest(g, h);
    note_failures(h, job->kind, done);
    if (job->kind == SLK_JOB_ROBOTS) return slk_following_robots(g, job, done);
    if (done->end == SLK_FETCH_FAILED) return slk_following_later(g, job, 0, done->message);
    if (done->end == SLK_FETCH_REFUSED) return slk_following_never(g, job, done->message);
    return by_status(g, job, done);
}

/* ---------------------------------------------------------------- requests */

slk_err slk_following_start(slk_following *g, slk_job *job, const slk_request *request) {
    slk_buf url;
    slk_request q = *request;
    slk_buf_start(&url, &slk_mem_system, 1 << 16);
    slk_url_sendable(slk_text_of(job->url), &url);
    q.url = url.at;
    q.who = job;
    slk_err err = url.err == SLK_OK && url.at ? slk_fetch_start(g->fetcher, &q) : url.err;
    slk_buf_free(&url);
    if (err == SLK_OK) {
        g->under_way++;
        return SLK_OK;
    }
    job->host->busy = false;
    if (err == SLK_ELIMIT && job->kind != SLK_JOB_ROBOTS)
        return slk_following_never(g, job, "the address is longer than 64 kB");
    slk_job_free(job);
    return no_memory(g);
}

static slk_err start_feed(slk_following *g, slk_job *job) {
    const slk_followed *f = &g->feeds[job->row].state;
    slk_request q = {.etag = f->etag, .modified = f->modified, .most_b = SLK_MAX_FEED_B};
    q.accept =
        "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
        " */*;q=0.5";
    return slk_following_start(g, job, &q);
}

static slk_err start_page(slk_following *g, slk_job *job) {
    slk_arena arena;
    slk_waiting w = {0};
    slk_arena_start(&arena, &slk_mem_system, (size_t)SLK_MAX_FEED_B * 4);
    bool waits = false;
    slk_err err = slk_feeds_page(g->ledger, job->row, &arena, &w, &waits, g->fault);
    slk_request q = {.etag = w.etag, .modified = w.modified, .most_b = SLK_MAX_DOCUMENT_B};
    q.accept = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5";
    if (err == SLK_OK && waits) {
        err = slk_following_start(g, job, &q);
    } else { /* it was queued twice and is done */
        job->host->busy = false;
        slk_job_free(job);
    }
    slk_arena_free(&arena);
    return err;
}

static slk_err begin(slk_following *g, slk_job *job) {
    slk_may may;
    char why[256];
    slk_err err = slk_following_may(g, job, &may);
    if (err != SLK_OK || may == SLK_MAY_BE_ASKED) return err;
    if (may == SLK_MAY) return job->kind == SLK_JOB_FEED ? start_feed(g, job) : start_page(g, job);
    job->host->busy = false;
    slk_text_print(why, sizeof why, "robots.txt of %s forbids it", job->host->origin);
    return slk_following_never(g, job, why);
}

/* ---------------------------------------------------------------- the run */

static slk_err open_feed(slk_following *g, uint32_t i, const char *url) {
    slk_buf canonical;
    slk_watched *f = &g->feeds[i];
    slk_arena_start(&f->arena, &slk_mem_system, STATE_MOST_B);
    f->url = strdup(url);
    slk_buf_start(&canonical, &slk_mem_system, 1 << 16);
    slk_url_canonical(slk_text_of(url), &canonical);
    slk_err err = f->url && canonical.at ? canonical.err : SLK_ENOMEM;
    if (err == SLK_OK) err = slk_feeds_find(g->ledger, canonical.at, &f->arena, &f->state, g->fault);
    slk_buf_free(&canonical);
    if (err != SLK_OK) return err;
    if (f->state.gone) {
        g->sums->feeds_failed++;
        slk_following_tell(g, &(slk_told){.kind = SLK_TOLD_FEED_BAD, .url = url, .why = "it is gone for good"});
        return SLK_OK;
    }
    int64_t due = f->state.asked_s ? f->state.asked_s + g->options->every_s : 0;
    if (g->options->once || due < f->state.not_before_s) due = f->state.not_before_s;
    slk_job *job = slk_job_new(SLK_JOB_FEED, i, url, due);
    return job ? put(g, job) : no_memory(g);
}

/* A page that waits: fetched in its time, or where there is nothing to be fetched told at once by what the feed says. */
slk_err slk_following_wait(slk_following *g, const slk_waiting *w) {
    if (!w->entry.link) return slk_following_in_its_place(g, w->row, NULL);
    slk_job *job = slk_job_new(SLK_JOB_PAGE, w->row, w->entry.link, w->not_before_s);
    if (!job) return no_memory(g);
    job->tries = w->tries;
    return put(g, job);
}

static slk_err take_all_waiting(slk_following *g) {
    slk_err err = SLK_OK;
    int64_t after = 0;
    for (bool more = true; more && err == SLK_OK;) {
        slk_arena arena;
        slk_waiting_list list = {0};
        slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 28);
        err = slk_feeds_waiting(g->ledger, after, WAITING_AT_ONCE, &arena, &list, g->fault);
        more = list.pages.n == WAITING_AT_ONCE;
        if (list.pages.n) after = list.pages.at[list.pages.n - 1].row;
        for (uint32_t i = 0; err == SLK_OK && i < list.pages.n; i++) err = slk_following_wait(g, &list.pages.at[i]);
        slk_arena_free(&arena);
    }
    return err;
}

static slk_err loop(slk_following *g) {
    slk_err err = SLK_OK;
    int64_t patience_s = g->options->once ? 0 : INT32_MAX;
    while (err == SLK_OK && !*g->options->stop) {
        slk_job *job = NULL;
        while (err == SLK_OK && g->under_way < SLK_FETCH_AT_ONCE &&
               (job = slk_queue_take(&g->queue, slk_following_now_s(), slk_following_now_ms())) != NULL)
            err = begin(g, job);
        int64_t ms = slk_queue_wait_ms(&g->queue, slk_following_now_s(), slk_following_now_ms(), patience_s);
        if (err != SLK_OK || (!g->under_way && ms < 0)) break;
        if (ms < 0 || ms > POLL_MOST_MS || g->under_way == SLK_FETCH_AT_ONCE) ms = POLL_MOST_MS;
        slk_fetcher_wait(g->fetcher, (int)ms);
        slk_fetched done;
        while (err == SLK_OK && slk_fetcher_next(g->fetcher, &done)) {
            err = answered(g, &done);
            slk_fetched_free(&done);
        }
    }
    return err;
}

static void close_all(slk_following *g) {
    slk_fetcher_free(g->fetcher); /* jobs under way wait in the ledger */
    slk_queue_free(&g->queue);
    for (uint32_t i = 0; i < g->n; i++) {
        free(g->feeds[i].url);
        slk_arena_free(&g->feeds[i].arena);
    }
    free(g->feeds);
}

slk_err slk_follow(const slk_engine *engine, slk_ledger *ledger, char *const *urls, uint32_t n,
                   const slk_follow_options *options, slk_follow_sums *sums, slk_fault *fault) {
    slk_following g = {.engine = engine, .ledger = ledger, .options = options, .sums = sums, .fault = fault};
    slk_fetch_options how = {.agent = options->agent, .allow_private = options->allow_private};
    *sums = (slk_follow_sums){0};
    g.feeds = calloc(n + 1, sizeof *g.feeds);
    if (!g.feeds || slk_fetcher_new(&how, &g.fetcher) != SLK_OK) {
        free(g.feeds);
        return no_memory(&g);
    }
    slk_err err = take_all_waiting(&g);
    for (; err == SLK_OK && g.n < n; g.n++) err = open_feed(&g, g.n, urls[g.n]);
    if (err != SLK_OK && g.n < n) g.n++; /* the one that failed is to be closed too */
    if (err == SLK_OK) err = commit(&g);
    if (err == SLK_OK) err = loop(&g);
    sums->waiting = slk_queue_waiting(&g.queue);
    close_all(&g);
    return err;
}
