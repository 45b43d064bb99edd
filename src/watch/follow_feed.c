/* follow_feed.c - a feed's answer: its entries, each known by its canonical address and what it says, wait in the ledger for their
 * pages, together with how far the feed was read. See following.h. */
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "intake/encoding.h"
#include "intake/feed.h"
#include "intake/http.h"
#include "intake/url.h"
#include "watch/following.h"

#define ARENA_MOST_B ((size_t)512 << 20)

typedef struct new_page {
    int64_t row;
    const char *link;
} new_page;

typedef struct new_pages {
    SLK_LIST(new_page) list;
} new_pages;

/* The feed in an answer's body; everything of it lies in the arena. */
static slk_err parse(const slk_fetched *done, const char *url, slk_arena *arena, slk_feed *feed, slk_fault *why) {
    slk_buf room;
    slk_http http;
    slk_text body;
    slk_decoded d;
    slk_http_split((slk_text){done->response.at, done->response.n}, &http);
    slk_buf_start(&room, &slk_mem_system, (size_t)SLK_UNPACKED_MOST_B + 65536);
    slk_err err = slk_http_body(&http, &room, &body, why);
    const char *type = err == SLK_OK && http.type.n ? slk_arena_copy(arena, http.type.at, http.type.n) : NULL;
    if (err == SLK_OK && http.type.n && !type) err = SLK_ENOMEM;
    if (err == SLK_OK && body.n > SLK_MAX_FEED_B)
        err = slk_fault_say(why, SLK_ELIMIT, "the feed has more than %u bytes", SLK_MAX_FEED_B);
    if (err == SLK_OK) err = slk_encoding_decode(&slk_mem_system, body, type, SLK_DOCUMENT_XML, &d);
    if (err == SLK_OK) {
        err = slk_feed_read(d.text, url, arena, feed, why);
        slk_decoded_free(&d);
    }
    slk_buf_free(&room);
    return err;
}

/* ---------------------------------------------------------------- entries */

static const char *instant(slk_arena *arena, slk_instant t) {
    char z[40];
    slk_instant_format(t, z);
    return *z ? slk_arena_copy(arena, z, strlen(z)) : NULL;
}

/* What an entry says: its words, and when they were changed where it says so. Its date of publication does not count: there are
 * feeds that give the time at which they are asked. */
static void hash_entry(const slk_feed_item *f, slk_buf *room, char hex[SLK_SHA256_HEX]) {
    char when[40];
    slk_buf_clear(room);
    slk_buf_puts(room, f->title ? f->title : "");
    slk_buf_putc(room, '\0');
    slk_buf_puts(room, f->content ? f->content : "");
    slk_buf_putc(room, '\0');
    slk_buf_puts(room, slk_instant_format(f->updated, when));
    slk_sha256_hex((slk_text){room->at, room->n}, hex);
}

static slk_err make_entry(const slk_feed *feed, const slk_feed_item *f, slk_arena *arena, slk_buf *room,
                          slk_feed_entry *e) {
    *e = (slk_feed_entry){.guid = f->guid,
                          .title = f->title,
                          .author = f->author,
                          .outlet = feed->title,
                          .content = f->content,
                          .content_is_markup = f->content_is_markup};
    hash_entry(f, room, e->hash);
    if (room->err != SLK_OK) return room->err;
    e->published = instant(arena, f->published.precision ? f->published : f->updated);
    slk_buf_clear(room);
    slk_url_origin(slk_text_of(f->link), room);
    bool fetchable = room->n > 0;
    slk_buf_clear(room);
    if (fetchable) {
        e->link = f->link;
        slk_url_canonical(slk_text_of(f->link), room);
    } else {
        slk_buf_printf(room, "sha256:%s", e->hash);
    }
    if (room->err != SLK_OK) return room->err;
    e->url = slk_arena_copy(arena, room->at, room->n);
    return e->url ? SLK_OK : SLK_ENOMEM;
}

/* All entries, the oldest first: feeds begin with the newest. */
static slk_err keep_entries(slk_following *g, int64_t row, const slk_feed *feed, slk_arena *arena, new_pages *pages) {
    slk_buf room;
    slk_err err = SLK_OK;
    slk_buf_start(&room, &slk_mem_system, (size_t)SLK_MAX_FEED_B * 4);
    for (uint32_t i = feed->items.n; err == SLK_OK && i-- > 0;) {
        slk_feed_entry e;
        slk_entry_is is;
        new_page p = {0};
        err = make_entry(feed, &feed->items.at[i], arena, &room, &e);
        if (err == SLK_OK) err = slk_feeds_entry(g->ledger, row, &e, &is, &p.row, g->fault);
        if (err != SLK_OK || !p.row) continue;
        p.link = e.link;
        err = SLK_ROOM(arena, &pages->list, SLK_MAX_FEED_ITEMS);
        if (err == SLK_OK) pages->list.at[pages->list.n++] = p;
    }
    slk_buf_free(&room);
    return err;
}

/* ---------------------------------------------------------------- the feed's own state */

static slk_err keep_state(slk_following *g, slk_watched *f, const slk_fetched *done) {
    slk_arena_free(&f->arena); /* of the strings before */
    slk_followed s = {.row = f->state.row, .asked_s = slk_following_now_s()};
    if (done->etag) s.etag = slk_arena_copy(&f->arena, done->etag, strlen(done->etag));
    if (done->modified) s.modified = slk_arena_copy(&f->arena, done->modified, strlen(done->modified));
    f->state = s;
    return slk_feeds_set(g->ledger, &f->state, g->fault);
}

static slk_err put_pages(slk_following *g, const new_pages *pages) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < pages->list.n; i++) {
        slk_waiting w = {.row = pages->list.at[i].row, .entry = {.link = pages->list.at[i].link}};
        err = slk_following_wait(g, &w);
    }
    return err;
}

slk_err slk_following_feed(slk_following *g, slk_job *job, const slk_fetched *done) {
    slk_arena arena;
    slk_feed feed = {0};
    new_pages pages = {0};
    slk_fault why = {.code = SLK_OK};
    slk_watched *f = &g->feeds[job->row];
    slk_arena_start(&arena, &slk_mem_system, ARENA_MOST_B);
    slk_err bad = parse(done, job->url, &arena, &feed, &why);
    if (bad != SLK_OK) {
        slk_arena_free(&arena);
        return slk_following_never(g, job, why.code != SLK_OK ? why.message : slk_err_meaning(bad));
    }
    slk_err err = keep_entries(g, f->state.row, &feed, &arena, &pages);
    if (err == SLK_OK) err = keep_state(g, f, done);
    if (err == SLK_OK) err = slk_ledger_commit(g->ledger, g->fault);
    if (err == SLK_OK) {
        g->sums->feeds_read++;
        slk_following_tell(g, &(slk_told){.kind = SLK_TOLD_FEED, .url = f->url, .entries = pages.list.n});
        err = put_pages(g, &pages);
    }
    slk_arena_free(&arena);
    if (err == SLK_OK) return slk_following_again(g, job);
    slk_job_free(job);
    return err;
}
