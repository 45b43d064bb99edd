/* answer.c - answers: bodies, entity tags, packed forms, problems. See answer.h. */
#include "serve/answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/text.h"

#define WORTH_PACKING_B 512u
#define PROBLEM_MOST_B 4096u

slk_answer *slk_answer_new(int status) {
    slk_answer *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    atomic_init(&a->holders, 1);
    a->status = status;
    return a;
}

void slk_answer_hold(const slk_answer *a) { atomic_fetch_add(&((slk_answer *)a)->holders, 1); }

void slk_answer_drop(const slk_answer *a) {
    slk_answer *x = (slk_answer *)a;
    if (!x || atomic_fetch_sub(&x->holders, 1) != 1) return;
    free(x->owned);
    free(x->owned_packed);
    free(x);
}

bool slk_answer_take(slk_answer *a, const char *type, slk_buf *body) {
    char *at = body->err == SLK_OK ? malloc(body->n ? body->n : 1) : NULL;
    if (!at) return false;
    if (body->n) memcpy(at, body->at, body->n);
    a->type = type;
    a->owned = at;
    a->body = (slk_text){at, body->n};
    return true;
}

void slk_answer_lend(slk_answer *a, const char *type, slk_text body, slk_text packed) {
    a->type = type;
    a->body = body;
    a->packed = packed;
}

void slk_answer_header_add(slk_answer *a, const char *name, const char *value) {
    if (a->n_headers == SLK_ANSWER_HEADERS) return;
    slk_answer_header *h = &a->headers[a->n_headers++];
    h->name = name;
    slk_text_print(h->value, sizeof h->value, "%s", value);
}

/* ---------------------------------------------------------------- tags and packing */

/* gzip of the body where it saves a tenth at least; without it where memory is short. */
static void pack(slk_answer *a) {
    z_stream z = {0};
    if (deflateInit2(&z, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return;
    size_t most = a->body.n - a->body.n / 10;
    char *at = most <= UINT32_MAX && a->body.n <= UINT32_MAX ? malloc(most) : NULL;
    if (at) {
        z.next_in = (Bytef *)a->body.at;
        z.avail_in = (uInt)a->body.n;
        z.next_out = (Bytef *)at;
        z.avail_out = (uInt)most;
        if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
            a->owned_packed = at;
            a->packed = (slk_text){at, most - z.avail_out};
        } else {
            free(at);
        }
    }
    (void)deflateEnd(&z); /* what is unfinished is let go */
}

void slk_answer_finish(slk_answer *a) {
    char hex[SLK_SHA256_HEX];
    if (!a->type || a->status != 200) return;
    slk_sha256_hex(a->body, hex);
    slk_text_print(a->etag, sizeof a->etag, "\"%.32s\"", hex);
    if (!a->packed.n && a->body.n >= WORTH_PACKING_B) pack(a);
}

bool slk_answer_matches(const slk_answer *a, const char *value) {
    slk_text rest = slk_text_of(value), one;
    if (!*a->etag) return false;
    while (slk_text_split(&rest, ',', &one)) {
        one = slk_text_trim(one);
        if (slk_text_is(one, "*")) return true;
        if (slk_text_starts(one, "W/")) one = (slk_text){one.at + 2, one.n - 2};
        if (slk_text_is(one, a->etag)) return true;
        /* the packed form has the tag with "-gz" before its last quote */
        size_t n = strlen(a->etag);
        if (one.n == n + 3 && memcmp(one.at, a->etag, n - 1) == 0 && memcmp(one.at + n - 1, "-gz\"", 4) == 0)
            return true;
    }
    return false;
}

/* ---------------------------------------------------------------- problems */

const char *slk_answer_reason(int status) {
    static const struct {
        int status;
        const char *reason;
    } known[] = {{200, "OK"},
                 {201, "Created"},
                 {204, "No Content"},
                 {304, "Not Modified"},
                 {400, "Bad Request"},
                 {401, "Unauthorized"},
                 {403, "Forbidden"},
                 {404, "Not Found"},
                 {405, "Method Not Allowed"},
                 {406, "Not Acceptable"},
                 {408, "Request Timeout"},
                 {411, "Length Required"},
                 {413, "Content Too Large"},
                 {414, "URI Too Long"},
                 {415, "Unsupported Media Type"},
                 {417, "Expectation Failed"},
                 {421, "Misdirected Request"},
                 {422, "Unprocessable Content"},
                 {431, "Request Header Fields Too Large"},
                 {500, "Internal Server Error"},
                 {501, "Not Implemented"},
                 {503, "Service Unavailable"},
                 {505, "HTTP Version Not Supported"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].status == status) return known[i].reason;
    return "Error";
}

/* What was asked stands in details; bytes that are no UTF-8 become U+FFFD, since JSON could not carry them. */
static void put_detail(slk_json *j, char *detail) {
    slk_text t = slk_text_of(detail);
    for (size_t bad = slk_utf8_check(t); bad < t.n; bad = slk_utf8_check(t)) detail[bad] = '?';
    slk_json_put_string(j, "detail", detail);
}

/* For when there is no memory for an answer: it stands in the program and is never let go. */
static slk_answer *without_memory(void) {
    static slk_answer bare = {.holders = 1, .status = 503};
    slk_answer_hold(&bare);
    return &bare;
}

static bool put_problem(slk_answer *a, char *detail) {
    slk_json j;
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, PROBLEM_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "type", "about:blank");
    slk_json_put_string(&j, "title", slk_answer_reason(a->status));
    slk_json_put_int(&j, "status", a->status);
    put_detail(&j, detail);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    bool taken = slk_answer_take(a, "application/problem+json", &b);
    slk_buf_free(&b);
    return taken;
}

slk_answer *slk_answer_problem(int status, const char *format, ...) {
    char detail[512];
    va_list args;
    slk_answer *a = slk_answer_new(status);
    va_start(args, format);
    slk_text_vprint(detail, sizeof detail, format, args);
    va_end(args);
    if (a && put_problem(a, detail)) return a;
    slk_answer_drop(a);
    return without_memory();
}
