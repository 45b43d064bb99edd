/* webhook.c - an alert as a POST of its JSON. The address and the secret are read anew each time, so that they can be changed under a
 * running program; neither is ever written anywhere. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alerts/sending.h"
#include "alerts/sign.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/url.h"

#define SECRET_MOST_B 4096u

/* ---------------------------------------------------------------- what lies elsewhere */

static bool read_file(const char *path, slk_buf *out, char why[SLK_WHY_B]) {
    char bytes[SECRET_MOST_B + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
    int cause = errno;
    if (fd >= 0) (void)close(fd);
    if (n < 0)
        slk_text_print(why, SLK_WHY_B, "%s: %s", path, strerror(cause));
    else if (n > (ssize_t)SECRET_MOST_B)
        slk_text_print(why, SLK_WHY_B, "%s: it has more than 4096 bytes", path);
    else
        slk_buf_add(out, bytes, (size_t)n);
    explicit_bzero(bytes, sizeof bytes);
    return n >= 0 && n <= (ssize_t)SECRET_MOST_B;
}

/* A value that stands in the file of rules, in a file of its own or in the environment; space around it does not count. */
static bool value_of(const char *given, const char *env, const char *file, slk_buf *out, char why[SLK_WHY_B]) {
    const char *z = given ? given : env ? getenv(env) : NULL;
    if (z) slk_buf_puts(out, z);
    if (!z && env) slk_text_print(why, SLK_WHY_B, "the environment has no %s", env);
    if (!z && (env || !file || !read_file(file, out, why))) return false;
    slk_text t = slk_text_trim((slk_text){out->at ? out->at : "", out->n});
    if (!t.n) slk_text_print(why, SLK_WHY_B, "%s is empty", env ? env : file ? file : "the value");
    if (!t.n || !out->at) return false;
    memmove(out->at, t.at, t.n);
    out->at[t.n] = '\0';
    out->n = t.n;
    return true;
}

static void wipe(slk_buf *b) {
    if (b->at) explicit_bzero(b->at, b->cap);
    slk_buf_free(b);
}

/* ---------------------------------------------------------------- the request */

static slk_err sign(const slk_channel *c, const slk_outbox_row *row, int64_t now_s, slk_buf *out, slk_try *how,
                    char why[SLK_WHY_B]) {
    slk_buf secret;
    slk_err err = SLK_OK;
    if (!c->secret_env && !c->secret_file) return SLK_OK;
    slk_buf_start(&secret, &slk_mem_system, SECRET_MOST_B * 2);
    if (!value_of(NULL, c->secret_env, c->secret_file, &secret, why))
        *how = SLK_TRY_AWAY;
    else
        err = slk_sign((slk_text){secret.at, secret.n}, row->key, now_s, slk_text_of(row->body), out);
    wipe(&secret);
    if (err != SLK_EINPUT) return err;
    slk_text_print(why, SLK_WHY_B, "the secret begins with whsec_, but what follows is no base64");
    *how = SLK_TRY_AWAY;
    return SLK_OK;
}

static slk_err start(slk_fetcher *f, const slk_buf *url, const slk_buf *signature, const slk_outbox_row *row,
                     int64_t now_s, void *who) {
    char seconds[24];
    (void)snprintf(seconds, sizeof seconds, "%lld", (long long)now_s);
    slk_fetch_header headers[] = {{"Content-Type", "application/json"},
                                  {"Idempotency-Key", row->key},
                                  {"webhook-id", row->key},
                                  {"webhook-timestamp", seconds},
                                  {"webhook-signature", signature->at}};
    uint32_t n = sizeof headers / sizeof *headers;
    slk_request q = {.url = url->at,
                     .accept = "*/*",
                     .most_b = SLK_SENDER_ANSWER_MOST_B,
                     .post = slk_text_of(row->body),
                     .headers = headers,
                     .n = signature->n ? n : n - 1,
                     .total_ms = SLK_SENDER_TRY_MS,
                     .who = who};
    return slk_fetch_start(f, &q);
}

slk_err slk_webhook_start(slk_fetcher *f, const slk_channel *c, const slk_outbox_row *row, int64_t now_s, void *who,
                          slk_try *how, char why[SLK_WHY_B]) {
    slk_buf given, url, signature;
    slk_err err = SLK_OK;
    *how = SLK_TRY_DONE;
    slk_buf_start(&given, &slk_mem_system, (size_t)1 << 14);
    slk_buf_start(&url, &slk_mem_system, (size_t)1 << 16);
    slk_buf_start(&signature, &slk_mem_system, 256);
    if (!value_of(c->url, c->url_env, c->url_file, &given, why))
        *how = SLK_TRY_AWAY;
    else
        slk_url_sendable((slk_text){given.at, given.n}, &url);
    if (*how == SLK_TRY_DONE) err = url.err;
    if (err == SLK_OK && *how == SLK_TRY_DONE) err = sign(c, row, now_s, &signature, how, why);
    if (err == SLK_OK && *how == SLK_TRY_DONE) err = start(f, &url, &signature, row, now_s, who);
    wipe(&given);
    wipe(&url);
    slk_buf_free(&signature);
    return err;
}

/* ---------------------------------------------------------------- the answer */

slk_try slk_webhook_end(const slk_fetched *done, char why[SLK_WHY_B]) {
    int s = done->status;
    if (done->end != SLK_FETCH_ANSWERED) {
        slk_text_print(why, SLK_WHY_B, "%s", done->message);
        return done->end == SLK_FETCH_REFUSED ? SLK_TRY_NEVER : SLK_TRY_AWAY;
    }
    if (s >= 200 && s <= 299) return SLK_TRY_DONE;
    bool elsewhere = s >= 300 && s <= 399;
    slk_text_print(why, SLK_WHY_B, "the receiver answered with status %d%s", s,
                   elsewhere ? "; redirects are not followed" : "");
    if (s == 410) return SLK_TRY_NEVER;
    return elsewhere || s == 401 || s == 403 || s == 404 || s == 408 || s == 425 || s == 429 || s >= 500 ? SLK_TRY_AWAY
                                                                                                         : SLK_TRY_BAD;
}
