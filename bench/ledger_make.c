/* ledger_make.c - a synthetic ledger, row by row in order, far faster than adding reports: 1.3 tellings and about three claims an event,
 * a short report for each telling. Its facets and postings are those that facets.c would make (bench-ledger check holds them against
 * it). Deterministic: the same number of events gives the same rows. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "ledger.h"

#define MARKS 8 /* of marks and of terms of a report; a long report has 24 and 32 */
#define DAY_S 86400

typedef struct posting {
    int64_t first_s;
    uint32_t facet, event;
} posting;

typedef struct maker {
    slk_ledger *l;
    sqlite3_stmt *report, *telling, *link, *claim, *evidence, *event, *posting, *words, *mark, *term;
    posting *postings;
    size_t n_postings, room;
    int64_t n_report, n_claim;
    struct {
        uint64_t hash;
        int64_t id;
    } known[1 << 16]; /* facets by their names */
} maker;

typedef struct draft { /* an event */
    const char *type, *name, *iso3, *weapon;
    const site *where;
    int64_t day, first_s, last_s;
    char time[40], id[80];
    unsigned tellings, kind;
    slk_facets set;
} draft;

static void check(maker *m, int rc) {
    if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW) bench_fail("SQLite", sqlite3_errmsg(m->l->db));
}

static sqlite3_stmt *prepare(maker *m, const char *sql) {
    sqlite3_stmt *s = NULL;
    check(m, sqlite3_prepare_v2(m->l->db, sql, -1, &s, NULL));
    return s;
}

static void run(maker *m, const char *sql) { check(m, sqlite3_exec(m->l->db, sql, NULL, NULL, NULL)); }

static void done(maker *m, slk_bind *b) {
    check(m, b->rc);
    check(m, sqlite3_step(b->s));
    check(m, sqlite3_reset(b->s));
}

/* ---------------------------------------------------------------- facets */

static int64_t facet(maker *m, const char *kind, const char *name) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (const char *z = kind; *z; z++) h = (h ^ (unsigned char)*z) * 1099511628211u;
    h = (h ^ 0xff) * 1099511628211u;
    for (const char *z = name; *z; z++) h = (h ^ (unsigned char)*z) * 1099511628211u;
    size_t at = h % (1u << 16);
    while (m->known[at].hash && m->known[at].hash != h) at = (at + 1) % (1u << 16);
    if (m->known[at].hash) return m->known[at].id;
    slk_arena a;
    slk_facets set = {0};
    slk_fault fault;
    slk_arena_start(&a, &slk_mem_system, 1u << 20);
    if (slk_facets_add(m->l, kind, slk_text_of(name), &a, &set, &fault) != SLK_OK) bench_fail("facet", fault.message);
    m->known[at].hash = h;
    m->known[at].id = set.ids.at[0];
    slk_arena_free(&a);
    return m->known[at].id;
}

static void put(slk_facets *set, int64_t id) {
    uint32_t i = set->ids.n;
    for (uint32_t k = 0; k < set->ids.n; k++)
        if (set->ids.at[k] == id) return;
    for (; i && set->ids.at[i - 1] > id; i--) set->ids.at[i] = set->ids.at[i - 1];
    set->ids.at[i] = id;
    set->ids.n++;
}

static void types_of(maker *m, const draft *d, slk_facets *set) {
    char part[64], deed[80];
    for (size_t n = 1, whole = strlen(d->type); n <= whole; n++) {
        if (n < whole && d->type[n] != '.') continue;
        (void)snprintf(part, sizeof part, "%.*s", (int)n, d->type);
        (void)snprintf(deed, sizeof deed, "%s %s", d->iso3, part);
        put(set, facet(m, SLK_FACET_TYPE, part));
        put(set, facet(m, SLK_FACET_DEED, deed));
    }
}

static void common_facets(maker *m, const draft *d, slk_facets *set) {
    char cell[8];
    types_of(m, d, set);
    put(set, facet(m, SLK_FACET_BY, d->iso3));
    put(set, facet(m, SLK_FACET_ACTOR, d->name));
    if (d->where) {
        slk_facet_cell(d->where->lat, d->where->lon, cell);
        put(set, facet(m, SLK_FACET_CELL, cell));
        put(set, facet(m, SLK_FACET_PLACE, d->where->name));
        put(set, facet(m, SLK_FACET_IN, d->where->iso3));
    }
    if (d->weapon) put(set, facet(m, SLK_FACET_WEAPON, d->weapon));
}

/* ---------------------------------------------------------------- rows */

static void hashes(maker *m, sqlite3_stmt *s, bool weighted) {
    for (int i = 0; i < MARKS && s; i++) {
        slk_bind b = {.s = s};
        uint64_t h = weighted ? (uint64_t)bench_skewed(50000) * 0x9e3779b97f4a7c15u : bench_draw();
        slk_bind_int(&b, (int64_t)h);
        slk_bind_int(&b, m->n_report);
        if (weighted) slk_bind_double(&b, 0.18);
        done(m, &b);
    }
}

static void write_report(maker *m, const draft *d, const char *outlet) {
    char sha[72], id[24], text[400], published[16];
    slk_instant day = slk_instant_day(d->day + bench_below(3));
    (void)snprintf(sha, sizeof sha, "%016llx%016llx%016llx%016llx", (unsigned long long)bench_draw(),
                   (unsigned long long)bench_draw(), (unsigned long long)bench_draw(),
                   (unsigned long long)bench_draw());
    (void)snprintf(id, sizeof id, "s-%lld", (long long)++m->n_report);
    (void)snprintf(text, sizeof text, "%s: %s near the %s and the %s of %s, a %s said. Item %lld.", d->name, d->type,
                   bench_words[bench_below(N_WORDS)], bench_words[bench_skewed(N_WORDS)],
                   d->where ? d->where->name : "the place", bench_words[bench_below(N_WORDS)], (long long)m->n_report);
    (void)snprintf(published, sizeof published, "%04d-%02u-%02u", day.year, day.month, day.day);
    slk_bind b = {.s = m->report};
    slk_bind_text(&b, sha);
    slk_bind_text(&b, id);
    slk_bind_text(&b, outlet);
    slk_bind_text(&b, published);
    slk_bind_int(&b, slk_instant_days(day));
    slk_bind_text(&b, "outlet:wire");
    slk_bind_text(&b, text);
    done(m, &b);
    b = (slk_bind){.s = m->words};
    slk_bind_int(&b, m->n_report);
    slk_bind_text(&b, NULL);
    slk_bind_text(&b, text);
    done(m, &b);
    hashes(m, m->mark, false);
    hashes(m, m->term, true);
}

static void write_claim(maker *m, const char *field, const char *kind, const char *text, const char *time,
                        const char *country, const site *where) {
    slk_bind b = {.s = m->claim};
    slk_bind_int(&b, ++m->n_claim);
    slk_bind_int(&b, m->n_report);
    slk_bind_text(&b, field);
    slk_bind_text(&b, kind);
    slk_bind_text(&b, text);
    slk_bind_text(&b, time);
    slk_bind_text(&b, country);
    slk_bind_double(&b, where ? where->lat : NAN);
    slk_bind_double(&b, where ? where->lon : NAN);
    done(m, &b);
    b = (slk_bind){.s = m->evidence};
    slk_bind_int(&b, m->n_claim);
    slk_bind_int(&b, 0);
    slk_bind_int(&b, 5);
    slk_bind_text(&b, "words");
    done(m, &b);
}

static void write_telling(maker *m, draft *d, int64_t event) {
    int64_t buffer[64];
    unsigned char packed[600];
    slk_facets own = {.ids = {buffer, 0, 64}};
    const char *outlet = bench_outlets[bench_skewed(N_OUTLETS)];
    write_report(m, d, outlet);
    common_facets(m, d, &own);
    put(&own, facet(m, SLK_FACET_SOURCE, outlet));
    for (uint32_t i = 0; i < own.ids.n; i++) put(&d->set, own.ids.at[i]);
    slk_bind b = {.s = m->telling};
    slk_bind_int(&b, m->n_report);
    slk_bind_text(&b, d->kind ? "launch" : "deed");
    slk_bind_text(&b, d->type);
    slk_bind_text(&b, d->iso3);
    slk_bind_text(&b, d->name);
    slk_bind_text(&b, d->time);
    slk_bind_int(&b, d->first_s);
    slk_bind_int(&b, d->last_s);
    slk_bind_text(&b, d->where ? d->where->name : NULL);
    slk_bind_double(&b, d->where ? d->where->lat : NAN);
    slk_bind_double(&b, d->where ? d->where->lon : NAN);
    slk_bind_text(&b, d->weapon);
    slk_bind_text(&b, "outlet:wire");
    slk_bind_blob(&b, packed, slk_facets_pack(&own, packed));
    done(m, &b);
    b = (slk_bind){.s = m->link};
    slk_bind_int(&b, m->n_report);
    slk_bind_int(&b, event);
    done(m, &b);
    write_claim(m, "actor", "actor", d->name, "", d->iso3, NULL);
    write_claim(m, "time", "time", d->time, d->time, "", NULL);
    if (d->where) write_claim(m, "origin", "place", d->where->name, "", d->where->iso3, d->where);
    if (d->weapon && !d->where) write_claim(m, "weapon_class", "text", d->weapon, "", "", NULL);
}

static void write_event(maker *m, draft *d, int64_t event) {
    unsigned char packed[2000];
    char reports[16];
    put(&d->set, facet(m, SLK_FACET_ALL, ""));
    put(&d->set, facet(m, SLK_FACET_IS, d->type));
    put(&d->set, facet(m, SLK_FACET_NEWS, ""));
    if (d->last_s - d->first_s >= 3 * DAY_S)
        put(&d->set, facet(m, SLK_FACET_SPAN, d->last_s - d->first_s < 40 * DAY_S ? "1" : "2"));
    (void)snprintf(reports, sizeof reports, "%06u", d->tellings);
    if (d->tellings > 1) put(&d->set, facet(m, SLK_FACET_REPORTS, reports));
    slk_bind b = {.s = m->event};
    slk_bind_text(&b, d->id);
    slk_bind_text(&b, d->kind ? "launch" : "deed");
    slk_bind_text(&b, d->type);
    slk_bind_text(&b, d->iso3);
    slk_bind_text(&b, d->name);
    slk_bind_text(&b, d->time);
    slk_bind_int(&b, d->first_s);
    slk_bind_int(&b, d->last_s);
    slk_bind_text(&b, d->where ? d->where->name : NULL);
    slk_bind_double(&b, d->where ? d->where->lat : NAN);
    slk_bind_double(&b, d->where ? d->where->lon : NAN);
    slk_bind_int(&b, d->tellings);
    slk_bind_int(&b, d->day);
    slk_bind_int(&b, d->last_s - d->first_s < 3 * DAY_S ? 0 : d->last_s - d->first_s < 40 * DAY_S ? 1 : 2);
    slk_bind_blob(&b, packed, slk_facets_pack(&d->set, packed));
    done(m, &b);
    if (m->n_postings + d->set.ids.n > m->room) {
        m->room = m->room ? m->room * 2 : 1u << 20;
        m->postings = realloc(m->postings, m->room * sizeof *m->postings);
        if (!m->postings) bench_fail("postings", "out of memory");
    }
    for (uint32_t i = 0; i < d->set.ids.n; i++)
        m->postings[m->n_postings++] = (posting){d->first_s, (uint32_t)d->set.ids.at[i], (uint32_t)event};
}

/* ---------------------------------------------------------------- drawing */

static void draw_time(draft *d) {
    unsigned exact = bench_below(20);
    slk_instant t = slk_instant_day(d->day);
    if (exact < 8) {
        d->first_s = d->day * DAY_S + bench_below(DAY_S);
        d->last_s = d->first_s + 59;
        t = slk_instant_at(d->first_s, 0, SLK_P_MINUTE);
    } else if (exact < 18) {
        d->first_s = d->day * DAY_S - 14 * 3600;
        d->last_s = d->day * DAY_S + 36 * 3600 - 1;
    } else {
        t = slk_instant_cut(t, exact == 18 ? SLK_P_MONTH : SLK_P_YEAR);
        slk_instant_range(t, &d->first_s, &d->last_s);
        d->first_s -= 14 * 3600;
        d->last_s += 12 * 3600;
    }
    (void)slk_instant_format(t, d->time);
}

static void draw_event(draft *d, int64_t n) {
    unsigned who = bench_skewed(N_COUNTRIES), type = bench_skewed(N_TYPES), more = bench_below(10);
    d->day = FIRST_DAY + bench_below(DAYS);
    d->type = bench_types[type];
    d->name = bench_countries[who][0];
    d->iso3 = bench_countries[who][1];
    d->where = bench_below(4) ? &bench_sites[bench_skewed(bench_n_sites)] : NULL;
    d->weapon = bench_below(3) ? NULL : bench_weapons[bench_skewed(N_WEAPONS)];
    d->kind = strncmp(d->type, "weapon-test", 11) == 0;
    d->tellings = more < 8 ? 1 : more < 9 ? 2 : 3;
    d->set.ids.n = 0;
    draw_time(d);
    (void)snprintf(d->id, sizeof d->id, "XX-%.10s-%.12s-%lld", d->time, d->type, (long long)n);
}

static int by_place(const void *a, const void *b) {
    const posting *x = a, *y = b;
    if (x->facet != y->facet) return x->facet < y->facet ? -1 : 1;
    if (x->first_s != y->first_s) return x->first_s < y->first_s ? -1 : 1;
    return x->event < y->event ? -1 : x->event > y->event;
}

static void write_postings(maker *m) {
    qsort(m->postings, m->n_postings, sizeof *m->postings, by_place);
    for (size_t i = 0; i < m->n_postings; i++) {
        slk_bind b = {.s = m->posting};
        slk_bind_int(&b, m->postings[i].facet);
        slk_bind_int(&b, m->postings[i].first_s);
        slk_bind_int(&b, m->postings[i].event);
        done(m, &b);
    }
}

static void prepare_all(maker *m, bool hashed) {
    m->report =
        prepare(m, "INSERT INTO report(sha256, id, outlet, published, known_day, root, text, published_basis, language)"
                   " VALUES(?, ?, ?, ?, ?, ?, ?, 'given', 'en')");
    m->telling = prepare(
        m, "INSERT INTO telling(report, kind, type, country, actor, time, first_s, last_s, place, lat, lon, weapon,"
           " root, facets, n, start, \"end\", words, main, certainty, target, assumed, party) VALUES(?, ?, ?, ?, ?,"
           " ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 5, 'words', 1, 'reported', '', 0, 0)");
    m->link = prepare(m, "INSERT INTO link(telling, event, reason) VALUES(?, ?, 'drawn')");
    m->claim = prepare(
        m, "INSERT INTO claim(row, telling, field, kind, text, time, country, lat, lon, bound, sector, basis, stance,"
           " certainty) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 'exact', '', 'stated', '', 'CT+')");
    m->evidence = prepare(m, "INSERT INTO evidence(claim, n, start, \"end\", words) VALUES(?1, ?2, 0, ?3, ?4)");
    m->event = prepare(
        m, "INSERT INTO event(id, kind, type, country, actor, time, first_s, last_s, place, lat, lon, n_reports,"
           " known_day, span, facets, wide_first_s, wide_last_s, certainty, main, n_roots) VALUES(?1, ?2, ?3, ?4, ?5,"
           " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?7, ?8, 'reported', 1, 1)");
    m->posting = prepare(m, "INSERT INTO posting(facet, first_s, event) VALUES(?, ?, ?)");
    m->words = prepare(m, "INSERT INTO report_words(rowid, title, text) VALUES(?, ?, ?)");
    if (hashed) m->mark = prepare(m, "INSERT OR IGNORE INTO mark(hash, report) VALUES(?, ?)");
    if (hashed) m->term = prepare(m, "INSERT OR IGNORE INTO term(hash, report, weight) VALUES(?, ?, ?)");
}

static void finish_all(maker *m) {
    sqlite3_stmt *all[] = {m->report, m->telling, m->link,  m->claim, m->evidence,
                           m->event,  m->posting, m->words, m->mark,  m->term};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) check(m, sqlite3_finalize(all[i]));
}

void bench_make(const slk_engine *engine, const char *path, int64_t n_events) {
    slk_fault fault = {.code = SLK_OK};
    maker *m = calloc(1, sizeof *m);
    int64_t buffer[128];
    draft d = {.set.ids = {buffer, 0, 128}};
    if (!m) bench_fail("maker", "out of memory");
    if (slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &m->l, &fault) != SLK_OK)
        bench_fail(path, fault.message);
    run(m, "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = "
           "-2000000;"
           "DROP INDEX report_id; DROP INDEX claim_telling; DROP INDEX link_event; DROP INDEX event_when; "
           "DROP INDEX report_known; BEGIN");
    prepare_all(m, n_events <= 1000000);
    for (int64_t n = 1; n <= n_events; n++) {
        draw_event(&d, n);
        for (unsigned t = 0; t < d.tellings; t++) write_telling(m, &d, n);
        write_event(m, &d, n);
    }
    write_postings(m);
    finish_all(m);
    run(m, "CREATE INDEX report_id ON report(id); CREATE INDEX claim_telling ON claim(telling);"
           "CREATE INDEX link_event ON link(event, telling); CREATE INDEX event_when ON event(kind, country, first_s);"
           "CREATE INDEX report_known ON report(known_day); COMMIT; PRAGMA journal_mode = WAL");
    slk_ledger_close(m->l);
    printf("%lld events, %lld reports, %lld claims, %zu postings\n", (long long)n_events, (long long)m->n_report,
           (long long)m->n_claim, m->n_postings);
    free(m->postings);
    free(m);
}
