/* vet.c - which requests can be read in one way only. See vet.h. */
#include "serve/vet.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define STATUS_BAD 400

typedef struct head { /* what the lines of one head say */
    slk_text method, target, authority;
    bool http_11, old; /* old: 1.0 */
    bool close, keep;  /* what Connection says */
    slk_text host, length, coding, expect;
    unsigned hosts, lengths, codings, types, credentials, expects;
    uint64_t body_b;
} head;

void slk_vet_start(slk_vet *v, uint32_t connection, uint64_t max_body_b) {
    v->state = SLK_VET_HEAD;
    v->connection = connection;
    v->max_body_b = max_body_b;
    v->body_left_b = 0;
    v->requests = 0;
    v->status = 0;
    v->n = 0;
    v->skipped = v->held = v->close = v->old = false;
}

bool slk_vet_waits(const slk_vet *v) {
    return (v->state == SLK_VET_HEAD && v->n > 0) || (v->state == SLK_VET_BODY && v->body_left_b > 0);
}

/* ---------------------------------------------------------------- characters */

static bool is_token(char c) {
    return slk_is_alpha(c) || slk_is_digit(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool all_token(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (!is_token(t.at[i])) return false;
    return t.n > 0;
}

static bool is_value(char c) { return c == '\t' || ((unsigned char)c >= 0x20 && c != 0x7f); }

static slk_text trim(slk_text t) { /* blanks and tabs only */
    while (t.n && (t.at[0] == ' ' || t.at[0] == '\t')) t.at++, t.n--;
    while (t.n && (t.at[t.n - 1] == ' ' || t.at[t.n - 1] == '\t')) t.n--;
    return t;
}

/* ---------------------------------------------------------------- the first line */

static bool is_known_method(slk_text m) {
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slk_text_is(m, known[i])) return true;
    return false;
}

/* "http://host/path" becomes "/path" with the host in place of what Host says (RFC 9112, 3.2.2). */
static int read_target(head *h, slk_text t) {
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.at[i] <= 0x20 || (unsigned char)t.at[i] >= 0x7f || t.at[i] == '#') return STATUS_BAD;
    for (size_t i = 0; i < 2; i++) {
        if (!slk_text_starts_fold(t, schemes[i])) continue;
        slk_text rest = {t.at + strlen(schemes[i]), t.n - strlen(schemes[i])};
        const char *slash = memchr(rest.at, '/', rest.n);
        if (!slash || slash == rest.at) return STATUS_BAD;
        h->authority = (slk_text){rest.at, (size_t)(slash - rest.at)};
        t = (slk_text){slash, rest.n - h->authority.n};
    }
    if (!t.n || t.at[0] != '/' || (t.n > 1 && t.at[1] == '/')) return STATUS_BAD;
    h->target = t;
    return t.n > SLK_VET_TARGET_B ? 414 : 0;
}

static int read_version(head *h, slk_text t) {
    h->http_11 = slk_text_is(t, "HTTP/1.1");
    h->old = slk_text_is(t, "HTTP/1.0");
    if (h->http_11 || h->old) return 0;
    bool shape =
        t.n == 8 && slk_text_starts(t, "HTTP/") && slk_is_digit(t.at[5]) && t.at[6] == '.' && slk_is_digit(t.at[7]);
    return shape ? 505 : STATUS_BAD;
}

static int read_first(head *h, slk_text line) {
    const char *a = memchr(line.at, ' ', line.n);
    if (!a) return STATUS_BAD;
    slk_text rest = {a + 1, line.n - (size_t)(a + 1 - line.at)};
    const char *b = memchr(rest.at, ' ', rest.n);
    if (!b) return STATUS_BAD;
    h->method = (slk_text){line.at, (size_t)(a - line.at)};
    slk_text target = {rest.at, (size_t)(b - rest.at)}, version = {b + 1, rest.n - (size_t)(b + 1 - rest.at)};
    if (!all_token(h->method)) return STATUS_BAD;
    int status = read_version(h, version);
    if (status == 0 && !is_known_method(h->method)) status = 501;
    return status ? status : read_target(h, target);
}

/* ---------------------------------------------------------------- the other lines */

static void read_connection(head *h, slk_text value) {
    slk_text one;
    while (slk_text_split(&value, ',', &one)) {
        h->close = h->close || slk_text_is_fold(trim(one), "close");
        h->keep = h->keep || slk_text_is_fold(trim(one), "keep-alive");
    }
}

static int read_line(head *h, slk_text line, slk_text *name, slk_text *value) {
    const char *colon = memchr(line.at, ':', line.n);
    if (!colon) return STATUS_BAD; /* a folded line, too, unless it has a colon */
    *name = (slk_text){line.at, (size_t)(colon - line.at)};
    *value = trim((slk_text){colon + 1, line.n - name->n - 1});
    if (!all_token(*name)) return STATUS_BAD; /* a blank before the colon or at the start of the line */
    for (size_t i = 0; i < value->n; i++)
        if (!is_value(value->at[i])) return STATUS_BAD;
    if (slk_text_is_fold(*name, "host")) h->hosts++, h->host = *value;
    if (slk_text_is_fold(*name, "content-length")) h->lengths++, h->length = *value;
    if (slk_text_is_fold(*name, "transfer-encoding")) h->codings++, h->coding = *value;
    if (slk_text_is_fold(*name, "expect")) h->expects++, h->expect = *value;
    if (slk_text_is_fold(*name, "connection")) read_connection(h, *value);
    h->types += slk_text_is_fold(*name, "content-type");
    h->credentials += slk_text_is_fold(*name, "authorization");
    return 0;
}

static bool takes_body(slk_text method) {
    return slk_text_is(method, "POST") || slk_text_is(method, "PUT") || slk_text_is(method, "PATCH");
}

static int read_length(head *h, uint64_t most_b) {
    uint64_t n = 0;
    if (h->lengths > 1 || h->length.n == 0 || h->length.n > 18) return STATUS_BAD;
    for (size_t i = 0; i < h->length.n; i++) {
        if (!slk_is_digit(h->length.at[i])) return STATUS_BAD; /* "5, 5", "+5", "0x5" */
        n = n * 10 + (uint64_t)(h->length.at[i] - '0');
    }
    if (n > 0 && !takes_body(h->method)) return STATUS_BAD; /* some would take it for the next request */
    h->body_b = n;
    return n > most_b ? 413 : 0;
}

/* What the lines say together. */
static int judge(head *h, uint64_t most_b) {
    if (h->hosts > 1 || (h->http_11 && h->hosts == 0)) return STATUS_BAD;
    if (h->types > 1 || h->credentials > 1 || h->expects > 1) return STATUS_BAD;
    if (h->codings && (h->lengths || h->old || h->codings > 1)) return STATUS_BAD;
    if (h->codings) return slk_text_is_fold(h->coding, "chunked") ? 411 : 501;
    if (h->expects && !slk_text_is_fold(h->expect, "100-continue")) return 417;
    if (h->lengths) return read_length(h, most_b);
    return takes_body(h->method) ? 411 : 0;
}

/* ---------------------------------------------------------------- handing on */

static void put_text(slk_vet_put put, void *ctx, slk_text t) {
    if (t.n) put(ctx, t.at, t.n);
}

static void put_z(slk_vet_put put, void *ctx, const char *z) { put(ctx, z, strlen(z)); }

static void put_mark(const slk_vet *v, int status, slk_vet_put put, void *ctx) {
    char z[64];
    slk_text_print(z, sizeof z, SLK_VET_HEADER ": %u %d\r\n", v->connection, status);
    put_z(put, ctx, z);
}

static void refuse(slk_vet *v, int status, slk_vet_put put, void *ctx) {
    v->state = SLK_VET_DEAD;
    v->status = status;
    v->requests++;
    v->close = true;
    put_z(put, ctx, "GET / HTTP/1.1\r\nHost: localhost\r\n");
    put_mark(v, status, put, ctx);
    put_z(put, ctx, "\r\n");
}

void slk_vet_end(slk_vet *v, int status, slk_vet_put put, void *ctx) {
    if (v->state == SLK_VET_DEAD) return;
    if (v->state == SLK_VET_BODY) { /* the library waits for the rest and would take our words for it */
        v->state = SLK_VET_DEAD;
        v->status = status;
        return;
    }
    refuse(v, status, put, ctx);
}

/* Lines that are passed on are written as they were read; ours and those that were judged are not. */
static bool stays(slk_text name) {
    static const char *const ours[] = {SLK_VET_HEADER, "host", "content-length", "transfer-encoding", "connection"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (slk_text_is_fold(name, ours[i])) return false;
    return true;
}

static bool next_line(slk_text *rest, slk_text *line) { /* every line ends in CR LF: that was looked at */
    const char *cr = rest->n ? memchr(rest->at, '\r', rest->n) : NULL;
    if (!cr) return false;
    *line = (slk_text){rest->at, (size_t)(cr - rest->at)};
    *rest = (slk_text){cr + 2, rest->n - line->n - 2};
    return line->n > 0;
}

static void hand_on(slk_vet *v, const head *h, slk_text lines, slk_vet_put put, void *ctx) {
    char length[48];
    slk_text line, name, value;
    head ignored = {0};
    put_text(put, ctx, h->method);
    put_z(put, ctx, " ");
    put_text(put, ctx, h->target);
    put_z(put, ctx, " HTTP/1.1\r\nHost: ");
    put_text(put, ctx, h->authority.n ? h->authority : h->host);
    put_z(put, ctx, "\r\n");
    put_mark(v, 0, put, ctx);
    while (next_line(&lines, &line)) {
        if (read_line(&ignored, line, &name, &value) != 0 || !stays(name)) continue;
        put_text(put, ctx, name);
        put_z(put, ctx, ": ");
        put_text(put, ctx, value);
        put_z(put, ctx, "\r\n");
    }
    if (takes_body(h->method)) {
        slk_text_print(length, sizeof length, "Content-Length: %llu\r\n", (unsigned long long)h->body_b);
        put_z(put, ctx, length);
    }
    put_z(put, ctx, "\r\n");
}

/* A head is complete: its lines with their ends, the empty one too. */
static void look(slk_vet *v, slk_vet_put put, void *ctx) {
    head h = {0};
    slk_text rest = {v->head, v->n}, line, name, value, lines;
    unsigned n = 0;
    int status = next_line(&rest, &line) ? read_first(&h, line) : STATUS_BAD;
    lines = rest;
    while (status == 0 && next_line(&rest, &line)) {
        status = read_line(&h, line, &name, &value);
        if (status == 0 && ++n > SLK_VET_HEADERS) status = 431;
    }
    if (status == 0) status = judge(&h, v->max_body_b);
    if (status) {
        refuse(v, status, put, ctx);
        return;
    }
    v->close = h.close || (h.old && !h.keep);
    v->old = h.old;
    hand_on(v, &h, lines, put, ctx);
    v->requests++;
    v->n = 0;
    v->skipped = false;
    v->body_left_b = h.body_b;
    v->state = h.body_b ? SLK_VET_BODY : SLK_VET_HEAD;
    v->held = h.body_b == 0;
}

/* ---------------------------------------------------------------- byte by byte */

/* One more byte of a head; the status where it cannot stand there. */
static int take(slk_vet *v, char c, bool *complete) {
    bool behind_cr = v->n && v->head[v->n - 1] == '\r';
    if ((c == '\n') != behind_cr) return STATUS_BAD; /* a bare LF, or a bare CR */
    if (c == '\0') return STATUS_BAD;
    if (v->n == SLK_VET_HEAD_B) return memchr(v->head, '\n', v->n) ? 431 : 414;
    v->head[v->n++] = c;
    if (c != '\n') return 0;
    if (v->n == 2 && !v->skipped) { /* an empty line before the request */
        v->n = 0;
        v->skipped = true;
        return 0;
    }
    *complete = v->n >= 4 && v->head[v->n - 3] == '\n';
    return v->n == 2 ? STATUS_BAD : 0;
}

static size_t feed_head(slk_vet *v, const char *at, size_t n, slk_vet_put put, void *ctx) {
    for (size_t i = 0; i < n; i++) {
        bool complete = false;
        int status = take(v, at[i], &complete);
        if (status) {
            refuse(v, status, put, ctx);
            return i + 1;
        }
        if (complete) {
            look(v, put, ctx);
            return i + 1;
        }
    }
    return n;
}

static size_t feed_body(slk_vet *v, const char *at, size_t n, slk_vet_put put, void *ctx) {
    size_t k = n < v->body_left_b ? n : (size_t)v->body_left_b;
    put(ctx, at, k);
    v->body_left_b -= k;
    v->held = v->body_left_b == 0;
    if (v->held) v->state = SLK_VET_HEAD;
    return k;
}

size_t slk_vet_feed(slk_vet *v, const char *at, size_t n, slk_vet_put put, void *ctx) {
    size_t taken = 0;
    while (taken < n && !v->held && v->state != SLK_VET_DEAD)
        taken += v->state == SLK_VET_HEAD ? feed_head(v, at + taken, n - taken, put, ctx)
                                          : feed_body(v, at + taken, n - taken, put, ctx);
    return v->state == SLK_VET_DEAD ? n : taken;
}
