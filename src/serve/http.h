/* http.h - the server's own small interface to HTTP, so that nothing else knows which library speaks it (http.c: libevent's evhttp
 * behind the vet of vet.h). One loop per thread, each with a socket of its own on the same address; a request becomes a call, is
 * handed to the server on the loop's thread, and is answered from any thread.
 *
 * What always holds: a request reaches the server only when its head was sound and its Host is one of ours; a head, a body and a
 * pause between two requests have their time; each call is answered exactly once. */
#ifndef SLK_SERVE_HTTP_H
#define SLK_SERVE_HTTP_H

#include "base/mem.h"
#include "serve/answer.h"

typedef enum slk_method { SLK_GET, SLK_HEAD, SLK_POST, SLK_METHOD_OTHER } slk_method;

typedef struct slk_param { /* of the query, percent-decoded, valid UTF-8 without NUL */
    const char *name, *value;
} slk_param;

#define SLK_MAX_PARAMS 32

typedef struct slk_call { /* all strings live as long as the call */
    slk_method method;
    const char *target; /* as it was sent, without the host: "/api/v1/events?type=launch" */
    const char *path;   /* percent-decoded, valid UTF-8 without NUL */
    slk_param params[SLK_MAX_PARAMS];
    unsigned n_params;
    slk_text body;
    /* headers, NULL where not sent */
    const char *if_none_match, *accept, *accept_encoding, *authorization, *content_type, *content_encoding, *fetch_site,
        *origin, *host, *last_event_id;
    int bad; /* the status by which the request is to be refused already, 0: none */
    int64_t started_ns;
    const void *route; /* for the server: what it wants to remember */
    slk_arena arena;
    void *inside, *loop, *connection; /* of http.c */
} slk_call;

typedef struct slk_http_sums { /* counters, read at any time */
    atomic_ullong connections, requests, refused, timed_out;
    atomic_uint open; /* connections now */
} slk_http_sums;

typedef struct slk_http_options {
    const char *listen;   /* "127.0.0.1:8420", "[::1]:0"; port 0: any that is free */
    unsigned loops;       /* threads */
    unsigned connections; /* at most so many at once */
    uint64_t body_b;      /* of a request */
    int head_ms, body_ms, idle_ms, write_ms;
    void *ctx;
    void (*handle)(void *ctx, slk_call *call); /* on a loop's thread; must not wait */
    slk_http_sums *sums;
} slk_http_options;

typedef struct slk_http slk_http;

/* Listens; *address: "127.0.0.1:8420" as it came out. fault says what is wrong with the address. */
SLK_MUST slk_err slk_http_open(const slk_http_options *options, slk_http **out, char address[128], slk_fault *fault);
/* Starts the loops. */
SLK_MUST slk_err slk_http_start(slk_http *http, slk_fault *fault);
/* No new connections; answers end theirs; streams end. Then, when all is answered or after most_ms, the loops end. */
void slk_http_stop(slk_http *http, int most_ms);
void slk_http_close(slk_http *http); /* after slk_http_stop, or without a start; NULL is fine */

/* Answers a call and frees it; takes the caller's hold of the answer (NULL: 500). Any thread. */
void slk_http_answer(slk_call *call, slk_answer *answer);

/* ---------------------------------------------------------------- streams: answers that go on (server-sent events) */

typedef struct slk_stream slk_stream;

/* Begins an endless answer of this media type; on the loop's thread (within handle). The call is freed. closed is called once on the
 * loop's thread when the client is gone or the server stops; the stream is gone then. NULL when out of memory. */
slk_stream *slk_http_stream_open(slk_call *call, const char *type, void (*closed)(void *ctx, slk_stream *s), void *ctx);
/* Sends bytes; from any thread, while the stream is there (the caller's lock keeps closed from running meanwhile). False where
 * the client reads too slowly: it is cut off then. */
bool slk_http_stream_send(slk_stream *s, slk_text bytes);

#endif
