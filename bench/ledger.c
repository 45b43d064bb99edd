/* ledger.c - how a ledger behaves as it grows: bench-ledger make FILE EVENTS, then bench-ledger measure FILE [REPORTS].
 * make writes a synthetic ledger of so many events. measure adds reports that are read from texts of its own, in groups of 64 a commit
 * as `sillok add` does, and asks for first pages of 50 by many filters; each figure in milliseconds of the processor, and of the clock. */
#include "ledger.h"

#include <string.h>
#include <sys/resource.h>

#include "base/calendar.h"

#define PAGE 50u
#define ROUNDS 15u
#define GROUP 64u

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void row(const char *what, double *cpu, double *wall, unsigned n) {
    qsort(cpu, n, sizeof *cpu, by_value);
    qsort(wall, n, sizeof *wall, by_value);
    printf("%-34s %9.3f %9.3f %9.3f %9.3f\n", what, cpu[n / 2] * 1e3, cpu[n - 1 - n / 50] * 1e3, wall[n / 2] * 1e3,
           wall[n - 1 - n / 50] * 1e3);
}

/* ---------------------------------------------------------------- adding */

/* Two paragraphs, no two alike. */
static void draw_text(char out[2000]) {
    static const char *const said[] = {"the defence ministry said", "state television reported",
                                       "a military spokesman said", "officials said", "witnesses said"};
    const site *s = &bench_sites[bench_below(bench_n_sites)];
    unsigned who = bench_skewed(N_COUNTRIES), other = bench_below(N_COUNTRIES);
    size_t n =
        (size_t)snprintf(out, 2000,
                         "%s fired %u short-range ballistic missiles from %s on 2024-%02u-%02u at %u:%02u local time,"
                         " %s. They flew %u km toward the %s and the %s. ",
                         bench_countries[who][0], 1 + bench_below(4), s->name, 1 + bench_below(12), 1 + bench_below(28),
                         1 + bench_below(12), bench_below(60), said[bench_below(5)], 100 + 10 * bench_below(60),
                         bench_words[bench_below(N_WORDS)], bench_words[bench_below(N_WORDS)]);
    for (unsigned i = 0; i < 5; i++)
        n += (size_t)snprintf(
            out + n, 2000 - n,
            "Soldiers of %s attacked a %s near the %s of %s, and police arrested %u men at the %s, %s. ",
            bench_countries[other][0], bench_words[bench_below(N_WORDS)], bench_words[bench_below(N_WORDS)],
            bench_sites[bench_below(bench_n_sites)].name, 2 + bench_below(30), bench_words[bench_below(N_WORDS)],
            said[bench_below(5)]);
}

static slk_reading *read_one(const slk_engine *engine, unsigned n) {
    char text[2000], published[16], id[32];
    slk_reading *r = NULL;
    slk_fault fault = {.code = SLK_OK};
    draw_text(text);
    (void)snprintf(published, sizeof published, "2024-%02u-%02u", 1 + bench_below(12), 1 + bench_below(28));
    (void)snprintf(id, sizeof id, "added-%u-%llx", n, (unsigned long long)bench_draw());
    slk_input in = {
        .id = id, .text = slk_text_of(text), .published = published, .outlet = bench_outlets[bench_below(N_OUTLETS)]};
    if (slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault) != SLK_OK) bench_fail("reading", fault.message);
    return r;
}

static void measure_adding(const slk_engine *engine, slk_ledger *l, unsigned n) {
    double *cpu = calloc(n, sizeof *cpu), *wall = calloc(n, sizeof *wall), begun = 0, events = 0;
    slk_fault fault = {.code = SLK_OK};
    if (!cpu || !wall) bench_fail("adding", "out of memory");
    for (unsigned i = 0; i < n; i++) {
        slk_added added;
        slk_reading *r = read_one(engine, i);
        double c = bench_seconds(CLOCK_THREAD_CPUTIME_ID), w = bench_seconds(CLOCK_MONOTONIC);
        if (slk_ledger_add(l, r, 1700000000, &added, &fault) != SLK_OK) bench_fail("adding", fault.message);
        if ((i % GROUP == GROUP - 1 || i + 1 == n) && slk_ledger_commit(l, &fault) != SLK_OK)
            bench_fail("commit", fault.message);
        cpu[i] = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - c;
        wall[i] = bench_seconds(CLOCK_MONOTONIC) - w;
        begun += cpu[i];
        events += added.events_new + added.events_joined;
        slk_reading_free(r);
    }
    row("add one report", cpu, wall, n);
    printf("%-34s %9.3f, of %.1f events each\n", "  mean", begun / n * 1e3, events / n);
    free(cpu);
    free(wall);
}

/* ---------------------------------------------------------------- asking */

static slk_instant day(unsigned since_first) { return slk_instant_day(FIRST_DAY + (int64_t)since_first); }

static slk_filter asked(unsigned what) {
    slk_filter q = SLK_FILTER_ALL;
    unsigned any = bench_below(DAYS - 400);
    q.limit = PAGE;
    const site *s = &bench_sites[bench_below(bench_n_sites)];
    switch (what) {
    case 0: break;
    case 1: q.backwards = true; break;
    case 2: q.since = day(any); break;
    case 3: q.since = q.until = day(any); break;
    case 4: q.type = bench_types[bench_below(N_TYPES)]; break;
    case 5: q.actor = bench_countries[bench_below(N_COUNTRIES)][1]; break;
    case 6:
        q.type = "weapon-test";
        q.actor = bench_countries[bench_below(N_COUNTRIES)][1];
        q.since = day(any);
        break;
    case 7: q.country = s->iso3; break;
    case 8: q.place = s->name; break;
    case 9:
        q.near = true;
        q.lat = s->lat;
        q.lon = s->lon;
        q.km = 60;
        break;
    case 10:
        q.boxed = true;
        q.box = (slk_box){20, 40, 45, 60};
        q.since = day(any);
        break;
    case 11: q.weapon = bench_weapons[bench_below(N_WEAPONS)]; break;
    case 12:
        q.source = bench_outlets[bench_below(N_OUTLETS)];
        q.country = s->iso3;
        break;
    case 13: q.text = "added soldiers"; break;
    case 14: q.text = bench_words[bench_below(N_WORDS)]; break;
    case 15:
        q.text = "harbour";
        q.actor = "FJI";
        break;
    case 16: q.sort = SLK_SORT_REPORTS; break;
    case 17:
        q.sort = SLK_SORT_TYPE;
        q.country = s->iso3;
        break;
    case 18: q.as_of = day(any); break;
    case 19:
        q.as_of = day(any);
        q.actor = "PRK";
        q.type = "weapon-test";
        break;
    }
    return q;
}

static void measure_asking(slk_ledger *l) {
    static const char *const names[] = {"all, by time",
                                        "all, the latest",
                                        "since a day",
                                        "one day",
                                        "type",
                                        "actor",
                                        "type and actor since a day",
                                        "country",
                                        "name of a place",
                                        "within 60 km",
                                        "box since a day",
                                        "weapon",
                                        "outlet and country",
                                        "words of few reports",
                                        "word of many reports",
                                        "word and actor",
                                        "most reports",
                                        "country, by type",
                                        "as of a day",
                                        "as of a day, type and actor"};
    for (unsigned what = 0; what < sizeof names / sizeof *names; what++) {
        double cpu[ROUNDS], wall[ROUNDS];
        for (unsigned i = 0; i < ROUNDS; i++) {
            slk_filter q = asked(what);
            slk_entries *e = NULL;
            slk_fault fault = {.code = SLK_OK};
            double c = bench_seconds(CLOCK_THREAD_CPUTIME_ID), w = bench_seconds(CLOCK_MONOTONIC);
            if (slk_ledger_list(l, &q, &e, &fault) != SLK_OK) bench_fail(names[what], fault.message);
            cpu[i] = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - c;
            wall[i] = bench_seconds(CLOCK_MONOTONIC) - w;
            slk_entries_free(e);
        }
        row(names[what], cpu, wall, ROUNDS);
    }
}

void bench_measure(const slk_engine *engine, const char *path, unsigned added) {
    slk_ledger *l = NULL;
    slk_fault fault = {.code = SLK_OK};
    struct rusage before, after;
    if (slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &l, &fault) != SLK_OK)
        bench_fail(path, fault.message);
    (void)getrusage(RUSAGE_SELF, &before);
    printf("%-34s %9s %9s %9s %9s\n", "milliseconds", "cpu p50", "cpu p98", "clock p50", "clock p98");
    if (added) measure_adding(engine, l, added);
    measure_asking(l);
    (void)getrusage(RUSAGE_SELF, &after);
    printf("%-34s %9.1f MB (%.1f before)\n", "memory, highest", (double)after.ru_maxrss / 1024,
           (double)before.ru_maxrss / 1024);
    slk_ledger_close(l);
}

/* Describes all events anew and looks whether anything changed: what make writes is what the ledger itself would. */
static void check_made(const slk_engine *engine, const char *path) {
    slk_ledger *l = NULL;
    slk_fault fault = {.code = SLK_OK};
    sqlite3_stmt *s = NULL;
    if (slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &l, &fault) != SLK_OK)
        bench_fail(path, fault.message);
    if (sqlite3_exec(l->db, "BEGIN; CREATE TEMP TABLE old AS SELECT * FROM posting", NULL, NULL, NULL) != SQLITE_OK ||
        slk_link_refresh_all(l, &fault) != SLK_OK)
        bench_fail(path, sqlite3_errmsg(l->db));
    if (sqlite3_prepare_v2(
            l->db,
            "SELECT (SELECT count(*) FROM (SELECT * FROM posting EXCEPT SELECT * FROM old)) + (SELECT count(*)"
            " FROM (SELECT * FROM old EXCEPT SELECT * FROM posting))",
            -1, &s, NULL) != SQLITE_OK ||
        sqlite3_step(s) != SQLITE_ROW)
        bench_fail(path, sqlite3_errmsg(l->db));
    printf("%d postings differ\n", sqlite3_column_int(s, 0));
    (void)sqlite3_finalize(s);
    slk_ledger_close(l);
}

int main(int argc, char **argv) {
    slk_engine *engine = NULL;
    slk_fault fault;
    if (argc < 3) bench_fail("usage", "bench-ledger make FILE EVENTS | measure FILE [REPORTS] | check FILE");
    if (slk_engine_open(NULL, NULL, &engine, &fault) != SLK_OK) bench_fail("engine", fault.message);
    if (strcmp(argv[1], "make") == 0 && argc == 4)
        bench_make(engine, argv[2], strtoll(argv[3], NULL, 10));
    else if (strcmp(argv[1], "measure") == 0)
        bench_measure(engine, argv[2], argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 512);
    else
        check_made(engine, argv[2]);
    slk_engine_close(engine);
    return 0;
}
