/* api_about.c - what this server is, whether it is well, and its counters. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export/exporter.h"
#include "ledger/browse.h"
#include "serve/http_inside.h"
#include "serve/inside.h"

#define BLIND_NS INT64_C(5000000000) /* without a look at the ledger: not well */

static void put_formats(slk_json *j) {
    size_t n;
    const slk_format *f = slk_formats(&n);
    slk_json_name(j, "formats");
    slk_json_array(j);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(j);
        slk_json_put_string(j, "format", f[i].word);
        slk_json_put_string(j, "media_type", f[i].media);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

slk_answer *slk_serve_about(slk_work *w) {
    slk_buf b;
    slk_json j;
    int64_t events = 0;
    slk_err err = slk_browse_count(w->ledger, &events, &w->fault);
    if (err != SLK_OK) return slk_answer_fault(err, &w->fault);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "name", "sillok");
    slk_json_put_string(&j, "version", SLK_VERSION);
    slk_json_put_int(&j, "schema", SLK_LEDGER_SCHEMA);
    slk_json_put_int(&j, "events", events);
    slk_json_put_bool(&j, "writes", w->server->tokens != NULL);
    put_formats(&j);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    return slk_answer_json(&b);
}

static slk_answer *text_answer(int status, const char *type, slk_buf *b) {
    slk_answer *a = slk_answer_new(status);
    if (a && !slk_answer_take(a, type, b)) {
        slk_answer_drop(a);
        a = NULL;
    }
    if (a) a->cache_control = "no-store";
    slk_buf_free(b);
    return a;
}

slk_answer *slk_serve_health(slk_work *w) {
    slk_buf b;
    bool well = slk_http_now_ns() - slk_hub_seen_ns(w->server->hub) < BLIND_NS;
    slk_buf_start(&b, &slk_mem_system, 256);
    slk_buf_puts(&b, well ? "ok\n" : "the ledger cannot be read\n");
    return text_answer(well ? 200 : 503, "text/plain; charset=utf-8", &b);
}

static void name_of(unsigned route, char out[128]) {
    if (route >= slk_n_routes) {
        memcpy(out, "none", 5);
        return;
    }
    const slk_route *r = &slk_routes[route];
    (void)snprintf(out, 128, "%s %s", r->method == SLK_POST ? "POST" : "GET", r->path);
}

static double resident_b(void) {
    double pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f) return 0;
    char line[128];
    const char *blank = fgets(line, sizeof line, f) ? strchr(line, ' ') : NULL;
    if (blank) pages = strtod(blank, NULL);
    (void)fclose(f);
    return pages * (double)sysconf(_SC_PAGESIZE);
}

slk_answer *slk_serve_metrics(slk_work *w) {
    slk_server *s = w->server;
    slk_buf b;
    slk_cache_sums *c = slk_cache_counts(s->cache);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_metrics_routes(&s->metrics, slk_n_routes, name_of, &b);
    slk_metrics_put(&b, "sillok_http_connections", "gauge", "Connections now.", atomic_load(&s->sums.open));
    slk_metrics_put(&b, "sillok_http_connections_total", "counter", "Connections so far.",
                    (double)atomic_load(&s->sums.connections));
    slk_metrics_put(&b, "sillok_http_requests_total", "counter", "Requests so far.",
                    (double)atomic_load(&s->sums.requests));
    slk_metrics_put(&b, "sillok_http_refused_total", "counter", "Requests whose head was not sound.",
                    (double)atomic_load(&s->sums.refused));
    slk_metrics_put(&b, "sillok_http_timed_out_total", "counter", "Requests that came too slowly.",
                    (double)atomic_load(&s->sums.timed_out));
    slk_metrics_put(&b, "sillok_streams", "gauge", "Clients that listen for events.", slk_hub_listeners(s->hub));
    slk_metrics_put(&b, "sillok_questions_waiting", "gauge", "Questions that wait for a worker.",
                    slk_workers_waiting(s->workers));
    slk_metrics_put(&b, "sillok_cache_hits_total", "counter", "Answers from the cache.", (double)atomic_load(&c->hits));
    slk_metrics_put(&b, "sillok_cache_misses_total", "counter", "Answers that were not in the cache.",
                    (double)atomic_load(&c->misses));
    slk_metrics_put(&b, "sillok_cache_bytes", "gauge", "Bytes of the cache.", (double)atomic_load(&c->bytes));
    slk_metrics_put(&b, "sillok_cache_entries", "gauge", "Answers in the cache.", atomic_load(&c->entries));
    slk_metrics_put(&b, "sillok_ledger_generation", "gauge", "Rises with each change of the ledger.",
                    (double)slk_hub_generation(s->hub));
    slk_metrics_put(&b, "sillok_texts_read_total", "counter", "Posted texts that were read.",
                    (double)atomic_load(&s->metrics.texts_read));
    slk_metrics_put(&b, "sillok_texts_failed_total", "counter", "Posted texts that could not be read.",
                    (double)atomic_load(&s->metrics.texts_failed));
    slk_metrics_put(&b, "sillok_reports_added_total", "counter", "Reports recorded by this server.",
                    (double)atomic_load(&s->metrics.reports_added));
    slk_metrics_put(&b, "process_resident_memory_bytes", "gauge", "Memory in use.", resident_b());
    return text_answer(200, "text/plain; version=0.0.4; charset=utf-8", &b);
}
