/* http.c - requests to calls, answers to responses, streams. See http.h; the loops are in http_loop.c. */
#include "serve/http.h"

#include <errno.h>
#include <event2/buffer.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/text.h"
#include "serve/http_inside.h"

int64_t slk_http_now_ns(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---------------------------------------------------------------- answers */

static void release(const void *data, size_t n, void *answer) {
    (void)data;
    (void)n;
    slk_answer_drop(answer);
}

static bool accepts_gzip(const char *accept) {
    slk_text rest = slk_text_of(accept), one;
    while (slk_text_split(&rest, ',', &one)) {
        one = slk_text_trim(one);
        if (!slk_text_starts_fold(one, "gzip")) continue;
        slk_text q = slk_text_trim((slk_text){one.at + 4, one.n - 4});
        return !(slk_text_starts_fold(q, ";q=0") && !memchr(q.at, '.', q.n));
    }
    return false;
}

static void add(struct evkeyvalq *h, const char *name, const char *value) {
    if (evhttp_add_header(h, name, value) != 0) return; /* out of memory: goes without */
}

static void add_security(struct evkeyvalq *h, slk_answer_policy policy) {
    add(h, "Content-Security-Policy",
        policy == SLK_POLICY_PAGE ? "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                    "font-src 'self'; connect-src 'self'; "
                                    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                                  : "default-src 'none'; frame-ancestors 'none'; sandbox");
    add(h, "X-Content-Type-Options", "nosniff");
    add(h, "Cross-Origin-Resource-Policy", "same-origin");
    if (policy != SLK_POLICY_PAGE) return; /* the rest is for what a browser shows */
    add(h, "X-Frame-Options", "DENY");
    add(h, "Referrer-Policy", "no-referrer");
    add(h, "Cross-Origin-Opener-Policy", "same-origin");
}

static void add_headers(struct evkeyvalq *h, const slk_call *call, const slk_answer *a, bool packed, size_t n) {
    char z[64];
    add(h, "Cache-Control", a->cache_control ? a->cache_control : "no-cache");
    if (a->type && a->status != 304) {
        add(h, "Content-Type", a->type);
        slk_text_print(z, sizeof z, "%zu", n);
        add(h, "Content-Length", z);
        if (packed) add(h, "Content-Encoding", "gzip");
    } else if (a->status != 304 && a->status != 204) {
        add(h, "Content-Length", "0");
    }
    if (a->packed.n) add(h, "Vary", "Accept-Encoding");
    if (*a->etag) {
        int tag = (int)strlen(a->etag) - 1;
        slk_text_print(z, sizeof z, packed ? "%.*s-gz\"" : "%.*s\"", tag, a->etag);
        add(h, "ETag", z);
    }
    for (unsigned i = 0; i < a->n_headers; i++) add(h, a->headers[i].name, a->headers[i].value);
    add_security(h, a->policy);
    (void)call;
}

/* The response's body, shared with the answer; NULL where it has none or memory is short. */
static struct evbuffer *body_of(const slk_call *call, slk_answer *a, slk_text body) {
    if (call->method == SLK_HEAD || !body.n || a->status == 304) return NULL;
    struct evbuffer *b = evbuffer_new();
    if (!b) return NULL;
    slk_answer_hold(a);
    if (evbuffer_add_reference(b, body.at, body.n, release, a) == 0) return b;
    slk_answer_drop(a);
    evbuffer_free(b);
    return NULL;
}

/* What evhttp wrote while the filter was closed for writing stays there until somebody asks. */
static void push(slk_connection *c) { (void)bufferevent_flush(c->filter, EV_WRITE, BEV_NORMAL); }

static void sent(struct evhttp_request *req, void *ctx) {
    (void)req;
    slk_loop_go_on(ctx);
}

void slk_http_send(slk_loop *loop, slk_call *call, slk_answer *a) {
    struct evhttp_request *req = call->inside;
    struct evhttp_connection *evcon = evhttp_request_get_connection(req);
    if (!evcon || !a) { /* the client is gone, or there is no memory for an answer */
        if (evcon)
            evhttp_send_reply(req, 500, "Internal Server Error", NULL);
        else
            evhttp_request_free(req);
    } else {
        struct evkeyvalq *h = evhttp_request_get_output_headers(req);
        bool packed = a->packed.n && accepts_gzip(call->accept_encoding);
        slk_text body = packed ? a->packed : a->body;
        add_headers(h, call, a, packed, body.n);
        slk_connection *c = call->connection;
        c->closing = c->vet.close || loop->stopping || call->bad;
        if (c->closing) add(h, "Connection", "close");
        struct evbuffer *b = body_of(call, a, body);
        evhttp_request_set_on_complete_cb(req, sent, c);
        evhttp_send_reply(req, a->status, slk_answer_reason(a->status), b);
        if (b) evbuffer_free(b);
        /* evhttp would end the connection when its bytes are with the filter's other side, not when they are sent */
        if (c->closing) (void)evhttp_remove_header(h, "Connection");
        push(c);
    }
    slk_answer_drop(a);
    slk_call_free(call);
}

void slk_http_answer(slk_call *call, slk_answer *answer) {
    slk_loop *loop = call->loop;
    if (loop->started && pthread_equal(loop->thread, pthread_self())) {
        slk_http_send(loop, call, answer);
        return;
    }
    slk_message *m = slk_message_new(SLK_SAY_ANSWER, 0);
    if (!m) return; /* the call stays unanswered until its connection ends */
    m->call = call;
    m->answer = answer;
    slk_http_post(loop, m);
}

/* ---------------------------------------------------------------- requests */

/* The connection that a request's mark names, and the status by which the vet refused it. */
static slk_connection *connection_of(slk_loop *loop, struct evhttp_request *req, int *status) {
    struct evhttp_connection *evcon = evhttp_request_get_connection(req);
    const char *mark = evhttp_find_header(evhttp_request_get_input_headers(req), SLK_VET_HEADER);
    struct bufferevent *b = evcon ? evhttp_connection_get_bufferevent(evcon) : NULL;
    if (!mark || !b || !bufferevent_get_underlying(b)) return NULL;
    char *end = NULL;
    unsigned long number = strtoul(mark, &end, 10);
    *status = (int)strtol(end, NULL, 10);
    slk_connection *c = number < loop->n_slots ? loop->slots[number] : NULL;
    return c && c->filter == b ? c : NULL;
}

void slk_http_request(struct evhttp_request *req, void *ctx) {
    slk_loop *loop = ctx;
    const slk_http_options *o = &loop->http->options;
    int status = 0;
    slk_connection *c = connection_of(loop, req, &status);
    slk_call *call = c ? slk_call_of(loop, req) : NULL;
    if (!call) {
        if (c) c->closing = true;
        evhttp_send_reply(req, 500, "Internal Server Error", NULL);
        return;
    }
    c->busy = true;
    call->connection = c;
    if (status) call->bad = status;
    atomic_fetch_add(&o->sums->requests, 1);
    if (status) atomic_fetch_add(&o->sums->refused, 1);
    o->handle(o->ctx, call);
}

/* ---------------------------------------------------------------- streams */

static void stream_gone(struct evhttp_connection *evcon, void *ctx) {
    slk_stream *s = ctx;
    slk_loop *loop = s->loop;
    (void)evcon;
    if (s->before)
        s->before->after = s->after;
    else
        loop->streams = s->after;
    if (s->after) s->after->before = s->before;
    s->closed(s->ctx, s);
    if (s->req && !evhttp_request_get_connection(s->req))
        evhttp_request_free(s->req); /* else freed with the connection */
    s->req = NULL;
    if (atomic_fetch_sub(&s->holders, 1) == 1) free(s);
}

slk_stream *slk_http_stream_open(slk_call *call, const char *type, void (*closed)(void *ctx, slk_stream *s),
                                 void *ctx) {
    struct evhttp_request *req = call->inside;
    slk_loop *loop = call->loop;
    slk_stream *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    struct evkeyvalq *h = evhttp_request_get_output_headers(req);
    *s = (slk_stream){
        .loop = loop, .connection = call->connection, .req = req, .after = loop->streams, .closed = closed, .ctx = ctx};
    atomic_init(&s->holders, 1);
    if (s->after) s->after->before = s;
    loop->streams = s;
    add(h, "Content-Type", type);
    add(h, "Cache-Control", "no-store");
    add(h, "X-Accel-Buffering", "no");
    add_security(h, SLK_POLICY_DATA);
    evhttp_connection_set_closecb(evhttp_request_get_connection(req), stream_gone, s);
    evhttp_send_reply_start(req, 200, "OK");
    push(s->connection);
    slk_call_free(call);
    return s;
}

bool slk_http_stream_send(slk_stream *s, slk_text bytes) {
    slk_message *m = slk_message_new(SLK_SAY_BYTES, bytes.n);
    if (!m) return false;
    atomic_fetch_add(&s->holders, 1);
    m->stream = s;
    m->n = bytes.n;
    memcpy(m->bytes, bytes.at, bytes.n);
    slk_http_post(s->loop, m);
    return true;
}

/* ---------------------------------------------------------------- opening */

/* A socket that listens; shared: others may listen on the same address, one for each loop. -1 and errno on failure. */
static int listen_on(const struct sockaddr *at, socklen_t n, bool shared) {
    const int on = 1;
    int fd = socket(at->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    bool ok = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0;
    if (shared) ok = ok && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on,
                     sizeof on); /* only slower without; accepted sockets inherit it */
    if (ok && bind(fd, at, n) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
    int why = errno;
    (void)close(fd);
    errno = why;
    return -1;
}

/* Finds out whether the address is free (a shared socket would not say so) and which port it has. */
static bool settle(struct sockaddr_storage *at, socklen_t *n) {
    int fd = listen_on((struct sockaddr *)at, *n, false);
    if (fd < 0) return false;
    bool ok = getsockname(fd, (struct sockaddr *)at, n) == 0;
    (void)close(fd);
    return ok;
}

static void say_address(const struct sockaddr_storage *at, char out[128]) {
    char host[INET6_ADDRSTRLEN] = "?";
    if (at->ss_family == AF_INET6) {
        const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)at;
        (void)evutil_inet_ntop(AF_INET6, &a->sin6_addr, host, sizeof host);
        slk_text_print(out, 128, "[%s]:%u", host, ntohs(a->sin6_port));
    } else {
        const struct sockaddr_in *a = (const struct sockaddr_in *)at;
        (void)evutil_inet_ntop(AF_INET, &a->sin_addr, host, sizeof host);
        slk_text_print(out, 128, "%s:%u", host, ntohs(a->sin_port));
    }
}

static slk_err open_loops(slk_http *http, const struct sockaddr_storage *at, socklen_t n, slk_fault *fault) {
    for (unsigned i = 0; i < http->options.loops; i++) {
        int fd = listen_on((const struct sockaddr *)at, n, true);
        if (fd < 0) return slk_fault_say(fault, SLK_EIO, "%s: %s", http->options.listen, strerror(errno));
        http->n_loops = i + 1;
        slk_err err = slk_loop_open(&http->loops[i], http, fd, fault);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

/* "127.0.0.1:8420", "[::1]:0"; libevent's own reader knows no port 0. */
static bool parse_address(const char *z, struct sockaddr_storage *at, socklen_t *n) {
    char host[64];
    slk_text t = slk_text_of(z);
    const char *colon = t.n ? memrchr(t.at, ':', t.n) : NULL;
    unsigned port = 0;
    if (!colon || !colon[1] || colon == z) return false;
    for (const char *c = colon + 1; *c; c++) {
        if (!slk_is_digit(*c) || port > 65535) return false;
        port = port * 10 + (unsigned)(*c - '0');
    }
    bool six = *z == '[' && colon[-1] == ']';
    slk_text_print(host, sizeof host, "%.*s", (int)(colon - z) - 2 * six, z + six);
    struct sockaddr_in *four = (struct sockaddr_in *)at;
    struct sockaddr_in6 *long_one = (struct sockaddr_in6 *)at;
    at->ss_family = six ? AF_INET6 : AF_INET;
    *n = six ? sizeof *long_one : sizeof *four;
    if (six)
        long_one->sin6_port = htons((uint16_t)port);
    else
        four->sin_port = htons((uint16_t)port);
    void *raw = six ? (void *)&long_one->sin6_addr : (void *)&four->sin_addr;
    return port <= 65535 && evutil_inet_pton(at->ss_family, host, raw) == 1;
}

slk_err slk_http_open(const slk_http_options *options, slk_http **out, char address[128], slk_fault *fault) {
    struct sockaddr_storage at = {0};
    socklen_t size = sizeof at;
    if (!parse_address(options->listen, &at, &size))
        return slk_fault_say(fault, SLK_EINPUT, "%.100s: no address to listen on; one is 127.0.0.1:8420 or [::1]:8420",
                             options->listen);
    if (!settle(&at, &size)) return slk_fault_say(fault, SLK_EIO, "%.100s: %s", options->listen, strerror(errno));
    slk_http *http = calloc(1, sizeof *http);
    if (http) http->loops = calloc(options->loops, sizeof *http->loops);
    if (!http || !http->loops) {
        free(http);
        return slk_fault_say(fault, SLK_ENOMEM, "no memory for the loops");
    }
    http->options = *options;
    slk_err err = open_loops(http, &at, size, fault);
    if (err != SLK_OK) {
        slk_http_close(http);
        return err;
    }
    say_address(&at, address);
    *out = http;
    return SLK_OK;
}

slk_err slk_http_start(slk_http *http, slk_fault *fault) {
    for (unsigned i = 0; i < http->n_loops; i++) {
        slk_err err = slk_loop_start(&http->loops[i], fault);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

static void say_all(slk_http *http, slk_message_kind kind) {
    for (unsigned i = 0; i < http->n_loops; i++) {
        slk_message *m = slk_message_new(kind, 0);
        if (m) slk_http_post(&http->loops[i], m);
    }
}

void slk_http_stop(slk_http *http, int most_ms) {
    struct timespec until;
    say_all(http, SLK_SAY_STOP);
    if (clock_gettime(CLOCK_REALTIME, &until) != 0) return;
    until.tv_sec += most_ms / 1000;
    for (unsigned i = 0; i < http->n_loops; i++) {
        slk_loop *loop = &http->loops[i];
        if (!loop->started) continue;
        if (pthread_timedjoin_np(loop->thread, NULL, &until) != 0) {
            say_all(http, SLK_SAY_END);
            (void)pthread_join(loop->thread, NULL);
        }
        loop->started = false;
    }
}

void slk_http_close(slk_http *http) {
    if (!http) return;
    for (unsigned i = 0; i < http->n_loops; i++) slk_loop_close(&http->loops[i]);
    free(http->loops);
    free(http);
}
