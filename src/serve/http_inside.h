/* http_inside.h - what http.c, http_loop.c and http_call.c share. */
#ifndef SLK_SERVE_HTTP_INSIDE_H
#define SLK_SERVE_HTTP_INSIDE_H

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <pthread.h>

#include "serve/http.h"
#include "serve/vet.h"

typedef struct slk_loop slk_loop;

typedef struct slk_connection { /* one client; owned by its loop, freed with its filter */
    slk_loop *loop;
    struct bufferevent *under, *filter;
    struct slk_connection *before, *after; /* in the loop's list */
    int64_t since_ms;                      /* when what is under way began: a head, a body, a pause */
    bool under_way;                        /* something of a request is there */
    bool busy;                             /* a request waits for its answer */
    bool closing;                          /* the last answer is on its way: then the connection ends */
    bool ended;                            /* it is sent, and the client was told */
    slk_vet vet;
} slk_connection;

typedef enum slk_message_kind { SLK_SAY_ANSWER, SLK_SAY_BYTES, SLK_SAY_STOP, SLK_SAY_END } slk_message_kind;

typedef struct slk_message { /* to a loop, from any thread */
    struct slk_message *next;
    slk_message_kind kind;
    slk_call *call;
    slk_answer *answer;
    slk_stream *stream;
    size_t n;
    char bytes[];
} slk_message;

struct slk_loop {
    slk_http *http;
    struct event_base *base;
    struct evhttp *evhttp;
    struct evconnlistener *listener;
    struct event *wake, *sweep;
    slk_connection *connections, **slots; /* by number; NULL: free */
    uint32_t n_slots, next_slot;
    slk_stream *streams;
    pthread_t thread;
    bool started, stopping, full;
    int wake_fd;
    pthread_mutex_t lock; /* over the messages */
    slk_message *first, *last;
};

struct slk_http {
    slk_http_options options;
    slk_loop *loops;
    unsigned n_loops;
};

struct slk_stream {
    slk_loop *loop;
    slk_connection *connection;
    struct evhttp_request *req; /* NULL when the client is gone or the answer has ended */
    struct slk_stream *before, *after;
    atomic_uint holders;
    void (*closed)(void *ctx, slk_stream *s);
    void *ctx;
};

int64_t slk_http_now_ns(void);

/* Makes a call of a request (http_call.c). NULL when out of memory. */
slk_call *slk_call_of(slk_loop *loop, struct evhttp_request *req);
void slk_call_free(slk_call *call);

/* Sends an answer on the loop's own thread; frees the call and drops the answer (http.c). */
void slk_http_send(slk_loop *loop, slk_call *call, slk_answer *answer);
void slk_http_post(slk_loop *loop, slk_message *m);
slk_message *slk_message_new(slk_message_kind kind, size_t n);

/* Sets up a loop that listens on fd (http_loop.c). */
SLK_MUST slk_err slk_loop_open(slk_loop *loop, slk_http *http, int fd, slk_fault *fault);
SLK_MUST slk_err slk_loop_start(slk_loop *loop, slk_fault *fault);
void slk_loop_close(slk_loop *loop);
/* The connection's next request may be looked at. */
void slk_loop_go_on(slk_connection *c);
/* Ends a connection from our side; what belongs to it is freed soon after. */
void slk_loop_cut_off(slk_connection *c);
/* Takes a request of evhttp (http.c). */
void slk_http_request(struct evhttp_request *req, void *loop);

#endif
