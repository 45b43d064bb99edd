/* api_read.c - what is posted: read at once and shown, or recorded for those who have a token. Either way the bytes are parsed in a
 * reader's process (readers.h). A report that is recorded is read once more here, from the text that the reader made: by then it is
 * plain UTF-8 that was read without harm. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "serve/inside.h"
#include "serve/layers.h"

#define ARENA_MOST_B (SLK_PARTS_MOST_B * 2)

/* ---------------------------------------------------------------- what is asked */

/* "text", "html" or "json" by the media type; NULL where it is none of these. *charset: the whole header. */
static const char *kind_of(const slk_call *call) {
    slk_text t = slk_text_of(call->content_type ? call->content_type : "text/plain");
    const char *semicolon = memchr(t.at, ';', t.n);
    if (semicolon) t.n = (size_t)(semicolon - t.at);
    t = slk_text_trim(t);
    if (slk_text_is_fold(t, "text/plain")) return "text";
    if (slk_text_is_fold(t, "text/html") || slk_text_is_fold(t, "application/xhtml+xml")) return "html";
    return slk_text_is_fold(t, "application/json") ? "json" : NULL;
}

static slk_answer *ask(const slk_call *call, char layers[16], slk_parts *p) {
    unsigned bits;
    const char *kind = kind_of(call), *list = slk_param_of(call, "layers");
    if (call->content_encoding && strcmp(call->content_encoding, "identity") != 0)
        return slk_answer_problem(415, "send the text unpacked");
    if (!kind) return slk_answer_problem(415, "text/plain, text/html or application/json is wanted");
    if (!call->body.n) return slk_answer_problem(400, "nothing was posted");
    if (!slk_layers_of(list, &bits))
        return slk_answer_problem(400, "layers=%.60s: see openapi.json for their names", list);
    slk_text_print(layers, 16, "%u", bits);
    const char *type = call->content_type;
    *p = (slk_parts){0};
    p->at[SLK_PART_KIND] = slk_text_of(kind);
    p->at[SLK_PART_BODY] = call->body;
    p->at[SLK_PART_LAYERS] = slk_text_of(layers);
    p->at[SLK_PART_CHARSET] = type && *kind != 'j' ? slk_text_of(type) : (slk_text){NULL, 0};
    p->at[SLK_PART_PUBLISHED] = slk_text_of(slk_param_of(call, "published"));
    p->at[SLK_PART_URL] = slk_text_of(slk_param_of(call, "url"));
    p->at[SLK_PART_TITLE] = slk_text_of(slk_param_of(call, "title"));
    p->at[SLK_PART_OUTLET] = slk_text_of(slk_param_of(call, "outlet"));
    return NULL;
}

/* Has it read. NULL: the answer is in *told; else the problem. */
static slk_answer *have_read(slk_work *w, slk_arena *a, slk_parts *told) {
    char layers[16];
    slk_parts asked;
    slk_answer *bad = ask(w->call, layers, &asked);
    if (bad) return bad;
    slk_err err = slk_readers_read(w->server->readers, &asked, a, told, &w->fault);
    atomic_fetch_add(err == SLK_OK ? &w->server->metrics.texts_read : &w->server->metrics.texts_failed, 1);
    if (err == SLK_OK && told->at[SLK_PART_JSON].n && told->at[SLK_PART_TEXT].at) return NULL;
    if (err == SLK_OK) return slk_answer_problem(500, "the reader gave no answer");
    return err == SLK_EFAULT ? slk_answer_problem(500, "%s", w->fault.message) : slk_answer_fault(err, &w->fault);
}

slk_answer *slk_serve_read(slk_work *w) {
    slk_arena a;
    slk_parts told = {0};
    slk_buf b;
    slk_arena_start(&a, &slk_mem_system, ARENA_MOST_B);
    slk_answer *answer = have_read(w, &a, &told);
    if (!answer) {
        slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
        slk_buf_add(&b, told.at[SLK_PART_JSON].at, told.at[SLK_PART_JSON].n);
        answer = slk_answer_json(&b);
        if (answer) answer->cache_control = "no-store";
        if (answer) slk_answer_finish(answer); /* packed where it is large */
    }
    slk_arena_free(&a);
    return answer;
}

/* ---------------------------------------------------------------- recording */

static slk_answer *said_who(const slk_work *w) {
    slk_answer *a;
    if (!w->server->tokens)
        return slk_answer_problem(
            403, "this server only reads: sillok serve --token-file lets those write who have a token");
    if (w->call->authorization && slk_tokens_allow(w->server->tokens, w->call->authorization)) return NULL;
    a = slk_answer_problem(401, w->call->authorization ? "this token is not known"
                                                       : "a token is wanted: Authorization: Bearer ...");
    if (a)
        slk_answer_header_add(a, "WWW-Authenticate",
                              w->call->authorization ? "Bearer error=\"invalid_token\"" : "Bearer");
    return a;
}

static const char *part(const slk_parts *p, slk_part which) { return p->at[which].n ? p->at[which].at : NULL; }

static slk_err read_again(const slk_work *w, const slk_parts *p, slk_reading **out, slk_fault *fault) {
    int basis = slk_published_basis_of(p->at[SLK_PART_BASIS]);
    slk_input in = {.title = part(p, SLK_PART_TITLE),
                    .outlet = part(p, SLK_PART_OUTLET),
                    .author = part(p, SLK_PART_AUTHOR),
                    .url = part(p, SLK_PART_URL),
                    .source = part(p, SLK_PART_SOURCE),
                    .language = part(p, SLK_PART_LANGUAGE),
                    .published = part(p, SLK_PART_PUBLISHED),
                    .published_basis = basis < 0 ? SLK_PUB_UNKNOWN : (slk_published_basis)basis,
                    .text = p->at[SLK_PART_TEXT]};
    return slk_read(w->server->engine, &in, SLK_LAYER_ALL, out, fault);
}

/* Records a reading in a handle of its own, which is gone behind it: nobody waits for a lock that the server holds. */
static slk_err record(slk_work *w, const slk_reading *r, slk_added *added) {
    slk_ledger *l = NULL;
    (void)pthread_mutex_lock(&w->server->writing);
    slk_err err = slk_ledger_open(w->server->options.ledger, SLK_LEDGER_WRITE, slk_engine_pack(w->server->engine), NULL,
                                  &l, &w->fault);
    if (err == SLK_OK) err = slk_ledger_add(l, r, (int64_t)time(NULL), added, &w->fault);
    if (err == SLK_OK) err = slk_ledger_commit(l, &w->fault);
    slk_ledger_close(l);
    (void)pthread_mutex_unlock(&w->server->writing);
    if (err == SLK_OK && !added->already) {
        atomic_fetch_add(&w->server->metrics.reports_added, 1);
        slk_hub_touch(w->server->hub);
    }
    return err;
}

static slk_answer *tell_added(const slk_reading *r, const slk_added *added) {
    slk_buf b;
    slk_json j;
    char place[160];
    const char *id = slk_reading_report(r)->id;
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "report", id);
    slk_json_put_bool(&j, "already", added->already);
    slk_json_put_string(&j, "event", *added->event ? added->event : NULL);
    slk_json_put_int(&j, "events_new", added->events_new);
    slk_json_put_int(&j, "events_joined", added->events_joined);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_answer *a = slk_answer_json(&b);
    if (!a) return NULL;
    a->status = added->already ? 200 : 201;
    a->cache_control = "no-store";
    slk_text_print(place, sizeof place, "/api/v1/reports/%s", id); /* its SHA-256 */
    slk_answer_header_add(a, "Location", place);
    return a;
}

slk_answer *slk_serve_add(slk_work *w) {
    slk_arena a;
    slk_parts told = {0};
    slk_reading *r = NULL;
    slk_added added = {0};
    slk_answer *answer = said_who(w);
    if (answer) return answer;
    slk_arena_start(&a, &slk_mem_system, ARENA_MOST_B);
    answer = have_read(w, &a, &told);
    if (!answer) {
        slk_err err = read_again(w, &told, &r, &w->fault);
        if (err == SLK_OK) err = record(w, r, &added);
        answer = err == SLK_OK ? tell_added(r, &added) : slk_answer_fault(err, &w->fault);
    }
    slk_reading_free(r);
    slk_arena_free(&a);
    return answer;
}
