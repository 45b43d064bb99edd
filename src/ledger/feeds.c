/* feeds.c - feeds, their entries, the pages that wait, and robots.txt, as rows of the ledger. See feeds.h. */
#include "ledger/feeds.h"

#include <string.h>

#include "base/fault.h"
#include "ledger/store.h"

typedef struct asking { /* one statement from its bindings to its end */
    slk_ledger *l;
    slk_fault *fault;
    slk_bind b;
    slk_err err;
} asking;

static asking ask(slk_ledger *l, slk_statement which, slk_fault *fault) {
    asking a = {.l = l, .fault = fault};
    a.b.s = slk_store_get(l, which, &a.err, fault);
    return a;
}

/* The same for one that writes: within the batch. */
static asking change(slk_ledger *l, slk_statement which, slk_fault *fault) {
    slk_err err = slk_store_batch(l, fault);
    if (err == SLK_OK) return ask(l, which, fault);
    return (asking){.l = l, .fault = fault, .err = err};
}

static slk_err run(asking *a) { return a->err == SLK_OK ? slk_bind_run(a->l, &a->b, a->fault) : a->err; }

/* Steps: true while there is a row. */
static bool row(asking *a) {
    bool any = false;
    if (a->err == SLK_OK && a->b.rc != SQLITE_OK) a->err = slk_store_fault(a->l, a->b.rc, a->fault);
    if (a->err == SLK_OK) a->err = slk_store_step(a->l, a->b.s, &any, a->fault);
    return any;
}

static slk_err end(asking *a) {
    if (a->b.s) (void)sqlite3_reset(a->b.s); /* repeats what was told */
    return slk_store_memory(a->l, a->err, a->fault);
}

static void text(asking *a, const char *z) {
    if (a->err == SLK_OK) slk_bind_text(&a->b, z);
}

static void number(asking *a, int64_t v) {
    if (a->err == SLK_OK) slk_bind_int(&a->b, v);
}

static const char *copy(asking *a, slk_arena *arena, int column) {
    return slk_column_copy(arena, a->b.s, column, &a->err);
}

static int64_t int_at(asking *a, int column) { return sqlite3_column_int64(a->b.s, column); }

/* ---------------------------------------------------------------- feeds */

slk_err slk_feeds_find(slk_ledger *l, const char *url, slk_arena *arena, slk_followed *out, slk_fault *fault) {
    asking make = change(l, SLK_Q_FEED_MAKE, fault);
    text(&make, url);
    slk_err err = run(&make);
    if (err != SLK_OK) return err;
    asking a = ask(l, SLK_Q_FEED, fault);
    text(&a, url);
    slk_followed f = {0};
    if (row(&a)) {
        f.row = int_at(&a, 0);
        f.etag = copy(&a, arena, 1);
        f.modified = copy(&a, arena, 2);
        f.asked_s = int_at(&a, 3);
        f.not_before_s = int_at(&a, 4);
        f.failures = int_at(&a, 5);
        f.gone = int_at(&a, 6) != 0;
    }
    err = end(&a);
    if (err == SLK_OK) *out = f;
    return err;
}

slk_err slk_feeds_set(slk_ledger *l, const slk_followed *feed, slk_fault *fault) {
    asking a = change(l, SLK_Q_FEED_SET, fault);
    text(&a, feed->etag);
    text(&a, feed->modified);
    number(&a, feed->asked_s);
    number(&a, feed->not_before_s);
    number(&a, feed->failures);
    number(&a, feed->gone);
    number(&a, feed->row);
    return run(&a);
}

/* ---------------------------------------------------------------- entries */

/* Whether the feed said this before: at this address, or under this GUID in the same words at another one. */
static slk_err look(slk_ledger *l, int64_t feed, const slk_feed_entry *e, slk_entry_is *out, slk_fault *fault) {
    asking a = ask(l, SLK_Q_ENTRY, fault);
    number(&a, feed);
    text(&a, e->url);
    *out = SLK_ENTRY_NEW;
    if (row(&a)) {
        slk_text hash = slk_column_text(a.b.s, 0);
        *out = hash.n == strlen(e->hash) && memcmp(hash.at, e->hash, hash.n) == 0 ? SLK_ENTRY_KNOWN : SLK_ENTRY_CHANGED;
    }
    slk_err err = end(&a);
    if (err != SLK_OK || *out != SLK_ENTRY_NEW || !e->guid) return err;
    a = ask(l, SLK_Q_ENTRY_MOVED, fault);
    number(&a, feed);
    text(&a, e->guid);
    text(&a, e->hash);
    if (row(&a)) *out = SLK_ENTRY_KNOWN;
    return end(&a);
}

static slk_err keep_entry(slk_ledger *l, int64_t feed, const slk_feed_entry *e, slk_fault *fault) {
    asking a = change(l, SLK_Q_ENTRY_SET, fault);
    number(&a, feed);
    text(&a, e->url);
    text(&a, e->guid);
    text(&a, e->hash);
    return run(&a);
}

/* The page of an entry waits: made, or with what the feed says now. Where another feed brought it before and this one only names it
 * too, nothing is to be done. */
static slk_err keep_page(slk_ledger *l, int64_t feed, const slk_feed_entry *e, bool changed, int64_t *page,
                         slk_fault *fault) {
    asking a = change(l, changed ? SLK_Q_PAGE_AGAIN : SLK_Q_PAGE_MAKE, fault);
    text(&a, e->url);
    number(&a, feed);
    text(&a, e->link);
    text(&a, e->title);
    text(&a, e->author);
    text(&a, e->outlet);
    text(&a, e->content);
    number(&a, e->content_is_markup);
    text(&a, e->published);
    *page = 0;
    if (row(&a)) *page = int_at(&a, 0);
    return end(&a);
}

slk_err slk_feeds_entry(slk_ledger *l, int64_t feed, const slk_feed_entry *e, slk_entry_is *out, int64_t *page,
                        slk_fault *fault) {
    slk_entry_is is;
    int64_t at = 0;
    slk_err err = look(l, feed, e, &is, fault);
    if (err == SLK_OK && is != SLK_ENTRY_KNOWN) err = keep_entry(l, feed, e, fault);
    if (err == SLK_OK && is != SLK_ENTRY_KNOWN) err = keep_page(l, feed, e, is == SLK_ENTRY_CHANGED, &at, fault);
    if (err != SLK_OK) return err;
    *out = is != SLK_ENTRY_KNOWN && !at ? SLK_ENTRY_KNOWN : is;
    *page = at;
    return SLK_OK;
}

/* ---------------------------------------------------------------- pages */

slk_err slk_feeds_waiting(slk_ledger *l, int64_t after, uint32_t most, slk_arena *arena, slk_waiting_list *out,
                          slk_fault *fault) {
    asking a = ask(l, SLK_Q_PAGES_WAITING, fault);
    number(&a, after);
    number(&a, most);
    while (row(&a)) {
        slk_waiting w = {.row = int_at(&a, 0), .feed = int_at(&a, 1)};
        w.entry.link = copy(&a, arena, 2);
        w.not_before_s = int_at(&a, 3);
        w.tries = int_at(&a, 4);
        if (a.err == SLK_OK) a.err = SLK_ROOM(arena, &out->pages, SLK_MAX_ROWS);
        if (a.err != SLK_OK) break;
        out->pages.at[out->pages.n++] = w;
    }
    return end(&a);
}

slk_err slk_feeds_page(slk_ledger *l, int64_t at, slk_arena *arena, slk_waiting *out, bool *waits, slk_fault *fault) {
    asking a = ask(l, SLK_Q_PAGE, fault);
    slk_waiting w = {.row = at};
    number(&a, at);
    bool any = row(&a);
    if (any) {
        w.feed = int_at(&a, 0);
        w.entry.url = copy(&a, arena, 1);
        w.entry.link = copy(&a, arena, 2);
        w.entry.title = copy(&a, arena, 3);
        w.entry.author = copy(&a, arena, 4);
        w.entry.outlet = copy(&a, arena, 5);
        w.entry.content = copy(&a, arena, 6);
        w.entry.content_is_markup = int_at(&a, 7) != 0;
        w.entry.published = copy(&a, arena, 8);
        w.etag = copy(&a, arena, 9);
        w.modified = copy(&a, arena, 10);
        w.tries = int_at(&a, 11);
        w.not_before_s = int_at(&a, 12);
    }
    slk_err err = end(&a);
    if (err != SLK_OK) return err;
    *waits = any;
    if (any) *out = w;
    return SLK_OK;
}

slk_err slk_feeds_later(slk_ledger *l, int64_t at, int64_t tries, int64_t not_before_s, slk_fault *fault) {
    asking a = change(l, SLK_Q_PAGE_LATER, fault);
    number(&a, tries);
    number(&a, not_before_s);
    number(&a, at);
    return run(&a);
}

slk_err slk_feeds_same(slk_ledger *l, int64_t at, slk_fault *fault) {
    asking a = change(l, SLK_Q_PAGE_SAME, fault);
    number(&a, at);
    return run(&a);
}

slk_err slk_feeds_done(slk_ledger *l, int64_t at, bool read, const char *etag, const char *modified, slk_fault *fault) {
    asking a = change(l, SLK_Q_PAGE_DONE, fault);
    number(&a, read ? 1 : 2);
    text(&a, etag);
    text(&a, modified);
    number(&a, at);
    return run(&a);
}

/* ---------------------------------------------------------------- robots.txt */

slk_err slk_feeds_robots(slk_ledger *l, const char *origin, slk_arena *arena, slk_robots_copy *out, bool *found,
                         slk_fault *fault) {
    asking a = ask(l, SLK_Q_ROBOTS, fault);
    slk_robots_copy c = {0};
    text(&a, origin);
    *found = row(&a);
    if (*found) {
        c.fetched_s = int_at(&a, 0);
        c.status = int_at(&a, 1);
        const void *at = sqlite3_column_blob(a.b.s, 2);
        c.body.n = (size_t)sqlite3_column_bytes(a.b.s, 2);
        c.body.at = at ? slk_arena_copy(arena, at, c.body.n) : "";
        if (!c.body.at) a.err = SLK_ENOMEM;
    }
    slk_err err = end(&a);
    if (err == SLK_OK) *out = c;
    return err;
}

slk_err slk_feeds_set_robots(slk_ledger *l, const char *origin, const slk_robots_copy *c, slk_fault *fault) {
    asking a = change(l, SLK_Q_ROBOTS_SET, fault);
    text(&a, origin);
    number(&a, c->fetched_s);
    number(&a, c->status);
    if (a.err == SLK_OK) { /* any bytes: not text */
        a.b.rc = sqlite3_bind_blob64(a.b.s, ++a.b.n, c->body.at, c->body.n, SQLITE_STATIC);
    }
    return run(&a);
}
