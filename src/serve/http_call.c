/* http_call.c - makes a call of a request: its path and parameters decoded, its headers and body copied, so that any thread may read
 * them while the connection may be gone. */
#include <event2/buffer.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "serve/http_inside.h"

#define CALL_MOST_B ((size_t)64 << 20)

static int hex_of(char c) {
    if (slk_is_digit(c)) return c - '0';
    c = slk_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decodes; NULL where that gives a NUL, no UTF-8, or where a percent sign stands alone. */
static const char *decode(slk_arena *a, slk_text t, bool plus) {
    char *out = slk_arena_take(a, t.n + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < t.n; i++) {
        char c = t.at[i];
        if (c == '%') {
            bool whole = i + 2 < t.n;
            int high = whole ? hex_of(t.at[i + 1]) : -1, low = whole ? hex_of(t.at[i + 2]) : -1;
            if (high < 0 || low < 0) return NULL;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        out[n++] = c;
    }
    if (!out || slk_utf8_check((slk_text){out, n}) != n) return NULL;
    out[n] = '\0';
    return out;
}

static void read_query(slk_call *call, slk_text query) {
    slk_text one;
    while (slk_text_split(&query, '&', &one)) {
        if (!one.n) continue;
        const char *equals = memchr(one.at, '=', one.n);
        slk_text name = {one.at, equals ? (size_t)(equals - one.at) : one.n};
        slk_text value = equals ? (slk_text){equals + 1, one.n - name.n - 1} : (slk_text){one.at + one.n, 0};
        slk_param p = {decode(&call->arena, name, true), decode(&call->arena, value, true)};
        if (!p.name || !p.value || call->n_params == SLK_MAX_PARAMS) {
            call->bad = 400;
            return;
        }
        call->params[call->n_params++] = p;
    }
}

static void read_target(slk_call *call) {
    slk_text t = slk_text_of(call->target);
    const char *mark = t.n ? memchr(t.at, '?', t.n) : NULL;
    slk_text path = {t.at, mark ? (size_t)(mark - t.at) : t.n};
    call->path = decode(&call->arena, path, false);
    if (!call->path) {
        call->path = "";
        call->bad = 400;
    }
    if (mark) read_query(call, (slk_text){mark + 1, t.n - path.n - 1});
}

static slk_method method_of(enum evhttp_cmd_type cmd) {
    switch (cmd) {
    case EVHTTP_REQ_GET: return SLK_GET;
    case EVHTTP_REQ_HEAD: return SLK_HEAD;
    case EVHTTP_REQ_POST: return SLK_POST;
    default: return SLK_METHOD_OTHER;
    }
}

/* The headers that are looked at; the vet let none of them through twice that would matter. */
static bool copy_headers(slk_call *call, struct evkeyvalq *headers) {
    const struct {
        const char *name;
        const char **at;
    } wanted[] = {{"If-None-Match", &call->if_none_match},
                  {"Accept", &call->accept},
                  {"Accept-Encoding", &call->accept_encoding},
                  {"Authorization", &call->authorization},
                  {"Content-Type", &call->content_type},
                  {"Content-Encoding", &call->content_encoding},
                  {"Sec-Fetch-Site", &call->fetch_site},
                  {"Origin", &call->origin},
                  {"Host", &call->host},
                  {"Last-Event-ID", &call->last_event_id}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *z = evhttp_find_header(headers, wanted[i].name);
        if (z && !(*wanted[i].at = slk_arena_copy(&call->arena, z, strlen(z)))) return false;
    }
    return true;
}

static bool copy_body(slk_call *call, struct evbuffer *in) {
    size_t n = evbuffer_get_length(in);
    char *at = slk_arena_take(&call->arena, n + 1);
    if (!at || (n && evbuffer_copyout(in, at, n) != (ev_ssize_t)n)) return false;
    call->body = (slk_text){at, n};
    return true;
}

slk_call *slk_call_of(slk_loop *loop, struct evhttp_request *req) {
    slk_call *call = calloc(1, sizeof *call);
    if (!call) return NULL;
    slk_arena_start(&call->arena, &slk_mem_system, CALL_MOST_B);
    const char *target = evhttp_request_get_uri(req);
    call->method = method_of(evhttp_request_get_command(req));
    call->inside = req;
    call->loop = loop;
    call->started_ns = slk_http_now_ns();
    call->target = slk_arena_copy(&call->arena, target, strlen(target));
    if (!call->target || !copy_headers(call, evhttp_request_get_input_headers(req)) ||
        !copy_body(call, evhttp_request_get_input_buffer(req))) {
        slk_call_free(call);
        return NULL;
    }
    read_target(call);
    return call;
}

void slk_call_free(slk_call *call) {
    if (!call) return;
    slk_arena_free(&call->arena);
    free(call);
}
