/* inside.h - what the files of the server share. */
#ifndef SLK_SERVE_INSIDE_H
#define SLK_SERVE_INSIDE_H

#include <pthread.h>

#include "serve/cache.h"
#include "serve/hub.h"
#include "serve/metrics.h"
#include "serve/readers.h"
#include "serve/server.h"
#include "serve/tokens.h"
#include "serve/workers.h"

#define SLK_ANSWER_MOST_B ((size_t)256 << 20)

struct slk_server {
    slk_serve_options options;
    const slk_engine *engine;
    slk_http_sums sums;
    slk_http *http;
    slk_cache *cache;
    slk_hub *hub;
    slk_workers *workers, *posts; /* posts: what is posted waits for itself alone */
    slk_readers *readers;
    slk_tokens *tokens; /* NULL: nothing can be written */
    slk_metrics metrics;
    pthread_mutex_t writing; /* one report at a time */
};

/* ---------------------------------------------------------------- routes (routes.c) */

typedef struct slk_work { /* one call on its way to its answer */
    slk_server *server;
    slk_call *call;
    slk_ledger *ledger; /* of the worker; NULL on a loop */
    const char *id;     /* what stands for {id} in the path, decoded; NULL */
    slk_fault fault;
} slk_work;

enum {
    SLK_ROUTE_CACHED = 1, /* the same question has the same answer until the ledger changes */
    SLK_ROUTE_AT_ONCE = 2 /* answered on the loop: needs no ledger and no time */
};

typedef struct slk_route {
    slk_method method;
    const char *path;                   /* "/api/v1/events/{id}"; "/assets/{rest}" holds the rest, slashes too */
    const char *params;                 /* that may be given, separated by blanks */
    slk_answer *(*answer)(slk_work *w); /* NULL: out of memory */
    unsigned flags;
} slk_route;

extern const slk_route slk_routes[];
extern const unsigned slk_n_routes;

/* The route of a call; what stands for {id} goes into *id (in the call's arena). NULL: none; *allow then names the methods that the path
 * has, "" for no such path. */
const slk_route *slk_route_find(slk_call *call, const char **id, char allow[64]);
/* A parameter of the call, NULL where it was not given or is empty. */
const char *slk_param_of(const slk_call *call, const char *name);
/* An answer of JSON that a handler wrote; frees the buffer. */
slk_answer *slk_answer_json(slk_buf *b);
/* The problem that a fault of the ledger or the reader is. */
slk_answer *slk_answer_fault(slk_err err, const slk_fault *fault) __attribute__((returns_nonnull));

/* ---------------------------------------------------------------- what is asked for (ask.c) */

/* The filter that the call's parameters mean. NULL, or the problem with them. */
slk_answer *slk_ask_filter(const slk_call *call, slk_filter *out);
/* The day of as_of. */
slk_answer *slk_ask_as_of(const slk_call *call, slk_instant *out);
/* A whole number between 1 and most; the default where it was not given. */
slk_answer *slk_ask_limit(const slk_call *call, uint32_t without, uint32_t most, uint32_t *out);

/* ---------------------------------------------------------------- handlers */

slk_answer *slk_serve_events(slk_work *w); /* api_events.c */
slk_answer *slk_serve_event(slk_work *w);
slk_answer *slk_serve_history(slk_work *w);
slk_answer *slk_serve_claims(slk_work *w);
slk_answer *slk_serve_timeline(slk_work *w);
slk_answer *slk_serve_export(slk_work *w);
slk_answer *slk_serve_reports(slk_work *w); /* api_reports.c */
slk_answer *slk_serve_report(slk_work *w);
SLK_MUST slk_err slk_serve_read_again(slk_work *w, slk_arena *arena, slk_reading **out); /* the report w->id */
slk_answer *slk_serve_sources(slk_work *w);
slk_answer *slk_serve_search(slk_work *w);
slk_answer *slk_serve_read(slk_work *w); /* api_read.c */
slk_answer *slk_serve_add(slk_work *w);
slk_answer *slk_serve_openapi(slk_work *w); /* api_about.c */
slk_answer *slk_serve_about(slk_work *w);
slk_answer *slk_serve_health(slk_work *w);
slk_answer *slk_serve_metrics(slk_work *w);
slk_answer *slk_serve_page(slk_work *w); /* assets.c */
slk_answer *slk_serve_asset(slk_work *w);
slk_answer *slk_serve_event_page(slk_work *w); /* pages.c */
slk_answer *slk_serve_report_page(slk_work *w);
slk_answer *slk_serve_event_list_page(slk_work *w);
slk_answer *slk_serve_report_list_page(slk_work *w);

#endif
