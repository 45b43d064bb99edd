/* follow_page.c - a page's answer becomes a report; so does what the feed says where there is no page to be had. The report and
 * the note that its page waits no longer are one transaction. See following.h. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/intake.h"
#include "intake/url.h"
#include "watch/following.h"

#define ARENA_MOST_B ((size_t)64 << 20)

static slk_err no_memory(const slk_following *g) {
    return slk_fault_say(g->fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
}

/* Reads the item and records it. done: the page's answer; NULL where what the feed says stands for the page, and then instead says
 * why. *why says why there is no report in it; then nothing is changed. */
static slk_err record(slk_following *g, slk_item *item, const slk_waiting *w, const slk_fetched *done,
                      const char *instead, slk_fault *why) {
    slk_reading *reading = NULL;
    slk_added added = {0};
    *why = (slk_fault){.code = SLK_OK};
    slk_item_prepare(item, slk_engine_pack(g->engine));
    slk_input said = {.title = w->entry.title, .author = w->entry.author, .outlet = w->entry.outlet};
    if (!slk_item_know(item, &said)) return no_memory(g);
    *why = item->fault;
    if (why->code == SLK_OK) {
        slk_err read = slk_read(g->engine, &item->input, SLK_LAYER_ALL, &reading, why);
        if (read != SLK_OK) why->code = read;
    }
    if (why->code != SLK_OK) return why->code == SLK_ENOMEM ? no_memory(g) : SLK_OK;
    slk_err err = slk_ledger_add(g->ledger, reading, slk_following_now_s(), &added, g->fault);
    if (err == SLK_OK)
        err = slk_feeds_done(g->ledger, w->row, true, done ? done->etag : NULL, done ? done->modified : NULL, g->fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->ledger, g->fault);
    if (err == SLK_OK) {
        g->sums->recorded += !added.already;
        g->sums->already += added.already;
        const char *url = item->input.url ? item->input.url : w->entry.url;
        slk_following_tell(
            g, &(slk_told){.kind = SLK_TOLD_REPORT, .url = url, .why = instead, .reading = reading, .added = &added});
    }
    slk_reading_free(reading);
    return err;
}

/* What the feed says, as an item; NULL where it says nothing or memory ran out (*none tells). An entry without a page is at least
 * its title; in place of a page a title would be no report. */
static slk_item *said_by_feed(const slk_waiting *w, bool *none) {
    const slk_feed_entry *e = &w->entry;
    bool any = e->content && *e->content;
    const char *words = any ? e->content : e->link ? NULL : e->title;
    *none = !words || !*words;
    if (*none) return NULL;
    slk_input known = {.published = e->published, .url = e->link ? e->url : NULL, .source = e->url, .title = e->title};
    return slk_item_of(any && e->content_is_markup ? SLK_DOC_PIECE : SLK_DOC_READY, slk_text_of(words), &known);
}

static slk_err give_up(slk_following *g, const slk_waiting *w, const char *why) {
    slk_err err = slk_feeds_done(g->ledger, w->row, false, NULL, NULL, g->fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->ledger, g->fault);
    if (err != SLK_OK) return err;
    g->sums->given_up++;
    slk_following_tell(g, &(slk_told){.kind = SLK_TOLD_GIVEN_UP, .url = w->entry.url, .why = why});
    return SLK_OK;
}

static slk_err in_its_place(slk_following *g, const slk_waiting *w, const char *why) {
    bool none;
    slk_fault no_report = {.code = SLK_OK};
    slk_item *item = said_by_feed(w, &none);
    if (!item) return none ? give_up(g, w, why ? why : "the feed says nothing of it") : no_memory(g);
    slk_err err = record(g, item, w, NULL, why, &no_report);
    slk_item_free(item);
    if (err != SLK_OK || no_report.code == SLK_OK) return err;
    return give_up(g, w, why ? why : no_report.message);
}

slk_err slk_following_in_its_place(slk_following *g, int64_t row, const char *why) {
    slk_arena arena;
    slk_waiting w;
    bool waits = false;
    slk_arena_start(&arena, &slk_mem_system, ARENA_MOST_B);
    slk_err err = slk_feeds_page(g->ledger, row, &arena, &w, &waits, g->fault);
    if (err == SLK_OK && waits) err = in_its_place(g, &w, why);
    slk_arena_free(&arena);
    return err;
}

/* The item of an answer, under the canonical form of the address that answered. */
static slk_item *item_of(const slk_job *job, const slk_waiting *w, const slk_fetched *done) {
    slk_buf url;
    slk_item *item = NULL;
    slk_buf_start(&url, &slk_mem_system, 1 << 16);
    slk_url_canonical(slk_text_of(job->url), &url);
    slk_input known = {.url = url.at, .source = url.at, .published = w->entry.published};
    if (url.err == SLK_OK) item = slk_item_of(SLK_DOC_HTTP, (slk_text){done->response.at, done->response.n}, &known);
    slk_buf_free(&url);
    return item;
}

slk_err slk_following_page(slk_following *g, slk_job *job, const slk_fetched *done) {
    slk_arena arena;
    slk_waiting w;
    bool waits = false;
    slk_fault why = {.code = SLK_OK};
    slk_arena_start(&arena, &slk_mem_system, ARENA_MOST_B);
    slk_err err = slk_feeds_page(g->ledger, job->row, &arena, &w, &waits, g->fault);
    slk_item *item = err == SLK_OK && waits ? item_of(job, &w, done) : NULL;
    if (err == SLK_OK && waits && !item) err = no_memory(g);
    if (err == SLK_OK && item) err = record(g, item, &w, done, NULL, &why);
    if (err == SLK_OK && why.code != SLK_OK) err = in_its_place(g, &w, why.message);
    slk_item_free(item);
    slk_arena_free(&arena);
    slk_job_free(job);
    return err;
}
