/* metrics.h - counters of the server in the text format of Prometheus. Any thread. */
#ifndef SLK_SERVE_METRICS_H
#define SLK_SERVE_METRICS_H

#include <stdatomic.h>

#include "base/buf.h"

#define SLK_METRIC_ROUTES 40
#define SLK_METRIC_BUCKETS 9

typedef struct slk_metric_route {
    atomic_ullong answers[6]; /* by the first digit of the status; 0: others */
    atomic_ullong within[SLK_METRIC_BUCKETS];
    atomic_ullong ns;
} slk_metric_route;

typedef struct slk_metrics {
    slk_metric_route routes[SLK_METRIC_ROUTES]; /* by the number of the route; the last: none */
    atomic_ullong texts_read, texts_failed, reports_added;
} slk_metrics;

/* Counts one answer of a route. */
void slk_metrics_count(slk_metrics *m, unsigned route, int status, int64_t ns);
/* Writes one counter or gauge with its two lines of comment. type: "counter" or "gauge". */
void slk_metrics_put(slk_buf *b, const char *name, const char *type, const char *help, double value);
/* Writes the counters of the routes; name_of gives a route's method and path. */
void slk_metrics_routes(const slk_metrics *m, unsigned n, void (*name_of)(unsigned route, char out[128]), slk_buf *b);

#endif
