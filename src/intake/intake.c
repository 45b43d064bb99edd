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
#include "intake/mhtml.h"

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

/* Bytes of the open file that were read, as the file has them. */
static uint64_t open_b(const slk_intake *in) {
    uint64_t stream_b = in->stream ? slk_stream_raw_b(in->stream) : 0;
    return in->wacz ? slk_wacz_read_b(in->wacz) + stream_b : stream_b;
}

void slk_intake_close_stream(slk_intake *in) {
    slk_warc_free(in->warc);
    in->warc = NULL;
    if (in->as != SLK_OPEN_WACZ) in->read_b += open_b(in);
    slk_stream_close(in->stream);
    in->stream = NULL;
}

static void close_file(slk_intake *in) {
    slk_intake_close_stream(in);
    if (in->wacz) in->read_b += slk_wacz_read_b(in->wacz);
    slk_wacz_close(in->wacz);
    in->wacz = NULL;
    slk_arena_free(&in->feed_arena);
    in->feed = (slk_feed){0};
    in->feed_at = 0;
    in->as = SLK_OPEN_NOTHING;
    in->place = in->behind = (slk_position){0};
}

void slk_intake_resume(slk_intake *in, slk_resume resume, void *ctx) {
    in->resume = resume;
    in->resume_ctx = ctx;
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
    item->read_b = in->read_b + open_b(in);
    if (strcmp(in->name, "standard input") != 0 && !slk_item_keep(item, in->name, &item->input.source)) {
        slk_item_free(item);
        return NULL;
    }
    return item;
}

/* ---------------------------------------------------------------- one document that fills its file */

static slk_item *whole(slk_intake *in, slk_err *err) {
    slk_buf all;
    size_t most = in->whole_is == SLK_DOC_PAGE    ? SLK_MAX_DOCUMENT_B
                  : in->whole_is == SLK_DOC_MHTML ? SLK_MAX_MHTML_B
                                                  : SLK_MAX_REPORT_B;
    slk_buf_start(&all, &slk_mem_system, SLK_LINE_MOST_B);
    slk_err got = slk_intake_all(in->stream, most, &all);
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
    else if ((any || f == SLK_INPUT_HTML) && slk_mhtml_is(head))
        in->whole_is = SLK_DOC_MHTML;
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
        slk_intake_close_stream(in);
        got = is_stdin
                  ? slk_fault_say(&fault, SLK_EINPUT, "a zip file cannot be read from standard input; give its name")
                  : slk_wacz_open(file, &in->wacz, &fault);
        if (got != SLK_OK) in->as = SLK_OPEN_NOTHING;
    }
    bool archive = in->as == SLK_OPEN_WARC || in->as == SLK_OPEN_WACZ;
    if (got == SLK_OK && archive && !is_stdin && in->resume && !in->resume(in->resume_ctx, file, &in->behind))
        in->behind = (slk_position){0};
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
    case SLK_OPEN_FEED: return slk_feed_next(in, err);
    case SLK_OPEN_WARC: return slk_archive_next(in, err);
    case SLK_OPEN_WACZ: return slk_archive_next_zipped(in, err);
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
