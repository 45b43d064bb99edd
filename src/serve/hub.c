/* hub.c - looks for changes and sends them to those who listen. See hub.h. */
#include "serve/hub.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/fault.h"
#include "base/text.h"
#include "export/access.h"
#include "export/ledger.h"
#include "ledger/browse.h"
#include "serve/http_inside.h"

#define LOOK_MS 100
#define BEAT_MS 15000 /* a line in a silent stream, so that nobody between takes it for dead */
#define MOST_AT_ONCE 500u
#define BLOCK_MOST_B ((size_t)4 << 20)
#define CHANGES_MOST_B ((size_t)64 << 20)

typedef struct listener {
    slk_hub *hub;
    slk_stream *stream;
    struct listener *before, *after;
    int64_t last; /* mark up to which it was told; -1: from the next change on */
    bool greeted;
} listener;

struct slk_hub {
    slk_ledger *ledger;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool over;
    listener *listeners;
    unsigned n;
    atomic_ullong generation;
    atomic_llong seen_ns;
    int64_t version, last; /* last: mark of the last telling seen */
};

/* ---------------------------------------------------------------- what is sent */

static void put_data(const slk_dossier *d, const slk_change *c, slk_buf *b) {
    slk_json j;
    slk_buf title;
    slk_buf_start(&title, &slk_mem_system, 1u << 16);
    slk_event_title(d, &title);
    slk_json_start(&j, b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "change", c->fresh ? "new" : "changed");
    slk_export_entry_json(&d->entry, &j);
    if (title.err == SLK_OK && title.at) slk_json_put_string(&j, "title", title.at);
    slk_json_end_object(&j);
    slk_buf_free(&title);
}

/* The block of one change: its number, its kind, its event on one line (JSON has no line feeds). */
static slk_err put_change(slk_hub *h, const slk_change *c, slk_buf *b) {
    slk_dossier *d = NULL;
    slk_err err = slk_ledger_dossier(h->ledger, c->row, (slk_instant){0}, &d, NULL);
    if (err != SLK_OK) return err == SLK_EMISSING ? SLK_OK : err;
    slk_buf_printf(b, "id: %lld\nevent: event\ndata: ", (long long)c->at);
    put_data(d, c, b);
    slk_buf_puts(b, "\n\n");
    slk_dossier_free(d);
    return b->err;
}

/* Everything told behind a mark up to and with another; *last: how far it got. */
static slk_err put_between(slk_hub *h, int64_t behind, int64_t until, slk_buf *b, int64_t *last) {
    slk_arena a;
    slk_changes changes = {0};
    slk_arena_start(&a, &slk_mem_system, CHANGES_MOST_B);
    slk_err err = slk_browse_changes(h->ledger, behind, MOST_AT_ONCE, &a, &changes, NULL);
    *last = changes.list.n < MOST_AT_ONCE ? until : behind;
    for (uint32_t i = 0; err == SLK_OK && i < changes.list.n; i++) {
        const slk_change *c = &changes.list.at[i];
        err = put_change(h, c, b);
        if (c->at > *last) *last = c->at;
    }
    slk_arena_free(&a);
    return err;
}

/* ---------------------------------------------------------------- listeners; the lock is held */

static void send_to(listener *x, slk_text block) {
    if (block.n && !slk_http_stream_send(x->stream, block))
        return; /* no memory: it misses this, and sees the gap in the numbers */
}

/* What one that came late, or came again, has missed. */
static void catch_up(slk_hub *h, listener *x) {
    slk_buf b;
    int64_t last = x->last;
    slk_buf_start(&b, &slk_mem_system, BLOCK_MOST_B);
    if (put_between(h, x->last, h->last, &b, &last) == SLK_OK && b.err == SLK_OK) {
        send_to(x, (slk_text){b.at, b.n});
        x->last = last;
    }
    slk_buf_free(&b);
}

static void greet(slk_hub *h, listener *x) {
    static const char hello[] = "retry: 2000\n: sillok\n\n";
    if (x->greeted) return;
    x->greeted = true;
    if (x->last < 0 || x->last > h->last) x->last = h->last;
    send_to(x, (slk_text){hello, sizeof hello - 1});
}

static void tell_all(slk_hub *h, int64_t before) {
    slk_buf b;
    int64_t last = before;
    slk_buf_start(&b, &slk_mem_system, BLOCK_MOST_B);
    bool any = h->last > before && h->n && put_between(h, before, h->last, &b, &last) == SLK_OK && b.err == SLK_OK;
    for (listener *x = h->listeners; x; x = x->after) {
        greet(h, x);
        if (any && x->last == before) {
            send_to(x, (slk_text){b.at, b.n});
            x->last = last;
        }
        if (x->last < h->last) catch_up(h, x);
    }
    slk_buf_free(&b);
}

static void beat(slk_hub *h) {
    static const char line[] = ": beat\n\n";
    for (listener *x = h->listeners; x; x = x->after) send_to(x, (slk_text){line, sizeof line - 1});
}

/* ---------------------------------------------------------------- the thread */

static void look(slk_hub *h) {
    int64_t version = h->version, last = h->last, before = h->last;
    if (slk_browse_version(h->ledger, &version, NULL) != SLK_OK) return;
    atomic_store(&h->seen_ns, slk_http_now_ns());
    if (version != h->version) {
        if (slk_browse_last(h->ledger, &last, NULL) != SLK_OK) return; /* the next look finds the same change */
        h->version = version;
        atomic_fetch_add(&h->generation, 1);
        if (last > h->last) h->last = last;
    }
    tell_all(h, before);
}

static void wait_ms(slk_hub *h, int ms) {
    struct timespec until;
    if (clock_gettime(CLOCK_REALTIME, &until) != 0) return;
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    (void)pthread_cond_timedwait(&h->woken, &h->lock, &until);
}

static void *run(void *ctx) {
    slk_hub *h = ctx;
    int64_t beaten_ns = slk_http_now_ns();
    (void)pthread_mutex_lock(&h->lock);
    while (!h->over) {
        look(h);
        if (slk_http_now_ns() - beaten_ns > (int64_t)BEAT_MS * 1000000) {
            beat(h);
            beaten_ns = slk_http_now_ns();
        }
        wait_ms(h, LOOK_MS);
    }
    (void)pthread_mutex_unlock(&h->lock);
    return NULL;
}

slk_err slk_hub_start(const char *ledger, const slk_pack *pack, slk_hub **out, slk_fault *fault) {
    slk_hub *h = calloc(1, sizeof *h);
    if (!h || pthread_mutex_init(&h->lock, NULL) != 0 || pthread_cond_init(&h->woken, NULL) != 0) {
        free(h);
        return slk_fault_say(fault, SLK_ENOMEM, "no memory for the hub");
    }
    atomic_init(&h->generation, 1);
    atomic_init(&h->seen_ns, slk_http_now_ns());
    slk_err err = slk_ledger_open(ledger, SLK_LEDGER_READ, pack, NULL, &h->ledger, fault);
    if (err == SLK_OK) err = slk_browse_version(h->ledger, &h->version, fault);
    if (err == SLK_OK) err = slk_browse_last(h->ledger, &h->last, fault);
    if (err == SLK_OK) {
        int rc = pthread_create(&h->thread, NULL, run, h);
        if (rc != 0) err = slk_fault_say(fault, SLK_ENOMEM, "no thread: %s", strerror(rc));
        h->started = rc == 0;
    }
    if (err == SLK_OK)
        *out = h;
    else
        slk_hub_free(h);
    return err;
}

void slk_hub_stop(slk_hub *h) {
    if (!h || !h->started) return;
    (void)pthread_mutex_lock(&h->lock);
    h->over = true;
    (void)pthread_cond_signal(&h->woken);
    (void)pthread_mutex_unlock(&h->lock);
    (void)pthread_join(h->thread, NULL);
    h->started = false;
}

void slk_hub_free(slk_hub *h) {
    if (!h) return;
    slk_hub_stop(h);
    for (listener *x = h->listeners, *next; x; x = next) {
        next = x->after;
        free(x);
    }
    slk_ledger_close(h->ledger);
    (void)pthread_cond_destroy(&h->woken);
    (void)pthread_mutex_destroy(&h->lock);
    free(h);
}

uint64_t slk_hub_generation(const slk_hub *h) { return atomic_load(&((slk_hub *)h)->generation); }

void slk_hub_touch(slk_hub *h) {
    atomic_fetch_add(&h->generation, 1);
    (void)pthread_cond_signal(&h->woken);
}

int64_t slk_hub_seen_ns(const slk_hub *h) { return atomic_load(&((slk_hub *)h)->seen_ns); }

unsigned slk_hub_listeners(slk_hub *h) {
    (void)pthread_mutex_lock(&h->lock);
    unsigned n = h->n;
    (void)pthread_mutex_unlock(&h->lock);
    return n;
}

/* ---------------------------------------------------------------- coming and going */

static void gone(void *ctx, slk_stream *s) {
    listener *x = ctx;
    slk_hub *h = x->hub;
    (void)s;
    (void)pthread_mutex_lock(&h->lock);
    if (x->before)
        x->before->after = x->after;
    else
        h->listeners = x->after;
    if (x->after) x->after->before = x->before;
    h->n--;
    (void)pthread_mutex_unlock(&h->lock);
    free(x);
}

static int64_t mark_of(const char *z) { /* -1 where it is no number */
    int64_t n = 0;
    if (!z || !*z) return -1;
    for (; *z; z++) {
        if (!slk_is_digit(*z) || n > INT64_MAX / 16) return -1;
        n = n * 10 + (*z - '0');
    }
    return n;
}

bool slk_hub_listen(slk_hub *h, slk_call *call) {
    listener *x = calloc(1, sizeof *x);
    if (!x) return false;
    x->hub = h;
    x->last = mark_of(call->last_event_id);
    (void)pthread_mutex_lock(&h->lock);
    bool room = h->n < SLK_HUB_STREAMS && !h->over;
    if (room) x->stream = slk_http_stream_open(call, "text/event-stream", gone, x);
    if (x->stream) {
        x->after = h->listeners;
        if (x->after) x->after->before = x;
        h->listeners = x;
        h->n++;
        (void)pthread_cond_signal(&h->woken);
    }
    bool listens = x->stream != NULL;
    (void)pthread_mutex_unlock(&h->lock);
    if (!listens) free(x);
    return listens;
}
