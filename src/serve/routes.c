/* routes.c - every route of the server, said once: method, path, parameters, who answers. openapi.json describes them for others, and
 * a test holds the two against each other (`sillok --generate routes`). */
#include <string.h>

#include "base/text.h"
#include "serve/inside.h"

#define FILTERS "type actor country weapon source status place near bbox since until as_of q main"
#define PAGES "sort limit cursor"

const slk_route slk_routes[] = {
    {SLK_GET, "/api/v1/events", FILTERS " " PAGES " view", slk_serve_events, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/events/{id}", "as_of", slk_serve_event, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/events/{id}/history", "", slk_serve_history, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/claims", FILTERS " " PAGES " event field by", slk_serve_claims, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/timeline", FILTERS " limit", slk_serve_timeline, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/export", FILTERS " sort limit format event", slk_serve_export, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/reports", "q limit cursor", slk_serve_reports, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/reports/{id}", "layers", slk_serve_report, SLK_ROUTE_CACHED},
    {SLK_POST, "/api/v1/reports", "published url title outlet", slk_serve_add, 0},
    {SLK_GET, "/api/v1/sources", "limit", slk_serve_sources, SLK_ROUTE_CACHED},
    {SLK_GET, "/api/v1/search", "q limit as_of", slk_serve_search, SLK_ROUTE_CACHED},
    {SLK_POST, "/api/v1/read", "published url title outlet layers", slk_serve_read, 0},
    {SLK_GET, "/api/v1/stream", "", NULL, SLK_ROUTE_AT_ONCE}, /* server.c */
    {SLK_GET, "/api/v1/openapi.json", "", slk_serve_openapi, SLK_ROUTE_AT_ONCE},
    {SLK_GET, "/api/v1/about", "", slk_serve_about, SLK_ROUTE_CACHED},
    {SLK_GET, "/healthz", "", slk_serve_health, SLK_ROUTE_AT_ONCE},
    {SLK_GET, "/metrics", "", slk_serve_metrics, SLK_ROUTE_AT_ONCE},
    {SLK_GET, "/", NULL, slk_serve_page, SLK_ROUTE_AT_ONCE},
    {SLK_GET, "/events", NULL, slk_serve_event_list_page, SLK_ROUTE_CACHED},
    {SLK_GET, "/events/{id}", NULL, slk_serve_event_page, SLK_ROUTE_CACHED},
    {SLK_GET, "/reports", NULL, slk_serve_report_list_page, SLK_ROUTE_CACHED},
    {SLK_GET, "/reports/{id}", NULL, slk_serve_report_page, SLK_ROUTE_CACHED},
    {SLK_GET, "/{rest}", NULL, slk_serve_asset, SLK_ROUTE_AT_ONCE}, /* the page's own files; the last */
};

const unsigned slk_n_routes = sizeof slk_routes / sizeof *slk_routes;
_Static_assert(sizeof slk_routes / sizeof *slk_routes < SLK_METRIC_ROUTES, "metrics have room for every route");

/* Does a path fit a pattern? What stands for {id} (no slash, not empty) or {rest} goes into *id. */
static bool fits(const char *pattern, const char *path, slk_text *id) {
    const char *brace = strchr(pattern, '{');
    if (!brace) return strcmp(pattern, path) == 0;
    size_t n = (size_t)(brace - pattern);
    if (strncmp(pattern, path, n) != 0) return false;
    const char *tail = strchr(brace, '}') + 1;
    bool rest = strncmp(brace, "{rest}", 6) == 0;
    size_t len = rest ? strlen(path + n) : strcspn(path + n, "/");
    *id = (slk_text){path + n, len};
    return len > 0 && strcmp(path + n + len, tail) == 0;
}

const slk_route *slk_route_find(slk_call *call, const char **id, char allow[64]) {
    slk_method method = call->method == SLK_HEAD ? SLK_GET : call->method;
    slk_text found = {NULL, 0};
    *allow = '\0';
    for (unsigned i = 0; i < slk_n_routes; i++) {
        const slk_route *r = &slk_routes[i];
        if (!fits(r->path, call->path, &found)) continue;
        bool file = strcmp(r->path, "/{rest}") == 0;
        if (file && *allow) break; /* a path of another method is no file */
        if (r->method != method) {
            size_t n = strlen(allow);
            slk_text_print(allow + n, 64 - n, "%s%s", n ? ", " : "", r->method == SLK_POST ? "POST" : "GET, HEAD");
            continue;
        }
        *id = found.n ? slk_arena_copy(&call->arena, found.at, found.n) : NULL;
        return r;
    }
    return NULL;
}

const char *slk_param_of(const slk_call *call, const char *name) {
    for (unsigned i = 0; i < call->n_params; i++)
        if (strcmp(call->params[i].name, name) == 0 && *call->params[i].value) return call->params[i].value;
    return NULL;
}

slk_answer *slk_answer_json(slk_buf *b) {
    slk_answer *a = NULL;
    if (b->err == SLK_ELIMIT)
        a = slk_answer_problem(422, "the answer would be too large: ask for less with limit");
    else if (b->err == SLK_OK && (a = slk_answer_new(200)) != NULL && !slk_answer_take(a, "application/json", b)) {
        slk_answer_drop(a);
        a = NULL;
    }
    slk_buf_free(b);
    return a;
}

slk_answer *slk_answer_fault(slk_err err, const slk_fault *fault) {
    switch (err) {
    case SLK_EMISSING: return slk_answer_problem(404, "%s", fault->message);
    case SLK_EINPUT: return slk_answer_problem(400, "%s", fault->message);
    case SLK_ELOCKED:
    case SLK_ENOMEM: return slk_answer_problem(503, "the server is short of room or time: try again");
    case SLK_EEMPTY:
    case SLK_EENCODING:
    case SLK_ELIMIT: return slk_answer_problem(422, "%s", *fault->message ? fault->message : slk_err_meaning(err));
    default: return slk_answer_problem(500, "%s", slk_err_meaning(err)); /* no path of a file to strangers */
    }
}

void slk_server_routes(slk_buf *out) {
    for (unsigned i = 0; i < slk_n_routes; i++) {
        const slk_route *r = &slk_routes[i];
        slk_buf_printf(out, "%s %s %s\n", r->method == SLK_POST ? "POST" : "GET", r->path, r->params ? r->params : "");
    }
}
