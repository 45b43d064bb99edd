/* server.c - from a call to its answer: who may ask, which route, cache or worker. See server.h. */
#include "serve/server.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/text.h"
#include "serve/http_inside.h"
#include "serve/inside.h"

#define CONNECTIONS_MOST 8192u
#define BODY_MOST_B ((uint64_t)8 << 20)
#define HEAD_MS 10000
#define BODY_MS 60000
#define IDLE_MS 75000
#define WRITE_MS 30000
#define STOP_MS 10000
#define CACHE_MOST_B ((size_t)128 << 20)
#define WAITING_MOST 512u
#define POSTS_WAITING 32u
#define LOOPS_MOST 16u

/* ---------------------------------------------------------------- who may ask */

/* The host without its port. */
static slk_text host_of(const char *host) {
    slk_text t = slk_text_of(host);
    if (t.n && t.at[0] == '[') {
        const char *end = memchr(t.at, ']', t.n);
        return end ? (slk_text){t.at + 1, (size_t)(end - t.at - 1)} : (slk_text){NULL, 0};
    }
    const char *colon = t.n ? memchr(t.at, ':', t.n) : NULL;
    return colon ? (slk_text){t.at, (size_t)(colon - t.at)} : t;
}

static bool is_address(slk_text t) {
    char z[64];
    unsigned char raw[16];
    if (t.n >= sizeof z) return false;
    memcpy(z, t.at, t.n);
    z[t.n] = '\0';
    return inet_pton(AF_INET, z, raw) == 1 || inet_pton(AF_INET6, z, raw) == 1;
}

/* A name that is not ours may be a stranger's that was pointed at us (DNS rebinding); an address cannot. */
static bool is_ours(const slk_server *s, const char *host) {
    slk_text t = host_of(host), names = slk_text_of(s->options.hosts), one;
    if (!t.n) return false;
    if (slk_text_is_fold(t, "localhost") || is_address(t)) return true;
    while (slk_text_split(&names, ',', &one))
        if (slk_text_eq_fold(slk_text_trim(one), t)) return true;
    return false;
}

/* A page of another site may not post here, whatever its browser holds for us. */
static bool from_here(const slk_call *call) {
    const char *site = call->fetch_site, *origin = call->origin;
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) return false;
    if (!origin) return true;
    const char *slashes = strstr(origin, "://");
    return slashes && call->host && slk_text_eq_fold(slk_text_of(slashes + 3), slk_text_of(call->host));
}

static bool is_known(const char *params, const char *name) {
    slk_text rest = slk_text_of(params), one;
    while (slk_text_split(&rest, ' ', &one))
        if (slk_text_is(one, name)) return true;
    return false;
}

/* A name that is not known may be a slip, and the answer to another question than was meant. NULL where all is well. */
static slk_answer *check_params(const slk_call *call, const slk_route *r) {
    if (!r->params) return NULL; /* a page: its own script reads them */
    for (unsigned i = 0; i < call->n_params; i++) {
        const char *name = call->params[i].name;
        if (!is_known(r->params, name)) return slk_answer_problem(400, "%.60s: no such parameter here", name);
        for (unsigned k = 0; k < i; k++)
            if (strcmp(call->params[k].name, name) == 0) return slk_answer_problem(400, "%.60s is given twice", name);
    }
    return NULL;
}

static slk_answer *bad_request(const slk_call *call) {
    static const struct {
        int status;
        const char *says;
    } known[] = {{400, "the request can be read in more than one way, or in none"},
                 {408, "the request came too slowly"},
                 {411, "the length of the body is to be said: Content-Length"},
                 {413, "the body is too large"},
                 {414, "the address is too long"},
                 {417, "only 100-continue can be expected"},
                 {431, "the head is too large"},
                 {501, "neither this method nor another coding than chunked is known"},
                 {505, "HTTP/1.1 is spoken here"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].status == call->bad) return slk_answer_problem(call->bad, "%s", known[i].says);
    return slk_answer_problem(call->bad, "the request is not sound");
}

/* ---------------------------------------------------------------- answering */

static unsigned number_of(const slk_call *call) {
    return call->route ? (unsigned)((const slk_route *)call->route - slk_routes) : SLK_METRIC_ROUTES - 1;
}

static void log_call(slk_server *s, const slk_call *call, int status, int64_t ns) {
    static const char *const methods[] = {"GET", "HEAD", "POST", "?"};
    char line[512];
    if (!s->options.say) return;
    slk_text_print(line, sizeof line, "%s %.300s %d %.3f ms", methods[call->method], call->target, status,
                   (double)ns / 1e6);
    s->options.say(s->options.ctx, line);
}

/* Sends the answer, or that it is what the client has. Takes the hold. */
static void reply(slk_server *s, slk_call *call, slk_answer *a) {
    int64_t ns = slk_http_now_ns() - call->started_ns;
    if (a && a->status == 200 && call->method != SLK_POST && slk_answer_matches(a, call->if_none_match)) {
        slk_answer *same = slk_answer_new(304);
        if (same) {
            memcpy(same->etag, a->etag, sizeof same->etag);
            same->cache_control = a->cache_control;
            slk_answer_drop(a);
            a = same;
        }
    }
    int status = a ? a->status : 500;
    slk_metrics_count(&s->metrics, number_of(call), status, ns);
    log_call(s, call, status, ns);
    slk_http_answer(call, a);
}

static slk_answer *answer_of(slk_server *s, slk_call *call, slk_ledger *ledger, const char *id) {
    const slk_route *r = call->route;
    slk_work w = {.server = s, .call = call, .ledger = ledger, .id = id};
    return r->answer(&w);
}

/* On a worker's thread. */
static void work(void *ctx, slk_call *call, slk_ledger *ledger) {
    slk_server *s = ctx;
    const slk_route *r = call->route;
    const char *id = NULL;
    char allow[64];
    uint64_t generation = slk_hub_generation(s->hub); /* before the ledger is asked: it may only be newer */
    (void)slk_route_find(call, &id, allow);
    slk_answer *a = answer_of(s, call, ledger, id);
    if (a && (r->flags & SLK_ROUTE_CACHED) && a->status == 200) {
        slk_answer_finish(a);
        slk_cache_put(s->cache, call->target, generation, a);
    }
    reply(s, call, a);
}

static void give(slk_server *s, slk_call *call, bool posted) {
    if (slk_workers_give(posted ? s->posts : s->workers, call)) return;
    slk_answer *a = slk_answer_problem(503, "too much is asked at once: try again");
    slk_answer_header_add(a, "Retry-After", "1");
    reply(s, call, a);
}

static slk_answer *refuse_method(const char *allow, const slk_call *call) {
    slk_answer *a = *allow ? slk_answer_problem(405, "%.200s takes %s", call->path, allow)
                           : slk_answer_problem(404, "there is nothing at %.200s", call->path);
    if (a && *allow) slk_answer_header_add(a, "Allow", allow);
    return a;
}

/* What is wrong with the call before anybody looks at it; NULL: nothing. */
static slk_answer *check(slk_server *s, slk_call *call, const char **id) {
    char allow[64];
    if (call->bad) return bad_request(call);
    if (!is_ours(s, call->host))
        return slk_answer_problem(421, "this server is not called so: sillok serve --host names it");
    const slk_route *r = slk_route_find(call, id, allow);
    call->route = r;
    if (!r) return refuse_method(allow, call);
    if (call->method == SLK_POST && !from_here(call))
        return slk_answer_problem(403, "pages of other sites may not post here");
    return check_params(call, r);
}

/* On a loop's thread: never waits. */
static void handle(void *ctx, slk_call *call) {
    slk_server *s = ctx;
    const char *id = NULL;
    slk_answer *a = check(s, call, &id);
    const slk_route *r = call->route;
    if (a) {
        reply(s, call, a);
    } else if (!r->answer) { /* the stream */
        if (call->method == SLK_HEAD || !slk_hub_listen(s->hub, call))
            reply(s, call, call->method == SLK_HEAD ? slk_answer_new(200) : slk_answer_problem(503, "too many listen"));
    } else if (r->flags & SLK_ROUTE_AT_ONCE) {
        reply(s, call, answer_of(s, call, NULL, id));
    } else if ((r->flags & SLK_ROUTE_CACHED) &&
               (a = slk_cache_get(s->cache, call->target, slk_hub_generation(s->hub)))) {
        reply(s, call, a);
    } else {
        give(s, call, call->method == SLK_POST);
    }
}

/* ---------------------------------------------------------------- opening and closing */

static unsigned cores(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > (long)LOOPS_MOST ? LOOPS_MOST : (unsigned)n;
}

static slk_err open_parts(slk_server *s, slk_fault *fault) {
    const slk_pack *pack = slk_engine_pack(s->engine);
    unsigned n = s->options.threads ? s->options.threads : cores();
    slk_workers_options workers = {.threads = n < 2 ? 2 : n,
                                   .waiting = WAITING_MOST,
                                   .ledger = s->options.ledger,
                                   .pack = pack,
                                   .ctx = s,
                                   .work = work};
    slk_workers_options posts = workers;
    posts.waiting = POSTS_WAITING;
    slk_err err = slk_hub_start(s->options.ledger, pack, &s->hub, fault);
    if (err == SLK_OK && s->options.token_file) err = slk_tokens_open(s->options.token_file, &s->tokens, fault);
    if (err == SLK_OK) err = slk_readers_start(s->options.sandbox, workers.threads, &s->readers, fault);
    if (err == SLK_OK) err = slk_workers_start(&workers, &s->workers, fault);
    if (err == SLK_OK) err = slk_workers_start(&posts, &s->posts, fault);
    return err;
}

static slk_err open_http(slk_server *s, char address[128], slk_fault *fault) {
    unsigned n = s->options.threads ? s->options.threads : cores();
    slk_http_options o = {.listen = s->options.listen ? s->options.listen : SLK_SERVE_LISTEN,
                          .loops = n > LOOPS_MOST ? LOOPS_MOST : n,
                          .connections = CONNECTIONS_MOST,
                          .body_b = BODY_MOST_B,
                          .head_ms = HEAD_MS,
                          .body_ms = BODY_MS,
                          .idle_ms = IDLE_MS,
                          .write_ms = WRITE_MS,
                          .ctx = s,
                          .handle = handle,
                          .sums = &s->sums};
    return slk_http_open(&o, &s->http, address, fault);
}

slk_err slk_server_open(const slk_serve_options *options, const slk_engine *engine, slk_server **out, char address[128],
                        slk_fault *fault) {
    slk_server *s = calloc(1, sizeof *s);
    if (s && pthread_mutex_init(&s->writing, NULL) != 0) {
        free(s);
        s = NULL;
    }
    if (!s) return slk_fault_say(fault, SLK_ENOMEM, "no memory for the server");
    s->options = *options;
    s->engine = engine;
    s->cache = slk_cache_new(CACHE_MOST_B);
    slk_err err =
        s->cache ? open_http(s, address, fault) : slk_fault_say(fault, SLK_ENOMEM, "no memory for the server");
    if (err == SLK_OK) err = open_parts(s, fault);
    if (err == SLK_OK)
        *out = s;
    else
        slk_server_close(s);
    return err;
}

slk_err slk_server_run(slk_server *s, slk_fault *fault) {
    sigset_t ends;
    int which;
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGTERM);
    (void)sigaddset(&ends, SIGINT);
    slk_err err = slk_http_start(s->http, fault);
    if (err == SLK_OK && sigwait(&ends, &which) != 0)
        err = slk_fault_say(fault, SLK_EFAULT, "no signal can be waited for");
    slk_hub_stop(s->hub);
    slk_http_stop(s->http, STOP_MS);
    return err;
}

void slk_server_close(slk_server *s) {
    if (!s) return;
    slk_workers_stop(s->workers);
    slk_workers_stop(s->posts);
    slk_http_close(s->http); /* what the workers answered last is let go with it */
    slk_readers_stop(s->readers);
    slk_hub_free(s->hub);
    slk_tokens_free(s->tokens);
    slk_cache_free(s->cache);
    (void)pthread_mutex_destroy(&s->writing);
    free(s);
}
