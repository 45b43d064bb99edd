/* api_reports.c - reports, who tells, and search over HTTP. A report is read again when it is asked for: its text stands in the ledger,
 * and reading is quicker than keeping all that was found. */
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/export.h"
#include "ledger/browse.h"
#include "serve/inside.h"
#include "serve/item.h"
#include "serve/layers.h"

#define REPORTS_USUAL 100u
#define REPORTS_MOST 1000u
#define SOURCES_USUAL 200u
#define SOURCES_MOST 5000u
#define FOUND_USUAL 50u
#define FOUND_MOST 500u
#define ARENA_MOST_B ((size_t)256 << 20)

bool slk_layers_of(const char *list, unsigned *out) {
    static const struct {
        const char *word;
        unsigned bit;
    } words[] = {{"sentences", SLK_LAYER_SENTENCES},
                 {"tokens", SLK_LAYER_TOKENS},
                 {"names", SLK_LAYER_NAMES},
                 {"times", SLK_LAYER_TIMES},
                 {"quantities", SLK_LAYER_QUANTITIES},
                 {"places", SLK_LAYER_PLACES},
                 {"actors", SLK_LAYER_ACTORS},
                 {"attributions", SLK_LAYER_ATTRIBUTIONS},
                 {"predicates", SLK_LAYER_PREDICATES},
                 {"events", SLK_LAYER_EVENTS},
                 {"checks", SLK_LAYER_CHECKS},
                 {"rules", SLK_LAYER_RULES},
                 {"all", SLK_LAYER_ALL}};
    slk_text rest = slk_text_of(list), one;
    *out = list ? 0
                : (SLK_LAYER_ALL & ~(unsigned)(SLK_LAYER_SENTENCES | SLK_LAYER_TOKENS | SLK_LAYER_PREDICATES)) |
                      SLK_LAYER_RULES;
    while (slk_text_split(&rest, ',', &one)) {
        size_t i = 0;
        while (i < sizeof words / sizeof *words && !slk_text_is(slk_text_trim(one), words[i].word)) i++;
        if (i == sizeof words / sizeof *words) return false;
        *out |= words[i].bit;
    }
    return true;
}

/* ---------------------------------------------------------------- lists */

static void put_entry(const slk_report_entry *e, slk_json *j) {
    char z[40];
    slk_json_object(j);
    slk_json_put_string(j, "id", e->id);
    slk_json_put_string(j, "sha256", e->sha256);
    slk_json_put_string(j, "title", e->title);
    slk_json_put_string(j, "outlet", e->outlet);
    slk_json_put_string(j, "author", e->author);
    slk_json_put_string(j, "url", e->url);
    slk_json_put_string(j, "source", e->source);
    slk_json_put_string(j, "language", e->language);
    if (e->published.precision != SLK_P_NONE) slk_json_put_string(j, "published", slk_instant_format(e->published, z));
    slk_json_put_string(j, "same_story", e->story);
    slk_json_put_string(j, "snippet", e->snippet);
    slk_json_put_int(j, "n_events", e->n_events);
    slk_json_end_object(j);
}

static void put_list(const slk_report_entries *e, slk_json *j) {
    slk_json_name(j, "reports");
    slk_json_array(j);
    for (uint32_t i = 0; i < e->n; i++) put_entry(&e->at[i], j);
    slk_json_end_array(j);
}

slk_answer *slk_serve_reports(slk_work *w) {
    slk_report_entries *e = NULL;
    slk_buf b;
    slk_json j;
    slk_report_filter f = {.text = slk_param_of(w->call, "q"), .after = slk_param_of(w->call, "cursor")};
    slk_answer *bad = slk_ask_limit(w->call, REPORTS_USUAL, REPORTS_MOST, &f.limit);
    if (bad) return bad;
    slk_err err = slk_ledger_reports(w->ledger, &f, &e, &w->fault);
    if (err != SLK_OK) return slk_answer_fault(err, &w->fault);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    put_list(e, &j);
    slk_json_name(&j, "next");
    slk_json_string(&j, e->next);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_report_entries_free(e);
    return slk_answer_json(&b);
}

/* ---------------------------------------------------------------- one report, read again */

slk_err slk_serve_read_again(slk_work *w, slk_arena *arena, slk_reading **out) {
    slk_report_entry e;
    slk_text text;
    char z[40];
    slk_err err = slk_ledger_report(w->ledger, w->id, arena, &e, &text, &w->fault);
    if (err != SLK_OK) return err;
    slk_input in = {.id = e.id,
                    .source = e.source,
                    .title = e.title,
                    .outlet = e.outlet,
                    .author = e.author,
                    .url = e.url,
                    .language = e.language,
                    .published_basis = e.published_basis,
                    .text = text};
    if (e.published.precision != SLK_P_NONE) in.published = slk_instant_format(e.published, z);
    return slk_read(w->server->engine, &in, SLK_LAYER_ALL, out, &w->fault);
}

slk_answer *slk_serve_report(slk_work *w) {
    unsigned layers;
    slk_arena a;
    slk_reading *r = NULL;
    slk_buf b;
    if (!slk_layers_of(slk_param_of(w->call, "layers"), &layers))
        return slk_answer_problem(400, "layers=%.60s: see openapi.json for their names",
                                  slk_param_of(w->call, "layers"));
    slk_arena_start(&a, &slk_mem_system, ARENA_MOST_B);
    slk_err err = slk_serve_read_again(w, &a, &r);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    if (err == SLK_OK) slk_export_json(r, layers, false, &b);
    slk_reading_free(r);
    slk_arena_free(&a);
    if (err == SLK_OK) return slk_answer_json(&b);
    slk_buf_free(&b);
    return slk_answer_fault(err, &w->fault);
}

/* ---------------------------------------------------------------- who tells */

static void put_voices(const char *name, const slk_voices *v, slk_json *j) {
    slk_json_name(j, name);
    slk_json_array(j);
    for (uint32_t i = 0; i < v->list.n; i++) {
        const slk_voice *x = &v->list.at[i];
        slk_json_object(j);
        slk_json_put_string(j, "name", x->name);
        if (x->country && *x->country) slk_json_put_string(j, "country", x->country);
        slk_json_put_int(j, "reports", x->reports);
        if (x->claims) slk_json_put_int(j, "claims", x->claims);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

slk_answer *slk_serve_sources(slk_work *w) {
    slk_voices outlets = {0}, sources = {0};
    slk_arena a;
    slk_buf b;
    slk_json j;
    uint32_t limit;
    slk_answer *answer = slk_ask_limit(w->call, SOURCES_USUAL, SOURCES_MOST, &limit);
    if (answer) return answer;
    slk_arena_start(&a, &slk_mem_system, ARENA_MOST_B);
    slk_err err = slk_browse_outlets(w->ledger, limit, &a, &outlets, &w->fault);
    if (err == SLK_OK) err = slk_browse_sources(w->ledger, limit, &a, &sources, &w->fault);
    if (err == SLK_OK) {
        slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
        slk_json_start(&j, &b, false);
        slk_json_object(&j);
        put_voices("outlets", &outlets, &j);
        put_voices("sources", &sources, &j);
        slk_json_end_object(&j);
        slk_buf_putc(&b, '\n');
        answer = slk_answer_json(&b);
    } else {
        answer = slk_answer_fault(err, &w->fault);
    }
    slk_arena_free(&a);
    return answer;
}

/* ---------------------------------------------------------------- search */

static slk_err put_events(slk_work *w, const slk_filter *f, slk_json *j) {
    slk_entries *e = NULL;
    slk_err err = slk_ledger_list(w->ledger, f, &e, &w->fault);
    slk_json_name(j, "events");
    slk_json_array(j);
    for (uint32_t i = 0; err == SLK_OK && i < e->n; i++) {
        slk_dossier *d = NULL;
        err = slk_ledger_dossier(w->ledger, e->at[i].row, f->as_of, &d, &w->fault);
        if (err == SLK_OK) slk_item_json(slk_engine_pack(w->server->engine), d, false, j);
        if (err == SLK_EMISSING) err = SLK_OK;
        slk_dossier_free(d);
    }
    slk_json_end_array(j);
    slk_entries_free(e);
    return err;
}

slk_answer *slk_serve_search(slk_work *w) {
    slk_buf b;
    slk_json j;
    slk_report_entries *r = NULL;
    slk_filter f = SLK_FILTER_ALL;
    f.text = slk_param_of(w->call, "q");
    if (!f.text) return slk_answer_problem(400, "q is wanted: words to look for");
    slk_answer *bad = slk_ask_limit(w->call, FOUND_USUAL, FOUND_MOST, &f.limit);
    if (!bad) bad = slk_ask_as_of(w->call, &f.as_of);
    if (bad) return bad;
    slk_report_filter rf = {.text = f.text, .as_of = f.as_of, .limit = f.limit};
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_err err = put_events(w, &f, &j);
    if (err == SLK_OK) err = slk_ledger_reports(w->ledger, &rf, &r, &w->fault);
    if (err == SLK_OK) put_list(r, &j);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_report_entries_free(r);
    if (err == SLK_OK) return slk_answer_json(&b);
    slk_buf_free(&b);
    return slk_answer_fault(err, &w->fault);
}
