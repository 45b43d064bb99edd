/* intake.c - files and standard input, one document after the other. See intake.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "intake/inside.h"

#define FEED_ARENA_MOST_B ((size_t)256 << 20)

slk_err slk_intake_new(char *const *files, int n, slk_input_format format, const char *published, slk_intake **out) {
    static char dash[] = "-";
    static char *const only_stdin[] = {dash};
    slk_intake *in = malloc(sizeof *in);
    if (!in) return SLK_ENOMEM;
    *in = (slk_intake){.files = n ? files : only_stdin, .n = n ? n : 1, .format = format, .published = published};
    slk_buf_start(&in->line, &slk_mem_system, SLK_LINE_MOST_B);
    slk_arena_start(&in->feed_arena, &slk_mem_system, FEED_ARENA_MOST_B);
    *out = in;
    return SLK_OK;
}

static void close_stream(slk_intake *in) {
    slk_warc_free(in->warc);
    in->warc = NULL;
    if (in->stream && in->as != SLK_OPEN_WACZ) in->read_b += slk_stream_raw_b(in->stream);
    slk_stream_close(in->stream);
    in->stream = NULL;
}

static void close_file(slk_intake *in) {
    close_stream(in);
    slk_wacz_close(in->wacz);
    in->wacz = NULL;
    slk_arena_free(&in->feed_arena);
    in->feed = (slk_feed){0};
    in->feed_at = 0;
    in->as = SLK_OPEN_NOTHING;
}

void slk_intake_free(slk_intake *in) {
    if (!in) return;
    close_file(in);
    slk_buf_free(&in->line);
    free(in);
}

uint64_t slk_intake_total(const slk_intake *in) {
    uint64_t sum = 0;
    for (int i = 0; i < in->n; i++) {
        struct stat s;
        if (strcmp(in->files[i], "-") == 0 || stat(in->files[i], &s) != 0 || !S_ISREG(s.st_mode)) return 0;
        sum += (uint64_t)s.st_size;
    }
    return sum;
}

/* ---------------------------------------------------------------- items */

slk_item *slk_item_new(slk_intake *in) {
    slk_item *item = slk_item_empty(in->name);
    if (!item) return NULL;
    item->read_b = in->read_b + (in->stream && in->as != SLK_OPEN_WACZ ? slk_stream_raw_b(in->stream) : 0);
    if (strcmp(in->name, "standard input") != 0 && !slk_item_keep(item, in->name, &item->input.source)) {
        slk_item_free(item);
        return NULL;
    }
    return item;
}

/* ---------------------------------------------------------------- one document that fills its file */

/* All of the stream, at most `most` bytes and one more. What stopped it before stays in the stream's fault. */
static slk_err read_all(slk_stream *s, size_t most, slk_buf *out) {
    for (;;) {
        slk_text t = slk_stream_more(s);
        if (!t.n || out->n > most) return out->err;
        slk_buf_add(out, t.at, t.n);
        if (out->err != SLK_OK) return out->err;
        slk_stream_take(s, t.n);
    }
}

static slk_item *whole(slk_intake *in, slk_err *err) {
    slk_buf all;
    size_t most = in->whole_is == SLK_DOC_PAGE ? SLK_MAX_DOCUMENT_B : SLK_MAX_REPORT_B;
    slk_buf_start(&all, &slk_mem_system, SLK_LINE_MOST_B);
    slk_err got = read_all(in->stream, most, &all);
    slk_item *item = got == SLK_OK ? slk_item_new(in) : NULL;
    in->as = SLK_OPEN_NOTHING;
    if (!item) {
        slk_buf_free(&all);
        *err = SLK_ENOMEM;
        return NULL;
    }
    item->document = in->whole_is;
    item->bytes = (slk_text){all.at, all.n};
    item->input.published = in->published;
    slk_item_owned(item)->date_for_all = true;
    slk_item_owned(item)->bytes = all.at; /* the item takes the bytes over */
    if (slk_stream_fault(in->stream)->code != SLK_OK) slk_item_stream_fault(item, in->stream);
    return item;
}

/* ---------------------------------------------------------------- feeds */

static slk_err read_feed(slk_intake *in, slk_fault *fault) {
    slk_buf all;
    slk_decoded d;
    slk_buf_start(&all, &slk_mem_system, SLK_LINE_MOST_B);
    slk_err err = read_all(in->stream, SLK_MAX_FEED_B, &all);
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

static slk_item *next_feed_item(slk_intake *in, slk_err *err) {
    slk_fault fault = {.code = SLK_OK};
    if (!in->feed_at) {
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

/* ---------------------------------------------------------------- archives */

static slk_item *record_item(slk_intake *in, const slk_warc_record *r, slk_err *err) {
    slk_item *item = slk_item_new(in);
    bool ok = item && slk_item_keep(item, r->uri, &item->input.url) &&
              slk_item_keep(item, r->content_type, &item->content_type);
    if (ok && r->fault.code == SLK_OK) ok = slk_item_keep_bytes(item, (slk_text){r->block.at, r->block.n});
    if (!ok) {
        slk_item_free(item);
        *err = SLK_ENOMEM;
        return NULL;
    }
    if (item->input.url) item->input.source = item->input.url;
    item->fault = r->fault;
    item->input.published = in->published;
    slk_item_owned(item)->date_for_all = true;
    if (r->fault.code == SLK_OK) item->document = SLK_DOC_HTTP;
    return item;
}

static slk_item *next_record(slk_intake *in, slk_err *err) {
    if (!in->warc && (*err = slk_warc_new(in->stream, &in->warc)) != SLK_OK) return NULL;
    const slk_warc_record *r = slk_warc_next(in->warc);
    return r ? record_item(in, r, err) : NULL;
}

/* The next record of the next archive within the zip file that has one. */
static slk_item *next_zipped(slk_intake *in, slk_err *err) {
    for (;;) {
        slk_fault fault;
        slk_item *item = in->stream ? next_record(in, err) : NULL;
        if (item || *err != SLK_OK) return item;
        close_stream(in);
        slk_err got = slk_wacz_next(in->wacz, &in->stream, &fault);
        if (got == SLK_OK && !in->stream) return NULL;
        if (got == SLK_OK) continue;
        item = got == SLK_ENOMEM ? NULL : slk_item_new(in);
        if (!item)
            *err = SLK_ENOMEM;
        else
            item->fault = fault;
        return item;
    }
}

/* ---------------------------------------------------------------- files */

static bool looks_like_a_page(slk_text t) {
    if (slk_text_starts(t, "\xEF\xBB\xBF")) t = (slk_text){t.at + 3, t.n - 3};
    t = slk_text_trim(t);
    return slk_text_starts_fold(t, "<!doctype html") || slk_text_starts_fold(t, "<html") ||
           slk_text_starts_fold(t, "<head");
}

/* What the open file is, by what was asked for or by how it begins. */
static void decide(slk_intake *in) {
    slk_text head = slk_stream_peek(in->stream);
    slk_input_format f = in->format;
    bool archive = slk_warc_is(head), any = f == SLK_INPUT_AUTO;
    in->whole_is = f == SLK_INPUT_HTML ? SLK_DOC_PAGE : SLK_DOC_TEXT;
    in->as = SLK_OPEN_WHOLE;
    if (f == SLK_INPUT_WARC || (any && archive))
        in->as = SLK_OPEN_WARC;
    else if (f == SLK_INPUT_FEED || (any && slk_feed_is(head)))
        in->as = SLK_OPEN_FEED;
    else if (f == SLK_INPUT_JSONL || (any && slk_lines_are(head)))
        in->as = SLK_OPEN_LINES;
    else if (any && looks_like_a_page(head))
        in->whole_is = SLK_DOC_PAGE;
    if ((any || f == SLK_INPUT_WARC) && slk_wacz_is(head)) in->as = SLK_OPEN_WACZ;
}

/* Opens the next file; an item where that fails. */
static slk_item *open_next(slk_intake *in, slk_err *err) {
    const char *file = in->files[in->at++];
    bool is_stdin = strcmp(file, "-") == 0;
    slk_fault fault = {.code = SLK_OK};
    in->name = is_stdin ? "standard input" : file;
    in->line_number = 0;
    slk_err got = slk_stream_open(file, &in->stream, &fault);
    if (got == SLK_OK) decide(in);
    if (got == SLK_OK && in->as == SLK_OPEN_WACZ) {
        close_stream(in);
        got = is_stdin
                  ? slk_fault_say(&fault, SLK_EINPUT, "a zip file cannot be read from standard input; give its name")
                  : slk_wacz_open(file, &in->wacz, &fault);
        if (got != SLK_OK) in->as = SLK_OPEN_NOTHING;
    }
    if (got == SLK_OK) return NULL;
    slk_item *item = got == SLK_ENOMEM ? NULL : slk_item_new(in);
    if (!item)
        *err = SLK_ENOMEM;
    else
        item->fault = fault;
    return item;
}

static slk_item *next_of_file(slk_intake *in, slk_err *err) {
    switch (in->as) {
    case SLK_OPEN_LINES: return slk_lines_next(in, err);
    case SLK_OPEN_WHOLE: return whole(in, err);
    case SLK_OPEN_FEED: return next_feed_item(in, err);
    case SLK_OPEN_WARC: return next_record(in, err);
    case SLK_OPEN_WACZ: return next_zipped(in, err);
    default: return NULL;
    }
}

slk_item *slk_intake_next(slk_intake *in, slk_err *err) {
    *err = SLK_OK;
    for (;;) {
        slk_item *item = next_of_file(in, err);
        if (item || *err != SLK_OK) return item;
        close_file(in);
        if (in->at == in->n) return NULL;
        item = open_next(in, err);
        if (item || *err != SLK_OK) return item;
    }
}
