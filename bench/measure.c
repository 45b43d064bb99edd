/* measure.c - how fast the measuring station is: bench-measure REPORTS. REPORTS: a file of JSON lines with "text". Each pass reads
 * every text up to the measuring station and then times the station alone. Prints on a line: bytes of the texts, times and quantities
 * and places found, seconds for one pass through the whole station (quantities, places, times) and for its parts; each the best of
 * several passes, in the time of the processor, warm. */
#include "measure/measure.h"
#include "base/reading.h"
#include "engine.h"
#include "texts.h"

#define LEAST_S 3.0
#define PARTS 3

typedef struct result {
    double seconds[PARTS]; /* quantities, places, times: in the order of the way */
    size_t found[PARTS];
} result;

static slk_reading *read_language(const slk_engine *engine, slk_text text) {
    slk_input in = {.text = text, .published = "2027-03-10", .id = "-"};
    slk_reading *r = NULL;
    if (slk_read(engine, &in, SLK_LAYER_NAMES, &r, NULL) != SLK_OK) fail("a report cannot be read");
    return r;
}

static void pass(const slk_engine *engine, const texts *t, result *out) {
    static slk_err (*const parts[PARTS])(const slk_pack *, slk_reading *) = {slk_quantities_find, slk_places_find,
                                                                             slk_times_find};
    *out = (result){0};
    for (size_t i = 0; i < t->n; i++) {
        slk_reading *r = read_language(engine, t->at[i]);
        for (size_t k = 0; k < PARTS; k++) {
            double start = now();
            if (parts[k](slk_engine_pack(engine), r) != SLK_OK) fail("a report cannot be measured");
            out->seconds[k] += now() - start;
        }
        out->found[0] += r->quantities.n;
        out->found[1] += r->places.n;
        out->found[2] += r->times.n;
        slk_reading_free(r);
    }
}

static double whole(const result *x) { return x->seconds[0] + x->seconds[1] + x->seconds[2]; }

int main(int argc, char **argv) {
    static texts t;
    slk_engine *engine;
    slk_fault fault;
    result best, x;
    slk_mem_keep();
    if (argc < 2) fail("REPORTS");
    texts_load(argv[1], &t);
    if (slk_engine_open(NULL, NULL, &engine, &fault) != SLK_OK) fail(fault.message);
    pass(engine, &t, &best); /* warm */
    pass(engine, &t, &best);
    for (double begin = now(); now() - begin < LEAST_S;) {
        pass(engine, &t, &x);
        if (whole(&x) < whole(&best)) best = x;
    }
    printf("%zu %zu %zu %zu %.9f %.9f %.9f %.9f\n", t.bytes, best.found[2], best.found[0], best.found[1], whole(&best),
           best.seconds[0], best.seconds[1], best.seconds[2]);
    slk_engine_close(engine);
    texts_free(&t);
    return 0;
}
