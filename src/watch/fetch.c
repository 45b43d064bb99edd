/* fetch.c - requests by libcurl's multi interface. See fetch.h. */
#include "watch/fetch.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/http.h"
#include "watch/address.h"

struct slk_fetcher {
    CURLM *multi;
    char *agent;
    bool allow_private;
    struct transfer *first;
};

typedef struct transfer {
    CURL *curl;
    struct curl_slist *headers;
    slk_fetcher *fetcher;
    struct transfer *next;
    size_t most_b, body_b, head_b;
    bool too_long, head_too_long, no_memory, refused;
    char refused_address[64], why[CURL_ERROR_SIZE];
    slk_fetched done;
} transfer;

/* ---------------------------------------------------------------- what libcurl asks and hands over */

/* The socket to an address, or none where that address is not to be talked to: libcurl tries the next one of the name. */
static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *a) {
    transfer *t = ctx;
    if (!t->fetcher->allow_private &&
        (purpose != CURLSOCKTYPE_IPCXN || !slk_address_is_public(&a->addr, (socklen_t)a->addrlen))) {
        t->refused = true;
        slk_address_text(&a->addr, (socklen_t)a->addrlen, t->refused_address);
        return CURL_SOCKET_BAD;
    }
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* Header lines into the response. A new status line begins anew: what an interim answer said does not count. curl has already taken
 * chunks apart, so the header that names them goes. */
static size_t take_header(char *at, size_t size, size_t n, void *ctx) {
    transfer *t = ctx;
    slk_text line = {at, size * n};
    slk_buf *b = &t->done.response;
    if (slk_text_starts_fold(line, "HTTP/")) {
        slk_buf_clear(b);
        t->head_b = 0;
    }
    t->head_b += line.n;
    t->head_too_long = t->head_b > SLK_FETCH_HEADERS_MOST_B;
    if (!slk_text_starts_fold(line, "Transfer-Encoding:")) slk_buf_add(b, line.at, line.n);
    t->no_memory = b->err == SLK_ENOMEM;
    return t->head_too_long || t->no_memory ? 0 : line.n;
}

static size_t take_body(char *at, size_t size, size_t n, void *ctx) {
    transfer *t = ctx;
    t->body_b += size * n;
    t->too_long = t->body_b > t->most_b;
    if (!t->too_long) slk_buf_add(&t->done.response, at, size * n);
    t->no_memory = t->done.response.err == SLK_ENOMEM;
    return t->too_long || t->no_memory ? 0 : size * n;
}

/* ---------------------------------------------------------------- the fetcher */

slk_err slk_fetcher_new(const slk_fetch_options *options, slk_fetcher **out) {
    slk_fetcher *f = calloc(1, sizeof *f);
    if (!f || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(f);
        return SLK_ENOMEM;
    }
    f->allow_private = options->allow_private;
    f->agent = strdup(options->agent);
    f->multi = curl_multi_init();
    if (!f->agent || !f->multi || curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, 64L) != CURLM_OK) {
        slk_fetcher_free(f);
        return SLK_ENOMEM;
    }
    *out = f;
    return SLK_OK;
}

void slk_fetched_free(slk_fetched *done) {
    slk_buf_free(&done->response);
    free(done->redirect);
    free(done->etag);
    free(done->modified);
    *done = (slk_fetched){0};
}

static void transfer_free(transfer *t) {
    if (!t) return;
    curl_easy_cleanup(t->curl);
    curl_slist_free_all(t->headers);
    slk_fetched_free(&t->done);
    free(t);
}

void slk_fetcher_free(slk_fetcher *f) {
    if (!f) return;
    while (f->first) {
        transfer *t = f->first;
        f->first = t->next;
        (void)curl_multi_remove_handle(f->multi, t->curl);
        transfer_free(t);
    }
    (void)curl_multi_cleanup(f->multi);
    free(f->agent);
    free(f);
    curl_global_cleanup();
}

/* ---------------------------------------------------------------- one request */

/* A header that came from elsewhere (an ETag) must be one line. */
static bool add_header(transfer *t, const char *name, const char *value) {
    char line[2048];
    if (!value || strpbrk(value, "\r\n")) return true;
    int n = snprintf(line, sizeof line, "%s: %s", name, value);
    if (n < 0 || n >= (int)sizeof line) return true;
    struct curl_slist *more = curl_slist_append(t->headers, line);
    if (!more) return false;
    t->headers = more;
    return true;
}

#define SET(option, value) (ok = ok && curl_easy_setopt(c, option, value) == CURLE_OK)

static bool set_headers(transfer *t, const slk_request *q) {
    bool ok = add_header(t, "Accept", q->accept) && add_header(t, "If-None-Match", q->etag) &&
              add_header(t, "If-Modified-Since", q->modified);
    ok = ok && (q->post.at || add_header(t, "Accept-Encoding", "gzip, deflate, br, zstd"));
    for (uint32_t i = 0; ok && i < q->n; i++) ok = add_header(t, q->headers[i].name, q->headers[i].value);
    return ok;
}

static bool set_post(CURL *c, const slk_request *q) {
    bool ok = true;
    if (!q->post.at) return true;
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->post.n);
    SET(CURLOPT_COPYPOSTFIELDS, q->post.at); /* the size first: it says how much is copied */
    return ok;
}

static bool set_up(transfer *t, const slk_request *q) {
    CURL *c = t->curl;
    bool ok = set_headers(t, q) && set_post(c, q);
    SET(CURLOPT_URL, q->url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_USERAGENT, t->fetcher->agent);
    SET(CURLOPT_HTTPHEADER, t->headers);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)SLK_FETCH_CONNECT_MS);
    SET(CURLOPT_TIMEOUT_MS, (long)(q->total_ms ? q->total_ms : SLK_FETCH_TOTAL_MS));
    SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)q->most_b);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, t);
    SET(CURLOPT_HEADERFUNCTION, take_header);
    SET(CURLOPT_HEADERDATA, t);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, t);
    SET(CURLOPT_ERRORBUFFER, t->why);
    SET(CURLOPT_PRIVATE, t);
    if (!t->fetcher->allow_private) SET(CURLOPT_PROXY, "");
    return ok;
}

slk_err slk_fetch_start(slk_fetcher *f, const slk_request *q) {
    transfer *t = calloc(1, sizeof *t);
    if (!t) return SLK_ENOMEM;
    t->fetcher = f;
    t->most_b = q->most_b;
    t->done.who = q->who;
    slk_buf_start(&t->done.response, &slk_mem_system, SLK_FETCH_HEADERS_MOST_B + q->most_b + 1);
    t->curl = curl_easy_init();
    if (!t->curl || !set_up(t, q) || curl_multi_add_handle(f->multi, t->curl) != CURLM_OK) {
        transfer_free(t);
        return SLK_ENOMEM;
    }
    t->next = f->first;
    f->first = t;
    return SLK_OK;
}

void slk_fetcher_wait(slk_fetcher *f, int most_ms) {
    int running;
    if (curl_multi_perform(f->multi, &running) != CURLM_OK) return;
    if (curl_multi_poll(f->multi, NULL, 0, most_ms, NULL) != CURLM_OK) return;
    (void)curl_multi_perform(f->multi, &running); /* what ended shows in slk_fetcher_next */
}

/* ---------------------------------------------------------------- what came of it */

static void say(transfer *t, slk_fetch_end end, const char *what) {
    t->done.end = end;
    slk_text_print(t->done.message, sizeof t->done.message, "%s", what);
}

static void say_refused(transfer *t) {
    char z[160];
    (void)snprintf(z, sizeof z, "the address %s is not of the public internet; --allow-private lets it through",
                   t->refused_address);
    say(t, SLK_FETCH_REFUSED, z);
}

static void say_failure(transfer *t, CURLcode code) {
    char z[128];
    bool never = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT || code == CURLE_LOGIN_DENIED;
    (void)snprintf(z, sizeof z, "the answer has more than %zu bytes", t->most_b);
    if (t->too_long || code == CURLE_FILESIZE_EXCEEDED)
        say(t, SLK_FETCH_REFUSED, z);
    else if (t->head_too_long)
        say(t, SLK_FETCH_REFUSED, "the answer's headers have more than 64 kB");
    else if (t->no_memory || code == CURLE_OUT_OF_MEMORY)
        say(t, SLK_FETCH_FAILED, "out of memory");
    else if (t->refused && code == CURLE_COULDNT_CONNECT)
        say_refused(t);
    else if (code == CURLE_UNSUPPORTED_PROTOCOL)
        say(t, SLK_FETCH_REFUSED, "only http and https are fetched");
    else
        say(t, never ? SLK_FETCH_REFUSED : SLK_FETCH_FAILED, t->why[0] ? t->why : curl_easy_strerror(code));
}

static char *copy_of(slk_text v) { return v.n && v.n < 1024 ? strndup(v.at, v.n) : NULL; }

static void note_answer(transfer *t) {
    long status = 0;
    char *to = NULL;
    curl_off_t wait_s = 0;
    slk_http http;
    slk_fetched *d = &t->done;
    slk_text response = {d->response.at ? d->response.at : "", d->response.n};
    (void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_URL, &to);
    (void)curl_easy_getinfo(t->curl, CURLINFO_RETRY_AFTER, &wait_s);
    d->end = SLK_FETCH_ANSWERED;
    d->status = (int)status;
    d->retry_after_s = wait_s > 0 ? (int64_t)wait_s : 0;
    slk_http_split(response, &http);
    slk_text headers = {response.at, response.n - http.body.n};
    d->redirect = to ? strdup(to) : NULL;
    d->etag = copy_of(slk_http_header(headers, "ETag"));
    d->modified = copy_of(http.modified);
}

static void unlink_transfer(slk_fetcher *f, transfer *t) {
    transfer **at = &f->first;
    while (*at && *at != t) at = &(*at)->next;
    if (*at) *at = t->next;
}

bool slk_fetcher_next(slk_fetcher *f, slk_fetched *out) {
    int left;
    CURLMsg *m = curl_multi_info_read(f->multi, &left);
    while (m && m->msg != CURLMSG_DONE) m = curl_multi_info_read(f->multi, &left);
    if (!m) return false;
    transfer *t = NULL;
    CURLcode code = m->data.result;
    CURL *c = m->easy_handle;
    if (curl_easy_getinfo(c, CURLINFO_PRIVATE, (char **)&t) != CURLE_OK || !t) return false;
    if (code == CURLE_OK)
        note_answer(t);
    else
        say_failure(t, code);
    (void)curl_multi_remove_handle(f->multi, c);
    unlink_transfer(f, t);
    *out = t->done;
    t->done = (slk_fetched){0};
    transfer_free(t);
    return true;
}
