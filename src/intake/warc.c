/* warc.c - web archives. See warc.h. Lines and blocks come off a stream that unpacks on the way; nothing longer than one record is
 * ever held. After damage the next line that begins a record is looked for. */
#include "intake/warc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/http.h"

#define LINE_MOST_B 16384u
#define HEADER_MOST_B 65536u
#define LENGTH_MOST_B ((uint64_t)1 << 40)

struct slk_warc {
    slk_stream *stream;
    bool arc, told_end;
    slk_buf line, header;
    slk_warc_record record;
};

bool slk_warc_is(slk_text head) {
    return slk_text_starts(head, "WARC/0.") || slk_text_starts(head, "WARC/1.") || slk_text_starts(head, "filedesc:");
}

slk_err slk_warc_new(slk_stream *stream, slk_warc **out) {
    slk_warc *w = calloc(1, sizeof *w);
    if (!w) return SLK_ENOMEM;
    w->stream = stream;
    w->arc = slk_text_starts(slk_stream_peek(stream), "filedesc:");
    slk_buf_start(&w->line, &slk_mem_system, LINE_MOST_B);
    slk_buf_start(&w->header, &slk_mem_system, HEADER_MOST_B);
    slk_buf_start(&w->record.block, &slk_mem_system, SLK_RECORD_MOST_B);
    *out = w;
    return SLK_OK;
}

void slk_warc_free(slk_warc *w) {
    if (!w) return;
    slk_buf_free(&w->line);
    slk_buf_free(&w->header);
    slk_buf_free(&w->record.block);
    free(w);
}

typedef enum got { GOT_LINE, GOT_END, GOT_FAULT } got;

/* The next line without its end, in w->line; one too long is cut (its rest is passed over). */
static got take_line(slk_warc *w) {
    slk_buf_clear(&w->line);
    for (;;) {
        slk_text t = slk_stream_more(w->stream);
        if (!t.n) {
            if (slk_stream_fault(w->stream)->code != SLK_OK) return GOT_FAULT;
            return w->line.n ? GOT_LINE : GOT_END;
        }
        const char *nl = memchr(t.at, '\n', t.n);
        size_t n = nl ? (size_t)(nl - t.at) : t.n;
        size_t room = LINE_MOST_B - 1 - w->line.n;
        slk_buf_add(&w->line, t.at, n < room ? n : room);
        slk_stream_take(w->stream, n + (nl != NULL));
        if (nl) break;
    }
    if (w->line.n && w->line.at[w->line.n - 1] == '\r') w->line.at[--w->line.n] = '\0';
    return GOT_LINE;
}

static slk_text line(const slk_warc *w) { return (slk_text){w->line.at, w->line.n}; }

static const slk_warc_record *fault_at(slk_warc *w, slk_err code, const char *why) {
    (void)slk_fault_at(&w->record.fault, code, 0, (size_t)w->record.offset_b, "%s (at byte %llu of the file)", why,
                       (unsigned long long)w->record.offset_b);
    return &w->record;
}

/* What stopped the stream, as this record's fault; reading goes on behind it. */
static const slk_warc_record *stream_fault(slk_warc *w) {
    const slk_fault *f = slk_stream_fault(w->stream);
    w->record.offset_b = f->offset_b;
    (void)slk_fault_at(&w->record.fault, f->code, 0, f->offset_b, "%s (at byte %zu of the file)", f->message,
                       f->offset_b);
    slk_stream_clear(w->stream);
    w->told_end = slk_stream_fault(w->stream)->code != SLK_OK; /* the file itself is at its end */
    return &w->record;
}

/* Takes n bytes into the block (as far as it has room) or, with keep false, passes over them. */
static got take_block(slk_warc *w, uint64_t n, bool keep) {
    while (n) {
        slk_text t = slk_stream_more(w->stream);
        if (!t.n) return slk_stream_fault(w->stream)->code != SLK_OK ? GOT_FAULT : GOT_END;
        size_t step = t.n < n ? t.n : (size_t)n;
        if (keep && w->record.block.err == SLK_OK) slk_buf_add(&w->record.block, t.at, step);
        slk_stream_take(w->stream, step);
        n -= step;
    }
    return GOT_LINE;
}

static bool number(slk_text t, uint64_t *out) {
    uint64_t v = 0;
    t = slk_text_trim(t);
    if (!t.n || t.n > 18) return false;
    for (size_t i = 0; i < t.n; i++) {
        if (!slk_is_digit(t.at[i])) return false;
        v = v * 10 + (uint64_t)(t.at[i] - '0');
    }
    *out = v;
    return v <= LENGTH_MOST_B;
}

static void keep(char *out, size_t size, slk_text t) {
    if (t.n > 1 && t.at[0] == '<' && t.at[t.n - 1] == '>') t = (slk_text){t.at + 1, t.n - 2};
    slk_text_print(out, size, "%.*s", (int)(t.n < size ? t.n : size), t.at ? t.at : "");
    for (char *p = out; *p; p++)
        if ((unsigned char)*p < 0x20) *p = ' ';
    if (slk_utf8_check(slk_text_of(out)) < strlen(out))
        for (char *p = out; *p; p++)
            if ((unsigned char)*p >= 0x80) *p = '?';
}

/* ---------------------------------------------------------------- WARC */

/* The lines between "WARC/1.x" and the empty one, each ended by \n. */
static got take_header(slk_warc *w) {
    slk_buf_clear(&w->header);
    for (;;) {
        got g = take_line(w);
        if (g != GOT_LINE) return g;
        if (!w->line.n) return GOT_LINE;
        bool folded = w->line.at[0] == ' ' || w->line.at[0] == '\t';
        if (folded && w->header.n) w->header.at[w->header.n - 1] = ' ';
        slk_buf_add(&w->header, w->line.at, w->line.n);
        slk_buf_putc(&w->header, '\n');
    }
}

static bool may_hold_a_report(const char *type) {
    return strcmp(type, "response") == 0 || strcmp(type, "resource") == 0 || strcmp(type, "conversion") == 0;
}

static const slk_warc_record *cut_off(slk_warc *w) {
    w->told_end = true;
    return fault_at(w, SLK_EINPUT, "the record is cut off: the file ends within it");
}

static const slk_warc_record *kept_record(slk_warc *w, got g) {
    slk_warc_record *r = &w->record;
    if (g == GOT_FAULT) return stream_fault(w);
    if (g == GOT_END) return cut_off(w);
    if (r->block.err == SLK_ELIMIT) return fault_at(w, SLK_ELIMIT, "the record is longer than 8 MiB");
    if (r->block.err != SLK_OK) return fault_at(w, r->block.err, "out of memory");
    return r;
}

static void start_record(slk_warc *w) {
    slk_warc_record *r = &w->record;
    slk_buf_clear(&r->block);
    r->uri[0] = r->type[0] = r->content_type[0] = r->date[0] = '\0';
    r->fault = (slk_fault){.code = SLK_OK};
    (void)slk_stream_more(w->stream);
    r->offset_b = slk_stream_offset(w->stream);
}

/* Goes to the next line that begins a record; says once when there was something else. */
static got find_record(slk_warc *w, bool *junk) {
    *junk = false;
    for (;;) {
        (void)slk_stream_more(w->stream); /* so that the next byte's member is known */
        uint64_t at = slk_stream_offset(w->stream);
        got g = take_line(w);
        if (g != GOT_LINE) return g;
        if (slk_warc_is(line(w)) && !w->arc) {
            w->record.offset_b = at;
            return GOT_LINE;
        }
        *junk |= slk_text_trim(line(w)).n > 0;
    }
}

static const slk_warc_record *next_warc(slk_warc *w) {
    for (;;) {
        bool junk;
        uint64_t length;
        start_record(w);
        got g = find_record(w, &junk);
        if (g == GOT_LINE) g = take_header(w);
        if (g == GOT_FAULT) return stream_fault(w);
        if (g == GOT_END) {
            if (!junk && !w->header.n) return NULL;
            return w->header.n ? cut_off(w) : NULL;
        }
        slk_text h = {w->header.at, w->header.n};
        slk_warc_record *r = &w->record;
        keep(r->uri, sizeof r->uri, slk_http_header(h, "WARC-Target-URI"));
        keep(r->type, sizeof r->type, slk_http_header(h, "WARC-Type"));
        keep(r->content_type, sizeof r->content_type, slk_http_header(h, "Content-Type"));
        keep(r->date, sizeof r->date, slk_http_header(h, "WARC-Date"));
        if (w->header.err != SLK_OK) return fault_at(w, SLK_ELIMIT, "the record's header is longer than 64 kB");
        if (!number(slk_http_header(h, "Content-Length"), &length))
            return fault_at(w, SLK_EINPUT, "the record has no usable Content-Length");
        bool wanted = may_hold_a_report(r->type);
        slk_buf_clear(&w->header);
        g = take_block(w, length, wanted);
        if (wanted || g == GOT_FAULT) return kept_record(w, g);
        if (g == GOT_END) return cut_off(w);
    }
}

/* ---------------------------------------------------------------- ARC: "URL IP date type length", and so many bytes */

/* The last word of *t, taken off it. */
static slk_text last_word(slk_text *t) {
    while (t->n && t->at[t->n - 1] == ' ') t->n--;
    size_t n = t->n;
    while (n && t->at[n - 1] != ' ') n--;
    slk_text word = {t->at + n, t->n - n};
    t->n = n;
    return word;
}

/* A URL may hold spaces, so the line is read from its end. False where it is no such line. */
static bool arc_line(slk_warc *w, uint64_t *length, bool *good_length) {
    slk_text t = line(w), words[4];
    for (unsigned i = 0; i < 4; i++) words[i] = last_word(&t);
    t = slk_text_trim(t);
    const char *colon = t.n ? memchr(t.at, ':', t.n) : NULL;
    if (!colon || words[2].n < 8 || !slk_is_digit(words[2].at[0])) return false;
    *good_length = number(words[0], length);
    keep(w->record.uri, sizeof w->record.uri, t);
    keep(w->record.content_type, sizeof w->record.content_type, words[1]);
    keep(w->record.date, sizeof w->record.date, words[2]);
    return true;
}

static const slk_warc_record *next_arc(slk_warc *w) {
    for (;;) {
        uint64_t length = 0;
        bool good = false;
        start_record(w);
        got g = take_line(w);
        if (g == GOT_FAULT) return stream_fault(w);
        if (g == GOT_END) return NULL;
        if (!arc_line(w, &length, &good)) continue;
        bool about_itself = slk_text_starts(line(w), "filedesc:");
        if (!good) {
            if (about_itself) continue; /* its few lines are passed over as no records */
            return fault_at(w, SLK_EINPUT, "the record has no usable length");
        }
        (void)snprintf(w->record.type, sizeof w->record.type, "response");
        g = take_block(w, length, !about_itself);
        if (!about_itself || g == GOT_FAULT) return kept_record(w, g);
        if (g == GOT_END) return cut_off(w);
    }
}

const slk_warc_record *slk_warc_next(slk_warc *w) {
    if (w->told_end) return NULL;
    return w->arc ? next_arc(w) : next_warc(w);
}
