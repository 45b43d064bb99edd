/* fetch.h - HTTP and HTTPS requests, many at once in one thread, by libcurl: of what watches (follow.h) and of what alerts (alerts/).
 *
 * What always holds: http and https only, no credentials in addresses, no cookies, no proxy unless private addresses are let
 * through (a proxy would connect where nobody here can look); every socket's address is looked at before it is connected
 * (address.h); sizes and times have limits; redirects are not followed but told, so that the caller can ask robots.txt and keep
 * his pace at each step. Bodies stay packed as they came: slk_http_body unpacks them within its limits. */
#ifndef SLK_WATCH_FETCH_H
#define SLK_WATCH_FETCH_H

#include "base/buf.h"
#include "sillok.h"

#define SLK_FETCH_HEADERS_MOST_B 65536u
#define SLK_FETCH_CONNECT_MS 15000
#define SLK_FETCH_TOTAL_MS 60000
#define SLK_FETCH_AT_ONCE 16u

typedef struct slk_fetcher slk_fetcher;

typedef struct slk_fetch_options {
    const char *agent;  /* User-Agent; copied */
    bool allow_private; /* any address may be connected to, a proxy of the environment counts */
} slk_fetch_options;

typedef struct slk_fetch_header {
    const char *name, *value; /* one with a line feed, or longer than 2000 bytes, is left out */
} slk_fetch_header;

typedef struct slk_request {
    const char *url;             /* copied */
    const char *etag, *modified; /* of the copy that is known already; NULL for none; copied */
    const char *accept;          /* Accept header; borrowed for ever */
    size_t most_b;               /* of the body as it comes */
    slk_text post; /* at NULL: a GET; else a POST of these bytes, answered unpacked or not at all; copied */
    const slk_fetch_header *headers; /* n more; copied */
    uint32_t n;
    int64_t total_ms; /* 0: SLK_FETCH_TOTAL_MS */
    void *who;        /* handed back */
} slk_request;

typedef enum slk_fetch_end {
    SLK_FETCH_ANSWERED, /* there is a status */
    SLK_FETCH_FAILED,   /* no connection, no answer in time, an answer cut off: later perhaps */
    SLK_FETCH_REFUSED,  /* a private address, another scheme, more bytes than the limit: never */
} slk_fetch_end;

typedef struct slk_fetched { /* free with slk_fetched_free */
    void *who;
    slk_fetch_end end;
    int status;
    char message[256];     /* why there is no answer */
    slk_buf response;      /* status line, headers (no Transfer-Encoding) and body, as slk_http_split takes it */
    char *redirect;        /* where the answer sends, absolute; NULL: nowhere. From malloc */
    char *etag, *modified; /* of the answer; NULL for none. From malloc */
    int64_t retry_after_s; /* 0: not said */
} slk_fetched;

/* Fails with SLK_ENOMEM. */
SLK_MUST slk_err slk_fetcher_new(const slk_fetch_options *options, slk_fetcher **out);
void slk_fetcher_free(slk_fetcher *f); /* breaks off what is under way */

/* Starts a request; at most SLK_FETCH_AT_ONCE at once (the caller counts). Fails with SLK_ENOMEM. */
SLK_MUST slk_err slk_fetch_start(slk_fetcher *f, const slk_request *request);
/* Waits until something happens, `most_ms` at most. */
void slk_fetcher_wait(slk_fetcher *f, int most_ms);
/* A request that has ended; false where none has. */
SLK_MUST bool slk_fetcher_next(slk_fetcher *f, slk_fetched *out);
void slk_fetched_free(slk_fetched *done);

#endif
