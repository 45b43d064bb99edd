/* http_loop.c - one loop: its listener, its connections with the vet between socket and evhttp, and the sweep that ends what takes
 * too long. A connection's bytes go on to evhttp one request at a time: evhttp never sees a second one before the first is
 * answered, so a client that sends many at once fills its own socket and not our memory. */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/text.h"
#include "serve/http_inside.h"

#define SWEEP_MS 250
#define READ_MOST_B 65536
#define BACKLOG 4096
#define SLOTS_MORE 1024 /* connections that may be accepted in one go before the listener stops */
#define HEADERS_MOST_B ((ev_ssize_t)SLK_VET_HEAD_B + 4096) /* of evhttp: never reached behind the vet */
#define EVER_S 86400
#define LINGER_MS 2000                  /* that a client has to take its last answer */
#define STREAM_MOST_B ((size_t)1 << 20) /* that a slow reader may leave unread */

static int64_t now_ms(void) { return slk_http_now_ns() / 1000000; }

/* ---------------------------------------------------------------- connections */

static void put(void *ctx, const char *at, size_t n) {
    if (evbuffer_add(ctx, at, n) != 0) return; /* out of memory: evhttp waits for the rest until the sweep comes */
}

/* The last bytes are with the system: no more from us. The client's end, or the sweep, frees the connection; what it still sends is
 * swallowed meanwhile, so that no reset overtakes the answer. */
static void end_when_sent(slk_connection *c) {
    evutil_socket_t fd = bufferevent_getfd(c->under);
    if (!c->closing || c->busy || c->ended || evbuffer_get_length(bufferevent_get_output(c->under)) > 0) return;
    c->ended = true;
    c->vet.state = SLK_VET_DEAD;
    c->since_ms = now_ms();
    if (fd >= 0) (void)shutdown(fd, SHUT_WR); /* fails where the client is gone already */
}

static void written(struct evbuffer *out, const struct evbuffer_cb_info *info, void *ctx) {
    (void)out;
    if (info->n_deleted) end_when_sent(ctx);
}

/* Moves what the vet lets through from the socket's bytes to evhttp's. */
static void move(slk_connection *c, struct evbuffer *from, struct evbuffer *to) {
    size_t n;
    while (!c->vet.held && (n = evbuffer_get_contiguous_space(from)) > 0) {
        const unsigned char *at = evbuffer_pullup(from, (ev_ssize_t)n);
        if (!at || evbuffer_drain(from, slk_vet_feed(&c->vet, (const char *)at, n, put, to)) != 0) break;
    }
    bool under_way = slk_vet_waits(&c->vet);
    if (under_way != c->under_way) c->since_ms = now_ms();
    c->under_way = under_way;
    if (c->vet.status && !c->busy) c->busy = true;
}

static enum bufferevent_filter_result look(struct evbuffer *from, struct evbuffer *to, ev_ssize_t most,
                                           enum bufferevent_flush_mode mode, void *ctx) {
    size_t before = evbuffer_get_length(to);
    (void)most;
    (void)mode;
    move(ctx, from, to);
    return evbuffer_get_length(to) > before ? BEV_OK : BEV_NEED_MORE;
}

static void forget(void *ctx) { /* the filter is freed */
    slk_connection *c = ctx;
    slk_loop *loop = c->loop;
    if (c->before)
        c->before->after = c->after;
    else
        loop->connections = c->after;
    if (c->after) c->after->before = c->before;
    loop->slots[c->vet.connection] = NULL;
    unsigned open = atomic_fetch_sub(&loop->http->options.sums->open, 1) - 1;
    if (loop->full && !loop->stopping && open < loop->http->options.connections)
        loop->full = evconnlistener_enable(loop->listener) != 0;
    free(c);
}

void slk_loop_go_on(slk_connection *c) {
    c->busy = c->vet.held = false;
    c->since_ms = now_ms();
    if (c->closing) {
        end_when_sent(c);
        return;
    }
    struct evbuffer *from = bufferevent_get_input(c->under);
    if (evbuffer_get_length(from) == 0) return;
    struct evbuffer *to = bufferevent_get_input(c->filter);
    move(c, from, to);
    if (evbuffer_get_length(to)) bufferevent_trigger(c->filter, EV_READ, BEV_TRIG_DEFER_CALLBACKS);
}

/* A number for one more connection. Numbers are tried in turn, so that a free one is found soon. */
static bool free_slot(slk_loop *loop, uint32_t *number) {
    for (uint32_t i = 0; i < loop->n_slots; i++) {
        loop->next_slot = loop->next_slot + 1 < loop->n_slots ? loop->next_slot + 1 : 0;
        if (loop->slots[loop->next_slot]) continue;
        *number = loop->next_slot;
        return true;
    }
    return false;
}

/* A connection's bufferevent, made when it is accepted. NULL lets evhttp make one of its own, whose requests carry no mark of
 * the vet and are refused (http.c). */
static struct bufferevent *accepted(struct event_base *base, void *ctx) {
    slk_loop *loop = ctx;
    const slk_http_options *o = &loop->http->options;
    struct timeval slow = {o->write_ms / 1000, (o->write_ms % 1000) * 1000};
    uint32_t number;
    slk_connection *c = free_slot(loop, &number) ? calloc(1, sizeof *c) : NULL;
    if (!c) return NULL;
    c->loop = loop;
    slk_vet_start(&c->vet, number, o->body_b);
    c->since_ms = now_ms();
    c->under = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
    if (c->under) c->filter = bufferevent_filter_new(c->under, look, NULL, BEV_OPT_CLOSE_ON_FREE, forget, c);
    if (!c->filter) {
        if (c->under) bufferevent_free(c->under);
        free(c);
        return NULL;
    }
    bufferevent_setwatermark(c->under, EV_READ, 0, READ_MOST_B);
    if (bufferevent_set_timeouts(c->under, NULL, &slow) != 0 ||
        !evbuffer_add_cb(bufferevent_get_output(c->under), written, c))
        c->since_ms = 0; /* swept at once */
    c->after = loop->connections;
    if (c->after) c->after->before = c;
    loop->connections = loop->slots[number] = c;
    atomic_fetch_add(&o->sums->connections, 1);
    if (atomic_fetch_add(&o->sums->open, 1) + 1 >= o->connections && !loop->full)
        loop->full = evconnlistener_disable(loop->listener) == 0;
    return c->filter;
}

/* ---------------------------------------------------------------- time */

void slk_loop_cut_off(slk_connection *c) {
    evutil_socket_t fd = bufferevent_getfd(c->under);
    if (fd >= 0) (void)shutdown(fd, SHUT_RDWR); /* evhttp sees the end and frees all */
}

/* A head that took too long is answered; a body or a pause is cut off. */
static void end_late(slk_connection *c, int64_t now) {
    const slk_http_options *o = &c->loop->http->options;
    bool in_body = c->vet.state == SLK_VET_BODY;
    int64_t most = c->ended ? LINGER_MS : !c->under_way ? o->idle_ms : in_body ? o->body_ms : o->head_ms;
    if (c->busy || (now - c->since_ms < most && !(c->loop->stopping && !c->under_way && !c->closing))) return;
    if (c->under_way) atomic_fetch_add(&o->sums->timed_out, 1);
    if (!c->under_way || in_body) {
        slk_loop_cut_off(c);
        return;
    }
    slk_vet_end(&c->vet, 408, put, bufferevent_get_input(c->filter));
    c->busy = true;
    c->under_way = false;
    bufferevent_trigger(c->filter, EV_READ, BEV_TRIG_DEFER_CALLBACKS);
}

static void sweep(evutil_socket_t fd, short what, void *ctx) {
    slk_loop *loop = ctx;
    int64_t now = now_ms();
    (void)fd;
    (void)what;
    for (slk_connection *c = loop->connections, *next; c; c = next) {
        next = c->after;
        end_late(c, now);
    }
    if (loop->full && !loop->stopping && atomic_load(&loop->http->options.sums->open) < loop->http->options.connections)
        loop->full = evconnlistener_enable(loop->listener) != 0;
    if (loop->stopping && !loop->connections) (void)event_base_loopbreak(loop->base);
}

/* ---------------------------------------------------------------- messages */

static void stop(slk_loop *loop) {
    loop->stopping = true;
    (void)evconnlistener_disable(loop->listener);
    for (slk_stream *s = loop->streams, *next; s; s = next) {
        next = s->after;
        struct evhttp_request *req = s->req;
        s->req = NULL; /* freed when its last bytes are sent */
        s->connection->closing = true;
        s->connection->busy = false;
        if (req) evhttp_send_reply_end(req);
    }
    sweep(-1, 0, loop);
}

static void send_bytes(slk_message *m) {
    slk_stream *s = m->stream;
    struct evhttp_connection *evcon = s->req ? evhttp_request_get_connection(s->req) : NULL;
    struct evbuffer *b = evcon ? evbuffer_new() : NULL;
    if (!b) return;
    if (evbuffer_get_length(bufferevent_get_output(s->connection->under)) > STREAM_MOST_B)
        slk_loop_cut_off(s->connection); /* it does not read: it may come again */
    else if (evbuffer_add(b, m->bytes, m->n) == 0)
        evhttp_send_reply_chunk(s->req, b);
    evbuffer_free(b);
}

static void drop_stream(slk_stream *s) {
    if (atomic_fetch_sub(&s->holders, 1) == 1) free(s);
}

static void take(slk_loop *loop, slk_message *m) {
    switch (m->kind) {
    case SLK_SAY_ANSWER: slk_http_send(loop, m->call, m->answer); break;
    case SLK_SAY_BYTES:
        send_bytes(m);
        drop_stream(m->stream);
        break;
    case SLK_SAY_STOP: stop(loop); break;
    case SLK_SAY_END: (void)event_base_loopbreak(loop->base); break;
    }
    free(m);
}

static slk_message *all_messages(slk_loop *loop) {
    (void)pthread_mutex_lock(&loop->lock);
    slk_message *m = loop->first;
    loop->first = loop->last = NULL;
    (void)pthread_mutex_unlock(&loop->lock);
    return m;
}

static void woken(evutil_socket_t fd, short what, void *ctx) {
    slk_loop *loop = ctx;
    uint64_t n;
    (void)what;
    if (read(fd, &n, sizeof n) < 0 && errno != EAGAIN) return;
    for (slk_message *m = all_messages(loop), *next; m; m = next) {
        next = m->next;
        take(loop, m);
    }
}

slk_message *slk_message_new(slk_message_kind kind, size_t n) {
    slk_message *m = calloc(1, sizeof *m + n);
    if (m) m->kind = kind;
    return m;
}

void slk_http_post(slk_loop *loop, slk_message *m) {
    const uint64_t one = 1;
    (void)pthread_mutex_lock(&loop->lock);
    bool first = !loop->first;
    if (first)
        loop->first = m;
    else
        loop->last->next = m;
    loop->last = m;
    (void)pthread_mutex_unlock(&loop->lock);
    if (first && write(loop->wake_fd, &one, sizeof one) < 0 && errno != EAGAIN) return; /* full: it is awake */
}

/* ---------------------------------------------------------------- the loop */

static bool set_up_http(slk_loop *loop) {
    const slk_http_options *o = &loop->http->options;
    if (!loop->evhttp || !loop->wake || !loop->sweep || !loop->listener) return false;
    evhttp_set_max_headers_size(loop->evhttp, HEADERS_MOST_B);
    evhttp_set_max_body_size(loop->evhttp, (ev_ssize_t)o->body_b + 1);
    evhttp_set_timeout(loop->evhttp, EVER_S); /* the sweep knows better */
    evhttp_set_allowed_methods(loop->evhttp, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST | EVHTTP_REQ_PUT |
                                                 EVHTTP_REQ_DELETE | EVHTTP_REQ_OPTIONS | EVHTTP_REQ_PATCH);
    evhttp_set_bevcb(loop->evhttp, accepted, loop);
    evhttp_set_gencb(loop->evhttp, slk_http_request, loop);
    const struct timeval every = {0, SWEEP_MS * 1000};
    return event_add(loop->wake, NULL) == 0 && event_add(loop->sweep, &every) == 0;
}

/* One thread alone uses a loop, and what it wants of a descriptor changes several times a request: told to the system in one go. */
static struct event_base *base_new(void) {
    struct event_config *c = event_config_new();
    struct event_base *base = NULL;
    if (c && event_config_set_flag(c, EVENT_BASE_FLAG_NOLOCK | EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST) == 0)
        base = event_base_new_with_config(c);
    if (c) event_config_free(c);
    return base;
}

slk_err slk_loop_open(slk_loop *loop, slk_http *http, int fd, slk_fault *fault) {
    loop->http = http;
    loop->wake_fd = -1;
    if (pthread_mutex_init(&loop->lock, NULL) != 0) {
        (void)close(fd);
        return slk_fault_say(fault, SLK_ENOMEM, "no memory for a loop");
    }
    loop->n_slots = http->options.connections + SLOTS_MORE;
    loop->slots = calloc(loop->n_slots, sizeof(slk_connection *));
    loop->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    loop->base = base_new();
    if (loop->base && loop->slots && loop->wake_fd >= 0) {
        loop->evhttp = evhttp_new(loop->base);
        loop->wake = event_new(loop->base, loop->wake_fd, EV_READ | EV_PERSIST, woken, loop);
        loop->sweep = event_new(loop->base, -1, EV_PERSIST, sweep, loop);
        loop->listener =
            evconnlistener_new(loop->base, NULL, NULL, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, BACKLOG, fd);
    }
    if (!loop->listener) (void)close(fd);
    if (!set_up_http(loop)) return slk_fault_say(fault, SLK_ENOMEM, "no memory for a loop");
    if (!evhttp_bind_listener(loop->evhttp, loop->listener)) {
        evconnlistener_free(loop->listener);
        loop->listener = NULL;
        return slk_fault_say(fault, SLK_ENOMEM, "no memory for a loop");
    }
    return SLK_OK;
}

static void *run(void *ctx) {
    slk_loop *loop = ctx;
    (void)event_base_dispatch(loop->base); /* ends by loopbreak */
    return NULL;
}

slk_err slk_loop_start(slk_loop *loop, slk_fault *fault) {
    int rc = pthread_create(&loop->thread, NULL, run, loop);
    if (rc != 0) return slk_fault_say(fault, SLK_ENOMEM, "no thread: %s", strerror(rc));
    loop->started = true;
    return SLK_OK;
}

void slk_loop_close(slk_loop *loop) {
    if (!loop->http) return;
    for (slk_message *m = all_messages(loop), *next; m; m = next) {
        next = m->next;
        slk_call_free(m->call);
        slk_answer_drop(m->answer);
        if (m->stream) drop_stream(m->stream);
        free(m);
    }
    loop->stopping = true;
    if (loop->evhttp) evhttp_free(loop->evhttp); /* the listener and all connections with it */
    if (loop->wake) event_free(loop->wake);
    if (loop->sweep) event_free(loop->sweep);
    if (loop->base) event_base_free(loop->base);
    if (loop->wake_fd >= 0) (void)close(loop->wake_fd);
    free(loop->slots);
    (void)pthread_mutex_destroy(&loop->lock);
    loop->http = NULL;
}
