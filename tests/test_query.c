/* test_query.c - lists of events: every filter against a plain look at all events, every order, pages, days as of, and that no
 * statement reads a table from end to end. The ledger is drawn from a fixed seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/words.h"
#include "engine.h"
#include "ledger/inside.h"
#include "ledger_fixture.h"

#define REPORTS 140

static slk_engine *engine;
static char folder[64], path[96];
static slk_ledger *l;
static uint64_t seed = 20270310;

static unsigned draw(unsigned below) { /* Knuth's MMIX generator */
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((seed >> 33) % below);
}

/* ---------------------------------------------------------------- a ledger */

static const char *const types[] = {"weapon-test.missile.ballistic",
                                    "weapon-test.missile.cruise",
                                    "weapon-test.nuclear",
                                    "meeting",
                                    "attack.drone",
                                    "attack"};
static const char *const countries[][2] = {{"North Korea", "PRK"}, {"Iran", "IRN"}, {"India", "IND"}, {"Fiji", "FJI"}};
static const struct {
    const char *name, *iso2;
    double lat, lon;
} places[] = {{"Sinpo", "KP", 40.03, 128.18}, {"Semnan", "IR", 35.23, 53.92},   {"Balasore", "IN", 21.49, 86.93},
              {"Suva", "FJ", -18.14, 178.44}, {"Taveuni", "FJ", -16.8, -179.9}, {"Sinuiju", "KP", 40.1, 124.4}};
static const char *const weapons[] = {"SRBM", "cruise missile", "drone"};
static const char *const outlets[] = {"Meridian Wire", "Harbour Post", "Daily Plain"};
static const char *const words[] = {"harbour lights", "the old fortress", "caf\xc3\xa9 terrace", "seven lanterns"};

static void draw_time(char out[40]) {
    static const char *const forms[] = {"%04u-%02u-%02uT%02u:30+09:00", "%04u-%02u-%02u", "%04u-%02u", "%04u", ""};
    unsigned form = draw(10), year = 2019 + draw(3), month = 1 + draw(12), day = 1 + draw(28);
    snprintf(out, 40, forms[form < 5 ? 0 : form < 7 ? 1 : form < 8 ? 2 : form < 9 ? 3 : 4], year, month, day, draw(24));
}

static void add_one(unsigned n) {
    char id[16], published[16], time[40], text[80];
    slk_added added;
    slk_fault fault = {.code = SLK_OK};
    snprintf(id, sizeof id, "r%u", n);
    snprintf(published, sizeof published, "20%02u-%02u-%02u", 19 + draw(3), 1 + draw(12), 1 + draw(28));
    snprintf(text, sizeof text, "%s and %s", words[draw(4)], words[draw(4)]);
    fixture f = fixture_report(id, published, outlets[draw(3)], text);
    for (unsigned e = 0, most = 1 + draw(2); e < most; e++) {
        unsigned who = draw(4), where = draw(6);
        draw_time(time);
        fixture_event(&f, types[draw(6)], e == 0 && draw(3));
        f.e->certainty = draw(4) ? SLK_EC_REPORTED : (slk_event_certainty)draw(SLK_EC_DID_NOT_HAPPEN + 1);
        if (draw(8)) fixture_by(&f, countries[who][0], countries[who][1]);
        if (*time) fixture_at(&f, time);
        if (draw(3))
            fixture_from(&f, places[where].name, places[where].lat, places[where].lon, places[where].iso2, "site");
        if (draw(2)) fixture_class(&f, weapons[draw(3)]);
    }
    if (slk_ledger_add(l, f.r, 0, &added, &fault) != SLK_OK) fail_msg("%s", fault.message);
    fixture_free(&f);
}

static int start(void **state) {
    (void)state;
    slk_fault fault;
    snprintf(folder, sizeof folder, "/tmp/sillok-query-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/ledger.db", folder);
    if (slk_engine_open(NULL, NULL, &engine, &fault) != SLK_OK) return -1;
    if (slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &l, &fault) != SLK_OK) return -1;
    for (unsigned i = 0; i < REPORTS; i++) add_one(i);
    return slk_ledger_commit(l, &fault) == SLK_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    slk_ledger_close(l);
    (void)unlink(path);
    (void)rmdir(folder);
    slk_engine_close(engine);
    return 0;
}

/* ---------------------------------------------------------------- lists */

static slk_entries *list(const slk_filter *q) {
    slk_entries *e = NULL;
    slk_fault fault = {.code = SLK_OK};
    if (slk_ledger_list(l, q, &e, &fault) != SLK_OK) fail_msg("%s", fault.message);
    return e;
}

static bool holds(const slk_entries *e, int64_t row) {
    for (uint32_t i = 0; i < e->n; i++)
        if (e->at[i].row == row) return true;
    return false;
}

/* What the dossier says of one field: does a claim of it hold these words, as known then? */
static bool told(const slk_dossier *d, slk_field_name name, const char *part) {
    for (uint32_t i = 0; i < d->n_claims; i++)
        if (d->claims[i].field == name && d->claims[i].value.text && strstr(d->claims[i].value.text, part)) return true;
    return false;
}

static bool overlaps(slk_instant t, slk_instant since, slk_instant until) {
    int64_t first, last, from, to, other;
    if (t.precision == SLK_P_NONE) return false;
    t.has_offset = false;
    slk_instant_range(t, &first, &last);
    slk_instant_range(since, &from, &other);
    slk_instant_range(until, &other, &to);
    return (since.precision == SLK_P_NONE || last >= from) && (until.precision == SLK_P_NONE || first <= to);
}

/* The same question, answered by looking at everything that the ledger holds on the event. */
static bool passes_plainly(const slk_filter *q, const slk_entry *e) {
    slk_dossier *d = NULL;
    slk_fault fault;
    if (slk_ledger_dossier(l, e->row, q->as_of, &d, &fault) != SLK_OK) fail_msg("%s", fault.message);
    bool in = true, any = false;
    if (q->type) in = in && slk_type_holds(q->type, e->type);
    if (q->actor) in = in && strcmp(q->actor, e->country) == 0;
    if (q->certainty >= 0) in = in && (int)e->certainty == q->certainty;
    if (q->main_only) in = in && e->main;
    if (q->place) in = in && told(d, SLK_FIELD_ORIGIN, q->place);
    if (q->weapon) in = in && told(d, SLK_FIELD_WEAPON_CLASS, q->weapon);
    if (q->status == SLK_STATUS_CONFLICT) in = in && d->entry.conflict;
    if (q->status == SLK_STATUS_CORROBORATED) in = in && e->n_roots > 1;
    if (q->status == SLK_STATUS_SINGLE) in = in && e->n_roots < 2;
    if (q->boxed) {
        bool across = q->box.west > q->box.east;
        in = in && e->has_point && e->lat >= q->box.south && e->lat <= q->box.north;
        in = in &&
             (across ? e->lon >= q->box.west || e->lon <= q->box.east : e->lon >= q->box.west && e->lon <= q->box.east);
    }
    if (q->near) in = in && e->has_point && slk_profile_distance(q->lat, q->lon, e->lat, e->lon) <= q->km * 1000;
    for (uint32_t i = 0; q->source && i < d->n_reports; i++) any = any || strcmp(d->reports[i].outlet, q->source) == 0;
    in = in && (any || !q->source);
    any = false;
    for (uint32_t i = 0; q->country && i < d->n_claims; i++)
        any = any || (d->claims[i].value.kind == SLK_VALUE_PLACE && strcmp(d->claims[i].country, q->country) == 0);
    in = in && (any || !q->country);
    any = false;
    for (uint32_t i = 0; q->text && in && i < d->n_reports; i++) {
        slk_report_entry r;
        slk_text text;
        if (slk_ledger_report(l, d->reports[i].id, &d->arena, &r, &text, &fault) != SLK_OK)
            fail_msg("%s", fault.message);
        any = any || strstr(text.at, q->text);
    }
    in = in && (any || !q->text);
    if (q->since.precision != SLK_P_NONE || q->until.precision != SLK_P_NONE)
        in = in && overlaps(e->time, q->since, q->until);
    slk_dossier_free(d);
    return in;
}

static void draw_day(slk_instant *out) {
    char z[16];
    snprintf(z, sizeof z, "20%02u-%02u-%02u", 19 + draw(3), 1 + draw(12), 1 + draw(28));
    *out = fixture_instant(z);
}

/* A filter of a few conditions. */
static slk_filter draw_filter(void) {
    slk_filter q = SLK_FILTER_ALL;
    static const char *const prefixes[] = {"weapon-test", "weapon-test.missile", "attack", "meeting", "attack.drone"};
    static const char *const looked_for[] = {"harbour", "fortress", "lanterns", "terrace"};
    for (unsigned i = 0, n = draw(3); i <= n; i++) {
        switch (draw(14)) {
        case 0: q.type = prefixes[draw(5)]; break;
        case 1: q.actor = countries[draw(4)][1]; break;
        case 2: q.place = draw(2) ? "Sin" : places[draw(6)].name; break;
        case 3: q.weapon = weapons[draw(3)]; break;
        case 4: q.source = outlets[draw(3)]; break;
        case 5: q.text = looked_for[draw(4)]; break;
        case 6: draw_day(&q.since); break;
        case 7: draw_day(&q.until); break;
        case 8: q.certainty = (int)draw(SLK_EC_DID_NOT_HAPPEN + 1); break;
        case 9: q.status = (slk_status)(1 + draw(3)); break;
        case 10:
            q.near = true;
            q.lat = places[draw(6)].lat;
            q.lon = places[draw(6)].lon;
            q.km = draw(2) ? 200 : 4000;
            break;
        case 11:
            q.boxed = true;
            q.box = draw(2) ? (slk_box){-30, 170, 10, -170} : (slk_box){20, 50, 41, 125};
            break;
        case 12: q.main_only = true; break;
        case 13: q.country = draw(2) ? "PRK" : "FJI"; break;
        }
    }
    if (draw(4) == 0) draw_day(&q.as_of);
    return q;
}

static void test_filters(void **state) {
    (void)state;
    static const uint32_t few[] = {SLK_FEW, 0, 10};
    unsigned found = 0;
    for (int i = 0; i < 150; i++) {
        slk_filter q = draw_filter(), all = SLK_FILTER_ALL;
        all.as_of = q.as_of;
        l->few = SLK_FEW;
        slk_entries *every = list(&all);
        l->few = few[i % 3];
        slk_entries *some = list(&q);
        for (uint32_t k = 0; k < every->n; k++)
            if (holds(some, every->at[k].row) != passes_plainly(&q, &every->at[k]))
                fail_msg("filter %d, few %u: %s is %s", i, l->few, every->at[k].id,
                         holds(some, every->at[k].row) ? "listed and does not pass" : "not listed and passes");
        for (uint32_t k = 0; k < some->n; k++) assert_true(holds(every, some->at[k].row));
        found += some->n;
        slk_entries_free(some);
        slk_entries_free(every);
    }
    assert_true(found > 500);
    l->few = SLK_FEW;
}

/* Pages hold what the whole list holds, each once and in its order, however the list is made. */
static void test_pages(void **state) {
    (void)state;
    for (int i = 0; i < 120; i++) {
        slk_filter q = i % 2 ? draw_filter() : SLK_FILTER_ALL;
        q.sort = (slk_sort)(i / 2 % 4);
        q.backwards = i / 8 % 2 != 0;
        q.as_of = (slk_instant){.precision = SLK_P_NONE};
        l->few = SLK_FEW;
        slk_entries *whole = list(&q), *last = NULL;
        l->few = i % 3 ? 0 : SLK_FEW;
        uint32_t n = 0;
        for (q.limit = 1 + draw(40);;) {
            slk_entries *page = list(&q);
            for (uint32_t k = 0; k < page->n; k++, n++) {
                if (n >= whole->n || page->at[k].row != whole->at[n].row)
                    fail_msg("list %d, few %u: %s stands at %u", i, l->few, page->at[k].id, n);
            }
            assert_int_equal(page->more, n < whole->n);
            slk_entries_free(last);
            last = page;
            q.after = page->next;
            if (!page->more) break;
        }
        assert_int_equal(n, whole->n);
        slk_entries_free(last);
        slk_entries_free(whole);
    }
    l->few = SLK_FEW;
}

static void test_order(void **state) {
    (void)state;
    slk_filter q = SLK_FILTER_ALL;
    slk_entries *e = list(&q);
    int64_t last = INT64_MIN, n = 0;
    for (uint32_t i = 0; i < e->n; i++) {
        if (!e->at[i].time.has_offset) continue; /* a day or a year may begin before a clock of it */
        assert_true(slk_instant_seconds(e->at[i].time) >= last);
        last = slk_instant_seconds(e->at[i].time);
        n++;
    }
    assert_true(n > 40);
    slk_entries_free(e);
    q.sort = SLK_SORT_REPORTS;
    e = list(&q);
    for (uint32_t i = 1; i < e->n; i++) assert_true(e->at[i].n_reports <= e->at[i - 1].n_reports);
    slk_entries_free(e);
    q.sort = SLK_SORT_TYPE;
    e = list(&q);
    for (uint32_t i = 1; i < e->n; i++) assert_true(strcmp(e->at[i].type, e->at[i - 1].type) >= 0);
    slk_entries_free(e);
}

/* What is added between two pages neither hides nor repeats an event. */
static void test_stable(void **state) {
    (void)state;
    slk_filter q = SLK_FILTER_ALL;
    slk_fault fault;
    slk_entries *before = list(&q), *last = NULL;
    bool *seen = calloc(before->n, sizeof *seen);
    assert_non_null(seen);
    q.limit = 20;
    for (unsigned n = REPORTS;; n++) {
        slk_entries *page = list(&q);
        for (uint32_t i = 0; i < page->n; i++)
            for (uint32_t k = 0; k < before->n; k++) {
                if (before->at[k].row != page->at[i].row) continue;
                assert_false(seen[k]);
                seen[k] = true;
            }
        slk_entries_free(last);
        last = page;
        q.after = page->next;
        if (!page->more) break;
        fixture f = fixture_report("fresh", "2023-01-01", "Meridian Wire", q.after);
        fixture_event(&f, "meeting", true);
        fixture_by(&f, "Fiji", "FJI");
        fixture_at(&f, n % 2 ? "2018-01-01" : "2023-01-01");
        slk_added added;
        assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_OK);
        fixture_free(&f);
    }
    for (uint32_t k = 0; k < before->n; k++) assert_true(seen[k]);
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK);
    free(seen);
    slk_entries_free(last);
    slk_entries_free(before);
}

static void test_refuses(void **state) {
    (void)state;
    slk_entries *e = NULL;
    slk_fault fault;
    static const char *const cursors[] = {"", "t", "t.", "t.1", "y.1.2.", "t.x.2.", "t.1.2", "nonsense", "T.1.2."};
    for (size_t i = 0; i < sizeof cursors / sizeof *cursors; i++) {
        slk_filter q = SLK_FILTER_ALL;
        q.after = cursors[i];
        assert_int_equal(slk_ledger_list(l, &q, &e, &fault), SLK_EINPUT);
    }
    static const char *const nothing[] = {"", "  ", "-fortress", "\"", "* - \"\"", "\xff"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        slk_filter q = SLK_FILTER_ALL;
        q.text = nothing[i];
        assert_int_equal(slk_ledger_list(l, &q, &e, &fault), SLK_EINPUT);
    }
    slk_filter q = SLK_FILTER_ALL;
    q.near = true;
    q.lat = 91;
    assert_int_equal(slk_ledger_list(l, &q, &e, &fault), SLK_EINPUT);
}

/* ---------------------------------------------------------------- words */

static uint32_t n_reports(const char *text, const char *outlet, bool *any_snippet) {
    slk_report_filter q = {.text = text, .outlet = outlet};
    slk_report_entries *e = NULL;
    slk_fault fault = {.code = SLK_OK};
    if (slk_ledger_reports(l, &q, &e, &fault) != SLK_OK) fail_msg("%s: %s", text, fault.message);
    uint32_t n = e->n;
    *any_snippet = n && e->at[0].snippet && strchr(e->at[0].snippet, '\x02');
    slk_report_entries_free(e);
    return n;
}

static void add_text(const char *id, const char *language, const char *text) {
    slk_added added;
    slk_fault fault;
    fixture f = fixture_report(id, "2024-01-01", "Wide World", text);
    f.r->report.language = fixture_copy(&f, language);
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_OK);
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK);
    fixture_free(&f);
}

static void test_words(void **state) {
    (void)state;
    add_text("one", "en", "The corvette \"Grey Heron\" entered Caf\xc3\xa9 Bay; nobody said why it's there.");
    add_text("two", "en", "A grey corvette, no heron, left the bay. AND OR NOT NEAR(x) title:y");
    add_text("ko", "ko",
             "\xeb\xb6\x81\xed\x95\x9c\xec\x9d\xb4 \xeb\xaf\xb8\xec\x82\xac\xec\x9d\xbc\xec\x9d\x84 "
             "\xeb\xb0\x9c\xec\x82\xac");
    add_text("zh", "zh", "\xe6\x9c\x9d\xe9\xb2\x9c\xe5\x8f\x91\xe5\xb0\x84\xe5\xaf\xbc\xe5\xbc\xb9");
    static const struct {
        const char *text;
        uint32_t n;
    } cases[] = {
        {"corvette", 2},
        {"CORVETTE bay", 2},
        {"\"grey heron\"", 1},
        {"grey -heron", 0},
        {"corvette -\"grey heron\"", 1},
        {"corv*", 2},
        {"corv", 0},
        {"cafe", 1 + 0},
        {"AND", 1 + REPORTS + 0},
        {"NEAR(x)", 1},
        {"title:y", 1},
        {"it's", 1},
        {"\xeb\xaf\xb8\xec\x82\xac\xec\x9d\xbc", 1},             /* a noun without its particle */
        {"\xeb\xb6\x81\xed\x95\x9c", 1},                         /* two syllables */
        {"\xe5\x8f\x91\xe5\xb0\x84\xe5\xaf\xbc\xe5\xbc\xb9", 1}, /* in the middle of a text without spaces */
        {"\xe5\xaf\xbc\xe5\xbc\xb9\xe5\x8f\x91", 0},
        {"\xe6\x9c\x9d\xe9\xb2\x9c\xe5\x8f\x91 corvette", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool snippet;
        uint32_t n = n_reports(cases[i].text, strcmp(cases[i].text, "AND") == 0 ? NULL : "wide", &snippet);
        bool some = strcmp(cases[i].text, "AND") == 0; /* in every drawn report */
        if (some ? n < cases[i].n : n != cases[i].n) fail_msg("%s: %u", cases[i].text, n);
        if (n) assert_true(snippet);
    }
}

/* ---------------------------------------------------------------- plans */

/* Statements that may read a table whole: they are for repair, for all claims of order, for all rows of databases, and for people who
 * look after the outbox. */
static bool may_scan(int which) {
    if (which == SLK_Q_COUNT_EVENTS || which == SLK_Q_OUTLETS || which == SLK_Q_SOURCES)
        return true; /* counts and sums over everything are asked for as such, and kept by who asks */
    return which == SLK_Q_CLAIMS_OF_ORDER || which == SLK_Q_REPORTS_SEEN || which == SLK_Q_AUDITED ||
           which == SLK_Q_ALERT_AGAIN || which == SLK_Q_ALERT_COUNTS || which == SLK_Q_ALERT_FORGET;
}

static void test_plans(void **state) {
    (void)state;
#define SQL_OF(name, sql) [SLK_Q_##name] = (sql),
    static const char *const sql[SLK_Q_COUNT] = {SLK_STATEMENTS(SQL_OF)};
    for (int i = 0; i < SLK_Q_COUNT; i++) {
        char plan[8192];
        sqlite3_stmt *s = NULL;
        snprintf(plan, sizeof plan, "EXPLAIN QUERY PLAN %s", sql[i]);
        if (sqlite3_prepare_v2(l->db, plan, -1, &s, NULL) != SQLITE_OK)
            fail_msg("%s: %s", sql[i], sqlite3_errmsg(l->db));
        while (sqlite3_step(s) == SQLITE_ROW) {
            const char *z = (const char *)sqlite3_column_text(s, 3);
            bool scan = strstr(z, "SCAN") && !strstr(z, "VIRTUAL TABLE") && !strstr(z, "CONSTANT ROW") &&
                        !strstr(z, "(subquery");
            bool sorts = strstr(z, "TEMP B-TREE FOR ORDER BY") && (i == SLK_Q_WALK_UP || i == SLK_Q_WALK_DOWN);
            if ((scan && !may_scan(i)) || sorts) fail_msg("%s: %s", sql[i], z);
        }
        assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filters), cmocka_unit_test(test_pages),   cmocka_unit_test(test_order),
        cmocka_unit_test(test_stable),  cmocka_unit_test(test_refuses), cmocka_unit_test(test_words),
        cmocka_unit_test(test_plans),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
