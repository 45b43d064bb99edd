/* queue.c - hosts and their jobs as two lists, one within the other. See queue.h. */
#include "watch/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/url.h"

slk_job *slk_job_new(slk_job_kind kind, int64_t row, const char *url, int64_t due_s) {
    slk_job *j = calloc(1, sizeof *j);
    if (!j) return NULL;
    *j = (slk_job){.kind = kind, .row = row, .url = strdup(url), .due_s = due_s};
    if (j->url) return j;
    free(j);
    return NULL;
}

void slk_job_free(slk_job *job) {
    if (!job) return;
    if (job->then) {
        free(job->then->url);
        free(job->then);
    }
    free(job->url);
    free(job);
}

bool slk_job_turn(slk_job *job, const char *url) {
    char *copy = strdup(url);
    if (!copy) return false;
    free(job->url);
    job->url = copy;
    return true;
}

void slk_queue_free(slk_queue *q) {
    while (q->hosts) {
        slk_host *h = q->hosts;
        q->hosts = h->next;
        while (h->first) {
            slk_job *j = h->first;
            h->first = j->next;
            slk_job_free(j);
        }
        slk_robots_free(h->robots);
        free(h->origin);
        free(h);
    }
}

static slk_host *host_new(slk_queue *q, const char *origin) {
    slk_host *h = calloc(1, sizeof *h);
    if (!h) return NULL;
    h->origin = strdup(origin);
    if (!h->origin) {
        free(h);
        return NULL;
    }
    h->next = q->hosts;
    q->hosts = h;
    return h;
}

static slk_host *host_of(slk_queue *q, const char *origin) {
    for (slk_host *h = q->hosts; h; h = h->next)
        if (strcmp(h->origin, origin) == 0) return h;
    return host_new(q, origin);
}

slk_err slk_queue_put(slk_queue *q, slk_job *job) {
    slk_buf origin;
    slk_buf_start(&origin, &slk_mem_system, 8192);
    slk_url_origin(slk_text_of(job->url), &origin);
    slk_err err = origin.err == SLK_ENOMEM ? SLK_ENOMEM : origin.err != SLK_OK || !origin.n ? SLK_EINPUT : SLK_OK;
    if (err == SLK_OK && !(job->host = host_of(q, origin.at))) err = SLK_ENOMEM;
    slk_buf_free(&origin);
    if (err != SLK_OK) return err;
    slk_host *h = job->host;
    job->next = NULL;
    if (h->last)
        h->last->next = job;
    else
        h->first = job;
    h->last = job;
    return SLK_OK;
}

void slk_queue_put_back(slk_job *job) {
    slk_host *h = job->host;
    job->next = h->first;
    h->first = job;
    if (!h->last) h->last = job;
}

static slk_job *take_due(slk_host *h, int64_t now_s) {
    for (slk_job *j = h->first, *before = NULL; j; before = j, j = j->next) {
        if (j->due_s > now_s) continue;
        if (before)
            before->next = j->next;
        else
            h->first = j->next;
        if (h->last == j) h->last = before;
        j->next = NULL;
        return j;
    }
    return NULL;
}

slk_job *slk_queue_take(slk_queue *q, int64_t now_s, int64_t now_ms) {
    for (slk_host *h = q->hosts; h; h = h->next) {
        if (h->busy || h->free_ms > now_ms || h->not_before_s > now_s) continue;
        slk_job *j = take_due(h, now_s);
        if (!j) continue;
        h->busy = true;
        return j;
    }
    return NULL;
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

int64_t slk_queue_wait_ms(const slk_queue *q, int64_t now_s, int64_t now_ms, int64_t patience_s) {
    int64_t least = -1;
    for (const slk_host *h = q->hosts; h; h = h->next) {
        if (h->busy) continue;
        for (const slk_job *j = h->first; j; j = j->next) {
            int64_t due_s = larger(j->due_s, h->not_before_s) - now_s;
            if (due_s > patience_s) continue;
            int64_t ms = larger(larger(due_s, 0) * 1000, h->free_ms - now_ms);
            if (least < 0 || ms < least) least = larger(ms, 0);
        }
    }
    return least;
}

uint32_t slk_queue_waiting(const slk_queue *q) {
    uint32_t n = 0;
    for (const slk_host *h = q->hosts; h; h = h->next)
        for (const slk_job *j = h->first; j; j = j->next) n++;
    return n;
}
