/* sender.c - see sender.h. What waits is looked for when somebody wrote to the ledger or a time has come, not at every step. */
#include "alerts/sender.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "alerts/sending.h"
#include "base/fault.h"
#include "base/text.h"

#define ARENA_MOST_B ((size_t)1 << 28)
#define FILE_MOST_B ((size_t)1 << 28)
#define FEED_MOST 100u   /* alerts of a feed */
#define EARLIER_MOST 20u /* of an event that a document refers to */
#define LOCKED_TRIES 6   /* of SLK_BUSY_MS each, before what was sent is sent again */
#define SENDMAIL "/usr/sbin/sendmail"

typedef struct way { /* a channel on the move */
    const slk_channel *c;
    bool busy;
    int64_t not_before_ms; /* it cannot be reached until then */
} way;

typedef struct job { /* a webhook's request */
    way *w;
    int64_t row, tries, first_ms;
    char key[64], event[160];
    struct job *next;
} job;

struct slk_sender {
    slk_ledger *l;
    slk_sender_options options;
    slk_fetcher *fetcher;
    way *ways;
    uint32_t n;
    job *jobs;
    int lock;
    bool look;           /* something may be due */
    int64_t next_ms;     /* when the next known one is */
    int64_t version;     /* of the file, when it was looked at */
    int64_t forgotten_s; /* when old ones were let go last */
};

/* What one try was about; strings borrowed. */
typedef struct tried {
    way *w;
    int64_t row, tries, first_ms;
    const char *key, *event;
    int64_t retry_after_s;
} tried;

static int64_t now_ms(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_REALTIME, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static slk_err no_memory(slk_fault *fault) {
    return slk_fault_say(fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
}

static void tell(const slk_sender *s, slk_sent_kind kind, const tried *t, uint32_t n, const char *why) {
    slk_sent sent = {.kind = kind, .channel = t->w->c->name, .event = t->event, .key = t->key, .why = why, .n = n};
    if (s->options.tell) s->options.tell(s->options.ctx, &sent);
}

/* ---------------------------------------------------------------- pauses */

/* Half to all of it, by chance: receivers that come back are not met by all at once. */
static int64_t with_chance(int64_t ms) {
    uint32_t r = 0;
    if (getrandom(&r, sizeof r, 0) != (ssize_t)sizeof r) r = UINT32_MAX;
    int64_t half = ms / 2;
    return half + (ms - half) * (int64_t)(r >> 12) / (1 << 20);
}

/* The channel's first pause, doubled with each try before; at least what the receiver asks for. */
static int64_t pause_ms(const slk_channel *c, const tried *t) {
    int64_t s = c->retry_s;
    for (int64_t i = 0; i < t->tries && s < SLK_SENDER_PAUSE_MOST_S; i++) s *= 2;
    if (s > SLK_SENDER_PAUSE_MOST_S) s = SLK_SENDER_PAUSE_MOST_S;
    int64_t ms = with_chance(s * 1000);
    int64_t asked_s = t->retry_after_s < SLK_SENDER_PAUSE_MOST_S ? t->retry_after_s : SLK_SENDER_PAUSE_MOST_S;
    return ms > asked_s * 1000 ? ms : asked_s * 1000;
}

/* ---------------------------------------------------------------- what came of a try */

static slk_err give_up(slk_sender *s, const tried *t, const char *why, slk_fault *fault) {
    slk_err err = slk_outbox_done(s->l, t->row, SLK_OUTBOX_GIVEN_UP, now_ms() / 1000, why, fault);
    if (err == SLK_OK) err = slk_ledger_commit(s->l, fault);
    if (err == SLK_OK) tell(s, SLK_SENT_GIVEN_UP, t, 1, why);
    return err;
}

static slk_err later(slk_sender *s, const tried *t, bool away, const char *why, slk_fault *fault) {
    int64_t now = now_ms(), first = t->first_ms ? t->first_ms : now, end = first + t->w->c->give_up_s * 1000;
    int64_t next = now + pause_ms(t->w->c, t);
    if (now >= end) return give_up(s, t, why, fault);
    if (next > end) next = end; /* the last try */
    slk_err err = slk_outbox_later(s->l, t->row, first, next, why, fault);
    if (err == SLK_OK && away) err = slk_outbox_since(s->l, t->w->c->name, first, fault);
    if (err == SLK_OK) err = slk_ledger_commit(s->l, fault);
    if (err != SLK_OK) return err;
    if (away) t->w->not_before_ms = next;
    tell(s, SLK_SENT_LATER, t, 1, why);
    return SLK_OK;
}

static slk_err sent(slk_sender *s, const tried *t, slk_fault *fault) {
    slk_err err = slk_outbox_done(s->l, t->row, SLK_OUTBOX_SENT, now_ms() / 1000, NULL, fault);
    if (err == SLK_OK) err = slk_ledger_commit(s->l, fault);
    if (err == SLK_OK) tell(s, SLK_SENT, t, 1, NULL);
    return err;
}

/* Writes it down; where another program holds the ledger, again and again: what is not written down is sent twice. */
static slk_err came_of_it(slk_sender *s, const tried *t, slk_try how, const char *why, slk_fault *fault) {
    slk_err err = SLK_ELOCKED;
    s->look = true;
    for (int i = 0; i < LOCKED_TRIES && err == SLK_ELOCKED; i++)
        err = how == SLK_TRY_DONE    ? sent(s, t, fault)
              : how == SLK_TRY_NEVER ? give_up(s, t, why, fault)
                                     : later(s, t, how == SLK_TRY_AWAY, why, fault);
    return err;
}

/* ---------------------------------------------------------------- webhooks */

static slk_err start_webhook(slk_sender *s, way *w, const slk_outbox_row *row, slk_fault *fault) {
    slk_try how;
    char why[SLK_WHY_B] = "";
    job *j = calloc(1, sizeof *j);
    if (!j) return no_memory(fault);
    *j = (job){.w = w, .row = row->row, .tries = row->tries, .first_ms = row->first_ms, .next = s->jobs};
    slk_text_print(j->key, sizeof j->key, "%s", row->key);
    slk_text_print(j->event, sizeof j->event, "%s", row->event);
    slk_err err = slk_webhook_start(s->fetcher, w->c, row, now_ms() / 1000, j, &how, why);
    if (err == SLK_OK && how == SLK_TRY_DONE) {
        s->jobs = j;
        w->busy = true;
        return SLK_OK;
    }
    tried t = {w, row->row, row->tries, row->first_ms, row->key, row->event, 0};
    if (err == SLK_ELIMIT) {
        how = SLK_TRY_NEVER;
        slk_text_print(why, sizeof why, "the address is too long");
        err = SLK_OK;
    }
    free(j);
    return err == SLK_OK ? came_of_it(s, &t, how, why, fault) : no_memory(fault);
}

static slk_err take_answers(slk_sender *s, slk_fault *fault) {
    slk_fetched done;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_fetcher_next(s->fetcher, &done)) {
        char why[SLK_WHY_B] = "";
        job *j = done.who, **at = &s->jobs;
        while (*at && *at != j) at = &(*at)->next;
        if (*at) *at = j->next;
        j->w->busy = false;
        slk_try how = slk_webhook_end(&done, why);
        tried t = {j->w, j->row, j->tries, j->first_ms, j->key, j->event, done.retry_after_s};
        err = came_of_it(s, &t, how, why, fault);
        slk_fetched_free(&done);
        free(j);
    }
    return err;
}

/* ---------------------------------------------------------------- feeds, documents, mail */

static slk_err read_alert(const slk_outbox_row *row, slk_alert *a, slk_try *how, char why[SLK_WHY_B]) {
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_alert_read(row->body, a, &fault);
    if (err != SLK_EINPUT) return err;
    *how = SLK_TRY_NEVER;
    slk_text_print(why, SLK_WHY_B, "%s", fault.message);
    return SLK_OK;
}

/* The feed as it is with all that waits, written anew; then none of them waits any more. */
static slk_err write_feed(slk_sender *s, way *w, const slk_outbox_row *first, slk_arena *arena, slk_fault *fault) {
    slk_outbox_rows rows = {0};
    slk_buf feed;
    slk_try how = SLK_TRY_DONE;
    char why[SLK_WHY_B] = "", updated[40] = "1970-01-01T00:00:00Z";
    uint32_t n = 0;
    slk_err err = slk_outbox_last(s->l, w->c->name, INT64_MAX, FEED_MOST, arena, &rows, fault);
    if (err != SLK_OK) return err;
    slk_buf_start(&feed, &slk_mem_system, FILE_MOST_B);
    for (uint32_t i = 0; err == SLK_OK && i < rows.at.n; i++) {
        slk_alert a = {0};
        slk_try readable = SLK_TRY_DONE;
        err = read_alert(&rows.at.at[i], &a, &readable, why);
        if (err != SLK_OK || readable != SLK_TRY_DONE) continue;
        if (!feed.n) slk_text_print(updated, sizeof updated, "%s", a.raised);
        if (!feed.n) slk_atom_head(w->c, updated, &feed);
        slk_atom_entry(&a, &feed);
        slk_alert_free(&a);
    }
    if (!feed.n) slk_atom_head(w->c, updated, &feed);
    slk_atom_tail(&feed);
    if (err == SLK_OK) err = feed.err;
    if (err == SLK_OK) how = slk_put_file(w->c->file, (slk_text){feed.at, feed.n}, why);
    slk_buf_free(&feed);
    if (err != SLK_OK) return slk_fault_say(fault, err, "%s", slk_err_meaning(err));
    tried t = {w, first->row, first->tries, first->first_ms, first->key, first->event, 0};
    if (how != SLK_TRY_DONE || !rows.at.n) return came_of_it(s, &t, how, why, fault);
    s->look = true;
    err = slk_outbox_sent_up_to(s->l, w->c->name, rows.at.at[0].row, now_ms() / 1000, &n, fault);
    if (err == SLK_OK) err = slk_ledger_commit(s->l, fault);
    t.key = rows.at.at[0].key;
    t.event = rows.at.at[0].event;
    if (err == SLK_OK) tell(s, SLK_SENT, &t, n, NULL);
    return err;
}

/* Keys and times of what went this way of the event before. */
static slk_err find_earlier(slk_sender *s, const slk_outbox_row *row, slk_arena *arena,
                            slk_cap_earlier earlier[EARLIER_MOST], uint32_t *n, slk_fault *fault) {
    slk_outbox_rows rows = {0};
    slk_err err = slk_outbox_before(s->l, row, EARLIER_MOST, arena, &rows, fault);
    *n = 0;
    for (uint32_t i = 0; err == SLK_OK && i < rows.at.n; i++) {
        slk_alert a = {0};
        slk_try how = SLK_TRY_DONE;
        char why[SLK_WHY_B];
        if (rows.at.at[i].state != SLK_OUTBOX_SENT) continue;
        err = read_alert(&rows.at.at[i], &a, &how, why);
        if (err != SLK_OK || how != SLK_TRY_DONE) continue;
        earlier[*n].key = rows.at.at[i].key;
        earlier[*n].raised = slk_arena_copy(arena, a.raised, strlen(a.raised));
        slk_alert_free(&a);
        if (!earlier[*n].raised) return no_memory(fault);
        (*n)++;
    }
    return err;
}

static slk_try put_document(const slk_channel *c, const slk_outbox_row *row, slk_text bytes, char why[SLK_WHY_B]) {
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s.xml", c->folder, row->key);
    if (n > 0 && n < (int)sizeof path) return slk_put_file(path, bytes, why);
    slk_text_print(why, SLK_WHY_B, "the folder's name is too long");
    return SLK_TRY_AWAY;
}

/* One document or mail. */
static slk_err write_one(slk_sender *s, way *w, const slk_outbox_row *row, slk_arena *arena, slk_fault *fault) {
    slk_alert a = {0};
    slk_cap_earlier earlier[EARLIER_MOST];
    uint32_t n = 0;
    slk_try how = SLK_TRY_DONE;
    char why[SLK_WHY_B] = "";
    slk_buf out;
    slk_err err = find_earlier(s, row, arena, earlier, &n, fault);
    if (err != SLK_OK) return err;
    if (read_alert(row, &a, &how, why) != SLK_OK) return no_memory(fault);
    slk_buf_start(&out, &slk_mem_system, FILE_MOST_B);
    if (how == SLK_TRY_DONE && w->c->kind == SLK_TO_CAP) slk_cap_write(w->c, &a, earlier, n, &out);
    if (how == SLK_TRY_DONE && w->c->kind == SLK_TO_MAIL) slk_mail_write(w->c, &a, earlier, n, &out);
    err = out.err;
    if (err == SLK_OK && how == SLK_TRY_DONE) {
        slk_text bytes = {out.at, out.n};
        how = w->c->kind == SLK_TO_CAP ? put_document(w->c, row, bytes, why)
                                       : slk_send_mail(w->c->program ? w->c->program : SENDMAIL, bytes, why);
    }
    slk_buf_free(&out);
    slk_alert_free(&a);
    if (err != SLK_OK) return no_memory(fault);
    tried t = {w, row->row, row->tries, row->first_ms, row->key, row->event, 0};
    return came_of_it(s, &t, how, why, fault);
}

/* ---------------------------------------------------------------- steps */

/* What is due of a channel: one webhook, or all the rest. */
static slk_err send_due(slk_sender *s, way *w, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool any = true;
    while (err == SLK_OK && any && !w->busy && now_ms() >= w->not_before_ms) {
        slk_arena arena;
        slk_outbox_row row;
        slk_arena_start(&arena, &slk_mem_system, ARENA_MOST_B);
        err = slk_outbox_due(s->l, w->c->name, now_ms(), &arena, &row, &any, fault);
        if (err == SLK_OK && any)
            err = w->c->kind == SLK_TO_WEBHOOK ? start_webhook(s, w, &row, fault)
                  : w->c->kind == SLK_TO_ATOM  ? write_feed(s, w, &row, &arena, fault)
                                               : write_one(s, w, &row, &arena, fault);
        slk_arena_free(&arena);
    }
    return err;
}

static slk_err forget_old(slk_sender *s, slk_fault *fault) {
    int64_t now_s = now_ms() / 1000;
    if (now_s - s->forgotten_s < 86400) return SLK_OK;
    s->forgotten_s = now_s;
    slk_err err = slk_outbox_forget(s->l, now_s - SLK_SENDER_KEEP_S, fault);
    return err == SLK_OK ? slk_ledger_commit(s->l, fault) : err;
}

/* Everything that is due, and when the next is. */
static slk_err look_at_all(slk_sender *s, slk_fault *fault) {
    slk_err err = forget_old(s, fault);
    s->look = false;
    s->next_ms = INT64_MAX;
    for (uint32_t i = 0; err == SLK_OK && i < s->n; i++) {
        int64_t next = INT64_MAX;
        way *w = &s->ways[i];
        err = send_due(s, w, fault);
        if (err == SLK_OK && !w->busy) err = slk_outbox_next(s->l, w->c->name, &next, fault);
        if (next != INT64_MAX && next < w->not_before_ms) next = w->not_before_ms;
        if (next < s->next_ms) s->next_ms = next;
    }
    if (err != SLK_OK) s->look = true;
    return err;
}

slk_err slk_sender_step(slk_sender *s, int most_ms, bool *idle, slk_fault *fault) {
    int64_t version = s->version;
    slk_err err = slk_outbox_version(s->l, &version, fault);
    if (err == SLK_OK && (s->look || version != s->version || now_ms() >= s->next_ms)) {
        s->version = version;
        err = look_at_all(s, fault);
    }
    if (err != SLK_OK) return err;
    int64_t left = s->next_ms - now_ms();
    slk_fetcher_wait(s->fetcher, left < 0 ? 0 : left < most_ms ? (int)left : most_ms);
    err = take_answers(s, fault);
    if (err == SLK_OK) *idle = !s->jobs && !s->look && now_ms() < s->next_ms;
    return err;
}

/* ---------------------------------------------------------------- its life */

/* The lock; -1 where another one has it, or it cannot be had (fault says). Never opens the ledger's own file: closing it would let SQLite's
 * locks go. */
static int lock_beside(const char *path, slk_fault *fault) {
    char z[4200];
    int n = snprintf(z, sizeof z, "%s.alerts", path);
    int fd = n > 0 && n < (int)sizeof z ? open(z, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    if (fd >= 0 && errno == EWOULDBLOCK)
        (void)slk_fault_say(fault, SLK_ELOCKED, "%s: another sillok sends the alerts of this ledger", path);
    else
        (void)slk_fault_say(fault, SLK_ELEDGER, "%s: %s", z, strerror(errno));
    if (fd >= 0) (void)close(fd);
    return -1;
}

slk_err slk_sender_new(slk_ledger *l, const char *path, const slk_desk *desk, const slk_sender_options *options,
                       slk_sender **out, slk_fault *fault) {
    slk_fetch_options how = {.agent = "sillok/" SLK_VERSION " (alerts)", .allow_private = options->allow_private};
    slk_fault why = {.code = SLK_OK};
    int lock = lock_beside(path, &why);
    if (lock < 0) {
        if (fault) *fault = why;
        return why.code;
    }
    slk_sender *s = calloc(1, sizeof *s);
    if (s) *s = (slk_sender){.l = l, .options = *options, .lock = lock, .look = true, .n = desk->channels.n};
    if (s) s->ways = calloc(s->n + 1, sizeof *s->ways);
    if (!s || !s->ways || slk_fetcher_new(&how, &s->fetcher) != SLK_OK) {
        if (!s) (void)close(lock);
        slk_sender_free(s);
        return no_memory(fault);
    }
    for (uint32_t i = 0; i < s->n; i++) s->ways[i].c = &desk->channels.at[i];
    *out = s;
    return SLK_OK;
}

void slk_sender_free(slk_sender *s) {
    if (!s) return;
    slk_fetcher_free(s->fetcher);
    while (s->jobs) {
        job *j = s->jobs;
        s->jobs = j->next;
        free(j);
    }
    free(s->ways);
    (void)close(s->lock);
    free(s);
}
