/* fuzz_vet.c - any bytes as what a client sends: what the vet hands on is the same however the bytes come cut, and has no line feed
 * without a carriage return, no NUL, no second length and no transfer coding in a head. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "serve/vet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(void *ctx, const char *at, size_t n) { slk_buf_add(ctx, at, n); }

/* Feeds pieces of `step` bytes; each request is looked at when it is whole. */
static void feed(const uint8_t *data, size_t size, size_t step, slk_buf *out) {
    static slk_vet v;
    slk_vet_start(&v, 7, 4096);
    for (size_t i = 0; i < size;) {
        size_t n = size - i < step ? size - i : step;
        size_t taken = slk_vet_feed(&v, (const char *)data + i, n, put, out);
        if (taken > n || (taken < n && !v.held)) abort();
        i += taken;
        v.held = false;
    }
    if (v.n > SLK_VET_HEAD_B || v.body_left_b > 4096) abort();
}

/* The heads of what came out; bodies may be anything. */
static void check(slk_text t) {
    while (t.n) {
        unsigned lengths = 0, lines = 0;
        size_t body = 0;
        slk_text line;
        for (;;) {
            const char *lf = memchr(t.at, '\n', t.n);
            if (!lf || lf == t.at || lf[-1] != '\r') abort();
            line = (slk_text){t.at, (size_t)(lf - t.at) - 1};
            t = (slk_text){lf + 1, t.n - line.n - 2};
            if (memchr(line.at, '\0', line.n) || memchr(line.at, '\r', line.n)) abort();
            if (!line.n) break;
            lines++;
            if (slk_text_starts_fold(line, "transfer-encoding:")) abort();
            if (!slk_text_starts_fold(line, "content-length:")) continue;
            lengths++;
            body = strtoul(line.at + 15, NULL, 10);
        }
        if (lengths > 1 || lines < 3) abort();
        if (body >= t.n) return; /* the last one may be cut */
        t = (slk_text){t.at + body, t.n - body};
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_buf whole, cut;
    slk_buf_start(&whole, &slk_mem_system, (size_t)1 << 26);
    slk_buf_start(&cut, &slk_mem_system, (size_t)1 << 26);
    feed(data, size, size ? size : 1, &whole);
    feed(data, size, 1 + size % 7, &cut);
    if (whole.n != cut.n || (whole.n && memcmp(whole.at, cut.at, whole.n) != 0)) abort();
    check((slk_text){whole.at, whole.n});
    slk_buf_free(&whole);
    slk_buf_free(&cut);
    return 0;
}
