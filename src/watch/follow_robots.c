/* follow_robots.c - robots.txt before anything else: from memory, from the ledger, from the host. See following.h.
 * By RFC 9309: an answer of 4xx says that there are no rules; no answer, 5xx (and 429, which says the same) says to keep away, unless
 * an older copy is known; a copy holds for a day. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/http.h"
#include "intake/url.h"
#include "watch/following.h"

#define AGENT "sillok"
#define FRESH_S 86400
#define OLD_MOST_S (30 * 86400) /* where the host does not answer */
#define OLD_AGAIN_S 3600        /* so long an old copy holds then, before the host is asked again */
#define FETCHED_MOST_B ((size_t)4 * SLK_ROBOTS_MOST_B)

static slk_err no_memory(const slk_following *g) {
    return slk_fault_say(g->fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
}

static slk_err set_rules(slk_following *g, slk_host *h, const slk_robots_copy *c, int64_t till_s) {
    slk_robots *rules = NULL;
    slk_text body = c->status >= 200 && c->status <= 299 ? c->body : (slk_text){"", 0};
    if (slk_robots_read(body, AGENT, &rules) != SLK_OK) return no_memory(g);
    slk_robots_free(h->robots);
    h->robots = rules;
    h->robots_till_s = till_s;
    return SLK_OK;
}

/* Takes the ledger's copy where it is younger than most_s. */
static slk_err from_ledger(slk_following *g, slk_host *h, int64_t most_s, int64_t till_s, bool *found) {
    slk_arena arena;
    slk_robots_copy c = {0};
    slk_arena_start(&arena, &slk_mem_system, (size_t)4 * FETCHED_MOST_B);
    slk_err err = slk_feeds_robots(g->ledger, h->origin, &arena, &c, found, g->fault);
    if (err == SLK_OK && *found) *found = slk_following_now_s() - c.fetched_s < most_s;
    if (err == SLK_OK && *found) err = set_rules(g, h, &c, till_s ? till_s : c.fetched_s + FRESH_S);
    slk_arena_free(&arena);
    return err;
}

static slk_err fetch_robots(slk_following *g, slk_job *job) {
    char url[8400];
    int64_t now = slk_following_now_s();
    slk_text_print(url, sizeof url, "%s/robots.txt", job->host->origin);
    slk_job *robots = slk_job_new(SLK_JOB_ROBOTS, 0, url, now);
    if (!robots) {
        slk_job_free(job);
        return no_memory(g);
    }
    robots->host = job->host;
    robots->then = job;
    slk_request q = {.accept = "text/plain, */*;q=0.5", .most_b = FETCHED_MOST_B};
    return slk_following_start(g, robots, &q);
}

slk_err slk_following_may(slk_following *g, slk_job *job, slk_may *out) {
    slk_host *h = job->host;
    slk_buf target;
    slk_err err = SLK_OK;
    bool known = h->robots && slk_following_now_s() < h->robots_till_s;
    if (!known) err = from_ledger(g, h, FRESH_S, 0, &known);
    if (err != SLK_OK) {
        slk_job_free(job);
        return err;
    }
    *out = SLK_MAY_BE_ASKED;
    if (!known) return fetch_robots(g, job);
    slk_buf_start(&target, &slk_mem_system, 1 << 16);
    slk_url_target(slk_text_of(job->url), &target);
    bool may = target.err != SLK_OK || slk_robots_allow(h->robots, (slk_text){target.at, target.n});
    slk_buf_free(&target);
    *out = may ? SLK_MAY : SLK_MAY_NOT;
    return SLK_OK;
}

/* ---------------------------------------------------------------- the answer */

/* No answer that counts: an old copy will do, else the job that waits has failed. */
static slk_err not_to_be_had(slk_following *g, slk_job *then, const slk_fetched *done) {
    char why[320];
    bool found;
    int64_t till_s = slk_following_now_s() + OLD_AGAIN_S;
    slk_err err = from_ledger(g, then->host, OLD_MOST_S, till_s, &found);
    if (err == SLK_OK && found) {
        slk_queue_put_back(then);
        return SLK_OK;
    }
    if (err != SLK_OK) {
        slk_job_free(then);
        return err;
    }
    if (done->end == SLK_FETCH_REFUSED) return slk_following_never(g, then, done->message);
    if (done->end == SLK_FETCH_FAILED)
        slk_text_print(why, sizeof why, "%s", done->message);
    else
        slk_text_print(why, sizeof why, "robots.txt of %s cannot be had (status %d)", then->host->origin, done->status);
    return slk_following_later(g, then, done->retry_after_s, why);
}

static slk_err keep(slk_following *g, slk_host *h, const slk_fetched *done) {
    slk_buf room;
    slk_http http;
    slk_fault fault;
    slk_robots_copy c = {.fetched_s = slk_following_now_s(), .status = done->status};
    slk_buf_start(&room, &slk_mem_system, (size_t)8 * FETCHED_MOST_B);
    slk_http_split((slk_text){done->response.at, done->response.n}, &http);
    if (done->status > 299 || slk_http_body(&http, &room, &c.body, &fault) != SLK_OK) c.body = (slk_text){"", 0};
    if (c.body.n > SLK_ROBOTS_MOST_B) c.body.n = SLK_ROBOTS_MOST_B;
    if (!c.body.at) c.body.at = "";
    slk_err err = set_rules(g, h, &c, c.fetched_s + FRESH_S);
    if (err == SLK_OK) err = slk_feeds_set_robots(g->ledger, h->origin, &c, g->fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->ledger, g->fault);
    slk_buf_free(&room);
    return err;
}

static bool counts(int status) { return (status >= 200 && status <= 299) || (status >= 400 && status <= 499); }

slk_err slk_following_robots(slk_following *g, slk_job *job, const slk_fetched *done) {
    slk_job *then = job->then;
    slk_host *h = job->host;
    bool turned = done->end == SLK_FETCH_ANSWERED && done->redirect && done->status >= 300 && done->status <= 399;
    if (turned && ++job->hops <= SLK_FOLLOW_HOPS_MOST && slk_job_turn(job, done->redirect)) {
        slk_request q = {.accept = "text/plain, */*;q=0.5", .most_b = FETCHED_MOST_B};
        h->busy = true;
        return slk_following_start(g, job, &q);
    }
    job->then = NULL;
    slk_job_free(job);
    bool answer = done->end == SLK_FETCH_ANSWERED && done->status != 429 && (counts(done->status) || turned);
    if (!answer) return not_to_be_had(g, then, done);
    slk_err err = keep(g, h, done); /* too many redirects are as good as none: no rules */
    if (err != SLK_OK) {
        slk_job_free(then);
        return err;
    }
    slk_queue_put_back(then);
    return SLK_OK;
}
