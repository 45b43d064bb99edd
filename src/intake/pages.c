/* pages.c - a page's report into an item: its text, what the page says of itself, and where each byte of the text stood in the page as
 * it came, whatever encoding that was in. See inside.h and page/page.h. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "intake/inside.h"
#include "intake/page/page.h"
#include "intake/url.h"

#define ADDRESS_MOST_B 4096u
#define SCHEME_B 8u                   /* "https://", "http://a" */
#define PAGE_MOST_B ((size_t)1 << 30) /* memory for one page's tree */

typedef struct origins {
    slk_origin *at;
    uint32_t n, cap;
} origins;

static bool add(origins *o, slk_origin one) {
    if (o->n == o->cap) {
        uint32_t cap = o->cap ? 2 * o->cap : 256;
        slk_origin *more = realloc(o->at, cap * sizeof *more);
        if (!more) return false;
        o->at = more;
        o->cap = cap;
    }
    o->at[o->n++] = one;
    return true;
}

/* A run that stands byte for byte in the decoded page: where the source is in another encoding, runs of ASCII stay one and every
 * other character has its own origin. */
static bool add_run(origins *o, const slk_decoded *d, slk_text text, slk_origin run) {
    size_t i = 0;
    while (i < text.n) {
        size_t from = i;
        if ((unsigned char)text.at[i] < 0x80) {
            while (i < text.n && (unsigned char)text.at[i] < 0x80) i++;
        } else {
            uint32_t cp;
            i += slk_utf8_next(text.at + i, text.at + text.n, &cp);
        }
        slk_origin one = {.at_b = run.at_b + (uint32_t)from};
        one.from_b = slk_decoded_source(d, run.from_b + (uint32_t)from);
        one.to_b = slk_decoded_source(d, run.from_b + (uint32_t)i);
        if (!add(o, one)) return false;
    }
    return true;
}

static slk_err keep_origins(slk_owned *own, const slk_page *page, uint32_t *n) {
    const slk_decoded *d = &own->decoded;
    bool same = !d->owned && !d->skipped_b;
    origins o = {0};
    for (uint32_t i = 0; i < page->n_runs; i++) {
        slk_origin run = page->runs[i];
        uint32_t end_b = i + 1 < page->n_runs ? page->runs[i + 1].at_b : (uint32_t)page->text.n;
        bool verbatim = end_b - run.at_b == run.to_b - run.from_b;
        bool good = true;
        if (same) {
            good = add(&o, run);
        } else if (verbatim) {
            good = add_run(&o, d, slk_text_part(page->text, run.at_b, end_b), run);
        } else {
            run.from_b = slk_decoded_source(d, run.from_b);
            run.to_b = slk_decoded_source(d, run.to_b);
            good = add(&o, run);
        }
        if (!good) {
            free(o.at);
            return SLK_ENOMEM;
        }
    }
    own->origins = o.at;
    *n = o.n;
    return SLK_OK;
}

static bool keep_missing(slk_item *item, const char *z, const char **slot) {
    return *slot || !z || slk_item_keep(item, z, slot);
}

/* The address that the page gives for its own is its address, where it is on the site it was got from and no start page; "source" stays
 * the one it was got by. */
static bool keep_address(slk_item *item, const char *own) {
    slk_buf b;
    slk_input *in = &item->input;
    if (!own) return true;
    slk_buf_start(&b, &slk_mem_system, ADDRESS_MOST_B);
    slk_url_resolve(slk_text_of(in->url), slk_text_of(own), &b);
    slk_text t = {b.at, b.n};
    const char *path = t.n > SCHEME_B ? memchr(t.at + SCHEME_B, '/', t.n - SCHEME_B) : NULL;
    bool page = path && path + 1 < t.at + t.n;
    bool good = b.err != SLK_ENOMEM;
    if (good && b.err == SLK_OK && b.n && (!in->url || (page && slk_url_same_site(t, slk_text_of(in->url))))) {
        if (!in->source && in->url) good = slk_item_keep(item, in->url, &in->source);
        if (good) good = slk_item_keep(item, b.at, &in->url);
    }
    slk_buf_free(&b);
    return good;
}

static slk_err fill(slk_item *item, const slk_page *page) {
    slk_owned *own = slk_item_owned(item);
    slk_input *in = &item->input;
    char when[40];
    slk_buf_add(&own->text, page->text.at, page->text.n);
    if (own->text.err != SLK_OK) return own->text.err;
    slk_err err = keep_origins(own, page, &in->n_origins);
    if (err != SLK_OK) return err;
    in->origins = own->origins;
    in->text = (slk_text){own->text.at ? own->text.at : "", page->text.n};
    bool good = keep_missing(item, page->title, &in->title) && keep_missing(item, page->outlet, &in->outlet) &&
                keep_missing(item, page->author, &in->author) && keep_address(item, page->url) &&
                keep_missing(item, in->url, &in->source);
    bool own_date =
        in->published && !own->date_for_all; /* the line's or the feed's own is better than what the page says */
    if (good && !own_date && page->published.precision != SLK_P_NONE) {
        in->published = NULL;
        good = slk_item_keep(item, slk_instant_format(page->published, when), &in->published);
        in->published_basis = page->published_basis;
    }
    if (good && page->updated.precision != SLK_P_NONE)
        good = keep_missing(item, slk_instant_format(page->updated, when), &in->updated);
    return good ? SLK_OK : SLK_ENOMEM;
}

void slk_item_page(slk_item *item, const slk_pack *pack) {
    slk_arena arena;
    slk_page page;
    slk_arena_start(&arena, &slk_mem_system, PAGE_MOST_B);
    slk_err err = slk_page_read(pack, slk_item_owned(item)->decoded.text, item->input.url, &arena, &page, &item->fault);
    if (err == SLK_OK) {
        err = fill(item, &page);
        if (err != SLK_OK) (void)slk_fault_say(&item->fault, err, "%s", slk_err_meaning(err));
        if (err == SLK_OK && !page.text.n)
            (void)slk_fault_say(&item->fault, SLK_EEMPTY, "the page has no text of its own");
    }
    slk_arena_free(&arena);
}
