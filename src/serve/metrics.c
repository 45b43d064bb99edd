/* metrics.c - counting, and writing the counters. See metrics.h. */
#include "serve/metrics.h"

#include <string.h>

static const struct {
    int64_t ns;
    const char *le;
} limits[SLK_METRIC_BUCKETS] = {{1000000, "0.001"}, {2500000, "0.0025"}, {5000000, "0.005"},
                                {10000000, "0.01"}, {25000000, "0.025"}, {50000000, "0.05"},
                                {100000000, "0.1"}, {1000000000, "1"},   {INT64_MAX, "+Inf"}};

void slk_metrics_count(slk_metrics *m, unsigned route, int status, int64_t ns) {
    slk_metric_route *r = &m->routes[route < SLK_METRIC_ROUTES ? route : SLK_METRIC_ROUTES - 1];
    unsigned i = 0;
    while (i + 1 < SLK_METRIC_BUCKETS && ns > limits[i].ns) i++;
    atomic_fetch_add_explicit(&r->answers[status >= 100 && status < 600 ? status / 100 : 0], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&r->within[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&r->ns, (unsigned long long)(ns > 0 ? ns : 0), memory_order_relaxed);
}

static void put_head(slk_buf *b, const char *name, const char *type, const char *help) {
    slk_buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void slk_metrics_put(slk_buf *b, const char *name, const char *type, const char *help, double value) {
    put_head(b, name, type, help);
    slk_buf_printf(b, "%s %.17g\n", name, value);
}

static unsigned long long answers_of(const slk_metric_route *r) {
    unsigned long long n = 0;
    for (unsigned i = 0; i < SLK_METRIC_BUCKETS; i++) n += atomic_load(&r->within[i]);
    return n;
}

static void put_times(const slk_metric_route *r, const char *name, slk_buf *b) {
    unsigned long long n = 0;
    for (unsigned i = 0; i < SLK_METRIC_BUCKETS; i++) {
        n += atomic_load(&r->within[i]);
        slk_buf_printf(b, "sillok_http_answer_seconds_bucket{route=\"%s\",le=\"%s\"} %llu\n", name, limits[i].le, n);
    }
    slk_buf_printf(b, "sillok_http_answer_seconds_sum{route=\"%s\"} %.6f\n", name, (double)atomic_load(&r->ns) / 1e9);
    slk_buf_printf(b, "sillok_http_answer_seconds_count{route=\"%s\"} %llu\n", name, n);
}

void slk_metrics_routes(const slk_metrics *m, unsigned n, void (*name_of)(unsigned route, char out[128]), slk_buf *b) {
    char name[128];
    put_head(b, "sillok_http_answers_total", "counter", "Answers by route and class of status.");
    for (unsigned i = 0; i <= n && i < SLK_METRIC_ROUTES; i++) {
        const slk_metric_route *r = &m->routes[i == n ? SLK_METRIC_ROUTES - 1 : i];
        name_of(i, name);
        for (unsigned k = 0; k < 6; k++)
            if (atomic_load(&r->answers[k]))
                slk_buf_printf(b, "sillok_http_answers_total{route=\"%s\",status=\"%uxx\"} %llu\n", name, k,
                               atomic_load(&r->answers[k]));
    }
    put_head(b, "sillok_http_answer_seconds", "histogram", "Time from a whole request to its answer.");
    for (unsigned i = 0; i <= n && i < SLK_METRIC_ROUTES; i++) {
        const slk_metric_route *r = &m->routes[i == n ? SLK_METRIC_ROUTES - 1 : i];
        name_of(i, name);
        if (answers_of(r)) put_times(r, name, b);
    }
}
