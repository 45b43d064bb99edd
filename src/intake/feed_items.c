/* feed_items.c - a feed as a file, or as a record of an archive: its items, one after the other. See inside.h. */
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "intake/http.h"
#include "intake/inside.h"

slk_err slk_intake_all(slk_stream *s, size_t most, slk_buf *out) {
    for (;;) {
        slk_text t = slk_stream_more(s);
        if (!t.n || out->n > most) return out->err;
        slk_buf_add(out, t.at, t.n);
        if (out->err != SLK_OK) return out->err;
        slk_stream_take(s, t.n);
    }
}

static slk_err read_feed(slk_intake *in, slk_fault *fault) {
    slk_buf all;
    slk_decoded d;
    slk_buf_start(&all, &slk_mem_system, SLK_LINE_MOST_B);
    slk_err err = slk_intake_all(in->stream, SLK_MAX_FEED_B, &all);
    if (err == SLK_OK)
        err = slk_encoding_decode(&slk_mem_system, (slk_text){all.at ? all.at : "", all.n}, NULL, SLK_DOCUMENT_XML, &d);
    if (err == SLK_OK) {
        err = slk_feed_read(d.text, NULL, &in->feed_arena, &in->feed, fault);
        slk_decoded_free(&d);
    }
    slk_buf_free(&all);
    const slk_fault *broken = slk_stream_fault(in->stream);
    if (err == SLK_OK && broken->code != SLK_OK && !in->feed.broken) {
        in->feed.broken = true;
        slk_text_print(in->feed.first_fault, sizeof in->feed.first_fault, "%s", broken->message);
    }
    if (err == SLK_OK && !in->feed.items.n) err = slk_fault_say(fault, SLK_EEMPTY, "the feed has no items");
    return err;
}

static bool fill_from_feed(slk_intake *in, slk_item *item, const slk_feed_item *f) {
    char when[40];
    slk_input *to = &item->input;
    const char *content = f->content ? f->content : f->title, *kept = NULL, *published = NULL;
    slk_instant at = f->published.precision ? f->published : f->updated;
    if (!content)
        content = f->link ? f->link : slk_instant_format(at, when); /* an item says at least that it is there */
    bool ok = slk_item_keep(item, content, &kept) && slk_item_keep(item, f->title, &to->title) &&
              slk_item_keep(item, f->author, &to->author) && slk_item_keep(item, in->feed.title, &to->outlet) &&
              slk_item_keep(item, f->link, &to->url) && slk_item_keep(item, slk_instant_format(at, when), &published);
    if (!ok) return false;
    if (to->url) to->source = to->url;
    to->published = published ? published : in->published;
    item->bytes = slk_text_of(kept);
    item->document = f->content && f->content_is_markup ? SLK_DOC_PIECE : SLK_DOC_READY;
    if (item->document == SLK_DOC_READY) to->text = item->bytes;
    if (in->feed.broken && in->feed_at == 1)
        slk_text_print(item->note, sizeof item->note,
                       "the feed is broken, its items are read as far as they can be: %s", in->feed.first_fault);
    return true;
}

slk_item *slk_feed_next(slk_intake *in, slk_err *err) {
    slk_fault fault = {.code = SLK_OK};
    if (in->as == SLK_OPEN_FEED && !in->feed_at) {
        slk_err got = read_feed(in, &fault);
        if (got != SLK_OK && fault.code == SLK_OK) (void)slk_fault_say(&fault, got, "%s", slk_err_meaning(got));
    }
    if (fault.code == SLK_OK && in->feed_at == in->feed.items.n) {
        in->as = SLK_OPEN_NOTHING;
        return NULL;
    }
    slk_item *item = slk_item_new(in);
    if (!item) {
        *err = SLK_ENOMEM;
        return NULL;
    }
    if (fault.code != SLK_OK) {
        item->fault = fault;
        in->as = SLK_OPEN_NOTHING;
        return item;
    }
    const slk_feed_item *f = &in->feed.items.at[in->feed_at++];
    if (!fill_from_feed(in, item, f)) (void)slk_fault_say(&item->fault, SLK_ENOMEM, "out of memory");
    return item;
}

/* ---------------------------------------------------------------- within archives */

/* Whether a type, or a beginning where the type says nothing of the kind, may be that of a feed. */
static bool may_be_feed(slk_text type, slk_text body) {
    static const char *const words[] = {"rss", "atom", "xml", "json", "rdf"};
    char z[128];
    slk_text_print(z, sizeof z, "%.*s", (int)(type.n < 100 ? type.n : 100), type.at ? type.at : "");
    for (char *c = z; *c; c++) *c = slk_lower(*c);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(z, words[i]) && !strstr(z, "xhtml")) return true;
    return slk_feed_is(slk_text_head(body, 1024));
}

static bool read_record(slk_intake *in, const char *url, slk_text type, slk_text body) {
    char declared[256];
    slk_decoded d;
    slk_fault why;
    if (body.n > SLK_MAX_FEED_B || !slk_feed_is(slk_text_head(body, SLK_STREAM_PEEK_B))) return false;
    slk_text_print(declared, sizeof declared, "%.*s", (int)(type.n < 200 ? type.n : 200), type.at ? type.at : "");
    if (slk_encoding_decode(&slk_mem_system, body, declared, SLK_DOCUMENT_XML, &d) != SLK_OK) return false;
    slk_err err = slk_feed_read(d.text, url, &in->feed_arena, &in->feed, &why);
    slk_decoded_free(&d);
    return err == SLK_OK && in->feed.items.n;
}

bool slk_feed_of_record(slk_intake *in, const slk_warc_record *r) {
    slk_http http;
    slk_buf room;
    slk_text body;
    slk_fault why;
    slk_arena_free(&in->feed_arena);
    in->feed = (slk_feed){0};
    in->feed_at = 0;
    slk_http_split((slk_text){r->block.at, r->block.n}, &http);
    slk_text type = http.status ? http.type : slk_text_of(r->content_type);
    if ((http.status && (http.status < 200 || http.status > 299)) || !may_be_feed(type, http.body)) return false;
    slk_buf_start(&room, &slk_mem_system, (size_t)SLK_UNPACKED_MOST_B + 65536);
    bool is = slk_http_body(&http, &room, &body, &why) == SLK_OK && read_record(in, r->uri, type, body);
    slk_buf_free(&room);
    if (!is) in->feed = (slk_feed){0};
    return is;
}
